//! The ladder's rungs, with an engine that loses what it is told to lose: every rung that failed is kept with its
//! findings, and an operator reads all of it from the command line.

use std::process::Command;
use std::sync::Arc;

use async_trait::async_trait;
use polypost_core::document::{Format, Report};
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;
use polypost_engines::{Candidate, Engine, EngineError, EngineRequest, EngineResponse, Marks, TranslatedText};
use polypost_store::State;
use serde_json::Value;

use polypost_test_service::program::TestProgram;
use polypost_test_service::told::disguised;

/// An engine that makes what its function makes of a text and the spans wanted of it.
struct Scripted {
    name: &'static str,
    marks: &'static [Marks],
    answer: fn(&str, &[std::ops::Range<usize>]) -> Candidate,
}

#[async_trait]
impl Engine for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed, Spelling::Underscored]
    }

    fn marks(&self, _target: &Locale) -> &[Marks] {
        self.marks
    }

    /// As the embedded engine, so that it is offered everything in each of its ways.
    fn bills(&self) -> bool {
        false
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let texts = request.texts.iter().enumerate();
        let candidates = texts.map(|(index, text)| (self.answer)(text, request.spans_of(index))).collect();
        Ok(EngineResponse { candidates, model: Some("7".to_owned()) })
    }
}

/// The pseudo engine's text, with every wanted stretch where that of the whole is: its words stay in their order.
fn aligned(text: &str, spans: &[std::ops::Range<usize>]) -> TranslatedText {
    let translated = disguised(text);
    let words = |text: &str| -> Vec<std::ops::Range<usize>> {
        text.split_whitespace()
            .map(|word| word.as_ptr() as usize - text.as_ptr() as usize)
            .zip(text.split_whitespace())
            .map(|(start, word)| start..start + word.len())
            .collect()
    };
    // The pair of locales stands in front as a word of its own.
    let alignment = match spans {
        [] => Vec::new(),
        _ => words(text).into_iter().zip(words(&translated).into_iter().skip(1)).collect(),
    };
    TranslatedText { text: translated, alignment, ..TranslatedText::default() }
}

async fn translated(engines: Vec<Arc<dyn Engine>>, body: &str) -> (TestProgram, Vec<Value>) {
    let program = TestProgram::new(engines, &["es"]).await;
    let mut report: Report = TestProgram::report("marks.md", b"---\ntitle: Orders could not be saved\n---\n\nx");
    report.format = Format::Markdown;
    body.clone_into(&mut report.body);
    program.publish(report).await.unwrap();
    program.work().await;
    let shown = Command::new(env!("CARGO_BIN_EXE_polypost"))
        .args(["show", "marks", "--locale", "es", "--format", "json"])
        .current_dir(program.directory.path())
        .env_remove("POLYPOST_TEST_STORE")
        .env("POLYPOST_STORE__URL", &program.location.url)
        .output()
        .unwrap();
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    let document: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let segments = document["segments"].as_array().expect("segments").clone();
    (program, segments)
}

/// How often a segment was offered in vain: engine, rung and the checks that refused it.
fn attempts(segment: &Value) -> Vec<(String, String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let attempts = segment["attempts"].as_array().cloned().unwrap_or_default();
    attempts
        .iter()
        .map(|attempt| {
            let findings = attempt["findings"].as_array().cloned().unwrap_or_default();
            let checks = findings.iter().map(|finding| text(&finding["check"])).collect();
            (text(&attempt["engine"]), text(&attempt["offered"]), checks)
        })
        .collect()
}

fn attempt(engine: &str, offered: &str, check: &str) -> (String, String, Vec<String>) {
    (engine.to_owned(), offered.to_owned(), vec![check.to_owned()])
}

const LINK: &str = "Please read [the whole report](https://example.com/r) about it.";

#[tokio::test(flavor = "multi_thread")]
async fn marks_that_the_engine_aligns_need_one_rung() {
    let engine =
        Scripted { name: "aligned", marks: &[Marks::Aligned], answer: |text, wanted| Ok(aligned(text, wanted)) };
    let (program, segments) = translated(vec![Arc::new(engine)], LINK).await;
    let body = program.served("marks", "es").await.expect("a version").rendition.body.markdown;
    let (before, _) = body.split_once("](https://example.com/r)").expect("its target");
    let (_, words) = before.rsplit_once('[').expect("a link");
    assert_eq!(words.split_whitespace().count(), 3, "{body}");
    assert!(words.starts_with('ť') && words.ends_with('ť'), "{body}");
    let segment = &segments[1];
    assert_eq!(attempts(segment), []);
    assert_eq!(segment["origin"], serde_json::json!({ "kind": "machine", "engine": "aligned", "model": "7" }));
    assert_eq!(segment["offered"], "aligned [PH1]");
    assert_eq!(segment["glossary"], program.worker.pipeline.glossary.revision(&"es".parse().expect("a locale")));
    let remarks = segment["findings"].as_array().into_iter().flatten();
    assert!(remarks.clone().all(|finding| finding["severity"] == "info"), "{segment}");
}

#[tokio::test(flavor = "multi_thread")]
async fn emphasis_that_the_engine_cannot_align_goes_and_that_is_said() {
    let engine = Scripted { name: "blind", marks: &[Marks::Aligned], answer: |text, _| Ok(disguised(text).into()) };
    let (program, segments) = translated(vec![Arc::new(engine)], "We solved **the whole problem** today.").await;
    let body = program.served("marks", "es").await.expect("a version").rendition.body.markdown;
    assert!(!body.contains("**"), "{body}");
    let segment = &segments[1];
    assert_eq!(attempts(segment), []);
    assert_eq!(segment["findings"][0]["check"], "marks");
    assert_eq!(segment["findings"][0]["severity"], "warn");
    let message = segment["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("`the whole problem` is lost"), "{message}");
    program.assert_state("marks", "es", State::Current).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_the_engine_cannot_align_goes_down_rung_by_rung() {
    let engine = Scripted {
        name: "blind",
        marks: &[Marks::Aligned, Marks::Placeholders],
        // Of placeholders the first is lost.
        answer: |text, _| Ok(disguised(text).replacen("[PH1]", "", 1).replacen("_PH1_", "", 1).into()),
    };
    let (program, segments) = translated(vec![Arc::new(engine)], LINK).await;
    let body = program.served("marks", "es").await.expect("a version").rendition.body.markdown;
    assert!(body.contains("](https://example.com/r)"), "{body}");
    assert_eq!(
        attempts(&segments[1]),
        [
            attempt("blind", "aligned [PH1]", "marks"),
            attempt("blind", "[PH1]", "placeholders"),
            attempt("blind", "_PH1_", "placeholders"),
        ]
    );
    assert_eq!(segments[1]["origin"]["engine"], "blind", "split at marks");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_that_one_engine_loses_is_the_next_ones() {
    fn forgetful(text: &str, _: &[std::ops::Range<usize>]) -> Candidate {
        if text.contains("PH1") || text.contains("Orders") {
            Ok(disguised(text).replace("[PH1]", "").replace("_PH1_", "").into())
        } else {
            Err("it is tired".to_owned())
        }
    }
    let forgetful = Scripted { name: "forgetful", marks: &[Marks::Placeholders], answer: forgetful };
    let good = Scripted { name: "good", marks: &[Marks::Placeholders], answer: |text, _| Ok(disguised(text).into()) };
    let engines: Vec<Arc<dyn Engine>> = vec![Arc::new(forgetful), Arc::new(good)];
    let (_house, segments) = translated(engines, "The server db-7.example.com failed for everyone.").await;
    assert_eq!(
        attempts(&segments[1]),
        [
            attempt("forgetful", "[PH1]", "placeholders"),
            attempt("forgetful", "_PH1_", "placeholders"),
            attempt("forgetful", "split", "declined"),
        ]
    );
    assert_eq!(segments[1]["origin"]["engine"], "good");
    assert_eq!(segments[0]["origin"]["engine"], "forgetful");
}
