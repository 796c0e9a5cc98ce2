//! How a noun stands in the source's sentence: whether it is a subject without an article (`Latency was high`), which
//! the Romance languages do not have, and which article a name has.

use crate::document::fact::{self, Article, Term};
use crate::segment::{Segment, Span, TargetSpan};

/// Verbs of which a noun right before them is the subject, and which are no participles that could describe it.
const VERBS: &str = "\
    was were is are has have had will can may might could should would rose fell grew began became stayed went came \
    dropped increased decreased recovered remained spiked returned climbed peaked continued started ended failed \
    improved worked stopped works work fails fail runs run";

/// Whether the term begins its clause in the source as its subject, without an article, and the target goes on with a
/// verb as the source does.
pub(super) fn is_bare(segment: &Segment, index: usize, term: &Term, next: Option<&TargetSpan>) -> bool {
    if term.article.is_some() || term.attributive || term.shout {
        return false;
    }
    let behind = segment.spans.get(index + 1).map(Span::text).unwrap_or_default();
    let goes_on = |text: &str| text.strip_prefix(' ').is_some_and(|text| text.starts_with(char::is_lowercase));
    begins_with_verb(behind)
        && matches!(next, Some(TargetSpan::Text(text)) if goes_on(text))
        && begins_clause(segment, index)
}

/// Whether a text behind a noun begins with its verb.
fn begins_with_verb(text: &str) -> bool {
    let word = text.strip_prefix(' ').and_then(|text| text.split(|letter: char| !letter.is_ascii_lowercase()).next());
    word.is_some_and(|word| VERBS.split(' ').any(|known| known == word))
}

/// Whether nothing but marks stands before a span of the source.
pub(super) fn is_first(segment: &Segment, index: usize) -> bool {
    let before = segment.spans.get(..index).unwrap_or_default();
    before.iter().all(|span| matches!(span, Span::Open { .. } | Span::Close { .. }))
}

/// Whether nothing stands before a span of the source but the end of a sentence, or of what introduces one (`In
/// Europe,`).
fn begins_clause(segment: &Segment, index: usize) -> bool {
    /// Marks are looked through, within reason.
    const SIGHT: usize = 8;
    let before = segment.spans.get(..index).unwrap_or_default().iter().rev().take(SIGHT);
    let last = before.map(Span::text).find(|text| !text.trim().is_empty()).map(str::trim_end);
    last.is_none_or(|text| text.ends_with(['.', '!', '?', ',', ';']))
}

/// Whether a name is a noun phrase of its own: no noun follows that it describes (`the API calls`), none precedes that
/// describes it.
pub(super) fn is_whole(segment: &Segment, index: usize) -> bool {
    match segment.spans.get(index + 1) {
        Some(Span::Text(text)) => begins_with_verb(text) || fact::ends_noun_phrase(text),
        None | Some(Span::Close { .. }) => true,
        Some(Span::Fact(_) | Span::Code { .. } | Span::Open { .. }) => false,
    }
}

/// The article right before a name in the source.
pub(super) fn article(segment: &Segment, index: usize) -> Option<Article> {
    let marks = segment.spans.get(..index)?.iter().rev().take_while(|span| matches!(span, Span::Open { .. })).count();
    let Some(Span::Text(text)) = index.checked_sub(marks + 1).and_then(|before| segment.spans.get(before)) else {
        return None;
    };
    let word = text.strip_suffix(' ')?.rsplit(|letter: char| !letter.is_alphanumeric()).next()?;
    match word {
        "the" | "The" => Some(Article::Definite),
        "a" | "an" | "A" | "An" => Some(Article::Indefinite),
        _ => None,
    }
}
