//! The second wall: whatever the renderer wrote, only what is listed here leaves.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Elements of Markdown, with the classes they may have.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["external"]),
    ("b", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("button", &["code-copy"]),
    ("code", &["math"]),
    ("del", &[]),
    ("div", &["code", "code-head", "footnote", "table-wrap"]),
    ("em", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("input", &[]),
    ("li", &[]),
    ("ol", &[]),
    ("p", &["raw-html"]),
    ("pre", &[]),
    (
        "span",
        &[
            "code-lang",
            "hidden-char",
            "line",
            "remote-image",
            "remote-image-address",
            "remote-image-alt",
            "hl-attribute",
            "hl-comment",
            "hl-constant",
            "hl-deleted",
            "hl-function",
            "hl-heading",
            "hl-inserted",
            "hl-keyword",
            "hl-number",
            "hl-operator",
            "hl-string",
            "hl-tag",
            "hl-type",
            "hl-variable",
        ],
    ),
    ("strong", &[]),
    ("sup", &["footnote-label", "footnote-ref"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["align-center", "align-left", "align-right"]),
    ("th", &["align-center", "align-left", "align-right"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Elements of MathML Core that formulas use.
const MATHML: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Their attributes: layout only, nothing that loads or acts.
const MATHML_ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// What stands for the styles that formulas are written with; the page's policy refuses `style`.
const MATHML_CLASSES: &[&str] = &[
    "math-center",
    "math-left",
    "math-right",
    "menclose-downdiagonalstrike",
    "menclose-horizontalstrike",
    "menclose-updiagonalstrike",
];

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("button", HashSet::new()),
        ("div", HashSet::from(["data-lang"])),
        ("input", HashSet::from(["checked"])),
        ("ol", HashSet::from(["start"])),
        ("span", HashSet::from(["data-src"])),
    ]);
    let mut classes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (element, allowed) in ELEMENTS {
        classes.insert(element, allowed.iter().copied().collect());
    }
    for element in MATHML {
        attributes.insert(element, MATHML_ATTRIBUTES.iter().copied().collect());
        classes.insert(element, MATHML_CLASSES.iter().copied().collect());
    }
    builder
        .tags(
            ELEMENTS
                .iter()
                .map(|(element, _)| *element)
                .chain(MATHML.iter().copied())
                .collect(),
        )
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .allowed_classes(classes)
        .set_tag_attribute_value("button", "type", "button")
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(|_, attribute, value| {
            let remote = attribute == "data-src" && !value.starts_with("https://");
            (!remote).then_some(value.into())
        });
    builder
});

/// HTML with only what is allowed, serialised in one way.
pub(crate) fn sanitise(html: &str) -> String {
    BUILDER.clean(html).to_string()
}
