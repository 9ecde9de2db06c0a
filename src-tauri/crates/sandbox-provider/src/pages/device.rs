//! Where a person types the code that another device shows.

use axum::{http::StatusCode, response::Response};

use super::layout::{Page, path_of};
use crate::{oauth, provider::Provider};

/// Asks for the code; after one that no device waits with, says so.
pub(crate) fn code_page(provider: &Provider, was_wrong: bool) -> Response {
    let (remark, status) = match was_wrong {
        true => (
            "<p id=\"wrong\" role=\"alert\">No device waits with this code. It may have expired, or been answered already.</p>\n",
            StatusCode::NOT_FOUND,
        ),
        false => ("", StatusCode::OK),
    };
    let body = format!(
        "<h1>Sign in on your other device</h1>\n{remark}\
         <form method=\"get\" action=\"{action}\">\n\
         <label for=\"user_code\">The code that it shows</label>\n\
         <input id=\"user_code\" name=\"user_code\" maxlength=\"20\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" autofocus>\n\
         <div class=\"actions\">\n<button id=\"continue\" class=\"primary\">Continue</button>\n</div>\n</form>\n\
         <p class=\"note\">Type only a code that you see on a device of your own. Nobody else should send you one.</p>",
        action = format_args!("{}{}", path_of(&provider.base), oauth::DEVICE_PAGE),
    );
    Page {
        status,
        title: "Sign in on your other device",
        body,
        form_target: None,
        base: &provider.base,
    }
    .reply()
}
