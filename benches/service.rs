//! Publish to current, through the whole program and beside the bare engines, in one run.
//!
//! - `pseudo`: incidents a second and memory at 10,000 incidents
//! - APy: a 600-word report in Spanish, and in Spanish and Italian, beside bare calls to the same APy, and beside a
//!   script that sends segment by segment, locale by locale
//! - neural: the same report in Portuguese, beside the bare engine on two threads

#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost_core::document::Report;
use polypost_core::segment::{self, Glossary, Spelling, Treatment};
use polypost_engines::pseudo::Pseudo;
use polypost_engines::{Engine, EngineRequest};
use polypost_test_service::bench::long_report;
use polypost_test_service::program::{TestProgram, locale};

const RUNS: usize = 7;
const INCIDENTS: usize = 10_000;

#[tokio::main]
async fn main() {
    // `cargo bench --bench service -- engines` leaves the long run out.
    if !std::env::args().any(|argument| argument == "engines") {
        pseudo().await;
    }
    if let Some(apertium) = polypost_test_service::apertium::engine() {
        beside_bare("apertium es", &apertium, &["es"]).await;
        beside_bare("apertium es+it", &apertium, &["es", "it"]).await;
        one_call().await;
    }
    if let (Some(neural), Some(bare)) = (polypost_test_service::neural::engine(), bare_neural::load()) {
        beside_bare("neural pt-BR", &neural, &["pt-BR"]).await;
        bare_neural::measure(&bare, &(0..=RUNS).map(|run| texts(&report(run))).collect::<Vec<_>>());
    }
}

/// The long report of a number, and an incident of its own.
fn report(number: usize) -> Report {
    let text = long_report::text(number);
    let overrides = polypost_core::intake::file::Overrides {
        id: Some(format!("incident-{number}")),
        title: Some(long_report::title(number)),
        ..Default::default()
    };
    polypost_core::intake::file::report(
        "report.txt",
        text.as_bytes(),
        &overrides,
        polypost_core::intake::Defaults { source_locale: &locale("en"), ending: "" },
    )
    .map(|received| received.report)
    .expect("a good fixture")
}

/// Resident memory in MiB, from `/proc/self/status`.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn pseudo() {
    let program = TestProgram::new(vec![Arc::new(Pseudo)], &["es", "it"]).await;
    let before = resident();
    let started = Instant::now();
    for number in 0..INCIDENTS {
        let short = TestProgram::report(
            &format!("incident-{number}.html"),
            format!("<title>Delays in region {number}</title><p>We are investigating delays since 10:54 UTC.</p>")
                .as_bytes(),
        );
        program.publish(short).await.expect("published");
    }
    let published = started.elapsed();
    program.work_within(Duration::from_mins(10)).await;
    let all = started.elapsed();
    println!(
        "pseudo: {INCIDENTS} incidents into 2 locales: published {:.0}/s, current {:.0} incidents/s; resident memory {before} MiB before, {} MiB after",
        INCIDENTS as f64 / published.as_secs_f64(),
        INCIDENTS as f64 / all.as_secs_f64(),
        resident()
    );
}

/// The texts that the report has for an engine, protected.
fn texts(report: &Report) -> Vec<String> {
    let document = polypost_core::document::read(report).expect("a good fixture");
    let segments = segment::segments(&document, &Glossary::default());
    let prose = segments.iter().filter(|segment| segment.treatment == Treatment::Translate);
    prose.map(|segment| segment::protect(segment, Spelling::Bracketed).text).collect()
}

async fn beside_bare(name: &str, engine: &Arc<dyn Engine>, targets: &[&str]) {
    let mut program_times = Vec::new();
    let mut bare_times = Vec::new();
    let mut script_times = Vec::new();
    let source = locale("en");
    for run in 0..=RUNS {
        let (report, texts, script) = (report(3 * run), texts(&report(3 * run + 1)), texts(&report(3 * run + 2)));
        let started = Instant::now();
        for tag in targets {
            let target = locale(tag);
            engine.prepare(&source, &target).await.expect("it serves the locale");
            let request = EngineRequest::new(&source, &target, &texts);
            engine.translate(request).await.expect("it answers");
        }
        bare_times.push(started.elapsed());
        let started = Instant::now();
        for tag in targets {
            let target = locale(tag);
            for text in &script {
                let request = EngineRequest::new(&source, &target, std::slice::from_ref(text));
                engine.translate(request).await.expect("it answers");
            }
        }
        script_times.push(started.elapsed());
        let program = TestProgram::new(vec![Arc::clone(engine)], targets).await;
        let worker = program.start();
        let started = Instant::now();
        program.publish(report).await.expect("published");
        program.idle(Duration::from_mins(1)).await;
        program_times.push(started.elapsed());
        worker.stop().await;
    }
    // The first run warms the engine up.
    let milliseconds = |times: &[Duration]| median(&times[1..]).as_secs_f64() * 1e3;
    let (program, bare, script) =
        (milliseconds(&program_times), milliseconds(&bare_times), milliseconds(&script_times));
    println!(
        "{name}: publish to current {program:.0} ms (median of {RUNS}), engine alone {bare:.0} ms ({:.2} times), \
         segment by segment {script:.0} ms ({:.2} times)",
        program / bare,
        program / script
    );
}

/// How fast this machine's APy is: the whole report in one call, longer than the engine dares to send.
async fn one_call() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let client = reqwest::Client::new();
    let mut times = Vec::new();
    for run in 0..=RUNS {
        let text = texts(&report(run)).join("\n\n");
        let form = [("langpair", "eng|spa"), ("q", text.as_str()), ("format", "txt")];
        let started = Instant::now();
        let answer = client.post(format!("{url}/translate")).form(&form).send().await.expect("it answers");
        answer.bytes().await.expect("all of it");
        times.push(started.elapsed());
    }
    println!("bare APy, eng|spa in one call: {:.0} ms (median)", median(&times[1..]).as_secs_f64() * 1e3);
}

/// The engine itself, without anything of ours: the same texts, sentences of like length in batches, two threads.
mod bare_neural {
    use std::sync::Mutex;
    use std::time::Instant;

    use fxtranslate::engine::Engine;
    use fxtranslate::segment::{BasicSegmenter, Segmenter};
    use fxtranslate::shortlist::Shortlist;

    use super::median;

    const BATCH: usize = 12;

    pub(super) fn load() -> Option<Engine> {
        let folder = polypost_test_service::neural::models()?.join("en-pt");
        let file = |name: &str| folder.join(name);
        let vocabulary = file("vocab.enpt.spm");
        let engine = Engine::load_mmapped(file("model.enpt.intgemm.alphas.bin"), &vocabulary, &vocabulary);
        let shortlist = Shortlist::load(file("lex.50.50.enpt.s2t.bin")).expect("the shortlist that was fetched");
        Some(engine.expect("the model that was fetched").with_shortlist(shortlist))
    }

    pub(super) fn measure(engine: &Engine, runs: &[Vec<String>]) {
        let mut times = Vec::new();
        for texts in runs {
            let mut sentences: Vec<&str> = texts
                .iter()
                .flat_map(|text| BasicSegmenter.sentences(text).into_iter().map(|span| span.of(text)))
                .collect();
            let started = Instant::now();
            sentences.sort_by_key(|sentence| sentence.len());
            let queue: Mutex<Vec<&[&str]>> = Mutex::new(sentences.chunks(BATCH).collect());
            let next = || queue.lock().ok().and_then(|mut queue| queue.pop());
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while let Some(batch) = next() {
                            std::hint::black_box(engine.translate_batch(batch));
                        }
                    });
                }
            });
            times.push(started.elapsed());
        }
        println!("bare neural engine, two threads: {:.0} ms (median)", median(&times[1..]).as_secs_f64() * 1e3);
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}
