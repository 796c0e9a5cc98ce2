//! What a vendor takes in one call, and how texts are cut into calls: as few as that allows, in their order.

use std::ops::Range;

/// What one call takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Texts at once.
    pub(crate) texts: usize,
    /// All texts together, as `measure` counts them.
    pub(crate) size: usize,
    /// What `measure` counts, for people.
    pub(crate) unit: &'static str,
    pub(crate) measure: fn(&str) -> usize,
}

impl Limits {
    /// The calls, by position; a text that no call takes is in none, and neither is one without words, which several
    /// vendors refuse and all would bill.
    pub(super) fn batches(&self, texts: &[String]) -> Vec<Range<usize>> {
        let mut batches: Vec<Range<usize>> = Vec::new();
        let mut filled = 0;
        for (index, text) in texts.iter().enumerate() {
            let size = (self.measure)(text);
            if size > self.size || text.trim().is_empty() {
                continue;
            }
            match batches.last_mut() {
                Some(last) if last.end == index && last.len() < self.texts && filled + size <= self.size => {
                    last.end += 1;
                    filled += size;
                }
                _ => {
                    batches.push(index..index + 1);
                    filled = size;
                }
            }
        }
        batches
    }
}

/// Bytes of a text as JSON writes it, with its quotes and comma.
pub(crate) fn as_json(text: &str) -> usize {
    text.bytes().map(|byte| if byte == b'"' || byte == b'\\' || byte.is_ascii_control() { 6 } else { 1 }).sum::<usize>()
        + 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(texts: usize, size: usize, lengths: &[usize]) -> Vec<Range<usize>> {
        let written: Vec<String> = lengths.iter().map(|length| "x".repeat(*length)).collect();
        Limits { texts, size, unit: "bytes", measure: str::len }.batches(&written)
    }

    #[test]
    fn calls_are_filled_by_size_and_by_number() {
        assert_eq!(cut(50, 10, &[4, 4, 4, 2]), [0..2, 2..4]);
        assert_eq!(cut(2, 100, &[1, 1, 1, 1, 1]), [0..2, 2..4, 4..5]);
        assert!(cut(2, 100, &[]).is_empty());
        assert_eq!(cut(1, 10, &[10]).len(), 1);
    }

    #[test]
    fn what_no_call_takes_is_left_out_and_keeps_the_others_in_their_places() {
        assert_eq!(cut(50, 10, &[1, 11, 1, 1]), [0..1, 2..4]);
        assert_eq!(cut(50, 10, &[1, 0, 1]), [0..1, 2..3]);
        assert!(cut(50, 10, &[11]).is_empty());
    }
}
