//! Nothing secret is logged or shown, whatever happens.

use std::io::Write;
use std::sync::{Arc, Mutex};

use native_oauth::{Completion, TokenStore};
use tracing_subscriber::fmt::MakeWriter;

use crate::provider::Answer;
use crate::world::{World, key};

/// Checklist 25: a whole life, with its mishaps, at the most talkative log level.
#[tokio::test]
async fn no_secret_is_in_the_logs_or_in_any_debug_text() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let world = World::new().await;
    let pending = world.begin().await;
    let mut shown = format!("{pending:?} {:?}", pending.paste_handle());
    assert!(!shown.contains("/launch/"), "{shown}");
    let authorized = crate::world::authorize(pending).await.unwrap();
    shown += &format!("{authorized:?}");
    tokio::spawn(authorized.browser.finish(Completion::Denied));
    let session = world
        .session_of(world.client().await, authorized.tokens)
        .await;
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(Answer::html(500));
    world.let_token_expire();
    let error = session.access_token().await.unwrap_err();
    shown += &format!(
        "{session:?} {error:?} {error} {:?}",
        world.store.load(&key()).await
    );
    tokio::time::sleep(std::time::Duration::from_millis(1050)).await;
    session.access_token().await.unwrap();
    let report = session.sign_out().await;
    shown += &format!("{report:?}");
    world.provider.state().faults.deny = true;
    shown += &format!("{:?}", world.authorize().await);

    let log = log.text();
    for secret in &world.provider.state().books.secrets {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
        assert!(!shown.contains(secret), "{secret} is shown:\n{shown}");
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}
