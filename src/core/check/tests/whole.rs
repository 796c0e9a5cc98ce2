//! A candidate as a whole: its placeholders, marks and pieces, and whatever text an engine may send.

use proptest::prelude::*;

use super::*;
use crate::segment::{Mark, Spelling};

#[test]
fn every_fact_stands_exactly_once() {
    let source = "Errors began in ⟨eu-west-1⟩ and in ⟨us-east-1⟩ today.";
    passes("es", source, "Los errores empezaron hoy en ⟨1⟩ y en ⟨2⟩.");
    rejects("placeholders", "es", source, "Los errores empezaron hoy en ⟨2⟩.");
    rejects("placeholders", "es", source, "Los errores empezaron hoy en ⟨2⟩ y en ⟨1⟩ y en ⟨1⟩.");
}

#[test]
fn source_text_and_unknown_spans_do_not_pass_for_a_translation() {
    let segment = Segment::of(spans("We are looking into it."));
    for index in [0, 7] {
        let findings = examine(
            &segment,
            vec![TargetSpan::Text("Lo estamos viendo. ".to_owned()), TargetSpan::Source(index)],
            &locale("en"),
            &locale("es"),
            engine(),
        );
        assert!(findings.expect_err("rejected").iter().any(|finding| finding.check == "placeholders"));
    }
}

#[test]
fn formatting_marks_nest_or_go() {
    let open = |pair| Span::Open { inline: 2 * pair, pair, mark: Mark::Emphasis };
    let close = |pair| Span::Close { inline: 2 * pair + 1, pair };
    let text = |text: &str| Span::Text(text.to_owned());
    let segment =
        Segment::of(vec![open(0), text("The cause"), close(0), text(" was "), open(1), text("a change"), close(1)]);
    let spanish = |order: &[Option<usize>]| {
        let mut words = ["La causa", " fue ", "un cambio"].into_iter();
        let target = order
            .iter()
            .map(|step| match step {
                Some(index) => TargetSpan::Source(*index),
                None => TargetSpan::Text(words.next().unwrap_or_default().to_owned()),
            })
            .collect();
        examine(&segment, target, &locale("en"), &locale("es"), engine())
    };
    let kept = spanish(&[Some(0), None, Some(2), None, Some(4), None, Some(6)]).expect("kept");
    assert!(kept.findings().is_empty());
    let dropped = spanish(&[None, None, Some(4), None, Some(6)]).expect("dropped");
    assert!(dropped.findings().iter().any(|finding| finding.severity == Severity::Warn));
    assert!(spanish(&[Some(2), None, Some(0), None, None]).is_err());
    assert!(spanish(&[Some(0), None, Some(4), None, Some(2), None, Some(6)]).is_err());
    assert!(spanish(&[Some(0), None, None, None]).is_err());
}

#[test]
fn what_was_left_in_english_says_so() {
    let talk = Segment::of(spans("Talk is down in ⟨eu-west-1⟩."));
    let left = Checked::source(&talk, vec![Finding::new("echo", Severity::Block, "x")]);
    assert_eq!(left.origin(), &Origin::Source);
    assert_eq!(left.findings().len(), 1);
    assert_eq!(left.target()[1], TargetSpan::Source(1));
    assert_eq!(Checked::invariant(&talk).origin(), &Origin::Invariant);
    let word = Checked::vocabulary(&Segment::of(vec![Span::Text("Summary".to_owned())]), "Resumen");
    assert_eq!(
        (word.origin(), word.target()),
        (&Origin::Vocabulary, [TargetSpan::Text("Resumen".to_owned())].as_slice())
    );
}

#[test]
fn checked_slices_join_to_a_whole() {
    let whole = Segment::of(spans("Errors in ⟨eu-west-1⟩ began when a node failed."));
    let slice = |range: std::ops::Range<usize>| Segment::of(whole.spans[range].to_vec());
    let (first, last) = (slice(0..1), slice(2..3));
    let of = |slice: &Segment, text: &str| {
        examine(slice, vec![TargetSpan::Text(text.to_owned())], &locale("en"), &locale("es"), engine()).expect("clean")
    };
    let pieces = vec![
        (0, of(&first, "Los errores en ")),
        (1, Checked::invariant(&slice(1..2))),
        (2, of(&last, " empezaron cuando falló un nodo.")),
    ];
    let joined = join(&whole, pieces.clone(), &locale("en"), &locale("es"), engine()).expect("whole");
    assert_eq!(joined.target()[1], TargetSpan::Source(1));
    let missing = vec![pieces[0].clone(), pieces[2].clone()];
    assert!(join(&whole, missing, &locale("en"), &locale("es"), engine()).is_err());
}

#[test]
fn a_placeholder_that_came_back_changed_in_case_only_is_restored() {
    let segment = Segment::of(spans("Errors in ⟨eu-west-1⟩ are resolved."));
    let protected = segment::protect(&segment, Spelling::Bracketed);
    let (source, target) = (locale("en"), locale("es"));
    let draft = |text| Draft { segment: &segment, protected: &protected, text, source: &source, target: &target };
    let checked = check(&draft("Los errores en [ ph1 ] se han resuelto."), engine()).expect("restored");
    assert!(checked.target().contains(&TargetSpan::Source(1)));
    let findings = check(&draft("Los errores se han resuelto."), engine()).expect_err("lost");
    assert!(findings.iter().all(|finding| finding.segment.as_deref() == Some("segment")));
    assert!(findings.iter().any(|finding| finding.severity == Severity::Block));
}

#[test]
fn a_text_that_ends_like_the_beginning_of_a_half_of_the_day_is_checked_and_done() {
    let segment = Segment::of(spans("We are investigating option A."));
    let target = vec![TargetSpan::Text("Estamos investigando la opción A.".to_owned())];
    assert!(examine(&segment, target, &locale("en"), &locale("es"), engine()).is_ok());
}

proptest! {
    #[test]
    fn no_text_makes_a_check_panic(source in ".{0,200}", translation in ".{0,200}") {
        let segment = Segment::of(vec![Span::Text(source), Span::Fact(fact("7"))]);
        for tag in ["es", "ja", "ar", "xx"] {
            let pieces = vec![TargetSpan::Text(translation.clone()), TargetSpan::Source(1), TargetSpan::Source(9)];
            prop_assert!(examine(&segment, pieces, &locale("en"), &locale(tag), engine()).is_err());
        }
    }

    #[test]
    fn whatever_is_published_adds_no_digit(translation in "[a-z0-9 .@<>\\[\\]]{0,60}") {
        let segment = Segment::of(vec![Span::Text("Some of our customers see slow pages today.".to_owned())]);
        if let Ok(checked) = examine(&segment, vec![TargetSpan::Text(translation)], &locale("en"), &locale("es"), engine()) {
            let TargetSpan::Text(text) = &checked.target()[0] else { panic!("text") };
            prop_assert!(!text.contains(char::is_numeric) && !text.contains("<a"));
        }
    }
}

#[test]
fn facts_keep_their_places_unless_a_human_moves_them() {
    let source = "Errors began in ⟨eu-west-1⟩ and in ⟨us-east-1⟩ today.";
    let turned = "Los errores empezaron hoy en ⟨2⟩ y en ⟨1⟩.";
    rejects("order", "es", source, turned);
    rejects("order", "ja", source, turned);
    let segment = Segment::of(spans(source));
    let by_hand = examine(&segment, target(&segment, turned), &locale("en"), &locale("es"), Origin::Human);
    assert!(by_hand.expect("publishable").findings().iter().any(|finding| finding.check == "order"));
    let kinds = "The error ⟨ERR-5⟩ hit ⟨12⟩ of our customers in the whole region today.";
    rejects("order", "es", kinds, "⟨2⟩ de nuestros clientes en toda la región vieron hoy el error ⟨1⟩.");
    passes("de", kinds, "⟨2⟩ unserer Kunden in der ganzen Region bekamen heute den Fehler ⟨1⟩.");
}

#[test]
fn a_fact_does_not_go_to_the_other_end_of_the_text() {
    let source = "At ⟨10⟩ the first of the customers told us that their calls had been dropped.";
    passes("es", source, "A las ⟨1⟩ los primeros clientes nos dijeron que sus llamadas se habían cortado.");
    rejects("order", "es", source, "Los primeros clientes nos dijeron que sus llamadas se habían cortado a las ⟨1⟩.");
}

#[test]
fn marks_stay_round_their_words_and_facts() {
    let spans = vec![
        Span::Text("See ".to_owned()),
        Span::Open { inline: 0, pair: 0, mark: Mark::Essential },
        Span::Text("our page".to_owned()),
        Span::Close { inline: 1, pair: 0 },
        Span::Text(" for the case ".to_owned()),
        Span::Fact(fact("INC-1")),
    ];
    let segment = Segment::of(spans);
    let text = |text: &str| TargetSpan::Text(text.to_owned());
    let source = TargetSpan::Source;
    let spanish = |target: Vec<TargetSpan>| examine(&segment, target, &locale("en"), &locale("es"), engine());
    spanish(vec![text("Vea "), source(1), text("nuestra página"), source(3), text(" para el caso "), source(5)])
        .expect("in its place");
    for moved in [
        vec![text("Vea nuestra página para el caso "), source(1), source(5), source(3)],
        vec![text("Vea nuestra página "), source(1), source(3), text(" para el caso "), source(5)],
        vec![source(1), text("Vea nuestra página para el caso con todo lo que sabemos hoy "), source(3), source(5)],
    ] {
        let findings = spanish(moved).expect_err("moved");
        assert!(findings.iter().any(|finding| finding.check == "order"), "{findings:?}");
    }
}

#[test]
fn a_link_is_neither_lost_nor_left_without_words() {
    let open = Span::Open { inline: 0, pair: 0, mark: Mark::Essential };
    let close = Span::Close { inline: 1, pair: 0 };
    let text = |text: &str| Span::Text(text.to_owned());
    let segment = Segment::of(vec![text("See "), open, text("the page"), close, text(" for the details.")]);
    let spanish = |target: Vec<TargetSpan>| examine(&segment, target, &locale("en"), &locale("es"), engine());
    let words = |text: &str| TargetSpan::Text(text.to_owned());
    let (open, close) = (TargetSpan::Source(1), TargetSpan::Source(3));
    let kept =
        vec![words("Vea "), open.clone(), words("la página"), close.clone(), words(" para conocer los detalles.")];
    assert!(spanish(kept).expect("kept").findings().is_empty());
    let lost = vec![words("Vea la página para conocer los detalles.")];
    let emptied = vec![words("Vea "), open, words(" "), close, words("la página para conocer los detalles.")];
    for bad in [lost, emptied] {
        let findings = spanish(bad).expect_err("rejected");
        assert!(findings.iter().any(|finding| finding.check == "marks" && finding.message.contains("`the page`")));
    }
}
