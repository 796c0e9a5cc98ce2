//! What the costliest accepted reports ask of the pure stages, in milliseconds for read, protect, check (of the pseudo
//! engine's answers) and render: as much prose as is accepted, each of the worst kinds that were found, in short and in
//! long paragraphs. What is refused is refused after reading, so that is measured for a whole body of 1 MB.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

use std::time::{Duration, Instant};

use polypost_core::check::{self, Checked, Draft, Origin};
use polypost_core::document::{self, Format, Report, fact};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;
use polypost_core::render::{self, Outcome, Target};
use polypost_core::segment::{self, FileFormat, Glossary, Spelling, Treatment};
use polypost_engines::pseudo::Pseudo;

/// The most prose that is read, less the title and a margin.
const MOST: usize = 130_000;
/// The default limit of a body, less what surrounds it.
const REFUSED: usize = 1_000_000;
/// The longest paragraph that is read, less a margin.
const PARAGRAPH: usize = 16_000;

fn main() {
    println!(
        "{:<28} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "text, bytes of a paragraph", "read", "protect", "check", "render", "sum, ms"
    );
    for (name, format, unit) in UNITS {
        for length in [600, PARAGRAPH] {
            measure(&format!("{name}, {length}"), *format, &body(unit, *format, length, MOST));
            measure(&format!("{name}, {length}, 1 MB"), *format, &body(unit, *format, length, REFUSED));
        }
    }
    measure_glossary();
}

/// The time that the largest glossary, all of whose terms begin alike, takes in a text of nothing but their beginning:
/// it must grow with the text and not with the terms.
fn measure_glossary() {
    const TERMS: usize = 10_000;
    let text = "a ".repeat(100_000);
    for count in [10, TERMS] {
        let terms: Vec<String> = (0..count).map(|number| format!("a a a a a b{number}")).collect();
        let file = terms.join("\n");
        let glossary = Glossary::default().with_file(file.as_bytes(), FileFormat::Csv).expect("a good glossary");
        let mut watch = Watch::new();
        std::hint::black_box(fact::find(&text, glossary.for_locale(&locale("es"))));
        let read = watch.lap().as_secs_f64() * 1e3;
        println!("{:<28} {read:>8.0}", format!("glossary of {count} terms"));
    }
}

const UNITS: &[(&str, Format, &str)] = &[
    ("prose", Format::Markdown, "The engineering team reverted the change and messages were delivered again. "),
    ("letters", Format::Text, "a"),
    ("capitals", Format::Text, "A."),
    ("dots", Format::Text, "."),
    ("digits", Format::Text, "1"),
    ("numbers", Format::Text, "1 "),
    ("grouped", Format::Text, "1,"),
    ("times", Format::Text, "1:1 "),
    ("clocks", Format::Text, "10:54 UTC to "),
    ("dates", Format::Text, "July 5, 2024 "),
    ("spans", Format::Text, "between 10:54 and "),
    ("prepositions", Format::Text, "from between on at "),
    ("months", Format::Text, "July "),
    ("slashes", Format::Text, "a/"),
    ("addresses", Format::Text, "http://a "),
    ("schemes", Format::Text, "http://"),
    ("mails", Format::Text, "a@"),
    ("hosts", Format::Text, "a.b-"),
    ("placeholders", Format::Text, "[PH1] "),
    ("emoji", Format::Text, "\u{1f600} x "),
    ("brackets", Format::Text, "(["),
    ("percent", Format::Text, "5% "),
    ("codes", Format::Markdown, "`a` b "),
    ("emphasis", Format::Markdown, "*a **b** c* "),
    ("links", Format::Markdown, "[a](b) "),
    ("open links", Format::Markdown, "[a]( "),
    ("stars", Format::Markdown, "*a _b "),
    ("inline tags", Format::Html, "<b>a</b> b "),
    ("entities", Format::Html, "&amp;a "),
];

fn body(unit: &str, format: Format, length: usize, bytes: usize) -> String {
    let paragraph = unit.repeat(length / unit.len());
    let paragraph = match format {
        Format::Html => format!("<p>{paragraph}</p>\n"),
        _ => format!("{paragraph}\n\n"),
    };
    paragraph.repeat(bytes / paragraph.len())
}

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

fn measure(name: &str, format: Format, body: &str) {
    let (source, target) = (locale("en"), locale("es"));
    let overrides = Overrides { title: Some("Delays".into()), ..Overrides::default() };
    let mut report: Report = file::report("x.txt", b"x", &overrides, Defaults { source_locale: &source, ending: "" })
        .map(|received| received.report)
        .expect("a report");
    report.format = format;
    body.clone_into(&mut report.body);

    let bundles = Bundles::built_in().expect("the built-in bundles");
    let notation = Notation::new(&target, &bundles);
    let glossary = Glossary::default();
    let mut watch = Watch::new();
    let document = match document::read(&report) {
        Ok(document) => document,
        Err(problems) => {
            let problem = &problems.first().expect("at least one").problem;
            return println!("{name:<28} {:>8.0} refused: {problem:?}", watch.lap().as_secs_f64() * 1e3);
        }
    };
    let segments = segment::segments(&document, glossary.for_locale(&target));
    let read = watch.lap();
    let protected: Vec<_> = segments.iter().map(|segment| segment::protect(segment, Spelling::Bracketed)).collect();
    let protect = watch.lap();
    let answers: Vec<String> =
        protected.iter().map(|protected| Pseudo::rewrite(&protected.text, &source, &target)).collect();
    watch.lap();
    let mut outcomes = Vec::with_capacity(segments.len());
    for ((segment, protected), text) in segments.iter().zip(&protected).zip(&answers) {
        let draft = Draft { segment, protected, text, source: &source, target: &target };
        let origin = Origin::Machine { engine: "pseudo".into(), model: None };
        let checked = match segment.treatment {
            Treatment::Translate => {
                check::check(&draft, origin).unwrap_or_else(|findings| Checked::source(segment, findings))
            }
            _ => Checked::invariant(segment),
        };
        outcomes.push(Outcome::of(checked));
    }
    let check = watch.lap();
    let into = Target { locale: &target, notation: &notation, bundles: &bundles, glossary: "" };
    std::hint::black_box(render::translation(&report, &document, &segments, &outcomes, into));
    let render = watch.lap();
    let sum = read + protect + check + render;
    let [read, protect, check, render, sum] = [read, protect, check, render, sum].map(|time| time.as_secs_f64() * 1e3);
    println!("{name:<28} {read:>8.0} {protect:>8.0} {check:>8.0} {render:>8.0} {sum:>8.0}");
}

struct Watch(Instant);

impl Watch {
    fn new() -> Self {
        Self(Instant::now())
    }

    fn lap(&mut self) -> Duration {
        let lap = self.0.elapsed();
        self.0 = Instant::now();
        lap
    }
}
