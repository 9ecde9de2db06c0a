//! The sign-in by redirect (RFC 8252).

use native_oauth::{Authorized, PageText, PendingSignIn, SignInFlow, SignInOptions};

use super::{Asked, BrowserHandles, DEADLINE, SignInStage, cancelled};
use crate::failure::Failure;
use crate::providers::Provider;
use crate::{APP_NAME, Tuppence};

impl Tuppence {
    pub(super) async fn by_browser(
        &self,
        asked: &Asked,
        provider: &Provider,
    ) -> Result<Authorized, Failure> {
        let pending = tokio::select! {
            biased;
            () = asked.cancel.cancelled() => return Err(cancelled()),
            begun = self.begun(asked, provider) => begun?,
        };
        let launch_address = pending.launch_address().clone();
        let handles = BrowserHandles {
            launch: pending.launch_handle(),
            paste: pending.paste_handle(),
            authorization_url: pending.authorization_url(),
            redirect_uri: pending.redirect_uri().as_str().to_owned(),
        };
        let deadline = pending.deadline();
        self.update_attempt(&asked.id, |attempt| {
            attempt.browser = Some(handles);
            attempt.shown.stage = SignInStage::WaitingForBrowser;
            attempt.shown.deadline_at = deadline;
        });
        let opening = self.clone();
        let id = asked.id.clone();
        tokio::spawn(async move {
            if opening
                .inner
                .user_agent
                .open(&launch_address)
                .await
                .is_err()
            {
                opening.update_attempt(&id, |attempt| attempt.shown.browser_failed = true);
            }
        });
        let finishing = || {
            self.update_attempt(&asked.id, |attempt| {
                attempt.shown.stage = SignInStage::Finishing
            });
        };
        Ok(pending.authorized(asked.cancel.clone(), finishing).await?)
    }

    async fn begun(&self, asked: &Asked, provider: &Provider) -> Result<PendingSignIn, Failure> {
        let page = PageText {
            app_name: APP_NAME.to_owned(),
            provider_name: provider.profile.name.clone(),
        };
        let flow = SignInFlow::new(self.inner.http.clone(), provider.client.clone(), page);
        let consent = asked.consent.as_ref();
        let options = SignInOptions {
            deadline: DEADLINE,
            parameters: provider.profile.parameters_of(&asked.request.terms),
            scopes: consent.map(|consent| consent.scopes(provider)),
            login_hint: consent.and_then(|consent| consent.login_hint.clone()),
            observer: Some(asked.recorder.clone()),
            ..SignInOptions::default()
        };
        Ok(flow.begin(options).await?)
    }
}
