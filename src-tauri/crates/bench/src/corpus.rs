//! The streamed answer that every client reads.

/// Pieces of text as models send them: words with their space, line ends, quotes, other scripts.
const PIECES: [&str; 24] = [
    "The",
    " answer",
    " to",
    " this",
    " is",
    " a",
    " little",
    " longer",
    " than",
    " one",
    " might",
    " think",
    ",",
    " as",
    " it",
    " has",
    " \"quotes\"",
    " and",
    " früh",
    " 東京",
    " lines",
    ".",
    "\n\n",
    " back\\slash",
];

/// The piece of text of chunk number `at`.
pub(crate) fn piece(at: usize) -> &'static str {
    PIECES[(at * 7 + at / 24) % PIECES.len()]
}

/// The whole text of an answer of `chunks` pieces.
pub(crate) fn text(chunks: usize) -> String {
    (0..chunks).map(piece).collect()
}

/// How the events of an answer look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Every event is the same but for its text, as from most servers.
    Plain,
    /// Every event carries padding of another length, as from one large provider.
    Padded,
}

/// What every event begins with.
const HEAD: &str = concat!(
    r#"{"id":"chatcmpl-7f9c2ba4e88f827d616045507605853e","object":"chat.completion.chunk","#,
    r#""created":1760000000,"model":"a-model-with-a-name-as-long-as-usual-2026-01-31","#,
    r#""service_tier":"default","system_fingerprint":"fp_50cad350e4","#,
);

/// Event number `at`, about 330 bytes, with its blank line.
pub(crate) fn event(at: usize, shape: Shape) -> Vec<u8> {
    let text = serde_json::Value::from(piece(at));
    let padding = match shape {
        Shape::Plain => String::new(),
        Shape::Padded => format!(r#","obfuscation":"{}""#, &"aZ3kQ9pL0xWm7"[..=at % 13]),
    };
    format!(
        "data: {HEAD}\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{text}}},\
         \"logprobs\":null,\"finish_reason\":null}}],\"usage\":null{padding}}}\n\n"
    )
    .into_bytes()
}

/// What ends the answer: the reason, the tokens, the end.
pub(crate) fn ending(chunks: usize) -> Vec<u8> {
    let total = chunks + 9;
    format!(
        "data: {HEAD}\"choices\":[{{\"index\":0,\"delta\":{{}},\"logprobs\":null,\
         \"finish_reason\":\"stop\"}}],\"usage\":{{\"prompt_tokens\":9,\
         \"completion_tokens\":{chunks},\"total_tokens\":{total}}}}}\n\ndata: [DONE]\n\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_the_size_that_the_figures_speak_of() {
        let length = |shape| (0..1000).map(|at| event(at, shape).len()).sum::<usize>() / 1000;
        assert!(
            (300..360).contains(&length(Shape::Plain)),
            "{}",
            length(Shape::Plain)
        );
    }

    #[test]
    fn the_text_is_the_pieces_in_order() {
        assert_eq!(text(2), format!("{}{}", piece(0), piece(1)));
        assert_eq!(text(0), "");
    }
}
