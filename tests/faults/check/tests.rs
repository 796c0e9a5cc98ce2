//! Each violation planted into a lawful history, and caught: a checker that cannot fail proves nothing.

use super::*;
use crate::history::{Event, Shown, Stored};

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn set(markers: &[&str]) -> BTreeSet<Marker> {
    markers.iter().map(|&marker| marker.to_owned()).collect()
}

fn published(second: u64, marker: &str, revised_at: i64, answer: Answer) -> Event {
    let what = What::Published { marker: marker.to_owned(), revised_at: Some(revised_at), answer };
    Event { client: 1, server: 0, invoked: at(second), ended: at(second + 1), incident: "a".to_owned(), what }
}

fn acknowledged(second: u64, marker: &str, revision: u32) -> Event {
    published(second, marker, i64::from(revision), Answer::Acknowledged { revision })
}

fn shown(newest: u32, revision: u32, version: Option<u32>, marker: &str) -> Shown {
    let locale = if version.is_some() { "es" } else { "en" };
    Shown { locale: locale.to_owned(), newest, revision, version, perhaps_obsolete: false, markers: set(&[marker]) }
}

fn read(second: u64, seen: Seen) -> Event {
    let what = What::Read { wanted: "es".to_owned(), seen };
    Event { client: 2, server: 0, invoked: at(second), ended: at(second), incident: "a".to_owned(), what }
}

fn stored_by(worker: &str, version: u32) -> Logged {
    Logged::Stored { worker: worker.to_owned(), incident: "a".to_owned(), locale: "es".to_owned(), version }
}

/// Two revisions, read while they become a translation each.
fn lawful() -> (History, Snapshot) {
    let events = vec![
        acknowledged(0, "m1x1", 1),
        read(2, Seen::Text(shown(1, 1, None, "m1x1"))),
        read(3, Seen::Text(shown(1, 1, Some(1), "m1x1"))),
        read(3, Seen::NoAnswer(Some(503))),
        published(4, "m1x2", 2, Answer::Unknown),
        acknowledged(6, "m1x2", 2),
        published(7, "m1x0", 0, Answer::OutOfOrder),
        read(8, Seen::Text(shown(2, 1, Some(1), "m1x1"))),
        read(9, Seen::Text(shown(2, 2, Some(2), "m1x2"))),
    ];
    let versions = [(1, "m1x1"), (2, "m1x2")];
    let versions =
        versions.map(|(number, marker)| Stored { number, revision: number, markers: set(&[marker]) }).to_vec();
    let row = Row { state: "current".to_owned(), served: Some((2, 2)), versions };
    let kept = Kept { revision: 2, markers: set(&["m1x2"]), rows: BTreeMap::from([("es".to_owned(), row)]) };
    let logged = vec![stored_by("one", 1), stored_by("two", 2)];
    (History { events, logged }, Snapshot(BTreeMap::from([("a".to_owned(), kept)])))
}

/// The rules that are broken once the lawful history was tampered with.
fn rules(tamper: impl FnOnce(&mut History, &mut Kept)) -> BTreeSet<&'static str> {
    let (mut history, mut store) = lawful();
    tamper(&mut history, store.0.get_mut("a").expect("the incident"));
    violations(&history, &store).into_iter().map(|violation| violation.rule).collect()
}

fn spanish(kept: &mut Kept) -> &mut Row {
    kept.rows.get_mut("es").expect("the row")
}

#[test]
fn a_lawful_history_has_no_violation() {
    let (history, store) = lawful();
    assert_eq!(violations(&history, &store), []);
    assert_eq!((history.acknowledged(), history.reads(), history.fenced()), (2, (4, 1), 0));
}

#[test]
fn an_acknowledged_publication_that_is_gone_is_caught() {
    let (history, mut store) = lawful();
    store.0.clear();
    assert!(violations(&history, &store).iter().any(|violation| violation.rule == "I1"));
    let lost = |history: &mut History, _: &mut Kept| history.events.push(acknowledged(9, "m1x3", 3));
    assert!(rules(lost).contains("I1"));
    let overwritten = |history: &mut History, _: &mut Kept| history.events.push(acknowledged(9, "m1x3", 2));
    assert!(rules(overwritten).contains("I1"), "two publications cannot be one revision");
}

#[test]
fn a_read_that_does_not_know_what_was_acknowledged_before_is_caught() {
    for seen in [Seen::Nothing, Seen::Text(shown(1, 1, Some(1), "m1x1"))] {
        assert!(rules(|history, _| history.events.insert(8, read(8, seen))).contains("I1"));
    }
    let elsewhere = |server: usize, second: u64| {
        let event = Event { server, ..read(second, Seen::Text(shown(1, 1, Some(1), "m1x1"))) };
        rules(|history, _| history.events.insert(8, event))
    };
    assert!(elsewhere(1, 9).contains("I1"), "more than a second later");
    let (soon, at_once) = (Duration::from_millis(7_500), at(7));
    assert!(soon < at_once + NEWS);
    let event = Event { server: 1, invoked: soon, ..read(0, Seen::Text(shown(1, 1, Some(1), "m1x1"))) };
    assert!(rules(|history, _| history.events.insert(8, event)).is_empty(), "the other server may not know it yet");
    let says_so = Shown { perhaps_obsolete: true, ..shown(1, 1, Some(1), "m1x1") };
    let told = |history: &mut History, _: &mut Kept| {
        history.events.insert(8, Event { server: 1, ..read(9, Seen::Text(says_so)) });
    };
    assert!(rules(told).is_empty(), "it cannot ask the store, and says so");
    let during = |history: &mut History, _: &mut Kept| {
        history.events.insert(1, read(0, Seen::Nothing));
    };
    assert!(rules(during).is_empty(), "nothing was acknowledged yet");
}

#[test]
fn a_doubled_and_a_missing_version_are_caught() {
    let doubled = |kept: &mut Kept| {
        let row = spanish(kept);
        row.versions.push(Stored { number: 3, revision: 2, markers: set(&["m1x2"]) });
        row.served = Some((3, 2));
    };
    assert_eq!(rules(|_, kept| doubled(kept)), BTreeSet::from(["I2"]));
    let asked = |history: &mut History, kept: &mut Kept| {
        doubled(kept);
        let what = What::AskedAgain { locales: vec!["es".to_owned()] };
        history.events.push(Event { what, ..acknowledged(9, "", 0) });
    };
    assert!(rules(asked).is_empty(), "it was asked for");
    let with_gap = |_: &mut History, kept: &mut Kept| spanish(kept).versions[1].number = 3;
    assert!(rules(with_gap).contains("I2"));
}

#[test]
fn reading_that_goes_back_is_caught() {
    let back = [shown(2, 1, Some(1), "m1x1"), shown(2, 2, None, "m1x2"), shown(2, 2, Some(1), "m1x2")];
    for shown in back {
        let rules = rules(|history, _| history.events.push(read(10, Seen::Text(shown))));
        assert_eq!(rules, BTreeSet::from(["I3"]));
    }
    let other_client = |history: &mut History, _: &mut Kept| {
        let event = read(10, Seen::Text(shown(2, 1, Some(1), "m1x1")));
        history.events.push(Event { client: 3, ..event });
    };
    assert!(rules(other_client).is_empty(), "each client has its own past");
}

#[test]
fn a_text_mixed_of_two_publications_is_caught() {
    let mixed = |_: &mut History, kept: &mut Kept| spanish(kept).versions[1].markers = set(&["m1x1", "m1x2"]);
    assert_eq!(rules(mixed), BTreeSet::from(["I4"]));
    let without = |_: &mut History, kept: &mut Kept| spanish(kept).versions[1].markers = set(&["", "m1x2"]);
    assert_eq!(rules(without), BTreeSet::from(["I4"]));
    let of_another = |_: &mut History, kept: &mut Kept| spanish(kept).versions[1].markers = set(&["m1x1"]);
    assert_eq!(rules(of_another), BTreeSet::from(["I4"]));
    let shown_mixed = |history: &mut History, _: &mut Kept| {
        let markers = set(&["m1x1", "m1x2"]);
        history.events.push(read(10, Seen::Text(Shown { markers, ..shown(2, 2, Some(2), "") })));
    };
    assert_eq!(rules(shown_mixed), BTreeSet::from(["I4"]));
}

#[test]
fn a_version_of_two_workers_and_one_that_vanished_are_caught() {
    assert_eq!(rules(|history, _| history.logged.push(stored_by("one", 2))), BTreeSet::from(["I5"]));
    assert_eq!(rules(|history, _| history.logged.push(stored_by("one", 3))), BTreeSet::from(["I5"]));
}

#[test]
fn a_row_that_never_ends_and_one_that_serves_the_old_are_caught() {
    for state in ["pending", "translating", "stale", "failed"] {
        let stuck = |_: &mut History, kept: &mut Kept| state.clone_into(&mut spanish(kept).state);
        assert_eq!(rules(stuck), BTreeSet::from(["I6"]));
    }
    assert_eq!(rules(|_, kept| spanish(kept).served = Some((1, 1))), BTreeSet::from(["I1"]));
    assert_eq!(rules(|_, kept| spanish(kept).served = None), BTreeSet::from(["I1"]));
}

#[test]
fn an_older_publication_that_wins_and_a_gap_in_the_revisions_are_caught() {
    let older = |history: &mut History, _: &mut Kept| {
        let answer = Answer::Acknowledged { revision: 1 };
        history.events.push(published(3, "m1x1", 9, answer));
    };
    assert_eq!(rules(older), BTreeSet::from(["R4"]));
    let gap = |history: &mut History, kept: &mut Kept| {
        for event in &mut history.events {
            if let What::Published { answer: Answer::Acknowledged { revision }, .. } = &mut event.what {
                *revision += u32::from(*revision == 2) * 2;
            }
        }
        history.events.retain(|event| !matches!(event.what, What::Read { .. }));
        kept.revision = 4;
        spanish(kept).served = Some((2, 4));
        spanish(kept).versions[1].revision = 4;
    };
    assert_eq!(rules(gap), BTreeSet::from(["R4"]));
}

#[test]
fn a_text_that_is_sent_too_often_is_caught() {
    let sent = |times| BTreeMap::from([(("eng|spa".to_owned(), "It failed.".to_owned()), times)]);
    assert_eq!(overcharged(&sent(2), 2), []);
    assert_eq!(overcharged(&sent(3), 2).len(), 1);
}
