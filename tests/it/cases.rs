//! The cases of `tests/fixtures/cases`: reports as people write them, published by way of engines that answer well, and
//! what readers must get. `tests/fixtures/cases/README.md` describes the files.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::render::Rendition;
use polypost_engines::Engine;
use polypost_engines::pseudo::Pseudo;

use polypost_test_service::answering::{Fluent, Mirror};
use polypost_test_service::program::{TestProgram, locale};
use polypost_test_service::{apertium, neural, pivot};

/// A locale of the source's own language, in which the mirror's answers may be published.
const MIRRORED: &str = "en-GB";

/// One case: a report, and what is expected of each engine and form.
#[derive(Debug, Default)]
struct Case {
    file: String,
    name: String,
    /// The file's name that says the report's format: `case.md`, `case.txt`, `case.html`, `case.json`.
    source_name: String,
    title: Option<String>,
    source: String,
    /// By locale: protected text and its translation.
    answers: BTreeMap<String, HashMap<String, String>>,
    expected: Vec<Expected>,
    /// Findings that publishing reports, by the check's name.
    findings: Vec<String>,
}

/// What one form of one version must be.
#[derive(Debug)]
struct Expected {
    /// `mirror`, `pseudo`, the fluent engine's locale, or that of the demo's route behind `real-`.
    version: String,
    /// `title`, `text`, `markdown` or `html`.
    form: String,
    extent: Extent,
    text: String,
}

/// How an expected text and a form belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// The text is the whole form.
    Whole,
    /// Each line of the text stands in the form.
    Has,
    /// No line of the text stands in the form.
    Lacks,
}

impl Extent {
    fn is_met(self, shown: &str, text: &str) -> bool {
        match self {
            Self::Whole => shown == text,
            Self::Has => text.lines().all(|part| shown.contains(part)),
            Self::Lacks => !text.lines().any(|part| shown.contains(part)),
        }
    }
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            read(&name, &std::fs::read_to_string(path).expect("a readable file"))
        })
        .collect()
}

fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in text.split("\n## ").skip(1) {
        let (head, sections) = block.split_once("\n@@ ").unwrap_or_else(|| panic!("{file}: a case without sections"));
        let mut lines = head.lines();
        let mut case = Case {
            file: file.to_owned(),
            name: lines.next().expect("a name").trim().to_owned(),
            source_name: "case.md".to_owned(),
            title: Some("Incident report".to_owned()),
            ..Case::default()
        };
        for line in lines.filter(|line| !line.trim().is_empty()) {
            match line.split_once(": ") {
                Some(("file", name)) => name.trim().clone_into(&mut case.source_name),
                Some(("title", "none")) => case.title = None,
                Some(("title", title)) => case.title = Some(title.to_owned()),
                _ => panic!("{file}, {}: `{line}` is no setting", case.name),
            }
        }
        for section in sections.split("\n@@ ") {
            let (name, content) = section.split_once('\n').unwrap_or((section, ""));
            add(&mut case, name.trim(), content.trim_end_matches('\n'));
        }
        cases.push(case);
    }
    assert!(!cases.is_empty(), "{file} has no case");
    cases
}

fn add(case: &mut Case, section: &str, content: &str) {
    let words: Vec<&str> = section.split_whitespace().collect();
    match words.as_slice() {
        ["source"] => content.clone_into(&mut case.source),
        ["findings"] => case.findings = content.lines().map(str::to_owned).collect(),
        ["answers", tag] => {
            let pairs = content.lines().filter(|line| !line.is_empty()).map(|line| {
                let (text, answer) = line.split_once(" => ").unwrap_or_else(|| panic!("{}: `{line}`", case.name));
                (text.to_owned(), answer.to_owned())
            });
            case.answers.insert((*tag).to_owned(), pairs.collect());
        }
        [version, form, rest @ ..] if matches!(rest, [] | ["has" | "lacks"]) => case.expected.push(Expected {
            version: (*version).to_owned(),
            form: (*form).to_owned(),
            extent: match rest {
                [] => Extent::Whole,
                ["has"] => Extent::Has,
                _ => Extent::Lacks,
            },
            text: content.to_owned(),
        }),
        _ => panic!("{}, {}: `@@ {section}` is no section", case.file, case.name),
    }
}

async fn published(case: &Case, route: Vec<Arc<dyn Engine>>, tag: &str, wrong: &mut Vec<String>) -> Option<Rendition> {
    let program = TestProgram::new(route, &[tag]).await;
    let overrides = Overrides { title: case.title.clone(), id: Some("case".to_owned()), ..Overrides::default() };
    let report = file::report(
        &case.source_name,
        case.source.as_bytes(),
        &overrides,
        Defaults { source_locale: &locale("en"), ending: "" },
    )
    .map(|received| received.report);
    let report = match report {
        Ok(report) => report,
        Err(problems) => {
            wrong.push(format!("{}, {}: {problems:?}", case.file, case.name));
            return None;
        }
    };
    let receipt = program.publish(report).await.unwrap_or_else(|error| panic!("{}: {error}", case.name));
    for finding in &case.findings {
        if !receipt.findings.iter().any(|known| known.check == *finding) {
            wrong.push(format!("{}, {}: no finding `{finding}`", case.file, case.name));
        }
    }
    program.work().await;
    program.served("case", tag).await.map(|version| version.rendition)
}

fn compare(case: &Case, version: &str, rendition: &Rendition, wrong: &mut Vec<String>) {
    for expected in case.expected.iter().filter(|expected| expected.version == version) {
        let shown = match expected.form.as_str() {
            "title" => &rendition.title,
            "text" => &rendition.body.text,
            "markdown" => &rendition.body.markdown,
            "html" => &rendition.body.html,
            form => panic!("{}: `{form}` is no form", case.name),
        };
        let shown = shown.trim_end_matches('\n');
        if !expected.extent.is_met(shown, &expected.text) {
            let Case { file, name, .. } = case;
            let Expected { form, extent, text, .. } = expected;
            wrong.push(format!(
                "{file}, {name}: {version} {form}, {extent:?}\n--- expected\n{text}\n--- shown\n{shown}"
            ));
        }
    }
}

/// Says why a segment stands in English where the fluent engine had an answer.
fn refusals(rendition: &Rendition) -> String {
    let attempts = rendition.segments.iter().flat_map(|record| {
        record.attempts.iter().map(move |attempt| format!("{}: {:?}", record.source, attempt.findings))
    });
    attempts.collect::<Vec<_>>().join("\n")
}

/// Those that are to be tried now.
fn chosen() -> Vec<Case> {
    let only = std::env::var("POLYPOST_TEST_CASE").ok();
    cases().into_iter().filter(|case| only.as_ref().is_none_or(|only| case.name.contains(only))).collect()
}

/// The demo's routes, as far as their engines are there.
fn real() -> Vec<(&'static str, Vec<Arc<dyn Engine>>)> {
    let (apertium, neural, pivot) = (apertium::engine(), neural::engine(), pivot::engine());
    let spanish = pivot.zip(apertium.clone()).map(|(pivot, apertium)| ("es", vec![pivot, apertium]));
    let italian = apertium.map(|apertium| ("it", vec![apertium]));
    let portuguese = neural.map(|neural| ("pt-BR", vec![neural]));
    [spanish, italian, portuguese].into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_in_which_engines_are_at_fault_read_as_they_should_by_way_of_these() {
    let mut wrong = Vec::new();
    let routes = real();
    for case in &chosen() {
        for (tag, route) in &routes {
            let version = format!("real-{tag}");
            if case.expected.iter().any(|expected| expected.version == version) {
                match published(case, route.clone(), tag, &mut wrong).await {
                    Some(rendition) => compare(case, &version, &rendition, &mut wrong),
                    None => wrong.push(format!("{}, {}: no version in {tag}", case.file, case.name)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_reads_as_it_should() {
    let mut wrong = Vec::new();
    let cases = chosen();
    for case in &cases {
        if let Some(rendition) = published(case, vec![Arc::new(Mirror)], MIRRORED, &mut wrong).await {
            compare(case, "mirror", &rendition, &mut wrong);
        }
        if case.expected.iter().any(|expected| expected.version == "pseudo") {
            let rendition = published(case, vec![Arc::new(Pseudo)], "es", &mut wrong).await;
            compare(case, "pseudo", &rendition.unwrap_or_else(|| panic!("{}: no version", case.name)), &mut wrong);
        }
        for (tag, answers) in &case.answers {
            let engine = Fluent::new(answers.clone());
            let rendition = published(case, vec![engine.clone()], tag, &mut wrong).await;
            for text in engine.unknown() {
                wrong.push(format!("{}, {}: no answer in {tag} to `{text}`", case.file, case.name));
            }
            let Some(rendition) = rendition else {
                wrong.push(format!("{}, {}: no version in {tag}", case.file, case.name));
                continue;
            };
            let before = wrong.len();
            compare(case, tag, &rendition, &mut wrong);
            if wrong.len() > before {
                wrong.push(refusals(&rendition));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults in {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}
