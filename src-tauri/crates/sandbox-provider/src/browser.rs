//! What browsers are in the middle of: consent pages, top-up tickets and the sessions behind cookies.

use crate::{
    grants::KeyTerms,
    provider::now,
    secrets::{random_token, same, sha256},
};

/// How long a consent page, a top-up ticket's page or a session cookie is good, in seconds.
const CONSENT_LIFETIME: i64 = 600;
const TICKET_LIFETIME: i64 = 300;
const TOP_UP_LIFETIME: i64 = 3600;
const SIGN_IN_LIFETIME: i64 = 7 * 24 * 3600;

/// A checked authorization request that waits for the person.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    /// What is asked of a key, where it is a key.
    pub(crate) key: Option<KeyTerms>,
    /// The user code of the device that waits for the answer, where it is not this browser that does.
    pub(crate) device: Option<String>,
}

struct Consent {
    id: String,
    browser: String,
    csrf: String,
    expires_at: i64,
    request: AuthorizationRequest,
}

/// A browser that the person signed in with.
struct SignIn {
    cookie: String,
    subject: String,
    name: String,
    scopes: Vec<String>,
    auth_time: i64,
}

struct Ticket {
    hash: String,
    subject: String,
    expires_at: i64,
}

struct TopUpSession {
    cookie: String,
    csrf: String,
    subject: String,
    expires_at: i64,
}

/// All of it, in memory: a restart asks again.
#[derive(Default)]
pub(crate) struct Browsers {
    consents: Vec<Consent>,
    sign_ins: Vec<SignIn>,
    tickets: Vec<Ticket>,
    top_ups: Vec<TopUpSession>,
}

/// What a consent form must bring back, and the cookie that must come with it.
pub(crate) struct ConsentKeys {
    pub(crate) id: String,
    pub(crate) csrf: String,
    pub(crate) browser: String,
}

impl Browsers {
    /// Begins a consent page; `browser` is the cookie that this browser already has.
    pub(crate) fn begin_consent(
        &mut self,
        browser: Option<&str>,
        request: AuthorizationRequest,
    ) -> ConsentKeys {
        let now = now();
        self.consents.retain(|consent| consent.expires_at > now);
        let browser = browser.map_or_else(random_token, str::to_owned);
        let keys = ConsentKeys {
            id: random_token(),
            csrf: random_token(),
            browser,
        };
        self.consents.push(Consent {
            id: keys.id.clone(),
            browser: sha256(&keys.browser),
            csrf: keys.csrf.clone(),
            expires_at: now + CONSENT_LIFETIME,
            request,
        });
        keys
    }

    /// Ends a consent page, once, if the form came from the browser that was given the page.
    pub(crate) fn finish_consent(
        &mut self,
        id: &str,
        csrf: &str,
        browser: &str,
    ) -> Option<AuthorizationRequest> {
        let now = now();
        let index = self.consents.iter().position(|consent| {
            same(&consent.id, id)
                && same(&consent.csrf, csrf)
                && same(&consent.browser, &sha256(browser))
                && consent.expires_at > now
        })?;
        Some(self.consents.swap_remove(index).request)
    }

    /// Remembers who signed in with this browser, for what.
    pub(crate) fn sign_in(&mut self, browser: &str, subject: &str, name: &str, scopes: &[String]) {
        let cookie = sha256(browser);
        self.sign_ins.retain(|sign_in| {
            sign_in.cookie != cookie && sign_in.auth_time + SIGN_IN_LIFETIME > now()
        });
        let (subject, name, scopes) = (subject.to_owned(), name.to_owned(), scopes.to_vec());
        self.sign_ins.push(SignIn {
            cookie,
            subject,
            name,
            scopes,
            auth_time: now(),
        });
    }

    /// The name that this browser last signed in with.
    pub(crate) fn last_name(&self, browser: &str) -> Option<&str> {
        let cookie = sha256(browser);
        self.sign_ins
            .iter()
            .find(|sign_in| same(&sign_in.cookie, &cookie))
            .map(|sign_in| sign_in.name.as_str())
    }

    /// Subject and time of an earlier sign-in of this browser that covers these scopes.
    pub(crate) fn earlier_consent(
        &self,
        browser: &str,
        scopes: &[String],
    ) -> Option<(String, i64)> {
        let cookie = sha256(browser);
        self.sign_ins
            .iter()
            .find(|sign_in| {
                same(&sign_in.cookie, &cookie)
                    && scopes.iter().all(|scope| sign_in.scopes.contains(scope))
            })
            .map(|sign_in| (sign_in.subject.clone(), sign_in.auth_time))
    }

    /// Forgets who signed in with this browser.
    pub(crate) fn sign_out(&mut self, browser: &str) {
        let cookie = sha256(browser);
        self.sign_ins.retain(|sign_in| sign_in.cookie != cookie);
    }

    /// Forgets every browser of a person.
    pub(crate) fn sign_out_subject(&mut self, subject: &str) {
        self.sign_ins.retain(|sign_in| sign_in.subject != subject);
    }

    /// A ticket that opens the top-up page once.
    pub(crate) fn issue_ticket(&mut self, subject: &str) -> String {
        let now = now();
        self.tickets.retain(|ticket| ticket.expires_at > now);
        let ticket = random_token();
        self.tickets.push(Ticket {
            hash: sha256(&ticket),
            subject: subject.to_owned(),
            expires_at: now + TICKET_LIFETIME,
        });
        ticket
    }

    /// Spends a ticket for a session; returns its cookie.
    pub(crate) fn redeem_ticket(&mut self, ticket: &str) -> Option<String> {
        let (hash, now) = (sha256(ticket), now());
        let index = self
            .tickets
            .iter()
            .position(|ticket| same(&ticket.hash, &hash))?;
        let ticket = self.tickets.swap_remove(index);
        if ticket.expires_at <= now {
            return None;
        }
        self.top_ups.retain(|session| session.expires_at > now);
        let cookie = random_token();
        self.top_ups.push(TopUpSession {
            cookie: sha256(&cookie),
            csrf: random_token(),
            subject: ticket.subject,
            expires_at: now + TOP_UP_LIFETIME,
        });
        Some(cookie)
    }

    /// Subject and CSRF token of a top-up session.
    pub(crate) fn top_up(&self, cookie: &str) -> Option<(String, String)> {
        let (hash, now) = (sha256(cookie), now());
        let session = self
            .top_ups
            .iter()
            .find(|session| same(&session.cookie, &hash) && session.expires_at > now)?;
        Some((session.subject.clone(), session.csrf.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn request() -> AuthorizationRequest {
        AuthorizationRequest {
            redirect_uri: String::new(),
            state: None,
            scopes: vec![],
            challenge: None,
            nonce: None,
            key: None,
            device: None,
        }
    }

    #[test]
    fn a_consent_form_counts_once_and_only_from_its_browser() {
        let mut browsers = Browsers::default();
        let keys = browsers.begin_consent(None, request());
        assert!(
            browsers
                .finish_consent(&keys.id, &keys.csrf, "another browser")
                .is_none()
        );
        assert!(
            browsers
                .finish_consent(&keys.id, "forged", &keys.browser)
                .is_none()
        );
        assert!(
            browsers
                .finish_consent(&keys.id, &keys.csrf, &keys.browser)
                .is_some()
        );
        assert!(
            browsers
                .finish_consent(&keys.id, &keys.csrf, &keys.browser)
                .is_none()
        );
    }

    #[test]
    fn a_ticket_opens_one_session() {
        let mut browsers = Browsers::default();
        let ticket = browsers.issue_ticket("penny");
        let cookie = browsers.redeem_ticket(&ticket).unwrap();
        assert!(browsers.redeem_ticket(&ticket).is_none());
        assert_eq!(browsers.top_up(&cookie).unwrap().0, "penny");
        assert!(browsers.top_up("guessed").is_none());
    }

    #[test]
    fn an_earlier_consent_covers_no_further_scope() {
        let mut browsers = Browsers::default();
        browsers.sign_in("browser", "penny", "Penny", &["openid".into()]);
        assert!(
            browsers
                .earlier_consent("browser", &["openid".into()])
                .is_some()
        );
        assert!(
            browsers
                .earlier_consent("browser", &["openid".into(), "email".into()])
                .is_none()
        );
        browsers.sign_out("browser");
        assert!(
            browsers
                .earlier_consent("browser", &["openid".into()])
                .is_none()
        );
    }
}
