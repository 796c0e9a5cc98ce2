//! A vendor's way to the network: a request comes in, status, headers and a bounded body go out, or why there was no
//! answer. No key and no text is part of any message.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::translate::{EngineError, ErrorKind, http};

/// The largest answer that is read, in bytes: many times what any vendor takes at once.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;
/// Characters of a vendor's own words that are passed on.
const LONGEST_WORD: usize = 200;

/// One vendor's connections.
#[derive(Debug)]
pub(in crate::translate) struct Caller {
    engine: &'static str,
    base: String,
    pub(in crate::translate) client: Client,
}

/// What came back.
#[derive(Debug)]
pub(in crate::translate) struct Received {
    pub(in crate::translate) status: StatusCode,
    pub(in crate::translate) headers: HeaderMap,
    pub(in crate::translate) body: Vec<u8>,
}

impl Caller {
    /// # Errors
    /// `Broken` where `base` is no HTTP address.
    pub(in crate::translate) fn new(
        engine: &'static str,
        base: &str,
        connect: Duration,
        request: Duration,
    ) -> Result<Self, EngineError> {
        // An answer that leads elsewhere would take the key along (RFC 9110 section 15.4).
        let client = http::client(engine, base, connect, |builder| {
            builder.timeout(request).redirect(reqwest::redirect::Policy::none())
        })?;
        Ok(Self { engine, base: base.trim_end_matches('/').to_owned(), client })
    }

    /// The address of a path that begins with `/`.
    pub(in crate::translate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// # Errors
    /// `Transient` where nothing answers, in time or whole.
    pub(in crate::translate) async fn call(&self, request: RequestBuilder) -> Result<Received, EngineError> {
        let response = request.send().await.map_err(|error| self.unreachable(error.without_url()))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = http::body(response, ANSWER_LIMIT).await.map_err(|error| {
            self.error(ErrorKind::Transient { after: None }, format!("`{}`: {error}", self.base)).caused_by(error)
        })?;
        Ok(Received { status, headers, body })
    }

    fn unreachable(&self, error: reqwest::Error) -> EngineError {
        let base = &self.base;
        let message = if error.is_connect() {
            format!("nothing answers at `{base}`: {}", http::root(&error))
        } else if error.is_timeout() {
            format!("`{base}` did not answer in time")
        } else {
            format!("`{base}`: {}", http::root(&error))
        };
        self.error(ErrorKind::Transient { after: None }, message).caused_by(error)
    }

    /// What a good answer holds.
    ///
    /// # Errors
    /// `Transient` where it is not of that shape: cut, a page, another service.
    pub(in crate::translate) fn read<T: DeserializeOwned>(&self, received: &Received) -> Result<T, EngineError> {
        serde_json::from_slice(&received.body).map_err(|error| {
            let what = match received.body.trim_ascii_start().first() {
                None => "an empty answer".to_owned(),
                Some(b'<') => "a page, not JSON".to_owned(),
                // Where, not what: the text may be anybody's.
                Some(_) => format!("an answer of another shape (line {}, column {})", error.line(), error.column()),
            };
            self.error(ErrorKind::Transient { after: None }, format!("`{}` gave {what}", self.base))
        })
    }

    /// An error that tells the status and the vendor's own words, where it had any.
    pub(in crate::translate) fn refused(
        &self,
        kind: ErrorKind,
        received: &Received,
        said: Option<&str>,
    ) -> EngineError {
        let status = received.status.as_u16();
        let message = match said.map(shortened).filter(|said| !said.is_empty()) {
            Some(said) => format!("`{}` answered {status}: {said}", self.base),
            None => format!("`{}` answered {status}", self.base),
        };
        self.error(kind, message)
    }

    pub(in crate::translate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> EngineError {
        EngineError::new(self.engine, kind, message)
    }
}

impl Received {
    /// `Transient` with the wait that the vendor asks for.
    pub(in crate::translate) fn transient(&self) -> ErrorKind {
        ErrorKind::Transient { after: http::retry_after(&self.headers) }
    }
}

fn shortened(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST_WORD).collect()
}
