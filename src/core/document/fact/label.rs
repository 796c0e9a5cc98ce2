//! Labels: short names that no dictionary has, and that an engine takes for words: letters joined by `&` (`R&D`),
//! pairs in capitals (`I/O`, `N/A`), a letter that tells one thing from its like (`Plan A`, `Tier I`), records of the
//! DNS, and names shortened to letters with points (`U.S.`). They are kept as written.

use super::token::{Kind, Tokens, is_capitalised};

/// Most parts of a name, and most tokens looked at on either side.
const PARTS: usize = 8;
const SIGHT: usize = 12;

/// Nouns behind which a letter or a Roman numeral is a name.
const LABELLED: &str = "\
    annex annexes appendices appendix article batch block box branch bucket building buildings case category cell chapter \
    class classes cluster column copy deck division dock door environment exhibit figure floor gate grade group groups \
    hall lab lane layer league level line link list lot model network node option options panel part partition path \
    phase pier plan plans plant platform point pool pop queue rack region ring room route row scenario schedule section \
    sector series server set shard site slot stack stage station step system table team teams terminal test tier tiers \
    title track type types unit variant variants version vitamin volume wing zone zones";

/// Of these, the ones that are counted in Roman numerals.
const NUMBERED: &str = "\
    annex appendix article category chapter class grade level part phase schedule section series stage tier title type \
    volume zone";

/// Words that engines translate in capitals as well, and that are codes among other codes: `EC, AN, SD`.
const CODES: &str = "\
    ALL AM AN AND AS AT BE BY DE DO FOR GO HE IF IN IS IT LA MAY ME MY OF OR OUT PM SET SO THE TO UP US WE";

/// Types of DNS records (IANA, Domain Name System Parameters).
const RECORDS: &str = "A AAAA CAA CNAME DNSKEY DS MX NS PTR SOA SPF SRV TXT";

/// The position behind a label that begins at `at`, which is a word's beginning. `opening` says whether the text begins
/// a sentence.
pub(super) fn label(tokens: &Tokens<'_>, at: usize, opening: bool) -> Option<usize> {
    tokens.letters(at)?;
    let opens = tokens.opens_sentence(at) && (at > 2 || opening);
    with_ampersand(tokens, at)
        .or_else(|| with_spaced_ampersand(tokens, at))
        .or_else(|| pair_of_capitals(tokens, at))
        .or_else(|| listed_code(tokens, at))
        .or_else(|| with_points(tokens, at))
        .or_else(|| record(tokens, at, opens))
        .or_else(|| numeral(tokens, at))
        .or_else(|| letter(tokens, at, opens))
}

/// `R&D`, `AT&T`, `Q&As`; not `&nbsp;`
fn with_ampersand(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while end < at + 2 * PARTS && tokens.is_mark(end, '&') && tokens.letters(end + 1).is_some() {
        end += 2;
    }
    let entity = tokens.is_mark(end, ';') && tokens.text(end - 1).starts_with(char::is_lowercase);
    (end > at + 1 && !entity && !tokens.is_mark(end, '=')).then_some(end)
}

/// `Procter & Gamble` among words in lower case; in a title both may be ordinary words.
fn with_spaced_ampersand(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_name = |at: usize| tokens.letters(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let mut end = at + 1;
    while end < at + 4 * PARTS
        && is_name(end - 1)
        && let Some(mark) = tokens.behind_space(end).filter(|mark| tokens.is_mark(*mark, '&'))
        && let Some(next) = tokens.behind_space(mark + 1).filter(|next| is_name(*next))
    {
        end = next + 1;
    }
    // Titles have neither commas nor full stops.
    let listed = matches!(tokens.mark(end), Some(',' | '.'));
    (end > at + 1 && (listed || has_small_words(tokens, at, end))).then_some(end)
}

/// Whether a word in lower case stands near: a sentence, not a title or a line in capitals.
fn has_small_words(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let is_small =
        |at: usize| tokens.letters(at).is_some_and(|word| word.len() > 2 && word.starts_with(char::is_lowercase));
    (end..end + SIGHT).any(is_small) || (at.saturating_sub(SIGHT)..at).any(is_small)
}

/// `I/O`, `N/A`, `CI/CD`
fn pair_of_capitals(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let end = at + 3;
    let (first, second) = (tokens.letters(at)?, tokens.letters(at + 2).filter(|_| tokens.is_mark(at + 1, '/'))?);
    let is_short = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let one_letter = first.len() == 1 || second.len() == 1;
    let words =
        matches!((first, second), ("AND", "OR") | ("YES", "NO") | ("ON", "OFF") | ("IN", "OUT") | ("UP", "DOWN"));
    let pair = is_short(first) && is_short(second) && !words && (one_letter || has_small_words(tokens, at, end));
    let sound = pair || (first, second) == ("n", "a");
    (sound && tokens.ends_word(end)).then_some(end)
}

/// The `AN` of `EC, AN, SD` and of `AN, SD`: a word that stands in a list beside one that can only be a code.
fn listed_code(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    tokens.letters(at).filter(|word| listed(CODES, word))?;
    let is_code = |at: usize| {
        tokens.letters(at).is_some_and(|word| {
            (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()) && !listed(CODES, word)
        })
    };
    let follows = tokens.is_mark(at + 1, ',') && tokens.behind_space(at + 2).is_some_and(is_code);
    let precedes = at.checked_sub(3).is_some_and(|before| {
        is_code(before) && tokens.is_mark(before + 1, ',') && tokens.behind_space(before + 2) == Some(at)
    });
    ((follows || precedes) && tokens.ends_word(at + 1)).then_some(at + 1)
}

/// `U.S.`, `U.K.`, `D.C.`. The last point stays with a sentence that ends there.
fn with_points(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_letter =
        |at: usize| tokens.letters(at).is_some_and(|word| word.len() == 1 && word.starts_with(char::is_uppercase));
    let mut end = at;
    while end < at + 2 * PARTS && is_letter(end) && tokens.is_mark(end + 1, '.') {
        end += 2;
    }
    if end < at + 4 || tokens.is_word(end) {
        return None;
    }
    let closes = match tokens.kind(end) {
        None => true,
        Some(Kind::Space) => tokens.kind(end + 1).is_none() || tokens.letters(end + 1).is_some_and(begins_sentences),
        _ => false,
    };
    Some(end - usize::from(closes))
}

/// Words that begin a sentence far more often than they go on with a name.
fn begins_sentences(word: &str) -> bool {
    const FIRST: &str = "\
        A After All Also An And Any As At Because Before Both But By During Each For From Here How However If In It Its \
        No None On Once One Only Our Please Since So Some That The Their Then There These They This Those To Two Until \
        We What When Where While Who Why With You Your";
    listed(FIRST, word)
}

/// `AAAA record`, `the A record`, `MX records`
fn record(tokens: &Tokens<'_>, at: usize, opens: bool) -> Option<usize> {
    let kind = tokens.letters(at).filter(|word| listed(RECORDS, word))?;
    let noun = tokens.letters(tokens.behind_space(at + 1)?)?;
    let plural = matches!(noun, "records" | "lookups" | "queries" | "entries");
    // "A record was lost" may be about any record.
    let article = kind == "A" && (opens || word_before(tokens, at).is_none());
    let singular = matches!(noun, "record" | "lookup" | "query" | "entry") && !article;
    (plural || singular).then_some(at + 1)
}

/// `Tier II`, `Phase I`
fn numeral(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let numeral =
        tokens.letters(at).filter(|word| word.bytes().all(|byte| b"IVX".contains(&byte)) && word.len() <= 5)?;
    let noun = word_before(tokens, at).filter(|noun| listed(NUMBERED, &noun.to_ascii_lowercase()))?;
    // "the phase I finished": a pronoun, unless the noun is written as a name or the next word makes it one.
    let next = tokens.behind_space(at + 1).and_then(|next| tokens.letters(next)).unwrap_or_default();
    let certain = numeral.len() > 1
        || is_capitalised(noun)
        || matches!(next, "error" | "errors" | "incident" | "incidents" | "outage" | "outages" | "support");
    (certain && tokens.ends_word(at + 1)).then_some(at + 1)
}

/// One capital that stands alone: `Plan A`, `Option B`, `drive C`.
fn letter(tokens: &Tokens<'_>, at: usize, opens: bool) -> Option<usize> {
    let letter = tokens.letters(at).filter(|word| word.len() == 1 && word.starts_with(char::is_uppercase))?;
    let is_labelled = word_before(tokens, at).is_some_and(|noun| listed(LABELLED, &noun.to_ascii_lowercase()));
    // "J. Smith": an initial goes with its name.
    let initial = tokens.is_mark(at + 1, '.')
        && tokens.behind_space(at + 2).and_then(|next| tokens.letters(next)).is_some_and(is_capitalised);
    // "R$", "C:\x", "I'm"
    let leads = matches!(tokens.mark(at + 1), Some('\'' | '’' | '&' | '$'))
        || tokens.is_mark(at + 1, ':') && matches!(tokens.mark(at + 2), Some('\\' | '/'));
    if !tokens.ends_word(at + 1) || leads || (initial && !is_labelled) {
        return None;
    }
    let sound = match letter {
        "I" => false,
        "A" => is_labelled || is_listed_first(tokens, at) || !opens && is_no_article(tokens, at),
        _ => true,
    };
    sound.then_some(at + 1)
}

/// `A and B`, `A, B`
fn is_listed_first(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut next = tokens.skip_space(at + 1 + usize::from(tokens.is_mark(at + 1, ',')));
    if matches!(tokens.joint(next), "and" | "or" | "to") {
        next = tokens.skip_space(next + 1);
    }
    next > at + 2
        && tokens
            .letters(next)
            .is_some_and(|word| word.len() == 1 && word != "I" && word.starts_with(char::is_uppercase))
}

/// Whether the capital within the sentence says that an `A` is no article: its neighbours are in lower case.
fn is_no_article(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let next = tokens.behind_space(at + 1).and_then(|next| tokens.letters(next));
    word_before(tokens, at).is_some_and(is_small) && next.is_none_or(is_small)
}

fn word_before<'text>(tokens: &Tokens<'text>, at: usize) -> Option<&'text str> {
    let space = at.checked_sub(1).filter(|space| tokens.kind(*space) == Some(Kind::Space))?;
    space.checked_sub(1).and_then(|word| tokens.letters(word)).filter(|word| word.len() <= 20)
}

/// Whether the word is one of a list's.
fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
