//! Amazon Translate in small: `TranslateText`, `ListLanguages` and custom terminologies in AWS's JSON 1.1, for whoever
//! signs as the IAM User Guide says. Its refusals repeat what was sent, as the real ones do.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use polypost_core::clock::{Clock as _, System};
use polypost_core::document::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::stored_glossaries::{self, StoredGlossaries};
use super::{Bill, Bills, characters, translated};
use crate::stub::{self, StubRequest, answer, ok};

pub const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN==";
pub const REGION: &str = "eu-west-1";

/// What was asked of it, and where it is.
pub struct Amazon {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Value>>>,
    pub stored: Arc<StoredGlossaries>,
}

impl Bills for Amazon {
    fn bill(&self) -> Bill {
        Bill::of(&self.asked.lock().expect("no panic"), |body| body["Text"].as_str().into_iter().collect(), characters)
    }
}

/// A service that translates.
pub async fn serve() -> Amazon {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static) -> Amazon {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let stored = Arc::new(StoredGlossaries::default());
    let (seen, glossaries) = (Arc::clone(&asked), Arc::clone(&stored));
    let url = stub::serve(move |request| {
        Some(match converse(request, &glossaries) {
            Ok(Call::Other(answer)) => ok(answer.to_string()),
            Ok(Call::Translate(body)) => {
                seen.lock().expect("no panic").push(body.clone());
                let terminology = body["TerminologyNames"][0].as_str().and_then(|name| glossaries.find(name));
                let entries = terminology.map(|terminology| terminology.entries).unwrap_or_default();
                otherwise(&body).unwrap_or_else(|| ok(translation_with(&body, &entries).to_string()))
            }
            Err((name, message)) => refusal("400 Bad Request", name, &message),
        })
    })
    .await;
    Amazon { url, asked, stored }
}

enum Call {
    /// What is no translation, with its answer.
    Other(Value),
    Translate(Value),
}

/// An error as it is written by the service: its name behind a namespace.
pub fn refusal(status: &str, name: &str, message: &str) -> Vec<u8> {
    let body = json!({ "__type": format!("com.amazonaws.translate#{name}"), "message": message });
    answer(status, "content-type: application/x-amz-json-1.1\r\n", body.to_string())
}

fn converse(request: &StubRequest, stored: &StoredGlossaries) -> Result<Call, (&'static str, String)> {
    verify(request)?;
    let invalid = |message: &str| ("SerializationException", message.to_owned());
    if !request.head.starts_with("POST / ") || request.header("content-type") != Some("application/x-amz-json-1.1") {
        return Err(("UnknownOperationException", String::new()));
    }
    let body: Value = serde_json::from_str(&request.body).map_err(|_| invalid("no JSON"))?;
    let operation =
        request.header("x-amz-target").and_then(|target| target.strip_prefix("AWSShineFrontendService_20170701."));
    match operation {
        Some("ListLanguages") => {
            if !body["MaxResults"].as_u64().is_some_and(|most| (1..=500).contains(&most)) {
                return Err(("ValidationException", "MaxResults".to_owned()));
            }
            Ok(Call::Other(page(&body)))
        }
        Some("TranslateText") => {
            let text = body["Text"].as_str().ok_or_else(|| invalid("Text"))?;
            if text.is_empty() {
                return Err(("ValidationException", "1 validation error detected: Value at 'text'".to_owned()));
            }
            if text.len() > 10_000 {
                return Err(("TextSizeLimitExceededException", format!("Input text size exceeds limit: {text}")));
            }
            let known = |field: &str| body[field].as_str().is_some_and(|code| CODES.contains(&code));
            if !known("SourceLanguageCode") || !known("TargetLanguageCode") {
                return Err(("UnsupportedLanguagePairException", format!("{text}: unsupported language pair")));
            }
            if let Some(names) = body["TerminologyNames"].as_array() {
                let [name] = &names[..] else { return Err(("InvalidParameterValueException", text.to_owned())) };
                let terminology = stored.find(name.as_str().unwrap_or_default());
                let terminology = terminology.ok_or(("ResourceNotFoundException", format!("{text}: {name}")))?;
                if body["TargetLanguageCode"] != terminology.target.as_str() {
                    return Err(("InvalidParameterValueException", format!("{text}: not for this language")));
                }
            }
            match body["Settings"]["Formality"].as_str() {
                None | Some("FORMAL" | "INFORMAL") => Ok(Call::Translate(body)),
                Some(_) => Err(("ValidationException", "Formality".to_owned())),
            }
        }
        Some(operation) => terminologies(operation, &body, stored).map(Call::Other),
        None => Err(("UnknownOperationException", String::new())),
    }
}

/// What is done with custom terminologies.
fn terminologies(operation: &str, body: &Value, stored: &StoredGlossaries) -> Result<Value, (&'static str, String)> {
    let invalid = |message: &str| ("InvalidParameterValueException", message.to_owned());
    let name = body["Name"].as_str().unwrap_or_default();
    match operation {
        "ListTerminologies" => Ok(terminology_page(body, stored)),
        "ImportTerminology" if stored.refuses.load(Ordering::SeqCst) => {
            Err(("LimitExceededException", "100 terminologies".to_owned()))
        }
        "ImportTerminology" => {
            let is_named = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
            if name.is_empty() || name.len() > 256 || !name.chars().all(is_named) || name.contains("__") {
                return Err(("ValidationException", "Value at 'name' failed to satisfy constraint".to_owned()));
            }
            let data = &body["TerminologyData"];
            if body["MergeStrategy"] != "OVERWRITE" || data["Format"] != "CSV" || data["Directionality"] != "UNI" {
                return Err(invalid("the test wants CSV in one direction, and OVERWRITE"));
            }
            let format = || invalid("The provided terminology is not formatted correctly.");
            let file = STANDARD.decode(data["File"].as_str().unwrap_or_default()).map_err(|_| format())?;
            let file = String::from_utf8(file).map_err(|_| format())?;
            let (header, rows) = file.split_once('\n').ok_or_else(format)?;
            let target = header.strip_prefix("en,").filter(|code| CODES.contains(code)).ok_or_else(format)?;
            let entries = stored_glossaries::entries(rows, 200).map_err(|_| format())?;
            stored.remove(name);
            stored.put(|_| name.to_owned(), name, target, &entries);
            Ok(json!({ "TerminologyProperties": stored.find(name).map(|item| properties(&item)) }))
        }
        "DeleteTerminology" if stored.remove(name) => Ok(json!({})),
        "DeleteTerminology" => Err(("ResourceNotFoundException", name.to_owned())),
        _ => Err(("UnknownOperationException", String::new())),
    }
}

fn properties(item: &stored_glossaries::Item) -> Value {
    let created = item.created.as_duration().as_secs_f64();
    json!({ "Name": item.name, "CreatedAt": created, "LastUpdatedAt": created, "SourceLanguageCode": "en",
        "TargetLanguageCodes": [item.target], "TermCount": item.entries.len(), "Format": "CSV" })
}

/// The list in pages of two.
fn terminology_page(asked: &Value, stored: &StoredGlossaries) -> Value {
    let from: usize = asked["NextToken"].as_str().and_then(|token| token.parse().ok()).unwrap_or(0);
    let all = stored.listed();
    let items: Vec<Value> = all.iter().skip(from).take(2).map(properties).collect();
    let mut page = json!({ "TerminologyPropertiesList": items });
    if from + 2 < all.len() {
        page["NextToken"] = json!((from + 2).to_string());
    }
    page
}

const CODES: [&str; 13] = ["en", "es", "es-MX", "it", "pt", "pt-PT", "fr", "fr-CA", "zh", "zh-TW", "no", "vi", "fa-AF"];

/// The list in pages of five.
fn page(asked: &Value) -> Value {
    let from: usize =
        asked["NextToken"].as_str().and_then(|token| token.strip_prefix("from ")?.parse().ok()).unwrap_or(0);
    let languages: Vec<Value> =
        CODES.iter().skip(from).take(5).map(|code| json!({ "LanguageName": code, "LanguageCode": code })).collect();
    let mut page = json!({ "Languages": languages, "DisplayLanguageCode": "en" });
    if from + 5 < CODES.len() {
        page["NextToken"] = json!(format!("from {}", from + 5));
    }
    page
}

pub fn translation(body: &Value) -> Value {
    translation_with(body, &[])
}

fn translation_with(body: &Value, entries: &[(String, String)]) -> Value {
    json!({
        "TranslatedText": stored_glossaries::applied(body["Text"].as_str().expect("checked"), entries, translated),
        "SourceLanguageCode": body["SourceLanguageCode"],
        "TargetLanguageCode": body["TargetLanguageCode"],
        "AppliedSettings": body["Settings"],
    })
}

/// The signature, computed from what arrived: "Create a signed AWS API request", steps 1 to 4.
fn verify(request: &StubRequest) -> Result<(), (&'static str, String)> {
    let missing = || ("MissingAuthenticationTokenException", "Missing Authentication Token".to_owned());
    let incomplete = || ("IncompleteSignatureException", request.head.clone());
    let authorization = request.header("authorization").ok_or_else(missing)?;
    let fields = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or_else(incomplete)?;
    let field = |name: &str| {
        fields.split(", ").find_map(|field| field.strip_prefix(name)?.strip_prefix('=')).ok_or_else(incomplete)
    };
    let (credential, names, signature) = (field("Credential")?, field("SignedHeaders")?, field("Signature")?);
    let (id, scope) = credential.split_once('/').ok_or_else(incomplete)?;
    if id != KEY_ID {
        return Err(("UnrecognizedClientException", format!("The security token included in {id} is invalid.")));
    }
    let moment = request.header("x-amz-date").ok_or_else(incomplete)?;
    let day = moment.get(..8).ok_or_else(incomplete)?;
    if scope != format!("{day}/{REGION}/translate/aws4_request") {
        return Err(("InvalidSignatureException", format!("Credential should be scoped to a valid region: {scope}")));
    }
    let said = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", moment).map_err(|_| incomplete())?;
    let said: Timestamp = said.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| incomplete())?.timestamp();
    if said.duration_since(System.now()).abs() > jiff::SignedDuration::from_mins(5) {
        return Err(("InvalidSignatureException", format!("Signature expired: {moment}")));
    }
    let names: Vec<&str> = names.split(';').collect();
    // The host and everything of AWS's own must be signed.
    let own = request.head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_lowercase());
    for name in own.filter(|name| name == "host" || name == "content-type" || name.starts_with("x-amz-")) {
        if !names.contains(&name.as_str()) {
            return Err(("InvalidSignatureException", format!("'{name}' must be signed")));
        }
    }
    let canonical = canonical(request, &names).ok_or_else(incomplete)?;
    let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}", hex(&Sha256::digest(&canonical)));
    let first = format!("AWS4{SECRET}").into_bytes();
    let key = scope.split('/').fold(first, |key, part| authenticated(&key, part));
    if hex(&authenticated(&key, &to_sign)) != signature {
        let message = format!("The request signature we calculated does not match. Canonical: '{canonical}'");
        return Err(("InvalidSignatureException", message));
    }
    match request.header("x-amz-security-token") {
        Some(token) if token != TOKEN => Err(("ExpiredTokenException", format!("{token} is expired"))),
        _ => Ok(()),
    }
}

/// The request as it is signed, as far as its headers of these names.
fn canonical(request: &StubRequest, names: &[&str]) -> Option<String> {
    let mut canonical = "POST\n/\n\n".to_owned();
    for name in names {
        let value: Vec<&str> = request.header(name)?.split_whitespace().collect();
        writeln!(canonical, "{name}:{}", value.join(" ")).ok()?;
    }
    write!(canonical, "\n{}\n{}", names.join(";"), hex(&Sha256::digest(&request.body))).ok()?;
    Some(canonical)
}

fn authenticated(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
