//! Small words of a sister language: an engine that answers in Spanish what was asked for in Italian, or goes by way of
//! another language, leaves them, and no statistics tell a sentence of six words.

use super::super::Subject;

/// The words of a sister language that stand in small letters and are not the source's.
pub(super) fn words<'text>(subject: &'text Subject<'_>) -> Vec<&'text str> {
    let Some(table) = subject.language().sister_words else { return Vec::new() };
    let text = &subject.target;
    let source = subject.source.words();
    // `São Paulo`, `en-US`, `y.js`.
    let is_bound = |position: usize| {
        text.is_capitalised(position)
            || text.before(position).ends_with(['-', '.', '_', '/', '\'', '’', '"', '“', '«'])
            || text.after(position).starts_with(['-', '_', '/', '\'', '’'])
    };
    let words = text.words();
    let found = words
        .iter()
        .enumerate()
        .filter(|(position, word)| table.has(word) && !source.contains(word) && !is_bound(*position));
    found.map(|(_, word)| *word).collect()
}
