use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, http};

use super::WebDriverError;

/// JSON over HTTP to one driver.
#[derive(Debug)]
pub(crate) struct Transport {
    agent: Agent,
    base: String,
}

/// A screenshot of a large page fits.
const MAX_ANSWER: u64 = 64 << 20;

impl Transport {
    /// `base` is the address that paths are appended to; no command takes longer than `limit`.
    pub(crate) fn new(base: String, limit: Duration) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(limit))
            .http_status_as_error(false)
            .proxy(None)
            .max_idle_connections(0)
            .build()
            .into();
        Self { agent, base }
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, WebDriverError> {
        self.send("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, WebDriverError> {
        self.send("POST", path, Some(body.to_string()))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, WebDriverError> {
        self.send("DELETE", path, None)
    }

    /// Returns the `value` of the answer.
    fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Result<Value, WebDriverError> {
        let command = format!(
            "{method} {}",
            if path.is_empty() { "session" } else { path }
        );
        let transport = |source: ureq::Error| WebDriverError::Transport {
            command: command.clone(),
            source: Box::new(source),
        };
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("content-type", "application/json; charset=utf-8");
        let answer = match body {
            Some(body) => request
                .body(body)
                .map_err(Into::into)
                .and_then(|r| self.agent.run(r)),
            None => request
                .body(())
                .map_err(Into::into)
                .and_then(|r| self.agent.run(r)),
        };
        let text = answer
            .and_then(|mut answer| {
                answer
                    .body_mut()
                    .with_config()
                    .limit(MAX_ANSWER)
                    .read_to_string()
            })
            .map_err(transport)?;
        let unexpected = |missing| WebDriverError::Unexpected {
            command: command.clone(),
            missing,
        };
        let mut answer: Value = serde_json::from_str(&text).map_err(|_| unexpected("JSON"))?;
        let value = answer
            .get_mut("value")
            .map(Value::take)
            .ok_or_else(|| unexpected("value"))?;
        match value.get("error").and_then(Value::as_str) {
            // An object with both is an error; a page's own result might have one of them.
            Some(code) if value.get("stacktrace").is_some() || value.get("message").is_some() => {
                Err(WebDriverError::Refused {
                    command,
                    code: code.to_owned(),
                    message: value["message"].as_str().unwrap_or_default().to_owned(),
                })
            }
            _ => Ok(value),
        }
    }
}
