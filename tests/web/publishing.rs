//! What publishers send and what they are told.

use futures_util::future::join_all;
use jiff::SignedDuration;
use polypost::web;
use polypost_core::clock::Clock as _;
use polypost_store::{ClaimFilter, StoreError};
use serde_json::{Value, json};

use crate::test_server::{Answer, TestServer, spanish};

const JSON: (&str, &str) = ("content-type", "application/json");

pub(crate) fn report() -> Value {
    json!({
        "id": "2024-07-05-call-recordings",
        "url": "https://status.example.com/incidents/4711",
        "title": "Call recordings unavailable",
        "status": "resolved", "impact": "major", "components": ["Talk"],
        "source_locale": "en", "revised_at": "2024-07-05T13:52:00Z",
        "format": "markdown", "body": "## Summary\n\nRecordings were unavailable for 30 minutes.",
        "locales": ["es", "it"]
    })
}

async fn publish(server: &TestServer, report: &Value) -> Answer {
    server.post("/v1/incidents", &[JSON], &report.to_string()).await
}

#[tokio::test]
async fn new_same_and_revised_reports_are_told_apart() {
    let server = TestServer::new().await;
    let created = publish(&server, &report()).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.header("location"), "/v1/incidents/2024-07-05-call-recordings");
    assert_eq!(created.json()["id"], "2024-07-05-call-recordings");
    assert_eq!(created.json()["revision"], 1);
    assert_eq!(created.json()["locales"], json!(["es", "it"]));
    assert!(created.json()["findings"].is_array());
    let same = publish(&server, &report()).await;
    assert_eq!((same.status.as_u16(), &same.json()["revision"]), (200, &json!(1)));
    let mut revised = report();
    revised["body"] = json!("## Summary\n\nRecordings were unavailable for 31 minutes.");
    revised["revised_at"] = json!("2024-07-05T14:52:00Z");
    let second = publish(&server, &revised).await;
    assert_eq!((second.status.as_u16(), &second.json()["revision"]), (202, &json!(2)));
    let read = server.get("/v1/incidents/2024-07-05-call-recordings", &[]).await.json();
    assert!(read["incident"]["body"]["text"].as_str().expect("a text").contains("31"), "{read}");
}

#[tokio::test]
async fn a_source_that_contradicts_itself_is_accepted_and_reported() {
    let server = TestServer::new().await;
    let mut slips = report();
    slips["body"] = json!(
        "July 5, 2024 13:52 UTC\n\nJuly 5, 2023 14:10 UTC\n\nJuly 5, 2024 14:20 UTC\n\nFixed on Tuesday, July 5, 2024."
    );
    let created = publish(&server, &slips).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let read = server.get("/v1/incidents/2024-07-05-call-recordings", &[]).await.json();
    for findings in [&created.json()["findings"], &read["incident"]["translation"]["findings"]] {
        let checks: Vec<&Value> = findings.as_array().expect("findings").iter().map(|found| &found["check"]).collect();
        assert_eq!(checks, ["year-differs", "weekday-disagrees"]);
        assert!(findings[0]["segment"].is_string(), "{findings}");
    }
    let text = read["incident"]["body"]["text"].as_str().expect("a text");
    assert!(text.contains("July 5, 2023 14:10 UTC"), "{text}");
}

#[tokio::test]
async fn a_text_that_arrives_late_changes_nothing() {
    let server = TestServer::new().await;
    publish(&server, &report()).await;
    let mut older = report();
    older["title"] = json!("Older");
    older["revised_at"] = json!("2024-07-05T12:00:00Z");
    let (status, problem) = publish(&server, &older).await.problem();
    assert_eq!(status, 409);
    assert_eq!(problem["stored_revision"], 1);
    let read = server.get("/v1/incidents/2024-07-05-call-recordings", &[]).await.json();
    assert_eq!(read["incident"]["title"], "Call recordings unavailable");
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let server = TestServer::new().await;
    let wrong = json!({ "id": "Not An Id", "format": "pdf", "revised_at": "yesterday", "locales": ["../x"] });
    let (status, problem) = publish(&server, &wrong).await.problem();
    assert_eq!(status, 422);
    let errors = problem["errors"].as_array().expect("errors");
    for field in ["id", "title", "format", "revised_at", "locales"] {
        let named = |error: &Value| error["field"].as_str().is_some_and(|name| name.starts_with(field));
        assert!(errors.iter().any(named), "{field}: {problem}");
    }
}

#[tokio::test]
async fn a_locale_without_texts_is_refused_and_nothing_is_stored() {
    let server = TestServer::new().await;
    let mut wanted = report();
    wanted["locales"] = json!(["es", "de", "en-GB", "es-MX"]);
    let (status, problem) = publish(&server, &wanted).await.problem();
    assert_eq!(status, 422);
    let errors = problem["errors"].as_array().expect("a list");
    assert_eq!(errors.len(), 2, "{problem}");
    for (error, tag) in errors.iter().zip(["de", "en-GB"]) {
        assert_eq!(error["field"], "locales");
        let message = error["message"].as_str().expect("a text");
        assert!(message.starts_with(&format!("`{tag}` is no target yet: there are no texts in `{tag}`")), "{message}");
    }
    wanted["locales"] = json!(["es-MX"]);
    assert_eq!(publish(&server, &wanted).await.status, 201, "it is new");
}

#[tokio::test]
async fn bodies_that_are_no_json_are_not_read() {
    let server = TestServer::new().await;
    let body = report().to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"] {
        let answer = server.post("/v1/incidents", &[("content-type", kind)], &body).await;
        assert_eq!(answer.problem().0, 415, "{kind}");
    }
    assert_eq!(server.post("/v1/incidents", &[], &body).await.problem().0, 415);
    let packed = server.post("/v1/incidents", &[JSON, ("content-encoding", "gzip")], &body).await;
    assert_eq!(packed.problem().0, 415);
    let deep = "[".repeat(100_000);
    for broken in ["", "{", "nonsense", "{\"title\":\"\\ud800\"}", deep.as_str()] {
        let status = server.post("/v1/incidents", &[JSON], broken).await.problem().0;
        assert!(status == 400 || status == 422, "{status}");
    }
    let kind = ("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(server.post("/v1/incidents", &[kind], &body).await.status, 201);
}

#[tokio::test]
async fn what_is_too_large_is_refused_announced_or_not() {
    let server = TestServer::with(|config| config.server.body_limit_bytes = 2048).await;
    let mut large = report();
    large["body"] = json!("x".repeat(4096));
    assert_eq!(publish(&server, &large).await.problem().0, 413);
    let announced = server.post("/v1/incidents", &[JSON, ("content-length", "99999999999")], "{}").await;
    assert_eq!(announced.problem().0, 413);
    assert_eq!(publish(&server, &report()).await.status, 201);
}

#[tokio::test]
async fn a_repeated_key_gets_the_first_answer_again() {
    let server = TestServer::new().await;
    let body = report().to_string();
    let keyed = [JSON, ("idempotency-key", "k-1")];
    let first = server.post("/v1/incidents", &keyed, &body).await;
    let again = server.post("/v1/incidents", &keyed, &body).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!((first.body, first.headers.get("location")), (again.body, again.headers.get("location")));
    let mut other = report();
    other["title"] = json!("Another title");
    assert_eq!(server.post("/v1/incidents", &keyed, &other.to_string()).await.problem().0, 422);
    let long = "k".repeat(256);
    for wrong in ["", long.as_str()] {
        let answer = server.post("/v1/incidents", &[JSON, ("idempotency-key", wrong)], &body).await;
        assert_eq!(answer.problem().0, 400, "{wrong}");
    }
}

/// However many come at once, all get the answer of the one that was published.
#[tokio::test]
async fn a_key_sent_many_times_at_once_gets_one_answer() {
    let server = TestServer::new().await;
    let (body, keyed) = (report().to_string(), [JSON, ("idempotency-key", "k-1")]);
    let answers = join_all((0..8).map(|_| server.post("/v1/incidents", &keyed, &body))).await;
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), &answer.body), (201, &answers[0].body), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_refused_report_leaves_its_key_free() {
    let server = TestServer::new().await;
    let keyed = [JSON, ("idempotency-key", "k-1")];
    assert_eq!(server.post("/v1/incidents", &keyed, "{}").await.problem().0, 422);
    assert_eq!(server.post("/v1/incidents", &keyed, &report().to_string()).await.status, 201);
}

#[tokio::test]
async fn a_withdrawn_incident_stays_withdrawn_for_readers_and_may_be_withdrawn_again() {
    let server = TestServer::new().await;
    publish(&server, &report()).await;
    let path = "/v1/incidents/2024-07-05-call-recordings";
    assert_eq!(server.delete(path).await.status, 204);
    assert_eq!(server.delete(path).await.status, 204);
    assert_eq!(server.get(path, &[]).await.problem().0, 410);
    assert_eq!(server.delete("/v1/incidents/none").await.problem().0, 404);
}

#[tokio::test]
async fn new_translations_can_be_asked_for() {
    let server = TestServer::with_spanish("calls").await;
    let path = "/v1/incidents/calls/retranslate";
    let mut changes = server.store.changes();
    let asked = server.post(path, &[JSON], r#"{"locales":["es"],"force":true}"#).await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    assert_eq!(asked.json()["locales"], json!(["es"]));
    assert!(changes.recv().await.expect("a change").work);
    server.translate("calls", "es", spanish()).await;
    let history = server.get("/v1/incidents/calls/versions?locale=es", &[]).await.json();
    assert_eq!(history["versions"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.post(path, &[], "").await.status, 202, "everything may be left out");
    assert_eq!(server.post(path, &[JSON], "{}").await.status, 202);
    let (status, problem) = server.post(path, &[JSON], r#"{"locales":["fr","??"],"engine":"magic"}"#).await.problem();
    assert_eq!(status, 422);
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3), "{problem}");
    let (status, problem) = server.post(path, &[JSON], r#"{"engine":"neural>pt>libretranslate"}"#).await.problem();
    assert_eq!(status, 422);
    assert_eq!(
        problem["errors"][0],
        json!({ "field": "engine", "message": "`neural>pt>libretranslate` cannot serve: `engines.libretranslate.url` is empty" })
    );
    assert_eq!(server.post(path, &[JSON], r#"{"local":["es"]}"#).await.problem().0, 422);
    assert_eq!(server.post(path, &[JSON], "{").await.problem().0, 400);
    assert_eq!(server.post(path, &[("content-type", "text/plain")], "{}").await.problem().0, 415);
    assert_eq!(server.post("/v1/incidents/none/retranslate", &[], "").await.problem().0, 404);
}

#[tokio::test]
async fn a_locale_that_cannot_be_is_named_beside_other_problems() {
    let server = TestServer::new().await;
    let wrong = json!({ "title": "T", "body": "b", "locales": ["es", "fr"], "status": 4, "foo": 1 });
    let (status, problem) = server.post("/v1/incidents", &[JSON], &wrong.to_string()).await.problem();
    let fields: Vec<&str> =
        problem["errors"].as_array().expect("errors").iter().filter_map(|it| it["field"].as_str()).collect();
    assert_eq!((status, fields), (422, vec!["foo", "status", "locales"]), "{problem}");
}

#[tokio::test]
async fn publishing_rings_the_worker() {
    let server = TestServer::new().await;
    let mut changes = server.store.changes();
    assert_eq!(publish(&server, &report()).await.status, 201);
    assert!(changes.recv().await.expect("a change").work);
}

#[tokio::test]
async fn a_full_disk_is_told_from_a_store_that_does_not_answer() {
    use sqlx::{Connection as _, SqliteConnection};

    let mut full = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
    sqlx::raw_sql("pragma max_page_count = 2; create table t (x)").execute(&mut full).await.expect("a table");
    let insert = sqlx::raw_sql("insert into t select zeroblob(100000)").execute(&mut full).await;
    let status = |error: sqlx::Error| web::ProblemDocument::from(StoreError::from(error)).status().as_u16();
    assert_eq!(status(insert.expect_err("there is no space")), 507);
    assert_eq!(status(sqlx::Error::PoolTimedOut), 503);
    assert_eq!(status(sqlx::Error::RowNotFound), 500);

    let server = TestServer::new().await;
    server.store.close().await;
    let answer = publish(&server, &report()).await;
    assert_eq!(answer.problem().0, 503);
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn while_too_much_waits_reports_that_have_time_are_put_off() {
    let server = TestServer::with(|config| config.publish.backlog = 3).await;
    let named = |name: usize, status: &str| {
        let mut report = report();
        report["id"] = json!(format!("incident-{name}"));
        report["status"] = json!(status);
        report
    };
    let begun = std::time::Instant::now();
    let mut accepted = 0;
    let refused = loop {
        let answer = publish(&server, &named(accepted, "resolved")).await;
        if answer.status != 201 {
            break answer;
        }
        accepted += 1;
        assert!(begun.elapsed().as_secs() < 60, "{accepted} reports are waited for, two locales each");
    };
    assert_eq!(refused.problem().0, 429);
    assert!((60..=90).contains(&refused.header("retry-after").parse().expect("seconds")));
    assert!(accepted >= 2, "{accepted}");
    assert_eq!(publish(&server, &named(accepted, "investigating")).await.status, 201);
    let (every, lease) = (ClaimFilter::default(), SignedDuration::from_mins(1));
    while let Some(job) = server.store.claim(&every, lease, server.clock.now()).await.expect("claims") {
        server.store.finish(&job, &spanish(), server.clock.now()).await.expect("finishes");
    }
    let begun = std::time::Instant::now();
    while publish(&server, &named(accepted + 1, "resolved")).await.status != 201 {
        assert!(begun.elapsed().as_secs() < 60, "there is room again");
    }
}
