//! The floor: the product's page without its code, in a bare Tauri window, that is given the same
//! answers as markup. What it comes to hold, any page in this web view does.

use std::time::Instant;

use private_desktop::webdriver::WebDriver;
use private_desktop::{App, AppWindow, PrivateDesktop};
use serde_json::{Value, json};

use super::{ANSWERS, CONVERSATIONS, Growth, Held, LIMIT, LOOKS, at_rest, median_of};
use crate::peers::built_beside;
use crate::window::talk::{KINDS, breathe};

const APPEARANCE: &str = include_str!("looks.js");
const EXCHANGE: &str = include_str!("exchange.js");
const PLAIN: &str = include_str!("plain.js");
const OPEN: &str = "plain.open(arguments[0]);";
const ASK: &str = "plain.ask(...arguments);";

const PROGRAM: &str = "bare-tauri";

/// The product's page, and an exchange of each kind, as markup.
pub(super) struct Looks {
    page: Value,
    exchanges: Vec<Value>,
}

impl Looks {
    /// As the page is now.
    pub(super) fn of(page: &WebDriver, exchanges: Vec<Value>) -> anyhow::Result<Self> {
        let page = page.execute(APPEARANCE, &[])?;
        Ok(Self { page, exchanges })
    }
}

/// The last exchange on the product's page.
pub(super) fn exchange(page: &WebDriver) -> anyhow::Result<Value> {
    Ok(page.execute(EXCHANGE, &[])?)
}

/// What the bare window comes to hold.
pub(super) fn growth(desktop: &PrivateDesktop, looks: &Looks) -> anyhow::Result<Growth> {
    // It has no word for what `graphics.rs` does, and is drawn without a graphics processor too.
    let app = App::new(built_beside(PROGRAM)?).env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    let window = AppWindow::launch(desktop, app)?;
    let page = window.page();
    page.execute(PLAIN, &[looks.page.clone(), json!(looks.exchanges)])?;
    let ask = |conversation: usize, number: usize| -> anyhow::Result<()> {
        page.execute(OPEN, &[json!(conversation)])?;
        let same = page.execute_async(ASK, &[json!(number % KINDS)])?;
        anyhow::ensure!(same == json!(true), "the bare window shows other words");
        breathe();
        Ok(())
    };
    let held = |round: usize| -> anyhow::Result<Held> {
        let looks = (0..LOOKS).map(|look| {
            if look > 0 {
                ask(look, round + look)?;
            }
            page.execute(OPEN, &[json!("none")])?;
            at_rest(look, &window, page, PROGRAM)
        });
        Ok(median_of(&looks.collect::<anyhow::Result<Vec<_>>>()?))
    };
    let started = Instant::now();
    for number in 0..CONVERSATIONS {
        ask(number, number)?;
    }
    let early = held(0)?;
    eprintln!("   the same in a bare window: {early:?}");
    for round in 1..ANSWERS {
        for number in 0..CONVERSATIONS {
            ask(number, round + number)?;
            anyhow::ensure!(started.elapsed() < LIMIT, "this takes too long");
        }
    }
    let late = held(ANSWERS)?;
    eprintln!("   {ANSWERS} answers in each: {late:?}");
    let took = started.elapsed();
    Ok(Growth { early, late, took })
}
