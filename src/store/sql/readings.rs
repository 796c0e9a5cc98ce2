//! One statement for an incident as a reader gets it: a row for each of its locales. The source text stands in the
//! first row alone, and versions in those rows whose texts are asked for, so that no text is read twice or for nothing.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sql;
use super::retry::retried;
use super::translations::{read_translation, translation_columns};
use crate::database::{Columns, Row, View as _, json_list, query, view};
use crate::{Incident, Reading, Readings, Result, Version};
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

const READ_READING: &str = concat!(
    "select i.id, i.revision, i.published_at, i.updated_at, i.started_at, i.resolved_at, i.withdrawn_at, ",
    "r.report, r.report_checksum, r.source, r.source_checksum, ",
    translation_columns!(),
    ", w.created_at as version_created_at, w.rendition, w.checksum from incidents i ",
    "left join translations t on t.incident = i.id ",
    "left join revisions r on r.incident = i.id and r.number = i.revision and (t.locale is null or ",
    "t.locale = (select min(o.locale) from translations o where o.incident = i.id)) ",
    "left join versions v on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version ",
    "left join versions w on w.incident = t.incident and w.locale = t.locale and w.number = t.served_version ",
    "and t.locale in (select value from json_each($2)) where i.id = $1 order by t.locale"
);

view! {
    ServedView of "versions" by incident, locale {
        served_version: VersionNumber,
        served_revision: Revision,
        version_created_at: Timestamp,
        rendition: Rendition = sealed checksum,
    }
}

#[async_trait]
impl Readings for Sql {
    async fn reading(&self, id: &IncidentId, texts: &[Locale], now: Timestamp) -> Result<Option<Reading>> {
        retried!(reading(self, id, texts, now))
    }
}

async fn reading(store: &Sql, id: &IncidentId, texts: &[Locale], now: Timestamp) -> Result<Option<Reading>> {
    tracing::trace!(incident = %id, "an incident is read");
    let texts = json_list(texts.iter().map(Locale::as_str));
    let rows = store.database.read(query(READ_READING).bind(id.as_str()).bind(texts)).await?;
    let Some(incident) = Incident::read_first(&rows)? else { return Ok(None) };
    let mut reading = Reading { incident, translations: Vec::with_capacity(rows.len()), versions: Vec::new() };
    for columns in &rows {
        let row = Row::new(columns, "translations", id);
        if row.has_text("locale")? {
            let translation = read_translation(columns, now)?;
            if row.has_text("checksum")?
                && let Some(version) = read_served(columns)?
            {
                reading.versions.push((translation.locale.clone(), version));
            }
            reading.translations.push(translation);
        }
    }
    Ok(Some(reading))
}

/// `None` for a version that is damaged: who then reads it by itself learns what is wrong.
fn read_served(columns: &Columns) -> Result<Option<Version>> {
    match ServedView::read(columns) {
        Ok(ServedView { served_version: number, served_revision: revision, version_created_at, rendition }) => {
            Ok(Some(Version { number, revision, created_at: version_created_at, rendition }))
        }
        Err(error) if error.is_damage() => Ok(None),
        Err(error) => Err(error),
    }
}
