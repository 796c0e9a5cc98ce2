//! 200 real incident files through the whole house, and every fact of every one held.

use std::path::PathBuf;
use std::sync::Arc;

use crate::support::house::{House, locale};
use polypost::document::fact::{Fact, Value};
use polypost::document::{self, Report};
use polypost::finding::Severity;
use polypost::intake::file::{self, Overrides};
use polypost::l10n::Bundles;
use polypost::locale::Locale;
use polypost::render::SegmentRecord;
use polypost::render::notation::Notation;
use polypost::segment::{self, Glossary, Segment, Span, Treatment};
use polypost::store::State;
use polypost::translate::Engine;
use polypost::translate::pseudo::Pseudo;

pub(crate) fn corpus() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/cstate");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no corpus beside the checkout");
        return None;
    };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a readable file"))
        })
        .collect();
    files.sort();
    Some(files)
}

/// What the run held, for the test's output.
#[derive(Default)]
struct Tally {
    incidents: usize,
    segments: usize,
    facts: usize,
    english: usize,
}

/// Holds one version's facts against the source's: each stands there as often as in the source, and when they are taken
/// away no figure and no address is left.
fn hold_facts(name: &str, segment: &Segment, record: &SegmentRecord, notation: &Notation, tally: &mut Tally) {
    let mut rest = record.target.clone();
    let mut wanted: Vec<String> = Vec::new();
    match &segment.treatment {
        Treatment::Timestamp(line) if line.finding.is_none() => wanted.push(notation.timestamp_line(line)),
        _ => {
            let as_written = record.origin == polypost::check::Origin::Source || line_kept(segment);
            for span in &segment.spans {
                match span {
                    Span::Fact(fact) if as_written => wanted.push(fact.source.clone()),
                    // Its article depends on the engine's sentence.
                    Span::Fact(Fact { value: Value::Term(term), .. }) => wanted.push(term.rendering.clone()),
                    Span::Fact(fact) => wanted.push(notation.fact(fact)),
                    Span::Code { text, .. } if !text.is_empty() => wanted.push(text.clone()),
                    _ => {}
                }
            }
        }
    }
    wanted.sort_by_key(|fact| std::cmp::Reverse(fact.len()));
    for fact in wanted {
        tally.facts += 1;
        // A sentence's first word has its capital.
        let at = rest.find(&fact).or_else(|| rest.find(&capitalised(&fact)));
        let at = at.unwrap_or_else(|| {
            panic!("{name}: `{fact}` is missing\nsource: {}\ntarget: {}", record.source, record.target)
        });
        rest.replace_range(at..at + fact.len(), "\u{fffc}");
    }
    let added = rest.chars().any(|character| character.is_ascii_digit()) || rest.contains("://") || rest.contains('@');
    assert!(!added, "{name}: something was added: `{rest}`\nsource: {}\ntarget: {}", record.source, record.target);
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn line_kept(segment: &Segment) -> bool {
    matches!(&segment.treatment, Treatment::Timestamp(line) if line.finding.is_some())
}

async fn run(engines: Vec<Arc<dyn Engine>>, target: &str) {
    let Some(files) = corpus() else { return };
    let house = House::new(engines, &[target]).await;
    let mut reports: Vec<(String, Report)> = Vec::new();
    for (name, bytes) in &files {
        let report = House::report(name, bytes);
        house.publish(report.clone()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        reports.push((name.clone(), report));
    }
    house.work().await;

    let bundles = Bundles::load(None).expect("the built-in bundles");
    let target_locale: Locale = locale(target);
    let notation = Notation::new(&target_locale, &bundles);
    let glossary = Glossary::default();
    let mut tally = Tally::default();
    for (name, report) in &reports {
        let translation = house.translation(report.id.as_str(), target).await;
        assert!(matches!(translation.state, State::Current | State::Partial), "{name}: {translation:?}");
        let version = house.served(report.id.as_str(), target).await.expect("a version");
        let read = document::read(report).expect("it was read before");
        let segments = segment::segments(&read, glossary.for_locale(&target_locale));
        assert_eq!(segments.len(), version.rendition.segments.len(), "{name}");
        for (segment, record) in segments.iter().zip(&version.rendition.segments) {
            assert_eq!(segment.id, record.id, "{name}");
            hold_facts(name, segment, record, &notation, &mut tally);
            if record.origin == polypost::check::Origin::Source {
                tally.english += 1;
                let mut reasons = record.attempts.iter().flat_map(|attempt| &attempt.findings);
                let last = reasons
                    .rfind(|finding| finding.severity == Severity::Block)
                    .map(|finding| format!("{}: {}", finding.check, finding.message));
                println!("  in English: {}\n    {}", record.source, last.unwrap_or_default());
            }
        }
        tally.incidents += 1;
        tally.segments += segments.len();
    }
    assert_eq!(tally.incidents, files.len());
    println!(
        "{target}: {} incidents, {} segments, {} facts held; {} segments stand in English",
        tally.incidents, tally.segments, tally.facts, tally.english
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pseudo_engine_keeps_every_fact_of_the_corpus() {
    run(vec![Arc::new(Pseudo)], "es").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn apertium_keeps_every_fact_of_the_corpus() {
    let Some(apertium) = crate::support::apertium::engine() else { return };
    run(vec![apertium], "es").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_neural_engine_keeps_every_fact_of_the_corpus() {
    let Some(neural) = crate::support::neural::engine() else { return };
    run(vec![neural], "pt-BR").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_engines_in_a_row_keep_every_fact_of_the_corpus() {
    let Some(pivot) = crate::support::pivot::engine() else { return };
    run(vec![pivot], "es").await;
}

/// As readers of Spanish and Italian are served where there is no model of their own.
#[tokio::test(flavor = "multi_thread")]
async fn an_engine_after_another_keeps_every_fact_of_the_corpus() {
    let Some(pivot) = crate::support::pivot::engine() else { return };
    let Some(apertium) = crate::support::apertium::engine() else { return };
    run(vec![pivot, Arc::clone(&apertium)], "es").await;
    run(vec![apertium], "it").await;
}

/// Two translations as they were published elsewhere, read as reports in their own languages.
#[test]
fn every_timestamp_of_the_real_translations_is_read() {
    for (name, tag, lines) in [("call-recordings.es.txt", "es", 2), ("capability-tokens.it.txt", "it", 6)] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds").join(name);
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: no corpus beside the checkout");
            return;
        };
        let overrides = Overrides { title: Some("Talk".to_owned()), ..Overrides::default() };
        let report = file::report(name, &bytes, &overrides, &locale(tag)).expect("a readable report");
        let document = document::read(&report).expect("a readable report");
        assert_eq!(document.parts[1].write(&[]).as_bytes(), bytes);
        let segments = segment::segments(&document, &Glossary::default());
        let read: Vec<_> = segments
            .iter()
            .filter_map(|segment| match &segment.treatment {
                Treatment::Timestamp(line) => Some(line),
                _ => None,
            })
            .collect();
        let written = segments.iter().filter(|segment| segment.source_text().contains("UTC |")).count();
        assert_eq!((read.len(), written), (lines, lines), "{name}");
        for line in read {
            assert!(line.sides.len() == 2 && line.finding.is_none(), "{line:?}");
        }
    }
}
