//! The target is in its locale's script, and no word mixes scripts to look like another.

mod letters;

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use icu::locale::LocaleExpander;
use icu::properties::props::Script as Writing;
use icu::properties::{CodePointMapData, CodePointMapDataBorrowed, PropertyParser};

use crate::finding::{Finding, Severity};
use crate::locale::Locale;

use super::{Check, Subject};

const WRITING: CodePointMapDataBorrowed<'static, Writing> = CodePointMapData::<Writing>::new();

/// Of a text in another script than the source's, at most this many letters in ten may be in the source's.
const FOREIGN_IN_TEN: usize = 6;

pub(super) struct Script;

impl Check for Script {
    fn name(&self) -> &'static str {
        "script"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if let Some(word) = letters::foreign(subject) {
            let message = format!("`{word}` has letters that `{}` is not written with", subject.target_locale);
            let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
            return self.finding(severity, message);
        }
        let expected = expected(subject.target_locale);
        let ascii = subject.target.accented == 0 && expected.contains(&Writing::Latin);
        if expected.is_empty() || ascii {
            return Vec::new();
        }
        let (mut own, mut foreign, mut accented) = (0_usize, 0_usize, 0_usize);
        for character in subject.target.free.chars().filter(|character| character.is_alphabetic()) {
            let writing = if character.is_ascii() { Writing::Latin } else { WRITING.get(character) };
            if matches!(writing, Writing::Common | Writing::Inherited) || expected.contains(&writing) {
                own += 1;
            } else if writing == Writing::Latin || subject.source.free.contains(character) {
                foreign += 1;
                accented += usize::from(!character.is_ascii() && !subject.source.free.contains(character));
            } else {
                let message = format!("`{character}` is not in the script of `{}`", subject.target_locale);
                return self.finding(Severity::Block, message);
            }
        }
        if let Some(word) =
            subject.target.free.split(|character: char| !character.is_alphabetic()).find(|word| mixed(word))
        {
            return self.finding(Severity::Block, format!("`{word}` mixes scripts"));
        }
        let latin_expected = expected.contains(&Writing::Latin);
        if !latin_expected && foreign > 0 && foreign * 10 > (own + foreign) * FOREIGN_IN_TEN {
            // Text full of accents is pseudo-translated, on purpose.
            let untranslated = own + foreign >= 20 && accented * 4 < foreign;
            let severity = if untranslated { Severity::Block } else { Severity::Warn };
            return self.finding(severity, format!("most of it is not in the script of `{}`", subject.target_locale));
        }
        Vec::new()
    }
}

/// Whether a word has letters of two of the scripts that look alike.
fn mixed(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let mut first = None;
    for character in word.chars() {
        let writing = WRITING.get(character);
        if !matches!(writing, Writing::Latin | Writing::Cyrillic | Writing::Greek | Writing::Armenian) {
            continue;
        }
        match first {
            None => first = Some(writing),
            Some(known) if known != writing => return true,
            Some(_) => {}
        }
    }
    false
}

/// The scripts a locale is written in, by CLDR's likely subtags; empty where it is not known.
fn expected(locale: &Locale) -> Vec<Writing> {
    static KNOWN: LazyLock<RwLock<HashMap<Locale, Vec<Writing>>>> = LazyLock::new(RwLock::default);
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(locale) {
        return known.clone();
    }
    let writings = likely(locale);
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).insert(locale.clone(), writings.clone());
    writings
}

fn likely(locale: &Locale) -> Vec<Writing> {
    let Ok(mut identifier) = locale.as_str().parse::<icu::locale::LanguageIdentifier>() else { return Vec::new() };
    LocaleExpander::new_extended().maximize(&mut identifier);
    let Some(script) = identifier.script else { return Vec::new() };
    match script.as_str() {
        "Jpan" => vec![Writing::Han, Writing::Hiragana, Writing::Katakana],
        "Kore" => vec![Writing::Hangul, Writing::Han],
        "Hans" | "Hant" | "Hani" => vec![Writing::Han],
        name => PropertyParser::<Writing>::new().get_strict(name).into_iter().collect(),
    }
}
