//! DeepL in small: `POST /v2/translate` and `GET /v3/languages`, with the limits and the refusals of its API reference.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Bill, Bills, is_well_formed, texts, translated};
use crate::support::stub::{self, Asked, answer, ok};
use crate::support::told::disguised;

pub(crate) const KEY: &str = "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx";

/// What was asked of it, and where it is.
pub(crate) struct DeepL {
    pub(crate) url: String,
    pub(crate) asked: Arc<Mutex<Vec<Value>>>,
}

impl Bills for DeepL {
    fn bill(&self) -> Bill {
        Bill::of(&self.asked.lock().expect("no panic"), |body| texts(body, "text"), billed)
    }
}

/// A service that translates.
pub(crate) async fn serve() -> DeepL {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub(crate) async fn serve_with(otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static) -> DeepL {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        Some(match converse(request) {
            Ok(Call::Languages) => ok(languages().to_string()),
            Ok(Call::Translate(body)) => {
                seen.lock().expect("no panic").push(body.clone());
                otherwise(&body).unwrap_or_else(|| ok(translations(&body).to_string()))
            }
            Err((status, message)) => refusal(status, message),
        })
    })
    .await;
    DeepL { url, asked }
}

enum Call {
    Languages,
    Translate(Value),
}

pub(crate) fn refusal(status: &str, message: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\n", json!({ "message": message }).to_string())
}

fn converse(request: &Asked) -> Result<Call, (&'static str, &'static str)> {
    const BAD: &str = "400 Bad Request";
    if request.header("authorization") != Some(&format!("DeepL-Auth-Key {KEY}")) {
        return Err(("403 Forbidden", "Authorization failed"));
    }
    if request.header("user-agent").is_none() {
        return Err((BAD, "a User-Agent is wanted"));
    }
    if request.head.starts_with("GET /v3/languages?resource=translate_text ") {
        return Ok(Call::Languages);
    }
    if !request.head.starts_with("POST /v2/translate ") {
        return Err(("404 Not Found", "no such resource"));
    }
    if request.body.len() > 128 * 1024 {
        return Err(("413 Payload Too Large", "Request Entity Too Large"));
    }
    let body: Value = serde_json::from_str(&request.body).map_err(|_| (BAD, "Invalid request: malformed JSON"))?;
    let texts = body["text"].as_array().filter(|texts| (1..=50).contains(&texts.len()));
    let Some(texts) = texts else { return Err((BAD, "Value for 'text' not supported.")) };
    if body["source_lang"] != "en" {
        return Err((BAD, "Value for 'source_lang' not supported."));
    }
    let target =
        languages().as_array().and_then(|all| all.iter().find(|one| one["lang"] == body["target_lang"]).cloned());
    let Some(target) = target else { return Err((BAD, "Value for 'target_lang' not supported.")) };
    if !body["formality"].is_null() && target["features"]["formality"].is_null() {
        return Err((BAD, "'formality' is not supported for given 'target_lang'."));
    }
    match (&body["tag_handling"], &body["tag_handling_version"]) {
        (Value::Null, Value::Null) => {}
        (Value::String(way), Value::String(version)) if way == "xml" && version == "v2" => {
            if target["features"]["tag_handling"].is_null() {
                return Err((BAD, "Value for 'tag_handling' not supported."));
            }
            if !texts.iter().all(|text| text.as_str().is_some_and(is_well_formed)) {
                return Err((BAD, "Tag handling parsing failed"));
            }
        }
        _ => return Err((BAD, "Value for 'tag_handling_version' not supported.")),
    }
    Ok(Call::Translate(body))
}

fn languages() -> Value {
    let language = |code: &str, source: bool, features: Value| {
        json!({"lang": code, "name": code, "status": "stable", "usable_as_source": source, "usable_as_target": true,
            "features": features})
    };
    let all = json!({"tag_handling": {"status": "stable"}, "formality": {"status": "stable"}});
    json!([
        {"lang": "en", "name": "English", "usable_as_source": true, "usable_as_target": false, "features": {}},
        language("es", true, all.clone()),
        language("es-419", false, all.clone()),
        language("it", true, all.clone()),
        language("pt-BR", false, all),
        language("nb", true, json!({"tag_handling": {"status": "stable"}})),
        language("vi", true, json!({})),
    ])
}

/// Code points that are not markup, as it bills them.
pub(crate) fn billed(text: &str) -> u64 {
    let mut billed = 0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' => rest.find(';').map_or(rest.len(), |end| end + 1),
            letter => letter.len_utf8(),
        };
        billed += u64::from(first != '<');
        rest = &rest[end..];
    }
    billed
}

pub(crate) fn translations(body: &Value) -> Value {
    let texts = body["text"].as_array().expect("checked");
    let rewrite = if body["tag_handling"].is_null() { disguised } else { translated };
    let answers = texts.iter().map(|text| {
        json!({"detected_source_language": "EN", "text": rewrite(text.as_str().expect("a text")),
            "model_type_used": "quality_optimized", "billed_characters": billed(text.as_str().expect("a text"))})
    });
    json!({ "translations": answers.collect::<Vec<_>>() })
}
