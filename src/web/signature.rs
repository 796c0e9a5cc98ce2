//! Signatures of Standard Webhooks 1.0.0: whether one of the secrets signed a request's id, time and raw body. Compared
//! in constant time; asymmetric signatures (`v1a`) and unknown versions are skipped. That a message is used once is not
//! seen to here.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use polypost_settings::Secret;

/// How far the signed time may lie from ours, in seconds, as the specification's own libraries have it.
const TOLERANCE_SECONDS: i64 = 5 * 60;
/// The specification allows secrets of 24 to 64 bytes.
const SHORTEST_SECRET: usize = 24;
/// So that a request cannot make us work for long.
const MOST_SIGNATURES: usize = 10;

/// The standard's names, which count where both are there, and those of Svix, which signs in the same way
/// (<https://docs.svix.com/receiving/verifying-payloads/how-manual>).
const NAMES: [[&str; 3]; 2] =
    [["webhook-id", "webhook-timestamp", "webhook-signature"], ["svix-id", "svix-timestamp", "svix-signature"]];

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the header `{0}` is missing or unreadable")]
    Header(&'static str),
    #[error("the time in `webhook-timestamp` or `svix-timestamp` differs from now by more than 5 minutes")]
    Time,
    #[error("no signature in `webhook-signature` or `svix-signature` matches")]
    Mismatch,
}

/// A signed message's headers, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The same across retries; without a `.`.
    pub id: String,
    timestamp: String,
    /// `v1,…` parts, separated by spaces.
    signatures: String,
}

impl Signature {
    /// The headers of a signed message; `None` where the request does not claim to be one.
    ///
    /// # Errors
    /// Where some of the headers are there and others are missing or malformed.
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, SignatureError> {
        let is_named = |names: &&[&str; 3]| names.iter().any(|name| headers.contains_key(*name));
        let Some(names) = NAMES.iter().find(is_named) else { return Ok(None) };
        let text = |name: &'static str| {
            let mut values = headers.get_all(name).iter();
            match (values.next().and_then(|value| value.to_str().ok()), values.next()) {
                (Some(text), None) if !text.is_empty() => Ok(text.to_owned()),
                _ => Err(SignatureError::Header(name)),
            }
        };
        let [id, timestamp, signatures] = *names;
        let signature = Self { id: text(id)?, timestamp: text(timestamp)?, signatures: text(signatures)? };
        // The signed bytes are `id.timestamp.body`: a dot in the id would let one message pass for another.
        if signature.id.contains('.') || signature.id.len() > 255 {
            return Err(SignatureError::Header(id));
        }
        if signature.timestamp.is_empty() || !signature.timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SignatureError::Header(timestamp));
        }
        Ok(Some(signature))
    }

    /// Verifies the message with any of the secrets. A secret that is malformed or too short never verifies.
    ///
    /// # Errors
    /// Where the time is off or no signature is right.
    pub fn verify(&self, secrets: &[Secret], body: &[u8], now: Timestamp) -> Result<(), SignatureError> {
        let signed_at: i64 = self.timestamp.parse().map_err(|_| SignatureError::Time)?;
        if now.as_second().abs_diff(signed_at) > TOLERANCE_SECONDS.unsigned_abs() {
            return Err(SignatureError::Time);
        }
        let offered: Vec<Vec<u8>> = self
            .signatures
            .split(' ')
            .take(MOST_SIGNATURES)
            .filter_map(|signature| signature.strip_prefix("v1,"))
            .filter_map(|signature| STANDARD.decode(signature).ok())
            .collect();
        let mut verified = subtle::Choice::from(0);
        for secret in secrets {
            if let Some(expected) = self.expected(secret, body) {
                for signature in &offered {
                    verified |= expected.as_slice().ct_eq(signature);
                }
            }
        }
        if bool::from(verified) { Ok(()) } else { Err(SignatureError::Mismatch) }
    }

    fn expected(&self, secret: &Secret, body: &[u8]) -> Option<Vec<u8>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret)?).ok()?;
        mac.update(self.id.as_bytes());
        mac.update(b".");
        mac.update(self.timestamp.as_bytes());
        mac.update(b".");
        mac.update(body);
        Some(mac.finalize().into_bytes().to_vec())
    }
}

/// The key behind `whsec_…`; `None` where it is not base64 or too short to be a secret.
fn key(secret: &Secret) -> Option<Vec<u8>> {
    let text = secret.expose();
    let key = STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text)).ok()?;
    (key.len() >= SHORTEST_SECRET).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's own example.
    const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const ID: &str = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
    const AT: i64 = 1_649_367_553;
    const BODY: &[u8] = br#"{"email":"test@example.com","username":"test_user"}"#;
    const RIGHT: &str = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";

    fn headers(id: &str, timestamp: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)] {
            headers.insert(name, value.parse().expect("a header value"));
        }
        headers
    }

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    fn verify_at(id: &str, signature: &str, secrets: &[&str], body: &[u8], now: i64) -> Result<(), SignatureError> {
        let secrets: Vec<Secret> = secrets.iter().copied().map(secret).collect();
        let now = Timestamp::from_second(now).expect("a time");
        let signed = Signature::of(&headers(id, &AT.to_string(), signature))?.expect("signed");
        signed.verify(&secrets, body, now)
    }

    #[test]
    fn the_specifications_example_verifies() {
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], BODY, AT), Ok(()));
    }

    #[test]
    fn svix_signs_in_the_same_way_under_its_own_names() {
        let mut renamed = HeaderMap::new();
        for (name, value) in [("svix-id", ID), ("svix-timestamp", "1649367553"), ("svix-signature", RIGHT)] {
            renamed.insert(name, value.parse().expect("a header value"));
        }
        let signed = Signature::of(&renamed).expect("whole").expect("signed");
        let now = Timestamp::from_second(AT).expect("a time");
        assert_eq!(signed.verify(&[secret(SECRET)], BODY, now), Ok(()));
        renamed.insert("webhook-id", ID.parse().expect("a header value"));
        assert_eq!(Signature::of(&renamed), Err(SignatureError::Header("webhook-timestamp")), "no mixture of both");
        renamed.remove("webhook-id");
        renamed.remove("svix-timestamp");
        assert_eq!(Signature::of(&renamed), Err(SignatureError::Header("svix-timestamp")));
    }

    #[test]
    fn five_minutes_either_way_are_allowed_and_no_second_more() {
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], BODY, AT + 300), Ok(()));
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], BODY, AT - 300), Ok(()));
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], BODY, AT + 301), Err(SignatureError::Time));
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], BODY, AT - 301), Err(SignatureError::Time));
    }

    #[test]
    fn a_body_that_was_serialised_again_does_not_verify() {
        let again = br#"{"email": "test@example.com", "username": "test_user"}"#;
        assert_eq!(verify_at(ID, RIGHT, &[SECRET], again, AT), Err(SignatureError::Mismatch));
    }

    #[test]
    fn any_of_several_secrets_and_signatures_suffices() {
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let two = format!("v1,AAAA {RIGHT}");
        assert_eq!(verify_at(ID, &two, &[other, SECRET], BODY, AT), Ok(()));
        assert_eq!(verify_at(ID, RIGHT, &[other], BODY, AT), Err(SignatureError::Mismatch));
    }

    #[test]
    fn other_versions_and_empty_signatures_do_not_verify() {
        let bare = RIGHT.trim_start_matches("v1,");
        for wrong in [format!("v2,{bare}"), format!("v1a,{bare}"), bare.to_owned(), "v1,".to_owned(), "v1".to_owned()] {
            assert_eq!(verify_at(ID, &wrong, &[SECRET], BODY, AT), Err(SignatureError::Mismatch), "{wrong}");
        }
    }

    #[test]
    fn the_eleventh_signature_is_not_tried() {
        let ten = format!("{}{RIGHT}", "v1,AAAA ".repeat(9));
        let eleven = format!("{}{RIGHT}", "v1,AAAA ".repeat(10));
        assert_eq!(verify_at(ID, &ten, &[SECRET], BODY, AT), Ok(()));
        assert_eq!(verify_at(ID, &eleven, &[SECRET], BODY, AT), Err(SignatureError::Mismatch));
    }

    #[test]
    fn a_short_or_empty_secret_never_verifies() {
        for weak in ["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64"] {
            // What an attacker would send who knows that the key is empty.
            let key = STANDARD.decode(weak.strip_prefix("whsec_").unwrap_or(weak)).unwrap_or_default();
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
            mac.update(format!("{ID}.{AT}.").as_bytes());
            mac.update(BODY);
            let forged = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
            assert_eq!(verify_at(ID, &forged, &[weak], BODY, AT), Err(SignatureError::Mismatch), "{weak:?}");
        }
    }

    #[test]
    fn malformed_headers_are_refused_and_absent_ones_are_no_signature() {
        assert_eq!(Signature::of(&HeaderMap::new()), Ok(None));
        assert_eq!(Signature::of(&headers("a.b", "1", RIGHT)), Err(SignatureError::Header("webhook-id")));
        for time in ["1.5", "-1", "1e9", "x"] {
            assert_eq!(
                Signature::of(&headers(ID, time, RIGHT)),
                Err(SignatureError::Header("webhook-timestamp")),
                "{time}"
            );
        }
        for missing in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let mut headers = headers(ID, "1", RIGHT);
            headers.remove(missing);
            assert_eq!(Signature::of(&headers), Err(SignatureError::Header(missing)));
        }
        let far = headers(ID, "99999999999999999999999", RIGHT);
        let signed = Signature::of(&far).expect("digits").expect("signed");
        assert_eq!(signed.verify(&[secret(SECRET)], BODY, Timestamp::UNIX_EPOCH), Err(SignatureError::Time));
    }
}
