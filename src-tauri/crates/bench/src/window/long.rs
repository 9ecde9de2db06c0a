//! `long`: a conversation of 10,000 messages, opened from the sidebar, scrolled and added to.
//!
//! The floor is a conversation of the last 60 of its messages, in the same window: no more rows than a
//! screen or two.
//! A page that draws all rows is measured in the same web view. WebKit's clock has steps of a
//! millisecond, so what takes less is done many times over.

use std::time::Duration;

use anyhow::Context;
use private_desktop::webdriver::WebDriver;
use private_desktop::{Options, PrivateDesktop};
use serde_json::{Value, json};

use super::Tree;
use super::talk::Home;
use crate::clock::{median, ms, quantile};
use crate::peers::Peers;
use crate::report::{Report, Row};
use crate::search::add_messages;

const LONG: usize = 10_000;
const SHORT: usize = 60;
const ROUNDS: usize = 11;
/// The rounds in which all rows are drawn, which takes seconds.
const ALL_ROWS_ROUNDS: usize = 3;
const LIMIT: Duration = Duration::from_secs(60);

/// The ids of the short and the long one, in the order in which they are opened.
const IDS: [&str; 2] = ["c000000002", "c000000001"];

const FLOOR: &str = "a conversation of 60";
const ALL_ROWS: &str = "10,000 plain rows in the DOM";

/// Opens a conversation and waits until its last message has been laid out and a frame was drawn.
const OPEN: &str = include_str!("long/open.js");
/// Asks the host for what opening needs.
const READ: &str = include_str!("long/read.js");
/// Scrolls upwards by a screen at a time, and takes the time of each frame.
const SCROLL: &str = include_str!("long/scroll.js");
/// Adds words to the last message, one a frame.
const APPEND: &str = include_str!("long/append.js");
/// Draws every row of a conversation, plain, with as much text as the messages have.
const ALL: &str = include_str!("long/all.js");
const REMOVE: &str = "document.getElementById('all-rows').remove();";

/// What was found of one conversation, in milliseconds.
#[derive(Default)]
struct Found {
    opened: Vec<f64>,
    opening_cpu: f64,
    read: Vec<f64>,
    frames: Vec<f64>,
    appended: Vec<f64>,
    elements: f64,
}

/// Runs the bench.
#[expect(clippy::cast_precision_loss)]
pub(crate) fn bench(_: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let home = Home::signed_in(&desktop)?;
    // The newer one is the first in the sidebar.
    add_messages(home.data(), LONG, LONG, 0)?;
    // It ends with the same messages, so that the same is drawn.
    add_messages(home.data(), SHORT, SHORT, LONG - SHORT)?;
    let app = home.launch(&desktop)?;
    app.wait_for_chat()?;
    let page = app.page();
    let pid = app.window().process_ids().into_iter().next();
    let processes = Tree::of(pid.context("the app's process")?);
    let mut found = [Found::default(), Found::default()];
    let mut all_rows = Found::default();
    for round in 0..=ROUNDS {
        for (at, count) in [SHORT, LONG].into_iter().enumerate() {
            let before = processes.cpu();
            let open = measured(page, OPEN, &[json!(at), json!(count)])?;
            let cpu = ms(processes.cpu() - before);
            let appended = measured(page, APPEND, &[json!("[data-message-id]")])?;
            let frames = measured(page, SCROLL, &[])?;
            let read = measured(page, READ, &[json!(IDS[at])])?;
            if round > 0 {
                let found = &mut found[at];
                found.opened.push(open[0]);
                found.opening_cpu += cpu / ROUNDS as f64;
                found.elements = open[1];
                found.appended.extend(appended);
                found.frames.extend(frames);
                found.read.extend(read);
            }
        }
        if (1..=ALL_ROWS_ROUNDS).contains(&round) {
            all_rows
                .opened
                .push(measured(page, ALL, &[json!(LONG)])?[0]);
            let appended = measured(page, APPEND, &[json!("#all-rows > p")])?;
            all_rows.appended.extend(appended);
            page.execute(REMOVE, &[])?;
        }
    }
    let [short, long] = found;
    Ok(Report::new(
        "long",
        vec![
            Row::new("10,000 messages: open to painted, ms", median(&long.opened))
                .beside(FLOOR, median(&short.opened))
                .beside(ALL_ROWS, median(&all_rows.opened))
                .at_most_of(1.5, FLOOR),
            Row::new("opening: CPU ms, all processes", long.opening_cpu)
                .beside(FLOOR, short.opening_cpu),
            Row::new("opening: the host's part, ms", median(&long.read))
                .beside(FLOOR, median(&short.read)),
            Row::new(
                "a word added to the last message, ms",
                median(&long.appended),
            )
            .beside(FLOOR, median(&short.appended))
            .beside(ALL_ROWS, median(&all_rows.appended))
            .at_most_of(1.5, FLOOR),
            Row::new(
                "scrolling by screens: a frame, p95, ms",
                quantile(&long.frames, 0.95),
            )
            .beside(FLOOR, quantile(&short.frames, 0.95))
            .at_most_of(1.5, FLOOR),
            Row::new("elements in the page", long.elements)
                .beside(FLOOR, short.elements)
                .at_most_of(1.5, FLOOR),
        ],
    ))
}

/// Runs a script that leaves numbers in `window.measured`, and waits for them.
fn measured(page: &WebDriver, script: &str, arguments: &[Value]) -> anyhow::Result<Vec<f64>> {
    page.execute(script, arguments)?;
    Ok(page.wait_until("a measurement", LIMIT, |page| {
        let measured = page.execute("return window.measured;", &[])?;
        let numbers = measured.as_array();
        Ok(numbers.map(|all| all.iter().filter_map(Value::as_f64).collect()))
    })?)
}
