//! Symbols: marks that no engine carries: those outside prose, and control characters.

use super::token::Tokens;

/// Whether engines drop, invent or stumble over the mark (ENGINES 9b). Quotes, dashes, the ellipsis and no-break
/// space are not among them: every adapter writes them in its own way.
pub(super) fn is_symbol(mark: char) -> bool {
    match mark {
        '#' | '<' | '>' | '@' | '\\' | '^' | '{' | '}' | '~' | '`' => true,
        '‘' | '’' | '‚' | '“' | '”' | '„' | '…' | '‐' | '‑' | '–' | '—' => false,
        _ => !mark.is_ascii() || mark.is_ascii_control(),
    }
}

/// Whether an accent stands where an apostrophe is meant: ``it`s``, `don´t`. It belongs to the word.
pub(super) fn is_apostrophe(tokens: &Tokens<'_>, at: usize) -> bool {
    let ends = ["s", "t", "re", "ve", "ll", "d", "m"];
    matches!(tokens.mark(at), Some('`' | '´'))
        && at.checked_sub(1).is_some_and(|before| tokens.letters(before).is_some())
        && tokens.letters(at + 1).is_some_and(|letters| ends.iter().any(|end| letters.eq_ignore_ascii_case(end)))
        && !tokens.is_mark(at + 2, '`')
}
