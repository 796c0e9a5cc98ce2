//! The target does not run away: `____`, `a a a a`, the same phrase over and over.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};

use super::subject::HOLE;
use super::{Check, Subject};

/// The same sign this often in a row is a loop.
const SIGNS: usize = 4;
/// The same letter; one more, since pseudo-translation doubles vowels (`been`, `bééééň`).
const LETTERS: usize = 5;
/// The same words this often in a row are a loop.
const IN_A_ROW: usize = 3;
/// The longest phrase whose immediate repetition is looked for, in words.
const PHRASE: usize = 4;
/// The same three words this often anywhere are a loop.
const TRIPLES: usize = 4;

pub(super) struct Repetition;

impl Check for Repetition {
    fn name(&self) -> &'static str {
        "repetition"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        for (longest, is_counted) in [(SIGNS, is_sign as fn(char) -> bool), (LETTERS, char::is_alphabetic)] {
            let run = longest_run(&subject.target.free, is_counted);
            if run >= longest && run > longest_run(&subject.source.free, is_counted) {
                return self.finding(Severity::Block, format!("a character is repeated `{run}` times"));
            }
        }
        let (source, target) = (subject.source.words(), subject.target.words());
        // What the source says in three words the target may say in one or four.
        let most = (1..=PHRASE + 2).map(|phrase| in_a_row(&source, phrase)).max().unwrap_or_default();
        for phrase in 1..=PHRASE {
            let times = in_a_row(&target, phrase);
            if times >= IN_A_ROW && times > most {
                return self
                    .finding(Severity::Block, format!("`{phrase}` words are repeated `{times}` times in a row"));
            }
        }
        // A list whose items begin alike does so in both languages.
        let most = most_frequent(&target);
        if most >= TRIPLES && most > in_a_row_or_anywhere(&source) + 1 {
            return self.finding(Severity::Block, format!("the same three words stand there `{most}` times"));
        }
        Vec::new()
    }
}

/// A visible character that is no letter and no hole.
fn is_sign(character: char) -> bool {
    !character.is_alphabetic() && !character.is_whitespace() && character != HOLE
}

/// The longest run of one character among those that count.
fn longest_run(text: &str, is_counted: fn(char) -> bool) -> usize {
    let mut longest = 0;
    let mut run = 0;
    let mut before = ' ';
    for character in text.chars() {
        run = if character == before { run + 1 } else { 1 };
        before = character;
        if run > longest && is_counted(character) {
            longest = run;
        }
    }
    longest
}

/// How often at most a phrase of `length` words follows upon itself.
fn in_a_row(words: &[&str], length: usize) -> usize {
    let mut longest = 0;
    let mut same = 0;
    for (word, later) in words.iter().zip(words.iter().skip(length)) {
        same = if word == later { same + 1 } else { 0 };
        longest = longest.max(same);
    }
    // `same` words equal to the ones `length` before them are that many further words of the loop.
    longest / length + 1
}

/// How often a source says the same at most: three words anywhere, or fewer in a row.
fn in_a_row_or_anywhere(source: &[&str]) -> usize {
    let pairs = source.array_windows::<2>().fold(HashMap::<&[&str; 2], usize>::new(), |mut counts, pair| {
        *counts.entry(pair).or_default() += 1;
        counts
    });
    most_frequent(source).max(pairs.into_values().max().unwrap_or_default())
}

/// How often the most frequent three words in a row stand in a text.
fn most_frequent(words: &[&str]) -> usize {
    if words.len() < TRIPLES + 2 {
        return 0;
    }
    let mut counts: HashMap<&[&str; 3], usize> = HashMap::new();
    for triple in words.array_windows::<3>() {
        *counts.entry(triple).or_default() += 1;
    }
    counts.into_values().max().unwrap_or_default()
}
