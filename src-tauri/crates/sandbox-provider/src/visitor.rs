//! A person with a browser, without the browser: opens the sandbox's pages, fills in their forms, keeps their cookies.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use reqwest::{Response, StatusCode, header};
use url::Url;

use crate::provider::locked;

/// Redirects followed before giving up.
const MOST_REDIRECTS: usize = 10;

/// Why a visit did not come to its end. No address is shown: it may carry a code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VisitError {
    /// The server could not be reached, or broke off.
    #[error("the page could not be fetched")]
    Fetch(#[source] reqwest::Error),
    /// The page is not the one that was looked for.
    #[error("a page without the form that was expected (HTTP {status})")]
    NoForm {
        /// The status of the page.
        status: u16,
        /// Its HTML.
        html: String,
    },
    /// A redirect led nowhere.
    #[error("a redirect without a usable address")]
    Redirect,
}

/// What is clicked on the top-up page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopUp {
    /// One play coin more.
    One,
    /// Five play coins more.
    Five,
    /// "Spend everything".
    SpendEverything,
}

/// A person who signs in, for tests that have no browser. What the sandbox checks of a browser (cookies, CSRF token,
/// single use) is checked of a visitor too.
pub struct Visitor {
    http: reqwest::Client,
    cookies: Mutex<HashMap<String, String>>,
    name: Option<String>,
}

impl Visitor {
    /// Somebody with an empty browser, who signs in under the preset name.
    ///
    /// # Errors
    /// [`VisitError::Fetch`] if no HTTP client can be made.
    pub fn new() -> Result<Self, VisitError> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .map_err(VisitError::Fetch)?;
        Ok(Self {
            http,
            cookies: Mutex::default(),
            name: None,
        })
    }

    /// Types this name on the consent page.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// Opens an authorization URL (or a launch address that redirects to one), clicks Allow, and returns where the
    /// browser is sent, without going there. Also returns at once if the sandbox redirects without asking.
    ///
    /// # Errors
    /// [`VisitError`], for example when the sandbox shows an error page instead.
    pub async fn allow(&self, url: &Url) -> Result<Url, VisitError> {
        self.answer(url, "allow").await
    }

    /// As [`allow`](Self::allow), but clicks Deny.
    ///
    /// # Errors
    /// [`VisitError`].
    pub async fn deny(&self, url: &Url) -> Result<Url, VisitError> {
        self.answer(url, "deny").await
    }

    /// Allows, follows the redirect to the end, and returns the HTML of the last page.
    ///
    /// # Errors
    /// [`VisitError`].
    pub async fn sign_in(&self, url: &Url) -> Result<String, VisitError> {
        let redirect = self.allow(url).await?;
        let (_, page) = self.follow(&redirect, |_| false).await?;
        page.text().await.map_err(VisitError::Fetch)
    }

    /// Opens an address, follows redirects to the end, and returns the HTML of the last page.
    ///
    /// # Errors
    /// [`VisitError`].
    pub async fn read(&self, url: &Url) -> Result<String, VisitError> {
        let (_, page) = self.follow(url, |_| false).await?;
        page.text().await.map_err(VisitError::Fetch)
    }

    /// Opens the address that a top-up ticket gave, clicks once, and returns the HTML of the page after that.
    ///
    /// # Errors
    /// [`VisitError`].
    pub async fn top_up(&self, url: &Url, click: TopUp) -> Result<String, VisitError> {
        let (page_url, page) = self.follow(url, |_| false).await?;
        let html = html_with(page, "id=\"spend-all\"").await?;
        let change = match click {
            TopUp::One => "add-1",
            TopUp::Five => "add-5",
            TopUp::SpendEverything => "spend-all",
        };
        let csrf = hidden(&html, "csrf").unwrap_or_default();
        let answer = self
            .post(&page_url, &[("csrf", csrf), ("change", change)])
            .await?;
        let (_, page) = self
            .follow(&location(&page_url, &answer)?, |_| false)
            .await?;
        page.text().await.map_err(VisitError::Fetch)
    }

    /// Opens the page of a device's code (`verification_uri_complete`), answers the device, and returns the HTML
    /// of the page after that.
    ///
    /// # Errors
    /// [`VisitError`], for example when no device waits with this code.
    pub async fn answer_device(&self, url: &Url, allow: bool) -> Result<String, VisitError> {
        let (page_url, page) = self.follow(url, |_| false).await?;
        let html = html_with(page, "id=\"allow\"").await?;
        let answer = if allow { "allow" } else { "deny" };
        let (_, answered) = self.post_answer(&page_url, &html, answer).await?;
        html_with(answered, "You can close this tab").await
    }

    async fn answer(&self, url: &Url, answer: &str) -> Result<Url, VisitError> {
        let (page_url, page) = self
            .follow(url, |url| {
                url.path().ends_with("/authorize") || url.path().ends_with("/auth")
            })
            .await?;
        if page.status().is_redirection() {
            return location(&page_url, &page);
        }
        let html = html_with(page, "id=\"allow\"").await?;
        let (action, response) = self.post_answer(&page_url, &html, answer).await?;
        if response.status().is_redirection() {
            return location(&action, &response);
        }
        let status = response.status().as_u16();
        Err(VisitError::NoForm {
            status,
            html: response.text().await.unwrap_or_default(),
        })
    }

    /// Sends the consent form of a page; returns where it went, and what came.
    async fn post_answer(
        &self,
        page_url: &Url,
        html: &str,
        answer: &str,
    ) -> Result<(Url, Response), VisitError> {
        let action = between(html, "action=\"", "\"")
            .and_then(|path| page_url.join(path).ok())
            .ok_or(VisitError::Redirect)?;
        let preset = between(html, "id=\"name\" name=\"name\" value=\"", "\"")
            .map(|name| html_escape::decode_html_entities(name).into_owned());
        let name = self.name.clone().or(preset).unwrap_or_default();
        let form = [
            ("consent", hidden(html, "consent").unwrap_or_default()),
            ("csrf", hidden(html, "csrf").unwrap_or_default()),
            ("name", &name),
            ("answer", answer),
        ];
        let response = self.post(&action, &form).await?;
        Ok((action, response))
    }

    /// Fetches, following redirects until a page, or until a redirect of an address that `ends` here.
    async fn follow(
        &self,
        url: &Url,
        ends: impl Fn(&Url) -> bool,
    ) -> Result<(Url, Response), VisitError> {
        let mut url = url.clone();
        for _ in 0..MOST_REDIRECTS {
            let request = self
                .http
                .get(url.clone())
                .header(header::COOKIE, self.cookie_header());
            let response = request.send().await.map_err(VisitError::Fetch)?;
            self.keep_cookies(&response);
            if !response.status().is_redirection() || ends(&url) {
                return Ok((url, response));
            }
            url = location(&url, &response)?;
        }
        Err(VisitError::Redirect)
    }

    async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<Response, VisitError> {
        let request = self
            .http
            .post(url.clone())
            .header(header::COOKIE, self.cookie_header())
            .form(form);
        let response = request.send().await.map_err(VisitError::Fetch)?;
        self.keep_cookies(&response);
        Ok(response)
    }

    fn cookie_header(&self) -> String {
        locked(&self.cookies)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn keep_cookies(&self, response: &Response) {
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                locked(&self.cookies).insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

async fn html_with(page: Response, needle: &str) -> Result<String, VisitError> {
    let status = page.status();
    let html = page.text().await.map_err(VisitError::Fetch)?;
    if status == StatusCode::OK && html.contains(needle) {
        Ok(html)
    } else {
        Err(VisitError::NoForm {
            status: status.as_u16(),
            html,
        })
    }
}

fn location(base: &Url, response: &Response) -> Result<Url, VisitError> {
    let location = response
        .headers()
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok());
    location
        .and_then(|location| base.join(location).ok())
        .ok_or(VisitError::Redirect)
}

/// The value of a hidden input.
fn hidden<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    between(
        html,
        &format!("type=\"hidden\" name=\"{name}\" value=\""),
        "\"",
    )
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(start)? + start.len()..];
    Some(&rest[..rest.find(end)?])
}
