//! `soak`: hours of use in minutes, and what they leave behind.
//!
//! Fifty conversations of ten answers each, in turns, as somebody goes back and forth. What is held
//! when each has one answer is compared with what is held when each has ten.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context;
use private_desktop::{Options, PrivateDesktop, Tuppence};

use super::Tree;
use super::talk::{Home, ask, open_oldest};
use crate::peers::Peers;
use crate::report::{Report, Row};

const CONVERSATIONS: usize = 50;
const ANSWERS: usize = 10;
/// The whole bench ends in failure after this long.
const LIMIT: Duration = Duration::from_secs(20 * 60);
/// Long enough for what an idle program does to come to rest.
const SETTLE: Duration = Duration::from_secs(30);

const EARLY: &str = "after 50 answers";

/// What the app and the web view's processes hold.
#[derive(Debug)]
struct Held {
    pss_mb: f64,
    app_mb: f64,
    page_mb: f64,
    handles: f64,
    elements: f64,
}

/// Runs the bench.
pub(crate) fn bench(_: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let home = Home::signed_in(&desktop)?;
    let app = home.launch(&desktop)?;
    let started = Instant::now();
    for number in 0..CONVERSATIONS {
        app.new_conversation()?;
        ask(&app, number)?;
    }
    let early = held(&app)?;
    eprintln!("   one answer in each of {CONVERSATIONS} conversations: {early:?}");
    for round in 1..ANSWERS {
        for number in 0..CONVERSATIONS {
            open_oldest(&app)?;
            ask(&app, round + number)?;
            anyhow::ensure!(started.elapsed() < LIMIT, "this takes too long");
        }
    }
    let late = held(&app)?;
    eprintln!("   {ANSWERS} answers in each: {late:?}");
    let row = |figure: &str, value: fn(&Held) -> f64| {
        Row::new(figure, value(&late)).beside(EARLY, value(&early))
    };
    Ok(Report::new(
        "soak",
        vec![
            row("PSS after 500 answers, MB", |held| held.pss_mb).at_most_of(1.1, EARLY),
            row("of it the app's own process, MB", |held| held.app_mb),
            row("of it the page's, MB", |held| held.page_mb),
            row("open handles", |held| held.handles).at_most_of(1.1, EARLY),
            row("elements in the page", |held| held.elements).at_most_of(1.1, EARLY),
            Row::new("the whole of it, s", started.elapsed().as_secs_f64()),
        ],
    ))
}

/// What is held once it has come to rest, on the screen for a new conversation.
fn held(app: &Tuppence) -> anyhow::Result<Held> {
    app.new_conversation()?;
    sleep(SETTLE);
    let pid = app.window().process_ids().into_iter().next();
    let processes = Tree::of(pid.context("the app's process")?);
    let elements = app
        .page()
        .execute("return document.querySelectorAll('*').length;", &[])?;
    Ok(Held {
        pss_mb: processes.pss_mb(),
        app_mb: processes.pss_mb_of("tuppence"),
        page_mb: processes.pss_mb_of("WebKitWebProcess"),
        handles: processes.handles(),
        elements: elements.as_f64().unwrap_or(f64::NAN),
    })
}
