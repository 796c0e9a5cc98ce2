//! `[publish]`: who may publish, and how publishers write.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use polypost_core::document::fact::DateOrder;
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishSettings {
    /// SHA-256 of each bearer token, lower-case hex.
    pub token_hashes: Vec<String>,
    pub webhook_secrets: Vec<Secret>,
    /// Which part of `03/04/2024` is the month.
    pub date_order: DateOrder,
    /// Publications that a process works on at once.
    pub concurrent: usize,
    /// Translations that may wait before reports of settled incidents are put off.
    pub backlog: u32,
}

/// What a Standard Webhooks secret begins with, and how many bytes its rest must decode to
/// (specification of Standard Webhooks, "Signature scheme": 24 to 64 bytes, base64).
const SECRET_PREFIX: &str = "whsec_";
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

impl PublishSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        violations.range("publish.concurrent", u64::try_from(self.concurrent).unwrap_or(u64::MAX), 1, 1024);
        violations.range("publish.backlog", u64::from(self.backlog), 1, 10_000_000);
        for (index, hash) in self.token_hashes.iter().enumerate() {
            if hash.len() != 64 || !hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
                let message = "expected a token's SHA-256 in 64 lower-case hexadecimal digits, not the token: \
                               `printf %s TOKEN | sha256sum`";
                violations.add_element("publish.token_hashes", index, message);
            }
        }
        for (index, secret) in self.webhook_secrets.iter().enumerate() {
            if !is_webhook_secret(secret.expose()) {
                let message = "expected `whsec_` and 24 to 64 random bytes in base64: \
                               `echo whsec_$(head -c 32 /dev/urandom | base64)`";
                violations.add_element("publish.webhook_secrets", index, message);
            }
        }
    }
}

fn is_webhook_secret(text: &str) -> bool {
    text.strip_prefix(SECRET_PREFIX)
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .is_some_and(|bytes| SECRET_BYTES.contains(&bytes.len()))
}
