//! Pairs that must pass, faults that must not: what the tests of all checks share.

use super::*;
use crate::document::fact::{Fact, Number, Value, Verbatim};

mod clean;
mod faults;
mod lookalikes;
mod meaning;
mod pairs;
mod sets;
mod told;
mod typography;
mod whole;

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

/// What a test writes between `⟨` and `⟩` is a fact of the kind that it looks like.
fn fact(source: &str) -> Fact {
    let value = if source.contains('@') {
        Value::Verbatim(Verbatim::Email)
    } else if source.contains("://") {
        Value::Verbatim(Verbatim::Url)
    } else if source.bytes().all(|byte| byte.is_ascii_digit()) {
        Value::Number(Number { decimal: source.to_owned(), grouped: false })
    } else {
        Value::Verbatim(Verbatim::Identifier)
    };
    Fact { source: source.to_owned(), value }
}

fn spans(template: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (number, piece) in template.split(['⟨', '⟩']).enumerate() {
        match piece {
            "" => {}
            text if number % 2 == 0 => spans.push(Span::Text(text.to_owned())),
            text => spans.push(Span::Fact(fact(text))),
        }
    }
    spans
}

/// `⟨n⟩` in a target stands for the segment's fact number `n`, from 1.
fn target(segment: &Segment, template: &str) -> Vec<TargetSpan> {
    let facts: Vec<usize> =
        (0..segment.spans.len()).filter(|index| matches!(segment.spans[*index], Span::Fact(_))).collect();
    let mut pieces = Vec::new();
    for (number, piece) in template.split(['⟨', '⟩']).enumerate() {
        match piece {
            "" => {}
            text if number % 2 == 0 => pieces.push(TargetSpan::Text(text.to_owned())),
            text => pieces.push(TargetSpan::Source(facts[text.parse::<usize>().expect("a number") - 1])),
        }
    }
    pieces
}

fn engine() -> Origin {
    Origin::Machine { engine: "neural".to_owned(), model: None }
}

fn examined(tag: &str, source: &str, translation: &str) -> Result<Checked, Vec<Finding>> {
    let segment = Segment::of(spans(source));
    let target = target(&segment, translation);
    examine(&segment, target, &locale("en"), &locale(tag), engine())
}

/// The names of the checks that reject.
fn rejecting(tag: &str, source: &str, translation: &str) -> Vec<String> {
    match examined(tag, source, translation) {
        Ok(_) => Vec::new(),
        Err(findings) => findings
            .into_iter()
            .filter(|finding| finding.severity == Severity::Block)
            .map(|finding| finding.check)
            .collect(),
    }
}

#[track_caller]
fn rejects(check: &str, tag: &str, source: &str, translation: &str) {
    let rejecting = rejecting(tag, source, translation);
    assert!(
        rejecting.iter().any(|name| name == check),
        "`{translation}` was rejected by {rejecting:?}, not by `{check}`"
    );
}

#[track_caller]
fn passes(tag: &str, source: &str, translation: &str) {
    if let Err(findings) = examined(tag, source, translation) {
        panic!("`{translation}` was rejected: {findings:#?}");
    }
}

#[track_caller]
fn remarks(check: &str, tag: &str, source: &str, translation: &str) {
    let checked = examined(tag, source, translation).expect("publishable");
    assert!(checked.findings().iter().any(|finding| finding.check == check), "{:?}", checked.findings());
}

const PLAIN: &str = "We are investigating reports of degraded performance.";

/// The findings of one check by itself, with their severity.
fn of(check: &str, tag: &str, source: &str, translation: &str) -> Vec<Severity> {
    let findings = match examined(tag, source, translation) {
        Ok(checked) => checked.findings().to_vec(),
        Err(findings) => findings,
    };
    findings.into_iter().filter(|finding| finding.check == check).map(|finding| finding.severity).collect()
}

/// Each pair is found by the check, with that severity as its gravest.
#[track_caller]
fn finds(check: &str, severity: Severity, pairs: &[(&str, &str, &str)]) {
    for (tag, source, translation) in pairs {
        assert_eq!(of(check, tag, source, translation).into_iter().max(), Some(severity), "{tag}: {translation}");
    }
}

/// No pair is found by the check.
#[track_caller]
fn overlooks(check: &str, pairs: &[(&str, &str, &str)]) {
    for (tag, source, translation) in pairs {
        assert_eq!(of(check, tag, source, translation), [], "{tag}: {translation}");
    }
}
