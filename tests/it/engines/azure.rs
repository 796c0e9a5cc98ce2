//! The `azure` engine against Azure AI Translator in small, and against what else may come from its address.

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use serde_json::json;

use super::{
    SENTENCES, ask, assert_markup_declined, assert_refused, candidates, defaults, keeps_placeholders, locale, owned,
    published,
};
use polypost_test_service::stub;
use polypost_test_service::vendors::azure::{self, DEPLOYMENT, KEY, REGION};

fn engine_as(url: &str, change: impl FnOnce(&mut polypost_engines::registry::AzureSettings)) -> Arc<dyn Engine> {
    let mut settings = defaults();
    url.clone_into(&mut settings.azure.url);
    REGION.clone_into(&mut settings.azure.region);
    settings.azure.key = KEY.to_owned().into();
    change(&mut settings.azure);
    route::engine(&settings, "azure", &EngineDependencies::default()).expect("usable settings")
}

fn engine_with(url: &str, key: &str) -> Arc<dyn Engine> {
    engine_as(url, |settings| settings.key = key.to_owned().into())
}

fn engine(url: &str) -> Arc<dyn Engine> {
    engine_with(url, KEY)
}

/// Of the version of 2026.
fn later(url: &str) -> Arc<dyn Engine> {
    engine_as(url, |settings| "2026-06-06".clone_into(&mut settings.api_version))
}

/// The same with a language model of one's own.
fn deployed(url: &str) -> Arc<dyn Engine> {
    engine_as(url, |settings| {
        "2026-06-06".clone_into(&mut settings.api_version);
        DEPLOYMENT.clone_into(&mut settings.deployment);
        "formal".clone_into(&mut settings.tone);
    })
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = azure::serve().await;
    let renditions = published(&engine(&service.url), &["es"]).await;
    let spanish = &renditions[0].body.markdown;
    assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    let asked = service.asked.lock().expect("no panic");
    assert!(asked.iter().all(|call| call.query.contains("textType=html") && call.query.contains("from=en")));
}

#[tokio::test]
async fn a_report_is_translated_by_the_later_version_and_by_a_deployment() {
    let service = azure::serve().await;
    for engine in [later(&service.url), deployed(&service.url)] {
        let renditions = published(&engine, &["es"]).await;
        let spanish = &renditions[0].body.markdown;
        assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    }
    let asked = service.asked.lock().expect("no panic");
    let targets: Vec<&serde_json::Value> = asked.iter().map(|call| &call.body["inputs"][0]["targets"][0]).collect();
    // Left out, not empty.
    assert_eq!(targets.first(), Some(&&json!({"language": "es"})));
    let named = json!({"language": "es", "deploymentName": DEPLOYMENT, "allowFallback": false, "tone": "formal"});
    assert_eq!(targets.last(), Some(&&named));
}

#[tokio::test]
async fn a_tone_is_for_a_deployment_and_its_name_is_the_model() {
    let service = azure::serve().await;
    let toned = engine_as(&service.url, |settings| {
        "2026-06-06".clone_into(&mut settings.api_version);
        "formal".clone_into(&mut settings.tone);
    });
    let text = owned(&["Fixed."]);
    assert_eq!(ask(toned.as_ref(), "es", &text).await.expect("a translation").model, None);
    let answer = ask(deployed(&service.url).as_ref(), "es", &text).await.expect("a translation");
    assert_eq!(answer.model.as_deref(), Some(DEPLOYMENT));
    let unknown = engine_as(&service.url, |settings| {
        "2026-06-06".clone_into(&mut settings.api_version);
        "nobody".clone_into(&mut settings.deployment);
    });
    let error = ask(unknown.as_ref(), "es", &text).await.expect_err("no such deployment");
    assert!(error.to_string().contains("The deployment is not there."), "{error}");
}

#[tokio::test]
async fn a_deployment_has_smaller_calls() {
    let service = azure::serve().await;
    let mut texts: Vec<String> = (0..120).map(|number| SENTENCES[number % 12].to_owned()).collect();
    texts[60] = "long ".repeat(2_000);
    for (engine, calls) in [(later(&service.url), 1), (deployed(&service.url), 4)] {
        service.asked.lock().expect("no panic").clear();
        let answers = candidates(engine.as_ref(), "it", &texts).await;
        for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
            match answer {
                Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
                Err(reason) => assert!(index == 60 && calls > 1 && reason.contains("5000 characters"), "{reason}"),
            }
        }
        assert_eq!(answers.iter().filter(|answer| answer.is_err()).count(), usize::from(calls > 1));
        let asked = service.asked.lock().expect("no panic");
        assert!(
            asked.len() >= calls && asked.iter().all(|call| calls == 1 || call.texts.len() <= 50),
            "{}",
            asked.len()
        );
    }
}

#[tokio::test]
async fn calls_are_filled_by_characters() {
    let service = azure::serve().await;
    let mut texts: Vec<String> = (0..30).map(|number| SENTENCES[number % 12].repeat(30)).collect();
    texts[7] = "long ".repeat(20_000);
    let answers = candidates(engine(&service.url).as_ref(), "it", &texts).await;
    for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 7 && reason.contains("50000 characters"), "{reason}"),
        }
    }
    let asked = service.asked.lock().expect("no panic");
    assert_eq!(asked.iter().map(|call| call.texts.len()).sum::<usize>(), 29);
    assert!(asked.len() < 10, "{}", asked.len());
}

#[tokio::test]
async fn locales_have_azures_codes() {
    let service = azure::serve().await;
    let (engine, later) = (engine(&service.url), later(&service.url));
    for (target, code) in [("pt-PT", "pt-pt"), ("pt-BR", "pt"), ("zh-TW", "zh-Hant"), ("es-MX", "es"), ("no", "nb")] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        let query = service.asked.lock().expect("no panic").last().expect("asked").query.clone();
        assert!(query.contains(&format!("to={code}&")), "{target}: {query}");
        candidates(later.as_ref(), target, &owned(&["Fixed."])).await;
        let body = service.asked.lock().expect("no panic").last().expect("asked").body.clone();
        assert_eq!(body["inputs"][0]["targets"][0]["language"], code, "{target}");
    }
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let slow_down =
        "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nretry-after: 7\r\nconnection: close\r\n\r\n";
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n[{\"translations\":[".to_vec();
    let one = json!([{ "translations": [{ "text": "a" }] }]).to_string();
    let without = json!([{ "translations": [{ "text": "a" }] }, { "translations": [] }]).to_string();
    for (what, answer, kind) in [
        ("a strange 400", stub::answer("400 Bad Request", "", "<html>"), ErrorKind::Broken),
        ("a key", azure::refusal("401 Unauthorized", 401_000, "Not authorized."), ErrorKind::Broken),
        ("the quota", azure::refusal("403 Forbidden", 403_001, "Exceeded its free quota."), ErrorKind::Quota),
        ("a plan", azure::refusal("403 Forbidden", 403_000, "Not allowed."), ErrorKind::Broken),
        (
            "a model",
            azure::refusal("408 Request Timeout", 408_001, "The model is being prepared."),
            transient(Some(120)),
        ),
        ("a pause", slow_down.as_bytes().to_vec(), transient(Some(7))),
        ("a fault", stub::answer("503 Service Unavailable", "", "<html>"), transient(None)),
        ("a page", stub::answer("200 OK", "", "<html>"), transient(None)),
        ("a part", cut, transient(None)),
        ("another shape", stub::ok("{\"value\":[]}"), transient(None)),
        ("too few", stub::ok(one), transient(None)),
        ("one without a target", stub::ok(without), transient(None)),
    ] {
        let service = azure::serve_with(move |_| Some(answer.clone())).await;
        assert_refused(engine(&service.url).as_ref(), KEY, what, kind).await;
    }
}

#[tokio::test]
async fn every_refusal_of_the_later_version_asks_for_what_helps() {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let one = json!({"value": [{ "translations": [{ "language": "es", "text": "a" }] }]}).to_string();
    let without =
        json!({"value": [{ "translations": [{ "language": "es", "text": "a" }] }, { "translations": [] }]}).to_string();
    for (what, answer, kind) in [
        ("a name", azure::later_refusal("400 Bad Request", "InvalidRequest", "Not valid."), ErrorKind::Rejected),
        ("a strange 400", stub::answer("400 Bad Request", "", "<html>"), ErrorKind::Broken),
        ("a key", azure::later_refusal("401 Unauthorized", "401", "Access denied."), ErrorKind::Broken),
        ("the quota", azure::later_refusal("403 Forbidden", "403001", "Exceeded its free quota."), ErrorKind::Quota),
        ("a pause", azure::later_refusal("429 Too Many Requests", "429001", "Slower."), transient(None)),
        ("a model", azure::later_refusal("408 Request Timeout", "408001", "Being prepared."), transient(Some(120))),
        ("a fault", azure::later_refusal("500 Internal Server Error", "500000", "Oh."), transient(None)),
        ("the shape of v3.0", stub::ok("[{\"translations\":[{\"text\":\"a\"}]}]"), transient(None)),
        ("too few", stub::ok(one), transient(None)),
        ("one without a target", stub::ok(without), transient(None)),
    ] {
        let service = azure::serve_with(move |_| Some(answer.clone())).await;
        for engine in [later(&service.url), deployed(&service.url)] {
            assert_refused(engine.as_ref(), KEY, what, kind).await;
        }
    }
}

#[tokio::test]
async fn markup_that_was_not_sent_declines_its_text_and_no_other() {
    let service = azure::serve_with(|texts| {
        let mut answer = azure::translations(texts);
        answer[0]["translations"][0]["text"] = json!("<img src=x onerror=alert(1)>Fertig.");
        Some(stub::ok(answer.to_string()))
    })
    .await;
    assert_markup_declined(engine(&service.url).as_ref(), "`<img>`").await;
}

#[tokio::test]
async fn without_a_key_or_with_a_wrong_one_that_is_said() {
    let service = azure::serve().await;
    let error = engine_with(&service.url, "").check(&locale("en"), &locale("es")).await.expect_err("no entry");
    assert!(error.kind == ErrorKind::Broken && error.to_string().contains("there is no key"), "{error}");
    let wrong = engine_as(&service.url, |settings| {
        "2026-06-06".clone_into(&mut settings.api_version);
        settings.key = "wrong".to_owned().into();
    });
    for engine in [engine_with(&service.url, "wrong"), wrong] {
        let error = ask(engine.as_ref(), "es", &owned(&["Done."])).await.expect_err("no entry");
        assert!(error.kind == ErrorKind::Broken && error.to_string().contains("credentials are missing"), "{error}");
    }
}
