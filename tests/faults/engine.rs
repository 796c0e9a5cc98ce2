//! An Apertium APy of the test's own: it answers in APy's form with the pseudo engine's text, counts how often each
//! text was sent for each pair, and can be slow or fail.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use polypost_core::locale::Locale;
use polypost_engines::pseudo::Pseudo;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::deployment::Deployment;

/// APy's own names and ours.
const LANGUAGES: [(&str, &str); 3] = [("spa", "es"), ("ita", "it"), ("por", "pt")];
/// What stands between texts that share a call.
const BLANK_LINE: &str = "\n\n";

#[derive(Debug, Default)]
pub(crate) struct Engine {
    /// How often each text was sent, by pair and text.
    calls: Mutex<BTreeMap<(String, String), u32>>,
    delay_milliseconds: AtomicU64,
    fails: AtomicBool,
}

#[derive(Deserialize)]
struct TranslateForm {
    langpair: String,
    q: String,
}

impl Engine {
    /// Starts it and makes it the deployment's engine.
    pub(crate) async fn start(deployment: &mut Deployment, delay: Duration) -> Arc<Self> {
        let engine = Arc::new(Self::default());
        engine.take(delay);
        let routes = Router::new()
            .route("/listPairs", get(list_pairs))
            .route("/translate", post(translate))
            .with_state(Arc::clone(&engine));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        deployment.set("ENGINES__ROUTE", "apertium");
        deployment.set("ENGINES__APERTIUM__URL", format!("http://{}", listener.local_addr().expect("an address")));
        tokio::spawn(axum::serve(listener, routes).into_future());
        engine
    }

    /// How long each answer takes from now on.
    pub(crate) fn take(&self, delay: Duration) {
        let milliseconds = u64::try_from(delay.as_millis()).expect("a short time");
        self.delay_milliseconds.store(milliseconds, Ordering::SeqCst);
    }

    /// Whether it answers `503` from now on.
    pub(crate) fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }

    pub(crate) fn calls(&self) -> BTreeMap<(String, String), u32> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it was sent so many texts.
    pub(crate) async fn asked_for(&self, texts: usize) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.calls().len() < texts {
            assert!(Instant::now() < deadline, "the engine is not asked: {:?}", self.calls());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn list_pairs() -> Json<Value> {
    let pairs: Vec<Value> =
        LANGUAGES.iter().map(|(code, _)| json!({ "sourceLanguage": "eng", "targetLanguage": code })).collect();
    Json(json!({ "responseData": pairs, "responseStatus": 200 }))
}

async fn translate(State(engine): State<Arc<Engine>>, Form(asked): Form<TranslateForm>) -> (StatusCode, Json<Value>) {
    let code = asked.langpair.rsplit('|').next().unwrap_or_default();
    let target = LANGUAGES.iter().find(|(own, _)| *own == code).map_or("es", |(_, tag)| tag);
    let (source, target): (Locale, Locale) = ("en".parse().expect("a tag"), target.parse().expect("a tag"));
    let texts: Vec<&str> = asked.q.split(BLANK_LINE).collect();
    {
        let mut calls = engine.calls.lock().unwrap_or_else(PoisonError::into_inner);
        for text in &texts {
            *calls.entry((asked.langpair.clone(), (*text).to_owned())).or_default() += 1;
        }
    }
    tokio::time::sleep(Duration::from_millis(engine.delay_milliseconds.load(Ordering::SeqCst))).await;
    if engine.fails.load(Ordering::SeqCst) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "message": "too busy" })));
    }
    let translated: Vec<String> = texts.iter().map(|text| Pseudo::rewrite(text, &source, &target)).collect();
    let answer = json!({ "responseData": { "translatedText": translated.join(BLANK_LINE) }, "responseStatus": 200 });
    (StatusCode::OK, Json(answer))
}
