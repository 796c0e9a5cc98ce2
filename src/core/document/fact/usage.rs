//! Whether an English word reads as a noun where it stands. Closed lists decide; what they do not settle is taken for
//! the other use, so that no verb is ever replaced.

use super::term::Article;
use super::token::{Kind, Tokens};
use super::{identifier, word};

/// Words that stand behind a noun and are not described by it.
const BEHIND_A_NOUN: &str = "\
    a about across affected affecting affects after afterwards again against ago ahead all alone already also \
    although always among an and another any anymore appears are as at back became because becomes been before began \
    begins behind being below between beyond both brings broke broken brought but by came can cannot caused causes \
    causing comes contains continues could despite did do does due during each earlier either elsewhere ended ends \
    even every except exists fails fell follows for from gave gets gives goes got grew grows had happens has have he \
    helps here him how however if impacting impacts in inside instead into involving is it its itself just keeps kept \
    knew knows lasting lasts later leading leads led left lets like loses lost made makes may me means meant met \
    might must my near needs never no nor not now occurring occurs of off often on once only onto or our out outside \
    over past per plus preventing ran remains requires resulting rose runs said saw says seems sees sends sent serves \
    shall she should shows since so some soon sounds stands starting starts stays still stood such takes than that \
    the their them then there these they this those though through throughout to today together told tomorrow tonight \
    too took toward towards under until up upon us uses using via was we went were what when where whether which \
    while who whose why will with within without woke works would yesterday yet you your";

/// Verbs that are nouns, too (`cache hit`): only before an object.
const VERBS_OR_NOUNS: &str = "\
    cost costs cut cuts hit hits let put read reads set sets shut struck";
const OBJECTS: &str = "\
    a all an both every her him it its many me most my our some that the them these this us you your";

/// Nouns in `-ly` and `-ed`, which a term may well describe.
const NO_ADVERB: &str = "\
    anomaly assembly embed family feed reply seed speed supply";

/// Words behind which a word is a noun, in either number.
const BEFORE_A_NOUN: &str = "\
    additional any automated automatic big brief complete consecutive critical emergency entire \
    extended failed first full further future her his intermittent internal its last later latest long longer \
    major manual minor more multiple my new next no old other our own partial planned possible previous \
    prolonged recent same scheduled second several short significant single small some subsequent \
    sudden temporary the their third total unexpected unplanned upcoming urgent whose your";

/// The same for one number only.
const BEFORE_A_SINGULAR: &str = "\
    a an another each every one this";
const BEFORE_A_PLURAL: &str = "\
    all both few many these those various";

/// Prepositions that take no infinitive. A form in `-ing` behind one may have an object of its own.
const PREPOSITIONS: &str = "\
    after against before by despite due during following from in of since under until via with within without";

/// Verbs that are followed by their object.
const BEFORE_AN_OBJECT: &str = "\
    add adding announce apply applying avoid avoiding avoids begin cause causes causing create creating declare \
    detect expect expecting experience experiencing face facing find fix fixing identify implement implementing \
    improve improving include includes including increase increasing investigate investigating mean means \
    minimize notice observe observing ongoing perform performing plan prevent preventing reduce reducing report \
    reporting require requires resolve resolving saw schedule see seeing start trigger triggering";

/// Nouns that end like adjectives.
const NO_ADJECTIVE: &str = "\
    anomaly approval archive arrival assembly directive executable family interval journal portal removal \
    renewal retrieval signal supply terminal variable";

/// Words behind which a word that may be a verb is one: `we failover`, `will rollback`.
const BEFORE_A_VERB: &str = "\
    can cannot could he it may might must not shall she should then they to we will would you";

/// Words whose `to` is followed by a noun.
const BEFORE_TO: &str = "\
    back contributed due lead leading leads led owing prior related similar subject thanks";

/// The article that stands right before `at`.
pub(super) fn article_before(tokens: &Tokens<'_>, at: usize) -> Option<Article> {
    let word = at.checked_sub(2).filter(|_| is_gap(tokens, at - 1)).and_then(|before| tokens.letters(before))?;
    if word.eq_ignore_ascii_case("the") {
        Some(Article::Definite)
    } else if word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an") {
        Some(Article::Indefinite)
    } else {
        None
    }
}

/// Whether the word, in lower case, describes the noun behind it.
#[must_use]
pub fn describes(word: &str) -> bool {
    listed(BEFORE_A_NOUN, word) && !listed("her his my our their whose your no", word)
}

/// Whether the word stands behind a noun and is not described by it.
pub(super) fn is_behind_a_noun(word: &str) -> bool {
    listed(BEHIND_A_NOUN, word)
}

/// Whether a noun right before this text is the last of its phrase, and describes no other.
#[must_use]
pub fn ends_noun_phrase(text: &str) -> bool {
    /// More than the longest word that is looked at.
    const SIGHT: usize = 40;
    let end = text.char_indices().nth(SIGHT).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or(text);
    !text.starts_with(['-', '‑', '/', '&']) && is_head(&Tokens::cut(text), 0)
}

/// Whether a noun that ends before `end` is the last of its phrase, and describes no other.
pub(super) fn is_head(tokens: &Tokens<'_>, end: usize) -> bool {
    if !is_gap(tokens, end) {
        return true;
    }
    let Some(word) = tokens.letters(end + 1) else { return true };
    if word.len() > 20 {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let adverb = word.len() > 4 && (word.ends_with("ly") || word.ends_with("ed"));
    let has_object = || {
        let object = tokens.letters(end + 3).filter(|_| is_gap(tokens, end + 2)).map(str::to_ascii_lowercase);
        listed(VERBS_OR_NOUNS, &word) && object.is_some_and(|object| listed(OBJECTS, &object))
    };
    listed(BEHIND_A_NOUN, &word) || (adverb && !listed(NO_ADVERB, &word)) || has_object()
}

/// Whether the word in front of `at` makes a noun of what follows, be it a verb elsewhere.
pub(super) fn is_determined(tokens: &Tokens<'_>, at: usize, last: &str, plural: bool) -> bool {
    let Some(before) = at.checked_sub(2).filter(|_| is_gap(tokens, at - 1)) else { return false };
    let Some(word) = tokens.letters(before).filter(|word| word.len() <= 20) else { return false };
    let word = word.to_ascii_lowercase();
    let word = word.as_str();
    // "the customer's queue"
    let possessive =
        word == "s" && before.checked_sub(1).is_some_and(|mark| matches!(tokens.mark(mark), Some('\'' | '’')));
    let agreeing = if plural { BEFORE_A_PLURAL } else { BEFORE_A_SINGULAR };
    let gerund = last.len() > 4 && last.ends_with("ing");
    possessive || listed(BEFORE_A_NOUN, word) || listed(agreeing, word) || (!gerund && listed(PREPOSITIONS, word))
}

/// Whether nothing in front of `at` describes it but what an engine takes for an adjective: of `a network outage` only
/// an engine that sees both words makes a phrase. Identifiers and amounts are
/// the exception: the program ties them.
pub(super) fn is_free(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(2).filter(|_| is_gap(tokens, at - 1)) else { return true };
    let Some(word) = tokens.letters(before) else { return true };
    let joined =
        before.checked_sub(1).and_then(|mark| tokens.mark(mark)).is_some_and(|mark| !"([\"“*,;".contains(mark));
    let is_figure = |at: usize| tokens.kind(at) == Some(Kind::Digits);
    let counted = before.checked_sub(1).is_some_and(is_figure)
        || (word::unit(word).is_some() && before.checked_sub(2).is_some_and(is_figure));
    if joined || counted || identifier::keeps_spelling(word).is_some() {
        return true;
    }
    if word.len() > 20 {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let word = word.as_str();
    if end == at + 1 && listed(BEFORE_A_VERB, word) {
        let behind_to = before.checked_sub(2).and_then(|first| tokens.letters(first));
        return word == "to" && behind_to.is_some_and(|first| listed(BEFORE_TO, &first.to_ascii_lowercase()));
    }
    let adjective = word.len() > 5
        && ["ed", "ly", "al", "ous", "ive", "able", "ible", "less", "ful"].iter().any(|ending| word.ends_with(ending))
        && !listed(NO_ADJECTIVE, word);
    adjective
        || listed(BEHIND_A_NOUN, word)
        || [BEFORE_A_NOUN, BEFORE_A_SINGULAR, BEFORE_A_PLURAL, PREPOSITIONS, BEFORE_AN_OBJECT]
            .iter()
            .any(|list| listed(list, word))
}

/// Whether the `no` before `at` is the noun's alone: its sentence begins with it, or the noun is a subject. Behind a
/// verb it negates that, too, in the languages that say so twice.
pub(super) fn is_negated(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    const VERBS: &str = "\
        are can could had has have is may might occurred should was were will would";
    let is_first = at.checked_sub(2).is_some_and(|no| tokens.text(no) == "No");
    is_first || (is_gap(tokens, end) && tokens.letters(end + 1).is_some_and(|word| listed(VERBS, word)))
}

/// Whether the word is one of a list's.
pub(super) fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether a space stands there that ends no paragraph.
pub(super) fn is_gap(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.kind(at) == Some(Kind::Space) && tokens.text(at).bytes().filter(|byte| *byte == b'\n').count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> bool {
        let tokens = Tokens::cut(text);
        is_head(&tokens, 1)
    }

    #[test]
    fn a_noun_is_a_head_where_no_noun_follows() {
        for text in
            ["outage", "outage.", "outage, then", "outage was", "outage began", "outage slowly", "outage hit us"]
        {
            assert!(head(text), "{text}");
        }
        for text in ["outage window", "outage report", "cache supply", "upgrade process", "cache hit rate"] {
            assert!(!head(text), "{text}");
        }
    }

    #[test]
    fn a_determiner_makes_a_noun() {
        let determined = |text: &str| {
            let tokens = Tokens::cut(text);
            let at = tokens.len() - 1;
            is_determined(&tokens, at, tokens.text(at), tokens.text(at).ends_with('s'))
        };
        for text in
            ["the queue", "our cache", "scheduled upgrade", "customer’s queue", "during upgrade", "these alerts"]
        {
            assert!(determined(text), "{text}");
        }
        for text in ["to queue", "we cache", "upgrade", "that alerts", "this alerts", "for monitoring", "of monitoring"]
        {
            assert!(!determined(text), "{text}");
        }
    }
}
