//! Every engine, with its vendor's service in small where it has one: what the engines' contract is held against.

use std::pin::Pin;
use std::sync::Arc;

use polypost::config;
use polypost::translate::{Engine, Means, route};

use super::{amazon, apertium, azure, deepl, google, libretranslate, modernmt, openai};
use crate::support::{house, neural};

/// An engine, how it is configured, and its service.
pub(crate) struct Service {
    /// The engine's, with what is particular to the case behind it.
    pub(crate) name: &'static str,
    /// Where its service is; empty where it asks nobody.
    pub(crate) url: String,
    /// What it translates into here.
    pub(crate) target: &'static str,
    /// What no message may tell.
    pub(crate) secrets: Vec<String>,
    pub(crate) can: Capabilities,
    settings: config::Engines,
    wiring: Option<Wiring>,
    _directory: Option<tempfile::TempDir>,
}

/// Which exercises an engine is fit for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capabilities {
    /// It asks a service, and the line to it may be bad.
    pub(crate) network: bool,
    /// A call holds a list of texts, which may be too short or too long.
    pub(crate) lists: bool,
    /// There is a longest text.
    pub(crate) longest: bool,
    /// It knows which locales it serves, and does not serve all.
    pub(crate) languages: bool,
    /// How it sees that an answer is another text's.
    pub(crate) apart: Apart,
    /// It takes every sign, and leaves it; a model may have no `<`.
    pub(crate) signs: bool,
}

/// How an answer is told from that to another text of the same call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// Each has its text's name: it is put where it belongs.
    ByNames,
    /// Its elements have numbers of their own: it is refused.
    ByElements,
    /// There is one text in a call, or nothing to tell them by.
    Untold,
}

/// Where settings have the address and the contract of the service that a test stands in front of.
#[derive(Clone, Copy)]
struct Wiring {
    address: fn(&mut config::Engines) -> &mut String,
    contract: fn(&mut config::Engines) -> &mut config::Contract,
}

/// What most vendors have alike.
const USUAL: Capabilities =
    Capabilities { network: true, lists: true, longest: true, languages: true, apart: Apart::ByElements, signs: true };

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
        route::engine(&self.settings_with(url, change), self.engine_name(), means).expect("usable settings")
    }

    pub(crate) fn engine(&self) -> Arc<dyn Engine> {
        self.engine_at(&self.url, &Means::default())
    }

    pub(crate) fn engine_name(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// Its settings, with the service at this address.
    pub(crate) fn settings_with(&self, url: &str, change: impl FnOnce(&mut config::Contract)) -> config::Engines {
        let mut settings = self.settings.clone();
        if let Some(Wiring { address, contract }) = self.wiring {
            url.clone_into(address(&mut settings));
            change(contract(&mut settings));
        }
        settings
    }
}

/// A service whose settings, address and contract are those of the section of this name.
macro_rules! service {
    ($name:literal, $section:ident, $url:expr, $secrets:expr, $can:expr, $change:expr) => {{
        let mut settings = house::settings().engines;
        let change: fn(&mut config::Engines) = $change;
        change(&mut settings);
        let wiring = Wiring {
            address: |settings| &mut settings.$section.url,
            contract: |settings| &mut settings.$section.contract,
        };
        Service {
            name: $name,
            url: $url,
            target: "es",
            secrets: $secrets.map(str::to_owned).to_vec(),
            can: $can,
            settings,
            wiring: Some(wiring),
            _directory: None,
        }
    }};
}

/// All that there is; what is not installed is left out, which has been said then.
pub(crate) fn all() -> Pin<Box<dyn Future<Output = Vec<Service>> + Send>> {
    Box::pin(async {
        let mut all = vendors().await;
        all.push(own_apertium().await);
        all.extend(pivots().await);
        all.push(nobody("pseudo", "es", OWN, house::settings().engines));
        if let Some(directory) = neural::models() {
            let mut settings = house::settings().engines;
            settings.neural.directory = directory;
            settings.neural.fetch = false;
            all.push(nobody("neural", "pt", Capabilities { signs: false, ..OWN }, settings));
        }
        all
    })
}

/// What engines in the house have alike.
const OWN: Capabilities =
    Capabilities { network: false, lists: false, longest: false, languages: false, apart: Apart::Untold, signs: true };

/// An engine that asks nobody.
fn nobody(name: &'static str, target: &'static str, can: Capabilities, settings: config::Engines) -> Service {
    let url = String::new();
    Service { name, url, target, secrets: Vec::new(), can, settings, wiring: None, _directory: None }
}

async fn own_apertium() -> Service {
    let can = Capabilities { lists: false, longest: false, apart: Apart::Untold, ..USUAL };
    service!("apertium", apertium, apertium::serve().await.url, [""; 0], can, |_| {})
}

/// Two vendors in a row, the one or the other of them behind the line.
async fn pivots() -> [Service; 2] {
    let first = deepl_service(deepl::serve().await.url);
    let second = modernmt_service(modernmt::serve().await.url);
    let mut settings = first.settings.clone();
    settings.modernmt = second.settings.modernmt.clone();
    settings.deepl.url.clone_from(&first.url);
    settings.modernmt.url.clone_from(&second.url);
    let secrets = [first.secrets.clone(), second.secrets.clone()].concat();
    [
        Service { name: "deepl>it>modernmt", settings: settings.clone(), secrets: secrets.clone(), ..first },
        Service { name: "deepl>it>modernmt by its second leg", settings, secrets, ..second },
    ]
}

fn deepl_service(url: String) -> Service {
    service!("deepl", deepl, url, [deepl::KEY], USUAL, |settings| {
        settings.deepl.key = deepl::KEY.to_owned().into();
    })
}

fn modernmt_service(url: String) -> Service {
    service!("modernmt", modernmt, url, [modernmt::KEY], USUAL, |settings| {
        settings.modernmt.key = modernmt::KEY.to_owned().into();
        "background".clone_into(&mut settings.modernmt.priority);
    })
}

/// Those that bill.
async fn vendors() -> Vec<Service> {
    let azure = |url| {
        service!("azure", azure, url, [azure::KEY], USUAL, |settings| {
            settings.azure.key = azure::KEY.to_owned().into();
            azure::REGION.clone_into(&mut settings.azure.region);
        })
    };
    let mut later = Service { name: "azure 2026-06-06", ..azure(azure::serve().await.url) };
    "2026-06-06".clone_into(&mut later.settings.azure.api_version);
    let libretranslate = libretranslate::serve().await.url;
    let one_by_one = Capabilities { lists: false, apart: Apart::Untold, ..USUAL };
    let as_text = Capabilities { apart: Apart::Untold, ..USUAL };
    let named = Capabilities { languages: false, apart: Apart::ByNames, ..USUAL };
    vec![
        deepl_service(deepl::serve().await.url),
        service!("google", google, google::serve().await.url, [google::KEY], USUAL, |settings| {
            settings.google.key = google::KEY.to_owned().into();
        }),
        advanced_google().await,
        azure(azure::serve().await.url),
        later,
        service!(
            "amazon",
            amazon,
            amazon::serve().await.url,
            [amazon::SECRET, amazon::TOKEN],
            one_by_one,
            |settings| {
                let amazon = &mut settings.amazon;
                amazon::REGION.clone_into(&mut amazon.region);
                amazon::KEY_ID.clone_into(&mut amazon.access_key_id);
                amazon.secret_access_key = amazon::SECRET.to_owned().into();
                amazon.session_token = amazon::TOKEN.to_owned().into();
            }
        ),
        service!("libretranslate", libretranslate, libretranslate, [libretranslate::KEY], as_text, |_| {}),
        modernmt_service(modernmt::serve().await.url),
        service!("openai", openai, openai::serve().await.url, [openai::KEY], named, |settings| {
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
    let mut service = service!("google v3", google, google.url.clone(), [google::PROJECT], USUAL, |settings| {
        google::PROJECT.clone_into(&mut settings.google.project);
    });
    service.settings.google.token_file = file.to_string_lossy().into_owned();
    service.secrets = vec![google.accounts.token()];
    Service { _directory: Some(directory), ..service }
}
