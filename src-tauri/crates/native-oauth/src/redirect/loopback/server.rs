use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::head::RequestHead;
use super::reply::Reply;

/// The most bytes of a request head. An authorization response has far less.
const HEAD_LIMIT: usize = 8 * 1024;
/// A head must be here within this time, and an answer gone.
const CONNECTION_LIMIT: Duration = Duration::from_secs(5);
/// So many connections may be silent at once. One more, and the oldest of them is closed: a browser
/// sends its request at once, so the honest one is never the oldest for long.
const SILENT_LIMIT: usize = 128;
/// After the answer, what the other side still sends is read for so long, lest the answer be lost.
const DRAIN_LIMIT: Duration = Duration::from_millis(300);

/// Reads requests that are addressed to the listener. Answers everything else by itself.
#[derive(Debug)]
pub(crate) struct LoopbackServer {
    listener: TcpListener,
    host: String,
    readers: JoinSet<Option<Request>>,
    silent: VecDeque<AbortHandle>,
}

/// A request with a well-formed head, and the connection that waits for its answer.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) head: RequestHead,
    stream: TcpStream,
}

impl LoopbackServer {
    pub(crate) fn new(listener: TcpListener) -> io::Result<Self> {
        let host = listener.local_addr()?.to_string();
        Ok(Self {
            listener,
            host,
            readers: JoinSet::new(),
            silent: VecDeque::new(),
        })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The next request. Cancelling the wait loses nothing.
    pub(crate) async fn next(&mut self) -> Request {
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => self.read(stream),
                    // Out of file descriptors, or a connection that was gone at once.
                    Err(_) => sleep(Duration::from_millis(50)).await,
                },
                Some(finished) = self.readers.join_next() => {
                    if let Ok(Some(request)) = finished {
                        return request;
                    }
                }
            }
        }
    }

    fn read(&mut self, stream: TcpStream) {
        self.silent.retain(|reader| !reader.is_finished());
        if self.silent.len() >= SILENT_LIMIT
            && let Some(oldest) = self.silent.pop_front()
        {
            oldest.abort();
        }
        let host = self.host.clone();
        self.silent
            .push_back(self.readers.spawn(read_request(stream, host)));
    }
}

impl Request {
    /// Answers and closes the connection, within a bounded time.
    pub(crate) async fn answer(self, reply: Reply) {
        answer(self.stream, &reply).await;
    }

    /// The same, while the caller goes on.
    pub(crate) fn answer_aside(self, reply: Reply) {
        tokio::spawn(self.answer(reply));
    }
}

/// Reads a head; `None` if there is none, or none that is well formed, which is then answered here.
async fn read_request(mut stream: TcpStream, host: String) -> Option<Request> {
    let head = timeout(CONNECTION_LIMIT, read_head(&mut stream))
        .await
        .ok()??;
    match RequestHead::parse(&head, &host) {
        Ok(head) => Some(Request { head, stream }),
        Err(_) => {
            answer(stream, &Reply::bad_request()).await;
            None
        }
    }
}

/// The bytes up to the first empty line; `None` if the connection ends before. A head that is too long
/// is cut off and will not parse.
async fn read_head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while head.len() < HEAD_LIMIT {
        let read = stream.read(&mut part).await.ok().filter(|&read| read > 0)?;
        head.extend_from_slice(part.get(..read)?);
        if let Some(end) = head.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            head.truncate(end + 4);
            return Some(head);
        }
        // What can never become a request (TLS, noise) is not waited for.
        if !head.first().is_some_and(u8::is_ascii_uppercase) {
            break;
        }
    }
    Some(Vec::new())
}

async fn answer(mut stream: TcpStream, reply: &Reply) {
    let bytes = reply.to_bytes();
    let written = timeout(CONNECTION_LIMIT, async {
        stream.write_all(&bytes).await?;
        stream.shutdown().await
    });
    if matches!(written.await, Ok(Ok(()))) {
        // Closing with unread bytes would reset the connection and may discard the answer.
        let mut rest = [0; 1024];
        let drained = async { while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {} };
        let _ = timeout(DRAIN_LIMIT, drained).await;
    }
}
