//! The process that reads one PDF: from standard input, and says what it found on standard output.

use std::io::{Read as _, Write as _};

use serde::{Deserialize, Serialize};

/// What makes a program of ours that process.
pub(super) const ARGUMENT: &str = "--read-pdf";

/// Most address space, in bytes; what the program itself needs is part of it.
#[cfg(unix)]
const MOST_MEMORY: u64 = 3 << 30;

/// Most seconds of a processor.
#[cfg(unix)]
const MOST_SECONDS: u64 = 20;

/// What was found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) pages: u32,
}

/// Reads a PDF and ends the process, if that is what this process was started for. Call it first in
/// `main`: nothing else of the program must have begun.
pub fn read_pdf_if_asked() -> bool {
    let asked = std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == ARGUMENT);
    if asked {
        answer();
    }
    asked
}

pub(super) fn answer() {
    confine();
    let found = found();
    // Nobody listens any more: then nobody needs to know.
    let _ = serde_json::to_writer(std::io::stdout(), &found);
    let _ = std::io::stdout().flush();
}

fn found() -> Result<Read, String> {
    let mut bytes = Vec::new();
    let most = super::LARGEST_FILE as u64;
    std::io::stdin()
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("the PDF did not arrive: {error}"))?;
    let pages =
        pdf_extract::extract_text_from_mem_by_pages(&bytes).map_err(|error| match error {
            pdf_extract::OutputError::PdfError(_) => "the PDF is damaged or protected".to_owned(),
            _ => "the PDF is damaged".to_owned(),
        })?;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let words: Vec<&str> = pages
        .iter()
        .map(|page| page.trim())
        .filter(|page| !page.is_empty())
        .collect();
    Ok(Read {
        text: words.join("\n\n"),
        pages: count,
    })
}

/// A file that makes the parser run wild ends this process, and nothing else.
#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MOST_MEMORY),
        (Resource::Cpu, MOST_SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nproc, 0),
    ];
    for (resource, most) in limits {
        // Where one cannot be set, the others and the parent's clock hold.
        let _ = setrlimit(
            resource,
            Rlimit {
                current: Some(most),
                maximum: Some(most),
            },
        );
    }
}

#[cfg(not(unix))]
fn confine() {}
