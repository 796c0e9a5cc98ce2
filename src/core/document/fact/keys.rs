//! Names that programs and keyboards have for things: header fields (`X-Request-Id`), media types
//! (`application/json`), chords of keys (`Ctrl+Alt+Del`). They are kept as they are.

use super::token::{Kind, Tokens};

/// Most parts of a name or chord.
const PARTS: usize = 8;

/// Header fields that reports name and whose parts are words (IANA, Hypertext Transfer Protocol Field Name Registry).
const FIELDS: &str = "\
    Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Access-Control-Allow-Credentials \
    Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin Access-Control-Max-Age \
    Alt-Svc Cache-Control Cache-Status Content-Disposition Content-Encoding Content-Language Content-Length \
    Content-Location Content-Range Content-Security-Policy Content-Type Idempotency-Key If-Match If-Modified-Since \
    If-None-Match If-Range If-Unmodified-Since Keep-Alive Last-Modified List-Unsubscribe Max-Forwards Message-ID \
    Permissions-Policy Proxy-Authenticate Proxy-Authorization RateLimit-Limit RateLimit-Remaining RateLimit-Reset \
    Referrer-Policy Reply-To Retry-After Return-Path Sec-Fetch-Mode Sec-Fetch-Site Server-Timing Set-Cookie \
    Strict-Transport-Security Surrogate-Control Transfer-Encoding User-Agent WWW-Authenticate";

/// Keys that are pressed with others.
const MODIFIERS: &str = "\
    Alt AltGr CMD CTRL Cmd Command Control Ctrl Fn Meta Opt Option Shift Super Win Windows ctrl alt shift cmd";

/// Keys that have a name.
const KEYS: &str = "\
    Backspace Del Delete Down End Enter Esc Escape Home Ins Insert Left PageDown PageUp PgDn PgUp Return Right Space \
    SPACE Tab Up";

/// The position behind a name that begins at `at`, which is a word's beginning.
pub(super) fn name(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    tokens.letters(at)?;
    field(tokens, at).or_else(|| media_type(tokens, at)).or_else(|| chord(tokens, at))
}

/// `X-Request-Id`, `Cache-Control`
fn field(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while end < at + 2 * PARTS && tokens.is_mark(end, '-') && tokens.letters(end + 1).is_some() {
        end += 2;
    }
    let own = matches!(tokens.text(at), "X" | "x") && end > at + 1 && !matches!(tokens.text(at + 2), "ray" | "rays");
    let known = || FIELDS.split(' ').any(|field| field == tokens.slice(at, end));
    (end > at + 1 && (own || known()) && !tokens.is_word(end)).then_some(end)
}

/// `application/json`, `text/html`
fn media_type(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const SUBTYPES: &str = "\
        avif css csv event-stream form-data gif html javascript jpeg json mp4 mpeg octet-stream pdf plain png svg webp xml \
        x-www-form-urlencoded";
    let top = matches!(tokens.text(at), "application" | "text" | "image" | "audio" | "video" | "multipart" | "message");
    if !top || !tokens.is_mark(at + 1, '/') {
        return None;
    }
    let mut end = at + 3;
    while end < at + 2 * PARTS && tokens.is_mark(end, '-') && tokens.letters(end + 1).is_some() {
        end += 2;
    }
    let sound = listed(SUBTYPES, tokens.slice(at + 2, end)) && !tokens.is_word(end);
    sound.then_some(end)
}

/// `Ctrl+Alt+Del`, `Cmd-Shift-P`, `Ctrl + C`
fn chord(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_modifier = |at: usize| listed(MODIFIERS, tokens.text(at));
    if !is_modifier(at) {
        return None;
    }
    let is_key = |at: usize| {
        let text = tokens.text(at);
        let single = tokens.is_word(at) && text.chars().count() == 1 && !text.starts_with(char::is_lowercase);
        let function = text == "F" && tokens.digits(at + 1, 1, 2).is_some();
        single || function || is_modifier(at) || listed(KEYS, text)
    };
    let mut end = at + 1;
    for _ in 0..PARTS {
        let mark = tokens.skip_space(end);
        let plus = tokens.is_mark(mark, '+');
        // A hyphen also joins words: "Shift-left", "Alt-text".
        let hyphen = mark == end && tokens.is_mark(mark, '-');
        let key = if plus { tokens.skip_space(mark + 1) } else { mark + 1 };
        let glued = plus && mark == end && key == mark + 1 && tokens.kind(key) == Some(Kind::Letters);
        if !(plus || hyphen) || !(is_key(key) || glued) {
            break;
        }
        end = key + 1 + usize::from(tokens.text(key) == "F" && tokens.kind(key + 1) == Some(Kind::Digits));
    }
    (end > at + 1 && !tokens.is_word(end)).then_some(end)
}

/// Whether the word is one of a list's.
fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
