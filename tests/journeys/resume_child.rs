//! The process that dies: a core of its own on the test's data directory, at the test's provider.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tuppence_core::{
    AccountId, BoxFuture, Config, CoreEvent, DataDirectory, Ending, Environment, Persistence,
    PlayMoneyHost, PlayMoneyProvider, SendRequest, SignInOutcome, Status, Tuppence, TurnRequest,
    TurnUpdate,
};

use crate::world::{Browser, Person, World};

const DATA: &str = "RESUME_DATA";
const ADDRESS: [&str; 3] = ["RESUME_ISSUER", "RESUME_API", "RESUME_CLIENT"];
const SEEN: &str = "seen.json";
const WAITING: &str = "waiting";

/// What the process found at its end.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Seen {
    /// Of the conversation's last answer.
    pub(crate) status: String,
    /// Bytes of its text.
    pub(crate) text: usize,
}

pub(crate) fn is_child() -> bool {
    std::env::var_os(DATA).is_some()
}

/// What a child has to know.
pub(crate) fn vars(world: &World) -> Vec<(&'static str, String)> {
    let [issuer, api, client] = ADDRESS;
    vec![
        (DATA, world.data.path().display().to_string()),
        (issuer, world.sandbox.issuer().to_string()),
        (api, world.sandbox.api_base().to_string()),
        (client, world.sandbox.client_id().to_owned()),
    ]
}

/// The page for adding money is open.
pub(crate) fn is_waiting(data: &Path) -> bool {
    data.join(WAITING).exists()
}

pub(crate) fn seen(data: &Path) -> Seen {
    serde_json::from_slice(&std::fs::read(data.join(SEEN)).unwrap()).unwrap()
}

pub(crate) async fn run() {
    let data = PathBuf::from(std::env::var_os(DATA).unwrap());
    let browser = Arc::new(Browser::default());
    let core = Tuppence::open(Config {
        data: DataDirectory::open(&data).unwrap(),
        user_agent: browser.clone(),
        play_money: Some(Arc::new(Elsewhere)),
        keychain_service: tuppence_core::KEYCHAIN_SERVICE.to_owned(),
        environment: Environment::default(),
    })
    .await
    .unwrap();
    let id = signed_in(&core).await;
    core.models(&id).await.unwrap();
    *browser.person.lock().unwrap() = Person::Leaves;
    if std::env::var("RESUME_PART").unwrap() == "ask" {
        ask(&core, &id, &data).await;
        // It dies on the way; the test ends it otherwise.
        tokio::time::sleep(Duration::from_secs(120)).await;
    } else {
        look(&core, &data).await;
    }
}

async fn ask(core: &Tuppence, id: &AccountId, data: &Path) {
    let turn = TurnRequest {
        model_id: "penny-small".to_owned(),
        account: id.clone(),
    };
    let text = "One more thing?".to_owned();
    let sent = core.send(SendRequest {
        conversation_id: None,
        text,
        attachments: Vec::new(),
        preset: None,
        turn,
    });
    let mut started = sent.await.unwrap();
    while let Some(update) = started.updates.next().await {
        if let TurnUpdate::Ended { message, .. } = update {
            core.top_up_for(id, &message.message.id).await.unwrap();
            std::fs::write(data.join(WAITING), "").unwrap();
        }
    }
}

/// What a person finds who starts the app again: with time for it to go on, if it does.
async fn look(core: &Tuppence, data: &Path) {
    core.wait_on_for_money().await.unwrap();
    let conversation = core.conversations().await.unwrap().remove(0).id;
    let deadline = Instant::now() + Duration::from_secs(6);
    let seen = loop {
        let open = core.conversation(&conversation).await.unwrap();
        let last = open.page.messages.last().unwrap();
        let status = match &last.message.status {
            Status::Streaming => "streaming",
            Status::Ended(Ending::Complete { .. }) => "complete",
            Status::Ended(Ending::CutOff) => "cut off",
            Status::Ended(Ending::Stopped) => "stopped",
            Status::Ended(Ending::Failed { .. }) => "failed",
        };
        if status == "complete" || Instant::now() > deadline {
            let status = status.to_owned();
            break Seen {
                status,
                text: last.message.text.len(),
            };
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    std::fs::write(data.join(SEEN), serde_json::to_vec(&seen).unwrap()).unwrap();
    core.close().await;
}

async fn signed_in(core: &Tuppence) -> AccountId {
    let mut events = core.subscribe();
    core.sign_in("sandbox", Persistence::SessionOnly).unwrap();
    loop {
        match events.recv().await.unwrap() {
            CoreEvent::SignInEnded(SignInOutcome::SignedIn(id)) => return id,
            CoreEvent::SignInEnded(other) => panic!("not signed in: {other:?}"),
            _ => {}
        }
    }
}

/// The provider runs in the test's process.
struct Elsewhere;

impl PlayMoneyHost for Elsewhere {
    fn start(&self) -> BoxFuture<'_, Result<PlayMoneyProvider, String>> {
        Box::pin(async {
            let [issuer, api_base, client_id] =
                ADDRESS.map(|name| std::env::var(name).unwrap_or_default());
            Ok(PlayMoneyProvider {
                issuer: issuer.parse().map_err(|_| "no issuer".to_owned())?,
                api_base: api_base.parse().map_err(|_| "no address".to_owned())?,
                client_id,
            })
        })
    }
}
