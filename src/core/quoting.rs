//! How messages quote a text that somebody sent, and say where in it they mean.

/// Characters of a text that a message repeats.
const EXCERPT_LONGEST: usize = 60;

/// As much of a text as a message should repeat, on one line: control characters are spaces, and what is left out is
/// `…`.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let shown = text.chars().take(EXCERPT_LONGEST);
    let mut excerpt: String = shown.map(|character| if character.is_control() { ' ' } else { character }).collect();
    if text.chars().nth(EXCERPT_LONGEST).is_some() {
        excerpt.push('…');
    }
    excerpt
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
    fn lines_count_from_one() {
        assert_eq!([0, 1, 2, 4, 99].map(|at| line_of("a\nb\n\n", at)), [1, 1, 2, 3, 4]);
    }
}
