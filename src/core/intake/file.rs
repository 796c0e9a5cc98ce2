//! Reads a report from a file, or tells every problem at once. A file's extension says what it is; standard input
//! (`-`) and other names are looked at.

use std::path::Path;

use crate::document::Format;
use crate::field_error::FieldError;
use crate::id::IncidentId;
use crate::locale::Locale;

use super::fields::{FieldErrors, Fields};
use super::{Defaults, Received, front_matter, html, json, markdown, values};

/// The largest file, in bytes: what the API takes by default, too.
pub const LARGEST: usize = 1024 * 1024;

/// The field that problems with the whole file are named after.
const WHOLE: &str = "file";

/// What the command line says about a report, whatever the file says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub id: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// Empty: as the file says.
    pub locales: Vec<Locale>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Markdown,
    Html,
    Text,
}

/// Reads a report from a file's name and content.
///
/// The id is the override, else the file's own, else its name; standard input has none and gets one. The title is the
/// override, else the file's own, else the first heading of the first level (HTML: `<title>`, else `<h1>`); where the
/// body begins with exactly the title as its heading, that heading is not repeated in the body.
///
/// # Errors
/// Every problem; `file` names the file as a whole.
pub fn report(
    name: &str,
    bytes: &[u8],
    overrides: &Overrides,
    defaults: Defaults<'_>,
) -> Result<Received, Vec<FieldError>> {
    let mut problems = FieldErrors::default();
    let Some(text) = problems.keep(WHOLE, text(bytes)) else { return Err(problems.0) };
    let kind = kind(name, text);
    let mut fields = match kind {
        Kind::Json => match json::read(text.as_bytes(), &mut problems) {
            Some(fields) => fields,
            None => return Err(problems.0),
        },
        Kind::Markdown => match markdown_fields(text, &mut problems) {
            Some(fields) => fields,
            None => return Err(problems.0),
        },
        Kind::Html => html_fields(text),
        Kind::Text => Fields { body: Some(text.to_owned()), format: Some(Format::Text), ..Fields::default() },
    };
    apply(overrides, &mut fields, &mut problems);
    if kind == Kind::Json {
        return fields.into_report(id_of(name), defaults, problems);
    }
    find_title(kind, &mut fields, &mut problems);
    fields.into_report(id_of(name), defaults, problems)
}

/// The keys of a Markdown file's front matter that nothing is made of, in their order.
#[must_use]
pub fn ignored_keys(name: &str, bytes: &[u8]) -> Vec<String> {
    match text(bytes) {
        Ok(text) if kind(name, text) == Kind::Markdown => front_matter::ignored(text),
        _ => Vec::new(),
    }
}

/// The bytes as text, without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > LARGEST {
        return Err(format!("has {} bytes: at most {LARGEST} are allowed", bytes.len()));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("is UTF-16: UTF-8 is wanted".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| format!("is not UTF-8 at byte {}", error.valid_up_to()))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    values::prose(text).map_err(|message| format!("{message}: it is not a text file"))?;
    Ok(text)
}

fn kind(name: &str, text: &str) -> Kind {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "json" => Kind::Json,
        "md" | "markdown" => Kind::Markdown,
        "html" | "htm" => Kind::Html,
        "txt" | "text" => Kind::Text,
        _ => sniff(text.trim_start()),
    }
}

fn sniff(text: &str) -> Kind {
    let behind = |mark: char| text.strip_prefix(mark).unwrap_or_default();
    if text.starts_with('{') {
        Kind::Json
    } else if text.lines().next().is_some_and(|line| matches!(line.trim_end(), "---" | "+++")) || text.starts_with("# ")
    {
        Kind::Markdown
    } else if behind('<').starts_with(|next: char| next.is_ascii_alphabetic() || next == '!') {
        Kind::Html
    } else {
        Kind::Text
    }
}

/// The fields as far as they are right; `None` where the front matter cannot be read.
fn markdown_fields(text: &str, problems: &mut FieldErrors) -> Option<Fields> {
    let (mut fields, body) = front_matter::read(text, problems)?;
    match &fields.body {
        Some(_) if !body.trim().is_empty() => problems.push("body", "stands in the front matter and behind it"),
        Some(_) => {}
        None => fields.body = Some(body.to_owned()),
    }
    fields.format.get_or_insert(Format::Markdown);
    Some(fields)
}

fn html_fields(text: &str) -> Fields {
    let page = html::read(text);
    let title = page.title.and_then(|title| values::line(&title, values::TITLE_LONGEST).ok());
    Fields { title, body: Some(page.body), format: Some(Format::Html), ..Fields::default() }
}

/// Fills the title from the first heading, and drops a heading that only repeats it.
fn find_title(kind: Kind, fields: &mut Fields, problems: &mut FieldErrors) {
    let body = fields.body.as_deref().unwrap_or_default();
    let heading = match fields.format {
        Some(Format::Markdown) => markdown::heading(body),
        Some(Format::Html) => html::heading(body),
        _ => None,
    };
    let heading = heading.filter(|heading| !heading.text.is_empty());
    let missing = fields.title.is_none() && !problems.has("title");
    match &heading {
        Some(heading) if missing => {
            fields.title = problems.keep("title", values::line(&heading.text, values::TITLE_LONGEST));
        }
        None if missing => {
            let why = if kind == Kind::Text { "a text file has none" } else { "the file has no heading" };
            problems.push("title", format!("is missing, and {why}: give it with `--title`"));
        }
        _ => {}
    }
    if let Some(heading) = heading
        && heading.at_start
        && fields.title.as_deref() == Some(heading.text.as_str())
    {
        fields.body = body.get(heading.end..).map(|rest| rest.trim_start_matches(['\n', '\r']).to_owned());
    }
}

fn apply(overrides: &Overrides, fields: &mut Fields, problems: &mut FieldErrors) {
    // What the command line replaces need not have been right.
    let mut replace = |field: &str, given: bool| {
        if given {
            problems.0.retain(|problem| problem.field != field);
        }
    };
    replace("id", overrides.id.is_some());
    replace("title", overrides.title.is_some());
    replace("url", overrides.url.is_some());
    if let Some(id) = &overrides.id {
        fields.id = problems.keep("id", values::id(id));
    }
    if let Some(title) = &overrides.title {
        fields.title = problems.keep("title", values::line(title, values::TITLE_LONGEST));
    }
    if let Some(url) = &overrides.url {
        fields.url = problems.keep("url", values::url(url));
    }
    if !overrides.locales.is_empty() {
        problems.0.retain(|problem| !problem.field.starts_with("locales"));
        fields.locales.clone_from(&overrides.locales);
    }
}

/// The id that a file's name makes; standard input has none.
fn id_of(name: &str) -> Option<IncidentId> {
    if name == "-" {
        return None;
    }
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).and_then(IncidentId::from_text)
}
