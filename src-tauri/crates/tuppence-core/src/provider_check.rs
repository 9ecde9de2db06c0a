//! What a provider publishes about itself against what it is known by here.
//!
//! Differences are shown; nothing that discovery says replaces a profile's value here.

use std::fmt;
use std::time::Duration;

use native_oauth::issuer::{InsecureLoopback, Issuer};
use native_oauth::{Discovery, DiscoveryError, ProviderMetadata};
use url::Url;
use wallet_api::ProviderProfile;
use wallet_api::profile::{Endpoints, MetadataSource};

use crate::Tuppence;
use crate::failure::{Failure, FailureKind, chain};

/// One provider that does not answer must not hold anybody up.
const PATIENCE: Duration = Duration::from_secs(8);

/// How a provider's discovery document compares with its profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderCheck {
    /// It was read. What differs is in the order of a sign-in; the profile's values hold.
    Compared(Vec<MetadataDifference>),
    /// There is none that could be used, and none is needed: the endpoints are the profile's. With the
    /// reason.
    NoDocument(String),
}

/// One value that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataDifference {
    /// Which.
    pub subject: MetadataSubject,
    /// What the profile has.
    pub ours: String,
    /// What the document has, if it says anything.
    pub theirs: Option<String>,
}

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataSubject {
    /// `issuer`.
    Issuer,
    /// `authorization_endpoint`.
    AuthorizationEndpoint,
    /// `token_endpoint`.
    TokenEndpoint,
    /// `userinfo_endpoint`.
    UserinfoEndpoint,
    /// `revocation_endpoint`.
    RevocationEndpoint,
    /// A scope that is asked for, and what `scopes_supported` has.
    Scope,
    /// `S256`, and what `code_challenge_methods_supported` has.
    CodeChallengeMethod,
}

impl fmt::Display for MetadataDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ours, theirs, .. } = self;
        let theirs = theirs.as_deref().unwrap_or("nothing");
        let what = match self.subject {
            MetadataSubject::Issuer => "issuer",
            MetadataSubject::AuthorizationEndpoint => "authorization_endpoint",
            MetadataSubject::TokenEndpoint => "token_endpoint",
            MetadataSubject::UserinfoEndpoint => "userinfo_endpoint",
            MetadataSubject::RevocationEndpoint => "revocation_endpoint",
            MetadataSubject::Scope => {
                return write!(
                    f,
                    "the scope {ours} is not among those that discovery lists"
                );
            }
            MetadataSubject::CodeChallengeMethod => {
                return write!(f, "PKCE is {ours} here; discovery lists {theirs}");
            }
        };
        write!(f, "{what}: the profile has {ours}, discovery {theirs}")
    }
}

impl Tuppence {
    /// Reads what a provider publishes about itself and compares it with its profile. Over within eight
    /// seconds.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`]; for a provider that is known by its discovery document, why that cannot
    /// be used, as a sign-in would say it.
    pub async fn check_provider(&self, id: &str) -> Result<ProviderCheck, Failure> {
        let profile = self.provider_profile(id).await?;
        let (address, known) = match &profile.metadata {
            MetadataSource::Discovery { url, .. } => (url.clone(), None),
            MetadataSource::Static(endpoints) => match well_known(&endpoints.issuer) {
                Some(url) => (url, Some(endpoints)),
                None => return Ok(ProviderCheck::NoDocument("it has no address".to_owned())),
            },
        };
        let fetched = tokio::time::timeout(PATIENCE, fetch(self, &profile, &address)).await;
        match (fetched, known) {
            (Ok(Ok(metadata)), _) => Ok(ProviderCheck::Compared(differences(
                &profile, known, &metadata,
            ))),
            (Ok(Err(DiscoveryError::IssuerMismatch { found })), Some(endpoints)) => {
                Ok(ProviderCheck::Compared(vec![MetadataDifference {
                    subject: MetadataSubject::Issuer,
                    ours: endpoints.issuer.clone(),
                    theirs: Some(found),
                }]))
            }
            (Ok(Err(error)), Some(_)) => Ok(ProviderCheck::NoDocument(chain(&error))),
            (Ok(Err(error)), None) => Err(error.into()),
            (Err(_), Some(_)) => Ok(ProviderCheck::NoDocument("no answer in time".to_owned())),
            (Err(_), None) => {
                let what = "no answer in time";
                Err(Failure::retryable(FailureKind::ProviderUnavailable, what))
            }
        }
    }
}

/// Where the discovery document of a provider that is known by this profile would be.
pub(crate) fn discovery_address(profile: &ProviderProfile) -> Option<Url> {
    match &profile.metadata {
        MetadataSource::Discovery { url, .. } => Some(url.clone()),
        MetadataSource::Static(endpoints) => well_known(&endpoints.issuer),
    }
}

async fn fetch(
    core: &Tuppence,
    profile: &ProviderProfile,
    address: &Url,
) -> Result<ProviderMetadata, DiscoveryError> {
    let loopback = match profile.allow_insecure_loopback {
        true => InsecureLoopback::Allowed,
        false => InsecureLoopback::Refused,
    };
    let names = match &profile.metadata {
        MetadataSource::Discovery {
            accepted_issuers, ..
        } => accepted_issuers.clone(),
        MetadataSource::Static(endpoints) => vec![endpoints.issuer.clone()],
    };
    let issuers: Result<Vec<Issuer>, _> = names
        .iter()
        .map(|name| Issuer::new(name, loopback))
        .collect();
    let issuers = issuers.map_err(|reason| DiscoveryError::Address {
        field: "issuer",
        reason,
    })?;
    let discovery = Discovery::at(address.clone(), issuers, loopback).with_undeclared_pkce();
    discovery.fetch(&core.inner.http).await
}

fn well_known(issuer: &str) -> Option<Url> {
    let issuer = issuer.trim_end_matches('/');
    Url::parse(&format!("{issuer}/.well-known/openid-configuration")).ok()
}

fn differences(
    profile: &ProviderProfile,
    known: Option<&Endpoints>,
    metadata: &ProviderMetadata,
) -> Vec<MetadataDifference> {
    use MetadataSubject as S;
    let mut found = Vec::new();
    let mut compare = |subject, ours: Option<&Url>, theirs: Option<&Url>| {
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && ours != theirs
        {
            found.push(MetadataDifference {
                subject,
                ours: ours.to_string(),
                theirs: Some(theirs.to_string()),
            });
        }
    };
    if let Some(known) = known {
        let ours = Some(&known.authorization);
        let theirs = Some(&metadata.authorization_endpoint);
        compare(S::AuthorizationEndpoint, ours, theirs);
        compare(
            S::TokenEndpoint,
            Some(&known.token),
            Some(&metadata.token_endpoint),
        );
        let theirs = metadata.revocation_endpoint.as_ref();
        compare(S::RevocationEndpoint, known.revocation.as_ref(), theirs);
    }
    let theirs = metadata.userinfo_endpoint.as_ref();
    compare(
        S::UserinfoEndpoint,
        profile.userinfo_endpoint.as_ref(),
        theirs,
    );
    if let Some(supported) = &metadata.scopes_supported {
        let scopes = profile.scopes.iter();
        found.extend(
            scopes
                .filter(|scope| !supported.contains(scope))
                .map(|scope| MetadataDifference {
                    subject: S::Scope,
                    ours: scope.clone(),
                    theirs: Some(supported.join(" ")),
                }),
        );
    }
    let methods = metadata.code_challenge_methods_supported.as_deref();
    let has_s256 = methods.is_some_and(|methods| methods.iter().any(|method| method == "S256"));
    if !has_s256 {
        found.push(MetadataDifference {
            subject: S::CodeChallengeMethod,
            ours: "S256".to_owned(),
            theirs: methods.map(|methods| methods.join(" ")),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use wallet_api::profiles;

    use super::*;

    #[test]
    fn what_discovery_says_otherwise_is_shown() {
        let base = Url::parse("https://chutes.example").unwrap();
        let profile = profiles::chutes_at(&base, &base);
        let MetadataSource::Static(endpoints) = &profile.metadata else {
            panic!("chutes is known by its endpoints")
        };
        let mut metadata = ProviderMetadata::without_discovery(
            Issuer::new("https://chutes.example", InsecureLoopback::Refused).unwrap(),
            endpoints.authorization.clone(),
            Url::parse("https://elsewhere.example/token").unwrap(),
        );
        metadata.scopes_supported = Some(vec!["profile".to_owned(), "chutes:invoke".to_owned()]);
        metadata.code_challenge_methods_supported = Some(vec!["plain".to_owned()]);
        let found = differences(&profile, Some(endpoints), &metadata);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0].subject, MetadataSubject::TokenEndpoint);
        assert_eq!(
            found[0].theirs.as_deref(),
            Some("https://elsewhere.example/token")
        );
        assert_eq!(found[1].subject, MetadataSubject::Scope);
        assert_eq!(found[1].ours, "openid");
        assert_eq!(found[2].subject, MetadataSubject::CodeChallengeMethod);
        assert_eq!(found[2].theirs.as_deref(), Some("plain"));
        assert!(
            found[0]
                .to_string()
                .starts_with("token_endpoint: the profile has")
        );
    }
}
