//! Templates of other systems, which some program fills in or reads: `{{ user }}`, `%(total)s`, `${HOME}`, `{"a":
//! true}`, `<!here>`, `:warning:`, `$x = y$`. They are kept as they are.

use super::token::{Kind, Tokens};

/// Tokens looked at for the end of a tag or a shortcode, of what stands in braces, and of a formula.
const REACH: usize = 40;
const BRACES: usize = 200;
const FORMULA: usize = 60;

/// The position behind a template that begins with the mark at `at`.
pub(super) fn template(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    match tokens.mark(at)? {
        '[' => bracketed(tokens, at).or_else(|| array(tokens, at)),
        '⟦' => enclosed(tokens, at, '⟧', false),
        '⟪' => enclosed(tokens, at, '⟫', false),
        '{' => braces(tokens, at),
        '<' => tag(tokens, at),
        '%' => percent(tokens, at),
        '$' => dollar(tokens, at),
        '#' if tokens.is_mark(at + 1, '{') => braces(tokens, at + 1),
        '@' if tokens.is_mark(at + 1, ':') => dotted(tokens, at + 2),
        ':' => shortcode(tokens, at).or_else(|| attribute(tokens, at)),
        _ => None,
    }
}

/// `[PH1]`, `[ph 12]`
fn bracketed(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let next = tokens.skip_space(at + 1);
    tokens.letters(next).filter(|letters| letters.eq_ignore_ascii_case("ph"))?;
    let next = tokens.skip_space(next + 1);
    tokens.digits(next, 1, 9)?;
    let next = tokens.skip_space(next + 1);
    tokens.is_mark(next, ']').then_some(next + 1)
}

/// `["a", "b"]`: JSON.
fn array(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_mark(at + 1, '"') || !tokens.is_word(at + 2) {
        return None;
    }
    let end = (at + 2..at + REACH).find(|end| tokens.is_mark(*end, ']'))?;
    let inner = tokens.slice(at + 1, end);
    (inner.ends_with('"') && !inner.contains(['[', '\n'])).then_some(end + 1)
}

fn enclosed(tokens: &Tokens<'_>, at: usize, close: char, spaces: bool) -> Option<usize> {
    let open = tokens.mark(at)?;
    for next in at + 1..at + REACH {
        match tokens.kind(next)? {
            Kind::Space if !spaces || tokens.text(next).contains('\n') => return None,
            Kind::Mark if tokens.is_mark(next, close) => return Some(next + 1),
            Kind::Mark if tokens.is_mark(next, open) && next > at + 1 => return None,
            _ => {}
        }
    }
    None
}

/// `{0}`, `{{ user }}`, `{count, plural, one {# item} other {# items}}`, `{"a": true}`, `{a: 1}`; not words in braces.
fn braces(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = at;
    while end < at + BRACES {
        match tokens.kind(end)? {
            Kind::Mark if tokens.is_mark(end, '{') => depth += 1,
            Kind::Mark if tokens.is_mark(end, '}') => depth -= 1,
            Kind::Space if tokens.text(end).matches('\n').count() > 1 => return None,
            _ => {}
        }
        end += 1;
        if depth == 0 {
            break;
        }
    }
    let inner = tokens.slice(at + 1, end).strip_suffix('}').filter(|_| depth == 0)?.trim();
    let plain = !inner.contains(char::is_whitespace);
    let doubled = inner.starts_with(['{', '%', '#', '$']) && inner.ends_with(['}', '%', '#']);
    (plain || doubled || has_key(inner) || is_message(inner)).then_some(end)
}

/// Whether it begins with a key: `"a": true`, `name: x`.
fn has_key(inner: &str) -> bool {
    let name = inner.trim_start_matches(['"', '\'']);
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.$".contains(byte)).count();
    let behind = name.get(length..).unwrap_or_default().trim_start_matches(['"', '\'']).trim_start();
    length > 0 && behind.starts_with(':')
}

/// Whether it is an argument of a message in ICU's format: `count, plural, …`.
fn is_message(inner: &str) -> bool {
    const KINDS: [&str; 8] = ["plural", "select", "selectordinal", "number", "date", "time", "choice", "list"];
    let mut parts = inner.split(',');
    let name = parts.next().unwrap_or_default();
    let kind = parts.next().unwrap_or_default().trim();
    !name.contains(char::is_whitespace) && KINDS.contains(&kind)
}

/// `<x id="1"/>`, `</b>`, `<0>`, `<!here>`, `<@U02AB34>`
fn tag(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut name = at + 1;
    if matches!(tokens.mark(name), Some('/' | '!' | '@' | '#')) {
        name += 1;
    }
    if tokens.kind(name) == Some(Kind::Digits) {
        // "<0>", "<0/>"; "<1.2 and >1.3" are two bounds.
        let close = name + 1 + usize::from(tokens.is_mark(name + 1, '/'));
        return tokens.is_mark(close, '>').then_some(close + 1);
    }
    tokens.is_word(name).then(|| enclosed(tokens, at, '>', true)).flatten()
}

/// `%s`, `%d`, `%1$s`, `%@`, `%PATH%`, `%(total)s`, `%{name}`, `%%`, `%.2f`, `%05d`
fn percent(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let doubled = tokens.is_mark(at + 3, '%');
    if tokens.letters(at + 1).is_some() && tokens.is_mark(at + 2, '%') && !doubled && !tokens.is_word(at + 3) {
        return Some(at + 3);
    }
    let conversion =
        |next: usize| matches!(tokens.text(next), "s" | "d" | "i" | "f" | "x" | "u" | "c" | "ld" | "lu" | "zu" | "g");
    if tokens.is_mark(at + 1, '%') {
        return Some(at + 2);
    }
    if tokens.is_mark(at + 1, '{') {
        return braces(tokens, at + 1);
    }
    if tokens.is_mark(at + 1, '(') {
        let name = tokens.letters(at + 2).and(Some(at + 3)).filter(|close| tokens.is_mark(*close, ')'))?;
        return conversion(name + 1).then_some(name + 2);
    }
    if tokens.is_mark(at + 1, '@') && !tokens.is_word(at + 2) {
        return Some(at + 2);
    }
    // "%1$s", also where the words grow onto it: "%1$soutdated".
    if tokens.digits(at + 1, 1, 2).is_some() && tokens.is_mark(at + 2, '$') {
        return tokens
            .letters(at + 3)
            .filter(|letters| letters.starts_with(['s', 'd', 'i', 'f', 'x', 'u']))
            .map(|_| at + 4);
    }
    let mut next = at + 1;
    if matches!(tokens.mark(next), Some('-' | '+')) {
        next += 1;
    }
    next += usize::from(tokens.digits(next, 1, 2).is_some());
    if tokens.is_mark(next, '.') && tokens.digits(next + 1, 1, 2).is_some() {
        next += 2;
    }
    (conversion(next) && !tokens.is_word(next + 1)).then_some(next + 1)
}

/// `${HOME}`, `$(date)`, `$t(common.save)`, `$x = y$`
fn dollar(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.is_mark(at + 1, '{') {
        return braces(tokens, at + 1);
    }
    let open = at + 1 + usize::from(tokens.letters(at + 1).is_some());
    if tokens.is_mark(open, '(') {
        let end = (open + 1..open + REACH).find(|end| tokens.is_mark(*end, ')'))?;
        let inner = tokens.slice(open + 1, end);
        return (!inner.contains(['\n', '('])).then_some(end + 1);
    }
    formula(tokens, at)
}

/// `$E = mc^2$`, `$$\sum x$$`: TeX between two dollars that touch it, with a sign of mathematics in between.
fn formula(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let display = tokens.is_mark(at + 1, '$');
    let first = at + 1 + usize::from(display);
    let touches =
        tokens.kind(first).is_some_and(|kind| kind != Kind::Space) && tokens.kind(first) != Some(Kind::Digits);
    if !touches && !display {
        return None;
    }
    let close = (first + 1..first + FORMULA).find(|close| tokens.is_mark(*close, '$'))?;
    let inner = tokens.slice(first, close);
    let end = close + 1 + usize::from(display);
    let closed = if display { tokens.is_mark(close + 1, '$') } else { !inner.ends_with(char::is_whitespace) };
    let letter = inner.len() == 1;
    let sound = closed && !tokens.is_word(end) && !inner.contains("\n\n");
    (sound && (display || letter || inner.contains(['=', '^', '\\', '_', '+', '<', '>', '≤', '≥']))).then_some(end)
}

/// `@:link.home`
fn dotted(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    tokens.letters(at)?;
    let mut end = at + 1;
    while end < at + REACH && tokens.is_mark(end, '.') && tokens.is_word(end + 1) {
        end += 2;
    }
    Some(end)
}

/// `:warning:`, `:+1:`; not the colons of `10:54:07` and `a:b:c`.
fn shortcode(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if at.checked_sub(1).is_some_and(|before| tokens.is_word(before)) {
        return None;
    }
    let close = (at + 2..at + REACH).find(|close| tokens.is_mark(*close, ':'))?;
    let name = tokens.slice(at + 1, close);
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(&byte));
    let has_letter = name.bytes().any(|byte| byte.is_ascii_lowercase()) || matches!(name, "+1" | "-1" | "100");
    (is_name && has_letter && !tokens.is_word(close + 1)).then_some(close + 1)
}

/// `:attribute`, as Laravel writes what it fills in.
fn attribute(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let name = tokens.letters(at + 1)?;
    let small = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let apart = at.checked_sub(1).is_none_or(|before| tokens.kind(before) == Some(Kind::Space));
    (small && apart && tokens.starts_word(at) && !tokens.is_word(at + 2)).then_some(at + 2)
}
