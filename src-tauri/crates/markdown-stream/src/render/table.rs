//! Which cell of a table comes next.

use pulldown_cmark::Alignment;

/// A table that is being written.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl Table {
    pub(super) fn new(alignments: &[Alignment]) -> Self {
        Self {
            alignments: alignments.to_vec(),
            column: 0,
            head: true,
        }
    }

    pub(super) fn next_row(&mut self) {
        self.column = 0;
        self.head = false;
    }

    /// Opening and closing tag of the next cell.
    pub(super) fn cell(&mut self) -> (&'static str, &'static str) {
        let alignment = self
            .alignments
            .get(self.column)
            .copied()
            .unwrap_or(Alignment::None);
        self.column += 1;
        if self.head {
            let open = match alignment {
                Alignment::None => "<th>",
                Alignment::Left => "<th class=\"align-left\">",
                Alignment::Center => "<th class=\"align-center\">",
                Alignment::Right => "<th class=\"align-right\">",
            };
            return (open, "</th>");
        }
        let open = match alignment {
            Alignment::None => "<td>",
            Alignment::Left => "<td class=\"align-left\">",
            Alignment::Center => "<td class=\"align-center\">",
            Alignment::Right => "<td class=\"align-right\">",
        };
        (open, "</td>")
    }
}
