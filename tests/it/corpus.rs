//! 200 real incident files through the whole program, and every fact of every one held.

use std::path::PathBuf;
use std::sync::Arc;

use polypost_core::document::fact::{Fact, Value};
use polypost_core::document::{self, Report};
use polypost_core::finding::Severity;
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::render::SegmentRecord;
use polypost_core::render::notation::Notation;
use polypost_core::segment::{self, Glossary, Segment, Span, Treatment};
use polypost_engines::Engine;
use polypost_engines::pseudo::Pseudo;
use polypost_store::State;
use polypost_test_service::answering::Mirror;
use polypost_test_service::program::{TestProgram, locale};

/// Incident files of a company that writes them in Markdown.
pub(crate) fn corpus() -> Option<Vec<(String, Vec<u8>)>> {
    files("cstate", "md")
}

fn files(folder: &str, ending: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no corpus beside the checkout");
        return None;
    };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
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
    /// What was left in the source language, and why.
    english: Vec<String>,
    /// Facts that have grown together with their neighbours.
    glued: Vec<String>,
}

/// Stands in a target for a fact that was found there.
const TAKEN: char = '\u{fffc}';

/// Holds one version's facts against the source's: each stands there as often as in the source, and when they are taken
/// away no figure and no address is left.
fn hold_facts(name: &str, segment: &Segment, record: &SegmentRecord, notation: &Notation, tally: &mut Tally) {
    let mut rest = record.target.clone();
    // Each fact as it is to be shown, and as the source has it.
    let mut wanted: Vec<(String, &str)> = Vec::new();
    match &segment.treatment {
        Treatment::Timestamp(line) if line.finding.is_none() => {
            wanted.push((notation.timestamp_line(line), &line.source));
        }
        _ => {
            let as_written = record.origin == polypost_core::check::Origin::Source || line_kept(segment);
            for span in &segment.spans {
                let shown = match span {
                    Span::Fact(fact) if as_written => fact.source.clone(),
                    // Its article depends on the engine's sentence.
                    Span::Fact(Fact { value: Value::Term(term), .. }) => term.rendering.clone(),
                    Span::Fact(fact) => notation.fact(fact),
                    Span::Code { text, .. } if !text.is_empty() => text.clone(),
                    _ => continue,
                };
                wanted.push((shown, span.text()));
            }
        }
    }
    let is_kept = |span: &Span| matches!(span, Span::Fact(_) | Span::Code { .. });
    let has_neighbours = segment.spans.windows(2).any(|pair| pair.iter().all(is_kept));
    wanted.sort_by_key(|(fact, _)| std::cmp::Reverse(fact.len()));
    for (fact, source) in wanted {
        tally.facts += 1;
        // A fact has its capital where it begins a sentence of the translation, and capitals in a text in capitals.
        let spellings = [fact.clone(), capitalised(&fact), lowered(&fact), fact.to_uppercase()];
        let found = spellings.iter().find_map(|spelling| rest.find(spelling).map(|at| at..at + spelling.len()));
        let found = found.unwrap_or_else(|| {
            panic!("{name}: `{fact}` is missing\nsource: {}\ntarget: {}", record.source, record.target)
        });
        let neighbour = glued(&rest, found.clone(), source, &record.source);
        if let Some(neighbour) = neighbour.filter(|neighbour| *neighbour != TAKEN || !has_neighbours) {
            tally.glued.push(format!("{name}: `{neighbour}` at `{fact}`: {}", record.target));
        }
        rest.replace_range(found, TAKEN.encode_utf8(&mut [0; 4]));
    }
    let added = rest.chars().any(|character| character.is_ascii_digit()) || rest.contains("://") || rest.contains('@');
    assert!(!added, "{name}: something was added: `{rest}`\nsource: {}\ntarget: {}", record.source, record.target);
}

/// The letter, digit or other fact that touches a fact in the target, where nothing touches it in the source.
fn glued(target: &str, range: std::ops::Range<usize>, fact: &str, source: &str) -> Option<char> {
    let touches = |neighbour: char| neighbour.is_alphanumeric() || neighbour == TAKEN;
    let before = |text: &str, at: usize| text[..at].chars().next_back().filter(|letter| touches(*letter));
    let after = |text: &str, at: usize| text[at..].chars().next().filter(|letter| touches(*letter));
    let is_apart = |(at, _): (usize, &str)| before(source, at).or(after(source, at + fact.len())).is_none();
    let stands_apart = source.match_indices(fact).all(is_apart);
    before(target, range.start).or(after(target, range.end)).filter(|_| stands_apart)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn line_kept(segment: &Segment) -> bool {
    matches!(&segment.treatment, Treatment::Timestamp(line) if line.finding.is_some())
}

/// Each attempt's answer and what was found wrong with it.
fn reasons(record: &SegmentRecord) -> String {
    let reasons = record.attempts.iter().map(|attempt| {
        let findings = attempt.findings.iter().filter(|finding| finding.severity == Severity::Block);
        let findings: Vec<String> = findings.map(|finding| format!("{}: {}", finding.check, finding.message)).collect();
        format!("    {} {}", attempt.engine, findings.join("; "))
    });
    reasons.collect::<Vec<_>>().join("\n")
}

/// How many segments of the corpus stand in the source language; none where there is no corpus.
async fn run(route: Vec<Arc<dyn Engine>>, target: &str) -> usize {
    match corpus() {
        Some(files) => hold(files, route, target).await,
        None => 0,
    }
}

/// Publishes reports by way of a route and holds every fact of every version, and that none has grown together with
/// what stands beside it. Returns how many segments stand in the source language.
pub(crate) async fn hold(files: Vec<(String, Vec<u8>)>, route: Vec<Arc<dyn Engine>>, target: &str) -> usize {
    let reports = files.iter().map(|(name, bytes)| (name.clone(), TestProgram::report(name, bytes))).collect();
    hold_reports(reports, route, target).await
}

pub(crate) async fn hold_reports(reports: Vec<(String, Report)>, route: Vec<Arc<dyn Engine>>, target: &str) -> usize {
    let program = TestProgram::new(route, &[target]).await;
    for (name, report) in &reports {
        program.publish(report.clone()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    program.work().await;

    let bundles = Bundles::built_in().expect("the built-in bundles");
    let target_locale: Locale = locale(target);
    let notation = Notation::new(&target_locale, &bundles);
    let glossary = Glossary::default();
    let mut tally = Tally::default();
    for (name, report) in &reports {
        let translation = program.translation(report.id.as_str(), target).await;
        assert!(matches!(translation.state, State::Current | State::Partial), "{name}: {translation:?}");
        let version = program.served(report.id.as_str(), target).await.expect("a version");
        let read = document::read(report).expect("it was read before");
        let segments = segment::segments(&read, glossary.for_locale(&target_locale));
        assert_eq!(segments.len(), version.rendition.segments.len(), "{name}");
        for (segment, record) in segments.iter().zip(&version.rendition.segments) {
            assert_eq!(segment.id, record.id, "{name}");
            hold_facts(name, segment, record, &notation, &mut tally);
            if record.origin == polypost_core::check::Origin::Source {
                tally.english.push(format!("{name}: {}\n{}", record.source, reasons(record)));
            }
        }
        tally.incidents += 1;
        tally.segments += segments.len();
    }
    println!(
        "{target}: {} incidents, {} segments, {} facts held; {} segments stand in English",
        tally.incidents,
        tally.segments,
        tally.facts,
        tally.english.len()
    );
    println!("{}", tally.english.join("\n"));
    assert!(tally.glued.is_empty(), "{} glued\n{}", tally.glued.len(), tally.glued.join("\n"));
    tally.english.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_keeps_every_fact_of_the_corpus() {
    assert_eq!(run(vec![Arc::new(Mirror)], "en-GB").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_and_the_pseudo_engine_keep_every_fact_of_the_updates_of_a_status_page() {
    let Some(files) = files("github", "json") else { return };
    hold(files.clone(), vec![Arc::new(Mirror)], "en-GB").await;
    hold(files, vec![Arc::new(Pseudo)], "es").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pseudo_engine_keeps_every_fact_of_the_corpus() {
    run(vec![Arc::new(Pseudo)], "es").await;
}

/// Segments of the corpus that may stand in the source language, by the routes of the demo. Each of these few has its
/// reason, which the test prints: mostly words that Apertium does not know.
const MOST_IN_SPANISH: usize = 4;
const MOST_IN_ITALIAN: usize = 6;
const MOST_IN_PORTUGUESE: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn apertium_keeps_every_fact_of_the_corpus() {
    let Some(apertium) = polypost_test_service::apertium::engine() else { return };
    run(vec![apertium], "es").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn apertium_keeps_every_fact_of_the_corpus_in_italian() {
    let Some(apertium) = polypost_test_service::apertium::engine() else { return };
    assert!(run(vec![apertium], "it").await <= MOST_IN_ITALIAN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_neural_engine_keeps_every_fact_of_the_corpus() {
    let Some(neural) = polypost_test_service::neural::engine() else { return };
    assert!(run(vec![neural], "pt-BR").await <= MOST_IN_PORTUGUESE);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_engines_in_a_row_keep_every_fact_of_the_corpus() {
    let (Some(pivot), Some(apertium)) =
        (polypost_test_service::pivot::engine(), polypost_test_service::apertium::engine())
    else {
        return;
    };
    assert!(run(vec![pivot, apertium], "es").await <= MOST_IN_SPANISH);
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
        let report = file::report(name, &bytes, &overrides, Defaults { source_locale: &locale(tag), ending: "" })
            .map(|received| received.report)
            .expect("a readable report");
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
