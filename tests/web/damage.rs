//! A store that was damaged, moved away or replaced while readers and publishers use it.

use serde_json::json;

use crate::test_server::{TestServer, report, spanish};

/// Changes a letter in every stored translation, as a bad disk would.
async fn damage(server: &TestServer) {
    write(server, "update versions set rendition = replace(rendition, 'Grabaciones', 'Grabacianes')").await;
}

/// Writes into the store from outside.
async fn write(server: &TestServer, statement: &'static str) {
    let url = server.location.url.as_str();
    let changed = if url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(url).await.expect("connects");
        sqlx::query(statement).execute(&pool).await.expect("writes").rows_affected()
    } else {
        let pool = sqlx::PgPool::connect(url).await.expect("connects");
        sqlx::query(statement).execute(&pool).await.expect("writes").rows_affected()
    };
    assert!(changed > 0 || statement.starts_with("alter"));
}

#[tokio::test]
async fn a_damaged_translation_is_passed_over_and_made_again() {
    let server = TestServer::with_spanish("calls").await;
    damage(&server).await;
    let read = server.get("/v1/incidents/calls?locale=es", &[]).await;
    assert_eq!((read.status.as_u16(), read.header("content-language")), (200, "en"), "{}", read.text());
    assert_eq!(read.json()["incident"]["title"], "Call recordings unavailable");
    let page = server.get("/es/incidents/calls", &[("accept", "text/html")]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let states = server.get("/v1/incidents/calls/translations", &[]).await.json();
    let row = states["translations"].as_array().expect("rows").iter().find(|row| row["locale"] == "es").expect("es");
    assert_eq!(row["state"], "pending", "{states}");
    server.translate("calls", "es", spanish()).await;
    let read = server.get("/v1/incidents/calls?locale=es", &[]).await;
    assert_eq!(read.header("content-language"), "es", "{}", read.text());
    assert_eq!(read.json()["incident"]["version"], 2);
}

#[tokio::test]
async fn a_version_whose_list_of_engines_is_damaged_is_listed_without_it() {
    let server = TestServer::with_two_versions("calls").await;
    write(&server, "update versions set engines = '[' where number = 2").await;
    let listed = server.get("/v1/incidents/calls/versions?locale=es", &[]).await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    let versions = listed.json()["versions"].as_array().expect("versions").clone();
    assert_eq!(versions.iter().map(|it| it["version"].clone()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(versions[0]["engines"], json!([]));
    assert_ne!(versions[1]["engines"], json!([]));
}

#[tokio::test]
async fn a_damaged_incident_takes_no_other_from_the_lists() {
    let server = TestServer::with_spanish("calls").await;
    server.advance(600);
    server.publish(&report("other")).await;
    write(&server, "update incidents set components = '[' where id = 'calls'").await;
    server.advance(600);
    let listed = server.get("/v1/incidents?locale=es", &[]).await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    let ids: Vec<_> = listed.json()["incidents"].as_array().expect("rows").iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, ["other"]);
    assert_eq!(server.get("/es/", &[]).await.status, 200);
}

#[tokio::test]
async fn a_store_that_was_emptied_is_no_store() {
    let server = TestServer::with_spanish("calls").await;
    write(&server, "alter table incidents rename to elsewhere").await;
    write(&server, "alter table translations rename to elsewhere_too").await;
    server.advance(600);
    for path in ["/health/ready", "/v1/incidents/other"] {
        let answer = server.get(path, &[]).await;
        assert_eq!(answer.status, 503, "{path}: {}", answer.text());
    }
    let report = json!({ "id": "other", "title": "x", "body": "x" }).to_string();
    let refused = server.post("/v1/incidents", &[("content-type", "application/json")], &report).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after").is_empty()), (503, false), "{}", refused.text());
}

#[tokio::test]
async fn a_store_that_is_gone_takes_nothing_and_is_not_made_anew() {
    let server = TestServer::with_spanish("calls").await;
    if !server.location.is_file() {
        return;
    }
    let file = std::path::PathBuf::from(server.location.url.trim_start_matches("sqlite://"));
    let aside = file.with_extension("aside");
    assert_eq!(server.get("/health/ready", &[]).await.status, 200);
    std::fs::rename(&file, &aside).expect("moves");
    assert_eq!(server.get("/health/ready", &[]).await.status, 503);
    let report = json!({ "id": "other", "title": "x", "body": "x" }).to_string();
    let refused = server.post("/v1/incidents", &[("content-type", "application/json")], &report).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(!refused.header("retry-after").is_empty());
    assert!(!file.exists(), "nobody makes an empty one");
    // Put back, it is the same store.
    std::fs::rename(&aside, &file).expect("moves");
    assert_eq!(server.get("/health/ready", &[]).await.status, 200);
    let taken = server.post("/v1/incidents", &[("content-type", "application/json")], &report).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
}
