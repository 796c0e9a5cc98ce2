//! Google Cloud Translation in small, Basic (v2) and Advanced (v3), with the limits, the refusals and the habits of its
//! reference: answers are HTML, entities and all. The tokens for Advanced are given out by [`accounts`].

pub mod accounts;
pub mod glossaries;

use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use self::accounts::Accounts;
use self::glossaries::Depot;
use super::stored_glossaries;
use super::{Bill, Bills, characters, translated};
use crate::stub::{self, StubRequest, answer, ok};

pub const KEY: &str = "AIzaSyC0ffee-4bb2a1d2c0ffee5e4f8a4bb2a1";
pub const PROJECT: &str = "status-pages-4711";
/// Where Advanced's locations are.
const LOCATIONS: &str = "projects/status-pages-4711/locations/";
const BAD: &str = "400 Bad Request";

/// What was asked of it, and where it is.
pub struct Google {
    pub url: String,
    /// The bodies of calls for a translation.
    pub asked: Arc<Mutex<Vec<Value>>>,
    /// The heads of all calls.
    pub heads: Arc<Mutex<Vec<String>>>,
    pub accounts: Arc<Accounts>,
    pub depot: Arc<Depot>,
}

/// Why a call is refused: the status line, the name of the code, the message, and what else the error has.
pub struct VendorError(pub(crate) &'static str, pub(crate) &'static str, pub(crate) String, pub(crate) Value);

impl Bills for Google {
    fn bill(&self) -> Bill {
        let asked = self.asked.lock().expect("no panic");
        Bill::of(&asked, |body| [super::texts(body, "q"), super::texts(body, "contents")].concat(), characters)
    }
}

/// A service that translates.
pub async fn serve() -> Google {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static) -> Google {
    let (asked, heads) = <(Arc<Mutex<Vec<Value>>>, Arc<Mutex<Vec<String>>>)>::default();
    let accounts = Arc::new(Accounts::default());
    let depot = Arc::new(Depot::default());
    let (seen, all, known) = (Arc::clone(&asked), Arc::clone(&heads), Arc::clone(&accounts));
    let stored = Arc::clone(&depot);
    let url = stub::serve(move |request| {
        all.lock().expect("no panic").push(request.head.clone());
        if request.head.starts_with(&format!("POST {} ", accounts::PATH)) {
            return Some(known.grant(request));
        }
        Some(match converse(request, &known, &stored) {
            Ok(Call::Languages(listed)) => ok(listed.to_string()),
            Ok(Call::Answered(answer)) => answer,
            Ok(Call::Translate(body)) => {
                seen.lock().expect("no panic").push(body.clone());
                otherwise(&body).unwrap_or_else(|| ok(translations_with(&body, &stored.entries(&body)).to_string()))
            }
            Err(VendorError(status, name, message, more)) => refusal(status, name, &message, &more),
        })
    })
    .await;
    Google { url, asked, heads, accounts, depot }
}

/// An error as Google writes it; `more` is put beside the message.
pub fn refusal(status: &str, name: &str, message: &str, more: &Value) -> Vec<u8> {
    let code: u16 = status[..3].parse().expect("a status");
    let mut error = json!({ "code": code, "message": message, "status": name });
    error.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    answer(status, "content-type: application/json; charset=UTF-8\r\n", json!({ "error": error }).to_string())
}

enum Call {
    Languages(Value),
    Translate(Value),
    /// By the depot.
    Answered(Vec<u8>),
}

fn refused<T>(status: &'static str, name: &'static str, message: impl Into<String>) -> Result<T, VendorError> {
    Err(VendorError(status, name, message.into(), Value::Null))
}

fn converse(request: &StubRequest, accounts: &Accounts, depot: &Depot) -> Result<Call, VendorError> {
    let (path, query) = request.path().split_once('?').unwrap_or((request.path(), ""));
    if query.contains("key=") {
        return refused(BAD, "INVALID_ARGUMENT", "the test wants no key in the query");
    }
    let method = request.head.split(' ').next().unwrap_or_default();
    match (method, path) {
        ("GET" | "POST", path) if path.starts_with("/language/translate/v2") => {
            allows_key(request)?;
            match (method, path) {
                ("GET", "/language/translate/v2/languages") => Ok(Call::Languages(languages_of_basic())),
                ("POST", "/language/translate/v2") => basic(request).map(Call::Translate),
                _ => refused("404 Not Found", "NOT_FOUND", "Not Found"),
            }
        }
        (_, path) if path.starts_with("/v3/projects/") => {
            accounts.allows(request)?;
            let rest = path.strip_prefix(&format!("/v3/{LOCATIONS}"));
            let rest = rest.and_then(|rest| Some(rest.split_at(rest.find([':', '/'])?)));
            let Some((location, rest)) =
                rest.filter(|(location, _)| ["global", glossaries::LOCATION].contains(location))
            else {
                return refused("403 Forbidden", "PERMISSION_DENIED", "Cloud IAM permission 'cloudtranslate' denied.");
            };
            match (method, rest) {
                ("GET", "/supportedLanguages") => Ok(Call::Languages(languages_of_advanced())),
                ("POST", ":translateText") => {
                    let body = advanced(request, location)?;
                    depot.allows(&body, location)?;
                    Ok(Call::Translate(body))
                }
                _ => {
                    let answer = depot.converse(method, location, &format!("{rest}?{query}"), request)?;
                    Ok(Call::Answered(ok(answer.to_string())))
                }
            }
        }
        (_, path) if path.starts_with("/storage/") || path.starts_with("/upload/storage/") => {
            depot.storage(request, accounts).map(Call::Answered)
        }
        _ => Err(VendorError("404 Not Found", "NOT_FOUND", "Not Found".to_owned(), Value::Null)),
    }
}

fn allows_key(request: &StubRequest) -> Result<(), VendorError> {
    match request.header("x-goog-api-key") {
        Some(KEY) => Ok(()),
        None => refused("403 Forbidden", "PERMISSION_DENIED", "Method doesn't allow unregistered callers."),
        Some(_) => Err(VendorError(
            BAD,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.".to_owned(),
            json!({"details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                "domain": "googleapis.com"}]}),
        )),
    }
}

fn fields(request: &StubRequest, known: &[&str]) -> Result<Value, VendorError> {
    let Ok(body @ Value::Object(_)) = serde_json::from_str::<Value>(&request.body) else {
        return refused(BAD, "INVALID_ARGUMENT", "Invalid JSON payload received.");
    };
    let unknown = body.as_object().and_then(|body| body.keys().find(|name| !known.contains(&name.as_str())));
    match unknown {
        Some(name) => {
            refused(BAD, "INVALID_ARGUMENT", format!("Invalid JSON payload received. Unknown name \"{name}\""))
        }
        None => Ok(body),
    }
}

fn texts<'body>(body: &'body Value, field: &str, most: usize) -> Result<Vec<&'body str>, VendorError> {
    let texts: Option<Vec<&str>> = body[field].as_array().and_then(|all| all.iter().map(Value::as_str).collect());
    match texts {
        Some(texts) if (1..=most).contains(&texts.len()) => Ok(texts),
        Some(texts) if !texts.is_empty() => refused(BAD, "INVALID_ARGUMENT", "Too many text segments"),
        _ => refused(BAD, "INVALID_ARGUMENT", "Required Text"),
    }
}

fn basic(request: &StubRequest) -> Result<Value, VendorError> {
    let body = fields(request, &["q", "source", "target", "format", "model"])?;
    texts(&body, "q", 128)?;
    if request.body.len() > 100_000 {
        return refused(BAD, "INVALID_ARGUMENT", "Request payload size exceeds the limit");
    }
    if body["source"] != "en" || !CODES.iter().any(|code| body["target"] == *code) {
        return refused(BAD, "INVALID_ARGUMENT", "Invalid Value");
    }
    if !matches!(body["model"].as_str(), None | Some("nmt" | "base")) {
        return refused(BAD, "INVALID_ARGUMENT", "Invalid Value");
    }
    // Left out it is HTML as well, today.
    if body["format"] != "html" {
        return refused(BAD, "INVALID_ARGUMENT", "the test wants HTML to be called HTML");
    }
    Ok(body)
}

fn advanced(request: &StubRequest, location: &str) -> Result<Value, VendorError> {
    let known = ["contents", "mimeType", "sourceLanguageCode", "targetLanguageCode", "model", "glossaryConfig"];
    let body = fields(request, &known)?;
    let contents = texts(&body, "contents", 1024)?;
    if contents.iter().map(|text| text.chars().count()).sum::<usize>() > 30_000 {
        return refused(BAD, "INVALID_ARGUMENT", "Text is too long.");
    }
    if body["sourceLanguageCode"] != "en" {
        return refused(BAD, "INVALID_ARGUMENT", "Source language is invalid.");
    }
    if !CODES.iter().any(|code| body["targetLanguageCode"] == *code) {
        return refused(BAD, "INVALID_ARGUMENT", "Target language is invalid.");
    }
    let model = body["model"].as_str();
    if model.is_some_and(|model| !model.starts_with(&format!("{LOCATIONS}{location}/models/"))) {
        return refused(BAD, "INVALID_ARGUMENT", "Invalid resource name.");
    }
    if body["mimeType"] != "text/html" {
        return refused(BAD, "INVALID_ARGUMENT", "the test wants HTML to be called HTML");
    }
    Ok(body)
}

/// Both lists have these; `auto` is not among them.
const CODES: [&str; 11] = ["en", "es", "it", "pt", "pt-PT", "fr", "zh-CN", "zh-TW", "no", "iw", "vi"];

fn languages_of_basic() -> Value {
    json!({ "data": { "languages": CODES.map(|code| json!({ "language": code })) } })
}

fn languages_of_advanced() -> Value {
    let listed = CODES.map(|code| json!({ "languageCode": code, "supportSource": true, "supportTarget": true }));
    // One that is a source alone: false is left out.
    let mut listed = listed.to_vec();
    listed.push(json!({ "languageCode": "tlh", "supportSource": true }));
    json!({ "languages": listed })
}

/// The answer to a body of either edition.
pub fn translations(body: &Value) -> Value {
    let mut plain = body.clone();
    plain["glossaryConfig"] = Value::Null;
    translations_with(&plain, &[])
}

/// With a glossary, its translations stand beside those without.
fn translations_with(body: &Value, entries: &[(String, String)]) -> Value {
    let mut all = answers(body, &[]);
    if !body["glossaryConfig"].is_null() {
        all["glossaryTranslations"] = answers(body, entries)["translations"].take();
    }
    all
}

fn answers(body: &Value, entries: &[(String, String)]) -> Value {
    let is_basic = body["contents"].is_null();
    let texts = if is_basic { &body["q"] } else { &body["contents"] };
    let answers = texts.as_array().expect("checked").iter().map(|text| {
        let mut answer = Map::new();
        let text = stored_glossaries::applied(text.as_str().expect("a text"), entries, translated);
        answer.insert("translatedText".to_owned(), json!(with_entities(&text)));
        if let Some(model) = body["model"].as_str() {
            // Advanced names the project by its number.
            answer.insert("model".to_owned(), json!(model.replace(PROJECT, "471147114711")));
        }
        Value::Object(answer)
    });
    let answers = json!({ "translations": answers.collect::<Vec<_>>() });
    if is_basic { json!({ "data": answers }) } else { answers }
}

/// Markup as Google writes it: quotes in its texts are entities.
fn with_entities(markup: &str) -> String {
    let mut is_text = true;
    let mut written = String::new();
    for letter in markup.chars() {
        match letter {
            '\'' if is_text => written.push_str("&#39;"),
            '"' if is_text => written.push_str("&quot;"),
            letter => {
                is_text = letter == '>' || (is_text && letter != '<');
                written.push(letter);
            }
        }
    }
    written
}
