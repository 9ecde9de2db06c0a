//! The page by itself in WebKitGTK: the real bundle beside the fake host, served from loopback under
//! the product's own Content-Security-Policy, so that every screen can be reached by its address.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, LazyLock},
    thread,
};

use serde_json::Value;

/// Built once for all tests of a run.
static BUNDLE: LazyLock<PathBuf> = LazyLock::new(build);

/// A server of the showcase, for as long as this process lives.
pub(crate) struct Showcase {
    address: String,
}

impl Showcase {
    pub(crate) fn serve() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let policy: Arc<str> = content_security_policy().into();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let policy = Arc::clone(&policy);
                // A page that went away in the middle is no fault of the server.
                thread::spawn(move || answer(&stream, &policy).ok());
            }
        });
        Self { address }
    }

    /// The address of a state of the window; `query` as in `ui/README.md`.
    pub(crate) fn url(&self, query: &str) -> String {
        format!("{}/?{query}", self.address)
    }
}

fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bundle = root.join("target/showcase");
    let built = Command::new("npm")
        .current_dir(root.join("ui"))
        .args(["exec", "--", "vite", "build", "--mode", "showcase"])
        .args(["--logLevel", "warn", "--emptyOutDir", "--outDir"])
        .arg(&bundle)
        .status()
        .unwrap();
    assert!(built.success(), "the showcase cannot be built");
    bundle
}

/// What `tauri.conf.json` says, as a header.
fn content_security_policy() -> String {
    let config = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json")).unwrap();
    let config: Value = serde_json::from_slice(&config).unwrap();
    let directives = config["app"]["security"]["csp"].as_object().unwrap();
    directives
        .iter()
        .map(|(name, sources)| format!("{name} {}", sources.as_str().unwrap()))
        .collect::<Vec<_>>()
        .join("; ")
}

fn answer(mut stream: &TcpStream, policy: &str) -> std::io::Result<()> {
    let mut request = String::new();
    BufReader::new(stream).read_line(&mut request)?;
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or("/");
    let name = if path == "/" {
        "index.html"
    } else {
        &path[1..]
    };
    let file = (!name.contains("..")).then(|| fs::read(BUNDLE.join(name)).ok());
    let Some(body) = file.flatten() else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    };
    let kind = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {policy}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}
