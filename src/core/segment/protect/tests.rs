use proptest::prelude::*;

use super::*;
use crate::document::fact::{Fact, Value, Verbatim};

fn text(text: &str) -> Span {
    Span::Text(text.to_owned())
}

fn fact(source: &str) -> Span {
    Span::Fact(Fact { source: source.to_owned(), value: Value::Verbatim(Verbatim::Identifier) })
}

fn open(pair: usize) -> Span {
    Span::Open { inline: 2 * pair, pair, mark: Mark::Emphasis }
}

fn close(pair: usize) -> Span {
    Span::Close { inline: 2 * pair + 1, pair }
}

/// A target as a reader would see it, marks as brackets.
fn seen(segment: &Segment, target: &[TargetSpan]) -> String {
    target
        .iter()
        .map(|span| match span {
            TargetSpan::Text(text) => text.clone(),
            TargetSpan::Source(index) => match &segment.spans[*index] {
                Span::Open { .. } => "<".to_owned(),
                Span::Close { .. } => ">".to_owned(),
                other => other.text().to_owned(),
            },
        })
        .collect()
}

#[test]
fn facts_and_inner_marks_leave_as_placeholders() {
    let segment =
        Segment::of(vec![text("see "), open(0), text("the page"), close(0), text(" at "), fact("x.y"), text(".")]);
    let protected = protect(&segment, Spelling::Bracketed);
    assert_eq!(protected.text, "see [PH1] the page [PH2] at [PH3].");
    let target = restore(&segment, &protected, "vea [PH1] la página [PH2] en [PH3].").expect("all placed");
    assert_eq!(seen(&segment, &target), "vea <la página> en x.y.");
}

#[test]
fn marks_at_the_ends_are_not_sent() {
    let segment = Segment::of(vec![open(0), text("Enhanced testing"), close(0)]);
    let protected = protect(&segment, Spelling::Bracketed);
    assert_eq!(protected.text, "Enhanced testing");
    let target = restore(&segment, &protected, " Pruebas mejoradas ").expect("nothing to place");
    assert_eq!(seen(&segment, &target), "<Pruebas mejoradas>");
}

#[test]
fn an_answer_far_longer_than_any_translation_is_not_read() {
    let segment = Segment::of(vec![text("It was down at "), fact("x.y"), text(".")]);
    let protected = protect(&segment, Spelling::Bracketed);
    let answer = |times: usize| format!("{}[PH1] [PH7].", "se cae en ".repeat(times));
    for (times, expected) in
        [(20, "`[PH7]` was never sent"), (1 << 20, "the translation has 10485772 bytes for the 21 that were sent")]
    {
        let findings = restore(&segment, &protected, &answer(times)).expect_err("refused");
        let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(said, [expected]);
    }
}

#[test]
fn spaces_put_in_for_the_engine_go_again() {
    let segment = Segment::of(vec![text("pre"), fact("F7"), text("s are down")]);
    let protected = protect(&segment, Spelling::Bracketed);
    assert_eq!(protected.text, "pre [PH1] s are down");
    let target = restore(&segment, &protected, &protected.text).expect("all placed");
    assert_eq!(seen(&segment, &target), "preF7s are down");
}

#[test]
fn a_free_placeholder_that_the_engine_ran_into_a_word_is_set_free_again() {
    let segment = Segment::of(vec![text("on "), fact("F7"), text(" we saw")]);
    let protected = protect(&segment, Spelling::Bracketed);
    let target = restore(&segment, &protected, "en[ ph 1 ]vimos").expect("read loosely");
    assert_eq!(seen(&segment, &target), "en F7 vimos");
}

#[test]
fn every_damage_to_placeholders_is_found() {
    let segment = Segment::of(vec![text("a "), fact("F7"), text(" b "), fact("F8"), text(" c")]);
    for spelling in [Spelling::Bracketed, Spelling::Underscored, Spelling::Plain] {
        let protected = protect(&segment, spelling);
        let [first, second] = [placeholder(spelling, 1), placeholder(spelling, 2)];
        for bad in [
            format!("a {first} b c"),
            format!("a {first} b {first} c"),
            format!("a {first} b {second} {second} c"),
            format!("a {first} b {second} {} c", placeholder(spelling, 3)),
            "a b c".to_owned(),
            String::new(),
        ] {
            assert!(restore(&segment, &protected, &bad).is_err(), "{bad}");
        }
        let swapped =
            restore(&segment, &protected, &format!("b {second} a {first} c")).expect("another order is grammar");
        assert_eq!(seen(&segment, &swapped), "b F8 a F7 c");
    }
}

#[test]
fn marks_that_cross_are_refused() {
    let spans =
        vec![text("a "), open(0), text(" b "), close(0), text(" c "), open(1), text(" d "), close(1), text(" e")];
    let segment = Segment::of(spans);
    let protected = protect(&segment, Spelling::Bracketed);
    assert!(restore(&segment, &protected, "a [PH2] b [PH1] c [PH3] d [PH4] e").is_err());
    assert!(restore(&segment, &protected, "a [PH1] b [PH3] c [PH2] d [PH4] e").is_err());
    assert!(restore(&segment, &protected, "a [PH3] d [PH4] c [PH1] b [PH2] e").is_ok());
}

fn any_span() -> impl Strategy<Value = Span> {
    prop_oneof![
        "[ -Z^-~áñ”]{1,12}"
            .prop_filter("not a placeholder", |text| !text.to_uppercase().contains("PH"))
            .prop_map(Span::Text),
        "[A-Z0-9_.:/-]{1,10}".prop_map(|source| fact(&source)),
        "[a-z()]{0,6}".prop_map(|text| Span::Code { inline: 9, text }),
    ]
}

proptest! {
    #[test]
    fn an_untouched_text_restores_to_the_source_exactly(spans in prop::collection::vec(any_span(), 0..9)) {
        // Adjacent prose is one span in a document.
        let mut merged: Vec<Span> = Vec::new();
        for span in spans {
            match (merged.last_mut(), span) {
                (Some(Span::Text(before)), Span::Text(text)) => before.push_str(&text),
                (_, span) => merged.push(span),
            }
        }
        let segment = Segment::of(merged);
        for spelling in [Spelling::Bracketed, Spelling::Underscored, Spelling::Plain] {
            let protected = protect(&segment, spelling);
            let target = restore(&segment, &protected, &protected.text);
            prop_assert_eq!(target.map(|target| seen(&segment, &target)), Ok(segment.source_text()));
        }
    }

    #[test]
    fn what_the_memory_keeps_restores_to_the_same_target(spans in prop::collection::vec(any_span(), 0..9)) {
        let segment = Segment::of(spans);
        let protected = protect(&segment, Spelling::Bracketed);
        if let Ok(target) = restore(&segment, &protected, &protected.text) {
            let again = restore(&segment, &protected, &spell(&protected, &target));
            prop_assert_eq!(again.map(|again| seen(&segment, &again)), Ok(seen(&segment, &target)));
        }
    }

    #[test]
    fn no_answer_makes_it_panic(answer in ".{0,80}", spans in prop::collection::vec(any_span(), 0..6)) {
        let segment = Segment::of(spans);
        let protected = protect(&segment, Spelling::Bracketed);
        let _ = restore(&segment, &protected, &answer);
    }
}
