//! What people see in their browsers.

use polypost_core::check::Origin;

use crate::test_server::{TestServer, machine, rendition, report};

#[tokio::test]
async fn the_front_door_leads_to_the_readers_language() {
    let server = TestServer::new().await;
    for (wish, target) in [("es-MX,es;q=0.9", "/es/"), ("fr", "/en/"), ("", "/en/"), ("it;q=0.5, en;q=0.1", "/it/")] {
        let answer = server.get("/", &[("accept-language", wish)]).await;
        assert_eq!(answer.status, 307, "{wish}");
        assert_eq!(answer.header("location"), target, "{wish}");
        assert_eq!(answer.header("vary"), "Accept-Language");
    }
    assert_eq!(server.get("/es", &[]).await.header("location"), "/es/");
}

#[tokio::test]
async fn a_report_stands_behind_its_disclaimer_in_its_language() {
    let server = TestServer::with_spanish("calls").await;
    let answer = server.get("/es/incidents/calls", &[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("content-language"), "es");
    let page = answer.text();
    for part in [
        "<!doctype html>",
        "<html lang=\"es\" dir=\"ltr\">",
        "<title>Grabaciones de llamadas no disponibles – Example</title>",
        "<link rel=\"canonical\" href=\"https://status.example.com/es/incidents/calls\">",
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://status.example.com/en/incidents/calls\">",
        "<link rel=\"alternate\" hreflang=\"es\" href=\"https://status.example.com/es/incidents/calls\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://status.example.com/en/incidents/calls\">",
        "hreflang=\"es\" aria-current=\"page\">Español",
        "status-resolved\">Resuelto",
        "<time datetime=\"2026-11-22T03:00:00Z\">",
        "<bdi>Talk</bdi>",
        "<p>Las grabaciones han vuelto.</p>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let (notice, body) = (page.find("role=\"note\"").expect("a notice"), page.find("Las grabaciones").expect("a body"));
    assert!(notice < body, "the disclaimer comes first");
}

#[tokio::test]
async fn no_page_may_run_anything_or_be_framed() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/es/incidents/calls", "/es/", "/es/incidents/none", "/v1/incidents/calls", "/assets/style.css"] {
        let answer = server.get(path, &[]).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        // Nothing runs together: `hreflang="es"aria-current` is one attribute to some browsers.
        assert!(!answer.text().contains("\"aria-"), "{path}");
        assert!(!answer.text().contains("<script") && !answer.text().contains("style=\""), "{path}");
    }
}

#[tokio::test]
async fn markup_in_titles_and_words_is_text() {
    let server = TestServer::new().await;
    let attack = "<img src=x onerror=alert(1)>\"'&</title><script>alert(1)</script>";
    let mut hostile = report("xss");
    hostile.title = attack.to_owned();
    hostile.status = Some(attack.to_owned());
    hostile.impact = Some("\"><script>".to_owned());
    hostile.components = vec![attack.to_owned()];
    hostile.url = Some("javascript:alert(1)".to_owned());
    server.publish(&hostile).await;
    server.translate("xss", "es", rendition(attack, "Texto.", machine())).await;
    for path in ["/es/incidents/xss", "/en/incidents/xss", "/es/", "/en/"] {
        let page = server.get(path, &[]).await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(!text.contains("<img") && !text.contains("<script") && !text.contains("javascript:"), "{path}\n{text}");
        assert!(text.contains("&#60;img") || text.contains("&lt;img"), "{path}: shown as text");
    }
}

#[tokio::test]
async fn the_source_text_is_served_in_every_offered_language_until_it_is_translated() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/it/incidents/calls"] {
        let answer = server.get(path, &[]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-language"), "en", "{path}");
        assert_eq!(answer.header("content-location"), "/en/incidents/calls", "{path}");
        assert!(answer.text().contains("<article lang=\"en\" dir=\"ltr\">"), "{path}");
        assert!(answer.text().contains("Call recordings unavailable"), "{path}");
    }
    let italian = server.get("/it/incidents/calls", &[]).await;
    assert!(italian.text().contains("<html lang=\"it\""), "the page's own words are Italian");
    assert!(italian.text().contains("role=\"note\" lang=\"it\""), "{}", italian.text());
}

#[tokio::test]
async fn the_list_shows_each_report_in_its_best_language() {
    let server = TestServer::with_spanish("calls").await;
    server.advance(1);
    server.publish(&report("newer")).await;
    let answer = server.get("/es/", &[]).await;
    assert_eq!(answer.status, 200);
    let page = answer.text();
    let newer = page.find("/es/incidents/newer").expect("the newer one");
    let older = page.find("/es/incidents/calls").expect("the older one");
    assert!(newer < older, "newest first");
    assert!(page.contains("Grabaciones de llamadas no disponibles") && page.contains("Call recordings unavailable"));
    assert!(page.contains("<h2 lang=\"en\""), "what is not Spanish says so");
    assert_eq!(TestServer::new().await.get("/es/", &[]).await.status, 200, "an empty list is a page too");
    assert_eq!(server.get("/es/?cursor=nonsense", &[]).await.status, 400);
}

#[tokio::test]
async fn a_long_list_has_a_next_page() {
    let server = TestServer::new().await;
    for number in 0..25 {
        server.publish(&report(&format!("i{number}"))).await;
        server.advance(1);
    }
    let first = server.get("/en/", &[]).await;
    let next = first.text().split("/en/?cursor=").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let second = server.get(&format!("/en/?cursor={next}"), &[]).await;
    assert_eq!(second.text().matches("<li>\n<article>").count(), 5, "{}", second.text());
    assert!(!second.text().contains("rel=\"next\""));
    let own = format!("https://status.example.com/en/?cursor={next}");
    assert!(second.text().contains(&format!("<link rel=\"canonical\" href=\"{own}\">")), "{}", second.text());
    assert!(second.text().contains(&format!("<a href=\"/es/?cursor={next}\"")), "the language leads to the same page");
    assert_eq!(
        second
            .text()
            .matches(&format!("hreflang=\"es\" href=\"https://status.example.com/es/?cursor={next}\""))
            .count(),
        1
    );
    let back = second.text().split("/en/?before=").nth(1).and_then(|rest| rest.split('"').next()).expect("a way back");
    let again = server.get(&format!("/en/?before={back}"), &[]).await;
    let titles = |page: &str| {
        page.split("<h2 ").skip(1).map(|part| part.split("</h2>").next().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(titles(again.text()), titles(first.text()));
    assert!(
        again.text().contains("<link rel=\"canonical\" href=\"https://status.example.com/en/\">"),
        "it is the first"
    );
    assert!(!again.text().contains("rel=\"prev\"") && !first.text().contains("rel=\"prev\""));
    assert_eq!(server.get(&format!("/en/?before={back}&cursor={next}"), &[]).await.status, 400);
}

#[tokio::test]
async fn pages_that_are_not_there_say_so_in_the_readers_language() {
    let server = TestServer::with_spanish("calls").await;
    let english = server.get("/en/incidents/none", &[]).await;
    let spanish = server.get("/es/incidents/none", &[]).await;
    assert_eq!((english.status.as_u16(), spanish.status.as_u16()), (404, 404));
    assert!(spanish.header("content-type").starts_with("text/html"));
    assert_eq!(spanish.header("content-language"), "es");
    assert!(spanish.text().contains("<html lang=\"es\""));
    let heading = |page: &str| page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).map(str::to_owned);
    assert!(heading(spanish.text()).is_some() && heading(spanish.text()) != heading(english.text()));
    assert_eq!(server.delete("/v1/incidents/calls").await.status, 204);
    let gone = server.get("/es/incidents/calls", &[]).await;
    assert_eq!(gone.status, 410);
    assert_ne!(heading(gone.text()), heading(spanish.text()));
    assert_eq!(gone.header("cache-control"), "no-store");
    let nowhere = server.get("/a/b/c/d", &[("accept", "text/html"), ("accept-language", "es")]).await;
    assert_eq!((nowhere.status.as_u16(), nowhere.header("content-language")), (404, "es"));
}

#[tokio::test]
async fn pages_are_kept_by_their_tag() {
    let server = TestServer::with_spanish("calls").await;
    for path in ["/es/incidents/calls", "/es/", "/assets/style.css"] {
        let first = server.get(path, &[]).await;
        assert!(!first.header("etag").is_empty(), "{path}");
        let again = server.get(path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!(again.status, 304, "{path}");
        assert_eq!(again.header("cache-control"), first.header("cache-control"), "{path}");
    }
}

#[tokio::test]
async fn a_text_without_any_machine_in_it_is_called_human() {
    let server = TestServer::new().await;
    server.publish(&report("calls")).await;
    server.translate("calls", "es", rendition("Título", "Texto.", Origin::Human)).await;
    let incident = &server.get("/v1/incidents/calls?locale=es", &[]).await.json()["incident"];
    assert_eq!(incident["translation"]["kind"], "human");
    assert_eq!(incident["translation"]["tag"], "es");
}
