//! The candidate is the translation and nothing about it: no preface of a language model, no excuse, no pieces of its
//! prompt, no error page of a service in place of an answer.

mod added;

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity};

use super::subject::Text;
use super::{Check, Subject};

/// What models and services say in their own name, in lower case. Whatever the source says as well is no such thing.
const PHRASES: [&str; 64] = [
    "as a large language model",
    "as a language model",
    "as an ai",
    "as an assistant",
    "happy to help",
    "i apologize, but",
    "i can't assist",
    "i can't help",
    "i can't translate",
    "i cannot assist",
    "i cannot fulfill",
    "i cannot help",
    "i cannot translate",
    "i have translated",
    "i'm sorry, but i",
    "i’m sorry, but i",
    "here is a translation",
    "here is the translat",
    "here's a translation",
    "here's the translat",
    "here’s the translat",
    "let me know if you",
    "placeholders intact",
    "preserved the placeholders",
    "system prompt",
    "the translated text",
    "the translation is",
    "translated version of",
    "translation of the text",
    "translator's note",
    "translator’s note",
    "como modelo de leng",
    "como un modelo de leng",
    "como uma ia,",
    "como una ia,",
    "como modelo de ling",
    "aquí está la traducción",
    "aquí tienes la traducción",
    "a continuación se presenta la traducción",
    "ecco la traduzione",
    "di seguito la traduzione",
    "in quanto modello",
    "aqui está a tradução",
    "segue a tradução",
    "voici la traduction",
    "en tant que modèle",
    "hier ist die übersetzung",
    "als ki-",
    "翻訳は以下",
    "翻訳は次の",
    "以下は翻訳",
    "aiとして",
    "以下是翻译",
    "作为ai",
    "<|",
    "|>",
    "[inst]",
    "[/inst]",
    "### response",
    "### instruction",
    "bad gateway",
    "gateway timeout",
    "gateway time-out",
    "too many requests",
];

/// One look for all of them.
static ANY_PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&PHRASES.map(regex::escape).join("|")).ok());

/// Labels that a model puts before its answer.
const LABELS: [&str; 10] = [
    "translation:",
    "translated text:",
    "output:",
    "answer:",
    "traducción:",
    "traduzione:",
    "tradução:",
    "traducció:",
    "traduction",
    "übersetzung:",
];

pub(super) struct Conversation;

impl Check for Conversation {
    fn name(&self) -> &'static str {
        "conversation"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (source, target) = (&subject.source, &subject.target);
        let mut phrases =
            ANY_PHRASE.iter().flat_map(|pattern| pattern.find_iter(&target.lower)).map(|found| found.as_str());
        let said = phrases.find(|phrase| !source.lower.contains(phrase));
        let labelled = || LABELS.into_iter().find(|label| is_labelled(target, label) && !speaks_of_it(source));
        if let Some(message) = added::message(subject) {
            return self.finding(Severity::Block, message);
        }
        match said.or_else(labelled) {
            Some(phrase) => {
                self.finding(Severity::Block, format!("`{phrase}` speaks about the translation or in place of it"))
            }
            None => Vec::new(),
        }
    }
}

fn is_labelled(target: &Text, label: &str) -> bool {
    let begin = target.lower.trim_start_matches(|first: char| !first.is_alphabetic());
    begin.strip_prefix(label).is_some_and(|rest| label.ends_with(':') || rest.trim_start().starts_with(':'))
}

/// Whether the source is about translations, outputs or answers itself, at its beginning.
fn speaks_of_it(source: &Text) -> bool {
    let words = source.words();
    words.iter().take(4).any(|word| ["translat", "output", "answer"].iter().any(|stem| word.starts_with(stem)))
}
