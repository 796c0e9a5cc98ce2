//! What may be shown of a value: secrets and passwords are hidden, whatever section they are of.

use toml::Value;

/// The value as it may be shown: secrets hidden, and passwords in addresses too.
pub(super) fn redacted(key: &str, value: &Value) -> Value {
    match value {
        Value::Array(elements) => Value::Array(elements.iter().map(|element| redacted(key, element)).collect()),
        Value::String(text) if is_secret(key) && !text.is_empty() => Value::String("[redacted]".to_owned()),
        Value::String(text) => Value::String(without_password(text)),
        other => other.clone(),
    }
}

/// By name, so that an engine's `key` added tomorrow is hidden without anybody thinking of it. Token hashes count, and
/// files of tokens and credentials: who confuses the two writes the token itself there.
fn is_secret(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    ["secret", "token", "password", "credential"].iter().any(|word| name.contains(word))
        || name == "key"
        || name.ends_with("_key")
}

fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let (address, query) = text.split_once('?').map_or((text, ""), |(address, query)| (address, query));
    // libpq takes a password there as well.
    let query = match query {
        "" => String::new(),
        query if query.contains("password=") => "?[redacted]".to_owned(),
        query => format!("?{query}"),
    };
    let Some((user, _)) = authority.rsplit_once('@') else { return format!("{address}{query}") };
    let behind = address.get(scheme.len() + "://".len() + user.len()..).unwrap_or_default();
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:[redacted]{behind}{query}"),
        // A database's user is no secret; what stands alone elsewhere is a token.
        None if scheme.starts_with("postgres") => format!("{address}{query}"),
        None => format!("{scheme}://[redacted]{behind}{query}"),
    }
}
