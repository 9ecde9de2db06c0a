//! From verified tokens to an account.

use native_oauth::token::endpoint::TokenEndpoint;
use native_oauth::{Authorized, Completion, IdTokenClaims, Session, StepKind, TokenSet};

use super::Asked;
use crate::Tuppence;
use crate::account::{AccountId, AccountRecord, Lacking, Persistence};
use crate::failure::Failure;
use crate::identity::Identity;
use crate::providers::Provider;

impl Tuppence {
    /// Names the person, stores the tokens, and only then tells the browser. A cancel comes too late here:
    /// a session that is half stored would be nobody's.
    pub(super) async fn finish_sign_in(
        &self,
        asked: &Asked,
        provider: &Provider,
        authorized: Authorized,
    ) -> Result<AccountId, Failure> {
        let persistence = asked.request.persistence;
        let Authorized {
            tokens,
            id_token_claims,
            browser,
        } = authorized;
        let granted_scopes = tokens.granted_scopes.to_string();
        let lacking = Lacking::of(&provider.profile, &tokens.granted_scopes);
        let established = async {
            let identity = self.identity(asked, provider, &tokens, id_token_claims);
            let identity = identity.await?;
            let id = AccountId::of(&provider.issuer_key(), &identity.subject);
            if let Some(consent) = &asked.consent {
                consent
                    .check(&id)
                    .inspect_err(|_| self.discard(provider, &tokens))?;
            }
            let store = self.token_store(persistence);
            let started = Session::start(
                self.inner.http.clone(),
                provider.client.clone(),
                store,
                self.account_key(&id),
                self.lock_path(&id),
                Some(identity.subject.clone()),
                tokens,
            )
            .await;
            let session = started.map_err(Failure::from).inspect_err(|failure| {
                asked.recorder.failed(StepKind::TokensStored, failure);
            })?;
            asked.recorder.done(StepKind::TokensStored, |step| {
                step.with("where", resting_place(persistence))
            });
            Ok::<_, Failure>((id, identity, session))
        };
        match established.await {
            Ok((id, identity, session)) => {
                let record = AccountRecord {
                    id: id.clone(),
                    provider_id: provider.profile.id.clone(),
                    provider_name: provider.profile.name.clone(),
                    subject: identity.subject,
                    display_name: identity.display_name,
                    email: identity.email,
                    picture_url: identity.picture_url,
                    granted_scopes,
                    play_money: provider.profile.play_money,
                    last_balance: None,
                    reauth_required: false,
                    lacking,
                };
                let name = record.display_name.clone();
                self.add_account(record, persistence, provider, session)
                    .await?;
                // The page is fetched while the window already shows the account.
                self.inner
                    .farewells
                    .spawn(browser.finish(Completion::SignedIn { account: name }));
                Ok(id)
            }
            Err(failure) => {
                let message =
                    "The app could not finish signing you in. It says why in its own window."
                        .to_owned();
                self.inner
                    .farewells
                    .spawn(browser.finish(Completion::Failed { message }));
                Err(failure)
            }
        }
    }

    /// Revokes, in the background, tokens that nobody here is to have.
    fn discard(&self, provider: &Provider, tokens: &TokenSet) {
        let (http, client) = (self.inner.http.clone(), provider.client.clone());
        let tokens = tokens.clone();
        self.inner.farewells.spawn(async move {
            let endpoint = TokenEndpoint::new(&http, &client);
            // In vain, they end when they expire: they are kept nowhere.
            if let Some(token) = &tokens.refresh_token {
                let _ = endpoint.revoke_refresh_token(token).await;
            }
            let _ = endpoint.revoke_access_token(&tokens.access_token).await;
        });
    }

    /// Who it is: by the ID token, or else by the provider's word.
    async fn identity(
        &self,
        asked: &Asked,
        provider: &Provider,
        tokens: &TokenSet,
        claims: Option<IdTokenClaims>,
    ) -> Result<Identity, Failure> {
        let is_asked = claims.is_none() && provider.names_its_people();
        let identity = Identity::of(&self.inner.http, provider, tokens, claims).await;
        match &identity {
            Ok(identity) if is_asked => asked.recorder.done(StepKind::UserInfo, |step| {
                step.with_secret("sub", &identity.subject)
            }),
            Ok(_) => {}
            Err(failure) => asked.recorder.failed(StepKind::UserInfo, failure),
        }
        identity
    }
}

fn resting_place(persistence: Persistence) -> &'static str {
    match persistence {
        Persistence::Keychain => "the keychain of the operating system",
        Persistence::SessionOnly => "memory, until the app ends",
    }
}
