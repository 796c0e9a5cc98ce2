//! Codes that are words elsewhere: `us`, `prod`, `main`. A label that names regions, environments or branches says
//! what they are (`Multi-region: us, eu`), or the place in front of their brackets does (`Europe (eu)`). They are
//! kept.

use super::labelled;
use super::token::{Kind, Tokens};

/// What has codes for names, as labels end.
const LABELS: &[&str] = &[
    "area",
    "areas",
    "branch",
    "branches",
    "cluster",
    "clusters",
    "countries",
    "country",
    "data center",
    "data centers",
    "datacenter",
    "datacenters",
    "dc",
    "deployment",
    "env",
    "environment",
    "environments",
    "envs",
    "host",
    "hosts",
    "instance",
    "instances",
    "location",
    "locations",
    "market",
    "markets",
    "namespace",
    "namespaces",
    "node",
    "nodes",
    "pod",
    "pods",
    "pop",
    "pops",
    "region",
    "regions",
    "server",
    "servers",
    "service",
    "services",
    "shard",
    "shards",
    "site",
    "sites",
    "stage",
    "stages",
    "tenant",
    "tenants",
    "zone",
    "zones",
];

/// Codes of letters alone: areas and countries (ISO 3166, where they are no more than two letters), stages and
/// branches.
const CODES: &str = " \
    ae af ap apac ar at au be br ca ch cl cn co cz de dk dr eg emea es eu fi fr gb ge gr hk hr hu id ie il in is it jp ke kr \
    latam lt lu lv ma me mea mx my na ng nl no nz pe ph pl pt ro rs ru sa se sg si sk th tr tw ua uk us vn za \
    canary demo dev develop hotfix int main master perf preprod prd prod qa sandbox sit stage staging stg test trunk uat ";

/// Words that have a hyphen and are no code.
const WORDS: &str = " add-on back-end back-up check-in check-out e-mail follow-up front-end log-in log-out non-prod on-call \
    on-premise on-premises opt-in opt-out real-time self-service sign-in sign-out sign-up third-party web-based ";

/// The position behind a code at `at`, where what stands round it says that it is one.
pub(super) fn code(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let end = item(tokens, at)?;
    (is_labelled(tokens, at) || is_in_brackets(tokens, at)).then_some(end)
}

/// Whether a cell holds codes alone, and its label says that they are.
#[must_use]
pub fn lists_codes(label: &str, cell: &str) -> bool {
    let tokens = Tokens::cut(cell.trim());
    labelled::ends_with(&labelled::normal(label), LABELS) && list_end(&tokens, 0) == Some(tokens.len())
}

/// The position behind one code: `us`, `us-central1`, `release/1.2`.
fn item(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    tokens.letters(at).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))?;
    let mut end = at + 1;
    while end < at + 16 && matches!(tokens.mark(end), Some('-' | '.' | '/')) && tokens.is_word(end + 1)
        || end < at + 16 && tokens.is_word(end)
    {
        end += 1 + usize::from(!tokens.is_word(end));
    }
    let text = tokens.slice(at, end);
    let is_joined = text.contains(|sign: char| sign.is_ascii_digit() || "-_".contains(sign)) && !listed(WORDS, text);
    let is_ended = !tokens.is_word(end) && !matches!(tokens.mark(end), Some('\'' | '’' | '@' | ':'));
    (is_ended && (is_joined || listed(CODES, text))).then_some(end)
}

/// Where a list of nothing but codes ends.
fn list_end(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let mut end = item(tokens, first)?;
    loop {
        let mut next = tokens.skip_space(end);
        let comma = matches!(tokens.mark(next), Some(',' | ';' | '/' | '&' | '+'));
        next = if comma { tokens.skip_space(next + 1) } else { next };
        let word = matches!(tokens.text(next), "and" | "or");
        if !comma && !word {
            return Some(end);
        }
        end = item(tokens, if word { tokens.behind_space(next + 1)? } else { next })?;
    }
}

/// Whether all behind a label are codes, up to the end of its line.
fn is_labelled(tokens: &Tokens<'_>, at: usize) -> bool {
    let goes_on = |tokens: &Tokens<'_>, before: usize| match tokens.kind(before) {
        Some(Kind::Letters) => tokens.text(before).bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
        Some(Kind::Digits) => true,
        _ => matches!(tokens.mark(before), Some(',' | ';' | '/' | '&' | '+' | '-' | '.')),
    };
    labelled::label(tokens, at, goes_on).is_some_and(|(label, colon)| {
        let end = list_end(tokens, tokens.skip_space(colon + 1)).filter(|end| *end > at);
        labelled::ends_with(&label, LABELS) && end.is_some_and(|end| closes(tokens, end))
    })
}

/// Whether nothing goes on with a list.
fn closes(tokens: &Tokens<'_>, end: usize) -> bool {
    match tokens.kind(end) {
        None => true,
        Some(Kind::Space) => tokens.text(end).contains('\n') || matches!(tokens.mark(end + 1), Some('|' | '(' | '·')),
        _ => matches!(tokens.mark(end), Some('.' | ')' | '|')) && !tokens.is_word(end + 1),
    }
}

/// `Iowa (us)`, `all regions (us, eu)`: brackets with nothing but codes behind a place or its kind.
fn is_in_brackets(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut open = at;
    while !tokens.is_mark(open, '(') {
        let near = at - open < 24 && !matches!(tokens.mark(open), Some(')' | ':'));
        let Some(before) = open.checked_sub(1).filter(|_| near) else { return false };
        open = before;
    }
    let place = open.checked_sub(2).and_then(|place| tokens.letters(place)).unwrap_or_default();
    let is_place = place.starts_with(char::is_uppercase) || labelled::ends_with(&place.to_lowercase(), LABELS);
    is_place && list_end(tokens, open + 1).is_some_and(|end| end > at && tokens.is_mark(end, ')'))
}

/// Whether the word is one of a list's.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}
