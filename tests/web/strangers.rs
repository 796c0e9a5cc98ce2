//! What strangers try: to publish, to break in by way of paths and headers, to make the house work for nothing.

use polypost::config::Secret;

use crate::house::{House, SIGNING_KEY, TOKEN, hash, request};

const REPORT: &str = r#"{"id":"calls","title":"Calls fail","body":"Calls fail.","locales":["es"]}"#;
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn without_a_token_only_this_machine_may_publish() {
    let house = House::new().await;
    for peer in [None, Some("192.0.2.1:1000"), Some("[2001:db8::1]:1000"), Some("10.0.0.1:1000")] {
        let answer = house.send(request("POST", "/v1/incidents", &[JSON], REPORT, peer)).await;
        assert_eq!(answer.problem().0, 401, "{peer:?}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{peer:?}");
        for (method, path) in [("DELETE", "/v1/incidents/calls"), ("POST", "/v1/incidents/calls/retranslate")] {
            assert_eq!(house.send(request(method, path, &[], "", peer)).await.problem().0, 401, "{peer:?}");
        }
    }
    for borrowed in
        [("x-forwarded-for", "127.0.0.1"), ("forwarded", "for=127.0.0.1"), ("x-real-ip", "::1"), ("via", "1.1 x")]
    {
        let answer = house.post("/v1/incidents/calls/retranslate", &[borrowed], "").await;
        assert_eq!(answer.problem().0, 401, "a proxy lends its address to everybody: {borrowed:?}");
    }
    let browser = house.post("/v1/incidents/calls/retranslate", &[("origin", "https://evil.example")], "").await;
    assert_eq!(browser.problem().0, 401, "any page could make a browser send this");
    for path in ["/v1/incidents/calls/retranslate", "http://evil.example/v1/incidents/calls/retranslate"] {
        let hosts = ["evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", "192.0.2.1", "x@y", ""];
        for host in hosts.map(Some).into_iter().chain([None]).filter(|host| host.is_some() || path.starts_with("http"))
        {
            let headers: Vec<_> = host.map(|host| ("host", host)).into_iter().collect();
            assert_eq!(house.post(path, &headers, "").await.problem().0, 401, "any name may lead here: {host:?}");
        }
    }
    let twice = [("host", "localhost"), ("host", "evil.example")];
    assert_eq!(house.post("/v1/incidents/calls/retranslate", &twice, "").await.problem().0, 401);
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.8.8.8", "[::1]:8080", "[::ffff:127.0.0.1]"] {
        let answer = house.post("/v1/incidents/calls/retranslate", &[("host", host)], "").await;
        assert_eq!(answer.problem().0, 404, "allowed, and not there: {host}");
    }
    for here in ["127.0.0.1:9", "[::1]:9", "[::ffff:127.0.0.1]:9"] {
        let answer = house.send(request("DELETE", "/v1/incidents/calls", &[], "", Some(here))).await;
        assert_eq!(answer.problem().0, 404, "allowed, and not there: {here}");
    }
}

#[tokio::test]
async fn with_a_token_configured_only_the_token_counts() {
    let house = House::with(|config| config.publish.token_hashes = vec![hash("other"), hash(TOKEN)]).await;
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
        &format!("Bearer {}", hash(TOKEN)),
    ] {
        let answer = house.send(request("DELETE", path, &[("authorization", wrong)], "", Some("127.0.0.1:1"))).await;
        assert_eq!(answer.problem().0, 401, "{wrong}");
    }
    let twice = [("authorization", "Bearer wrong"), ("authorization", bearer.as_str())];
    assert_eq!(house.send(request("DELETE", path, &twice, "", None)).await.problem().0, 401);
    let query = house.send(request("DELETE", &format!("/v1/incidents/none?token={TOKEN}"), &[], "", None)).await;
    assert_eq!(query.problem().0, 401, "a token in an address is no token");
    for right in [&bearer, &format!("bearer {TOKEN}")] {
        let answer = house.send(request("DELETE", path, &[("authorization", right)], "", None)).await;
        assert_eq!(answer.problem().0, 404, "{right}");
    }
}

#[tokio::test]
async fn a_signature_opens_publishing_and_nothing_else() {
    let secret = SIGNING_KEY;
    let house = House::with(|config| config.publish.webhook_secrets = vec![Secret::from(secret.to_owned())]).await;
    let signed = [JSON, ("webhook-id", "m1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")];
    let (status, problem) = house.send(request("POST", "/v1/incidents", &signed, REPORT, None)).await.problem();
    assert_eq!(status, 401);
    assert!(problem["detail"].as_str().expect("words").contains("webhook-timestamp"), "{problem}");
    for (method, path) in [("DELETE", "/v1/incidents/calls"), ("POST", "/v1/incidents/calls/retranslate")] {
        assert_eq!(house.send(request(method, path, &signed, "", Some("127.0.0.1:1"))).await.problem().0, 401);
    }
    let local = house.send(request("POST", "/v1/incidents", &[JSON], REPORT, Some("127.0.0.1:1"))).await;
    assert_eq!(local.problem().0, 401, "where a secret is configured, this machine has no privilege");
}

#[tokio::test]
async fn hostile_locales_name_nothing() {
    let house = House::with_spanish("calls").await;
    let long = "x".repeat(10_240);
    let dashes = "e-".repeat(5_000);
    for locale in
        ["..%2F..%2Fx", "%00", "%0d%0aX-Injected:1", "es%00", "%F0%9F%92%A9", "'--", long.as_str(), dashes.as_str()]
    {
        let answer = house.get(&format!("/v1/incidents/calls?locale={locale}"), &[]).await;
        assert_eq!(answer.problem().0, 400, "{locale}");
        assert!(answer.body.len() < 1024, "what was sent is not sent back in full");
        assert!(!answer.headers.contains_key("x-injected"));
        let page = house.get(&format!("/{locale}/incidents/calls"), &[]).await;
        assert_eq!(page.status, 404, "{locale}");
        assert_eq!(house.get(&format!("/{locale}/"), &[]).await.status, 404, "{locale}");
    }
    for path in ["/v1/incidents/..%2F..%2Fetc", "/v1/incidents/%00", "/es/incidents/%00", "/health/", "/v1/"] {
        assert_eq!(house.get(path, &[]).await.status, 404, "{path}");
    }
    assert!(house.get("/v1/incidents/%FF", &[]).await.status.is_client_error());
    assert!(house.get("/v1/incidents/calls?locale=es&locale=it", &[]).await.status.is_client_error());
}

#[tokio::test]
async fn a_huge_wish_is_no_wish() {
    let house = House::with_spanish("calls").await;
    let huge = (0..5_000).map(|number| format!("x{}-{number};q=0.5", number % 10)).collect::<Vec<_>>().join(",");
    let answer = house.get("/v1/incidents/calls", &[("accept-language", &huge)]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-language")), (200, "en"));
}

#[tokio::test]
async fn a_header_never_changes_a_link() {
    let house = House::with_spanish("calls").await;
    let plain = house.get("/es/incidents/calls", &[]).await;
    let headers = [("x-forwarded-host", "evil.example"), ("host", "evil.example"), ("x-original-url", "/evil")];
    let poisoned = house.get("/es/incidents/calls?utm=evil", &headers).await;
    assert_eq!(plain.body, poisoned.body);
}

#[tokio::test]
async fn what_cannot_be_answered_is_a_problem_document() {
    let house = House::new().await;
    let method = house.send(request("PUT", "/v1/incidents", &[], "", None)).await;
    assert_eq!(method.problem().0, 405);
    assert!(method.header("allow").contains("POST"));
    assert_eq!(house.get("/v1/nothing", &[]).await.problem().0, 404);
    assert_eq!(house.get("/nothing/at/all", &[]).await.problem().0, 404);
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let house = House::new().await;
    assert_eq!(house.get("/health/live", &[]).await.header("x-request-id").len(), 32);
    assert_eq!(house.get("/health/live", &[("x-request-id", "mine")]).await.header("x-request-id"), "mine");
}
