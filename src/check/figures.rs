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
        let (source, target) = (&subject.source.free, &subject.target.free);
        let mut findings = Vec::new();
        if let Some(sign) = added_sign(source, target) {
            findings.extend(
                self.finding(
                    Severity::Block,
                    format!("the translation adds `{sign}`, which is not a fact of the source"),
                ),
            );
        }
        if halves(target) > halves(source) {
            findings.extend(self.finding(Severity::Block, "the translation adds a half of the day".to_owned()));
        }
        let zone = ZONES.iter().find(|zone| labels(target, zone) > labels(source, zone));
        if let Some(zone) = zone {
            findings.extend(self.finding(Severity::Block, format!("the translation adds the time zone `{zone}`")));
        }
        findings
    }
}

/// The first number-like character that the target has more often than the source.
fn added_sign(source: &str, target: &str) -> Option<char> {
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
    (character.is_numeric() && !is_ideograph(character))
        || matches!(character, '%' | '‰' | '٪' | '％' | '﹪' | '$' | '£' | '¥' | '°' | '₠'..='⃀')
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// How often a text names a half of the day: `PM`, `p.m.`, `a. m.`, `AM`. A lower-case `am` is a German word.
fn halves(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    (0..characters.len()).filter(|start| is_half(&characters, *start)).count()
}

fn is_half(characters: &[char], start: usize) -> bool {
    let at = |index: usize| characters.get(index).copied().unwrap_or(' ');
    let before = if start == 0 { ' ' } else { at(start - 1) };
    let first = at(start);
    if before.is_alphabetic() || !matches!(first, 'a' | 'A' | 'p' | 'P') {
        return false;
    }
    let mut next = start + 1;
    let dotted = at(next) == '.';
    if dotted {
        next += 1;
        // Spanish puts a narrow space there: `p. m.`
        if matches!(at(next), ' ' | '\u{A0}' | '\u{202F}') {
            next += 1;
        }
    }
    let second = at(next);
    let ends = !at(next + 1).is_alphabetic();
    match (dotted, first, second) {
        (true, _, 'm' | 'M') => ends && at(next + 1) == '.',
        (false, 'p' | 'P', 'm' | 'M') | (false, 'A', 'M') => ends,
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
