//! Private addresses for pages whose own address is not for a process list.

use native_oauth::launch::open_privately;
use url::Url;

use crate::browser::{assert_closed, get};

/// Checklist 130.
#[tokio::test]
async fn a_private_address_leads_on_once() {
    let secret = Url::parse("https://provider.example/end?id_token_hint=secret").unwrap();
    let private = open_privately(secret.clone()).await.unwrap();
    assert!(!private.as_str().contains("secret"));
    let mut guessed = private.clone();
    guessed.set_path("/launch/guessed");
    assert_eq!(get(&guessed).await.status, 404);
    let page = get(&private).await;
    assert_eq!((page.status, page.location()), (302, secret.as_str()));
    assert_closed(&private).await;
}
