//! Symbols: tokens come in, what no engine carries goes out: marks outside prose, control characters, and stretches
//! that look like somebody's placeholders or tags.

use super::token::{Kind, Tokens};

/// Tokens looked at for the end of a tag or placeholder.
const REACH: usize = 40;

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

/// The position behind something that looks like a placeholder, variable or tag: `[PH1]`, `{{name}}`, `${NAME}`,
/// `%1$s`, `%PATH%`, `<x id="1"/>`, `⟦3⟧`.
pub(super) fn lookalike(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    match tokens.mark(at)? {
        '[' => bracketed(tokens, at),
        '⟦' => enclosed(tokens, at, '⟧', false),
        '⟪' => enclosed(tokens, at, '⟫', false),
        '{' => enclosed(tokens, at, '}', false).map(|end| end + usize::from(tokens.is_mark(end, '}'))),
        '<' => {
            let name = at + 1 + usize::from(tokens.is_mark(at + 1, '/'));
            tokens.letters(name)?;
            enclosed(tokens, at, '>', true)
        }
        '%' => percent(tokens, at),
        '$' if tokens.is_mark(at + 1, '{') => enclosed(tokens, at + 1, '}', false),
        _ => None,
    }
}

/// `[PH1]`, `[ph 12]`
fn bracketed(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let next = tokens.skip_space(at + 1);
    tokens.letters(next).filter(|letters| letters.eq_ignore_ascii_case("ph"))?;
    let next = tokens.skip_space(next + 1);
    tokens.digits(next, 1, 9)?;
    let next = tokens.skip_space(next + 1);
    tokens.is_mark(next, ']').then_some(next + 1)
}

fn enclosed(tokens: &Tokens<'_>, at: usize, close: char, spaces: bool) -> Option<usize> {
    let open = tokens.mark(at)?;
    for next in at + 1..at + REACH {
        match tokens.kind(next)? {
            Kind::Space if !spaces || tokens.text(next).contains('\n') => return None,
            Kind::Mark if tokens.is_mark(next, close) => return Some(next + 1),
            Kind::Mark if tokens.is_mark(next, open) && next > at + 1 => return None,
            _ => {}
        }
    }
    None
}

/// `%s`, `%d`, `%1$s`, `%@`, `%PATH%`
fn percent(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.letters(at + 1).is_some() && tokens.is_mark(at + 2, '%') && !tokens.is_word(at + 3) {
        return Some(at + 3);
    }
    let conversion = |next: usize| matches!(tokens.text(next), "s" | "d" | "i" | "f" | "x" | "u" | "ld" | "lu");
    if conversion(at + 1) && !tokens.is_word(at + 2) {
        return Some(at + 2);
    }
    if tokens.is_mark(at + 1, '@') && !tokens.is_word(at + 2) {
        return Some(at + 2);
    }
    let positional = tokens.digits(at + 1, 1, 2).is_some() && tokens.is_mark(at + 2, '$') && conversion(at + 3);
    positional.then_some(at + 4)
}
