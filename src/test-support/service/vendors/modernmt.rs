//! ModernMT in small: `POST /translate` as the GET that it is, and `GET /translate/languages`, as its own clients speak
//! to it. Its refusals repeat what was sent.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Bill, Bills, characters, is_well_formed, texts, translated};
use crate::stub::{self, StubRequest, answer, ok};

pub const KEY: &str = "01234567-8901-2345-6789-c0ffee5e4f8a";

/// What was asked of it, and where it is.
pub struct ModernMt {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Value>>>,
}

impl Bills for ModernMt {
    fn bill(&self) -> Bill {
        Bill::of(&self.asked.lock().expect("no panic"), |body| texts(body, "q"), characters)
    }
}

/// A service that translates.
pub async fn serve() -> ModernMt {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static) -> ModernMt {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        Some(match converse(request) {
            Ok(Call::Languages) => ok(json!({ "status": 200, "data": CODES }).to_string()),
            Ok(Call::Translate(body)) => {
                seen.lock().expect("no panic").push(body.clone());
                otherwise(&body).unwrap_or_else(|| ok(translations(&body).to_string()))
            }
            Err((status, name)) => refusal(status, name, &request.body),
        })
    })
    .await;
    ModernMt { url, asked }
}

enum Call {
    Languages,
    Translate(Value),
}

/// An error; its body has the status once more.
pub fn refusal(status: &str, name: &str, message: &str) -> Vec<u8> {
    let number: u16 = status.split(' ').next().and_then(|number| number.parse().ok()).expect("a status");
    let body = json!({ "status": number, "error": { "type": name, "message": message } });
    answer(status, "content-type: application/json\r\n", body.to_string())
}

const CODES: [&str; 11] = ["en", "es", "es-419", "it", "pt-BR", "pt-PT", "fr", "zh-CN", "zh-TW", "sr-Cyrl", "nb"];

fn converse(request: &StubRequest) -> Result<Call, (&'static str, &'static str)> {
    const BAD: &str = "400 Bad Request";
    if request.header("mmt-apikey") != Some(KEY) {
        return Err(("401 Unauthorized", "AuthException"));
    }
    if request.head.starts_with("GET /translate/languages ") {
        return Ok(Call::Languages);
    }
    if !request.head.starts_with("POST /translate ") || request.header("x-http-method-override") != Some("GET") {
        return Err(("404 Not Found", "NotFoundException"));
    }
    let body: Value = serde_json::from_str(&request.body).map_err(|_| (BAD, "ParameterParsingException"))?;
    let texts = body["q"].as_array().filter(|texts| (1..=128).contains(&texts.len()));
    let texts = texts.ok_or((BAD, "ParameterParsingException"))?;
    let known = |field: &str| body[field].as_str().is_some_and(|code| CODES.contains(&code));
    if !known("source") || !known("target") {
        return Err((BAD, "UnsupportedLanguageException"));
    }
    if !matches!(body["priority"].as_str(), Some("normal" | "background")) {
        return Err((BAD, "ParameterParsingException"));
    }
    if !texts.iter().all(|text| text.as_str().is_some_and(is_well_formed)) {
        return Err((BAD, "ParameterParsingException"));
    }
    Ok(Call::Translate(body))
}

pub fn translations(body: &Value) -> Value {
    let texts = body["q"].as_array().expect("checked").iter().map(|text| text.as_str().expect("a text"));
    let one = |text: &str| {
        let characters = text.chars().count();
        json!({ "translation": translated(text), "characters": characters, "billedCharacters": characters })
    };
    json!({ "status": 200, "data": texts.map(one).collect::<Vec<_>>() })
}
