//! What strangers try: to publish, to break in by way of paths and headers, to make the server work for nothing.

use jiff::SignedDuration;
use polypost_core::clock::Clock as _;
use polypost_settings::Secret;
use polypost_store::{ClaimFilter, FailedAttempt, Scope, TOKEN_PREFIX, Token, token_hash};

use crate::test_server::{Answer, SIGNING_KEY, TOKEN, TestServer, request};

const REPORT: &str = r#"{"id":"calls","title":"Calls fail","body":"Calls fail.","locales":["es"]}"#;
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn without_a_token_nobody_may_publish_wherever_the_call_comes_from() {
    let server = TestServer::with(|config| config.publish.token_hashes.clear()).await;
    let peers = [None, Some("192.0.2.1:1"), Some("10.0.0.1:1"), Some("127.0.0.1:1"), Some("[::ffff:127.0.0.1]:1")];
    let hosts = ["localhost", "127.0.0.1:8080", "[::1]", "evil.example"];
    for (peer, host) in peers.into_iter().flat_map(|peer| hosts.map(|host| (peer, host))) {
        let answer = server.send(request("POST", "/v1/incidents", &[JSON, ("host", host)], REPORT, peer)).await;
        assert_eq!(answer.problem().0, 401, "{peer:?} {host}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{peer:?}");
        for (method, path) in [
            ("DELETE", "/v1/incidents/calls"),
            ("POST", "/v1/incidents/calls/retranslate"),
            ("POST", "http://localhost/v1/incidents/calls/retranslate"),
            ("GET", "/metrics"),
        ] {
            let answer = server.send(request(method, path, &[("host", host)], "", peer)).await;
            assert_eq!(answer.problem().0, 401, "{method} {path} {peer:?} {host}");
        }
    }
}

/// A token that the store knows, as `polypost token` and `serve` make it.
async fn stored_token(server: &TestServer, name: &str, scope: Scope) -> String {
    let token = format!("{TOKEN_PREFIX}{}", token_hash(name));
    let row = Token {
        name: name.to_owned(),
        hash: token_hash(&token),
        scope,
        created_at: server.clock.now(),
        expires_at: Some(server.clock.now() + SignedDuration::from_secs(60)),
        revoked_at: None,
    };
    assert!(server.store.add_token(&row).await.expect("added"));
    format!("Bearer {token}")
}

async fn statuses(server: &TestServer, bearer: &str) -> [u16; 3] {
    let headers = [("authorization", bearer)];
    let deleted = server.send(request("DELETE", "/v1/incidents/none", &headers, "", None)).await;
    let asked = server.post("/v1/incidents/none/retranslate", &headers, "").await;
    let measured = server.get("/metrics", &headers).await;
    [deleted, asked, measured].map(|answer| answer.status.as_u16())
}

#[tokio::test]
async fn a_token_of_the_store_counts_until_it_ends() {
    let server = TestServer::with(|config| config.publish.token_hashes.clear()).await;
    let operator = stored_token(&server, "serve", Scope::Operate).await;
    let publisher = stored_token(&server, "ci", Scope::Publish).await;
    assert_eq!(statuses(&server, &operator).await, [404, 404, 200]);
    assert_eq!(statuses(&server, &publisher).await, [404, 404, 403]);
    assert_eq!(statuses(&server, &format!("{operator}0")).await, [401; 3]);

    let later = stored_token(&server, "later", Scope::Publish).await;
    server.advance(2);
    assert_eq!(statuses(&server, &later).await, [404, 404, 403], "made while the service runs");
    assert!(server.store.revoke_token("ci", server.clock.now()).await.expect("revoked"));
    server.advance(2);
    assert_eq!(statuses(&server, &publisher).await, [401; 3], "revoked");
    server.advance(60);
    assert_eq!(statuses(&server, &operator).await, [401; 3], "expired");
}

/// The store is closed, so that whatever asks it fails: nothing but the first look of a second does.
#[tokio::test]
async fn wrong_tokens_do_not_reach_the_store() {
    let server = TestServer::with(|config| config.publish.token_hashes.clear()).await;
    let operator = stored_token(&server, "serve", Scope::Operate).await;
    let missing = "/v1/incidents/NOT-AN-ID/retranslate";
    let ask = |bearer: String| {
        let server = &server;
        async move { server.post(missing, &[("authorization", &bearer)], "").await.status.as_u16() }
    };
    assert_eq!(ask(operator.clone()).await, 404);
    server.store.close().await;
    for number in 0..1000 {
        assert_eq!(ask(format!("Bearer {TOKEN_PREFIX}{number}")).await, 401);
    }
    server.advance(5);
    assert_eq!(ask(operator).await, 404, "what was known last stands while the store does not answer");
    let never = TestServer::with(|config| config.publish.token_hashes.clear()).await;
    never.store.close().await;
    let headers = [("authorization", "Bearer polypost_x")];
    assert_eq!(never.post(missing, &headers, "").await.problem().0, 503, "nobody knows");
    let unlike = [("authorization", "Bearer of another kind")];
    assert_eq!(never.post(missing, &unlike, "").await.problem().0, 401, "no token of the store's");
}

#[tokio::test]
async fn why_a_translation_fails_is_told_to_operators_alone() {
    let server = TestServer::with_spanish("calls").await;
    let filter = ClaimFilter::default();
    let job = server.store.claim(&filter, SignedDuration::from_secs(60), server.clock.now()).await.expect("a claim");
    let failure = FailedAttempt::new("engine `deepl` at 10.0.0.7: no answer", server.clock.now());
    assert!(server.store.fail(&job.expect("work"), &failure, server.clock.now()).await.expect("failed"));
    let path = "/v1/incidents/calls/translations";
    let told = |answer: &Answer| answer.text().contains("10.0.0.7");
    for headers in [&[][..], &[("host", "localhost")], &[("authorization", "Bearer wrong")]] {
        let answer = server.send(request("GET", path, headers, "", Some("127.0.0.1:1"))).await;
        assert!(answer.status == 200 && !told(&answer), "{headers:?}");
    }
    assert!(told(&server.get_as_operator(path).await));
}

#[tokio::test]
async fn with_a_token_configured_only_the_token_counts() {
    let server =
        TestServer::with(|config| config.publish.token_hashes = vec![token_hash("other"), token_hash(TOKEN)]).await;
    let (path, bearer) = ("/v1/incidents/none", format!("Bearer {TOKEN}"));
    for wrong in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        &format!("Bearer {}", &TOKEN[1..]),
        &format!("Bearer {TOKEN}2"),
        &format!("Basic {TOKEN}"),
        TOKEN,
        &format!("Bearer {}", token_hash(TOKEN)),
        &format!("Bearer {}", "x".repeat(5000)),
    ] {
        let answer = server.send(request("DELETE", path, &[("authorization", wrong)], "", Some("127.0.0.1:1"))).await;
        assert_eq!(answer.problem().0, 401, "{wrong}");
    }
    let twice = [("authorization", "Bearer wrong"), ("authorization", bearer.as_str())];
    assert_eq!(server.send(request("DELETE", path, &twice, "", None)).await.problem().0, 401);
    let query = server.send(request("DELETE", &format!("/v1/incidents/none?token={TOKEN}"), &[], "", None)).await;
    assert_eq!(query.problem().0, 401, "a token in an address is no token");
    for right in [&bearer, &format!("bearer {TOKEN}")] {
        let answer = server.send(request("DELETE", path, &[("authorization", right)], "", None)).await;
        assert_eq!(answer.problem().0, 404, "{right}");
    }
}

#[tokio::test]
async fn a_signature_that_is_not_right_opens_nothing() {
    let secret = SIGNING_KEY;
    let server =
        TestServer::with(|config| config.publish.webhook_secrets = vec![Secret::from(secret.to_owned())]).await;
    let signed = [JSON, ("webhook-id", "m1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")];
    let (status, problem) = server.send(request("POST", "/v1/incidents", &signed, REPORT, None)).await.problem();
    assert_eq!(status, 401);
    assert!(problem["detail"].as_str().expect("words").contains("webhook-timestamp"), "{problem}");
    for (method, path) in [("DELETE", "/v1/incidents/calls"), ("POST", "/v1/incidents/calls/retranslate")] {
        assert_eq!(server.send(request(method, path, &signed, "", Some("127.0.0.1:1"))).await.problem().0, 401);
    }
    assert_eq!(server.send(request("GET", "/metrics", &signed, "", None)).await.problem().0, 401, "nor a right one");
    let local = server.send(request("POST", "/v1/incidents", &[JSON], REPORT, Some("127.0.0.1:1"))).await;
    assert_eq!(local.problem().0, 401, "where a secret is configured, this machine has no privilege");
}

#[tokio::test]
async fn hostile_locales_name_nothing() {
    let server = TestServer::with_spanish("calls").await;
    let long = "x".repeat(10_240);
    let dashes = "e-".repeat(5_000);
    for locale in
        ["..%2F..%2Fx", "%00", "%0d%0aX-Injected:1", "es%00", "%F0%9F%92%A9", "'--", long.as_str(), dashes.as_str()]
    {
        let answer = server.get(&format!("/v1/incidents/calls?locale={locale}"), &[]).await;
        assert_eq!(answer.problem().0, 400, "{locale}");
        assert!(answer.body.len() < 1024, "what was sent is not sent back in full");
        assert!(!answer.headers.contains_key("x-injected"));
        let page = server.get(&format!("/{locale}/incidents/calls"), &[]).await;
        assert_eq!(page.status, 404, "{locale}");
        assert_eq!(server.get(&format!("/{locale}/"), &[]).await.status, 404, "{locale}");
    }
    for path in ["/v1/incidents/..%2F..%2Fetc", "/v1/incidents/%00", "/es/incidents/%00", "/health/", "/v1/"] {
        assert_eq!(server.get(path, &[]).await.status, 404, "{path}");
    }
    assert!(server.get("/v1/incidents/%FF", &[]).await.status.is_client_error());
    assert!(server.get("/v1/incidents/calls?locale=es&locale=it", &[]).await.status.is_client_error());
}

#[tokio::test]
async fn a_huge_wish_is_no_wish() {
    let server = TestServer::with_spanish("calls").await;
    let huge = (0..5_000).map(|number| format!("x{}-{number};q=0.5", number % 10)).collect::<Vec<_>>().join(",");
    let answer = server.get("/v1/incidents/calls", &[("accept-language", &huge)]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-language")), (200, "en"));
}

#[tokio::test]
async fn a_header_never_changes_a_link() {
    let server = TestServer::with_spanish("calls").await;
    let plain = server.get("/es/incidents/calls", &[]).await;
    let headers = [("x-forwarded-host", "evil.example"), ("host", "evil.example"), ("x-original-url", "/evil")];
    let poisoned = server.get("/es/incidents/calls?utm=evil", &headers).await;
    assert_eq!(plain.body, poisoned.body);
}

#[tokio::test]
async fn what_cannot_be_answered_is_a_problem_document() {
    let server = TestServer::new().await;
    let method = server.send(request("PUT", "/v1/incidents", &[], "", None)).await;
    assert_eq!(method.problem().0, 405);
    assert!(method.header("allow").contains("POST"));
    assert_eq!(server.get("/v1/nothing", &[]).await.problem().0, 404);
    assert_eq!(server.get("/nothing/at/all", &[("accept", "application/json")]).await.problem().0, 404);
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let server = TestServer::new().await;
    assert_eq!(server.get("/health/live", &[]).await.header("x-request-id").len(), 32);
    assert_eq!(server.get("/health/live", &[("x-request-id", "mine")]).await.header("x-request-id"), "mine");
}
