//! The long answer: about 40 KB, put together from a few paragraphs, so that scrolling, stopping and paying for length can be tried.

use std::fmt::Write;

const CHAPTERS: usize = 28;

const SUBJECTS: &[&str] = &[
    "the coin",
    "the purse",
    "the ledger",
    "the counter",
    "the scales",
    "the market stall",
    "the toll gate",
    "the letter of credit",
];

const PARAGRAPHS: &[&str] = &[
    "Whoever carries {s} into a strange town wants to know two things: what it is worth there, and who says so. The first question has a new answer \
     every morning. The second has hardly changed in two thousand years. Somebody weighs, somebody writes it down, and everybody else decides whether \
     to believe what was written.",
    "It helps to follow {s} for one day. It changes hands eleven times, is counted nine times, and is looked at closely only twice, both times by people \
     who had been cheated before. Most of its work is done by being expected. A thing that will surely be accepted tomorrow is as good as accepted today.",
    "There is a small arithmetic in {s} that children learn early: what is taken out here must appear there. If it does not, one of two people is \
     mistaken, and the pleasant part of keeping books is that one can find out which. Rounding is where the trouble hides, so the careful round once, at the end, and \
     always in the same direction.",
    "Travellers who wrote about {s} tend to praise what was missing at home. One admired how quickly a price was told; another how a bargain, once struck, was \
     spoken aloud in front of a witness. Both noticed that the busiest places were those where it was easiest to leave without buying anything.",
    "Of all that can go wrong with {s}, forgetting is the most common and theft the most discussed. Between them lies a wide field of honest muddle: the note that says \
     only *paid*, the column added twice, the friend who will settle up next week. A good habit costs a minute each evening and saves an afternoon each spring.",
];

/// The whole text.
pub(super) fn text() -> String {
    let mut text = String::from(
        "# A long walk around small money\n\nTwenty-eight short chapters that mean nothing in particular. Stop whenever you have seen enough: only what was written is paid for.\n",
    );
    for chapter in 0..CHAPTERS {
        let subject = SUBJECTS[chapter % SUBJECTS.len()];
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {}. Of {subject}\n\n", chapter + 1);
        for offset in 0..4 {
            let paragraph =
                PARAGRAPHS[(chapter + offset * 2 + chapter / SUBJECTS.len()) % PARAGRAPHS.len()];
            let _ = write!(text, "{}\n\n", paragraph.replace("{s}", subject));
        }
        let _ = match chapter % 4 {
            0 => write!(
                text,
                "| counted | found | difference |\n|---:|---:|---:|\n| {} | {} | 0 |\n",
                100 + chapter * 7,
                100 + chapter * 7
            ),
            1 => writeln!(
                text,
                "> Chapter {} in one line: count it twice, write it once.",
                chapter + 1
            ),
            2 => write!(
                text,
                "1. Weigh.\n2. Write down.\n3. Compare with chapter {}.\n",
                chapter.max(1)
            ),
            _ => write!(
                text,
                "```text\nchapter {:>2}   in {:>5}   out {:>5}   left {:>5}\n```\n",
                chapter + 1,
                240,
                12 * chapter,
                240 - 6 * chapter
            ),
        };
    }
    text.push_str("\nThat was all of it. Nobody will ask questions about it later.");
    text
}
