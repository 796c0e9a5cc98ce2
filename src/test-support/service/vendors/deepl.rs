//! DeepL in small: `POST /v2/translate`, `GET /v3/languages` and `/v3/glossaries`, with the limits and the refusals of
//! its API reference.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::stored_glossaries::{self, StoredGlossaries};
use super::{Bill, Bills, is_well_formed, texts, translated};
use crate::stub::{self, StubRequest, answer, ok};
use crate::told::disguised;

pub const KEY: &str = "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx";

/// What was asked of it, and where it is.
pub struct DeepL {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Value>>>,
    pub stored: Arc<StoredGlossaries>,
}

impl Bills for DeepL {
    fn bill(&self) -> Bill {
        Bill::of(&self.asked.lock().expect("no panic"), |body| texts(body, "text"), billed)
    }
}

/// A service that translates.
pub async fn serve() -> DeepL {
    serve_with(|_| None).await
}

/// A service that answers calls for translation otherwise, where `otherwise` says so.
pub async fn serve_with(otherwise: impl Fn(&Value) -> Option<Vec<u8>> + Send + Sync + 'static) -> DeepL {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let stored = Arc::new(StoredGlossaries::default());
    let (seen, glossaries) = (Arc::clone(&asked), Arc::clone(&stored));
    let url = stub::serve(move |request| {
        Some(match converse(request, &glossaries) {
            Ok(Call::Languages) => ok(languages().to_string()),
            Ok(Call::Glossaries(answer)) => answer,
            Ok(Call::Translate(body)) => {
                seen.lock().expect("no panic").push(body.clone());
                let glossary = body["glossary_id"].as_str().and_then(|id| glossaries.find(id));
                let entries = glossary.map(|glossary| glossary.entries).unwrap_or_default();
                otherwise(&body).unwrap_or_else(|| ok(translations_with(&body, &entries).to_string()))
            }
            Err((status, message)) => refusal(status, message),
        })
    })
    .await;
    DeepL { url, asked, stored }
}

enum Call {
    Languages,
    Glossaries(Vec<u8>),
    Translate(Value),
}

pub fn refusal(status: &str, message: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\n", json!({ "message": message }).to_string())
}

const BAD: &str = "400 Bad Request";
const UNKNOWN: (&str, &str) = ("404 Not Found", "Glossary not found");

fn converse(request: &StubRequest, stored: &StoredGlossaries) -> Result<Call, (&'static str, &'static str)> {
    if request.header("authorization") != Some(&format!("DeepL-Auth-Key {KEY}")) {
        return Err(("403 Forbidden", "Authorization failed"));
    }
    if request.header("user-agent").is_none() {
        return Err((BAD, "a User-Agent is wanted"));
    }
    if request.head.starts_with("GET /v3/languages?resource=translate_text ") {
        return Ok(Call::Languages);
    }
    if request.path().starts_with("/v3/glossaries") {
        return glossaries(request, stored).map(Call::Glossaries);
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
    if let Some(id) = body["glossary_id"].as_str() {
        let glossary = stored.find(id).ok_or(UNKNOWN)?;
        let root = body["target_lang"].as_str().and_then(|code| code.split('-').next());
        if Some(glossary.target.as_str()) != root {
            return Err((BAD, "The glossary has no dictionary for this language pair"));
        }
    }
    Ok(Call::Translate(body))
}

/// `/v3/glossaries` and what is below it.
fn glossaries(request: &StubRequest, stored: &StoredGlossaries) -> Result<Vec<u8>, (&'static str, &'static str)> {
    let method = request.head.split(' ').next().unwrap_or_default();
    let shown = |item: &stored_glossaries::Item| {
        json!({"glossary_id": item.id, "name": item.name, "creation_time": item.created.to_string(), "dictionaries":
            [{"source_lang": "en", "target_lang": item.target, "entry_count": item.entries.len()}]})
    };
    match (method, request.path().strip_prefix("/v3/glossaries/")) {
        ("GET", None) => {
            let listed: Vec<Value> = stored.listed().iter().map(shown).collect();
            Ok(ok(json!({ "glossaries": listed }).to_string()))
        }
        ("POST", None) if stored.refuses.load(Ordering::SeqCst) => {
            Err(("456 Quota Exceeded", "Maximum number of glossaries reached"))
        }
        ("POST", None) => {
            let body: Value = serde_json::from_str(&request.body).map_err(|_| (BAD, "malformed JSON"))?;
            let name = body["name"].as_str().filter(|name| (1..=1024).contains(&name.len()));
            let name = name.ok_or((BAD, "Missing or invalid argument: name"))?;
            let dictionaries = body["dictionaries"].as_array().filter(|all| all.len() == 1);
            let dictionary = dictionaries.map(|all| &all[0]).ok_or((BAD, "Glossary dictionaries must be provided"))?;
            let target = dictionary["target_lang"].as_str().unwrap_or_default();
            if dictionary["source_lang"] != "en" || !["es", "it", "pt"].contains(&target) {
                return Err((BAD, "Unsupported glossary source and target language pair"));
            }
            if dictionary["entries_format"] != "csv" {
                return Err((BAD, "the test wants CSV"));
            }
            let entries = stored_glossaries::entries(dictionary["entries"].as_str().unwrap_or_default(), 1024)
                .map_err(|_| (BAD, "Invalid glossary entries provided"))?;
            stored.put(|number| format!("def3a26b-3e84-45b3-84ae-{number:012}"), name, target, &entries);
            let made = stored.items().last().map(shown).unwrap_or_default();
            Ok(answer("201 Created", "content-type: application/json\r\n", made.to_string()))
        }
        ("DELETE", Some(id)) if stored.remove(id) => Ok(answer("204 No Content", "", "")),
        ("DELETE", Some(_)) => Err(UNKNOWN),
        _ => Err(("404 Not Found", "no such resource")),
    }
}

fn languages() -> Value {
    let language = |code: &str, source: bool, features: Value| {
        json!({"lang": code, "name": code, "status": "stable", "usable_as_source": source, "usable_as_target": true,
            "features": features})
    };
    let stable = json!({"status": "stable"});
    let all = json!({"tag_handling": stable, "formality": stable, "glossary": stable});
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
fn billed(text: &str) -> u64 {
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

pub fn translations(body: &Value) -> Value {
    translations_with(body, &[])
}

fn translations_with(body: &Value, entries: &[(String, String)]) -> Value {
    let texts = body["text"].as_array().expect("checked");
    let rewrite = if body["tag_handling"].is_null() { disguised } else { translated };
    let answers = texts.iter().map(|text| {
        let translated = stored_glossaries::applied(text.as_str().expect("a text"), entries, rewrite);
        json!({"detected_source_language": "EN", "text": translated,
            "model_type_used": "quality_optimized", "billed_characters": billed(text.as_str().expect("a text"))})
    });
    json!({ "translations": answers.collect::<Vec<_>>() })
}
