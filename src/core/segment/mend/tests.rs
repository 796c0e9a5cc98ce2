use proptest::prelude::*;

use super::*;
use crate::document::fact::{Fact, Value, Verbatim};

/// Spans from a notation: `{…}` is a fact.
fn segment(notation: &str) -> Segment {
    let mut spans = Vec::new();
    for (position, part) in notation.split(['{', '}']).enumerate() {
        if position % 2 == 1 {
            spans.push(Span::Fact(Fact { source: part.to_owned(), value: Value::Verbatim(Verbatim::Identifier) }));
        } else if !part.is_empty() {
            spans.push(Span::Text(part.to_owned()));
        }
    }
    Segment::of(spans)
}

/// The answer in the same notation, its facts named as in the source.
fn answer(segment: &Segment, notation: &str) -> Vec<TargetSpan> {
    let mut spans = Vec::new();
    for (position, part) in notation.split(['{', '}']).enumerate() {
        if position % 2 == 1 {
            let index = segment.spans.iter().position(|span| span.text() == part).expect("a fact of the source");
            spans.push(TargetSpan::Source(index));
        } else if !part.is_empty() {
            spans.push(TargetSpan::Text(part.to_owned()));
        }
    }
    spans
}

fn shown(segment: &Segment, target: &[TargetSpan]) -> String {
    let text = |span: &TargetSpan| match span {
        TargetSpan::Text(text) => text.clone(),
        TargetSpan::Source(index) => format!("{{{}}}", segment.spans[*index].text()),
    };
    target.iter().map(text).collect()
}

/// Each line of the file: locale, source, answer, what it becomes.
#[test]
fn what_is_certain_is_put_right_and_nothing_else() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/answers/mended.tsv");
    for line in std::fs::read_to_string(file).expect("the answers").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let [locale, source, given, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("`{line}`") };
        let segment = segment(source);
        let target = mend(&segment, answer(&segment, given), &locale.parse().expect("a locale"));
        assert_eq!(shown(&segment, &target), expected, "{source} => {given}");
    }
}

proptest! {
    #[test]
    fn spans_stay_and_mending_twice_changes_nothing_more(
        source in "[a-zA-Z ,.?!()\\[\\]\"]{0,30}",
        head in "[a-zA-Z ñ,.?!¿()\\[\\]\"\u{fffc}]{0,20}",
        tail in "[a-zA-Z ñ,.?!¿()\\[\\]\"]{0,20}",
    ) {
        let segment = segment(&format!("{source}({{F7}}) x"));
        let target = answer(&segment, &format!("{head}{{F7}}{tail}"));
        let locale = "es".parse().expect("a locale");
        let once = mend(&segment, target.clone(), &locale);
        prop_assert_eq!(once.iter().filter(|span| matches!(span, TargetSpan::Source(_))).count(), 1);
        prop_assert_eq!(shown(&segment, &mend(&segment, once.clone(), &locale)), shown(&segment, &once));
        let letters = |target: &[TargetSpan]| shown(&segment, target).replace(|sign: char| !sign.is_alphabetic(), "");
        prop_assert_eq!(letters(&once), letters(&target));
    }
}
