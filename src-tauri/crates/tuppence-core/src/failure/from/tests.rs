use std::sync::Arc;
use std::time::Duration;

use super::*;

/// Checklist 18: which ports, so that the person can find the program that has them.
#[test]
fn taken_ports_are_named() {
    let failure = Failure::from(SignInError::PortsUnavailable {
        busy: vec![17493, 21907],
    });
    assert_eq!(failure.kind, FailureKind::RedirectPortUnavailable);
    assert!(failure.detail.contains("17493, 21907"));
    assert!(failure.retryable);
}

#[test]
fn how_a_sign_in_ends_is_what_a_person_can_do_next() {
    let denied = |error: &str| SignInError::Denied {
        error: error.to_owned(),
        description: None,
    };
    for (error, kind) in [
        (denied("access_denied"), FailureKind::AccessDenied),
        (denied("invalid_scope"), FailureKind::RegistrationRejected),
        (denied("server_error"), FailureKind::ProviderUnavailable),
        (SignInError::TimedOut, FailureKind::SignInTimedOut),
        (SignInError::Cancelled, FailureKind::SignInCancelled),
        (
            SignInError::LaunchAddressReused,
            FailureKind::LaunchAddressReused,
        ),
    ] {
        assert_eq!(Failure::from(error).kind, kind);
    }
}

/// Checklist 64 to 66: only the verdict on the grant asks for a new sign-in.
#[test]
fn trouble_with_the_token_endpoint_signs_nobody_out() {
    let refused = |code: &str, status| {
        Arc::new(TokenEndpointError::OAuth {
            code: code.to_owned(),
            description: None,
            status,
            retry_after: None,
        })
    };
    let transient = Failure::from(SessionError::Transient {
        retry_after: Duration::from_secs(9),
        source: refused("temporarily_unavailable", 503),
    });
    assert_eq!(transient.kind, FailureKind::ProviderUnavailable);
    assert!(transient.retryable && transient.retry_at.is_some());
    let set_up = Failure::from(SessionError::Configuration(refused("invalid_client", 400)));
    assert_eq!(set_up.kind, FailureKind::RegistrationRejected);
    let over = Failure::from(SessionError::ReauthRequired);
    assert_eq!(over.kind, FailureKind::ReauthRequired);
}

#[test]
fn a_failure_is_stored_and_read_back_whole() -> Result<(), serde_json::Error> {
    let failure =
        Failure::retryable(FailureKind::RateLimited, "wait").until(Some(SystemTime::now()));
    let json = serde_json::to_string(&failure)?;
    assert_eq!(serde_json::from_str::<Failure>(&json)?, failure);
    Ok(())
}
