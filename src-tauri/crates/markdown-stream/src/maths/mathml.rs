//! LaTeX to MathML Core.

use math_core::{LatexToMathML, MathDisplay};

use super::Formula;
use crate::patch::MAX_OP_BYTES;

/// Longer formulas are shown as source.
const MAX_TEX_BYTES: usize = 4 * 1024;
/// The converter recurses; deeper groups are shown as source.
const MAX_DEPTH: usize = 32;
/// Commands nest without groups (`\sqrt\sqrt x`), so their number is bounded as well.
const MAX_COMMANDS: usize = 300;

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
    if tex.len() > MAX_TEX_BYTES || !is_shallow(tex) {
        return None;
    }
    let display = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let mathml = LatexToMathML::default()
        .convert_with_local_counter(tex, display)
        .ok()?;
    let mathml = classes_for_styles(&mathml);
    (mathml.len() <= MAX_OP_BYTES).then_some(mathml)
}

fn is_shallow(tex: &str) -> bool {
    let (mut depth, mut deepest, mut commands) = (0_usize, 0, 0);
    let mut bytes = tex.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => commands += usize::from(bytes.next().is_some_and(|b| b.is_ascii_alphabetic())),
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest <= MAX_DEPTH && commands <= MAX_COMMANDS
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
