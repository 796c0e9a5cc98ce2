//! Clean translations pass every check without a remark, and English in their place never does.

use std::path::Path;

use super::*;

#[test]
fn clean_translations_pass_without_a_remark() {
    let mut found = Vec::new();
    for (tag, source, translation) in pairs::PAIRS {
        passes(tag, source, translation);
        let findings = examined(tag, source, translation).expect("passes").findings().to_vec();
        if findings.iter().any(|finding| finding.severity > Severity::Info) {
            found.push((translation, findings));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn english_in_place_of_a_clean_translation_is_always_rejected() {
    for (tag, source, _) in pairs::PAIRS {
        let segment = Segment::of(spans(source));
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
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/seeds");
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
            let segment = Segment::of(source);
            let subject_target = unmask(&segment, &masked);
            let Err(mut findings) = examine(&segment, subject_target, &locale("en"), &locale(tag), engine()) else {
                continue;
            };
            // The filler denies nothing and means nothing.
            findings.retain(|finding| finding.severity == Severity::Block && finding.check != "negation");
            assert!(findings.is_empty(), "{line}: {findings:#?}");
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
