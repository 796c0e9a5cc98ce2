//! The target ends as the source does: with a point, a colon, a question or exclamation mark, dots, or none of them. A
//! question that is none any more has been answered.

use crate::finding::{Finding, Severity};

use super::subject::HOLE;
use super::{Check, Subject};

pub(super) struct Ending;

impl Check for Ending {
    fn name(&self) -> &'static str {
        "ending"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        // Thai, Lao, Khmer and Burmese end sentences otherwise; an Armenian question carries its mark within a word.
        if matches!(subject.language(), "th" | "lo" | "km" | "my" | "hy") || subject.target.letters == 0 {
            return Vec::new();
        }
        let source = End::of(&subject.source.free, "en");
        let target = End::of(&subject.target.free, subject.language());
        if source == target {
            return Vec::new();
        }
        let answered = source == End::Question && subject.by_engine && !asks(&subject.target.free, subject.language());
        self.finding(
            if answered { Severity::Block } else { Severity::Warn },
            format!("the source ends with {}, the translation with {}", source.name(), target.name()),
        )
    }
}

/// Whether a text asks anything. Japanese asks with a word, Chinese may.
fn asks(text: &str, language: &str) -> bool {
    let words: &[&str] = match language {
        "ja" => &["か。", "か？"],
        "zh" | "yue" => &["吗", "嗎", "呢"],
        "el" => &[";"],
        _ => &[],
    };
    text.contains(['?', '？', '؟', '\u{37E}']) || words.iter().any(|word| text.contains(word))
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
    fn of(text: &str, language: &str) -> Self {
        let text = text.trim_end_matches(|last: char| last.is_whitespace() || is_closing(last));
        let mut characters = text.chars().rev();
        let last = characters.next().unwrap_or(HOLE);
        match last {
            '.' if text.ends_with("...") => Self::Dots,
            '…' | '⋯' => Self::Dots,
            '.' | '。' | '．' | '।' | '॥' | '۔' | '։' | '።' => Self::Stop,
            ':' | '：' => Self::Colon,
            '?' | '？' | '؟' | '\u{37E}' => Self::Question,
            ';' if language == "el" => Self::Question,
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
