//! Reads a model's completion as texts, by their names. A completion of another shape than the one asked for is an
//! error.

use std::collections::HashMap;

use serde::Deserialize;

use crate::vendor::{BatchFailure, BatchResponse, Caller, Cause, Received};
use crate::{CallOutcome, EngineError, ErrorKind};

const REFUSED: &str = "the model would not translate this, by its own rules or its service's";

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    model: Option<String>,
    system_fingerprint: Option<String>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: Option<u64>,
}

/// The schema that the request names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompletionItems {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    text: String,
}

/// The texts for the names, or why there are none.
///
/// # Errors
/// `Transient` where it is no completion.
pub(super) fn read(caller: &Caller, received: &Received, ids: &[String]) -> Result<BatchResponse, EngineError> {
    let Completion { choices, model, system_fingerprint, usage } = caller.read(received)?;
    let Ok([choice]) = <[Choice; 1]>::try_from(choices) else {
        let error = caller.error(ErrorKind::Transient { after: None }, "did not answer with one choice");
        return Err(error.after(CallOutcome::Answered));
    };
    let reason = choice.finish_reason.unwrap_or_default();
    let is_refused = choice.message.refusal.is_some_and(|refusal| !refusal.is_empty());
    let outcome = match reason.as_str() {
        // One text may be what it refuses; the others need not suffer.
        "content_filter" => Err((Cause::Refusal, REFUSED.to_owned())),
        _ if is_refused => Err((Cause::Refusal, REFUSED.to_owned())),
        "stop" => texts(&choice.message.content.unwrap_or_default(), ids).map_err(|reason| (Cause::Unreadable, reason)),
        "length" => {
            let reason = "its answer was cut off, which engines.openai.thinking_tokens may help against";
            Err((Cause::Unreadable, reason.to_owned()))
        }
        _ => Err((Cause::Unreadable, "its answer did not end by itself".to_owned())),
    };
    let (texts, unread) = match outcome {
        Ok(texts) => (texts, None),
        Err((cause, reason)) => (Vec::new(), Some(BatchFailure { reason, cause })),
    };
    let names: Vec<String> =
        [model, system_fingerprint].into_iter().flatten().filter(|name| !name.is_empty()).collect();
    let model = Some(names.join(" ")).filter(|name| !name.is_empty());
    Ok(BatchResponse { texts, model, billed: usage.and_then(|usage| usage.total_tokens), unread })
}

/// The texts in the order of the names, whatever their order in the answer.
fn texts(content: &str, ids: &[String]) -> Result<Vec<String>, String> {
    let translated: CompletionItems = serde_json::from_str(content).map_err(|error| {
        // Where, not what: the answer may repeat anything.
        format!("its answer is not of the schema (line {}, column {})", error.line(), error.column())
    })?;
    if translated.items.len() != ids.len() {
        return Err(format!("its answer has {} texts for {}", translated.items.len(), ids.len()));
    }
    let mut texts: HashMap<String, String> = translated.items.into_iter().map(|item| (item.id, item.text)).collect();
    let found: Option<Vec<String>> = ids.iter().map(|id| texts.remove(id)).collect();
    found.ok_or_else(|| "its answer has not the texts that were asked for".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Result<Vec<String>, String> {
        texts(content, &["b2".to_owned(), "c3".to_owned()])
    }

    #[test]
    fn texts_come_in_the_order_of_their_names() {
        let content = " {\"items\": [{\"id\": \"c3\", \"text\": \"two\"}, {\"text\": \"one\", \"id\": \"b2\"}]}\n";
        assert_eq!(of(content), Ok(vec!["one".to_owned(), "two".to_owned()]));
    }

    #[test]
    fn what_is_not_exactly_of_the_schema_is_not_read() {
        let one = "{\"id\":\"b2\",\"text\":\"one\"}";
        let two = "{\"id\":\"c3\",\"text\":\"two\"}";
        for content in [
            String::new(),
            "null".to_owned(),
            format!("[{one},{two}]"),
            format!("{{\"items\":[{one}]}}"),
            format!("{{\"items\":[{one},{one}]}}"),
            format!("{{\"items\":[{one},{two},{two}]}}"),
            format!("{{\"items\":[{one},{{\"id\":\"d4\",\"text\":\"two\"}}]}}"),
            format!("{{\"items\":[{one},{two}],\"note\":\"\"}}"),
            format!("{{\"items\":[{one},{two}],\"items\":[{one},{two}]}}"),
            format!("{{\"items\":[{one},{{\"id\":\"c3\",\"text\":\"two\",\"note\":1}}]}}"),
            format!("{{\"items\":[{one},{{\"id\":\"c3\",\"text\":\"two\",\"text\":\"2\"}}]}}"),
            format!("{{\"items\":[{one},{{\"id\":\"c3\",\"text\":null}}]}}"),
            format!("{{\"items\":[{one},{{\"id\":\"c3\",\"text\":\"\\ud800\"}}]}}"),
            format!("```json\n{{\"items\":[{one},{two}]}}\n```"),
            format!("Here you are: {{\"items\":[{one},{two}]}}"),
            format!("{{\"items\":[{one},{two}]}} I hope this helps."),
        ] {
            assert!(of(&content).is_err(), "{content}");
        }
    }
}
