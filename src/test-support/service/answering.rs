//! Two test engines that answer well. The pseudo engine puts a label in front and changes every letter, which hides
//! faults that depend on capitals, on the beginning of a line, and on what stands beside a placeholder.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;
use polypost_engines::{Engine, EngineError, EngineRequest, EngineResponse};

/// Answers the text as it came, placeholders and all. Published into a locale of the source's own language (`en-GB`),
/// since an echo in another language is refused.
#[derive(Debug)]
pub struct Mirror;

#[async_trait]
impl Engine for Mirror {
    fn name(&self) -> &'static str {
        "mirror"
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let candidates = request.texts.iter().map(|text| Ok(text.clone().into())).collect();
        Ok(EngineResponse { candidates, model: None })
    }
}

/// Answers from a table of protected texts and their perfect translations, in which placeholders have moved and lost
/// their neighbours as good translators move them.
#[derive(Debug)]
pub struct Fluent {
    answers: HashMap<String, String>,
    unknown: Mutex<Vec<String>>,
}

impl Fluent {
    pub fn new(answers: HashMap<String, String>) -> Arc<Self> {
        Arc::new(Self { answers, unknown: Mutex::default() })
    }

    /// The texts it was asked for and has no answer to, as they were sent.
    pub fn unknown(&self) -> Vec<String> {
        self.unknown.lock().expect("no test panics while holding it").clone()
    }
}

#[async_trait]
impl Engine for Fluent {
    fn name(&self) -> &'static str {
        "fluent"
    }

    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed]
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let answer = |text: &String| {
            let known = self.answers.get(text.trim()).map(|known| Ok(known.clone().into()));
            known.unwrap_or_else(|| {
                self.unknown.lock().expect("no test panics while holding it").push(text.clone());
                Err("the table has no answer to this text".to_owned())
            })
        };
        Ok(EngineResponse { candidates: request.texts.iter().map(answer).collect(), model: None })
    }
}
