//! Draws the diagram on standard input, for light ground or, with an argument, for dark.
//!
//! `cargo run -p diagram --example draw < diagram.mmd > diagram.svg`

use std::io::{Read as _, Write as _};

use diagram::{Theme, draw};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let theme = match std::env::args().nth(1) {
        None => Theme::Light,
        Some(_) => Theme::Dark,
    };
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source)?;
    std::io::stdout().write_all(draw(&source, theme)?.svg.as_bytes())?;
    Ok(())
}
