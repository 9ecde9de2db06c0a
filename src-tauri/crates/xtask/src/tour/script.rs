use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use private_desktop::{
    Browser, DesktopError, Options, PrivateDesktop, Tuppence,
    webdriver::{WebDriver, test_id},
};

use super::report::{Report, picture_name};
use crate::failure::Failure;

const ANSWER_LIMIT: Duration = Duration::from_secs(90);
const SIZE: (u32, u32) = (1280, 800);

type Outcome = Result<String, DesktopError>;

/// Runs all steps on a private desktop, up to the first that fails.
pub(crate) fn run(app: &Path, out: &Path) -> Result<(), Failure> {
    let mut report = Report::default();
    let ended = stage(app, out, &mut report);
    let written = report.write(out);
    println!("\npictures and tour.json: {}", out.display());
    let advice = "look at the last picture in that folder and at the app's output above";
    ended.map_err(|error| Failure::new("The tour", explain(&error), advice))?;
    written.map_err(|error| Failure::new("Writing tour.json", error, "look at the disk"))?;
    match report.failed() {
        None => Ok(()),
        Some(step) => Err(Failure::new(
            "The tour",
            format!("step `{step}` failed"),
            advice,
        )),
    }
}

/// Starts what the tour needs, then goes through it. A step that fails is in the report; an error
/// here is one of the stage.
fn stage(app: &Path, out: &Path, report: &mut Report) -> Result<(), DesktopError> {
    let desktop = PrivateDesktop::start(Options {
        size: SIZE,
        ..Options::default()
    })?;
    let browser = Browser::start(&desktop)?;
    let data = desktop.root().join("app-data");
    let started = Instant::now();
    let tuppence = Tuppence::launch(&desktop, app, &data)?;
    tuppence.page().set_window_size(SIZE.0, SIZE.1)?;
    let start = format!("window after {} ms", started.elapsed().as_millis());
    let mut tour = Tour {
        tuppence,
        browser,
        out: out.to_owned(),
        report,
    };
    tour.all_steps(start);
    Ok(())
}

struct Tour<'d, 'r> {
    tuppence: Tuppence<'d>,
    browser: Browser,
    out: PathBuf,
    report: &'r mut Report,
}

impl Tour<'_, '_> {
    fn all_steps(&mut self, start: String) {
        self.step("welcome", |_| Ok(start));
        self.step("waiting", |tour| {
            tour.tuppence.begin_with_play_money()?;
            Ok("the system browser was asked to open one address".to_owned())
        });
        self.step("signed-in", Self::sign_in);
        self.step("profile", |tour| {
            tour.tuppence.confirm_account()?;
            tour.tuppence.open_account_menu()
        });
        self.step("balance", |tour| {
            tour.tuppence.close_overlays()?;
            tour.tuppence.balance()
        });
        self.step("answer", |tour| {
            tour.tuppence
                .ask("Compare three ways to pay, in a table.")?;
            let answer = tour.tuppence.wait_for_status("complete", ANSWER_LIMIT)?;
            Ok(format!(
                "{} characters; wallet {}",
                answer.text.len(),
                tour.tuppence.balance()?
            ))
        });
        self.step("stop", |tour| {
            tour.tuppence.ask("Write a long answer.")?;
            tour.tuppence.wait_for_text(200, ANSWER_LIMIT)?;
            let (took, answer) = tour.tuppence.stop()?;
            Ok(format!(
                "after {} ms; {} characters stay",
                took.as_millis(),
                answer.text.len()
            ))
        });
        self.step("usage", Self::usage);
        self.step("wallet-empty", Self::empty_the_wallet);
        self.step("top-up", Self::top_up);
        self.step("resumed", Self::resume);
        self.step("sign-out", |tour| {
            tour.tuppence.sign_out()?;
            Ok(String::new())
        });
    }

    fn sign_in(&mut self) -> Outcome {
        self.browser.open_next(Duration::from_secs(15))?;
        self.browser
            .page()
            .wait_for("#allow", Duration::from_secs(15))?;
        self.browser_pictures("waiting")?;
        self.browser.page().click("#allow")?;
        self.tuppence.wait_for_chat()?;
        self.browser_pictures("signed-in")?;
        Ok(format!(
            "the browser shows: {}",
            self.browser.page().title()?
        ))
    }

    fn usage(&mut self) -> Outcome {
        self.tuppence.open_account_menu()?;
        let page = self.tuppence.page();
        page.click(&test_id("open-usage"))?;
        page.wait_for(&test_id("usage-table"), ANSWER_LIMIT)?;
        Ok(page.text_of(&test_id("usage-total"))?)
    }

    fn empty_the_wallet(&mut self) -> Outcome {
        self.tuppence.close_overlays()?;
        self.tuppence.open_top_up_in(&self.browser)?;
        self.browser.page().click("#spend-all")?;
        self.tuppence.ask("Is there anything left to pay with?")?;
        let (code, _) = self.tuppence.error_card(ANSWER_LIMIT)?;
        Ok(code)
    }

    fn top_up(&mut self) -> Outcome {
        self.tuppence
            .page()
            .click(&test_id("error-action-top-up"))?;
        self.browser.open_next(Duration::from_secs(15))?;
        self.browser.page().click("#top-up-5")?;
        self.browser_pictures("top-up")?;
        let funded = |balance: &str| balance.contains('5');
        let balance = self.tuppence.page().wait_until(
            "the new balance in the wallet",
            Duration::from_secs(30),
            |page| {
                let text = page.find(&test_id("balance"))?.text()?;
                Ok(funded(&text).then_some(text))
            },
        )?;
        Ok(balance)
    }

    fn resume(&mut self) -> Outcome {
        // Nobody sends it again: the same message goes on by itself.
        let answer = self.tuppence.wait_for_status("complete", ANSWER_LIMIT)?;
        Ok(format!(
            "{} characters; wallet {}",
            answer.text.len(),
            self.tuppence.balance()?
        ))
    }

    /// Runs one step unless an earlier one failed, and takes its pictures.
    fn step(&mut self, name: &str, step: impl FnOnce(&mut Self) -> Outcome) {
        if self.report.failed().is_some() {
            return;
        }
        let started = Instant::now();
        let outcome = step(self);
        let took = started.elapsed();
        let outcome = outcome.and_then(|note| self.pictures(name).map(|()| note));
        match outcome {
            Ok(note) => self.report.note(name, took, Ok(&note)),
            Err(error) => {
                let last = self.out.join(picture_name(name, "failed"));
                // The step's own error matters more than one of this picture.
                let _ = save(self.tuppence.page(), &last);
                self.report.note(name, took, Err(&explain(&error)));
            }
        }
    }

    /// The window in both themes.
    fn pictures(&self, step: &str) -> Result<(), DesktopError> {
        for theme in ["light", "dark"] {
            self.tuppence.preview_theme(Some(theme))?;
            save(
                self.tuppence.page(),
                &self.out.join(picture_name(step, theme)),
            )?;
        }
        self.tuppence.preview_theme(None)
    }

    /// The browser's page in both themes, in a folder beside the window's pictures.
    fn browser_pictures(&self, step: &str) -> Result<(), DesktopError> {
        for (theme, dark) in [("dark", true), ("light", false)] {
            self.browser.set_dark(dark)?;
            let path = self.out.join("browser").join(picture_name(step, theme));
            save(self.browser.page(), &path)?;
        }
        Ok(())
    }
}

fn save(page: &WebDriver, path: &Path) -> Result<(), DesktopError> {
    let write = |picture: Vec<u8>| {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, picture)
    };
    write(page.screenshot_at_rest()?).map_err(|source| DesktopError::Io {
        action: format!("writing {}", path.display()),
        source,
    })
}

/// An error with its sources.
fn explain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}
