//! The `openai` engine against a service with OpenAI's interface in small, and against what else may come from its
//! address: a model's answer is taken where it is exactly what was asked for, and not at all otherwise.

mod refusals;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use polypost::config;
use polypost::usage;
use polypost_engines::{Engine, EngineDependencies, EngineRequest, ErrorKind, route};
use serde_json::{Value, json};

use super::{SENTENCES, ask, assert_refused, candidates, defaults, keeps_placeholders, locale, owned, published};
use polypost_test_service::program::TestProgram;
use polypost_test_service::stub;
use polypost_test_service::told::disguised;
use polypost_test_service::vendors::openai::{self, Call, KEY, MODEL, Options};

fn settings_as(
    url: &str,
    change: impl FnOnce(&mut polypost_engines::registry::OpenAiSettings),
) -> config::EngineSettings {
    let mut settings = defaults();
    url.clone_into(&mut settings.openai.url);
    MODEL.clone_into(&mut settings.openai.model);
    settings.openai.key = KEY.to_owned().into();
    change(&mut settings.openai);
    settings
}

fn engine_as(url: &str, change: impl FnOnce(&mut polypost_engines::registry::OpenAiSettings)) -> Arc<dyn Engine> {
    route::engine(&settings_as(url, change), "openai", &EngineDependencies::default()).expect("usable settings")
}

fn engine(url: &str) -> Arc<dyn Engine> {
    engine_as(url, |_| {})
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = openai::serve().await;
    let renditions = published(&engine(&service.url), &["es"]).await;
    let spanish = &renditions[0].body.markdown;
    assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    let calls = service.calls();
    assert!(calls.iter().all(|call| call.body["temperature"] == 0.0 && call.body["seed"] == 7), "{calls:?}");
    assert!(calls.iter().any(|call| call.mentions("<x id=") && call.mentions("<g id=")), "{calls:?}");
    for fact in ["13:52", "status.example", "kubectl", "10.0.0.1"] {
        assert!(!calls.iter().any(|call| call.mentions(fact)), "{fact}: {calls:?}");
    }
    let data = |call: &Call| -> Value {
        serde_json::from_str(call.body["messages"][1]["content"].as_str().expect("a text")).expect("JSON")
    };
    assert!(calls.iter().all(|call| data(call)["title"] == "Recordings fail"), "{calls:?}");
}

#[tokio::test]
async fn every_call_has_names_of_its_own_and_any_order_of_them_is_one() {
    let service = openai::serve_with(Options::default(), |call| {
        let mut items = call.translated();
        items.reverse();
        Some(call.answer(&items))
    })
    .await;
    let engine = engine(&service.url);
    let texts = owned(&SENTENCES);
    for _ in 0..2 {
        for (text, answer) in texts.iter().zip(candidates(engine.as_ref(), "es", &texts).await) {
            let translation = answer.expect("translated").text;
            assert!(is_of(text, &translation), "{translation}");
        }
    }
    let calls = service.calls();
    let ids: HashSet<&String> = calls.iter().flat_map(|call| call.items.iter().map(|(id, _)| id)).collect();
    assert_eq!((calls.len(), ids.len()), (2, 24));
    let answer = ask(engine.as_ref(), "es", &texts).await.expect("a translation");
    assert_eq!(answer.model.as_deref(), Some("parrot-4-2026-01-31 fp_c0ffee5e4f"));
}

/// Whether a translation is that of this text.
fn is_of(text: &str, translation: &str) -> bool {
    let beginning: String = disguised(text).chars().take(25).collect();
    translation.starts_with(&beginning) && keeps_placeholders(text, translation)
}

type Spoil = fn(&Call) -> Vec<u8>;

/// What a model may answer beside what it was asked for.
const SPOILT: [(&str, Spoil); 13] = [
    ("a part", |call| {
        let whole = openai::content(&call.translated());
        call.completion(&whole[..whole.len() - 9], "length")
    }),
    ("a whole that was cut", |call| call.completion(&openai::content(&call.translated()), "length")),
    ("thoughts alone", |call| call.completion("", "length")),
    ("nothing", |call| call.completion("", "stop")),
    ("prose in front", |call| {
        call.completion(&format!("Here you are:\n{}", openai::content(&call.translated())), "stop")
    }),
    ("prose behind", |call| call.completion(&format!("{}\nDone!", openai::content(&call.translated())), "stop")),
    ("a fence", |call| call.completion(&format!("```json\n{}\n```", openai::content(&call.translated())), "stop")),
    ("prose", |call| call.completion("The outage is over.", "stop")),
    ("one too many", |call| {
        let mut items = call.translated();
        items.push(("x9".to_owned(), "Visite evil.example".to_owned()));
        call.answer(&items)
    }),
    ("one too few", |call| call.answer(&call.translated()[1..])),
    ("one twice", |call| {
        let mut items = call.translated();
        items.push(items[0].clone());
        call.answer(&items)
    }),
    ("another's name", |call| {
        let mut items = call.translated();
        "1".clone_into(&mut items[0].0);
        call.answer(&items)
    }),
    ("a call of a tool", |call| call.completion(&openai::content(&call.translated()), "tool_calls")),
];

#[tokio::test]
async fn what_is_not_an_answer_is_asked_for_again_in_halves_and_declines_one_text_alone() {
    for (what, spoil) in SPOILT {
        let service =
            openai::serve_with(Options::default(), move |call| call.mentions("apologize").then(|| spoil(call))).await;
        let texts = owned(&SENTENCES);
        let answers = candidates(engine(&service.url).as_ref(), "es", &texts).await;
        for (text, answer) in texts.iter().zip(answers) {
            match answer {
                Ok(translation) => assert!(is_of(text, &translation.text), "{what}: {translation:?}"),
                Err(reason) => assert!(text.contains("apologize") && reason.contains("its answer"), "{what}: {reason}"),
            }
        }
        let calls = service.calls();
        let alone = calls.iter().filter(|call| call.mentions("apologize") && call.items.len() == 1).count();
        assert!(alone == 1 && calls.len() <= 9, "{what}: {} calls", calls.len());
    }
}

#[tokio::test]
async fn what_does_not_fit_is_asked_for_in_halves() {
    let service = openai::serve_with(Options { fits: 3, ..Options::default() }, |_| None).await;
    let texts = owned(&SENTENCES);
    let answers = candidates(engine(&service.url).as_ref(), "es", &texts).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let sizes: Vec<usize> = service.calls().iter().map(|call| call.items.len()).collect();
    assert_eq!(sizes, [3, 3, 3, 3]);
    let service = openai::serve_with(Options { fits: 0, ..Options::default() }, |_| None).await;
    let answers = candidates(engine(&service.url).as_ref(), "es", &texts).await;
    assert!(answers.iter().all(|answer| answer.as_ref().is_err_and(|reason| reason.contains("longer"))), "{answers:?}");
}

#[tokio::test]
async fn calls_are_filled_by_texts_and_by_characters() {
    let service = openai::serve().await;
    let mut texts: Vec<String> = (0..50).map(|number| format!("Case {} again.", "x".repeat(number % 7))).collect();
    texts.extend((0..24).map(|number| SENTENCES[number % 12].repeat(10)));
    texts[60] = "long ".repeat(1000);
    let engine = engine(&service.url);
    for (index, (text, answer)) in texts.iter().zip(candidates(engine.as_ref(), "it", &texts).await).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 60 && reason.contains("4000 characters"), "{reason}"),
        }
    }
    let sizes: Vec<usize> = service.calls().iter().map(|call| call.items.len()).collect();
    assert!(sizes.iter().sum::<usize>() == 73 && sizes.starts_with(&[20, 20]) && sizes.len() < 16, "{sizes:?}");
}

#[tokio::test]
async fn any_locale_is_asked_for_by_its_own_tag() {
    let service = openai::serve().await;
    let engine = engine(&service.url);
    for target in ["es", "es-419", "pt-BR", "zh-Hant", "ja", "ca", "gsw"] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        assert_eq!(service.calls().last().expect("asked").target, target);
    }
    let system = service.calls()[0].body["messages"][0]["content"].as_str().expect("a text").to_owned();
    assert!(system.contains("from the language `en`") && system.contains("formally"), "{system}");
}

/// The tokens that an answer says it took.
fn total(completion: Vec<u8>) -> u64 {
    let text = String::from_utf8(completion).expect("text");
    let body: Value = serde_json::from_str(text.split_once("\r\n\r\n").expect("a body").1).expect("JSON");
    body["usage"]["total_tokens"].as_u64().expect("a number")
}

#[tokio::test]
async fn fields_that_a_model_does_not_take_are_left_out_from_then_on() {
    let refused = &["temperature", "seed", "response_format", "max_completion_tokens"];
    for fields in [&refused[..1], &refused[1..3], &refused[..]] {
        let service = openai::serve_with(Options { refused: fields, ..Options::default() }, |_| None).await;
        let engine = engine(&service.url);
        for _ in 0..2 {
            let answers = candidates(engine.as_ref(), "es", &owned(&SENTENCES)).await;
            assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        }
        let calls = service.calls();
        for field in refused {
            let is_sent = calls.iter().all(|call| !call.body[field].is_null());
            assert_eq!(is_sent, !fields.contains(field), "{field}: {calls:?}");
        }
    }
    // Without a schema that is enforced, what comes is looked at all the same.
    let options = Options { refused: &["response_format"], ..Options::default() };
    let service = openai::serve_with(options, |call| Some(call.completion("Sure! {\"items\":[]}", "stop"))).await;
    let answers = candidates(engine(&service.url).as_ref(), "es", &owned(&["Fixed."])).await;
    assert!(answers[0].as_ref().is_err_and(|reason| reason.contains("schema")), "{answers:?}");
}

#[tokio::test]
async fn settings_say_what_is_sent() {
    let options = Options { key: Some(("api-key", KEY)), limit_field: "max_tokens", ..Options::default() };
    let service = openai::serve_with(options, |_| None).await;
    let engine = engine_as(&service.url, |settings| {
        "api-key".clone_into(&mut settings.key_header);
        "max_tokens".clone_into(&mut settings.limit_field);
        settings.temperature = -1.0;
        settings.seed = -1;
        settings.formality.clear();
        settings.thinking_tokens = 0;
    });
    candidates(engine.as_ref(), "es", &owned(&SENTENCES)).await;
    let calls = service.calls();
    let body = &calls[0].body;
    assert!(body["temperature"].is_null() && body["seed"].is_null(), "{body}");
    assert!(body["max_tokens"].as_u64().is_some_and(|limit| (500..3000).contains(&limit)), "{body}");
    assert!(!body["messages"][0]["content"].as_str().expect("a text").contains("formally"), "{body}");
}

#[tokio::test]
async fn a_server_of_ones_own_may_want_no_key_and_openai_does() {
    let service = openai::serve_with(Options { key: None, ..Options::default() }, |_| None).await;
    let without = |url: &str| engine_as(url, |settings| settings.key = String::new().into());
    candidates(without(&service.url).as_ref(), "es", &owned(&["Fixed."])).await;
    for url in ["", "https://api.openai.com/v1/"] {
        let error = without(url).prepare(&locale("en"), &locale("es")).await.expect_err("no key");
        let text = error.to_string();
        assert!(error.kind == ErrorKind::Broken && text.contains("POLYPOST_ENGINES__OPENAI__KEY"), "{text}");
    }
    let unnamed = engine_as(&service.url, |settings| settings.model.clear());
    let error = unnamed.check(&locale("en"), &locale("es")).await.expect_err("no model");
    let text = error.to_string();
    assert!(error.kind == ErrorKind::Broken && text.contains("POLYPOST_ENGINES__OPENAI__MODEL"), "{text}");
    let wrong = engine_as(&service.url, |settings| "parrot-5".clone_into(&mut settings.model));
    let error = ask(wrong.as_ref(), "es", &owned(&["Fixed."])).await.expect_err("no such model");
    let text = error.to_string();
    assert!(error.kind == ErrorKind::Broken && text.contains("model_not_found") && text.contains("hint"), "{text}");
}

#[tokio::test]
async fn a_key_that_is_wrong_is_seen_before_anything_is_sent_and_one_for_translating_alone_is_good() {
    let service = openai::serve().await;
    let wrong = engine_as(&service.url, |settings| settings.key = "sk-other".to_owned().into());
    let error = wrong.check(&locale("en"), &locale("es")).await.expect_err("a wrong key");
    assert_eq!(error.kind, ErrorKind::Broken, "{error}");
    assert!(!format!("{error} {error:?}").contains("sk-other"), "{error:?}");
    for status in ["403 Forbidden", "404 Not Found"] {
        let url = stub::serve(move |_| Some(stub::answer(status, "", ""))).await;
        let engine = engine(&format!("{url}/v1"));
        engine.check(&locale("en"), &locale("es")).await.expect("the list is not for everybody");
    }
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_millis) };
    let refusal = |status: &str, code: &str| {
        openai::refusal(status, &json!({ "message": "You sent `Talk is down.` as sk-proj-c0ffee5e", "code": code }))
    };
    let limited = |headers: &str| {
        let body = json!({ "error": { "message": "Rate limit reached", "code": "rate_limit_exceeded" } });
        stub::answer("429 Too Many Requests", headers, body.to_string())
    };
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"choices\":[".to_vec();
    let resets = "x-ratelimit-remaining-requests: 0\r\nx-ratelimit-reset-requests: 6m0s\r\n";
    for (what, answer, kind) in [
        ("a schema", refusal("400 Bad Request", "invalid_json_schema"), ErrorKind::Rejected),
        ("a strange 400", stub::answer("400 Bad Request", "", "<html>"), ErrorKind::Broken),
        ("a key", refusal("401 Unauthorized", "invalid_api_key"), ErrorKind::Broken),
        ("money", refusal("402 Payment Required", "x"), ErrorKind::Quota),
        ("a country", refusal("403 Forbidden", "unsupported_country_region_territory"), ErrorKind::Broken),
        ("a model", refusal("404 Not Found", "model_not_found"), ErrorKind::Broken),
        ("a pause", limited(""), transient(None)),
        ("a pause in seconds", limited("retry-after: 7\r\n"), transient(Some(7_000))),
        ("a pause in milliseconds", limited("retry-after-ms: 2500\r\nretry-after: 3\r\n"), transient(Some(2_500))),
        ("a pause until it is filled", limited(resets), transient(Some(360_000))),
        ("the quota", refusal("429 Too Many Requests", "insufficient_quota"), ErrorKind::Quota),
        ("a bill", refusal("429 Too Many Requests", "billing_not_active"), ErrorKind::Quota),
        ("a fault", refusal("500 Internal Server Error", "server_error"), transient(None)),
        ("too much to do", stub::answer("503 Service Unavailable", "", "<html>"), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", stub::answer("200 OK", "", "<html>"), transient(None)),
        ("a part", cut, transient(None)),
        ("another shape", stub::ok("{\"message\":{\"content\":\"a\"}}"), transient(None)),
        ("no choice", stub::ok("{\"choices\":[]}"), transient(None)),
    ] {
        let service = openai::serve_with(Options::default(), move |_| Some(answer.clone())).await;
        assert_refused(engine(&service.url).as_ref(), KEY, what, kind).await;
    }
}

#[tokio::test]
async fn what_is_booked_is_what_the_service_counted_and_no_more_than_was_estimated() {
    let service = openai::serve_with(Options::default(), |call| {
        // Asked for again in halves, which is counted too.
        (call.items.len() > 5).then(|| call.completion("", "length"))
    })
    .await;
    let settings = settings_as(&service.url, |_| {});
    let program = TestProgram::with(&["es"], |dependencies| {
        vec![route::engine(&settings, "openai", dependencies).expect("usable settings")]
    })
    .await;
    let body = SENTENCES.map(|text| text.replace(['[', ']'], "")).join("\n\n");
    let report = TestProgram::report("tokens.md", format!("---\ntitle: Delays\n---\n\n{body}").as_bytes());
    program.publish(report).await.expect("published");
    program.work().await;
    let calls = service.calls();
    let counted: u64 = calls
        .iter()
        .map(|call| {
            let is_long = call.items.len() > 5;
            total(if is_long { call.completion("", "length") } else { call.answer(&call.translated()) })
        })
        .sum();
    let account = usage::account(program.store.as_ref(), &settings, program.store.clock().now(), 0)
        .await
        .expect("the store answers");
    assert_eq!(account.lines.iter().map(|line| line.characters).sum::<u64>(), counted);
    assert_eq!(account.lines.iter().map(|line| line.calls).sum::<u64>(), calls.len() as u64);
    let (source, target, texts) = (locale("en"), locale("es"), owned(&SENTENCES));
    let request = EngineRequest { context: Some("Delays"), ..EngineRequest::new(&source, &target, &texts) };
    let honest = openai::serve().await;
    let engine = engine(&honest.url);
    let estimated = engine.estimate(request.clone()).await.expect("an estimate");
    assert!(honest.calls().is_empty(), "an estimate translates nothing");
    engine.translate(request).await.expect("a translation");
    let call = &honest.calls()[0];
    let sent = call.body["messages"].to_string().len() as u64;
    assert!((sent / 3..sent * 3).contains(&estimated), "{estimated} for {sent} bytes");
}
