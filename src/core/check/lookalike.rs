//! What people and browsers read in letters and signs that look like others. `𝐞𝐯𝐢𝐥.𝐞𝐱𝐚𝐦𝐩𝐥𝐞`, `evil․com`, `evil。com`,
//! `evil[.]com` and `＜script＞` are an address and a tag to whoever reads them, and are to be found as what they are
//! read as: compatibility forms are composed (NFKC, Unicode Standard Annex 15), separators of host names are the ones
//! that UTS 46 section 4 maps to a full stop, and the brackets that such points are put in to get past filters are
//! taken away.

use std::borrow::Cow;

use icu::normalizer::ComposingNormalizerBorrowed;

/// Top-level domains that are recognised however they are capitalised.
pub(super) const TOP_LEVEL: [&str; 12] =
    ["com", "net", "org", "io", "dev", "app", "cloud", "info", "biz", "ai", "co", "me"];

/// Signs in brackets, and what they stand for; with the words for them that people write instead.
const BRACKETED: [(&str, &str); 8] =
    [(".", "."), ("dot", "."), ("punto", "."), ("ponto", "."), ("@", "@"), ("at", "@"), ("arroba", "@"), (":", ":")];

/// How a text is read. Nothing that is printable ASCII without brackets reads as anything else.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    let composed = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(plain_signs(&ComposingNormalizerBorrowed::new_nfkc().normalize(text)))
    };
    if !composed.contains(['[', '(', '{']) {
        return composed;
    }
    Cow::Owned(without_brackets(&composed))
}

/// With the signs that NFKC leaves as they are and that look like those of addresses.
fn plain_signs(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        plain.push(match sign {
            '\u{2044}' | '\u{2215}' | '\u{29F8}' => '/',
            '\u{2236}' | '\u{A789}' => ':',
            '\u{B7}' | '\u{2022}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}'
                if is_domain(text.get(at + sign.len_utf8()..).unwrap_or_default()) && ends_in_letter(&plain) =>
            {
                '.'
            }
            '\u{27E8}' | '\u{2329}' | '\u{3008}' => '<',
            '\u{27E9}' | '\u{232A}' | '\u{3009}' => '>',
            '\u{3002}' if is_separator(&plain, text.get(at + sign.len_utf8()..).unwrap_or_default()) => '.',
            other => other,
        });
    }
    plain
}

fn ends_in_letter(text: &str) -> bool {
    text.chars().next_back().is_some_and(|letter| letter.is_ascii_alphanumeric())
}

/// Whether a text begins with a top-level domain. A point in the middle of a line also joins Catalan letters
/// (`col·lega`) and sets words apart.
fn is_domain(text: &str) -> bool {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
    let label = text.get(..end).unwrap_or_default();
    TOP_LEVEL.iter().any(|known| label.eq_ignore_ascii_case(known))
}

/// Whether an ideographic full stop is read as the point of a host name: it ends sentences, too, and the next one may
/// begin with a name in Latin letters.
fn is_separator(before: &str, after: &str) -> bool {
    (ends_in_letter(before) && after.starts_with(|letter: char| letter.is_ascii_alphanumeric())) || is_domain(after)
}

/// `evil[.]com`, `evil (dot) com` and `hxxps[:]//evil` as `evil.com` and `hxxps://evil`.
fn without_brackets(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '{']) {
        let (before, bracketed) = rest.split_at(at);
        read.push_str(before);
        rest = if let Some((sign, after)) = sign(bracketed) {
            read.truncate(read.trim_end_matches(' ').len());
            read.push_str(sign);
            after.trim_start_matches(' ')
        } else {
            let (bracket, after) = bracketed.split_at(1);
            read.push_str(bracket);
            after
        };
    }
    read.push_str(rest);
    read
}

/// The sign that a text begins with in brackets, and what stands behind these.
fn sign(bracketed: &str) -> Option<(&'static str, &str)> {
    let close = match bracketed.as_bytes().first()? {
        b'[' => ']',
        b'(' => ')',
        _ => '}',
    };
    // No longer than the longest of the words.
    let (end, _) = bracketed.char_indices().take(12).find(|(_, character)| *character == close)?;
    let inner = bracketed.get(1..end)?.trim();
    let (_, sign) = BRACKETED.iter().find(|(written, _)| inner.eq_ignore_ascii_case(written))?;
    Some((sign, bracketed.get(end + 1..)?))
}

/// A letter of another script, or a small capital, as the Latin one that it looks like (a part of the confusables of
/// Unicode Technical Standard 39 that is enough to spell the usual top-level domains).
pub(super) fn latin(letter: char) -> char {
    match letter {
        'а' | 'α' | 'ᴀ' => 'a',
        'ʙ' => 'b',
        'с' | 'ϲ' | 'ᴄ' => 'c',
        'ԁ' | 'ᴅ' => 'd',
        'е' | 'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɡ' | 'ɢ' => 'g',
        'і' | 'ι' | 'ɪ' | 'ı' => 'i',
        'ӏ' | 'ʟ' => 'l',
        'м' | 'ᴍ' => 'm',
        'ո' | 'п' | 'ɴ' => 'n',
        'о' | 'ο' | 'օ' | 'ᴏ' => 'o',
        'р' | 'ρ' | 'ᴘ' => 'p',
        'г' | 'ʀ' => 'r',
        'т' | 'τ' | 'ᴛ' => 't',
        'ᴜ' | 'υ' => 'u',
        'ѵ' | 'ν' | 'ᴠ' => 'v',
        'ᴢ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_read_as_what_they_look_like() {
        for (written, read_as) in [
            ("𝐞𝐯𝐢𝐥.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "evil.example"),
            ("ⓔⓥⓘⓛ․ⓒⓞⓜ", "evil.com"),
            ("ｅｖｉｌ．ｃｏｍ", "evil.com"),
            ("evil。com", "evil.com"),
            ("evil｡com", "evil.com"),
            ("evil·com y evil•org", "evil.com y evil.org"),
            ("〈script〉", "<script>"),
            ("evil[.]com", "evil.com"),
            ("evil (dot) com and evil{punto}org", "evil.com and evil.org"),
            ("who[at]evil[.]com", "who@evil.com"),
            ("hxxps[:]⁄⁄evil", "hxxps://evil"),
            ("＜script＞", "<script>"),
            ("１２", "12"),
        ] {
            assert_eq!(read(written), read_as, "{written}");
        }
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "服务已恢复。Nginx 正常。",
            "Los (pocos) errores [graves]",
            "col·lega",
            "uno · dos • tres",
            "plain (at most)",
            "[",
            "(.",
            "{}",
            "an [at]",
        ] {
            let expected = text.replace("an [at]", "an@");
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
