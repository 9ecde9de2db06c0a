//! One streamed answer over HTTP.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::ChatEvent;
use super::decoder::Decoder;
use super::pace::{Dry, Pace};
use crate::error::{ApiError, Detail};
use crate::sse::{EventReader, TooLong};

/// How much and how long a stream may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamLimits {
    /// Longest wait for the response to begin; providers answer with the model's first token.
    pub first_byte: Duration,
    /// Longest silence within the response. Keep-alive comments break the silence.
    pub idle: Duration,
    /// Longest wait for the figures of an answer whose text is complete.
    pub settle: Duration,
    /// Longest line, and longest event, in bytes.
    pub line: usize,
    /// Longest response, in bytes after decompression.
    pub total: u64,
}

impl Default for StreamLimits {
    /// 3 minutes to begin, 60 s of silence, 5 s to settle, lines of 1 MiB, 64 MiB in all.
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(180),
            idle: Duration::from_secs(60),
            settle: Duration::from_secs(5),
            line: 1 << 20,
            total: 64 << 20,
        }
    }
}

/// The answer as it arrives: a [`Stream`] of [`ChatEvent`]s that begins with `Started` and ends with
/// `Finished` or an error.
///
/// Dropping it closes the connection. So does cancelling, of which the task that waits on the stream
/// is woken at once; the stream then ends with [`ApiError::Cancelled`], after what had arrived.
///
/// Pieces that come less than a millisecond apart are taken every 4 ms, several at once.
pub struct ChatStream {
    body: Option<Body>,
    reader: EventReader,
    decoder: Decoder,
    queue: VecDeque<ChatEvent>,
    failure: Option<ApiError>,
    cancelled: Pin<Box<WaitForCancellationFutureOwned>>,
    limits: StreamLimits,
    received: u64,
    last_byte: Instant,
    alarm: Pin<Box<Sleep>>,
    pace: Pace,
    /// Until when pieces are gathered, while they are.
    gathering: Option<Pin<Box<Sleep>>>,
}

type Body = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;

impl ChatStream {
    /// Reads `body`, the body of a successful response.
    pub(crate) fn new(
        body: impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static,
        invocation_id: Option<String>,
        play_money: bool,
        limits: StreamLimits,
        cancel: CancellationToken,
    ) -> Self {
        let now = Instant::now();
        Self {
            body: Some(Box::pin(body)),
            reader: EventReader::new(limits.line),
            decoder: Decoder::new(play_money),
            queue: VecDeque::from([ChatEvent::Started { invocation_id }]),
            failure: None,
            cancelled: Box::pin(cancel.cancelled_owned()),
            limits,
            received: 0,
            last_byte: now,
            alarm: Box::pin(tokio::time::sleep_until(now + limits.idle)),
            pace: Pace::new(now),
            gathering: None,
        }
    }

    /// The provider's id of the response, once one came: for receipts and its support.
    #[must_use]
    pub fn response_id(&self) -> Option<&str> {
        self.decoder.response_id()
    }

    /// Ends the stream after what is queued.
    fn fail(&mut self, error: ApiError) {
        self.body = None;
        self.decoder.flush(&mut self.queue);
        self.failure = Some(error);
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), StreamFault> {
        self.received += bytes.len() as u64;
        if self.received > self.limits.total {
            return Err(StreamFault::TooLarge(self.limits.total));
        }
        let Self {
            reader,
            decoder,
            queue,
            ..
        } = self;
        reader.feed(bytes, &mut |record| Ok(decoder.record(&record, queue)?))
    }

    fn end(&mut self) -> Result<(), StreamFault> {
        let Self {
            reader,
            decoder,
            queue,
            ..
        } = self;
        reader.finish(&mut |record| -> Result<(), StreamFault> {
            Ok(decoder.record(&record, queue)?)
        })?;
        Ok(decoder.end(queue)?)
    }

    /// The end of the response, in order or not. An answer that is complete stays so.
    fn conclude(&mut self, otherwise: Option<ApiError>) {
        self.body = None;
        let result = match otherwise {
            Some(error) if !self.decoder.is_complete() => Err(StreamFault::Api(error)),
            _ => self.end(),
        };
        if let Err(fault) = result {
            let error = fault.into_error(&self.limits);
            self.fail(error);
        }
    }

    /// Waits for bytes, for at most as long as silence is allowed.
    fn poll_body(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(gathering) = &mut self.gathering {
            ready!(gathering.as_mut().poll(cx));
            self.gathering = None;
        }
        let Some(body) = &mut self.body else {
            return Poll::Ready(());
        };
        if let Poll::Ready(next) = body.as_mut().poll_next(cx) {
            match next {
                Some(Ok(bytes)) => self.received_bytes(&bytes),
                Some(Err(error)) => {
                    tracing::debug!(error = %error.without_url(), "the stream broke");
                    self.conclude(Some(ApiError::StreamInterrupted {
                        detail: Detail::default(),
                    }));
                }
                None => self.conclude(None),
            }
            return Poll::Ready(());
        }
        match self.pace.ran_dry(Instant::now()) {
            Dry::Wait => {}
            Dry::Yield => {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            Dry::GatherUntil(until) => {
                let mut gathering = Box::pin(tokio::time::sleep_until(until));
                if gathering.as_mut().poll(cx).is_pending() {
                    self.gathering = Some(gathering);
                    return Poll::Pending;
                }
            }
        }
        let patience = if self.decoder.is_complete() {
            self.limits.settle
        } else {
            self.limits.idle
        };
        // The alarm is not set anew with every chunk, only when it rings or has to ring earlier.
        let deadline = self.last_byte + patience;
        if deadline < self.alarm.deadline() {
            self.alarm.as_mut().reset(deadline);
        }
        loop {
            ready!(self.alarm.as_mut().poll(cx));
            if Instant::now() >= deadline {
                self.conclude(Some(ApiError::Stalled { after: patience }));
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(deadline);
        }
    }

    fn received_bytes(&mut self, bytes: &[u8]) {
        self.pace.read();
        self.last_byte = Instant::now();
        match self.take(bytes) {
            Ok(()) if self.decoder.is_finished() => self.body = None,
            Ok(()) => {}
            Err(fault) => {
                let error = fault.into_error(&self.limits);
                self.fail(error);
            }
        }
    }
}

impl Stream for ChatStream {
    type Item = Result<ChatEvent, ApiError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.body.is_some() && this.cancelled.as_mut().poll(cx).is_ready() {
            this.fail(ApiError::Cancelled);
        }
        loop {
            if let Some(event) = this.queue.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            if let Some(error) = this.failure.take() {
                return Poll::Ready(Some(Err(error)));
            }
            if this.body.is_none() {
                return Poll::Ready(None);
            }
            ready!(this.poll_body(cx));
        }
    }
}

impl std::fmt::Debug for ChatStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatStream")
            .field("open", &self.body.is_some())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

/// What can be wrong with bytes.
enum StreamFault {
    Api(ApiError),
    LineTooLong,
    TooLarge(u64),
}

impl StreamFault {
    fn into_error(self, limits: &StreamLimits) -> ApiError {
        match self {
            Self::Api(error) => error,
            Self::LineTooLong => ApiError::TooLarge {
                limit: limits.line as u64,
            },
            Self::TooLarge(limit) => ApiError::TooLarge { limit },
        }
    }
}

impl From<ApiError> for StreamFault {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<TooLong> for StreamFault {
    fn from(_: TooLong) -> Self {
        Self::LineTooLong
    }
}
