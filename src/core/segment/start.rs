//! Lowers the first letter of a piece of a sentence: engines take each text for a sentence of its own and begin it
//! upper case.

use super::{Segment, Span, TargetSpan};
use crate::document::sentence;
use crate::language::{Language, Trait};
use crate::locale::Locale;

/// Letters in which a name and its translation are alike.
const ALIKE: usize = 4;

/// Whether the spans of a segment from `first` on, up to `end`, go on with a sentence in lower case.
#[must_use]
pub fn goes_on(segment: &Segment, first: usize, end: usize) -> bool {
    let offset: usize = segment.spans.iter().take(first).map(|span| span.text().len()).sum();
    let own: String = segment.spans.get(first..end).unwrap_or_default().iter().map(Span::text).collect();
    let Some(at) = own.find(char::is_alphanumeric) else { return false };
    let is_lower = own.get(at..).is_some_and(|own| own.starts_with(char::is_lowercase));
    is_lower && !sentence::begins_at(&segment.source_text(), offset + at)
}

/// Begins the translation of such a piece in lower case, too, unless its first word is a name or an abbreviation.
/// `source` is the piece.
pub fn lower_start(source: &Segment, target: &mut [TargetSpan], locale: &Locale) {
    if Language::of(locale).is(Trait::CapitalisesWords) {
        return;
    }
    if let Some(TargetSpan::Text(text)) = target.first_mut() {
        lower(source, text);
    }
}

/// The same for the value behind a label that is a fact: `Workaround: none`.
pub fn lower_value(source: &Segment, target: &mut [TargetSpan], locale: &Locale) {
    if Language::of(locale).is(Trait::CapitalisesWords) {
        return;
    }
    let [TargetSpan::Source(label), TargetSpan::Text(value), ..] = target else { return };
    let Some(Span::Text(own)) = source.spans.get(*label + 1) else { return };
    let first = own.strip_prefix(':').and_then(|own| own.chars().find(|letter| letter.is_alphanumeric()));
    if value.starts_with(':') && first.is_some_and(char::is_lowercase) {
        lower(source, value);
    }
}

/// Lowers the first letter of a text that goes on with a sentence of the source.
fn lower(source: &Segment, text: &mut String) {
    let start = text.len() - text.trim_start_matches(|before: char| !before.is_alphanumeric()).len();
    let word = text.get(start..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches([',', '.', ':', ';', '!', '?', ')', '"', '»', '”']);
    let mut letters = word.chars();
    let Some(first) = letters.next().filter(|first| first.is_uppercase()) else { return };
    let rest = letters.as_str();
    let is_plain = rest.chars().all(|letter| letter.is_lowercase() || matches!(letter, '\'' | '’' | '-'));
    if !is_plain || (rest.is_empty() && !is_word(word)) || is_name(source, word) {
        return;
    }
    let lower: String = first.to_lowercase().collect();
    text.replace_range(start..start + first.len_utf8(), &lower);
}

/// Whether a letter by itself is a word in a language of readers; another capital by itself is a label.
fn is_word(letter: &str) -> bool {
    Language::any(|language| language.one_letter_words.contains(&letter))
}

/// Whether the word may be a name of the source: the same, one that begins as it does, or, where the source has any
/// name that may be translated (`Spain`), a word longer than articles and prepositions.
fn is_name(source: &Segment, word: &str) -> bool {
    let beginning: String = word.chars().take(ALIKE).collect();
    let is_long = word.chars().count() >= ALIKE;
    let names = source.spans.iter().filter_map(|span| match span {
        Span::Text(text) => Some(text.split(|letter: char| !letter.is_alphanumeric())),
        _ => None,
    });
    let mut names = names.flatten().filter(|other| other.starts_with(char::is_uppercase));
    names.any(|name| name == word || (is_long && (name.starts_with(&beginning) || name.contains(char::is_lowercase))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(locale: &str, source: &str, answer: &str) -> String {
        let segment = Segment::of(vec![Span::Text(source.to_owned())]);
        let mut target = vec![TargetSpan::Text(answer.to_owned())];
        lower_start(&segment, &mut target, &locale.parse().expect("a locale"));
        let [TargetSpan::Text(text)] = target.as_slice() else { panic!("one text") };
        text.clone()
    }

    #[test]
    fn a_piece_begins_as_its_source_does() {
        for (locale, source, answer, expected) in [
            ("es", " from ", " A partir de ", " a partir de "),
            ("pt-BR", ", latency from ", ", Latência de ", ", latência de "),
            ("es", " customers: latency > ", " Los clientes: latencia > ", " los clientes: latencia > "),
            ("it", " export failed", " L'esportazione è fallita", " l'esportazione è fallita"),
            ("it", " and ", " E ", " e "),
            ("it", " (the export)", " (L'esportazione)", " (l'esportazione)"),
            ("es", " in Spain", " España en", " España en"),
            ("es", " in Brazil", " Brasil en", " Brasil en"),
            ("es", " in Brazil", " En Brasil", " en Brasil"),
            ("es", " of Acme", " Acme", " Acme"),
            ("es", " the errors", " DNS y errores", " DNS y errores"),
            ("es", " of plan B", " B es el plan", " B es el plan"),
            ("es", " the iPhone", " MiFono", " MiFono"),
            ("de", " errors", " Fehler", " Fehler"),
            ("ja", " errors", " エラー", " エラー"),
        ] {
            assert_eq!(begun(locale, source, answer), expected, "{source}");
        }
    }

    #[test]
    fn a_value_behind_a_label_begins_as_its_source_does() {
        for (source, answer, expected) in [
            (": none", ": Nessuno", ": nessuno"),
            (": None", ": Nessuno", ": Nessuno"),
            (" none", ": Nessuno", ": Nessuno"),
            (": in Spain", ": Spagna", ": Spagna"),
        ] {
            let code = Span::Code { inline: 0, text: "x".to_owned() };
            let segment = Segment::of(vec![code, Span::Text(source.to_owned())]);
            let mut target = vec![TargetSpan::Source(0), TargetSpan::Text(answer.to_owned())];
            lower_value(&segment, &mut target, &"it".parse().expect("a locale"));
            assert_eq!(target[1], TargetSpan::Text(expected.to_owned()), "{source}");
        }
    }

    #[test]
    fn a_sentence_begins_as_engines_begin_it() {
        let text = |text: &str| Span::Text(text.to_owned());
        let code = || Span::Code { inline: 0, text: "x".to_owned() };
        let segment = Segment::of(vec![text("the "), code(), text(" failed. "), code(), text(" works. it broke. So")]);
        assert!(!goes_on(&segment, 0, 1), "the text's first word");
        assert!(goes_on(&segment, 2, 3));
        assert!(goes_on(&segment, 4, 5), "behind a code that begins the sentence");
        assert!(!goes_on(&Segment::of(vec![text("It broke. "), text("so what?")]), 0, 1), "upper case");
        assert!(!goes_on(&segment, 9, 12), "no text");
    }
}
