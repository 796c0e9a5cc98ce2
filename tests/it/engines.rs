//! The engines against real components, where they are installed, and against servers that misbehave.

mod amazon;
mod apertium;
mod azure;
mod deepl;
mod download;
mod glossaries;
mod google;
mod libretranslate;
mod marks;
mod modernmt;
mod neural;
mod openai;
mod pivot;

use std::sync::Arc;

use polypost::config;
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;
use polypost_engines::{CallOutcome, Candidate, Engine, EngineError, EngineRequest, EngineResponse, ErrorKind};
use polypost_store::State;

use polypost_test_service::program::TestProgram;

/// The default configuration's engines.
fn defaults() -> config::EngineSettings {
    let file: toml::Table = config::DEFAULT.parse().unwrap();
    file["engines"].clone().try_into().unwrap()
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

async fn ask(engine: &dyn Engine, target: &str, texts: &[String]) -> Result<EngineResponse, EngineError> {
    let (source, target) = (locale("en"), locale(target));
    engine.translate(EngineRequest::new(&source, &target, texts)).await
}

/// The candidates; there must be as many as texts.
async fn candidates(engine: &dyn Engine, target: &str, texts: &[String]) -> Vec<Candidate> {
    let answer = ask(engine, target, texts).await.unwrap();
    assert_eq!(answer.candidates.len(), texts.len());
    answer.candidates
}

async fn translations(engine: &dyn Engine, target: &str, texts: &[String]) -> Vec<String> {
    candidates(engine, target, texts).await.into_iter().map(|candidate| candidate.unwrap().text).collect()
}

/// Every call for a translation fails in this way, and nothing of key or text is told.
async fn assert_refused(engine: &dyn Engine, key: &str, what: &str, kind: ErrorKind) {
    let texts = owned(&["Talk is down.", "It works again."]);
    let error = ask(engine, "es", &texts).await.expect_err(what);
    // A vendor of one text a call has failed several times by now.
    let is_kind =
        error.kind == kind || (error.call == CallOutcome::Paused && kind == ErrorKind::Transient { after: None });
    assert!(is_kind, "{what}: {error}");
    for secret in [key, "Talk is down"] {
        assert!(!format!("{error} {error:?}").contains(secret), "{what}: {error:?}");
    }
}

/// The service puts markup into the answer to the first text: that one is declined with these words, and no other.
async fn assert_markup_declined(engine: &dyn Engine, said: &str) {
    let answers = candidates(engine, "es", &owned(&["Done.", "It works again."])).await;
    assert!(answers[0].as_ref().is_err_and(|reason| reason.contains(said)), "{:?}", answers[0]);
    assert!(answers[1].is_ok());
}

/// A report with marks, a link among them, and facts that cross no engine, as it is published in these locales.
async fn published(engine: &Arc<dyn Engine>, targets: &[&str]) -> Vec<Rendition> {
    let text = "---\ntitle: Recordings fail\n---\n\n## Summary\n\nWe found **R&D <tools>** failing at 13:52 UTC, see \
        [the *status* page](https://status.example/a?b=1&c=2).\n\nUse `kubectl get pods` on 10.0.0.1.\n";
    let program = TestProgram::new(vec![Arc::clone(engine)], targets).await;
    let report = TestProgram::report("recordings.md", text.as_bytes());
    let id = report.id.to_string();
    program.publish(report).await.expect("published");
    program.work().await;
    let mut renditions = Vec::new();
    for target in targets {
        program.assert_state(&id, target, State::Current).await;
        let rendition = program.served(&id, target).await.expect("a version").rendition;
        let markdown = &rendition.body.markdown;
        for kept in ["13:52 UTC", "(https://status.example/a?b=1&c=2)", "`kubectl get pods`", "10.0.0.1"] {
            assert!(markdown.contains(kept), "{target}: {kept} in {markdown}");
        }
        assert_eq!(rendition.engines(), [engine.name()]);
        renditions.push(rendition);
    }
    renditions
}

/// Sentences as incident reports have them, facts already placeholders.
const SENTENCES: [&str; 12] = [
    "Customers were unable to play call recordings between [PH1] and [PH2].",
    "We are investigating reports of delayed e-mail notifications.",
    "The issue was caused by a configuration change that was deployed on [PH1].",
    "Our engineers identified the root cause and rolled back the change.",
    "A fix has been implemented and we are monitoring the results.",
    "Some users may experience slow page loads and errors when signing in.",
    "The database ran out of connections, which caused [PH1] of requests to fail.",
    "We apologize for the inconvenience and thank you for your patience.",
    "No data was lost during the outage of [PH1].",
    "For more information, please contact our support team or visit [PH1].",
    "Traffic was redirected to another data center while [PH1] servers were restarted.",
    "Messages that were sent during this time were queued and will be delivered shortly.",
];

/// About 600 words in 48 different texts.
fn report() -> Vec<String> {
    (0..4)
        .flat_map(|round| SENTENCES.map(|sentence| sentence.replace("[PH1]", &format!("[PH{}]", round + 1))))
        .collect()
}

/// Whether every placeholder of the source is in the translation, exactly once.
fn keeps_placeholders(source: &str, translation: &str) -> bool {
    (1..40)
        .map(|number| format!("[PH{number}]"))
        .all(|placeholder| source.matches(&placeholder).count() == translation.matches(&placeholder).count())
}
