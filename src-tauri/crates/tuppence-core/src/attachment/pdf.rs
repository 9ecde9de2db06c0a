//! The words of a PDF. The format is large and its parsers are old friends of attackers, so it is read
//! by another process of this program ([`crate::confined`]).

use std::path::Path;
use std::time::Duration;

use super::pdf_reader::{ARGUMENT, Read};
use super::{LARGEST_TEXT, too_large, unreadable};
use crate::confined::{self, ConfinedError, Work};
use crate::failure::Failure;

/// Reading takes no longer.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    // Some programs put a few bytes before it.
    bytes.windows(5).take(1024).any(|part| part == b"%PDF-")
}

pub(super) async fn words(bytes: Vec<u8>) -> Result<Read, Failure> {
    let program = std::env::current_exe().map_err(Failure::internal)?;
    words_by(&program, &[ARGUMENT], &bytes, PATIENCE).await
}

async fn words_by(
    program: &Path,
    arguments: &[&str],
    input: &[u8],
    patience: Duration,
) -> Result<Read, Failure> {
    let work = Work {
        arguments,
        input,
        most: LARGEST_TEXT as u64 * 8,
        patience,
    };
    let answer = match confined::ask(program, work).await {
        Ok(answer) => answer,
        Err(ConfinedError::TooLong) => return Err(unreadable("reading the PDF took too long")),
        Err(error) => return Err(Failure::internal(error)),
    };
    let read: Result<Read, String> = serde_json::from_slice(&answer)
        .map_err(|_| unreadable("the PDF is damaged, or too large to be read"))?;
    let read = read.map_err(unreadable)?;
    if read.text.trim().is_empty() {
        return Err(unreadable("the PDF has no words, only pictures of them"));
    }
    if read.text.len() > LARGEST_TEXT {
        return Err(too_large("more than 1 MB of words"));
    }
    Ok(read)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::failure::FailureKind;

    const ROLE: &str = "reads_a_pdf_as_the_child_does";
    const ASKED: &str = "TUPPENCE_TEST_READ_PDF";

    /// Not a test by itself: what the tests below start.
    #[test]
    fn reads_a_pdf_as_the_child_does() {
        if std::env::var_os(ASKED).is_some() {
            super::super::pdf_reader::answer();
        }
    }

    async fn words_of(bytes: &[u8]) -> Result<Read, Failure> {
        let program = std::env::current_exe().unwrap();
        let path = format!("attachment::pdf::tests::{ROLE}");
        // The harness writes around what the child says.
        let script = format!(
            "{ASKED}=1 '{}' {path} --exact --nocapture --test-threads=1 | grep -oE '\\{{\"(Ok|Err)\":.*\\}}'",
            program.display()
        );
        words_by(Path::new("/bin/sh"), &["-c", &script], bytes, PATIENCE).await
    }

    /// The smallest file with words: one page, one line.
    fn pdf(content: &str) -> Vec<u8> {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            places.push(file.len());
            file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
        }
        let table = file.len();
        file.extend_from_slice(b"xref\n0 6\n0000000000 65535 f \n");
        for place in places {
            file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        file.extend_from_slice(
            format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
        );
        file
    }

    #[tokio::test]
    async fn the_words_of_a_page_are_read_in_another_process() {
        let file = pdf("BT /F1 24 Tf 20 40 Td (Half a penny) Tj ET");
        assert!(is_pdf(&file));
        let read = words_of(&file).await.unwrap();
        assert_eq!((read.text.trim(), read.pages), ("Half a penny", 1));
    }

    #[tokio::test]
    async fn a_page_without_words_and_a_damaged_file_say_so() {
        for file in [pdf("0 0 50 50 re f"), b"%PDF-1.7 and nothing else".to_vec()] {
            let failure = words_of(&file).await.unwrap_err();
            assert_eq!(failure.kind, FailureKind::AttachmentUnreadable, "{failure}");
        }
    }

    #[tokio::test]
    async fn a_reader_that_hangs_or_floods_is_ended() {
        for script in ["sleep 60", "exec cat /dev/zero"] {
            let (arguments, patience) = (["-c", script], Duration::from_millis(300));
            let outcome = words_by(Path::new("/bin/sh"), &arguments, b"%PDF-", patience).await;
            let failure = outcome.unwrap_err();
            assert_eq!(failure.kind, FailureKind::AttachmentUnreadable, "{script}");
        }
    }
}
