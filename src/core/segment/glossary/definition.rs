//! A definition: one row of a glossary. What it says of a word, and the lexicon's entries for it in one locale.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::fact::{Case, Entry, Gender, GrammaticalNumber, Lexicon, Meaning, Rendered, TermUsage};
use crate::language::{Language, Trait};
use crate::locale::Locale;

/// One row: a name that is kept, or a term with its renderings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// As the row names it.
    pub term: String,
    /// The line of its file, from 1.
    pub line: usize,
    pub provenance: TermOrigin,
    /// The term and what else is written for it, in the singular.
    pub singular: Vec<String>,
    /// The same in the plural; empty for names and where there is none.
    pub plural: Vec<String>,
    pub keep: bool,
    pub part_of_speech: PartOfSpeech,
    pub case: Case,
    /// As [`Entry::contexts`].
    pub contexts: Arc<[String]>,
    /// Of a name that is kept the name itself, where its gender in the language is given.
    pub renderings: BTreeMap<Locale, Rendering>,
}

/// Where a definition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermOrigin {
    BuiltIn,
    File,
}

impl TermOrigin {
    /// As operators read it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BuiltIn => "built in",
            Self::File => "file",
        }
    }
}

/// What a word must be in its sentence for its rendering to stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfSpeech {
    /// Anything: the rendering is used wherever the word stands.
    Any,
    Name,
    /// A noun that describes no other: `the rollback`, not `the rollback plan`.
    Noun,
    /// A noun that is a verb, too: only behind a determiner, an adjective or a preposition.
    NounOrVerb,
    /// Not a noun: it has no article.
    Other,
}

/// The words of a definition and how they are written in files.
pub(super) const PARTS_OF_SPEECH: [(&str, PartOfSpeech); 8] = [
    ("any", PartOfSpeech::Any),
    ("name", PartOfSpeech::Name),
    ("noun", PartOfSpeech::Noun),
    ("noun or verb", PartOfSpeech::NounOrVerb),
    ("verb", PartOfSpeech::Other),
    ("adjective", PartOfSpeech::Other),
    ("adverb", PartOfSpeech::Other),
    ("other", PartOfSpeech::Other),
];

impl PartOfSpeech {
    /// As files write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Name => "name",
            Self::Noun => "noun",
            Self::NounOrVerb => "noun or verb",
            Self::Other => "other",
        }
    }
}

/// A term in one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendering {
    pub singular: String,
    /// Where there is none, a plural is left to the engine.
    pub plural: Option<String>,
    /// Without one, articles are left to the engine.
    pub gender: Option<Gender>,
}

impl Definition {
    /// The rendering for the first locale of a fallback chain that has one.
    #[must_use]
    pub fn rendering(&self, chain: &[Locale]) -> Option<(&Locale, &Rendering)> {
        chain.iter().find_map(|locale| self.renderings.get_key_value(locale))
    }

    /// The gender of a name that is kept, for each form of it, where the program writes the language's articles.
    pub(super) fn genders(&self, chain: &[Locale]) -> Vec<(String, Gender)> {
        let Some((locale, rendering)) = self.rendering(chain).filter(|_| self.keep) else { return Vec::new() };
        let gender = rendering.gender.filter(|_| Language::of(locale).articles.is_some());
        self.singular.iter().filter_map(|form| Some((form.clone(), gender?))).collect()
    }

    /// What a text is searched for on its way into a locale, given by its fallback chain.
    #[must_use]
    pub fn entries(&self, chain: &[Locale]) -> Vec<Entry> {
        let entry = |form: &String, meaning: Meaning| Entry {
            form: form.clone(),
            case: self.case,
            contexts: Arc::clone(&self.contexts),
            meaning,
        };
        if self.keep {
            return self.singular.iter().map(|form| entry(form, Meaning::Name)).collect();
        }
        let Some((locale, rendering)) = self.rendering(chain) else { return Vec::new() };
        let rendered = |number: GrammaticalNumber, text: &str| {
            Meaning::Rendered(Rendered {
                name: self.term.clone(),
                rendering: text.to_owned(),
                gender: rendering.gender.filter(|_| Language::of(locale).articles.is_some()),
                number,
                usage: self.usage(),
            })
        };
        let singular = rendered(GrammaticalNumber::Singular, &rendering.singular);
        let mut entries: Vec<Entry> = self.singular.iter().map(|form| entry(form, singular.clone())).collect();
        let one_form = Language::of(locale).is(Trait::NoPluralForms).then_some(&rendering.singular);
        if let Some(text) = rendering.plural.as_ref().or(one_form) {
            let plural = rendered(GrammaticalNumber::Plural, text);
            entries.extend(self.plural.iter().map(|form| entry(form, plural.clone())));
        }
        entries
    }

    fn usage(&self) -> TermUsage {
        match self.part_of_speech {
            PartOfSpeech::Any | PartOfSpeech::Name => TermUsage::Noun,
            PartOfSpeech::Noun => TermUsage::Head,
            PartOfSpeech::NounOrVerb => TermUsage::DeterminedHead,
            PartOfSpeech::Other => TermUsage::Other,
        }
    }

    /// What the definition is found by alone: of two with the same key one would never be.
    pub(super) fn keys(&self) -> impl Iterator<Item = (String, bool, &[String])> {
        let fold = |form: &String| match self.case {
            Case::Exact => form.clone(),
            Case::Any => form.to_lowercase(),
        };
        let forms = self.singular.iter().chain(&self.plural);
        forms.map(move |form| (fold(form), self.case == Case::Exact, &*self.contexts))
    }
}

/// A [`Lexicon`] is searched as it is.
impl AsRef<Lexicon> for Lexicon {
    fn as_ref(&self) -> &Lexicon {
        self
    }
}
