//! The history checker: what clients saw and what the store holds come in, every broken promise goes out, by its rule.
//! Pure functions; that each of them bites is shown in `tests`.
//!
//! - `I1` an acknowledged publication is readable in its source at once where it was acknowledged, within a second from
//!   other servers on the same store, unless the answer says that it may be obsolete; and in every locale in the end
//! - `I2` at most one version per revision and locale (and one more for each time one was asked for), without gaps
//! - `I3` what a client reads of a server in a locale never goes back, neither in revision nor in version
//! - `I4` all segments of a text come from one publication, the one that its revision is
//! - `I5` a version is written by one worker: whoever lost the lease writes nothing
//! - `I6` in the end nothing is under way
//! - `I9` no segment is sent to an engine more often than allowed
//! - `R4` the newest `revised_at` wins, whatever the order of arrival; revisions have no gaps

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use crate::history::{Answer, Event, History, Kept, Logged, Marker, Row, Seen, Snapshot, What};

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) rule: &'static str,
    pub(crate) detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.rule, self.detail)
    }
}

type Violations = Vec<Violation>;

/// How late a server may learn what another has stored (`Store::changes`).
const NEWS: Duration = Duration::from_secs(1);

fn broken(violations: &mut Violations, rule: &'static str, detail: impl Into<String>) {
    violations.push(Violation { rule, detail: detail.into() });
}

/// Everything that is wrong.
pub(crate) fn violations(history: &History, store: &Snapshot) -> Violations {
    let mut found = Vec::new();
    let markers = markers_of_revisions(history, store, &mut found);
    acknowledged_is_kept(history, store, &mut found);
    acknowledged_is_readable(history, &mut found);
    newest_wins(history, store, &mut found);
    revisions_have_no_gaps(history, store, &mut found);
    for (incident, kept) in &store.0 {
        for (locale, row) in &kept.rows {
            let place = format!("{incident} {locale}");
            versions_are_single(history, (incident, locale), row, &mut found);
            row_is_done(&place, kept, row, &mut found);
            for version in &row.versions {
                let place = format!("{place} version {}", version.number);
                one_publication(&place, (incident, version.revision), &version.markers, &markers, &mut found);
            }
        }
    }
    for event in &history.events {
        if let What::Read { seen: Seen::Text(shown), .. } = &event.what {
            let place = format!("{} read in {} at {:?}", event.incident, shown.locale, event.ended);
            one_publication(&place, (&event.incident, shown.revision), &shown.markers, &markers, &mut found);
        }
    }
    reading_never_goes_back(history, &mut found);
    one_worker_writes(history, store, &mut found);
    found
}

type Markers = BTreeMap<(String, u32), Marker>;

/// Which publication is which revision, as publishers were told and as the store has it. Two for one revision: one of
/// them was lost.
fn markers_of_revisions(history: &History, store: &Snapshot, found: &mut Violations) -> Markers {
    let mut told: Vec<(&str, u32, &Marker)> = Vec::new();
    for (event, marker, _, answer) in history.publications() {
        if let Answer::Acknowledged { revision } = answer {
            told.push((&event.incident, *revision, marker));
        }
    }
    for (incident, kept) in &store.0 {
        match kept.markers.first() {
            Some(marker) if kept.markers.len() == 1 => told.push((incident, kept.revision, marker)),
            _ => broken(found, "I4", format!("{incident}: the source has the markers {:?}", kept.markers)),
        }
    }
    let mut markers = Markers::new();
    for (incident, revision, marker) in told {
        let known = markers.entry((incident.to_owned(), revision)).or_insert_with(|| marker.clone());
        if known != marker {
            broken(found, "I1", format!("{incident} revision {revision} is both `{known}` and `{marker}`"));
        }
    }
    markers
}

/// `I1`: what was acknowledged is there.
fn acknowledged_is_kept(history: &History, store: &Snapshot, found: &mut Violations) {
    for (event, marker, _, answer) in history.publications() {
        let Answer::Acknowledged { revision } = answer else { continue };
        let newest = store.0.get(&event.incident).map(|kept| kept.revision);
        if newest.is_none_or(|newest| newest < *revision) {
            let detail = format!("{} revision {revision} (`{marker}`) was acknowledged", event.incident);
            broken(found, "I1", format!("{detail}, and the store has {newest:?}"));
        }
    }
}

/// `I1`: every read that begins after the acknowledgement, or [`NEWS`] after another server's, knows at least that
/// revision. A server that cannot ask the store, though it could a moment ago, goes on with what it has and says so.
fn acknowledged_is_readable(history: &History, found: &mut Violations) {
    let mut acknowledged: BTreeMap<&str, Vec<(&Event, u32)>> = BTreeMap::new();
    for (event, _, _, answer) in history.publications() {
        if let Answer::Acknowledged { revision } = answer {
            acknowledged.entry(&event.incident).or_default().push((event, *revision));
        }
    }
    for event in &history.events {
        let What::Read { seen, .. } = &event.what else { continue };
        let known = acknowledged.get(event.incident.as_str()).into_iter().flatten();
        let says_so = matches!(seen, Seen::Text(shown) if shown.perhaps_obsolete);
        let is_known = |told: &Event| {
            let from = if told.server == event.server { told.ended } else { told.ended + NEWS };
            from < event.invoked && !says_so
        };
        let promised = known.filter(|(told, _)| is_known(told)).max_by_key(|(_, revision)| *revision);
        let Some((told, expected)) = promised.copied() else { continue };
        let newest = match seen {
            Seen::Text(shown) => shown.newest,
            Seen::Nothing => 0,
            Seen::NoAnswer(_) => continue,
        };
        if newest < expected {
            let at = event.invoked;
            let (incident, here, there, since) =
                (&event.incident, event.server, told.server, at.saturating_sub(told.ended));
            let detail = format!(
                "{incident} at {at:?}: server {here} has {newest}, {expected} was acknowledged {since:?} before by server {there}"
            );
            broken(found, "I1", detail);
        }
    }
}

/// `R4`: of publications with `revised_at` the newest that was accepted, or one that may be stored and is newer.
fn newest_wins(history: &History, store: &Snapshot, found: &mut Violations) {
    let mut accepted: BTreeMap<&str, i64> = BTreeMap::new();
    let mut times: BTreeMap<(&str, &Marker), Option<i64>> = BTreeMap::new();
    for (event, marker, revised_at, answer) in history.publications() {
        times.insert((&event.incident, marker), revised_at);
        if let (Answer::Acknowledged { .. }, Some(at)) = (answer, revised_at) {
            let newest = accepted.entry(&event.incident).or_insert(at);
            *newest = at.max(*newest);
        }
    }
    for (incident, newest) in accepted {
        let Some(marker) = store.0.get(incident).and_then(|kept| kept.markers.first()) else { continue };
        if let Some(Some(at)) = times.get(&(incident, marker))
            && *at < newest
        {
            broken(found, "R4", format!("{incident} stands as of {at}, {newest} was accepted"));
        }
    }
}

/// `R4`: each number up to the newest was told to somebody, or is one of those whose answer got lost.
fn revisions_have_no_gaps(history: &History, store: &Snapshot, found: &mut Violations) {
    for (incident, kept) in &store.0 {
        let mut told = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        for (_, marker, _, answer) in history.publications().filter(|(event, ..)| event.incident == *incident) {
            match answer {
                Answer::Acknowledged { revision } => drop(told.insert(*revision)),
                Answer::Unknown | Answer::Refused(_) => drop(unknown.insert(marker)),
                Answer::OutOfOrder => {}
            }
        }
        let missing: Vec<u32> = (1..=kept.revision).filter(|number| !told.contains(number)).collect();
        if missing.len() > unknown.len() {
            broken(found, "R4", format!("{incident}: nobody published the revisions {missing:?}"));
        }
    }
}

/// `I2`.
fn versions_are_single(history: &History, (incident, locale): (&str, &str), row: &Row, found: &mut Violations) {
    let mut numbers: Vec<u32> = row.versions.iter().map(|version| version.number).collect();
    numbers.sort_unstable();
    if !numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap_or(0)) {
        broken(found, "I2", format!("{incident} {locale}: versions {numbers:?}"));
    }
    let asked_again = history.events.iter().filter(|event| {
        let locales = match &event.what {
            What::AskedAgain { locales } => locales.as_slice(),
            _ => &[],
        };
        event.incident == incident && locales.iter().any(|asked| asked == locale)
    });
    let allowed = asked_again.count();
    let revisions: BTreeSet<u32> = row.versions.iter().map(|version| version.revision).collect();
    if row.versions.len() > revisions.len() + allowed {
        let all: Vec<u32> = row.versions.iter().map(|version| version.revision).collect();
        broken(found, "I2", format!("{incident} {locale}: the revisions {all:?} have a version each"));
    }
}

/// `I1` in every locale, and `I6`.
fn row_is_done(place: &str, kept: &Kept, row: &Row, found: &mut Violations) {
    if !["current", "partial", "held"].contains(&row.state.as_str()) {
        broken(found, "I6", format!("{place} is `{}` in the end", row.state));
    } else if row.served.map(|(_, revision)| revision) != Some(kept.revision) && row.state != "held" {
        broken(found, "I1", format!("{place} serves {:?} of revision {}", row.served, kept.revision));
    }
}

/// `I4`.
fn one_publication(
    place: &str,
    (incident, revision): (&str, u32),
    seen: &BTreeSet<Marker>,
    markers: &Markers,
    found: &mut Violations,
) {
    // Where no acknowledgement tells, one publication it must be all the same.
    let expected = markers.get(&(incident.to_owned(), revision)).or(seen.first());
    if expected.is_none_or(|expected| seen.iter().any(|marker| marker != expected)) {
        broken(found, "I4", format!("{place} shows {seen:?}, revision {revision} is {expected:?}"));
    }
}

/// `I3`, for each client, server, incident and locale wanted. The source text that stands in until there is a
/// translation is no step back from or to it; a translation that was there gives way to the source of a newer revision
/// alone.
fn reading_never_goes_back(history: &History, found: &mut Violations) {
    let mut last = BTreeMap::new();
    for event in &history.events {
        let What::Read { wanted, seen: Seen::Text(shown) } = &event.what else { continue };
        let key = ((event.client, event.server), event.incident.as_str(), wanted.as_str());
        let now = (shown.newest, shown.revision, shown.version);
        let before: Option<(u32, u32, Option<u32>)> = last.insert(key, now);
        if let Some(before) = before {
            let is_lost = now.1 == before.1 || now.2.is_some();
            let in_translation = before.2.is_some() && (now.1 < before.1 || (is_lost && now.2 < before.2));
            let in_source = before.2.is_none() && now.2.is_none() && now.1 < before.1;
            if now.0 < before.0 || in_translation || in_source {
                broken(found, "I3", format!("{key:?} at {:?}: {now:?} after {before:?}", event.ended));
            }
        }
    }
}

/// `I5`: no two workers wrote the same version, and what a worker has written is there.
fn one_worker_writes(history: &History, store: &Snapshot, found: &mut Violations) {
    let mut writers: BTreeMap<(&str, &str, u32), &str> = BTreeMap::new();
    for logged in &history.logged {
        let Logged::Stored { worker, incident, locale, version } = logged else { continue };
        if let Some(other) = writers.insert((incident, locale, *version), worker) {
            broken(found, "I5", format!("{incident} {locale} version {version} is by `{other}` and by `{worker}`"));
        }
        let row = store.0.get(incident).and_then(|kept| kept.rows.get(locale));
        if !row.is_some_and(|row| row.versions.iter().any(|stored| stored.number == *version)) {
            broken(found, "I5", format!("{incident} {locale} version {version} by `{worker}` is not there"));
        }
    }
}

/// `I9`: how often each text was sent, at most `allowed` times.
pub(crate) fn overcharged(sent: &BTreeMap<(String, String), u32>, allowed: u32) -> Violations {
    let mut found = Vec::new();
    for ((pair, text), times) in sent.iter().filter(|(_, times)| **times > allowed) {
        broken(&mut found, "I9", format!("`{text}` was sent {times} times for {pair}, {allowed} are allowed"));
    }
    found
}
