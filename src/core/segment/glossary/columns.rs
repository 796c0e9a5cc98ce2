//! Makes a definition of a row of named cells, or says what is wrong with the row.

use std::collections::BTreeMap;

use icu::locale::{LanguageIdentifier, LocaleExpander, TransformResult};

use super::definition::{Definition, PARTS_OF_SPEECH, PartOfSpeech, Rendering, TermOrigin};
use super::plural;
use super::problems::Problems;
use crate::document::fact::{Case, Gender};
use crate::locale::Locale;

/// What sets the entries of a list in one cell apart.
pub(super) const LIST_SEPARATOR: &str = "|";

/// The longest term, form, context or rendering, in characters.
const TERM_LONGEST: usize = 100;

/// The most forms or contexts of one term.
const LIST_LONGEST: usize = 50;

/// A line of a CSV file or a table of a TOML file.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) column: String,
    pub(super) text: String,
    pub(super) line: usize,
}

/// What a column is about.
enum Column {
    Term,
    Forms,
    Plural,
    Keep,
    PartOfSpeech,
    Case,
    Context,
    Note,
    Rendering(Locale),
    RenderingPlural(Locale),
    RenderingGender(Locale),
}

impl Column {
    fn read(name: &str) -> Result<Self, String> {
        let lower = name.trim().to_lowercase().replace(' ', "_");
        let named = match lower.as_str() {
            "term" | "name" => Some(Self::Term),
            "forms" => Some(Self::Forms),
            "plural" => Some(Self::Plural),
            "keep" => Some(Self::Keep),
            "part_of_speech" => Some(Self::PartOfSpeech),
            "case" => Some(Self::Case),
            "context" => Some(Self::Context),
            "note" => Some(Self::Note),
            _ => None,
        };
        if let Some(column) = named {
            return Ok(column);
        }
        if let Some(tag) = lower.strip_suffix("_plural") {
            return locale(tag).map(Self::RenderingPlural);
        }
        if let Some(tag) = lower.strip_suffix("_gender") {
            return locale(tag).map(Self::RenderingGender);
        }
        locale(&lower).map(Self::Rendering)
    }
}

/// A tag whose language CLDR knows.
fn locale(tag: &str) -> Result<Locale, String> {
    let unknown = || format!("`{tag}` is neither a column of glossaries nor a known locale");
    let locale: Locale = tag.parse().map_err(|_| unknown())?;
    let mut language: LanguageIdentifier = locale.language().parse().map_err(|_| unknown())?;
    match LocaleExpander::new_extended().maximize(&mut language) {
        TransformResult::Modified => Ok(locale),
        TransformResult::Unmodified => Err(unknown()),
    }
}

/// A rendering as far as it has been read.
#[derive(Default)]
struct Partial {
    singular: Option<String>,
    plural: Option<String>,
    gender: Option<Gender>,
}

/// What is wrong with a column's name, where that is not one.
pub(super) fn fault(column: &str) -> Option<String> {
    Column::read(column).err()
}

/// The definition that a row makes; `None` where a problem with it was added.
pub(super) fn definition(row: Row, provenance: TermOrigin, problems: &mut Problems) -> Option<Definition> {
    let line = row.line;
    let mut found = Vec::new();
    let mut reading = Reading::default();
    for cell in row.cells {
        if let Err(message) = reading.read(&cell.column, cell.text.trim()) {
            found.push((cell.line, message));
        }
    }
    let definition = reading.definition(line, provenance, &mut |message| found.push((line, message)));
    if found.is_empty() {
        found.extend(faults(&definition).map(|message| (line, message)));
    }
    if found.is_empty() {
        return Some(definition);
    }
    for (line, message) in found {
        problems.add(line, message);
    }
    None
}

/// A row as far as it has been read.
#[derive(Default)]
struct Reading {
    term: String,
    forms: Vec<String>,
    plural: Vec<String>,
    /// The row says that there is no plural.
    uncountable: bool,
    keep: bool,
    part_of_speech: Option<PartOfSpeech>,
    case: Option<Case>,
    contexts: Vec<String>,
    renderings: BTreeMap<Locale, Partial>,
}

impl Reading {
    fn read(&mut self, column: &str, text: &str) -> Result<(), String> {
        let column = Column::read(column)?;
        bounded(text)?;
        if text.is_empty() {
            return Ok(());
        }
        match column {
            Column::Term => text.clone_into(&mut self.term),
            Column::Forms => self.forms = list(text)?,
            Column::Plural if text == "-" => self.uncountable = true,
            Column::Plural => self.plural = list(text)?,
            Column::Keep => self.keep = flag(text)?,
            Column::PartOfSpeech => self.part_of_speech = Some(part_of_speech(text)?),
            Column::Case => self.case = Some(letter_case(text)?),
            Column::Context => self.contexts = list(text)?,
            Column::Note => {}
            Column::Rendering(locale) => self.rendering(locale).singular = Some(text.to_owned()),
            Column::RenderingPlural(locale) => self.rendering(locale).plural = Some(text.to_owned()),
            Column::RenderingGender(locale) => self.rendering(locale).gender = Some(gender(text)?),
        }
        Ok(())
    }

    fn rendering(&mut self, locale: Locale) -> &mut Partial {
        self.renderings.entry(locale).or_default()
    }

    fn definition(self, line: usize, provenance: TermOrigin, problem: &mut dyn FnMut(String)) -> Definition {
        let part_of_speech = self.part_of_speech.unwrap_or(PartOfSpeech::Any);
        let keep = self.keep || part_of_speech == PartOfSpeech::Name;
        let mut singular = vec![self.term.clone()];
        singular.extend(self.forms);
        let term = &self.term;
        let renderings =
            if keep { genders(term, self.renderings, problem) } else { renderings(self.renderings, problem) };
        let plural = match (keep, self.uncountable, self.plural) {
            // A name has the forms that its row gives, no others.
            (true, _, plural) => {
                singular.extend(plural);
                Vec::new()
            }
            (false, true, _) => Vec::new(),
            (false, false, plural) if plural.is_empty() => singular.iter().map(|form| plural::of(form)).collect(),
            (false, false, plural) => plural,
        };
        Definition {
            term: self.term,
            line,
            provenance,
            singular,
            plural,
            keep,
            part_of_speech,
            case: self.case.unwrap_or(if keep { Case::Exact } else { Case::Any }),
            contexts: self.contexts.into(),
            renderings,
        }
    }
}

/// What is wrong with a definition as a whole.
fn faults(definition: &Definition) -> impl Iterator<Item = String> {
    let term = &definition.term;
    let empty = term.is_empty().then(|| "the term is empty".to_owned());
    let neither = (!term.is_empty() && !definition.keep && definition.renderings.is_empty())
        .then(|| format!("`{term}` is neither kept nor has it a rendering"));
    [empty, neither].into_iter().flatten()
}

/// What a name that is kept has of its languages: its gender, by which articles before it agree, and nothing else.
fn genders(
    term: &str,
    partial: BTreeMap<Locale, Partial>,
    problem: &mut dyn FnMut(String),
) -> BTreeMap<Locale, Rendering> {
    if partial.values().any(|partial| partial.singular.is_some() || partial.plural.is_some()) {
        problem(format!("`{term}` is kept and has renderings; it can have one of both"));
    }
    let rendering = |gender| Rendering { singular: term.to_owned(), plural: None, gender };
    partial.into_iter().map(|(locale, partial)| (locale, rendering(partial.gender))).collect()
}

fn renderings(partial: BTreeMap<Locale, Partial>, problem: &mut dyn FnMut(String)) -> BTreeMap<Locale, Rendering> {
    let mut renderings = BTreeMap::new();
    for (locale, Partial { singular, plural, gender }) in partial {
        match singular {
            Some(singular) => {
                // "reversión|reversiones"
                let (singular, second) = match singular.split_once(LIST_SEPARATOR) {
                    Some((singular, second)) => (singular.trim().to_owned(), Some(second.trim().to_owned())),
                    None => (singular, None),
                };
                if singular.is_empty()
                    || second.as_ref().is_some_and(|second| second.is_empty() || second.contains(LIST_SEPARATOR))
                {
                    problem(format!("the rendering in `{locale}` must be a singular, or a singular and a plural"));
                } else if plural.is_some() && second.is_some() {
                    problem(format!("the plural in `{locale}` is given twice"));
                }
                renderings.insert(locale, Rendering { singular, plural: plural.or(second), gender });
            }
            None => problem(format!("there is a plural or gender in `{locale}`, but no rendering")),
        }
    }
    renderings
}

fn bounded(text: &str) -> Result<(), String> {
    if text.chars().any(char::is_control) {
        return Err("a cell holds a line break or control character".to_owned());
    }
    let longest = text.split(LIST_SEPARATOR).map(|entry| entry.trim().chars().count()).max().unwrap_or_default();
    if longest > TERM_LONGEST {
        let start: String = text.chars().take(20).collect();
        return Err(format!("`{start}…` has {longest} characters; there may be {TERM_LONGEST}"));
    }
    Ok(())
}

fn list(text: &str) -> Result<Vec<String>, String> {
    let entries: Vec<String> = text.split(LIST_SEPARATOR).map(|entry| entry.trim().to_owned()).collect();
    if entries.iter().any(String::is_empty) {
        return Err(format!("`{text}` has an empty entry"));
    }
    if entries.len() > LIST_LONGEST {
        return Err(format!("a list has {} entries; there may be {LIST_LONGEST}", entries.len()));
    }
    Ok(entries)
}

fn flag(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(format!("`keep` is `{text}`; it can be `yes` or `no`")),
    }
}

fn letter_case(text: &str) -> Result<Case, String> {
    match text.to_lowercase().as_str() {
        "exact" => Ok(Case::Exact),
        "any" => Ok(Case::Any),
        _ => Err(format!("`case` is `{text}`; it can be `exact` or `any`")),
    }
}

fn gender(text: &str) -> Result<Gender, String> {
    match text.to_lowercase().as_str() {
        "m" => Ok(Gender::Masculine),
        "f" => Ok(Gender::Feminine),
        _ => Err(format!("a gender is `{text}`; it can be `m` or `f`")),
    }
}

fn part_of_speech(text: &str) -> Result<PartOfSpeech, String> {
    let lower = text.to_lowercase();
    PARTS_OF_SPEECH.iter().find(|(name, _)| *name == lower).map(|(_, part)| *part).ok_or_else(|| {
        let known: Vec<&str> = PARTS_OF_SPEECH.iter().map(|(name, _)| *name).collect();
        format!("`part_of_speech` is `{text}`; it can be `{}`", known.join("`, `"))
    })
}
