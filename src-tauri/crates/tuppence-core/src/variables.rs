//! Variables in instructions: names in double braces.

use std::collections::BTreeMap;

/// Not asked for: each request has the day on which it is sent.
pub(crate) const DATE: &str = "date";

/// Longest name, in characters; longer text between braces is text.
const LONGEST_NAME: usize = 40;

/// The variables to ask for, in the order of their first use, each once.
pub(crate) fn names(instructions: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(instructions) {
        if let Piece::Variable(name) = piece
            && name != DATE
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The instructions with every variable's value in its place. Values are text: what stands in braces in
/// one of them is asked for by nobody.
///
/// The error has the variables without a value.
pub(crate) fn fill(
    instructions: &str,
    values: &BTreeMap<String, String>,
) -> Result<String, Vec<String>> {
    let value = |name: &str| values.get(name).filter(|value| !value.trim().is_empty());
    let missing: Vec<String> = names(instructions)
        .into_iter()
        .filter(|name| value(name).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let filled = pieces(instructions).map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Variable(DATE) => "{{date}}".to_owned(),
        Piece::Variable(name) => value(name).cloned().unwrap_or_default(),
    });
    Ok(filled.collect())
}

enum Piece<'a> {
    Text(&'a str),
    Variable(&'a str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = variable(rest) {
            rest = after;
            return Some(Piece::Variable(name));
        }
        // One character on, so that a brace that opens nothing is text.
        let from = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[from..].find("{{").map_or(rest.len(), |at| from + at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(piece))
    })
}

/// A variable at the beginning of a text, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix("{{")?.split_once("}}")?;
    let name = name.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let good =
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(is_name);
    good.then_some((name, after))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn each_variable_is_asked_for_once_and_the_date_never() {
        let text = "On {{date}}: {{ language }} for {{the reader}}, {{language}}; {{ }} {{a{b}} {{";
        assert_eq!(names(text), ["language", "the reader"]);
        assert!(names("no {braces} that count").is_empty());
    }

    #[test]
    fn values_stand_where_their_names_stood_and_are_not_read_again() {
        let filled = fill(
            "Into {{language}}. {{date}} {{{{x}}",
            &values(&[("language", "{{x}} {{date}}"), ("x", "y")]),
        );
        assert_eq!(filled.unwrap(), "Into {{x}} {{date}}. {{date}} {{y");
    }

    #[test]
    fn what_has_no_value_is_named() {
        let given = values(&[("a", "1"), ("b", "  ")]);
        assert_eq!(fill("{{a}}{{b}}{{c}}", &given).unwrap_err(), ["b", "c"]);
    }
}
