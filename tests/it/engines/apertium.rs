//! The `apertium` engine: against a real APy, and against everything else that may answer at its address.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use polypost_engines::apertium::Apertium;
use polypost_engines::{Engine, EngineDependencies, EngineError, ErrorKind};

use super::{SENTENCES, ask, candidates, defaults, keeps_placeholders, locale, owned, report, translations};
use polypost_test_service::{self, stub};

fn apertium(url: &str) -> Apertium {
    let mut settings = defaults().apertium;
    url.clone_into(&mut settings.url);
    Apertium::new(&settings, &EngineDependencies::default()).unwrap()
}

#[tokio::test]
async fn placeholders_survive_directly_and_by_way_of_a_pivot() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let engine = apertium(url);
    let texts = owned(&SENTENCES);
    for target in ["es", "it", "es-MX"] {
        for (source, translation) in texts.iter().zip(translations(&engine, target, &texts).await) {
            assert!(keeps_placeholders(source, &translation), "{target}: {source} -> {translation}");
            assert_ne!(*source, translation);
            assert!(!translation.contains(['#', '*', '@']), "{target}: {translation}");
        }
    }
    let answer = ask(&engine, "it", &texts).await.unwrap();
    assert_eq!(answer.model.as_deref(), Some("eng|cat cat|ita, eng|spa spa|ita"));
}

/// What a single pivot makes of it.
async fn by_way_of(url: &str, pivot: &str, texts: &[String]) -> Vec<String> {
    let mut settings = defaults().apertium;
    url.clone_into(&mut settings.url);
    settings.pivots = vec![pivot.to_owned()];
    translations(&Apertium::new(&settings, &EngineDependencies::default()).unwrap(), "it", texts).await
}

#[tokio::test]
async fn each_text_goes_by_way_of_the_pivot_that_leaves_fewer_words() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let texts = owned(&[
        "Requests for [PH1] were planned and a ticket was created.",
        "The value was incorrect.",
        "Customers cannot sign in.",
        "We apologize for the disruption and are sorry for the inconvenience.",
        "No data was lost during the outage of [PH1].",
    ]);
    let both = translations(&apertium(url), "it", &texts).await;
    let (catalan, spanish) = (by_way_of(url, "ca", &texts).await, by_way_of(url, "es", &texts).await);
    for (index, text) in both.iter().enumerate() {
        eprintln!("{text}\n  ca: {}\n  es: {}", catalan[index], spanish[index]);
        assert!(*text == catalan[index] || *text == spanish[index], "{text}");
    }
    let leftovers =
        |text: &str| ["sol·licituds", "planejades", "tiquet", "incorrecte"].iter().any(|word| text.contains(word));
    assert!(catalan[..2].iter().all(|text| leftovers(&text.to_lowercase())), "{catalan:?}");
    assert!(!both.iter().any(|text| leftovers(&text.to_lowercase())), "{both:?}");
    assert_ne!(both, spanish, "Spanish is not always the better pivot");
}

#[tokio::test]
async fn the_sources_own_signs_are_kept_and_taken_for_nothing() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let texts = owned(&["5*3 rows in #general failed, and *all* users of [PH1] were told.", "Thanks, @support!"]);
    for target in ["es", "it"] {
        for (source, translation) in texts.iter().zip(translations(&apertium(url), target, &texts).await) {
            for sign in ['*', '#', '@'] {
                assert_eq!(source.matches(sign).count(), translation.matches(sign).count(), "{translation}");
            }
            assert!(keeps_placeholders(source, &translation), "{translation}");
        }
    }
}

#[tokio::test]
async fn a_report_of_600_words_keeps_its_texts_apart() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let engine = apertium(url);
    let texts = report();
    for target in ["es", "it"] {
        engine.check(&locale("en"), &locale(target)).await.unwrap();
        let since = Instant::now();
        let together = translations(&engine, target, &texts).await;
        eprintln!("{target}: {} texts in {:?}", texts.len(), since.elapsed());
        for (index, text) in texts.iter().enumerate().step_by(7) {
            let alone = translations(&engine, target, std::slice::from_ref(text)).await;
            assert_eq!(alone, together[index..=index], "what it shares a call with must not matter");
        }
    }
}

#[tokio::test]
async fn a_long_text_comes_back_whole() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let engine = apertium(url);
    let sentences: Vec<String> =
        (1..=39).map(|number| format!("The service [PH{number}] was slow for many of our customers. ")).collect();
    let text = sentences.concat();
    let unbroken = "and the service was slow ".repeat(60);
    let texts = [text, unbroken, "Short one.".to_owned()];
    for target in ["es", "it"] {
        let translated = translations(&engine, target, &texts).await;
        assert!(keeps_placeholders(&texts[0], &translated[0]), "{}", translated[0]);
        assert_eq!(translated[0].matches(". ").count(), 39);
        let words = |text: &str| text.split_whitespace().count();
        assert!(words(&translated[1]) * 10 > words(&texts[1]) * 7, "{}", translated[1]);
    }
}

#[tokio::test]
async fn paragraphs_and_wordless_texts_stay_as_they_are() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let engine = apertium(url);
    let texts =
        owned(&["", " \n", "[PH1] – [PH2]", "The server failed.\n\n[PH1]\n\nThe server works.", "  It failed. "]);
    let translated = translations(&engine, "es", &texts).await;
    assert_eq!(translated[..3], texts[..3]);
    assert_eq!(translated[3].split("\n\n").count(), 3, "{}", translated[3]);
    assert_eq!(translated[3].split("\n\n").nth(1), Some("[PH1]"));
    assert!(translated[4].starts_with("  ") && translated[4].ends_with(". "), "{:?}", translated[4]);
}

#[tokio::test]
async fn a_locale_without_a_pair_is_rejected_by_name() {
    let Some(url) = polypost_test_service::apertium::url() else { return };
    let error = apertium(url).prepare(&locale("en"), &locale("ja")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.to_string().contains("`ja`") && error.to_string().contains("spa"), "{error}");
}

const PAIRS: &str = r#"{"responseData":[{"sourceLanguage":"eng","targetLanguage":"spa"}],"responseStatus":200}"#;

fn said(text: &str) -> Vec<u8> {
    stub::ok(serde_json::json!({"responseData": {"translatedText": text}, "responseStatus": 200}).to_string())
}

/// The error of a translation when the server lists a pair and then answers this.
async fn error_of(answer: Option<Vec<u8>>) -> EngineError {
    let url =
        stub::serve(move |asked| if asked.path() == "/listPairs" { Some(stub::ok(PAIRS)) } else { answer.clone() })
            .await;
    let mut settings = defaults().apertium;
    settings.url = url;
    settings.contract.request_timeout_seconds = 1;
    let engine = Apertium::new(&settings, &EngineDependencies::default()).unwrap();
    ask(&engine, "es", &owned(&["It failed.", "It works."])).await.unwrap_err()
}

const TRANSIENT: ErrorKind = ErrorKind::Transient { after: None };

#[tokio::test]
async fn answers_that_are_none_are_errors_of_the_right_kind() {
    let half = br#"{"responseData":{"translatedText":"Ha fal"#;
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"responseData\":{\"translatedText\":\"Ha".to_vec();
    for (what, answer, kind, words) in [
        ("garbage", stub::ok([0xff, 0xfe, 0x00, 0x80]), TRANSIENT, "no APy answer"),
        ("another service", stub::ok("[]"), TRANSIENT, "no APy answer"),
        ("a page", stub::ok("<!doctype html><p>hello"), TRANSIENT, "page"),
        ("nothing", stub::ok(""), TRANSIENT, "empty"),
        ("half", stub::ok(half), TRANSIENT, "no APy answer"),
        ("a cut connection", cut, TRANSIENT, "broke off"),
        ("no HTTP", b"220 smtp ready\r\n".to_vec(), TRANSIENT, "127.0.0.1"),
        ("too much", said(&"a".repeat(1024 * 1024)), TRANSIENT, "larger"),
        ("500", stub::answer("500 Oops", "", "<h1>"), TRANSIENT, "500"),
        ("503", stub::answer("503 Busy", "", r#"{"message":"internal error"}"#), TRANSIENT, "internal error"),
        ("404", stub::answer("404 Not Found", "", "<html>"), ErrorKind::Broken, "404"),
        ("401", stub::answer("401 Who", "", ""), ErrorKind::Broken, "401"),
    ] {
        let error = error_of(Some(answer)).await;
        assert_eq!(error.kind, kind, "{what}: {error}");
        assert!(error.to_string().contains(words), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_passed_on() {
    let error = error_of(Some(stub::answer("429 Slow", "retry-after: 17\r\n", ""))).await;
    assert_eq!(error.kind, ErrorKind::Transient { after: Some(Duration::from_secs(17)) });
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let error = error_of(None).await;
    assert_eq!(error.kind, TRANSIENT);
    assert!(error.to_string().contains("in time"), "{error}");
}

#[tokio::test]
async fn nobody_there_says_how_to_start_it() {
    let url = stub::nobody().await;
    let error = apertium(&url).prepare(&locale("en"), &locale("es")).await.unwrap_err();
    assert_eq!(error.kind, TRANSIENT);
    let port = url.rsplit(':').next().unwrap();
    assert!(error.hint.as_deref().unwrap().contains(&format!("apertium-apy -p {port} ")), "{error}");
}

#[tokio::test]
async fn texts_are_sent_one_by_one_when_paragraphs_get_lost() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let url = stub::serve(move |asked| {
        if asked.path() == "/listPairs" {
            return Some(stub::ok(PAIRS));
        }
        log.lock().unwrap().push(asked.body.clone());
        Some(said(if asked.body.contains("%0A%0A") { "Todo en uno" } else { "Uno" }))
    })
    .await;
    let engine = apertium(&url);
    assert_eq!(translations(&engine, "es", &owned(&["It failed.", "It works."])).await, ["Uno", "Uno"]);
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 3);
    assert!(asked[0].contains("langpair=eng%7Cspa") && asked[0].contains("markUnknown=yes&format=txt"), "{}", asked[0]);
}

#[tokio::test]
async fn only_the_text_that_is_refused_or_lost_has_no_candidate() {
    let url = stub::serve(move |asked| {
        Some(match asked.body.as_str() {
            _ if asked.path() == "/listPairs" => stub::ok(PAIRS),
            body if body.contains("Refused") => stub::answer("400 Bad Request", "", r#"{"explanation":"too odd"}"#),
            body if body.contains("Doubled") => said("Uno\n\nDos"),
            body if body.contains("Empty") => said(" "),
            _ => said("Bien"),
        })
    })
    .await;
    let texts = owned(&["Fine.", "Refused.", "Doubled.", "Empty."]);
    let answers = candidates(&apertium(&url), "es", &texts).await;
    assert_eq!(answers[0].as_ref().unwrap().text, "Bien");
    for (answer, words) in answers[1..].iter().zip(["too odd", "2 paragraphs", "nothing"]) {
        assert!(answer.as_ref().unwrap_err().contains(words), "{answer:?}");
    }
}

const TWO_PIVOTS: &str = r#"{"responseData":[
    {"sourceLanguage":"eng","targetLanguage":"cat"},{"sourceLanguage":"cat","targetLanguage":"ita"},
    {"sourceLanguage":"eng","targetLanguage":"spa"},{"sourceLanguage":"spa","targetLanguage":"ita"}]}"#;

#[tokio::test]
async fn marks_decide_between_pivots_and_go_no_further() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let url = stub::serve(move |asked| {
        if asked.path() == "/listPairs" {
            return Some(stub::ok(TWO_PIVOTS));
        }
        log.lock().unwrap().push(asked.body.clone());
        let answer = |pair: &str, text: &str| asked.body.contains(pair).then(|| said(text));
        answer("eng%7Ccat", "El *webhook tiquet.\n\nTot va bé.")
            .or_else(|| answer("cat%7Cita", "Il *webhook *tiquet.\n\nTutto bene."))
            .or_else(|| answer("eng%7Cspa", "El *webhook billete.\n\nTodo va bien."))
            .or_else(|| answer("spa%7Cita", "Il *webhook biglietto.\n\nTutto va bene."))
    })
    .await;
    let texts = owned(&["The webhook ticket.", "All is well."]);
    assert_eq!(translations(&apertium(&url), "it", &texts).await, ["Il webhook biglietto.", "Tutto bene."]);
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|body| !body.contains("*webhook") && !body.contains("%2Awebhook")), "{asked:?}");
}

#[tokio::test]
async fn a_pivot_that_fails_leaves_it_to_the_other() {
    for (failing, expected) in [("cat", Some("eng|spa spa|ita")), ("spa", Some("eng|cat cat|ita")), ("", None)] {
        let url = stub::serve(move |asked| {
            Some(match asked.path() {
                "/listPairs" => stub::ok(TWO_PIVOTS),
                _ if asked.body.contains(failing) => stub::answer("503 Busy", "", r#"{"message":"internal error"}"#),
                _ => said("Bene"),
            })
        })
        .await;
        let (engine, texts) = (apertium(&url), owned(&["It works."]));
        match ask(&engine, "it", &texts).await {
            Ok(answer) => assert_eq!(answer.model.as_deref(), expected),
            Err(error) => assert!(expected.is_none() && error.kind == TRANSIENT, "{error}"),
        }
        assert_eq!(engine.check(&locale("en"), &locale("it")).await.is_ok(), expected.is_some());
    }
}

#[tokio::test]
async fn the_pairs_are_asked_for_once_and_again_by_a_check() {
    let lists = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&lists);
    let url = stub::serve(move |asked| {
        if asked.path() == "/listPairs" {
            count.fetch_add(1, Ordering::SeqCst);
            return Some(stub::ok(PAIRS));
        }
        Some(said("Bien"))
    })
    .await;
    let engine = apertium(&url);
    for _ in 0..3 {
        engine.prepare(&locale("en"), &locale("es")).await.unwrap();
        translations(&engine, "es", &owned(&["It works."])).await;
    }
    assert_eq!(lists.load(Ordering::SeqCst), 1);
    engine.check(&locale("en"), &locale("es")).await.unwrap();
    assert_eq!(lists.load(Ordering::SeqCst), 2);
}
