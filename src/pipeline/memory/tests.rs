use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use polypost_core::document::{self, Format, Report};
use polypost_core::id::{LeaseToken, Revision};
use polypost_core::render::Outcome;
use polypost_core::segment::{FileFormat, Glossary};
use polypost_store::Migrations;
use polypost_test_support::fixtures::plain_report;

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

fn report(body: &str) -> Report {
    plain_report("Call recordings unavailable", Format::Markdown, body)
}

fn glossary(name: &str) -> Glossary {
    Glossary::empty().with_file(format!("term,keep\n{name},yes\n").as_bytes(), FileFormat::Csv).unwrap()
}

fn segments(body: &str) -> Vec<Segment> {
    segment::segments(&document::read(&report(body)).unwrap(), &Glossary::default())
}

fn typed(text: &str) -> String {
    let segments = segments(text);
    assert_eq!(segments.len(), 2, "{text}");
    Typed::of(&segments[1]).source
}

fn job(body: &str, again: bool, force: bool) -> Job {
    Job {
        incident: "a".parse().unwrap(),
        locale: locale("es"),
        revision: Revision(1),
        report: report(body),
        lease: LeaseToken("lease".to_owned()),
        attempts: 0,
        attempts_without_pass: 0,
        requested_at: Timestamp::MAX,
        engine: None,
        force,
        is_urgent: false,
        again,
    }
}

fn maker(engine: &str) -> Maker<'_> {
    Maker { engine, variant: String::new() }
}

fn makers<'run>(engines: &[&'run str]) -> Vec<Maker<'run>> {
    engines.iter().map(|engine| maker(engine)).collect()
}

async fn store() -> Arc<dyn Store> {
    polypost_store::open("sqlite::memory:", Migrations::Apply).await.unwrap()
}

/// What the memory has for each segment: its text in the bracketed spelling, and whose it is.
async fn recalled(store: &dyn Store, job: &Job) -> Vec<Option<(String, Origin)>> {
    let segments = segments(&job.report.body);
    let memory = Memory::new(store, &segments, makers(&["first", "second"]), job);
    let mut outcomes = vec![None; segments.len()];
    memory.recall(&mut outcomes).await.unwrap();
    let told = outcomes.iter().zip(&memory.typed).map(|(outcome, typed)| {
        let checked = &outcome.as_ref()?.checked;
        Some((segment::spell(&typed.protected, checked.target()), checked.origin().clone()))
    });
    told.collect()
}

/// Lets an engine or a human have translated the last segment of a text.
async fn keep(store: &dyn Store, job: &Job, engine: Option<&str>, text: &str) {
    let segments = segments(&job.report.body);
    let memory = Memory::new(store, &segments, makers(&["first", "second"]), job);
    let index = segments.len() - 1;
    let protected = &memory.typed[index].protected;
    let (source, target) = (locale("en"), locale("es"));
    let draft = Draft { segment: &segments[index], protected, text, source: &source, target: &target };
    if let Some(engine) = engine {
        let origin = Origin::Machine { engine: engine.to_owned(), model: Some("1".to_owned()) };
        let mut outcomes = vec![None; segments.len()];
        outcomes[index] = Some(Outcome::of(check::check(&draft, origin).unwrap()));
        let made = outcomes.iter().enumerate().filter_map(|(index, outcome)| Some((index, outcome.as_ref()?)));
        return memory.remember(made).await.unwrap();
    }
    let entry = MemoryEntry {
        key: memory.key(index, &target, None).unwrap(),
        context: Some(memory.contexts[index].clone()),
        source_locale: source.clone(),
        locale: target.clone(),
        source: protected.text.clone(),
        target: text.to_owned(),
        kinds: memory.typed[index].kinds.clone(),
        engine: None,
        model: None,
        created_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
    };
    store.remember(&[entry], false).await.unwrap();
}

#[test]
fn texts_that_differ_in_facts_blanks_apostrophes_and_encoding_are_the_same() {
    for (left, right) in [
        ("It failed at 13:52 UTC.", "It failed at 09:10 UTC."),
        ("It  failed\u{a0}for 5 minutes.", "It failed\nfor 30 minutes."),
        ("Customers can’t log in.", "Customers can't log in."),
        ("The users’ data is safe.", "The users' data is safe."),
        ("A caf\u{e9} was offline.", "A cafe\u{301} was offline."),
    ] {
        assert_eq!(typed(left), typed(right), "{left} {right}");
    }
}

#[test]
fn texts_that_mean_something_else_are_not_the_same() {
    for (left, right) in [
        ("It failed at 13:52 UTC.", "It failed for 5 minutes."),
        ("It failed on 3 of 5 hosts.", "It failed on 3 of 5% hosts."),
        ("It is down.", "It is down!"),
        ("See the *new* page.", "See the new page."),
        ("See `x` and y.", "See ![](https://a.example/x.png) and y."),
        ("**All clear again.**", "All clear again."),
        ("We are back.", "we are back."),
        ("can not", "cannot"),
    ] {
        assert_ne!(typed(left), typed(right), "{left} {right}");
    }
}

#[test]
fn a_key_is_of_one_pair_of_locales_and_one_maker() {
    let segments = segments("It is down.");
    let typed = Typed::of(&segments[1]);
    let key = |source, target, engine: Option<&'static str>| {
        typed.key(&locale(source), &locale(target), engine.map(maker).as_ref())
    };
    let formal = Maker { variant: "prefer_more".to_owned(), ..maker("first") };
    let keys = [
        typed.key(&locale("en"), &locale("es"), Some(&formal)),
        key("en", "es", None),
        key("en", "es", Some("first")),
        key("en", "es", Some("second")),
        key("en", "it", None),
        key("en-GB", "es", None),
    ];
    let distinct: std::collections::HashSet<&String> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len());
    assert_eq!(key("en", "es", None), keys[1]);
}

#[test]
fn another_glossary_changes_the_keys_of_the_segments_with_its_names_only() {
    let document = document::read(&report("Guide is slow.\n\nEverything else works.")).unwrap();
    let with = |names: &str| {
        let segments = segment::segments(&document, glossary(names).for_locale(&locale("es")));
        segments.iter().map(|segment| Typed::of(segment).source).collect::<Vec<_>>()
    };
    let (before, after) = (with("Other"), with("Guide"));
    let changed: Vec<bool> = before.iter().zip(&after).map(|(before, after)| before != after).collect();
    assert_eq!(changed, [false, true, false]);
}

#[test]
fn a_context_is_the_neighbours_and_what_the_segment_is() {
    let context = |body: &str| {
        let segments = segments(body);
        let typed: Vec<Typed> = segments.iter().map(Typed::of).collect();
        let at = segments.iter().position(|segment| segment.source_text() == "It works.").unwrap();
        typed::contexts(&segments, &typed)[at].clone()
    };
    let here = context("It broke at 10:00.\n\nIt works.\n\nWe are sorry.");
    assert_eq!(here, context("It broke at 11:30.\n\nIt works.\n\nWe are sorry."), "facts do not count");
    for other in [
        "It broke at 10:00.\n\n# It works.\n\nWe are sorry.",
        "It broke at 10:00.\n\nIt works.",
        "It works.\n\nWe are sorry.",
        "It broke at 10:00.\n\nIt works.\n\nWe are glad.",
    ] {
        assert_ne!(here, context(other), "{other}");
    }
}

#[tokio::test]
async fn a_humans_text_goes_before_a_machines_and_engines_follow_the_route() {
    let store = store().await;
    let job = job("It failed at 13:52 UTC.", false, false);
    keep(&*store, &job, Some("second"), "Falló [PH1] del todo.").await;
    keep(&*store, &job, Some("first"), "Ha fallado [PH1].").await;
    let first = Origin::Memory { engine: Some("first".to_owned()), model: Some("1".to_owned()) };
    assert_eq!(recalled(&*store, &job).await[1], Some(("Ha fallado [PH1].".to_owned(), first)));
    keep(&*store, &job, None, "Falló [PH1].").await;
    let human = Origin::Memory { engine: None, model: None };
    assert_eq!(recalled(&*store, &job).await[1], Some(("Falló [PH1].".to_owned(), human)));
    assert_eq!(recalled(&*store, &job).await[0], None);
}

#[tokio::test]
async fn an_operators_wish_passes_over_machines_and_only_force_over_humans() {
    let store = store().await;
    let body = "It failed at 13:52 UTC.\n\nWe are sorry.";
    keep(&*store, &job("It failed at 13:52 UTC.", false, false), None, "Falló [PH1].").await;
    keep(&*store, &job(body, false, false), Some("first"), "Lo sentimos.").await;
    let found = async |again, force, requested_at| {
        let recalled = recalled(&*store, &Job { requested_at, ..job(body, again, force) }).await;
        recalled.iter().map(Option::is_some).collect::<Vec<_>>()
    };
    let (later, before) = (Timestamp::MAX, Timestamp::MIN);
    assert_eq!(found(false, false, later).await, [false, true, true]);
    assert_eq!(found(true, false, later).await, [false, true, false]);
    assert_eq!(found(true, true, later).await, [false, false, false]);
    assert_eq!(found(false, true, later).await, [false, false, false]);
    // What was paid for since then was paid for this.
    assert_eq!(found(true, false, before).await, [false, true, true]);
    assert_eq!(found(true, true, before).await, [false, false, true]);
}

#[tokio::test]
async fn a_text_made_between_the_same_neighbours_goes_before_the_first_one() {
    let store = store().await;
    let [plain, here] = ["It broke.\n\nIt is back.", "Billing stood still.\n\nIt is back."];
    keep(&*store, &job(plain, false, false), None, "Ha vuelto.").await;
    keep(&*store, &job(here, false, false), None, "La facturación ha vuelto.").await;
    let elsewhere = "Something else.\n\nIt is back.";
    for (body, wanted) in [(plain, "Ha vuelto."), (here, "La facturación ha vuelto."), (elsewhere, "Ha vuelto.")] {
        let recalled = recalled(&*store, &job(body, false, false)).await;
        assert_eq!(recalled[2].as_ref().map(|(text, _)| text.as_str()), Some(wanted), "{body}");
    }
}

#[tokio::test]
async fn what_was_asked_for_again_is_used_everywhere_from_then_on() {
    let store = store().await;
    let [one, other] = ["It broke.\n\nIt is back.", "We are on it.\n\nIt is back."];
    keep(&*store, &job(one, false, false), Some("first"), "Ha vuelto.").await;
    keep(&*store, &job(other, false, false), Some("first"), "Ya está de vuelta.").await;
    keep(&*store, &job(other, true, false), Some("first"), "Funciona de nuevo.").await;
    // The same text once more is one that was made anew.
    let requested_at = store.clock().now();
    keep(&*store, &job(other, true, false), Some("first"), "Funciona de nuevo.").await;
    assert!(recalled(&*store, &Job { requested_at, ..job(other, true, false) }).await[2].is_some());
    let edited = "We are still on it.\n\nIt is back.";
    for body in [other, edited] {
        let recalled = recalled(&*store, &job(body, false, false)).await;
        assert_eq!(recalled[2].as_ref().map(|(text, _)| text.as_str()), Some("Funciona de nuevo."), "{body}");
    }
}

#[tokio::test]
async fn a_text_that_no_longer_passes_the_checks_is_not_recalled() {
    let store = store().await;
    let job = job("It failed at 13:52 UTC.", false, false);
    keep(&*store, &job, None, "Falló [PH1] y 5 veces más.").await;
    assert_eq!(recalled(&*store, &job).await[1], None);
    keep(&*store, &job, Some("second"), "Falló [PH1].").await;
    assert!(recalled(&*store, &job).await[1].is_some(), "the next best is taken");
}

#[tokio::test]
async fn facts_are_put_back_by_order_and_kind() {
    let store = store().await;
    keep(&*store, &job("From 3 to 5 errors a day.", false, false), None, "[PH2] errores al día, antes [PH1].").await;
    let later = job("From 8 to 20 errors a day.", false, false);
    let recalled = recalled(&*store, &later).await;
    assert_eq!(recalled[1].as_ref().map(|(text, _)| text.as_str()), Some("[PH2] errores al día, antes [PH1]."));
}

#[tokio::test]
async fn a_humans_text_serves_the_regions_of_its_language_before_any_machines() {
    let store = store().await;
    let body = "It failed at 13:52 UTC.";
    let region = |tag: &str| Job { locale: locale(tag), ..job(body, false, false) };
    keep(&*store, &job(body, false, false), None, "Falló [PH1].").await;
    let human = Origin::Memory { engine: None, model: None };
    for tag in ["es-MX", "es-419", "es-ES"] {
        let found = recalled(&*store, &region(tag)).await;
        assert_eq!(found[1], Some(("Falló [PH1].".to_owned(), human.clone())), "{tag}");
    }
    assert_eq!(recalled(&*store, &region("it")).await[1], None);
    // An engine's text is the locale's alone.
    let other = "Orders are late.";
    keep(&*store, &job(other, false, false), Some("first"), "Los pedidos se retrasan.").await;
    let region = Job { locale: locale("es-MX"), ..job(other, false, false) };
    assert_eq!(recalled(&*store, &region).await[1], None);
}

#[tokio::test]
async fn what_an_engine_made_serves_the_locales_that_it_has_one_code_for() {
    let store = store().await;
    let body = "Orders are late.";
    keep(&*store, &job(body, false, false), Some("first"), "Los pedidos se retrasan.").await;
    let job = Job { locale: locale("es-MX"), ..job(body, false, false) };
    let segments = segments(body);
    let memory = Memory::new(&*store, &segments, makers(&["first"]), &job);
    let sibling = |tag: &str, engine| Sibling { locale: locale(tag), makers: makers(&[engine]) };
    for (siblings, is_found) in [
        (vec![sibling("es", "first"), sibling("es-419", "first")], true),
        (vec![sibling("es", "second")], false),
        (vec![sibling("es-419", "first")], false),
        (Vec::new(), false),
    ] {
        let mut outcomes = vec![None; segments.len()];
        memory.recall_siblings(&siblings, &mut outcomes).await.unwrap();
        let origin = outcomes[1].as_ref().map(|outcome: &Outcome| outcome.checked.origin().clone());
        let machine = Origin::Memory { engine: Some("first".to_owned()), model: Some("1".to_owned()) };
        assert_eq!(origin, is_found.then_some(machine), "{siblings:?}");
    }
}
