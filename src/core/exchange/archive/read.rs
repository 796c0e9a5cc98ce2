//! Reads an archive line by line; a line that cannot be used has the reason.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read as _};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ArchiveError, Counts, End, Extent, FORMAT, Head, IncidentLine, LINE_BYTES, NAME, OLDEST_FORMAT, RowKind};

const CHUNK: usize = 256 * 1024;

/// The last line's key.
const END: &str = "end";

/// An archive, line by line.
#[derive(Debug)]
pub struct ArchiveReader<R> {
    inner: BufReader<R>,
    line: Vec<u8>,
    number: u64,
    most: usize,
}

/// A line of the file.
#[derive(Debug, PartialEq, Eq)]
pub enum ArchiveRecord<'line> {
    Row(RowLine<'line>),
    End {
        line: u64,
        counts: Counts,
    },
    /// A line that cannot be used, whatever it may have been, and why.
    Refused {
        line: u64,
        reason: String,
    },
}

/// A row's line; its fields are read by whoever knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowLine<'line> {
    /// From 1.
    pub number: u64,
    pub kind: RowKind,
    text: &'line str,
}

impl ArchiveRecord<'_> {
    /// From 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        match self {
            Self::Row(line) => line.number,
            Self::End { line, .. } | Self::Refused { line, .. } => *line,
        }
    }
}

impl<R: io::Read> ArchiveReader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// Where it is not that of an archive, or not of one that can be read here.
    pub fn new(bytes: R) -> Result<(Head, Self), ArchiveError> {
        Self::bounded(bytes, LINE_BYTES)
    }

    /// With lines of so many bytes at most.
    pub(super) fn bounded(bytes: R, most: usize) -> Result<(Head, Self), ArchiveError> {
        let inner = BufReader::with_capacity(CHUNK, bytes);
        let mut reader = Self { inner, line: Vec::new(), number: 0, most };
        if !reader.fill_line()? {
            return Err(ArchiveError::Foreign("it is empty".to_owned()));
        }
        let head = reader.text().map_err(ArchiveError::Foreign).and_then(read_head)?;
        Ok((head, reader))
    }

    /// The next line; `None` behind the last one. Empty lines are passed over.
    ///
    /// # Errors
    /// Where the file cannot be read on.
    pub fn read(&mut self) -> io::Result<Option<ArchiveRecord<'_>>> {
        loop {
            if !self.fill_line()? {
                return Ok(None);
            }
            if !self.line.iter().all(u8::is_ascii_whitespace) {
                break;
            }
        }
        let line = self.number;
        let read = self.text().and_then(|text| sort(line, text));
        Ok(Some(read.unwrap_or_else(|reason| ArchiveRecord::Refused { line, reason })))
    }

    /// The line that was read, if it can be one.
    fn text(&self) -> Result<&str, String> {
        if self.line.len() > self.most {
            return Err(format!("it has more than {} bytes", self.most));
        }
        std::str::from_utf8(&self.line).map_err(|error| format!("it is not UTF-8 (byte {})", error.valid_up_to() + 1))
    }

    /// Reads a line, or as much of it as may be and one byte more; `false` at the end. Either way behind the line.
    fn fill_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        let most = self.most as u64 + 1;
        if (&mut self.inner).take(most).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(false);
        }
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > self.most {
            self.skip_line()?;
        }
        Ok(true)
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ready = self.inner.fill_buf()?;
            let end = ready.iter().position(|byte| *byte == b'\n');
            let count = end.map_or(ready.len(), |end| end + 1);
            let is_over = end.is_some() || ready.is_empty();
            self.inner.consume(count);
            if is_over {
                return Ok(());
            }
        }
    }
}

/// What every format's first line has.
#[derive(Deserialize)]
struct AnyHead {
    polypost: String,
    format: u64,
    #[serde(default)]
    program: String,
}

fn read_head(text: &str) -> Result<Head, ArchiveError> {
    // Windows' editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let foreign = |error| ArchiveError::Foreign(explain(&error));
    let any: AnyHead = serde_json::from_str(text).map_err(foreign)?;
    if any.polypost != NAME {
        return Err(ArchiveError::Foreign(format!("`polypost` is not `{NAME}`")));
    }
    if !(u64::from(OLDEST_FORMAT)..=u64::from(FORMAT)).contains(&any.format) {
        return Err(ArchiveError::Format { format: any.format, program: any.program });
    }
    serde_json::from_str(text).map_err(foreign)
}

/// Tells by the first key what a line has.
fn sort(line: u64, text: &str) -> Result<ArchiveRecord<'_>, String> {
    let key = first_key(text).ok_or_else(|| "it is not a JSON object".to_owned())?;
    if key == END {
        let End { end } = serde_json::from_str(text).map_err(|error| explain(&error))?;
        return Ok(ArchiveRecord::End { line, counts: end });
    }
    match RowKind::ALL.into_iter().find(|kind| kind.as_str() == key) {
        Some(kind) => Ok(ArchiveRecord::Row(RowLine { number: line, kind, text })),
        None => Err(format!("`{}` is no kind of row", key.chars().take(40).collect::<String>())),
    }
}

fn first_key(text: &str) -> Option<&str> {
    let inside = text.trim_start().strip_prefix('{')?.trim_start().strip_prefix('"')?;
    inside.split_once('"').map(|(key, _)| key)
}

impl RowLine<'_> {
    /// How long it is, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// An incident's row, and how many others follow it.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn incident<I: DeserializeOwned>(&self) -> Result<(I, Extent), String> {
        let line: IncidentLine<I> = serde_json::from_str(self.text).map_err(|error| explain(&error))?;
        Ok((line.incident, line.rows))
    }

    /// Any other row.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn row<T: DeserializeOwned>(&self) -> Result<T, String> {
        let rows: BTreeMap<String, T> = serde_json::from_str(self.text).map_err(|error| explain(&error))?;
        match rows.len() {
            1 => rows.into_values().next().ok_or_else(String::new),
            count => Err(format!("it has {count} rows instead of one")),
        }
    }
}

/// The parser counts lines from the beginning of what it was given, which was one.
fn explain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} (byte {})", error.column()),
        None => message,
    }
}
