//! The pure stages, per byte of source: parse, protect, check, render.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on has failed")]

use divan::Bencher;
use divan::counter::BytesCount;
use polypost_core::check::{self, Checked, Draft, Origin};
use polypost_core::document::{self, Document, Report};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;
use polypost_core::render::{self, Outcome, Target};
use polypost_core::segment::{self, Glossary, Protected, Segment, Spelling, Treatment};
use polypost_engines::pseudo::Pseudo;

const SAMPLE: &[u8] = include_bytes!("../src/cli/demo/database-failover.md");

fn main() {
    divan::main();
}

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

fn sample() -> Report {
    file::report(
        "database-failover.md",
        SAMPLE,
        &Overrides::default(),
        Defaults { source_locale: &locale("en"), ending: "" },
    )
    .map(|received| received.report)
    .expect("a good sample")
}

fn read(report: &Report) -> (Document, Vec<Segment>) {
    let document = document::read(report).expect("a good sample");
    let segments = segment::segments(&document, &Glossary::default());
    (document, segments)
}

fn prose(segments: &[Segment]) -> Vec<(Segment, Protected, String)> {
    let prose = segments.iter().filter(|segment| segment.treatment == Treatment::Translate);
    prose
        .map(|segment| {
            let protected = segment::protect(segment, Spelling::Bracketed);
            let answer = Pseudo::rewrite(&protected.text, &locale("en"), &locale("es"));
            (segment.clone(), protected, answer)
        })
        .collect()
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let report = sample();
    bencher.counter(BytesCount::of_slice(SAMPLE)).bench(|| read(&report));
}

#[divan::bench]
fn protect(bencher: Bencher<'_, '_>) {
    let (_, segments) = read(&sample());
    let protect =
        || segments.iter().map(|segment| segment::protect(segment, Spelling::Bracketed).text.len()).sum::<usize>();
    bencher.counter(BytesCount::of_slice(SAMPLE)).bench(protect);
}

#[divan::bench(name = "check")]
fn check_answers(bencher: Bencher<'_, '_>) {
    let (_, segments) = read(&sample());
    let prose = prose(&segments);
    let (source, target) = (locale("en"), locale("es"));
    bencher.counter(BytesCount::of_slice(SAMPLE)).bench(|| {
        prose
            .iter()
            .filter(|(segment, protected, text)| {
                let draft = Draft { segment, protected, text, source: &source, target: &target };
                check::check(&draft, Origin::Human).is_ok()
            })
            .count()
    });
}

#[divan::bench(name = "render")]
fn render_translation(bencher: Bencher<'_, '_>) {
    let report = sample();
    let (document, segments) = read(&report);
    let bundles = Bundles::built_in().expect("the built-in bundles");
    let (source, target) = (locale("en"), locale("es"));
    let notation = Notation::new(&target, &bundles);
    let outcomes: Vec<Outcome> = segments
        .iter()
        .map(|segment| {
            let protected = segment::protect(segment, Spelling::Bracketed);
            let answer = Pseudo::rewrite(&protected.text, &locale("en"), &locale("es"));
            let draft = Draft { segment, protected: &protected, text: &answer, source: &source, target: &target };
            Outcome::of(check::check(&draft, Origin::Human).unwrap_or_else(|_| Checked::invariant(segment)))
        })
        .collect();
    let into = Target { locale: &target, notation: &notation, bundles: &bundles, glossary: "" };
    bencher
        .counter(BytesCount::of_slice(SAMPLE))
        .bench(|| render::translation(&report, &document, &segments, &outcomes, into));
}
