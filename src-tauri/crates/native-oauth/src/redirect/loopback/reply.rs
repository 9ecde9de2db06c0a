use std::fmt;

use crate::redirect::page::content_security_policy;

/// An answer. Each has the headers that keep what was in its address from spreading.
#[derive(Clone)]
pub(crate) struct Reply {
    status: &'static str,
    content_type: &'static str,
    location: Option<String>,
    body: String,
}

impl Reply {
    /// A completion page.
    pub(crate) fn page(html: String) -> Self {
        Self {
            status: "200 OK",
            content_type: "text/html; charset=utf-8",
            location: None,
            body: html,
        }
    }

    /// On to the authorization server.
    pub(crate) fn found(location: &str) -> Self {
        Self::redirect("302 Found", location)
    }

    /// On to a page of our own, leaving the query behind.
    pub(crate) fn see_other(location: &str) -> Self {
        Self::redirect("303 See Other", location)
    }

    pub(crate) fn bad_request() -> Self {
        Self::text(
            "400 Bad Request",
            "This request is not part of the sign-in.\n",
        )
    }

    pub(crate) fn not_found() -> Self {
        Self::text("404 Not Found", "There is nothing here.\n")
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::text("405 Method Not Allowed", "Only GET is answered here.\n")
    }

    pub(crate) fn gone() -> Self {
        Self::text(
            "410 Gone",
            "This address was used before. Go back to the application and try again.\n",
        )
    }

    fn redirect(status: &'static str, location: &str) -> Self {
        Self {
            location: Some(location.to_owned()),
            ..Self::text(status, "")
        }
    }

    fn text(status: &'static str, body: &str) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            location: None,
            body: body.to_owned(),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: {}\r\n",
            self.status,
            self.content_type,
            self.body.len(),
            content_security_policy(),
        );
        if self.status.starts_with("405") {
            text.push_str("Allow: GET\r\n");
        }
        if let Some(location) = &self.location {
            // `Url` and our own paths have no line breaks; should one come from anywhere, it ends the value.
            let location = location.split(['\r', '\n']).next().unwrap_or_default();
            text.push_str(&format!("Location: {location}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(&self.body);
        text.into_bytes()
    }
}

/// Without where it leads, which may be the authorization URL.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reply").field(&self.status).finish()
    }
}
