//! What may pass: a token request of our own client, as it should be.

use url::form_urlencoded;

/// Parameters of the two grants (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.5). Nothing else
/// passes.
const PASSED_ON: [&str; 6] = [
    "grant_type",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
];

/// Why a request is refused: an error code of RFC 6749 section 5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `invalid_request`
    Malformed,
    /// `invalid_client`
    OtherClient,
    /// `unsupported_grant_type`
    OtherGrant,
}

impl Refusal {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Malformed => "invalid_request",
            Self::OtherClient => "invalid_client",
            Self::OtherGrant => "unsupported_grant_type",
        }
    }
}

/// The parameters to send on, without client id and secret.
pub(crate) fn admitted(body: &[u8], client_id: &str) -> Result<Vec<(String, String)>, Refusal> {
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut clients = 0;
    for (name, value) in form_urlencoded::parse(body) {
        if parameters.iter().any(|(known, _)| *known == name) {
            return Err(Refusal::Malformed);
        }
        match &*name {
            "client_id" if value == client_id => clients += 1,
            "client_id" | "client_secret" | "client_assertion" => return Err(Refusal::OtherClient),
            known if PASSED_ON.contains(&known) => {
                parameters.push((name.into_owned(), value.into_owned()))
            }
            _ => return Err(Refusal::Malformed),
        }
    }
    if clients != 1 {
        return Err(Refusal::OtherClient);
    }
    let has = |name: &str| {
        parameters
            .iter()
            .any(|(known, value)| known == name && !value.is_empty())
    };
    let grant = parameters
        .iter()
        .find(|(name, _)| name == "grant_type")
        .map(|(_, value)| value.as_str());
    match grant {
        // Without PKCE a stolen code would be enough: this client always has a verifier.
        Some("authorization_code") if has("code") && has("code_verifier") => Ok(parameters),
        Some("refresh_token") if has("refresh_token") => Ok(parameters),
        Some("authorization_code" | "refresh_token") | None => Err(Refusal::Malformed),
        Some(_) => Err(Refusal::OtherGrant),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_request_of_our_client_passes_without_its_client_id() {
        let body =
            b"grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=r&client_id=us";
        let names: Vec<String> = admitted(body, "us")
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(
            names,
            ["grant_type", "code", "code_verifier", "redirect_uri"]
        );
    }

    #[test]
    fn everything_else_is_refused() {
        let refused = |body: &str| admitted(body.as_bytes(), "us").err();
        for (body, refusal) in [
            (
                "grant_type=refresh_token&refresh_token=t",
                Refusal::OtherClient,
            ),
            (
                "grant_type=refresh_token&refresh_token=t&client_id=them",
                Refusal::OtherClient,
            ),
            (
                "grant_type=refresh_token&refresh_token=t&client_id=us&client_id=us",
                Refusal::OtherClient,
            ),
            (
                "grant_type=refresh_token&refresh_token=t&client_id=us&client_secret=s",
                Refusal::OtherClient,
            ),
            (
                "grant_type=refresh_token&refresh_token=t&refresh_token=u&client_id=us",
                Refusal::Malformed,
            ),
            ("grant_type=refresh_token&client_id=us", Refusal::Malformed),
            (
                "grant_type=authorization_code&code=c&client_id=us",
                Refusal::Malformed,
            ),
            (
                "grant_type=password&username=u&password=p&client_id=us",
                Refusal::Malformed,
            ),
            (
                "grant_type=client_credentials&client_id=us",
                Refusal::OtherGrant,
            ),
            ("", Refusal::OtherClient),
        ] {
            assert_eq!(refused(body), Some(refusal), "{body}");
        }
    }
}
