//! Answers that are kept: the store is not asked, and nobody gets what is over.

use std::sync::Arc;

use polypost_core::check::Origin;
use polypost_core::id::VersionNumber;
use polypost_store::{ClaimFilter, FailedAttempt, Published};
use serde_json::json;

use crate::test_server::{Answer, TestServer, locale, machine, rendition, report, request, spanish};

const READ: [&str; 7] = [
    "/v1/incidents/calls",
    "/v1/incidents/calls?locale=es",
    "/v1/incidents?locale=es",
    "/v1/incidents/calls/versions?locale=es",
    "/v1/locales",
    "/es/",
    "/es/incidents/calls",
];

fn without_id(answer: &Answer) -> Vec<(String, String)> {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().expect("visible ASCII").to_owned()))
        .collect();
    headers.sort();
    headers
}

/// A server whose every locale of `calls` is there, so that nothing is awaited.
async fn server() -> TestServer {
    let server = TestServer::with_spanish("calls").await;
    server.translate("calls", "it", rendition("Registrazioni", "Le registrazioni sono tornate.", machine())).await;
    server
}

async fn revise(server: &TestServer, body: &str) {
    server.advance(1);
    let mut revised = report("calls");
    revised.body = body.to_owned();
    revised.revised_at = None;
    assert!(matches!(server.publish(&revised).await, Published::Revised(_)));
}

#[tokio::test]
async fn what_was_read_once_is_answered_without_the_store_alike_in_every_form() {
    let server = server().await;
    let forms: [&[(&str, &str)]; 4] =
        [&[], &[("accept-encoding", "gzip")], &[("accept-language", "es")], &[("if-none-match", "*")]];
    let mut before = Vec::new();
    for path in READ {
        for form in forms {
            before.push((path, form, server.get(path, form).await));
        }
    }
    server.store.close().await;
    for (path, form, first) in before {
        let again = server.get(path, form).await;
        assert_eq!((first.status, &first.body), (again.status, &again.body), "{path} {form:?}");
        assert_eq!(without_id(&first), without_id(&again), "{path} {form:?}");
        assert_eq!(again.header("x-request-id").len(), 32);
        let named = server.get(path, &[form, &[("x-request-id", "mine")]].concat()).await;
        assert_eq!(named.header("x-request-id"), "mine");
    }
    let whole = server.get(READ[1], &[]).await;
    let head = server.send(request("HEAD", READ[1], &[], "", None)).await;
    assert!(head.status == 200 && head.body.is_empty());
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
    assert_eq!(head.header("etag"), whole.header("etag"));
}

#[tokio::test]
async fn what_was_compressed_once_unpacks_to_the_plain_bytes() {
    let server = server().await;
    for path in READ {
        let plain = server.get(path, &[]).await;
        let packed = server.get(path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        let mut unpacked = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(packed.body.as_slice());
        std::io::Read::read_to_end(&mut decoder, &mut unpacked).expect("gzip");
        assert_eq!(unpacked, plain.body, "{path}");
    }
}

#[tokio::test]
async fn a_malformed_weight_asks_for_nothing() {
    for cache_bytes in [0, 1 << 20] {
        let server = TestServer::with(|config| config.server.cache_bytes = cache_bytes).await;
        server.publish(&report("calls")).await;
        // What is kept, what is not, and an error.
        for path in [READ[1], "/assets/style.css", "/v1/incidents/absent"] {
            for (accepted, coding) in
                [("gzip;q=0.5", "gzip"), ("gzip;q=0.z", ""), ("gzip;q=2", ""), ("br, gzip;q=0.z, *;q=0.1", "gzip")]
            {
                // The second answer of a path is found by the shortcut.
                for _ in 0..2 {
                    let answer = server.get(path, &[("accept-encoding", accepted)]).await;
                    assert_eq!(answer.header("content-encoding"), coding, "{path}: {accepted}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_new_text_is_there_at_once_and_so_is_its_translation() {
    let server = server().await;
    for path in READ {
        server.get(path, &[]).await;
    }
    revise(&server, "Revised.").await;
    let english = server.get("/v1/incidents/calls?locale=en", &[]).await;
    assert!(english.text().contains("Revised."));
    let stale = server.get(READ[1], &[]).await.json();
    assert_eq!(stale["incident"]["translation"]["state"], "stale");
    assert_eq!(server.get(READ[2], &[]).await.json()["incidents"][0]["translation"]["state"], "stale");
    assert_eq!(server.get(READ[3], &[]).await.json()["versions"].as_array().map(Vec::len), Some(1));
    server.translate("calls", "es", rendition("Nuevo", "Texto nuevo.", machine())).await;
    assert!(server.get(READ[1], &[]).await.text().contains("Texto nuevo."));
    assert!(server.get(READ[0], &[("accept-language", "es")]).await.text().contains("Texto nuevo."));
    assert!(server.get("/es/incidents/calls", &[]).await.text().contains("Texto nuevo."));
    assert!(server.get("/es/", &[]).await.text().contains("Nuevo"));
    assert_eq!(server.get(READ[3], &[]).await.json()["versions"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn rolling_back_and_withdrawing_are_seen_at_once() {
    let server = server().await;
    revise(&server, "Revised.").await;
    server.translate("calls", "es", rendition("Nuevo", "Texto nuevo.", machine())).await;
    assert!(server.get(READ[1], &[]).await.text().contains("Texto nuevo."));
    let id = "calls".parse().expect("an id");
    let now = server.app.clock.now();
    assert!(server.store.serve_version(&id, &locale("es"), VersionNumber(1), now).await.expect("rolled back"));
    assert!(server.get(READ[1], &[]).await.text().contains("Las grabaciones han vuelto."));
    assert_eq!(server.delete("/v1/incidents/calls").await.status, 204);
    for path in [READ[0], READ[1], READ[3], READ[6]] {
        assert_eq!(server.get(path, &[]).await.status, 410, "{path}");
    }
    assert_eq!(server.get(READ[2], &[]).await.json()["incidents"], json!([]));
    assert!(!server.get("/es/", &[]).await.text().contains("/es/incidents/calls"));
}

#[tokio::test]
async fn a_language_that_arrives_wins_over_a_shortcut_to_the_second_best() {
    let server = TestServer::with_spanish("calls").await;
    for wish in ["it, es;q=0.5", "fr, it;q=0.8, es;q=0.5", "fr, es;q=0.9, it;q=0.8"] {
        assert_eq!(server.get(READ[0], &[("accept-language", wish)]).await.header("content-language"), "es", "{wish}");
    }
    server.translate("calls", "it", rendition("Registrazioni", "Sono tornate.", machine())).await;
    for (wish, served) in [("fr, es;q=0.9, it;q=0.8", "es"), ("it, es;q=0.5", "it"), ("fr, it;q=0.8, es;q=0.5", "it")] {
        let answer = server.get(READ[0], &[("accept-language", wish)]).await;
        assert_eq!(answer.header("content-language"), served, "{wish}");
    }
}

#[tokio::test]
async fn while_the_store_fails_the_last_text_is_served_and_soon_asked_for_again() {
    let server = server().await;
    let before = server.get(READ[1], &[]).await;
    revise(&server, "Revised.").await;
    server.store.close().await;
    let after = server.get(READ[1], &[]).await;
    assert_eq!((after.status.as_u16(), &after.body), (200, &before.body));
    assert_eq!(after.header("cache-control"), "public, max-age=5, stale-if-error=86400");
    assert_eq!((before.header("cache-status"), after.header("cache-status")), ("", "polypost; hit; ttl=-1"));
    assert_eq!(server.get("/es/incidents/calls", &[]).await.status, 503, "what nobody has read is not there");
    let unread = server.get("/v1/incidents/calls/versions?locale=it", &[]).await;
    assert_eq!(unread.problem().0, 503);
    assert!(!unread.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_withdrawn_report_is_not_served_even_while_the_store_fails() {
    let server = server().await;
    for path in READ {
        server.get(path, &[]).await;
    }
    assert_eq!(server.delete("/v1/incidents/calls").await.status, 204);
    server.store.close().await;
    for path in READ.into_iter().filter(|path| *path != "/v1/locales") {
        assert_eq!(server.get(path, &[]).await.status, 503, "{path}");
    }
}

#[tokio::test]
async fn a_report_that_another_process_withdrew_is_forgotten_when_that_is_learnt() {
    let server = server().await;
    for path in READ {
        server.get(path, &[]).await;
    }
    let id = "calls".parse().expect("an id");
    assert!(server.store.withdraw(&id, server.app.clock.now()).await.expect("withdrawn"));
    assert_eq!(server.get(READ[0], &[]).await.status, 410);
    server.store.close().await;
    for path in [READ[1], READ[2], READ[6]] {
        assert_eq!(server.get(path, &[]).await.status, 503, "{path}");
    }
}

#[tokio::test]
async fn what_is_awaited_is_looked_at_again_after_a_second() {
    let server = TestServer::with_spanish("calls").await;
    let path = "/v1/incidents/calls?locale=it";
    let state = async || server.get(path, &[]).await.json()["incident"]["translation"]["state"].clone();
    assert_eq!(state().await, "pending");
    let lease = jiff::SignedDuration::from_secs(60);
    let claimed = server.store.claim(&ClaimFilter::default(), lease, server.app.clock.now()).await.expect("a claim");
    assert!(claimed.is_some());
    server.advance(1);
    assert_eq!(state().await, "translating");
}

#[tokio::test]
async fn hostile_wishes_are_shortcuts_to_what_is_kept() {
    let server = server().await;
    let wish = |number: u32| format!("es, x{}-{number:03};q=0.8, zz-{number:03}, ia;q=0.{number}", number % 10);
    let first = server.get(READ[0], &[("accept-language", &wish(0))]).await;
    server.store.close().await;
    for number in 1..500 {
        let answer = server.get("/v1/incidents/calls", &[("accept-language", &wish(number))]).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &first.body), "{number}");
    }
}

#[tokio::test]
async fn many_at_once_get_the_same_cold_answer() {
    let server = Arc::new(server().await);
    let asking: Vec<_> = (0..200)
        .map(|number| {
            let server = Arc::clone(&server);
            tokio::spawn(async move { server.get(READ[number % READ.len()], &[]).await })
        })
        .collect();
    for (number, asked) in asking.into_iter().enumerate() {
        let answer = asked.await.expect("an answer");
        assert_eq!(answer.body, server.get(READ[number % READ.len()], &[]).await.body);
    }
}

#[tokio::test]
async fn without_a_cache_every_reader_asks_the_store() {
    let server = TestServer::with(|config| config.server.cache_bytes = 0).await;
    server.publish(&report("calls")).await;
    server.translate("calls", "es", spanish()).await;
    for path in READ {
        assert_eq!(server.get(path, &[]).await.status, 200, "{path}");
        let packed = server.get(path, &[("accept-encoding", "gzip")]).await;
        assert!(packed.header("content-encoding") == "gzip" && packed.header("etag").ends_with("-gzip\""), "{path}");
    }
    server.store.close().await;
    assert_eq!(server.get(READ[0], &[]).await.problem().0, 503);
}

#[tokio::test]
async fn what_operators_are_told_is_not_kept_for_strangers() {
    let server = TestServer::with_spanish("calls").await;
    let now = server.app.clock.now();
    let lease = jiff::SignedDuration::from_secs(60);
    let job = server.store.claim(&ClaimFilter::default(), lease, now).await.expect("a claim").expect("Italian waits");
    server.store.fail(&job, &FailedAttempt::new("engine at 10.0.0.7 is away", now + lease), now).await.expect("failed");
    let path = "/v1/incidents/calls/translations";
    for _ in 0..2 {
        let operator = server.get_as_operator(path).await;
        assert!(operator.text().contains("10.0.0.7"));
        assert_eq!(operator.header("cache-control"), "no-store");
        let stranger = server.get(path, &[]).await;
        assert!(!stranger.text().contains("10.0.0.7"));
    }
}

#[tokio::test]
async fn api_and_pages_tell_caches_the_same() {
    let server = TestServer::new().await;
    for (id, status) in [("open", "investigating"), ("settled", "resolved")] {
        let mut published = report(id);
        published.status = Some(status.to_owned());
        server.publish(&published).await;
        server.translate(id, "es", rendition("Título", "Texto.", Origin::Source)).await;
    }
    for (id, tag, kept) in [
        ("open", "es", "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400"),
        ("settled", "es", "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400"),
        ("open", "it", "public, max-age=5, stale-if-error=86400"),
        ("settled", "it", "public, max-age=5, stale-if-error=86400"),
    ] {
        for path in [format!("/v1/incidents/{id}?locale={tag}"), format!("/{tag}/incidents/{id}")] {
            assert_eq!(server.get(&path, &[]).await.header("cache-control"), kept, "{path}");
        }
    }
    for (tag, age) in [("es", "max-age=15,"), ("it", "max-age=5,")] {
        for path in [format!("/v1/incidents?locale={tag}"), format!("/{tag}/")] {
            assert!(server.get(&path, &[]).await.header("cache-control").contains(age), "{path}");
        }
    }
}
