use std::sync::Arc;

use url::Url;

use super::attempt::{Attempt, End};
use crate::authorization::ResponseError;

/// Accepts a redirect address that did not come to the listener: the person copied it out of a browser
/// on another machine, or the operating system brought it by the app's own scheme. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PasteRedirect {
    pub(super) attempt: Arc<Attempt>,
}

impl PasteRedirect {
    /// Applies the same checks as to a response that the browser delivered.
    ///
    /// # Errors
    /// See [`PasteError`]; the sign-in goes on waiting.
    pub fn accept(&self, address: &str) -> Result<(), PasteError> {
        let address = Url::parse(address.trim()).map_err(|_| PasteError::NotAnAddress)?;
        let query = address.query().unwrap_or_default().to_owned();
        let mut without_query = address;
        without_query.set_query(None);
        without_query.set_fragment(None);
        if &without_query != self.attempt.request().redirect_uri().as_url() {
            return Err(PasteError::OtherAddress);
        }
        if !self.attempt.is_waiting() {
            return Err(PasteError::NotWaiting);
        }
        let response = self.attempt.request().response(&query)?;
        self.attempt
            .end(End::Response {
                response: Ok(response),
                browser: None,
            })
            .map_err(|_| PasteError::NotWaiting)
    }
}

/// Why a pasted address is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// It is not a web address.
    #[error("this is not a web address")]
    NotAnAddress,
    /// It is not the redirect address of this sign-in.
    #[error("this is not the address that the sign-in ends at")]
    OtherAddress,
    /// It is the right address with a response that cannot be accepted.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// The sign-in no longer waits.
    #[error("this sign-in no longer waits")]
    NotWaiting,
}
