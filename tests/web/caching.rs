//! Answers that are kept: the store is not asked, and nobody gets what is over.

use std::sync::Arc;

use polypost_core::check::Origin;
use polypost_core::id::VersionNumber;
use polypost_store::{ClaimFilter, FailedAttempt, Published};
use serde_json::json;

use crate::house::{Answer, House, locale, machine, rendition, report, request, spanish};

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

/// A house whose every locale of `calls` is there, so that nothing is awaited.
async fn house() -> House {
    let house = House::with_spanish("calls").await;
    house.translate("calls", "it", rendition("Registrazioni", "Le registrazioni sono tornate.", machine())).await;
    house
}

async fn revise(house: &House, body: &str) {
    house.advance(1);
    let mut revised = report("calls");
    revised.body = body.to_owned();
    revised.revised_at = None;
    assert!(matches!(house.publish(&revised).await, Published::Revised(_)));
}

#[tokio::test]
async fn what_was_read_once_is_answered_without_the_store_alike_in_every_form() {
    let house = house().await;
    let forms: [&[(&str, &str)]; 4] =
        [&[], &[("accept-encoding", "gzip")], &[("accept-language", "es")], &[("if-none-match", "*")]];
    let mut before = Vec::new();
    for path in READ {
        for form in forms {
            before.push((path, form, house.get(path, form).await));
        }
    }
    house.store.close().await;
    for (path, form, first) in before {
        let again = house.get(path, form).await;
        assert_eq!((first.status, &first.body), (again.status, &again.body), "{path} {form:?}");
        assert_eq!(without_id(&first), without_id(&again), "{path} {form:?}");
        assert_eq!(again.header("x-request-id").len(), 32);
        let named = house.get(path, &[form, &[("x-request-id", "mine")]].concat()).await;
        assert_eq!(named.header("x-request-id"), "mine");
    }
    let whole = house.get(READ[1], &[]).await;
    let head = house.send(request("HEAD", READ[1], &[], "", None)).await;
    assert!(head.status == 200 && head.body.is_empty());
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
    assert_eq!(head.header("etag"), whole.header("etag"));
}

#[tokio::test]
async fn what_was_compressed_once_unpacks_to_the_plain_bytes() {
    let house = house().await;
    for path in READ {
        let plain = house.get(path, &[]).await;
        let packed = house.get(path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        let mut unpacked = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(packed.body.as_slice());
        std::io::Read::read_to_end(&mut decoder, &mut unpacked).expect("gzip");
        assert_eq!(unpacked, plain.body, "{path}");
    }
}

#[tokio::test]
async fn a_new_text_is_there_at_once_and_so_is_its_translation() {
    let house = house().await;
    for path in READ {
        house.get(path, &[]).await;
    }
    revise(&house, "Revised.").await;
    let english = house.get("/v1/incidents/calls?locale=en", &[]).await;
    assert!(english.text().contains("Revised."));
    let stale = house.get(READ[1], &[]).await.json();
    assert_eq!(stale["incident"]["translation"]["state"], "stale");
    assert_eq!(house.get(READ[2], &[]).await.json()["incidents"][0]["translation"]["state"], "stale");
    assert_eq!(house.get(READ[3], &[]).await.json()["versions"].as_array().map(Vec::len), Some(1));
    house.translate("calls", "es", rendition("Nuevo", "Texto nuevo.", machine())).await;
    assert!(house.get(READ[1], &[]).await.text().contains("Texto nuevo."));
    assert!(house.get(READ[0], &[("accept-language", "es")]).await.text().contains("Texto nuevo."));
    assert!(house.get("/es/incidents/calls", &[]).await.text().contains("Texto nuevo."));
    assert!(house.get("/es/", &[]).await.text().contains("Nuevo"));
    assert_eq!(house.get(READ[3], &[]).await.json()["versions"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn rolling_back_and_withdrawing_are_seen_at_once() {
    let house = house().await;
    revise(&house, "Revised.").await;
    house.translate("calls", "es", rendition("Nuevo", "Texto nuevo.", machine())).await;
    assert!(house.get(READ[1], &[]).await.text().contains("Texto nuevo."));
    let id = "calls".parse().expect("an id");
    let now = house.app.clock.now();
    assert!(house.store.serve_version(&id, &locale("es"), VersionNumber(1), now).await.expect("rolled back"));
    assert!(house.get(READ[1], &[]).await.text().contains("Las grabaciones han vuelto."));
    assert_eq!(house.delete("/v1/incidents/calls").await.status, 204);
    for path in [READ[0], READ[1], READ[3], READ[6]] {
        assert_eq!(house.get(path, &[]).await.status, 410, "{path}");
    }
    assert_eq!(house.get(READ[2], &[]).await.json()["incidents"], json!([]));
    assert!(!house.get("/es/", &[]).await.text().contains("/es/incidents/calls"));
}

#[tokio::test]
async fn a_language_that_arrives_wins_over_a_shortcut_to_the_second_best() {
    let house = House::with_spanish("calls").await;
    for wish in ["it, es;q=0.5", "fr, it;q=0.8, es;q=0.5", "fr, es;q=0.9, it;q=0.8"] {
        assert_eq!(house.get(READ[0], &[("accept-language", wish)]).await.header("content-language"), "es", "{wish}");
    }
    house.translate("calls", "it", rendition("Registrazioni", "Sono tornate.", machine())).await;
    for (wish, served) in [("fr, es;q=0.9, it;q=0.8", "es"), ("it, es;q=0.5", "it"), ("fr, it;q=0.8, es;q=0.5", "it")] {
        let answer = house.get(READ[0], &[("accept-language", wish)]).await;
        assert_eq!(answer.header("content-language"), served, "{wish}");
    }
}

#[tokio::test]
async fn while_the_store_fails_the_last_text_is_served_and_soon_asked_for_again() {
    let house = house().await;
    let before = house.get(READ[1], &[]).await;
    revise(&house, "Revised.").await;
    house.store.close().await;
    let after = house.get(READ[1], &[]).await;
    assert_eq!((after.status.as_u16(), &after.body), (200, &before.body));
    assert_eq!(after.header("cache-control"), "public, max-age=5, stale-if-error=86400");
    assert_eq!((before.header("cache-status"), after.header("cache-status")), ("", "polypost; hit; ttl=-1"));
    assert_eq!(house.get("/es/incidents/calls", &[]).await.status, 503, "what nobody has read is not there");
    let unread = house.get("/v1/incidents/calls/versions?locale=it", &[]).await;
    assert_eq!(unread.problem().0, 503);
    assert!(!unread.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_withdrawn_report_is_not_served_even_while_the_store_fails() {
    let house = house().await;
    for path in READ {
        house.get(path, &[]).await;
    }
    assert_eq!(house.delete("/v1/incidents/calls").await.status, 204);
    house.store.close().await;
    for path in READ.into_iter().filter(|path| *path != "/v1/locales") {
        assert_eq!(house.get(path, &[]).await.status, 503, "{path}");
    }
}

#[tokio::test]
async fn a_report_that_another_process_withdrew_is_forgotten_when_that_is_learnt() {
    let house = house().await;
    for path in READ {
        house.get(path, &[]).await;
    }
    let id = "calls".parse().expect("an id");
    assert!(house.store.withdraw(&id, house.app.clock.now()).await.expect("withdrawn"));
    assert_eq!(house.get(READ[0], &[]).await.status, 410);
    house.store.close().await;
    for path in [READ[1], READ[2], READ[6]] {
        assert_eq!(house.get(path, &[]).await.status, 503, "{path}");
    }
}

#[tokio::test]
async fn what_is_awaited_is_looked_at_again_after_a_second() {
    let house = House::with_spanish("calls").await;
    let path = "/v1/incidents/calls?locale=it";
    let state = async || house.get(path, &[]).await.json()["incident"]["translation"]["state"].clone();
    assert_eq!(state().await, "pending");
    let lease = jiff::SignedDuration::from_secs(60);
    let claimed = house.store.claim(&ClaimFilter::default(), lease, house.app.clock.now()).await.expect("a claim");
    assert!(claimed.is_some());
    house.advance(1);
    assert_eq!(state().await, "translating");
}

#[tokio::test]
async fn hostile_wishes_are_shortcuts_to_what_is_kept() {
    let house = house().await;
    let wish = |number: u32| format!("es, x{}-{number:03};q=0.8, zz-{number:03}, ia;q=0.{number}", number % 10);
    let first = house.get(READ[0], &[("accept-language", &wish(0))]).await;
    house.store.close().await;
    for number in 1..500 {
        let answer = house.get("/v1/incidents/calls", &[("accept-language", &wish(number))]).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &first.body), "{number}");
    }
}

#[tokio::test]
async fn many_at_once_get_the_same_cold_answer() {
    let house = Arc::new(house().await);
    let asking: Vec<_> = (0..200)
        .map(|number| {
            let house = Arc::clone(&house);
            tokio::spawn(async move { house.get(READ[number % READ.len()], &[]).await })
        })
        .collect();
    for (number, asked) in asking.into_iter().enumerate() {
        let answer = asked.await.expect("an answer");
        assert_eq!(answer.body, house.get(READ[number % READ.len()], &[]).await.body);
    }
}

#[tokio::test]
async fn without_a_cache_every_reader_asks_the_store() {
    let house = House::with(|config| config.server.cache_bytes = 0).await;
    house.publish(&report("calls")).await;
    house.translate("calls", "es", spanish()).await;
    for path in READ {
        assert_eq!(house.get(path, &[]).await.status, 200, "{path}");
        let packed = house.get(path, &[("accept-encoding", "gzip")]).await;
        assert!(packed.header("content-encoding") == "gzip" && packed.header("etag").ends_with("-gzip\""), "{path}");
    }
    house.store.close().await;
    assert_eq!(house.get(READ[0], &[]).await.problem().0, 503);
}

#[tokio::test]
async fn what_operators_are_told_is_not_kept_for_strangers() {
    let house = House::with_spanish("calls").await;
    let now = house.app.clock.now();
    let lease = jiff::SignedDuration::from_secs(60);
    let job = house.store.claim(&ClaimFilter::default(), lease, now).await.expect("a claim").expect("Italian waits");
    house.store.fail(&job, &FailedAttempt::new("engine at 10.0.0.7 is away", now + lease), now).await.expect("failed");
    let path = "/v1/incidents/calls/translations";
    for _ in 0..2 {
        let operator = house.get_as_operator(path).await;
        assert!(operator.text().contains("10.0.0.7"));
        assert_eq!(operator.header("cache-control"), "no-store");
        let stranger = house.get(path, &[]).await;
        assert!(!stranger.text().contains("10.0.0.7"));
    }
}

#[tokio::test]
async fn api_and_pages_tell_caches_the_same() {
    let house = House::new().await;
    for (id, status) in [("open", "investigating"), ("settled", "resolved")] {
        let mut published = report(id);
        published.status = Some(status.to_owned());
        house.publish(&published).await;
        house.translate(id, "es", rendition("Título", "Texto.", Origin::Source)).await;
    }
    for (id, tag, kept) in [
        ("open", "es", "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400"),
        ("settled", "es", "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400"),
        ("open", "it", "public, max-age=5, stale-if-error=86400"),
        ("settled", "it", "public, max-age=5, stale-if-error=86400"),
    ] {
        for path in [format!("/v1/incidents/{id}?locale={tag}"), format!("/{tag}/incidents/{id}")] {
            assert_eq!(house.get(&path, &[]).await.header("cache-control"), kept, "{path}");
        }
    }
    for (tag, age) in [("es", "max-age=15,"), ("it", "max-age=5,")] {
        for path in [format!("/v1/incidents?locale={tag}"), format!("/{tag}/")] {
            assert!(house.get(&path, &[]).await.header("cache-control").contains(age), "{path}");
        }
    }
}
