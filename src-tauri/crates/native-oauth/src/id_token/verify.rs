use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::claims::RawClaims;
use super::{IdTokenClaims, IdTokenError};
use crate::client::Client;
use crate::clock::{CLOCK_TOLERANCE, ClockSkew};
use crate::http::HttpClient;
use crate::metadata::ProviderMetadata;
use crate::secret::{AccessToken, IdToken, SecretText};

/// The largest token that is looked at.
const TOKEN_LIMIT: usize = 64 * 1024;

/// What the token must say beyond what every token of this client must.
#[derive(Default)]
pub(crate) struct Expected<'a> {
    /// Our `nonce`: there is one in a sign-in by redirect, and none on refresh (OpenID Connect Core section
    /// 12.2) or in a device authorization (RFC 8628).
    pub(crate) nonce: Option<&'a SecretText>,
    /// The person, where it is known who that is.
    pub(crate) subject: Option<&'a str>,
    /// How far our clock is from the provider's, to tell a wrong clock from a wrong token.
    pub(crate) clock_skew: Option<ClockSkew>,
}

/// Verifies an ID token that came with `access_token`.
pub(crate) async fn verify(
    http: &HttpClient,
    client: &Client,
    id_token: &IdToken,
    access_token: &AccessToken,
    expected: &Expected<'_>,
) -> Result<IdTokenClaims, IdTokenError> {
    let token = id_token.expose();
    if token.len() > TOKEN_LIMIT || token.split('.').count() != 3 {
        return Err(IdTokenError::Malformed);
    }
    // An algorithm that the library does not know, such as `none`, fails to parse as a header.
    let header = decode_header(token).map_err(|error| match error.kind() {
        ErrorKind::Json(_) => IdTokenError::Algorithm,
        _ => IdTokenError::Malformed,
    })?;
    let algorithm = header.alg;
    if !accepted_algorithms(client.metadata()).contains(&algorithm) {
        return Err(IdTokenError::Algorithm);
    }
    // An access token in the form of a JWT (RFC 9068) says so; critical extensions are not known here.
    let is_access_token = header.typ.as_deref().is_some_and(|typ| {
        let typ = typ.to_ascii_lowercase();
        typ == "at+jwt" || typ == "application/at+jwt"
    });
    if header.crit.is_some() || is_access_token {
        return Err(IdTokenError::Malformed);
    }
    // Keys come from the provider's own address alone: `jwk`, `jku` and `x5u` of the header are not read.
    let address = client
        .metadata()
        .jwks_uri
        .as_ref()
        .ok_or(IdTokenError::KeysUnavailable(None))?;
    let keys = client
        .keys()
        .candidates(http, address, header.kid.as_deref(), algorithm)
        .await?;
    let claims = signed_claims(token, algorithm, &keys)?;
    check_claims(claims, client, algorithm, access_token, expected)
}

/// What the provider announces, as far as it is known here; `RS256`, which OpenID Connect requires of
/// every provider, where it announces nothing.
fn accepted_algorithms(metadata: &ProviderMetadata) -> Vec<Algorithm> {
    let known = |name: &str| match name {
        "RS256" => Some(Algorithm::RS256),
        "PS256" => Some(Algorithm::PS256),
        "ES256" => Some(Algorithm::ES256),
        "EdDSA" => Some(Algorithm::EdDSA),
        _ => None,
    };
    let announced = &metadata.id_token_signing_alg_values_supported;
    if announced.is_empty() {
        return vec![Algorithm::RS256];
    }
    announced.iter().filter_map(|name| known(name)).collect()
}

/// The claims, if one of the keys signed them. The whole decoding path of the library is used, for the
/// bare signature check would leave out the strict decoding of the parts.
fn signed_claims(
    token: &str,
    algorithm: Algorithm,
    keys: &[DecodingKey],
) -> Result<RawClaims, IdTokenError> {
    let mut validation = Validation::new(algorithm);
    // Claims are checked below, with our clock and our rules.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let mut refusal = IdTokenError::UnknownKey;
    for key in keys {
        match decode::<RawClaims>(token, key, &validation) {
            Ok(decoded) => return Ok(decoded.claims),
            Err(error) => {
                refusal = match error.kind() {
                    ErrorKind::Json(_) | ErrorKind::Utf8(_) | ErrorKind::Base64(_) => {
                        IdTokenError::Malformed
                    }
                    _ => IdTokenError::Signature,
                }
            }
        }
    }
    Err(refusal)
}

fn check_claims(
    claims: RawClaims,
    client: &Client,
    algorithm: Algorithm,
    access_token: &AccessToken,
    expected: &Expected<'_>,
) -> Result<IdTokenClaims, IdTokenError> {
    let issuer = claims
        .iss
        .clone()
        .ok_or(IdTokenError::MissingClaim("iss"))?;
    let subject = claims
        .sub
        .clone()
        .filter(|subject| !subject.is_empty())
        .ok_or(IdTokenError::MissingClaim("sub"))?;
    if issuer != client.metadata().issuer.as_str() {
        return Err(IdTokenError::WrongIssuer);
    }
    check_audience(&claims, client.client_id())?;
    // Before the times: that it is about somebody else must be noticed whatever the clock says.
    if expected.subject.is_some_and(|known| known != subject) {
        return Err(IdTokenError::WrongSubject);
    }
    let expires_at = check_times(&claims, client.clock().now()).map_err(|refusal| {
        match (&refusal, expected.clock_skew) {
            (IdTokenError::Expired, Some(skew @ ClockSkew::Ahead(_)))
            | (IdTokenError::NotYetValid, Some(skew @ ClockSkew::Behind(_)))
                if skew.is_beyond_tolerance() =>
            {
                IdTokenError::ClockSkewed(skew)
            }
            _ => refusal,
        }
    })?;
    if let Some(nonce) = expected.nonce {
        let given = claims.nonce.as_deref().unwrap_or_default();
        if !bool::from(given.as_bytes().ct_eq(nonce.expose().as_bytes())) {
            return Err(IdTokenError::WrongNonce);
        }
    }
    if claims
        .at_hash
        .as_ref()
        .is_some_and(|hash| *hash != at_hash(algorithm, access_token))
    {
        return Err(IdTokenError::WrongAccessToken);
    }
    Ok(claims.into_claims(issuer, subject, expires_at))
}

/// We must be in the audience; where there are others, `azp` must say that it was issued to us.
fn check_audience(claims: &RawClaims, client_id: &str) -> Result<(), IdTokenError> {
    let audience = claims
        .aud
        .as_ref()
        .ok_or(IdTokenError::MissingClaim("aud"))?
        .as_slice();
    let for_us = audience.iter().any(|audience| audience == client_id);
    let to_us = match claims.azp.as_deref() {
        Some(party) => party == client_id,
        None => audience.len() == 1,
    };
    if for_us && to_us {
        Ok(())
    } else {
        Err(IdTokenError::WrongAudience)
    }
}

fn check_times(claims: &RawClaims, now: SystemTime) -> Result<SystemTime, IdTokenError> {
    let expires_at = claims
        .exp
        .ok_or(IdTokenError::MissingClaim("exp"))?
        .time()?;
    let issued_at = claims
        .iat
        .ok_or(IdTokenError::MissingClaim("iat"))?
        .time()?;
    let later_than = |time: SystemTime| {
        time.duration_since(now)
            .is_ok_and(|ahead| ahead > CLOCK_TOLERANCE)
    };
    if now
        .duration_since(expires_at)
        .is_ok_and(|past| past >= CLOCK_TOLERANCE)
    {
        return Err(IdTokenError::Expired);
    }
    if later_than(issued_at)
        || claims
            .nbf
            .map(|nbf| nbf.time())
            .transpose()?
            .is_some_and(later_than)
    {
        return Err(IdTokenError::NotYetValid);
    }
    Ok(expires_at)
}

/// The left half of the digest that goes with the algorithm (OpenID Connect Core section 3.1.3.6).
fn at_hash(algorithm: Algorithm, access_token: &AccessToken) -> String {
    let bytes = access_token.expose().as_bytes();
    let digest = match algorithm {
        Algorithm::EdDSA => Sha512::digest(bytes).to_vec(),
        _ => Sha256::digest(bytes).to_vec(),
    };
    URL_SAFE_NO_PAD.encode(digest.get(..digest.len() / 2).unwrap_or_default())
}
