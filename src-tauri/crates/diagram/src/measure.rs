//! How wide words are. An image is drawn with whatever font the system has for `sans-serif`, which
//! nobody knows here: so room is kept for the widest of the usual ones.

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, TextMeasurementPolicy, TextMeasurementProfile,
    TextMeasurementProfileIdentity, TextStyle,
};

/// Advance widths of DejaVu Sans for ASCII from the space on, in thousandths of the font's size. Arial,
/// Segoe UI, San Francisco, Cantarell and Noto Sans are narrower.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The mean of letters of the other alphabets, in the same unit.
const OTHER_LETTER: f64 = 700.0;

/// What is two columns wide in a terminal: CJK, emoji.
const FULL_WIDTH: f64 = 1000.0;

/// How much wider bold letters are.
const BOLD: f64 = 1.12;

/// Measures for a layout in which nothing is cut off.
pub(crate) fn policy() -> TextMeasurementPolicy {
    let measurer = DeterministicTextMeasurer::default().with_width_callback(width);
    let Ok(identity) = MeasurementProfileId::new("widest-sans-serif")
        .and_then(|id| TextMeasurementProfileIdentity::new(id, "1"))
    else {
        return TextMeasurementPolicy::deterministic();
    };
    TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer))
}

/// In CSS pixels.
fn width(words: &str, style: &TextStyle) -> f64 {
    let thousandths: f64 = words.chars().map(advance).sum();
    let bold = style.font_weight.as_deref().is_some_and(is_bold);
    thousandths / 1000.0 * style.font_size * if bold { BOLD } else { 1.0 }
}

fn advance(letter: char) -> f64 {
    let ascii = (letter as usize)
        .checked_sub(usize::from(b' '))
        .and_then(|at| ASCII.get(at));
    match (ascii, unicode_width::UnicodeWidthChar::width(letter)) {
        (Some(advance), _) => f64::from(*advance),
        (None, None | Some(0)) => 0.0,
        (None, Some(1)) => OTHER_LETTER,
        (None, Some(_)) => FULL_WIDTH,
    }
}

fn is_bold(weight: &str) -> bool {
    weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u16| weight >= 600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str, weight: Option<&str>) -> f64 {
        let style = TextStyle {
            font_size: 10.0,
            font_weight: weight.map(str::to_owned),
            ..TextStyle::default()
        };
        width(words, &style)
    }

    #[test]
    fn words_are_as_wide_as_in_the_widest_of_the_usual_fonts() {
        assert!((of("Wi", None) - (9.89 + 2.78)).abs() < 1e-9);
        assert!(of("Wi", Some("bold")) > of("Wi", None));
        assert!((of("木", None) - 10.0).abs() < 1e-9);
        assert!((of("e\u{301}", None) - of("e", None)).abs() < 1e-9);
        assert!((of("\u{ad}", None)).abs() < 1e-9);
    }
}
