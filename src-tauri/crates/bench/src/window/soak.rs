//! `soak`: hours of use in minutes, and what they leave behind.
//!
//! Fifty conversations of ten answers each, in turns, as somebody goes back and forth. What is held
//! when each has one answer is compared with what is held when each has ten.

mod plain;

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context;
use private_desktop::webdriver::WebDriver;
use private_desktop::{AppWindow, Options, PrivateDesktop, Tuppence};

use self::plain::Looks;
use super::Tree;
use super::talk::{Home, KINDS, ask, open_oldest};
use crate::clock::median;
use crate::peers::Peers;
use crate::report::{Report, Row};

const CONVERSATIONS: usize = 50;
const ANSWERS: usize = 10;
/// Each half of the bench ends in failure after this long.
const LIMIT: Duration = Duration::from_secs(20 * 60);
/// Long enough for what an idle program does to come to rest.
const SETTLE: Duration = Duration::from_secs(30);
/// What waits to be collected comes and goes by several megabytes: the figure is the median of so many
/// looks, with an answer between them.
const LOOKS: usize = 5;
/// Before each look but the first.
const REST: Duration = Duration::from_secs(10);

const EARLY: &str = "after 50 answers";

/// What an app and its web view's processes hold.
#[derive(Debug)]
struct Held {
    pss_mb: f64,
    app_mb: f64,
    page_mb: f64,
    handles: f64,
    elements: f64,
}

/// What is held when each conversation has one answer, and when each has all.
struct Growth {
    early: Held,
    late: Held,
    took: Duration,
}

/// Runs the bench.
pub(crate) fn bench(_: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let (ours, looks) = ours(&desktop)?;
    let plain = plain::growth(&desktop, &looks)?;
    let row = |figure: &str, growth: &Growth, value: fn(&Held) -> f64| {
        Row::new(figure, value(&growth.late)).beside(EARLY, value(&growth.early))
    };
    Ok(Report::new(
        "soak",
        vec![
            row("PSS after 500 answers, MB", &ours, |held| held.pss_mb).at_most_of(1.1, EARLY),
            row("of it the app's own process, MB", &ours, |held| held.app_mb).over(EARLY),
            row("of it the page's, MB", &ours, |held| held.page_mb).over(EARLY),
            row("the same answers in a bare window, MB", &plain, |held| {
                held.pss_mb
            })
            .over(EARLY),
            row("of it the page's, in a bare window, MB", &plain, |held| {
                held.page_mb
            })
            .over(EARLY),
            row("open handles", &ours, |held| held.handles).at_most_of(1.1, EARLY),
            row("elements in the page", &ours, |held| held.elements).at_most_of(1.1, EARLY),
            Row::new("the whole of it, s", (ours.took + plain.took).as_secs_f64()),
        ],
    ))
}

/// The product, and what its page looks like with an answer of each kind.
fn ours(desktop: &PrivateDesktop) -> anyhow::Result<(Growth, Looks)> {
    let home = Home::signed_in(desktop)?;
    let app = home.launch(desktop)?;
    let started = Instant::now();
    let mut exchanges = Vec::with_capacity(KINDS);
    for number in 0..CONVERSATIONS {
        app.new_conversation()?;
        ask(&app, number)?;
        if number < KINDS {
            exchanges.push(plain::exchange(app.page())?);
        }
    }
    let looks = Looks::of(app.page(), exchanges)?;
    let early = held(&app, 0)?;
    eprintln!("   one answer in each of {CONVERSATIONS} conversations: {early:?}");
    for round in 1..ANSWERS {
        for number in 0..CONVERSATIONS {
            open_oldest(&app)?;
            ask(&app, round + number)?;
            anyhow::ensure!(started.elapsed() < LIMIT, "this takes too long");
        }
    }
    let late = held(&app, ANSWERS)?;
    eprintln!("   {ANSWERS} answers in each: {late:?}");
    let took = started.elapsed();
    app.close()?;
    Ok((Growth { early, late, took }, looks))
}

/// What is held once it has come to rest, on the screen for a new conversation.
fn held(app: &Tuppence, round: usize) -> anyhow::Result<Held> {
    let looks = (0..LOOKS).map(|look| {
        if look > 0 {
            open_oldest(app)?;
            ask(app, round + look)?;
        }
        app.new_conversation()?;
        at_rest(look, app.window(), app.page(), "tuppence")
    });
    Ok(median_of(&looks.collect::<anyhow::Result<Vec<_>>>()?))
}

/// A look, the first or a later one.
fn at_rest(
    look: usize,
    window: &AppWindow,
    page: &WebDriver,
    program: &str,
) -> anyhow::Result<Held> {
    sleep(if look == 0 { SETTLE } else { REST });
    let pid = window.process_ids().into_iter().next();
    let processes = Tree::of(pid.context("the app's process")?);
    let elements = page.execute("return document.querySelectorAll('*').length;", &[])?;
    Ok(Held {
        pss_mb: processes.pss_mb(),
        app_mb: processes.pss_mb_of(program),
        page_mb: processes.pss_mb_of("WebKitWebProcess"),
        handles: processes.handles(),
        elements: elements.as_f64().unwrap_or(f64::NAN),
    })
}

fn median_of(looks: &[Held]) -> Held {
    let of = |value: fn(&Held) -> f64| median(&looks.iter().map(value).collect::<Vec<_>>());
    Held {
        pss_mb: of(|held| held.pss_mb),
        app_mb: of(|held| held.app_mb),
        page_mb: of(|held| held.page_mb),
        handles: of(|held| held.handles),
        elements: of(|held| held.elements),
    }
}
