//! Somebody who talks to the app: its release build on a private desktop, a provider that answers as
//! fast as it is read, and questions one after another.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use private_desktop::{App, Browser, PrivateDesktop, Tuppence};
use sandbox_provider::{Hosted, Sandbox, SandboxConfig, Typing};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::peers::built_beside;

/// Enough for every answer of a bench.
const MICRO_USD: i64 = 1_000_000_000_000;

/// A data directory with somebody signed in, and its provider, which runs in this process.
pub(crate) struct Home {
    data: PathBuf,
    // Before the runtime that it runs on.
    _sandbox: Sandbox,
    _runtime: Runtime,
}

impl Home {
    /// Signs in on this desktop, and closes the app again.
    pub(crate) fn signed_in(desktop: &PrivateDesktop) -> anyhow::Result<Self> {
        let data = desktop.root().join("app-data");
        let runtime = Runtime::new()?;
        let config = SandboxConfig {
            data_dir: Some(data.clone()),
            typing: Typing::Instant,
            starting_balance_micro: MICRO_USD,
            ..SandboxConfig::default()
        };
        let Hosted::Here(sandbox) = runtime.block_on(Sandbox::host_or_attach(config))? else {
            anyhow::bail!("another process hosts the provider");
        };
        let home = Self {
            data,
            _sandbox: sandbox,
            _runtime: runtime,
        };
        let browser = Browser::start(desktop)?;
        let app = home.launch(desktop)?;
        app.sign_in_with_play_money(&browser)?;
        app.close()?;
        Ok(home)
    }

    /// The data directory.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Starts the app.
    pub(crate) fn launch<'d>(&self, desktop: &'d PrivateDesktop) -> anyhow::Result<Tuppence<'d>> {
        let app = App::new(built_beside("tuppence")?).env("TUPPENCE_DATA_DIR", &self.data);
        Ok(Tuppence::launch_app(desktop, app)?)
    }
}

/// Questions that get answers of every kind: code, tables, maths, lists, long text.
const QUESTIONS: [&str; 10] = [
    "Show me some code, please.",
    "Compare them in a table.",
    "Is there a proof of that theorem?",
    "What is the plan?",
    "Tell me a story.",
    "What does it cost?",
    "Write the letter for me.",
    "Show everything that formatting can do.",
    "Why is the sky blue?",
    "And what does the function return?",
];

const ASK: &str = include_str!("talk/ask.js");
const OPEN_OLDEST: &str = include_str!("talk/open_oldest.js");

/// As short as a person never is, and long enough for what a web view puts off until it is idle, such
/// as collecting its garbage.
const BREATH: Duration = Duration::from_secs(1);

/// How many questions there are; the next one is the first again.
pub(crate) const KINDS: usize = QUESTIONS.len();

/// Asks question number `number`, waits for the whole answer, and a moment more.
pub(crate) fn ask(app: &Tuppence, number: usize) -> anyhow::Result<()> {
    let question = json!(QUESTIONS[number % KINDS]);
    app.page().execute_async(ASK, &[question])?;
    breathe();
    Ok(())
}

/// The moment between one answer and the next question.
pub(crate) fn breathe() {
    sleep(BREATH);
}

/// Opens the conversation that was left alone for longest, as far down as the sidebar draws.
pub(crate) fn open_oldest(app: &Tuppence) -> anyhow::Result<()> {
    app.page().execute_async(OPEN_OLDEST, &[])?;
    Ok(())
}
