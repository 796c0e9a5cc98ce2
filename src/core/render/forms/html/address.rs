//! Finds bare http(s) addresses in running text, without their sentence's punctuation.

/// The first bare http(s) address of a text, with what stands before and after it.
pub(super) fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let candidate = text.get(start..)?;
        let host = candidate.strip_prefix("https://").or_else(|| candidate.strip_prefix("http://"));
        let before = text.get(..start)?;
        let is_inside_a_word = before.chars().next_back().is_some_and(char::is_alphanumeric);
        if let Some(host) = host.filter(|host| host.starts_with(char::is_alphanumeric) && !is_inside_a_word) {
            let length = candidate.len() - host.len() + address_length(host);
            return Some((before, candidate.get(..length)?, candidate.get(length..)?));
        }
        from = start + "http".len();
    }
}

/// Bytes of an address behind its scheme: up to white space or a quote, without the punctuation of its sentence
/// (extended autolinks, GFM 6.9).
fn address_length(host: &str) -> usize {
    let is_end = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"`«»„“”‘’（）「」。、，".contains(character)
    };
    let mut address = host.get(..host.find(is_end).unwrap_or(host.len())).unwrap_or_default();
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if unopened > 0 => unopened -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '|' | ']' | '}' | '…' => {}
            _ => break,
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address.len()
}
