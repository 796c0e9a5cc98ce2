//! Which messages a locale lacks. What a version or a page says around a translation comes from the bundles, so that a
//! locale whose bundles have a hole would show its readers English under the name of their own language.

use std::collections::BTreeSet;

use fluent::FluentArgs;
use fluent::concurrent::FluentBundle;
use fluent::{FluentResource, FluentValue};

use super::{Bundles, ENGLISH};
use crate::locale::{self, Locale};

/// Message ids that are named where many are missing; `polypost locales --json` has all of them.
const NAMED: usize = 5;

/// The message ids, and the attributes (`id.attribute`), that readers of a locale would get in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    pub locale: Locale,
    /// At least one, sorted.
    pub missing: Vec<String>,
    /// Of how many.
    pub of: usize,
    /// The source locale, where its own texts are all that there is for this one.
    source: Option<Locale>,
}

impl std::fmt::Display for Incomplete {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { locale, missing, of, source } = self;
        let count = missing.len();
        write!(formatter, "no target yet: ")?;
        if count == *of {
            write!(formatter, "there are no texts in `{locale}`")?;
            if let Some(source) = source {
                write!(formatter, " beside those of the source language (`{source}`)")?;
            }
            return write!(formatter, " ({of} messages are missing)");
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
        let more = if count > NAMED { ", …" } else { "" };
        write!(formatter, "{count} of {of} texts in `{locale}` are missing: {}{more}", named.join(", "))
    }
}

impl Bundles {
    /// The messages and attributes that a reader of the locale would get in English, whatever the reason: none of the
    /// bundles that serve the locale has them, or what they have cannot be formatted.
    #[must_use]
    pub fn missing(&self, locale: &Locale) -> Vec<String> {
        self.missing_beside(locale, None)
    }

    /// Whether reports in `source` may be translated into `target`: only where the target has every text, without those
    /// that the source language itself is shown with.
    ///
    /// # Errors
    /// What is missing.
    pub fn check_target(&self, source: &Locale, target: &Locale) -> Result<(), Incomplete> {
        let shown_with = locale::rank(&self.locales, source).first().copied();
        let missing = self.missing_beside(target, shown_with);
        if missing.is_empty() {
            return Ok(());
        }
        let is_shown_with_it = shown_with.is_some_and(|own| locale::rank(&self.locales, target).contains(&own));
        let source = is_shown_with_it.then(|| source.clone());
        Err(Incomplete { locale: target.clone(), missing, of: self.texts().len(), source })
    }

    fn missing_beside(&self, locale: &Locale, left_out: Option<&Locale>) -> Vec<String> {
        let ranked = locale::rank(&self.locales, locale).into_iter().filter(|ranked| Some(*ranked) != left_out);
        let mut missing = self.texts().clone();
        for bundle in ranked {
            if let Some(own) = self.formatted.get(bundle) {
                missing = missing.difference(own.get_or_init(|| self.formatted_by(bundle))).cloned().collect();
            }
            if missing.is_empty() {
                break;
            }
        }
        missing.into_iter().collect()
    }

    /// All that a locale needs: what English has.
    fn texts(&self) -> &BTreeSet<String> {
        self.needed
            .get_or_init(|| self.by_locale.get(ENGLISH).map(|english| self.texts_of(english)).unwrap_or_default())
    }

    fn texts_of(&self, bundle: &FluentBundle<FluentResource>) -> BTreeSet<String> {
        let of_message = |id: &String| {
            let message = bundle.get_message(id);
            let value = message.as_ref().and_then(fluent::FluentMessage::value).map(|_| id.clone());
            let attributes = message.into_iter().flat_map(|message| message.attributes().collect::<Vec<_>>());
            let attributes = attributes.map(|attribute| format!("{id}.{}", attribute.id()));
            value.into_iter().chain(attributes).collect::<Vec<_>>()
        };
        self.ids.keys().flat_map(of_message).collect()
    }

    /// What of it a bundle has by itself and can format.
    fn formatted_by(&self, locale: &Locale) -> BTreeSet<String> {
        let can_format = |text: &&String| {
            let id = text.split('.').next().unwrap_or_default();
            let variables = self.ids.get(id).into_iter().flatten();
            // Any text will do: where a selection knows nothing of it, there is a default.
            let arguments: FluentArgs<'_> = variables.map(|name| (name.as_str(), FluentValue::from("x"))).collect();
            matches!(self.attempt(locale.as_str(), text, &arguments), Some(Ok(_)))
        };
        self.texts().iter().filter(can_format).cloned().collect()
    }
}
