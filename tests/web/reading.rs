//! What readers get of the API.

use polypost::reader::ReadOutcome;
use polypost_core::check::Origin;
use polypost_core::finding::{Finding, Severity};
use polypost_core::id::{Naming, VersionNumber};
use polypost_store::{FailedAttempt, Publication, Published, State};
use serde_json::json;

use crate::test_server::{TestServer, machine, rendition, report, spanish};

const INCIDENT: &str = "/v1/incidents/calls";

#[tokio::test]
async fn a_list_says_which_language_it_is_in() {
    let server = TestServer::with_spanish("calls").await;
    for (locale, language) in [("es", "es"), ("it", "en"), ("en", "en")] {
        let list = server.get(&format!("/v1/incidents?locale={locale}"), &[]).await;
        assert_eq!(list.header("content-language"), language, "{locale}");
    }
    server.publish(&report("more")).await;
    let mixed = server.get("/v1/incidents?locale=es", &[]).await;
    assert!(!mixed.headers.contains_key("content-language"), "in two languages");
}

#[tokio::test]
async fn a_reader_gets_what_the_contract_says() {
    let server = TestServer::with_spanish("calls").await;
    let answer = server.get(INCIDENT, &[("accept-language", "es-MX,es;q=0.9,en;q=0.5")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-language"), "es");
    assert_eq!(answer.header("content-location"), "/v1/incidents/calls?locale=es");
    let incident = &answer.json()["incident"];
    for (field, value) in [
        ("id", json!("calls")),
        ("title", json!("Grabaciones de llamadas no disponibles")),
        ("status", json!({ "code": "resolved", "label": "Resuelto" })),
        ("components", json!(["Talk"])),
        ("locale", json!("es")),
        ("requested_locale", json!("es-MX")),
        ("direction", json!("ltr")),
        ("source_locale", json!("en")),
        ("revision", json!(1)),
        ("version", json!(1)),
        ("published_at", json!("2026-11-22T03:00:00Z")),
        ("updated_at", json!("2026-11-22T03:00:00Z")),
    ] {
        assert_eq!(incident[field], value, "{field}");
    }
    assert_eq!(incident["impact"]["code"], "major");
    assert_ne!(incident["impact"]["label"], "major", "the label is a Spanish word");
    assert_eq!(
        incident["body"],
        json!({
            "html": "<p>Las grabaciones han vuelto.</p>\n",
            "markdown": "Las grabaciones han vuelto.\n",
            "text": "Las grabaciones han vuelto.\n",
        })
    );
    let translation = &incident["translation"];
    assert_eq!(translation["state"], "current");
    assert_eq!(translation["kind"], "machine");
    assert_eq!(translation["tag"], "es-t-en-t0-und");
    assert_eq!(translation["source_revision"], 1);
    assert_eq!(translation["engines"], json!(["neural"]));
    assert_eq!(translation["translated_at"], "2026-11-22T03:00:00Z");
    assert_eq!(translation["reviewed_by"], json!(null));
    assert_eq!(translation["findings"], json!([]));
    let links = &incident["links"];
    assert_eq!(links["official"], "https://status.example.com/incidents/4711");
    assert_eq!(links["self"], "https://status.example.com/v1/incidents/calls?locale=es");
    assert_eq!(links["alternates"], json!({ "en": "https://status.example.com/v1/incidents/calls?locale=en" }));
    let html = incident["disclaimer"]["html"].as_str().expect("a disclaimer");
    assert!(html.contains("https://status.example.com/incidents/4711"), "{html}");
    assert!(incident["disclaimer"]["text"].as_str().expect("a disclaimer").contains("Example"));
}

#[tokio::test]
async fn the_best_locale_that_has_a_version_is_served() {
    let server = TestServer::with_spanish("calls").await;
    for (wish, served) in [
        ("es-MX", "es"),
        ("es-419", "es"),
        ("ES", "es"),
        ("it", "en"),
        ("it, es;q=0.8", "es"),
        ("fr", "en"),
        ("fr, en;q=0.9, es;q=0.5", "en"),
        ("en-GB, es;q=0.9", "en"),
        ("*", "en"),
        ("", "en"),
        ("%%%;q=x,,;;", "en"),
    ] {
        let answer = server.get(INCIDENT, &[("accept-language", wish)]).await;
        assert_eq!(answer.status, 200, "{wish}");
        assert_eq!(answer.header("content-language"), served, "{wish}");
        assert_eq!(answer.json()["incident"]["locale"], served, "{wish}");
    }
    let named = server.get("/v1/incidents/calls?locale=es-MX", &[("accept-language", "it")]).await;
    assert_eq!(named.header("content-language"), "es", "the query goes before the header");
}

#[tokio::test]
async fn a_language_that_is_not_there_gets_the_source_text_and_says_so() {
    let server = TestServer::with_spanish("calls").await;
    let answer = server.get("/v1/incidents/calls?locale=fr", &[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-language"), "en");
    let incident = &answer.json()["incident"];
    assert_eq!(incident["locale"], "en");
    assert_eq!(incident["requested_locale"], "fr");
    assert_eq!(incident["version"], json!(null));
    assert_eq!(incident["title"], "Call recordings unavailable");
    assert_eq!(incident["status"]["label"], "Resolved");
    assert_eq!(incident["translation"]["kind"], "source");
    assert_eq!(incident["translation"]["tag"], "en");
}

#[tokio::test]
async fn a_language_without_words_of_its_own_has_a_notice_in_the_sources() {
    let server = TestServer::new().await;
    let (source, locales) = (rendition("Calls", "Text.", Origin::Source), vec!["de".parse().expect("a locale")]);
    let publication = Publication { report: report("calls"), naming: Naming::Given, source, locales };
    server.store.publish(&publication, server.app.clock.now()).await.expect("published");
    server
        .translate("calls", "de", rendition("Anrufaufnahmen fehlen", "Die Aufnahmen sind wieder da.", machine()))
        .await;
    let incident = server.get("/v1/incidents/calls?locale=de", &[]).await.json()["incident"].clone();
    assert_eq!((&incident["locale"], &incident["disclaimer_locale"]), (&json!("de"), &json!("en")));
    let text = incident["disclaimer"]["text"].as_str().expect("a disclaimer");
    assert!(text.contains("November 22, 2026"), "the date is English as well: {text}");
    let page = server.get("/de/incidents/calls", &[]).await;
    assert!(page.text().contains("<aside class=\"disclaimer\" role=\"note\" lang=\"en\""), "{}", page.text());
}

#[tokio::test]
async fn a_translation_under_way_is_pending_and_not_kept_for_long() {
    let server = TestServer::with_spanish("calls").await;
    let answer = server.get("/v1/incidents/calls?locale=it", &[]).await;
    let incident = &answer.json()["incident"];
    assert_eq!(incident["translation"]["state"], "pending");
    assert_eq!(incident["translation"]["kind"], "source");
    assert_eq!(incident["disclaimer_locale"], "it", "the source text is explained in the reader's language");
    assert_eq!(answer.header("content-language"), "en");
    assert!(answer.header("cache-control").contains("max-age=5"), "{}", answer.header("cache-control"));
    let done = server.get("/v1/incidents/calls?locale=es", &[]).await;
    assert!(done.header("cache-control").contains("max-age=300"), "resolved and current");
}

#[tokio::test]
async fn an_active_incident_is_kept_for_seconds() {
    let server = TestServer::new().await;
    let mut running = report("calls");
    running.status = Some("investigating".to_owned());
    server.publish(&running).await;
    let answer = server.get("/v1/incidents/calls?locale=en", &[]).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400");
}

#[tokio::test]
async fn an_older_translation_says_that_it_is_older() {
    let server = TestServer::with_spanish("calls").await;
    let current = server.get("/v1/incidents/calls?locale=es", &[]).await.json();
    server.advance(60);
    let mut revised = report("calls");
    revised.body = "The recordings are back, all of them.".to_owned();
    revised.revised_at = None;
    assert!(matches!(server.publish(&revised).await, Published::Revised(_)));
    let stale = server.get("/v1/incidents/calls?locale=es", &[]).await;
    let (incident, before) = (&stale.json()["incident"], &current["incident"]);
    assert_eq!(incident["revision"], 2);
    assert_eq!(incident["translation"]["source_revision"], 1);
    assert_eq!(incident["translation"]["state"], "stale");
    assert_eq!(incident["body"], before["body"], "reading does not wait for translating");
    assert_ne!(incident["disclaimer"]["text"], before["disclaimer"]["text"]);
    assert!(stale.header("cache-control").contains("max-age=5"));
    server.translate("calls", "es", spanish()).await;
    let again = server.get("/v1/incidents/calls?locale=es", &[]).await.json();
    assert_eq!(again["incident"]["version"], 2);
    assert_eq!(
        again["incident"]["disclaimer"]["text"].as_str().map(str::len),
        before["disclaimer"]["text"].as_str().map(str::len)
    );
}

#[tokio::test]
async fn a_partial_translation_says_so_and_shows_its_findings() {
    let server = TestServer::new().await;
    server.publish(&report("calls")).await;
    let mut half = rendition("Título", "The recordings are back.", Origin::Source);
    half.segments[0].findings.push(Finding::new("placeholders", Severity::Block, "`[PH1]` is missing"));
    server.translate("calls", "es", half).await;
    let partial = server.get("/v1/incidents/calls?locale=es", &[]).await.json();
    server.publish(&report("whole")).await;
    server.translate("whole", "es", spanish()).await;
    let whole = server.get("/v1/incidents/whole?locale=es", &[]).await.json();
    let incident = &partial["incident"];
    assert_eq!(incident["translation"]["state"], "partial");
    assert_eq!(incident["translation"]["findings"][0]["check"], "placeholders");
    assert_eq!(incident["translation"]["findings"][0]["segment"], "s1");
    assert_ne!(incident["disclaimer"]["text"], whole["incident"]["disclaimer"]["text"]);
}

#[tokio::test]
async fn unknown_words_are_kept_and_official_defaults_to_the_page() {
    let server = TestServer::new().await;
    for (id, url) in [("none", None), ("script", Some("javascript:alert(1)"))] {
        let mut odd = report(id);
        odd.url = url.map(str::to_owned);
        odd.status = Some("Fire & smoke".to_owned());
        odd.impact = None;
        server.publish(&odd).await;
        let incident = &server.get(&format!("/v1/incidents/{id}"), &[]).await.json()["incident"];
        assert_eq!(incident["status"], json!({ "code": "Fire & smoke", "label": "Fire & smoke" }));
        assert_eq!(incident["impact"], json!(null));
        assert_eq!(incident["links"]["official"], format!("https://status.example.com/en/incidents/{id}"));
    }
}

#[tokio::test]
async fn the_same_bytes_have_the_same_tag_and_other_languages_another() {
    let server = TestServer::with_spanish("calls").await;
    let tag = |answer: &crate::test_server::Answer| answer.header("etag").to_owned();
    let spanish = server.get("/v1/incidents/calls?locale=es", &[]).await;
    let again = server.get("/v1/incidents/calls?locale=es", &[]).await;
    let english = server.get("/v1/incidents/calls?locale=en", &[]).await;
    assert!(tag(&spanish).starts_with('"') && tag(&spanish).len() > 20, "strong: {}", tag(&spanish));
    assert_eq!(tag(&spanish), tag(&again));
    assert_ne!(tag(&spanish), tag(&english));
    let packed = server.get("/v1/incidents/calls?locale=es", &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_ne!(tag(&packed), tag(&spanish), "other bytes, another tag");
}

#[tokio::test]
async fn what_the_reader_has_already_is_not_sent_again() {
    let server = TestServer::with_spanish("calls").await;
    let path = "/v1/incidents/calls?locale=es";
    let first = server.get(path, &[]).await;
    let tag = first.header("etag");
    let packed = server.get(path, &[("accept-encoding", "gzip")]).await;
    for known in
        [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned(), packed.header("etag").to_owned()]
    {
        let answer = server.get(path, &[("if-none-match", &known)]).await;
        assert_eq!(answer.status, 304, "{known}");
        assert!(answer.body.is_empty());
        for name in ["vary", "cache-control", "content-language", "content-location", "link"] {
            assert_eq!(answer.header(name), first.header(name), "{name}");
        }
    }
    assert_eq!(
        server.get(path, &[("if-none-match", packed.header("etag"))]).await.header("etag"),
        packed.header("etag")
    );
    let thousand = vec!["\"0123456789abcdef0123456789abcdef\""; 1000].join(",");
    for other in ["\"x\"", "", "x", thousand.as_str()] {
        assert_eq!(server.get(path, &[("if-none-match", other)]).await.status, 200);
    }
    server.advance(60);
    server
        .publish(&{
            let mut revised = report("calls");
            revised.body.push_str(" All of them.");
            revised.revised_at = None;
            revised
        })
        .await;
    assert_eq!(server.get(path, &[("if-none-match", tag)]).await.status, 200, "the disclaimer has changed");
}

#[tokio::test]
async fn caches_and_search_engines_are_told_what_there_is() {
    let server = TestServer::with_spanish("calls").await;
    let answer = server.get(INCIDENT, &[("accept-language", "es")]).await;
    let vary = answer.header("vary").to_ascii_lowercase();
    assert!(vary.contains("accept-language") && vary.contains("accept-encoding"), "{vary}");
    let link = answer.header("link");
    for (locale, path) in [
        ("es", "/v1/incidents/calls?locale=es"),
        ("en", "/v1/incidents/calls?locale=en"),
        ("x-default", "/v1/incidents/calls"),
    ] {
        assert!(link.contains(&format!("<{path}>; rel=\"alternate\"; hreflang=\"{locale}\"")), "{locale}: {link}");
    }
    assert!(!link.contains("\"it\""), "Italian is not there yet");
}

#[tokio::test]
async fn incidents_that_are_not_there_are_404_and_withdrawn_ones_410() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/v1/incidents/none", "/v1/incidents/UPPER", "/v1/incidents/none/translations"] {
        assert_eq!(server.get(path, &[]).await.problem().0, 404, "{path}");
    }
    assert_eq!(server.delete(INCIDENT).await.status, 204);
    for path in [INCIDENT, "/v1/incidents/calls/translations", "/v1/incidents/calls/versions?locale=es"] {
        assert_eq!(server.get(path, &[]).await.problem().0, 410, "{path}");
    }
    assert_eq!(server.get("/v1/incidents", &[]).await.json()["incidents"], json!([]));
}

#[tokio::test]
async fn the_list_is_newest_first_and_goes_on_behind_its_cursor() {
    let server = TestServer::new().await;
    for number in 1..=5 {
        server.publish(&report(&format!("i{number}"))).await;
        server.advance(1);
    }
    server.translate("i4", "es", spanish()).await;
    let (mut path, mut seen) = ("/v1/incidents?limit=2&locale=es".to_owned(), Vec::new());
    for _ in 0..3 {
        let answer = server.get(&path, &[]).await;
        assert_eq!(answer.status, 200);
        let page = answer.json();
        for item in page["incidents"].as_array().expect("a list") {
            seen.push(format!("{} {}", item["id"].as_str().expect("id"), item["locale"].as_str().expect("locale")));
        }
        match page["next_cursor"].as_str() {
            Some(cursor) => {
                assert!(answer.header("link").contains("rel=\"next\""));
                path = format!("/v1/incidents?limit=2&locale=es&cursor={cursor}");
            }
            None => break,
        }
    }
    assert_eq!(seen, ["i5 en", "i4 es", "i3 en", "i2 en", "i1 en"]);
    for wrong in [
        "limit=0",
        "limit=x",
        "limit=-1",
        "limit=101",
        "limit=100000",
        "cursor=%20",
        "cursor=AAAA",
        "locale=..%2F..%2Fx",
    ] {
        assert_eq!(server.get(&format!("/v1/incidents?{wrong}"), &[]).await.problem().0, 400, "{wrong}");
    }
    assert_eq!(server.get("/v1/incidents?limit=100", &[]).await.status, 200);
}

#[tokio::test]
async fn the_state_of_every_locale_is_told_and_reasons_to_operators_only() {
    let server = TestServer::with_spanish("calls").await;
    let filter = polypost_store::ClaimFilter::default();
    let now = crate::test_server::time(crate::test_server::NOW);
    let lease = jiff::SignedDuration::from_secs(60);
    let job = server.store.claim(&filter, lease, now).await.expect("claim").expect("Italian waits");
    let later = now + jiff::SignedDuration::from_secs(30);
    assert!(
        server
            .store
            .fail(&job, &FailedAttempt::new("engine `apertium` at 10.0.0.7 is away", later), now)
            .await
            .expect("failed")
    );
    let path = "/v1/incidents/calls/translations";
    let stranger = server.get(path, &[]).await.json();
    let rows = stranger["translations"].as_array().expect("rows");
    let row = |tag: &str| rows.iter().find(|row| row["locale"] == tag).unwrap_or_else(|| panic!("{tag}")).clone();
    assert_eq!(row("es")["state"], "current");
    assert_eq!(row("es")["version"], 1);
    assert_eq!(row("it")["state"], "failed");
    assert_eq!(row("it")["reason"], json!(null));
    assert_eq!(row("it")["next_attempt_at"], later.to_string());
    let operator = server.get_as_operator(path).await;
    assert!(operator.text().contains("10.0.0.7"));
    assert_eq!(operator.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_history_of_a_locale_is_newest_first() {
    let server = TestServer::with_two_versions("calls").await;
    let history = server.get("/v1/incidents/calls/versions?locale=es", &[]).await.json();
    let versions = history["versions"].as_array().expect("versions");
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0]["version"], 2);
    assert_eq!(versions[0]["served"], true);
    assert_eq!(versions[1]["source_revision"], 1);
    assert_eq!(server.get("/v1/incidents/calls/versions", &[]).await.problem().0, 400);
    assert_eq!(server.get("/v1/incidents/calls/versions?locale=fr", &[]).await.problem().0, 404);
}

#[tokio::test]
async fn locales_and_health_are_answered() {
    let server = TestServer::new().await;
    let locales = server.get("/v1/locales", &[]).await.json();
    assert_eq!(locales["source_locale"], "en");
    let tags: Vec<_> = locales["locales"].as_array().expect("locales").iter().map(|it| it["locale"].clone()).collect();
    assert_eq!(tags, ["en", "es", "it"]);
    assert_eq!(locales["locales"][1]["direction"], "ltr");
    for path in ["/health/live", "/health/ready"] {
        let answer = server.get(path, &[]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn an_older_version_can_be_read_and_says_that_it_is_older() {
    let server = TestServer::with_two_versions("calls").await;
    let (id, locale) = ("calls".parse().expect("an id"), "es".parse().expect("a locale"));
    let now = crate::test_server::time(crate::test_server::NOW);
    let version = async |number| {
        server.app.reader.read_version(&id, &locale, VersionNumber(number), now).await.expect("the store answers")
    };
    let (ReadOutcome::Found(first), ReadOutcome::Found(second)) = (version(1).await, version(2).await) else {
        panic!("both are stored");
    };
    assert_eq!((first.version, second.version), (Some(VersionNumber(1)), Some(VersionNumber(2))));
    assert_eq!(first.body.text, "Las grabaciones han vuelto.\n");
    assert_eq!((first.translation.source_revision.0, second.translation.source_revision.0), (1, 2));
    assert_eq!((first.translation.state, second.translation.state), (State::Stale, State::Current));
    assert!(first.disclaimer.text.starts_with("Traducción de una versión anterior"), "{}", first.disclaimer.text);
    assert!(!second.disclaimer.text.starts_with("Traducción de una versión anterior"), "{}", second.disclaimer.text);
    assert!(matches!(version(3).await, ReadOutcome::NotFound));
}
