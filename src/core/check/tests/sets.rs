//! The sets of `tests/fixtures/text`: good translations, none of which may be refused, and bad ones, most of which must
//! be. `tests/fixtures/text/README.md` describes the files.

use std::collections::BTreeMap;

use super::*;
use crate::document::fact::{self, Lexicon};

const GOOD: [(&str, &str); 2] = [
    ("good", include_str!("../../../../tests/fixtures/text/good.tsv")),
    ("good-more", include_str!("../../../../tests/fixtures/text/good-more.tsv")),
];
const BAD: [(&str, &str); 2] = [
    ("bad", include_str!("../../../../tests/fixtures/text/bad.tsv")),
    ("bad-more", include_str!("../../../../tests/fixtures/text/bad-more.tsv")),
];
const OPPOSITES: &str = include_str!("../../../../tests/fixtures/text/opposites.txt");

/// At least so many of a hundred bad translations are refused.
const REFUSED: usize = 80;

/// A source sentence and a translation of it, with `[PHn]` for the facts.
struct Pair<'text> {
    tag: &'text str,
    kind: &'text str,
    source: &'text str,
    translation: &'text str,
    facts: Vec<&'text str>,
}

impl<'text> Pair<'text> {
    fn read(line: &'text str) -> Self {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_else(|| panic!("a column is missing: {line}"));
        let (tag, kind, source, translation) = (next(), next(), next(), next());
        let facts = columns.next().map(|facts| facts.split('|').collect()).unwrap_or_default();
        Self { tag, kind, source, translation, facts }
    }

    /// The checks that refuse it.
    fn refusing(&self) -> Vec<String> {
        let segment = Segment::of(self.spans());
        let target = self.target(&segment);
        match examine(&segment, target, &locale("en"), &locale(self.tag), engine()) {
            Ok(_) => Vec::new(),
            Err(findings) => findings
                .into_iter()
                .filter(|finding| finding.severity == Severity::Block)
                .map(|finding| format!("{}: {}", finding.check, finding.message))
                .collect(),
        }
    }

    fn spans(&self) -> Vec<Span> {
        let mut rest = self.source;
        let mut spans = Vec::new();
        for wanted in &self.facts {
            let (before, after) = rest.split_once(wanted).unwrap_or_else(|| panic!("`{wanted}`: {}", self.source));
            spans.extend((!before.is_empty()).then(|| Span::Text(before.to_owned())));
            let found =
                fact::find(wanted, &Lexicon::default()).into_iter().find(|found| found.range.len() == wanted.len());
            spans.push(Span::Fact(found.map_or_else(|| super::fact(wanted), |found| found.fact)));
            rest = after;
        }
        spans.extend((!rest.is_empty()).then(|| Span::Text(rest.to_owned())));
        spans
    }

    fn target(&self, segment: &Segment) -> Vec<TargetSpan> {
        let places: Vec<usize> =
            (0..segment.spans.len()).filter(|index| matches!(segment.spans[*index], Span::Fact(_))).collect();
        let mut pieces = Vec::new();
        let mut rest = self.translation;
        while let Some((before, (number, after))) =
            rest.split_once("[PH").and_then(|(before, tail)| Some((before, tail.split_once(']')?)))
        {
            pieces.extend((!before.is_empty()).then(|| TargetSpan::Text(before.to_owned())));
            pieces.push(TargetSpan::Source(places[number.parse::<usize>().expect("a number") - 1]));
            rest = after;
        }
        pieces.extend((!rest.is_empty()).then(|| TargetSpan::Text(rest.to_owned())));
        pieces
    }
}

/// The right pairs of the opposites, and the wrong ones.
fn opposites() -> (Vec<Pair<'static>>, Vec<Pair<'static>>) {
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    let blocks = OPPOSITES.split("\n\n").filter(|block| !block.starts_with('#'));
    for block in blocks {
        let mut lines = block.lines();
        let halves = |line: &'static str| line.split_once(" | ").unwrap_or_else(|| panic!("no two halves: {line}"));
        let (one, other) = halves(lines.next().expect("two sentences"));
        for line in lines {
            let (tag, translations) = line.split_once(": ").expect("a locale");
            let (first, second) = halves(translations);
            let pair = |source, translation| Pair { tag, kind: "opposites", source, translation, facts: Vec::new() };
            right.extend([pair(one, first), pair(other, second)]);
            wrong.extend([pair(one, second), pair(other, first)]);
        }
    }
    (right, wrong)
}

fn pairs_of(text: &'static str) -> Vec<Pair<'static>> {
    text.lines().filter(|line| !line.is_empty()).map(Pair::read).collect()
}

#[test]
fn no_good_translation_is_refused() {
    let (right, _) = opposites();
    let sets = GOOD.into_iter().map(|(name, text)| (name, pairs_of(text))).chain([("opposites", right)]);
    let mut wrong = Vec::new();
    for (name, pairs) in sets {
        let before = wrong.len();
        let all = pairs.len();
        for pair in pairs {
            let refusing = pair.refusing();
            if !refusing.is_empty() {
                wrong.push(format!("{} {}\n  {}\n  {refusing:?}", pair.tag, pair.source, pair.translation));
            }
        }
        println!("{name}: {} of {all} refused", wrong.len() - before);
    }
    assert!(wrong.is_empty(), "{} good translations were refused:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn most_bad_translations_are_refused() {
    let (_, wrong) = opposites();
    let sets = BAD.into_iter().map(|(name, text)| (name, pairs_of(text))).chain([("opposites", wrong)]);
    let mut weak = Vec::new();
    for (name, pairs) in sets {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut passed = 0;
        for pair in &pairs {
            let refused = !pair.refusing().is_empty();
            let (tried, held) = kinds.entry(pair.kind).or_default();
            *tried += 1;
            *held += usize::from(refused);
            if !refused {
                passed += 1;
                println!("  passes: {} {} | {}", pair.tag, pair.source, pair.translation);
            }
        }
        let refused = pairs.len() - passed;
        println!("{name}: {refused} of {} refused; by kind (tried, refused): {kinds:?}", pairs.len());
        if refused * 100 < pairs.len() * REFUSED {
            weak.push(format!("{name}: {refused} of {} refused", pairs.len()));
        }
    }
    assert!(weak.is_empty(), "{weak:?}");
}
