//! The server: one reply per request, written step by step.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use url::Url;

/// A request as received.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The access token, if one was sent.
    pub fn token(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }
}

/// One thing that the server does with an open connection.
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Does nothing for a while.
    Wait(Duration),
    /// Waits until the client closes the connection, and tells [`Server::closed`].
    Hold,
    /// Sends the same bytes so many times, or until the client is gone.
    Repeat(Vec<u8>, usize),
    /// Closes with a reset.
    Reset,
}

/// What a request is answered with. The connection is closed after the last step.
pub type Reply = Vec<Step>;

/// A server that runs until it is dropped.
pub struct Server {
    pub base: Url,
    state: Arc<State>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    requests: Mutex<Vec<Request>>,
    closed: Notify,
}

impl Server {
    /// Starts a server that answers with `reply`.
    pub async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let state = Arc::new(State::default());
        let reply: Arc<dyn Fn(&Request) -> Reply + Send + Sync> = Arc::new(reply);
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(socket, Arc::clone(&reply), Arc::clone(&shared)));
            }
        });
        Self {
            base: Url::parse(&base).unwrap(),
            state,
            task,
        }
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// Waits until a held connection was closed by the client, for at most `limit`.
    pub async fn closed(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, self.state.closed.notified())
            .await
            .is_ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut socket: TcpStream,
    reply: Arc<dyn Fn(&Request) -> Reply + Send + Sync>,
    state: Arc<State>,
) {
    let Some(request) = read_request(&mut socket).await else {
        return;
    };
    state.requests.lock().unwrap().push(request.clone());
    for step in reply(&request) {
        let sent = match step {
            Step::Send(bytes) => socket.write_all(&bytes).await,
            Step::Wait(time) => {
                tokio::time::sleep(time).await;
                Ok(())
            }
            Step::Hold => {
                let mut rest = [0; 64];
                while matches!(socket.read(&mut rest).await, Ok(1..)) {}
                state.closed.notify_one();
                return;
            }
            Step::Repeat(bytes, times) => repeat(&mut socket, &bytes, times).await,
            Step::Reset => {
                // The client must have what was sent before, or the reset overtakes it.
                tokio::time::sleep(Duration::from_millis(50)).await;
                socket.set_zero_linger().unwrap();
                return;
            }
        };
        if sent.is_err() {
            state.closed.notify_one();
            return;
        }
    }
    let _ = socket.shutdown().await;
}

async fn repeat(socket: &mut TcpStream, bytes: &[u8], times: usize) -> std::io::Result<()> {
    for _ in 0..times {
        socket.write_all(bytes).await?;
    }
    Ok(())
}

async fn read_request(socket: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < head_end + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(bytes[head_end..].to_vec()).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

/// A whole reply.
pub fn page(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    vec![Step::Send([head.as_bytes(), body].concat())]
}

/// A whole reply of JSON.
pub fn json(status: u16, body: &str) -> Reply {
    page(status, "Content-Type: application/json\r\n", body)
}

/// The head of an event stream that ends where the connection does, then `steps`.
pub fn stream(steps: impl IntoIterator<Item = Step>) -> Reply {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Chutes-InvocationID: inv-1\r\nConnection: close\r\n\r\n";
    let head = Step::Send(head.as_bytes().to_vec());
    std::iter::once(head).chain(steps).collect()
}

impl From<&str> for Step {
    fn from(text: &str) -> Self {
        Self::Send(text.as_bytes().to_vec())
    }
}

impl From<String> for Step {
    fn from(text: String) -> Self {
        Self::Send(text.into_bytes())
    }
}
