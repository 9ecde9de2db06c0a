//! Server-sent events out of bytes as they arrive (WHATWG HTML, section 9.2.6).
//!
//! Lines end in CR, LF or CRLF, a byte order mark may come first, comments and unknown fields are
//! dropped. Beyond the standard, a line that begins like a JSON object is handed on as
//! [`Record::Stray`], because a provider writes its last error so, and at the end of the input an
//! event without its closing blank line still counts.

/// What the reader found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record<'a> {
    /// An event with data; `name` is empty where the event has none.
    Event {
        /// The `event` field.
        name: &'a [u8],
        /// The `data` fields, joined by line feeds.
        data: &'a [u8],
    },
    /// A line outside any field that begins with `{`.
    Stray(&'a [u8]),
}

/// A line, or the data of one event, is longer than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Splits bytes into lines and lines into events. Memory stays within three times the limit.
#[derive(Debug)]
pub(crate) struct EventReader {
    limit: usize,
    partial: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    name: Vec<u8>,
    after_cr: bool,
    at_start: bool,
}

impl EventReader {
    /// A reader that refuses lines and events beyond `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            partial: Vec::new(),
            data: Vec::new(),
            has_data: false,
            name: Vec::new(),
            after_cr: false,
            at_start: true,
        }
    }

    /// Takes the next bytes and hands every record completed by them to `sink`.
    pub(crate) fn feed<E: From<TooLong>>(
        &mut self,
        mut bytes: &[u8],
        sink: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.after_cr && !bytes.is_empty() {
            self.after_cr = false;
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) {
            let line = &bytes[..end];
            let ended_by_cr = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            if ended_by_cr {
                self.after_cr = bytes.is_empty();
                bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            }
            if self.partial.is_empty() {
                self.check(line.len())?;
                self.line(line, sink)?;
            } else {
                self.hold(line)?;
                self.held_line(sink)?;
            }
        }
        self.hold(bytes)?;
        Ok(())
    }

    /// Takes the end of the input: an unfinished line is a line, an unfinished event an event.
    pub(crate) fn finish<E: From<TooLong>>(
        &mut self,
        sink: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.partial.is_empty() {
            self.held_line(sink)?;
        }
        self.dispatch(sink)
    }

    fn hold(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        self.check(self.partial.len() + bytes.len())?;
        self.partial.extend_from_slice(bytes);
        Ok(())
    }

    fn check(&self, length: usize) -> Result<(), TooLong> {
        if length > self.limit {
            Err(TooLong)
        } else {
            Ok(())
        }
    }

    fn held_line<E: From<TooLong>>(
        &mut self,
        sink: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut line = std::mem::take(&mut self.partial);
        self.line(&line, sink)?;
        line.clear();
        self.partial = line;
        Ok(())
    }

    fn line<E: From<TooLong>>(
        &mut self,
        mut line: &[u8],
        sink: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if std::mem::take(&mut self.at_start) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch(sink);
        }
        // The name of every field that matters is known, so the colon need not be searched for.
        if let Some(value) = field(line, b"data") {
            self.check(self.data.len() + value.len() + 1)?;
            if self.has_data {
                self.data.push(b'\n');
            }
            self.has_data = true;
            self.data.extend_from_slice(value);
        } else if let Some(value) = field(line, b"event") {
            self.name.clear();
            self.name.extend_from_slice(value);
        } else if line.starts_with(b"{") {
            sink(Record::Stray(line))?;
        }
        Ok(())
    }

    fn dispatch<E: From<TooLong>>(
        &mut self,
        sink: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let result = if self.has_data {
            sink(Record::Event {
                name: &self.name,
                data: &self.data,
            })
        } else {
            Ok(())
        };
        self.has_data = false;
        self.data.clear();
        self.name.clear();
        result
    }
}

/// The value of the line's field if that is `name`: what follows the colon and at most one space.
fn field<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = line.strip_prefix(name)?;
    if rest.is_empty() {
        return Some(rest);
    }
    let value = rest.strip_prefix(b":")?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}

#[cfg(test)]
mod tests;
