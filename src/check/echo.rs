//! The target is not the source over again, nor a good part of it, with or without accents on its letters.

use std::collections::HashSet;
use std::sync::LazyLock;

use icu::normalizer::DecomposingNormalizerBorrowed;

use crate::finding::{Finding, Severity};

use super::lexicon::Lexicon;

use super::subject::{is_mark, words};
use super::untranslated::{COMMON, FUNCTION};
use super::{Check, Subject};

/// From this many ordinary words on, an unchanged text is an untranslated one; below, names and cognates are.
const TELLING: usize = 3;

/// A run of this many words from the source is not chance.
const RUN: usize = 5;

/// Words of English that stand in no name and in no other language of ours: with one of them, an unchanged text is
/// untranslated, however few and however capital its other words are.
const GRAMMAR: [&str; 10] = ["to", "with", "from", "is", "are", "was", "were", "been", "will", "our"];
/// The same, of words that French or German has too.
const GRAMMAR_HERE: [&str; 7] = ["on", "at", "by", "down", "off", "out", "up"];

pub(super) struct Echo;

impl Check for Echo {
    fn name(&self) -> &'static str {
        "echo"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.same_language() {
            return Vec::new();
        }
        let (source, target) = (subject.source.words(), subject.target.words());
        if subject.target.is_accented() && !subject.is_disguised() && is_accented_only(&source, &target) {
            return self.finding(Severity::Block, "the translation is the source text with accents".to_owned());
        }
        if source.is_empty() || target.is_empty() {
            return Vec::new();
        }
        if source == target {
            return self.same(subject);
        }
        if source.len().min(target.len()) < RUN {
            return Vec::new();
        }
        let known: HashSet<&str> = source.iter().copied().collect();
        let kept = target.iter().filter(|word| known.contains(*word)).count();
        if kept * 5 >= source.len().max(target.len()) * 4 {
            return self.finding(Severity::Block, "the translation is nearly the source text".to_owned());
        }
        // Words that are not kept are in no run.
        if kept < RUN {
            return Vec::new();
        }
        let left = longest_run(subject, &source, &target);
        if left >= RUN && left * 2 >= target.len() {
            return self.finding(Severity::Block, format!("`{left}` words in a row were left in the source language"));
        }
        if left >= RUN {
            return self.finding(Severity::Warn, format!("`{left}` words in a row were left in the source language"));
        }
        Vec::new()
    }
}

impl Echo {
    /// The verdict on a text that came back unchanged.
    fn same(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let source = subject.source.free.as_str();
        let is_ordinary = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let ordinary = words(source).filter(|word| is_ordinary(word)).count();
        let long = words(source).filter(|word| word.chars().nth(1).is_some()).count();
        // Two words with an ordinary one among them are hardly the same in two languages.
        let telling: Vec<&str> = words(source).filter(|word| word.chars().nth(3).is_some()).collect();
        let shares = matches!(subject.language(), "fr" | "de" | "nl" | "da");
        let is_grammar = |word: &str| GRAMMAR.contains(&word) || (!shares && GRAMMAR_HERE.contains(&word));
        let is_english = subject.is_from_english() && long >= 2 && words(source).any(is_grammar);
        let is_told = telling.len() >= 2 && telling.iter().any(|word| is_ordinary(word));
        let is_english = is_english || subject.is_from_english() && is_english_prose(subject);
        let severity = if ordinary >= TELLING || is_told || is_english {
            Severity::Block
        } else if long >= TELLING {
            Severity::Warn
        } else {
            Severity::Info
        };
        self.finding(severity, "the translation is the source text".to_owned())
    }
}

/// Whether a text is English whatever its capitals: three of four of its words are known to be, a single one by itself.
fn is_english_prose(subject: &Subject<'_>) -> bool {
    if !matches!(subject.language(), "es" | "it" | "pt" | "ca" | "gl" | "ro") {
        return false;
    }
    let words = subject.source.words();
    let of_incidents = ENGLISH.count(&words);
    let others = words.iter().filter(|word| !ENGLISH.has(word) && (FUNCTION.has(word) || COMMON.has(word))).count();
    let says = of_incidents > 0 || others > 1;
    let shared = words.iter().filter(|word| SHARED.contains(word)).count();
    says && (of_incidents + others) * 4 >= words.len().saturating_sub(shared) * 3
}

/// Words that are English and more: among others they say nothing.
const SHARED: [&str; 10] =
    ["dashboard", "database", "email", "error", "login", "online", "password", "server", "status", "team"];

/// Words that English tells of incidents with and that Romance languages do not have.
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "affected affecting again agents answer available backlog became began behind broken calls cannot caused \
         causing change changes checked checking closed complete completed connect continue crashed crashing customer \
         customers data degraded delay delayed delays deleted delivered delivery deploy deployed deployment* detected \
         did disabled does done down downtime dropped during elevated enabled ended errors every everything expired \
         exports failed failing fails failure* fix fixed fixing found gone has have high hours identified impact \
         impacted imports improved inbound increase increased increases investigated investigating investigation \
         issue issues known late latency later learn learned lessons load loading lose loses losing loss lost \
         maintenance messages missing more new news now ongoing outage outages outbound overloaded owner page pages \
         partial payments pending please queue* rates ready rebooted recovered recovering recovery rejected released \
         reported reports requests reset resolved resolving restart restarted restored restoring results resumed \
         rollback rolled running scheduled search searches security sending sent service services sign signed slow \
         slowdown slower slowly some soon spike started starting still stopped stuck subset summary system systems \
         this timed today tomorrow took trying unable unavailable under unexpected unknown unreachable until update \
         updated updates upgrade* upstream users vendor* wait waiting warning we website week will working works \
         yesterday",
    )
});

/// Whether words are those of the source but for their accents, four of five at least.
fn is_accented_only(source: &[&str], target: &[&str]) -> bool {
    let known: HashSet<&str> = source.iter().copied().collect();
    let decomposing = DecomposingNormalizerBorrowed::new_nfd();
    let bare =
        |word: &str| -> String { decomposing.normalize(word).chars().filter(|letter| !is_mark(*letter)).collect() };
    let kept = target.iter().filter(|word| known.contains(bare(word).as_str())).count();
    kept >= TELLING && kept * 5 >= source.len().max(target.len()) * 4
}

/// How many words the longest run has that both texts share, as far as it has [`RUN`]; facts interrupt a run.
fn longest_run(subject: &Subject<'_>, source: &[&str], target: &[&str]) -> usize {
    let mut known: HashSet<&[&str; RUN]> = HashSet::new();
    for stretch in subject.source.stretches().filter_map(|range| source.get(range)) {
        known.extend(stretch.array_windows::<RUN>());
    }
    if known.is_empty() {
        return 0;
    }
    let mut longest = 0;
    for stretch in subject.target.stretches().filter_map(|range| target.get(range)) {
        let mut run = 0;
        for window in stretch.array_windows::<RUN>() {
            run = match (known.contains(window), run) {
                (false, _) => 0,
                (true, 0) => RUN,
                (true, longer) => longer + 1,
            };
            longest = longest.max(run);
        }
    }
    longest
}
