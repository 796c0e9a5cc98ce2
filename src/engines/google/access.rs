//! Authorises calls by an API key or an access token, as the settings say. No message repeats what a setting or a file
//! holds: someone may have written the token where its file is expected.

use reqwest::header::AUTHORIZATION;

use super::GoogleSettings;
use super::credential_file::read;
use super::service_account::ServiceAccount;
use crate::vendor::Caller;
use crate::{EngineDependencies, EngineError, ErrorKind};
use polypost_settings::Secret;

pub(super) enum Access {
    Key(Secret),
    TokenFile(String),
    ServiceAccount(Box<ServiceAccount>),
    /// Advanced, and neither file is named.
    Nothing,
}

impl Access {
    pub(super) fn new(settings: &GoogleSettings, dependencies: &EngineDependencies) -> Self {
        match (settings.project.as_str(), settings.token_file.as_str(), settings.credentials_file.as_str()) {
            ("", _, _) => Self::Key(settings.key.clone()),
            (_, "", "") => Self::Nothing,
            (_, "", credentials) => {
                Self::ServiceAccount(Box::new(ServiceAccount::new(credentials, settings, dependencies)))
            }
            (_, file, _) => Self::TokenFile(file.to_owned()),
        }
    }

    /// The header that carries it, and what stands in front of it there.
    pub(super) fn header(&self) -> (&'static str, &'static str) {
        match self {
            // As `key` in the query it would stand in the logs of whatever is on the way.
            Self::Key(_) => ("x-goog-api-key", ""),
            _ => (AUTHORIZATION.as_str(), "Bearer "),
        }
    }

    /// The key, or a token that is good now.
    ///
    /// # Errors
    /// `Broken` where there is none, or its file is no good; else as the token's server says.
    pub(super) async fn secret(&self, caller: &Caller) -> Result<Secret, EngineError> {
        let secret = self.current(caller).await?;
        if !matches!(self, Self::Key(_)) {
            caller.redactor.add_granted(secret.expose());
        }
        Ok(secret)
    }

    async fn current(&self, caller: &Caller) -> Result<Secret, EngineError> {
        match self {
            Self::Key(key) => Ok(key.clone()),
            Self::TokenFile(path) => {
                let text = read("engines.google.token_file", path).await?;
                let token = text.trim();
                if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                    let hint = "`gcloud auth print-access-token` writes one; it has to be kept fresh";
                    let message = "the file of `engines.google.token_file` does not hold an access token";
                    return Err(caller.error(ErrorKind::Broken, message).hint(hint));
                }
                Ok(token.to_owned().into())
            }
            Self::ServiceAccount(account) => account.token().await,
            Self::Nothing => {
                let hint = "set engines.google.credentials_file or engines.google.token_file; an API key is for Basic, \
                            without engines.google.project";
                Err(caller.error(ErrorKind::Broken, "there is no access token").hint(hint))
            }
        }
    }

    /// Whether the next call has another token.
    pub(super) fn is_renewed(&self) -> bool {
        matches!(self, Self::ServiceAccount(_))
    }

    /// Lets go of a token that is not taken any more.
    pub(super) async fn forget(&self, secret: &Secret) {
        if let Self::ServiceAccount(account) = self {
            account.forget(secret).await;
        }
    }
}
