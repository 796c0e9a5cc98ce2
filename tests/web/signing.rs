//! Publishers who sign what they send instead of bringing a token.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use polypost_settings::Secret;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::publishing::report;
use crate::test_server::{Answer, TestServer, request, spanish, time};

const JSON: (&str, &str) = ("content-type", "application/json");
const KEY: [u8; 32] = [7; 32];
const PATH: &str = "/v1/incidents/2024-07-05-call-recordings";

async fn server() -> TestServer {
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    TestServer::with(|config| config.publish.webhook_secrets = vec![Secret::from(secret)]).await
}

/// A message under the names that begin so (`webhook`, `svix`).
async fn send(server: &TestServer, names: &str, line: (&str, &str), id: &str, body: &str) -> Answer {
    let at = time(crate::test_server::NOW).as_second();
    let signature = signed(&KEY, id, at, body);
    let [id_name, time_name, signature_name] = ["id", "timestamp", "signature"].map(|part| format!("{names}-{part}"));
    let at = at.to_string();
    let headers = [JSON, (&id_name, id), (&time_name, &at), (&signature_name, &signature)];
    server.send(request(line.0, line.1, &headers, body, None)).await
}

fn signed(secret: &[u8], id: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn a_signed_report_is_published_once() {
    let (key, server) = (KEY, server().await);
    let body = report().to_string();
    let at = time(crate::test_server::NOW).as_second();
    let send = async |id: &str, at: i64, signature: &str, body: &str| {
        let at = at.to_string();
        let headers = [JSON, ("webhook-id", id), ("webhook-timestamp", &at), ("webhook-signature", signature)];
        server.send(request("POST", "/v1/incidents", &headers, body, Some("192.0.2.1:1"))).await
    };
    let signature = signed(&key, "m1", at, &body);
    let first = send("m1", at, &signature, &body).await;
    let replayed = send("m1", at, &signature, &body).await;
    assert_eq!((first.status.as_u16(), replayed.status.as_u16()), (201, 201), "the first answer again");
    let mut newer = report();
    newer["title"] = json!("A newer text");
    let at_text = at.to_string();
    assert_eq!(send("m2", at, &signed(&key, "m2", at, &newer.to_string()), &newer.to_string()).await.status, 202);
    let headers = [
        JSON,
        ("webhook-id", "m1"),
        ("webhook-timestamp", &at_text),
        ("webhook-signature", &signature),
        ("idempotency-key", "unsigned"),
    ];
    let renamed = server.send(request("POST", "/v1/incidents", &headers, &body, Some("192.0.2.1:1"))).await;
    assert_eq!(renamed.status, 201, "a key that is not signed makes no new message of it: {}", renamed.text());
    let mut forged = report();
    forged["title"] = json!("Forged");
    assert_eq!(send("m1", at, &signature, &forged.to_string()).await.problem().0, 401);
    let other = signed(&key, "m1", at, &forged.to_string());
    assert_eq!(send("m1", at, &other, &forged.to_string()).await.problem().0, 422, "one id, one message");
    let old = signed(&key, "m3", at - 301, &body);
    assert_eq!(send("m3", at - 301, &old, &body).await.problem().0, 401);
}

#[tokio::test]
async fn a_signed_publisher_withdraws_and_asks_for_new_translations() {
    let server = server().await;
    let publish = ("POST", "/v1/incidents");
    assert_eq!(send(&server, "svix", publish, "m1", &report().to_string()).await.status, 201);
    server.translate("2024-07-05-call-recordings", "es", spanish()).await;
    let retranslate = ("POST", &*format!("{PATH}/retranslate"));
    let asked = send(&server, "webhook", retranslate, "m2", r#"{"locales":["es"]}"#).await;
    assert_eq!((asked.status.as_u16(), &asked.json()["asked_for"]), (202, &json!(1)));
    let again = send(&server, "webhook", retranslate, "m2", r#"{"locales":["es"]}"#).await;
    assert_eq!((again.status.as_u16(), &again.json()["asked_for"]), (202, &json!(0)), "one message, one request");
    assert_eq!(send(&server, "svix", retranslate, "m3", "").await.status, 202, "without a body");

    // Overheard: the same signature opens neither another path nor another method.
    for (line, id, body) in [
        (("DELETE", PATH), "m1", report().to_string()),
        (("DELETE", PATH), "m3", String::new()),
        (("POST", "/v1/incidents/another/retranslate"), "m3", String::new()),
        (("DELETE", "/v1/incidents/another"), "m2", r#"{"locales":["es"]}"#.to_owned()),
    ] {
        assert_eq!(send(&server, "webhook", line, id, &body).await.problem().0, 422, "{line:?} {id}");
    }
    assert_eq!(server.get(PATH, &[]).await.status, 200);

    for _ in 0..2 {
        assert_eq!(send(&server, "webhook", ("DELETE", PATH), "m4", "").await.status, 204);
    }
    assert_eq!(server.get(PATH, &[]).await.problem().0, 410);
    // Published again, it is not withdrawn by the old message that comes once more.
    assert_eq!(send(&server, "webhook", publish, "m5", &report().to_string()).await.status, 202);
    assert_eq!(send(&server, "webhook", ("DELETE", PATH), "m4", "").await.status, 204);
    assert_eq!(server.get(PATH, &[]).await.status, 200);
    assert_eq!(send(&server, "webhook", publish, "m4", &report().to_string()).await.problem().0, 422);
    assert_eq!(send(&server, "webhook", ("DELETE", "/v1/incidents/none"), "m6", "").await.problem().0, 404);
}

#[tokio::test]
async fn a_report_may_come_in_the_standards_envelope() {
    let server = server().await;
    let envelope = |event: &str, data: Value| {
        json!({ "type": event, "timestamp": "2026-11-22T03:00:00Z", "data": data }).to_string()
    };
    let publish = ("POST", "/v1/incidents");
    let sent = envelope("incident.published", report());
    assert_eq!(send(&server, "webhook", publish, "m1", &sent).await.status, 201);
    assert_eq!(server.get(PATH, &[]).await.json()["incident"]["title"], report()["title"]);
    assert_eq!(server.post("/v1/incidents", &[JSON], &sent).await.status, 200, "by token as well");
    let mut wrong = report();
    wrong["titel"] = json!("x");
    let (status, problem) =
        send(&server, "webhook", publish, "m2", &envelope("incident.updated", wrong)).await.problem();
    assert!(status == 422 && problem["errors"][0]["field"] == "titel", "{problem}");
    for event in ["incident.withdrawn", "incident.deleted"] {
        let (status, problem) =
            send(&server, "webhook", publish, &event.replace('.', "-"), &envelope(event, report())).await.problem();
        assert!(status == 422 && problem["errors"][0]["field"] == "type", "{problem}");
    }
}
