//! Diagrams, drawn by another process of this program: their layout is large and their source is a model's.

use std::path::Path;
use std::time::Duration;

use diagram::{LONGEST_SOURCE, Sheet, Theme, draw};
use serde::{Deserialize, Serialize};

use crate::Tuppence;
use crate::confined::{self, ConfinedError, Work};
use crate::failure::Failure;

/// What makes a program of ours that process.
const ARGUMENT: &str = "--draw-diagram";

/// Drawing takes no longer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Most bytes of both drawings, as JSON.
const MOST_ANSWER: u64 = 16 << 20;

/// A diagram, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// For light and for dark ground.
    Drawn {
        /// Dark ink.
        light: Sheet,
        /// Light ink.
        dark: Sheet,
    },
    /// It cannot be drawn; the reason is for a person, beside the source.
    Refused(String),
}

#[derive(Serialize, Deserialize)]
struct Sheets {
    light: Sheet,
    dark: Sheet,
}

impl Tuppence {
    /// Draws a Mermaid diagram.
    ///
    /// # Errors
    /// Internal ones: what is wrong with the diagram is no failure but [`Drawing::Refused`].
    pub async fn draw_diagram(&self, source: &str) -> Result<Drawing, Failure> {
        let program = std::env::current_exe().map_err(Failure::internal)?;
        drawn_by(&program, &[ARGUMENT], source, PATIENCE).await
    }
}

async fn drawn_by(
    program: &Path,
    arguments: &[&str],
    source: &str,
    patience: Duration,
) -> Result<Drawing, Failure> {
    if source.len() > LONGEST_SOURCE {
        return Ok(Drawing::Refused(diagram::DrawError::TooLong.to_string()));
    }
    let work = Work {
        arguments,
        input: source.as_bytes(),
        most: MOST_ANSWER,
        patience,
    };
    let answer = match confined::ask(program, work).await {
        Ok(answer) => answer,
        Err(error @ ConfinedError::TooLong) => return Ok(Drawing::Refused(error.to_string())),
        Err(error) => return Err(Failure::internal(error)),
    };
    // What ran wild was ended in the middle of its answer, or before it.
    let answer: Result<Sheets, String> =
        serde_json::from_slice(&answer).unwrap_or_else(|_| Err("it is too complicated".to_owned()));
    Ok(match answer {
        Ok(Sheets { light, dark }) => Drawing::Drawn { light, dark },
        Err(reason) => Drawing::Refused(reason),
    })
}

/// Draws a diagram and ends the process, if that is what this process was started for. Call it first in
/// `main`: nothing else of the program must have begun.
pub fn draw_diagram_if_asked() -> bool {
    let asked = confined::is_asked(ARGUMENT);
    if asked {
        answer();
    }
    asked
}

fn answer() {
    confined::answer(LONGEST_SOURCE as u64, |source| {
        let source = String::from_utf8(source).map_err(|error| error.to_string())?;
        let sheet = |theme| draw(&source, theme).map_err(|error| error.to_string());
        Ok(Sheets {
            light: sheet(Theme::Light)?,
            dark: sheet(Theme::Dark)?,
        })
    });
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ROLE: &str = "draws_a_diagram_as_the_child_does";
    const ASKED: &str = "TUPPENCE_TEST_DRAW";

    /// Not a test by itself: what the tests below start.
    #[test]
    fn draws_a_diagram_as_the_child_does() {
        if std::env::var_os(ASKED).is_some() {
            answer();
        }
    }

    /// This program as such a child, in the words of a shell.
    fn role() -> String {
        format!(
            "'{}' diagram_drawing::tests::{ROLE} --exact --nocapture --test-threads=1",
            std::env::current_exe().unwrap().display()
        )
    }

    async fn drawing(source: &str) -> Drawing {
        // The harness writes around what the child says.
        let script = format!("{ASKED}=1 {} | grep -oE '\\{{\"(Ok|Err)\":.*\\}}'", role());
        let arguments = ["-c", script.as_str()];
        drawn_by(Path::new("/bin/sh"), &arguments, source, PATIENCE)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_diagram_is_drawn_in_another_process_for_both_grounds() {
        let drawn = drawing("flowchart TD\n  A[Sign in] --> B[Answer]").await;
        let Drawing::Drawn { light, dark } = drawn else {
            panic!("{drawn:?}")
        };
        assert!(light.svg.contains("Answer") && light.svg != dark.svg);
        assert!(light.width > 20 && light.height > 20);
    }

    #[tokio::test]
    async fn what_is_wrong_with_a_diagram_is_said() {
        let drawn = drawing("flowchart TD\n  A -->").await;
        assert!(
            matches!(&drawn, Drawing::Refused(why) if !why.is_empty()),
            "{drawn:?}"
        );
        let drawn = drawing(&"A".repeat(LONGEST_SOURCE + 1)).await;
        assert_eq!(
            drawn,
            Drawing::Refused("it is longer than 64 KiB".to_owned())
        );
    }

    /// Every node leads to every other: what no layout gets through.
    fn bomb() -> String {
        let nodes = 0..110;
        let mut source = "flowchart TD\n".to_owned();
        for from in nodes.clone() {
            for to in nodes.clone().filter(|to| *to != from) {
                let edge = format!("{from}-->{to}\n");
                if source.len() + edge.len() <= LONGEST_SOURCE {
                    source.push_str(&edge);
                }
            }
        }
        source
    }

    #[tokio::test]
    async fn a_diagram_that_would_take_for_ever_is_ended() {
        let source = bomb();
        assert!(source.len() > LONGEST_SOURCE - 100);
        // In place of the shell, so that this is the process which is ended.
        let script = format!("{ASKED}=1 exec {}", role());
        let (arguments, patience) = (["-c", script.as_str()], Duration::from_millis(500));
        let drawn = drawn_by(Path::new("/bin/sh"), &arguments, &source, patience).await;
        let too_long = ConfinedError::TooLong.to_string();
        assert_eq!(drawn.unwrap(), Drawing::Refused(too_long));
    }

    #[tokio::test]
    async fn a_process_that_hangs_floods_or_dies_is_a_reason_and_nothing_more() {
        for script in ["sleep 60", "exec cat /dev/zero", "kill -9 $$"] {
            let (arguments, patience) = (["-c", script], Duration::from_millis(300));
            let drawn = drawn_by(Path::new("/bin/sh"), &arguments, "pie", patience).await;
            assert!(
                matches!(drawn, Ok(Drawing::Refused(_))),
                "{script}: {drawn:?}"
            );
        }
    }
}
