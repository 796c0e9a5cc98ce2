//! Evidence: whether a decimal without a unit counts something, or names a version (`Kubernetes 1.23`). Closed lists
//! and the words beside it decide; what they do not settle stays as it is written.

use super::token::{Kind, Tokens};
use super::{Fact, Number, Value, Verbatim};

/// Tokens looked at in front of a decimal.
const SIGHT: usize = 16;

/// Words that make a version, a section or a product of the decimals behind them.
const VERSIONS: &str = "\
    annex appendix article branch build builds chapter client downgrade downgraded firmware image kernel patch patched \
    protocol release released releases revision rolled rollback section sections standard tag tls upgrade upgraded \
    upgrades upgrading update updated ver version versions v";

/// Words that say how much, behind which a decimal is an amount.
const AMOUNTS: &str = "\
    about above almost apdex approximately around average averaged averaging below by coefficient costs count factor \
    index least load mean median most multiplier nearly only over ratio roughly score than threshold under \
    utilization value weight averages rate";

/// Verbs of change, between which and the amount there may be other words.
const CHANGES: &str = "\
    climbed decreased dropped fell grew increased jumped peaked rose slowed declined went doubled tripled exceeded reached";

/// Words that make a name of what follows: `the 1.24 nodes`.
const DETERMINERS: &str = "\
    a all an any each every its new old our that the their these this those";

/// Nouns in the plural that are no measure of anything.
const NO_AMOUNT: &str = "\
    always across alias as basis besides does has is less plus process progress perhaps pods series status this thus \
    unless us versions releases nodes clusters images clients builds branches was whereas yes always towards";

/// Whether the decimal from `at` to `end` is an amount. What stands nearest decides.
pub(super) fn counts(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    // "load average: 0.52, 1.20, 3.45": what the first is, the others are.
    let (at, end) = head_of_list(tokens, at, end);
    if is_version(tokens, at) {
        return false;
    }
    let sign_behind = matches!(tokens.mark(tokens.skip_space(end)), Some('×' | '÷' | '±'));
    if compares_version(tokens, at) {
        return false;
    }
    if sign_behind || has_sign_before(tokens, at) || says_how_much(tokens, at) {
        return true;
    }
    if let Some(counts) = said_before(tokens, at) {
        return counts;
    }
    let before = word_before(tokens, at);
    // "CPU 0.75"
    if before.and_then(says_amount) == Some(true) {
        return true;
    }
    // "iOS 17.5 users"
    if before.is_some_and(|word| word.contains(char::is_uppercase) || listed(DETERMINERS, word)) {
        return false;
    }
    tokens.text(at) == "0" || counts_noun(tokens, end)
}

/// The first decimal of the list that the one from `at` to `end` goes on.
fn head_of_list(tokens: &Tokens<'_>, at: usize, end: usize) -> (usize, usize) {
    /// Most figures of a list.
    const LISTED: usize = 16;
    let (mut at, mut end) = (at, end);
    for _ in 0..LISTED {
        let joint = [1, 2, 3, 4]
            .into_iter()
            .find(|length| at.checked_sub(*length).is_some_and(|before| behind_joint(tokens, before) == Some(at)));
        let Some(before) = joint.and_then(|length| at.checked_sub(length)) else { break };
        let is_decimal = before >= 3
            && tokens.kind(before - 1) == Some(Kind::Digits)
            && tokens.is_mark(before - 2, '.')
            && tokens.kind(before - 3) == Some(Kind::Digits);
        if !is_decimal {
            break;
        }
        (at, end) = (before - 3, before);
    }
    (at, end)
}

/// The position behind what joins two figures: `, `, ` and `, ` or `, ` to `, `, and `, `/`, ` → `, ` -> `.
pub(super) fn behind_joint(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    if tokens.is_mark(end, '/') {
        return Some(end + 1);
    }
    if let Some(next) = tokens.behind_joint(end, &["and", "or", "to"]) {
        return Some(next);
    }
    let next = tokens.behind_space(end)?;
    let arrow = if tokens.is_mark(next, '→') {
        next + 1
    } else if tokens.is_mark(next, '-') && tokens.is_mark(next + 1, '>') {
        next + 2
    } else {
        return None;
    };
    tokens.behind_space(arrow)
}

/// Whether the word in front makes a version of the figure at `at`: `version 1.5`.
pub(super) fn is_version(tokens: &Tokens<'_>, at: usize) -> bool {
    word_before(tokens, at).is_some_and(|word| listed(VERSIONS, &word.to_ascii_lowercase()))
}

fn says_how_much(tokens: &Tokens<'_>, at: usize) -> bool {
    let near = word_before(tokens, at).is_some_and(|word| listed(AMOUNTS, &word.to_ascii_lowercase()));
    // "a load of 1.5", "Load: 1.5", "the ratio was 0.8"
    let further = at
        .checked_sub(3)
        .and_then(|word| if tokens.is_mark(at - 2, ':') { Some(word) } else { word.checked_sub(1) })
        .and_then(|word| tokens.letters(word))
        .is_some_and(|word| listed(AMOUNTS, &word.to_ascii_lowercase()));
    near || further
}

/// What the nearest telling word in front says, within the sentence: "upgraded from 1.24 to 1.25" (`false`), "after the
/// update the load rose from 0.5 to 2.5" (`true`).
fn said_before(tokens: &Tokens<'_>, at: usize) -> Option<bool> {
    for back in (at.saturating_sub(SIGHT)..at).rev() {
        match tokens.kind(back) {
            Some(Kind::Letters) if tokens.text(back).len() <= 20 => {
                let word = tokens.text(back).to_ascii_lowercase();
                if listed(VERSIONS, &word) {
                    return Some(false);
                }
                if listed(CHANGES, &word) {
                    return Some(true);
                }
            }
            Some(Kind::Mark) if ".!?;".contains(tokens.text(back)) && tokens.kind(back + 1) == Some(Kind::Space) => {
                return None;
            }
            Some(Kind::Space) if tokens.text(back).contains('\n') => return None,
            _ => {}
        }
    }
    None
}

/// `~1.5`, `≥ 0.8`, `= 2.5`
fn has_sign_before(tokens: &Tokens<'_>, at: usize) -> bool {
    let spaced = at.checked_sub(1).is_some_and(|space| tokens.kind(space) == Some(Kind::Space));
    let sign = at.checked_sub(if spaced { 2 } else { 1 }).and_then(|sign| tokens.mark(sign));
    matches!(sign, Some('~' | '≈' | '≥' | '≤' | '>' | '<' | '±' | '×' | '=' | '+' | '−'))
}

/// `TLS <1.2`, `version >= 3.0`, `PostgreSQL 14.9->15.4`: what stands in front of the signs has versions.
fn compares_version(tokens: &Tokens<'_>, at: usize) -> bool {
    const SIGNS: &str = "<>=~≤≥→-";
    let is_sign = |at: usize| tokens.mark(at).is_some_and(|mark| SIGNS.contains(mark));
    let mut before = at;
    while before > 0
        && at - before < 4
        && (is_sign(before - 1)
            || (tokens.kind(before - 1) == Some(Kind::Space) && before > 1 && (before == at || is_sign(before))))
    {
        before -= 1;
    }
    if before == at || !(before..at).any(is_sign) {
        return false;
    }
    // "14.9->15.4": the second is what the first is.
    if before >= 3 && tokens.kind(before - 1) == Some(Kind::Digits) && tokens.is_mark(before - 2, '.') {
        let name = word_before(tokens, before - 3);
        return name.is_some_and(names_versions);
    }
    let name = before.checked_sub(1).and_then(|word| tokens.letters(word)).filter(|word| word.len() <= 20);
    name.is_some_and(names_versions)
}

/// `version`, or the name of what has versions: no name of a measure.
fn names_versions(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    listed(VERSIONS, &lower)
        || word.contains(char::is_uppercase) && !listed(AMOUNTS, &lower) && says_amount(word) != Some(true)
}

/// A noun in the plural behind the figure: `1.5 outages`.
fn counts_noun(tokens: &Tokens<'_>, end: usize) -> bool {
    let noun = tokens.behind_space(end).and_then(|next| tokens.letters(next));
    noun.is_some_and(|noun| {
        let plain = noun.len() > 3 && noun.len() <= 20 && noun.bytes().all(|byte| byte.is_ascii_lowercase());
        plain && noun.ends_with('s') && !noun.ends_with("ss") && !listed(NO_AMOUNT, noun)
    })
}

fn word_before<'text>(tokens: &Tokens<'text>, at: usize) -> Option<&'text str> {
    let space = at.checked_sub(1).filter(|space| tokens.kind(*space) == Some(Kind::Space))?;
    space.checked_sub(1).and_then(|word| tokens.letters(word)).filter(|word| word.len() <= 20)
}

/// `errors 500,502`, `ports 80,443`, `HTTP: 401,403`: codes in a list without spaces, not a number in groups. The
/// digits begin at `at` and end before `end`.
pub(super) fn lists_codes(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let spaced = at.checked_sub(1).filter(|space| tokens.kind(*space) == Some(Kind::Space)).unwrap_or(at);
    let word =
        spaced.checked_sub(1).map(|mark| if matches!(tokens.mark(mark), Some(':' | '(')) { mark } else { mark + 1 });
    let word = word.and_then(|behind| tokens.letters(behind.checked_sub(1)?)).filter(|word| word.len() <= 20);
    let Some(word) = word.map(str::to_ascii_lowercase) else { return false };
    // Status codes have three digits, of which the first is 1 to 5 (RFC 9110 section 15).
    let are_statuses = || {
        (at..end).step_by(2).all(|group| {
            tokens.digits(group, 3, 3).is_some_and(|digits| digits.starts_with(|first| ('1'..='5').contains(&first)))
        })
    };
    match word.as_str() {
        "http" | "https" | "error" | "errors" | "status" | "statuses" => are_statuses(),
        "code" | "codes" | "port" | "ports" => true,
        _ => false,
    }
}

/// Whether the word is one of a list's.
fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Words of a row's or column's head that say that decimals beside it are amounts.
const HEADS: &str = "\
    apdex average avg budget cost costs cpu delay duration factor gb hours increase index latency lag load mb mean median \
    memory min minutes ms multiplier percent percentage percentile price rate ratio rps score seconds size speed \
    throughput time usage utilisation utilization value weight";

/// Whether the head of a row or column says that a bare decimal beside it is an amount (`true`) or a version (`false`).
#[must_use]
pub fn says_amount(head: &str) -> Option<bool> {
    const OTHERS: &str = "version versions release build tag revision firmware software";
    let words = || head.split(|letter: char| !letter.is_alphanumeric()).map(str::to_ascii_lowercase);
    if words().any(|word| listed(OTHERS, &word)) {
        return Some(false);
    }
    words().any(|word| word.len() > 1 && listed(HEADS, &word)).then_some(true)
}

/// The number that a kept fact is, if it is nothing but a decimal: `1.5`.
#[must_use]
pub fn bare_decimal(fact: &Fact) -> Option<Number> {
    let (whole, fraction) = fact.source.split_once('.')?;
    let is_figure = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sound = fact.value == Value::Verbatim(Verbatim::Uncertain) && is_figure(whole) && is_figure(fraction);
    sound.then(|| Number { decimal: fact.source.clone(), grouped: false })
}
