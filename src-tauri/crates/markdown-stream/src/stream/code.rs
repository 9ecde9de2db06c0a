//! The open block of code at the top level: grows by line.

use super::growing::Growing;
use super::{MarkdownStream, Open};
use crate::highlight::Highlighter;
use crate::maths::{Insertion, restore};
use crate::parse::Shape;
use crate::sanitise::sanitise;
use crate::tree::{Node, parse};

/// A fenced block whose opening line is complete.
#[derive(Debug)]
pub(super) struct OpenCode {
    /// Where its fence begins.
    pub(super) start: usize,
    pub(super) shape: Shape,
    pub(super) growing: Growing,
    mark: u8,
    fence_len: usize,
    highlighter: Highlighter,
}

impl OpenCode {
    /// `fence` is the text from the fence on.
    pub(super) fn new(
        (start, shape): (usize, Shape),
        fence: &str,
        language: &str,
        growing: Growing,
    ) -> Self {
        let mark = fence.as_bytes().first().copied().unwrap_or(b'`');
        let fence_len = fence.bytes().take_while(|byte| *byte == mark).count();
        Self {
            start,
            shape,
            growing,
            mark,
            fence_len,
            highlighter: Highlighter::new(language),
        }
    }

    /// Reads lines up to the closing fence: their nodes, how many bytes were read, whether it came.
    pub(super) fn lines(
        &mut self,
        text: &str,
        insertions: &[Insertion],
    ) -> (Vec<Node>, usize, bool) {
        let mut html = String::new();
        let mut read = 0;
        let mut closed = false;
        for line in text.split_inclusive('\n') {
            read += line.len();
            if self.closes(line) {
                closed = true;
                break;
            }
            if is_no_line(line) {
                continue;
            }
            // What the scanner took for a formula may have been several lines.
            for line in restore(line, insertions).split_inclusive('\n') {
                self.highlighter.line(line, &mut html);
            }
        }
        (parse(&sanitise(&html)), read, closed)
    }

    /// A line that is not complete, unless it may become the closing fence.
    pub(super) fn partial(&self, line: &str, insertions: &[Insertion]) -> Vec<Node> {
        if line.trim().bytes().all(|byte| byte == self.mark) {
            return Vec::new();
        }
        let mut html = String::new();
        let mut highlighter = self.highlighter.clone();
        for line in restore(line, insertions).split_inclusive('\n') {
            highlighter.line(line, &mut html);
        }
        parse(&sanitise(&html))
    }

    fn closes(&self, line: &str) -> bool {
        let content = line.trim_start_matches(' ');
        let fence = content.trim_end_matches([' ', '\t', '\n']);
        line.len() - content.len() < 4
            && fence.len() >= self.fence_len
            && fence.bytes().all(|byte| byte == self.mark)
    }
}

/// Whether the parser leaves a line away: spaces with which a text ends, as they may stand before a closing
/// fence.
fn is_no_line(line: &str) -> bool {
    line.len() < 4 && line.bytes().all(|byte| byte == b' ')
}

impl MarkdownStream {
    /// Takes the text after the opening line into account.
    pub(super) fn step_code(&mut self, mut open: Box<OpenCode>, end: bool) -> bool {
        let complete = self.complete(end);
        let window = &self.scanner.text()[self.tail..complete];
        let (lines, read, closed) = open.lines(window, self.scanner.insertions());
        self.tail += read;
        let partial = if closed || end {
            Vec::new()
        } else {
            open.partial(&self.rest(self.tail), self.scanner.insertions())
        };
        let ops = open.growing.update(lines, partial);
        if closed || end {
            let html = open.growing.html();
            self.open = Open::Code(open);
            self.change_growing(ops);
            return self.close_growing(html);
        }
        self.open = Open::Code(open);
        self.change_growing(ops);
        false
    }
}
