//! No address is added: the source's own are facts, so a URL, host name or e-mail address in the target's free text
//! is invented, by an engine or by whoever wrote a report to talk to one.

use crate::finding::{Finding, Severity};

use super::lookalike::{TOP_LEVEL, latin};
use super::{Check, Subject};

/// What begins an address wherever it stands.
const SCHEMES: [&str; 11] =
    ["://", ":\\\\", "hxxp", "h**p", "www.", "mailto:", "javascript:", "vbscript:", "data:text", "data:image", "tel:"];

/// Top-level domains in other letters (IANA's root zone), where a point between words without a space is hardly prose.
const TOP_LEVEL_IN_OTHER_LETTERS: [&str; 24] = [
    "рф",
    "бел",
    "укр",
    "срб",
    "мкд",
    "онлайн",
    "сайт",
    "москва",
    "中国",
    "中國",
    "香港",
    "台湾",
    "公司",
    "网络",
    "网址",
    "在线",
    "コム",
    "みんな",
    "한국",
    "닷컴",
    "भारत",
    "ไทย",
    "قطر",
    "السعودية",
];

pub(super) struct Addresses;

impl Check for Addresses {
    fn name(&self) -> &'static str {
        "addresses"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        // Words and spaces are no address: most texts end here, with the marks of sentences looked through.
        let target = subject.target.read();
        if !target.contains(['.', '@', ':']) {
            return Vec::new();
        }
        let source = subject.source.read_lower();
        let lower = subject.target.read_lower();
        let count = |text: &str, scheme: &str| text.matches(scheme).count();
        let scheme =
            SCHEMES.iter().find(|scheme| lower.contains(*scheme) && count(&lower, scheme) > count(&source, scheme));
        if let Some(scheme) = scheme {
            return self.finding(Severity::Block, format!("the translation adds an address: `{scheme}`"));
        }
        if count(&lower, "@") > count(&source, "@") {
            return self.finding(Severity::Block, "the translation adds an address: `@`".to_owned());
        }
        // Capitals tell a host name from a full stop without a space behind it.
        match tokens(target)
            .find(|token| is_address(token) && !tokens(&source).any(|known| known.eq_ignore_ascii_case(token)))
        {
            Some(token) => {
                let shown: String = token.chars().take(60).collect();
                self.finding(Severity::Block, format!("the translation adds an address: `{shown}`"))
            }
            None => Vec::new(),
        }
    }
}

/// Stretches that could be an address: letters, digits and the signs of addresses.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !(character.is_alphanumeric() || matches!(character, '.' | '@' | '-' | '_' | '+')))
        .map(|token| token.trim_matches(['.', '-', '_', '+']))
        .filter(|token| token.contains(['.', '@']))
}

fn is_address(token: &str) -> bool {
    if let Some((user, host)) = token.split_once('@') {
        return !user.is_empty() && !host.is_empty();
    }
    let labels: Vec<&str> = token.split('.').collect();
    let [.., before, last] = labels.as_slice() else { return false };
    if labels.iter().any(|label| label.is_empty()) {
        return false;
    }
    if TOP_LEVEL.iter().any(|known| last.eq_ignore_ascii_case(known)) {
        // `co.` and `me.` are also words: one letter before them is an abbreviation.
        return before.chars().count() > 1 || last.len() > 2;
    }
    if TOP_LEVEL_IN_OTHER_LETTERS.contains(last) {
        return true;
    }
    // Of two letters there are words that look alike by chance: Russian `со`.
    let alike: String = last.chars().flat_map(char::to_lowercase).map(latin).collect();
    if !last.is_ascii() && alike.len() > 2 && TOP_LEVEL.contains(&alike.as_str()) {
        return true;
    }
    let long_enough = last.chars().count() >= 2 && before.chars().count() >= 2;
    let begins_sentence = last.chars().next().is_some_and(char::is_uppercase);
    long_enough && !begins_sentence && last.chars().all(|character| character.is_ascii_lowercase())
}
