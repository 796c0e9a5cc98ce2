//! Writes an archive line by line, and at the end how many there were.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::{Counts, End, Extent, FORMAT, Head, IncidentLine, LINE_BYTES, NAME, RowKind};

/// An archive in the making.
#[derive(Debug)]
pub struct ArchiveWriter<W> {
    inner: W,
    counts: Counts,
    line: Vec<u8>,
}

impl<W: io::Write> ArchiveWriter<W> {
    /// Writes the first line.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(inner: W, created_at: Timestamp) -> io::Result<Self> {
        let mut writer = Self { inner, counts: Counts::default(), line: Vec::new() };
        writer.write_line(&Head {
            polypost: NAME.to_owned(),
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            created_at,
        })?;
        Ok(writer)
    }

    /// Writes an incident's line; so many other rows of it must follow.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_incident<I: Serialize>(&mut self, incident: &I, rows: Extent) -> io::Result<()> {
        self.counts.add(RowKind::Incident);
        self.write_line(&IncidentLine { incident, rows })
    }

    /// Writes any other row.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write<T: Serialize>(&mut self, kind: RowKind, row: &T) -> io::Result<()> {
        self.counts.add(kind);
        self.write_line(&BTreeMap::from([(kind.as_str(), row)]))
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<(Counts, W)> {
        let end = self.counts;
        self.write_line(&End { end })?;
        self.inner.flush()?;
        Ok((end, self.inner))
    }

    /// Nothing is written of a line that nobody could read again.
    fn write_line<T: Serialize>(&mut self, line: &T) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, line)?;
        if self.line.len() > LINE_BYTES {
            let message = format!("a row has more than {LINE_BYTES} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        self.line.push(b'\n');
        self.inner.write_all(&self.line)
    }
}
