//! The `google` engine against Cloud Translation in small, and against what else may come from its address.

mod access;

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use serde_json::{Value, json};

use super::{SENTENCES, ask, assert_refused, candidates, defaults, keeps_placeholders, locale, owned, published};
use polypost_test_service::stub;
use polypost_test_service::told::disguised;
use polypost_test_service::vendors::google::{self, Google, KEY, PROJECT};

fn engine_with(url: &str, change: impl FnOnce(&mut polypost_engines::registry::GoogleSettings)) -> Arc<dyn Engine> {
    let mut settings = defaults();
    url.clone_into(&mut settings.google.url);
    change(&mut settings.google);
    route::engine(&settings, "google", &EngineDependencies::default()).expect("usable settings")
}

/// With an API key.
fn basic(url: &str) -> Arc<dyn Engine> {
    engine_with(url, |settings| settings.key = KEY.to_owned().into())
}

/// With a token in a file, which is there as long as the directory.
fn advanced(
    service: &Google,
    change: impl FnOnce(&mut polypost_engines::registry::GoogleSettings),
) -> (tempfile::TempDir, Arc<dyn Engine>) {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("token");
    std::fs::write(&file, format!("{}\n", service.accounts.token())).expect("written");
    let engine = engine_with(&service.url, |settings| {
        PROJECT.clone_into(&mut settings.project);
        settings.token_file = file.to_string_lossy().into_owned();
        change(settings);
    });
    (directory, engine)
}

/// The numbers of texts of all calls, the largest first: they are made side by side.
fn sizes(service: &Google, field: &str) -> Vec<usize> {
    let asked = service.asked.lock().expect("no panic");
    let mut sizes: Vec<usize> = asked.iter().map(|body| body[field].as_array().map_or(0, Vec::len)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = google::serve().await;
    let (_directory, advanced) = advanced(&service, |_| ());
    for engine in [basic(&service.url), advanced] {
        let renditions = published(&engine, &["es"]).await;
        let spanish = &renditions[0].body.markdown;
        assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    }
    let asked = service.asked.lock().expect("no panic");
    assert!(asked.iter().any(|body| body["format"] == "html" && body["source"] == "en" && body["target"] == "es"));
    assert!(asked.iter().any(|body| body["mimeType"] == "text/html" && body["targetLanguageCode"] == "es"));
    let heads = service.heads.lock().expect("no panic");
    assert!(heads.iter().all(|head| !head.contains(&format!("={KEY}")) && !head.contains("x-goog-user-project")));
}

#[tokio::test]
async fn quotes_come_back_as_quotes() {
    let service = google::serve().await;
    let texts = owned(&["The \"status\" page isn't <up> & running."]);
    let answers = candidates(basic(&service.url).as_ref(), "es", &texts).await;
    assert_eq!(answers[0].as_ref().expect("a translation").text, disguised(&texts[0]));
}

#[tokio::test]
async fn many_texts_are_as_few_calls_as_it_takes_and_a_text_beyond_all_calls_is_declined() {
    let service = google::serve().await;
    let (_directory, advanced) = advanced(&service, |_| ());
    for (engine, field, expected, limit) in [
        (basic(&service.url), "q", vec![128, 128, 22, 21], "98000 bytes"),
        (advanced, "contents", vec![150, 149], "30000 characters"),
    ] {
        service.asked.lock().expect("no panic").clear();
        let mut texts: Vec<String> = (0..300).map(|number| SENTENCES[number % 12].to_owned()).collect();
        texts[150] = "long ".repeat(20_000);
        let answers = candidates(engine.as_ref(), "it", &texts).await;
        for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
            match answer {
                Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
                Err(reason) => assert!(index == 150 && reason.contains(limit), "{reason}"),
            }
        }
        assert_eq!(sizes(&service, field), expected);
    }
}

#[tokio::test]
async fn calls_are_filled_by_size() {
    let service = google::serve().await;
    let (_directory, advanced) = advanced(&service, |_| ());
    let quoted = "\"Großstörung\" & <more>\\ ".repeat(200);
    let texts = vec![quoted; 30];
    for (engine, field) in [(basic(&service.url), "q"), (advanced, "contents")] {
        let answers = candidates(engine.as_ref(), "it", &texts).await;
        assert!(answers.iter().all(Result::is_ok), "{field}: {answers:?}");
        let sizes: Vec<usize> = sizes(&service, field).into_iter().filter(|size| *size > 0).collect();
        assert!(sizes.iter().sum::<usize>() == 30 && sizes.len() < 15, "{field}: {sizes:?}");
    }
}

#[tokio::test]
async fn locales_have_googles_codes() {
    let service = google::serve().await;
    let (_directory, advanced) = advanced(&service, |_| ());
    for (engine, field) in [(basic(&service.url), "target"), (advanced, "targetLanguageCode")] {
        for (target, code) in
            [("pt-PT", "pt-PT"), ("pt-BR", "pt"), ("zh-Hant", "zh-TW"), ("es-MX", "es"), ("nb", "no"), ("he", "iw")]
        {
            candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
            assert_eq!(service.asked.lock().expect("no panic").last().expect("asked")[field], code, "{target}");
        }
        for target in ["tlh", "ca"] {
            // Basic does not have it at all, Advanced as a source alone.
            let error = engine.prepare(&locale("en"), &locale(target)).await.expect_err("no such target");
            assert_eq!(error.kind, ErrorKind::Rejected, "{error}");
        }
    }
}

/// What Google answers instead of a translation, and what it asks for.
fn refusals() -> Vec<(&'static str, Vec<u8>, ErrorKind)> {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let refused = |status: &str, name: &str, message: &str| google::refusal(status, name, message, &Value::Null);
    let legacy = |message: &str, reason: &str| {
        let more = json!({"errors": [{"message": message, "domain": "usageLimits", "reason": reason}]});
        google::refusal("403 Forbidden", "PERMISSION_DENIED", message, &more)
    };
    let exhausted = |unit: &str| {
        let message = format!("Quota exceeded for quota metric 'characters' and limit 'characters per {unit}'");
        google::refusal("429 Too Many Requests", "RESOURCE_EXHAUSTED", &message, &Value::Null)
    };
    let wait = json!({"details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}]});
    let waiting = |more| google::refusal("429 Too Many Requests", "RESOURCE_EXHAUSTED", "Exhausted.", more);
    let slow_down =
        "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nretry-after: 9\r\nconnection: close\r\n\r\n";
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"data\":{\"tra".to_vec();
    let suspended = format!("Permission denied: Consumer 'api_key:{KEY}' has been suspended.");
    let bad = "400 Bad Request";
    vec![
        ("a field", refused(bad, "INVALID_ARGUMENT", "Invalid Value"), ErrorKind::Rejected),
        ("a key", refused(bad, "INVALID_ARGUMENT", "API key expired. Please renew the API key."), ErrorKind::Broken),
        ("a state", refused(bad, "FAILED_PRECONDITION", "Precondition check failed."), ErrorKind::Broken),
        ("a strange 400", stub::answer(bad, "", "<html>"), ErrorKind::Broken),
        ("a login", refused("401 Unauthorized", "UNAUTHENTICATED", "Invalid credentials."), ErrorKind::Broken),
        ("a permission", refused("403 Forbidden", "PERMISSION_DENIED", "Permission denied."), ErrorKind::Broken),
        ("a suspension", refused("403 Forbidden", "PERMISSION_DENIED", &suspended), ErrorKind::Broken),
        ("a page of a proxy", stub::answer("403 Forbidden", "", "<html>rate limit exceeded"), ErrorKind::Broken),
        ("the day", legacy("Daily Limit Exceeded", "dailyLimitExceeded"), ErrorKind::Quota),
        ("the user", legacy("User Rate Limit Exceeded", "userRateLimitExceeded"), transient(None)),
        (
            "nobody's day",
            legacy("Daily Limit for Unauthenticated Use Exceeded.", "dailyLimitExceededUnreg"),
            ErrorKind::Broken,
        ),
        ("a quota", legacy("Quota exceeded.", "quotaExceeded"), ErrorKind::Quota),
        ("a day's characters", exhausted("day"), ErrorKind::Quota),
        ("a minute's characters", exhausted("minute"), transient(None)),
        ("a pause", slow_down.as_bytes().to_vec(), transient(Some(9))),
        ("a pause in the body", waiting(&wait), transient(Some(7))),
        ("a fault", refused("503 Service Unavailable", "UNAVAILABLE", "Try again."), transient(None)),
        ("a gateway", stub::answer("502 Bad Gateway", "", ""), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", stub::ok("<html>Sign in"), transient(None)),
        ("nothing", stub::ok(""), transient(None)),
        ("a part", cut, transient(None)),
        ("another shape", stub::ok("{\"data\":{},\"translation\":[]}"), transient(None)),
    ]
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    for (what, answer, kind) in refusals() {
        let service = google::serve_with(move |_| Some(answer.clone())).await;
        assert_refused(basic(&service.url).as_ref(), KEY, what, kind).await;
        let (_directory, advanced) = advanced(&service, |settings| settings.key = KEY.to_owned().into());
        // Without a key in use what looks like one is no secret of ours.
        if what != "a suspension" {
            assert_refused(advanced.as_ref(), "ya29", what, kind).await;
        }
    }
}

#[tokio::test]
async fn as_many_answers_as_texts_are_wanted() {
    for count in [1, 3] {
        let service = google::serve_with(move |_| {
            let answers = json!(vec![json!({"translatedText": "a"}); count]);
            Some(stub::ok(json!({"data": {"translations": answers}, "translations": answers}).to_string()))
        })
        .await;
        let (_directory, advanced) = advanced(&service, |_| ());
        for engine in [basic(&service.url), advanced] {
            assert_refused(engine.as_ref(), KEY, "a wrong number", ErrorKind::Transient { after: None }).await;
        }
    }
}

#[tokio::test]
async fn a_text_without_a_translation_is_declined_and_the_others_keep_their_places() {
    let service = google::serve_with(|body| {
        let mut answer = google::translations(body);
        let translations = if body["q"].is_null() { &mut answer } else { &mut answer["data"] };
        translations["translations"][1].as_object_mut().expect("an object").remove("translatedText");
        Some(stub::ok(answer.to_string()))
    })
    .await;
    let (_directory, advanced) = advanced(&service, |_| ());
    let texts = owned(&["Done.", "It broke.", "It works again."]);
    for engine in [basic(&service.url), advanced] {
        let answers = candidates(engine.as_ref(), "es", &texts).await;
        assert_eq!(answers[0].as_ref().expect("the first").text, disguised(&texts[0]));
        assert!(answers[1].as_ref().is_err_and(|reason| reason.contains("empty")), "{:?}", answers[1]);
        assert_eq!(answers[2].as_ref().expect("the third").text, disguised(&texts[2]));
    }
}

#[tokio::test]
async fn markup_that_was_not_sent_declines_its_text_and_no_other() {
    let service = google::serve_with(|body| {
        let mut answer = google::translations(body);
        answer["data"]["translations"][0]["translatedText"] = json!("<script>alert(1)</script>Fertig.");
        Some(stub::ok(answer.to_string()))
    })
    .await;
    let answers = candidates(basic(&service.url).as_ref(), "es", &owned(&["Done.", "It works again."])).await;
    assert!(answers[0].as_ref().is_err_and(|reason| reason.contains("`<script>`")), "{:?}", answers[0]);
    assert!(answers[1].is_ok());
}

#[tokio::test]
async fn the_model_is_asked_for_and_told_without_whose_it_is() {
    let service = google::serve().await;
    let (_directory, advanced) =
        advanced(&service, |settings| "general/translation-llm".clone_into(&mut settings.model));
    let nmt = engine_with(&service.url, |settings| {
        settings.key = KEY.to_owned().into();
        "nmt".clone_into(&mut settings.model);
    });
    for (engine, asked, told) in [
        (
            advanced,
            format!("projects/{PROJECT}/locations/global/models/general/translation-llm"),
            "general/translation-llm",
        ),
        (nmt, "nmt".to_owned(), "nmt"),
    ] {
        let answer = ask(engine.as_ref(), "es", &owned(&["Fixed."])).await.expect("a translation");
        assert_eq!(answer.model.as_deref(), Some(told));
        assert_eq!(service.asked.lock().expect("no panic").last().expect("asked")["model"], asked);
    }
    let unnamed = ask(basic(&service.url).as_ref(), "es", &owned(&["Fixed."])).await.expect("a translation");
    assert_eq!(unnamed.model, None);
}
