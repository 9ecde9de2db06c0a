//! Text that must not be shown: tokens and client secrets.
//!
//! Each kind is a type of its own, so that one is never taken for another. None implements
//! `Serialize` or `Display`, `Debug` prints `[redacted]`, and the memory is zeroed on drop.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes ownership of the secret text.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The secret itself. The caller must not log, show or store it in clear.
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// Compares in a time that does not depend on where two secrets differ.
            pub fn same_as(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }
    };
}

secret! {
    /// An access token (RFC 6749 section 1.4): opaque here, whatever it looks like.
    AccessToken
}
secret! {
    /// A refresh token (RFC 6749 section 1.5).
    RefreshToken
}
secret! {
    /// An ID token (OpenID Connect Core section 2) in its compact form.
    IdToken
}
secret! {
    /// A client secret (RFC 6749 section 2.3.1).
    ClientSecret
}
secret! {
    /// Any other secret text, such as an item of a keychain.
    SecretText
}

impl From<SecretText> for ClientSecret {
    fn from(text: SecretText) -> Self {
        Self(text.0)
    }
}

impl From<ClientSecret> for SecretText {
    fn from(secret: ClientSecret) -> Self {
        Self(secret.0)
    }
}
