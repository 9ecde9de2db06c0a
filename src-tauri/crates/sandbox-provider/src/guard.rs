//! What every request passes first: the Host it names, the outage switch, the end of the sandbox.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{provider::Provider, reply::gateway_page};

/// Serves only requests that name this very listener, so that no web page reaches it under a name of its own
/// (DNS rebinding), and none while an outage is on.
pub(crate) async fn admit(
    State(provider): State<Arc<Provider>>,
    request: Request,
    next: Next,
) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    if host != Some(provider.authority.as_str()) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    if provider.tally.outage.load(Ordering::Relaxed) {
        return gateway_page(StatusCode::SERVICE_UNAVAILABLE);
    }
    tokio::select! {
        response = next.run(request) => response,
        () = provider.stop.cancelled() => gateway_page(StatusCode::SERVICE_UNAVAILABLE),
    }
}
