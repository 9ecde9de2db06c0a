//! Diagrams of the common kinds are drawn in both themes, and what is wrong with others is said.
#![allow(clippy::unwrap_used)]

use diagram::{DrawError, LONGEST_SOURCE, Theme, draw};

const KINDS: &[(&str, &[&str])] = &[
    (
        "flowchart TD\n  A[Sign in] --> B{Money?}\n  B -- yes --> C[Answer]\n  B -- no --> D[Top up]",
        &["Sign in", "Money?", "yes", "Top up"],
    ),
    (
        "sequenceDiagram\n  participant A as App\n  A->>Provider: code\n  Provider-->>A: tokens\n  Note over A: keychain",
        &["App", "Provider", "tokens", "keychain"],
    ),
    (
        "classDiagram\n  Wallet <|-- Play\n  Wallet : +balance()",
        &["Wallet", "Play", "balance()"],
    ),
    (
        "stateDiagram-v2\n  [*] --> SignedOut\n  SignedOut --> SignedIn : consent",
        &["SignedOut", "SignedIn", "consent"],
    ),
    (
        "erDiagram\n  PERSON ||--o{ ACCOUNT : has",
        &["PERSON", "ACCOUNT", "has"],
    ),
    (
        "pie title Spent\n  \"Input\" : 30\n  \"Output\" : 70",
        &["Spent", "Input"],
    ),
    (
        "gantt\n  title Plan\n  dateFormat YYYY-MM-DD\n  section One\n  First :a1, 2026-01-01, 10d",
        &["Plan", "First"],
    ),
    (
        "journey\n  title First day\n  section Morning\n    Ask: 5: Me",
        &["First day", "Morning", "Ask"],
    ),
    (
        "timeline\n  title History\n  2026 : Wallet",
        &["History", "2026", "Wallet"],
    ),
    (
        "gitGraph\n  commit id: \"one\"\n  branch feature\n  commit id: \"two\"",
        &["feature", "one", "two"],
    ),
    (
        "quadrantChart\n  title Reach\n  x-axis Low --> High\n  A: [0.3, 0.6]",
        &["Reach", "Low", "A"],
    ),
    (
        "xychart-beta\n  title \"Sales\"\n  x-axis [jan, feb]\n  bar [20, 50]",
        &["Sales", "jan"],
    ),
    (
        "mindmap\n  root((Tuppence))\n    Money\n    Words",
        &["Tuppence", "Money", "Words"],
    ),
];

#[test]
fn common_kinds_are_drawn_in_both_themes() {
    for (source, words) in KINDS {
        for theme in [Theme::Light, Theme::Dark] {
            let sheet = draw(source, theme).unwrap();
            assert!(sheet.width > 20 && sheet.height > 20, "{source}");
            let text = words_of(&sheet.svg);
            for word in *words {
                assert!(
                    text.contains(word),
                    "{word} in the drawing of {source}: {text}"
                );
            }
        }
    }
}

#[test]
fn the_themes_differ() {
    let source = KINDS[0].0;
    let (light, dark) = (
        draw(source, Theme::Light).unwrap(),
        draw(source, Theme::Dark).unwrap(),
    );
    assert_eq!((light.width, light.height), (dark.width, dark.height));
    assert!(light.svg.contains("#1f1d1a") && dark.svg.contains("#ece8e1"));
}

#[test]
fn what_is_wrong_is_said() {
    let error = draw("flowchart TD\n  A -->", Theme::Light).unwrap_err();
    assert!(error.to_string().len() > 10, "{error}");
    for unknown in ["once upon a time", "sankey-beta\n a,b,1"] {
        let error = draw(unknown, Theme::Light).unwrap_err();
        assert!(matches!(error, DrawError::NoDiagram), "{error}");
    }
    let long = format!("flowchart TD\n{}", "A-->B\n".repeat(LONGEST_SOURCE));
    assert!(matches!(draw(&long, Theme::Light), Err(DrawError::TooLong)));
}

/// Checklist 95: what a source asks for in its own configuration does not leave the drawing either.
#[test]
fn a_hostile_source_draws_nothing_that_acts() {
    for source in [
        "%%{init: {\"securityLevel\": \"loose\", \"themeCSS\": \"@import 'https://a.example'\"}}%%\nflowchart TD\n A-->B",
        "flowchart TD\n A[\"<img src=https://a.example/p.png onerror=alert(1)>\"] --> B",
        "flowchart TD\n A --> B\n click A \"javascript:alert(1)\"\n click B href \"https://a.example\"",
        "flowchart TD\n A:::c\n classDef c fill:url(https://a.example)",
        "sequenceDiagram\n A->>B: <script>alert(1)</script>",
    ] {
        // One that is refused does no harm either.
        let Ok(sheet) = draw(source, Theme::Light) else {
            continue;
        };
        for trace in [
            "<script",
            "<image",
            "<img",
            "javascript:",
            "@import",
            "foreignObject",
            "url(http",
        ] {
            assert!(!sheet.svg.contains(trace), "{trace} of {source}");
        }
        assert!(!sheet.svg.contains("href=\"h"), "{source}");
    }
}

/// The words of a drawing; a label can be cut into several parts.
fn words_of(svg: &str) -> String {
    let mut text = String::new();
    for part in svg.split('<').filter_map(|part| part.split_once('>')) {
        text.push_str(part.1);
    }
    text.replace("&quot;", "\"")
}
