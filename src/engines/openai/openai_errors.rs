//! Reads error answers of services with OpenAI's interface: what each asks of the caller. Written after OpenAI's guide
//! "Error codes" and its own client, from Azure OpenAI's and Mistral's references, and from the sources of vLLM and
//! Ollama. Of their words only names are passed on: messages repeat keys and what was sent.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::http::{self, LONGEST_WAIT};
use crate::vendor::{Caller, Received};
use crate::{EngineError, ErrorKind};

/// Names of what waiting does not help against.
const QUOTA: [&str; 5] = [
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
    "insufficient_balance",
    "quota_exceeded",
];

/// How services say that a text and its answer do not fit into a model.
const TOO_LONG: [&str; 6] = [
    "context_length_exceeded",
    "context length",
    "context window",
    "context size",
    "string_above_max_length",
    "prompt is too long",
];

/// Names of what a text's contents cause: Azure OpenAI's filter, and OpenAI's own.
const ABOUT_TEXTS: [&str; 3] = ["content_filter", "content_policy_violation", "invalid_prompt"];

/// How services say that they do not take a field, where they say it in words alone.
const UNSUPPORTED: [&str; 6] = ["support", "unknown", "unrecognized", "not permitted", "not allowed", "extra inputs"];

/// What a service says of a refusal.
#[derive(Debug, Default)]
pub(super) struct VendorError {
    status: u16,
    /// Whether it is one of these services' at all.
    is_known: bool,
    /// `error.code`, or else `error.type`.
    name: String,
    /// `error.param`.
    field: String,
    message: String,
    /// The fields that Mistral complains about.
    places: Vec<String>,
}

impl VendorError {
    pub(super) fn of(received: &Received) -> Self {
        let body: Value = serde_json::from_slice(&received.body).unwrap_or_default();
        // vLLM and Mistral have had it without the frame.
        let reason = body.get("error").filter(|error| error.is_object()).unwrap_or(&body);
        let text = |field: &str| reason.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_name = |name: &String| {
            (1..=64).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        };
        let name = [text("code"), text("type")].into_iter().find(is_name).unwrap_or_default();
        let message = match reason.get("message").or_else(|| body.get("error")) {
            Some(Value::String(message)) => message.to_lowercase(),
            _ => String::new(),
        };
        let details = ["/message/detail", "/detail"].into_iter().find_map(|place| reason.pointer(place)?.as_array());
        let place = |detail: &Value| Some(detail.get("loc")?.as_array()?.last()?.as_str()?.to_owned());
        let places: Vec<String> = details.into_iter().flatten().filter_map(place).collect();
        let is_known = !name.is_empty() || !message.is_empty() || !places.is_empty();
        let status = received.status.as_u16();
        Self { status, is_known, name, field: text("param"), message, places }
    }

    /// Whether it is about a field of this name, which may be left out.
    pub(super) fn is_about(&self, name: &str) -> bool {
        let is_field = self.field.split(['.', '[']).next() == Some(name);
        let is_place = self.places.iter().any(|place| place == name);
        let is_said = self.field.is_empty()
            && self
                .message
                .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
                .any(|word| word == name)
            && UNSUPPORTED.iter().any(|word| self.message.contains(word));
        matches!(self.status, 400 | 422) && (is_field || is_place || is_said)
    }

    /// Whether fewer texts may be taken.
    pub(super) fn is_too_long(&self) -> bool {
        let says = |what: &str| self.name == what || self.message.contains(what);
        self.status == 413 || (matches!(self.status, 400 | 422) && TOO_LONG.into_iter().any(says))
    }

    /// Whether it is about being asked for models, which a gateway may not have or a key not be for.
    pub(super) fn is_about_the_list(&self) -> bool {
        matches!(self.status, 403..=405 | 501)
    }

    pub(super) fn error(&self, caller: &Caller, received: &Received) -> EngineError {
        let kind = match self.status {
            402 => ErrorKind::Quota,
            _ if QUOTA.contains(&self.name.as_str()) => ErrorKind::Quota,
            408 | 409 | 429 | 500.. => ErrorKind::Transient { after: wait(received.status, &received.headers) },
            413 => ErrorKind::Rejected,
            // A content filter, a length, a field.
            400 | 422 if self.is_known => ErrorKind::Rejected,
            _ => ErrorKind::Broken,
        };
        let is_about_texts = ABOUT_TEXTS.contains(&self.name.as_str());
        let error = caller.vendor_error(kind, received, Some(&self.name)).about_texts(is_about_texts);
        match self.status {
            _ if kind == ErrorKind::Quota => error.hint("the account's credit or budget is used up"),
            401 | 403 => error.hint("is engines.openai.key right? Azure OpenAI wants it in engines.openai.key_header"),
            404 | 405 => error.hint(
                "engines.openai.url must be the address with its version, such as http://127.0.0.1:11434/v1, and \
                 engines.openai.model a model that is there",
            ),
            _ => error,
        }
    }
}

/// The wait that a service asks for, at most an hour: in milliseconds, in seconds, or until what is used up is filled.
/// How full its buckets are stands in every answer, and is a reason to wait in a refusal for too many calls alone.
fn wait(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let exactly = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok());
    let exactly = exactly.and_then(|wait| Duration::try_from_secs_f64(wait / 1000.0).ok());
    let filled = || {
        let is_empty = |what: &&str| text(&format!("x-ratelimit-remaining-{what}")) == Some("0");
        let reset = |what: &str| span(text(&format!("x-ratelimit-reset-{what}"))?);
        let kinds = ["requests", "tokens"];
        // Where neither is used up, it was the size of the call that there was no room for.
        kinds.into_iter().filter(is_empty).filter_map(reset).max().or_else(|| reset("tokens"))
    };
    exactly
        .or_else(|| http::retry_after(headers))
        .or_else(|| if status == StatusCode::TOO_MANY_REQUESTS { filled() } else { None })
        .map(|wait| wait.min(LONGEST_WAIT))
}

/// A span of time as Go writes it: `6m0s`, `1.5s`, `20ms`, `1h2m3s`.
fn span(text: &str) -> Option<Duration> {
    let mut whole = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let (number, behind) = rest.split_at(rest.find(|letter: char| letter.is_ascii_alphabetic())?);
        let end = behind.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(end);
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        let part = Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()?;
        whole = whole.checked_add(part)?;
        rest = behind;
    }
    (!text.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn vendor_error(status: u16, body: &str) -> VendorError {
        let status = StatusCode::from_u16(status).unwrap();
        VendorError::of(&Received { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() })
    }

    #[test]
    fn spans_are_read_as_they_are_written() {
        for (text, milliseconds) in [
            ("6m0s", Some(360_000)),
            ("1.5s", Some(1_500)),
            ("20ms", Some(20)),
            ("1h2m3s", Some(3_723_000)),
            ("0s", Some(0)),
            ("", None),
            ("7", None),
            ("soon", None),
            ("-1s", None),
            ("1e300h", None),
            ("NaNs", None),
        ] {
            assert_eq!(span(text).map(|span| span.as_millis()), milliseconds, "{text}");
        }
    }

    #[test]
    fn the_wait_is_the_one_that_is_said_most_exactly() {
        for (pairs, expected) in [
            (&[("retry-after-ms", "1500"), ("retry-after", "2")][..], Some(1_500)),
            (&[("retry-after", "7"), ("x-ratelimit-reset-tokens", "1s")], Some(7_000)),
            (
                &[
                    ("x-ratelimit-remaining-requests", "0"),
                    ("x-ratelimit-reset-requests", "6m0s"),
                    ("x-ratelimit-remaining-tokens", "10"),
                    ("x-ratelimit-reset-tokens", "1s"),
                ],
                Some(360_000),
            ),
            (&[("x-ratelimit-reset-requests", "6m0s"), ("x-ratelimit-reset-tokens", "250ms")], Some(250)),
            (&[("retry-after-ms", "99999999999")], Some(3_600_000)),
            (&[("retry-after-ms", "soon")], None),
            (&[], None),
        ] {
            let wait = wait(StatusCode::TOO_MANY_REQUESTS, &headers(pairs));
            assert_eq!(wait.map(|wait| wait.as_millis()), expected, "{pairs:?}");
        }
    }

    #[test]
    fn how_full_a_bucket_is_says_nothing_of_a_fault() {
        let bucket = [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "25m0s")];
        let asked = [bucket.as_slice(), &[("retry-after", "2")]].concat();
        for status in [408, 409, 500, 503].map(|status| StatusCode::from_u16(status).unwrap()) {
            assert_eq!(wait(status, &headers(&bucket)), None, "{status}");
            assert_eq!(wait(status, &headers(&asked)), Some(Duration::from_secs(2)), "{status}");
        }
    }

    #[test]
    fn a_field_is_named_in_the_ways_of_each_service() {
        for (status, body) in [
            (400, r#"{"error":{"message":"x","param":"temperature","code":"unsupported_value"}}"#),
            (400, r#"{"error":{"message":"Unsupported parameter: 'temperature' is not supported.","param":null}}"#),
            (400, r#"{"object":"error","message":"temperature is not supported","type":"BadRequestError","code":400}"#),
            (422, r#"{"detail":[{"type":"extra_forbidden","loc":["body","temperature"],"msg":"x","input":0}]}"#),
            (422, r#"{"message":{"detail":[{"type":"extra_forbidden","loc":["body","temperature"]}]}}"#),
        ] {
            assert!(vendor_error(status, body).is_about("temperature"), "{body}");
            assert!(!vendor_error(status, body).is_about("seed"), "{body}");
            assert!(!vendor_error(500, body).is_about("temperature"), "{body}");
        }
        let other = r#"{"error":{"message":"the temperature is not supported","param":"messages"}}"#;
        assert!(!vendor_error(400, other).is_about("temperature"));
        assert!(!vendor_error(400, r#"{"error":{"message":"the temperature rose"}}"#).is_about("temperature"));
    }

    #[test]
    fn what_does_not_fit_is_told_from_other_refusals() {
        for (status, body, expected) in [
            (400, r#"{"error":{"message":"x","code":"context_length_exceeded"}}"#, true),
            (
                400,
                r#"{"message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError"}"#,
                true,
            ),
            (413, "<html>", true),
            (400, r#"{"error":{"message":"x","code":"invalid_json_schema"}}"#, false),
            (500, r#"{"error":{"message":"context length"}}"#, false),
        ] {
            assert_eq!(vendor_error(status, body).is_too_long(), expected, "{body}");
        }
    }
}
