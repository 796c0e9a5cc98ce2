//! Heads of requests and answers, byte by byte where a client library would not send them so.

use tokio::io::AsyncWriteExt as _;

use crate::served::{READ, Served, one_answer};
use crate::test_server::{TestServer, bearer, request};

const INCIDENT: &str = "/v1/incidents/calls";
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn one_host_is_wanted_whatever_is_kept() {
    let served = Served::with(|_| ()).await;
    let mut kept = served.connect().await;
    kept.write_all(READ.as_bytes()).await.expect("sent");
    assert!(one_answer(&mut kept).await.starts_with("HTTP/1.1 200 "));
    for (hosts, status) in [
        ("", 400),
        ("host: a\r\nhost: a\r\n", 400),
        ("host: a b\r\n", 400),
        ("host: user@a\r\n", 400),
        ("host: status.example.com\r\n", 200),
    ] {
        let request = READ.replace("host: localhost\r\n", &format!("{hosts}connection: close\r\n"));
        let answer = served.ask(&request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{hosts}: {answer}");
        if status == 400 {
            assert!(answer.contains("application/problem+json") && answer.contains("x-request-id"), "{answer}");
            assert!(answer.to_lowercase().contains("host"), "{answer}");
        }
    }
    drop(kept);
    let old = served.ask("GET /v1/incidents/calls?locale=es HTTP/1.0\r\n\r\n").await;
    assert!(old.starts_with("HTTP/1.0 200 "), "{old}");
    served.stopped().await;
}

#[tokio::test]
async fn a_transfer_coding_that_is_not_understood_is_not_implemented() {
    let served = Served::with(|_| ()).await;
    for coding in ["gzip, chunked", "gzip\r\ntransfer-encoding: chunked"] {
        let head = "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
        let answer = served.ask(&format!("{head}transfer-encoding: {coding}\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 501 ") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
    served.stopped().await;
}

#[tokio::test]
async fn every_line_of_wishes_counts() {
    let server = TestServer::with_spanish("calls").await;
    for _ in 0..2 {
        let twice = [("accept-language", "fr"), ("accept-language", "es;q=0.5")];
        assert_eq!(server.get(INCIDENT, &twice).await.header("content-language"), "es");
        assert_eq!(server.get(INCIDENT, &[("accept-language", "fr")]).await.header("content-language"), "en");
        assert_eq!(server.get("/", &twice).await.header("location"), "/es/");
    }
}

#[tokio::test]
async fn an_id_is_bounded_before_it_is_logged_or_sent_back() {
    let server = TestServer::with_spanish("calls").await;
    let (longest, longer) = ("x".repeat(128), "x".repeat(129));
    // The second time it comes from memory.
    for _ in 0..2 {
        for (ids, is_kept) in [
            (vec![longest.as_str()], true),
            (vec!["a-1.b_2:/+="], true),
            (vec![longer.as_str()], false),
            (vec![""], false),
            (vec!["a b"], false),
            (vec!["\u{e9}"], false),
            (vec!["one", "two"], false),
        ] {
            let headers: Vec<_> = ids.iter().map(|id| ("x-request-id", *id)).collect();
            let answer = server.get("/v1/incidents/calls?locale=es", &headers).await;
            let sent = answer.header("x-request-id");
            assert_eq!(answer.headers.get_all("x-request-id").iter().count(), 1);
            assert!(if is_kept { sent == ids[0] } else { sent.len() == 32 }, "{ids:?}: {sent}");
        }
    }
}

#[tokio::test]
async fn only_what_is_negotiated_varies_by_language() {
    let server = TestServer::with_spanish("calls").await;
    let spanish = [("accept-language", "es")];
    for _ in 0..2 {
        for (path, varies) in [
            (INCIDENT, true),
            ("/v1/incidents", true),
            ("/v1/incidents/calls?locale=es", false),
            ("/v1/incidents?locale=es", false),
            ("/v1/incidents/calls/translations", false),
            ("/v1/incidents/calls/versions?locale=es", false),
            ("/v1/locales", false),
            ("/es/incidents/calls", false),
        ] {
            let vary = server.get(path, &spanish).await.header("vary").to_ascii_lowercase();
            assert_eq!(vary.contains("accept-language"), varies, "{path}: {vary}");
            assert!(vary.contains("accept-encoding"), "{path}: {vary}");
        }
        let (named, negotiated) =
            (server.get("/v1/incidents/calls?locale=es", &[]).await, server.get(INCIDENT, &spanish).await);
        assert_eq!(named.header("etag"), negotiated.header("etag"), "they are the same bytes");
    }
}

#[tokio::test]
async fn a_withdrawal_is_of_the_text_that_is_meant() {
    let server = TestServer::with_spanish("calls").await;
    let bearer = bearer();
    let known_as = ("authorization", bearer.as_str());
    let delete = async |headers: &[(&str, &str)]| {
        server.send(request("DELETE", INCIDENT, &[headers, &[known_as]].concat(), "", None)).await
    };
    let known = server.get(INCIDENT, &[]).await.header("etag").to_owned();
    let weak = format!("W/{known}");
    for other in ["\"x\"", weak.as_str(), "", "x"] {
        assert_eq!(delete(&[("if-match", other)]).await.problem().0, 412, "{other}");
    }
    server.advance(60);
    let mut revised = crate::test_server::report("calls");
    revised.body.push_str(" All of them.");
    revised.revised_at = None;
    server.publish(&revised).await;
    assert_eq!(delete(&[("if-match", &known)]).await.problem().0, 412, "it was revised meanwhile");
    assert_eq!(server.get(INCIDENT, &[]).await.status, 200);
    let none = request("DELETE", "/v1/incidents/none", &[("if-match", "*"), known_as], "", None);
    assert_eq!(server.send(none).await.problem().0, 404);
    let spanish = [("accept-language", "es"), ("accept-encoding", "gzip")];
    let tag = server.get(INCIDENT, &spanish).await.header("etag").to_owned();
    assert_eq!(delete(&[("if-match", &tag), spanish[0]]).await.status, 204);
    assert_eq!(delete(&[("if-match", "*")]).await.problem().0, 412, "there is none any more");
    assert_eq!(delete(&[]).await.status, 204);
}

#[tokio::test]
async fn a_wrong_body_is_named_as_what_it_is() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/v1/incidents", "/v1/incidents/calls/retranslate"] {
        for (body, status, words) in [
            ("[]", 422, "a list"),
            ("null", 422, "`null`"),
            ("\"x\"", 422, "a string"),
            ("{", 400, "not JSON"),
            ("{\"id\":\"\\ud83d\"}", 400, "half a character"),
            ("  ", 400, "empty"),
        ] {
            let (answered, problem) = server.post(path, &[JSON], body).await.problem();
            let detail = problem["detail"].as_str().expect("words");
            assert!(answered == status && detail.contains(words), "{path} {body}: {problem}");
        }
        let mut latin = request("POST", path, &[JSON, ("authorization", &bearer())], "", None);
        *latin.body_mut() = axum::body::Body::from(&b"{\"title\":\"caf\xE9\"}"[..]);
        let (status, problem) = server.send(latin).await.problem();
        let detail = problem["detail"].as_str().expect("words");
        assert!(status == 400 && detail.contains("not UTF-8") && detail.contains("position 13"), "{problem}");
    }
    let marked = "\u{feff}{\"id\":\"marked\",\"title\":\"Calls fail\",\"body\":\"Calls fail.\"}";
    assert_eq!(server.post("/v1/incidents", &[JSON], marked).await.status, 201);
    assert_eq!(server.post("/v1/incidents/calls/retranslate", &[JSON], "\u{feff}{}").await.status, 202);
}
