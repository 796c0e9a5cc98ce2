//! Figures that have no article: engines write one where they take a placeholder for a noun of its own (`dentro do 30
//! minutos`), in the singular before what is many. What is left is the bare preposition.

use crate::document::fact::{Fact, Number, Value};
use crate::language::{Language, Trait};
use crate::segment::{Segment, Span, TargetSpan};

/// Prepositions of English, right behind which a figure stands without an article.
const PREPOSITIONS: [&str; 15] =
    ["of", "in", "within", "for", "to", "by", "at", "from", "after", "under", "over", "during", "with", "until", "per"];

/// Takes the article away before a figure of many that the source has right behind a preposition.
pub(super) fn bare(segment: &Segment, target: &mut [TargetSpan], language: &Language) {
    let contractions = language.figure_prepositions;
    if contractions.is_empty() {
        return;
    }
    for position in 1..target.len() {
        let Some(TargetSpan::Source(index)) = target.get(position) else { continue };
        if !is_figure_of_many(segment, *index, language) {
            continue;
        }
        let Some(TargetSpan::Text(text)) = target.get_mut(position - 1) else { continue };
        let words = text.strip_suffix(' ').unwrap_or(text);
        let begin = words.rfind(|before: char| !before.is_alphabetic() && before != '\'').map_or(0, |at| at + 1);
        let Some(last) = words.get(begin..).filter(|last| words.len() < text.len() || last.ends_with('\'')) else {
            continue;
        };
        let Some((_, preposition)) = contractions.iter().find(|(contraction, _)| *contraction == last) else {
            continue;
        };
        text.replace_range(begin..words.len(), preposition);
    }
}

/// Whether the span is a figure other than one, right behind a preposition of its source.
fn is_figure_of_many(segment: &Segment, index: usize, language: &Language) -> bool {
    let Some(Span::Fact(Fact { value, .. })) = segment.spans.get(index) else { return false };
    let is_many = |number: &Number| !matches!(number.decimal.as_str(), "1" | "-1") && !is_year(number);
    let is_many = match value {
        Value::Number(number) | Value::Quantity { amount: number, .. } => is_many(number),
        Value::Duration(parts) => parts.first().is_some_and(|part| is_many(&part.amount)),
        // Spanish and Italian say `una caída del 3 %`.
        Value::Percentage(number) => language.is(Trait::BarePercentages) && is_many(number),
        _ => false,
    };
    let Some(Span::Text(before)) = index.checked_sub(1).and_then(|before| segment.spans.get(before)) else {
        return false;
    };
    let last = before.strip_suffix(' ').and_then(|before| before.rsplit(char::is_whitespace).next());
    is_many && last.is_some_and(|last| PREPOSITIONS.contains(&last.to_ascii_lowercase().as_str()))
}

/// Whether it may be a year, which some languages give an article.
fn is_year(number: &Number) -> bool {
    number.decimal.len() == 4 && !number.grouped && number.decimal.bytes().all(|digit| digit.is_ascii_digit())
}
