//! The target is about as long as the source: much shorter has lost something, much longer has invented something.

use crate::finding::{Finding, Severity};
use crate::language::LengthRatio;

use super::{Check, Subject};

/// From this many characters on, the ratio alone decides.
const LONG: usize = 40;
/// `ENGINES.md` section 12, point 5, in hundredths.
const LEAST: usize = 40;
const MOST: usize = 250;
/// Romance languages are longer than English; the shortest of the clean pairs among the tests has 69.
const LEAST_ROMANCE: usize = 60;
/// As [`LONG`], for them: names and facts, which do not count, leave less of a sentence than its author wrote.
const LONG_ROMANCE: usize = 34;
/// A word of Han or kana takes a third to a half of the characters.
const LEAST_DENSE: usize = 12;
/// What a short text may have beyond its ratio: `Down` is `Fuera de servicio`.
const ALLOWANCE: usize = 25;

/// Words that thanks have at most, in any language of ours.
const THANKS: usize = 4;

/// Whether a text is nothing but thanks, for which models know longer phrases (`Gracias por enviar…`).
fn is_thanks(words: &[&str]) -> bool {
    matches!(words, ["thanks"] | ["thank", "you"] | ["many", "thanks"] | ["thanks", "again"] | ["thank", "you", "all"])
}

pub(super) struct Length;

impl Check for Length {
    fn name(&self) -> &'static str {
        "length"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let source = subject.source.visible;
        let target = subject.target.visible;
        if source == 0 {
            return Vec::new();
        }
        let (least, long) = match subject.language().length {
            LengthRatio::Dense => (LEAST_DENSE, LONG),
            LengthRatio::Longer if subject.by_engine && subject.is_from_english() => (LEAST_ROMANCE, LONG_ROMANCE),
            _ => (LEAST, LONG),
        };
        let (low, high) = if source >= long {
            (source * least / 100, source * MOST / 100)
        } else {
            (source * least / 200, source * MOST / 100 + ALLOWANCE)
        };
        if subject.is_from_english() && is_thanks(&subject.source.words()) && subject.target.words().len() > THANKS {
            return self.finding(Severity::Block, "the translation says more than thanks".to_owned());
        }
        if target < low {
            self.finding(
                Severity::Block,
                format!("the translation has `{target}` characters for the source's `{source}`: too short"),
            )
        } else if target > high {
            self.finding(
                Severity::Block,
                format!("the translation has `{target}` characters for the source's `{source}`: too long"),
            )
        } else {
            Vec::new()
        }
    }
}
