//! Google's server of access tokens in small: who signs as the one account there is gets a token for as long as it is
//! said, and tokens that were not given out here, or are taken back, open nothing.

use std::path::Path;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rustls::SignatureScheme;
use serde_json::{Value, json};

use super::{PROJECT, VendorError};
use crate::stub::{StubRequest, answer, ok};

pub const PATH: &str = "/token";
/// How every token begins.
pub const TOKEN_START: &str = "ya29.c0ffee-";
const EMAIL: &str = "polypost@status-pages-4711.iam.gserviceaccount.com";
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-translation";
/// Asked for beside it by whoever writes files.
const STORAGE_SCOPE: &str = "https://www.googleapis.com/auth/devstorage.read_write";
/// A key pair made for these tests: PKCS#8, and the public half as PKCS#1.
const PRIVATE_KEY: &[u8] = include_bytes!("../../../../../tests/fixtures/google/service-account.pk8");
const PUBLIC_KEY: &[u8] = include_bytes!("../../../../../tests/fixtures/google/service-account.public");

/// The tokens that are good.
pub struct Accounts {
    tokens: Mutex<Vec<String>>,
    /// Those that open Cloud Storage, too.
    for_storage: Mutex<Vec<String>>,
    given: Mutex<usize>,
    /// Seconds that a token is good for, as it is said.
    pub life: Mutex<u64>,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            tokens: Mutex::default(),
            for_storage: Mutex::default(),
            given: Mutex::default(),
            life: Mutex::new(3599),
        }
    }
}

impl Accounts {
    /// How many tokens were given out.
    pub fn given(&self) -> usize {
        *self.given.lock().expect("no panic")
    }

    /// A token for everything, given out by hand.
    pub fn token(&self) -> String {
        let token = self.translation_token();
        self.for_storage.lock().expect("no panic").push(token.clone());
        token
    }

    fn translation_token(&self) -> String {
        let mut given = self.given.lock().expect("no panic");
        *given += 1;
        let token = format!("{TOKEN_START}{given}-feedbeef");
        self.tokens.lock().expect("no panic").push(token.clone());
        token
    }

    /// Takes all tokens back.
    pub fn revoke(&self) {
        self.tokens.lock().expect("no panic").clear();
    }

    pub fn allows(&self, request: &StubRequest) -> Result<(), VendorError> {
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if token.is_some_and(|token| self.tokens.lock().expect("no panic").iter().any(|good| good == token)) {
            return Ok(());
        }
        let message = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or \
                       other valid authentication credential.";
        Err(VendorError("401 Unauthorized", "UNAUTHENTICATED", message.to_owned(), Value::Null))
    }

    pub fn allows_storage(&self, request: &StubRequest) -> Result<(), VendorError> {
        self.allows(request)?;
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if token.is_some_and(|token| self.for_storage.lock().expect("no panic").iter().any(|good| good == token)) {
            return Ok(());
        }
        let message = "Insufficient Permission: Request had insufficient authentication scopes.".to_owned();
        Err(VendorError("403 Forbidden", "PERMISSION_DENIED", message, Value::Null))
    }

    pub fn grant(&self, request: &StubRequest) -> Vec<u8> {
        match verified(request) {
            Ok(scope) => {
                let life = *self.life.lock().expect("no panic");
                let has_storage = scope.split(' ').any(|scope| scope == STORAGE_SCOPE);
                let token = if has_storage { self.token() } else { self.translation_token() };
                ok(json!({"access_token": token, "expires_in": life, "token_type": "Bearer"}).to_string())
            }
            Err(what) => {
                let body = json!({"error": "invalid_grant", "error_description": what});
                answer("400 Bad Request", "content-type: application/json\r\n", body.to_string())
            }
        }
    }
}

/// Writes the account's key file, as Google gives it, for the service at `url`.
pub fn write_key(file: &Path, url: &str) {
    let lines: Vec<String> =
        STANDARD.encode(PRIVATE_KEY).as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into()).collect();
    let name = "PRIVATE KEY";
    let key = json!({
        "type": "service_account", "project_id": PROJECT, "private_key_id": "c0ffee4711",
        "private_key": format!("-----BEGIN {name}-----\n{}\n-----END {name}-----\n", lines.join("\n")),
        "client_email": EMAIL, "client_id": "114711471147114711471",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": format!("{url}{PATH}"),
        "universe_domain": "googleapis.com",
    });
    std::fs::write(file, key.to_string()).expect("written");
}

/// The scope that was asked for.
fn verified(request: &StubRequest) -> Result<String, String> {
    let form: Vec<(String, String)> = reqwest::Url::parse(&format!("http://form/?{}", request.body))
        .expect("a form")
        .query_pairs()
        .into_owned()
        .collect();
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if field("grant_type") != Some("urn:ietf:params:oauth:grant-type:jwt-bearer") {
        return Err("Invalid grant_type".to_owned());
    }
    let assertion = field("assertion").unwrap_or_default();
    let (unsigned, signature) = assertion.rsplit_once('.').ok_or("Invalid JWT")?;
    let (header, claims) = unsigned.split_once('.').ok_or("Invalid JWT")?;
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| "Invalid JWT".to_owned());
    let parsed = |part: &str| serde_json::from_slice::<Value>(&decoded(part)?).map_err(|_| "Invalid JWT".to_owned());
    let (header, claims) = (parsed(header)?, parsed(claims)?);
    if header != json!({"alg": "RS256", "typ": "JWT", "kid": "c0ffee4711"}) {
        return Err("Invalid JWT header".to_owned());
    }
    let provider = rustls::crypto::ring::default_provider();
    let is_signed = provider.signature_verification_algorithms.mapping.iter().any(|(scheme, algorithms)| {
        *scheme == SignatureScheme::RSA_PKCS1_SHA256
            && algorithms.iter().any(|algorithm| {
                let signature = decoded(signature).unwrap_or_default();
                algorithm.verify_signature(PUBLIC_KEY, unsigned.as_bytes(), &signature).is_ok()
            })
    });
    if !is_signed {
        return Err("Invalid JWT Signature.".to_owned());
    }
    let address = format!("http://{}{PATH}", request.header("host").unwrap_or_default());
    let scope = claims["scope"].as_str().unwrap_or_default();
    let is_known = scope == SCOPE || scope == format!("{SCOPE} {STORAGE_SCOPE}");
    if claims["iss"] != EMAIL || claims["aud"] != address.as_str() || !is_known {
        return Err("Invalid JWT claims".to_owned());
    }
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let (issued, ends) = (claims["iat"].as_u64().unwrap_or(0), claims["exp"].as_u64().unwrap_or(0));
    if issued > now || ends <= now || ends - issued > 3600 {
        return Err("Invalid JWT: Token must be a short-lived token (60 minutes).".to_owned());
    }
    Ok(scope.to_owned())
}
