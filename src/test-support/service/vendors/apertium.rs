//! Apertium APy in small, after 0.11.7: `POST /translate` of a form and `GET /listPairs`. It takes one text a call,
//! marks the words that it does not know, and drops the end of a text that is too long without saying so.

use std::sync::{Arc, Mutex};

use polypost_engines::pseudo::Pseudo;
use serde_json::json;

use super::{Bill, Bills, characters};
use crate::house::locale;
use crate::stub::{self, Asked, answer, ok};

/// APy's own names and ours.
const LANGUAGES: [(&str, &str); 5] = [("eng", "en"), ("spa", "es"), ("ita", "it"), ("por", "pt"), ("cat", "ca")];

/// A busy server cuts texts into chunks of so many characters, and takes so many of them.
const CHUNK: usize = 1000;
const MOST_CHUNKS: usize = 10;

/// Letters of the longest word that it knows.
const LONGEST_KNOWN: usize = 10;

/// What was asked of it, and where it is.
pub struct Apy {
    pub url: String,
    /// The texts of calls for a translation.
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Bills for Apy {
    fn bill(&self) -> Bill {
        // Nobody pays for it.
        Bill::of(&self.asked.lock().expect("no panic"), |_| Vec::new(), characters)
    }
}

/// A server that translates from English into all others, and on from Spanish into Italian.
pub async fn serve() -> Apy {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = stub::serve(move |request| {
        Some(match request.head.split(" HTTP").next() {
            Some("GET /listPairs") => ok(pairs().to_string()),
            Some("POST /translate") => match read(request) {
                Ok(call) => {
                    seen.lock().expect("no panic").push(call.text.clone());
                    ok(translation(&call).to_string())
                }
                Err(explanation) => refusal(explanation),
            },
            _ => answer("404 Not Found", "content-type: text/html\r\n", "<html><title>404: Not Found</title></html>"),
        })
    })
    .await;
    Apy { url, asked }
}

struct Call {
    source: &'static str,
    target: &'static str,
    text: String,
}

/// An error as APy writes it.
pub fn refusal(explanation: &str) -> Vec<u8> {
    let body = json!({"status": "error", "code": 400, "message": "Bad Request", "explanation": explanation});
    answer("400 Bad Request", "content-type: application/json; charset=UTF-8\r\n", body.to_string())
}

fn pairs() -> serde_json::Value {
    let from_english = LANGUAGES[1..].iter().map(|(code, _)| ("eng", *code));
    let pairs = from_english.chain([("spa", "ita")]);
    let pairs: Vec<_> = pairs.map(|(from, to)| json!({"sourceLanguage": from, "targetLanguage": to})).collect();
    json!({"responseData": pairs, "responseDetails": null, "responseStatus": 200})
}

fn read(request: &Asked) -> Result<Call, &'static str> {
    // JSON is not read: to APy it is a form without fields.
    let form: Vec<(String, String)> = reqwest::Url::parse(&format!("http://form/?{}", request.body))
        .map_err(|_| "Missing argument langpair")?
        .query_pairs()
        .into_owned()
        .collect();
    // Of fields that are there twice the last one counts.
    let field = |name: &str| form.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let pair = field("langpair").ok_or("Missing argument langpair")?;
    let text = field("q").ok_or("Missing argument q")?;
    let (source, target) = pair.split_once('|').ok_or("That pair is invalid, use e.g. eng|spa")?;
    let tag = |code: &str| LANGUAGES.into_iter().find_map(|(own, tag)| [own, tag].contains(&code).then_some(tag));
    let is_pair = |source: &str, target: &str| source == "en" && target != "en" || (source, target) == ("es", "it");
    let (source, target) = tag(source).zip(tag(target)).ok_or("That pair is not installed")?;
    if !is_pair(source, target) {
        return Err("That pair is not installed");
    }
    // Left out it is HTML, which takes `<` for a tag.
    if field("format") != Some("txt") || field("markUnknown") != Some("yes") {
        return Err("the test wants plain text, and marks");
    }
    Ok(Call { source, target, text: text.to_owned() })
}

fn translation(call: &Call) -> serde_json::Value {
    let (source, target) = (locale(call.source), locale(call.target));
    let kept = call.text.chars().filter(|letter| !letter.is_control() || *letter == '\n').take(CHUNK * MOST_CHUNKS);
    let kept: String = kept.collect();
    let paragraphs = kept.trim().split("\n\n").filter(|text| !text.is_empty());
    let translated: Vec<String> = paragraphs.map(|text| marked(&Pseudo::rewrite(text, &source, &target))).collect();
    let data = json!({ "translatedText": translated.join("\n\n") });
    json!({"responseData": data, "responseDetails": null, "responseStatus": 200})
}

/// With a star before what it does not know: placeholders and long words.
fn marked(text: &str) -> String {
    let mark = |word: &str| {
        let is_known = word.chars().filter(|letter| letter.is_alphabetic()).count() <= LONGEST_KNOWN;
        if is_known || !word.starts_with(char::is_alphabetic) { word.to_owned() } else { format!("*{word}") }
    };
    text.split_inclusive(' ').map(mark).collect::<String>().replace("[PH", "[*PH")
}
