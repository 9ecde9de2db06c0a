//! Scopes (RFC 6749 section 3.3).

use std::fmt;

/// A list of scopes, without repetition, in the order given.
///
/// ```
/// use native_oauth::Scopes;
/// let requested = Scopes::parse("openid profile chat");
/// let granted = Scopes::parse("openid chat");
/// assert_eq!(requested.missing_from(&granted).to_string(), "profile");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Reads a space-separated list, as on the wire.
    pub fn parse(list: &str) -> Self {
        list.split_ascii_whitespace().collect()
    }

    /// Whether this exact scope is in the list.
    pub fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|known| known == scope)
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Those of this list that are not in `granted`: what was asked for and not given.
    pub fn missing_from(&self, granted: &Scopes) -> Scopes {
        self.iter()
            .filter(|scope| !granted.contains(scope))
            .collect()
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(scopes: I) -> Self {
        let mut list = Self::default();
        for scope in scopes {
            if !list.contains(scope) {
                list.0.push(scope.to_owned());
            }
        }
        list
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}
