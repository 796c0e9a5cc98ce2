//! What a reader gets of one incident: a [`View`] serialises to the API's JSON, and pages and commands show the same.
//! Nothing here reads the store.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::provenance::{Authorship, TextProvenance, provenance};
use super::served::Served;
use super::{IncidentReader, LoadedIncident, hoped_for, is_under_way, with_text};
use polypost_core::check::Origin;
use polypost_core::document::Times;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::l10n::{self, Disclaimer};
use polypost_core::locale::{Direction, Locale};
use polypost_core::render::notation::Notation;
use polypost_core::render::{Forms, SegmentRecord};
use polypost_store::{Incident, Reading, State, Translation};

/// One incident in one language.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub id: IncidentId,
    pub title: String,
    /// The language of the title: the source's where it is not translated.
    pub title_locale: Locale,
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
    /// `None` for the source text, and for what there is of a revision before it is translated.
    pub version: Option<VersionNumber>,
    #[serde(flatten)]
    pub times: Times,
    pub body: Forms,
    #[serde(serialize_with = "notice")]
    pub disclaimer: Disclaimer,
    /// The language of the disclaimer: the source text is explained in the reader's own.
    pub disclaimer_locale: Locale,
    pub translation: TextProvenance,
    pub links: Links,
    /// Whether a better text for this reader is under way.
    #[serde(skip)]
    pub awaiting: bool,
    /// The text by passages, each with the language that it stands in.
    #[serde(rename = "segments")]
    pub passages: Vec<Passage>,
    /// What became of each segment: for operators, not for readers.
    #[serde(skip)]
    pub records: Vec<SegmentRecord>,
}

/// The language that a segment's text stands in.
fn language_of(segment: Option<&SegmentRecord>, source: &Locale, locale: &Locale) -> Locale {
    let is_left = segment.is_some_and(|segment| segment.origin == Origin::Source);
    if is_left { source } else { locale }.clone()
}

/// A language that an incident is to be read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub locale: Locale,
    pub state: State,
    pub has_text: bool,
}

/// `{"incident": …}`, as the API writes it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct IncidentDocument<'view> {
    pub incident: &'view View,
}

/// A heading, a paragraph, an item, a cell: what is translated as one.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    pub id: String,
    /// `title`, `body` or `update:ID`.
    pub place: String,
    /// The source's language for a passage that is not translated.
    pub lang: Locale,
    #[serde(serialize_with = "direction")]
    pub dir: Direction,
    pub origin: Origin,
    /// Plain text.
    pub text: String,
}

/// A word of the incident vocabulary: as published, and in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    pub code: String,
    pub label: String,
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
    /// As the API writes it.
    #[must_use]
    pub fn document(&self) -> IncidentDocument<'_> {
        IncidentDocument { incident: self }
    }

    /// Every locale that the incident can be read in, this one included, sorted.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        let mut locales: Vec<Locale> = self.links.alternates.keys().cloned().collect();
        locales.push(self.locale.clone());
        locales.sort();
        locales
    }
}

impl IncidentReader {
    pub(super) fn view(
        &self,
        incident: &Incident,
        translations: &[Translation],
        requested: Option<&Locale>,
        served: Served,
    ) -> View {
        let report = served.report.as_ref().unwrap_or(&incident.report);
        let source = &report.source_locale;
        let title = served.rendition.segments.iter().find(|segment| segment.place == "title");
        let passages = served.rendition.segments.iter().map(|segment| {
            let lang = language_of(Some(segment), source, &served.locale);
            Passage {
                id: segment.id.clone(),
                place: segment.place.clone(),
                dir: lang.direction(),
                lang,
                origin: segment.origin.clone(),
                text: segment.target.clone(),
            }
        });
        let passages = passages.collect();
        let hoped_for = hoped_for(&report.source_locale, translations, requested);
        let provenance = provenance(incident, translations, hoped_for, &served);
        let official = self.addresses.official(report.url.as_deref(), &report.id, &report.source_locale);
        let (disclaimer_locale, disclaimer) = self.disclaimer(incident, requested, &served, &provenance, &official);
        View {
            id: report.id.clone(),
            status: self.label(&served.locale, "status", report.status.as_deref()),
            impact: self.label(&served.locale, "impact", report.impact.as_deref()),
            components: report.components.clone(),
            requested_locale: requested.cloned(),
            direction: served.locale.direction(),
            source_locale: report.source_locale.clone(),
            revision: incident.revision,
            // No stored version is like it.
            version: served.version.filter(|_| !served.is_interim).map(|(number, _)| number),
            times: incident.times,
            disclaimer,
            disclaimer_locale,
            translation: provenance,
            links: self.links(official, &report.id, &served.locale, &with_text(&report.source_locale, translations)),
            awaiting: hoped_for.is_some_and(|row| is_under_way(row.state)),
            title: served.rendition.title,
            title_locale: language_of(title, source, &served.locale),
            body: served.rendition.body,
            passages,
            records: served.rendition.segments,
            locale: served.locale,
        }
    }

    /// Every language that an incident is to be read in: the source's, the configured ones, and those that were asked
    /// for with this incident alone.
    #[must_use]
    pub fn offered(&self, LoadedIncident(Reading { incident, translations, .. }): &LoadedIncident) -> Vec<Offered> {
        let source = &incident.report.source_locale;
        let row_of = |locale: &Locale| translations.iter().find(|row| row.locale == *locale);
        let own = translations.iter().map(|row| &row.locale).filter(|locale| !self.targets.contains(locale));
        let beside = self.targets.iter().chain(own).filter(|locale| *locale != source);
        let offered = beside.map(|locale| Offered {
            locale: locale.clone(),
            state: row_of(locale).map_or(State::Pending, |row| row.state),
            has_text: row_of(locale).is_some_and(|row| row.served.is_some()),
        });
        std::iter::once(Offered { locale: source.clone(), state: State::Current, has_text: true })
            .chain(offered)
            .collect()
    }

    pub(super) fn links(&self, official: String, id: &IncidentId, locale: &Locale, readable: &[Locale]) -> Links {
        let resource = |locale: &Locale| self.addresses.absolute(&self.addresses.resource(id, locale));
        let others = readable.iter().filter(|other| *other != locale);
        Links {
            official,
            this: resource(locale),
            page: self.addresses.absolute(&self.addresses.page(id, locale)),
            alternates: others.map(|other| (other.clone(), resource(other))).collect(),
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

    /// What is said about the served text, and in which language: a translation's own, or for the source text that
    /// which the reader asked for; the source's where no bundle has words in it.
    fn disclaimer(
        &self,
        incident: &Incident,
        requested: Option<&Locale>,
        served: &Served,
        provenance: &TextProvenance,
        official: &str,
    ) -> (Locale, Disclaimer) {
        let source = &incident.report.source_locale;
        let foreign = requested.filter(|requested| requested.language() != source.language());
        let (locale, kind) = match (&served.version, foreign) {
            // In the reader's own language the notice says that this is the official text.
            (None, None) => (source, l10n::DisclaimerKind::Source),
            (None, Some(requested)) => (requested, l10n::DisclaimerKind::Source),
            (Some(_), _) if served.is_interim => (&served.locale, l10n::DisclaimerKind::Interim),
            (Some(_), _) if served.revision < incident.revision => (&served.locale, l10n::DisclaimerKind::Stale),
            (Some(_), _) if served.rendition.is_partial() => (&served.locale, l10n::DisclaimerKind::Partial),
            (Some(_), _) if provenance.kind != Authorship::Machine => (&served.locale, l10n::DisclaimerKind::Reviewed),
            (Some(_), _) => (&served.locale, l10n::DisclaimerKind::Machine),
        };
        let has_words = self.bundles.find(locale, "disclaimer-label-source", &[]).is_some();
        let locale = if has_words { locale } else { source };
        let date = provenance
            .translated_at
            .filter(|_| !served.is_interim)
            .map(|at| Notation::new(locale, &self.bundles).instant(at));
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

fn notice<S: Serializer>(disclaimer: &Disclaimer, serializer: S) -> Result<S::Ok, S::Error> {
    let Disclaimer { text, html } = disclaimer;
    BTreeMap::from([("html", html), ("text", text)]).serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
pub(super) fn direction<S: Serializer>(direction: &Direction, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(direction.as_str())
}
