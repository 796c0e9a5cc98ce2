//! Which values of a configuration may be shown: secrets are known by their keys, whatever section they are of.

use polypost_settings::redaction::{HIDDEN, address};
use toml::Value;

/// The value as it may be shown: secrets hidden, and passwords in addresses too.
pub(super) fn redacted(key: &str, value: &Value) -> Value {
    let is_nothing = |value: &Value| matches!(value, Value::String(text) if text.is_empty());
    match value {
        Value::Array(elements) => Value::Array(elements.iter().map(|element| redacted(key, element)).collect()),
        // Also what is no text, by mistake: a key of digits is a key.
        value if is_secret(key) && !is_nothing(value) => Value::String(HIDDEN.to_owned()),
        Value::String(text) if is_address(key) || may_hold_password(text) => Value::String(address(text)),
        other => other.clone(),
    }
}

/// By name, so that an engine's `key` added tomorrow is hidden without anybody thinking of it. Token hashes count, and
/// files of tokens and credentials: who confuses the two writes the token itself there.
fn is_secret(key: &str) -> bool {
    const WORDS: [&str; 7] = ["secret", "secrets", "token", "password", "passwords", "credential", "credentials"];
    let name = name(key);
    name.split('_').any(|word| WORDS.contains(&word)) || name == "key" || name.ends_with("_key")
}

/// Whether a text that stands where no address belongs may be one all the same, with a password in it.
fn may_hold_password(text: &str) -> bool {
    let has_user = text.rfind('@').is_some_and(|end| text.get(..end).is_some_and(|before| before.contains(':')));
    let has_parameter = text.split(|mark: char| mark.is_whitespace() || "?&;#".contains(mark)).any(|pair| {
        pair.split_once('=')
            .is_some_and(|(name, _)| is_secret(&polypost_settings::redaction::decoded(name).to_lowercase()))
    });
    text.contains("://") || has_user || has_parameter
}

fn is_address(key: &str) -> bool {
    let name = name(key);
    ["url", "proxy"].contains(&name) || name.ends_with("_url")
}

fn name(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_type_a_secret_has_it_is_hidden() {
        let hidden = Value::String(HIDDEN.to_owned());
        for value in [Value::Integer(5), Value::Boolean(true), Value::Float(1.5), Value::String("x".to_owned())] {
            assert_eq!(redacted("engines.deepl.key", &value), hidden);
        }
        assert_eq!(redacted("publish.token_hashes", &Value::Integer(5)), hidden);
        let shown = [
            ("engines.openai.thinking_tokens", Value::Integer(5)),
            ("engines.openai.key_header", Value::String("api-key".to_owned())),
            ("engines.deepl.key", Value::String(String::new())),
            ("organisation.name", Value::String("A@B?".to_owned())),
        ];
        for (key, value) in shown {
            assert_eq!(redacted(key, &value), value, "{key}");
        }
        let named = Value::String("see https://u:hunter2@h/".to_owned());
        assert!(!redacted("organisation.name", &named).to_string().contains("hunter2"));
    }
}
