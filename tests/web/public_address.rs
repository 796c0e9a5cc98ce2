//! Links and names where neither a public address nor an organisation is configured.

use crate::house::{House, report, spanish};

#[tokio::test]
async fn without_a_public_address_links_have_no_host_whatever_the_request_says() {
    let house = House::with(|config| {
        config.server.public_url = "".into();
        config.organisation.name.clear();
    })
    .await;
    let mut report = report("calls");
    report.url = None;
    house.publish(&report).await;
    house.translate("calls", "es", spanish()).await;
    for host in ["127.0.0.1:8080", "localhost", "evil.example", "0.0.0.0:8093"] {
        let headers = [("host", host), ("x-forwarded-host", "evil.example")];
        let answer = house.get("/v1/incidents/calls?locale=es", &headers).await;
        let incident = &answer.json()["incident"];
        assert_eq!(incident["links"]["official"], "/en/incidents/calls");
        assert_eq!(incident["links"]["self"], "/v1/incidents/calls?locale=es");
        assert_eq!(incident["links"]["alternates"]["en"], "/v1/incidents/calls?locale=en");
        let (html, text) = (&incident["disclaimer"]["html"], &incident["disclaimer"]["text"]);
        assert!(html.as_str().expect("a text").contains(r#"<a href="/en/incidents/calls" hreflang="en">"#), "{html}");
        assert!(!text.as_str().expect("a text").contains('/'), "a path says nothing in a text: {text}");
        let page = house.get("/es/incidents/calls", &headers).await;
        assert!(page.text().contains(r#"<link rel="canonical" href="/es/incidents/calls">"#), "{}", page.text());
        let list = house.get("/v1/incidents?locale=es", &headers).await;
        for said in [&answer, &page, &list, &house.get("/es/", &headers).await] {
            for foreign in ["evil.example", "http://", "0.0.0.0", "127.0.0.1"] {
                assert!(!said.text().contains(foreign), "{foreign}: {}", said.text());
            }
        }
    }
}

#[tokio::test]
async fn without_a_name_texts_speak_of_the_publisher() {
    let house = House::with(|config| config.organisation.name = " ".to_owned()).await;
    house.publish(&report("calls")).await;
    house.translate("calls", "es", spanish()).await;
    let notice = &house.get("/v1/incidents/calls?locale=es", &[]).await.json()["incident"]["disclaimer"]["text"];
    assert!(notice.as_str().expect("a text").contains("pero quien publica este informe no garantiza"), "{notice}");
    for (path, heading, title) in [
        ("/es/", "Informes de incidentes</a>", "<title>Informes de incidentes</title>"),
        ("/it/", "Rapporti sugli incidenti</a>", "<title>Rapporti sugli incidenti</title>"),
        ("/es/incidents/calls", "Informes de incidentes</a>", " – Informes de incidentes</title>"),
    ] {
        let page = house.get(path, &[]).await;
        assert!(page.text().contains(heading) && page.text().contains(title), "{path}: {}", page.text());
        assert!(!page.text().contains("Polypost") && !page.text().contains("organisation }"), "{path}");
    }
    assert_eq!(house.delete("/v1/incidents/calls").await.status, 204);
    let gone = house.get("/es/incidents/calls", &[]).await;
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("Este informe de incidente se ha retirado."), "{}", gone.text());
}
