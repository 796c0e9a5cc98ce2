//! Words that tie a moment into its sentence: `at`, `no later than`, `starting on`. Which of them belong to the
//! moment that follows depends on the moment, and on the word in front; the others are left to the sentence.

use super::Preposition;
use super::reading::{Read, Reading};
use super::token::Tokens;
use super::word;

/// Phrases of several words, and words that are prepositions of time only before a moment. Longer ones first.
const PHRASES: &[(&[&str], Preposition)] = {
    use Preposition::{
        AsOf, During, Effective, Exactly, Following, Into, JustAfter, JustBefore, NoEarlierThan, NoLaterThan, Of,
        OnOrAround, Past, PriorTo, ShortlyAfter, ShortlyBefore, Starting, Through, Throughout, To, Until,
    };
    &[
        (&["effective", "as", "of"], Effective),
        (&["starting", "as", "of"], Starting),
        (&["immediately", "prior", "to"], JustBefore),
        (&["no", "later", "than"], NoLaterThan),
        (&["not", "later", "than"], NoLaterThan),
        (&["no", "earlier", "than"], NoEarlierThan),
        (&["not", "earlier", "than"], NoEarlierThan),
        (&["on", "or", "around"], OnOrAround),
        (&["on", "or", "about"], OnOrAround),
        (&["at", "or", "around"], OnOrAround),
        (&["at", "or", "about"], OnOrAround),
        (&["starting", "at"], Starting),
        (&["starting", "on"], Starting),
        (&["starting", "from"], Starting),
        (&["beginning", "at"], Starting),
        (&["beginning", "on"], Starting),
        (&["beginning", "from"], Starting),
        (&["effective", "at"], Effective),
        (&["effective", "on"], Effective),
        (&["effective", "from"], Effective),
        (&["as", "of"], AsOf),
        (&["prior", "to"], PriorTo),
        (&["up", "until"], Until),
        (&["up", "till"], Until),
        (&["up", "to"], Until),
        (&["upto"], Until),
        (&["shortly", "before"], ShortlyBefore),
        (&["shortly", "after"], ShortlyAfter),
        (&["soon", "after"], ShortlyAfter),
        (&["just", "before"], JustBefore),
        (&["right", "before"], JustBefore),
        (&["immediately", "before"], JustBefore),
        (&["just", "after"], JustAfter),
        (&["just", "past"], JustAfter),
        (&["right", "after"], JustAfter),
        (&["immediately", "after"], JustAfter),
        (&["immediately", "following"], JustAfter),
        (&["right", "at"], Exactly),
        (&["exactly", "at"], Exactly),
        (&["precisely", "at"], Exactly),
        (&["promptly", "at"], Exactly),
        (&["at", "exactly"], Exactly),
        (&["at", "precisely"], Exactly),
        (&["starting"], Starting),
        (&["beginning"], Starting),
        (&["effective"], Effective),
        (&["following"], Following),
        (&["during"], During),
        (&["throughout"], Throughout),
        (&["through"], Through),
        (&["past"], Past),
        (&["into"], Into),
        (&["of"], Of),
        (&["to"], To),
    ]
};

/// The preposition at `at`, and the position behind the space that follows it.
pub(super) fn preposition(tokens: &Tokens<'_>, at: usize) -> Option<Read<Preposition>> {
    let first = tokens.letters(at).filter(|word| word.len() <= 13)?;
    for (words, preposition) in PHRASES {
        if words.first().is_some_and(|word| word.eq_ignore_ascii_case(first))
            && let Some(end) = behind(tokens, at, words)
        {
            return Some(Read { value: *preposition, end });
        }
    }
    let value = word::preposition(first)?;
    let end = hedge(tokens, at).map_or_else(|| tokens.behind_space(at + 1), Some)?;
    Some(Read { value, end })
}

/// The position behind a word for `about` and the space after it: `approx. 10:54`.
pub(super) fn hedge(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let word = tokens.letters(at).filter(|word| word::preposition(word) == Some(Preposition::Around))?;
    let is_short = matches!(word.to_ascii_lowercase().as_str(), "approx" | "ca");
    tokens.behind_space(at + 1 + usize::from(is_short && tokens.is_mark(at + 1, '.')))
}

/// The position behind the words and the space after each.
fn behind(tokens: &Tokens<'_>, at: usize, words: &[&str]) -> Option<usize> {
    let mut next = at;
    for word in words {
        tokens.letters(next).filter(|letters| letters.eq_ignore_ascii_case(word))?;
        next = tokens.behind_space(next + 1)?;
    }
    Some(next)
}

/// The words in front of `at`, in lower case, nearest first.
pub(super) fn before(tokens: &Tokens<'_>, at: usize) -> impl Iterator<Item = String> {
    (1..=3_usize).map_while(move |back| {
        let word = at.checked_sub(2 * back)?;
        tokens.behind_space(word + 1)?;
        tokens.letters(word).map(str::to_ascii_lowercase)
    })
}

/// Words of which `of` is a part: `because of July 5`.
const BEFORE_OF: [&str; 11] =
    ["because", "ahead", "advance", "lieu", "regardless", "outside", "out", "instead", "case", "as", "spite"];

/// Verbs and adverbs behind which `to` and `until` name a new time: `moved to July 5`.
const MOVED: [&str; 15] = [
    "moved",
    "postponed",
    "rescheduled",
    "pushed",
    "delayed",
    "deferred",
    "shifted",
    "back",
    "forward",
    "extended",
    "advanced",
    "move",
    "postpone",
    "reschedule",
    "extend",
];

/// The preposition that ties the moment behind it, which may be another one than its words say alone; `None` where it
/// belongs to the sentence.
pub(super) fn fitting(tokens: &Tokens<'_>, at: usize, read: Preposition, start: &Reading) -> Option<Preposition> {
    let dated = start.is_dated();
    let timed = start.is_timed();
    let mut words = before(tokens, at);
    let last = words.next().unwrap_or_default();
    let is_behind = |words: &[&str]| words.contains(&last.as_str());
    match read {
        // "at 2024-03-05T10:00:00.123Z"
        Preposition::At | Preposition::Exactly => (timed || start.kept.is_some()).then_some(read),
        Preposition::In => None,
        Preposition::Of => (dated && !is_behind(&BEFORE_OF)).then_some(read),
        Preposition::To => is_behind(&MOVED).then_some(read),
        Preposition::During | Preposition::Throughout => (dated && !timed).then_some(read),
        Preposition::Through if timed => Some(Preposition::Until),
        Preposition::On | Preposition::Through => dated.then_some(read),
        Preposition::Following => (!is_behind(&["the", "a", "this", "was", "were"])).then_some(read),
        Preposition::Past => {
            // "5 past 2 PM"
            let counted = at.checked_sub(2).is_some_and(|before| tokens.digits(before, 1, 2).is_some());
            let said = [
                "the", "half", "quarter", "minutes", "minute", "this", "our", "five", "ten", "twelve", "fifteen",
                "twenty",
            ];
            (!counted && !is_behind(&said)).then_some(read)
        }
        // "we look into July 5"
        Preposition::Into => {
            let looks = |word: &str| word.starts_with("look") || word.starts_with("investigat") || word == "insight";
            (dated && !looks(&last)).then_some(read)
        }
        _ => Some(read),
    }
}

/// The article where a preposition that stays with the sentence stands in front: `scheduled for July 5`.
pub(super) fn left_to_sentence(tokens: &Tokens<'_>, at: usize) -> Option<Preposition> {
    let last = before(tokens, at).next()?;
    matches!(last.as_str(), "for" | "toward" | "towards").then_some(Preposition::The)
}

/// `tomorrow noon`, `Friday 5 PM`: a time that stands right behind its day needs a word of its own elsewhere.
pub(super) fn behind_a_day(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(last) = before(tokens, at).next() else { return false };
    let weekday = || at.checked_sub(2).and_then(|last| tokens.letters(last)).and_then(word::weekday).is_some();
    matches!(last.as_str(), "today" | "tomorrow" | "yesterday" | "tonight") || weekday()
}

/// The position behind `onwards`.
pub(super) fn onwards(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let at = tokens.behind_space(end)?;
    matches!(tokens.letters(at)?, "onwards" | "onward").then_some(at + 1)
}
