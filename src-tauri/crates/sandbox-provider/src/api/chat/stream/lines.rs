//! Bytes on their way: line ends, byte order mark, and how they are cut.

use std::{io, time::Duration};

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::mpsc::Sender;

use super::Ended;
use crate::{provider::Provider, scenario::Scenario};

/// Sends lines to the client, in the form that the faults ask for.
pub(crate) struct Lines<'a> {
    provider: &'a Provider,
    sender: Sender<Result<Bytes, io::Error>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(provider: &'a Provider, sender: Sender<Result<Bytes, io::Error>>) -> Self {
        Self { provider, sender }
    }

    /// What comes before the first event.
    pub(crate) async fn begin(&self) -> Result<(), Ended> {
        if self.provider.fails(Scenario::StreamBom) {
            self.bytes(Bytes::from_static(b"\xef\xbb\xbf")).await?;
        }
        Ok(())
    }

    /// One event with JSON data.
    pub(crate) async fn event(&self, data: &Value) -> Result<(), Ended> {
        if self.provider.fails(Scenario::StreamComments) {
            return self
                .raw(&format!(
                    ": still here\n\nid: 7\nretry: 1000\ndata:{data}\n\nevent: ping\n\n"
                ))
                .await;
        }
        self.raw(&format!("data: {data}\n\n")).await
    }

    /// Text with line feeds as line ends.
    pub(crate) async fn raw(&self, text: &str) -> Result<(), Ended> {
        let text = if self.provider.fails(Scenario::StreamCrlf) {
            text.replace('\n', "\r\n")
        } else if self.provider.fails(Scenario::StreamCr) {
            text.replace('\n', "\r")
        } else {
            text.to_owned()
        };
        let bytes = Bytes::from(text);
        if !self.provider.fails(Scenario::StreamBytewise) {
            return self.bytes(bytes).await;
        }
        for index in 0..bytes.len() {
            self.bytes(bytes.slice(index..=index)).await?;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// Bytes as they are.
    pub(crate) async fn bytes(&self, bytes: Bytes) -> Result<(), Ended> {
        tokio::select! {
            sent = self.sender.send(Ok(bytes)) => sent.map_err(|_| Ended::Gone),
            () = self.provider.stop.cancelled() => Err(Ended::Gone),
        }
    }

    /// Breaks the connection.
    pub(crate) async fn reset(&self) {
        // If nobody reads any more, there is nothing left to break.
        let _ = self
            .sender
            .send(Err(io::Error::from(io::ErrorKind::ConnectionReset)))
            .await;
    }

    /// Waits, unless the client goes away meanwhile.
    pub(crate) async fn pause(&self, duration: Duration) -> Result<(), Ended> {
        tokio::select! {
            () = self.sender.closed() => Err(Ended::Gone),
            () = self.provider.stop.cancelled() => Err(Ended::Gone),
            () = tokio::time::sleep(duration) => Ok(()),
        }
    }
}
