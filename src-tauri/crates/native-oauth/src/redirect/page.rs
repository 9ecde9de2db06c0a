//! What the browser shows at the end of a sign-in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("pages/style.css");
const DONE: &str = include_str!("pages/done.html");
const DENIED: &str = include_str!("pages/denied.html");
const FAILED: &str = include_str!("pages/failed.html");

/// The names that the completion page shows. They are escaped, so they may be any text.
#[derive(Clone, Debug)]
pub struct PageText {
    /// The application's name.
    pub app_name: String,
    /// The provider's name.
    pub provider_name: String,
}

/// What the completion page says.
#[derive(Clone, Debug)]
pub enum Completion {
    /// The person is signed in.
    SignedIn {
        /// The account's display name.
        account: String,
    },
    /// The person, or the provider, said no.
    Denied,
    /// It did not work.
    Failed {
        /// A sentence for the person, without anything secret.
        message: String,
    },
}

impl PageText {
    /// The page for `outcome`, in light and dark, without script or anything to load.
    pub fn render(&self, outcome: &Completion) -> String {
        let (page, account, message) = match outcome {
            Completion::SignedIn { account } => (DONE, account.as_str(), ""),
            Completion::Denied => (DENIED, "", ""),
            Completion::Failed { message } => (FAILED, "", message.as_str()),
        };
        let slots = [
            ("style", STYLE.to_owned()),
            ("app", escaped(&self.app_name)),
            ("provider", escaped(&self.provider_name)),
            ("account", escaped(account)),
            ("message", escaped(message)),
        ];
        fill(page, &slots)
    }
}

/// The policy of every answer: nothing but the page's own style sheet, known by its digest.
pub(crate) fn content_security_policy() -> String {
    let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn escaped(text: &str) -> String {
    html_escape::encode_safe(text).into_owned()
}

/// Fills each slot in one pass, so that a value which looks like a slot stays as it is.
fn fill(page: &str, slots: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(page.len() + STYLE.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = slots.iter().find(|(slot, _)| *slot == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<script>&\"'{{app}}";

    fn text() -> PageText {
        PageText {
            app_name: TEXT.to_owned(),
            provider_name: TEXT.to_owned(),
        }
    }

    /// Checklist 16.
    #[test]
    fn every_slot_is_escaped_and_filled_once() {
        for outcome in [
            Completion::SignedIn {
                account: TEXT.to_owned(),
            },
            Completion::Denied,
            Completion::Failed {
                message: TEXT.to_owned(),
            },
        ] {
            let page = text().render(&outcome);
            assert!(!page.contains("<script"), "{page}");
            assert!(
                page.contains("&lt;script&gt;&amp;&quot;&#x27;{{app}}"),
                "{page}"
            );
            assert_eq!(page.matches("<style>").count(), 1);
        }
    }

    #[test]
    fn the_policy_allows_exactly_the_style_of_the_page() {
        let page = text().render(&Completion::Denied);
        let style = page
            .split_once("<style>")
            .and_then(|(_, rest)| rest.split_once("</style>"));
        let digest = STANDARD.encode(Sha256::digest(style.map_or("", |(style, _)| style)));
        assert!(content_security_policy().contains(&digest));
        assert!(!content_security_policy().contains("unsafe"));
        assert!(content_security_policy().contains("frame-ancestors 'none'"));
    }

    #[test]
    fn the_pages_work_in_light_and_dark() {
        assert!(STYLE.contains("prefers-color-scheme: dark"));
        assert!(STYLE.contains("color-scheme: light dark"));
    }
}
