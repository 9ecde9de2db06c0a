//! `markdown-window ENGINE`: shows one streamed answer in a web view and prints, as JSON, how long it
//! took. What the page measures is in `../../page/src/main.jsx`.


mod answer;

use std::io::Write as _;

use markdown_stream::{MarkdownStream, PatchOp};
use serde::Serialize;
use tauri::ipc::Channel;

/// What crosses to the page at once: a patch for each piece, in the shape that the product's window gets.
#[derive(Clone, Serialize)]
struct Message {
    patches: Vec<Vec<Op>>,
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

/// Renders piece by piece and sends a message for every so many, without waiting for the page. The
/// product sends at most thirty a second, each with all that came since the one before.
#[tauri::command]
async fn stream(pieces_per_message: usize, channel: Channel<Message>) -> Result<(), String> {
    let ops = |ops: Vec<PatchOp>| ops.into_iter().map(Op::from).collect();
    let send = |patches, last| {
        channel.send(Message { patches, last }).map_err(|error| error.to_string())
    };
    let mut stream = MarkdownStream::new();
    for pieces in answer::pieces().chunks(pieces_per_message.max(1)) {
        let mut patches = Vec::with_capacity(pieces.len());
        for piece in pieces {
            stream.push(piece);
            patches.push(ops(stream.take_patch()));
        }
        send(patches, false)?;
    }
    send(vec![ops(stream.finish())], true)
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
