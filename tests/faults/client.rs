//! Clients over HTTP that remember: what they asked, and what they were told. Publishers try again until they are told
//! that it is stored, as the contract bids them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::history::{Answer, Recorder, Seen, Shown, What};
use crate::snapshot::markers;

/// Longer than the server takes to say that the store is busy.
const TIMEOUT: Duration = Duration::from_secs(12);
const PAUSE: Duration = Duration::from_millis(20);

/// What servers here accept from publishers.
pub(crate) const TOKEN: &str = "the-fault-suite's-own";

#[derive(Clone)]
pub(crate) struct Client {
    /// Its own number and its server's.
    numbers: (usize, usize),
    base: String,
    http: reqwest::Client,
    recorder: Arc<Recorder>,
}

/// What is published: the text number `text` of the incident number `incident`, marked all over.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) incident: usize,
    pub(crate) text: usize,
    /// Seconds since 1970.
    pub(crate) revised_at: Option<i64>,
    pub(crate) status: Option<&'static str>,
}

impl Publication {
    pub(crate) fn new(incident: usize, text: usize) -> Self {
        Self { incident, text, revised_at: None, status: None }
    }

    pub(crate) fn id(&self) -> String {
        format!("incident-{}", self.incident)
    }

    pub(crate) fn marker(&self) -> String {
        format!("m{}x{}", self.incident, self.text)
    }

    /// Three segments; the word makes them those of this publication alone, for engines too.
    pub(crate) fn json(&self) -> Value {
        let (marker, word) = (self.marker(), word(self.incident * 100 + self.text));
        let revised_at = self.revised_at.map(|at| jiff::Timestamp::from_second(at).expect("a time").to_string());
        json!({
            "id": self.id(), "title": format!("Trouble with {word} in `{marker}`"), "format": "markdown",
            "body": format!("Customers of {word} cannot use `{marker}`.\n\n- We repaired {word} and watch `{marker}`."),
            "revised_at": revised_at, "status": self.status,
        })
    }
}

/// A word for a number, another for each.
fn word(mut number: usize) -> String {
    let mut word = String::from("Ka");
    loop {
        word.push(char::from(b"bdfgklmnprst"[number % 12]));
        word.push(char::from(b"aeiou"[number / 12 % 5]));
        number /= 60;
        if number == 0 {
            return word;
        }
    }
}

impl Client {
    pub(crate) fn new(numbers: (usize, usize), base: String, recorder: Arc<Recorder>) -> Self {
        // A second call is refused, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bearer = format!("Bearer {TOKEN}").parse().expect("a header value");
        let headers = reqwest::header::HeaderMap::from_iter([(reqwest::header::AUTHORIZATION, bearer)]);
        let http = reqwest::Client::builder().no_proxy().default_headers(headers).timeout(TIMEOUT);
        let http = http.build().expect("a client");
        Self { numbers, base, http, recorder }
    }

    /// Publishes once.
    pub(crate) async fn publish(&self, publication: &Publication) -> Answer {
        let (incident, invoked) = (publication.id(), self.recorder.now());
        let request = self.http.post(format!("{}/v1/incidents", self.base)).json(&publication.json());
        let answer = match request.send().await {
            Ok(response) => told(response).await,
            Err(_) => Answer::Unknown,
        };
        let (marker, revised_at) = (publication.marker(), publication.revised_at);
        let what = What::Published { marker, revised_at, answer: answer.clone() };
        self.recorder.add(self.numbers, invoked, &incident, what);
        answer
    }

    /// Publishes once under an idempotency key; the status and the body of the answer.
    pub(crate) async fn publish_with_key(&self, publication: &Publication, key: &str) -> (u16, String) {
        let (incident, invoked) = (publication.id(), self.recorder.now());
        let request = self.http.post(format!("{}/v1/incidents", self.base)).json(&publication.json());
        let response = request.header("idempotency-key", key).send().await.expect("an answer");
        let (status, body) = (response.status(), response.text().await.expect("a whole answer"));
        let told: Value = serde_json::from_str(&body).expect("JSON");
        let answer = number(&told["revision"])
            .map_or(Answer::Refused(status.as_u16()), |revision| Answer::Acknowledged { revision });
        let (marker, revised_at) = (publication.marker(), publication.revised_at);
        self.recorder.add(self.numbers, invoked, &incident, What::Published { marker, revised_at, answer });
        (status.as_u16(), body)
    }

    /// Publishes until it is stored, or until something newer is; how often it was tried.
    pub(crate) async fn publish_until_told(&self, publication: &Publication, at_most: Duration) -> usize {
        let deadline = Instant::now() + at_most;
        for attempt in 1.. {
            match self.publish(publication).await {
                Answer::Acknowledged { .. } | Answer::OutOfOrder => return attempt,
                other => assert!(Instant::now() < deadline, "{publication:?} is never accepted: {other:?}"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        unreachable!("the loop has no end");
    }

    /// Reads an incident in a locale.
    pub(crate) async fn read(&self, incident: &str, locale: &str) -> Seen {
        let invoked = self.recorder.now();
        let seen = self.look(incident, locale).await;
        self.recorder.add(
            self.numbers,
            invoked,
            incident,
            What::Read { wanted: locale.to_owned(), seen: seen.clone() },
        );
        seen
    }

    async fn look(&self, incident: &str, locale: &str) -> Seen {
        let url = format!("{}/v1/incidents/{incident}?locale={locale}", self.base);
        let Ok(response) = self.http.get(url).send().await else { return Seen::NoAnswer(None) };
        match response.status() {
            StatusCode::OK => {
                let status = response.headers().get("cache-status").and_then(|status| status.to_str().ok());
                let perhaps_obsolete = status.is_some_and(|status| status.contains("ttl=-"));
                let answer = response.json().await;
                answer.map_or(Seen::NoAnswer(None), |answer: Value| {
                    Seen::Text(Shown { perhaps_obsolete, ..shown(&answer["incident"]) })
                })
            }
            StatusCode::NOT_FOUND => Seen::Nothing,
            status => Seen::NoAnswer(Some(status.as_u16())),
        }
    }

    /// Asks for new versions in all locales of an incident.
    pub(crate) async fn ask_again(&self, incident: &str, locales: &[&str]) -> bool {
        let invoked = self.recorder.now();
        let url = format!("{}/v1/incidents/{incident}/retranslate", self.base);
        let response = self.http.post(url).json(&json!({ "locales": locales })).send().await;
        let accepted = response.is_ok_and(|response| response.status().is_success());
        if accepted {
            let locales = locales.iter().map(|&locale| locale.to_owned()).collect();
            self.recorder.add(self.numbers, invoked, incident, What::AskedAgain { locales });
        }
        accepted
    }

    /// The status of a `GET`; `None` where no answer comes.
    pub(crate) async fn status(&self, path: &str) -> Option<u16> {
        self.http.get(format!("{}{path}", self.base)).send().await.ok().map(|response| response.status().as_u16())
    }
}

async fn told(response: reqwest::Response) -> Answer {
    let status = response.status();
    if status == StatusCode::CONFLICT {
        return Answer::OutOfOrder;
    }
    if !status.is_success() {
        let kind = response.headers().get("content-type").map(|kind| kind.as_bytes().to_vec());
        assert_eq!(
            kind.as_deref(),
            Some(b"application/problem+json".as_slice()),
            "{status} without a problem document"
        );
        return Answer::Refused(status.as_u16());
    }
    // An answer that was cut is as good as none.
    let Ok(answer) = response.json::<Value>().await else { return Answer::Unknown };
    Answer::Acknowledged { revision: number(&answer["revision"]).expect("a revision") }
}

fn shown(incident: &Value) -> Shown {
    let text = format!("{}\n{}", incident["title"], incident["body"]["text"]);
    Shown {
        locale: incident["locale"].as_str().expect("a locale").to_owned(),
        newest: number(&incident["revision"]).expect("a revision"),
        revision: number(&incident["translation"]["source_revision"]).expect("a revision"),
        version: number(&incident["version"]),
        perhaps_obsolete: false,
        markers: markers(&text),
    }
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
