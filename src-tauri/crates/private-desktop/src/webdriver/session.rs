use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{Element, Rect, WebDriverError, transport::Transport};

/// One session with one window. Ended by [`WebDriver::close`] or with its driver.
#[derive(Debug)]
pub struct WebDriver {
    pub(super) transport: Transport,
}

const NEW_SESSION_LIMIT: Duration = Duration::from_secs(60);
const COMMAND_LIMIT: Duration = Duration::from_secs(30);

/// The name that an element's reference has in JSON.
pub(super) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl WebDriver {
    /// Asks the driver at `driver` (`http://127.0.0.1:PORT`) for a window with these capabilities
    /// (the value of `alwaysMatch`).
    ///
    /// # Errors
    /// [`WebDriverError`] when no session comes within a minute.
    pub fn new_session(driver: &str, capabilities: &Value) -> Result<Self, WebDriverError> {
        let transport = Transport::new(format!("{driver}/session"), NEW_SESSION_LIMIT);
        let body = json!({"capabilities": {"alwaysMatch": capabilities}});
        let session = transport.post("", &body)?;
        let id = session["sessionId"]
            .as_str()
            .ok_or_else(|| WebDriverError::Unexpected {
                command: "POST session".to_owned(),
                missing: "sessionId",
            })?;
        let base = format!("{driver}/session/{id}/");
        Ok(Self {
            transport: Transport::new(base, COMMAND_LIMIT),
        })
    }

    /// Ends the session, and with it the window.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn close(self) -> Result<(), WebDriverError> {
        self.transport.delete("window").map(drop)
    }

    /// Opens an address.
    ///
    /// # Errors
    /// [`WebDriverError`] when it cannot be loaded.
    pub fn goto(&self, url: &str) -> Result<(), WebDriverError> {
        self.transport.post("url", &json!({"url": url})).map(drop)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn url(&self) -> Result<String, WebDriverError> {
        self.transport.get("url").map(into_text)
    }

    /// The title of the page.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn title(&self) -> Result<String, WebDriverError> {
        self.transport.get("title").map(into_text)
    }

    /// The first element that matches a CSS selector, now.
    ///
    /// # Errors
    /// [`WebDriverError::Refused`] with `no such element`, or another when the driver fails.
    pub fn find(&self, css: &str) -> Result<Element<'_>, WebDriverError> {
        let found = self
            .transport
            .post("element", &json!({"using": "css selector", "value": css}))?;
        Element::from_json(self, &found)
    }

    /// All elements that match a CSS selector, now.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn find_all(&self, css: &str) -> Result<Vec<Element<'_>>, WebDriverError> {
        let found = self
            .transport
            .post("elements", &json!({"using": "css selector", "value": css}))?;
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| Element::from_json(self, one))
            .collect()
    }

    /// The element that has the keyboard.
    ///
    /// # Errors
    /// [`WebDriverError`] when none has, or the driver refuses.
    pub fn active_element(&self) -> Result<Element<'_>, WebDriverError> {
        Element::from_json(self, &self.transport.get("element/active")?)
    }

    /// Runs the body of a function in the page and returns its result as JSON.
    ///
    /// # Errors
    /// [`WebDriverError::Refused`] with `javascript error` when it throws.
    pub fn execute(&self, body: &str, arguments: &[Value]) -> Result<Value, WebDriverError> {
        self.transport
            .post("execute/sync", &json!({"script": body, "args": arguments}))
    }

    /// The same for a body that calls its last argument, a function, with its result. The driver
    /// waits 30 s for that.
    ///
    /// # Errors
    /// [`WebDriverError::Refused`] with `javascript error` when it throws, `script timeout` when it
    /// does not call.
    pub fn execute_async(&self, body: &str, arguments: &[Value]) -> Result<Value, WebDriverError> {
        self.transport
            .post("execute/async", &json!({"script": body, "args": arguments}))
    }

    /// Presses keys in order and releases them in reverse: one key, or a chord such as
    /// `&[key::CONTROL, 'n']`.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn press(&self, keys: &[char]) -> Result<(), WebDriverError> {
        let one = |kind: &str, key: &char| json!({"type": kind, "value": key.to_string()});
        let actions: Vec<Value> = keys
            .iter()
            .map(|key| one("keyDown", key))
            .chain(keys.iter().rev().map(|key| one("keyUp", key)))
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.transport
            .post("actions", &json!({"actions": [keyboard]}))
            .map(drop)
    }

    /// The page as a PNG.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses or sends no picture.
    pub fn screenshot(&self) -> Result<Vec<u8>, WebDriverError> {
        let picture = self.transport.get("screenshot")?;
        let bytes = picture
            .as_str()
            .and_then(|text| BASE64_STANDARD.decode(text).ok());
        bytes.ok_or_else(|| WebDriverError::Unexpected {
            command: "GET screenshot".to_owned(),
            missing: "picture",
        })
    }

    /// Gives the window a size in pixels.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn set_window_size(&self, width: u32, height: u32) -> Result<(), WebDriverError> {
        let rect = json!({"x": 0, "y": 0, "width": width, "height": height});
        self.transport.post("window/rect", &rect).map(drop)
    }

    /// Where the window is and how large, in pixels.
    ///
    /// # Errors
    /// [`WebDriverError`] when the driver refuses.
    pub fn window_rect(&self) -> Result<Rect, WebDriverError> {
        self.transport
            .get("window/rect")
            .map(|rect| Rect::from_json(&rect))
    }

    /// Sends a command of the Chrome DevTools protocol (chromedriver's extension).
    pub(crate) fn chrome_command(
        &self,
        name: &str,
        parameters: &Value,
    ) -> Result<(), WebDriverError> {
        let body = json!({"cmd": name, "params": parameters});
        self.transport.post("goog/cdp/execute", &body).map(drop)
    }

    /// Title, origin and the beginning of the text of the page, for messages to people.
    #[must_use]
    pub fn on_screen(&self) -> String {
        let script = "return `${document.title} (${location.origin})\n` \
             + (document.body ? document.body.innerText.slice(0, 1200) : '(no body)');";
        match self.execute(script, &[]) {
            Ok(text) => into_text(text),
            Err(error) => format!("(unknown: {error})"),
        }
    }
}

pub(super) fn into_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
