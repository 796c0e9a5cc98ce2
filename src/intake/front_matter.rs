//! Front matter: a Markdown file's text comes in, its fields and its body go out.
//!
//! The keys are those of INTERFACE section 4. What cState and other Hugo sites write is understood where nothing
//! better stands beside it: `affected` as `components`; `resolved` as the status `resolved` or `investigating`;
//! `severity` as the impact (`down` critical, `disrupted` major, `notice` maintenance, which is what cState's own pages
//! call it). `date` is when an incident began and not when its text was revised, so it is not read. Other keys are
//! ignored.

use super::fields::{self, Fields, Problems, Unknown};
use super::node::{self, Node};
use super::values;

/// The field that problems with the YAML itself are named after.
const WHOLE: &str = "front matter";

/// Splits a file at the line that closes its front matter: YAML and body. `None` where the file does not begin with
/// one; `Err` where it is not closed.
fn split(text: &str) -> Result<Option<(&str, &str)>, ()> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return Ok(None) };
    let mut end = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = text.get(first.len()..end).unwrap_or_default();
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Ok(Some((yaml, body)));
        }
        end += line.len();
    }
    Err(())
}

/// Reads a Markdown file's fields, and its body behind the front matter unchanged.
pub(super) fn read<'text>(text: &'text str, problems: &mut Problems) -> (Fields, &'text str) {
    if text.lines().next().is_some_and(|line| line.trim_end() == "+++") {
        problems.push(WHOLE, "is TOML: YAML between two lines of `---` is wanted");
        return (Fields::default(), "");
    }
    match split(text) {
        Ok(Some((yaml, body))) => (fields(yaml, problems), body),
        Ok(None) => (Fields::default(), text),
        Err(()) => {
            problems.push(WHOLE, "is not closed: a line of `---` is wanted behind it");
            (Fields::default(), "")
        }
    }
}

fn fields(yaml: &str, problems: &mut Problems) -> Fields {
    if yaml.trim().is_empty() {
        return Fields::default();
    }
    let entries = match node::yaml(yaml) {
        Ok(Node::Map(entries)) => entries,
        Ok(Node::Nothing) => return Fields::default(),
        Ok(other) => {
            problems.push(WHOLE, format!("is {}: keys with values are wanted", other.kind()));
            return Fields::default();
        }
        Err(error) => {
            let line = error.location().map(|location| format!(" at line {}", location.line() + 1)).unwrap_or_default();
            problems.push(WHOLE, format!("is not YAML{line}: {}", message(&error)));
            return Fields::default();
        }
    };
    let mut own = Problems::default();
    let mut fields = fields::read(&entries, Unknown::Ignored, &mut own);
    adopt(&entries, &mut fields, &mut own);
    for problem in own.0 {
        let key = problem.field.split(['.', '[']).next().unwrap_or_default();
        let line = line_of(yaml, key).map(|line| format!(" (line {line})")).unwrap_or_default();
        problems.push(problem.field.clone(), format!("{}{line}", problem.message));
    }
    fields
}

/// Takes from the keys of cState what the report's own keys do not say.
fn adopt(entries: &[(String, Node)], fields: &mut Fields, problems: &mut Problems) {
    let get = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, node)| node);
    if fields.components.is_none()
        && let Some(node) = get("affected").filter(|node| **node != Node::Nothing)
    {
        fields.components = fields::list("affected", node, problems, |text| values::line(text, values::NAME_LONGEST));
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
                "down" => "critical".to_owned(),
                "disrupted" => "major".to_owned(),
                "notice" => "maintenance".to_owned(),
                other => values::impact(other)?,
            })
        });
    }
}

/// The file's line that a key of the first level stands in, from 1: behind the line of `---`.
fn line_of(yaml: &str, key: &str) -> Option<usize> {
    yaml.lines()
        .position(|line| {
            let line = line.trim_start_matches(['"', '\'']);
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        })
        .map(|position| position + 2)
}

/// The error's own first line, without the place, which is told apart.
fn message(error: &serde_saphyr::Error) -> String {
    let text = error.to_string();
    values::excerpt(text.lines().next().unwrap_or_default())
}
