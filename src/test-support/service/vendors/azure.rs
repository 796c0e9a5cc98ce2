//! Azure AI Translator in small, v3.0 and 2026-06-06: `POST /translate` and `GET /languages`, with the limits and the
//! refusals of their references.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Bill, Bills, translated};
use crate::stub::{self, StubRequest, answer, ok};

pub const KEY: &str = "c0ffee5e4f8a4bb2a1d2c0ffee5e4f8a";
pub const REGION: &str = "westeurope";

/// A deployment of a language model.
pub const DEPLOYMENT: &str = "contoso-gpt-5.1";
const LATER: &str = "2026-06-06";
const BAD: &str = "400 Bad Request";

/// A call: its query, its texts, and its body.
pub struct Call {
    pub query: String,
    pub texts: Vec<String>,
    pub body: Value,
}

impl Call {
    fn is_later(&self) -> bool {
        self.body.is_object()
    }
}

/// What was asked of it, and where it is.
pub struct Azure {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Call>>>,
}

impl Bills for Azure {
    fn bill(&self) -> Bill {
        let asked = self.asked.lock().expect("no panic");
        Bill::of(
            &asked,
            |call| call.texts.iter().map(String::as_str).collect(),
            |text| text.encode_utf16().count() as u64,
        )
    }
}

/// A service that translates.
pub async fn serve() -> Azure {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(otherwise: impl Fn(&[String]) -> Option<Vec<u8>> + Send + Sync + 'static) -> Azure {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        let (path, query) = request.path().split_once('?').unwrap_or_default();
        if path == "/languages"
            && ["3.0", LATER].iter().any(|one| query == format!("api-version={one}&scope=translation"))
        {
            return Some(ok(languages().to_string()));
        }
        Some(match read(request) {
            Ok(call) => {
                let answer = otherwise(&call.texts).unwrap_or_else(|| {
                    let answer = if call.is_later() { values(&call.body) } else { translations(&call.texts) };
                    ok(answer.to_string())
                });
                seen.lock().expect("no panic").push(call);
                answer
            }
            Err((status, code, message)) if query.contains(LATER) => later_refusal(status, &code.to_string(), message),
            Err((status, code, message)) => refusal(status, code, message),
        })
    })
    .await;
    Azure { url, asked }
}

pub fn refusal(status: &str, code: u64, message: &str) -> Vec<u8> {
    let body = json!({ "error": { "code": code, "message": message } });
    answer(status, "content-type: application/json\r\n", body.to_string())
}

/// As 2026-06-06 writes it: its document has the code as a text.
pub fn later_refusal(status: &str, code: &str, message: &str) -> Vec<u8> {
    let body = json!({ "error": { "code": code, "message": message } });
    answer(status, "content-type: application/json\r\n", body.to_string())
}

type Refused = (&'static str, u64, &'static str);

fn read(request: &StubRequest) -> Result<Call, Refused> {
    if request.header("ocp-apim-subscription-key") != Some(KEY)
        || request.header("ocp-apim-subscription-region") != Some(REGION)
    {
        return Err((
            "401 Unauthorized",
            401_000,
            "The request is not authorized because credentials are missing or invalid.",
        ));
    }
    let (path, query) = request.path().split_once('?').unwrap_or_default();
    if path != "/translate" || !request.head.starts_with("POST ") {
        return Err(("404 Not Found", 404_000, "The requested resource is not found."));
    }
    let parameter = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    match parameter("api-version") {
        Some("3.0") => read_first(request, query, &parameter),
        Some(LATER) => read_later(request, query),
        _ => Err((BAD, 400_021, "The API version parameter is missing or invalid.")),
    }
}

fn known(code: Option<&str>) -> bool {
    code.is_some_and(|code| !languages()["translation"][code].is_null())
}

fn read_first<'query>(
    request: &StubRequest,
    query: &str,
    parameter: &dyn Fn(&str) -> Option<&'query str>,
) -> Result<Call, Refused> {
    if !known(parameter("from")) {
        return Err((BAD, 400_035, "The source language is not valid."));
    }
    if !known(parameter("to")) {
        return Err((BAD, 400_036, "The target language is not valid."));
    }
    let body: Vec<Value> = serde_json::from_str(&request.body)
        .map_err(|_| (BAD, 400_074, "The body of the request is not valid JSON."))?;
    if body.len() > 1000 {
        return Err((BAD, 400_072, "The array has too many elements."));
    }
    let texts: Vec<String> = body.iter().filter_map(|one| Some(one["Text"].as_str()?.to_owned())).collect();
    if texts.len() != body.len() {
        return Err((BAD, 400_074, "Each element wants a Text."));
    }
    if texts.iter().map(|text| text.encode_utf16().count()).sum::<usize>() > 50_000 {
        return Err((BAD, 400_077, "The maximum request size has been exceeded."));
    }
    // In plain mode it would translate the elements' names.
    if parameter("textType") != Some("html") && texts.iter().any(|text| text.contains('<')) {
        return Err((BAD, 400_000, "the test wants HTML to be called HTML"));
    }
    Ok(Call { query: query.to_owned(), texts, body: Value::Array(body) })
}

fn read_later(request: &StubRequest, query: &str) -> Result<Call, Refused> {
    if query != format!("api-version={LATER}") {
        return Err((BAD, 400_000, "the test wants nothing of v3.0 in the query"));
    }
    let body: Value = serde_json::from_str(&request.body)
        .map_err(|_| (BAD, 400_074, "The body of the request is not valid JSON."))?;
    let inputs = body["inputs"].as_array().ok_or((BAD, 400_074, "The inputs are missing."))?;
    if !has_only(&body, &["inputs"]) || inputs.is_empty() {
        return Err((BAD, 400_074, "The body of the request is not valid."));
    }
    let mut texts = Vec::new();
    let mut is_language_model = false;
    for input in inputs {
        let text = input["text"].as_str().ok_or((BAD, 400_074, "Each input wants a text."))?;
        let targets = input["targets"].as_array().ok_or((BAD, 400_074, "Each input wants targets."))?;
        if !has_only(input, &["text", "language", "textType", "targets"]) || targets.len() != 1 {
            return Err((BAD, 400_074, "The test wants the fields it knows, and one target."));
        }
        if !known(input["language"].as_str()) {
            return Err((BAD, 400_035, "The source language is not valid."));
        }
        if input["textType"] != "Html" && text.contains('<') {
            return Err((BAD, 400_000, "the test wants HTML to be called HTML"));
        }
        is_language_model |= read_target(&targets[0])?;
        texts.push(text.to_owned());
    }
    let sizes: Vec<usize> = texts.iter().map(|text| text.encode_utf16().count()).collect();
    let (most, each, all) = if is_language_model { (50, 5_000, 250_000) } else { (1000, 50_000, 50_000) };
    if texts.len() > most {
        return Err((BAD, 400_072, "The array has too many elements."));
    }
    if sizes.iter().any(|size| *size > each) || sizes.iter().sum::<usize>() > all {
        return Err((BAD, 400_077, "The maximum request size has been exceeded."));
    }
    Ok(Call { query: query.to_owned(), texts, body })
}

/// Whether it names a language model.
fn read_target(target: &Value) -> Result<bool, Refused> {
    if !has_only(target, &["language", "deploymentName", "allowFallback", "tone"]) {
        return Err((BAD, 400_074, "A target has a field that is not known."));
    }
    if !known(target["language"].as_str()) {
        return Err((BAD, 400_036, "The target language is not valid."));
    }
    let is_language_model = match target["deploymentName"].as_str() {
        None | Some("general") => false,
        Some(DEPLOYMENT) => true,
        Some(_) => return Err((BAD, 400_000, "The deployment is not there.")),
    };
    match target["tone"].as_str() {
        None => Ok(is_language_model),
        Some("formal" | "informal" | "neutral") if is_language_model => Ok(true),
        Some(_) => Err((BAD, 400_000, "The tone is not valid.")),
    }
}

fn has_only(value: &Value, known: &[&str]) -> bool {
    value.as_object().is_some_and(|fields| fields.keys().all(|name| known.contains(&name.as_str())))
}

fn languages() -> Value {
    let codes = ["en", "es", "it", "pt", "pt-pt", "fr", "fr-ca", "zh-Hans", "zh-Hant", "nb", "vi"];
    let listed = codes.map(|code| (code.to_owned(), json!({ "name": code, "nativeName": code, "dir": "ltr" })));
    json!({ "translation": serde_json::Map::from_iter(listed) })
}

pub fn translations(texts: &[String]) -> Value {
    texts.iter().map(|text| json!({ "translations": [{ "text": translated(text), "to": "es" }] })).collect()
}

/// The answer to a body of 2026-06-06.
pub fn values(body: &Value) -> Value {
    let value = body["inputs"].as_array().expect("checked").iter().map(|input| {
        let (text, target) = (input["text"].as_str().expect("a text"), &input["targets"][0]);
        let mut translation = json!({ "language": target["language"], "text": translated(text) });
        if target["deploymentName"].is_null() {
            translation["sourceCharacters"] = json!(text.encode_utf16().count());
        } else {
            translation["instructionTokens"] = json!(12);
            translation["sourceTokens"] = json!(14);
            translation["targetTokens"] = json!(16);
        }
        json!({ "translations": [translation] })
    });
    json!({ "value": value.collect::<Vec<_>>() })
}
