//! The DOM of sanitised HTML, as far as comparing and cutting it needs.
//!
//! The input is what the sanitiser serialised: well-formed, attributes quoted, no comments. Text and
//! opening tags are kept as they are written there, so writing a tree gives the same bytes back.

/// A node of sanitised HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Text, still escaped.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element with its opening tag as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// `<a href="…">`.
    pub(crate) open: String,
    /// `a`.
    pub(crate) name: String,
    /// What is inside.
    pub(crate) children: Vec<Node>,
}

impl Element {
    fn is_void(&self) -> bool {
        matches!(self.name.as_str(), "br" | "hr" | "input")
    }

    /// Whether patches must not reach inside: MathML cannot be parsed without its root.
    pub(crate) fn is_atomic(&self) -> bool {
        self.name == "math" || self.is_void()
    }
}

impl Node {
    /// Length of its HTML in bytes.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Element(element) => {
                let close = if element.is_void() {
                    0
                } else {
                    element.name.len() + 3
                };
                element.open.len() + len(&element.children) + close
            }
        }
    }

    /// Appends its HTML.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Element(element) => {
                out.push_str(&element.open);
                if !element.is_void() {
                    write(&element.children, out);
                    out.push_str("</");
                    out.push_str(&element.name);
                    out.push('>');
                }
            }
        }
    }
}

fn len(nodes: &[Node]) -> usize {
    nodes.iter().map(Node::len).sum()
}

fn write(nodes: &[Node], out: &mut String) {
    for node in nodes {
        node.write(out);
    }
}

/// The HTML of some nodes.
pub(crate) fn to_html(nodes: &[Node]) -> String {
    let mut out = String::with_capacity(len(nodes));
    write(nodes, &mut out);
    out
}

/// Reads sanitised HTML.
pub(crate) fn parse(html: &str) -> Vec<Node> {
    let mut roots = Vec::new();
    let mut stack: Vec<Element> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            add(&mut stack, &mut roots, Node::Text(text.to_owned()));
            rest = after;
            continue;
        };
        if let Some(tag) = tag.strip_prefix('/') {
            if let Some(element) = stack.pop() {
                add(&mut stack, &mut roots, Node::Element(element));
            }
            rest = tag.split_once('>').map_or("", |(_, after)| after);
            continue;
        }
        let (open, after) = rest.split_at(tag_end(rest));
        let name = open[1..]
            .split([' ', '>'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let element = Element {
            open: open.to_owned(),
            name,
            children: Vec::new(),
        };
        if element.is_void() {
            add(&mut stack, &mut roots, Node::Element(element));
        } else {
            stack.push(element);
        }
        rest = after;
    }
    while let Some(element) = stack.pop() {
        add(&mut stack, &mut roots, Node::Element(element));
    }
    roots
}

fn add(stack: &mut [Element], roots: &mut Vec<Node>, node: Node) {
    match stack.last_mut() {
        Some(parent) => parent.children.push(node),
        None => roots.push(node),
    }
}

/// Where the tag at the start of `html` ends; a `>` inside quotes does not end it.
fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}
