use sha2::{Digest as _, Sha256};

use super::*;
use polypost_core::document::{Format, Report, hex};
use polypost_core::render::{Forms, Rendition};
use polypost_test_support::fixtures::plain_report;

fn seal(value: &impl serde::Serialize) -> (String, String) {
    let text = serde_json::to_string(value).expect("serialises");
    let checksum = hex(&Sha256::digest(&text));
    (text, checksum)
}

fn rendition() -> Rendition {
    Rendition { title: "title".to_owned(), body: Forms::default(), segments: Vec::new(), findings: Vec::new() }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn revision(number: u32) -> RevisionRow {
    let report = plain_report("Call recordings unavailable", Format::Text, &format!("text {number}"));
    let (source, source_checksum) = seal(&rendition());
    let (text, report_checksum) = seal(&report);
    RevisionRow {
        incident: report.id.clone(),
        number: Revision(number),
        content_hash: report.content_hash().expect("a hash"),
        created_at: at(1),
        report_checksum,
        source_checksum,
        report: text,
        source,
    }
}

fn translation(tag: &str, served: Option<(u32, u32)>) -> TranslationRow {
    TranslationRow {
        incident: "example".parse().expect("an id"),
        locale: tag.parse().expect("a locale"),
        wanted_revision: Revision(2),
        published_at: at(1),
        priority: -1,
        requested: 2,
        requested_at: at(1),
        completed: 1,
        attempts: 0,
        not_before: at(1),
        reason: None,
        engine: None,
        force: false,
        held: false,
        served_version: served.map(|(version, _)| VersionNumber(version)),
        served_revision: served.map(|(_, revision)| Revision(revision)),
        served_partial: false,
        updated_at: at(1),
    }
}

fn version(tag: &str, number: u32, revision: u32) -> VersionRow {
    let (rendition, checksum) = seal(&rendition());
    VersionRow {
        incident: "example".parse().expect("an id"),
        locale: tag.parse().expect("a locale"),
        number: VersionNumber(number),
        revision: Revision(revision),
        partial: false,
        title: "title".to_owned(),
        created_at: at(1),
        checksum,
        rendition,
    }
}

/// Two revisions; two versions of one translation, none of the other.
fn rows() -> Rows {
    let report = plain_report("Call recordings unavailable", Format::Text, "text 2");
    let incident = IncidentRow {
        id: report.id,
        revision: Revision(2),
        revised_at: None,
        url: report.url,
        title: report.title,
        status: report.status,
        impact: report.impact,
        components: report.components,
        source_locale: report.source_locale,
        findings: 0,
        received_at: at(1),
        changed_at: at(1),
        withdrawn_at: None,
    };
    Rows {
        incident,
        revisions: vec![revision(1), revision(2)],
        translations: vec![translation("es", Some((2, 1))), translation("it", None)],
        versions: vec![version("es", 1, 1), version("es", 2, 1)],
    }
}

#[test]
fn rows_that_agree_are_a_dossier() {
    assert_eq!(ExportedIncident::verify(rows()).expect("in order").rows(), &rows());
    let bare = Rows { translations: Vec::new(), versions: Vec::new(), ..rows() };
    assert!(ExportedIncident::verify(bare).is_ok(), "nobody asked for a translation");
}

#[test]
fn whatever_does_not_agree_is_named_with_its_row() {
    type Damage = fn(&mut Rows);
    let cases: &[(RowLocation, &str, Damage)] = &[
        (RowLocation::Incident, "`revision` is `3`, and there are 2", |rows| rows.incident.revision = Revision(3)),
        (RowLocation::Incident, "there are 0 revisions", |rows| rows.revisions.clear()),
        (RowLocation::Incident, "`title` is not that", |rows| rows.incident.title.push('!')),
        (RowLocation::Incident, "`url` is not that", |rows| rows.incident.url = Some("x".to_owned())),
        (RowLocation::Incident, "`title` has the character U+0000", |rows| rows.incident.title.push('\0')),
        (RowLocation::Incident, "`components` is not that", |rows| rows.incident.components = vec!["x".to_owned()]),
        (RowLocation::Revision(1), "`number` is `1`, where 2 follows", |rows| rows.revisions[1].number = Revision(1)),
        (RowLocation::Revision(0), "`report_checksum` does not match", |rows| rows.revisions[0].report.push(' ')),
        (RowLocation::Revision(0), "`source_checksum` does not match", |rows| {
            rows.revisions[0].source_checksum.clear();
        }),
        (RowLocation::Revision(0), "`content_hash` is not", |rows| rows.revisions[0].content_hash.push('0')),
        (RowLocation::Revision(0), "of the incident `other`", |rows| rows.revisions[0].incident = id("other")),
        (RowLocation::Revision(1), "`report` cannot be understood", |rows| {
            (rows.revisions[1].report, rows.revisions[1].report_checksum) = seal(&[1, 2]);
        }),
        (RowLocation::Revision(0), "`report` is one of the incident `other`", |rows| {
            let report =
                Report { id: id("other"), ..plain_report("Call recordings unavailable", Format::Text, "text") };
            (rows.revisions[0].report, rows.revisions[0].report_checksum) = seal(&report);
        }),
        (RowLocation::Revision(0), "`source` cannot be understood", |rows| {
            (rows.revisions[0].source, rows.revisions[0].source_checksum) = seal(&"text");
        }),
        (RowLocation::Translation(1), "`es` stands behind", |rows| rows.translations.swap(0, 1)),
        (RowLocation::Translation(1), "`wanted_revision` is `3`", |rows| {
            rows.translations[1].wanted_revision = Revision(3);
        }),
        (RowLocation::Translation(1), "`wanted_revision` is `0`", |rows| {
            rows.translations[1].wanted_revision = Revision(0);
        }),
        (RowLocation::Translation(0), "`completed` is `3` of `2`", |rows| rows.translations[0].completed = 3),
        (RowLocation::Translation(0), "`completed` is `-1`", |rows| rows.translations[0].completed = -1),
        (RowLocation::Translation(0), "`served_version` `2` is not there", |rows| drop(rows.versions.pop())),
        (RowLocation::Translation(1), "and no `served_version`", |rows| rows.translations[1].served_partial = true),
        (RowLocation::Translation(0), "`served_revision` is not that", |rows| {
            rows.translations[0].served_revision = Some(Revision(2));
        }),
        (RowLocation::Translation(0), "`served_partial` is not that", |rows| rows.versions[1].partial = true),
        (RowLocation::Version(1), "`number` is `3`, where 2 follows", |rows| {
            rows.versions[1].number = VersionNumber(3);
        }),
        (RowLocation::Version(1), "`revision` is `3`", |rows| rows.versions[1].revision = Revision(3)),
        (RowLocation::Version(1), "no translation into `it`", |rows| {
            rows.translations.pop();
            rows.versions[1].locale = "it".parse().expect("a locale");
        }),
        (RowLocation::Version(0), "`title` is not the rendition's", |rows| rows.versions[0].title.clear()),
        (RowLocation::Version(0), "`checksum` does not match", |rows| rows.versions[0].rendition.push(' ')),
    ];
    for (location, part, damage) in cases {
        let mut rows = rows();
        damage(&mut rows);
        let faults = ExportedIncident::verify(rows).expect_err("is damaged");
        let is_named = |fault: &Fault| fault.location == *location && fault.message.contains(part);
        assert!(faults.iter().any(is_named), "{part} in {faults:?}");
    }
}

#[test]
fn a_row_must_have_each_of_its_fields_and_no_other() {
    let row = serde_json::to_value(rows().incident).expect("serialises");
    assert_eq!(serde_json::from_value::<IncidentRow>(row.clone()).expect("is whole"), rows().incident);
    let names: Vec<String> = row.as_object().expect("an object").keys().cloned().collect();
    for name in names {
        let mut damaged = row.clone();
        damaged.as_object_mut().expect("an object").remove(&name);
        let error = serde_json::from_value::<IncidentRow>(damaged).expect_err("lacks a field").to_string();
        assert!(error.contains(&format!("missing field `{name}`")), "{error}");
        let mut damaged = row.clone();
        damaged[&name] = serde_json::json!({"of": "another type"});
        assert!(serde_json::from_value::<IncidentRow>(damaged).is_err(), "{name}");
    }
    let mut damaged = row;
    damaged["more"] = serde_json::Value::Null;
    let error = serde_json::from_value::<IncidentRow>(damaged).expect_err("has another field").to_string();
    assert!(error.contains("unknown field `more`"), "{error}");
}

fn id(name: &str) -> IncidentId {
    name.parse().expect("an id")
}
