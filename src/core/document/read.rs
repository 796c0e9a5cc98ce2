//! Reads all texts of a report into a [`Document`], or refuses it with every text that is wrong and why. Nothing is
//! translated or altered, and no accepted report is expensive to read or to render.

use thiserror::Error;

use super::limits::{TextError, Used};
use super::split::{Doubtful, Reading};
use super::{Blocks, Document, Format, Layout, Part, PartPosition, Report, html, limits, markdown, text};

/// A text of a report that cannot be published, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{field}` {problem}")]
pub struct DocumentError {
    /// `title`, `body`, or `updates[2].body`, as in the JSON that publishers send.
    pub field: String,
    pub problem: TextError,
}

/// Reads every text of a report: the title as one block, the body unless it is blank, each update's body.
///
/// `Document::findings` is empty here: remarks about facts come from those who read facts.
///
/// # Errors
/// One error per text that is refused, in the report's order.
pub fn read(report: &Report) -> Result<Document, Vec<DocumentError>> {
    let mut parts = Vec::new();
    let mut errors = Vec::new();
    let mut used = Used::default();
    for (position, field, format, source) in texts(report) {
        match read_part(position, format, source, &mut used) {
            Ok(part) => parts.push(part),
            Err(problem) => errors.push(DocumentError { field, problem }),
        }
    }
    if errors.is_empty() {
        let names = report.components.clone();
        Ok(Document { locale: report.source_locale.clone(), parts, names, findings: Vec::new() })
    } else {
        Err(errors)
    }
}

fn texts(report: &Report) -> impl Iterator<Item = (PartPosition, String, Format, &str)> {
    let title = (PartPosition::Title, "title".to_owned(), Format::Text, report.title.as_str());
    let body = (PartPosition::Body, "body".to_owned(), report.format, report.body.as_str());
    let updates = report.updates.iter().enumerate().map(|(index, update)| {
        (PartPosition::Update(index), format!("updates[{index}].body"), report.format, update.body.as_str())
    });
    std::iter::once(title).chain((!report.body.trim().is_empty()).then_some(body)).chain(updates)
}

fn read_part(position: PartPosition, format: Format, source: &str, used: &mut Used) -> Result<Part, TextError> {
    limits::check_characters(source)?;
    let Blocks { blocks, line_ends } =
        if position == PartPosition::Title { text::title(source) } else { blocks(format, source)? };
    used.add(source, &blocks)?;
    Ok(Part { position, format, source: source.to_owned(), blocks, line_ends })
}

/// What a text that stands in no report is, line by line and block by block; the text alone where it cannot be read.
#[must_use]
pub fn layout(format: Format, text: &str) -> Layout {
    let Blocks { blocks, line_ends } = blocks(format, text).unwrap_or_default();
    let part = Part { position: PartPosition::Body, format, source: text.to_owned(), blocks, line_ends };
    part.lay_out(&[])
}

fn blocks(format: Format, source: &str) -> Result<Blocks, TextError> {
    match format {
        Format::Text => Ok(text::blocks(source, Reading::Source(Doubtful::Meant))),
        Format::Markdown => markdown::blocks(source, Reading::Source(Doubtful::Wrapped)),
        Format::Html => html::blocks(source, Reading::Source(Doubtful::Wrapped)),
    }
}

/// Reads a text that the program wrote, whose line ends are known: nothing in it is judged by its shape.
#[cfg(test)]
pub(super) fn read_written(format: Format, source: &str, line_ends: &[usize]) -> Result<Part, TextError> {
    let reading = Reading::Written(line_ends);
    let Blocks { blocks, line_ends } = match format {
        Format::Text => text::blocks(source, reading),
        Format::Markdown => markdown::blocks(source, reading)?,
        Format::Html => html::blocks(source, reading)?,
    };
    Ok(Part { position: PartPosition::Body, format, source: source.to_owned(), blocks, line_ends })
}
