//! Lays a file's definitions over the built-in ones: the file has the last word.

use std::collections::{HashMap, HashSet};

use super::definition::Definition;
use super::problems::Problems;

/// Lays a file's definitions over others. A term that both have keeps the renderings that the file does not give.
pub(super) fn lay(mut base: Vec<Definition>, mut file: Vec<Definition>) -> Vec<Definition> {
    let by_term: HashMap<String, usize> =
        base.iter().enumerate().map(|(index, definition)| (definition.term.to_lowercase(), index)).collect();
    for definition in file.iter_mut().filter(|definition| !definition.keep && definition.contexts.is_empty()) {
        let below = by_term.get(&definition.term.to_lowercase()).and_then(|index| base.get(*index));
        if let Some(below) = below.filter(|below| !below.keep) {
            for (locale, rendering) in &below.renderings {
                definition.renderings.entry(locale.clone()).or_insert_with(|| rendering.clone());
            }
        }
    }
    // A name in its own spelling stands beside the ordinary word, and a sense in its context beside the others.
    let replaces = |definition: &&Definition| definition.contexts.is_empty();
    let taken: HashSet<(String, bool)> = file.iter().filter(replaces).flat_map(forms).collect();
    for definition in &mut base {
        let keep = definition.keep;
        let free = |form: &String| {
            let form = form.to_lowercase();
            let is_name_of_both = keep && taken.contains(&(form.clone(), true));
            !is_name_of_both && !taken.contains(&(form, false))
        };
        definition.singular.retain(free);
        definition.plural.retain(free);
    }
    base.retain(|definition| !definition.singular.is_empty() || !definition.plural.is_empty());
    base.extend(file);
    sort(&mut base);
    base
}

/// The forms of a definition, and whether it keeps them.
fn forms(definition: &Definition) -> impl Iterator<Item = (String, bool)> {
    let forms = definition.singular.iter().chain(&definition.plural);
    forms.map(|form| (form.to_lowercase(), definition.keep))
}

/// Names first, by the alphabet.
pub(super) fn sort(definitions: &mut [Definition]) {
    definitions.sort_by_cached_key(|definition| (!definition.keep, definition.term.to_lowercase(), definition.line));
}

/// Two rows for the same words in the same context: one of them would never be used.
pub(super) fn refuse_duplicates(definitions: &[Definition], problems: &mut Problems) {
    let mut seen: HashMap<(String, bool, &[String]), usize> = HashMap::new();
    for (index, definition) in definitions.iter().enumerate() {
        for key in definition.keys() {
            let form = key.0.clone();
            let first = *seen.entry(key).or_insert(index);
            if let Some(other) = definitions.get(first).filter(|_| first != index) {
                problems.add(definition.line, format!("`{form}` stands in line {} already", other.line));
            }
        }
    }
}
