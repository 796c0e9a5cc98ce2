//! Finds in running text regular expressions, globs, choices (`a|b`), formats of times, schedules of `cron` and
//! expressions of programs. Each is told by signs that no prose has within a word, so that `and/or`, `2 * 3`, `up ->
//! down` and a footnote's asterisk stay prose.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Bytes of the longest word that is looked at, so that time grows with the text alone.
const LONGEST: usize = 200;

/// The fields of a schedule (POSIX, `crontab`).
const FIELDS: usize = 5;

/// The patterns in a text, ascending.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    // Whatever is found has one of these signs.
    if !text.contains(['|', '*', '^', '[', '\\', '%', '=', '>', '&', '/', ':']) {
        return Vec::new();
    }
    let words = words(text);
    let word = |at: usize| words.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(range) = words.get(at) {
        if let Some(last) = words.get(at + FIELDS - 1).filter(|_| is_schedule(&word, at)) {
            found.push(range.start..range.start + bare(&text[range.start..last.end]).len());
            at += FIELDS;
        } else if is_operator(word(at)) && at > 0 && is_operand(word(at - 1)) && is_operand(word(at + 1)) {
            let start = words.get(at - 1).map_or(range.start, |before| before.start + opening(word(at - 1)));
            let end = words.get(at + 1).map_or(range.end, |after| after.start + bare(word(at + 1)).len());
            match found.last_mut() {
                Some(last) if start <= last.end => last.end = end,
                _ => found.push(start..end),
            }
            at += 2;
        } else {
            let lead = opening(word(at));
            let inner = Some(word(at)).filter(|word| word.len() <= LONGEST).and_then(|word| word.get(lead..));
            let inner = bare(inner.unwrap_or_default());
            if is_pattern(inner) {
                let start = range.start + lead;
                found.push(start..start + inner.len());
            }
            at += 1;
        }
    }
    found.retain(|range| !range.is_empty());
    found
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words
}

/// Bytes of the quotes in front of a word.
fn opening(word: &str) -> usize {
    word.len() - word.trim_start_matches(['"', '\'', '“', '‘']).len()
}

/// The word without what ends its sentence, and without brackets that it does not open.
fn bare(word: &str) -> &str {
    let mut word = word;
    loop {
        let shorter = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '”', '’']);
        // `^a.?`: the marks are the pattern's.
        let shorter = if shorter.starts_with('^') && word.ends_with('?') { word } else { shorter };
        let closed = [('(', ')'), ('[', ']')].iter().find_map(|(open, close)| {
            let is_open = shorter.matches(*open).count() >= shorter.matches(*close).count();
            shorter.strip_suffix(*close).filter(|_| !is_open)
        });
        let next = closed.unwrap_or(shorter);
        if next.len() == word.len() {
            return word;
        }
        word = next;
    }
}

/// `*/5 * * * *`, `0 5 * * 1-5`
fn is_schedule<'text>(word: &impl Fn(usize) -> &'text str, at: usize) -> bool {
    static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let value = r"(?:\*|\d{1,2}|MON|TUE|WED|THU|FRI|SAT|SUN|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
        let item = format!(r"{value}(?:-{value})?(?:/\d{{1,2}})?");
        Regex::new(&format!("^{item}(?:,{item})*$")).ok()
    });
    let Some(field) = FIELD.as_ref() else { return false };
    let fields = (at..at + FIELDS).map(word);
    let mut stars = 0;
    for (index, text) in fields.enumerate() {
        let text = if index == 0 { text.get(opening(text)..).unwrap_or_default() } else { text };
        let text = if index + 1 == FIELDS { bare(text) } else { text };
        if !field.is_match(text) {
            return false;
        }
        stars += usize::from(text.contains('*'));
    }
    stars > 0
}

/// What stands between the operands of a condition, and nowhere in prose. An arrow does: `10% -> 5%`.
fn is_operator(word: &str) -> bool {
    matches!(word, "==" | "!=" | "===" | "!==" | "&&" | "||" | "=~" | "+=" | "-=" | ":=")
}

fn is_operand(word: &str) -> bool {
    word.len() <= LONGEST && word.contains(|letter: char| letter.is_alphanumeric()) && !word.contains("://")
}

/// Whether a word by itself is code.
fn is_pattern(word: &str) -> bool {
    static JOINED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let name = r#"[A-Za-z_$][\w$.()\[\]'"-]*"#;
        Regex::new(&format!(
            r#"^!?{name}(?:(?:[!=]==?|[<>]=|&&|\|\||::|\+=|-=|=~)!?(?:{name}|-?\d[\w.]*|["'][^"']*["']))+$"#
        ))
        .ok()
    });
    if word.is_empty() || word.contains("://") || word.starts_with('<') {
        return false;
    }
    is_expression(word)
        || is_choice(word)
        || is_glob(word)
        || is_substitution(word)
        || is_time_format(word)
        || is_member(word)
        || JOINED.as_ref().is_some_and(|joined| joined.is_match(word))
}

/// A regular expression: an anchored one, a repeated class or group, or an escaped class.
fn is_expression(word: &str) -> bool {
    static EXPRESSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let class = r"\[\^?(?:\\?[^\]\s])+\]";
        Regex::new(&format!(
            r"^/?\^\S*[\\\[\](){{}}$*+?|.]|{class}(?:[*+?]|\{{\d+(?:,\d*)?\}})|[)\]](?:[*+]|\{{\d+(?:,\d*)?\}})|^\[\^?(?:a-z|A-Z|0-9|a-f|A-F)+\]$|\\[dDwWsS](?:[*+?{{\\$.)|/-])|^\\[dDwWsSbB](?:[*+?]|$)|[^\s.]\.[*+][^\s.]|\.\*\$$"
        ))
        .ok()
    });
    // A path of Windows has such letters behind its backslashes; `[a]` may be a note or a key.
    let is_path = word.contains(":\\") || word.starts_with("\\\\");
    let is_note = word.starts_with('[') && word.ends_with(']') && !word.contains('-');
    !is_path && !is_note && EXPRESSION.as_ref().is_some_and(|expression| expression.is_match(word))
}

/// `a|b|c`, `(foo|bar)`, `--mode=on|off`: in prose a bar stands free. Names that begin upper case are a menu
/// (`Home|Status`), and a row of a table begins or ends with its bar.
fn is_choice(word: &str) -> bool {
    let inner = word.strip_prefix('(').and_then(|word| word.strip_suffix([')', '?', '*', '+'])).unwrap_or(word);
    let inner = inner.trim_end_matches(')');
    let parts: Vec<&str> = inner.split('|').collect();
    let is_part = |part: &&str| {
        !part.is_empty()
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./=:@%*{}[]()\"'$".contains(letter))
    };
    let is_name = |part: &&str| part.starts_with(|letter: char| letter.is_lowercase() || "-_.\"'$%".contains(letter));
    parts.len() > 1 && parts.iter().all(is_part) && parts.iter().any(is_name)
}

/// `logs/*.gz`, `api-*`, `*-canary`, `**/*.ts`; not `restored.*`, which has a note.
fn is_glob(word: &str) -> bool {
    static GLOB: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[\w./@{},-]*(?:[\w}][/_-]\*\*?|\*\*?[/_-][\w*]|/\*\*?\.\w)[\w./*@{},-]*$").ok());
    word.contains('*') && GLOB.as_ref().is_some_and(|glob| glob.is_match(word))
}

/// `s/a/b/g`, `s|a|b|`
fn is_substitution(word: &str) -> bool {
    let mut letters = word.chars();
    let (first, sign) = (letters.next(), letters.next());
    let Some(sign) = sign.filter(|sign| first == Some('s') && matches!(sign, '/' | '|' | '#')) else { return false };
    let parts: Vec<&str> = letters.as_str().split(sign).collect();
    matches!(parts.as_slice(), [from, _, flags] if !from.is_empty() && flags.chars().all(|flag| "gimpI".contains(flag)))
}

/// `%Y-%m-%d`, `%H:%M`
fn is_time_format(word: &str) -> bool {
    static FORMAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:[T:/._-]*%-?[aAbBcdDeFGHIjkmMnNpSTuUVwWxXyYzZ])(?:[T:/._-]*%-?[aAbBcdDeFGHIjkmMnNpSTuUVwWxXyYzZ])+Z?$").ok()
    });
    FORMAT.as_ref().is_some_and(|format| format.is_match(word))
}

/// `foo->bar`: of names that begin upper case it is an arrow between two states.
fn is_member(word: &str) -> bool {
    static MEMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\$?[a-z_][\w$]*(?:\(\))?(?:->[a-z_]\w*(?:\([^()\s]*\))?)+$").ok());
    MEMBER.as_ref().is_some_and(|member| member.is_match(word))
}
