//! A provider that streams as fast as it can: one write per event.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use anyhow::Context;

use crate::corpus::{self, Shape};

/// How many different events there are; then they repeat. A multiple of every period in the corpus.
const DIFFERENT: usize = 24 * 24 * 13;

/// Serves until its standard input ends, so that it does not outlive whoever started it.
pub(crate) fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}/v1", listener.local_addr()?);
    let plain = events(Shape::Plain);
    let padded = events(Shape::Padded);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for connection in listener.incoming().flatten() {
                let (plain, padded) = (&plain, &padded);
                // A client that hangs up is no fault of the server.
                scope.spawn(move || converse(&connection, plain, padded));
            }
        });
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
        std::process::exit(0)
    })
}

fn events(shape: Shape) -> Vec<Vec<u8>> {
    (0..DIFFERENT)
        .map(|at| http_chunk(&corpus::event(at, shape)))
        .collect()
}

/// In chunked transfer encoding (RFC 9112 section 7.1).
fn http_chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Answers requests on one connection, one after the other. The model's name says what is wanted:
/// `plain-100000` is an answer of 100,000 events.
fn converse(connection: &TcpStream, plain: &[Vec<u8>], padded: &[Vec<u8>]) -> anyhow::Result<()> {
    connection.set_nodelay(true)?;
    let mut requests = BufReader::new(connection);
    let mut answers = connection;
    while let Some(body) = request_body(&mut requests)? {
        let body: serde_json::Value = serde_json::from_slice(&body)?;
        let (shape, chunks) = body["model"]
            .as_str()
            .and_then(|model| model.split_once('-'))
            .context("the model names the answer")?;
        let chunks: usize = chunks.parse()?;
        let events = if shape == "padded" { padded } else { plain };
        answers.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n",
        )?;
        for at in 0..chunks {
            answers.write_all(&events[at % DIFFERENT])?;
        }
        let mut end = http_chunk(&corpus::ending(chunks));
        end.extend_from_slice(b"0\r\n\r\n");
        answers.write_all(&end)?;
    }
    Ok(())
}

/// The next request's body, which has a `content-length` or is chunked; `None` when there is none.
fn request_body(requests: &mut impl BufRead) -> anyhow::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = String::new();
    if requests.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    loop {
        line.clear();
        requests.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').context("a header")?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse()?);
        }
    }
    let mut body = Vec::new();
    if let Some(length) = length {
        requests.by_ref().take(length).read_to_end(&mut body)?;
        return Ok(Some(body));
    }
    loop {
        line.clear();
        requests.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim(), 16).context("a chunk's size")?;
        requests.by_ref().take(size).read_to_end(&mut body)?;
        line.clear();
        requests.read_line(&mut line)?;
        if size == 0 {
            return Ok(Some(body));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn events_repeat_without_a_seam() {
        for at in 0..DIFFERENT {
            let again = corpus::event(at + DIFFERENT, Shape::Padded);
            assert_eq!(corpus::event(at, Shape::Padded), again, "{at}");
        }
    }

    #[test]
    fn bodies_are_read_however_they_are_framed() {
        let known = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let chunked = b"POST / HTTP/1.1\r\nHost: x\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
        for mut bytes in [known.as_slice(), chunked.as_slice()] {
            assert_eq!(request_body(&mut bytes).unwrap().unwrap(), b"{}");
            assert!(request_body(&mut bytes).unwrap().is_none());
        }
    }
}
