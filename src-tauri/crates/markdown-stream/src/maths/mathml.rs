//! LaTeX to MathML Core.

use math_core::{LatexToMathML, MathDisplay};

use super::Formula;
use crate::patch::MAX_OP_BYTES;

/// Longer formulas are shown as source.
const MAX_TEX_BYTES: usize = 4 * 1024;
/// The converter recurses; deeper groups are shown as source.
const MAX_GROUPS: usize = 24;
/// Commands nest without groups (`\sqrt\sqrt x`), so with more of them a deeper stack is needed.
const FEW_COMMANDS: usize = 24;
/// With more than this, the source is shown.
const MAX_COMMANDS: usize = 400;
/// Room for so many nested commands, several times over; untouched pages cost nothing.
const DEEP_STACK_BYTES: usize = 64 * 1024 * 1024;

/// The HTML of a formula: MathML, or its source as code where it cannot be converted.
pub(crate) fn formula(formula: &Formula) -> String {
    let tex = formula.tex.trim();
    if let Some(mathml) = mathml(tex, formula.display) {
        return mathml;
    }
    format!(
        "<code class=\"math\">{}</code>",
        html_escape::encode_text(tex)
    )
}

fn mathml(tex: &str, display: bool) -> Option<String> {
    let (groups, commands) = nesting(tex);
    if tex.len() > MAX_TEX_BYTES || groups > MAX_GROUPS || commands > MAX_COMMANDS {
        return None;
    }
    let mathml = if commands <= FEW_COMMANDS {
        convert(tex, display)?
    } else {
        std::thread::scope(|scope| {
            let deep = std::thread::Builder::new().stack_size(DEEP_STACK_BYTES);
            deep.spawn_scoped(scope, || convert(tex, display))
                .ok()?
                .join()
                .ok()?
        })?
    };
    let mathml = classes_for_styles(&mathml);
    (mathml.len() <= MAX_OP_BYTES).then_some(mathml)
}

fn convert(tex: &str, display: bool) -> Option<String> {
    let display = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    LatexToMathML::default()
        .convert_with_local_counter(tex, display)
        .ok()
}

/// The depth of groups and the number of commands.
fn nesting(tex: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut commands) = (0_usize, 0, 0);
    let mut bytes = tex.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => commands += usize::from(bytes.next().is_some_and(|b| b.is_ascii_alphabetic())),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    (deepest, commands)
}

/// Column alignment comes as `style`, which the page's policy refuses; a class does the same.
fn classes_for_styles(mathml: &str) -> String {
    let mut parts = mathml.split(" style=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((style, rest)) = part.split_once('"') else {
            continue;
        };
        for side in ["left", "center", "right"] {
            if style.contains(&format!("text-align: {side}")) {
                out.push_str(&format!(" class=\"math-{side}\""));
            }
        }
        out.push_str(rest);
    }
    out
}
