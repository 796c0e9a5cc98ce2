//! Small words of a sister language: an engine that answers in Spanish what was asked for in Italian, or goes by way of
//! another language, leaves them, and no statistics tell a sentence of six words.

use std::sync::LazyLock;

use super::super::Subject;
use super::super::lexicon::Lexicon;

/// What stands in texts of the other two languages and never in this one's own.
static IN_SPANISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "agli alla alle anche ao aos até che com dagli dalla dalle degli dei dell della delle ed em foi foram gli \
         hanno il já mais nella nelle não pelas pelo pelos perché più sem seu seus siamo sono stata stati stato são \
         também um uma è é",
    )
});
static IN_ITALIAN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "amb aos aquest aquesta até com dels desde després els em está están foi foram fue fueron han hasta \
         já las los mais mientras muy més não para pelas pelo pero por sem seu sin são también també um uma y às",
    )
});
static IN_PORTUGUESE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "agli alla alle anche che con dalla dalle degli dei del della delle el están fue fueron gli han hanno hasta \
         il las los mientras muy nella nelle perché pero più siamo sin sono stata stati stato también una unos y",
    )
});

/// The words of a sister language that stand in small letters and are not the source's.
pub(super) fn words<'text>(subject: &'text Subject<'_>) -> Vec<&'text str> {
    let table = match subject.language() {
        "es" => &*IN_SPANISH,
        "it" => &*IN_ITALIAN,
        "pt" => &*IN_PORTUGUESE,
        _ => return Vec::new(),
    };
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

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::superfluous;
    use super::*;

    #[test]
    fn no_entry_is_superfluous() {
        let tables = [&*IN_SPANISH, &*IN_ITALIAN, &*IN_PORTUGUESE];
        let found: Vec<&str> = tables.into_iter().filter_map(|table| superfluous(table)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
