#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, SystemTime};

use super::*;

fn lasting(lifetime: u64) -> TokenSet {
    let now = SystemTime::now();
    TokenSet {
        access_token: AccessToken::new("secret"),
        refresh_token: None,
        id_token: None,
        received_at: now,
        expires_at: Some(now + Duration::from_secs(lifetime)),
        granted_scopes: Scopes::default(),
    }
}

#[test]
fn the_margin_is_half_a_minute_or_a_tenth_of_the_lifetime() {
    for (lifetime, margin) in [(3600, 30), (300, 30), (60, 6), (1, 0), (0, 0)] {
        let tokens = lasting(lifetime);
        let expires_at = tokens.expires_at.unwrap();
        let before = |seconds: u64| expires_at - Duration::from_secs(seconds);
        assert!(tokens.is_fresh(before(margin + 1)), "{lifetime}");
        assert!(
            !tokens.is_fresh(before(margin.saturating_sub(1))) || lifetime == 1,
            "{lifetime}"
        );
        assert!(!tokens.is_fresh(expires_at));
        assert!(tokens.has_expired(expires_at));
    }
}

#[test]
fn a_credential_without_an_end_is_good_until_it_is_rejected() {
    let key = TokenSet {
        expires_at: None,
        ..lasting(1)
    };
    let in_ten_years = key.received_at + Duration::from_secs(10 * 365 * 24 * 3600);
    assert!(key.is_fresh(in_ten_years) && !key.has_expired(in_ten_years));
}

#[test]
fn secrets_are_not_printed() {
    assert!(!format!("{:?}", lasting(1)).contains("secret"));
}
