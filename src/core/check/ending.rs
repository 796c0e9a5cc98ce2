//! The target ends as the source does: with a point, a colon, a question or exclamation mark, dots, or none of them. A
//! question that is none any more has been answered.

use crate::finding::{Finding, Severity};
use crate::language::{Language, Trait};

use super::subject::HOLE;
use super::{Check, Subject};

pub(super) struct Ending;

impl Check for Ending {
    fn name(&self) -> &'static str {
        "ending"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let language = subject.language();
        let ends_otherwise = language.is(Trait::NoSentenceMarks) || language.is(Trait::AsksWithinWords);
        if ends_otherwise || subject.target.letters == 0 {
            return Vec::new();
        }
        let source = End::of(&subject.source.free, Language::named("en"));
        let target = End::of(&subject.target.free, language);
        if source == target {
            return Vec::new();
        }
        let answered = source == End::Question && subject.by_engine && !asks(&subject.target.free, language);
        self.finding(
            if answered { Severity::Block } else { Severity::Warn },
            format!("the source ends with {}, the translation with {}", source.name(), target.name()),
        )
    }
}

/// Whether a text asks anything. Japanese asks with a word, Chinese may.
fn asks(text: &str, language: &Language) -> bool {
    text.contains(['?', '？', '؟', '\u{37E}']) || language.question_words.iter().any(|word| text.contains(word))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Nothing,
    Stop,
    Colon,
    Question,
    Exclamation,
    Dots,
}

impl End {
    /// How a text of the language ends, what closes a quotation or parenthesis left aside.
    fn of(text: &str, language: &Language) -> Self {
        let text = text.trim_end_matches(|last: char| last.is_whitespace() || is_closing(last));
        let mut characters = text.chars().rev();
        let last = characters.next().unwrap_or(HOLE);
        match last {
            '.' if text.ends_with("...") => Self::Dots,
            '…' | '⋯' => Self::Dots,
            '.' | '。' | '．' | '।' | '॥' | '۔' | '։' | '።' => Self::Stop,
            ':' | '：' => Self::Colon,
            '?' | '？' | '؟' | '\u{37E}' => Self::Question,
            mark if language.question_mark == Some(mark) => Self::Question,
            '!' | '！' => Self::Exclamation,
            _ => Self::Nothing,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no mark",
            Self::Stop => "a full stop",
            Self::Colon => "a colon",
            Self::Question => "a question mark",
            Self::Exclamation => "an exclamation mark",
            Self::Dots => "dots",
        }
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | '›' | ')' | ']' | '）' | '］' | '」' | '』' | '】')
}
