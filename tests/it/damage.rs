//! An engine that damages every text on purpose, over the real corpus: nothing that it touched is ever published.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use polypost_core::check::Origin;
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;
use polypost_engines::{Engine, EngineError, EngineRequest, EngineResponse, TranslatedText};

use polypost_test_service::program::TestProgram;

/// What it does to an honest translation; `None` where there is nothing to do it to.
type Damage = fn(source: &str, honest: &str) -> Option<String>;

const DAMAGES: &[(&str, Damage)] = &[
    ("drops a placeholder", drop_placeholder),
    ("doubles a placeholder", double_placeholder),
    ("numbers placeholders anew", renumber),
    ("invents a placeholder", |_, honest| Some(format!("{honest} [PH97]"))),
    ("moves a placeholder to the other end", move_placeholder),
    ("adds digits", |_, honest| Some(format!("{honest} 24"))),
    ("writes placeholders out as numbers", write_out),
    ("drops the negation", drop_negation),
    ("adds a negation", add_negation),
    ("truncates", truncate),
    ("answers in English", answer_in_english),
    ("leaves half in English", leave_half),
    ("injects markup", |_, honest| Some(format!("<b>{honest}</b>"))),
    ("injects a script", |_, honest| Some(format!("{honest}<script>alert(document.cookie)</script>"))),
    ("injects a link", |_, honest| Some(format!("{honest} [aquí](https://evil.example/)"))),
    ("says what it does", |_, honest| Some(format!("Here is the translation: {honest}"))),
    ("repeats itself", repeat),
    ("adds a sentence with a time", |_, honest| Some(format!("{honest} Terminó a las dos p. m. UTC."))),
    ("answers with nothing", |_, _| Some(String::new())),
    ("answers with a page", |_, _| Some("<html><body><h1>502 Bad Gateway</h1></body></html>".to_owned())),
];

/// Where placeholders stand, in the bracketed spelling, which is the only one that this engine declares.
fn placeholders(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("[PH").map(|at| from + at) {
        let Some(end) = text[start..].find(']').map(|at| start + at + 1) else { break };
        ranges.push(start..end);
        from = end;
    }
    ranges
}

fn drop_placeholder(_: &str, honest: &str) -> Option<String> {
    let range = placeholders(honest).pop()?;
    Some(format!("{}{}", &honest[..range.start], &honest[range.end..]))
}

fn double_placeholder(_: &str, honest: &str) -> Option<String> {
    let range = placeholders(honest).into_iter().next()?;
    Some(format!("{} {}", honest, &honest[range]))
}

fn renumber(_: &str, honest: &str) -> Option<String> {
    let count = placeholders(honest).len();
    if count < 2 {
        return None;
    }
    let turned = honest.replace("[PH1]", "[PH\u{0}]").replace("[PH2]", "[PH1]").replace("[PH\u{0}]", "[PH2]");
    (turned != honest).then_some(turned)
}

fn move_placeholder(_: &str, honest: &str) -> Option<String> {
    let words = honest.split_whitespace().count();
    let range = placeholders(honest).into_iter().next().filter(|_| words >= 12)?;
    let placeholder = &honest[range.clone()];
    let rest = format!("{} {}", honest[..range.start].trim_end(), honest[range.end..].trim_start());
    let at_start = range.start * 2 < honest.len();
    Some(if at_start {
        format!("{} {placeholder}.", rest.trim_end_matches('.'))
    } else {
        format!("{placeholder} {rest}")
    })
}

fn write_out(_: &str, honest: &str) -> Option<String> {
    let mut out = String::from(honest);
    for range in placeholders(honest).into_iter().rev() {
        let number = honest[range.start + 3..range.end - 1].to_owned();
        out.replace_range(range, &number);
    }
    (out != honest).then_some(out)
}

/// The Spanish words that negate, as words of their own.
fn drop_negation(_: &str, honest: &str) -> Option<String> {
    let kept: Vec<&str> = honest
        .split(' ')
        .filter(|word| {
            !matches!(word.to_lowercase().trim_matches(','), "no" | "ni" | "ningún" | "ninguna" | "nunca" | "sin")
        })
        .collect();
    (kept.len() < honest.split(' ').count() && kept.len() >= 4).then(|| kept.join(" "))
}

fn add_negation(source: &str, honest: &str) -> Option<String> {
    // What is down or still there may be said with a denial; a glossary's term may have one in it.
    let negative = [
        "not", "no", "n't", "un", "in", "without", "never", "fail", "none", "only", "dis", "lack", "until", "down",
        "slow", "still",
    ];
    let lower = source.to_lowercase();
    if source.starts_with('[') || negative.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let verb = [" ha ", " está ", " es ", " son ", " han ", " están ", " fue ", " estaba "]
        .into_iter()
        .find(|verb| honest.contains(verb))?;
    Some(honest.replacen(verb, &format!(" no{verb}"), 1))
}

fn truncate(_: &str, honest: &str) -> Option<String> {
    let words: Vec<&str> = honest.split(' ').collect();
    (words.len() >= 10).then(|| words[..words.len() * 3 / 10].join(" "))
}

fn answer_in_english(source: &str, honest: &str) -> Option<String> {
    let mut words = source.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
    // Of capital words alone, nobody can tell a name from a heading.
    let is_told = words.clone().count() >= 3 && words.any(|word| word.starts_with(char::is_lowercase));
    (source != honest && is_told).then(|| source.to_owned())
}

fn leave_half(source: &str, honest: &str) -> Option<String> {
    let (english, spanish): (Vec<&str>, Vec<&str>) = (source.split(' ').collect(), honest.split(' ').collect());
    let wordy = english.iter().filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic)).count();
    if wordy < 14 || !placeholders(source).is_empty() {
        return None;
    }
    Some(format!("{} {}", spanish[..spanish.len() / 2].join(" "), english[english.len() / 2..].join(" ")))
}

fn repeat(_: &str, honest: &str) -> Option<String> {
    let text = honest.trim_end_matches('.');
    placeholders(honest).is_empty().then(|| format!("{text} {text} {text} {text} {text}."))
}

/// Takes an honest engine's answers and damages every one; a text that it cannot damage it declines.
struct Damaging {
    honest: Arc<Remembering>,
    damage: Damage,
}

#[async_trait]
impl Engine for Damaging {
    #[expect(clippy::unnecessary_literal_bound, reason = "the trait's signature")]
    fn name(&self) -> &str {
        "damaging"
    }

    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed]
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.honest.engine.prepare(source, target).await
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let honest = self.honest.translate(&request).await?;
        let candidates = request.texts.iter().zip(honest).map(|(source, honest)| {
            let damaged = honest.and_then(|honest| (self.damage)(source, &honest));
            damaged.map(TranslatedText::from).ok_or_else(|| "there is nothing to damage".to_owned())
        });
        Ok(EngineResponse { candidates: candidates.collect(), model: None })
    }
}

/// The honest engine; each text is asked for once, whatever is done to it afterwards.
struct Remembering {
    engine: Arc<dyn Engine>,
    known: Mutex<HashMap<String, Option<String>>>,
}

impl Remembering {
    async fn translate(&self, request: &EngineRequest<'_>) -> Result<Vec<Option<String>>, EngineError> {
        let known = |text: &String| self.known.lock().expect("no panic under the lock").get(text).cloned();
        let open: Vec<String> = request.texts.iter().filter(|text| known(text).is_none()).cloned().collect();
        if !open.is_empty() {
            let asked = EngineRequest::new(request.source, request.target, &open);
            let answer = self.engine.translate(asked).await?;
            let mut all = self.known.lock().expect("no panic under the lock");
            let texts = answer.candidates.into_iter().map(|candidate| candidate.ok().map(|honest| honest.text));
            all.extend(open.into_iter().zip(texts));
        }
        Ok(request.texts.iter().map(|text| known(text).flatten()).collect())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_damaged_is_ever_published() {
    let Some(files) = crate::corpus::corpus() else { return };
    let Some(engine) = polypost_test_service::apertium::engine() else { return };
    let honest = Arc::new(Remembering { engine, known: Mutex::default() });
    let mut published = Vec::new();
    for (name, damage) in DAMAGES {
        let engine = Damaging { honest: Arc::clone(&honest), damage: *damage };
        let program = TestProgram::new(vec![Arc::new(engine)], &["es"]).await;
        let mut ids = Vec::new();
        for (file, bytes) in &files {
            let report = TestProgram::report(file, bytes);
            ids.push(report.id.to_string());
            program.publish(report).await.unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        program.work().await;
        let (mut held, mut through) = (0, 0);
        for id in ids {
            // Where nothing at all was publishable, readers keep the English.
            let Some(version) = program.served(&id, "es").await else {
                held += 1;
                continue;
            };
            for record in &version.rendition.segments {
                match &record.origin {
                    Origin::Machine { .. } | Origin::Memory { .. } => {
                        through += 1;
                        published.push(format!("{name}: {id}\n  {}\n  {}", record.source, record.target));
                    }
                    Origin::Source => held += 1,
                    _ => {}
                }
            }
        }
        println!("{name}: {held} held back, {through} published");
        assert!(held > 0, "{name} found nothing to damage");
        assert!(through == 0, "{through} damaged segments were published:\n{}", published.join("\n"));
    }
}
