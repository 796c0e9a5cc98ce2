//! Which incident a report belongs to, and when it was.

use jiff::SignedDuration;
use polypost_core::clock::Clock as _;
use serde_json::{Value, json};

use crate::test_server::{Answer, TestServer, spanish, time};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn publish(server: &TestServer, report: &Value) -> Answer {
    server.post("/v1/incidents", &[JSON], &report.to_string()).await
}

async fn id_of(server: &TestServer, title: &str, body: &str) -> String {
    let answer = publish(server, &json!({ "title": title, "body": body })).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["revision"]), (201, &json!(1)), "{}", answer.text());
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(answer.header("location"), format!("/v1/incidents/{id}"));
    id
}

#[tokio::test]
async fn two_incidents_of_one_title_are_two() {
    let server = TestServer::new().await;
    let march = id_of(&server, "Delays", "Outage of March 3, 2026.").await;
    let june = id_of(&server, "Delays", "Outage of June 9, 2026.").await;
    // The same words again may be another outage: only an id or a key says that it is the same.
    let again = id_of(&server, "Delays", "Outage of June 9, 2026.").await;
    for (id, words) in [(&march, "March 3"), (&june, "June 9"), (&again, "June 9")] {
        let ending = id.strip_prefix("delays-").expect(id);
        assert!(ending.len() == 6 && ending.bytes().all(|byte| byte.is_ascii_lowercase()), "{id}");
        let read = server.get(&format!("/v1/incidents/{id}"), &[]).await.json();
        assert!(read["incident"]["body"]["text"].as_str().expect("a text").contains(words), "{read}");
    }
    assert!(march != june && june != again && march != again);
    let titles = ["Login errors (EU)", "Login errors [EU]"];
    let (round, square) = (id_of(&server, titles[0], "x").await, id_of(&server, titles[1], "x").await);
    assert!(round.starts_with("login-errors-eu-") && square.starts_with("login-errors-eu-") && round != square);
}

#[tokio::test]
async fn letters_of_other_scripts_stand_in_the_id() {
    let server = TestServer::new().await;
    for (title, slug) in
        [("Störung in Köln", "storung-in-koln-"), ("Сбой входа", "sboi-vkhoda-"), ("¡¡!!", "incident-")]
    {
        let id = id_of(&server, title, "x").await;
        assert!(id.starts_with(slug), "{id}");
    }
}

#[tokio::test]
async fn a_repeated_key_names_the_incident_that_it_made() {
    let server = TestServer::new().await;
    let keyed = [JSON, ("idempotency-key", "k-1")];
    let body = json!({ "title": "Delays", "body": "x" }).to_string();
    let first = server.post("/v1/incidents", &keyed, &body).await;
    let again = server.post("/v1/incidents", &keyed, &body).await;
    assert_eq!(first.status, 201);
    assert_eq!(first.json(), again.json());
    assert_eq!(server.get("/v1/incidents", &[]).await.json()["incidents"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_incident_has_its_own_times() {
    let server = TestServer::new().await;
    let entry = |at: &str, status: &str| json!({ "at": at, "status": status, "body": "We looked." });
    let updates = [
        entry("2024-07-06T09:00:00Z", "postmortem"),
        entry("2024-07-05T13:52:00Z", "resolved"),
        entry("2024-07-05T10:54:00Z", "investigating"),
    ];
    let told = json!({ "id": "told", "title": "x", "status": "postmortem", "updates": updates });
    let given = json!({
        "id": "given", "title": "x", "status": "resolved", "body": "x", "published_at": "2024-07-01T10:00:00Z",
        "started_at": "2024-07-01T09:30:00Z", "resolved_at": "2024-07-01T12:00:00Z"
    });
    let open = json!({ "id": "open", "title": "x", "status": "monitoring", "body": "x" });
    let planned = json!({
        "id": "planned", "title": "x", "status": "scheduled", "body": "x", "published_at": "2099-01-01T00:00:00Z",
        "started_at": "2099-01-01T00:00:00Z"
    });
    for report in [&given, &told, &open, &planned] {
        assert_eq!(publish(&server, report).await.status, 201);
    }
    let now = format!("{}", server.clock.now());
    let expected = [
        ("told", "2024-07-05T10:54:00Z", "2024-07-06T09:00:00Z", "2024-07-05T10:54:00Z", json!("2024-07-05T13:52:00Z")),
        (
            "given",
            "2024-07-01T10:00:00Z",
            "2024-07-01T10:00:00Z",
            "2024-07-01T09:30:00Z",
            json!("2024-07-01T12:00:00Z"),
        ),
        ("open", &now, &now, &now, Value::Null),
        // Nothing was published before it arrived here in the future.
        ("planned", &now, &now, "2099-01-01T00:00:00Z", Value::Null),
    ];
    let list = server.get("/v1/incidents", &[]).await.json();
    for (id, published_at, updated_at, started_at, resolved_at) in &expected {
        let read = server.get(&format!("/v1/incidents/{id}"), &[]).await.json();
        let items = list["incidents"].as_array().expect("a list");
        let item = items.iter().find(|item| item["id"] == *id).expect("listed");
        for shown in [&read["incident"], item] {
            assert_eq!(shown["published_at"], **published_at, "{shown}");
            assert_eq!(shown["updated_at"], **updated_at, "{shown}");
            assert_eq!(shown["started_at"], **started_at, "{shown}");
            assert_eq!(shown["resolved_at"], *resolved_at, "{shown}");
        }
    }
    let listed = list["incidents"].as_array().expect("a list").iter().map(|item| item["id"].as_str().expect("an id"));
    let order: Vec<&str> = listed.collect();
    assert_eq!(order, ["planned", "open", "told", "given"], "by their own times, not by their arrival");
    let page = server.get("/es/incidents/told", &[("accept", "text/html")]).await;
    assert!(page.text().contains("5 de julio de 2024"), "{}", page.text());
}

#[tokio::test]
async fn an_edit_changes_when_an_incident_was_updated_and_not_when_it_was_published() {
    let server = TestServer::new().await;
    let mut report = json!({ "id": "calls", "title": "x", "body": "x" });
    publish(&server, &report).await;
    let first = server.clock.now();
    server.advance(600);
    report["body"] = json!("y");
    assert_eq!(publish(&server, &report).await.status, 202);
    let read = server.get("/v1/incidents/calls", &[]).await.json();
    assert_eq!(read["incident"]["published_at"], first.to_string());
    assert_eq!(read["incident"]["updated_at"], server.clock.now().to_string());
}

#[tokio::test]
async fn a_revision_from_the_future_locks_nothing() {
    let server = TestServer::new().await;
    let revised_in = |hours: i64| {
        let at = server.clock.now() + SignedDuration::from_hours(hours);
        json!({ "id": "calls", "title": "x", "body": "x", "revised_at": at.to_string() })
    };
    let (status, problem) = publish(&server, &revised_in(25)).await.problem();
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("revised_at")), "{problem}");
    assert_eq!(server.get("/v1/incidents/calls", &[]).await.status, 404, "nothing was stored");
    // A clock that is a little ahead is usual.
    assert_eq!(publish(&server, &revised_in(23)).await.status, 201);
    assert_eq!(publish(&server, &revised_in(0)).await.status, 409);
    // Withdrawn, it starts afresh.
    assert_eq!(server.delete("/v1/incidents/calls").await.status, 204);
    let mut report = revised_in(0);
    report["body"] = json!("y");
    assert_eq!(publish(&server, &report).await.status, 202);
    report["revised_at"] = revised_in(1)["revised_at"].clone();
    report["body"] = json!("z");
    assert_eq!(publish(&server, &report).await.status, 202);
    let read = server.get("/v1/incidents/calls", &[]).await.json();
    assert!(read["incident"]["body"]["text"].as_str().is_some_and(|text| text.contains('z')), "{read}");
}

#[tokio::test]
async fn a_list_shows_no_translation_of_another_title() {
    let server = TestServer::with_spanish("calls").await;
    let titles = async |language: &str| {
        let list = server.get("/v1/incidents", &[("accept-language", language)]).await.json();
        let item = &list["incidents"][0];
        (
            item["title"].as_str().unwrap_or_default().to_owned(),
            item["title_locale"].as_str().unwrap_or_default().to_owned(),
        )
    };
    assert_eq!(titles("es").await, (spanish().title, "es".to_owned()));
    let mut report = crate::test_server::report("calls");
    report.title = "Call recordings work again".to_owned();
    report.revised_at = Some(time("2024-07-05T15:00:00Z"));
    server.publish(&report).await;
    assert_eq!(titles("es").await, ("Call recordings work again".to_owned(), "en".to_owned()));
    let page = server.get("/es/", &[("accept", "text/html")]).await;
    assert!(page.text().contains("<h2 lang=\"en\" dir=\"ltr\">"), "{}", page.text());
}
