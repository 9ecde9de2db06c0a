//! What the test provider remembers, and the rules of OAuth that it enforces.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngExt as _;
use sha2::{Digest, Sha256};

pub(crate) type Form = HashMap<String, String>;

#[derive(Default)]
pub(crate) struct Books {
    codes: HashMap<String, Grant>,
    device_codes: HashMap<String, DeviceGrant>,
    refresh_tokens: HashMap<String, Issued>,
    pub(crate) access_tokens: HashMap<String, Issued>,
    revoked_families: HashSet<u32>,
    families: u32,
    /// Everything that must never be seen elsewhere.
    pub(crate) secrets: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scope: String,
}

#[derive(Clone)]
pub(crate) struct Issued {
    family: u32,
    spent: bool,
    pub(crate) scope: String,
}

/// What waits for a person on another device.
struct DeviceGrant {
    scope: String,
    asked_at: Option<Instant>,
    verdict: DeviceVerdict,
}

#[derive(Clone, Copy, Default)]
pub(crate) enum DeviceVerdict {
    #[default]
    Pending,
    Agreed,
    Declined,
    Expired,
}

/// What a token request was granted.
pub(crate) struct Granted {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
}

impl Books {
    pub(crate) fn issue_code(&mut self, grant: Grant) -> String {
        let code = self.secret("code");
        self.codes.insert(code.clone(), grant);
        code
    }

    /// RFC 6749 section 4.1.3: a code is spent by its first use, good or bad.
    pub(crate) fn redeem_code(&mut self, form: &Form) -> Result<Granted, &'static str> {
        let grant = form
            .get("code")
            .and_then(|code| self.codes.remove(code))
            .ok_or("invalid_grant")?;
        let verifier = form.get("code_verifier").ok_or("invalid_request")?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        if challenge != grant.challenge || form.get("redirect_uri") != Some(&grant.redirect_uri) {
            return Err("invalid_grant");
        }
        self.secrets.push(verifier.clone());
        self.families += 1;
        let family = self.families;
        Ok(self.issue(family, grant.scope, grant.nonce))
    }

    pub(crate) fn issue_device_code(&mut self, scope: Option<&String>) -> String {
        let device_code = self.secret("device");
        let grant = DeviceGrant {
            scope: scope.cloned().unwrap_or_default(),
            asked_at: None,
            verdict: DeviceVerdict::Pending,
        };
        self.device_codes.insert(device_code.clone(), grant);
        device_code
    }

    /// What the person says to every code that waits.
    pub(crate) fn decide_devices(&mut self, verdict: DeviceVerdict) {
        for grant in self.device_codes.values_mut() {
            grant.verdict = verdict;
        }
    }

    /// RFC 8628 section 3.5: asking sooner than after a second is refused.
    pub(crate) fn poll_device(&mut self, form: &Form) -> Result<Granted, &'static str> {
        let device_code = form.get("device_code").ok_or("invalid_request")?;
        let grant = self
            .device_codes
            .get_mut(device_code)
            .ok_or("invalid_grant")?;
        let waited = grant.asked_at.replace(Instant::now());
        if waited.is_some_and(|since| since.elapsed() < Duration::from_secs(1)) {
            return Err("slow_down");
        }
        match grant.verdict {
            DeviceVerdict::Pending => return Err("authorization_pending"),
            DeviceVerdict::Declined => return Err("access_denied"),
            DeviceVerdict::Expired => return Err("expired_token"),
            DeviceVerdict::Agreed => {}
        }
        let scope = grant.scope.clone();
        self.device_codes.remove(device_code);
        self.families += 1;
        Ok(self.issue(self.families, scope, None))
    }

    /// Rotation with reuse detection (RFC 9700 section 4.14.2): a spent token ends its whole family.
    pub(crate) fn rotate(&mut self, form: &Form) -> Result<Granted, &'static str> {
        let token = form.get("refresh_token").ok_or("invalid_request")?;
        let issued = self.refresh_tokens.get_mut(token).ok_or("invalid_grant")?;
        if issued.spent || self.revoked_families.contains(&issued.family) {
            self.revoked_families.insert(issued.family);
            return Err("invalid_grant");
        }
        issued.spent = true;
        let issued = issued.clone();
        Ok(self.issue(issued.family, issued.scope, None))
    }

    /// RFC 7009 section 2.1, without ending the other tokens of the grant.
    pub(crate) fn revoke(&mut self, token: &str) {
        for tokens in [&mut self.refresh_tokens, &mut self.access_tokens] {
            if let Some(issued) = tokens.get_mut(token) {
                issued.spent = true;
            }
        }
    }

    pub(crate) fn is_live(&self, token: &str) -> bool {
        let issued = self
            .access_tokens
            .get(token)
            .or_else(|| self.refresh_tokens.get(token));
        issued.is_some_and(|it| !it.spent && !self.revoked_families.contains(&it.family))
    }

    /// Ends every grant, as a person can on the provider's settings page.
    pub(crate) fn end_all_grants(&mut self) {
        self.revoked_families.extend(1..=self.families);
    }

    fn issue(&mut self, family: u32, scope: String, nonce: Option<String>) -> Granted {
        let issued = Issued {
            family,
            spent: false,
            scope: scope.clone(),
        };
        let access_token = self.secret("access");
        let refresh_token = self.secret("refresh");
        self.access_tokens
            .insert(access_token.clone(), issued.clone());
        self.refresh_tokens.insert(refresh_token.clone(), issued);
        Granted {
            access_token,
            refresh_token,
            scope,
            nonce,
        }
    }

    pub(crate) fn secret(&mut self, kind: &str) -> String {
        let bytes: [u8; 18] = rand::rng().random();
        let secret = format!("{kind}-{}", URL_SAFE_NO_PAD.encode(bytes));
        self.secrets.push(secret.clone());
        secret
    }
}
