//! What must hold for any input, for the fuzz targets and for the replay of their seeds (`tests/seeds.rs`).

use polypost_core::check::{self, Draft, Origin};
use polypost_core::document::{self, Format, Report};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::locale::Locale;
use polypost_core::segment::{self, Glossary, Span, Spelling, TargetSpan};

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

fn report(format: Format, body: &str) -> Report {
    let overrides = Overrides { title: Some("Delays".to_owned()), ..Overrides::default() };
    let mut report = file::report("x.txt", b"x", &overrides, Defaults { source_locale: &locale("en"), ending: "" })
        .map(|received| received.report)
        .expect("a report");
    report.format = format;
    body.clone_into(&mut report.body);
    report
}

/// A body is refused, or read into a document that writes it back byte for byte.
pub fn read(format: Format, body: &str) {
    let Ok(document) = document::read(&report(format, body)) else { return };
    for part in &document.parts {
        assert_eq!(part.write(&[]), part.source);
    }
    for segment in segment::segments(&document, &Glossary::default()) {
        let shown = segment.source_text();
        let spans: String = segment.spans.iter().map(Span::text).collect();
        assert_eq!(shown, spans);
    }
}

/// The first line is an engine's answer, the rest a text: what was protected is restored exactly, and an answer never
/// brings more or less than was sent.
pub fn protect(input: &str) {
    let (answer, body) = input.split_once('\n').unwrap_or(("", input));
    let Ok(document) = document::read(&report(Format::Markdown, body)) else { return };
    let (source, target) = (locale("en"), locale("es"));
    for segment in segment::segments(&document, &Glossary::default()) {
        for spelling in [Spelling::Bracketed, Spelling::Underscored, Spelling::Plain] {
            let protected = segment::protect(&segment, spelling);
            if let Ok(restored) = segment::restore(&segment, &protected, &protected.text) {
                let mut kept = String::new();
                for span in &restored {
                    match span {
                        TargetSpan::Text(text) => kept.push_str(text),
                        TargetSpan::Source(index) => kept.push_str(segment.spans[*index].text()),
                    }
                }
                assert_eq!(kept, segment.source_text());
            }
            let draft =
                Draft { segment: &segment, protected: &protected, text: answer, source: &source, target: &target };
            if let Ok(checked) = check::check(&draft, Origin::Human) {
                let facts = |index: &usize| !matches!(segment.spans[*index], Span::Text(_));
                let mut there: Vec<usize> = checked
                    .target()
                    .iter()
                    .filter_map(|span| match span {
                        TargetSpan::Source(index) => Some(*index),
                        TargetSpan::Text(_) => None,
                    })
                    .filter(facts)
                    .collect();
                there.sort_unstable();
                there.dedup();
                let facts =
                    segment.spans.iter().filter(|span| matches!(span, Span::Fact(_) | Span::Code { .. })).count();
                assert!(there.len() >= facts, "a fact is missing in {:?}", checked.target());
            }
        }
    }
}
