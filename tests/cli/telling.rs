//! What commands say of what they did is so.

use super::sandbox::{REPORT, Sandbox};

#[test]
fn translation_is_said_to_be_asked_for_only_where_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    let asked = "translation is asked for";
    assert!(sandbox.run(&["publish", "outage.md"]).succeeded().stderr.contains(asked));
    // The same text again, and still nobody has translated it.
    assert!(sandbox.run(&["publish", "outage.md"]).succeeded().stderr.contains(asked));
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    let again = sandbox.run(&["publish", "outage.md"]).succeeded();
    assert!(!again.stderr.contains(asked), "{}", again.stderr);

    let revised = |day: u8| {
        REPORT.replace("status: resolved", &format!("status: resolved\nrevised_at: 2024-07-0{day}T00:00:00Z"))
    };
    sandbox.write("outage.md", &revised(5).replace("No orders", "No mails"));
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    sandbox.write("outage.md", &revised(4));
    let late = sandbox.run(&["publish", "outage.md"]);
    assert_eq!(late.code, 1);
    assert!(late.stderr.contains("revised later") && !late.stderr.contains(asked), "{}", late.stderr);
}

#[test]
fn a_memory_without_its_source_language_is_told_by_that() {
    let sandbox = Sandbox::new();
    let unit = |texts: &[(&str, &str)]| {
        let texts: Vec<String> =
            texts.iter().map(|(tag, text)| format!("<tuv xml:lang='{tag}'><seg>{text}</seg></tuv>")).collect();
        format!("<tu>{}</tu>\n", texts.concat())
    };
    let units = [
        unit(&[("de", "Es geht."), ("es", "Funciona.")]),
        unit(&[("en-US", "It works.")]),
        unit(&[("en", "It was down."), ("it", "Non funzionava."), ("it", "Era fermo."), ("de", "Es ging nicht.")]),
    ];
    sandbox.write("theirs.tmx", &format!("<tmx version='1.4'><body>\n{}</body></tmx>", units.concat()));
    let imported = sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
    for part in [
        "theirs.tmx: 1 units have no text in `en` and were passed over",
        "theirs.tmx: 1 units have a text in `en` alone",
        "`it` stands in a unit more than once: 1 texts passed over",
        "`de` is no configured locale: 1 texts passed over",
    ] {
        assert!(imported.stderr.contains(part), "{part} in {}", imported.stderr);
    }
    assert!(!imported.stderr.contains("`es`"), "{}", imported.stderr);
}

#[test]
fn an_older_version_is_stale_also_where_the_newer_one_has_failed() {
    let sandbox = Sandbox::published();
    // Nothing listens on port 9 of this machine.
    let sandbox = sandbox
        .with("POLYPOST_ENGINES__ROUTE", "apertium")
        .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
    sandbox.write("outage.md", &REPORT.replace("No orders were lost.", "Nothing was lost at all."));
    sandbox.write("second.md", &REPORT.replace("outage", "second"));
    assert_eq!(sandbox.run(&["publish", "outage.md", "second.md", "--wait"]).code, 1);
    let sandbox = sandbox.with("POLYPOST_ENGINES__ROUTE", "pseudo");
    let asked = sandbox.run(&["retranslate", "--stale", "--locale", "es", "--wait"]).succeeded();
    assert_eq!(asked.stdout, "queued 1 translation (1 incident)\n");
    let versions = |id: &str| {
        let history = sandbox.run(&["history", id, "--locale", "es", "--json"]).succeeded().json();
        history["versions"].as_array().map(Vec::len)
    };
    assert_eq!((versions("outage"), versions("second")), (Some(2), Some(0)));
}

#[test]
fn zones_in_words_are_kept_with_their_times() {
    let sandbox = Sandbox::new();
    let body = "At 1:52 PM Pacific Time the API failed. At 2:00 p.m. Eastern the team was called. \
        At 1:53 p.m. Pacific Time the queue grew. At 17:30 Central European Time it was empty. \
        The last error is of 2024-07-05 13:52:10.123 UTC in the log. Everything works since 17.45 CET again.";
    let report = serde_json::json!({"id": "zones", "title": "The API failed", "body": body});
    sandbox.run_with_input(&["publish", "-", "--wait"], &report.to_string()).succeeded();
    let spanish = sandbox.run(&["show", "zones", "--locale", "es"]).succeeded().stdout;
    for fact in [
        "13:52 Pacific Time",
        "14:00 Eastern",
        "13:53 Pacific Time",
        "17:30 Central European Time",
        "13:52:10.123 UTC",
        "17.45 CET",
    ] {
        assert!(spanish.contains(fact), "{fact} in {spanish}");
    }
    assert!(!spanish.contains("13:53. "), "{spanish}");
}

#[test]
fn a_text_put_together_of_remembered_ones_is_not_said_to_be_reviewed() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "theirs.tmx",
        "<tmx version='1.4'><body><tu><tuv xml:lang='en'><seg>Orders were lost</seg></tuv>\
         <tuv xml:lang='es'><seg>Se perdieron pedidos</seg></tuv></tu>\
         <tu><tuv xml:lang='en'><seg>The orders are back.</seg></tuv>\
         <tuv xml:lang='es'><seg>Los pedidos están de vuelta.</seg></tuv></tu></body></tmx>",
    );
    sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
    let report = r#"{"id": "lost", "title": "Orders were lost", "body": "The orders are back."}"#;
    sandbox.run_with_input(&["publish", "-", "--wait", "--locale", "es"], report).succeeded();
    let json = sandbox.run(&["show", "lost", "--locale", "es", "--format", "json"]).succeeded().json();
    let incident = &json["incident"];
    assert_eq!(
        (&incident["title"], &incident["translation"]["engines"]),
        (&"Se perdieron pedidos".into(), &serde_json::json!([]))
    );
    assert_eq!(incident["translation"]["kind"], "machine");
    let told = incident["disclaimer"]["text"].as_str().expect("a text");
    assert!(told.starts_with("Traducción automática: ") && !told.contains("revisa"), "{told}");
}
