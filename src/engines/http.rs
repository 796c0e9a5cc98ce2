//! The only way of engines to the network: builds HTTP clients for a base address, and reads bodies up to a limit that
//! the caller sets. What is sent is not known here.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Proxy, RequestBuilder, Response, StatusCode, Url};

use super::destinations::{self, Destinations};
use super::{CallOutcome, EngineDependencies, EngineError, ErrorKind, foreign};
use crate::Contract;

/// The longest time that a server's `Retry-After` is believed.
pub(super) const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// A client for `base`: short to give up on connecting, by the proxy that is named (empty: the environment's), and
/// without any where the address is this machine's own.
///
/// # Errors
/// `Broken` where `base` is no HTTP address or the platform's certificates cannot be used.
pub(super) fn client(
    engine: &str,
    base: &str,
    connect: Duration,
    proxy: &str,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Client, EngineError> {
    let shown = presentable(base);
    let url = base.parse::<Url>().ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else {
        let message = format!("`{shown}` is not an address: `http://HOST:PORT` or `https://HOST` is wanted");
        return Err(EngineError::new(engine, ErrorKind::Broken, message));
    };
    if let Some(why) = destinations::literal(&url).and_then(destinations::refusal) {
        let message = format!("`{shown}` is {why}: no engine is there");
        return Err(EngineError::new(engine, ErrorKind::Broken, message));
    }
    // `rustls-no-provider` has a client panic where no provider is installed; a second call is refused, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("polypost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .redirect(destinations::redirections())
        .dns_resolver(Arc::new(Destinations::system()));
    let unusable = |error: reqwest::Error| {
        let message = format!("no HTTP client could be made: {}", root(&error));
        EngineError::new(engine, ErrorKind::Broken, message).caused_by(error)
    };
    if is_loopback(&url) {
        builder = builder.no_proxy();
    } else if !proxy.is_empty() {
        builder = builder.proxy(Proxy::all(proxy).map_err(unusable)?);
    }
    configure(builder).build().map_err(unusable)
}

fn is_loopback(url: &Url) -> bool {
    url.host_str() == Some("localhost") || destinations::literal(url).is_some_and(|address| address.is_loopback())
}

/// Why a body was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum BodyError {
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the answer broke off: {}", root(.0))]
    Cut(#[source] reqwest::Error),
}

/// The whole body, if it has at most `limit` bytes.
pub(super) async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(BodyError::TooLarge(limit));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| BodyError::Cut(error.without_url()))? {
        if bytes.len() + chunk.len() > limit {
            return Err(BodyError::TooLarge(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The innermost reason of an error, which is the one that says something (`Connection refused`). Part of it may be a
/// server's words.
pub(super) fn root(error: &(dyn Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    foreign::told(&innermost.to_string())
}

/// An engine's client by its contract. No redirects: an answer that leads elsewhere would take key and text along
/// (RFC 9110 section 15.4).
///
/// # Errors
/// As [`client`].
pub(super) fn contracted(
    engine: &str,
    base: &str,
    contract: &Contract,
    dependencies: &EngineDependencies,
) -> Result<Client, EngineError> {
    let connect = Duration::from_secs(contract.connect_timeout_seconds);
    let whole = Duration::from_secs(contract.request_timeout_seconds);
    client(engine, base, connect, &dependencies.proxy, |builder| builder.timeout(whole).redirect(Policy::none()))
}

/// Sends a request, and waits for its answer to begin. `base` is the address as messages show it.
///
/// # Errors
/// `Transient` where nothing answers, or not in time.
pub(super) async fn send(
    engine: &str,
    base: &str,
    request: RequestBuilder,
    first_byte: Duration,
) -> Result<Response, EngineError> {
    let sent = tokio::time::timeout(first_byte, request.send()).await;
    let Ok(sent) = sent else {
        let message = format!("`{base}` did not begin to answer within {} s", first_byte.as_secs());
        return Err(EngineError::new(engine, ErrorKind::Transient { after: None }, message).after(CallOutcome::Unknown));
    };
    sent.map_err(|error| unreachable(engine, base, error))
}

/// Nothing answered, or not in time. The address is the caller's `base`; of what was asked nothing is told.
fn unreachable(engine: &str, base: &str, error: reqwest::Error) -> EngineError {
    let error = error.without_url();
    let was_sent = !error.is_connect();
    let message = if error.is_connect() {
        format!("nothing answers at `{base}`: {}", root(&error))
    } else if error.is_timeout() {
        format!("`{base}` did not answer in time")
    } else {
        format!("`{base}`: {}", root(&error))
    };
    let failure = EngineError::new(engine, ErrorKind::Transient { after: None }, message).caused_by(error);
    if was_sent { failure.after(CallOutcome::Unknown) } else { failure }
}

/// An address as messages show it: without what may be a secret, which is the user, the password, and everything behind
/// the path. What is no address is not shown where it may hold any of these.
pub(super) fn presentable(address: &str) -> String {
    let may_be_secret = |text: &str| text.contains(['@', '?', '#']);
    if !may_be_secret(address) {
        return address.to_owned();
    }
    // What parsers take for the path may be the end of a password with a `/` in it.
    let is_clear = |url: &Url| url.has_host() && !url.path().contains('@');
    let Some(mut url) = address.parse::<Url>().ok().filter(is_clear) else { return "…".to_owned() };
    // Neither fails where there is a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// Whether the same request may succeed later: RFC 9110 section 15.6, RFC 6585 section 4.
pub(super) fn is_transient(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

/// The wait that the server asks for (RFC 9110 section 10.2.3), at most an hour. A date is held against the server's
/// own `Date`, so that no two clocks need to agree.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(LONGEST_WAIT));
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let wait = Duration::try_from(until.duration_since(date(headers)?)).unwrap_or(Duration::ZERO);
    Some(wait.min(LONGEST_WAIT))
}

/// When the answer was written, by the server's own clock (RFC 9110 section 6.6.1).
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    Some(jiff::fmt::rfc2822::parse(headers.get(DATE)?.to_str().ok()?).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        assert_eq!(retry_after(&headers(&[("retry-after", "7")])), Some(Duration::from_secs(7)));
        let dated =
            headers(&[("date", "Fri, 05 Jul 2024 13:52:00 GMT"), ("retry-after", "Fri, 05 Jul 2024 13:53:30 GMT")]);
        assert_eq!(retry_after(&dated), Some(Duration::from_secs(90)));
    }

    #[test]
    fn retry_after_is_bounded_and_nonsense_is_none() {
        assert_eq!(retry_after(&headers(&[("retry-after", "99999999")])), Some(LONGEST_WAIT));
        assert_eq!(retry_after(&headers(&[("retry-after", "soon")])), None);
        assert_eq!(retry_after(&headers(&[])), None);
        let past =
            headers(&[("date", "Fri, 05 Jul 2024 13:52:00 GMT"), ("retry-after", "Fri, 05 Jul 2024 13:50:00 GMT")]);
        assert_eq!(retry_after(&past), Some(Duration::ZERO));
    }

    #[test]
    fn what_may_be_a_secret_is_not_shown_of_an_address() {
        for (address, shown) in [
            ("http://127.0.0.1:2737", "http://127.0.0.1:2737"),
            ("http://0xA9FEA9FE/", "http://0xA9FEA9FE/"),
            ("https://user:hunter2@mt.example:8443/v1", "https://mt.example:8443/v1"),
            ("https://hunter2@mt.example/", "https://mt.example"),
            ("https://mt.example/list?token=hunter2#hunter2", "https://mt.example/list"),
            ("https://mt.example/list?token=hunt@er2", "https://mt.example/list"),
            ("http:/\t/user:hunter2@mt.example", "http://mt.example"),
            ("http://user:hunt/er2@mt.example", "…"),
            ("http://user:hunt?er2@mt.example", "…"),
            ("http://user:80/hunter2@mt.example", "…"),
            ("http://user:hunter2@a host", "…"),
            ("user:hunter2@mt.example", "…"),
            ("localhost:2737", "localhost:2737"),
        ] {
            assert_eq!(presentable(address), shown, "{address}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused_by_name() {
        let error = client("apertium", "localhost:2737", Duration::from_secs(1), "", |builder| builder).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Broken);
        assert!(error.to_string().contains("`localhost:2737`"), "{error}");
    }

    #[test]
    fn an_address_where_no_engine_is_is_refused_in_every_spelling() {
        // The URL standard reads all of these as 169.254.169.254.
        for base in [
            "http://169.254.169.254/latest",
            "http://2852039166",
            "http://0xA9FEA9FE",
            "http://0251.0376.0251.0376",
            "http://[::ffff:169.254.169.254]:80",
            "http://0.0.0.0:2737",
        ] {
            let error = client("libretranslate", base, Duration::from_secs(1), "", |builder| builder).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Broken);
            assert!(error.to_string().contains("no engine is there"), "{error}");
        }
    }

    #[test]
    fn this_machine_is_known_in_all_its_spellings() {
        for (url, expected) in [
            ("http://127.0.0.1:2737", true),
            ("http://[::1]:2737", true),
            ("http://localhost", true),
            ("http://10.0.0.1", false),
            ("https://mirror.example.com", false),
        ] {
            assert_eq!(is_loopback(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
