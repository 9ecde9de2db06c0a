//! A page on loopback for the browsers to look at.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener},
    thread,
};

const PAGE: &str = r#"<!doctype html><html lang="en"><title>Till</title>
<label>Name <input id="name" data-testid="name"></label>
<button id="greet" data-testid="greet">Greet</button>
<p data-testid="greeting" role="status"></p>
<p data-testid="late" hidden>late</p>
<p data-testid="scheme"></p>
<script>
  const by = (id) => document.querySelector(`[data-testid=${id}]`);
  by('greet').onclick = () => {
    by('greeting').textContent = 'Hello ' + by('name').value;
    setTimeout(() => { by('late').hidden = false; }, 150);
  };
  addEventListener('keydown', (e) => {
    if (e.ctrlKey && e.key === 'm') by('greeting').textContent = 'chord';
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => { by('scheme').textContent = dark.matches ? 'dark' : 'light'; };
  dark.onchange = show; show();
</script></html>"#;

/// Serves the page at `/page`, a redirect to it at `/go`, until the test process ends; returns
/// the origin.
pub(crate) fn serve() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let request = lines
                    .next()
                    .unwrap_or_else(|| Ok(String::new()))
                    .unwrap_or_default();
                while lines
                    .next()
                    .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
                {}
                let (status, header, body) = match request.split(' ').nth(1) {
                    Some("/page") => ("200 OK", "content-type: text/html", PAGE),
                    Some("/go") => ("302 Found", "location: /page", ""),
                    _ => ("404 Not Found", "content-type: text/plain", ""),
                };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\n{header}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
            });
        }
    });
    origin
}
