//! How far the noun goes that a possessive owns (`the outage's root cause`). `'s` may be `is` as well (`the API's
//! slow`), and a noun may describe another: only what is certain is told.

use super::token::Tokens;
use super::usage;

/// Words of which none is a noun behind a possessive.
const NO_NOUNS: &str = "\
    a active affected again alive all almost always an available aware back bad better big broken bust clear current \
    dead different done down due empty fast fine full gone good great green healthy here high idle just late likely \
    live low more much never new no normal not off offline ok okay old on online only open over quick quiet ready red \
    right safe separate short slow so stable still sure that the there too unable unavailable unaware unclear unhealthy \
    unlikely unstable unsafe up very well what why wrong yet";

/// Adjectives that describe the noun behind them, beside those that every noun may have.
const ADJECTIVES: &str = "\
    actual average current default exact initial main maximum minimum old original overall primary public real root \
    secondary total whole";

/// Nouns that stand behind a possessive in reports, where nothing else tells that they are no adjectives.
const NOUNS: &str = "\
    account address availability backup bandwidth behavior behaviour body cache capacity cause certificate code \
    config configuration content cost creator customer data database default description duration effect end engine \
    impact index latency length level limit list load lifetime log name network office origin output owner page \
    password performance policy port price queue quota rate reason response result role schedule schema scope \
    server service severity size source speed start state status storage team text throughput timeout title token \
    traffic type update url user value vendor version";

/// Verbs that tell that the word before them is a noun and the whole of it.
const VERBS: &str = "\
    are can cannot could did does do had has have is may might must should was were will would apply applies came \
    fell grew rose went broke hit kept lost stayed remain remains";

/// Words behind which a noun has an owner for certain: `because of the API's limit`.
const PREPOSITIONS: &str = "\
    about after against at before behind by despite during for from in into of on over since through to under until \
    via with within without";

/// How many bytes the noun has that a text begins with, right behind a possessive and its space: with an adjective that
/// is known, and up to where no further noun can follow. `before` is what stands before the owner.
#[must_use]
pub fn owned(text: &str, before: &str) -> Option<usize> {
    /// More than an adjective, a noun and the word behind them have.
    const SIGHT: usize = 60;
    let end = text.char_indices().nth(SIGHT).map_or(text.len(), |(at, _)| at);
    let tokens = Tokens::cut(text.get(..end)?);
    owned_at(&tokens, 0, before).map(|end| tokens.slice(0, end).len())
}

/// The same among tokens: the position behind the noun that begins at `at`.
pub(super) fn owned_at(tokens: &Tokens<'_>, at: usize, before: &str) -> Option<usize> {
    let is_adjective = |word: &str| usage::listed(ADJECTIVES, word) || usage::describes(word);
    let mut noun = at;
    while tokens.letters(noun).is_some_and(|word| noun < at + 4 && is_adjective(&word.to_ascii_lowercase()))
        && usage::is_gap(tokens, noun + 1)
        && tokens.letters(noun + 2).is_some()
    {
        noun += 2;
    }
    let word = tokens.letters(noun).filter(|word| word.len() > 1 && word.len() <= 20 && word.is_ascii())?;
    let lower = word.to_ascii_lowercase();
    let is_participle = ["ed", "ing", "ly"].iter().any(|ending| lower.len() > 4 && lower.ends_with(ending));
    let touched = tokens.mark(noun + 1).is_some_and(|mark| matches!(mark, '/' | '-' | '\'' | '’' | '&' | '_'));
    let is_verb = |word: &str| usage::listed(VERBS, &word.to_ascii_lowercase());
    let verb = usage::is_gap(tokens, noun + 1) && tokens.letters(noun + 2).is_some_and(is_verb);
    // `The outage's causes are known`
    let is_other = usage::is_behind_a_noun(&lower) && !verb;
    if is_participle || touched || is_other || usage::listed(NO_NOUNS, &lower) {
        return None;
    }
    let plural = lower.len() > 3 && lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_certain = verb
        || plural
        || noun > at
        || usage::listed(NOUNS, &lower)
        || usage::listed(PREPOSITIONS, &last.to_ascii_lowercase());
    // `the API's limit [PH2]`: another noun, for all that is known.
    let is_open = usage::is_gap(tokens, noun + 1) && matches!(tokens.mark(noun + 2), Some('[' | '_' | '`'));
    (is_certain && !is_open && (verb || usage::is_head(tokens, noun + 1))).then_some(noun + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_of_a_possessive_is_told_where_it_is_certain() {
        for (before, text, noun) in [
            ("", "cause is known.", Some("cause")),
            ("", "root cause was found", Some("root cause")),
            ("", "terms apply; the", Some("terms")),
            ("", "value, the names", Some("value")),
            ("", "effects were wrong.", Some("effects")),
            ("because of ", "banner.", Some("banner")),
            ("", "banner.", None),
            ("", "CPUs were busy", Some("CPUs")),
            ("", "causes are known.", Some("causes")),
            ("", "limit [PH2]? Is", None),
            ("", "slow.", None),
            ("", "down and out", None),
            ("", "fixed.", None),
            ("", "over, we think", None),
            ("", "status page was empty", None),
            ("", "key-based lookup", None),
            ("", "widgets' names", None),
            ("", "", None),
            ("", "éx is", None),
        ] {
            assert_eq!(owned(text, before).map(|end| &text[..end]), noun, "{before}… {text}");
        }
    }
}
