//! From one tree to the next in small operations.

use crate::patch::{MAX_OP_BYTES, PatchOp};
use crate::tree::{Node, to_html};

/// Where a run of new nodes goes first; what does not fit follows as growth of the last block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// Into a new last block.
    Append,
    /// Into an existing block, in place of all it had.
    Replace(u32),
    /// Into the last block, at this depth, after this many children.
    Grow(u32, u32),
}

/// Turns `old`, the children after the first `keep` at `depth` in the last block, into `new`.
pub(crate) fn diff(old: &[Node], new: &[Node], depth: u32, keep: u32, ops: &mut Vec<PatchOp>) {
    let same = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    if same == old.len() && same == new.len() {
        return;
    }
    let kept = keep + count(same);
    let next = match (old.get(same), new.get(same)) {
        (Some(Node::Element(from)), Some(Node::Element(to)))
            if from.open == to.open
                && !from.is_atomic()
                && !old[same + 1..]
                    .iter()
                    .any(|node| matches!(node, Node::Element(_))) =>
        {
            diff(&from.children, &to.children, depth + 1, 0, ops);
            if old.len() == same + 1 && new.len() == same + 1 {
                return;
            }
            same + 1
        }
        (Some(Node::Text(from)), Some(Node::Text(to)))
            if old.len() == same + 1 && to.starts_with(from.as_str()) =>
        {
            push_text(&to[from.len()..], depth, ops);
            if new.len() == same + 1 {
                return;
            }
            same + 1
        }
        _ => same,
    };
    let kept = kept + count(next - same);
    insert(&new[next..], Place::Grow(depth, kept), ops);
}

/// Puts nodes in place, in as many operations as their size needs.
pub(crate) fn insert(nodes: &[Node], place: Place, ops: &mut Vec<PatchOp>) {
    let (depth, mut kept) = match place {
        Place::Append | Place::Replace(_) => (0, 0),
        Place::Grow(depth, keep) => (depth, keep),
    };
    let mut first = Some(place);
    let mut put = |html: String, kept: u32, ops: &mut Vec<PatchOp>| {
        ops.push(match first.take() {
            Some(Place::Append) => PatchOp::Append { html },
            Some(Place::Replace(block)) => PatchOp::Replace { block, html },
            _ => PatchOp::Grow {
                depth,
                keep: kept,
                html,
            },
        });
    };
    let mut run = 0..0;
    let mut run_bytes = 0;
    for (at, node) in nodes.iter().enumerate() {
        let bytes = node.len();
        if run_bytes + bytes <= MAX_OP_BYTES {
            run.end = at + 1;
            run_bytes += bytes;
            continue;
        }
        if !run.is_empty() {
            put(to_html(&nodes[run.clone()]), kept, ops);
            kept += count(run.len());
        }
        if bytes <= MAX_OP_BYTES {
            (run, run_bytes) = (at..at + 1, bytes);
            continue;
        }
        match node {
            Node::Text(text) => {
                let cut = cut(text);
                put(text[..cut].to_owned(), kept, ops);
                push_text(&text[cut..], depth, ops);
            }
            Node::Element(element) => {
                put(format!("{}</{}>", element.open, element.name), kept, ops);
                insert(&element.children, Place::Grow(depth + 1, 0), ops);
            }
        }
        kept += 1;
        (run, run_bytes) = (at + 1..at + 1, 0);
    }
    if !run.is_empty() || nodes.is_empty() {
        put(to_html(&nodes[run]), kept, ops);
    }
}

/// Appends escaped text to the last text node at `depth`.
fn push_text(mut escaped: &str, depth: u32, ops: &mut Vec<PatchOp>) {
    while !escaped.is_empty() {
        let (piece, rest) = escaped.split_at(cut(escaped));
        let text = html_escape::decode_html_entities(piece).into_owned();
        ops.push(PatchOp::Text { depth, text });
        escaped = rest;
    }
}

/// The longest prefix within the bound that splits neither a character nor an entity.
fn cut(escaped: &str) -> usize {
    if escaped.len() <= MAX_OP_BYTES {
        return escaped.len();
    }
    let mut at = MAX_OP_BYTES;
    while !escaped.is_char_boundary(at) {
        at -= 1;
    }
    if let Some(entity) = escaped[..at].rfind('&')
        && !escaped[entity..at].contains(';')
    {
        at = entity;
    }
    at
}

fn count(nodes: usize) -> u32 {
    u32::try_from(nodes).unwrap_or(u32::MAX)
}
