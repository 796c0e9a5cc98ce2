//! Tests that need more than the public traits: the two definitions of a state, a full disk, the plan of a claim.

use jiff::{SignedDuration, Timestamp};

use super::{Sql, claims, translations};
use crate::database::{Row, query};
use crate::state::{Progress, state_sql};
use crate::{
    ClaimFilter, EngineFailure, FailedAttempt, Failure, FailureKind, Jobs as _, Maintenance as _, Migrations,
    Publication, Publications as _, Published, StoreError, Translations as _,
};
use polypost_core::document::{Format, Report};
use polypost_core::id::{Naming, Revision};
use polypost_core::render::{Forms, Rendition};
use polypost_test_support::fixtures::plain_report;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_720_000_000 + second).expect("in range")
}

async fn open(directory: &tempfile::TempDir) -> Sql {
    let url = format!("sqlite://{}/polypost.db", directory.path().display());
    Sql::open(&url, Migrations::Apply).await.expect("opens")
}

fn publication(name: &str, body: &str) -> Publication {
    let form = || body.to_owned();
    let body_forms = Forms { html: form(), markdown: form(), text: form() };
    let title = "A title".to_owned();
    Publication {
        report: Report {
            id: name.parse().expect("an id"),
            title: title.clone(),
            ..plain_report("Call recordings unavailable", Format::Text, body)
        },
        naming: Naming::Given,
        source: Rendition { title, body: body_forms, segments: Vec::new(), findings: Vec::new() },
        locales: vec!["es".parse().expect("a locale")],
    }
}

/// Every combination of what decides a state.
fn combinations() -> Vec<Progress> {
    let leases = [None, Some(at(-1)), Some(at(0)), Some(at(1))];
    let served = [None, Some((1, false)), Some((1, true)), Some((2, false)), Some((2, true)), Some((3, false))];
    let mut all = Vec::new();
    for lease_until in leases {
        for served in served {
            for flags in 0..8_u8 {
                all.push(Progress {
                    held: flags & 1 > 0,
                    wanted_revision: Revision(2),
                    open: flags & 2 > 0,
                    served: served.map(|(revision, partial)| (Revision(revision), partial)),
                    lease_until,
                    attempts: u32::from(flags & 4 > 0),
                });
            }
        }
    }
    all
}

#[tokio::test]
async fn a_state_is_the_same_in_rust_and_in_sql() {
    const ADD: &str = "insert into translations (incident, locale, wanted_revision, published_at, requested, \
        requested_at, completed, attempts, not_before, force, held, served_revision, served_partial, lease_until, \
        updated_at) values ('a', $1, 2, 0, 2, 0, $2, $3, 0, false, $4, $5, $6, $7, 0)";
    const READ: &str = concat!("select ", state_sql!("$2"), " as state from translations where locale = $1");
    let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
    store.publish(&publication("a", "text"), at(0)).await.expect("publishes");
    let mut seen = std::collections::HashSet::new();
    for (number, progress) in combinations().into_iter().enumerate() {
        let locale = format!("x-{number}");
        let add = query(ADD)
            .bind(&locale)
            .bind(if progress.open { 1_i64 } else { 2 })
            .bind(progress.attempts)
            .bind(progress.held)
            .bind(progress.served.map(|(revision, _)| i64::from(revision.0)))
            .bind(progress.served.is_some_and(|(_, partial)| partial))
            .bind(progress.lease_until.map(Timestamp::as_microsecond));
        store.database.write(add).await.expect("adds");
        let read = query(READ).bind(&locale).bind(at(0).as_microsecond());
        let row = store.database.read_one(read).await.expect("reads").expect("a row");
        let in_sql = Row::new(&row, "translations", &locale).text("state").expect("a text").to_owned();
        let in_rust = progress.state(at(0));
        assert_eq!(in_sql, in_rust.as_str(), "{progress:?}");
        assert_eq!(serde_json::json!(in_rust), in_sql.as_str(), "and in JSON");
        seen.insert(in_rust);
    }
    assert_eq!(seen.len(), 7, "every state is among them");
}

#[tokio::test]
async fn a_full_disk_refuses_and_goes_on_when_there_is_space() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(&directory).await;
    store.publish(&publication("a", "text"), at(0)).await.expect("publishes");
    // SQLite answers its own limit as it answers a full disk: it rolls back by itself.
    store.database.write_returning(query("pragma max_page_count = 1")).await.expect("limits");
    let large = publication("b", &"x".repeat(300_000));
    let error = store.publish(&large, at(1)).await.expect_err("is full");
    assert!(error.is_transient() && error.is_out_of_space(), "{error}");
    assert!(error.to_string().contains("make space"), "{error}");
    // The limit goes with the connection, should that have been replaced.
    store.database.write_returning(query("pragma max_page_count = 100000")).await.expect("makes space");
    assert_eq!(store.publish(&large, at(2)).await.expect("publishes"), Published::Created);
    assert!(store.incident(&large.report.id).await.expect("reads").is_some(), "stored once there was space");
    store.check().await.expect("is in order");
}

#[tokio::test]
async fn another_process_with_the_lock_is_worth_another_try() {
    let directory = tempfile::tempdir().expect("a directory");
    let (store, other) = (open(&directory).await, open(&directory).await);
    let lock = other.database.begin(None).await.expect("locks");
    store.database.write_returning(query("pragma busy_timeout = 10")).await.expect("limits");
    let error = store.publish(&publication("a", "text"), at(0)).await.expect_err("is locked");
    assert!(error.is_transient() && !error.is_out_of_space(), "{error}");
    let error = store.claim(&ClaimFilter::default(), SignedDuration::from_secs(1), at(0)).await.expect_err("is locked");
    assert!(error.is_transient(), "{error}");
    assert!(store.incident(&"a".parse().expect("an id")).await.expect("reading goes on").is_none());
    drop(lock);
    other.publish(&publication("b", "text"), at(0)).await.expect("the lock was given back");
    store.publish(&publication("a", "text"), at(0)).await.expect("publishes");
}

#[tokio::test]
async fn a_damaged_report_does_not_keep_others_from_being_claimed() {
    let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
    for (second, name) in [(0, "good"), (1, "damaged")] {
        store.publish(&publication(name, "text"), at(second)).await.expect("publishes");
    }
    let damage = "update revisions set report = replace(report, 'text', 'tixt') where incident = 'damaged'";
    store.database.write_returning(query(damage)).await.expect("damages");
    let lease = SignedDuration::from_secs(15);
    let job = store.claim(&ClaimFilter::default(), lease, at(2)).await.expect("claims").expect("a job");
    assert_eq!(job.incident.as_str(), "good");
    assert!(store.claim(&ClaimFilter::default(), lease, at(2)).await.expect("claims").is_none());
    let rows = store.translations(&"damaged".parse().expect("an id"), at(2)).await.expect("reads");
    assert!(
        rows.iter().all(|row| row.failure.as_ref().is_some_and(|failure| failure.hints()[0].contains("restore"))),
        "{rows:?}"
    );
    let error = store.incident(&"damaged".parse().expect("an id")).await.expect_err("is damaged");
    assert!(matches!(error, StoreError::Inconsistent { table: "revisions", column: "report", .. }), "{error}");
    assert!(matches!(store.check().await, Err(StoreError::Inconsistent { .. })));
}

#[tokio::test]
async fn claims_and_lists_walk_their_indexes() {
    let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
    for (statement, index) in [
        (&claims::CLAIM_SQLITE, "translations_open"),
        (&translations::LIST, "incidents_listed"),
        (&translations::LIST_BACKWARDS, "incidents_listed"),
    ] {
        let explain = format!("explain query plan {}", statement.text()).leak();
        let rows = store.database.write_returning(query(explain)).await.expect("explains");
        let line = |row| Row::new(row, "plan", 1).text("detail").expect("a text").to_owned();
        let plan: Vec<String> = rows.iter().map(line).collect();
        assert!(plan.iter().any(|line| line.contains(index)), "{plan:#?}");
        assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE FOR ORDER")), "{plan:#?}");
    }
}

#[tokio::test]
async fn a_failure_is_stored_as_data_and_a_line_of_an_older_version_is_read() {
    let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
    store.publish(&publication("a", "text"), at(0)).await.expect("publishes");
    let lease = SignedDuration::from_secs(15);
    let job = store.claim(&ClaimFilter::default(), lease, at(1)).await.expect("claims").expect("a job");
    let engine = EngineFailure::new("deepl", FailureKind::Quota, "used up (hint: run this)");
    let failure = Failure::new("no engine could translate into `es`").with_engines(vec![engine]);
    store.fail(&job, &FailedAttempt::new(failure.clone(), at(9)), at(2)).await.expect("fails");
    let stored = store.database.read(query("select reason from translations")).await.expect("reads");
    let stored = Row::new(&stored[0], "translations", "a").text("reason").expect("a text").to_owned();
    assert!(stored.starts_with(r#"{"v":1,"message":"no engine could translate into `es`","engines":["#), "{stored}");
    let (id, locale) = (&job.incident, &job.locale);
    let row = store.translation(id, locale, at(3)).await.expect("reads").expect("a row");
    assert_eq!(row.failure, Some(failure));
    let json = serde_json::to_value(&row).expect("JSON");
    assert_eq!(json["reason"], "no engine could translate into `es`: engine `deepl`: used up (hint: run this)");

    let line = "no engine could translate into `es`: engine `neural`: no model (hint: run `polypost engines pull es`)";
    let write = query("update translations set reason = $1").bind(line);
    store.database.write(write).await.expect("writes");
    let row = store.translation(id, locale, at(3)).await.expect("reads").expect("a row");
    let failure = row.failure.expect("a failure");
    assert_eq!((failure.hints(), failure.engines.len()), (vec!["run `polypost engines pull es`"], 1));
    assert_eq!(failure.to_string(), line);
}
