//! What services repeat of the keys that they are called with is taken out of their words before these reach a log, the
//! store or a terminal. Services repeat keys whole, percent-encoded, in JSON's or HTML's escapes, in base64, in
//! hexadecimal digits, and shortened (`sk-…abcd`); so a text is looked at as it is read, whatever it is written in, and
//! pieces of a secret count as well.

mod known;
mod view;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use known::Known;
use view::View;

/// What stands where a secret stood.
const REDACTED: &str = "[redacted]";

/// Characters of a text that are looked at; nobody shows more of a service's words.
const LONGEST: usize = 4000;

/// Tokens that were granted for a while and are remembered at the same time.
const GRANTED: usize = 16;

/// All secrets of a process's engines.
#[derive(Default)]
pub struct Redactor {
    configured: RwLock<Vec<Known>>,
    granted: RwLock<VecDeque<Known>>,
}

impl Redactor {
    /// Adds secrets that stay for as long as the process runs.
    pub(super) fn learn(&self, secrets: impl IntoIterator<Item = String>) {
        for secret in secrets {
            self.add(&secret);
        }
    }

    /// Adds a secret that stays for as long as the process runs.
    pub fn add(&self, secret: &str) {
        let mut configured = self.configured.write().unwrap_or_else(PoisonError::into_inner);
        if !configured.iter().any(|known| known.is(secret)) {
            configured.extend(Known::new(secret));
        }
    }

    /// Adds a token that is replaced before long.
    pub(super) fn add_granted(&self, token: &str) {
        let mut granted = self.granted.write().unwrap_or_else(PoisonError::into_inner);
        if granted.iter().any(|known| known.is(token)) {
            return;
        }
        granted.extend(Known::new(token));
        while granted.len() > GRANTED {
            granted.pop_front();
        }
    }

    /// The beginning of a text without the secrets and the pieces of secrets in it.
    pub fn redact<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| text.get(..end).unwrap_or_default());
        let view = View::of(text);
        let mut is_secret = vec![false; view.len()];
        for known in self.configured.read().unwrap_or_else(PoisonError::into_inner).iter() {
            known.mark(&view, &mut is_secret);
        }
        for known in self.granted.read().unwrap_or_else(PoisonError::into_inner).iter() {
            known.mark(&view, &mut is_secret);
        }
        if !is_secret.contains(&true) {
            return Cow::Borrowed(text);
        }
        let mut written = String::new();
        let mut was_secret = false;
        for (index, secret) in is_secret.into_iter().enumerate() {
            match (secret, was_secret) {
                (true, false) => written.push_str(REDACTED),
                (true, true) => {}
                (false, _) => written.push_str(view.written(index)),
            }
            was_secret = secret;
        }
        Cow::Owned(written)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Redactor").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
