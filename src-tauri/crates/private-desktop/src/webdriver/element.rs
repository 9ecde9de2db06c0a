use serde_json::{Value, json};

use super::{
    WebDriver, WebDriverError,
    session::{ELEMENT, into_text},
};

/// An element of the page, as long as the page keeps it.
///
/// Every method asks the driver and fails with [`WebDriverError`] when it refuses, with the code
/// `stale element reference` once the element is gone.
#[derive(Debug)]
pub struct Element<'a> {
    driver: &'a WebDriver,
    id: String,
}

/// A place and a size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    pub(super) fn from_json(value: &Value) -> Self {
        let number = |name: &str| value[name].as_f64().unwrap_or_default();
        Self {
            x: number("x"),
            y: number("y"),
            width: number("width"),
            height: number("height"),
        }
    }
}

#[allow(clippy::missing_errors_doc, reason = "said once, on the type")]
impl<'a> Element<'a> {
    pub(super) fn from_json(driver: &'a WebDriver, value: &Value) -> Result<Self, WebDriverError> {
        let id = value[ELEMENT]
            .as_str()
            .ok_or_else(|| WebDriverError::Unexpected {
                command: "POST element".to_owned(),
                missing: "element reference",
            })?;
        Ok(Self {
            driver,
            id: id.to_owned(),
        })
    }

    /// Clicks its middle, after scrolling it into view.
    pub fn click(&self) -> Result<(), WebDriverError> {
        self.post("click", &json!({}))
    }

    /// Types text at its end.
    pub fn type_text(&self, text: &str) -> Result<(), WebDriverError> {
        self.post("value", &json!({"text": text}))
    }

    /// Empties a field.
    pub fn clear(&self) -> Result<(), WebDriverError> {
        self.post("clear", &json!({}))
    }

    /// Its text as rendered.
    pub fn text(&self) -> Result<String, WebDriverError> {
        // Not the command of that name: WebKitWebDriver leaves out text that may be clipped.
        let arguments = [json!({ELEMENT: self.id})];
        self.driver
            .execute("return arguments[0].innerText.trim();", &arguments)
            .map(into_text)
    }

    /// An attribute, if it is there.
    pub fn attribute(&self, name: &str) -> Result<Option<String>, WebDriverError> {
        // Not the command of that name: WebKitWebDriver answers it with "" for a missing one.
        let arguments = [json!({ELEMENT: self.id}), name.into()];
        let value = self.driver.execute(
            "return arguments[0].getAttribute(arguments[1]);",
            &arguments,
        )?;
        Ok((!value.is_null()).then(|| into_text(value)))
    }

    /// A property of its DOM object, such as `value`.
    pub fn property(&self, name: &str) -> Result<Value, WebDriverError> {
        self.get(&format!("property/{name}"))
    }

    /// Its place and size.
    pub fn rect(&self) -> Result<Rect, WebDriverError> {
        self.get("rect").map(|rect| Rect::from_json(&rect))
    }

    /// The role that assistive technology is told.
    pub fn role(&self) -> Result<String, WebDriverError> {
        self.get("computedrole").map(into_text)
    }

    /// The name that assistive technology is told.
    pub fn label(&self) -> Result<String, WebDriverError> {
        self.get("computedlabel").map(into_text)
    }

    /// Whether it is rendered, and neither invisible nor transparent.
    pub fn is_displayed(&self) -> Result<bool, WebDriverError> {
        // Not the command of that name: WebKitWebDriver denies it for text that may be clipped.
        const SCRIPT: &str = "const element = arguments[0];
            return element.getClientRects().length > 0
                && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });";
        let shown = self.driver.execute(SCRIPT, &[json!({ELEMENT: self.id})])?;
        Ok(shown == Value::Bool(true))
    }

    /// Whether it can be used.
    pub fn is_enabled(&self) -> Result<bool, WebDriverError> {
        self.get("enabled").map(|value| value == Value::Bool(true))
    }

    fn get(&self, what: &str) -> Result<Value, WebDriverError> {
        self.driver
            .transport
            .get(&format!("element/{}/{what}", self.id))
    }

    fn post(&self, what: &str, body: &Value) -> Result<(), WebDriverError> {
        self.driver
            .transport
            .post(&format!("element/{}/{what}", self.id), body)
            .map(drop)
    }
}
