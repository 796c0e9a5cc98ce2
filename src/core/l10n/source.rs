//! What becomes of the files that messages are written in: the built-in `locales/` and those that an operator lays over
//! them are parsed, and a text that a reader would stumble over is refused. No file is read here: an operator's come
//! with their names and texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent::FluentResource;
use rust_embed::RustEmbed;

use super::{BundleError, BundleFile};
use crate::locale::Locale;
use crate::quoting::line_of;

#[derive(RustEmbed)]
#[folder = "../../locales/"]
struct BuiltIn;

/// One `.ftl` file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) locale: Locale,
    pub(super) resource: FluentResource,
}

/// Message ids with the variables that each may use.
pub(super) type Known = BTreeMap<String, BTreeSet<String>>;

/// The embedded files.
pub(super) fn embedded() -> Result<Vec<File>, BundleError> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in BuiltIn::iter().filter(|path| is_fluent(Path::new(&**path))) {
        let Some(content) = BuiltIn::get(&path) else { continue };
        let text = String::from_utf8_lossy(&content.data).into_owned();
        match path.split_once('/').and_then(|(folder, _)| folder.parse().ok()) {
            Some(locale) => parse(&format!("locales/{path}"), locale, text, &mut files, &mut problems),
            None => problems.push(BundleError::Directory { path: format!("locales/{path}") }),
        }
    }
    all_or_problems(files, problems)
}

/// The files that an operator lays over the built-in ones, in their order, each read or not.
pub(super) fn overriding(
    given: impl IntoIterator<Item = Result<BundleFile, BundleError>>,
    known: &Known,
) -> Result<Vec<File>, BundleError> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for file in given {
        match file {
            Ok(BundleFile { path, locale, text }) => {
                problems.extend(strangers(&path, &text, known));
                parse(&path, locale, text, &mut files, &mut problems);
            }
            Err(problem) => problems.push(problem),
        }
    }
    all_or_problems(files, problems)
}

fn parse(path: &str, locale: Locale, text: String, files: &mut Vec<File>, problems: &mut Vec<BundleError>) {
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    match FluentResource::try_new(text) {
        Ok(resource) => files.push(File { locale, resource }),
        Err((resource, errors)) => problems.extend(errors.into_iter().map(|error| BundleError::Syntax {
            path: path.to_owned(),
            line: line_of(resource.source(), error.pos.start),
            message: error.to_string(),
        })),
    }
}

/// Messages that English does not have, and variables that its message does not have: the first would never be shown,
/// the second never be filled.
fn strangers(path: &str, text: &str, known: &Known) -> Vec<BundleError> {
    let problem = |line, message| BundleError::Syntax { path: path.to_owned(), line, message };
    let mut problems = Vec::new();
    for message in messages(text) {
        let Some(variables) = known.get(message.id) else {
            problems.push(problem(message.line, format!("`{}` is not one of the built-in messages", message.id)));
            continue;
        };
        for stranger in message.variables.iter().filter(|variable| !variables.contains(**variable)) {
            let offered = if variables.is_empty() {
                "it has none".to_owned()
            } else {
                let names: Vec<String> = variables.iter().map(|name| format!("`${name}`")).collect();
                format!("it has {}", names.join(", "))
            };
            problems.push(problem(
                message.line,
                format!("`${stranger}` is not a variable of the message `{}`: {offered}", message.id),
            ));
        }
    }
    problems
}

/// A message as it stands in its file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message<'text> {
    pub(super) id: &'text str,
    /// From 1.
    pub(super) line: usize,
    /// Without `$`.
    pub(super) variables: BTreeSet<&'text str>,
}

/// The messages of a Fluent file, without terms. Fluent's grammar makes this easy: an entry starts at the beginning
/// of its line, all that belongs to it is indented (or starts with a bracket), and a `$` means a variable only
/// within braces and outside of quotes.
pub(super) fn messages(text: &str) -> Vec<Message<'_>> {
    let mut messages: Vec<Message> = Vec::new();
    let mut within = false;
    let mut depth = 0_usize;
    for (number, line) in text.lines().enumerate() {
        let mut rest = line;
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (id, value) = line.split_at(line.find(|letter| !is_name(letter)).unwrap_or(line.len()));
            within = value.trim_start().starts_with('=');
            depth = 0;
            if within {
                messages.push(Message { id, line: number + 1, variables: BTreeSet::new() });
                rest = value;
            }
        } else if line.starts_with(['#', '-']) {
            within = false;
        }
        if let (true, Some(message)) = (within, messages.last_mut()) {
            depth = variables(rest, depth, &mut message.variables);
        }
    }
    messages
}

/// Collects a line's variables; takes and gives back how many braces are open.
fn variables<'text>(line: &'text str, mut depth: usize, found: &mut BTreeSet<&'text str>) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (position, letter) in line.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '$' if depth > 0 => {
                let name = line.get(position + 1..).unwrap_or_default();
                found.insert(name.split(|letter| !is_name(letter)).next().unwrap_or_default());
            }
            _ => {}
        }
    }
    depth
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '-'
}

fn is_fluent(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ftl")
}

fn all_or_problems(files: Vec<File>, mut problems: Vec<BundleError>) -> Result<Vec<File>, BundleError> {
    match (problems.len(), problems.pop()) {
        (1, Some(problem)) => Err(problem),
        (_, Some(problem)) => {
            problems.push(problem);
            Err(BundleError::Several(problems))
        }
        (_, None) => Ok(files),
    }
}
