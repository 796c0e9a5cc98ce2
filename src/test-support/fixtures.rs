//! Reports, renditions and moments, small and the same every time.

use jiff::{SignedDuration, Timestamp};
use polypost_core::check::Origin;
use polypost_core::document::{Format, Report};
use polypost_core::id::{IncidentId, Naming};
use polypost_core::locale::Locale;
use polypost_core::render::{Forms, Rendition, SegmentRecord};
use polypost_store::{ClaimFilter, Job, MemoryEntry, Publication, RetranslateFilter, State, Store};

pub const LEASE: SignedDuration = SignedDuration::from_secs(15);

/// A moment, in seconds after the tests' beginning of time.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_720_000_000 + second).expect("in range")
}

pub fn id(name: &str) -> IncidentId {
    name.parse().expect("an incident id")
}

pub fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

pub fn report(name: &str, text: &str) -> Report {
    // No publisher can send a title of two lines.
    let title = format!("Title of {}", text.replace('\n', " "));
    Report {
        url: Some(format!("https://status.example.com/{name}")),
        status: Some("resolved".to_owned()),
        components: vec!["Talk".to_owned()],
        ..Report::new(id(name), locale("en"), title, Format::Markdown, text)
    }
}

/// A report that says nothing but its title and its body.
pub fn plain_report(title: &str, format: Format, body: &str) -> Report {
    Report::new(id("example"), locale("en"), title, format, body)
}

pub fn rendition(text: &str) -> Rendition {
    let machine = Origin::Machine { engine: "pseudo".to_owned(), model: None };
    rendition_from(text, machine)
}

/// One of which a segment stands in the source language.
pub fn partial(text: &str) -> Rendition {
    rendition_from(text, Origin::Source)
}

fn rendition_from(text: &str, origin: Origin) -> Rendition {
    let segment = SegmentRecord {
        id: "s1".to_owned(),
        place: "body".to_owned(),
        source: text.to_owned(),
        target: text.to_owned(),
        origin,
        offered: None,
        glossary: None,
        attempts: Vec::new(),
        findings: Vec::new(),
    };
    let body = Forms { html: format!("<p>{text}</p>"), markdown: text.to_owned(), text: text.to_owned() };
    Rendition { title: format!("Title: {text}"), body, segments: vec![segment], findings: Vec::new() }
}

pub fn publication(name: &str, text: &str, locales: &[&str]) -> Publication {
    let locales = locales.iter().map(|tag| locale(tag)).collect();
    Publication { report: report(name, text), naming: Naming::Given, source: rendition(text), locales }
}

/// One that its publisher revised at a given second.
pub fn revised(name: &str, text: &str, second: i64) -> Publication {
    let mut publication = publication(name, text, &["es"]);
    publication.report.revised_at = Some(at(second));
    publication
}

pub fn entry(key: &str, target: &str) -> MemoryEntry {
    MemoryEntry {
        key: key.to_owned(),
        context: None,
        source_locale: locale("en"),
        locale: locale("es"),
        source: "[PH1] is down".to_owned(),
        target: target.to_owned(),
        kinds: vec!["name".to_owned()],
        engine: Some("pseudo".to_owned()),
        model: Some("1".to_owned()),
        created_at: at(1),
        changed_at: at(1),
    }
}

pub fn only(name: &str) -> RetranslateFilter {
    RetranslateFilter { incidents: vec![id(name)], ..RetranslateFilter::default() }
}

/// The next job, whichever it is.
pub async fn take(store: &dyn Store, second: i64) -> Option<Job> {
    store.claim(&ClaimFilter::default(), LEASE, at(second)).await.expect("claims")
}

pub async fn state(store: &dyn Store, name: &str, tag: &str, second: i64) -> State {
    let translation = store.translation(&id(name), &locale(tag), at(second)).await.expect("reads");
    translation.expect("a row").state
}
