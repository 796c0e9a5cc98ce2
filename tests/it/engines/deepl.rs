//! The `deepl` engine against DeepL in small, and against what else may come from its address.

use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use serde_json::json;

use super::{
    SENTENCES, assert_markup_declined, assert_refused, candidates, defaults, keeps_placeholders, locale, owned,
    published,
};
use polypost_test_service::stub;
use polypost_test_service::vendors::deepl::{self, KEY};

fn engine_with(url: &str, key: &str) -> std::sync::Arc<dyn Engine> {
    let mut settings = defaults();
    url.clone_into(&mut settings.deepl.url);
    settings.deepl.key = key.to_owned().into();
    route::engine(&settings, "deepl", &EngineDependencies::default()).expect("usable settings")
}

fn engine(url: &str) -> std::sync::Arc<dyn Engine> {
    engine_with(url, KEY)
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = deepl::serve().await;
    let renditions = published(&engine(&service.url), &["es", "vi"]).await;
    let spanish = &renditions[0].body.markdown;
    assert!(spanish.matches("**").count() == 2, "{spanish}");
    let asked = service.asked.lock().expect("no panic");
    let (spanish, vietnamese) = (
        &asked.iter().find(|body| body["target_lang"] == "es").expect("asked"),
        asked.iter().find(|body| body["target_lang"] == "vi").expect("asked"),
    );
    assert_eq!((&spanish["tag_handling"], &spanish["formality"]), (&json!("xml"), &json!("prefer_more")));
    assert_eq!(spanish["context"], "Recordings fail");
    assert!(vietnamese["tag_handling"].is_null() && vietnamese["formality"].is_null(), "{vietnamese}");
}

#[tokio::test]
async fn many_texts_are_as_few_calls_as_it_takes_and_a_text_beyond_all_calls_is_declined() {
    let service = deepl::serve().await;
    let engine = engine(&service.url);
    let mut texts: Vec<String> = (0..120).map(|number| SENTENCES[number % 12].to_owned()).collect();
    texts[60] = "long ".repeat(30_000);
    let answers = candidates(engine.as_ref(), "it", &texts).await;
    for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 60 && reason.contains("longer than"), "{reason}"),
        }
    }
    let sizes: Vec<usize> = service
        .asked
        .lock()
        .expect("no panic")
        .iter()
        .map(|body| body["text"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(sizes, [50, 10, 50, 9]);
}

#[tokio::test]
async fn locales_have_deepls_codes() {
    let service = deepl::serve().await;
    let engine = engine(&service.url);
    for (target, code) in [("es-MX", "es-419"), ("es-ES", "es"), ("pt", "pt-BR"), ("no", "nb")] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        assert_eq!(service.asked.lock().expect("no panic").last().expect("asked")["target_lang"], code, "{target}");
    }
    let error = engine.prepare(&locale("en"), &locale("ca")).await.expect_err("no Catalan");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.to_string().contains("`ca`"), "{error}");
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let slow_down =
        "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nretry-after: 7\r\nconnection: close\r\n\r\n";
    let page = stub::answer("200 OK", "content-type: text/html\r\n", "<html>Sign in</html>");
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"translations\":[".to_vec();
    let huge = stub::ok(format!("{{\"translations\":[{{\"text\":\"{}\"}}]}}", "x".repeat(10 << 20)));
    for (what, answer, kind) in [
        ("a field", deepl::refusal("400 Bad Request", "Value for 'x' not supported."), ErrorKind::Rejected),
        ("a key", stub::answer("403 Forbidden", "", ""), ErrorKind::Broken),
        ("a path", stub::answer("404 Not Found", "", "<html>"), ErrorKind::Broken),
        ("a pause", slow_down.as_bytes().to_vec(), transient(Some(7))),
        ("its own pause", stub::answer("529 Too Many Requests", "", ""), transient(None)),
        (
            "the quota",
            deepl::refusal("456 Quota Exceeded", "Quota for this billing period has been exceeded."),
            ErrorKind::Quota,
        ),
        ("a fault", stub::answer("503 Service Unavailable", "", ""), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", page, transient(None)),
        ("nothing", stub::ok(""), transient(None)),
        ("a part", cut, transient(None)),
        ("too much", huge, transient(None)),
        ("another shape", stub::ok("{\"translations\":[{\"txt\":\"a\"}]}"), transient(None)),
        ("too few", stub::ok("{\"translations\":[{\"text\":\"a\"}]}"), transient(None)),
        (
            "too many",
            stub::ok("{\"translations\":[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]}"),
            transient(None),
        ),
    ] {
        let service = deepl::serve_with(move |_| Some(answer.clone())).await;
        assert_refused(engine(&service.url).as_ref(), KEY, what, kind).await;
    }
}

#[tokio::test]
async fn markup_that_was_not_sent_declines_its_text_and_no_other() {
    let service = deepl::serve_with(|body| {
        let mut answer = deepl::translations(body);
        answer["translations"][0]["text"] = json!("<a href=\"https://evil.example\">Fertig</a>.");
        Some(stub::ok(answer.to_string()))
    })
    .await;
    assert_markup_declined(engine(&service.url).as_ref(), "`<a>`").await;
}

#[tokio::test]
async fn without_a_key_or_with_a_wrong_one_that_is_said() {
    let service = deepl::serve().await;
    for (key, said) in [("", "there is no key"), ("wrong", "403"), ("a\nb", "characters")] {
        let error = engine_with(&service.url, key).check(&locale("en"), &locale("es")).await.expect_err("no entry");
        assert_eq!(error.kind, ErrorKind::Broken);
        assert!(error.to_string().contains(said) && !error.to_string().contains("wrong"), "{error}");
    }
    let nobody = engine(&stub::nobody().await).check(&locale("en"), &locale("es")).await.expect_err("nobody");
    assert!(matches!(nobody.kind, ErrorKind::Transient { .. }), "{nobody}");
}
