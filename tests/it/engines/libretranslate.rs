//! The `libretranslate` engine against a LibreTranslate server in small, and against what else may come from its
//! address.

use std::sync::Arc;
use std::time::Duration;

use polypost_engines::{Engine, EngineDependencies, ErrorKind, route};
use polypost_store::State;
use serde_json::json;

use super::{SENTENCES, ask, assert_refused, candidates, defaults, keeps_placeholders, locale, owned, published};
use polypost_test_service::program::TestProgram;
use polypost_test_service::stub;
use polypost_test_service::vendors::libretranslate::{self, KEY, Options};

fn engine_with(url: &str, key: &str) -> Arc<dyn Engine> {
    let mut settings = defaults();
    url.clone_into(&mut settings.libretranslate.url);
    settings.libretranslate.key = key.to_owned().into();
    route::engine(&settings, "libretranslate", &EngineDependencies::default()).expect("usable settings")
}

fn engine(url: &str) -> Arc<dyn Engine> {
    engine_with(url, "")
}

#[tokio::test]
async fn a_report_is_translated_with_its_facts_links_and_marks() {
    let service = libretranslate::serve().await;
    let renditions = published(&engine(&service.url), &["es"]).await;
    let spanish = &renditions[0].body.markdown;
    assert_eq!(spanish.matches("**").count(), 2, "{spanish}");
    let asked = service.asked.lock().expect("no panic");
    assert!(asked.iter().all(|body| body["source"] == "en" && body["api_key"].is_null()), "{asked:?}");
    let texts: Vec<&str> =
        asked.iter().flat_map(|body| body["q"].as_array().expect("texts")).filter_map(|text| text.as_str()).collect();
    // Whatever has a mark is sent once, with it; a name with an ampersand is hidden like a fact.
    assert_eq!(texts.iter().filter(|text| text.starts_with("We found [PH1] [PH2]")).count(), 1, "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("R&D")), "{texts:?}");
}

#[tokio::test]
async fn texts_that_are_all_of_one_case_keep_their_placeholders() {
    let service = libretranslate::serve().await;
    let texts = owned(&["DOWN SINCE [PH1]", "down since [PH1]", "OK", "ok", "_PH1_ IS DOWN"]);
    for (text, answer) in texts.iter().zip(candidates(engine(&service.url).as_ref(), "es", &texts).await) {
        let translation = answer.expect("translated").text;
        assert!(keeps_placeholders(text, &translation), "{translation}");
        assert_eq!(text.matches("_PH1_").count(), translation.matches("_PH1_").count(), "{translation}");
    }
}

#[tokio::test]
async fn calls_are_cut_by_the_settings_and_by_the_servers_own_limit() {
    let options = Options { characters: Some(400), texts: Some(5), ..Options::default() };
    let service = libretranslate::serve_with(options, |_| None).await;
    let mut settings = defaults();
    service.url.clone_into(&mut settings.libretranslate.url);
    settings.libretranslate.batch_texts = 5;
    let engine = route::engine(&settings, "libretranslate", &EngineDependencies::default()).expect("usable settings");
    let mut texts = owned(&SENTENCES);
    texts.push("long ".repeat(81));
    texts.extend((0..12).map(|number| format!("Call {} again.", "x".repeat(number))));
    let answers = candidates(engine.as_ref(), "it", &texts).await;
    for (index, (text, answer)) in texts.iter().zip(&answers).enumerate() {
        match answer {
            Ok(translation) => assert!(keeps_placeholders(text, &translation.text), "{text}"),
            Err(reason) => assert!(index == 12 && reason.contains("400 characters"), "{reason}"),
        }
    }
    let size = |body: &serde_json::Value| body["q"].as_array().map_or(0, Vec::len);
    let sizes: Vec<usize> = service.asked.lock().expect("no panic").iter().map(size).collect();
    assert!(sizes.iter().sum::<usize>() == 24 && sizes.ends_with(&[5, 5, 2]), "{sizes:?}");
    // Of texts it tells no limit.
    settings.libretranslate.batch_texts = 6;
    let engine = route::engine(&settings, "libretranslate", &EngineDependencies::default()).expect("usable settings");
    let error = ask(engine.as_ref(), "it", &texts[13..]).await.expect_err("too many at once");
    assert!(error.kind == ErrorKind::Rejected && error.to_string().contains("LT_BATCH_LIMIT"), "{error}");
}

#[tokio::test]
async fn locales_have_the_servers_codes() {
    let service = libretranslate::serve().await;
    let engine = engine(&service.url);
    for (target, code) in [("pt", "pt-BR"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("es-MX", "es"), ("no", "nb")] {
        candidates(engine.as_ref(), target, &owned(&["Fixed."])).await;
        assert_eq!(service.asked.lock().expect("no panic").last().expect("asked")["target"], code, "{target}");
    }
    let error = engine.prepare(&locale("en"), &locale("ca")).await.expect_err("no Catalan");
    assert!(error.kind == ErrorKind::Rejected && error.to_string().contains("`ca`"), "{error}");
    let error = ask(engine.as_ref(), "eu", &owned(&["Fixed."])).await.expect_err("Basque from Esperanto only");
    assert_eq!(error.kind, ErrorKind::Rejected, "{error}");
}

#[tokio::test]
async fn every_refusal_asks_for_what_helps() {
    const BAD: &str = "400 Bad Request";
    let transient = |after: Option<u64>| ErrorKind::Transient { after: after.map(Duration::from_secs) };
    let slow_down = "{\"error\":\"Slowdown: 80 per 1 minute\"}";
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{\"translatedText\":[".to_vec();
    let inside = "Cannot translate text: Talk is down. It works again.";
    for (what, answer, kind) in [
        (
            "a limit",
            libretranslate::refusal(BAD, "Invalid request: request (9) exceeds text limit (8)"),
            ErrorKind::Rejected,
        ),
        ("a language", libretranslate::refusal(BAD, "es is not supported"), ErrorKind::Rejected),
        ("a key", libretranslate::refusal(BAD, "Visit https://x.example to get an API key"), ErrorKind::Broken),
        ("a wrong key", libretranslate::refusal("403 Forbidden", "Invalid API key"), ErrorKind::Broken),
        ("a ban", libretranslate::refusal("403 Forbidden", "Too many request limits violations"), ErrorKind::Broken),
        ("a strange 400", stub::answer(BAD, "", "<html>"), ErrorKind::Broken),
        ("a path", stub::answer("404 Not Found", "", "<html>"), ErrorKind::Broken),
        ("a pause", stub::answer("429 Too Many Requests", "", slow_down), transient(Some(60))),
        (
            "a pause that says how long",
            stub::answer("429 Too Many Requests", "retry-after: 7\r\n", slow_down),
            transient(Some(7)),
        ),
        ("a fault", libretranslate::refusal("500 Internal Server Error", inside), transient(None)),
        ("a proxy's fault", stub::answer("502 Bad Gateway", "", "<html>"), transient(None)),
        ("another place", stub::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), ErrorKind::Broken),
        ("a page", stub::answer("200 OK", "", "<html>"), transient(None)),
        ("a part", cut, transient(None)),
        ("another shape", stub::ok("{\"translatedText\":\"a\"}"), transient(None)),
        ("too few", stub::ok("{\"translatedText\":[\"a\"]}"), transient(None)),
        ("too many", stub::ok("{\"translatedText\":[\"a\",\"b\",\"c\"]}"), transient(None)),
    ] {
        let service = libretranslate::serve_with(Options::default(), move |_| Some(answer.clone())).await;
        assert_refused(engine_with(&service.url, KEY).as_ref(), KEY, what, kind).await;
    }
}

/// There is no dialect that could tell markup from text: what an engine invents is kept out by the checks.
#[tokio::test]
async fn markup_that_was_not_sent_is_not_published() {
    let service = libretranslate::serve_with(Options::default(), |body| {
        let mut answer = libretranslate::translations(body);
        for (text, translation) in body["q"].as_array()?.iter().zip(answer["translatedText"].as_array_mut()?) {
            if text == "It works again." {
                *translation = json!("<img src=x onerror=alert(1)>Funciona de nuevo.");
            }
        }
        Some(stub::ok(answer.to_string()))
    })
    .await;
    let program = TestProgram::new(vec![engine(&service.url)], &["es"]).await;
    let text = "---\ntitle: Recordings fail\n---\n\nIt works again.\n\nType R&amp;D and &lt;b&gt; as text.\n";
    let report = TestProgram::report("recordings.md", text.as_bytes());
    let id = report.id.to_string();
    program.publish(report).await.expect("published");
    program.work().await;
    program.assert_state(&id, "es", State::Partial).await;
    let body = program.served(&id, "es").await.expect("a version").rendition.body;
    assert!(!body.html.contains("<img") && body.markdown.contains("It works again."), "{}", body.markdown);
    assert!(body.html.contains("R&amp;D ááñď &lt;b&gt;"), "{}", body.html);
}

#[tokio::test]
async fn without_an_address_or_the_key_that_is_wanted_that_is_said() {
    let (english, spanish) = (locale("en"), locale("es"));
    let error = engine("").check(&english, &spanish).await.expect_err("nowhere to go");
    assert!(error.kind == ErrorKind::Broken && error.to_string().contains("there is no url (hint: set"), "{error}");
    let texts = owned(&["Done."]);
    let told = Options { wants_key: true, tells_key: true, ..Options::default() };
    let silent = Options { tells_key: false, ..told };
    let service = libretranslate::serve_with(told, |_| None).await;
    let error = engine(&service.url).check(&english, &spanish).await.expect_err("no entry");
    assert!(error.kind == ErrorKind::Broken && error.to_string().contains("wants one (hint: set"), "{error}");
    ask(engine_with(&service.url, KEY).as_ref(), "es", &texts).await.expect("the key is right");
    let service = libretranslate::serve_with(silent, |_| None).await;
    let error = ask(engine(&service.url).as_ref(), "es", &texts).await.expect_err("no entry");
    assert!(error.kind == ErrorKind::Broken && error.to_string().contains("(hint: set"), "{error}");
    let error = ask(engine_with(&service.url, "wrong5e4f8a").as_ref(), "es", &texts).await.expect_err("no entry");
    assert!(error.kind == ErrorKind::Broken && error.to_string().contains("Invalid API key"), "{error}");
    assert!(!format!("{error:?}").contains("wrong5e4f8a"), "{error:?}");
    let nobody = engine(&stub::nobody().await).check(&english, &spanish).await.expect_err("nobody");
    assert!(matches!(nobody.kind, ErrorKind::Transient { .. }), "{nobody}");
}
