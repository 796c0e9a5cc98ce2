//! Single words of the source that stand in the target as they came, and that its language cannot have: a verb makes no
//! sentence wherever it stands (`La latencia spiked`), and a noun that nobody borrows is missing from a short one. What
//! is English by its letters alone may be a name (`mirrorbits`), and is only told.

use crate::finding::Severity;

use super::super::Subject;
use super::super::english;
use super::{NAMED, quoted};
use crate::language::en::incidents::{FUNCTION, INCIDENT};

/// A text of so many words is nothing without its verb, and one of so many nothing without its noun.
const SHORT: usize = 8;
const SHORTEST: usize = 4;

/// What was left, and how grave it is. Nothing where the words say nothing.
pub(super) fn words<'text>(subject: &'text Subject<'_>, target: &[&'text str]) -> Option<(Severity, Vec<&'text str>)> {
    let native = subject.language().native?;
    if let Some(word) = contraction(subject, target) {
        return Some((Severity::Block, vec![word]));
    }
    let source = subject.source.words();
    if source == target {
        // An echo, which has its own check.
        return None;
    }
    let quoted = quoted(&subject.target, target);
    let is_there = |position: usize| quoted.get(position) != Some(&true);
    let first = (0..target.len()).find(|position| is_there(*position) && begins(subject, &source, target, *position));
    if let Some(word) = first.and_then(|position| target.get(position)) {
        return Some((Severity::Block, vec![word]));
    }
    let mut left: Vec<&str> = Vec::new();
    for (position, word) in target.iter().enumerate() {
        let is_new = is_there(position) && !left.contains(word);
        if is_new && english::is_left(word, native) && is_ordinary(subject, &source, target, position) {
            left.push(word);
        }
    }
    if left.is_empty() {
        return None;
    }
    let sure = left.iter().filter(|word| english::is_sure(word)).count();
    let is_verb = left.iter().any(|word| english::is_verb(word));
    let is_short = sure > 0 && target.len() <= if is_verb { SHORT } else { SHORTEST };
    let severity = if is_short || sure > 1 && sure * 4 >= target.len() {
        Severity::Block
    } else if sure > 0 || left.iter().any(|word| is_common(&source, word)) {
        Severity::Warn
    } else {
        Severity::Info
    };
    left.truncate(NAMED);
    Some((severity, left))
}

/// Whether a word has its article in the source, as few names in small letters have.
fn is_common(source: &[&str], word: &str) -> bool {
    source.array_windows().any(|[before, here]| *here == word && matches!(*before, "a" | "an" | "the" | "this" | "our"))
}

/// Whether a word is written in small letters here and there, and is no part of a name, a compound or a path.
fn is_ordinary(subject: &Subject<'_>, source: &[&str], target: &[&str], position: usize) -> bool {
    let (text, origin) = (&subject.target, &subject.source);
    let Some(word) = target.get(position) else { return false };
    let is_joined = || {
        let (before, after) = (text.before(position), text.after(position));
        let other = |at: Option<usize>| at.and_then(|at| target.get(at)).is_some_and(|other| source.contains(other));
        // Of a compound that came as it is nothing is left over: `pg-primary`, `read/write`.
        before.ends_with(['.', '_', '/', '@', '`', '#', '$', '=', ':', '<'])
            || after.starts_with(['_', '/', '@', '`', '=', '(', '>'])
            || matches!(after, "." | "'" | "’") && position + 1 < target.len()
            || before.ends_with('-') && (before.len() > 1 || other(position.checked_sub(1)))
            || after.starts_with('-') && (after.len() > 1 || other(position.checked_add(1)))
    };
    let is_small = |(at, known): (usize, &&str)| known == word && (!origin.is_capitalised(at) || is_first(origin, at));
    let is_name = |(at, known): (usize, &&str)| known == word && origin.is_capitalised(at) && !is_first(origin, at);
    !text.is_capitalised(position)
        && source.iter().enumerate().any(is_small)
        && !source.iter().enumerate().any(is_name)
        && !is_joined()
}

/// Whether a word begins a sentence here and there in English, and no name: `Next: una revisión`.
fn begins(subject: &Subject<'_>, source: &[&str], target: &[&str], position: usize) -> bool {
    let (text, origin) = (&subject.target, &subject.source);
    let Some(word) = target.get(position) else { return false };
    let is_english = (INCIDENT.has(word) || FUNCTION.has(word))
        && subject.language().native.is_some_and(|native| english::is_left(word, native));
    let is_name = || {
        let next = position + 1;
        let is_kept = target.get(next).is_some_and(|next| source.contains(next));
        is_kept && text.is_capitalised(next) && text.before(next).trim().is_empty()
    };
    let stands = |(at, known): (usize, &&str)| known == word && is_first(origin, at);
    is_english
        && text.is_capitalised(position)
        && is_first(text, position)
        && !text.after(position).starts_with(['.', '-', '_', '/', '\'', '’'])
        && !is_name()
        && source.iter().enumerate().any(stands)
}

/// Whether a sentence begins with the word at a position.
fn is_first(text: &super::Text, position: usize) -> bool {
    position == 0 || text.before(position).contains(['.', '!', '?', ':', ';', '\n', '…'])
}

/// A word with an ending that English contracts: `que'd iniciado`.
fn contraction<'text>(subject: &'text Subject<'_>, target: &[&'text str]) -> Option<&'text str> {
    let text = &subject.target;
    let quoted = quoted(text, target);
    // `los users' llegaron`: an owner in the plural, and no quotation.
    let apostrophes = text.free.matches(['\'', '’', '‘']).count();
    let is_owner = |(position, word): &(usize, &&str)| {
        apostrophes == 1
            && word.ends_with('s')
            && matches!(text.after(*position), "' " | "’ ")
            && subject.source.words().contains(word)
    };
    let is_contracted = |(position, word): &(usize, &&str)| {
        matches!(**word, "d" | "ll" | "ve" | "re")
            && matches!(text.before(*position), "'" | "’")
            && !text.after(*position).starts_with(['\'', '’', '-', '.'])
            && quoted.get(*position) != Some(&true)
            && *position > 0
    };
    target.iter().enumerate().find(|found| is_contracted(found) || is_owner(found)).map(|(_, word)| *word)
}
