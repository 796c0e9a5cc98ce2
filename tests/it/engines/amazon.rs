//! The `amazon` engine against Amazon Translate in small, which checks every signature, and against what else may come
//! from its address.

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use serde_json::{Value, json};

use super::{
    SENTENCES, assert_markup_declined, assert_refused, candidates, defaults, keeps_placeholders, locale, owned,
    published,
};
use polypost_test_service::stub;
use polypost_test_service::vendors::amazon::{self, KEY_ID, REGION, SECRET, TOKEN};

fn engine_with(url: &str, change: impl FnOnce(&mut polypost_engines::registry::AmazonSettings)) -> Arc<dyn Engine> {
    let mut settings = defaults();
    let amazon = &mut settings.amazon;
    url.clone_into(&mut amazon.url);
    REGION.clone_into(&mut amazon.region);
    KEY_ID.clone_into(&mut amazon.access_key_id);
    amazon.secret_access_key = SECRET.to_owned().into();
    amazon.session_token = TOKEN.to_owned().into();
    change(amazon);
    route::engine(&settings, "amazon", &EngineDependencies::default()).expect("usable settings")
}

fn engine(url: &str) -> Arc<dyn Engine> {
    engine_with(url, |_| {})
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = amazon::serve().await;
    let renditions = published(&engine(&service.url), &["es", "vi"]).await;
    let spanish = &renditions[0].body.markdown;
    assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    let asked = service.asked.lock().expect("no panic");
    let of = |code: &str| asked.iter().filter(|body| body["TargetLanguageCode"] == code).collect::<Vec<_>>();
    assert!(of("es").iter().all(|body| body["Settings"] == json!({ "Formality": "FORMAL" })), "{asked:?}");
    assert!(!of("vi").is_empty() && of("vi").iter().all(|body| body["Settings"].is_null()), "{asked:?}");
    assert!(asked.iter().any(|body| body["Text"].as_str().is_some_and(|text| text.contains("translate=\"no\""))));
}

#[tokio::test]
async fn each_text_is_a_call_and_one_beyond_it_is_declined() {
    let service = amazon::serve().await;
    let mut texts = owned(&SENTENCES);
    // Under the limit in characters, over it in bytes.
    texts[3] = "é".repeat(6000);
    texts[4] = "word ".repeat(2000).trim_end().to_owned();
    let answers = candidates(engine(&service.url).as_ref(), "it", &texts).await;
    for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 3 && reason.contains("10000 bytes"), "{reason}"),
        }
    }
    assert_eq!(service.asked.lock().expect("no panic").len(), 11);
}

#[tokio::test]
async fn locales_have_amazons_codes() {
    let service = amazon::serve().await;
    let engine = engine(&service.url);
    for (target, code, formality) in [
        ("pt-PT", "pt-PT", json!("FORMAL")),
        ("pt-BR", "pt", Value::Null),
        ("zh-Hans", "zh", Value::Null),
        ("zh-TW", "zh-TW", Value::Null),
        ("zh-Hant", "zh-TW", Value::Null),
        ("es-MX", "es-MX", json!("FORMAL")),
        ("es-AR", "es", json!("FORMAL")),
        ("nb", "no", Value::Null),
        ("fr-BE", "fr", json!("FORMAL")),
    ] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        let asked = service.asked.lock().expect("no panic").last().expect("asked").clone();
        assert_eq!(
            (&asked["TargetLanguageCode"], &asked["Settings"]["Formality"]),
            (&json!(code), &formality),
            "{target}"
        );
    }
    let error = engine.prepare(&locale("en"), &locale("ca")).await.expect_err("no Catalan");
    assert!(error.kind == ErrorKind::Rejected && error.to_string().contains("`ca`"), "{error}");
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    const BAD: &str = "400 Bad Request";
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let refusal = |name: &str| amazon::refusal(BAD, name, &format!("Talk is down, {SECRET}, {TOKEN}"));
    let slow_down = stub::answer(BAD, "retry-after: 7\r\n", "{\"__type\":\"ThrottlingException\"}");
    let by_header = stub::answer(BAD, "x-amzn-errortype: ThrottlingException:http://internal.example/\r\n", "");
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"TranslatedText\":".to_vec();
    for (what, answer, kind) in [
        ("a pause", refusal("ThrottlingException"), transient(None)),
        ("its own pause", refusal("TooManyRequestsException"), transient(None)),
        ("a pause that says how long", slow_down, transient(Some(7))),
        ("a pause said by a header", by_header, transient(None)),
        ("a limit", refusal("LimitExceededException"), transient(None)),
        ("a pair", refusal("UnsupportedLanguagePairException"), ErrorKind::Rejected),
        ("a request", refusal("InvalidRequestException"), ErrorKind::Rejected),
        ("a key", refusal("UnrecognizedClientException"), ErrorKind::Broken),
        ("a signature", refusal("InvalidSignatureException"), ErrorKind::Broken),
        ("a token", refusal("ExpiredTokenException"), ErrorKind::Broken),
        ("a policy", refusal("AccessDeniedException"), ErrorKind::Broken),
        ("a name nobody knows", refusal("Talk is down"), ErrorKind::Broken),
        ("a strange 400", stub::answer(BAD, "", "<html>"), ErrorKind::Broken),
        (
            "a fault",
            amazon::refusal("500 Internal Server Error", "InternalServerException", "Talk is down"),
            transient(None),
        ),
        ("a nameless fault", stub::answer("503 Service Unavailable", "", ""), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", stub::answer("200 OK", "", "<html>"), transient(None)),
        ("a part", cut, transient(None)),
        ("another shape", stub::ok("{\"Translation\":\"a\"}"), transient(None)),
    ] {
        let service = amazon::serve_with(move |_| Some(answer.clone())).await;
        assert_refused(engine(&service.url).as_ref(), SECRET, what, kind).await;
        assert_refused(engine(&service.url).as_ref(), TOKEN, what, kind).await;
    }
}

#[tokio::test]
async fn markup_that_was_not_sent_declines_its_text_and_no_other() {
    let service = amazon::serve_with(|body| {
        let mut answer = amazon::translation(body);
        // What a stray `<` is known to leave behind.
        answer["TranslatedText"] = json!("<DNT_3f>Hecho.");
        (body["Text"] == "Done.").then(|| stub::ok(answer.to_string()))
    })
    .await;
    assert_markup_declined(engine(&service.url).as_ref(), "`<dnt_3f>`").await;
}

#[tokio::test]
async fn without_keys_or_a_region_or_with_wrong_ones_that_is_said() {
    let service = amazon::serve().await;
    let wrong = || "wrong/5e4f8a4bb2a1d2c0ffee5e4f8a".to_owned();
    for (change, said) in [
        (
            &(|amazon: &mut polypost_engines::registry::AmazonSettings| amazon.access_key_id.clear())
                as &dyn Fn(&mut polypost_engines::registry::AmazonSettings),
            "no key",
        ),
        (&|amazon| amazon.secret_access_key = String::new().into(), "no key"),
        (&|amazon| amazon.region.clear(), "no region"),
        (
            &|amazon| amazon.access_key_id = wrong(),
            "\"UnrecognizedClientException\" (hint: are engines.amazon.access_key_id",
        ),
        (&|amazon| amazon.secret_access_key = wrong().into(), "\"InvalidSignatureException\" (hint"),
        (&|amazon| "us-east-1".clone_into(&mut amazon.region), "\"InvalidSignatureException\" (hint"),
        (
            &|amazon| amazon.session_token = wrong().into(),
            "\"ExpiredTokenException\" (hint: engines.amazon.session_token",
        ),
        (&|amazon| amazon.access_key_id.push('\n'), "characters that no header takes"),
    ] {
        let engine = engine_with(&service.url, change);
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err(said);
        assert!(error.kind == ErrorKind::Broken && error.to_string().contains(said), "{said}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(![SECRET, TOKEN, KEY_ID, "c0ffee5e4f8a"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
    let lasting = engine_with(&service.url, |amazon| amazon.session_token = String::new().into());
    lasting.check(&locale("en"), &locale("es")).await.expect("keys that last have no token");
    let nobody = engine(&stub::nobody().await).check(&locale("en"), &locale("es")).await.expect_err("nobody");
    assert!(matches!(nobody.kind, ErrorKind::Transient { .. }), "{nobody}");
}
