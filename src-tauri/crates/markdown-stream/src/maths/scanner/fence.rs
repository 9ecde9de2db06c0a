//! Fenced code, as far as keeping formulas out of it needs.

/// An open fence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: u8,
    len: usize,
    /// Column of the fence; a shallower line ends the list item that holds it.
    column: usize,
    quoted: bool,
}

/// What may stand before a fence: indentation, block quotes, list markers.
const CONTAINER: [char; 8] = [' ', '\t', '>', '-', '*', '+', '.', ')'];

fn content(line: &str) -> &str {
    let bare = line.trim_start_matches(|c: char| CONTAINER.contains(&c) || c.is_ascii_digit());
    bare.trim_end_matches(['\n', ' ', '\t'])
}

/// Whether an incomplete line may turn out to open a fence.
pub(super) fn may_open(line: &str) -> bool {
    let content = content(line);
    content.is_empty() || content.starts_with(['`', '~'])
}

impl Fence {
    /// The fence that this line opens, if any.
    pub(super) fn open(line: &str) -> Option<Self> {
        let content = content(line);
        let mark = *content
            .as_bytes()
            .first()
            .filter(|mark| matches!(mark, b'`' | b'~'))?;
        let len = content.bytes().take_while(|byte| *byte == mark).count();
        if len < 3 || (mark == b'`' && content[len..].contains('`')) {
            return None;
        }
        let column = line.find(char::from(mark))?;
        let quoted = line.trim_start_matches(' ').starts_with('>');
        Some(Self {
            mark,
            len,
            column,
            quoted,
        })
    }

    /// Whether this line closes it.
    pub(super) fn closes(&self, line: &str) -> bool {
        let content = line.trim_matches(|c: char| c.is_ascii_whitespace() || c == '>');
        content.len() >= self.len && content.bytes().all(|byte| byte == self.mark)
    }

    /// Whether the container that holds it ended before this line.
    pub(super) fn ends_before(&self, line: &str) -> bool {
        if self.quoted {
            return !line.trim_start_matches(' ').starts_with('>');
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        self.column >= 2 && indent < 2 && !line.trim().is_empty()
    }
}
