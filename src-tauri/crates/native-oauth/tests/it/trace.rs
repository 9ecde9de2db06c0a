//! A sign-in tells its steps, and none of its secrets.

use std::sync::{Arc, Mutex};

use native_oauth::{
    CancellationToken, Client, ClientAuthentication, ClientSecret, DeviceFlow, FlowObserver,
    FlowStep, RedirectPolicy, Scopes, SignInFlow, SignInOptions, StepKind, StepOutcome,
};

use crate::browser;
use crate::provider::{Answer, CLIENT_ID, DeviceVerdict, REDIRECT_PATH, SUBJECT};
use crate::world::{World, authorize};

#[derive(Debug, Default)]
pub(crate) struct Heard(Mutex<Vec<FlowStep>>);

impl FlowObserver for Heard {
    fn observe(&self, step: FlowStep) {
        self.0.lock().unwrap().push(step);
    }
}

impl Heard {
    pub(crate) fn steps(&self) -> Vec<FlowStep> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn kinds(&self) -> Vec<StepKind> {
        self.steps().iter().map(|step| step.kind).collect()
    }

    /// Everything that was told, as text.
    pub(crate) fn text(&self) -> String {
        format!("{:#?}", self.steps())
    }

    fn last(&self) -> FlowStep {
        self.steps().pop().unwrap()
    }
}

fn options(heard: &Arc<Heard>) -> SignInOptions {
    SignInOptions {
        login_hint: Some("ada@example.org".to_owned()),
        observer: Some(heard.clone()),
        ..SignInOptions::default()
    }
}

async fn observed(flow: &SignInFlow) -> Arc<Heard> {
    let heard = Arc::new(Heard::default());
    let outcome = authorize(flow.begin(options(&heard)).await.unwrap()).await;
    drop(outcome);
    heard
}

fn shows_no_secret(world: &World, heard: &Heard) {
    let text = heard.text();
    let state = world.provider.state();
    assert!(state.books.secrets.len() > 2);
    let personal = ["ada@example.org", "s3cret-of-the-client", SUBJECT];
    let secrets = state.books.secrets.iter().map(String::as_str);
    for secret in secrets.chain(personal) {
        assert!(!text.contains(secret), "{secret} is told:\n{text}");
    }
}

fn shown(step: &FlowStep, name: &str) -> String {
    let value = step.values.iter().find(|(known, _)| known == name);
    value
        .unwrap_or_else(|| panic!("{step:?} has no {name}"))
        .1
        .to_string()
}

/// Checklist 25.
#[tokio::test]
async fn the_steps_come_in_order_and_without_a_secret() {
    let world = World::new().await;
    let heard = observed(&world.flow().await).await;
    assert_eq!(
        heard.kinds(),
        [
            StepKind::RedirectUri,
            StepKind::AuthorizationRequest,
            StepKind::UserAgent,
            StepKind::AuthorizationResponse,
            StepKind::TokenRequest,
            StepKind::TokenResponse,
            StepKind::IdToken,
        ]
    );
    let steps = heard.steps();
    assert!(steps.iter().all(|step| step.outcome == StepOutcome::Done));
    assert!(steps.is_sorted_by_key(|step| step.at));
    let request = &steps[1];
    assert_eq!(shown(request, "client_id"), CLIENT_ID);
    assert_eq!(shown(request, "code_challenge_method"), "S256");
    assert_eq!(shown(request, "state"), "<redacted, 43 characters>");
    assert_eq!(shown(request, "login_hint"), "<redacted, 15 characters>");
    assert_eq!(shown(&steps[6], "iss"), world.provider.issuer);
    assert!(request.kind.reference().contains("RFC 7636"));
    shows_no_secret(&world, &heard);
}

#[tokio::test]
async fn a_client_with_a_secret_tells_only_that_it_has_one() {
    let world = World::new().await;
    let secret = "s3cret-of-the-client";
    world.provider.state().secret = Some(secret.to_owned());
    let client = Client::new(
        CLIENT_ID,
        ClientAuthentication::SecretPost(ClientSecret::new(secret)),
        world.provider.metadata(&world.http).await,
        Scopes::parse("chat"),
        RedirectPolicy::LoopbackAnyPort {
            path: REDIRECT_PATH.to_owned(),
        },
    );
    let heard = observed(&world.flow_of(client)).await;
    let last = heard.last();
    assert_eq!(
        last.kind,
        StepKind::TokenResponse,
        "no ID token, no such step"
    );
    let request = &heard.steps()[4];
    assert_eq!(
        shown(request, "client_authentication"),
        "client_secret_post"
    );
    assert_eq!(shown(request, "client_secret"), "<redacted, 20 characters>");
    shows_no_secret(&world, &heard);
}

#[tokio::test]
async fn a_refusal_ends_the_steps_where_it_happened() {
    let world = World::new().await;
    world.provider.state().faults.deny = true;
    let denied = observed(&world.flow().await).await.last();
    assert_eq!(denied.kind, StepKind::AuthorizationResponse);
    assert_eq!(shown(&denied, "error"), "access_denied");
    assert!(matches!(denied.outcome, StepOutcome::Failed(_)));

    world.provider.state().faults.deny = false;
    let answer = Answer::json(400, r#"{"error": "invalid_grant"}"#);
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(answer);
    let refused = observed(&world.flow().await).await.last();
    assert_eq!(refused.kind, StepKind::TokenResponse);
    let reason = "the provider refused: invalid_grant".to_owned();
    assert_eq!(refused.outcome, StepOutcome::Failed(reason));

    world.provider.state().faults.claims = Some(Box::new(|claims| claims["aud"] = "x".into()));
    let heard = observed(&world.flow().await).await;
    assert_eq!(heard.last().kind, StepKind::IdToken);
    let reason = "the ID token is meant for another client".to_owned();
    assert_eq!(heard.last().outcome, StepOutcome::Failed(reason));
    shows_no_secret(&world, &heard);
}

#[tokio::test]
async fn what_is_not_ours_is_told_as_ignored_and_a_cancelled_wait_as_such() {
    let world = World::new().await;
    let heard = Arc::new(Heard::default());
    let pending = world.flow().await.begin(options(&heard)).await.unwrap();
    let mut stray = pending.redirect_uri().as_url().clone();
    stray.set_query(Some("code=of-another&state=wrong"));
    assert_eq!(browser::get(&stray).await.status, 400);
    let ignored = heard.last();
    assert_eq!(ignored.kind, StepKind::AuthorizationResponse);
    assert!(matches!(ignored.outcome, StepOutcome::Ignored(_)));
    let cancel = CancellationToken::new();
    cancel.cancel();
    pending.authorized(cancel, || {}).await.unwrap_err();
    let reason = "the sign-in was cancelled".to_owned();
    assert_eq!(heard.last().outcome, StepOutcome::Failed(reason));
}

#[tokio::test]
async fn a_device_authorization_tells_its_own_steps() {
    let world = World::new().await;
    let heard = Arc::new(Heard::default());
    let flow = DeviceFlow::new(world.http.clone(), world.client().await);
    let flow = flow.observed_by(heard.clone());
    let authorization = flow.begin(None).await.unwrap().unwrap();
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Agreed);
    let user_code = authorization.user_code().to_owned();
    authorization
        .authorized(CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(
        heard.kinds(),
        [
            StepKind::DeviceAuthorizationRequest,
            StepKind::DeviceAuthorizationResponse,
            StepKind::DeviceTokenRequest,
            StepKind::TokenResponse,
            StepKind::IdToken,
        ]
    );
    assert!(!heard.text().contains(&user_code));
    shows_no_secret(&world, &heard);
}
