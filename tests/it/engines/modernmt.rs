//! The `modernmt` engine against ModernMT in small, and against what else may come from its address.

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use serde_json::json;

use super::{
    SENTENCES, assert_markup_declined, assert_refused, candidates, defaults, keeps_placeholders, locale, owned,
    published,
};
use polypost_test_service::stub;
use polypost_test_service::vendors::modernmt::{self, KEY};

fn engine_with(url: &str, key: &str) -> Arc<dyn Engine> {
    let mut settings = defaults();
    url.clone_into(&mut settings.modernmt.url);
    settings.modernmt.key = key.to_owned().into();
    "background".clone_into(&mut settings.modernmt.priority);
    route::engine(&settings, "modernmt", &EngineDependencies::default()).expect("usable settings")
}

fn engine(url: &str) -> Arc<dyn Engine> {
    engine_with(url, KEY)
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = modernmt::serve().await;
    let renditions = published(&engine(&service.url), &["es"]).await;
    let spanish = &renditions[0].body.markdown;
    assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    let asked = service.asked.lock().expect("no panic");
    assert!(asked.iter().all(|body| body["priority"] == "background" && body["multiline"] == false), "{asked:?}");
    assert!(asked.iter().any(|body| body.to_string().contains("<x id=")), "{asked:?}");
}

#[tokio::test]
async fn many_texts_are_as_few_calls_as_it_takes_and_a_text_beyond_all_calls_is_declined() {
    let service = modernmt::serve().await;
    let mut texts: Vec<String> = (0..150).map(|number| format!("Case {} again.", "x".repeat(number % 7))).collect();
    texts.extend((0..120).map(|number| SENTENCES[number % 12].to_owned()));
    texts[140] = "long ".repeat(2000);
    let answers = candidates(engine(&service.url).as_ref(), "it", &texts).await;
    for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 140 && reason.contains("8000 characters"), "{reason}"),
        }
    }
    let asked = service.asked.lock().expect("no panic");
    let sizes: Vec<usize> = asked.iter().map(|body| body["q"].as_array().map_or(0, Vec::len)).collect();
    assert!(sizes.iter().sum::<usize>() == 269 && sizes.starts_with(&[128, 12]) && sizes.len() < 6, "{sizes:?}");
}

#[tokio::test]
async fn locales_have_modernmts_codes() {
    let service = modernmt::serve().await;
    let engine = engine(&service.url);
    for (target, code) in [
        ("pt", "pt-BR"),
        ("pt-PT", "pt-PT"),
        ("es-MX", "es-419"),
        ("es-ES", "es"),
        ("zh", "zh-CN"),
        ("zh-TW", "zh-TW"),
        ("sr", "sr-Cyrl"),
        ("no", "nb"),
    ] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        assert_eq!(service.asked.lock().expect("no panic").last().expect("asked")["target"], code, "{target}");
    }
    let error = engine.prepare(&locale("en"), &locale("ca")).await.expect_err("no Catalan");
    assert!(error.kind == ErrorKind::Rejected && error.to_string().contains("`ca`"), "{error}");
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let refusal = |status: &str, name: &str| modernmt::refusal(status, name, &format!("Talk is down, {KEY}"));
    let framed = json!({ "status": 429, "error": { "type": "TooManyRequestsException", "message": "Talk is down" } });
    let cut =
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"status\":200,\"data\":[".to_vec();
    let one = |text: &str| json!({ "status": 200, "data": [{ "translation": text }] }).to_string();
    for (what, answer, kind) in [
        ("a field", refusal("400 Bad Request", "ParameterParsingException"), ErrorKind::Rejected),
        ("a strange 400", stub::answer("400 Bad Request", "", "<html>"), ErrorKind::Broken),
        ("a key", refusal("401 Unauthorized", "AuthException"), ErrorKind::Broken),
        ("the contract", refusal("402 Payment Required", "BillingException"), ErrorKind::Quota),
        ("a right", refusal("403 Forbidden", "Talk is down"), ErrorKind::Broken),
        ("a path", stub::answer("404 Not Found", "", "<html>"), ErrorKind::Broken),
        ("a pause", stub::answer("429 Too Many Requests", "retry-after: 7\r\n", ""), transient(Some(7))),
        ("a pause within a good answer", stub::ok(framed.to_string()), transient(None)),
        ("a fault", refusal("500 Internal Server Error", "RuntimeException"), transient(None)),
        ("a proxy's fault", stub::answer("502 Bad Gateway", "", "<html>"), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", stub::answer("200 OK", "", "<html>"), transient(None)),
        ("a part", cut, transient(None)),
        ("no status", stub::ok("{\"status\":7,\"data\":[]}"), transient(None)),
        ("another shape", stub::ok("{\"status\":200,\"data\":{\"translation\":\"a\"}}"), transient(None)),
        ("too few", stub::ok(one("a")), transient(None)),
    ] {
        let service = modernmt::serve_with(move |_| Some(answer.clone())).await;
        assert_refused(engine(&service.url).as_ref(), KEY, what, kind).await;
    }
}

#[tokio::test]
async fn markup_that_was_not_sent_declines_its_text_and_no_other() {
    let service = modernmt::serve_with(|body| {
        let mut answer = modernmt::translations(body);
        answer["data"][0]["translation"] = json!("<a href=\"https://evil.example\">Hecho</a>.");
        Some(stub::ok(answer.to_string()))
    })
    .await;
    assert_markup_declined(engine(&service.url).as_ref(), "`<a>`").await;
}

#[tokio::test]
async fn without_a_key_or_with_a_wrong_one_that_is_said() {
    let service = modernmt::serve().await;
    for (key, said) in [("", "there is no key"), ("c0ffee", "401: \"AuthException\" (hint: is"), ("a\nb", "characters")]
    {
        let error = engine_with(&service.url, key).check(&locale("en"), &locale("es")).await.expect_err("no entry");
        assert_eq!(error.kind, ErrorKind::Broken);
        assert!(error.to_string().contains(said) && !format!("{error:?}").contains("c0ffee"), "{error}");
    }
    let nobody = engine(&stub::nobody().await).check(&locale("en"), &locale("es")).await.expect_err("nobody");
    assert!(matches!(nobody.kind, ErrorKind::Transient { .. }), "{nobody}");
}
