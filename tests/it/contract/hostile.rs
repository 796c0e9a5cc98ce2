//! Answers that are made to do harm: bodies without end, lengths that lie, heads and JSON without measure, characters
//! that are none. Each is an error of its kind or a candidate that no check lets pass; little of it is read, and
//! nothing of it is published.

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{CallOutcome, EngineDependencies, EngineError, EngineResponse, ErrorKind};
use polypost_store::State;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::{TEXT, ask, candidates, each};
use polypost_test_service::chaos::{self, Way};
use polypost_test_service::program::{TestProgram, locale};
use polypost_test_service::stub;
use polypost_test_service::vendors::all::{Service, all};

/// What no reader may see.
const PLANTED: &str = "evil.example";

const TEXTS: [&str; 2] = [TEXT, "It works again."];

/// The most that is read of an answer, what lies in the buffers of both ends of the line among it.
const MOST_READ: usize = 16 << 20;

const JSON: &str = "content-type: application/json\r\n";

/// Puts this in front of every text of an answer, and what is written for it in its place.
fn with_planted(whole: &[u8], written: &str) -> Vec<u8> {
    const MARK: char = '\u{f0000}';
    fn plant(value: &mut Value) {
        match value {
            // One text of an answer may hold several: paragraphs, or JSON within JSON.
            Value::String(text) => *text = text.replace("] ", &format!("] {MARK}")),
            Value::Array(list) => list.iter_mut().for_each(plant),
            Value::Object(fields) => fields.values_mut().for_each(plant),
            _ => {}
        }
    }
    let planted = chaos::with_body(whole, plant);
    let planted = String::from_utf8(planted).expect("JSON");
    let (_, body) = planted.split_once("\r\n\r\n").expect("a body");
    assert!(body.contains(MARK), "{body}");
    stub::ok(body.replace(MARK, written))
}

/// Every key twice, the first or the last of them with another value.
fn doubled(value: &Value, is_first: bool) -> String {
    let written = |value: &Value| match value {
        Value::String(_) => format!("\"{PLANTED}\""),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        other => other.to_string(),
    };
    match value {
        Value::Object(fields) => {
            let twice = fields.iter().map(|(key, value)| {
                let (own, other) = (doubled(value, is_first), written(value));
                let (first, last) = if is_first { (other, own) } else { (own, other) };
                format!("\"{key}\":{first},\"{key}\":{last}")
            });
            format!("{{{}}}", twice.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(|value| doubled(value, is_first)).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

fn body_of(whole: &[u8]) -> Value {
    let whole = String::from_utf8_lossy(whole);
    serde_json::from_str(whole.split_once("\r\n\r\n").expect("a body").1).expect("JSON")
}

/// With another length in its head than it has.
fn announced(whole: &[u8], length: impl Fn(usize) -> String) -> Vec<u8> {
    let body = body_of(whole).to_string();
    let length = length(body.len());
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n{JSON}\r\n{body}").into_bytes()
}

fn nested() -> String {
    format!("{}\"{PLANTED}\"{}", "[".repeat(100_000), "]".repeat(100_000))
}

type Attack = (&'static str, fn() -> Way);

/// On an answer that says that all is well.
const ATTACKS: [Attack; 17] = [
    ("chunks without end", || {
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000)).into_bytes();
        Way::NeverEnds { head: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", chunk }
    }),
    ("a body without end", || Way::NeverEnds {
        head: "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[\"",
        chunk: vec![b'x'; 0x10000],
    }),
    ("a head without end", || Way::NeverEnds { head: "HTTP/1.1 200 OK\r\n", chunk: b"x-many: 1\r\n".repeat(1000) }),
    ("one header line without end", || Way::NeverEnds {
        head: "HTTP/1.1 200 OK\r\nx-long: ",
        chunk: vec![b'x'; 0x10000],
    }),
    ("100,000 header lines", || {
        Way::Rewritten(|whole| {
            let headers = "x-many: 1\r\n".repeat(100_000);
            stub::answer("200 OK", &(headers + JSON), body_of(whole).to_string())
        })
    }),
    ("a length that is too large", || Way::Rewritten(|whole| announced(whole, |length| (length + 1000).to_string()))),
    ("a length that is too small", || Way::Rewritten(|whole| announced(whole, |length| (length / 2).to_string()))),
    ("a length of ten gigabytes", || Way::Rewritten(|whole| announced(whole, |_| (10_u64 << 30).to_string()))),
    ("a length that is none", || Way::Rewritten(|whole| announced(whole, |_| "-1".to_owned()))),
    ("keys twice, the others first", || Way::Rewritten(|whole| stub::ok(doubled(&body_of(whole), true)))),
    ("keys twice, the others last", || Way::Rewritten(|whole| stub::ok(doubled(&body_of(whole), false)))),
    ("a nest", || Way::Says(stub::ok(nested()))),
    ("a nest beside the answer", || {
        Way::Rewritten(|whole| {
            let body = body_of(whole).to_string();
            let (first, rest) = body.split_at(1);
            // A list has no place beside it.
            let nest = if first == "{" { format!("\"x\":{},", nested()) } else { format!("{},", nested()) };
            stub::ok(format!("{first}{nest}{rest}"))
        })
    }),
    ("half a character", || Way::Rewritten(|whole| with_planted(whole, "\\ud800"))),
    ("no characters", || Way::Rewritten(|whole| with_planted(whole, "\\u0000\\u0001\\u001b"))),
    ("3 MiB of text", || Way::Rewritten(|whole| with_planted(whole, &format!("{PLANTED} ").repeat(3 << 20 >> 4)))),
    ("10 MiB of text", || Way::Rewritten(|whole| with_planted(whole, &format!("{PLANTED} ").repeat(10 << 20 >> 4)))),
];

/// On one that says that something is wrong.
const REFUSALS: [Attack; 5] = [
    ("a nest", || Way::Says(stub::answer("400 Bad Request", JSON, nested()))),
    ("a nest as the reason", || {
        let body = format!("{{\"error\":{{\"code\":{nest},\"message\":{nest}}},\"message\":{nest}}}", nest = nested());
        Way::Says(stub::answer("400 Bad Request", JSON, body))
    }),
    ("signs of a terminal", || {
        let said = "\\u0000\\u001b[31m\\r\\nred";
        let body = format!(
            "{{\"message\":\"{said}\",\"explanation\":\"{said}\",\"__type\":\"x#{said}\",\
             \"error\":{{\"code\":\"{said}\",\"message\":\"{said}\",\"type\":\"{said}\"}}}}"
        );
        Way::Says(stub::answer("400 Bad Request", JSON, body))
    }),
    ("a long reason", || {
        let said = "x".repeat(1 << 20);
        let body =
            format!("{{\"message\":\"{said}\",\"explanation\":\"{said}\",\"error\":{{\"message\":\"{said}\"}}}}");
        Way::Says(stub::answer("400 Bad Request", JSON, body))
    }),
    ("a reason without end", || {
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000)).into_bytes();
        Way::NeverEnds { head: "HTTP/1.1 500 Oops\r\ntransfer-encoding: chunked\r\n\r\n", chunk }
    }),
];

/// Asks with two texts, and looks at what may not be, whatever else comes of it.
async fn attacked(service: &Service, (what, way): Attack) -> Result<EngineResponse, EngineError> {
    let line = chaos::ways(&service.url, move |_| way()).await;
    let engine = service.engine_with(&line.url, &EngineDependencies::default(), |contract| {
        contract.first_byte_timeout_seconds = 5;
        contract.request_timeout_seconds = 10;
    });
    let texts = TEXTS.map(str::to_owned);
    let outcome = ask(service, engine.as_ref(), &texts).await;
    let most = MOST_READ * line.calls();
    assert!(line.poured() < most, "{}: {what}: {} bytes", service.name, line.poured());
    if let Err(error) = &outcome {
        let told = error.to_string();
        assert!(told.len() < 1000 && !told.contains(char::is_control), "{}: {what}: {told:?}", service.name);
        let told = format!("{error} {error:?}");
        for secret in service.secrets.iter().map(String::as_str).chain(["Customers", "Call recordings", PLANTED]) {
            assert!(!told.contains(secret), "{}: {what}: {told}", service.name);
        }
    }
    outcome
}

#[tokio::test]
async fn an_answer_that_does_harm_is_an_error_or_a_candidate_that_no_check_lets_pass() {
    each(
        |can| can.network,
        |service| async move {
            let texts = TEXTS.map(str::to_owned);
            let honest = candidates(&service, service.engine().as_ref(), &texts).await;
            for attack in ATTACKS {
                match attacked(&service, attack).await {
                    Err(error) => {
                        let is_transient = matches!(error.kind, ErrorKind::Transient { after: None });
                        assert!(
                            is_transient || error.call == CallOutcome::Paused,
                            "{}: {}: {error}",
                            service.name,
                            attack.0
                        );
                    }
                    Ok(answer) => {
                        let is_caught = |text: &str| text.contains(PLANTED) || text.contains(char::is_control);
                        for (candidate, honest) in answer.candidates.iter().zip(&honest) {
                            let is_harmless =
                                candidate == honest || candidate.as_ref().map_or(true, |it| is_caught(&it.text));
                            assert!(is_harmless, "{}: {}: {candidate:.300?}", service.name, attack.0);
                        }
                    }
                }
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_refusal_that_does_harm_is_a_refusal() {
    each(
        |can| can.network,
        |service| async move {
            for attack in REFUSALS {
                let outcome = attacked(&service, attack).await;
                assert!(
                    outcome.is_err() || outcome.is_ok_and(|answer| answer.candidates.iter().all(Result::is_err)),
                    "{}: {}",
                    service.name,
                    attack.0
                );
            }
        },
    )
    .await;
}

/// Those whose answers are read: a check stands behind the engine.
#[tokio::test]
async fn nothing_of_what_does_harm_is_published() {
    // Each attack has a store of its own, and some are waited for: a machine has room for a few at a time.
    static ROOM: Semaphore = Semaphore::const_new(3);
    each(
        |can| can.network,
        |service| async move {
            let _room = ROOM.acquire().await.expect("never closed");
            let service = Arc::new(service);
            for (what, way) in [ATTACKS[0], ATTACKS[9], ATTACKS[10], ATTACKS[13], ATTACKS[14], ATTACKS[15]] {
                let line = chaos::ways(&service.url, move |_| way()).await;
                let program =
                    TestProgram::with(&["es"], |dependencies| vec![service.engine_at(&line.url, dependencies)]).await;
                let report = b"---\ntitle: Sign-in fails\n---\n\nNobody can sign in since 10:00 UTC.\n";
                program.publish(TestProgram::report("harm.md", report)).await.expect("published");
                program.work_within(Duration::from_mins(5)).await;
                let row = program.translation("harm", "es").await;
                assert_eq!(row.state, State::Failed, "{}: {what}: {row:?}", service.name);
                let reason = row.failure.expect("a failure").to_string();
                let is_named = reason.contains(&format!("engine `{}`", service.engine_name()));
                assert!(is_named && reason.len() < 2000, "{}: {what}: {reason}", service.name);
                assert!(program.served("harm", "es").await.is_none(), "{}: {what}", service.name);
            }
        },
    )
    .await;
}

/// A list of languages may be any length that an answer may have.
#[tokio::test]
async fn a_list_without_measure_is_not_repeated() {
    let codes: Vec<String> = (0..100_000).map(|number| format!("x{number}\u{1b}")).collect();
    let pairs: Vec<Value> =
        codes.iter().take(10_000).map(|code| json!({"sourceLanguage": "eng", "targetLanguage": code})).collect();
    let codes = [vec!["en".to_owned()], codes].concat();
    let lists = [("modernmt", json!({"status": 200, "data": codes})), ("apertium", json!({"responseData": pairs}))];
    for (name, list) in lists {
        let url = stub::serve(move |_| Some(stub::ok(list.to_string()))).await;
        let services = all().await.into_iter().find(|service| service.name == name);
        let engine = services.expect("it is one of them").engine_at(&url, &EngineDependencies::default());
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err(name);
        let told = error.to_string();
        assert_eq!(error.kind, ErrorKind::Rejected, "{name}: {told:.500}");
        assert!(told.len() < 2000 && told.contains("x1") && !told.contains(char::is_control), "{name}: {told:.500}");
    }
}
