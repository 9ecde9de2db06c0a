//! Authorization codes, and the grants that they become: token families, kept as hashes.

mod key;

use serde::{Deserialize, Serialize};

pub(crate) use key::{Key, KeyTerms};

use crate::{
    provider::now,
    secrets::{random_uuid, same, sha256},
};

/// How long a code can be exchanged, in seconds.
pub(crate) const CODE_LIFETIME: i64 = 600;

/// Used refresh tokens remembered per grant, to notice their reuse.
const REMEMBERED_REFRESH_TOKENS: usize = 200;

/// What a person allowed, until the code is exchanged.
#[derive(Debug, Clone)]
pub(crate) struct Authorization {
    pub(crate) subject: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    /// The S256 challenge; `None` where the dialect allows to go without.
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    /// When the person consented, seconds since 1970.
    pub(crate) auth_time: i64,
    /// The terms of the key that it is for, if it is for one.
    pub(crate) key: Option<KeyTerms>,
}

struct Code {
    hash: String,
    expires_at: i64,
    authorization: Authorization,
    /// The grant it became: a second use revokes that (RFC 6749 section 4.1.2).
    spent_on: Option<Option<String>>,
}

/// One person's permission for the client, with its tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) auth_time: i64,
    pub(crate) revoked: bool,
    #[serde(default)]
    pub(crate) key: Option<Key>,
    refresh_tokens: Vec<RefreshToken>,
    access_tokens: Vec<AccessToken>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct RefreshToken {
    hash: String,
    issued_at: i64,
    used: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct AccessToken {
    hash: String,
    issued_at: i64,
    expires_at: i64,
}

/// Why a code cannot be exchanged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CodeRefusal {
    Unknown,
    Expired,
    Spent,
}

/// Why a refresh token cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RefreshRefusal {
    Unknown,
    /// Used before. Whether that revokes the grant is for the dialect to say.
    Reused,
    Revoked,
}

/// What introspection tells of a token.
pub(crate) struct TokenFacts {
    pub(crate) is_access: bool,
    pub(crate) subject: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: Option<i64>,
}

/// All codes and grants.
#[derive(Default)]
pub(crate) struct Grants {
    codes: Vec<Code>,
    grants: Vec<Grant>,
}

impl Grants {
    pub(crate) fn restored(grants: Vec<Grant>) -> Self {
        Self {
            codes: Vec::new(),
            grants,
        }
    }

    pub(crate) fn grants(&self) -> &[Grant] {
        &self.grants
    }

    pub(crate) fn add_code(&mut self, code: &str, authorization: Authorization) {
        let now = now();
        self.codes
            .retain(|code| code.expires_at + CODE_LIFETIME > now);
        self.codes.push(Code {
            hash: sha256(code),
            expires_at: now + CODE_LIFETIME,
            authorization,
            spent_on: None,
        });
    }

    /// Takes a code: it is spent from now on, whatever becomes of the exchange.
    pub(crate) fn take_code(&mut self, code: &str) -> Result<Authorization, CodeRefusal> {
        let hash = sha256(code);
        let found = self
            .codes
            .iter_mut()
            .find(|code| same(&code.hash, &hash))
            .ok_or(CodeRefusal::Unknown)?;
        if let Some(grant) = found.spent_on.clone() {
            if let Some(grant) = grant {
                self.revoke_grant(&grant);
            }
            return Err(CodeRefusal::Spent);
        }
        found.spent_on = Some(None);
        if found.expires_at <= now() {
            Err(CodeRefusal::Expired)
        } else {
            Ok(found.authorization.clone())
        }
    }

    /// Opens a grant for an exchanged code; returns its id.
    pub(crate) fn open(&mut self, code: &str, authorization: &Authorization) -> String {
        let id = random_uuid();
        let hash = sha256(code);
        if let Some(code) = self.codes.iter_mut().find(|code| code.hash == hash) {
            code.spent_on = Some(Some(id.clone()));
        }
        self.grants.push(Grant {
            id: id.clone(),
            subject: authorization.subject.clone(),
            scopes: authorization.scopes.clone(),
            auth_time: authorization.auth_time,
            revoked: false,
            key: authorization.key.clone().map(Key::new),
            refresh_tokens: Vec::new(),
            access_tokens: Vec::new(),
        });
        id
    }

    pub(crate) fn add_tokens(
        &mut self,
        grant: &str,
        access: &str,
        refresh: Option<&str>,
        lifetime: i64,
    ) {
        let now = now();
        let Some(grant) = self
            .grants
            .iter_mut()
            .find(|candidate| candidate.id == grant)
        else {
            return;
        };
        grant.access_tokens.retain(|token| token.expires_at > now);
        grant.access_tokens.push(AccessToken {
            hash: sha256(access),
            issued_at: now,
            expires_at: now + lifetime,
        });
        if let Some(refresh) = refresh {
            let surplus = grant
                .refresh_tokens
                .len()
                .saturating_sub(REMEMBERED_REFRESH_TOKENS);
            grant.refresh_tokens.drain(..surplus);
            grant.refresh_tokens.push(RefreshToken {
                hash: sha256(refresh),
                issued_at: now,
                used: false,
            });
        }
    }

    /// Marks a refresh token as used and returns a copy of its grant.
    pub(crate) fn use_refresh_token(&mut self, token: &str) -> Result<Grant, RefreshRefusal> {
        let hash = sha256(token);
        for grant in &mut self.grants {
            if let Some(found) = grant
                .refresh_tokens
                .iter_mut()
                .find(|candidate| same(&candidate.hash, &hash))
            {
                if found.used {
                    return Err(RefreshRefusal::Reused);
                }
                if grant.revoked {
                    return Err(RefreshRefusal::Revoked);
                }
                found.used = true;
                return Ok(grant.clone());
            }
        }
        Err(RefreshRefusal::Unknown)
    }

    /// The grant that a refresh token belongs to, used or not.
    pub(crate) fn grant_of_refresh_token(&self, token: &str) -> Option<&Grant> {
        let hash = sha256(token);
        self.grants.iter().find(|grant| {
            grant
                .refresh_tokens
                .iter()
                .any(|candidate| same(&candidate.hash, &hash))
        })
    }

    /// The live grant that an access token belongs to.
    pub(crate) fn grant_of_access_token(&self, token: &str) -> Option<&Grant> {
        let hash = sha256(token);
        let now = now();
        self.grants.iter().find(|grant| {
            !grant.revoked
                && grant
                    .access_tokens
                    .iter()
                    .any(|candidate| same(&candidate.hash, &hash) && candidate.expires_at > now)
        })
    }

    /// Writes down what a key spent.
    pub(crate) fn spend(&mut self, id: &str, micro: i64) {
        let grant = self.grants.iter_mut().find(|grant| grant.id == id);
        if let Some(key) = grant.and_then(|grant| grant.key.as_mut()) {
            key.spend(micro);
        }
    }

    /// Ends a grant with all its tokens.
    pub(crate) fn revoke_grant(&mut self, id: &str) {
        if let Some(grant) = self.grants.iter_mut().find(|grant| grant.id == id) {
            grant.revoked = true;
            grant.access_tokens.clear();
        }
    }

    /// Ends every grant of a person.
    pub(crate) fn revoke_subject(&mut self, subject: &str) {
        for grant in self
            .grants
            .iter_mut()
            .filter(|grant| grant.subject == subject)
        {
            grant.revoked = true;
            grant.access_tokens.clear();
        }
    }

    /// Ends one token, leaving the rest of its grant alive.
    pub(crate) fn revoke_token(&mut self, token: &str) {
        let hash = sha256(token);
        for grant in &mut self.grants {
            grant
                .access_tokens
                .retain(|candidate| candidate.hash != hash);
            for refresh in grant
                .refresh_tokens
                .iter_mut()
                .filter(|candidate| candidate.hash == hash)
            {
                refresh.used = true;
            }
        }
    }

    /// Lets every access token expire now.
    pub(crate) fn expire_access_tokens(&mut self) {
        for grant in &mut self.grants {
            grant.access_tokens.clear();
        }
    }

    /// Gives every grant of a person these scopes, as a provider does that keeps one authorization per person and client.
    pub(crate) fn rescope(&mut self, subject: &str, scopes: &[String]) {
        for grant in self
            .grants
            .iter_mut()
            .filter(|grant| grant.subject == subject)
        {
            grant.scopes = scopes.to_vec();
        }
    }

    /// What introspection tells; `None` for a token that is not active.
    pub(crate) fn facts(&self, token: &str, refresh_lifetime: i64) -> Option<TokenFacts> {
        let hash = sha256(token);
        let now = now();
        self.grants
            .iter()
            .filter(|grant| !grant.revoked)
            .find_map(|grant| {
                let facts = |is_access, issued_at, expires_at| TokenFacts {
                    is_access,
                    subject: grant.subject.clone(),
                    scopes: grant.scopes.clone(),
                    issued_at,
                    expires_at: Some(expires_at),
                };
                let access = grant
                    .access_tokens
                    .iter()
                    .find(|token| token.hash == hash && token.expires_at > now);
                let refresh = grant
                    .refresh_tokens
                    .iter()
                    .find(|token| token.hash == hash && !token.used);
                access
                    .map(|token| facts(true, token.issued_at, token.expires_at))
                    .or_else(|| {
                        refresh.map(|token| {
                            facts(false, token.issued_at, token.issued_at + refresh_lifetime)
                        })
                    })
            })
    }
}

#[cfg(test)]
mod tests;
