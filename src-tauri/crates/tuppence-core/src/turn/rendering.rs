//! An answer's Markdown, rendered on a thread of its own while it arrives.
//!
//! The state of a grammar cannot move between threads, as a turn does. Should rendering fail, the words are
//! recorded all the same: a patch is empty then, and the stored answer is rendered anew.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use markdown_stream::{MarkdownStream, PatchOp};

enum Request {
    Push(String),
    Patch(Sender<Vec<PatchOp>>),
    Blocks(Sender<Vec<String>>),
    Finish(Sender<Vec<PatchOp>>),
}

/// One answer's rendering, as [`MarkdownStream`] has it. The thread begins with the first piece and ends
/// with this value.
#[derive(Default)]
pub(super) struct Rendering {
    requests: Option<Sender<Request>>,
}

impl Rendering {
    /// Adds a piece of text; does not wait for it to be rendered.
    pub(super) fn push(&mut self, text: &str) {
        let requests = self.requests.get_or_insert_with(begin);
        // A thread that ended has nobody left to render for.
        let _ = requests.send(Request::Push(text.to_owned()));
    }

    /// What has changed since the last patch; waits for what was pushed to be rendered.
    pub(super) fn take_patch(&self) -> Vec<PatchOp> {
        self.ask(Request::Patch)
    }

    /// All blocks as they are shown now.
    pub(super) fn blocks(&self) -> Vec<String> {
        self.ask(Request::Blocks)
    }

    /// What only the end can settle.
    pub(super) fn finish(&self) -> Vec<PatchOp> {
        self.ask(Request::Finish)
    }

    fn ask<T>(&self, request: impl FnOnce(Sender<Vec<T>>) -> Request) -> Vec<T> {
        let Some(requests) = &self.requests else {
            return Vec::new();
        };
        let (answer, answered) = channel();
        let _ = requests.send(request(answer));
        answered.recv().unwrap_or_default()
    }
}

fn begin() -> Sender<Request> {
    let (sender, requests) = channel();
    let begun = thread::Builder::new()
        .name("answer".to_owned())
        .spawn(move || render(&requests));
    if let Err(error) = begun {
        tracing::error!(%error, "an answer is not shown while it arrives");
    }
    sender
}

fn render(requests: &Receiver<Request>) {
    let mut markdown = MarkdownStream::new();
    for request in requests {
        // Whoever asked may have gone meanwhile.
        match request {
            Request::Push(text) => markdown.push(&text),
            Request::Patch(answer) => drop(answer.send(markdown.take_patch())),
            Request::Finish(answer) => drop(answer.send(markdown.finish())),
            Request::Blocks(answer) => drop(answer.send(markdown.blocks())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_rendered_in_order_before_a_patch_is_taken() {
        let mut rendering = Rendering::default();
        for piece in ["# He", "ading\n\n", "```rust\nlet a = 1;\n```\n"] {
            rendering.push(piece);
        }
        assert!(!rendering.take_patch().is_empty());
        assert!(rendering.take_patch().is_empty());
        rendering.finish();
        let blocks = rendering.blocks();
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].contains("Heading") && blocks[1].contains("hl-keyword"));
    }

    #[test]
    fn an_answer_without_words_has_no_thread() {
        let rendering = Rendering::default();
        assert!(rendering.take_patch().is_empty() && rendering.finish().is_empty());
        assert!(rendering.blocks().is_empty() && rendering.requests.is_none());
    }
}
