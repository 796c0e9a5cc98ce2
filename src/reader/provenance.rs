//! What may truthfully be said of a served text's making: by machine or by people, which engines, and of which
//! revision. Derived from the stored rendition and the state of its row alone, never from what is configured now.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Serialize;

use super::served::Served;
use polypost_core::check::Origin;
use polypost_core::finding::{Finding, Severity};
use polypost_core::id::Revision;
use polypost_core::render::Rendition;
use polypost_store::{Incident, State, Translation};

/// Who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Authorship {
    Machine,
    /// A machine's text that a human has approved.
    Reviewed,
    Source,
    Human,
}

/// Where the served text comes from.
#[derive(Clone, Debug, Serialize)]
pub struct TextProvenance {
    pub state: State,
    pub kind: Authorship,
    /// `es-t-en-t0-und` for machine translation (RFC 6497), else the locale.
    pub tag: String,
    /// The revision whose text it is.
    pub source_revision: Revision,
    /// Whether it is what is there already of a revision whose translation is under way: what is new in it stands in
    /// the source language.
    pub interim: bool,
    pub engines: Vec<String>,
    pub translated_at: Option<Timestamp>,
    pub reviewed_by: Option<String>,
    pub findings: Vec<Finding>,
}

/// Who wrote the served text, and how current it is.
pub(super) fn provenance(
    incident: &Incident,
    translations: &[Translation],
    hoped_for: Option<&Translation>,
    served: &Served,
) -> TextProvenance {
    let source = &incident.report.source_locale;
    let revision = served.revision;
    let Some((_, created_at)) = served.version else {
        return TextProvenance {
            state: hoped_for.map_or(State::Current, |row| row.state),
            kind: Authorship::Source,
            tag: source.to_string(),
            source_revision: revision,
            interim: false,
            engines: Vec::new(),
            translated_at: None,
            reviewed_by: None,
            findings: findings(&served.rendition),
        };
    };
    let kind = kind(&served.rendition);
    let tag = match kind {
        Authorship::Machine => format!("{}-t-{}-t0-und", served.locale, source.as_str().to_ascii_lowercase()),
        Authorship::Reviewed | Authorship::Source | Authorship::Human => served.locale.to_string(),
    };
    let row = translations.iter().find(|row| row.locale == served.locale);
    TextProvenance {
        state: match row.map_or(State::Current, |row| row.state) {
            // An older version than the one that readers get.
            State::Current | State::Partial if revision < incident.revision => State::Stale,
            state => state,
        },
        kind,
        tag,
        source_revision: revision,
        interim: served.is_interim,
        engines: served.rendition.engines(),
        translated_at: Some(created_at),
        reviewed_by: None,
        findings: findings(&served.rendition),
    }
}

/// Who wrote the rendition, by its segments. What the memory has of humans was written for other texts; without one
/// that a human wrote for this, a program put it together and nobody has read it.
fn kind(rendition: &Rendition) -> Authorship {
    let human = |origin: &Origin| matches!(origin, Origin::Human);
    let any = |of: &dyn Fn(&Origin) -> bool| rendition.segments.iter().any(|segment| of(&segment.origin));
    if any(&human) && !any(&Origin::is_machine) { Authorship::Human } else { Authorship::Machine }
}

/// The findings about the text and about its segments, each once. What is only worth knowing (a capital that is
/// missing) is for operators, who see it by segment.
fn findings(rendition: &Rendition) -> Vec<Finding> {
    let of_segments = rendition.segments.iter().flat_map(|segment| {
        segment.findings.iter().map(|finding| match finding.segment {
            Some(_) => finding.clone(),
            None => finding.clone().at(&segment.id),
        })
    });
    let mut seen = HashSet::new();
    let every = rendition.findings.iter().cloned().chain(of_segments);
    every
        .filter(|finding| finding.severity > Severity::Info)
        .filter(|finding| seen.insert((finding.check.clone(), finding.message.clone(), finding.segment.clone())))
        .collect()
}
