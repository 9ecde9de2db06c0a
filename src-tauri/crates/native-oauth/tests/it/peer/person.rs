//! A person with a browser: keeps cookies by path, follows redirects, fills in the forms that come.

use std::collections::HashMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, Response};
use url::Url;

/// More redirects and forms than any honest sign-in has.
const STEP_LIMIT: usize = 20;

pub(crate) struct Person {
    http: Client,
    /// By name and path.
    cookies: HashMap<(String, String), String>,
    /// The questions that were asked so far: `login`, `consent`, `logout`.
    pub(crate) asked: Vec<String>,
}

/// Where a walk through pages ended.
pub(crate) struct Arrival {
    pub(crate) address: Url,
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Person {
    pub(crate) fn new() -> Self {
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            cookies: HashMap::new(),
            asked: Vec::new(),
        }
    }

    /// Opens an address and goes on, as `ada` who agrees to everything, until a page asks nothing or the
    /// provider redirects to a scheme that is the operating system's business.
    pub(crate) async fn open(&mut self, address: &Url) -> Arrival {
        let mut address = address.clone();
        let mut form = None;
        for _ in 0..STEP_LIMIT {
            if address.scheme() != "http" {
                return Arrival {
                    address,
                    status: 0,
                    body: String::new(),
                };
            }
            let response = self.request(&address, form.take()).await;
            let status = response.status().as_u16();
            if let Some(location) = response.headers().get(LOCATION) {
                address = address.join(location.to_str().unwrap()).unwrap();
                continue;
            }
            let body = response.text().await.unwrap();
            match self.answer_to(&body) {
                Some((action, fields)) if status == 200 => {
                    address = address.join(&action).unwrap();
                    form = Some(fields);
                }
                _ => {
                    return Arrival {
                        address,
                        status,
                        body,
                    };
                }
            }
        }
        panic!("the provider asks without end: {:?}", self.asked);
    }

    async fn request(&mut self, address: &Url, form: Option<Vec<(String, String)>>) -> Response {
        let request = match form {
            None => self.http.request(Method::GET, address.clone()),
            Some(fields) => self
                .http
                .request(Method::POST, address.clone())
                .form(&fields),
        };
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|((_, path), _)| address.path().starts_with(path))
            .map(|((name, _), value)| format!("{name}={value}"))
            .collect();
        let response = request
            .header(COOKIE, cookies.join("; "))
            .send()
            .await
            .unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        response
    }

    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let path = parts
            .find_map(|part| part.strip_prefix("path="))
            .unwrap_or("/");
        let key = (name.to_owned(), path.to_owned());
        if value.is_empty() {
            self.cookies.remove(&key);
        } else {
            self.cookies.insert(key, value.to_owned());
        }
    }

    /// What the person does with a page: where its form goes, and what is in it. `None` if it asks
    /// nothing.
    fn answer_to(&mut self, body: &str) -> Option<(String, Vec<(String, String)>)> {
        let form = &body[body.find("<form")?..];
        let action = html_escape::decode_html_entities(attribute(form, "action")?).into_owned();
        let mut fields = hidden_fields(form);
        let question = match fields.iter().find(|(name, _)| name == "prompt") {
            Some((_, prompt)) => prompt.clone(),
            None if fields.iter().any(|(name, _)| name == "user_code") => "device".to_owned(),
            None => "logout".to_owned(),
        };
        match question.as_str() {
            "login" => {
                fields.push(("login".to_owned(), "ada".to_owned()));
                fields.push(("password".to_owned(), "any".to_owned()));
            }
            "logout" => fields.push(("logout".to_owned(), "yes".to_owned())),
            _ => {}
        }
        self.asked.push(question);
        Some((action, fields))
    }
}

fn hidden_fields(form: &str) -> Vec<(String, String)> {
    form.split("<input")
        .skip(1)
        .filter(|input| attribute(input, "type") == Some("hidden"))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .map(|(name, value)| {
            let value = html_escape::decode_html_entities(value).into_owned();
            (name.to_owned(), value)
        })
        .collect()
}

/// An attribute of the first element in `text`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let element = &text[..text.find('>')?];
    let value = element.split_once(&format!("{name}=\""))?.1;
    value.split_once('"').map(|(value, _)| value)
}
