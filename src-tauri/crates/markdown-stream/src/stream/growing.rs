//! A block that grows by children: lines of code, items of a list.

use crate::diff::diff;
use crate::patch::PatchOp;
use crate::tree::{Node, parse, to_html};

/// The shown state of such a block.
#[derive(Debug)]
pub(super) struct Growing {
    prefix: String,
    suffix: &'static str,
    depth: u32,
    /// HTML and number of the children that stay as they are.
    settled: String,
    count: u32,
    /// Children that may still change.
    tail: Vec<Node>,
}

impl Growing {
    /// A block of which only the shell, and perhaps some children that may change, are shown.
    pub(super) fn new(shell: &str, suffix: &'static str, depth: u32, tail: Vec<Node>) -> Self {
        let prefix = shell.strip_suffix(suffix).unwrap_or(shell).to_owned();
        Self {
            prefix,
            suffix,
            depth,
            settled: String::new(),
            count: 0,
            tail,
        }
    }

    /// Settles some children; `tail` are those that follow and may change.
    pub(super) fn update(&mut self, settled: Vec<Node>, tail: Vec<Node>) -> Vec<PatchOp> {
        let mut ops = Vec::new();
        let html = to_html(&settled);
        let added = u32::try_from(settled.len()).unwrap_or(u32::MAX);
        let tail_len = tail.len();
        let mut now = settled;
        now.extend(tail);
        diff(&self.tail, &now, self.depth, self.count, &mut ops);
        self.settled.push_str(&html);
        self.count += added;
        self.tail = now.split_off(now.len() - tail_len);
        ops
    }

    /// Whether any child stays as it is.
    pub(super) fn has_settled(&self) -> bool {
        self.count > 0
    }

    /// Makes every child one that may change.
    pub(super) fn unsettle(&mut self) {
        let mut tail = parse(&self.settled);
        tail.append(&mut self.tail);
        self.tail = tail;
        self.settled.clear();
        self.count = 0;
    }

    /// The HTML of the whole block.
    pub(super) fn html(&self) -> String {
        let tail = to_html(&self.tail);
        [&self.prefix, self.settled.as_str(), &tail, self.suffix].concat()
    }
}

/// Takes the children out of the element `depth` levels down, so that what is left is a shell.
pub(super) fn take_children(nodes: &mut [Node], depth: u32) -> Option<Vec<Node>> {
    let Some(Node::Element(element)) = nodes.last_mut() else {
        return None;
    };
    if depth == 1 {
        return Some(std::mem::take(&mut element.children));
    }
    take_children(&mut element.children, depth - 1)
}
