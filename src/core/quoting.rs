//! How messages quote a text that somebody sent, say where in it they mean, and what to do.

use std::fmt;

/// Characters of a text that a message repeats.
const EXCERPT_LONGEST: usize = 60;

/// As much of a text as a message should repeat, on one line.
#[must_use]
pub fn excerpt(text: &str) -> String {
    one_line(text, EXCERPT_LONGEST)
}

/// At most so many characters of a text on one line: control characters are spaces, and what is left out is `…`.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    let mut line: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() {
        line.push('…');
    }
    line
}

/// What can be done about an error, as it stands behind its message; nothing where there is no advice.
#[derive(Clone, Copy, Debug)]
pub struct Hint<'text>(pub Option<&'text str>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |hint| write!(formatter, " (hint: {hint})"))
    }
}

/// The line, counted from 1, in which the byte at `at` stands; the last line for a place behind the end.
#[must_use]
pub fn line_of(text: impl AsRef<[u8]>, at: usize) -> usize {
    text.as_ref().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\nb\u{1b}c"), "a b c");
        assert_eq!(excerpt(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(excerpt(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn a_hint_follows_its_message() {
        assert_eq!(format!("broken{}{}", Hint(None), Hint(Some("wait"))), "broken (hint: wait)");
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!([0, 1, 2, 4, 99].map(|at| line_of("a\nb\n\n", at)), [1, 1, 2, 3, 4]);
    }
}
