//! Loops: renderings that hold other terms whose renderings lead back. Whichever is looked up first, the other is
//! wrong, and so is one of the rows.

use std::collections::{BTreeSet, HashMap};

use super::definition::Definition;
use super::problems::Problems;
use crate::locale::Locale;

/// Names each loop at its first row.
pub(super) fn refuse(definitions: &[Definition], problems: &mut Problems) {
    let mut by_form: HashMap<String, usize> = HashMap::new();
    for (index, definition) in definitions.iter().enumerate().filter(|(_, definition)| !definition.keep) {
        for form in definition.singular.iter().chain(&definition.plural) {
            by_form.insert(words(form).join(" "), index);
        }
    }
    let locales: BTreeSet<&Locale> = definitions.iter().flat_map(|definition| definition.renderings.keys()).collect();
    for locale in locales {
        let held = held(definitions, locale, &by_form);
        for way in ways(&held) {
            let rows: Vec<&Definition> = way.iter().filter_map(|index| definitions.get(*index)).collect();
            let terms: Vec<String> = rows.iter().map(|definition| format!("`{}`", definition.term)).collect();
            let line = rows.iter().map(|definition| definition.line).max().unwrap_or_default();
            problems
                .add(line, format!("the renderings of {} in `{locale}` lead back to one another", terms.join(", ")));
        }
    }
}

/// Which other terms each term's rendering holds.
fn held(definitions: &[Definition], locale: &Locale, by_form: &HashMap<String, usize>) -> Vec<Vec<usize>> {
    let longest = by_form.keys().map(|form| form.split(' ').count()).max().unwrap_or_default();
    let of = |(index, definition): (usize, &Definition)| {
        let Some(rendering) = definition.renderings.get(locale) else { return Vec::new() };
        let mut held = Vec::new();
        for text in [Some(&rendering.singular), rendering.plural.as_ref()].into_iter().flatten() {
            let words = words(text);
            for from in 0..words.len() {
                for to in from + 1..=words.len().min(from + longest) {
                    let other = words.get(from..to).and_then(|words| by_form.get(&words.join(" ")));
                    held.extend(other.filter(|other| **other != index));
                }
            }
        }
        held
    };
    definitions.iter().enumerate().map(of).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The ways that lead back to their start, each once: a walk in depth with the way in hand.
fn ways(held: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut done = vec![false; held.len()];
    let mut found = Vec::new();
    for start in 0..held.len() {
        let mut way: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        let mut position: HashMap<usize, usize> = way.iter().map(|(term, _)| (*term, 0)).collect();
        while let Some((term, next)) = way.last_mut() {
            let term = *term;
            let Some(&other) = held[term].get(*next) else {
                done[term] = true;
                position.remove(&term);
                way.pop();
                continue;
            };
            *next += 1;
            if let Some(&from) = position.get(&other) {
                found.push(way[from..].iter().map(|(term, _)| *term).collect());
            } else if !done[other] {
                position.insert(other, way.len());
                way.push((other, 0));
            }
        }
    }
    found
}
