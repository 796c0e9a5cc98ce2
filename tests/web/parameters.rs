//! Queries of the API: what has no effect is told, and histories come in pages without their texts.

use serde_json::{Value, json};

use crate::test_server::TestServer;

#[tokio::test]
async fn a_parameter_without_effect_is_refused() {
    let server = TestServer::with_spanish("calls").await;
    for (path, part) in [
        ("/v1/incidents?foo=1", "known are `locale`, `limit`, `cursor`"),
        ("/v1/incidents?status=resolved", "`status`"),
        ("/v1/incidents?limt=5", "did you mean `limit`?"),
        ("/v1/incidents?locale=es&locale=it", "more than once"),
        ("/v1/incidents?limit=0", "from 1 to 100"),
        ("/v1/incidents?limit=101", "from 1 to 100"),
        ("/v1/incidents?limit=x", "from 1 to 100"),
        ("/v1/incidents?cursor=x", "`cursor`"),
        ("/v1/incidents/calls?version=1", "`version`"),
        ("/v1/incidents/calls?local=es", "did you mean `locale`?"),
        ("/v1/incidents/calls?Locale=es", "did you mean `locale`?"),
        ("/v1/incidents/calls/translations?locale=es", "it takes no parameters"),
        ("/v1/incidents/calls/versions?locale=es&limit=1000", "from 1 to 100"),
        ("/v1/incidents/calls/versions?locale=es&cursor=x", "`cursor`"),
        ("/v1/incidents/calls/versions", "`locale` is required"),
        ("/v1/locales?locale=es", "it takes no parameters"),
    ] {
        let (status, problem) = server.get(path, &[]).await.problem();
        assert_eq!(status, 400, "{path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(part)), "{path}: {problem}");
    }
    for path in ["/v1/incidents?locale=&limit=100", "/v1/incidents/calls?locale=es", "/v1/incidents?"] {
        assert_eq!(server.get(path, &[]).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_dry_run_that_is_not_there_stores_nothing() {
    let server = TestServer::new().await;
    let report = json!({ "id": "calls", "title": "x", "body": "x" }).to_string();
    let json = [("content-type", "application/json")];
    assert_eq!(server.post("/v1/incidents?dry_run=true", &json, &report).await.problem().0, 400);
    assert_eq!(server.get("/v1/incidents/calls", &[]).await.status, 404);
    assert_eq!(server.post("/v1/incidents", &json, &report).await.status, 201);
    assert_eq!(server.post("/v1/incidents/calls/retranslate?engine=pseudo", &json, "{}").await.problem().0, 400);
}

#[tokio::test]
async fn a_history_comes_in_pages_and_knows_the_source_too() {
    let server = TestServer::with_two_versions("calls").await;
    let get = async |query: &str| server.get(&format!("/v1/incidents/calls/versions?{query}"), &[]).await.json();
    let numbers = |page: &Value| -> Vec<u64> {
        let versions = page["versions"].as_array().expect("versions").iter();
        versions.map(|version| version["version"].as_u64().expect("a number")).collect()
    };
    let all = get("locale=es").await;
    assert_eq!((numbers(&all), &all["next_cursor"]), (vec![2, 1], &Value::Null), "{all}");
    assert!(all["versions"][0]["engines"].as_array().is_some_and(|engines| !engines.is_empty()), "{all}");
    let first = get("locale=es&limit=1").await;
    assert_eq!((numbers(&first), &first["next_cursor"]), (vec![2], &json!("2")));
    let second = get("locale=es&limit=1&cursor=2").await;
    assert_eq!((numbers(&second), &second["next_cursor"]), (vec![1], &Value::Null));
    let source = get("locale=en").await;
    assert_eq!(numbers(&source), [2, 1], "{source}");
    assert_eq!((&source["versions"][0]["served"], &source["versions"][1]["served"]), (&json!(true), &json!(false)));
    assert_eq!(server.get("/v1/incidents/calls/versions?locale=fr", &[]).await.status, 404);
}
