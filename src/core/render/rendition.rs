//! Puts a locale's text together from the document, its segments and their checked translations. The source's own
//! rendition is made here too, from the document alone.

use ammonia::Url;

use super::forms::{Official, Passages};
use super::notation::Notation;
use super::{Attempt, Forms, Rendition, SegmentRecord, block, forms};
use crate::check::{Checked, Origin};
use crate::document::escape::{self, Surroundings};
use crate::document::markdown::dialect::Alert;
use crate::document::{BlockKind, Document, Layout, Part, PartPosition, Piece, Report, Update};
use crate::finding::Finding;
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::segment::{Segment, Span};

/// A segment's outcome: its checked text, and the candidates that did not pass.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub checked: Checked,
    /// As [`SegmentRecord::offered`].
    pub offered: Option<String>,
    pub attempts: Vec<Attempt>,
}

impl Outcome {
    /// A text that was not fought for.
    #[must_use]
    pub fn of(checked: Checked) -> Self {
        Self { checked, offered: None, attempts: Vec::new() }
    }
}

/// What rendering needs to know of the target.
#[derive(Clone, Copy, Debug)]
pub struct Target<'run> {
    pub locale: &'run Locale,
    pub notation: &'run Notation<'run>,
    pub bundles: &'run Bundles,
    /// The revision of the glossary for the locale.
    pub glossary: &'run str,
}

/// A part as it stands in the reader's language, and which of its blocks do not.
struct Text<'run> {
    part: &'run Part,
    layout: Layout,
    untranslated: Vec<usize>,
}

/// Renders a translation. `outcomes` belong to `segments` by position.
#[must_use]
pub fn translation(
    report: &Report,
    document: &Document,
    segments: &[Segment],
    outcomes: &[Outcome],
    target: Target<'_>,
) -> Rendition {
    let mut texts = Vec::new();
    let mut records = Vec::new();
    let is_foreign = target.locale.language() != report.source_locale.language();
    let mut pairs = segments.iter().zip(outcomes).peekable();
    for part in &document.parts {
        let mut pieces = vec![None; part.blocks.len()];
        let mut untranslated = Vec::new();
        while let Some((segment, outcome)) = pairs.next_if(|(segment, _)| segment.place == part.position) {
            let block = block::pieces(segment, &outcome.checked, target.notation);
            records.push(record(report, segment, outcome, block.as_deref(), target));
            if is_foreign && *outcome.checked.origin() == Origin::Source {
                untranslated.push(segment.block);
            }
            if let Some(slot) = pieces.get_mut(segment.block) {
                *slot = block;
            }
        }
        texts.push(Text { part, layout: part.lay_out(&pieces), untranslated });
    }
    assemble(report, &texts, records, document.findings.clone(), target)
}

/// Renders the source text itself: nothing in it changes, every segment's origin is the source.
#[must_use]
pub fn source(report: &Report, document: &Document, segments: &[Segment], target: Target<'_>) -> Rendition {
    let text = |part| Text { part, layout: Part::lay_out(part, &[]), untranslated: Vec::new() };
    let texts: Vec<Text<'_>> = document.parts.iter().map(text).collect();
    let records = segments
        .iter()
        .map(|segment| SegmentRecord {
            id: segment.id.clone(),
            place: place_name(report, segment.place),
            source: segment.source_text(),
            target: segment.source_text(),
            origin: Origin::Source,
            offered: None,
            glossary: None,
            attempts: Vec::new(),
            findings: segment.findings.clone(),
        })
        .collect();
    assemble(report, &texts, records, document.findings.clone(), target)
}

fn record(
    report: &Report,
    segment: &Segment,
    outcome: &Outcome,
    pieces: Option<&[Piece]>,
    target: Target<'_>,
) -> SegmentRecord {
    let source = segment.source_text();
    let text = pieces.map_or_else(|| source.clone(), |pieces| visible_text(segment, pieces));
    let findings: Vec<Finding> = segment
        .findings
        .iter()
        .chain(outcome.checked.findings())
        .map(|finding| finding.clone().at(&segment.id))
        .collect();
    SegmentRecord {
        id: segment.id.clone(),
        place: place_name(report, segment.place),
        source,
        target: text,
        origin: outcome.checked.origin().clone(),
        offered: outcome.offered.clone(),
        glossary: outcome.checked.origin().is_machine().then(|| target.glossary.to_owned()),
        attempts: outcome.attempts.clone(),
        findings,
    }
}

/// What a reader sees of a translated block, in plain text.
fn visible_text(segment: &Segment, pieces: &[Piece]) -> String {
    let code_text = |wanted: usize| {
        segment.spans.iter().find_map(|span| match span {
            Span::Code { inline, text } if *inline == wanted => Some(text.as_str()),
            _ => None,
        })
    };
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Inline(inline) => code_text(*inline).unwrap_or_default(),
        })
        .collect()
}

/// `title`, `body` or `update:ID`.
fn place_name(report: &Report, position: PartPosition) -> String {
    match position {
        PartPosition::Title => "title".to_owned(),
        PartPosition::Body => "body".to_owned(),
        PartPosition::Update(index) => {
            let id = report.updates.get(index).map_or("", |update| update.id.as_str());
            format!("update:{id}")
        }
    }
}

fn assemble(
    report: &Report,
    texts: &[Text<'_>],
    segments: Vec<SegmentRecord>,
    findings: Vec<Finding>,
    target: Target<'_>,
) -> Rendition {
    let url = report.url.as_deref().and_then(|url| Url::parse(url).ok());
    let label = |alert: Alert| (alert, target.bundles.label(target.locale, "alert", alert.name()));
    let labels = Alert::ALL.map(label);
    let official = Official {
        url: url.as_ref(),
        language: Some(report.source_locale.language()),
        labels: &labels,
        ..Official::default()
    };
    let mut rendition = Rendition { title: report.title.clone(), body: Forms::default(), segments, findings };
    let note = target.bundles.find(target.locale, "untranslated-passage", &[]).unwrap_or_default();
    let passages = Passages { locale: &report.source_locale, note: &note };
    for (number, Text { part, layout, untranslated }) in texts.iter().enumerate() {
        if part.position == PartPosition::Title {
            rendition.title.clone_from(&layout.text);
            continue;
        }
        rendition.findings.extend(forms::left_out(part.format, &part.source, official));
        let headings = forms::headings(part.format, &part.source);
        // The title comes first.
        let official = Official { headings: &headings, part: number.saturating_sub(1), ..official };
        let mut shown = forms::laid_out(part.format, layout, official);
        if !untranslated.is_empty()
            && let Some(html) = passages.html(part.format, layout, official, untranslated, &shown.html)
        {
            shown.html = html;
        }
        match part.position {
            PartPosition::Update(index) => {
                if let Some(update) = report.updates.get(index) {
                    append(&mut rendition.body, update_forms(update, shown, target));
                }
            }
            PartPosition::Title | PartPosition::Body => append(&mut rendition.body, shown),
        }
    }
    rendition
}

fn append(body: &mut Forms, forms: Forms) {
    for (whole, next) in
        [(&mut body.html, forms.html), (&mut body.markdown, forms.markdown), (&mut body.text, forms.text)]
    {
        if !whole.is_empty() {
            whole.truncate(whole.trim_end().len());
            whole.push_str("\n\n");
        }
        whole.push_str(&next);
    }
}

/// An update: its moment and status as a heading, both written by the program, and its text.
fn update_forms(update: &Update, body: Forms, target: Target<'_>) -> Forms {
    let moment = update.at.map(|at| target.notation.instant(at));
    let status = update.status.as_deref().map(|status| target.bundles.label(target.locale, "status", status));
    let heading = [moment.as_deref(), status.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if heading.is_empty() {
        return body;
    }
    let time = match (update.at, &moment) {
        (Some(at), Some(moment)) => {
            format!(r#"<time datetime="{at}">{}</time>"#, escape::html(moment))
        }
        _ => String::new(),
    };
    let words = [Some(time).filter(|time| !time.is_empty()), status.as_deref().map(escape::html)];
    let html_heading = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Forms {
        html: format!("{}\n<h2>{html_heading}</h2>\n{}\n</section>", forms::UPDATE, body.html.trim_end()),
        markdown: format!(
            "## {}\n\n{}",
            escape::markdown(&heading, Surroundings::of(BlockKind::Heading)),
            body.markdown
        ),
        text: format!("{heading}\n{}", body.text),
    }
}
