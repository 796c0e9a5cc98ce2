//! The target is in the target language. Statistics on short texts are weak, so only the one verdict that is both
//! likely and grave (still the source language) rejects. Of sister languages, which share most of their words, the
//! small words tell.

mod sisters;

use whatlang::{Detector, Lang};

use crate::finding::{Finding, Severity};

use super::subject::{HOLE, words};
use super::{Check, Subject};

/// Below this the verdict is chance.
const LETTERS: usize = 25;
const WORDS: usize = 5;
/// Of a longer text a verdict for a third language is worth a remark.
const LONG: usize = 80;
/// English incident prose of that length is recognised with 0.18 and more, and no clean translation among the tests'
/// pairs is taken for English at all.
const SURE: f64 = 0.1;
/// A verdict needs no more than this many characters.
const ENOUGH: usize = 400;

pub(super) struct TargetLanguage;

impl Check for TargetLanguage {
    fn name(&self) -> &'static str {
        "language"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.same_language() {
            return Vec::new();
        }
        let foreign = self.of_sisters(subject);
        if foreign.iter().any(|finding| finding.severity == Severity::Block) {
            return foreign;
        }
        let whole = self.of_text(subject);
        if whole.is_empty() { foreign } else { whole }
    }
}

impl TargetLanguage {
    /// The verdict on small words of a sister language: two of them, or one in a short text, are no chance.
    fn of_sisters(&self, subject: &Subject<'_>) -> Vec<Finding> {
        const SHORT: usize = 6;
        if !subject.is_from_english() {
            return Vec::new();
        }
        let mut words = sisters::words(subject);
        if words.is_empty() {
            return Vec::new();
        }
        let is_grave = subject.by_engine && (words.len() > 1 || subject.target.words().len() <= SHORT);
        words.dedup();
        words.truncate(SHORT);
        let severity = if is_grave { Severity::Block } else { Severity::Warn };
        self.finding(severity, format!("`{}` is of another language than the translation", words.join("`, `")))
    }

    /// The verdict on a text that is long enough for statistics.
    fn of_text(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (Some(source), Some(target)) =
            (known(subject.source_locale.language()), known(subject.target_locale.language()))
        else {
            return Vec::new();
        };
        let sample: String = subject
            .target
            .free
            .chars()
            .take(ENOUGH)
            .map(|character| if character == HOLE { ' ' } else { character })
            .collect();
        let letters = sample.chars().filter(|character| character.is_alphabetic()).count();
        if letters < LETTERS || words(&sample).nth(WORDS - 1).is_none() {
            return Vec::new();
        }
        let Some(verdict) = Detector::with_allowlist(candidates(source, target)).detect(&sample) else {
            return Vec::new();
        };
        // Where the target's script is another, whatlang had no choice: that is the check of the script's business.
        if !verdict.script().langs().contains(&target) {
            return Vec::new();
        }
        // Text full of accents is pseudo-translated, on purpose.
        if verdict.lang() == source && verdict.confidence() >= SURE && !subject.is_disguised() {
            return self.finding(Severity::Block, format!("the translation is in `{}`", subject.source_locale));
        }
        if verdict.lang() != target && letters >= LONG && verdict.is_reliable() {
            let message = format!("the translation looks like {}", verdict.lang().eng_name());
            return self.finding(Severity::Warn, message);
        }
        Vec::new()
    }
}

/// Languages of one family, which are the ones that get mixed up.
const FAMILIES: [&[Lang]; 5] = [
    &[Lang::Spa, Lang::Por, Lang::Ita, Lang::Fra, Lang::Ron, Lang::Cat],
    &[Lang::Deu, Lang::Nld, Lang::Swe, Lang::Dan, Lang::Nob],
    &[Lang::Rus, Lang::Ukr, Lang::Bul, Lang::Srp, Lang::Bel, Lang::Mkd],
    &[Lang::Pol, Lang::Ces, Lang::Slk, Lang::Slv, Lang::Hrv],
    &[Lang::Hin, Lang::Mar, Lang::Nep],
];

/// Source, target, and the target's family.
fn candidates(source: Lang, target: Lang) -> Vec<Lang> {
    let family = FAMILIES.into_iter().find(|family| family.contains(&target)).unwrap_or_default();
    let mut candidates = vec![source, target];
    candidates.extend(family.iter().filter(|lang| **lang != source && **lang != target));
    candidates
}

/// whatlang's name for a language subtag, where it knows the language.
fn known(language: &str) -> Option<Lang> {
    let code = match language {
        "ar" => "ara",
        "be" => "bel",
        "bg" => "bul",
        "bn" => "ben",
        "ca" => "cat",
        "cs" => "ces",
        "da" => "dan",
        "de" => "deu",
        "el" => "ell",
        "en" => "eng",
        "es" => "spa",
        "et" => "est",
        "fa" => "pes",
        "fi" => "fin",
        "fr" => "fra",
        "gu" => "guj",
        "he" => "heb",
        "hi" => "hin",
        "hr" => "hrv",
        "hu" => "hun",
        "id" => "ind",
        "it" => "ita",
        "ja" => "jpn",
        "kn" => "kan",
        "ko" => "kor",
        "lt" => "lit",
        "lv" => "lav",
        "mk" => "mkd",
        "ml" => "mal",
        "mr" => "mar",
        "nb" | "no" => "nob",
        "nl" => "nld",
        "pl" => "pol",
        "pt" => "por",
        "ro" => "ron",
        "ru" => "rus",
        "sk" => "slk",
        "sl" => "slv",
        "sr" => "srp",
        "sv" => "swe",
        "ta" => "tam",
        "te" => "tel",
        "th" => "tha",
        "tr" => "tur",
        "uk" => "ukr",
        "ur" => "urd",
        "vi" => "vie",
        "zh" => "cmn",
        other => other,
    };
    Lang::from_code(code)
}
