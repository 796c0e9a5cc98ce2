//! Spaces stand where the language puts them: none before a comma or point, none doubled, none added at the ends, a
//! no-break one before the double marks of French.

use crate::finding::{Finding, Severity};
use crate::language::Trait;

use super::subject::HOLE;
use super::{Check, Subject};

pub(super) struct Spacing;

impl Check for Spacing {
    fn name(&self) -> &'static str {
        "spacing"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (source, target) = (&subject.source.free, &subject.target.free);
        let mut findings = Vec::new();
        let mut say = |severity, message: &str| findings.extend(self.finding(severity, message.to_owned()));
        if subject.added(stranded) > 0 {
            say(Severity::Warn, "a space stands before a comma or full stop");
        }
        if subject.added(crowded) > 0 {
            say(Severity::Warn, "a space is missing behind a comma, semicolon or full stop");
        }
        if subject.language().is(Trait::RefusesSpaceBeforeMarks) && subject.added(parted) > 0 {
            say(Severity::Warn, "a space stands before a question or exclamation mark, a colon or semicolon");
        }
        if subject.adds("  ") {
            say(Severity::Warn, "a space is doubled");
        }
        let begins = |text: &str| text.starts_with(char::is_whitespace);
        let ends = |text: &str| text.ends_with(char::is_whitespace);
        if begins(source) != begins(target) || ends(source) != ends(target) {
            say(Severity::Warn, "the space at the beginning or the end is not the source's");
        }
        let breaks = |text: &str| text.trim().matches('\n').count();
        if breaks(target) < breaks(source) {
            say(Severity::Warn, "a line break is lost");
        }
        let bound_except = subject.language().bound_marks_except;
        let is_bound = bound_except.is_some_and(|regions| !regions.contains(&subject.target_locale.as_str()));
        if is_bound && is_unbound(target) {
            say(Severity::Info, "French puts a no-break space before `:`, `;`, `?`, `!` and inside `« »`");
        }
        findings
    }
}

/// How many commas and points stand behind a space and before no word: ` .NET` is a name.
fn stranded(text: &str) -> usize {
    [" ,", " ."]
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .filter(|(at, mark)| {
            let next = text.get(at + mark.len()..).and_then(|rest| rest.chars().next());
            next.is_none_or(|next| !next.is_alphanumeric() && next != HOLE && next != '.')
        })
        .count()
}

/// How many commas, semicolons and closing signs have a letter right behind them, and no letter before that would make
/// them a part of it: `[PH1];luego`, `Sí!Vaya`.
fn crowded(text: &str) -> usize {
    let mut characters = text.chars().peekable();
    let mut count = 0;
    while let Some(character) = characters.next() {
        let crowds =
            matches!(character, ',' | ';' | '!' | '?') && characters.peek().is_some_and(|next| next.is_alphabetic());
        count += usize::from(crowds);
    }
    count
}

/// How many signs that only French sets off have a space before them and end there.
fn parted(text: &str) -> usize {
    let marks = [" ?", " !", " ;", " :", "\u{a0}?", "\u{a0}!", "\u{a0};", "\u{a0}:"];
    let found = marks.iter().flat_map(|mark| text.match_indices(mark));
    let ends = |(at, mark): &(usize, &str)| {
        text.get(at + mark.len()..).and_then(|rest| rest.chars().next()).is_none_or(char::is_whitespace)
    };
    found.filter(ends).count()
}

/// Whether a double mark of French has no no-break space on its inner side.
fn is_unbound(text: &str) -> bool {
    let bound = |character: Option<char>| matches!(character, Some('\u{A0}' | '\u{202F}'));
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let loose = match character {
            ':' | ';' | '?' | '!' => {
                let ends = next.is_none_or(char::is_whitespace);
                ends && before.is_some_and(|before| !matches!(before, '?' | '!')) && !bound(before)
            }
            '«' => !bound(next),
            '»' => !bound(before),
            _ => false,
        };
        if loose {
            return true;
        }
        before = Some(character);
    }
    false
}
