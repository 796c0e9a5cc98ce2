//! No figure is added: every digit of the source is a fact and does not pass through an engine, so a digit, a per cent
//! or currency sign, a half of the day or a time zone in the target's free text is invented.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

/// Labels that make a clock time another one. Upper case only: `est` is a French word.
const ZONES: [&str; 9] = ["UTC", "GMT", "PST", "PDT", "EDT", "CST", "CDT", "CET", "CEST"];

pub(super) struct Figures;

impl Check for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (source, target) = (subject.source.read(), subject.target.read());
        let mut findings = Vec::new();
        if let Some(sign) =
            added_sign(&subject.source.free, &subject.target.free).or_else(|| added_sign(source, target))
        {
            findings.extend(
                self.finding(
                    Severity::Block,
                    format!("the translation adds `{sign}`, which is not a fact of the source"),
                ),
            );
        }
        if added(target, source, halves) {
            findings.extend(self.finding(Severity::Block, "the translation adds a half of the day".to_owned()));
        }
        let zone = ZONES.iter().find(|zone| added(target, source, |text| labels(text, zone)));
        if let Some(zone) = zone {
            findings.extend(self.finding(Severity::Block, format!("the translation adds the time zone `{zone}`")));
        }
        findings
    }
}

/// Whether the target has something more often than the source, which is asked only where the target has it at all.
fn added(target: &str, source: &str, count: impl Fn(&str) -> usize) -> bool {
    let found = count(target);
    found > 0 && found > count(source)
}

/// The first number-like character that the target has more often than the source.
fn added_sign(source: &str, target: &str) -> Option<char> {
    if !target.contains(is_figure) {
        return None;
    }
    let mut left: HashMap<char, usize> = HashMap::new();
    for sign in source.chars().filter(|character| is_figure(*character)) {
        *left.entry(sign).or_default() += 1;
    }
    target.chars().filter(|character| is_figure(*character)).find(|sign| match left.get_mut(sign) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    })
}

/// Digits of any script, fractions, superscripts; signs that belong to a number. Numerals that are also words of a
/// language (`一`) are letters here.
fn is_figure(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_digit() || matches!(character, '%' | '$');
    }
    (character.is_numeric() && !is_ideograph(character))
        || matches!(character, '‰' | '٪' | '％' | '﹪' | '£' | '¥' | '°' | '₠'..='⃀')
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// How often a text names a half of the day: `PM`, `p.m.`, `a. m.`, `AM`. A lower-case `am` is a German word.
fn halves(text: &str) -> usize {
    let mut before = ' ';
    text.char_indices()
        .filter(|(at, first)| {
            let begins = matches!(first, 'a' | 'A' | 'p' | 'P') && !before.is_alphabetic();
            before = *first;
            begins && text.get(at + 1..).is_some_and(|rest| is_half(*first, rest))
        })
        .count()
}

/// Whether a word of that letter and the rest of the text begins with a half of the day.
fn is_half(first: char, rest: &str) -> bool {
    let dotted = rest.strip_prefix('.');
    // Spanish puts a narrow space there: `p. m.`
    let rest = dotted.map_or(rest, |rest| rest.strip_prefix([' ', '\u{A0}', '\u{202F}']).unwrap_or(rest));
    let mut characters = rest.chars();
    let second = characters.next().unwrap_or(' ');
    let next = characters.next().unwrap_or(' ');
    match (dotted.is_some(), first, second) {
        (true, _, 'm' | 'M') => next == '.',
        (false, 'p' | 'P', 'm' | 'M') | (false, 'A', 'M') => !next.is_alphabetic(),
        _ => false,
    }
}

/// How often a label stands in a text as a word of its own.
fn labels(text: &str, label: &str) -> usize {
    text.match_indices(label)
        .filter(|(start, _)| {
            let before = text.get(..*start).and_then(|head| head.chars().next_back());
            let after = text.get(start + label.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphabetic)
        })
        .count()
}
