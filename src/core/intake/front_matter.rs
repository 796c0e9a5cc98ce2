//! Front matter: the fields and the body of a Markdown file.
//!
//! The keys are those of INTERFACE section 4. What cState and other Hugo sites write is understood where nothing
//! better stands beside it: `affected` as `components`; `resolved` as the status `resolved` or `investigating`;
//! `severity` as the impact (`down` critical, `disrupted` major, `notice` maintenance, which is what cState's own pages
//! call it), and statuskit's `affectedsystems` and severities; `date` is when an incident began and was published,
//! `resolvedWhen` when it ended. Other keys are ignored, but for those that are most likely slips of one that is read.

use super::fields::{self, FieldErrors, Fields, Unknown};
use super::node::{self, Node};
use super::values;
use crate::quoting::excerpt;

/// The field that problems with the notation itself are named after.
const WHOLE: &str = "front matter";

/// What cState and statuskit write (cState's wiki, "Front matter"), read here or not.
const CSTATE: [&str; 11] = [
    "affected",
    "affectedsystems",
    "date",
    "informational",
    "pin",
    "resolved",
    "resolvedWhen",
    "section",
    "severity",
    "type",
    "updated",
];

/// The notation of a front matter: that of Hugo's three that its first line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    /// Between two lines of `---`.
    Yaml,
    /// Between two lines of `+++`.
    Toml,
    /// An object before everything else.
    Json,
}

/// A file in its two parts.
struct Split<'text> {
    notation: Notation,
    matter: &'text str,
    body: &'text str,
}

/// Splits a file at the end of its front matter. `None` where the file does not begin with one; `Err` with the line
/// that is wanted where it is not closed.
fn split(text: &str) -> Result<Option<Split<'_>>, &'static str> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let (notation, fence) = match first.trim_end() {
        "---" => (Notation::Yaml, "---"),
        "+++" => (Notation::Toml, "+++"),
        _ => return Ok(object(text)),
    };
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == fence || (notation == Notation::Yaml && line.trim_end() == "...") {
            let matter = text.get(first.len()..end).unwrap_or_default();
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Ok(Some(Split { notation, matter, body }));
        }
        end += line.len();
    }
    Err(fence)
}

/// A JSON object at the beginning of a file, with nothing behind it in its last line.
fn object(text: &str) -> Option<Split<'_>> {
    let inside = text.strip_prefix('{')?.trim_start();
    if !inside.starts_with(['"', '}']) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let is_json = values.next().is_some_and(|value| value.is_ok());
    let end = if is_json { values.byte_offset() } else { text.find("\n}").map(|end| end + "\n}".len())? };
    let (matter, body) = text.split_at_checked(end)?;
    let rest = body.split('\n').next().unwrap_or_default();
    rest.trim().is_empty().then_some(Split {
        notation: Notation::Json,
        matter,
        body: body.trim_start_matches(['\r', '\n']),
    })
}

/// Reads a Markdown file's fields, and its body behind the front matter unchanged. `None` where the front matter cannot
/// be read at all: then there is one problem, and nothing is known to be missing.
pub(super) fn read<'text>(text: &'text str, problems: &mut FieldErrors) -> Option<(Fields, &'text str)> {
    match split(text) {
        Ok(Some(split)) => Some((fields(&split, problems)?, split.body)),
        Ok(None) => Some((Fields::default(), text)),
        Err(fence) => {
            problems.push(WHOLE, format!("is not closed: a line of `{fence}` is wanted behind it"));
            None
        }
    }
}

/// The keys of a file's front matter that nothing is made of, in their order. What most likely is a slip of one that is
/// read is a problem already, and cState's own keys are known.
pub(super) fn ignored(text: &str) -> Vec<String> {
    let Ok(Some(split)) = split(text) else { return Vec::new() };
    let Some(Node::Map(entries)) = entries(&split, &mut FieldErrors::default()) else { return Vec::new() };
    let is_known = |key: &str| fields::REPORT.contains(&key) || CSTATE.contains(&key);
    entries.into_iter().map(|(key, _)| key).filter(|key| !is_known(key)).collect()
}

fn fields(split: &Split<'_>, problems: &mut FieldErrors) -> Option<Fields> {
    if split.matter.trim().is_empty() {
        return Some(Fields::default());
    }
    let entries = match entries(split, problems)? {
        Node::Map(entries) => entries,
        Node::Nothing => return Some(Fields::default()),
        other => {
            problems.push(WHOLE, format!("is {}: keys with values are wanted", other.kind()));
            return None;
        }
    };
    let mut own = FieldErrors::default();
    let mut fields = fields::read(&entries, Unknown::Slips, &mut own);
    adopt(&entries, &mut fields, &mut own);
    adopt_times(&entries, &mut fields);
    for problem in own.0 {
        let key = problem.field.split(['.', '[']).next().unwrap_or_default();
        let line = line_of_key(split, key).map(|line| format!(" (line {line})")).unwrap_or_default();
        problems.push(problem.field.clone(), format!("{}{line}", problem.message));
    }
    Some(fields)
}

/// The keys and values, or one problem.
fn entries(split: &Split<'_>, problems: &mut FieldErrors) -> Option<Node> {
    let problem = match split.notation {
        Notation::Yaml => match node::yaml(split.matter) {
            Ok(node) => return Some(node),
            Err(error) => yaml_problem(split.matter, &error),
        },
        Notation::Toml => match node::toml(split.matter) {
            Ok(node) => return Some(node),
            Err(error) => {
                let start = error.span().map(|span| span.start).unwrap_or_default();
                let line = split.matter.get(..start).unwrap_or_default().matches('\n').count();
                toml_problem(split.matter, line, error.message())
            }
        },
        Notation::Json => match node::json(split.matter.as_bytes()) {
            Ok(node) => return Some(node),
            Err(error) => (WHOLE.to_owned(), format!("is not JSON: {}", one_line(&error.to_string()))),
        },
    };
    problems.push(problem.0, problem.1);
    None
}

/// What is wrong with TOML at this line of it, from 0: the key whose value wants quotation marks, where that is the
/// cause.
fn toml_problem(toml: &str, line: usize, message: &str) -> (String, String) {
    let bare = toml.lines().nth(line).and_then(|text| text.split_once('=')).filter(|(key, value)| {
        let value = value.trim();
        is_key(key.trim())
            && value.starts_with(char::is_alphabetic)
            && !matches!(value, "true" | "false" | "inf" | "nan")
    });
    let line = line + 2;
    match bare {
        Some((key, value)) => {
            let (key, quoted) = (key.trim(), excerpt(&value.trim().replace('"', "\\\"")));
            let hint = format!("`{key} = \"{quoted}\"`");
            (key.to_owned(), format!("is not TOML: its value wants quotation marks, {hint} (line {line})"))
        }
        None => (WHOLE.to_owned(), format!("is not TOML at line {line}: {}", one_line(message))),
    }
}

/// What is wrong with YAML: the key whose value wants quotation marks, where that is the cause.
fn yaml_problem(yaml: &str, error: &serde_saphyr::Error) -> (String, String) {
    let text = error.to_string();
    // The place is told in lines of the file, not of the YAML.
    let message = one_line(text.split(" at line ").next().unwrap_or_default());
    let Some(at) = error.location().map(|location| usize::try_from(location.line()).unwrap_or_default()) else {
        return (WHOLE.to_owned(), format!("is not YAML: {message}"));
    };
    let line = |number: usize| number.checked_sub(1).and_then(|index| yaml.lines().nth(index));
    for number in [at, at.saturating_sub(1)] {
        if let Some((key, value)) = line(number).and_then(unquoted) {
            let quoted = excerpt(&value.replace('\'', "''"));
            return (
                key.to_owned(),
                format!(
                    "is not YAML: its value has a colon and wants quotation marks, `{key}: '{quoted}'` (line {})",
                    number + 1
                ),
            );
        }
    }
    for number in [at, at.saturating_sub(1)] {
        if let Some((key, value)) = line(number).and_then(half_quoted) {
            let quoted = excerpt(&value.replace('\'', "''"));
            return (
                key.to_owned(),
                format!(
                    "is not YAML: an apostrophe between apostrophes is written twice, `{key}: '{quoted}'` (line {})",
                    number + 1
                ),
            );
        }
    }
    (WHOLE.to_owned(), format!("is not YAML at line {}: {message}", at + 1))
}

/// The key of a line whose value ends too early for YAML, `'It's down'`, and the value without its quotation marks.
fn half_quoted(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    let inside = value.trim().strip_prefix('\'')?.strip_suffix('\'')?;
    (is_key(key) && inside.replace("''", "").contains('\'')).then_some((key, inside))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'))
}

/// The key and the value of a line whose value looks like a key with a value itself.
fn unquoted(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
    (is_key(key) && is_plain && (value.contains(": ") || value.ends_with(':'))).then_some((key, value))
}

/// Takes from the keys of cState what the report's own keys do not say.
fn adopt(entries: &[(String, Node)], fields: &mut Fields, problems: &mut FieldErrors) {
    let get = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, node)| node);
    if fields.components.is_none()
        && let Some((key, node)) = ["affected", "affectedsystems"]
            .into_iter()
            .find_map(|key| Some((key, get(key).filter(|node| **node != Node::Nothing)?)))
    {
        fields.components = fields::list(key, node, problems, |text| values::line(text, values::NAME_LONGEST));
    }
    if get("status").is_none()
        && let Some(Node::Truth(resolved)) = get("resolved")
    {
        fields.status = Some(if *resolved { "resolved" } else { "investigating" }.to_owned());
    }
    if get("impact").is_none()
        && let Some(node) = get("severity").filter(|node| **node != Node::Nothing)
    {
        fields.impact = fields::text("severity", node, problems, |text| {
            Ok(match text {
                "down" | "major-outage" => "critical".to_owned(),
                "disrupted" | "partial-outage" => "major".to_owned(),
                "degraded-performance" => "minor".to_owned(),
                "notice" | "under-maintenance" => "maintenance".to_owned(),
                other => values::impact(other)?,
            })
        });
    }
}

/// The incident's times by the keys of Hugo and cState: `date` and `resolvedWhen`. What is no time is not read, since
/// publishers' own tools have keys of these names, too.
fn adopt_times(entries: &[(String, Node)], fields: &mut Fields) {
    let moment = |key: &str| match entries.iter().find(|(name, _)| name == key) {
        Some((_, Node::Text(text))) => values::moment(text),
        _ => None,
    };
    let date = moment("date");
    fields.published_at = fields.published_at.or(date);
    fields.started_at = fields.started_at.or(date);
    fields.resolved_at = fields.resolved_at.or_else(|| moment("resolvedWhen"));
}

/// The file's line that a key of the first level stands in, from 1.
fn line_of_key(split: &Split<'_>, key: &str) -> Option<usize> {
    // Behind the line that opens it, which an object has not.
    let before = if split.notation == Notation::Json { 1 } else { 2 };
    split
        .matter
        .lines()
        .position(|line| {
            let line = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with([':', '=']))
        })
        .map(|position| position + before)
}

/// The first line of a parser's message, at the length that a message may have.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 200;
    text.lines().next().unwrap_or_default().chars().take(LONGEST).collect()
}
