//! `start`: from the spawn to the first words on the screen, and what stays in memory.
//!
//! The screen itself is watched, so that every program is measured alike and none knows of it. All get
//! the same environment, the app's, and no window manager is in the way.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::Context;
use conversations::Store;
use private_desktop::{Options, PrivateDesktop};

use super::talk::{Home, ask};
use super::{Program, Tree, wait_for_empty};
use crate::clock::{median, ms};
use crate::peers::{Peers, built_beside};
use crate::report::{Report, Row};
use crate::search::add_messages;

const ROUNDS: usize = 9;
/// In so many of the rounds memory is looked at, which takes a while.
const MEMORY_ROUNDS: usize = 3;
const SETTLE: Duration = Duration::from_secs(6);
/// The same after 200 answers, which leave more to be done.
const REST: Duration = Duration::from_secs(30);
const IDLE: Duration = Duration::from_secs(5);
const CONVERSATIONS: usize = 10_000;
const PER_CONVERSATION: usize = 4;
const ANSWERS: usize = 200;
/// As many answers as one reads in a row.
const ANSWERS_PER_CONVERSATION: usize = 10;

const BARE: &str = "bare WebKitGTK window";
const ALIKE: &str = "bare, drawn as ours";
const CARET: &str = "bare, drawn as ours, with a caret";
const TAURI: &str = "bare Tauri app";
const CHROMIUM: &str = "Chromium --app";

/// What is started.
#[derive(Clone, Copy)]
enum Subject {
    /// The app, for the first time: its first screen.
    Newcomer,
    /// The app with somebody signed in, 10,000 conversations on the disk: the sidebar and the composer.
    SignedIn,
    Bare,
    /// The bare window, drawn without a graphics processor, as the app is where there is none.
    Alike,
    /// The same with a field that has the focus, as the composer has.
    Caret,
    Tauri,
    Chromium,
}

impl Subject {
    const ALL: [Self; 7] = [
        Self::Newcomer,
        Self::SignedIn,
        Self::Bare,
        Self::Alike,
        Self::Caret,
        Self::Tauri,
        Self::Chromium,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Newcomer => "ours, first screen",
            Self::SignedIn => "ours, signed in",
            Self::Bare => BARE,
            Self::Alike => ALIKE,
            Self::Caret => CARET,
            Self::Tauri => TAURI,
            Self::Chromium => CHROMIUM,
        }
    }
}

/// What was found of one of them, in milliseconds, megabytes and percent of a processor.
#[derive(Default)]
struct Found {
    paint: Vec<f64>,
    pss: Vec<f64>,
    idle: Vec<f64>,
}

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let home = Home::signed_in(&desktop)?;
    add_messages(
        home.data(),
        CONVERSATIONS * PER_CONVERSATION,
        PER_CONVERSATION,
        0,
    )?;
    let folders = Folders {
        page: peers.source("window/bare/dist/index.html").canonicalize()?,
        caret: peers.source("window/caret.html").canonicalize()?,
        newcomer: desktop.root().join("newcomer"),
        signed_in: home.data().to_owned(),
        chromium: desktop.root().join("chromium"),
    };
    let mut found = Subject::ALL.map(|_| Found::default());
    for round in 0..=ROUNDS {
        for (subject, found) in Subject::ALL.into_iter().zip(&mut found) {
            let screen = wait_for_empty(&desktop)?;
            let program = Program::start(&mut folders.command(&desktop, subject)?)?;
            let painted = ms(program.painted(&screen)?);
            eprintln!("   {}: {painted:.0} ms", subject.name());
            // The first start of each reads its files from the disk.
            if round > 0 {
                found.paint.push(painted);
            }
            if (1..=MEMORY_ROUNDS).contains(&round) {
                look_at(&program.processes(), found);
            }
            drop(program);
            folders.put_in_order(subject)?;
        }
    }
    let talked = after_answers(&desktop, &home)?;
    let [newcomer, signed_in, bare, alike, caret, tauri, chromium] = found;
    let peers = [
        (BARE, &bare),
        (ALIKE, &alike),
        (TAURI, &tauri),
        (CHROMIUM, &chromium),
    ];
    let row = |figure: &str, ours: f64, value: fn(&Found) -> &Vec<f64>| {
        let beside =
            |row: Row, (name, found): &(&str, &Found)| row.beside(*name, median(value(found)));
        peers.iter().fold(Row::new(figure, ours), beside)
    };
    let goals = [(BARE, ""), (ALIKE, ", beside one drawn alike")];
    let mut rows = Vec::new();
    for (figure, ours) in [
        ("spawn to the first screen's words, ms", &newcomer),
        ("spawn to composer, 10,000 conversations, ms", &signed_in),
    ] {
        for (peer, beside) in goals {
            let row = row(&format!("{figure}{beside}"), median(&ours.paint), |found| {
                &found.paint
            });
            rows.push(row.at_most_of(1.3, peer));
        }
    }
    for (figure, ours) in [
        ("PSS when idle, first screen, MB", median(&newcomer.pss)),
        ("PSS when idle, signed in, MB", median(&signed_in.pss)),
        ("PSS after 200 answers, MB", talked),
    ] {
        for (peer, beside) in goals {
            let row = row(&format!("{figure}{beside}"), ours, |found| &found.pss);
            rows.push(row.at_most_of(1.25, peer));
        }
    }
    let idle = row("CPU when idle, %", median(&signed_in.idle), |found| {
        &found.idle
    });
    rows.push(idle.beside(CARET, median(&caret.idle)));
    Ok(Report::new("start", rows))
}

/// Notes memory and idle CPU once the program has settled.
fn look_at(processes: &Tree, found: &mut Found) {
    sleep(SETTLE);
    found.pss.push(processes.pss_mb());
    let before = processes.cpu();
    sleep(IDLE);
    let used = processes.cpu() - before;
    found.idle.push(100.0 * ms(used) / ms(IDLE));
}

/// Where the programs find what they show and keep.
struct Folders {
    page: PathBuf,
    caret: PathBuf,
    newcomer: PathBuf,
    signed_in: PathBuf,
    chromium: PathBuf,
}

impl Folders {
    /// The app was ended as by a power cut, after which its next start reads the whole database, once,
    /// to see that it is sound. That is done here, so that every start is one after an ordinary day.
    fn put_in_order(&self, subject: Subject) -> anyhow::Result<()> {
        match subject {
            Subject::Newcomer => drop(Store::open(&self.newcomer)?),
            Subject::SignedIn => drop(Store::open(&self.signed_in)?),
            Subject::Bare
            | Subject::Alike
            | Subject::Caret
            | Subject::Tauri
            | Subject::Chromium => {}
        }
        Ok(())
    }

    fn command(&self, desktop: &PrivateDesktop, subject: Subject) -> anyhow::Result<Command> {
        let ours = |data: &Path| -> anyhow::Result<Command> {
            let mut command = desktop.command(built_beside("tuppence")?);
            command.arg("--data-dir").arg(data);
            Ok(command)
        };
        let bare = |page: &Path| -> anyhow::Result<Command> {
            let mut command = desktop.command(built_beside("bare-webkit")?);
            command.arg(page);
            Ok(command)
        };
        let never = |mut command: Command| {
            command.arg("never");
            command
        };
        Ok(match subject {
            Subject::Newcomer => ours(&self.newcomer)?,
            Subject::SignedIn => ours(&self.signed_in)?,
            Subject::Bare => bare(&self.page)?,
            Subject::Alike => never(bare(&self.page)?),
            Subject::Caret => never(bare(&self.caret)?),
            Subject::Tauri => desktop.command(built_beside("bare-tauri")?),
            Subject::Chromium => {
                let mut command = desktop.command("chromium");
                command
                    .arg(format!("--app=file://{}", self.page.display()))
                    .arg(format!("--user-data-dir={}", self.chromium.display()))
                    .args([
                        "--window-size=1280,800",
                        "--window-position=0,0",
                        "--no-first-run",
                    ])
                    // Some machines run benches as root, where Chromium has no sandbox.
                    .arg("--no-sandbox");
                command
            }
        })
    }
}

/// PSS in megabytes once so many answers have been read.
fn after_answers(desktop: &PrivateDesktop, home: &Home) -> anyhow::Result<f64> {
    let app = home.launch(desktop)?;
    for number in 0..ANSWERS {
        if number % ANSWERS_PER_CONVERSATION == 0 {
            app.new_conversation()?;
        }
        ask(&app, number)?;
    }
    sleep(REST);
    let pid = app.window().process_ids().into_iter().next();
    Ok(Tree::of(pid.context("the app's process")?).pss_mb())
}
