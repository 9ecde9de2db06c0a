//! A web view in miniature: applies patches to real HTML trees, as the transcript does.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub(crate) mod oracle;

use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markdown_stream::{MAX_OP_BYTES, MarkdownStream, PatchOp};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};

/// The blocks as the web view holds them: one `div` each.
#[derive(Default)]
pub(crate) struct View {
    blocks: Vec<Handle>,
    /// Bytes of HTML and text received.
    pub(crate) received: usize,
    /// Operations received.
    pub(crate) operations: usize,
}

impl View {
    pub(crate) fn apply(&mut self, ops: &[PatchOp]) {
        for op in ops {
            self.received += op.payload_len();
            self.operations += 1;
            assert!(
                op.payload_len() <= MAX_OP_BYTES,
                "an operation of {} bytes",
                op.payload_len()
            );
            match op {
                PatchOp::Append { html } => {
                    let block = element("div");
                    append(&block, html);
                    self.blocks.push(block);
                }
                PatchOp::Grow { depth, keep, html } => {
                    let parent = self.descend(*depth);
                    let keep = *keep as usize;
                    let have = parent.children.borrow().len();
                    assert!(keep <= have, "keep {keep} of {have}");
                    parent.children.borrow_mut().truncate(keep);
                    append(&parent, html);
                }
                PatchOp::Text { depth, text } => {
                    let parent = self.descend(*depth);
                    let last = parent.children.borrow().iter().rev().find_map(|child| {
                        matches!(child.data, NodeData::Text { .. }).then(|| child.clone())
                    });
                    match last.as_deref().map(|node| &node.data) {
                        Some(NodeData::Text { contents }) => {
                            contents.borrow_mut().push_slice(text);
                        }
                        _ => {
                            let contents = std::cell::RefCell::new(text.as_str().into());
                            parent
                                .children
                                .borrow_mut()
                                .push(Node::new(NodeData::Text { contents }));
                        }
                    }
                }
                PatchOp::Replace { block, html } => {
                    let block = self
                        .blocks
                        .get(*block as usize)
                        .expect("a block to replace");
                    block.children.borrow_mut().clear();
                    append(block, html);
                }
                PatchOp::Truncate { from } => {
                    let from = *from as usize;
                    assert!(from < self.blocks.len(), "nothing to drop");
                    self.blocks.truncate(from);
                }
            }
        }
    }

    fn descend(&self, depth: u32) -> Handle {
        let mut node = self.blocks.last().expect("a last block").clone();
        for _ in 0..depth {
            let next = node.children.borrow().iter().rev().find_map(|child| {
                matches!(child.data, NodeData::Element { .. }).then(|| child.clone())
            });
            node = next.expect("an element to descend into");
        }
        node
    }

    /// The DOM of each block in a canonical form.
    pub(crate) fn dom(&self) -> Vec<String> {
        self.blocks
            .iter()
            .map(|block| canonical(&block.children.borrow()))
            .collect()
    }
}

fn element(name: &str) -> Handle {
    let name = QualName::new(None, ns!(html), name.into());
    Node::new(NodeData::Element {
        name,
        attrs: Default::default(),
        template_contents: Default::default(),
        mathml_annotation_xml_integration_point: false,
    })
}

/// Appends the nodes of `html`, parsed in the context of `parent`.
fn append(parent: &Handle, html: &str) {
    let NodeData::Element { name, .. } = &parent.data else {
        panic!("no element")
    };
    let nodes = fragment(name.clone(), html);
    parent.children.borrow_mut().extend(nodes);
}

fn fragment(context: QualName, html: &str) -> Vec<Rc<Node>> {
    let dom = parse_fragment(
        RcDom::default(),
        ParseOpts::default(),
        context,
        Vec::new(),
        false,
    )
    .one(html);
    let root = dom.document.children.borrow()[0].clone();
    std::mem::take(&mut *root.children.borrow_mut())
}

/// The DOM of some HTML in a canonical form.
pub(crate) fn dom_of(html: &str) -> String {
    canonical(&fragment(
        QualName::new(None, ns!(html), local_name!("div")),
        html,
    ))
}

/// Elements, sorted attributes, texts merged; white space between elements does not count.
pub(crate) fn canonical(nodes: &[Handle]) -> String {
    let mut out = String::new();
    write(nodes, &mut out);
    out
}

fn write(nodes: &[Handle], out: &mut String) {
    let mut text = String::new();
    for node in nodes {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                flush(&mut text, out);
                let mut attrs: Vec<String> = attrs
                    .borrow()
                    .iter()
                    .map(|a| format!(" {}={:?}", a.name.local, &*a.value))
                    .collect();
                attrs.sort();
                out.push_str(&format!(
                    "<{}:{}{}>",
                    short(&name.ns),
                    name.local,
                    attrs.concat()
                ));
                write(&node.children.borrow(), out);
                out.push_str(&format!("</{}>", name.local));
            }
            other => panic!("unexpected node {other:?}"),
        }
    }
    flush(&mut text, out);
}

fn short(namespace: &str) -> &str {
    namespace.rsplit('/').next().unwrap_or_default()
}

fn flush(text: &mut String, out: &mut String) {
    if !(text.contains('\n') && text.trim().is_empty()) {
        out.push_str(&format!("{text:?}"));
    }
    text.clear();
}

/// Every element of some nodes, depth first.
pub(crate) fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    fn collect(nodes: &[Handle], out: &mut Vec<(String, Vec<(String, String)>)>) {
        for node in nodes {
            if let NodeData::Element { name, attrs, .. } = &node.data {
                let attrs = attrs.borrow();
                let attrs = attrs
                    .iter()
                    .map(|a| (a.name.local.to_string(), a.value.to_string()));
                out.push((name.local.to_string(), attrs.collect()));
            }
            collect(&node.children.borrow(), out);
        }
    }
    let mut out = Vec::new();
    collect(
        &fragment(QualName::new(None, ns!(html), local_name!("div")), html),
        &mut out,
    );
    out
}

/// Streams a text cut at these places, one patch for each piece, and gives back the view.
pub(crate) fn stream(text: &str, cuts: &[usize]) -> (View, Vec<String>) {
    let mut stream = MarkdownStream::new();
    let mut view = View::default();
    let mut from = 0;
    for &cut in cuts.iter().chain([&text.len()]) {
        stream.push(&text[from..cut]);
        from = cut;
        view.apply(&stream.take_patch());
        let blocks: Vec<String> = stream.blocks().iter().map(|html| dom_of(html)).collect();
        assert_eq!(view.dom(), blocks, "after {:?}", &text[..cut]);
    }
    view.apply(&stream.finish());
    (view, stream.blocks())
}
