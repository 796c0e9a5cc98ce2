//! Engines for tests: one that answers as it is told to and counts what it is sent, and the pseudo engine's text.

use std::sync::Arc;

use async_trait::async_trait;
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;
use polypost_engines::pseudo::Pseudo;
use polypost_engines::{Engine, EngineError, EngineRequest, EngineResponse};

use crate::program::locale;

/// An engine that answers as it is told to, and counts what it is sent.
pub struct Told<F> {
    pub name: &'static str,
    pub seen: std::sync::Mutex<Vec<String>>,
    pub answer: F,
}

impl<F> Told<F> {
    pub fn new(name: &'static str, answer: F) -> Arc<Self> {
        Arc::new(Self { name, seen: std::sync::Mutex::default(), answer })
    }

    /// The texts sent since the last call.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().expect("no test panics while holding it"))
    }
}

#[async_trait]
impl<F> Engine for Told<F>
where
    F: Fn(&[String]) -> Result<EngineResponse, EngineError> + Send + Sync,
{
    fn name(&self) -> &str {
        self.name
    }

    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed]
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        self.seen.lock().expect("no test panics while holding it").extend(request.texts.iter().cloned());
        (self.answer)(request.texts)
    }
}

/// What the pseudo engine makes of a text for Spanish.
pub fn disguised(text: &str) -> String {
    Pseudo::rewrite(text, &locale("en"), &locale("es"))
}
