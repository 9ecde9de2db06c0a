//! The process that reads one PDF: from standard input, and says what it found on standard output.

use serde::{Deserialize, Serialize};

use crate::confined;

/// What makes a program of ours that process.
pub(super) const ARGUMENT: &str = "--read-pdf";

/// What was found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) pages: u32,
}

/// Reads a PDF and ends the process, if that is what this process was started for. Call it first in
/// `main`: nothing else of the program must have begun.
pub fn read_pdf_if_asked() -> bool {
    let asked = confined::is_asked(ARGUMENT);
    if asked {
        answer();
    }
    asked
}

pub(super) fn answer() {
    confined::answer(super::LARGEST_FILE as u64, |bytes| found(&bytes));
}

fn found(bytes: &[u8]) -> Result<Read, String> {
    let pages =
        pdf_extract::extract_text_from_mem_by_pages(bytes).map_err(|error| match error {
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
