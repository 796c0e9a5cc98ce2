//! Every vendor's service in small, with an engine for it: what the engines' contract is held against.

use std::pin::Pin;
use std::sync::Arc;

use polypost::config;
use polypost::translate::{Engine, Means, route};

use super::{amazon, azure, deepl, google, libretranslate, modernmt, openai};
use crate::support::house;

/// A service, and how an engine for it is configured.
pub(crate) struct Service {
    /// The engine's, with what is particular to the case behind it.
    pub(crate) name: &'static str,
    pub(crate) url: String,
    /// What no message may tell.
    pub(crate) secrets: Vec<String>,
    settings: config::Engines,
    address: fn(&mut config::Engines) -> &mut String,
    contract: fn(&mut config::Engines) -> &mut config::Contract,
    _directory: Option<tempfile::TempDir>,
}

impl Service {
    /// An engine that asks at this address.
    pub(crate) fn engine_at(&self, url: &str, means: &Means) -> Arc<dyn Engine> {
        self.engine_with(url, means, |_| {})
    }

    pub(crate) fn engine_with(
        &self,
        url: &str,
        means: &Means,
        change: impl FnOnce(&mut config::Contract),
    ) -> Arc<dyn Engine> {
        let mut settings = self.settings.clone();
        url.clone_into((self.address)(&mut settings));
        change((self.contract)(&mut settings));
        let engine = self.name.split(' ').next().unwrap_or_default();
        route::engine(&settings, engine, means).expect("usable settings")
    }

    pub(crate) fn engine(&self) -> Arc<dyn Engine> {
        self.engine_at(&self.url, &Means::default())
    }

    /// Whether a call holds a list of texts, which may be too short or too long.
    pub(crate) fn has_lists(&self) -> bool {
        self.name != "amazon"
    }
}

/// A service whose settings, address and contract are those of the section of this name.
macro_rules! service {
    ($name:literal, $section:ident, $url:expr, $secrets:expr, $change:expr) => {{
        let mut settings = house::settings().engines;
        let change: fn(&mut config::Engines) = $change;
        change(&mut settings);
        Service {
            name: $name,
            url: $url,
            secrets: $secrets.map(str::to_owned).to_vec(),
            settings,
            address: |settings| &mut settings.$section.url,
            contract: |settings| &mut settings.$section.contract,
            _directory: None,
        }
    }};
}

pub(crate) fn all() -> Pin<Box<dyn Future<Output = Vec<Service>> + Send>> {
    Box::pin(each())
}

async fn each() -> Vec<Service> {
    let azure = |url| {
        service!("azure", azure, url, [azure::KEY], |settings| {
            settings.azure.key = azure::KEY.to_owned().into();
            azure::REGION.clone_into(&mut settings.azure.region);
        })
    };
    let mut later = Service { name: "azure 2026-06-06", ..azure(azure::serve().await.url) };
    "2026-06-06".clone_into(&mut later.settings.azure.api_version);
    vec![
        service!("deepl", deepl, deepl::serve().await.url, [deepl::KEY], |settings| {
            settings.deepl.key = deepl::KEY.to_owned().into();
        }),
        service!("google", google, google::serve().await.url, [google::KEY], |settings| {
            settings.google.key = google::KEY.to_owned().into();
        }),
        advanced_google().await,
        azure(azure::serve().await.url),
        later,
        service!("amazon", amazon, amazon::serve().await.url, [amazon::SECRET, amazon::TOKEN], |settings| {
            let amazon = &mut settings.amazon;
            amazon::REGION.clone_into(&mut amazon.region);
            amazon::KEY_ID.clone_into(&mut amazon.access_key_id);
            amazon.secret_access_key = amazon::SECRET.to_owned().into();
            amazon.session_token = amazon::TOKEN.to_owned().into();
        }),
        service!("libretranslate", libretranslate, libretranslate::serve().await.url, [libretranslate::KEY], |_| {}),
        service!("modernmt", modernmt, modernmt::serve().await.url, [modernmt::KEY], |settings| {
            settings.modernmt.key = modernmt::KEY.to_owned().into();
            "background".clone_into(&mut settings.modernmt.priority);
        }),
        service!("openai", openai, openai::serve().await.url, [openai::KEY], |settings| {
            settings.openai.key = openai::KEY.to_owned().into();
            openai::MODEL.clone_into(&mut settings.openai.model);
        }),
    ]
}

/// With a token in a file.
async fn advanced_google() -> Service {
    let google = google::serve().await;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("token");
    std::fs::write(&file, google.accounts.token()).expect("written");
    let mut service = service!("google v3", google, google.url.clone(), [google::PROJECT], |settings| {
        google::PROJECT.clone_into(&mut settings.google.project);
    });
    service.settings.google.token_file = file.to_string_lossy().into_owned();
    service.secrets = vec![google.accounts.token()];
    Service { _directory: Some(directory), ..service }
}
