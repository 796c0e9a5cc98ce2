//! A service with OpenAI's interface in small: `POST /v1/chat/completions` and `GET /v1/models`, with the refusals of
//! OpenAI's reference. Its model keeps to the schema and translates what is in the user's message.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Bill, Bills, is_well_formed, translated_into};
use crate::stub::{self, StubRequest, answer, ok};

pub const KEY: &str = "sk-proj-c0ffee5e4f8a4bb2a1d2c0ffee5e4f8a";
pub const MODEL: &str = "parrot-4";
const BAD: &str = "400 Bad Request";

/// A call that is in order.
#[derive(Clone, Debug)]
pub struct Call {
    /// All of it.
    pub body: Value,
    /// The language that is asked for.
    pub target: String,
    /// Names and texts.
    pub items: Vec<(String, String)>,
}

impl Call {
    pub fn mentions(&self, words: &str) -> bool {
        self.items.iter().any(|(_, text)| text.contains(words))
    }

    /// Each item's name and what the rule makes of its text.
    pub fn translated(&self) -> Vec<(String, String)> {
        self.items.iter().map(|(id, text)| (id.clone(), translated_into(&self.target, text))).collect()
    }

    /// What the texts are said to be about.
    pub fn title(&self) -> String {
        let data = self.body["messages"][1]["content"].as_str().expect("a text");
        let data: Value = serde_json::from_str(data).expect("checked");
        data["title"].as_str().unwrap_or_default().to_owned()
    }

    /// An answer with these items.
    pub fn answer(&self, items: &[(String, String)]) -> Vec<u8> {
        self.completion(&content(items), "stop")
    }

    /// An answer that is nothing but this.
    pub fn completion(&self, content: &str, finish_reason: &str) -> Vec<u8> {
        let message = json!({ "role": "assistant", "content": content, "refusal": null, "annotations": [] });
        ok(self.completed(&message, finish_reason).to_string())
    }

    /// The model's own refusal.
    pub fn refusal(&self) -> Vec<u8> {
        let words = "I'm sorry, I cannot assist with that request.";
        ok(self.completed(&json!({ "role": "assistant", "content": null, "refusal": words }), "stop").to_string())
    }

    fn completed(&self, message: &Value, finish_reason: &str) -> Value {
        let total = self.usage(message);
        json!({
            "id": "chatcmpl-B9", "object": "chat.completion", "created": 1_741_569_952, "model": "parrot-4-2026-01-31",
            "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": finish_reason }],
            "usage": { "prompt_tokens": total - 1, "completion_tokens": 1, "total_tokens": total },
            "service_tier": "default", "system_fingerprint": "fp_c0ffee5e4f",
        })
    }

    /// A token for each four bytes of the messages and of the schema.
    fn usage(&self, message: &Value) -> usize {
        let sent = [&self.body["messages"], &self.body["response_format"], &message["content"]];
        sent.map(|part| part.to_string().len() / 4).iter().sum()
    }
}

/// The JSON that the schema wants.
pub fn content(items: &[(String, String)]) -> String {
    let items: Vec<Value> = items.iter().map(|(id, text)| json!({ "id": id, "text": text })).collect();
    json!({ "items": items }).to_string()
}

/// What was asked of it, and where it is.
pub struct OpenAi {
    /// With the version.
    pub url: String,
    pub asked: Arc<Mutex<Vec<Call>>>,
}

impl OpenAi {
    pub fn calls(&self) -> Vec<Call> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// How a service is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// A header and what it holds.
    pub key: Option<(&'static str, &'static str)>,
    /// Fields that the model does not take.
    pub refused: &'static [&'static str],
    /// `max_completion_tokens` or `max_tokens`.
    pub limit_field: &'static str,
    /// Texts that fit into the model's context.
    pub fits: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            key: Some(("authorization", "Bearer sk-proj-c0ffee5e4f8a4bb2a1d2c0ffee5e4f8a")),
            refused: &[],
            limit_field: "max_completion_tokens",
            fits: usize::MAX,
        }
    }
}

impl Bills for OpenAi {
    fn bill(&self) -> Bill {
        let calls = self.calls();
        let answered = |call: &Call| json!({ "content": content(&call.translated()) });
        Bill { calls: calls.len() as u64, units: calls.iter().map(|call| call.usage(&answered(call)) as u64).sum() }
    }
}

/// A service that translates.
pub async fn serve() -> OpenAi {
    serve_with(Options::default(), |_| None).await
}

/// A service that answers calls otherwise, where `otherwise` says so.
pub async fn serve_with(
    options: Options,
    otherwise: impl Fn(&Call) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> OpenAi {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        if options.key.is_some_and(|(header, value)| request.header(header) != Some(value)) {
            let message = format!("Incorrect API key provided: {}.", request.head);
            return Some(refusal("401 Unauthorized", &json!({ "message": message, "code": "invalid_api_key" })));
        }
        Some(match request.head.split(" HTTP").next() {
            Some("GET /v1/models") => ok(json!({ "object": "list", "data": [{ "id": MODEL }] }).to_string()),
            Some("POST /v1/chat/completions") => match read(request, options) {
                Ok(call) => {
                    seen.lock().expect("no panic").push(call.clone());
                    otherwise(&call).unwrap_or_else(|| call.answer(&call.translated()))
                }
                Err((status, error)) => refusal(status, &error),
            },
            _ => answer("404 Not Found", "content-type: text/plain\r\n", "404 page not found"),
        })
    })
    .await;
    OpenAi { url: format!("{url}/v1"), asked }
}

pub fn refusal(status: &str, error: &Value) -> Vec<u8> {
    answer(status, "content-type: application/json\r\n", json!({ "error": error }).to_string())
}

type Refused = (&'static str, Value);

/// `invalid_request_error`, which repeats what was sent.
fn invalid(field: &str, code: &str, message: &str) -> Refused {
    (BAD, json!({ "message": message, "type": "invalid_request_error", "param": field, "code": code }))
}

fn read(request: &StubRequest, options: Options) -> Result<Call, Refused> {
    let body: Value =
        serde_json::from_str(&request.body).map_err(|_| invalid("", "invalid_json", "We could not parse the JSON."))?;
    let fields = body.as_object().ok_or_else(|| invalid("", "invalid_type", "An object is wanted."))?;
    if body["model"] != MODEL {
        let message = format!("The model `{}` does not exist or you do not have access to it.", body["model"]);
        return Err(("404 Not Found", json!({ "message": message, "code": "model_not_found" })));
    }
    for (field, value) in fields {
        let field = field.as_str();
        let is_known = field == options.limit_field
            || matches!(field, "model" | "messages" | "temperature" | "seed" | "response_format");
        if options.refused.contains(&field) || !is_known {
            let message = format!("Unsupported value: '{field}' does not support {value} with this model.");
            return Err(invalid(field, "unsupported_value", &message));
        }
    }
    let is_wanted = |field: &str, is_right: bool| is_right || options.refused.contains(&field);
    let limit = body[options.limit_field].as_u64();
    if !is_wanted("response_format", body["response_format"] == schema()) {
        return Err(invalid("messages", "test", "the test wants the answer's schema"));
    }
    if !is_wanted(options.limit_field, limit.is_some_and(|limit| limit > 0)) {
        return Err(invalid("messages", "test", "the test wants a bound"));
    }
    let messages: Vec<(&str, &str)> = body["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["role"].as_str().unwrap_or_default(), one["content"].as_str().unwrap_or_default()))
        .collect();
    let [("system", system), ("user", user)] = messages[..] else {
        return Err(invalid("messages", "test", "the test wants instructions and one message"));
    };
    let call = data(&body, system, user).ok_or_else(|| invalid("messages", "test", "the test wants data"))?;
    if call.items.len() > options.fits {
        let message = format!("This model's maximum context length is 4096 tokens: {user}");
        return Err(invalid("messages", "context_length_exceeded", &message));
    }
    Ok(call)
}

/// The schema of an answer, by OpenAI's rules for strict ones.
fn schema() -> Value {
    let item = json!({
        "type": "object", "properties": { "id": { "type": "string" }, "text": { "type": "string" } },
        "required": ["id", "text"], "additionalProperties": false,
    });
    let items = json!({ "type": "array", "items": item });
    let schema = json!({
        "type": "object", "properties": { "items": items }, "required": ["items"], "additionalProperties": false,
    });
    json!({ "type": "json_schema", "json_schema": { "name": "translation", "strict": true, "schema": schema } })
}

/// The user's message as data: names and texts, each name once, and nothing of it among the instructions.
fn data(body: &Value, system: &str, user: &str) -> Option<Call> {
    let target = system.split("into the language `").nth(1)?.split('`').next()?.to_owned();
    let data: Value = serde_json::from_str(user).ok()?;
    let mut items: Vec<(String, String)> = Vec::new();
    for item in data["items"].as_array()? {
        let (id, text) = (item["id"].as_str()?, item["text"].as_str()?);
        let is_new = items.iter().all(|(known, _)| known != id);
        if !is_new || !is_well_formed(text) || (text.len() > 10 && system.contains(text)) {
            return None;
        }
        items.push((id.to_owned(), text.to_owned()));
    }
    (!items.is_empty()).then_some(Call { body: body.clone(), target, items })
}
