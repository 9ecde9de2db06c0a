//! Files that go with a question, by the terminal client.

use std::fs;

use private_desktop::Keyring;

use crate::terminal::Terminal;

/// A PNG's chunk of text, with its checksum.
const REMARK: &[u8] = b"\0\0\0\x15tEXtComment\0taken at home\x76\x63\x1a\x09";

#[test]
fn a_text_and_an_image_go_with_a_question_and_the_image_says_nothing_of_its_past() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let notes = terminal.data.with_file_name("notes.txt");
    fs::write(&notes, "buy two pennyweights of tea").unwrap();
    let picture = terminal.data.with_file_name("home.png");
    fs::write(&picture, remarked()).unwrap();
    let asked = terminal.run(&[
        "ask",
        "--model",
        "penny-vision",
        "--attach",
        notes.to_str().unwrap(),
        "--attach",
        picture.to_str().unwrap(),
        "What is this?",
    ]);
    assert!(asked.status.success());
    let answer = String::from_utf8(asked.stdout).unwrap();
    assert!(answer.contains("pennyweights"), "{answer}");

    let kept = kept(&terminal);
    assert_eq!(kept.len(), 2);
    let image = kept.iter().find(|bytes| bytes.starts_with(b"\x89PNG"));
    let image = image.expect("an image with an alpha channel stays a PNG");
    assert!(!contains(image, b"taken at home"));
    // The sandbox counts what arrived: those bytes, and no others.
    let arrived = format!("| 1 | `image/png` | {} bytes |", image.len());
    assert!(answer.contains(&arrived), "{answer}");
}

#[test]
fn what_cannot_be_sent_says_so_and_costs_nothing() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let picture = terminal.data.with_file_name("home.png");
    fs::write(&picture, remarked()).unwrap();
    let picture = picture.to_str().unwrap();
    let ask = |model: &str, file: &str| {
        let asked = terminal.run(&["ask", "--model", model, "--attach", file, "What is this?"]);
        asked.status.code()
    };
    // Its list does not say what a model takes, so the provider is asked and says no.
    assert_eq!(ask("penny-small", picture), Some(8));
    let program = env!("CARGO_BIN_EXE_tuppence");
    assert_eq!(
        ask("penny-vision", program),
        Some(2),
        "no kind that is sent"
    );
    assert_eq!(ask("penny-vision", "/nowhere/at.all"), Some(2));
    let balance = terminal.json(&["balance", "--json"]);
    assert_eq!(balance["amount"]["play_micro"], 5_000_000);
}

/// A real image with a remark before its end.
fn remarked() -> Vec<u8> {
    let mut png = include_bytes!("../../icons/32x32.png").to_vec();
    let end = png.len() - 12;
    png.splice(end..end, REMARK.iter().copied());
    assert!(contains(&png, b"taken at home"));
    png
}

/// What the data directory keeps of the attachments, for their owner's eyes alone.
fn kept(terminal: &Terminal) -> Vec<Vec<u8>> {
    fs::read_dir(terminal.data.join("attachments"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            }
            fs::read(path).unwrap()
        })
        .collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
