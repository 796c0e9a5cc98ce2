//! Codes, paths, hosts, versions and the like, which are kept whole. Words that are only joined (`well-known`,
//! `read/write`) are none.

use super::Verbatim;
use super::token::{Kind, Tokens, is_capitalised};

/// A range kept as it is and the position behind it.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) kind: Verbatim,
    pub(super) end: usize,
}

/// Most tokens of a query.
const QUERY: usize = 60;

/// Most tokens of the groups behind `#1`.
const GROUPS: usize = 16;

/// Marks that join parts of an identifier.
fn joins(mark: char) -> bool {
    matches!(mark, '-' | '.' | '/' | ':' | '@' | '#' | '=' | '+' | '~' | '\\')
}

/// The longest range of joined parts from `at`, which is a word: its end, whatever it may be.
pub(super) fn joined_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at;
    while tokens.is_word(end) {
        end += 1;
        let mut next = end;
        while next - end < 3 && tokens.mark(next).is_some_and(joins) {
            next += 1;
        }
        if next > end && next < tokens.len() && tokens.is_word(next) && holds(tokens, at, end, next) {
            end = next;
        }
    }
    end
}

/// Whether the marks between two parts hold them together.
fn holds(tokens: &Tokens<'_>, at: usize, end: usize, next: usize) -> bool {
    match (tokens.slice(end, next), tokens.letters(end - 1), tokens.letters(next)) {
        // "finished.The": a sentence that began without its space; but "System.Net", "Node.Js".
        (".", before, Some(after)) => !is_capitalised(after) || before.is_some_and(is_capitalised),
        // "Update:2024" is a label; "localhost:8080" is none.
        (":", Some(_), None) => end - at > 1 || !is_capitalised(tokens.text(at)),
        ("-", Some(before), None) => end - at > 1 || !is_prefix(before),
        ("--" | ".." | "..." | "---", _, _) => false,
        (marks, _, _) => marks.len() == 1 || marks.contains(['/', '\\', ':', '=']),
    }
}

/// Words that a hyphen only leans on the figure behind.
fn is_prefix(word: &str) -> bool {
    matches!(
        word,
        "mid" | "early" | "late" | "pre" | "post" | "top" | "sub" | "Mid" | "Early" | "Late" | "Pre" | "Post"
    )
}

/// What the range from `at` to `end` is, if it is kept; `open` is whether a mark led into it.
pub(super) fn classify(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<Kept> {
    let text = tokens.slice(at, end);
    let kept = |kind| Some(Kept { kind, end });
    let has = |kind: Kind| (at..end).any(|part| tokens.kind(part) == Some(kind));
    if is_placeholder(text) {
        return kept(Verbatim::Symbol);
    }
    if has(Kind::Digits) {
        return kept(if is_version(text) {
            Verbatim::Version
        } else if has(Kind::Letters) || text.contains([':', '@', '#', '=', '\\']) || text.matches('.').count() == 3 {
            Verbatim::Identifier
        } else {
            Verbatim::Uncertain
        });
    }
    let snake = text.contains('_') && text.len() > 1;
    let path = text.contains('/') && text.rsplit('/').next().is_some_and(has_extension);
    let code = text.contains(['@', '\\', '=']) || text.contains("::");
    (snake || path || code || is_host(text) || is_region(text)).then_some(Kept { kind: Verbatim::Identifier, end })
}

/// What a mark leads into: `/etc/hosts`, `@handle`, `#4711`, `$HOME`, `--flag`, `.5`, `./run`, `~/x`.
pub(super) fn led_by_mark(tokens: &Tokens<'_>, at: usize) -> Option<Kept> {
    if !tokens.starts_word(at) {
        return None;
    }
    let first = match tokens.mark(at)? {
        '@' | '#' | '.' if tokens.is_word(at + 1) => at + 1,
        '$' | '/' if tokens.kind(at + 1) == Some(Kind::Letters) => at + 1,
        // ":8443" is a port, ":4" may be anything.
        ':' if tokens.digits(at + 1, 2, 5).is_some() && !tokens.is_word(at + 2) => at + 1,
        '-' if tokens.is_mark(at + 1, '-') && tokens.kind(at + 2) == Some(Kind::Letters) => at + 2,
        // "-f"
        '-' if tokens.letters(at + 1).is_some_and(|flag| flag.len() == 1) && !tokens.is_mark(at + 2, '-') => at + 1,
        // "*.log"
        '*' if tokens.is_mark(at + 1, '.') && tokens.kind(at + 2) == Some(Kind::Letters) => at + 2,
        // "?locale=es&x=1"
        '?' if tokens.kind(at + 1) == Some(Kind::Letters) && tokens.is_mark(at + 2, '=') => return query(tokens, at),
        '~' | '.' if tokens.is_mark(at + 1, '/') && tokens.is_word(at + 2) => at + 2,
        '\\' if tokens.is_mark(at + 1, '\\') && tokens.is_word(at + 2) => at + 2,
        '.' if tokens.is_mark(at + 1, '.') && tokens.is_mark(at + 2, '/') && tokens.is_word(at + 3) => at + 3,
        _ => return None,
    };
    let mut end = with_slash(tokens, at, joined_end(tokens, first));
    // "#1,234"
    while end < first + GROUPS
        && tokens.is_mark(at, '#')
        && tokens.is_mark(end, ',')
        && tokens.digits(end + 1, 3, 3).is_some()
    {
        end += 2;
    }
    let figure = tokens.is_mark(at, '.') && end == first + 1 && tokens.kind(first) == Some(Kind::Digits);
    Some(Kept { kind: if figure { Verbatim::Uncertain } else { Verbatim::Identifier }, end })
}

/// The query of an address: all up to a space or the end of a list.
fn query(tokens: &Tokens<'_>, at: usize) -> Option<Kept> {
    let ends = |end: usize| match tokens.kind(end) {
        None | Some(Kind::Space) => true,
        Some(Kind::Mark) => {
            !matches!(tokens.mark(end), Some('=' | '&' | '%' | '+' | '-' | '.' | '/')) || !tokens.is_word(end + 1)
        }
        Some(_) => false,
    };
    let end = (at + 1..at + QUERY).find(|end| ends(*end))?;
    Some(Kept { kind: Verbatim::Identifier, end })
}

/// `HTTP 503`, `HTTP 5xx`: the position behind. A list of codes without spaces is none.
pub(super) fn http_status(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !matches!(tokens.text(at), "HTTP" | "HTTPS") {
        return None;
    }
    let code = tokens.behind_space(at + 1)?;
    let end = match (tokens.digits(code, 3, 3), tokens.digits(code, 1, 1), tokens.letters(code + 1)) {
        (Some(_), _, _) => code + 1,
        (_, Some(_), Some("xx" | "XX")) => code + 2,
        _ => return None,
    };
    let listed = matches!(tokens.mark(end), Some(',' | '.' | '–')) && tokens.kind(end + 1) == Some(Kind::Digits);
    (tokens.ends_word(end) && !listed).then_some(end)
}

/// The closing slash of a directory belongs to it.
pub(super) fn with_slash(tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let path = tokens.is_mark(end, '/') && tokens.slice(at, end).contains(['/', '.', '~']);
    end + usize::from(path && !tokens.is_word(end + 1))
}

/// Whether a word keeps its spelling by itself: inner capitals, or letters that an engine may not have.
pub(super) fn keeps_spelling(word: &str) -> Option<Verbatim> {
    if !word.is_ascii() {
        return Some(Verbatim::Name);
    }
    let inner = word
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    (inner || word.bytes().all(|byte| byte == b'_')).then_some(Verbatim::Identifier)
}

/// `PH1`, `_PH1_`, `__1__`: what would be taken for one of our own placeholders.
fn is_placeholder(text: &str) -> bool {
    let core = text.trim_matches('_');
    let digits = match core.get(..2) {
        Some(head) if head.eq_ignore_ascii_case("ph") => core.get(2..).unwrap_or_default(),
        _ if core.len() < text.len() => core,
        _ => return false,
    };
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `v2.3.1`, `2.319.1-rc1`, `v2`
fn is_version(text: &str) -> bool {
    let (core, marked) = match text.strip_prefix(['v', 'V']) {
        Some(core) => (core, true),
        None => (text, false),
    };
    let mut parts = core.split('.');
    let figure = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().is_some_and(figure);
    let second = parts.next().is_some_and(figure);
    let points = core.matches('.').count();
    first
        && (marked || (second && points >= 2))
        && !(points == 3 && core.split('.').all(figure))
        && !core.contains(['/', ':'])
}

/// Labels with points between them, not an abbreviation (`e.g`, `U.S`).
fn is_host(text: &str) -> bool {
    let host = text.split([':', '/']).next().unwrap_or_default();
    host.contains('.')
        && host.split('.').any(|label| label.chars().count() > 1)
        && host.split('.').all(|label| label.chars().any(char::is_alphabetic))
}

/// `us-east`, `eu-west`: the regions of clouds without their number, which an engine would translate.
fn is_region(text: &str) -> bool {
    let Some((area, direction)) = text.split_once('-') else { return false };
    let area = matches!(
        area,
        "us" | "eu" | "ap" | "sa" | "ca" | "af" | "me" | "il" | "mx" | "cn" | "uk" | "au" | "europe" | "asia"
    );
    area && direction.split('-').all(|part| {
        matches!(
            part,
            "gov"
                | "east"
                | "west"
                | "north"
                | "south"
                | "central"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
        )
    })
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && (1..=5).contains(&extension.len()))
}
