//! Fetches access tokens for a service account by its key file; each is used until shortly before it expires. Written
//! after Google's "Using OAuth 2.0 for Server to Server Applications", which is RFC 7523.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rustls::SignatureScheme;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::GoogleSettings;
use super::NAME;
use super::credential_file::read;
use crate::contract::Contract;
use crate::vendor::{Caller, Received};
use crate::{EngineDependencies, EngineError, ErrorKind};
use polypost_core::clock::{Clock, System};
use polypost_settings::Secret;

const SETTING: &str = "engines.google.credentials_file";
/// For translation alone; and for the files of glossaries, too.
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-translation";
const SCOPES: &str = "https://www.googleapis.com/auth/cloud-translation \
                      https://www.googleapis.com/auth/devstorage.read_write";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// The longest that an assertion may be good for, and what a clock may be ahead, in seconds.
const LIFE: i64 = 3600;
const LEEWAY: i64 = 10;
/// A token that ends sooner is fetched anew: no call takes as long.
const MARGIN: Duration = Duration::from_mins(4);

/// One account.
pub(super) struct ServiceAccount {
    path: String,
    contract: Contract,
    dependencies: EngineDependencies,
    scope: &'static str,
    token: Mutex<Option<Token>>,
}

struct Token {
    secret: Secret,
    until: Instant,
}

/// What the key file holds, as far as it is used.
#[derive(Deserialize)]
struct KeyFile {
    #[serde(rename = "type")]
    kind: String,
    client_email: String,
    private_key_id: String,
    private_key: String,
    token_uri: String,
}

#[derive(Serialize)]
struct Header<'key> {
    alg: &'static str,
    typ: &'static str,
    kid: &'key str,
}

#[derive(Serialize)]
struct Claims<'key> {
    iss: &'key str,
    scope: &'key str,
    aud: &'key str,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    /// In seconds; without it the token is used once.
    #[serde(default)]
    expires_in: u64,
}

/// RFC 6749 section 5.2.
#[derive(Deserialize)]
struct TokenErrorResponse {
    error: String,
    error_description: Option<String>,
}

impl ServiceAccount {
    pub(super) fn new(path: &str, settings: &GoogleSettings, dependencies: &EngineDependencies) -> Self {
        let scope = if settings.glossary.is_empty() { SCOPE } else { SCOPES };
        let contract = settings.contract.clone();
        Self { path: path.to_owned(), contract, dependencies: dependencies.clone(), scope, token: Mutex::default() }
    }

    /// A token that is good for a while; simultaneous askers share one.
    ///
    /// # Errors
    /// `Broken` where the key file is no good or the account is not known any more; else as the token's server says.
    pub(super) async fn token(&self) -> Result<Secret, EngineError> {
        let mut known = self.token.lock().await;
        if let Some(token) = known.as_ref().filter(|token| Instant::now() < token.until) {
            return Ok(token.secret.clone());
        }
        *known = None;
        let granted = self.exchange().await?;
        let life = Duration::from_secs(granted.expires_in).saturating_sub(MARGIN);
        let secret = Secret::from(granted.access_token);
        // What lives for longer than time is counted is fetched anew as well.
        *known = Instant::now().checked_add(life).map(|until| Token { secret: secret.clone(), until });
        Ok(secret)
    }

    /// Lets go of the token, unless there is another already.
    pub(super) async fn forget(&self, secret: &Secret) {
        let mut known = self.token.lock().await;
        known.take_if(|token| token.secret.expose() == secret.expose());
    }

    async fn exchange(&self) -> Result<TokenResponse, EngineError> {
        let file = parsed(&read(SETTING, &self.path).await?)?;
        let assertion = assertion(&file, self.scope, System.now())?;
        let caller = Caller::new(NAME, &file.token_uri, &self.contract, &self.dependencies)?;
        let form = [("grant_type", GRANT), ("assertion", assertion.as_str())];
        let request = caller.client.post(caller.address("")).form(&form);
        caller.redactor.add_granted(&assertion);
        let received = caller.ask(request, |received| vendor_error(&caller, received)).await?;
        caller.read(&received)
    }
}

/// # Errors
/// `Broken` where this is not the key of a service account.
fn parsed(text: &str) -> Result<KeyFile, EngineError> {
    let file: KeyFile = serde_json::from_str(text).map_err(|error| {
        // Where, not what: it may be the key.
        unusable(&format!("is not a service account's key (line {}, column {})", error.line(), error.column()))
    })?;
    if file.kind == "service_account" { Ok(file) } else { Err(unusable("is not the key of a service account")) }
}

/// The account's word, signed, that it wants a token (RFC 7515, RS256).
///
/// # Errors
/// `Broken` where the file's private key is none.
fn assertion(file: &KeyFile, scope: &str, now: Timestamp) -> Result<String, EngineError> {
    let issued = now.as_second() - LEEWAY;
    let header = Header { alg: "RS256", typ: "JWT", kid: &file.private_key_id };
    let claims = Claims { iss: &file.client_email, scope, aud: &file.token_uri, iat: issued, exp: issued + LIFE };
    let unsigned = format!("{}.{}", encoded(&header)?, encoded(&claims)?);
    let key = PrivateKeyDer::from_pem_slice(file.private_key.as_bytes())
        .map_err(|_| unusable("holds no private key in PEM"))?;
    let signature = rustls::crypto::ring::default_provider()
        .key_provider
        .load_private_key(key)
        .ok()
        .and_then(|key| key.choose_scheme(&[SignatureScheme::RSA_PKCS1_SHA256]))
        .and_then(|signer| signer.sign(unsigned.as_bytes()).ok())
        .ok_or_else(|| unusable("holds no RSA key"))?;
    Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn encoded(part: &impl Serialize) -> Result<String, EngineError> {
    let text = serde_json::to_string(part).map_err(|_| unusable("cannot be written as a token"))?;
    Ok(URL_SAFE_NO_PAD.encode(text))
}

fn vendor_error(caller: &Caller, received: &Received) -> EngineError {
    let reason = serde_json::from_slice::<TokenErrorResponse>(&received.body).ok();
    let kind = match received.status.as_u16() {
        408 | 429 | 500.. => received.transient(),
        _ => ErrorKind::Broken,
    };
    let said = reason.map(|reason| reason.error_description.unwrap_or(reason.error));
    let error = caller.vendor_error(kind, received, said.as_deref());
    if kind == ErrorKind::Broken {
        return error
            .hint(format!("is the file of {SETTING} a key that is still good, and this machine's clock right?"));
    }
    error
}

fn unusable(what: &str) -> EngineError {
    EngineError::new(NAME, ErrorKind::Broken, format!("the file of `{SETTING}` {what}"))
        .hint("`gcloud iam service-accounts keys create` writes one")
}
