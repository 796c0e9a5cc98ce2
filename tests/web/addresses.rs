//! Addresses as people type them, and the languages that a page is offered in.

use crate::test_server::{Answer, TestServer, machine, rendition, report, spanish};
use polypost_test_service::watch;

/// What a browser says that it takes.
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

const JSON: (&str, &str) = ("content-type", "application/json");

fn led_to(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("location"))
}

#[tokio::test]
async fn people_get_pages_at_every_address_that_is_none() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/nope", "/nope/", "/nope/incidents/calls", "/es/none", "/es/incidents/calls/more", "/assets/x"] {
        for accept in [BROWSER, ("accept", "*/*")] {
            let answer = server.get(path, &[accept, ("accept-language", "es")]).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-language")), (404, "es"), "{path}");
            assert!(answer.header("content-type").starts_with("text/html"), "{path}");
            assert_eq!(answer.header("vary"), "Accept-Language", "{path}");
        }
        let program = server.get(path, &[("accept", "application/json")]).await;
        assert_eq!(program.problem().0, 404, "{path}");
    }
    assert_eq!(server.get("/v1/nope", &[BROWSER]).await.problem().0, 404);
}

#[tokio::test]
async fn people_get_pages_for_paths_that_cannot_be_read_and_for_other_methods() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/%ff", "/%ff/", "/es/incidents/%C3", "/es/incidents/%C3/", "/%ff/incidents/calls", "/incidents/%ff"] {
        let answer = server.get(path, &[BROWSER, ("accept-language", "es")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-language")), (404, "es"), "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        assert_eq!(server.get(path, &[("accept", "application/json")]).await.problem().0, 404, "{path}");
    }
    for path in ["/", "/es/", "/es/incidents/calls", "/robots.txt"] {
        let answer = server.post(path, &[BROWSER, ("accept-language", "es")], "x").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-language")), (405, "es"), "{path}");
        assert_eq!(answer.header("allow"), "GET,HEAD", "{path}");
        let program = server.post(path, &[("accept", "application/json")], "x").await;
        assert_eq!((program.problem().0, program.header("allow")), (405, "GET,HEAD"), "{path}");
    }
    for path in ["/v1/locales", "/metrics", "/health/live"] {
        let answer = server.post(path, &[BROWSER], "x").await;
        assert_eq!((answer.problem().0, answer.header("allow")), (405, "GET,HEAD"), "{path}");
    }
}

#[tokio::test]
async fn other_spellings_lead_to_the_page() {
    let server = TestServer::with_spanish("calls").await;
    for (path, to) in [
        ("/es/incidents/calls/", "/es/incidents/calls"),
        ("/es/incidents", "/es/"),
        ("/es/incidents/", "/es/"),
        ("/es", "/es/"),
        ("/ES/", "/es/"),
        ("/ES/?before=x", "/es/?before=x"),
        ("/Es/incidents/calls", "/es/incidents/calls"),
        ("/favicon.ico", "/assets/icon.svg"),
    ] {
        assert_eq!(led_to(&server.get(path, &[BROWSER]).await), (308, to), "{path}");
    }
    for (path, wish, to) in [
        ("/incidents", "es", "/es/"),
        ("/incidents/", "de", "/en/"),
        ("/incidents/calls", "es-MX, it", "/es/incidents/calls"),
        ("/incidents/calls/", "es", "/es/incidents/calls"),
        ("/incidents/calls", "it", "/en/incidents/calls"),
        ("/incidents/calls", "", "/en/incidents/calls"),
    ] {
        let answer = server.get(path, &[BROWSER, ("accept-language", wish)]).await;
        assert_eq!(led_to(&answer), (307, to), "{path} {wish}");
        assert_eq!(answer.header("vary"), "Accept-Language");
    }
    for (path, status) in [("/incidents/none", 404), ("/incidents/A%20B", 404)] {
        let answer = server.get(path, &[BROWSER, ("accept-language", "es")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-language")), (status, "es"), "{path}");
    }
    server.delete("/v1/incidents/calls").await;
    assert_eq!(server.get("/incidents/calls", &[BROWSER]).await.status, 410);
}

#[tokio::test]
async fn crawlers_and_browsers_find_their_files() {
    let server = TestServer::new().await;
    let robots = server.get("/robots.txt", &[]).await;
    assert_eq!((robots.status.as_u16(), robots.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert!(robots.text().starts_with("User-agent: *\nDisallow: /v1/\n"), "{}", robots.text());
    let icon = server.get("/assets/icon.svg", &[]).await;
    assert_eq!((icon.status.as_u16(), icon.header("content-type")), (200, "image/svg+xml"));
    assert!(
        server
            .get("/en/", &[])
            .await
            .text()
            .contains("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/assets/icon.svg\">")
    );
}

#[tokio::test]
async fn languages_that_nothing_is_published_in_lead_to_the_nearest_that_is() {
    let server = TestServer::with_spanish("calls").await;
    for (path, to) in [
        ("/es-MX/", "/es/"),
        ("/qaa/", "/en/"),
        ("/fr/?cursor=x", "/en/?cursor=x"),
        ("/es-AR/incidents/calls", "/es/incidents/calls"),
        ("/ar/incidents/calls", "/en/incidents/calls"),
        ("/it-CH/incidents/calls", "/it/incidents/calls"),
    ] {
        assert_eq!(led_to(&server.get(path, &[BROWSER]).await), (307, to), "{path}");
    }
    assert_eq!(server.get("/fr/incidents/none", &[BROWSER]).await.status, 404);
    // What was asked for with one incident alone is offered there, and only there.
    let asked = serde_json::json!({ "id": "brazil", "title": "T", "body": "B", "locales": ["pt-BR"] });
    assert_eq!(server.post("/v1/incidents", &[JSON], &asked.to_string()).await.status, 201);
    assert_eq!(server.get("/pt-BR/incidents/brazil", &[BROWSER]).await.status, 200);
    assert_eq!(led_to(&server.get("/pt-BR/incidents/calls", &[BROWSER]).await), (307, "/en/incidents/calls"));
}

/// `(name, state)` of each language in the menu, and which is this page's.
fn menu(page: &str) -> (Vec<(String, String)>, Option<String>) {
    let menu =
        page.split("<nav class=\"languages\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("a menu");
    let part = |text: &str, from: &str, to: &str| {
        text.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default().to_owned()
    };
    let items: Vec<&str> = menu.split("<li>").skip(1).collect();
    let name = |item: &str| part(item.split("</a>").next().unwrap_or_default(), ">", "<");
    let current = items.iter().find(|item| item.contains("aria-current=\"page\"")).map(|item| name(item));
    (items.iter().map(|item| (name(item), part(item, "<small>(", ")</small>"))).collect(), current)
}

#[tokio::test]
async fn the_menu_offers_every_language_with_its_own_name_and_state() {
    let server = TestServer::with(|config| {
        config.locales.targets.push("pt-BR".parse().expect("a locale"));
    })
    .await;
    server.publish(&report("calls")).await;
    let names = |states: [&str; 4]| {
        let names = ["English", "Español", "Italiano", "Português (Brasil)"];
        names.iter().zip(states).map(|(name, state)| ((*name).to_owned(), state.to_owned())).collect::<Vec<_>>()
    };
    let page = server.get("/it/incidents/calls", &[]).await;
    let waiting = "In attesa";
    assert_eq!(menu(page.text()), (names(["", waiting, waiting, waiting]), Some("Italiano".to_owned())));
    assert_eq!(page.text().matches("rel=\"alternate\" hreflang=\"it\"").count(), 0, "nothing to find in it yet");
    server.translate("calls", "es", spanish()).await;
    let mut revised = report("calls");
    revised.title.push('!');
    revised.revised_at = None;
    let page = server.get("/en/incidents/calls", &[]).await;
    assert_eq!(menu(page.text()).0, names(["", "", "Pending", "Pending"]));
    server.advance(1);
    server.publish(&revised).await;
    let page = server.get("/es/incidents/calls", &[]).await;
    assert_eq!(menu(page.text()).0[1].1, "Desactualizada", "{}", page.text());
    server.translate("calls", "it", rendition("Titolo", "Testo.", machine())).await;
    let page = server.get("/en/incidents/calls", &[]).await;
    assert_eq!(menu(page.text()).0, names(["", "Out of date", "", "Pending"]));
    let list = server.get("/es/", &[]).await;
    assert_eq!(menu(list.text()), (names(["", "", "", ""]), Some("Español".to_owned())));
}

#[tokio::test]
async fn code_and_tables_can_be_reached_by_keyboard() {
    let server = TestServer::new().await;
    let report =
        serde_json::json!({ "id": "wide", "title": "T", "body": "```\nls\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n" });
    server.post("/v1/incidents", &[JSON], &report.to_string()).await;
    let page = server.get("/es/incidents/wide", &[]).await;
    for label in ["Código", "Tabla"] {
        let wide = format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><");
        assert_eq!(page.text().matches(&wide).count(), 1, "{}", page.text());
    }
    let incident = server.get("/v1/incidents/wide", &[]).await;
    assert!(!incident.text().contains("tabindex"), "the API's text is the report's own");
}

#[tokio::test]
async fn an_incident_is_read_with_its_text_once_for_a_request() {
    let server = TestServer::with_spanish("read-once").await;
    let reads = || watch::lines(&[" is read", "read-once"]);
    for (path, wish) in [
        ("/v1/incidents/read-once", "es"),
        ("/v1/incidents/read-once", "de, es-MX;q=0.5"),
        ("/v1/incidents/read-once?locale=it", ""),
        ("/es/incidents/read-once", ""),
        ("/it/incidents/read-once", ""),
        ("/v1/incidents/read-once", "en"),
    ] {
        server.advance(600);
        let before = reads();
        assert_eq!(server.get(path, &[("accept-language", wish)]).await.status, 200);
        assert_eq!(reads() - before, 1, "{path} {wish}");
    }
    server.advance(600);
    let before = reads();
    server.get("/incidents/read-once", &[]).await;
    server.get("/incidents/read-once", &[("accept-language", "es")]).await;
    assert_eq!(reads() - before, 1);
}
