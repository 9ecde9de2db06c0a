//! `markdown-window ENGINE`: shows one streamed answer in a web view and prints, as JSON, how long it
//! took. What the page measures is in `../../page/src/main.jsx`.


mod answer;

use std::io::Write as _;

use markdown_stream::{MarkdownStream, PatchOp};
use serde::Serialize;
use tauri::ipc::Channel;

/// What crosses to the page, in the shape that the product's window gets.
#[derive(Clone, Serialize)]
struct Patch {
    ops: Vec<Op>,
    last: bool,
}

#[derive(Clone, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
enum Op {
    Append { html: String },
    Grow { depth: u32, keep: u32, html: String },
    Text { depth: u32, text: String },
    Replace { block: u32, html: String },
    Truncate { from: u32 },
}

impl From<PatchOp> for Op {
    fn from(op: PatchOp) -> Self {
        match op {
            PatchOp::Append { html } => Self::Append { html },
            PatchOp::Grow { depth, keep, html } => Self::Grow { depth, keep, html },
            PatchOp::Text { depth, text } => Self::Text { depth, text },
            PatchOp::Replace { block, html } => Self::Replace { block, html },
            PatchOp::Truncate { from } => Self::Truncate { from },
        }
    }
}

#[tauri::command]
fn engine() -> Option<String> {
    std::env::args().nth(1)
}

#[tauri::command]
fn pieces() -> Vec<String> {
    answer::pieces()
}

/// Renders piece by piece and sends a message for each, without waiting for the page. The product
/// sends at most one a frame.
#[tauri::command]
async fn stream(channel: Channel<Patch>) -> Result<(), String> {
    let send = |ops: Vec<PatchOp>, last| {
        let ops = ops.into_iter().map(Op::from).collect();
        channel.send(Patch { ops, last }).map_err(|error| error.to_string())
    };
    let mut stream = MarkdownStream::new();
    for piece in answer::pieces() {
        stream.push(&piece);
        send(stream.take_patch(), false)?;
    }
    send(stream.finish(), true)
}

#[tauri::command]
fn report(app: tauri::AppHandle, found: serde_json::Value) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{found}").and_then(|()| out.flush());
    app.exit(0);
}

fn main() {
    // As the product does while its window opens.
    std::thread::spawn(markdown_stream::warm_up);
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![engine, pieces, stream, report])
        .run(tauri::generate_context!())
        .expect("a window");
}
