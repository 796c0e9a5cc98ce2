//! What joins the two ends of a span: a dash, `to`, `and`, `until`.

use super::Preposition;
use super::token::{Kind, Tokens};

/// The position of the span's end, and the word between, if it is a word.
pub(super) fn connector(tokens: &Tokens<'_>, end: usize) -> Option<(usize, Option<&'static str>)> {
    let at = tokens.skip_space(end);
    if matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑' | '−')) {
        let next = tokens.skip_space(at + 1);
        // Either both sides have a space or neither.
        return ((at == end) == (next == at + 1)).then_some((next, None));
    }
    let word = Some(tokens.joint(at)).filter(|_| at > end)?;
    matches!(word, "to" | "until" | "till" | "through" | "thru" | "and").then_some(())?;
    let mut next = tokens.behind_space(at + 1)?;
    if tokens.joint(next) == "the" {
        next = tokens.behind_space(next + 1)?;
    }
    Some((next, Some(word)))
}

pub(super) fn is_to(word: Option<&str>) -> bool {
    word.is_some_and(|word| word != "and")
}

/// Whether a dash stands between two figures without space.
pub(super) fn glued_dash(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑')) && tokens.kind(at + 1) == Some(Kind::Digits)
}

/// The word between makes no span with the preposition in front.
#[derive(Debug)]
pub(super) struct NoSpan;

/// The preposition that is the span's own: `None` for a bare dash.
pub(super) fn own(word: Option<&str>, preposition: Option<Preposition>) -> Result<Option<Preposition>, NoSpan> {
    match (word, preposition) {
        // "Between 06:59 UTC to 13:18 UTC" is what people write, too.
        (_, Some(Preposition::Between)) => Ok(Some(Preposition::Between)),
        (Some("and"), _) => Err(NoSpan),
        // "10:54 to 13:36" is a span without its "from".
        (Some(_), None | Some(Preposition::From)) | (None, Some(Preposition::From)) => Ok(Some(Preposition::From)),
        (None, None) | (_, Some(Preposition::On | Preposition::At | Preposition::Around)) => Ok(None),
        // "until July 5 to …"
        _ => Err(NoSpan),
    }
}
