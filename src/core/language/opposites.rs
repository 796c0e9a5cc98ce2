//! The shape of a language's words for closed sets of opposites: `at least` and `at most`, `Tuesday` and `Thursday`,
//! `enabled` and `disabled`. Which of them a translation may have exchanged is for the check `opposites` to say.
//!
//! A language's text has a line for each pole: its name, a colon, and what is said for it. An entry is a word, or words
//! in a row joined by `_`. `stem*` is every word that begins so, `*` alone any word, `#` a fact or a numeral; `^word`
//! has a capital. An entry with `?` may be a rendering of the pole and is no proof of it: `tarde` is `afternoon`,
//! `evening` or `late`. What the line `-` has says nothing of any pole (`up to date`). Of several entries that fit, the
//! longest one counts.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::Numerals;

/// Poles that exclude each other, a group a line. In groups with `~` a denial turns one pole into the other (`not
/// enabled`), so that they say nothing where anything is denied.
const GROUPS: &str = "
least most
more fewer
before after
until since
increase decrease
high low
up down ~
degraded dead ~
enable disable ~
start stop ~
accept reject ~
half third quarter most_of all few
few many
some nobody
minor major ~
intermittent constant ~
temporary permanent ~
must may ~
yesterday today tomorrow
morning afternoon evening night
monday tuesday wednesday thursday friday saturday sunday
january february march april may_month june july august september october november december
second minute hour day week month year
dollar euro pound yen
mile kilometer meter foot inch
celsius fahrenheit
kilobyte megabyte gigabyte terabyte
dozens hundreds thousands millions billions
first second_place third_place fourth_place fifth_place
agree disagree ~
recommend discourage ~
work fail ~
lost kept ~
incoming outgoing
internal external
oldest newest
open close ~
primary secondary
north south
east west
left right
add remove
create remove
upload download
lock unlock ~
fast slow ~
last next
better worse ~
optional mandatory ~
known unknown ~
encrypt decrypt ~
yes_correct incorrect ~
safe unsafe ~
full empty ~
read write
expected unexpected ~
gained lost
spain france italy germany portugal brazil mexico argentina britain ireland netherlands poland japan china india canada australia
europe america asia africa
london lisbon paris madrid rome milan berlin frankfurt dublin tokyo paulo
";

/// The name of what says nothing.
const NOTHING: &str = "-";

/// Poles that exclude each other, by their numbers.
#[derive(Debug)]
pub struct OppositeGroup {
    /// By their numbers.
    pub poles: Vec<usize>,
    /// Whether a denial turns one into the other.
    pub is_contradictory: bool,
}

/// All poles' names; a pole's number is its position.
static POLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut poles: Vec<&str> = GROUPS.split_whitespace().filter(|name| *name != "~").collect();
    poles.sort_unstable();
    poles.dedup();
    poles
});

static GROUP_LIST: LazyLock<Vec<OppositeGroup>> = LazyLock::new(|| {
    let group = |line: &'static str| OppositeGroup {
        poles: line.split_whitespace().filter_map(pole).collect(),
        is_contradictory: line.ends_with('~'),
    };
    GROUPS.lines().filter(|line| !line.is_empty()).map(group).collect()
});

/// All groups of poles that exclude each other; they are the same in every language.
#[must_use]
pub fn opposite_groups() -> &'static [OppositeGroup] {
    &GROUP_LIST
}

/// The number of a pole.
#[must_use]
pub fn pole(name: &str) -> Option<usize> {
    POLES.binary_search(&name).ok()
}

/// A language's words for each pole. Read by the check `opposites`; source: dictionaries and the pairs of the tests.
#[derive(Debug)]
pub struct OppositeWords {
    /// A line for each pole, in the form that this file describes.
    text: &'static str,
    /// For entries with a number (`#`).
    numerals: &'static Numerals,
    /// By what their first word begins with.
    entries: OnceLock<HashMap<&'static str, Vec<Entry>>>,
}

#[derive(Debug)]
struct Entry {
    words: Vec<Word>,
    /// `None` where it says nothing.
    pole: Option<usize>,
    is_proof: bool,
    has_capital: bool,
}

#[derive(Debug)]
enum Word {
    Whole(&'static str),
    Beginning(&'static str),
    Any,
    Number,
}

impl Word {
    fn read(word: &'static str) -> Self {
        match (word, word.strip_suffix('*')) {
            ("#", _) => Self::Number,
            (_, Some("")) => Self::Any,
            (_, Some(stem)) => Self::Beginning(stem),
            (_, None) => Self::Whole(word),
        }
    }

    fn fits(&self, token: &WordToken<'_>, numerals: &Numerals) -> bool {
        match self {
            Self::Whole(word) => token.word == *word,
            Self::Beginning(stem) => token.word.starts_with(stem),
            Self::Any => !token.word.is_empty(),
            Self::Number => token.word.is_empty() || numerals.is_numeral(token.word),
        }
    }
}

/// A word of a text in lower case, or nothing where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordToken<'text> {
    pub word: &'text str,
    pub has_capital: bool,
}

/// What a text says of one pole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether anything may be meant for it.
    pub is_rendered: bool,
    /// The words that say it beyond doubt.
    pub proof: Option<String>,
}

impl OppositeWords {
    /// The words of a text with a line for each pole.
    #[must_use]
    pub const fn of(text: &'static str, numerals: &'static Numerals) -> Self {
        Self { text, numerals, entries: OnceLock::new() }
    }

    fn entries(&self) -> &HashMap<&'static str, Vec<Entry>> {
        self.entries.get_or_init(|| read(self.text))
    }

    /// What the tokens say of every pole, by its number.
    #[must_use]
    pub fn said(&self, tokens: &[WordToken<'_>]) -> Vec<Said> {
        let mut said = vec![Said::default(); POLES.len()];
        let mut at = 0;
        while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
            let fitting = self.fitting(rest);
            let longest = fitting.iter().map(|entry| entry.words.len()).max().unwrap_or(1);
            for entry in fitting.into_iter().filter(|entry| entry.words.len() == longest) {
                let Some(said) = entry.pole.and_then(|pole| said.get_mut(pole)) else { continue };
                said.is_rendered = true;
                if entry.is_proof && said.proof.is_none() {
                    let words = rest.iter().take(longest).map(|token| token.word).collect::<Vec<_>>();
                    said.proof = Some(words.join(" ").trim().to_owned());
                }
            }
            at += longest;
        }
        said
    }

    /// The entries that the first of the tokens begin with.
    fn fitting(&self, tokens: &[WordToken<'_>]) -> Vec<&Entry> {
        let Some(first) = tokens.first() else { return Vec::new() };
        // No entry is longer than this; a word without end must not cost the square of its length.
        let ends = first.word.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(LONGEST);
        let entries = ends.filter_map(|end| self.entries().get(first.word.get(..end)?)).flatten();
        let fits = |entry: &&Entry| {
            entry.words.len() <= tokens.len()
                && (first.has_capital || !entry.has_capital)
                && entry.words.iter().zip(tokens).all(|(word, token)| word.fits(token, self.numerals))
        };
        entries.filter(fits).collect()
    }
}

/// The entries of a language's text, by what their first word begins with.
fn read(text: &'static str) -> HashMap<&'static str, Vec<Entry>> {
    let mut entries: HashMap<&str, Vec<Entry>> = HashMap::new();
    for (name, line) in text.lines().filter_map(|line| line.split_once(": ")) {
        for written in line.split_whitespace() {
            let bare = written.trim_start_matches(['?', '^']);
            let entry = Entry {
                words: bare.split('_').map(Word::read).collect(),
                pole: pole(name),
                is_proof: !written.starts_with('?') && name != NOTHING,
                has_capital: written.starts_with('^'),
            };
            let first = bare.split('_').next().unwrap_or_default();
            entries.entry(first.trim_end_matches('*')).or_default().push(entry);
        }
    }
    entries
}

/// Letters of the longest entry, and some.
const LONGEST: usize = 24;

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    fn texts() -> Vec<(&'static str, &'static str)> {
        let of = |language: &&'static Language| Some((language.subtag(), language.opposites?.text));
        let found: Vec<_> = Language::all().iter().filter_map(of).collect();
        assert!(found.len() >= 4, "{found:?}");
        found
    }

    #[test]
    fn every_language_has_every_pole_and_nothing_else() {
        for (language, words) in texts() {
            let names: Vec<&str> = words.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
            assert_eq!(names.len(), words.lines().filter(|line| !line.is_empty()).count(), "{language}");
            for pole in POLES.iter() {
                assert_eq!(names.iter().filter(|name| *name == pole).count(), 1, "{language}: {pole}");
            }
            let unknown: Vec<&&str> = names.iter().filter(|name| **name != NOTHING && pole(name).is_none()).collect();
            assert!(unknown.is_empty(), "{language}: {unknown:?}");
        }
    }

    #[test]
    fn every_word_is_short_enough_to_be_found_and_whole() {
        for (_, words) in texts() {
            for word in
                words.lines().filter_map(|line| line.split_once(": ")).flat_map(|(_, line)| line.split_whitespace())
            {
                for part in word.trim_start_matches(['?', '^']).split('_') {
                    let bare = part.trim_end_matches('*');
                    let is_word = bare.chars().all(char::is_alphabetic) && bare.chars().count() <= LONGEST;
                    assert!(is_word && !part.is_empty() || part == "#", "{word}");
                }
            }
        }
    }

    #[test]
    fn the_longest_entry_counts() {
        let tokens = |text: &'static str| -> Vec<WordToken<'static>> {
            let token = |word| WordToken { word: if word == "#" { "" } else { word }, has_capital: false };
            text.split(' ').map(token).collect()
        };
        let english = Language::named("en").opposites.unwrap();
        let least = |text| english.said(&tokens(text))[pole("least").unwrap()].proof.clone();
        assert_eq!(least("at least # nodes").as_deref(), Some("at least"));
        assert_eq!(least("no more than # nodes"), None);
        assert_eq!(least("over # nodes").as_deref(), Some("over"));
        assert_eq!(least("over ten nodes").as_deref(), Some("over ten"));
        assert_eq!(least("over the weekend"), None);
    }
}
