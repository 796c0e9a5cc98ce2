//! What the source quotes the target quotes, in its own marks, and no quotation is left open.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

/// Marks that open or close a quotation; which does which depends on the language (`„…“`, `“…”`, `»…«`). Single ones
/// are apostrophes too and do not count.
const MARKS: [char; 10] = ['"', '“', '”', '„', '«', '»', '「', '」', '『', '』'];

pub(super) struct Quotes;

impl Check for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let count = |text: &str| text.matches(MARKS).count();
        let (source, target) = (count(&subject.source.free), count(&subject.target.free));
        if source % 2 == 0 && target % 2 == 1 {
            // Whoever translates by hand may have a reason; an engine has lost one.
            let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
            self.finding(severity, "a quotation is not closed".to_owned())
        } else if source == target
            || source % 2 == 1
            || singles(&subject.source.free) + singles(&subject.target.free) > 0
        {
            Vec::new()
        } else {
            let message = format!("the source has `{source}` quotation marks, the translation `{target}`");
            self.finding(Severity::Warn, message)
        }
    }
}

/// Quotations in single marks, which the other side may have in double ones: a mark before a word and not behind one.
fn singles(text: &str) -> usize {
    let mut before = ' ';
    let mut count = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let opens = matches!(character, '\'' | '‘' | '’' | '‹') && !before.is_alphanumeric();
        count += usize::from(opens && characters.peek().is_some_and(|next| next.is_alphabetic()));
        before = character;
    }
    count
}
