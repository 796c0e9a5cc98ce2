//! Every engine, with its vendor's service in small where it has one: what the engines' contract is held against.

use std::pin::Pin;
use std::sync::Arc;

use polypost::config;
use polypost_engines::{Engine, EngineDependencies, route};

use serde_json::{Value, json};

use super::capabilities::{Apart, Capabilities, OWN, Refusals, USUAL};
use super::{Bill, Bills, amazon, apertium, azure, deepl, google, libretranslate, modernmt, openai};
use crate::{neural, program, stub};

/// An engine, how it is configured, and its service.
pub struct Service {
    /// The engine's, with what is particular to the case behind it.
    pub name: &'static str,
    /// Where its service is; empty where it asks nobody.
    pub url: String,
    /// What it translates into here.
    pub target: &'static str,
    /// What no message may tell.
    pub secrets: Vec<String>,
    pub can: Capabilities,
    pub refusals: Refusals,
    bills: Option<Arc<dyn Bills + Send + Sync>>,
    settings: config::EngineSettings,
    wiring: Option<Wiring>,
    _directory: Option<tempfile::TempDir>,
}

/// Where settings have the address and the contract of the service that a test stands in front of.
#[derive(Clone, Copy)]
struct Wiring {
    address: fn(&mut config::EngineSettings) -> &mut String,
    contract: fn(&mut config::EngineSettings) -> &mut polypost_engines::Contract,
}

impl Service {
    /// An engine that asks at this address.
    pub fn engine_at(&self, url: &str, dependencies: &EngineDependencies) -> Arc<dyn Engine> {
        self.engine_with(url, dependencies, |_| {})
    }

    pub fn engine_with(
        &self,
        url: &str,
        dependencies: &EngineDependencies,
        change: impl FnOnce(&mut polypost_engines::Contract),
    ) -> Arc<dyn Engine> {
        route::engine(&self.settings_with(url, change), self.engine_name(), dependencies).expect("usable settings")
    }

    pub fn engine(&self) -> Arc<dyn Engine> {
        self.engine_at(&self.url, &EngineDependencies::default())
    }

    pub fn engine_name(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// What its service counted so far; nothing where it has none.
    pub fn bill(&self) -> Bill {
        self.bills.as_ref().map(|bills| bills.bill()).unwrap_or_default()
    }

    /// Its settings, with the service at this address.
    pub fn settings_with(
        &self,
        url: &str,
        change: impl FnOnce(&mut polypost_engines::Contract),
    ) -> config::EngineSettings {
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
    ($name:literal, $section:ident, $service:expr, $secrets:expr, $can:expr, $refusals:expr, $change:expr) => {{
        let service = $service;
        let mut settings = program::settings().engines;
        let change: fn(&mut config::EngineSettings) = $change;
        change(&mut settings);
        let wiring = Wiring {
            address: |settings| &mut settings.$section.url,
            contract: |settings| &mut settings.$section.contract,
        };
        Service {
            name: $name,
            url: service.url.clone(),
            target: "es",
            secrets: $secrets.map(str::to_owned).to_vec(),
            can: $can,
            refusals: $refusals,
            bills: Some(Arc::new(service)),
            settings,
            wiring: Some(wiring),
            _directory: None,
        }
    }};
}

/// All that there is; what is not installed is left out, which has been said then.
pub fn all() -> Pin<Box<dyn Future<Output = Vec<Service>> + Send>> {
    Box::pin(async {
        let mut all = vendors().await;
        all.push(own_apertium().await);
        all.extend(pivots().await);
        all.push(nobody("pseudo", "es", OWN, program::settings().engines));
        if let Some(directory) = neural::models() {
            let mut settings = program::settings().engines;
            settings.neural.directory = directory;
            settings.neural.fetch = false;
            all.push(nobody("neural", "pt", Capabilities { signs: false, ..OWN }, settings));
        }
        all
    })
}

/// An engine that asks nobody.
fn nobody(name: &'static str, target: &'static str, can: Capabilities, settings: config::EngineSettings) -> Service {
    let url = String::new();
    Service {
        name,
        url,
        target,
        secrets: Vec::new(),
        can,
        refusals: Refusals::default(),
        bills: None,
        settings,
        wiring: None,
        _directory: None,
    }
}

async fn own_apertium() -> Service {
    let can = Capabilities { lists: false, longest: false, apart: Apart::Untold, ..USUAL };
    let refusals = Refusals { call: apertium::refusal("That pair is not installed"), text: None };
    service!("apertium", apertium, apertium::serve().await, [""; 0], can, refusals, |_| {})
}

/// Two vendors in a row, the one or the other of them behind the line.
async fn pivots() -> [Service; 2] {
    let (first, second) = (deepl_service().await, modernmt_service().await);
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

async fn deepl_service() -> Service {
    let refusals = Refusals {
        call: deepl::refusal(BAD, "Value for 'target_lang' not supported."),
        text: Some(deepl::refusal(BAD, "Tag handling parsing failed, please check input.")),
    };
    service!("deepl", deepl, deepl::serve().await, [deepl::KEY], USUAL, refusals, |settings| {
        settings.deepl.key = deepl::KEY.to_owned().into();
    })
}

async fn modernmt_service() -> Service {
    let refusals =
        Refusals { call: modernmt::refusal(BAD, "UnsupportedLanguageException", ""), text: Some(too_large()) };
    service!("modernmt", modernmt, modernmt::serve().await, [modernmt::KEY], USUAL, refusals, |settings| {
        settings.modernmt.key = modernmt::KEY.to_owned().into();
        "background".clone_into(&mut settings.modernmt.priority);
    })
}

const BAD: &str = "400 Bad Request";

/// What a proxy says.
pub fn too_large() -> Vec<u8> {
    stub::answer("413 Payload Too Large", "content-type: text/html\r\n", "<html>")
}

/// Those that bill.
pub fn vendors() -> Pin<Box<dyn Future<Output = Vec<Service>> + Send>> {
    Box::pin(async {
        vec![
            deepl_service().await,
            basic_google().await,
            advanced_google().await,
            azure_service().await,
            later_azure().await,
            amazon_service().await,
            libretranslate_service().await,
            modernmt_service().await,
            openai_service().await,
        ]
    })
}

async fn azure_service() -> Service {
    let refusals = Refusals {
        call: azure::refusal(BAD, 400_036, "The target language is not valid."),
        text: Some(azure::refusal(BAD, 400_050, "The input text is too long.")),
    };
    service!("azure", azure, azure::serve().await, [azure::KEY], USUAL, refusals, |settings| {
        settings.azure.key = azure::KEY.to_owned().into();
        azure::REGION.clone_into(&mut settings.azure.region);
    })
}

/// With the interface that takes the code of an error as a text.
async fn later_azure() -> Service {
    let mut service = Service { name: "azure 2026-06-06", ..azure_service().await };
    "2026-06-06".clone_into(&mut service.settings.azure.api_version);
    service.refusals = Refusals {
        call: azure::later_refusal(BAD, "400036", "The target language is not valid."),
        text: Some(azure::later_refusal(BAD, "400050", "The input text is too long.")),
    };
    service
}

async fn amazon_service() -> Service {
    let can = Capabilities { lists: false, apart: Apart::Untold, ..USUAL };
    let refusals = Refusals {
        call: amazon::refusal(BAD, "UnsupportedLanguagePairException", ""),
        text: Some(amazon::refusal(BAD, "TextSizeLimitExceededException", "")),
    };
    service!("amazon", amazon, amazon::serve().await, [amazon::SECRET, amazon::TOKEN], can, refusals, |settings| {
        let amazon = &mut settings.amazon;
        amazon::REGION.clone_into(&mut amazon.region);
        amazon::KEY_ID.clone_into(&mut amazon.access_key_id);
        amazon.secret_access_key = amazon::SECRET.to_owned().into();
        amazon.session_token = amazon::TOKEN.to_owned().into();
    })
}

async fn libretranslate_service() -> Service {
    let can = Capabilities { apart: Apart::Untold, ..USUAL };
    let refusals = Refusals { call: libretranslate::refusal(BAD, "es is not supported"), text: Some(too_large()) };
    let service = libretranslate::serve().await;
    service!("libretranslate", libretranslate, service, [libretranslate::KEY], can, refusals, |_| {})
}

async fn openai_service() -> Service {
    let can = Capabilities { languages: false, apart: Apart::ByNames, tells_units: false, ..USUAL };
    let refusals = Refusals {
        call: openai::refusal(BAD, &json!({ "message": "", "code": "invalid_json_schema" })),
        text: Some(openai::refusal(BAD, &json!({ "message": "", "code": "content_filter" }))),
    };
    service!("openai", openai, openai::serve().await, [openai::KEY], can, refusals, |settings| {
        settings.openai.key = openai::KEY.to_owned().into();
        openai::MODEL.clone_into(&mut settings.openai.model);
    })
}

fn google_refusals() -> Refusals {
    let refusal = |message: &str| google::refusal(BAD, "INVALID_ARGUMENT", message, &Value::Null);
    Refusals { call: refusal("Invalid Value"), text: Some(refusal("Text is too long.")) }
}

async fn basic_google() -> Service {
    let service = google::serve().await;
    service!("google", google, service, [google::KEY], USUAL, google_refusals(), |settings| {
        settings.google.key = google::KEY.to_owned().into();
    })
}

/// With a token in a file.
async fn advanced_google() -> Service {
    let google = google::serve().await;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("token");
    let token = google.accounts.token();
    std::fs::write(&file, &token).expect("written");
    let mut service = service!("google v3", google, google, [google::PROJECT], USUAL, google_refusals(), |settings| {
        google::PROJECT.clone_into(&mut settings.google.project);
    });
    service.settings.google.token_file = file.to_string_lossy().into_owned();
    service.secrets = vec![token];
    Service { _directory: Some(directory), ..service }
}
