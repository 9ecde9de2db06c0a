//! What a person can do while the browser has the turn.

use native_oauth::SecretText;
use url::Url;

use super::{BrowserHandles, SignInAttempt, SignInStage, SignInWay};
use crate::Tuppence;
use crate::failure::{Failure, FailureKind};

impl Tuppence {
    /// Goes on by another way: the attempt is superseded by one that asks for the same. Not once the
    /// person has come back, when there is nothing to choose any more.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where nothing waits, [`FailureKind::DeviceSignInUnsupported`].
    pub fn continue_sign_in_by(&self, id: &str, way: SignInWay) -> Result<SignInAttempt, Failure> {
        let waiting = self
            .attempt()
            .as_ref()
            .filter(|attempt| attempt.shown.id == id)
            .filter(|attempt| attempt.shown.stage == SignInStage::WaitingForBrowser)
            .map(|attempt| {
                let offers_device = attempt.shown.offers_device;
                (
                    attempt.request.clone(),
                    attempt.consent.clone(),
                    offers_device,
                )
            });
        let (request, consent, offers_device) =
            waiting.ok_or_else(|| Failure::not_found("no sign-in waits for the person"))?;
        if way == SignInWay::Device && !offers_device {
            return Err(super::device::unsupported());
        }
        self.begin_sign_in(request.by(way), consent)
    }

    /// Opens the browser once more, at a fresh launch address.
    ///
    /// # Errors
    /// [`FailureKind::BrowserUnavailable`], or [`FailureKind::NotFound`] where nothing waits.
    pub async fn open_browser_again(&self, id: &str) -> Result<(), Failure> {
        let link = self.launch_link(id)?;
        let opened = self.inner.user_agent.open(&link).await;
        self.update_attempt(id, |attempt| attempt.shown.browser_failed = opened.is_err());
        opened.map_err(|error| {
            Failure::retryable(
                FailureKind::BrowserUnavailable,
                crate::failure::chain(&error),
            )
        })
    }

    /// A fresh single-use launch address, for "Copy link".
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where nothing waits.
    pub fn launch_link(&self, id: &str) -> Result<Url, Failure> {
        Ok(self.browser_handles(id)?.launch.renew())
    }

    /// The authorization URL and the redirect URI, for a browser on another machine, which cannot reach
    /// a launch address on this one. For the person alone: the URL holds `state`.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where nothing waits.
    pub fn authorization_addresses(&self, id: &str) -> Result<(Url, String), Failure> {
        let handles = self.browser_handles(id)?;
        Ok((handles.authorization_url, handles.redirect_uri))
    }

    /// Takes the redirect address that the person copied out of their browser.
    ///
    /// # Errors
    /// [`FailureKind::RedirectInvalid`]; the attempt goes on waiting.
    pub fn paste_redirect(&self, id: &str, address: SecretText) -> Result<(), Failure> {
        let handles = self.browser_handles(id)?;
        handles.paste.accept(address.expose()).map_err(|error| {
            Failure::retryable(FailureKind::RedirectInvalid, crate::failure::chain(&error))
        })
    }

    /// A redirect that arrived by the private-use URI scheme. It passes the same checks as any other;
    /// what does not belong to the attempt under way is ignored.
    pub fn redirect_received(&self, address: SecretText) {
        let handles = self
            .attempt()
            .as_ref()
            .and_then(|attempt| attempt.browser.clone());
        if let Some(handles) = handles
            && let Err(error) = handles.paste.accept(address.expose())
        {
            tracing::info!(%error, "ignored an address of the private-use scheme");
        }
    }

    fn browser_handles(&self, id: &str) -> Result<BrowserHandles, Failure> {
        self.attempt()
            .as_ref()
            .filter(|attempt| attempt.shown.id == id)
            .and_then(|attempt| attempt.browser.clone())
            .ok_or_else(|| Failure::not_found("no sign-in waits for the browser"))
    }
}
