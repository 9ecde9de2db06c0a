//! The renderer's state between two pieces of text.

mod code;
mod growing;
mod late;
mod list;
mod opening;
mod reconcile;
mod steps;

use crate::code::CodeCache;
use crate::definitions::Definitions;
use crate::diff::{Place, diff, insert};
use crate::maths::Scanner;
use crate::newlines::Newlines;
use crate::parse::Shape;
use crate::patch::PatchOp;
use crate::tree::{Node, parse, to_html};
use code::OpenCode;
use late::Waiting;
use list::OpenList;

/// What is rendered again for every patch, as long as it is no larger: an open block, the last item
/// of a list, the last line of code.
const SMALL_WINDOW: usize = 8 * 1024;
/// Beyond this, it waits for even more text before it is rendered again.
const LARGE_WINDOW: usize = 64 * 1024;

/// Markdown that is still arriving.
///
/// Push text as it comes, take a patch per frame, finish once. Work per patch depends on the size
/// of the block that is still open, not on that of the text; an open block that is itself very long
/// is rendered less often, so that the whole stays proportional to the text.
#[derive(Debug, Default)]
pub struct MarkdownStream {
    newlines: Newlines,
    scanner: Scanner,
    definitions: Definitions,
    code: CodeCache,
    finals: Vec<FinalBlock>,
    waiting: Waiting,
    /// Where the text begins that may still change what is shown.
    tail: usize,
    /// Up to where `finals` and `open` took complete lines into account.
    settled_to: usize,
    open: Open,
    /// Blocks that are shown after the final ones and the growing one, and may change.
    shown: Vec<Vec<Node>>,
    /// The length of text from which on the next rendering is due.
    due: usize,
    ops: Vec<PatchOp>,
}

/// A block that only what comes later in the whole text, such as a definition, can change.
#[derive(Debug)]
struct FinalBlock {
    start: usize,
    end: usize,
    shape: Shape,
    html: String,
}

/// The block at the end.
#[derive(Debug, Default)]
enum Open {
    /// One that is rendered whole.
    #[default]
    Small,
    Code(Box<OpenCode>),
    List(Box<OpenList>),
}

impl MarkdownStream {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text; any split of a text gives the same result in the end.
    pub fn push(&mut self, text: &str) {
        self.newlines.push(text, self.scanner.incoming());
    }

    /// What changed since the last patch.
    #[must_use = "a patch that is not applied leaves the view behind"]
    pub fn take_patch(&mut self) -> Vec<PatchOp> {
        self.scanner.advance(false);
        let len = self.scanner.text().len() + self.scanner.undecided().len();
        if len >= self.due {
            self.update(false);
            self.revise();
            let window = len.saturating_sub(self.tail);
            let wait = match window {
                0..SMALL_WINDOW => 0,
                SMALL_WINDOW..LARGE_WINDOW => window / 16,
                _ => window / 4,
            };
            self.due = len + wait;
        }
        std::mem::take(&mut self.ops)
    }

    /// The text is complete: the last patch, after which the blocks are those of
    /// [`render_blocks`](crate::render_blocks).
    #[must_use = "a patch that is not applied leaves the view behind"]
    pub fn finish(&mut self) -> Vec<PatchOp> {
        self.scanner.advance(true);
        self.update(true);
        self.reconcile();
        std::mem::take(&mut self.ops)
    }

    /// The HTML of all blocks as they were last patched.
    #[must_use]
    pub fn blocks(&self) -> Vec<String> {
        let finals = self.finals.iter().map(|block| block.html.clone());
        let growing = match &self.open {
            Open::Small => None,
            Open::Code(code) => Some(code.growing.html()),
            Open::List(list) => Some(list.growing.html()),
        };
        finals
            .chain(growing)
            .chain(self.shown.iter().map(|nodes| to_html(nodes)))
            .collect()
    }

    /// How many blocks stand before `shown`.
    fn base(&self) -> usize {
        self.finals.len() + usize::from(!matches!(self.open, Open::Small))
    }

    /// Shows these blocks in place of those that may change.
    fn show(&mut self, blocks: Vec<Vec<Node>>) {
        let base = self.base();
        for (at, block) in blocks.iter().enumerate() {
            match self.shown.get(at) {
                None => insert(block, Place::Append, &mut self.ops),
                Some(old) => {
                    let mut ops = Vec::new();
                    diff(old, block, 0, 0, &mut ops);
                    self.change_block(base, at, ops);
                }
            }
        }
        if self.shown.len() > blocks.len() {
            self.ops.push(truncate(base + blocks.len()));
        }
        self.shown = blocks;
    }

    /// Shows a block in place of the first one that may change, and makes it final.
    fn settle(&mut self, block: FinalBlock) {
        let nodes = parse(&block.html);
        if self.shown.is_empty() {
            insert(&nodes, Place::Append, &mut self.ops);
        } else {
            let mut ops = Vec::new();
            diff(&self.shown[0], &nodes, 0, 0, &mut ops);
            self.change_block(self.finals.len(), 0, ops);
            self.shown.remove(0);
        }
        self.add_final(block, false);
    }

    /// Applies operations to block number `at` of `shown`, which must be the last one for that.
    fn change_block(&mut self, base: usize, at: usize, ops: Vec<PatchOp>) {
        if ops.is_empty() {
            return;
        }
        if self.shown.len() > at + 1 {
            self.ops.push(truncate(base + at + 1));
            self.shown.truncate(at + 1);
        }
        self.ops.extend(ops);
    }

    /// Applies operations to the growing block, which must be the last one for that.
    fn change_growing(&mut self, ops: Vec<PatchOp>) {
        if ops.is_empty() {
            return;
        }
        if !self.shown.is_empty() {
            self.ops.push(truncate(self.base()));
            self.shown.clear();
        }
        self.ops.extend(ops);
    }

    /// Shows the shell of a growing block in place of the first one that may change; children that
    /// are shown already are handed over.
    fn adopt(&mut self, shell: &str, depth: u32) -> Vec<Node> {
        let shell = parse(shell);
        if self.shown.is_empty() {
            insert(&shell, Place::Append, &mut self.ops);
            return Vec::new();
        }
        let mut left = self.shown[0].clone();
        if let Some(children) = growing::take_children(&mut left, depth)
            && left == shell
        {
            self.shown.remove(0);
            return children;
        }
        let mut ops = Vec::new();
        diff(&self.shown[0], &shell, 0, 0, &mut ops);
        self.change_block(self.finals.len(), 0, ops);
        self.shown.remove(0);
        Vec::new()
    }
}

fn truncate(from: usize) -> PatchOp {
    PatchOp::Truncate {
        from: u32::try_from(from).unwrap_or(u32::MAX),
    }
}
