//! The glossary: the built-in terms with an operator's file over them, as a [`Lexicon`] for each locale. Nothing is
//! half loaded: a file with a mistake is refused with all its mistakes, each with its line.

mod builtin;
mod columns;
mod csv;
mod definition;
mod layers;
mod loops;
mod plural;
mod problems;
mod toml;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use definition::{Definition, PartOfSpeech, Rendering, TermOrigin};
pub use problems::GlossaryError;

use sha2::{Digest, Sha256};

use crate::document::fact::{DateOrder, Entry, Gender, Lexicon};
use crate::document::hex;
use crate::locale::Locale;
use crate::quoting::line_of;
use problems::Problems;

/// The largest file, in bytes.
const FILE_LARGEST: usize = 1024 * 1024;

/// The most terms of a file.
const TERMS_MOST: usize = 10_000;

/// What a glossary file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// RFC 4180 with a header row.
    Csv,
    Toml,
}

/// Names that stay as they are, and terms with one rendering per locale.
#[derive(Clone, Debug)]
pub struct Glossary {
    definitions: Vec<Definition>,
    names: Wordlist,
    /// One for each locale that a rendering is written for.
    by_locale: BTreeMap<Locale, Wordlist>,
}

impl Default for Glossary {
    /// The built-in terms alone.
    fn default() -> Self {
        Self::of(builtin::definitions())
    }
}

impl Glossary {
    /// A glossary without the built-in terms.
    #[must_use]
    pub fn empty() -> Self {
        Self::of(Vec::new())
    }

    /// Lays a file over the glossary: its names and terms are added, and take the place of those for the same words.
    ///
    /// # Errors
    /// Everything that is wrong with the file; the glossary is then as good as before.
    pub fn with_file(self, bytes: &[u8], format: FileFormat) -> Result<Self, GlossaryError> {
        let file = definitions(bytes, format, TermOrigin::File)?;
        Ok(Self::of(layers::lay(self.definitions, file)))
    }

    /// Lets texts be searched with the order in which their publisher writes month and day.
    #[must_use]
    pub fn with_date_order(mut self, order: DateOrder) -> Self {
        for words in self.by_locale.values_mut().chain([&mut self.names]) {
            words.lexicon = std::mem::take(&mut words.lexicon).with_date_order(order);
        }
        self
    }

    fn of(definitions: Vec<Definition>) -> Self {
        let locales: BTreeSet<&Locale> =
            definitions.iter().flat_map(|definition| definition.renderings.keys()).collect();
        let words = |chain: &[Locale]| {
            let genders = definitions.iter().flat_map(|definition| definition.genders(chain)).collect();
            Wordlist::new(definitions.iter().flat_map(|definition| definition.entries(chain)).collect(), genders)
        };
        let by_locale = locales.into_iter().map(|locale| (locale.clone(), words(&locale.chain()))).collect();
        let names = words(&[]);
        Self { definitions, names, by_locale }
    }

    /// What a text is searched for on its way into a locale: names and the terms that have a rendering in the locale or
    /// its parents.
    #[must_use]
    pub fn for_locale(&self, locale: &Locale) -> &Lexicon {
        &self.nearest(locale).lexicon
    }

    /// Names what [`Self::for_locale`] gives: it changes when a name, a term or a rendering for the locale does.
    #[must_use]
    pub fn revision(&self, locale: &Locale) -> &str {
        &self.nearest(locale).revision
    }

    /// The genders of the names that are kept, in a language whose articles the program writes.
    #[must_use]
    pub fn genders(&self, locale: &Locale) -> &HashMap<String, Gender> {
        &self.nearest(locale).genders
    }

    fn nearest(&self, locale: &Locale) -> &Wordlist {
        locale.chain().iter().find_map(|locale| self.by_locale.get(locale)).unwrap_or(&self.names)
    }

    /// All there is: names, then terms, each in alphabetical order.
    #[must_use]
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The locales that renderings are written for.
    pub fn locales(&self) -> impl Iterator<Item = &Locale> {
        self.by_locale.keys()
    }
}

/// The words of one locale.
#[derive(Clone, Debug)]
struct Wordlist {
    lexicon: Lexicon,
    /// By the name as it stands in texts.
    genders: HashMap<String, Gender>,
    /// Twelve digits of the SHA-256 over all that an entry says.
    revision: String,
}

impl Wordlist {
    fn new(entries: Vec<Entry>, genders: BTreeMap<String, Gender>) -> Self {
        let mut digest = Sha256::new();
        for entry in &entries {
            digest.update(format!("{entry:?}\n"));
        }
        for (name, gender) in &genders {
            digest.update(format!("{name} {gender:?}\n"));
        }
        let genders = genders.into_iter().collect();
        Self { revision: hex(&digest.finalize()[..6]), lexicon: Lexicon::new(entries), genders }
    }
}

/// Names alone: what a text is searched for where no target is known.
impl AsRef<Lexicon> for Glossary {
    fn as_ref(&self) -> &Lexicon {
        &self.names.lexicon
    }
}

/// Reads and validates a file.
fn definitions(bytes: &[u8], format: FileFormat, provenance: TermOrigin) -> Result<Vec<Definition>, GlossaryError> {
    let mut problems = Problems::default();
    let rows = match text(bytes) {
        Ok(text) => match format {
            FileFormat::Csv => csv::rows(text, &mut problems),
            FileFormat::Toml => toml::rows(text, &mut problems),
        },
        Err((line, message)) => {
            problems.add(line, message);
            Vec::new()
        }
    };
    if rows.len() > TERMS_MOST {
        let line = rows.get(TERMS_MOST).map_or(0, |row| row.line);
        problems.add(line, format!("{} terms are more than the {TERMS_MOST} that there may be", rows.len()));
        return Err(problems.into_error());
    }
    let mut definitions = Vec::new();
    for row in rows {
        definitions.extend(columns::definition(row, provenance, &mut problems));
    }
    layers::refuse_duplicates(&definitions, &mut problems);
    loops::refuse(&definitions, &mut problems);
    problems.none_or_error()?;
    layers::sort(&mut definitions);
    Ok(definitions)
}

/// The file's text without a byte order mark, or the line and what is wrong with it.
fn text(bytes: &[u8]) -> Result<&str, (usize, String)> {
    if bytes.len() > FILE_LARGEST {
        let message = format!("the file has {} bytes and may have {FILE_LARGEST}", bytes.len());
        return Err((1, message));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err((1, "the file is UTF-16; save it as UTF-8".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        (line_of(good, good.len()), "a character is not UTF-8; save the file as UTF-8".to_owned())
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests;
