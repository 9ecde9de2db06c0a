//! A sandbox, a person with a browser, and the core between them.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sandbox_provider::{Control, Dialect, Sandbox, SandboxConfig, Scenario, Typing, Visitor};
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use tuppence_core::{
    AccountId, BoxFuture, Config, CoreEvent, DataDirectory, Environment, ExternalUserAgent,
    Failure, MessageState, Persistence, PlayMoneyHost, PlayMoneyProvider, SendRequest,
    SignInOutcome, Tuppence, TurnRequest, TurnStarted, TurnUpdate, Url, UserAgentError,
};

/// Longer than anything here takes on a busy machine; a test that needs it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the person does when the browser opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Allows,
    Denies,
    /// Looks at the page and closes the tab.
    Leaves,
    /// Has no browser that could be opened.
    HasNoBrowser,
}

pub(crate) struct World {
    pub(crate) core: Tuppence,
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) browser: Arc<Browser>,
    pub(crate) data: TempDir,
    events: Mutex<Receiver<CoreEvent>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(SandboxConfig::default()).await
    }

    pub(crate) async fn with(config: SandboxConfig) -> Self {
        Self::speaking(Dialect::Quota, config).await
    }

    /// With a provider that gives keys, at the address of the one that the app knows.
    pub(crate) async fn giving_keys() -> Self {
        Self::speaking(Dialect::OpenRouter, SandboxConfig::default()).await
    }

    async fn speaking(dialect: Dialect, config: SandboxConfig) -> Self {
        let config = SandboxConfig {
            dialect,
            typing: match config.typing {
                Typing::Paced(pause) if pause == Duration::from_millis(33) => Typing::Instant,
                chosen => chosen,
            },
            ..config
        };
        let sandbox = Arc::new(Sandbox::start(config).await.unwrap());
        let data = tempfile::tempdir().unwrap();
        let browser = Arc::new(Browser::default());
        let core = open(data.path(), &sandbox, &browser).await;
        let events = Mutex::new(core.subscribe());
        Self {
            core,
            sandbox,
            browser,
            data,
            events,
        }
    }

    /// With a provider that an environment names, which accepts these redirect URIs besides its own.
    pub(crate) async fn over(
        dialect: Dialect,
        redirect_uris: &[&str],
        environment: impl FnOnce(&Sandbox) -> Environment,
    ) -> Self {
        let mut config = SandboxConfig {
            dialect,
            typing: Typing::Instant,
            ..SandboxConfig::default()
        };
        let further = redirect_uris.iter().map(|&uri| uri.to_owned());
        config.redirect_uris.extend(further);
        let sandbox = Arc::new(Sandbox::start(config).await.unwrap());
        let environment = environment(&sandbox);
        let data = tempfile::tempdir().unwrap();
        let browser = Arc::new(Browser::default());
        let core = open_in(
            data.path(),
            Arc::new(Running(sandbox.clone())),
            &browser,
            environment,
        )
        .await;
        let events = Mutex::new(core.subscribe());
        Self {
            core,
            sandbox,
            browser,
            data,
            events,
        }
    }

    pub(crate) fn control(&self) -> Control {
        self.sandbox.control()
    }

    /// Ends the core as quitting does, and opens the same data directory again.
    pub(crate) async fn restarted(self) -> Self {
        self.restarted_after(|_| {}).await
    }

    /// The same, with something happening to the data directory in between.
    pub(crate) async fn restarted_after(self, meanwhile: impl FnOnce(&Path)) -> Self {
        self.core.close().await;
        let Self {
            core,
            sandbox,
            browser,
            data,
            ..
        } = self;
        drop(core);
        meanwhile(data.path());
        let core = open(data.path(), &sandbox, &browser).await;
        let events = Mutex::new(core.subscribe());
        Self {
            core,
            sandbox,
            browser,
            data,
            events,
        }
    }

    pub(crate) async fn sign_in_as(&self, person: Person) -> SignInOutcome {
        self.sign_in_at("sandbox", person).await
    }

    pub(crate) async fn sign_in_at(&self, provider: &str, person: Person) -> SignInOutcome {
        *self.browser.person.lock().unwrap() = person;
        self.core
            .sign_in(provider, Persistence::SessionOnly)
            .unwrap();
        self.sign_in_ended().await
    }

    pub(crate) async fn sign_in_ended(&self) -> SignInOutcome {
        let waiting = async {
            loop {
                let next = self.next_event().await;
                if let CoreEvent::SignInEnded(outcome) = next {
                    return outcome;
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("the sign-in ends")
    }

    async fn next_event(&self) -> CoreEvent {
        loop {
            let next = self.events.lock().unwrap().try_recv();
            match next {
                Ok(event) => return event,
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    }

    /// Waits for something to be so.
    pub(crate) async fn until(&self, what: &str, mut holds: impl FnMut(&Tuppence) -> bool) {
        let waiting = async {
            while !holds(&self.core) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .unwrap_or_else(|_| panic!("never: {what}"));
    }

    pub(crate) async fn signed_in(&self) -> AccountId {
        match self.sign_in_as(Person::Allows).await {
            SignInOutcome::SignedIn(id) => {
                // The look-up after a sign-in is over, so that counts of requests mean something.
                self.core.models(&id).await.unwrap();
                self.until("the balance is known", |core| {
                    matches!(
                        core.account(&id).unwrap().balance,
                        tuppence_core::Balance::Known { .. }
                    )
                })
                .await;
                id
            }
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub(crate) async fn refused(&self, scenarios: &[Scenario]) -> Failure {
        self.control().set_scenario(scenarios);
        match self.sign_in_as(Person::Allows).await {
            SignInOutcome::Failed(failure) => failure,
            other => panic!("{scenarios:?}: {other:?}"),
        }
    }

    pub(crate) async fn send(&self, account: &AccountId, text: &str) -> TurnStarted {
        self.send_in(None, account, text).await
    }

    pub(crate) async fn send_in(
        &self,
        conversation: Option<&str>,
        account: &AccountId,
        text: &str,
    ) -> TurnStarted {
        let turn = TurnRequest {
            model_id: "penny-small".to_owned(),
            account: account.clone(),
        };
        let conversation_id = conversation.map(str::to_owned);
        self.core
            .send(SendRequest {
                conversation_id,
                text: text.to_owned(),
                attachments: Vec::new(),
                preset: None,
                turn,
            })
            .await
            .unwrap()
    }

    /// Asks a model of that name.
    pub(crate) async fn ask_of(
        &self,
        model: &str,
        conversation: Option<&str>,
        account: &AccountId,
        text: &str,
    ) -> MessageState {
        let turn = TurnRequest {
            model_id: model.to_owned(),
            account: account.clone(),
        };
        let request = SendRequest {
            conversation_id: conversation.map(str::to_owned),
            text: text.to_owned(),
            turn,
            attachments: Vec::new(),
            preset: None,
        };
        ended(self.core.send(request).await.unwrap()).await
    }

    pub(crate) async fn ask(&self, account: &AccountId, text: &str) -> MessageState {
        ended(self.send(account, text).await).await
    }
}

/// Words for a conversation that has begun.
pub(crate) fn request(conversation: &str, account: &AccountId, text: &str) -> SendRequest {
    SendRequest {
        conversation_id: Some(conversation.to_owned()),
        text: text.to_owned(),
        attachments: Vec::new(),
        preset: None,
        turn: TurnRequest {
            model_id: "penny-small".to_owned(),
            account: account.clone(),
        },
    }
}

/// Follows a turn to its end.
pub(crate) async fn ended(mut started: TurnStarted) -> MessageState {
    let following = async {
        loop {
            match started.updates.next().await {
                Some(TurnUpdate::Ended { message, .. }) => return *message,
                Some(_) => {}
                None => panic!("the updates ended without an end"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, following)
        .await
        .expect("the turn ends")
}

async fn open(data: &Path, sandbox: &Arc<Sandbox>, browser: &Arc<Browser>) -> Tuppence {
    let address = ("OPENROUTER_BASE_URL", sandbox.issuer().to_string());
    let environment: Environment = (sandbox.dialect() == Dialect::OpenRouter)
        .then_some(address)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let play_money = Arc::new(Running(sandbox.clone()));
    open_in(data, play_money, browser, environment).await
}

/// A core over a data directory that another process may have open too.
pub(crate) async fn open_with(
    data: &Path,
    play_money: Arc<dyn PlayMoneyHost>,
    browser: &Arc<Browser>,
) -> Tuppence {
    open_in(data, play_money, browser, Environment::default()).await
}

async fn open_in(
    data: &Path,
    play_money: Arc<dyn PlayMoneyHost>,
    browser: &Arc<Browser>,
    environment: Environment,
) -> Tuppence {
    Tuppence::open(Config {
        data: DataDirectory::open(data).unwrap(),
        user_agent: browser.clone(),
        play_money: Some(play_money),
        keychain_service: tuppence_core::KEYCHAIN_SERVICE.to_owned(),
        environment,
    })
    .await
    .unwrap()
}

/// Signs in to play money with a core that is no world's.
pub(crate) async fn sign_in_alone(core: &Tuppence) -> AccountId {
    let mut events = core.subscribe();
    core.sign_in("sandbox", Persistence::SessionOnly).unwrap();
    loop {
        if let CoreEvent::SignInEnded(outcome) = events.recv().await.unwrap() {
            match outcome {
                SignInOutcome::SignedIn(id) => return id,
                other => panic!("not signed in: {other:?}"),
            }
        }
    }
}

/// The sandbox of the test, lent to the core as a host would lend its own.
struct Running(Arc<Sandbox>);

impl PlayMoneyHost for Running {
    fn start(&self) -> BoxFuture<'_, Result<PlayMoneyProvider, String>> {
        Box::pin(async {
            Ok(PlayMoneyProvider {
                issuer: self.0.issuer().clone(),
                api_base: self.0.api_base().clone(),
                client_id: self.0.client_id().to_owned(),
            })
        })
    }
}

/// The system browser of these tests: opens the pages, keeps cookies, fills in the forms.
pub(crate) struct Browser {
    pub(crate) person: Mutex<Person>,
    /// Addresses that the app handed over.
    pub(crate) opened: Mutex<Vec<Url>>,
    /// The last page, as the person reads it.
    pub(crate) last_page: Arc<Mutex<String>>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            person: Mutex::new(Person::Allows),
            opened: Mutex::default(),
            last_page: Arc::default(),
        }
    }
}

impl ExternalUserAgent for Browser {
    fn open<'a>(&'a self, address: &'a Url) -> BoxFuture<'a, Result<(), UserAgentError>> {
        let (address, person) = (address.clone(), *self.person.lock().unwrap());
        self.opened.lock().unwrap().push(address.clone());
        let page = self.last_page.clone();
        Box::pin(async move {
            if person == Person::HasNoBrowser {
                return Err(UserAgentError::new("no browser on this machine"));
            }
            tokio::spawn(async move {
                let visitor = Visitor::new().unwrap();
                let shown = match person {
                    Person::Allows => visitor.sign_in(&address).await,
                    Person::Denies => match visitor.deny(&address).await {
                        Ok(redirect) => visitor.read(&redirect).await,
                        Err(error) => Err(error),
                    },
                    Person::Leaves | Person::HasNoBrowser => return,
                };
                // A fault of the sandbox can leave the browser with no page at all.
                *page.lock().unwrap() = shown.unwrap_or_else(|error| error.to_string());
            });
            Ok(())
        })
    }
}
