//! Who the person is, by their provider's word.

use serde::Deserialize;
use url::Url;

use super::balance::ACCOUNT_BYTES;
use super::call::Api;
use super::key;
use crate::error::{ApiError, Detail, UnreadableAnswer};
use crate::profile::{IdentityKind, UserInfoShape, joined};

/// A person at their provider. All but the subject may be missing, and none of it is checked by the
/// app: show it as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The person's lasting identifier there. Compare it with the account's before using the rest.
    pub subject: String,
    /// Their name.
    pub name: Option<String>,
    /// The name they sign in with.
    pub username: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Where their picture is; fetch it with [`super::Wallet::picture`] only.
    pub picture_url: Option<Url>,
}

/// Claims of OpenID Connect Core section 5.1, and `username`, which some use instead.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    name: Option<String>,
    preferred_username: Option<String>,
    username: Option<String>,
    nickname: Option<String>,
    email: Option<String>,
    picture: Option<String>,
}

#[derive(Deserialize)]
struct ChutesAccount {
    logo: Option<String>,
}

pub(super) async fn read(api: &Api, userinfo_endpoint: Option<&Url>) -> Result<Profile, ApiError> {
    if api.profile().identity == IdentityKind::Key {
        return key_owner(api).await;
    }
    let Some(url) = userinfo_endpoint else {
        return Err(ApiError::Unreadable {
            what: UnreadableAnswer::Empty,
            detail: Detail::new("the provider has no userinfo endpoint"),
        });
    };
    let claims: Claims = api.get_json(url, ACCOUNT_BYTES).await?;
    let mut profile = claims.into_profile();
    if api.profile().identity == IdentityKind::UserInfo(UserInfoShape::Chutes) {
        profile.picture_url = logo(api).await;
    }
    Ok(profile)
}

/// The owner of the key, where the provider says who that is; otherwise the key is somebody by itself.
/// Its label is all there is to show.
async fn key_owner(api: &Api) -> Result<Profile, ApiError> {
    let facts = key::facts(api).await?;
    let subject = match said(facts.creator_user_id) {
        Some(owner) => owner,
        None => format!("key-{}", key::fingerprint(api).await?),
    };
    Ok(Profile {
        subject,
        name: None,
        username: said(facts.label),
        email: None,
        picture_url: None,
    })
}

/// The account's picture. A profile without one is no failure.
async fn logo(api: &Api) -> Option<Url> {
    let url = joined(&api.profile().account_base, "users/me");
    let account: ChutesAccount = api.get_json(&url, ACCOUNT_BYTES).await.ok()?;
    picture_url(account.logo)
}

impl Claims {
    fn into_profile(self) -> Profile {
        let usernames = [self.preferred_username, self.username, self.nickname];
        Profile {
            subject: self.sub,
            name: said(self.name),
            username: usernames.into_iter().find_map(said),
            email: said(self.email),
            picture_url: picture_url(self.picture),
        }
    }
}

/// Longest text that is taken for a name or an address.
const MAX_CHARACTERS: usize = 200;

/// A text that says something: trimmed, on one line, without direction marks that would make it read
/// as something else.
fn said(text: Option<String>) -> Option<String> {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = text?
        .chars()
        .filter(|c| !is_hidden(*c))
        .take(MAX_CHARACTERS)
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn picture_url(text: Option<String>) -> Option<Url> {
    Url::parse(&text?)
        .ok()
        .filter(|url| matches!(url.scheme(), "https" | "http"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn profile(json: &str) -> Profile {
        serde_json::from_str::<Claims>(json).unwrap().into_profile()
    }

    #[test]
    fn claims_of_both_shapes_are_read() {
        let full = profile(
            r#"{"sub":"u1","name":" Penny ","preferred_username":"penny","email":"p@x.example","email_verified":true,
                "picture":"https://x.example/p.png","balance":5,"iss":"x"}"#,
        );
        assert_eq!(full.name.as_deref(), Some("Penny"));
        assert_eq!(full.username.as_deref(), Some("penny"));
        assert_eq!(
            full.picture_url.unwrap().as_str(),
            "https://x.example/p.png"
        );
        let bare = profile(
            r#"{"sub":"u2","username":"dan","created_at":"2026-01-01T00:00:00","name":null}"#,
        );
        assert_eq!(
            (bare.subject.as_str(), bare.username.as_deref(), bare.name),
            ("u2", Some("dan"), None)
        );
    }

    #[test]
    fn names_cannot_hide_anything_and_pictures_are_on_the_web() {
        let odd = profile(
            r#"{"sub":"u","name":"Pen\u202eny\u0007\n","picture":"file:///etc/passwd","email":" "}"#,
        );
        assert_eq!(odd.name.as_deref(), Some("Penny"));
        assert_eq!((odd.picture_url, odd.email), (None, None));
        assert!(serde_json::from_str::<Claims>(r#"{"name":"nobody"}"#).is_err());
    }
}
