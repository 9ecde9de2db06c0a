//! What the sandbox says. It is no model and never pretends to be one: texts are chosen by words in the question,
//! the same question always gets the same answer, and each says where it comes from.

mod long;

use crate::secrets::sha256;

/// The sandbox's tokenizer: a token is four bytes of UTF-8, rounded up over a whole text. No real model counts like
/// that; it is simple, deterministic and near enough for prices.
pub(crate) const BYTES_PER_TOKEN: u64 = 4;

/// Tokens of a text of this many bytes.
pub(crate) fn tokens(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(BYTES_PER_TOKEN)
}

/// What an answer depends on.
pub(crate) struct Question<'a> {
    pub(crate) text: &'a str,
    /// Media type and size of each image.
    pub(crate) images: &'a [(String, usize)],
    pub(crate) model: &'a str,
    pub(crate) earlier_messages: usize,
    pub(crate) thinks: bool,
}

/// What is said, and what is thought before.
pub(crate) struct Answer {
    pub(crate) reasoning: String,
    pub(crate) text: String,
}

/// The longest piece of a question that is said back, in characters.
const ECHO: usize = 240;

/// Words that choose a text; the first that fits wins.
const TEXTS: &[(&[&str], &str)] = &[
    (
        &["diagram", "flowchart", "mermaid"],
        include_str!("texts/diagram.md"),
    ),
    (
        &["table", "compare", "comparison", "versus"],
        include_str!("texts/table.md"),
    ),
    (
        &[
            "code",
            "program",
            "function",
            "script",
            "rust",
            "python",
            "javascript",
            "typescript",
            "sql",
            "bug",
        ],
        include_str!("texts/code.md"),
    ),
    (
        &[
            "maths", "math", "equation", "formula", "integral", "theorem", "proof",
        ],
        include_str!("texts/maths.md"),
    ),
    (
        &["markdown", "formatting", "everything"],
        include_str!("texts/markdown.md"),
    ),
    (
        &["plan", "todo", "task", "steps", "checklist", "list"],
        include_str!("texts/plan.md"),
    ),
    (&["story", "poem", "tale"], include_str!("texts/story.md")),
    (
        &["wallet", "money", "cost", "price", "pay", "token"],
        include_str!("texts/money.md"),
    ),
    (
        &["email", "letter", "write"],
        include_str!("texts/letter.md"),
    ),
];

const OPENINGS: &[&str] = &[
    "This is the sandbox answering, not a model: the words below were written beforehand and chosen by yours.",
    "You are talking to the play-money sandbox. It has no opinions, only prepared pages; this one fits your question best.",
    "A note first: no model is at work here. The sandbox picked this demonstration by a word in your question.",
];

/// The answer to a question.
pub(crate) fn answer(question: &Question<'_>) -> Answer {
    let lowered = question.text.to_lowercase();
    let chosen = TEXTS
        .iter()
        .find(|(words, _)| words.iter().any(|word| has_word(&lowered, word)));
    let text = if !question.images.is_empty() {
        seen(question)
    } else if has_word(&lowered, "long") {
        format!("{}\n\n{}", opening(question), long::text())
    } else if let Some((_, text)) = chosen {
        format!("{}\n\n{}", opening(question), text.trim_end())
    } else {
        echo(question)
    };
    let reasoning = if question.thinks {
        thoughts(question)
    } else {
        String::new()
    };
    Answer { reasoning, text }
}

/// Whether a word, or its plural, stands in the text by itself.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|character: char| !character.is_alphanumeric())
        .any(|candidate| candidate == word || candidate.strip_suffix('s') == Some(word))
}

fn opening(question: &Question<'_>) -> &'static str {
    let digest = sha256(question.text);
    let index = digest.bytes().map(usize::from).sum::<usize>() % OPENINGS.len();
    OPENINGS[index]
}

fn quoted(text: &str) -> String {
    let mut said: String = text.chars().take(ECHO).collect();
    if text.chars().count() > ECHO {
        said.push('…');
    }
    said.lines().map(|line| format!("> {line}\n")).collect()
}

fn echo(question: &Question<'_>) -> String {
    let turn = match question.earlier_messages {
        0 => "This is the first message of the conversation.".to_owned(),
        count => {
            format!("Before it, {count} earlier messages of this conversation were sent along.")
        }
    };
    let echoed = if question.text.trim().is_empty() {
        "> (nothing)\n".to_owned()
    } else {
        quoted(question.text)
    };
    format!(
        "{}\n\nWhat arrived here, for **{}**:\n\n{echoed}\n{turn}\n\n{}",
        opening(question),
        question.model,
        include_str!("texts/welcome.md").trim_end()
    )
}

fn seen(question: &Question<'_>) -> String {
    use std::fmt::Write;
    let mut text = format!(
        "{}\n\nThe sandbox cannot see, but it can count. What arrived:\n\n| image | type | size |\n|---:|---|---:|\n",
        opening(question)
    );
    for (index, (media_type, bytes)) in question.images.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} | `{media_type}` | {bytes} bytes |", index + 1);
    }
    if !question.text.trim().is_empty() {
        let _ = write!(text, "\nand your words:\n\n{}", quoted(question.text));
    }
    text
}

fn thoughts(question: &Question<'_>) -> String {
    let words = question.text.split_whitespace().count();
    format!(
        "The question has {words} words. No thinking happens in a sandbox, so this is a demonstration of where a model's \
         thoughts would stand.\n\nFirst I look for a word that chooses a page. Then I check that the page keeps its promises: \
         headings, a table, some code. Then I write it out at the pace of a typist."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Answer {
        answer(&Question {
            text,
            images: &[],
            model: "penny-small",
            earlier_messages: 0,
            thinks: false,
        })
    }

    #[test]
    fn the_same_question_gets_the_same_answer() {
        assert_eq!(said("Hello there").text, said("Hello there").text);
    }

    #[test]
    fn words_choose_the_text() {
        assert!(said("Show me a table").text.contains("|---"));
        assert!(said("some code please").text.contains("```rust"));
        assert!(said("maths!").text.contains("$$"));
        assert!(said("all of Markdown").text.contains("- [x]"));
        assert!(
            !said("a portable thing").text.contains("|---"),
            "table inside another word chooses nothing"
        );
    }

    #[test]
    fn every_answer_says_that_it_comes_from_the_sandbox() {
        for (words, _) in TEXTS {
            assert!(said(words[0]).text.contains("sandbox"));
        }
        assert!(
            said("what is the capital of France?")
                .text
                .contains("> what is the capital of France?")
        );
    }

    #[test]
    fn the_long_answer_has_about_forty_kilobytes() {
        let length = said("a long answer").text.len();
        assert!((36_000..46_000).contains(&length), "{length}");
    }
}
