//! What is on the screen, read from the file in which Xvfb keeps it (X Window Dump).

use std::{fs::File, os::unix::fs::FileExt, path::Path};

use crate::DesktopError;

/// How far apart two values of a channel are that nobody takes for one colour.
const DISTINCT: u8 = 60;

/// The pixels of a virtual screen, as they are whenever they are asked for.
#[derive(Debug)]
pub struct Screen {
    file: File,
    /// Where the pixels begin.
    offset: u64,
    bytes_per_line: u64,
    lines: u64,
}

impl Screen {
    pub(crate) fn open(path: &Path) -> Result<Self, DesktopError> {
        let fail = DesktopError::io(format!("reading {}", path.display()));
        let open = || {
            let file = File::open(path)?;
            let mut header = [0; 100];
            file.read_exact_at(&mut header, 0)?;
            // Numbers of four bytes, the highest first.
            let number = |at: usize| {
                let bytes = header.get(at * 4..at * 4 + 4).unwrap_or_default();
                bytes
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
            };
            let colours = number(19);
            Ok(Self {
                offset: number(0) + colours * 12,
                lines: number(5),
                bytes_per_line: number(12),
                file,
            })
        };
        open().map_err(fail)
    }

    /// How many pixels in the middle half of the screen stand out from its ground, and the ground's
    /// colour (blue, green, red). Every eighth line is looked at.
    ///
    /// # Errors
    /// [`DesktopError::Io`] if the server's file cannot be read.
    pub fn ink(&self) -> Result<(usize, [u8; 3]), DesktopError> {
        let mut pixels = Vec::new();
        let mut line = vec![0; usize::try_from(self.bytes_per_line).unwrap_or_default()];
        for number in (self.lines / 4..self.lines * 3 / 4).step_by(8) {
            self.file
                .read_exact_at(&mut line, self.offset + number * self.bytes_per_line)
                .map_err(DesktopError::io("reading the screen"))?;
            let colours = line
                .chunks_exact(4)
                .map(|pixel| [pixel[0], pixel[1], pixel[2]]);
            pixels.extend(colours);
        }
        let ground = majority(&pixels);
        let stands_out = |pixel: &&[u8; 3]| {
            let pairs = pixel.iter().zip(ground);
            pairs
                .into_iter()
                .any(|(value, ground)| value.abs_diff(ground) > DISTINCT)
        };
        Ok((pixels.iter().filter(stands_out).count(), ground))
    }
}

/// The value that more than half of them have (Boyer and Moore's vote: the screen is looked at while
/// others are timed, so it has to cost little).
fn majority(pixels: &[[u8; 3]]) -> [u8; 3] {
    let mut leader = ([0; 3], 0_usize);
    for pixel in pixels {
        leader = match leader {
            (_, 0) => (*pixel, 1),
            (colour, votes) if colour == *pixel => (colour, votes + 1),
            (colour, votes) => (colour, votes - 1),
        };
    }
    leader.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn ink_is_what_stands_out_from_the_ground_in_the_middle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("screen");
        let (width, lines) = (16_u32, 64_u32);
        let mut header = [0_u32; 25];
        (header[0], header[5], header[12], header[19]) = (100, lines, width * 4, 1);
        let mut bytes: Vec<u8> = header
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        bytes.extend([0; 12]);
        let start = bytes.len();
        bytes.resize(start + (width * lines * 4) as usize, 200);
        // Line 24 is in the middle, and one of those that are looked at; line 0 is not.
        for line in [0, 24] {
            let at = start + (line * width * 4) as usize;
            bytes[at..at + 12].fill(0);
        }
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(
            Screen::open(&path).unwrap().ink().unwrap(),
            (3, [200, 200, 200])
        );
    }
}
