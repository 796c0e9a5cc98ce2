//! Pairs that must pass, faults that must not, and the false alarm rate over both.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::document::fact::{Fact, Number, Value, Verbatim};
use crate::document::{BlockKind, Place};
use crate::segment::{Mark, Span, Spelling, Treatment};

mod faults;
mod pairs;

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

fn segment_of(spans: Vec<Span>) -> Segment {
    Segment {
        id: "segment".to_owned(),
        place: Place::Body,
        block: 0,
        kind: BlockKind::Paragraph,
        spans,
        treatment: Treatment::Translate,
        findings: Vec::new(),
    }
}

fn segment(template: &str) -> Segment {
    segment_of(spans(template))
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
    let segment = segment(source);
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

#[test]
fn clean_translations_pass_without_a_remark() {
    let mut remarked = Vec::new();
    for (tag, source, translation) in pairs::PAIRS {
        passes(tag, source, translation);
        let findings = examined(tag, source, translation).expect("passes").findings().to_vec();
        if findings.iter().any(|finding| finding.severity > Severity::Info) {
            remarked.push((translation, findings));
        }
    }
    assert!(remarked.is_empty(), "{remarked:#?}");
}

#[test]
fn english_in_place_of_a_clean_translation_is_always_rejected() {
    for (tag, source, _) in pairs::PAIRS {
        let segment = segment(source);
        let whole = (0..segment.spans.len())
            .map(|index| match &segment.spans[index] {
                Span::Text(text) => TargetSpan::Text(text.clone()),
                _ => TargetSpan::Source(index),
            })
            .collect();
        let words = subject::words(source).filter(|word| word.starts_with(char::is_lowercase)).count();
        if words >= 3 {
            assert!(examine(&segment, whole, &locale("en"), &locale(tag), engine()).is_err(), "{source}");
        }
    }
}

#[test]
fn another_sentence_in_english_is_rejected_as_english() {
    // Every clean pair's source as the answer to a source of about the same length.
    let long: Vec<&str> = pairs::PAIRS
        .iter()
        .map(|(_, source, _)| *source)
        .filter(|source| source.len() > 50 && !source.contains('⟨'))
        .collect();
    let mut missed = Vec::new();
    let mut tried = 0;
    for tag in ["es", "it", "pt-BR"] {
        for pair in long.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            if one == other || one.len() > other.len() * 2 || other.len() > one.len() * 2 {
                continue;
            }
            tried += 1;
            if rejecting(tag, one, other).is_empty() {
                missed.push(other);
            }
        }
    }
    assert!(tried > 20 && missed.is_empty(), "{} of {tried} missed: {missed:#?}", missed.len());
}

#[test]
fn real_human_translations_raise_no_target_side_alarm() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds");
    let mut sentences = 0;
    for (tag, name) in [("es", "call-recordings.es.txt"), ("it", "capability-tokens.it.txt")] {
        let Ok(text) = std::fs::read_to_string(directory.join(name)) else {
            eprintln!("skipped: `{name}` is not there");
            continue;
        };
        for line in text
            .lines()
            .filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 20 && !line.contains("UTC |"))
        {
            sentences += 1;
            // Figures and zone labels are facts in the source: they come as facts here too, by their words' positions.
            let masked = mask(line);
            let source = pad(&masked);
            let segment = segment_of(source);
            let subject_target = unmask(&segment, &masked);
            if let Err(findings) = examine(&segment, subject_target, &locale("en"), &locale(tag), engine()) {
                panic!("{line}: {findings:#?}");
            }
        }
    }
    eprintln!("{sentences} sentences");
}

/// A line as pieces: text, and words with figures as facts.
fn mask(line: &str) -> Vec<(bool, String)> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for word in line.split_inclusive(' ') {
        let figure = word.chars().any(char::is_numeric) || word.starts_with("UTC");
        let bare = word.trim_end_matches([' ', ',', '.', ':']);
        let behind = word.get(bare.len()..).unwrap_or_default();
        if figure {
            pieces.push((true, bare.to_owned()));
        }
        let text = if figure { behind } else { word };
        match pieces.last_mut() {
            Some((false, known)) => known.push_str(text),
            _ => pieces.push((false, text.to_owned())),
        }
    }
    pieces
}

/// A source of English filler of the same lengths, the same marks and the same facts.
fn pad(pieces: &[(bool, String)]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (figure, text) in pieces {
        if *figure {
            spans.push(Span::Fact(fact(text)));
        } else {
            let filler = text.split(' ').map(|word| {
                let letters: String = word
                    .chars()
                    .map(|c| {
                        if c.is_uppercase() {
                            'X'
                        } else if c.is_alphabetic() {
                            'x'
                        } else {
                            c
                        }
                    })
                    .collect();
                letters
            });
            let filler: Vec<String> = filler.enumerate().map(|(n, word)| scramble(&word, n)).collect();
            spans.push(Span::Text(filler.join(" ")));
        }
    }
    spans
}

/// Words that differ, so that filler is no repetition.
fn scramble(word: &str, seed: usize) -> String {
    word.chars()
        .enumerate()
        .map(|(n, c)| match c {
            'x' => char::from(b'a' + u8::try_from((seed * 7 + n * 3) % 26).unwrap_or_default()),
            'X' => char::from(b'A' + u8::try_from((seed * 7 + n * 3) % 26).unwrap_or_default()),
            other => other,
        })
        .collect()
}

fn unmask(segment: &Segment, pieces: &[(bool, String)]) -> Vec<TargetSpan> {
    assert_eq!(segment.spans.len(), pieces.len());
    pieces
        .iter()
        .enumerate()
        .map(|(index, (figure, text))| if *figure { TargetSpan::Source(index) } else { TargetSpan::Text(text.clone()) })
        .collect()
}

#[test]
fn every_fact_stands_exactly_once() {
    let source = "Errors began in ⟨eu-west-1⟩ and in ⟨us-east-1⟩ today.";
    passes("es", source, "Los errores empezaron hoy en ⟨2⟩ y en ⟨1⟩.");
    rejects("placeholders", "es", source, "Los errores empezaron hoy en ⟨2⟩.");
    rejects("placeholders", "es", source, "Los errores empezaron hoy en ⟨2⟩ y en ⟨1⟩ y en ⟨1⟩.");
}

#[test]
fn source_text_and_unknown_spans_do_not_pass_for_a_translation() {
    let segment = segment("We are looking into it.");
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
        segment_of(vec![open(0), text("The cause"), close(0), text(" was "), open(1), text("a change"), close(1)]);
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
fn a_link_is_neither_lost_nor_left_without_words() {
    let open = Span::Open { inline: 0, pair: 0, mark: Mark::Essential };
    let close = Span::Close { inline: 1, pair: 0 };
    let text = |text: &str| Span::Text(text.to_owned());
    let segment = segment_of(vec![text("See "), open, text("the page"), close, text(" for the details.")]);
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

#[test]
fn what_was_left_in_english_says_so() {
    let segment = segment("Talk is down in ⟨eu-west-1⟩.");
    let left = Checked::source(&segment, vec![Finding::new("echo", Severity::Block, "x")]);
    assert_eq!(left.origin(), &Origin::Source);
    assert_eq!(left.findings().len(), 1);
    assert_eq!(left.target()[1], TargetSpan::Source(1));
    assert_eq!(Checked::invariant(&segment).origin(), &Origin::Invariant);
    let word = Checked::vocabulary(&segment_of(vec![Span::Text("Summary".to_owned())]), "Resumen");
    assert_eq!(
        (word.origin(), word.target()),
        (&Origin::Vocabulary, [TargetSpan::Text("Resumen".to_owned())].as_slice())
    );
}

#[test]
fn checked_slices_join_to_a_whole() {
    let whole = segment("Errors in ⟨eu-west-1⟩ began when a node failed.");
    let slice = |range: std::ops::Range<usize>| segment_of(whole.spans[range].to_vec());
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
    let segment = segment("Errors in ⟨eu-west-1⟩ are resolved.");
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
    let segment = segment("We are investigating option A.");
    let target = vec![TargetSpan::Text("Estamos investigando la opción A.".to_owned())];
    assert!(examine(&segment, target, &locale("en"), &locale("es"), engine()).is_ok());
}

proptest! {
    #[test]
    fn no_text_makes_a_check_panic(source in ".{0,200}", translation in ".{0,200}") {
        let segment = segment_of(vec![Span::Text(source), Span::Fact(fact("7"))]);
        for tag in ["es", "ja", "ar", "xx"] {
            let pieces = vec![TargetSpan::Text(translation.clone()), TargetSpan::Source(1), TargetSpan::Source(9)];
            prop_assert!(examine(&segment, pieces, &locale("en"), &locale(tag), engine()).is_err());
        }
    }

    #[test]
    fn whatever_is_published_adds_no_digit(translation in "[a-z0-9 .@<>\\[\\]]{0,60}") {
        let segment = segment_of(vec![Span::Text("Some of our customers see slow pages today.".to_owned())]);
        if let Ok(checked) = examine(&segment, vec![TargetSpan::Text(translation)], &locale("en"), &locale("es"), engine()) {
            let TargetSpan::Text(text) = &checked.target()[0] else { panic!("text") };
            prop_assert!(!text.contains(char::is_numeric) && !text.contains("<a"));
        }
    }
}
