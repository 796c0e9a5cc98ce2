//! What models put round a translation: a label before it (`Español:`, `[ES]`), quotation marks about all of it, a
//! remark in brackets behind it (`(em inglês)`).

use super::super::Subject;
use super::super::subject::{Text, words};

/// Up to so many words a label has.
const LABEL: usize = 4;

/// Up to so many words a text has in which no bracket is added.
const SHORT: usize = 6;

/// What labels of several words have in them, by their beginnings.
const ABOUT_TRANSLATION: [&str; 24] = [
    "answer",
    "deutsch",
    "english",
    "español",
    "espanhol",
    "francais",
    "français",
    "ingl",
    "italian",
    "output",
    "portugu",
    "resposta",
    "respuesta",
    "result",
    "risposta",
    "risultat",
    "spanish",
    "spagnol",
    "testo",
    "texto",
    "traduc",
    "traduz",
    "translat",
    "versi",
];

/// What brackets have in them that no text of ours has: sounds of films, whose subtitles models have read.
const SOUNDS: [&str; 9] =
    ["aplauso", "aplausos", "applausi", "applause", "laughter", "ride", "risas", "risate", "risos"];

/// What is added, if anything.
pub(super) fn message(subject: &Subject<'_>) -> Option<String> {
    if !subject.by_engine || subject.is_disguised() {
        return None;
    }
    let (source, target) = (&subject.source, &subject.target);
    label(source, target)
        .or_else(|| wrapper(source, target))
        .or_else(|| bracket(subject.is_from_english().then_some(source)?, target))
}

/// A label before the translation that the source has not.
fn label(source: &Text, target: &Text) -> Option<String> {
    let begin = target.free.trim_start();
    if let Some((tag, _)) = begin.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let is_tag = tag.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | ' '));
        return (!tag.is_empty() && is_tag && !source.free.contains('['))
            .then(|| format!("`[{tag}]` stands before it"));
    }
    let (label, rest) = begin.split_once([':', '：'])?;
    let colons = |text: &str| text.matches([':', '：']).count();
    if rest.trim().is_empty() || colons(&target.free) <= colons(&source.free) {
        return None;
    }
    let count = words(label).count();
    let is_about = || {
        words(label).any(|word| {
            let word = word.to_lowercase();
            ABOUT_TRANSLATION.iter().any(|stem| word.starts_with(stem) && !source.lower.contains(stem))
        })
    };
    let is_label = count == 1 || (2..=LABEL).contains(&count) && is_about();
    let is_words = label.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '(' | ')' | '*'));
    (is_label && is_words).then(|| format!("`{}:` stands before it", label.trim()))
}

/// Quotation marks about the whole translation.
fn wrapper(source: &Text, target: &Text) -> Option<String> {
    const OPENING: [char; 6] = ['"', '“', '«', '„', '”', '‘'];
    const CLOSING: [char; 5] = ['"', '”', '»', '“', '’'];
    let end = |text: &'_ str| text.trim().trim_end_matches(['.', '!', '?']).ends_with(CLOSING);
    let begins = |text: &str| text.trim().starts_with(OPENING);
    let is_wrapped = |text: &str| begins(text) && end(text);
    let inside =
        target.free.trim().trim_matches(|mark| OPENING.contains(&mark) || CLOSING.contains(&mark) || mark == '.');
    (is_wrapped(&target.free) && !begins(&source.free) && !end(&source.free) && !inside.contains(OPENING))
        .then(|| "quotation marks stand round the whole translation".to_owned())
}

/// A remark in brackets that the source has not.
fn bracket(source: &Text, target: &Text) -> Option<String> {
    let count = |text: &Text| text.free.matches(['(', '[', '（']).count();
    if count(target) <= count(source) {
        return None;
    }
    let (_, rest) = target.free.split_once(['(', '[', '（'])?;
    let inside = rest.split([')', ']', '）']).next().unwrap_or_default();
    let has_dash = source.free.contains(['-', '–', '—', '/', '"', '“']);
    let is_short = source.words().len() <= SHORT && source.gaps().is_empty() && !has_dash && !source.free.contains(',');
    let lower = inside.to_lowercase();
    let is_about = words(&lower).any(|word| SOUNDS.contains(&word) && !source.lower.contains(word));
    (is_short || is_about).then(|| format!("`{inside}` is added in brackets"))
}
