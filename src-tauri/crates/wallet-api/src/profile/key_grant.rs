//! Providers that give a lasting key in place of tokens.

use std::time::SystemTime;

use money::MicroUsd;
use native_oauth::KeyGrant;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

use super::ProviderProfile;

/// What a sign-in asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // a handful of values in the whole app
pub enum AuthorizationKind {
    /// Tokens (RFC 6749).
    #[default]
    Tokens,
    /// A key that lasts until the person takes it back. No client is registered for that.
    Key {
        /// The parameter that has the redirect URI.
        redirect_parameter: String,
        /// The member of the answer that has the key.
        key_member: String,
        /// What the provider says of a key; the only place whose 401 means that the key is gone.
        key_endpoint: Url,
        /// What else may be asked for, where the page takes it.
        terms: TermParameters,
    },
}

/// The parameters by which terms are asked for; `None` where the page takes none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermParameters {
    /// The most that the key may spend, in dollars.
    pub limit: Option<String>,
    /// How often that begins anew.
    pub reset: Option<String>,
    /// When the key ends, as RFC 3339 has times.
    pub ends_at: Option<String>,
}

/// What a person may ask of a key. By default nothing: the provider's page decides. What was granted
/// is read back with the balance; a page may ignore what it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyTerms {
    /// The most that it may spend.
    pub limit: Option<MicroUsd>,
    /// How often that begins anew.
    pub resets: LimitReset,
    /// When it ends.
    pub ends_at: Option<SystemTime>,
}

/// How often a limit begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitReset {
    /// Never: it is for the whole life of the key.
    #[default]
    Never,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// In a way that the app does not know.
    Otherwise,
}

impl LimitReset {
    /// Reads the word on the wire.
    pub(crate) fn of_word(word: Option<&str>) -> Self {
        match word {
            None => Self::Never,
            Some("daily") => Self::Daily,
            Some("weekly") => Self::Weekly,
            Some("monthly") => Self::Monthly,
            Some(_) => Self::Otherwise,
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Never | Self::Otherwise => None,
            Self::Daily => Some("daily"),
            Self::Weekly => Some("weekly"),
            Self::Monthly => Some("monthly"),
        }
    }
}

impl ProviderProfile {
    /// Whether a sign-in ends in a key, which only the person can take back.
    #[must_use]
    pub fn gives_keys(&self) -> bool {
        self.authorization != AuthorizationKind::Tokens
    }

    /// The parameters for [`native_oauth::SignInOptions::parameters`] that ask for these terms; none
    /// where the provider takes none.
    #[must_use]
    pub fn parameters_of(&self, terms: &KeyTerms) -> Vec<(String, String)> {
        let AuthorizationKind::Key { terms: names, .. } = &self.authorization else {
            return Vec::new();
        };
        let limit = terms.limit.filter(|limit| limit.0 > 0);
        let reset = limit.and_then(|_| terms.resets.word());
        let ends_at = terms.ends_at.map(OffsetDateTime::from);
        let values = [
            (&names.limit, limit.map(dollars)),
            (&names.reset, reset.map(str::to_owned)),
            (
                &names.ends_at,
                ends_at.and_then(|at| at.format(&Rfc3339).ok()),
            ),
        ];
        let wanted = |(name, value): (&Option<String>, Option<String>)| name.clone().zip(value);
        values.into_iter().filter_map(wanted).collect()
    }

    pub(crate) fn key_grant(&self) -> Option<KeyGrant> {
        match &self.authorization {
            AuthorizationKind::Tokens => None,
            AuthorizationKind::Key {
                redirect_parameter,
                key_member,
                key_endpoint,
                ..
            } => Some(KeyGrant {
                redirect_parameter: redirect_parameter.clone(),
                key_member: key_member.clone(),
                key_endpoint: key_endpoint.clone(),
            }),
        }
    }
}

/// Dollars as a plain decimal number.
fn dollars(amount: MicroUsd) -> String {
    let text = format!("{}.{:06}", amount.0 / 1_000_000, amount.0 % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::profiles;

    #[test]
    fn terms_become_parameters_only_where_they_are_taken() {
        let terms = KeyTerms {
            limit: Some(MicroUsd(2_500_000)),
            resets: LimitReset::Weekly,
            ends_at: Some(UNIX_EPOCH + Duration::from_secs(1_800_000_000)),
        };
        let pairs = profiles::openrouter().parameters_of(&terms);
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let expected = [
            ("limit", "2.5"),
            ("usage_limit_type", "weekly"),
            ("expires_at", "2027-01-15T08:00:00Z"),
        ];
        assert_eq!(pairs, expected);
        assert!(profiles::quota().parameters_of(&terms).is_empty());
        let none = KeyTerms::default();
        assert!(profiles::openrouter().parameters_of(&none).is_empty());
        let reset_of_nothing = KeyTerms {
            resets: LimitReset::Daily,
            ..none
        };
        assert!(
            profiles::openrouter()
                .parameters_of(&reset_of_nothing)
                .is_empty()
        );
    }
}
