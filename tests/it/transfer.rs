//! A store that moves: everything in it comes out as a file, and goes from there into another one, whatever its kind;
//! and nothing of a damaged file is taken by half.

use std::sync::Arc;

use polypost::transfer::{Fate, StoreImport, StoreImportProblem, Tally, export, import};
use polypost_core::document::hex;
use polypost_core::id::VersionNumber;
use polypost_store::archive::{AnswerRow, Chunk, Restored};
use polypost_store::{
    self, ClaimFilter, Completion, FailedAttempt, Migrations, RetranslateFilter, RetranslateOptions, State, Store,
};
use sha2::{Digest as _, Sha256};

use polypost_test_support::Server;
use polypost_test_support::fixtures::{
    LEASE, at, entry, id, locale, only, partial, publication, rendition, revised, state, take,
};

/// One process more.
async fn open(server: &Server) -> Arc<dyn Store> {
    polypost_store::open(&server.url, Migrations::Apply).await.expect("opens")
}

async fn memory() -> Arc<dyn Store> {
    polypost_store::open("sqlite::memory:", Migrations::Apply).await.expect("opens")
}

async fn work(store: &dyn Store, name: &str, second: i64, whole: bool) {
    let filter = ClaimFilter { incidents: vec![id(name)], ..ClaimFilter::default() };
    while let Some(job) = store.claim(&filter, LEASE, at(second)).await.expect("claims") {
        let text = format!("{} {}", job.report.body, job.locale);
        let text = if whole { rendition(&text) } else { partial(&text) };
        let finished = store.finish(&job, &text, at(second)).await.expect("ends");
        assert!(matches!(finished, Completion::Stored(_)), "{finished:?}");
    }
}

async fn keep_answer(store: &dyn Store, key: &str, hash: &str, answer: &str) {
    let (key, request_hash, answer) = (key.to_owned(), hash.to_owned(), answer.to_owned());
    let row = AnswerRow { key, request_hash, answer, created_at: at(10) };
    let kept = store.restore(&Chunk::Answers(vec![row])).await.expect("keeps");
    assert_eq!(kept, [Restored::Added]);
}

/// Every state that a row can be in, several revisions and versions, a withdrawn incident, a memory with contexts.
async fn fill(store: &dyn Store) {
    for name in ["current", "failed", "held", "partial", "pending", "stale", "translating", "withdrawn"] {
        let text = publication(name, "one\nwith \"quotes\", \\ and ünïcödé \u{2028}", &["es", "it", "pt-BR"]);
        store.publish(&text, at(1)).await.expect("publishes");
    }
    for name in ["current", "held", "stale", "withdrawn"] {
        work(store, name, 2, true).await;
    }
    work(store, "partial", 3, false).await;
    for name in ["held", "stale", "translating"] {
        store.publish(&revised(name, "two", 4), at(4)).await.expect("publishes");
    }
    work(store, "held", 5, true).await;
    let first = VersionNumber(1);
    assert!(store.serve_version(&id("held"), &locale("es"), first, at(6)).await.expect("serves"));
    store.withdraw(&id("withdrawn"), at(7)).await.expect("withdraws");
    let options = RetranslateOptions { engine: Some("pseudo".to_owned()), force: true };
    let filter = RetranslateFilter { locales: vec![locale("it")], ..only("current") };
    assert_eq!(store.retranslate(&filter, &options, at(8)).await.expect("asks"), 1);
    let failing = ClaimFilter { incidents: vec![id("failed")], ..ClaimFilter::default() };
    let job = store.claim(&failing, LEASE, at(9)).await.expect("claims").expect("a row");
    store.fail(&job, &FailedAttempt::new("no engine (hint: none)", at(5000)), at(9)).await.expect("fails");
    let translating = ClaimFilter { incidents: vec![id("translating")], ..ClaimFilter::default() };
    store.claim(&translating, LEASE, at(9)).await.expect("claims").expect("a row");
    let elsewhere = polypost_store::MemoryEntry { context: Some("between".to_owned()), ..entry("k1", "otro") };
    store.remember(&[entry("k1", "uno"), elsewhere, entry("k2", "dos")], false).await.expect("remembers");
    for number in 0..3 {
        let (key, answer) = (format!("key{number}"), "{\"id\":\"current\"}");
        keep_answer(store, &key, "hash", answer).await;
    }
}

async fn exported(store: &dyn Store) -> String {
    let mut damages = Vec::new();
    let (exported, bytes) = export(store, Vec::new(), at(100), |damage| damages.push(damage)).await.expect("exports");
    assert_eq!((damages, exported.damaged), (Vec::new(), 0));
    String::from_utf8(bytes).expect("text")
}

async fn imported(store: &dyn Store, file: &[u8]) -> (StoreImport, Vec<StoreImportProblem>) {
    let (mut imported, mut problems) = (StoreImport::default(), Vec::new());
    import(store, file, &mut imported, |problem| problems.push(problem)).await.expect("imports");
    (imported, problems)
}

fn added(added: u64) -> Tally {
    Tally { added, ..Tally::default() }
}

/// Out of one store, into another, and the same comes out of that.
async fn exercise_moving(from: &dyn Store, to: &dyn Store) {
    fill(from).await;
    let file = exported(from).await;
    let mut changes = to.changes();
    let (outcome, problems) = imported(to, file.as_bytes()).await;
    assert_eq!(problems, []);
    assert_eq!((outcome.incidents, outcome.memory, outcome.answers), (added(8), added(3), added(3)));
    assert!(outcome.complete);
    assert!(changes.try_recv().expect("is told").incident.is_none(), "anything may have moved");
    assert_eq!(exported(to).await, file);
    to.check().await.expect("is in order");
    let (again, problems) = imported(to, file.as_bytes()).await;
    assert_eq!(problems, []);
    assert_eq!((again.incidents.known, again.memory.known, again.answers.known), (8, 3, 3));
    assert_eq!(exported(to).await, file);
}

/// What was under way or waiting is taken up; what was done or held stays as it is.
async fn exercise_going_on(to: &dyn Store) {
    for (name, wanted) in [
        ("current", State::Current),
        ("failed", State::Pending),
        ("held", State::Held),
        ("partial", State::Partial),
        ("pending", State::Pending),
        ("stale", State::Stale),
        ("translating", State::Pending),
    ] {
        assert_eq!(state(to, name, "es", 11).await, if name == "failed" { State::Failed } else { wanted }, "{name}");
    }
    assert!(to.incident(&id("withdrawn")).await.expect("reads").expect("is there").withdrawn_at.is_some());
    let mut taken = Vec::new();
    while let Some(job) = take(to, 11).await {
        to.finish(&job, &rendition("end"), at(11)).await.expect("ends");
        taken.push(format!(
            "{} {} {}{}",
            job.incident,
            job.locale,
            job.revision,
            if job.force { " force" } else { "" }
        ));
    }
    taken.sort();
    let translating = ["translating es 2", "translating it 2", "translating pt-BR 2"];
    let stale = ["stale es 2", "stale it 2", "stale pt-BR 2"];
    let pending = ["pending es 1", "pending it 1", "pending pt-BR 1"];
    let wanted: Vec<&str> = ["current it 1 force", "failed it 1", "failed pt-BR 1"]
        .into_iter()
        .chain(pending)
        .chain(stale)
        .chain(translating)
        .collect();
    assert_eq!(taken, wanted);
}

#[tokio::test]
async fn a_store_moves_from_a_file_to_another() {
    let (from, to) = (memory().await, memory().await);
    exercise_moving(&*from, &*to).await;
    exercise_going_on(&*to).await;
}

#[tokio::test]
async fn a_store_moves_to_a_server_and_back() {
    let Some(server) = Server::new() else { return };
    let (from, shared, back) = (memory().await, open(&server).await, memory().await);
    exercise_moving(&*from, &*shared).await;
    let file = exported(&*shared).await;
    assert_eq!(imported(&*back, file.as_bytes()).await.1, []);
    assert_eq!(exported(&*back).await, file);
    exercise_going_on(&*shared).await;
    exercise_going_on(&*back).await;
    shared.close().await;
}

/// One incident with everything, one with little, a text and an answer.
async fn small() -> Arc<dyn Store> {
    let store = memory().await;
    store.publish(&publication("a", "one", &["es", "it"]), at(1)).await.expect("publishes");
    work(&*store, "a", 2, true).await;
    store.publish(&publication("a", "two", &["es"]), at(3)).await.expect("publishes");
    work(&*store, "a", 4, false).await;
    store.publish(&publication("b", "one", &["es"]), at(5)).await.expect("publishes");
    store.remember(&[entry("k1", "uno")], false).await.expect("remembers");
    keep_answer(&*store, "key", "hash", "{}").await;
    store
}

/// An incident's lines, or a line of its own.
fn chunks(file: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    for line in file.lines().skip(1).filter(|line| !line.starts_with("{\"end\"")) {
        let belongs =
            ["revision", "translation", "version"].iter().any(|kind| line.starts_with(&format!("{{\"{kind}\"")));
        match chunks.last_mut().filter(|_| belongs) {
            Some(chunk) => chunk.extend(["\n", line]),
            None => chunks.push(line.to_owned()),
        }
    }
    chunks
}

/// What may become of a line, with the lines that a problem may be told at: those of the line and its surroundings.
fn damages(lines: &[&str], index: usize) -> Vec<(&'static str, Vec<u8>)> {
    let line = lines[index];
    let with = |changed: &[&[u8]]| {
        let before = lines[..index].iter().map(|line| line.as_bytes());
        let behind = lines[index + 1..].iter().map(|line| line.as_bytes());
        let all: Vec<&[u8]> = before.chain(changed.iter().copied()).chain(behind).collect();
        [all.join(&b'\n'), b"\n".to_vec()].concat()
    };
    let text = |change: String| with(&[change.as_bytes()]);
    let unreadable = [&line.as_bytes()[..line.len() / 2], b"\xff", &line.as_bytes()[line.len() / 2..]].concat();
    let document = line.replacen("\\\"title\\\":\\\"", "\\\"title\\\":\\\"X", 1);
    let mut damages = vec![
        ("lost", with(&[])),
        ("twice", with(&[line.as_bytes(), line.as_bytes()])),
        ("cut off", text(line.chars().take(line.chars().count() / 2).collect())),
        ("not text", with(&[&unreadable])),
        ("another line", text("{\"note\":\"hello\"}".to_owned())),
        ("one more field", text(line.replacen(":{", ":{\"colour\":\"red\",", 1))),
        ("another kind", text(line.replacen("{\"", "{\"x", 1))),
        ("everything behind it lost", [lines[..=index].join("\n").as_bytes(), b"\n"].concat()),
    ];
    for (name, from, to) in [
        ("another incident", "\"incident\":\"a\"", "\"incident\":\"b\""),
        ("another id", "\"id\":\"a\"", "\"id\":\"A\""),
        ("another number", "\"number\":1", "\"number\":7"),
        ("another type", "\"number\":1", "\"number\":\"1\""),
        ("no locale", "\"locale\":\"es\"", "\"locale\":\"?\""),
        ("no time", "\"created_at\":\"", "\"created_at\":\"x"),
    ] {
        if line.contains(from) {
            damages.push((name, text(line.replacen(from, to, 1))));
        }
    }
    if document != line {
        damages.push(("another document", text(document)));
    }
    // What is whole up to its end is not damaged.
    damages.retain(|(name, _)| !(index + 1 == lines.len() && *name == "everything behind it lost"));
    damages
}

#[tokio::test]
async fn every_damage_is_told_and_nothing_is_taken_by_half() {
    let file = exported(&*small().await).await;
    let whole = chunks(&file);
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!((lines.len(), whole.len()), (16, 4), "{file}");
    for index in 1..lines.len() {
        for (name, damaged) in damages(&lines, index) {
            let case = format!("line {}, {name}", index + 1);
            let to = memory().await;
            let (outcome, problems) = imported(&*to, &damaged).await;
            assert!(!problems.is_empty() && outcome.problems == problems.len() as u64, "{case}");
            // Told at the line itself, at that of its incident, or at the end, where it is missing.
            let count = damaged.split(|byte| *byte == b'\n').count() as u64;
            assert!(problems.iter().all(|problem| (1..=count).contains(&problem.line)), "{case}: {problems:?}");
            assert!(problems.iter().all(|problem| problem.fate == Fate::Refused), "{case}: {problems:?}");
            let is_at_its_line = problems.iter().any(|problem| problem.line == index as u64 + 1);
            let has_a_line = !["lost", "twice", "everything behind it lost"].contains(&name);
            let is_told_by_owner = name == "another number" || name == "another incident";
            assert!(is_at_its_line || !has_a_line || is_told_by_owner, "{case}: {problems:?}");
            let there = chunks(&exported(&*to).await);
            assert!(there.iter().all(|chunk| whole.contains(chunk)), "{case}: {problems:?}\n{there:#?}");
            assert!(
                there.len() + 1 >= whole.len() || name == "everything behind it lost",
                "{case}: the others are there"
            );
            to.check().await.expect("is in order");
            // The whole file brings the rest.
            assert_eq!(imported(&*to, file.as_bytes()).await.1, [], "{case}");
            assert_eq!(exported(&*to).await, file, "{case}");
        }
    }
}

#[tokio::test]
async fn what_is_no_export_changes_nothing() {
    let store = memory().await;
    let mut outcome = StoreImport::default();
    let newer = b"{\"polypost\":\"export\",\"format\":2,\"program\":\"9\"}\n{\"incident\":{}}\n";
    for bytes in [&b""[..], b"\n\n", b"<tmx/>", newer] {
        let error =
            import(&*store, bytes, &mut outcome, |problem| panic!("{problem:?}")).await.expect_err("is refused");
        assert!(error.to_string().contains("line 1"), "{error}");
    }
    assert_eq!(outcome, StoreImport::default());
}

#[tokio::test]
async fn what_the_store_has_already_stays() {
    let file = exported(&*small().await).await;
    let to = memory().await;
    to.publish(&publication("a", "something else", &["de"]), at(1)).await.expect("publishes");
    to.publish(&publication("b", "one", &["es"]), at(2)).await.expect("publishes");
    to.remember(&[entry("k1", "otro")], false).await.expect("remembers");
    keep_answer(&*to, "key", "another hash", "{}").await;
    let before = exported(&*to).await;
    let (outcome, problems) = imported(&*to, file.as_bytes()).await;
    let kept = Tally { kept: 1, ..Tally::default() };
    assert_eq!((outcome.incidents, outcome.memory, outcome.answers), (Tally { known: 1, ..kept }, kept, kept));
    assert_eq!((outcome.problems, problems.len()), (0, 1), "{problems:?}");
    assert_eq!((problems[0].line, problems[0].fate), (2, Fate::Kept));
    assert!(problems[0].message.contains("incident `a`"), "{problems:?}");
    assert_eq!(exported(&*to).await, before);
}

/// A text that one database takes and the other does not, in the midst of a batch.
#[tokio::test]
async fn what_a_database_refuses_is_told_and_the_rest_of_its_batch_is_stored() {
    let Some(server) = Server::new() else { return };
    let (from, to) = (memory().await, open(&server).await);
    // No entry of a PostgreSQL index has more than a third of a page, and hashes cannot be compressed.
    let hashes: Vec<String> = (0..125_u8).map(|number| hex(&Sha256::digest([number]))).collect();
    let long = hashes.concat();
    let texts = ["a", &long, "z"].map(|key| entry(key, "uno"));
    from.remember(&texts, false).await.expect("remembers");
    let (outcome, problems) = imported(&*to, exported(&*from).await.as_bytes()).await;
    assert_eq!(outcome.memory, Tally { added: 2, refused: 1, ..Tally::default() });
    assert!(matches!(problems.as_slice(), [problem] if problem.message.contains("index row")), "{problems:?}");
    to.close().await;
}

/// The export with another document in a line of this kind, and the checksum that belongs to it.
fn forged(file: &str, kind: &str, column: &str, change: impl Fn(&mut serde_json::Value)) -> (u64, String) {
    let mut number = 0;
    let mut lines: Vec<String> = Vec::new();
    for (index, line) in file.lines().enumerate() {
        if number == 0 && line.starts_with(&format!("{{\"{kind}\"")) {
            number = index as u64 + 1;
            let mut row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = row[kind][column].as_str().expect("a document").to_owned();
            let mut document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            change(&mut document);
            let text = document.to_string();
            let checksum = if column == "rendition" { "checksum".to_owned() } else { format!("{column}_checksum") };
            row[kind][checksum] = hex(&Sha256::digest(text.as_bytes())).into();
            if kind == "version" {
                row[kind]["title"] = document["title"].clone();
            } else if column == "report" {
                // What lists show of the incident goes with it.
                let before = lines.last_mut().expect("the incident's line");
                let mut incident: serde_json::Value = serde_json::from_str(before).expect("JSON");
                for field in ["url", "status", "impact"] {
                    incident["incident"][field] = document[field].clone();
                }
                *before = incident.to_string();
            }
            row[kind][column] = text.into();
            lines.push(row.to_string());
        } else {
            lines.push(line.to_owned());
        }
    }
    (number, lines.join("\n") + "\n")
}

/// Checksums are right, and nothing that could harm a reader comes in.
#[tokio::test]
async fn what_a_hostile_export_brings_is_refused_with_its_line_and_stored_nowhere() {
    let from = memory().await;
    from.publish(&publication("a", "one", &["es"]), at(1)).await.expect("publishes");
    work(&*from, "a", 2, true).await;
    let file = exported(&*from).await;
    let html = |html: &'static str| move |document: &mut serde_json::Value| document["body"]["html"] = html.into();
    let hostile = [
        "<p>one</p><script>alert(1)</script>",
        "<p onclick=\"alert(1)\">one</p>",
        "<p><a href=\"javascript:alert(1)\">one</a></p>",
        "<p><a href=\"https://a.example\">no rel</a></p>",
        "<img src=\"data:image/svg+xml,x\">",
        "<section class=\"banner\"><p>one</p></section>",
        "<p>one",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<p>one</p></main><iframe src=\"https://evil.example\"></iframe>",
        "<p>one \u{0}</p>",
    ];
    let mut cases = Vec::new();
    for text in hostile {
        cases.push((text, forged(&file, "version", "rendition", html(text))));
        cases.push((text, forged(&file, "revision", "source", html(text))));
    }
    let field =
        |name: &'static str, value: &'static str| move |document: &mut serde_json::Value| document[name] = value.into();
    for (name, value) in [
        ("url", "javascript:alert(1)"),
        ("url", "https://user:hunter2@a.example/"),
        ("status", "resolved\nhint: pay"),
        ("impact", "\u{202e}rojam"),
        ("url", "https://a.example/\u{202e}a"),
        ("body", "one \u{0}"),
    ] {
        cases.push((value, forged(&file, "revision", "report", field(name, value))));
    }
    for text in ["[x](javascript:alert(1))", "<script>alert(1)</script>", "[clic](https://evil.example/login)"] {
        let markdown = move |document: &mut serde_json::Value| document["body"]["markdown"] = text.into();
        cases.push((text, forged(&file, "version", "rendition", markdown)));
    }
    cases.push(("title", forged(&file, "version", "rendition", field("title", "T\u{1b}[31m"))));
    cases.push(("title", forged(&file, "version", "rendition", field("title", "T \u{202e}cod.exe"))));
    for (what, (line, text)) in cases {
        let to = memory().await;
        let (outcome, problems) = imported(&*to, text.as_bytes()).await;
        assert_eq!((outcome.incidents.added, outcome.incidents.refused), (0, 1), "{what}: {problems:?}");
        let told = problems.iter().find(|problem| problem.line == line && problem.fate == Fate::Refused);
        assert!(told.is_some_and(|problem| problem.message.starts_with("incident `a`: `")), "{what}: {problems:?}");
        assert!(to.incident(&id("a")).await.expect("reads").is_none(), "{what}");
    }
    let updates = "<p>one</p>\n\n<section class=\"update\">\n<h2><time datetime=\"2024-07-05T13:52:00Z\">13:52</time> · \
                   Resuelto</h2>\n<p>dos</p>\n</section>";
    let (_, sound) = forged(&file, "version", "rendition", html(updates));
    let (outcome, problems) = imported(&*memory().await, sound.as_bytes()).await;
    assert_eq!((outcome.incidents.added, problems), (1, Vec::new()));
}
