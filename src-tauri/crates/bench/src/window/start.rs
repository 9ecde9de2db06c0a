//! `start`: from the spawn to the first paint, and what stays in memory.
//!
//! The screen itself is watched, so that every program is measured alike and none knows of it. All get
//! the same environment, the app's, and no window manager is in the way.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use private_desktop::{App, Browser, Options, PrivateDesktop, Tuppence};

use super::{Program, wait_for_empty};
use crate::clock::{median, ms};
use crate::peers::{Peers, built_beside};
use crate::report::{Report, Row};
use crate::search::many_conversations;

const ROUNDS: usize = 7;
/// In so many of the rounds memory is looked at, which takes a while.
const MEMORY_ROUNDS: usize = 3;
const SETTLE: Duration = Duration::from_secs(6);
const IDLE: Duration = Duration::from_secs(5);
const CONVERSATIONS: usize = 10_000;

const BARE: &str = "bare WebKitGTK window";
const NAMES: [&str; 3] = ["ours", BARE, "Chromium --app"];

#[derive(Default)]
struct Found {
    paint: Vec<f64>,
    pss: Vec<f64>,
    idle: Vec<f64>,
}

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let data = tempfile::tempdir()?;
    let mut found = NAMES.map(|_| Found::default());
    for round in 0..=ROUNDS {
        for (name, found) in NAMES.iter().zip(&mut found) {
            let screen = wait_for_empty(&desktop)?;
            let program = Program::start(&mut command(&desktop, peers, name, data.path())?)?;
            let painted = ms(program.painted(&screen)?);
            // The first start of each reads its files from the disk.
            if round > 0 {
                found.paint.push(painted);
            }
            if (1..=MEMORY_ROUNDS).contains(&round) {
                sleep(SETTLE);
                let processes = program.processes();
                found.pss.push(processes.pss_mb());
                let before = processes.cpu();
                sleep(IDLE);
                found
                    .idle
                    .push(ms(processes.cpu() - before) / IDLE.as_secs_f64() / 10.0);
                eprintln!(
                    "   {name}: {painted:.0} ms, {:.0} MB in {} processes",
                    processes.pss_mb(),
                    processes.len()
                );
            }
        }
    }
    let row = |figure: &str, value: fn(&Found) -> &Vec<f64>| {
        let values = found.iter().map(|found| median(value(found)));
        let mut named = NAMES.iter().zip(values);
        let ours = named.next().map_or(f64::NAN, |(_, value)| value);
        named.fold(Row::new(figure, ours), |row, (name, value)| {
            row.beside(*name, value)
        })
    };
    let composer = composer(&desktop)?;
    Ok(Report::new(
        "start",
        vec![
            row("spawn to first paint, ms", |found| &found.paint).at_most_of(1.3, BARE),
            row("PSS when idle, MB", |found| &found.pss).at_most_of(1.25, BARE),
            row("CPU when idle, %", |found| &found.idle),
            Row::new(
                "spawn to composer, 10,000 conversations, driven, ms",
                composer.many,
            )
            .beside("the same with none", composer.none),
        ],
    ))
}

fn command(
    desktop: &PrivateDesktop,
    peers: &Peers,
    name: &str,
    data: &Path,
) -> anyhow::Result<Command> {
    let page = peers.source("window/bare/dist/index.html");
    Ok(match name {
        "ours" => {
            let mut command = desktop.command(built_beside("tuppence")?);
            command.arg("--data-dir").arg(data);
            command
        }
        BARE => {
            let mut command = desktop.command(built_beside("bare-webkit")?);
            command.arg(page);
            command
        }
        _ => {
            let mut command = desktop.command("chromium");
            command
                .arg(format!("--app=file://{}", page.display()))
                .arg(format!(
                    "--user-data-dir={}",
                    data.join("chromium").display()
                ))
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

/// Milliseconds from the spawn to a composer that can be written in, through a driver, which adds its
/// own few hundred.
struct Composer {
    none: f64,
    many: f64,
}

fn composer(desktop: &PrivateDesktop) -> anyhow::Result<Composer> {
    let data = tempfile::tempdir()?;
    let browser = Browser::start(desktop)?;
    let app = Tuppence::launch(desktop, &built_beside("tuppence")?, data.path())?;
    app.sign_in_with_play_money(&browser)?;
    let (app, none) = launches(desktop, app.close()?)?;
    many_conversations(data.path(), CONVERSATIONS)?;
    let (_, many) = launches(desktop, app)?;
    Ok(Composer { none, many })
}

/// Starts the app several times; returns it and the median.
fn launches(desktop: &PrivateDesktop, mut app: App) -> anyhow::Result<(App, f64)> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let started = Instant::now();
        let window = Tuppence::launch_app(desktop, app)?;
        window.wait_for_chat()?;
        times.push(ms(started.elapsed()));
        app = window.close()?;
    }
    Ok((app, median(&times)))
}
