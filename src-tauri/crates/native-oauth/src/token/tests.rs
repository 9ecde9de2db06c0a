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
        expires_at: now + Duration::from_secs(lifetime),
        granted_scopes: Scopes::default(),
    }
}

#[test]
fn the_margin_is_half_a_minute_or_a_tenth_of_the_lifetime() {
    for (lifetime, margin) in [(3600, 30), (300, 30), (60, 6), (1, 0), (0, 0)] {
        let tokens = lasting(lifetime);
        let before = |seconds: u64| tokens.expires_at - Duration::from_secs(seconds);
        assert!(tokens.is_fresh(before(margin + 1)), "{lifetime}");
        assert!(
            !tokens.is_fresh(before(margin.saturating_sub(1))) || lifetime == 1,
            "{lifetime}"
        );
        assert!(!tokens.is_fresh(tokens.expires_at));
        assert!(tokens.has_expired(tokens.expires_at));
    }
}

#[test]
fn secrets_are_not_printed() {
    assert!(!format!("{:?}", lasting(1)).contains("secret"));
}
