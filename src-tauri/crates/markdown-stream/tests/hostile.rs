//! Hostile input comes out inert.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use markdown_stream::{render_blocks, render_html};
use support::{elements, stream};

/// Elements that Markdown and formulas need; nothing else may ever come out.
const ELEMENTS: &str = " a b blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr i input li \
    ol p pre span strong sup table tbody td th thead tr ul math menclose merror mfrac mi \
    mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub \
    msubsup msup mtable mtd mtext mtr munder munderover ";

fn payloads() -> Vec<String> {
    let own = [
        "<script\n>alert(1)</script>",
        "<img src=x\nonerror=alert(1)>",
        "[x](java\nscript:alert(1))",
        "[x](\u{1}javascript:alert(1))",
        "<a href=\"java\u{0}script:alert(1)\">x</a>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "[x][y]\n\n[y]: <javascript:alert(1)> \"t\"",
        "![x][y]\n\n[y]: https://evil.example/x.png",
        "\u{e900}0\u{e901}<script>alert(1)</script>\u{e900}1\u{e901}",
        "$x$\u{e900}0\u{e901}\u{e900}99999999999999999999\u{e901}",
        "<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
        "<\u{200b}script>alert(1)</script>",
    ];
    let file = include_str!("data/payloads.txt").lines().map(str::to_owned);
    file.chain(own.map(str::to_owned)).collect()
}

/// Places where a payload may stand.
fn settings(payload: &str) -> Vec<String> {
    let line = payload.replace('\n', " ");
    vec![
        payload.to_owned(),
        format!("text {payload} text"),
        format!("`{line}`"),
        format!("```{line}\n{payload}\n```"),
        format!("    {line}"),
        format!("[{line}](https://ok.example)"),
        format!("[x]({line})"),
        format!("[x](<{line}>)"),
        format!("[x](https://ok.example \"{line}\")"),
        format!("[x][r]\n\n[r]: {line}"),
        format!("[{line}]\n\n[{line}]: https://ok.example"),
        format!("<{line}>"),
        format!("![{line}](https://ok.example/a.png)"),
        format!("![x]({line})"),
        format!("# {line}"),
        format!("> {line}"),
        format!("- {line}\n- {line}"),
        format!("| {line} | b |\n|---|---|\n| {line} | c |"),
        format!("x[^n]\n\n[^n]: {line}"),
        format!("x[^{line}]\n\n[^{line}]: note"),
        format!("${line}$ and $\\text{{{line}}}$"),
        format!("$$\n{line}\n$$"),
        format!("\\[\\mathrm{{{line}}}\\]"),
        format!("**{line}** ~~{line}~~"),
        format!("https://ok.example/{line}"),
        format!("www.ok.example/{line}"),
    ]
}

fn assert_inert(html: &str, source: &str) {
    for (element, attributes) in elements(html) {
        let known = ELEMENTS.split(' ').any(|known| known == element);
        assert!(known, "<{element}> from {source:?}: {html}");
        for (name, value) in attributes {
            let lower = value.to_ascii_lowercase();
            assert!(!name.starts_with("on"), "{name} from {source:?}: {html}");
            assert!(!matches!(
                name.as_str(),
                "style" | "id" | "src" | "srcset" | "srcdoc" | "name"
            ));
            match name.as_str() {
                "href" => {
                    assert_eq!(element, "a");
                    let schemes = ["http://", "https://", "mailto:"];
                    assert!(
                        schemes.iter().any(|s| lower.starts_with(s)),
                        "{value} from {source:?}"
                    );
                }
                "data-src" => {
                    assert_eq!(element, "span");
                    assert!(lower.starts_with("https://"), "{value} from {source:?}");
                }
                "class" | "rel" | "data-lang" | "start" | "type" | "checked" | "disabled" => {}
                layout => assert!(element.starts_with('m'), "{layout} on <{element}>"),
            }
        }
    }
}

/// Checklist 95, 96 and 97: no element that runs or loads, no handler, no other scheme, and images
/// are only named.
#[test]
fn payloads_are_inert_wherever_they_stand() {
    let payloads = payloads();
    assert!(payloads.len() >= 150, "{}", payloads.len());
    for payload in &payloads {
        for text in settings(payload) {
            assert_inert(&render_html(&text), &text);
        }
    }
}

/// Checklist 95: what is on its way is as inert as what is complete.
#[test]
fn payloads_are_inert_while_they_arrive() {
    for payload in payloads() {
        let text = format!("{payload}\n\n- [x]({payload})\n\n```{payload}\n{payload}");
        let cuts: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .skip(1)
            .step_by(7)
            .collect();
        let (_, blocks) = stream(&text, &cuts);
        for html in blocks {
            assert_inert(&html, &text);
        }
    }
}

#[test]
fn raw_html_is_shown_as_it_was_written() {
    let html = render_html("<b onclick=\"x\">bold</b> and\n\n<div>\nblock\n</div>");
    assert!(
        html.contains("&lt;b onclick=\"x\"&gt;bold&lt;/b&gt;"),
        "{html}"
    );
    assert!(
        html.contains("<p class=\"raw-html\">&lt;div&gt;\nblock\n&lt;/div&gt;</p>"),
        "{html}"
    );
}

/// Checklist 96: an address with another scheme leaves its text, without a link.
#[test]
fn other_schemes_become_text() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "tauri://localhost",
        "/etc",
        "#a",
    ] {
        assert_eq!(
            render_html(&format!("[text]({address})")),
            "<p>text</p>",
            "{address}"
        );
    }
}

/// Checklist 97: nothing asks for the image; its text and address are shown.
#[test]
fn images_are_named_and_not_fetched() {
    let html = render_html("![a *cat*](https://pics.example/cat.png)");
    assert_eq!(
        html,
        "<p><span class=\"remote-image\" data-src=\"https://pics.example/cat.png\">\
         <span class=\"remote-image-alt\">a cat</span> \
         <span class=\"remote-image-address\">https://pics.example/cat.png</span></span></p>"
    );
    let html = render_html("![a](http://pics.example/a.png)");
    assert!(!html.contains("data-src"), "{html}");
}

/// Checklist 98: links wait for a click and tell nobody where they were.
#[test]
fn links_are_external_and_send_no_referrer() {
    let link = "<a class=\"external\" href=\"https://a.example/b\" rel=\"noopener noreferrer\">";
    for text in [
        "[x](https://a.example/b)",
        "<https://a.example/b>",
        "https://a.example/b",
        "[x][r]\n\n[r]: https://a.example/b",
    ] {
        let html = render_blocks(text).concat();
        assert!(html.contains(link), "{text}: {html}");
    }
    let html = render_html("<me@a.example>");
    assert!(html.contains("href=\"mailto:me@a.example\""), "{html}");
}

/// Checklist 99: the text of a link hides nothing.
#[test]
fn hidden_characters_in_link_text_are_shown() {
    for text in [
        "[a\u{202e}b](https://a.example)",
        "[`a\u{202e}b`](https://a.example)",
    ] {
        let html = render_html(text);
        assert!(
            html.contains("<span class=\"hidden-char\">U+202E</span>"),
            "{html}"
        );
    }
    let html = render_html("[\u{200b}\u{2066}x\u{feff}](https://a.example)");
    for shown in ["U+200B", "U+2066", "U+FEFF"] {
        assert!(html.contains(shown), "{html}");
    }
    assert!(
        render_html("family: 👨\u{200d}👩").contains('\u{200d}'),
        "plain text keeps its joiners"
    );
}
