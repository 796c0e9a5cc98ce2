//! The fields of a report as INTERFACE section 4 names them, typed, and everything wrong with them as problems that
//! name the field. Shared by JSON and front matter.

use jiff::Timestamp;

use crate::document::{Format, Report, Update};
use crate::field_error::FieldError;
use crate::id::{IncidentId, Naming};
use crate::locale::Locale;
use crate::quoting::excerpt;

use super::node::Node;
use super::values;
use super::{Defaults, Received};

/// More entries than a list of a report may have.
const MOST_UPDATES: usize = 1000;
const MOST_NAMES: usize = 200;

/// Nobody reads more of them, and an answer must not outgrow its question.
const MOST_PROBLEMS: usize = 100;

pub(super) const REPORT: [&str; 15] = [
    "id",
    "url",
    "title",
    "status",
    "impact",
    "components",
    "source_locale",
    "revised_at",
    "published_at",
    "started_at",
    "resolved_at",
    "format",
    "body",
    "updates",
    "locales",
];
const UPDATE: [&str; 4] = ["id", "at", "status", "body"];

/// Keys of site generators that look like slips of ours.
const OWN: [&str; 1] = ["updated"];

/// What becomes of keys that INTERFACE section 4 does not name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The API: a key without effect is a mistake.
    Named,
    /// Front matter: publishers' own tools have keys of their own; named is what is most likely a slip.
    Slips,
}

/// A report's fields as far as they are there.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub id: Option<IncidentId>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub status: Option<String>,
    pub impact: Option<String>,
    pub components: Option<Vec<String>>,
    pub source_locale: Option<Locale>,
    pub revised_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub format: Option<Format>,
    pub body: Option<String>,
    pub updates: Vec<Update>,
    pub locales: Vec<Locale>,
}

/// All that was found wrong so far.
#[derive(Debug, Default)]
pub(super) struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub(super) fn push(&mut self, field: impl Into<String>, message: impl Into<String>) {
        if self.0.len() < MOST_PROBLEMS {
            self.0.push(FieldError { field: field.into(), message: message.into() });
        }
    }

    /// The value, or nothing and a problem.
    pub(super) fn keep<T>(&mut self, field: &str, value: Result<T, String>) -> Option<T> {
        value.map_err(|message| self.push(field, message)).ok()
    }

    /// Whether something is wrong with a field, be it the capitals of its name.
    pub(super) fn has(&self, field: &str) -> bool {
        self.0.iter().any(|problem| problem.field.eq_ignore_ascii_case(field))
    }
}

/// Reads a report's fields from a map.
pub(super) fn read(entries: &[(String, Node)], unknown: Unknown, problems: &mut FieldErrors) -> Fields {
    let object = Object::new("", entries, &REPORT, unknown, problems);
    Fields {
        id: object.text("id", problems, values::id),
        url: object.text("url", problems, values::url),
        title: object.text("title", problems, |text| values::line(text, values::TITLE_LONGEST)),
        status: object.text("status", problems, values::status),
        impact: object.text("impact", problems, values::impact),
        components: object
            .get("components")
            .and_then(|node| list("components", node, problems, |text| values::line(text, values::NAME_LONGEST))),
        source_locale: object.text("source_locale", problems, values::locale),
        revised_at: object.text("revised_at", problems, values::timestamp),
        published_at: object.text("published_at", problems, values::timestamp),
        started_at: object.text("started_at", problems, values::timestamp),
        resolved_at: object.text("resolved_at", problems, values::timestamp),
        format: object.text("format", problems, values::format),
        body: object.text("body", problems, values::prose),
        updates: object.get("updates").map(|node| updates(node, unknown, problems)).unwrap_or_default(),
        locales: object
            .get("locales")
            .and_then(|node| list("locales", node, problems, values::locale))
            .unwrap_or_default(),
    }
}

/// A map under a path, its keys looked over.
struct Object<'node> {
    path: String,
    entries: &'node [(String, Node)],
}

impl<'node> Object<'node> {
    fn new(
        path: &str,
        entries: &'node [(String, Node)],
        known: &[&str],
        unknown: Unknown,
        problems: &mut FieldErrors,
    ) -> Self {
        let object = Self { path: path.to_owned(), entries };
        for (position, (key, _)) in entries.iter().enumerate() {
            let is_known = known.contains(&key.as_str());
            let earlier = || entries.iter().take(position).any(|(earlier, _)| earlier == key);
            if is_known && earlier() {
                problems.push(object.field(key), "stands there more than once");
            } else if !is_known && (unknown == Unknown::Named || !OWN.contains(&key.as_str())) {
                let nearest = values::nearest_key(key, known);
                let hint = match nearest {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None if unknown == Unknown::Slips => continue,
                    None => format!("known are `{}`", known.join("`, `")),
                };
                problems.push(object.field(&excerpt(key)), format!("is not a known field; {hint}"));
            }
        }
        object
    }

    fn field(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value under a key; `null` is as good as absent.
    fn get(&self, key: &str) -> Option<&'node Node> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node).filter(|node| **node != Node::Nothing)
    }

    fn text<T>(&self, key: &str, problems: &mut FieldErrors, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let node = self.get(key)?;
        text(&self.field(key), node, problems, read)
    }
}

/// A text's value.
pub(super) fn text<T>(
    field: &str,
    node: &Node,
    problems: &mut FieldErrors,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    if let Node::Text(text) = node {
        problems.keep(field, read(text))
    } else {
        problems.push(field, format!("is {}: a text is wanted (in quotation marks)", node.kind()));
        None
    }
}

/// A list of texts; duplicates count once.
pub(super) fn list<T: PartialEq>(
    field: &str,
    node: &Node,
    problems: &mut FieldErrors,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<Vec<T>> {
    let Node::List(nodes) = node else {
        problems.push(field, format!("is {}: a list of texts is wanted", node.kind()));
        return None;
    };
    if nodes.len() > MOST_NAMES {
        problems.push(field, format!("has {} entries: at most {MOST_NAMES} are allowed", nodes.len()));
        return None;
    }
    let mut values = Vec::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Some(value) = text(&format!("{field}[{number}]"), node, problems, &read)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    Some(values)
}

fn updates(node: &Node, unknown: Unknown, problems: &mut FieldErrors) -> Vec<Update> {
    let Node::List(nodes) = node else {
        problems.push("updates", format!("is {}: a list of objects is wanted", node.kind()));
        return Vec::new();
    };
    if nodes.len() > MOST_UPDATES {
        problems.push("updates", format!("has {} entries: at most {MOST_UPDATES} are allowed", nodes.len()));
        return Vec::new();
    }
    let mut updates: Vec<Update> = Vec::with_capacity(nodes.len());
    for (number, node) in nodes.iter().enumerate() {
        let update = update(number, node, unknown, problems);
        if let Some(first) = updates.iter().position(|earlier| earlier.id == update.id) {
            problems
                .push(format!("updates[{number}].id"), format!("`{}` is the id of `updates[{first}]` too", update.id));
        }
        updates.push(update);
    }
    updates
}

/// One entry; without an id of its own it is `u1`, `u2` … by its place.
fn update(number: usize, node: &Node, unknown: Unknown, problems: &mut FieldErrors) -> Update {
    let path = format!("updates[{number}]");
    let Node::Map(entries) = node else {
        problems.push(&path, format!("is {}: an object is wanted", node.kind()));
        return Update { id: format!("u{}", number + 1), at: None, status: None, body: String::new() };
    };
    let object = Object::new(&path, entries, &UPDATE, unknown, problems);
    let update = Update {
        id: object
            .text("id", problems, |text| values::line(text, values::NAME_LONGEST))
            .unwrap_or_else(|| format!("u{}", number + 1)),
        at: object.text("at", problems, values::timestamp),
        status: object.text("status", problems, values::status),
        body: object.text("body", problems, values::prose).unwrap_or_default(),
    };
    let (body, status) = (format!("{path}.body"), format!("{path}.status"));
    if update.body.trim().is_empty() && update.status.is_none() && !problems.has(&body) && !problems.has(&status) {
        problems.push(body, "is missing, and there is no status either");
    }
    update
}

/// The status of the newest entry that has one, where entries say when they were written: the order in which they are
/// given may be either.
fn newest_status(updates: &[Update]) -> Option<String> {
    let dated = updates.iter().filter_map(|update| Some((update.at?, update.status.as_ref()?)));
    dated.max_by_key(|(at, _)| *at).map(|(_, status)| status.clone())
}

impl Fields {
    /// The report, or all problems: those found while reading and those of what is missing.
    ///
    /// An incident without an id is named after its file (`file_id`) and, failing that, gets an id of its own.
    pub(super) fn into_report(
        self,
        file_id: Option<IncidentId>,
        defaults: Defaults<'_>,
        mut problems: FieldErrors,
    ) -> Result<Received, Vec<FieldError>> {
        if self.title.is_none() && !problems.has("title") {
            problems.push("title", "is missing");
        }
        let body = self.body.unwrap_or_default();
        let nothing_wrong_there = !problems.has("body") && !problems.has("updates");
        if body.trim().is_empty() && self.updates.is_empty() && nothing_wrong_there {
            problems.push("body", "is missing: a `body` or at least one entry in `updates` is wanted");
        }
        let Some(title) = self.title.filter(|_| problems.0.is_empty()) else { return Err(problems.0) };
        let (id, naming) = match (self.id, file_id) {
            (Some(id), _) => (id, Naming::Given),
            (None, Some(id)) => (id, Naming::File),
            (None, None) => (IncidentId::unique(&title, defaults.ending), Naming::Made),
        };
        let source_locale = self.source_locale.unwrap_or_else(|| defaults.source_locale.clone());
        let report = Report {
            id,
            url: self.url,
            title,
            status: self.status.or_else(|| newest_status(&self.updates)),
            impact: self.impact,
            components: self.components.unwrap_or_default(),
            revised_at: self.revised_at,
            published_at: self.published_at,
            started_at: self.started_at,
            resolved_at: self.resolved_at,
            format: self.format.unwrap_or_default(),
            body,
            updates: self.updates,
            locales: self.locales.into_iter().filter(|locale| *locale != source_locale).collect(),
            source_locale,
        };
        Ok(Received { report, naming })
    }
}
