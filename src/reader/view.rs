//! What a reader gets of one incident, as INTERFACE section 5 writes it. An incident, the state of its locales and the
//! text that is served come in; a [`View`] goes out that serialises to that JSON. Nothing here reads the store.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{Reader, Served, hoped_for, is_under_way, with_text};
use crate::check::Origin;
use crate::finding::Finding;
use crate::id::{IncidentId, Revision, VersionNumber};
use crate::l10n::{self, Disclaimer};
use crate::locale::{Direction, Locale};
use crate::render::notation::Notation;
use crate::render::{Forms, Rendition};
use crate::store::{Incident, State, Translation};

/// One incident in one language.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub id: IncidentId,
    pub title: String,
    pub status: Option<Label>,
    pub impact: Option<Label>,
    pub components: Vec<String>,
    /// The locale of the text that is served.
    pub locale: Locale,
    /// The locale that the reader would like best; `None` where none was named.
    pub requested_locale: Option<Locale>,
    #[serde(serialize_with = "direction")]
    pub direction: Direction,
    pub source_locale: Locale,
    /// The newest revision of the source text; `translation.source_revision` is the one served.
    pub revision: Revision,
    /// `None` for the source text.
    pub version: Option<VersionNumber>,
    pub published_at: Timestamp,
    pub updated_at: Timestamp,
    pub body: Forms,
    #[serde(serialize_with = "notice")]
    pub disclaimer: Disclaimer,
    /// The language of the disclaimer: the source text is explained in the reader's own.
    pub disclaimer_locale: Locale,
    pub translation: Provenance,
    pub links: Links,
    /// Whether a better text for this reader is under way.
    #[serde(skip)]
    pub awaiting: bool,
}

/// `{"incident": …}`
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Answer<'view> {
    pub incident: &'view View,
}

/// One incident as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub id: IncidentId,
    pub title: String,
    pub status: Option<Label>,
    pub impact: Option<Label>,
    pub components: Vec<String>,
    pub locale: Locale,
    #[serde(serialize_with = "direction")]
    pub direction: Direction,
    pub revision: Revision,
    pub version: Option<VersionNumber>,
    pub published_at: Timestamp,
    pub updated_at: Timestamp,
    pub translation: Provenance,
    pub links: Links,
    #[serde(skip)]
    pub awaiting: bool,
}

/// A word of the incident vocabulary: as published, and in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    pub code: String,
    pub label: String,
}

/// Who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Machine,
    /// A machine's text that a human has approved.
    Reviewed,
    Source,
    Human,
}

/// Where the served text comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Provenance {
    pub state: State,
    pub kind: Kind,
    /// `es-t-en-t0-und` for machine translation (RFC 6497), else the locale.
    pub tag: String,
    pub source_revision: Revision,
    pub engines: Vec<String>,
    pub translated_at: Option<Timestamp>,
    pub reviewed_by: Option<String>,
    pub findings: Vec<Finding>,
}

/// Absolute addresses.
#[derive(Clone, Debug, Serialize)]
pub struct Links {
    pub official: String,
    #[serde(rename = "self")]
    pub this: String,
    /// The page for people, in the same language.
    pub page: String,
    /// The other locales that have a text.
    pub alternates: BTreeMap<Locale, String>,
}

impl Label {
    /// The code as a class of the style sheet; empty for words that are the publisher's own.
    #[must_use]
    pub fn class(&self) -> &str {
        if is_word(&self.code) { &self.code } else { "" }
    }
}

/// Whether a text can be a word of the incident vocabulary.
fn is_word(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl View {
    /// As the API answers it.
    #[must_use]
    pub fn answer(&self) -> Answer<'_> {
        Answer { incident: self }
    }

    /// Every locale that the incident can be read in, this one included, sorted.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        let mut locales: Vec<Locale> = self.links.alternates.keys().cloned().collect();
        locales.push(self.locale.clone());
        locales.sort();
        locales
    }

    pub(super) fn into_item(self) -> Item {
        Item {
            id: self.id,
            title: self.title,
            status: self.status,
            impact: self.impact,
            components: self.components,
            locale: self.locale,
            direction: self.direction,
            revision: self.revision,
            version: self.version,
            published_at: self.published_at,
            updated_at: self.updated_at,
            translation: self.translation,
            links: self.links,
            awaiting: self.awaiting,
        }
    }
}

impl Reader {
    pub(super) fn view(
        &self,
        incident: &Incident,
        translations: &[Translation],
        requested: Option<&Locale>,
        served: Served,
    ) -> View {
        let report = &incident.report;
        let hoped_for = hoped_for(&report.source_locale, translations, requested);
        let provenance = self.provenance(incident, translations, hoped_for, &served);
        let official = self.addresses.official(report);
        let (disclaimer_locale, disclaimer) = self.disclaimer(incident, requested, &served, &provenance, &official);
        let alternates = with_text(incident, translations);
        let others = alternates.iter().filter(|locale| **locale != served.locale);
        View {
            id: report.id.clone(),
            status: self.label(&served.locale, "status", report.status.as_deref()),
            impact: self.label(&served.locale, "impact", report.impact.as_deref()),
            components: report.components.clone(),
            requested_locale: requested.cloned(),
            direction: served.locale.direction(),
            source_locale: report.source_locale.clone(),
            revision: incident.revision,
            version: served.version.map(|(number, ..)| number),
            published_at: incident.published_at,
            updated_at: incident.updated_at,
            disclaimer,
            disclaimer_locale,
            translation: provenance,
            links: Links {
                official,
                this: self.addresses.absolute(&self.addresses.resource(&report.id, &served.locale)),
                page: self.addresses.absolute(&self.addresses.page(&report.id, &served.locale)),
                alternates: others
                    .map(|locale| {
                        (locale.clone(), self.addresses.absolute(&self.addresses.resource(&report.id, locale)))
                    })
                    .collect(),
            },
            awaiting: hoped_for.is_some_and(|row| is_under_way(row.state)),
            title: served.rendition.title,
            body: served.rendition.body,
            locale: served.locale,
        }
    }

    /// The word in the reader's language; a word that no bundle knows stays as it is.
    #[must_use]
    pub fn label(&self, locale: &Locale, family: &str, code: Option<&str>) -> Option<Label> {
        let code = code.filter(|code| !code.is_empty())?;
        let known =
            is_word(code).then(|| self.bundles.find(locale, &format!("{family}-{}", code.replace('_', "-")), &[]));
        Some(Label { code: code.to_owned(), label: known.flatten().unwrap_or_else(|| code.to_owned()) })
    }

    fn provenance(
        &self,
        incident: &Incident,
        translations: &[Translation],
        hoped_for: Option<&Translation>,
        served: &Served,
    ) -> Provenance {
        let source = &incident.report.source_locale;
        let Some((_, revision, created_at)) = served.version else {
            return Provenance {
                state: hoped_for.map_or(State::Current, |row| row.state),
                kind: Kind::Source,
                tag: source.to_string(),
                source_revision: incident.revision,
                engines: Vec::new(),
                translated_at: None,
                reviewed_by: None,
                findings: findings(&served.rendition),
            };
        };
        let kind = kind(&served.rendition);
        let tag = match kind {
            Kind::Machine => format!("{}-t-{}-t0-und", served.locale, source.as_str().to_ascii_lowercase()),
            Kind::Reviewed | Kind::Source | Kind::Human => served.locale.to_string(),
        };
        let row = translations.iter().find(|row| row.locale == served.locale);
        Provenance {
            state: row.map_or(State::Current, |row| row.state),
            kind,
            tag,
            source_revision: revision,
            engines: served.rendition.engines(),
            translated_at: Some(created_at),
            reviewed_by: None,
            findings: findings(&served.rendition),
        }
    }

    /// What is said about the served text, and in which language. The source text is explained in the language that the
    /// reader asked for, where a bundle has it.
    fn disclaimer(
        &self,
        incident: &Incident,
        requested: Option<&Locale>,
        served: &Served,
        provenance: &Provenance,
        official: &str,
    ) -> (Locale, Disclaimer) {
        let source = &incident.report.source_locale;
        let foreign = requested.filter(|requested| requested.language() != source.language());
        let (locale, kind) = match (&served.version, foreign) {
            // In the reader's own language the notice says that this is the official text.
            (None, None) => (source, l10n::Kind::Source),
            (None, Some(requested)) => {
                let explained = self.bundles.find(requested, "disclaimer-label-source", &[]).is_some();
                (if explained { requested } else { source }, l10n::Kind::Source)
            }
            (Some((_, revision, _)), _) if *revision < incident.revision => (&served.locale, l10n::Kind::Stale),
            (Some(_), _) if served.rendition.is_partial() => (&served.locale, l10n::Kind::Partial),
            (Some(_), _) if provenance.kind != Kind::Machine => (&served.locale, l10n::Kind::Reviewed),
            (Some(_), _) => (&served.locale, l10n::Kind::Machine),
        };
        let date = provenance.translated_at.map(|at| Notation::new(locale, &self.bundles).instant(at));
        let disclaimer = l10n::disclaimer(
            &self.bundles,
            locale,
            kind,
            &self.organisation,
            date.as_deref(),
            official,
            source.as_str(),
        );
        (locale.clone(), disclaimer)
    }
}

/// Who wrote the rendition, by its segments.
fn kind(rendition: &Rendition) -> Kind {
    let human = |origin: &Origin| matches!(origin, Origin::Human | Origin::Memory { engine: None });
    let machine = |origin: &Origin| matches!(origin, Origin::Machine { .. } | Origin::Memory { engine: Some(_) });
    let any = |of: &dyn Fn(&Origin) -> bool| rendition.segments.iter().any(|segment| of(&segment.origin));
    if any(&human) && !any(&machine) { Kind::Human } else { Kind::Machine }
}

/// The findings about the text and about its segments, each once.
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
        .filter(|finding| seen.insert((finding.check.clone(), finding.message.clone(), finding.segment.clone())))
        .collect()
}

fn notice<S: Serializer>(disclaimer: &Disclaimer, serializer: S) -> Result<S::Ok, S::Error> {
    let Disclaimer { text, html } = disclaimer;
    BTreeMap::from([("html", html), ("text", text)]).serialize(serializer)
}

fn direction<S: Serializer>(direction: &Direction, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(direction.as_str())
}
