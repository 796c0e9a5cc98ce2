//! Labels in front of values: `Incident Lead: Kim Brown`, `Affected regions: us, eu`. What a value is depends on what
//! its label asks for.

use super::token::{Kind, Tokens};

/// Tokens looked at in front of a value, and of a label.
const SIGHT: usize = 60;
const LABEL: usize = 12;

/// The words of the label whose value holds the word at `at`, in lower case, and the position of its colon. Between
/// the two stands nothing that `goes_on` refuses.
pub(super) fn label(
    tokens: &Tokens<'_>,
    at: usize,
    goes_on: impl Fn(&Tokens<'_>, usize) -> bool,
) -> Option<(String, usize)> {
    let mut colon = at.checked_sub(1)?;
    while !tokens.is_mark(colon, ':') {
        let is_line = tokens.kind(colon) != Some(Kind::Space) || !tokens.text(colon).contains('\n');
        let near = at - colon < SIGHT && is_line && (tokens.kind(colon) == Some(Kind::Space) || goes_on(tokens, colon));
        colon = colon.checked_sub(1).filter(|_| near)?;
    }
    // "10:54", "http://"
    tokens.behind_space(colon + 1)?;
    let mut first = colon;
    while let Some(before) = first.checked_sub(1).filter(|before| colon - before <= LABEL) {
        let within = match tokens.kind(before) {
            Some(Kind::Letters) => true,
            Some(Kind::Space) => !tokens.text(before).contains('\n'),
            _ => matches!(tokens.mark(before), Some('-' | '/' | '(' | ')' | '&' | '\'')),
        };
        if !within {
            break;
        }
        first = before;
    }
    Some((normal(tokens.slice(first, colon)), colon))
}

/// A label in lower case, its plural in brackets left out: `Author(s)`.
pub(super) fn normal(label: &str) -> String {
    let label = label.trim().trim_end_matches(':').to_lowercase().replace("(s)", "").replace(['(', ')'], " ");
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a label of at most four words ends with one of these, as words.
pub(super) fn ends_with(label: &str, known: &[&str]) -> bool {
    let is_short = label.split_whitespace().count() <= 4;
    let ends = |known: &&str| {
        label.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with([' ', '-', '/']))
    };
    is_short && known.iter().any(ends)
}
