//! Fetching models from a publisher on this machine: whole, cut, wrong, and not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use polypost_engines::neural::Neural;
use polypost_engines::{Engine, EngineDependencies, ErrorKind};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha2::{Digest, Sha256};

use super::{ask, defaults, locale, owned};
use polypost_test_service::{self, stub};

/// A file as it is published.
#[derive(Clone)]
struct Published {
    name: String,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

fn published(name: &str, plain: &[u8]) -> Published {
    let packed = compress_to_vec(plain, CompressionLevel::Uncompressed);
    Published { name: name.to_owned(), plain: plain.to_owned(), packed }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn records(files: &[Published], target: &str, version: &str) -> String {
    let data: Vec<serde_json::Value> = files
        .iter()
        .map(|file| {
            serde_json::json!({
                "name": file.name, "version": version, "fileType": file.name.split('.').next(), "architecture": "tiny",
                "sourceLanguage": "en", "targetLanguage": target, "decompressedHash": sha256(&file.plain),
                "attachment": { "hash": sha256(&file.packed), "size": file.packed.len(),
                    "location": format!("main/{}.zst", file.name), "mimetype": "application/zstd" },
            })
        })
        .collect();
    serde_json::json!({ "data": data }).to_string()
}

type Log = Arc<Mutex<Vec<String>>>;

/// A publisher of these files; `spoil` may answer in its place. What was asked for is logged with its range.
async fn publisher(
    files: Vec<Published>,
    target: &'static str,
    spoil: impl Fn(&stub::StubRequest, &[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> (String, Log) {
    let log = Log::default();
    let asked_for = Arc::clone(&log);
    let url = stub::serve(move |asked| {
        let range = asked.header("range").unwrap_or_default();
        asked_for.lock().unwrap().push(format!("{} {range}", asked.path()).trim().to_owned());
        if asked.path() == "/records" {
            let list = records(&files, target, "3.0");
            return Some(spoil(asked, list.as_bytes()).unwrap_or_else(|| stub::ok(list)));
        }
        let file = files.iter().find(|file| asked.path() == format!("/files/main/{}.zst", file.name));
        let Some(file) = file else { return Some(stub::answer("404 Not Found", "", "")) };
        if let Some(answer) = spoil(asked, &file.packed) {
            return Some(answer);
        }
        let from: Option<usize> = range.strip_prefix("bytes=").and_then(|range| range.strip_suffix('-')?.parse().ok());
        Some(match from {
            Some(from) => {
                let total = file.packed.len();
                let header = format!("content-range: bytes {from}-{}/{total}\r\n", total - 1);
                stub::answer("206 Partial Content", &header, &file.packed[from..])
            }
            None => stub::ok(&file.packed),
        })
    })
    .await;
    (url, log)
}

fn settings(directory: &Path, url: &str) -> polypost_engines::registry::NeuralSettings {
    let mut settings = defaults().neural;
    directory.clone_into(&mut settings.directory);
    settings.records_url = format!("{url}/records");
    settings.files_url = format!("{url}/files/");
    settings.fetch = true;
    settings
}

fn small() -> Vec<Published> {
    let model: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    vec![published("model.enes.bin", &model), published("vocab.enes.spm", b"vocabulary")]
}

/// The first half of an answer that promises the whole.
fn half(bytes: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", bytes.len());
    [head.as_bytes(), &bytes[..bytes.len() / 2]].concat()
}

type Spoil = fn(&stub::StubRequest, &[u8]) -> Option<Vec<u8>>;

/// A mirror may want a password, which stands in its address.
#[tokio::test]
async fn a_password_in_an_address_is_sent_and_neither_told_nor_written_down() {
    const SECRET: &str = "hunter2";
    let basic = format!("Basic {}", STANDARD.encode(format!("operator:{SECRET}")));
    let half_of_it = |asked: &stub::StubRequest, bytes: &[u8]| (asked.path() != "/records").then(|| half(bytes));
    let page = |_: &stub::StubRequest, _: &[u8]| Some(stub::ok("<html>"));
    let refused = |_: &stub::StubRequest, _: &[u8]| Some(stub::answer("403 Forbidden", "", ""));
    let other =
        |asked: &stub::StubRequest, bytes: &[u8]| (asked.path() != "/records").then(|| stub::ok(vec![0; bytes.len()]));
    let ways: [Option<Spoil>; 5] = [Some(half_of_it), Some(page), Some(refused), Some(other), None];
    for way in ways {
        let mut url = "http://127.0.0.1:1".to_owned();
        if let Some(spoil) = way {
            let wanted = basic.clone();
            let spoiled = move |asked: &stub::StubRequest, bytes: &[u8]| {
                assert_eq!(asked.header("authorization"), Some(wanted.as_str()));
                spoil(asked, bytes)
            };
            (url, _) = publisher(small(), "es", spoiled).await;
        }
        let url = url.replace("://", &format!("://operator:{SECRET}@"));
        let directory = tempfile::tempdir().unwrap();
        let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
        let error = engine.prepare(&locale("en"), &locale("es")).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("127.0.0.1") && !told.contains(SECRET) && !told.contains("operator"), "{told}");
        let files: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().path()).collect();
        let noted: Vec<String> = files
            .into_iter()
            .filter(|path| path.to_string_lossy().ends_with(".failure.json"))
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        assert!(noted.len() == 1 && noted[0].contains("127.0.0.1") && !noted[0].contains(SECRET), "{noted:?}");
    }
}

#[tokio::test]
async fn a_model_is_fetched_at_first_use_and_then_needs_no_publisher() {
    let Some(models) = polypost_test_service::neural::models() else { return };
    let file = |name: &str| published(name, &fs::read(models.join("en-pt").join(name)).unwrap());
    let files = ["model.enpt.intgemm.alphas.bin", "vocab.enpt.spm", "lex.50.50.enpt.s2t.bin"].map(file).to_vec();
    let (url, log) = publisher(files, "pt", |_, _| None).await;
    let directory = tempfile::tempdir().unwrap();
    let texts = owned(&["The incident has been resolved."]);

    let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
    assert!(engine.check(&locale("en"), &locale("pt-BR")).await.is_err(), "a check fetches nothing");
    assert!(log.lock().unwrap().is_empty());
    let online = ask(&engine, "pt-BR", &texts).await.unwrap();
    assert_eq!(online.model.as_deref(), Some("enpt 3.0 sha256:d9687357"));
    assert_eq!(log.lock().unwrap().len(), 4);
    engine.check(&locale("en"), &locale("pt-BR")).await.unwrap();

    let offline =
        Neural::new(&settings(directory.path(), &stub::nobody().await), &EngineDependencies::default()).unwrap();
    let offline = ask(&offline, "pt-BR", &texts).await.unwrap();
    assert_eq!(offline.candidates, online.candidates);
    let left: Vec<PathBuf> = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| !path.to_string_lossy().contains("partial")), "{left:?}");
}

#[tokio::test]
async fn a_transfer_that_broke_off_is_taken_up_where_it_was() {
    let (url, log) = publisher(small(), "es", |asked, bytes| {
        (asked.path().contains("model") && asked.header("range").is_none()).then(|| half(bytes))
    })
    .await;
    let directory = tempfile::tempdir().unwrap();
    let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
    let seen = Mutex::new(Vec::new());
    let progress = |progress: &polypost_engines::neural::DownloadProgress| {
        if progress.file.starts_with("model") {
            assert!(progress.bytes <= progress.size);
            seen.lock().unwrap().push(progress.bytes);
        }
    };
    let pulled = engine.pull(&locale("en"), &locale("es-419"), &progress).await.unwrap();
    assert!(pulled.fetched && pulled.model.starts_with("enes 3.0 sha256:"), "{pulled:?}");
    let model = small().remove(0);
    assert_eq!(fs::read(pulled.directory.join("model.enes.bin")).unwrap(), model.plain);
    let asked = log.lock().unwrap().clone();
    let range = format!("/files/main/model.enes.bin.zst bytes={}-", model.packed.len() / 2);
    assert!(asked.contains(&range), "{asked:?}");
    let seen = seen.into_inner().unwrap();
    assert!(seen.is_sorted() && seen.last() == Some(&(model.packed.len() as u64)), "{seen:?}");

    let again = engine.pull(&locale("en"), &locale("es"), &|_| {}).await.unwrap();
    assert!(!again.fetched);
}

#[tokio::test]
async fn the_rest_of_an_interrupted_process_is_used_and_a_wrong_rest_thrown_away() {
    for (rest, expected) in [(true, "bytes="), (false, "main/model.enes.bin.zst")] {
        let (url, log) = publisher(small(), "es", |_, _| None).await;
        let directory = tempfile::tempdir().unwrap();
        let staging = directory.path().join(".en-es.partial");
        fs::create_dir(&staging).unwrap();
        let packed = small().remove(0).packed;
        let before = if rest { packed[..1000].to_vec() } else { vec![7; 1000] };
        fs::write(staging.join("model.enes.bin.zst"), before).unwrap();
        let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
        let pulled = engine.pull(&locale("en"), &locale("es"), &|_| {}).await.unwrap();
        assert_eq!(fs::read(pulled.directory.join("model.enes.bin")).unwrap(), small().remove(0).plain);
        let asked: Vec<String> = log.lock().unwrap().iter().filter(|path| path.contains("model")).cloned().collect();
        assert!(asked.last().unwrap().contains(expected), "{asked:?}");
        assert_eq!(asked.len(), if rest { 1 } else { 2 });
    }
}

#[tokio::test]
async fn a_wrong_file_is_refused_and_nothing_is_left_to_load() {
    let (url, _) = publisher(small(), "es", |asked, bytes| {
        asked.path().contains("vocab").then(|| stub::ok(vec![b'x'; bytes.len()]))
    })
    .await;
    let directory = tempfile::tempdir().unwrap();
    let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
    let error = engine.pull(&locale("en"), &locale("es"), &|_| {}).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Broken);
    assert!(error.to_string().contains("vocab.enes.spm.zst") && error.to_string().contains("SHA-256"), "{error}");
    assert!(!directory.path().join("en-es").exists());
}

#[tokio::test]
async fn a_publisher_that_answers_wrongly_is_an_error_of_the_right_kind() {
    for (what, answer, kind, words) in [
        ("a page", stub::ok("<html>"), ErrorKind::Broken, "not a list of models"),
        ("404", stub::answer("404 Not Found", "", ""), ErrorKind::Broken, "404"),
        ("503", stub::answer("503 Busy", "", ""), ErrorKind::Transient { after: None }, "503"),
        ("half", half(&[b' '; 100]), ErrorKind::Transient { after: None }, "broke off"),
        ("an empty list", stub::ok(r#"{"data":[]}"#), ErrorKind::Rejected, "has none"),
    ] {
        let (url, _) =
            publisher(small(), "es", move |asked, _| (asked.path() == "/records").then(|| answer.clone())).await;
        let directory = tempfile::tempdir().unwrap();
        let engine = Neural::new(&settings(directory.path(), &url), &EngineDependencies::default()).unwrap();
        let error = engine.pull(&locale("en"), &locale("es"), &|_| {}).await.unwrap_err();
        assert_eq!(error.kind, kind, "{what}: {error}");
        assert!(error.to_string().contains(words), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_failure_is_remembered_here_and_by_the_next_process_and_pull_tries_all_the_same() {
    let (url, log) = publisher(small(), "es", |_, _| Some(stub::answer("503 Busy", "", ""))).await;
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path(), &url);
    let (en, es) = (locale("en"), locale("es"));
    let engine = Neural::new(&settings, &EngineDependencies::default()).unwrap();
    for _ in 0..3 {
        let error = engine.prepare(&en, &es).await.unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Transient { .. }), "{error}");
        assert!(error.hint.unwrap().contains("polypost engines pull es"));
    }
    let next = Neural::new(&settings, &EngineDependencies::default()).unwrap();
    let error = next.prepare(&en, &es).await.unwrap_err();
    assert!(error.kind == ErrorKind::Transient { after: None } && error.to_string().contains("503"), "{error}");
    assert_eq!(log.lock().unwrap().len(), 1, "one question for all of them");

    assert!(next.pull(&en, &es, &|_| {}).await.is_err());
    assert_eq!(log.lock().unwrap().len(), 2);
    let forgetful = polypost_engines::registry::NeuralSettings { failure_memory_minutes: 0, ..settings };
    assert!(Neural::new(&forgetful, &EngineDependencies::default()).unwrap().prepare(&en, &es).await.is_err());
    assert_eq!(log.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_publisher_that_is_not_there_is_asked_once_for_all_locales_and_processes() {
    let (url, log) = publisher(small(), "es", |_, _| Some(stub::answer("503 Busy", "", ""))).await;
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path(), &url);
    let (en, es, it, fr) = (locale("en"), locale("es"), locale("it"), locale("fr"));
    let engine = Neural::new(&settings, &EngineDependencies::default()).unwrap();
    let (first, second) = tokio::join!(engine.prepare(&en, &es), engine.prepare(&en, &it));
    let next = Neural::new(&settings, &EngineDependencies::default()).unwrap().prepare(&en, &fr).await;
    for (outcome, target) in [(first, "es"), (second, "it"), (next, "fr")] {
        let error = outcome.unwrap_err();
        assert!(error.message.ends_with(" 503 Service Unavailable; not tried again for 10 minutes"), "{error}");
        let hint = error.hint.as_deref().unwrap();
        let ways = [&format!("engines pull {target}`"), "mirror", "engines.neural.directory"];
        assert!(ways.iter().all(|way| hint.contains(way)) && !error.to_string().contains('\n'), "{error}");
    }
    assert_eq!(log.lock().unwrap().len(), 1);

    // Another address is another matter.
    let (url, log) = publisher(small(), "es", |_, _| None).await;
    let moved = polypost_engines::registry::NeuralSettings {
        records_url: format!("{url}/records"),
        files_url: format!("{url}/files"),
        ..settings
    };
    let error = Neural::new(&moved, &EngineDependencies::default()).unwrap().prepare(&en, &fr).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected, "{error}");
    Neural::new(&moved, &EngineDependencies::default()).unwrap().pull(&en, &es, &|_| {}).await.unwrap();
    assert!(log.lock().unwrap().len() > 2);
}

#[tokio::test]
async fn files_that_cannot_be_reached_hold_for_all_locales_and_a_wrong_file_for_its_own() {
    let (en, es, it) = (locale("en"), locale("es"), locale("it"));
    for (reachable, lists) in [(false, 1), (true, 2)] {
        let (url, log) = publisher(small(), "es", |asked, bytes| {
            asked.path().contains("model").then(|| stub::ok(vec![b'x'; bytes.len()]))
        })
        .await;
        let directory = tempfile::tempdir().unwrap();
        let mut settings = settings(directory.path(), &url);
        if !reachable {
            settings.files_url = stub::nobody().await;
        }
        let engine = Neural::new(&settings, &EngineDependencies::default()).unwrap();
        assert!(engine.prepare(&en, &es).await.is_err());
        let error = engine.prepare(&en, &it).await.unwrap_err();
        let words = if reachable { "has none" } else { "cannot be reached" };
        assert!(error.to_string().contains(words), "{error}");
        let asked = log.lock().unwrap();
        assert_eq!(asked.iter().filter(|path| *path == "/records").count(), lists, "{asked:?}");
    }
}

#[tokio::test]
async fn without_fetching_and_without_anybody_there_it_says_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let nobody = settings(directory.path(), &stub::nobody().await);
    let error = Neural::new(&nobody, &EngineDependencies::default())
        .unwrap()
        .prepare(&locale("en"), &locale("es"))
        .await
        .unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Transient { .. }), "{error}");
    let host = nobody.records_url.trim_start_matches("http://").trim_end_matches("/records").to_owned();
    assert!(error.to_string().contains(&format!("`{host}` cannot be reached: ")), "{error}");

    let off = polypost_engines::registry::NeuralSettings { fetch: false, ..nobody };
    let error = Neural::new(&off, &EngineDependencies::default())
        .unwrap()
        .prepare(&locale("en"), &locale("it"))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Broken);
    let hint = error.hint.unwrap();
    assert!(hint.contains("engines pull it") && hint.contains("records_url") && hint.contains("en-it"), "{hint}");
}
