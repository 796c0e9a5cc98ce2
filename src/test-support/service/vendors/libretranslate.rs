//! A LibreTranslate server in small, after the source of 1.9.6: `POST /translate`, `GET /languages` and
//! `GET /frontend/settings`, with its limits, its refusals, and what it does to texts afterwards.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Bill, Bills, characters, texts};
use crate::stub::{self, StubRequest, answer, ok};
use crate::told::disguised;

pub const KEY: &str = "6f1d3c5e-0b7a-4a57-9f0e-c0ffee5e4f8a";

/// What was asked of it, and where it is.
pub struct LibreTranslate {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Value>>>,
}

/// How a server is run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// `LT_REQUIRE_API_KEY_ORIGIN`, told, or `LT_REQUIRE_API_KEY_SECRET`, which is not.
    pub wants_key: bool,
    pub tells_key: bool,
    /// `LT_CHAR_LIMIT` and `LT_BATCH_LIMIT`.
    pub characters: Option<usize>,
    pub texts: Option<usize>,
}

impl Bills for LibreTranslate {
    fn bill(&self) -> Bill {
        Bill::of(&self.asked.lock().expect("no panic"), |body| texts(body, "q"), characters)
    }
}

/// A server that translates, whoever asks.
pub async fn serve() -> LibreTranslate {
    serve_with(Options::default(), |_| None).await
}

/// A server that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(
    options: Options,
    otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> LibreTranslate {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        Some(match request.head.split(" HTTP").next() {
            Some("GET /languages") => ok(languages().to_string()),
            Some("GET /frontend/settings") => {
                let limit = options.characters.map_or(json!(-1), |limit| json!(limit));
                ok(json!({ "charLimit": limit, "frontendTimeout": 500, "apiKeys": options.wants_key,
                    "keyRequired": options.tells_key })
                .to_string())
            }
            Some("POST /translate") => match read(request, options) {
                Ok(body) => {
                    seen.lock().expect("no panic").push(body.clone());
                    otherwise(&body).unwrap_or_else(|| ok(translations(&body).to_string()))
                }
                Err((status, message)) => refusal(status, &message),
            },
            _ => answer("404 Not Found", "content-type: text/html\r\n", "<!doctype html><title>404</title>"),
        })
    })
    .await;
    LibreTranslate { url, asked }
}

pub fn refusal(status: &str, message: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\n", json!({ "error": message }).to_string())
}

fn read(request: &StubRequest, options: Options) -> Result<Value, (&'static str, String)> {
    const BAD: &str = "400 Bad Request";
    // Its words are in the language that is asked for; our own tell its refusals apart in English.
    if request.header("accept-language") != Some("en") {
        return Err((BAD, "Anfrage ungültig".to_owned()));
    }
    let body: Value = serde_json::from_str(&request.body).map_err(|_| (BAD, "Invalid JSON format".to_owned()))?;
    match body["api_key"].as_str() {
        Some(KEY) => {}
        Some(_) => return Err(("403 Forbidden", "Invalid API key".to_owned())),
        None if options.wants_key => {
            return Err((BAD, "Please contact the server operator to get an API key".to_owned()));
        }
        None => {}
    }
    let missing = |name: &str| (BAD, format!("Invalid request: missing {name} parameter"));
    let texts = body["q"].as_array().filter(|texts| !texts.is_empty()).ok_or_else(|| missing("q"))?;
    let exceeds =
        |size: usize, limit: usize| (BAD, format!("Invalid request: request ({size}) exceeds text limit ({limit})"));
    if let Some(limit) = options.texts.filter(|limit| *limit < texts.len()) {
        return Err(exceeds(texts.len(), limit));
    }
    let size = texts.iter().filter_map(Value::as_str).map(|text| text.chars().count()).sum::<usize>();
    if let Some(limit) = options.characters.filter(|limit| *limit < size) {
        return Err(exceeds(size, limit));
    }
    let all = languages();
    let language = |field: &str| {
        let code = body[field].as_str().ok_or_else(|| missing(field))?;
        let found = all.as_array().and_then(|all| all.iter().find(|one| one["code"] == code));
        found.ok_or_else(|| (BAD, format!("{code} is not supported")))
    };
    let (source, target) = (language("source")?, language("target")?);
    if !source["targets"].as_array().is_some_and(|targets| targets.contains(&target["code"])) {
        // As some versions have it.
        let message = format!("{} is not available as a target language from {}", target["name"], source["name"]);
        return Err(("500 Internal Server Error", format!("Cannot translate text: 400 Bad Request: {message}")));
    }
    // In its HTML mode escaped text comes back as tags.
    if body["format"] != "text" {
        return Err((BAD, "the test wants plain text".to_owned()));
    }
    Ok(body)
}

fn languages() -> Value {
    let targets = ["en", "es", "it", "pt-BR", "zh-Hans", "zh-Hant", "nb"];
    let language = |code: &str| json!({ "code": code, "name": code, "targets": targets });
    let mut all: Vec<Value> = targets.map(language).to_vec();
    // There from a language that nobody has.
    all.push(json!({ "code": "eo", "name": "Esperanto", "targets": ["en", "eu"] }));
    all.push(json!({ "code": "eu", "name": "Basque", "targets": ["en"] }));
    Value::Array(all)
}

pub fn translations(body: &Value) -> Value {
    let texts = body["q"].as_array().expect("checked").iter().map(|text| text.as_str().expect("a text"));
    json!({ "translatedText": texts.map(|text| improved(text, &disguised(text))).collect::<Vec<_>>() })
}

/// `improve_translation_formatting` and `html.unescape`: the source's last sign, its case, and no entities.
fn improved(source: &str, translation: &str) -> String {
    const SIGNS: [char; 5] = ['!', '?', '.', ',', ';'];
    let source = source.trim();
    let mut text = translation.trim_end_matches(SIGNS).to_owned();
    text.extend(source.chars().last().filter(|last| SIGNS.contains(last)));
    let has = |wanted: fn(char) -> bool| source.contains(wanted);
    if has(char::is_lowercase) && !has(char::is_uppercase) {
        text = text.to_lowercase();
    } else if has(char::is_uppercase) && !has(char::is_lowercase) {
        text = text.to_uppercase();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
