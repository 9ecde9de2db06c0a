//! The second wall: whatever was drawn, only shapes and words leave.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};
use serde::{Deserialize, Serialize};

/// The largest drawing, in bytes.
const MAX_BYTES: usize = 4 << 20;

/// The longest side, in units of the drawing.
const MAX_SIDE: f64 = 32_768.0;

/// Elements that draw or group. No script, no animation, no image, no foreign content, no link.
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "filter",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// Elements of which nothing is kept but what is in them.
const UNWRAPPED: &[&str] = &["a", "switch"];

/// What holds still what moves, where the person wants that.
const STILL: &str = "@media (prefers-reduced-motion: reduce){*{animation:none!important;}}";

/// Why a drawing is not shown.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It is larger than what is shown.
    #[error("the drawing is too large")]
    TooLarge,
    /// It is no drawing.
    #[error("the drawing is damaged")]
    Damaged,
}

/// A drawing: an SVG document that refers to nothing outside itself and does nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The document.
    pub svg: String,
    /// Its width, in CSS pixels.
    pub width: u32,
    /// Its height, in CSS pixels.
    pub height: u32,
}

impl Sheet {
    /// What of an SVG document may be shown.
    pub(crate) fn of(svg: &str) -> Result<Self, SheetError> {
        if svg.len() > MAX_BYTES {
            return Err(SheetError::TooLarge);
        }
        let mut reader = Reader::from_str(svg);
        let mut writer = Writer::new(Vec::new());
        let mut size = None;
        // How deep in something that is left out; the names of what is open and kept or not.
        let mut left_out = 0_usize;
        let mut open: Vec<bool> = Vec::new();
        let mut in_style = false;
        loop {
            let event = reader.read_event().map_err(|_| SheetError::Damaged)?;
            match event {
                Event::Eof => break,
                // Nothing is an element within a style.
                Event::Start(start) if left_out > 0 || in_style || !is_known(&start) => {
                    let _ = start;
                    left_out += 1;
                }
                Event::End(_) if left_out > 0 => left_out -= 1,
                _ if left_out > 0 => {}
                Event::Start(start) => {
                    let kept = !is_unwrapped(&start);
                    open.push(kept);
                    in_style = name(&start) == "style";
                    if kept {
                        let written = rewritten(&start, &mut size)?;
                        write(&mut writer, Event::Start(written))?;
                    }
                }
                Event::Empty(start) if !in_style && is_known(&start) && !is_unwrapped(&start) => {
                    let written = rewritten(&start, &mut size)?;
                    write(&mut writer, Event::Empty(written))?;
                }
                Event::End(end) => {
                    in_style = false;
                    if open.pop().ok_or(SheetError::Damaged)? {
                        write(&mut writer, Event::End(end))?;
                    }
                }
                Event::Text(text) if in_style && stays_inside(&text) => {
                    let css = format!("{}{STILL}", &*text);
                    write(&mut writer, Event::Text(BytesText::from_escaped(css)))?;
                }
                Event::Text(_) if in_style => {}
                Event::Text(text) => write(&mut writer, Event::Text(text))?,
                Event::GeneralRef(reference) if !in_style => {
                    // Those that every XML document has; others would need a document type.
                    let known = reference.is_char_ref()
                        || matches!(&*reference, "amp" | "lt" | "gt" | "quot" | "apos");
                    if known {
                        write(&mut writer, Event::GeneralRef(reference))?;
                    }
                }
                // Comments, instructions, document types, elements that are not known.
                _ => {}
            }
        }
        let (width, height) = size.ok_or(SheetError::Damaged)?;
        if !open.is_empty() || left_out > 0 {
            return Err(SheetError::Damaged);
        }
        let svg = String::from_utf8(writer.into_inner()).map_err(|_| SheetError::Damaged)?;
        Ok(Self { svg, width, height })
    }
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), SheetError> {
    writer.write_event(event).map_err(|_| SheetError::Damaged)
}

fn name<'a>(start: &'a BytesStart<'_>) -> &'a str {
    start.name().into_inner()
}

fn value_of<'a>(attribute: &Attribute<'a>) -> Result<Cow<'a, str>, SheetError> {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_err(|_| SheetError::Damaged)
}

fn is_unwrapped(start: &BytesStart<'_>) -> bool {
    UNWRAPPED.contains(&name(start))
}

fn is_known(start: &BytesStart<'_>) -> bool {
    ELEMENTS.contains(&name(start)) || is_unwrapped(start)
}

/// The element with the attributes that stay. The outermost one gets its size in pixels, so that an image
/// of it has one.
fn rewritten<'a>(
    start: &BytesStart<'_>,
    size: &mut Option<(u32, u32)>,
) -> Result<BytesStart<'a>, SheetError> {
    let mut written = BytesStart::new(name(start).to_owned());
    let outermost = size.is_none();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| SheetError::Damaged)?;
        let key = attribute.key.into_inner();
        let value = value_of(&attribute)?;
        let sized = matches!(key, "width" | "height" | "style");
        if is_kept(key, &value) && !(outermost && sized) {
            written.push_attribute((key, value.as_ref()));
        }
    }
    if outermost {
        if name(start) != "svg" {
            return Err(SheetError::Damaged);
        }
        let (width, height) = measures(start)?;
        written.push_attribute(("width", width.to_string().as_str()));
        written.push_attribute(("height", height.to_string().as_str()));
        *size = Some((width, height));
    }
    Ok(written)
}

fn is_kept(key: &str, value: &str) -> bool {
    let local = key.rsplit(':').next().unwrap_or(key);
    match local {
        "href" => value.starts_with('#'),
        _ if local.to_ascii_lowercase().starts_with("on") => false,
        "base" | "src" => false,
        _ if key == "xmlns" => value == "http://www.w3.org/2000/svg",
        _ if key.starts_with("xmlns:") => value == "http://www.w3.org/1999/xlink",
        _ => stays_inside(value),
    }
}

/// Whether a style or an attribute refers to nothing but parts of the same drawing.
fn stays_inside(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    // An escape or a comment could spell one of these words.
    if lower.contains('\\') || lower.contains("@import") || lower.contains("image-set") {
        return false;
    }
    if lower.contains("/*") && lower.contains("url") {
        return false;
    }
    lower.match_indices("url").all(|(at, _)| {
        let after = lower[at + 3..].trim_start();
        match after.strip_prefix('(') {
            None => true,
            Some(inside) => inside
                .trim_start()
                .trim_start_matches(['"', '\''])
                .starts_with('#'),
        }
    })
}

/// The drawing's width and height by its `viewBox`.
fn measures(start: &BytesStart<'_>) -> Result<(u32, u32), SheetError> {
    let attribute = start
        .try_get_attribute("viewBox")
        .ok()
        .flatten()
        .ok_or(SheetError::Damaged)?;
    let value = value_of(&attribute)?;
    let numbers: Vec<f64> = value
        .split([' ', ','])
        .filter_map(|number| number.parse().ok())
        .collect();
    let [_, _, width, height] = numbers[..] else {
        return Err(SheetError::Damaged);
    };
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return Err(SheetError::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(SheetError::TooLarge);
    }
    // Within the bounds above, and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = |side: f64| side.ceil() as u32;
    Ok((whole(width), whole(height)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sheet(inside: &str) -> String {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 20.5\">{inside}</svg>"
        );
        Sheet::of(&svg).unwrap().svg
    }

    /// Checklist 95 and 97, for drawings.
    #[test]
    fn nothing_that_runs_fetches_or_leads_away_is_left() {
        for hostile in [
            "<script>x()</script>",
            "<SCRIPT>x()</SCRIPT>",
            "<g onclick=\"x()\" onLoad='x()'/>",
            "<image href=\"https://a.example/p.png\"/>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"https://a.example\"/></body></foreignObject>",
            "<a href=\"javascript:x()\"><text>t</text></a>",
            "<a xlink:href=\"https://a.example\"><text>t</text></a>",
            "<use href=\"https://a.example/s.svg#x\"/>",
            "<use xlink:href=\"data:image/svg+xml,x\"/>",
            "<rect fill=\"url(https://a.example)\"/>",
            "<rect style=\"fill: url( 'https://a.example' )\"/>",
            "<rect style=\"fill: u\\72l(https://a.example)\"/>",
            "<style>@import 'https://a.example';</style>",
            "<style>rect{fill:url(//a.example)}</style>",
            "<style><g></g>@import 'https://a.example';</style>",
            "<style><g/>@import 'https://a.example';</style>",
            "<style>@\\69mport 'https://a.example';</style>",
            "<style>rect{background:image-set('https://a.example' 1x)}</style>",
            "<set attributeName=\"href\" to=\"javascript:x()\"/>",
            "<animate attributeName=\"href\" values=\"https://a.example\"/>",
            "<!-- <script>x()</script> https://a.example -->",
            "<?xml-stylesheet href=\"https://a.example\"?>",
            "<iframe src=\"https://a.example\"/>",
        ] {
            let kept = sheet(hostile).to_ascii_lowercase();
            for trace in [
                "a.example",
                "x()",
                "script",
                "onclick",
                "onload",
                "image",
                "frame",
                "data:",
            ] {
                assert!(!kept.contains(trace), "{hostile} left {kept}");
            }
        }
    }

    #[test]
    fn shapes_words_and_what_they_refer_to_stay() {
        let kept = sheet(
            "<style>.n{fill:#fff;stroke:url(#g)}</style><defs><marker id=\"m\"><path d=\"M0 0\"/></marker></defs>\
             <g class=\"n\" transform=\"translate(1,2)\"><a href=\"https://a.example\"><text>A &amp; B &#955;</text></a>\
             <path marker-end=\"url(#m)\" d=\"M1 1\"/></g>",
        );
        for part in [
            ".n{fill:#fff;stroke:url(#g)}",
            "<text>A &amp; B &#955;</text>",
            "marker-end=\"url(#m)\"",
            "transform=\"translate(1,2)\"",
        ] {
            assert!(kept.contains(part), "{part} in {kept}");
        }
    }

    #[test]
    fn a_sheet_has_a_size_in_pixels() {
        let svg =
            "<svg viewBox=\"-8 -8 116.2 50\" width=\"100%\" style=\"max-width: 1px\"><g/></svg>";
        let sheet = Sheet::of(svg).unwrap();
        assert_eq!((sheet.width, sheet.height), (117, 50));
        assert!(sheet.svg.contains("width=\"117\"") && !sheet.svg.contains("100%"));
    }

    #[test]
    fn what_is_no_drawing_or_too_large_is_refused() {
        for damaged in [
            "",
            "<p/>",
            "<svg><g></svg>",
            "<svg viewBox=\"0 0 0 1\"/>",
            "<svg viewBox=\"0 0 NaN 1\"/>",
        ] {
            assert!(
                matches!(Sheet::of(damaged), Err(SheetError::Damaged)),
                "{damaged}"
            );
        }
        let wide = "<svg viewBox=\"0 0 1e9 1\"/>";
        assert!(matches!(Sheet::of(wide), Err(SheetError::TooLarge)));
    }
}
