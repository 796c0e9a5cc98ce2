//! The `neural` engine with a real model.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use polypost_engines::neural::Neural;
use polypost_engines::{Engine, EngineDependencies, EngineRequest, ErrorKind};

use super::{SENTENCES, ask, candidates, defaults, keeps_placeholders, locale, owned, report, translations};

fn neural(models: &Path) -> Neural {
    let mut settings = defaults().neural;
    models.clone_into(&mut settings.directory);
    settings.fetch = false;
    Neural::new(&settings, &EngineDependencies::default()).unwrap()
}

/// A copy of the model that a test may spoil.
fn copied(models: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let home = copy.path().join("en-pt");
    fs::create_dir(&home).unwrap();
    for entry in fs::read_dir(models.join("en-pt")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, home.join(path.file_name().unwrap())).unwrap();
    }
    copy
}

#[tokio::test]
async fn placeholders_survive_and_the_model_is_named() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let engine = neural(&models);
    let texts = owned(&SENTENCES);
    let answer = ask(&engine, "pt-BR", &texts).await.unwrap();
    assert_eq!(answer.model.as_deref(), Some("enpt 2.0 sha256:d9687357"));
    for (source, candidate) in texts.iter().zip(answer.candidates) {
        let translation = candidate.unwrap().text;
        assert!(keeps_placeholders(source, &translation), "{source} -> {translation}");
        assert_ne!(*source, translation);
    }
}

#[tokio::test]
async fn what_it_shares_a_batch_with_does_not_matter() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let engine = neural(&models);
    engine.prepare(&locale("en"), &locale("pt")).await.unwrap();
    let texts = report();
    let since = Instant::now();
    let together = translations(&engine, "pt", &texts).await;
    eprintln!("{} texts in {:?}", texts.len(), since.elapsed());
    for (index, text) in texts.iter().enumerate().step_by(5) {
        assert_eq!(translations(&engine, "pt-BR", std::slice::from_ref(text)).await, together[index..=index]);
    }
}

#[tokio::test]
async fn a_long_sentence_is_translated_to_its_end() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let engine = neural(&models);
    let text = "On [PH1] a change to the load balancer in [PH2] was deployed by mistake, which caused requests from \
                customers in Europe to reach servers of [PH3] that had already been taken out of service, and because \
                the monitoring of those servers had been turned off as well, our engineers were not alerted until \
                [PH4], when the support team reported that agents could neither answer calls nor listen to voicemail; \
                after the change was rolled back at [PH5], the queue of delayed messages was processed within [PH6], \
                but some customers continued to see old data until the cache in [PH7] was cleared by hand.";
    let text = text.to_owned();
    let translation = translations(&engine, "pt", std::slice::from_ref(&text)).await.remove(0);
    assert!(keeps_placeholders(&text, &translation), "{translation}");
    assert!(translation.ends_with('.') && translation.matches(". ").count() == 0, "{translation}");
}

#[tokio::test]
async fn typographic_signs_pass_and_signs_that_it_lacks_are_named() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let texts = owned(&[
        "The “main” server didn’t answer — we restarted it…",
        "The server # failed.",
        "The server {x} failed.",
        "服务器 failed.",
        "",
        "[PH1] | [PH2]",
        "First line.\nSecond line.",
    ]);
    let answers = candidates(&neural(&models), "pt", &texts).await;
    let text = |index: usize| answers[index].as_ref().unwrap().text.as_str();
    let translated = text(0);
    assert!(translated.contains("servidor") && !translated.contains('⁇'), "{translated}");
    for (answer, sign) in answers[1..4].iter().zip(["`#`", "`{`", "`服`"]) {
        assert!(answer.as_ref().unwrap_err().contains(sign), "{answer:?}");
    }
    assert_eq!(text(4), "");
    assert_eq!(text(5), "[PH1] | [PH2]");
    assert_eq!(text(6).lines().count(), 2, "{}", text(6));
}

#[tokio::test]
async fn the_sources_signs_and_capitals_come_back() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    for (source, expected) in [
        ("The “main” server didn’t answer — we restarted it…", "“principal”"),
        ("The “main” server didn’t answer — we restarted it…", " — "),
        ("The “main” server didn’t answer — we restarted it…", "…"),
        ("INVESTIGATING", "INVESTIGANDO"),
        ("ALL SYSTEMS OPERATIONAL", "TODOS OS SISTEMAS OPERACIONAIS"),
        ("ROOT CAUSE OF [PH1]", "CAUSA"),
        ("DNS", "DNS"),
    ] {
        let translation = translations(&neural(&models), "pt", &owned(&[source])).await.remove(0);
        assert!(translation.contains(expected), "{source} -> {translation}");
        assert!(keeps_placeholders(source, &translation), "{translation}");
        assert_eq!(source == source.to_uppercase(), translation == translation.to_uppercase(), "{translation}");
        assert!(!translation.contains(['"', '(']) && !translation.contains(" - "), "{translation}");
    }
}

#[tokio::test]
async fn spans_are_found_in_the_translation() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let engine = neural(&models);
    let text = "First sentence. The “status page” of [PH1] shows the ERROR—and more. Last sentence.";
    let at = |words: &str| text.find(words).map(|start| start..start + words.len()).unwrap();
    let (en, pt, texts) = (locale("en"), locale("pt"), owned(&[text]));
    let plain = translations(&engine, "pt", &texts).await.remove(0);
    let spans = [vec![at("status page"), at("Last sentence.")]];
    let request = EngineRequest { spans: &spans, ..EngineRequest::new(&en, &pt, &texts) };
    let candidate = engine.translate(request).await.unwrap().candidates.remove(0).unwrap();
    assert_eq!(candidate.text, plain, "asking for places changes no text");
    let rendering = |words: &str| -> Vec<&str> {
        let within = |from: &std::ops::Range<usize>| at(words).start <= from.start && from.end <= at(words).end;
        let found = candidate.alignment.iter().filter(|(from, _)| within(from));
        found.map(|(_, to)| &candidate.text[to.clone()]).collect()
    };
    let page = rendering("status page");
    assert!(page.contains(&"página") && page.contains(&"status"), "{page:?} {candidate:?}");
    assert_eq!(rendering("[PH1]"), ["[PH1]"]);
    assert_eq!(rendering("First sentence.").len(), 1, "a sentence that no stretch begins or ends in is one");
    assert!(rendering("Last sentence.").concat().ends_with('.'));
}

#[tokio::test]
async fn a_word_longer_than_the_window_is_declined() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let texts = [format!("The word {} failed.", "xq7".repeat(200))];
    let answers = candidates(&neural(&models), "pt", &texts).await;
    assert!(answers[0].as_ref().unwrap_err().contains("window"), "{answers:?}");
}

#[tokio::test]
async fn many_at_once_and_some_given_up_leave_the_engine_in_order() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let engine = Arc::new(neural(&models));
    let texts = Arc::new(report());
    let expected = translations(&*engine, "pt", &texts).await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (engine, texts) = (Arc::clone(&engine), Arc::clone(&texts));
            tokio::spawn(async move { ask(&*engine, "pt", &texts).await })
        })
        .collect();
    tokio::task::yield_now().await;
    for task in &tasks[1..] {
        task.abort();
    }
    let answer = tasks.into_iter().next().unwrap().await.unwrap().unwrap();
    let translated: Vec<String> = answer.candidates.into_iter().map(|candidate| candidate.unwrap().text).collect();
    assert_eq!(translated, expected);
}

#[tokio::test]
async fn a_changed_file_is_never_loaded() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let copy = copied(&models);
    fs::write(copy.path().join("en-pt/vocab.enpt.spm"), "garbage").unwrap();
    let error = neural(copy.path()).prepare(&locale("en"), &locale("pt")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Broken);
    assert!(error.to_string().contains("vocab.enpt.spm") && error.hint.is_some(), "{error}");
}

#[tokio::test]
async fn without_a_manifest_garbage_is_refused_still() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let copy = copied(&models);
    fs::remove_file(copy.path().join("en-pt/manifest.json")).unwrap();
    let (en, pt) = (locale("en"), locale("pt"));
    let texts = owned(&["It works."]);
    let answer = neural(copy.path()).translate(EngineRequest::new(&en, &pt, &texts)).await.unwrap();
    assert_eq!(answer.model.as_deref(), Some("enpt sha256:d9687357"));

    let vocabulary = copy.path().join("en-pt/vocab.enpt.spm");
    let whole = fs::read(&vocabulary).unwrap();
    fs::write(&vocabulary, "garbage").unwrap();
    assert_eq!(neural(copy.path()).prepare(&en, &pt).await.unwrap_err().kind, ErrorKind::Broken);
    fs::write(&vocabulary, whole).unwrap();

    let model = copy.path().join("en-pt/model.enpt.intgemm.alphas.bin");
    let bytes = fs::read(&model).unwrap();
    fs::write(&model, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(neural(copy.path()).prepare(&en, &pt).await.unwrap_err().kind, ErrorKind::Broken);
}
