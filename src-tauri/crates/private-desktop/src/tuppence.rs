use std::{path::Path, time::Duration};

use serde_json::Value;

use crate::{
    App, AppWindow, Browser, DesktopError, PrivateDesktop,
    webdriver::{WebDriver, WebDriverError, key, test_id},
};

/// Our app's window in a person's terms: the one place, outside the UI, that knows its test ids.
///
/// Every step waits for what a person would see next, and fails with [`DesktopError`] when it does
/// not come.
#[derive(Debug)]
pub struct Tuppence<'d> {
    window: AppWindow<'d>,
}

/// An answer in the transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it stands: `streaming`, `complete`, `truncated`, `stopped`, `cutOff`, `failed`.
    pub status: String,
    /// Its text as rendered.
    pub text: String,
}

const SOON: Duration = Duration::from_secs(15);

/// Tells how long the page took from the click on Stop to an answer that says it has stopped.
const TIME_THE_STOP: &str = r#"
    window.stopTook = null;
    const answers = () => [...document.querySelectorAll('[data-testid="message-assistant"]')];
    let clicked = null;
    const look = () => {
        if (clicked === null || answers().at(-1)?.dataset.status === 'streaming') return;
        window.stopTook = performance.now() - clicked;
        observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body,
        { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] });
    document.addEventListener('click', (event) => {
        if (event.target.closest('[data-testid="stop"]')) clicked = performance.now();
    }, { capture: true, once: true });
"#;

#[allow(clippy::missing_errors_doc, reason = "said once, on the type")]
impl<'d> Tuppence<'d> {
    /// Starts the app with its data in this directory, and waits until it shows something to use.
    pub fn launch(
        desktop: &'d PrivateDesktop,
        binary: &Path,
        data_dir: &Path,
    ) -> Result<Self, DesktopError> {
        Self::launch_app(desktop, App::new(binary).env("TUPPENCE_DATA_DIR", data_dir))
    }

    /// The same with a choice of arguments and environment.
    pub fn launch_app(desktop: &'d PrivateDesktop, app: App) -> Result<Self, DesktopError> {
        Self::ready(AppWindow::launch(desktop, app)?)
    }

    /// Takes an app over that has a window already, and waits until it shows something to use.
    pub fn ready(window: AppWindow<'d>) -> Result<Self, DesktopError> {
        let welcome_or_chat = format!(
            "{}, {}",
            test_id("try-play-money"),
            test_id("composer-input")
        );
        window
            .page()
            .wait_for(&welcome_or_chat, Duration::from_secs(30))?;
        Ok(Self { window })
    }

    /// The window.
    #[must_use]
    pub fn window(&self) -> &AppWindow<'d> {
        &self.window
    }

    /// The page in the window.
    #[must_use]
    pub fn page(&self) -> &WebDriver {
        self.window.page()
    }

    /// Closes the window and waits until the app has ended.
    pub fn close(self) -> Result<App, DesktopError> {
        self.window.close()
    }

    /// Closes the window and starts the app again.
    pub fn restart(self) -> Result<Self, DesktopError> {
        Self::ready(self.window.restart()?)
    }

    /// Ends the app as a power cut would, and starts it again.
    pub fn kill_and_start_again(self, desktop: &'d PrivateDesktop) -> Result<Self, DesktopError> {
        Self::launch_app(desktop, self.window.kill()?)
    }

    /// From the first screen to the one that waits for the browser, with play money.
    pub fn begin_with_play_money(&self) -> Result<(), DesktopError> {
        self.page().click(&test_id("try-play-money"))?;
        self.page().wait_for(&test_id("waiting"), SOON)?;
        Ok(())
    }

    /// Lets the browser open the sign-in's address, allows it there, waits for the chat, and says
    /// that the account is the right one.
    pub fn allow_in(&self, browser: &Browser) -> Result<(), DesktopError> {
        browser.open_next(SOON)?;
        browser.page().click("#allow")?;
        self.wait_for_chat()?;
        self.confirm_account()
    }

    /// Answers "is this you?", which is asked before the first use of an account.
    pub fn confirm_account(&self) -> Result<(), DesktopError> {
        Ok(self.page().click(&test_id("newcomer-confirm"))?)
    }

    /// Waits until there is a field to write in.
    pub fn wait_for_chat(&self) -> Result<(), DesktopError> {
        self.page().wait_for(&test_id("composer-input"), SOON)?;
        Ok(())
    }

    /// Signs in with play money through the real browser.
    pub fn sign_in_with_play_money(&self, browser: &Browser) -> Result<(), DesktopError> {
        self.begin_with_play_money()?;
        self.allow_in(browser)
    }

    /// What the wallet says, once it says an amount.
    pub fn balance(&self) -> Result<String, DesktopError> {
        Ok(self
            .page()
            .wait_until("an amount in the wallet", SOON, |page| {
                let text = page.find(&test_id("balance"))?.text()?;
                Ok(text.contains(|c: char| c.is_ascii_digit()).then_some(text))
            })?)
    }

    /// Begins a new conversation by the keyboard.
    pub fn new_conversation(&self) -> Result<(), DesktopError> {
        self.page().press(&[key::CONTROL, 'n'])?;
        Ok(self.page().wait_gone(&test_id("message-user"), SOON)?)
    }

    /// Writes a message and sends it.
    pub fn ask(&self, words: &str) -> Result<(), DesktopError> {
        self.page().type_into(&test_id("composer-input"), words)?;
        self.page().click(&test_id("send"))?;
        Ok(())
    }

    /// The last answer in the transcript, if there is one.
    pub fn last_answer(&self) -> Result<Option<Answer>, DesktopError> {
        Ok(last_answer(self.page())?)
    }

    /// Waits until the last answer has at least this many characters while it streams.
    pub fn wait_for_text(&self, characters: usize, limit: Duration) -> Result<(), DesktopError> {
        Ok(self
            .page()
            .wait_until("an answer that streams in", limit, |page| {
                let streams = |answer: &Answer| answer.status == "streaming";
                let answer = last_answer(page)?.filter(streams);
                Ok(answer
                    .filter(|answer| answer.text.chars().count() >= characters)
                    .map(drop))
            })?)
    }

    /// Waits until the last answer has this status.
    pub fn wait_for_status(&self, status: &str, limit: Duration) -> Result<Answer, DesktopError> {
        Ok(self
            .page()
            .wait_until(&format!("a {status} answer"), limit, |page| {
                Ok(last_answer(page)?.filter(|answer| answer.status == status))
            })?)
    }

    /// Presses Stop; returns how long the window took to show that it stopped, and what stayed.
    pub fn stop(&self) -> Result<(Duration, Answer), DesktopError> {
        self.page().execute(TIME_THE_STOP, &[])?;
        self.page().click(&test_id("stop"))?;
        let took = self.page().wait_until("the answer to stop", SOON, |page| {
            Ok(page.execute("return window.stopTook;", &[])?.as_f64())
        })?;
        let answer = self.wait_for_status("stopped", SOON)?;
        Ok((Duration::from_secs_f64(took / 1000.0), answer))
    }

    /// Asks for the provider's top-up page and lets the browser open it.
    pub fn open_top_up_in(&self, browser: &Browser) -> Result<(), DesktopError> {
        let top_up = test_id("top-up");
        if !self.page().shows(&top_up)? {
            self.open_account_menu()?;
        }
        self.page().click(&top_up)?;
        browser.open_next(SOON)
    }

    /// Opens the account's menu and returns the name in it.
    pub fn open_account_menu(&self) -> Result<String, DesktopError> {
        self.page().click(&test_id("account-menu"))?;
        self.page().wait_for(&test_id("sign-out"), SOON)?;
        Ok(self.page().text_of(&test_id("profile-name"))?)
    }

    /// Closes menus by the keyboard.
    pub fn close_overlays(&self) -> Result<(), DesktopError> {
        Ok(self.page().press(&[key::ESCAPE])?)
    }

    /// Signs out and waits for the first screen.
    pub fn sign_out(&self) -> Result<(), DesktopError> {
        if !self.page().shows(&test_id("sign-out"))? {
            self.open_account_menu()?;
        }
        self.page().click(&test_id("sign-out"))?;
        self.page().wait_for(&test_id("try-play-money"), SOON)?;
        Ok(())
    }

    /// Waits for the card of an error and returns its code and its text.
    pub fn error_card(&self, limit: Duration) -> Result<(String, String), DesktopError> {
        let card = self.page().wait_for(&test_id("error-card"), limit)?;
        let code = card.attribute("data-code")?.unwrap_or_default();
        Ok((code, card.text()?))
    }

    /// Shows these colours (`light`, `dark`) without changing what the person chose; `None` goes
    /// back to that.
    pub fn preview_theme(&self, theme: Option<&str>) -> Result<(), DesktopError> {
        const SCRIPT: &str = "const root = document.documentElement;
            if (window.chosenTheme === undefined) window.chosenTheme = root.dataset.theme ?? null;
            const theme = arguments[0] ?? window.chosenTheme;
            if (theme === null) delete root.dataset.theme; else root.dataset.theme = theme;
            if (arguments[0] === null) delete window.chosenTheme;";
        self.page()
            .execute(SCRIPT, &[theme.map_or(Value::Null, Into::into)])?;
        self.page().wait_until("fonts", SOON, |page| {
            let loaded = page.execute("return document.fonts.status === 'loaded';", &[])?;
            Ok((loaded == true).then_some(()))
        })?;
        Ok(())
    }
}

fn last_answer(page: &WebDriver) -> Result<Option<Answer>, WebDriverError> {
    let Some(element) = page.find_all(&test_id("message-assistant"))?.pop() else {
        return Ok(None);
    };
    let status = element.attribute("data-status")?.unwrap_or_default();
    Ok(Some(Answer {
        status,
        text: element.text()?,
    }))
}
