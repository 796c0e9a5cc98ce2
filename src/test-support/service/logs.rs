//! Everything that is logged in this suite, at every level and by every library, is read along: a key, an authorisation
//! or a report's text in a line ends the run.

use super::vendors::{amazon, azure, deepl, google, libretranslate, modernmt, openai};
use super::watch;

/// Sentences of reports that tests publish or send.
const TEXTS: [&str; 6] = [
    "Talk is down",
    "It works again",
    "Nobody can sign in",
    "did not answer. See",
    "Messages were queued",
    "fixed R&D",
];

/// Installs the watch once for the whole run.
pub fn watch() {
    watch::watch(told);
}

/// Whether a line that has all of this has warned by now.
pub fn has_warned(parts: &[&str]) -> bool {
    warnings(parts) > 0
}

/// How many lines that have all of this have warned by now.
pub fn warnings(parts: &[&str]) -> usize {
    watch::lines(parts)
}

/// What a line tells that none may.
fn told(line: &str) -> Option<&'static str> {
    let secrets = [
        deepl::KEY,
        google::KEY,
        google::accounts::TOKEN_START,
        azure::KEY,
        amazon::SECRET,
        amazon::TOKEN,
        "AWS4-HMAC-SHA256 Credential",
        libretranslate::KEY,
        modernmt::KEY,
        openai::KEY,
        "DeepL-Auth-Key ",
        "Bearer ",
    ];
    secrets.into_iter().chain(TEXTS).find(|secret| line.contains(secret))
}

#[test]
fn a_line_that_tells_is_seen() {
    assert_eq!(told(&format!("sent with {}", deepl::KEY)), Some(deepl::KEY));
    assert_eq!(told("segment: Talk is down."), Some("Talk is down"));
    assert_eq!(told("engine `deepl` answered 403"), None);
}

/// Not only the program's own lines: libraries log in the same way, and some speak of headers.
#[test]
fn libraries_are_read_along() {
    watch();
    assert!(tracing::enabled!(target: "hyper_util::client", tracing::Level::TRACE));
    assert!(tracing::enabled!(target: "sqlx::query", tracing::Level::DEBUG));
}
