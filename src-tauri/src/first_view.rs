//! What the window shows first, inside the page itself: its first words need no question to the core.
//!
//! Where the core is not open yet, or could not be opened, the page is as it was built and asks.

use std::borrow::Cow;

use tauri::http::{Request, Response};
use tauri::{AppHandle, Manager as _, Runtime};

use crate::ipc::{self, CoreHandle};
use crate::window;

/// By this id the page finds it (`ui/src/backend/tauri.ts`).
const ID: &str = "app-view";

/// Adds it to the page on its way to the web view, and makes the window suit the person's preferences.
pub(crate) fn add<R: Runtime>(
    app: &AppHandle<R>,
    request: &Request<Vec<u8>>,
    response: &mut Response<Cow<'static, [u8]>>,
) {
    if !matches!(request.uri().path(), "" | "/" | "/index.html") {
        return;
    }
    let Some(core) = app.state::<CoreHandle>().ready() else {
        return;
    };
    window::suit(app, &core.preferences());
    let Ok(view) = serde_json::to_string(&ipc::app_view(&core)) else {
        return;
    };
    if let Some(page) = with_view(response.body(), &view) {
        *response.body_mut() = page.into();
    }
}

/// The page with this JSON as a block of data, which no script policy keeps out; it is no script.
fn with_view(page: &[u8], view: &str) -> Option<Vec<u8>> {
    let page = std::str::from_utf8(page).ok()?;
    let (before, after) = page.split_once("</head>")?;
    // Within a string of JSON this is the same sign, and nothing that ends the element or begins another.
    let view = view.replace('<', "\\u003c");
    let data = format!("<script type=\"application/json\" id=\"{ID}\">{view}</script>");
    Some([before, &data, "</head>", after].concat().into_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::with_view;

    const PAGE: &[u8] = b"<html><head><title>T</title></head><body></body></html>";

    #[test]
    fn no_name_can_leave_the_block_of_data() {
        let name = "</script><script>alert(1)</script><!--";
        let view = serde_json::json!({ "name": name }).to_string();
        let page = String::from_utf8(with_view(PAGE, &view).unwrap()).unwrap();
        let start = page.find("id=\"app-view\">").unwrap() + "id=\"app-view\">".len();
        let data = &page[start..start + page[start..].find('<').unwrap()];
        let read: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(read["name"], name);
        assert!(
            page.ends_with("</script></head><body></body></html>"),
            "{page}"
        );
    }

    #[test]
    fn what_is_no_page_stays_as_it_is() {
        assert!(with_view(b"not found", "{}").is_none());
        assert!(with_view(&[0xff, 0xfe], "{}").is_none());
    }
}
