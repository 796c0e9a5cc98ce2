//! What is there in the end: the store's incidents, rows and versions, and what workers have logged, in the checker's
//! words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::Timestamp;
use polypost_core::clock::{Clock, System};
use polypost_core::id::IncidentId;
use polypost_store::{ListFilter, ListPage, State, Store, Translation};
use regex::Regex;
use serde_json::Value;

use crate::history::{Kept, Logged, Marker, Row, Snapshot, Stored};

static MARKER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bm\d+x\d+\b").expect("a good expression"));

const PAGE: u32 = 500;

pub(crate) fn now() -> Timestamp {
    System.now()
}

/// All markers of a text.
pub(crate) fn markers(text: &str) -> BTreeSet<Marker> {
    MARKER.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The markers of a segment's text; none at all is a marker too.
fn markers_or_none(text: &str) -> BTreeSet<Marker> {
    let found = markers(text);
    if found.is_empty() { BTreeSet::from([String::new()]) } else { found }
}

pub(crate) async fn take(store: &dyn Store) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let mut filter = ListFilter { limit: PAGE, ..ListFilter::default() };
    loop {
        let page = store.list(&filter, now()).await.expect("the store answers");
        let Some(last) = page.last() else { return snapshot };
        filter.page = ListPage::After((last.times.published_at, last.id.clone()));
        for summary in &page {
            let kept = kept(store, &summary.id).await;
            let doubled = snapshot.0.insert(summary.id.to_string(), kept);
            assert!(doubled.is_none(), "R3: {} is listed twice", summary.id);
        }
    }
}

async fn kept(store: &dyn Store, id: &IncidentId) -> Kept {
    let incident = store.incident(id).await.expect("the store answers").expect("what is listed is there");
    let sources = incident.source.segments.iter().map(|segment| segment.source.as_str());
    let mut kept = Kept {
        revision: incident.revision.0,
        markers: sources.flat_map(markers_or_none).collect(),
        rows: std::collections::BTreeMap::new(),
    };
    for row in store.translations(id, now()).await.expect("the store answers") {
        let locale = row.locale.to_string();
        let row = read_row(store, row).await;
        kept.rows.insert(locale, row);
    }
    kept
}

async fn read_row(store: &dyn Store, row: Translation) -> Row {
    let history = store.history(&row.incident, &row.locale).await.expect("the store answers");
    let versions = history.iter().map(|version| {
        let segments = version.rendition.segments.iter();
        let texts = segments.flat_map(|segment| [segment.source.as_str(), segment.target.as_str()]);
        Stored {
            number: version.number.0,
            revision: version.revision.0,
            markers: texts.flat_map(markers_or_none).collect(),
        }
    });
    Row {
        versions: versions.collect(),
        state: state_name(row.state),
        served: row.served.map(|(version, revision)| (version.0, revision.0)),
    }
}

fn state_name(state: State) -> String {
    serde_json::to_value(state).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What workers say of their rows, from their logs in JSON. A process that is killed may leave half a line.
pub(crate) fn logged(logs: &[(String, String)]) -> Vec<Logged> {
    let mut found = Vec::new();
    for (worker, log) in logs {
        for line in log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            let (incident, locale, message) = (text("incident"), text("locale"), text("message"));
            if message.starts_with("version stored") {
                let version = serde_json::from_value(line["version"].clone()).expect("a version number");
                found.push(Logged::Stored { worker: worker.clone(), incident, locale, version });
            } else if message.starts_with("the lease was lost") {
                found.push(Logged::Fenced { worker: worker.clone(), incident, locale });
            }
        }
    }
    found
}
