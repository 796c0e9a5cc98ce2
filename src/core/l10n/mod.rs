//! The Fluent bundles: every word that readers see and that is not of a report. They are built in, and an operator may
//! lay others over them message by message. No engine ever writes these words, and no reader ever sees a message with a
//! hole in it.

mod completeness;
mod disclaimer;
mod source;

pub use completeness::Incomplete;
pub use disclaimer::{Disclaimer, DisclaimerKind, disclaimer};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};
use icu::casemap::CaseMapper;
use unic_langid::LanguageIdentifier;

use crate::locale::{self, Locale};

/// The locale whose bundle has every message.
const ENGLISH: &str = "en";

/// A value handed to a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'text> {
    Text(&'text str),
    /// For plural selection; what is shown is given beside it as text.
    Number(f64),
}

/// A message and its English words in a report, whose capitals it gets.
#[derive(Clone, Copy, Debug)]
pub struct Spelt<'text> {
    pub message: &'text str,
    pub source: &'text str,
}

impl<'text> From<Argument<'text>> for FluentValue<'text> {
    fn from(argument: Argument<'text>) -> Self {
        match argument {
            Argument::Text(text) => text.into(),
            Argument::Number(number) => number.into(),
        }
    }
}

/// All locales' messages. Shared between threads behind an `Arc`.
pub struct Bundles {
    by_locale: BTreeMap<Locale, FluentBundle<FluentResource>>,
    /// The keys of `by_locale`, in their order.
    locales: Vec<Locale>,
    /// The built-in English message ids, with the variables that each may use.
    ids: source::Known,
    /// What a locale needs to be complete, and what each bundle has of it, once somebody has asked.
    needed: OnceLock<BTreeSet<String>>,
    formatted: BTreeMap<Locale, OnceLock<BTreeSet<String>>>,
}

/// A Fluent file that is laid over the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// As problems with it name it.
    pub path: String,
    /// Whose messages it has.
    pub locale: Locale,
    pub text: String,
}

/// Why the bundles could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("cannot read `{path}`: {source}")]
    Read {
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("`{path}`, line {line}: {message}")]
    Syntax { path: String, line: usize, message: String },
    #[error("`{path}` is not named after a locale, such as `es` or `pt-BR`")]
    Directory { path: String },
    /// More than one of the above, one a line.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<BundleError>),
}

impl Bundles {
    /// The built-in bundles.
    ///
    /// # Errors
    /// None that the tests have not seen.
    pub fn built_in() -> Result<Self, BundleError> {
        Self::load([])
    }

    /// The built-in bundles, with files laid over them in their order, message by message. A file may be of a locale
    /// that is not built in. What could not be read is told with everything else that is wrong.
    ///
    /// # Errors
    /// Every file that could not be read or is no Fluent, every message that is not one of English's and every variable
    /// that English's message does not have: what would go wrong before a reader's eyes.
    pub fn load(files: impl IntoIterator<Item = Result<BundleFile, BundleError>>) -> Result<Self, BundleError> {
        let built_in = source::embedded()?;
        let known: source::Known = built_in
            .iter()
            .filter(|file| file.locale.as_str() == ENGLISH)
            .flat_map(|file| source::messages(file.resource.source()))
            .map(|message| (message.id.to_owned(), message.variables.into_iter().map(str::to_owned).collect()))
            .collect();
        let overrides = source::overriding(files, &known)?;
        let mut by_locale = BTreeMap::new();
        for file in built_in.into_iter().chain(overrides) {
            by_locale
                .entry(file.locale.clone())
                .or_insert_with(|| empty(&file.locale))
                .add_resource_overriding(file.resource);
        }
        let locales: Vec<Locale> = by_locale.keys().cloned().collect();
        let formatted = locales.iter().map(|locale| (locale.clone(), OnceLock::new())).collect();
        Ok(Self { by_locale, locales, ids: known, needed: OnceLock::new(), formatted })
    }

    /// The message, or its attribute (`id.attribute`), in the best locale of the fallback chain that has it, else in
    /// English. A message that lacks an argument counts as not there; an id that not even English has comes back as it
    /// is.
    #[must_use]
    pub fn message(&self, locale: &Locale, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.find(locale, id, arguments)
            .or_else(|| self.format(ENGLISH, id, &fluent_arguments(arguments)))
            .unwrap_or_else(|| id.to_owned())
    }

    /// The message where a bundle of the locale's own fallback chain has it; never English for another language.
    /// Without such a bundle one in the same language and script serves: that of `pt-BR` a reader of `pt-PT`.
    #[must_use]
    pub fn find(&self, locale: &Locale, id: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let arguments = fluent_arguments(arguments);
        // Most readers ask for a locale that has a bundle, which has every message.
        self.format(locale.as_str(), id, &arguments).or_else(|| {
            locale::rank(&self.locales, locale)
                .into_iter()
                .filter(|ranked| *ranked != locale)
                .find_map(|ranked| self.format(ranked.as_str(), id, &arguments))
        })
    }

    /// A label and its value, which agrees with it, both in capitals as in the source: `Gravedad`, `alta`.
    #[must_use]
    pub fn labelled(&self, locale: &Locale, [label, value]: [Spelt<'_>; 2]) -> Option<(String, String)> {
        let written = self.find(locale, label.message, &[])?;
        let agreement = self.find(locale, "label-agreement", &[("label", Argument::Text(label.message))])?;
        let agreeing = self.find(locale, value.message, &[("agreement", Argument::Text(&agreement))])?;
        Some((in_case_of(label.source, &written, locale), in_case_of(value.source, &agreeing, locale)))
    }

    /// What a language is called in itself: by its own bundle, else by CLDR ([`Locale::own_name`]).
    #[must_use]
    pub fn own_name(&self, locale: &Locale) -> String {
        self.format(locale.as_str(), "locale-name", &FluentArgs::new()).unwrap_or_else(|| locale.own_name())
    }

    /// What readers see of a code word: `in_progress` of the family `status` is the message `status-in-progress`. A
    /// word that no bundle has stays as it is. Families: `status`, `impact`, `state`.
    #[must_use]
    pub fn label(&self, locale: &Locale, family: &str, word: &str) -> String {
        let id = format!("{family}-{}", word.to_ascii_lowercase().replace('_', "-"));
        self.find(locale, &id, &[])
            .or_else(|| self.format(ENGLISH, &id, &FluentArgs::new()))
            .unwrap_or_else(|| word.to_owned())
    }

    /// The locales that have a bundle, sorted.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        self.locales.clone()
    }

    fn format(&self, locale: &str, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        match self.attempt(locale, id, arguments)? {
            Ok(text) => Some(text),
            Err(errors) => {
                tracing::warn!(locale, id, ?errors, "a message cannot be formatted");
                None
            }
        }
    }

    /// `None` where the bundle has no such message. A pattern with an error still formats, as `{$name}`: that is for
    /// translators, not for readers.
    fn attempt(&self, locale: &str, id: &str, arguments: &FluentArgs<'_>) -> Option<Result<String, Vec<FluentError>>> {
        let bundle = self.by_locale.get(locale)?;
        let pattern = match id.split_once('.') {
            Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(id)?.value()?,
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
        Some(if errors.is_empty() { Ok(text.into_owned()) } else { Err(errors) })
    }
}

impl fmt::Debug for Bundles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locales: Vec<&str> = self.locales.iter().map(Locale::as_str).collect();
        formatter.debug_struct("Bundles").field("locales", &locales).finish_non_exhaustive()
    }
}

/// The text in upper case by the locale's own rules (Turkish `i` becomes `İ`): for words whose source shouts.
#[must_use]
pub fn shout(text: &str, locale: &Locale) -> String {
    CaseMapper::new().uppercase_to_string(text, &locale.identifier()).into_owned()
}

fn empty(locale: &Locale) -> FluentBundle<FluentResource> {
    // For plural rules; a tag that Fluent's own parser does not know gets the root's.
    let identifier: LanguageIdentifier = locale.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks U+2068 and U+2069 round every argument would stand in texts, feeds and JSON for good.
    bundle.set_use_isolating(false);
    bundle
}

/// A word of the bundles with the source's capitals: none, one, or all.
fn in_case_of(source: &str, word: &str, locale: &Locale) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    if !source.contains(char::is_lowercase) {
        shout(word, locale)
    } else if source.starts_with(char::is_uppercase) {
        first.to_uppercase().chain(letters).collect()
    } else {
        first.to_lowercase().chain(letters).collect()
    }
}

fn fluent_arguments<'a>(arguments: &[(&'a str, Argument<'a>)]) -> FluentArgs<'a> {
    arguments.iter().copied().collect()
}

#[cfg(test)]
mod tests;
