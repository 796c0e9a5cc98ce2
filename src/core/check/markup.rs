//! No markup is added: tags, entities and the marks of Markdown that the source's free text lacks. They would be shown
//! as characters, never obeyed; readers should not see them all the same.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

/// Marks that mean something to Markdown wherever they stand.
const MARKS: [&str; 8] = ["**", "__", "~~", "`", "](", "][", "![", "<!--"];

pub(super) struct Markup;

impl Check for Markup {
    fn name(&self) -> &'static str {
        "markup"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.added_as_read(tags) > 0 {
            return self.finding(Severity::Block, "the translation adds a tag".to_owned());
        }
        // `R&D；` is none: there the sign is the source's, and its semicolon Chinese.
        let is_written_alike = subject.target.free.contains(['＆', '﹠']);
        if subject.added(entities) > 0 || (is_written_alike && subject.added_as_read(entities) > 0) {
            return self.finding(Severity::Block, "the translation adds an entity such as `&amp;`".to_owned());
        }
        let mark = MARKS.iter().find(|mark| subject.adds(mark));
        if let Some(mark) = mark {
            return self.finding(Severity::Block, format!("the translation adds the mark `{mark}`"));
        }
        let leading = |text: &str| usize::from(begins_with_mark(text));
        if subject.added(leading) > 0 {
            return self
                .finding(Severity::Block, "the translation begins with a list, quote or heading mark".to_owned());
        }
        Vec::new()
    }
}

/// `<` with what makes it a tag behind it.
fn tags(text: &str) -> usize {
    pairs(text)
        .filter(|(first, second)| {
            *first == '<' && second.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
        })
        .count()
}

/// `&` name or number `;`.
fn entities(text: &str) -> usize {
    text.split('&')
        .skip(1)
        .filter(|tail| {
            tail.split_once(';').is_some_and(|(name, _)| {
                let name = name.strip_prefix('#').unwrap_or(name);
                (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        })
        .count()
}

fn begins_with_mark(text: &str) -> bool {
    let text = text.trim_start();
    let body = text.trim_start_matches(['#', '>', '*', '-', '+', '•', '=', '|']);
    body.len() < text.len() && body.starts_with(' ')
}

fn pairs(text: &str) -> impl Iterator<Item = (char, Option<char>)> {
    text.chars().zip(text.chars().skip(1).map(Some).chain(std::iter::once(None)))
}
