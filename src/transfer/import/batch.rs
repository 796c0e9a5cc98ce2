//! Collects texts or answers until there are enough for one transaction, with the line of each.

use serde::de::DeserializeOwned;

use polypost_core::exchange::archive::RowLine;

/// Rows stored in one transaction, and bytes of their lines.
const ROWS: usize = 500;
const BYTES: usize = 16 * 1024 * 1024;

/// Rows so far, and the line of each.
pub(super) struct Batch<T> {
    rows: Vec<T>,
    lines: Vec<u64>,
    bytes: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), lines: Vec::new(), bytes: 0 }
    }
}

impl<T: DeserializeOwned> Batch<T> {
    /// Takes a line whose row is in order.
    pub(super) fn take(&mut self, line: RowLine<'_>, verify: impl Fn(&T) -> Result<(), String>) -> Result<(), String> {
        let row: T = line.row()?;
        verify(&row)?;
        self.rows.push(row);
        self.lines.push(line.number);
        self.bytes += line.bytes();
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= ROWS || self.bytes >= BYTES
    }

    /// Takes everything out.
    pub(super) fn drain(&mut self) -> (Vec<T>, Vec<u64>) {
        let Self { rows, lines, .. } = std::mem::take(self);
        (rows, lines)
    }
}
