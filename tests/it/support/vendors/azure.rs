//! Azure AI Translator v3.0 in small: `POST /translate` and `GET /languages`, with the limits and the refusals of its
//! reference.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::translated;
use crate::support::stub::{self, Asked, answer, ok};

pub(crate) const KEY: &str = "c0ffee5e4f8a4bb2a1d2c0ffee5e4f8a";
pub(crate) const REGION: &str = "westeurope";

/// A call: its query and its texts.
pub(crate) struct Call {
    pub(crate) query: String,
    pub(crate) texts: Vec<String>,
}

/// What was asked of it, and where it is.
pub(crate) struct Azure {
    pub(crate) url: String,
    pub(crate) asked: Arc<Mutex<Vec<Call>>>,
}

/// A service that translates.
pub(crate) async fn serve() -> Azure {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub(crate) async fn serve_with(otherwise: impl Fn(&[String]) -> Option<Vec<u8>> + Send + Sync + 'static) -> Azure {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        if request.path() == "/languages?api-version=3.0&scope=translation" {
            return Some(ok(languages().to_string()));
        }
        Some(match read(request) {
            Ok(call) => {
                let answer = otherwise(&call.texts).unwrap_or_else(|| ok(translations(&call.texts).to_string()));
                seen.lock().expect("no panic").push(call);
                answer
            }
            Err((status, code, message)) => refusal(status, code, message),
        })
    })
    .await;
    Azure { url, asked }
}

pub(crate) fn refusal(status: &str, code: u64, message: &str) -> Vec<u8> {
    let body = json!({ "error": { "code": code, "message": message } });
    answer(status, "content-type: application/json\r\n", body.to_string())
}

fn read(request: &Asked) -> Result<Call, (&'static str, u64, &'static str)> {
    const BAD: &str = "400 Bad Request";
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
    if parameter("api-version") != Some("3.0") {
        return Err((BAD, 400_021, "The API version parameter is missing or invalid."));
    }
    let known = |code: Option<&str>| code.is_some_and(|code| !languages()["translation"][code].is_null());
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
    Ok(Call { query: query.to_owned(), texts })
}

fn languages() -> Value {
    let codes = ["en", "es", "it", "pt", "pt-pt", "fr", "fr-ca", "zh-Hans", "zh-Hant", "nb", "vi"];
    let listed = codes.map(|code| (code.to_owned(), json!({ "name": code, "nativeName": code, "dir": "ltr" })));
    json!({ "translation": serde_json::Map::from_iter(listed) })
}

pub(crate) fn translations(texts: &[String]) -> Value {
    texts.iter().map(|text| json!({ "translations": [{ "text": translated(text), "to": "es" }] })).collect()
}
