//! What may be shown of a value: secrets and passwords are hidden, whatever section they are of. What is not surely
//! harmless is hidden: an address with a slip in it, such as a password with `?`, `/` or `@` that is not escaped, is
//! what error messages are about, and how such an address falls apart differs from parser to parser.

/// What stands instead.
pub const HIDDEN: &str = "[redacted]";

/// Parameters of a database's address that hold no secret (libpq, section "Parameter Key Words"; SQLite, "URI
/// Filenames"). All others are hidden: whether `sslkey` is a file or the key itself is not for us to say.
const HARMLESS: [&str; 15] = [
    "application_name",
    "cache",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "immutable",
    "mode",
    "port",
    "ssl-mode",
    "sslmode",
    "statement-cache-capacity",
    "target_session_attrs",
    "user",
    "vfs",
];

/// Pieces of an address that are shorter are not looked for in messages: they stand in any word.
const SHORTEST_SECRET: usize = 3;

/// An address as it may be shown: without password and without parameters that may hold one. Of an address that is
/// ambiguous only the beginning is left.
#[must_use]
pub fn address(text: &str) -> String {
    // As parsers of addresses do.
    let text = text.replace(['\t', '\n', '\r'], "");
    let (scheme, rest) = parted(&text);
    if scheme.starts_with("sqlite") {
        let (file, parameters) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        return format!("{scheme}{file}{}", shown_parameters(parameters));
    }
    let is_database = scheme.starts_with("postgres");
    // `host=… password=…` is another notation of libpq's, and nothing with blanks is an address.
    if rest.contains(char::is_whitespace) || (scheme.is_empty() && rest.contains('=')) {
        return format!("{scheme}{HIDDEN}");
    }
    let (head, parameters) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    if parameters.contains('@') && (!is_database || before_host(head).contains(':')) {
        // A password may begin in front of the `?`, which it then is part of.
        return format!("{scheme}{}", with_password_hidden(before_host(head), is_database));
    }
    format!("{scheme}{}{}", shown_head(head, is_database), shown_parameters(parameters))
}

/// The scheme with what separates it, and the rest.
fn parted(text: &str) -> (&str, &str) {
    let is_scheme = |scheme: &str| {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(is_letter)
    };
    let end = match (text.find("://"), text.find(':')) {
        (Some(end), _) => end + "://".len(),
        (None, Some(end)) if ["sqlite", "postgres", "postgresql"].contains(&text.get(..end).unwrap_or_default()) => {
            end + 1
        }
        _ => return ("", text),
    };
    let (scheme, rest) = text.split_at(end);
    if is_scheme(scheme.trim_end_matches(['/', ':'])) { (scheme, rest) } else { ("", text) }
}

fn before_host(head: &str) -> &str {
    head.split('@').next().unwrap_or_default()
}

/// User, host, port and path, whose password is hidden. With an unescaped `/` or `@` in it, it goes on to the last `@`.
fn shown_head(head: &str, is_database: bool) -> String {
    if let Some((before, place)) = head.rsplit_once('@') {
        return format!("{}@{place}", with_password_hidden(before, is_database));
    }
    let authority = head.split('/').next().unwrap_or_default();
    // Colons within brackets are those of an IPv6 address.
    let from = authority.find(']').unwrap_or_default();
    match authority.get(from..).and_then(|rest| rest.split_once(':')) {
        // The host may have been left out, and this be a user's password.
        Some((before, port)) if !port.is_empty() && port.parse::<u16>().is_err() => {
            format!("{}{before}:{HIDDEN}", authority.get(..from).unwrap_or_default())
        }
        _ => head.to_owned(),
    }
}

/// A user and the password behind it. A database's user is no secret; what stands alone elsewhere is a token.
fn with_password_hidden(before: &str, is_database: bool) -> String {
    let (user, password) = before.split_once(':').map_or((before, None), |(user, password)| (user, Some(password)));
    let is_plain = user.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-'));
    match password {
        Some(_) if is_plain => format!("{user}:{HIDDEN}"),
        None if is_plain && is_database => user.to_owned(),
        _ => HIDDEN.to_owned(),
    }
}

/// With `?`, or nothing where there are none.
fn shown_parameters(parameters: &str) -> String {
    let Some((mark, pairs)) = parameters.split_at_checked(1) else { return String::new() };
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/');
    let is_harmless = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        HARMLESS.contains(&name) && value.chars().all(is_plain)
    };
    if pairs.split('&').all(is_harmless) { parameters.to_owned() } else { format!("{mark}{HIDDEN}") }
}

/// A message about an address, in others' words, without what of the address must not be shown.
#[must_use]
pub fn without_secrets_of(message: &str, of: &str) -> String {
    let mut secrets = secrets(of);
    // The longest first: others are part of them.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.iter().fold(message.to_owned(), |message, secret| message.replace(secret.as_str(), HIDDEN))
}

/// What of an address is hidden, each piece as it is written and decoded.
#[must_use]
pub fn secrets(of: &str) -> Vec<String> {
    let (_, rest) = parted(of);
    let shown = address(of);
    let behind_user =
        rest.rsplit_once('@').and_then(|(before, _)| before.split_once(':')).map(|(_, password)| password);
    let parameters = rest.split_once(['?', '#']).map_or("", |(_, parameters)| parameters);
    let values = parameters.split(['&', '=', '?', '#', '@']);
    let pieces = rest.split(['/', '@', ':', '?', '#', '&', '=']);
    let all = behind_user.into_iter().chain(values).chain(pieces).flat_map(|piece| [piece.to_owned(), decoded(piece)]);
    all.filter(|piece| piece.len() >= SHORTEST_SECRET && !shown.contains(piece.as_str())).collect()
}

/// A part of an address with `%77` as the letter that it stands for (RFC 3986 section 2.1).
#[must_use]
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_of_a_databases_address_is_shown() {
        for (text, shown) in [
            ("postgres://a:hunter2@b:5432/c", "postgres://a:[redacted]@b:5432/c"),
            ("postgres://a@b:5432/c", "postgres://a@b:5432/c"),
            (
                "postgres://b:5432/c?sslmode=require&application_name=x",
                "postgres://b:5432/c?sslmode=require&application_name=x",
            ),
            ("postgres://[::1]:5432/c", "postgres://[::1]:5432/c"),
            ("postgresql:///c?host=/run/postgresql", "postgresql:///c?host=/run/postgresql"),
            ("postgres://a:hunter2?x@h/c", "postgres://a:[redacted]"),
            ("postgres://a:hun/ter2@h/c", "postgres://a:[redacted]@h/c"),
            ("postgres://a:hun@ter2@h/c", "postgres://a:[redacted]@h/c"),
            ("postgres://a:hun#ter2@h/c", "postgres://a:[redacted]"),
            ("postgres://a:hun@te?r2@h/c", "postgres://a:[redacted]"),
            ("postgres://a:hunter2@b/c?password=hunter2", "postgres://a:[redacted]@b/c?[redacted]"),
            ("postgres://b/c?PASSWORD=hunter2", "postgres://b/c?[redacted]"),
            ("postgres://b/c?pass%77ord=hunter2", "postgres://b/c?[redacted]"),
            ("postgres://b/c?sslkey=hunter2&sslmode=require", "postgres://b/c?[redacted]"),
            ("postgres://b/c?password=hunt@er2", "postgres://b/c?[redacted]"),
            ("postgres://a@b:5432/c?password=hunt@er2", "postgres://a@b:5432/c?[redacted]"),
            ("postgres://b/c?user=hun%74er2", "postgres://b/c?[redacted]"),
            // The host was left out.
            ("postgres://a:hunter2/c", "postgres://a:[redacted]"),
            ("postgres://a%3Ahunter2@h/c", "postgres://[redacted]@h/c"),
            ("postgres:a:hunter2@h", "postgres:a:[redacted]@h"),
            ("postgres:/\t/a:hunter2@h/c", "postgres://a:[redacted]@h/c"),
            ("postgres://a:hun ter2@h/c", "postgres://[redacted]"),
            ("host=h user=a password=hunter2", "[redacted]"),
            ("password=hunter2", "[redacted]"),
            ("sqlite://polypost.db?mode=ro", "sqlite://polypost.db?mode=ro"),
            ("sqlite://a@b:c.db?key=hunter2", "sqlite://a@b:c.db?[redacted]"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("mysql://a:hunter2@h/c", "mysql://a:[redacted]@h/c"),
        ] {
            assert_eq!(address(text), shown, "{text}");
            for message in [text.to_owned(), format!("`{text}` is wrong")] {
                let scrubbed = without_secrets_of(&message, text);
                assert!(!scrubbed.contains("hunter2") && !scrubbed.contains("ter2@"), "{text}: {scrubbed}");
            }
        }
    }

    #[test]
    fn no_token_of_a_services_address_is_shown() {
        for (text, shown) in [
            ("https://mt.example/?api_key=hunter2", "https://mt.example/?[redacted]"),
            ("https://mt.example/#hunter2", "https://mt.example/#[redacted]"),
            ("https://mt.example:8443/v1", "https://mt.example:8443/v1"),
            ("https://hunter2@mt.example/v1", "https://[redacted]@mt.example/v1"),
            ("https://hun?ter2@mt.example/v1", "https://[redacted]"),
            ("https://user:hunter2@mt.example/v1", "https://user:[redacted]@mt.example/v1"),
            ("u:hunter2@proxy:3128", "u:[redacted]@proxy:3128"),
            ("https:u:hunter2@proxy:3128", "https:[redacted]@proxy:3128"),
            ("localhost:2737", "localhost:2737"),
            ("nowhere", "nowhere"),
            ("", ""),
        ] {
            assert_eq!(address(text), shown, "{text}");
        }
    }
}
