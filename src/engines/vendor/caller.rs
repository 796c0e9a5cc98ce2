//! Sends a vendor's requests, and returns status, headers and a bounded body, or why there was no answer. No key and no
//! text is part of any message.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::Contract;
use crate::{CallOutcome, EngineDependencies, EngineError, ErrorKind, Redactor, foreign, http};
use polypost_settings::Secret;

/// The largest answer that is read, in bytes: many times what any vendor takes at once.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// One vendor's connections.
pub(crate) struct Caller {
    engine: &'static str,
    base: String,
    /// The same as messages show it.
    shown: String,
    first_byte: Duration,
    pub(crate) client: Client,
    pub(crate) redactor: Arc<Redactor>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Caller {
    /// # Errors
    /// `Broken` where `base` is no HTTP address.
    pub(crate) fn new(
        engine: &'static str,
        base: &str,
        contract: &Contract,
        dependencies: &EngineDependencies,
    ) -> Result<Self, EngineError> {
        let client = http::contracted(engine, base, contract, dependencies)?;
        let first_byte = Duration::from_secs(contract.first_byte_timeout_seconds);
        let base = base.trim_end_matches('/').to_owned();
        let redactor = Arc::clone(&dependencies.redactor);
        Ok(Self { engine, shown: http::presentable(&base), base, first_byte, client, redactor })
    }

    /// The address of a path that begins with `/`.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The contract's key as a header's value that is never shown, behind what the vendor wants in front of it.
    ///
    /// # Errors
    /// `Broken` where there is no key, or none that a header takes.
    pub(crate) fn authorisation(&self, scheme: &str, key: &Secret) -> Result<HeaderValue, EngineError> {
        let engine = self.engine;
        if key.expose().is_empty() {
            let variable = engine.to_uppercase();
            let hint = format!("set POLYPOST_ENGINES__{variable}__KEY, or engines.{engine}.key");
            return Err(self.error(ErrorKind::Broken, "there is no key").hint(hint));
        }
        let mut value = HeaderValue::from_str(&format!("{scheme}{}", key.expose()))
            .map_err(|_| self.error(ErrorKind::Broken, "the key has characters that no header takes"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// A good answer, or what `refused` makes of another.
    ///
    /// # Errors
    /// `Transient` where nothing answers, in time or whole; else as `refused` says.
    pub(crate) async fn ask(
        &self,
        request: RequestBuilder,
        refused: impl FnOnce(&Received) -> EngineError,
    ) -> Result<Received, EngineError> {
        let received = self.call(request).await?;
        if received.status.is_success() { Ok(received) } else { Err(refused(&received)) }
    }

    async fn call(&self, request: RequestBuilder) -> Result<Received, EngineError> {
        let response = http::send(self.engine, &self.shown, request, self.first_byte).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = http::body(response, ANSWER_LIMIT).await.map_err(|error| {
            self.error(ErrorKind::Transient { after: None }, format!("`{}`: {error}", self.shown))
                .caused_by(error)
                .after(CallOutcome::Unknown)
        })?;
        Ok(Received { status, headers, body })
    }

    /// What a good answer holds.
    ///
    /// # Errors
    /// `Transient` where it is not of that shape: cut, a page, another service.
    pub(crate) fn read<T: DeserializeOwned>(&self, received: &Received) -> Result<T, EngineError> {
        serde_json::from_slice(&received.body).map_err(|error| {
            let what = match received.body.trim_ascii_start().first() {
                None => "an empty answer".to_owned(),
                Some(b'<') => "a page, not JSON".to_owned(),
                // Where, not what: the text may be anybody's.
                Some(_) => format!("an answer of another shape (line {}, column {})", error.line(), error.column()),
            };
            let unread = self.error(ErrorKind::Transient { after: None }, format!("`{}` gave {what}", self.shown));
            // What is cut off or a page is the line's or a proxy's doing; JSON that is whole is the service's own.
            unread.after(if error.is_data() { CallOutcome::Answered } else { CallOutcome::Unknown })
        })
    }

    /// An error that tells the status and quotes the vendor's own words, where it had any.
    pub(crate) fn vendor_error(&self, kind: ErrorKind, received: &Received, said: Option<&str>) -> EngineError {
        let status = received.status.as_u16();
        let message = match said.and_then(|said| foreign::quoted(said, &self.redactor)) {
            Some(said) => format!("`{}` answered {status}: {said}", self.shown),
            None => format!("`{}` answered {status}", self.shown),
        };
        EngineError { status: Some(status), ..self.error(kind, message) }
    }

    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> EngineError {
        EngineError::new(self.engine, kind, message)
    }
}

impl Received {
    /// `Transient` with the wait that the vendor asks for.
    pub(crate) fn transient(&self) -> ErrorKind {
        ErrorKind::Transient { after: http::retry_after(&self.headers) }
    }
}
