//! Asks one APy server for paragraphs in a pair over HTTP. Its answer is checked here (status, size, shape, number of
//! paragraphs); what does not fit the request is an error.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use tokio::time::Instant;

use super::ApertiumSettings;
use super::marks::{self, Reading};
use super::pairs::{Leg, Pairs};
use super::{NAME, packing};
use crate::cached_list::CachedList;
use crate::layers::PriorityLimiter;
use crate::{EngineDependencies, EngineError, ErrorKind, Redactor, foreign, http};

/// The largest answer that is read, in bytes.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// How long the list of pairs is believed.
const PAIRS_LIFE: Duration = Duration::from_mins(1);

/// What a leg made of one text, or why it would not.
pub(super) type LegOutcome = Result<Reading, String>;

pub(super) struct Server {
    client: Client,
    base: String,
    /// The same as messages show it.
    shown: String,
    first_byte: Duration,
    pairs: CachedList<Pairs>,
    /// A pair has one pipeline: calls for it wait here, where waiting does not make APy cut texts shorter.
    queues: Mutex<HashMap<Leg, Arc<PairQueue>>>,
    redactor: Arc<Redactor>,
}

/// One call of a pair at a time, and what it has just answered: Italian by way of Spanish asks for the same Spanish as
/// Spanish itself does.
struct PairQueue {
    limiter: PriorityLimiter,
    recent: tokio::sync::Mutex<VecDeque<Recent>>,
}

impl Default for PairQueue {
    fn default() -> Self {
        Self { limiter: PriorityLimiter::new(1), recent: tokio::sync::Mutex::default() }
    }
}

struct Recent {
    at: Instant,
    text: String,
    answer: String,
}

/// How long an answer counts as just given: a report's locales are translated side by side.
const RECENT_LIFE: Duration = Duration::from_secs(5);

/// Answers kept per pair, of at most [`packing::CALL`] characters each.
const RECENT_MOST: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TranslateResponse {
    response_data: TranslateData,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TranslateData {
    translated_text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListPairsResponse {
    response_data: Vec<ListedPair>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListedPair {
    source_language: String,
    target_language: String,
}

#[derive(Deserialize)]
struct ErrorResponse {
    explanation: Option<String>,
    message: Option<String>,
}

impl Server {
    pub(super) fn new(settings: &ApertiumSettings, dependencies: &EngineDependencies) -> Result<Self, EngineError> {
        let client = http::contracted(NAME, &settings.url, &settings.contract, dependencies)?;
        let base = settings.url.trim_end_matches('/').to_owned();
        Ok(Self {
            client,
            shown: http::presentable(&base),
            base,
            first_byte: Duration::from_secs(settings.contract.first_byte_timeout_seconds),
            pairs: CachedList::new(PAIRS_LIFE),
            queues: Mutex::default(),
            redactor: Arc::clone(&dependencies.redactor),
        })
    }

    /// The server's pairs, asked for at most once a minute unless `fresh`.
    pub(super) async fn pairs(&self, fresh: bool) -> Result<Arc<Pairs>, EngineError> {
        let ask = async || {
            let answer: ListPairsResponse = self
                .read(self.client.get(format!("{}/listPairs", self.base)))
                .await
                .map_err(EngineError::without_texts)?;
            let leg = |pair: ListedPair| Leg { source: pair.source_language, target: pair.target_language };
            Ok(Pairs(answer.response_data.into_iter().map(leg).collect()))
        };
        self.pairs.get(fresh, ask).await
    }

    /// Translates paragraphs along one leg, together where their number survives, else one by one. As many outcomes as
    /// texts.
    pub(super) async fn paragraphs(
        &self,
        leg: &Leg,
        texts: &[&str],
        is_urgent: bool,
    ) -> Result<Vec<LegOutcome>, EngineError> {
        if let [text] = texts {
            return Ok(vec![self.paragraph(leg, text, is_urgent).await?]);
        }
        let sent: Vec<String> = texts.iter().map(|text| marks::shielded(text)).collect();
        match self.call(leg, &sent.join(packing::BLANK_LINE), is_urgent).await {
            Ok(answer) => {
                let found = packing::paragraphs(&answer);
                if found.len() == texts.len() {
                    let paragraphs = found.into_iter().map(|range| answer.get(range).unwrap_or_default());
                    return Ok(texts
                        .iter()
                        .zip(paragraphs)
                        .map(|(text, answer)| Ok(marks::read(text, answer)))
                        .collect());
                }
            }
            // One text may be what it refuses; the others need not suffer.
            Err(error) if error.kind == ErrorKind::TextsRejected => {}
            Err(error) => return Err(error),
        }
        let mut outcomes = Vec::with_capacity(texts.len());
        for text in texts {
            outcomes.push(self.paragraph(leg, text, is_urgent).await?);
        }
        Ok(outcomes)
    }

    async fn paragraph(&self, leg: &Leg, text: &str, is_urgent: bool) -> Result<LegOutcome, EngineError> {
        let answer = match self.call(leg, &marks::shielded(text), is_urgent).await {
            Ok(answer) => answer,
            Err(error) if error.kind == ErrorKind::TextsRejected => return Ok(Err(error.message)),
            Err(error) => return Err(error),
        };
        Ok(match packing::paragraphs(&answer).as_slice() {
            [range] => Ok(marks::read(text, answer.get(range.clone()).unwrap_or_default())),
            [] => Err(format!("`{leg}` answered with nothing")),
            more => Err(format!("`{leg}` answered with {} paragraphs for one", more.len())),
        })
    }

    async fn call(&self, leg: &Leg, text: &str, is_urgent: bool) -> Result<String, EngineError> {
        let queue = {
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(queues.entry(leg.clone()).or_default())
        };
        let _turn = queue.limiter.take(is_urgent).await;
        let mut recent = queue.recent.lock().await;
        recent.retain(|recent| recent.at.elapsed() < RECENT_LIFE);
        if let Some(known) = recent.iter().find(|recent| recent.text == text) {
            return Ok(known.answer.clone());
        }
        let pair = leg.to_string();
        // A form by POST: APy reads no JSON, and texts in its access log are nobody's business.
        // With marks: they say how well a text reads, and without them APy takes the source's own stars away too.
        let form = [("langpair", pair.as_str()), ("q", text), ("markUnknown", "yes"), ("format", "txt")];
        let request = self.client.post(format!("{}/translate", self.base)).form(&form);
        let translated: TranslateResponse = self.read(request).await?;
        let answer = translated.response_data.translated_text;
        recent.truncate(RECENT_MOST - 1);
        recent.push_front(Recent { at: Instant::now(), text: text.to_owned(), answer: answer.clone() });
        Ok(answer)
    }

    async fn read<T: for<'de> Deserialize<'de>>(&self, request: RequestBuilder) -> Result<T, EngineError> {
        let sent = http::send(NAME, &self.shown, request, self.first_byte).await;
        let response = sent.map_err(|error| self.unreachable(error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = http::body(response, ANSWER_LIMIT).await.map_err(|error| {
            let message = format!("`{}`: {error}", self.shown);
            EngineError::new(NAME, ErrorKind::Transient { after: None }, message).caused_by(error)
        })?;
        if !status.is_success() {
            return Err(self.vendor_error(status, http::retry_after(&headers), &body));
        }
        serde_json::from_slice(&body).map_err(|error| self.unreadable(&body, &error))
    }

    fn unreachable(&self, error: EngineError) -> EngineError {
        let is_connect = |source: &(dyn Error + Send + Sync + 'static)| {
            source.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_connect)
        };
        let hint = if error.source.as_deref().is_some_and(is_connect) {
            let port = self.base.parse::<reqwest::Url>().ok().and_then(|url| url.port()).unwrap_or(2737);
            format!("start it with `apertium-apy -p {port} /usr/share/apertium`, or set engines.apertium.url")
        } else {
            "engines.apertium.contract says how long an answer may take".to_owned()
        };
        error.hint(hint)
    }

    fn vendor_error(&self, status: StatusCode, after: Option<Duration>, body: &[u8]) -> EngineError {
        let base = &self.shown;
        let said = serde_json::from_slice::<ErrorResponse>(body)
            .ok()
            .and_then(|refusal| refusal.explanation.or(refusal.message));
        let message = match said.as_deref().and_then(|said| foreign::quoted(said, &self.redactor)) {
            Some(said) => format!("`{base}` answered {}: {said}", status.as_u16()),
            None => format!("`{base}` answered {status}"),
        };
        let kind = if http::is_transient(status) {
            ErrorKind::Transient { after }
        } else if status.is_client_error() && said.is_some() && status != StatusCode::NOT_FOUND {
            ErrorKind::Rejected
        } else {
            ErrorKind::Broken
        };
        // "That pair is not installed", "Missing argument q": of a pair or of the call as such.
        let is_about_call =
            said.is_some_and(|said| ["That pair", "Missing argument"].iter().any(|it| said.starts_with(it)));
        let error = EngineError::new(NAME, kind, message).about_texts(!is_about_call);
        let error = EngineError { status: Some(status.as_u16()), ..error };
        if kind == ErrorKind::Broken {
            error.hint("engines.apertium.url must be the address of an Apertium APy")
        } else {
            error
        }
    }

    /// An answer that says that all is well and is none: a page of something else, or one that was cut. It is told
    /// where, not what: the text may be anybody's.
    fn unreadable(&self, body: &[u8], error: &serde_json::Error) -> EngineError {
        let (base, transient) = (&self.shown, ErrorKind::Transient { after: None });
        let start = body.trim_ascii_start();
        if start.starts_with(b"<") {
            return EngineError::new(NAME, transient, format!("`{base}` answered with a page, not with JSON"))
                .hint("engines.apertium.url must be the address of an Apertium APy");
        }
        let what = match start {
            [] => "an empty answer".to_owned(),
            _ => format!("no APy answer (line {}, column {})", error.line(), error.column()),
        };
        EngineError::new(NAME, transient, format!("`{base}` gave {what}"))
    }
}
