//! Reads Amazon's error answers: what each asks of the caller. Of the service's own words nothing is passed on, since
//! they repeat texts and signed headers.

use serde::Deserialize;

use crate::vendor::{Caller, Received};
use crate::{EngineError, ErrorKind};

/// What AWS's own clients take for throttling (botocore, `ThrottledRetryableChecker`), and passing faults, whatever the
/// status: throttling comes as 400.
const TRANSIENT: [&str; 15] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "InternalServerException",
    "InternalFailure",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "RequestTimeout",
    "RequestTimeoutException",
];

/// The language or the text is none for this service.
const REJECTED: [&str; 7] = [
    "TextSizeLimitExceededException",
    "UnsupportedLanguagePairException",
    "InvalidRequestException",
    "InvalidParameterValueException",
    "DetectedLanguageLowConfidenceException",
    "RequestEntityTooLargeException",
    "ValidationException",
];

/// Those of them that the text alone can cause.
const ABOUT_TEXTS: [&str; 3] =
    ["TextSizeLimitExceededException", "DetectedLanguageLowConfidenceException", "RequestEntityTooLargeException"];

/// The keys are not those of an account, or not any more ("Common error types").
const UNKNOWN_KEYS: [&str; 7] = [
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
];

#[derive(Deserialize)]
struct ErrorResponse {
    #[serde(rename = "__type", alias = "code")]
    name: String,
}

/// What was refused, and what it asks for.
pub(super) fn vendor_error(caller: &Caller, received: &Received) -> EngineError {
    let name = name(received);
    let known = name.as_deref().unwrap_or_default();
    let kind = match received.status.as_u16() {
        _ if TRANSIENT.contains(&known) => received.transient(),
        _ if REJECTED.contains(&known) => ErrorKind::Rejected,
        413 => ErrorKind::Rejected,
        408 | 429 | 500.. => received.transient(),
        _ => ErrorKind::Broken,
    };
    let is_about_texts = ABOUT_TEXTS.contains(&known) || received.status.as_u16() == 413;
    let error = caller.vendor_error(kind, received, name.as_deref());
    let error = error.about_texts(is_about_texts);
    match known {
        _ if kind != ErrorKind::Broken => error,
        "ExpiredTokenException" | "ExpiredToken" | "RequestExpired" => {
            error.hint("engines.amazon.session_token has run out, or this machine's clock is wrong")
        }
        "AccessDeniedException" | "NotAuthorized" | "OptInRequired" => error.hint(
            "the account's policy must allow translate:TranslateText and translate:ListLanguages, and with \
                 engines.amazon.glossary ListTerminologies, ImportTerminology and DeleteTerminology",
        ),
        known if UNKNOWN_KEYS.contains(&known) => error.hint(
            "are engines.amazon.access_key_id, secret_access_key, session_token and region right, and this machine's \
             clock?",
        ),
        _ => error.hint("engines.amazon.url must be the address of Amazon Translate in engines.amazon.region"),
    }
}

/// The error's name, which alone says what it is: in a header or in the body, perhaps behind a namespace and before an
/// address (Smithy, "AWS JSON 1.1 protocol", "Operation error serialization").
pub(super) fn name(received: &Received) -> Option<String> {
    let header = received.headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let written = header.or_else(|| Some(serde_json::from_slice::<ErrorResponse>(&received.body).ok()?.name))?;
    let name = written.split(':').next()?.rsplit('#').next()?.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| name.to_owned())
}
