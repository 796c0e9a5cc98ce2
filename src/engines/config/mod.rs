//! `[engines]`: the route and the engines' own settings.

mod amazon;
mod apertium;
mod azure;
mod contract;
mod deepl;
mod google;
mod libretranslate;
mod modernmt;
mod name;
mod neural;
mod openai;

use std::collections::BTreeMap;

use serde::Deserialize;

use polypost_core::locale::Locale;
use polypost_settings::Violations;
use polypost_settings::redaction::decoded;

pub use amazon::AmazonSettings;
pub use apertium::ApertiumSettings;
pub use azure::AzureSettings;
pub use contract::Contract;
pub use deepl::DeepLSettings;
pub use google::GoogleSettings;
pub use libretranslate::LibreTranslateSettings;
pub use modernmt::ModernMtSettings;
pub use name::{ENGINES, EngineName, UnknownEngine};
pub use neural::NeuralSettings;
pub use openai::OpenAiSettings;

/// Locale and hash come behind it.
const GLOSSARY_NAME_LONGEST: usize = 40;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineSettings {
    pub route: Vec<EngineName>,
    /// Routes of single locales, which go before `route` for them and what is nearest to them.
    pub routes: BTreeMap<Locale, Vec<EngineName>>,
    /// A proxy's address; empty: what the environment says.
    pub proxy: String,
    /// Of prices and budgets, as in `EUR`.
    pub currency: String,
    /// After which the next engine is asked beside the first for a text of an open incident; 0: never.
    pub hedge_after_milliseconds: u64,
    /// From this part of a budget on it is warned of.
    pub budget_warning_percent: u64,
    pub neural: NeuralSettings,
    pub apertium: ApertiumSettings,
    pub deepl: DeepLSettings,
    pub google: GoogleSettings,
    pub azure: AzureSettings,
    pub amazon: AmazonSettings,
    pub libretranslate: LibreTranslateSettings,
    pub modernmt: ModernMtSettings,
    pub openai: OpenAiSettings,
}

impl EngineSettings {
    /// The engines over the network, with what may be asked of them.
    #[must_use]
    pub fn contracts(&self) -> Vec<(&'static str, &Contract)> {
        vec![
            ("apertium", &self.apertium.contract),
            ("deepl", &self.deepl.contract),
            ("google", &self.google.contract),
            ("azure", &self.azure.contract),
            ("amazon", &self.amazon.contract),
            ("libretranslate", &self.libretranslate.contract),
            ("modernmt", &self.modernmt.contract),
            ("openai", &self.openai.contract),
        ]
    }

    /// All that is secret in these settings, as it is sent: keys and tokens, and what addresses hold of users,
    /// passwords and parameters.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        let keys = [
            &self.deepl.key,
            &self.google.key,
            &self.azure.key,
            &self.amazon.secret_access_key,
            &self.amazon.session_token,
            &self.libretranslate.key,
            &self.modernmt.key,
            &self.openai.key,
        ];
        let addresses = [
            &self.proxy,
            &self.neural.records_url,
            &self.neural.files_url,
            &self.apertium.url,
            &self.deepl.url,
            &self.google.url,
            &self.google.storage_url,
            &self.azure.url,
            &self.amazon.url,
            &self.libretranslate.url,
            &self.modernmt.url,
            &self.openai.url,
        ];
        let keys = keys.into_iter().map(|key| key.expose().to_owned());
        keys.chain(addresses.into_iter().flat_map(|url| in_address(url))).filter(|secret| !secret.is_empty()).collect()
    }

    /// The setting without which this engine cannot serve anything, where it is empty.
    #[must_use]
    pub fn lacks(&self, engine: &EngineName) -> Option<&'static str> {
        let empty = |setting: &str| setting.is_empty();
        let google = &self.google;
        let has_no_access = empty(google.key.expose()) && empty(&google.token_file) && empty(&google.credentials_file);
        engine.engines().into_iter().find_map(|name| {
            let (setting, is_empty) = match name {
                "deepl" => ("engines.deepl.key", empty(self.deepl.key.expose())),
                "google" => ("engines.google.key", has_no_access),
                "azure" => ("engines.azure.key", empty(self.azure.key.expose())),
                "amazon" => ("engines.amazon.secret_access_key", empty(self.amazon.secret_access_key.expose())),
                "modernmt" => ("engines.modernmt.key", empty(self.modernmt.key.expose())),
                // Servers of one's own often want none.
                "libretranslate" => ("engines.libretranslate.url", empty(&self.libretranslate.url)),
                "openai" => ("engines.openai.key", empty(self.openai.key.expose()) && empty(&self.openai.url)),
                _ => return None,
            };
            is_empty.then_some(setting)
        })
    }

    /// The names of a locale's route.
    #[must_use]
    pub fn route_of(&self, locale: &Locale) -> &[EngineName] {
        nearest_route(&self.routes, locale).unwrap_or(&self.route)
    }

    #[must_use]
    pub fn contract(&self, engine: &str) -> Option<&Contract> {
        self.contracts().into_iter().find(|(name, _)| *name == engine).map(|(_, contract)| contract)
    }

    pub fn check(&self, violations: &mut Violations) {
        check_route("engines.route", &self.route, violations);
        for (locale, route) in &self.routes {
            check_route(&format!("engines.routes.{locale}"), route, violations);
        }
        violations.range("engines.hedge_after_milliseconds", self.hedge_after_milliseconds, 0, 600_000);
        if !self.proxy.is_empty() {
            violations.web_address("engines.proxy", &self.proxy);
        }
        violations.range("engines.budget_warning_percent", self.budget_warning_percent, 1, 100);
        self.neural.check(violations);
        self.apertium.check(violations);
        self.deepl.check(violations);
        self.google.check(violations);
        self.azure.check(violations);
        self.amazon.check(violations);
        self.libretranslate.check(violations);
        self.modernmt.check(violations);
        self.openai.check(violations);
    }
}

/// A word of a parameter that is as short as this is a choice, not a key.
const PARAMETER_SHORTEST: usize = 6;

/// The parts of an address that may be secret: the password, a user that stands alone, the values of parameters.
fn in_address(address: &str) -> Vec<String> {
    let (before, query) = address.split_once('?').unwrap_or((address, ""));
    let authority = before.split_once("://").map_or(before, |(_, rest)| rest);
    // A password may have any sign in it, so that the last one ends it.
    let user = authority.rsplit_once('@').map(|(user, _)| user).unwrap_or_default();
    let secret = user.split_once(':').map_or(user, |(_, password)| password);
    let parameters = query.split(['&', ';', '#']).filter_map(|pair| Some(pair.split_once('=')?.1));
    let parameters = parameters.filter(|value| value.len() >= PARAMETER_SHORTEST);
    std::iter::once(secret).chain(parameters).map(decoded).collect()
}

/// What there is for a locale: its own, else that of its parents by CLDR, else that of its language.
#[must_use]
pub fn nearest_route<'these, T>(routes: &'these BTreeMap<Locale, Vec<T>>, locale: &Locale) -> Option<&'these Vec<T>> {
    let nearest = locale.chain().into_iter().find_map(|parent| routes.get(&parent));
    nearest.or_else(|| routes.get(locale.language()))
}

fn check_route(key: &str, route: &[EngineName], violations: &mut Violations) {
    if route.is_empty() {
        violations.add(key, "at least one engine is wanted");
    }
    for (index, name) in route.iter().enumerate() {
        if route.iter().take(index).any(|earlier| earlier == name) {
            violations.add_element(key, index, format!("`{name}` stands in the route already"));
        }
    }
}

/// What the services of vendors have in common: an address, where one is named, and the contract.
fn service(engine: &str, url: &str, contract: &Contract, violations: &mut Violations) {
    if !url.is_empty() {
        violations.web_address(&format!("engines.{engine}.url"), url);
    }
    contract.check(engine, violations);
}

/// A name that every vendor takes as the beginning of one, and that nothing else can be mistaken for.
fn glossary_name(key: &str, name: &str, violations: &mut Violations) {
    let is_letter = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_letter);
    if !name.is_empty() && (!is_name || name.len() > GLOSSARY_NAME_LONGEST) {
        let message = "lower-case letters, digits and hyphens are wanted, at most 40, a letter first, such as \
                       `polypost-production`";
        violations.add(key, message);
    }
}

fn one_of(key: &str, value: &str, allowed: &[&str], violations: &mut Violations) {
    if !allowed.contains(&value) {
        let allowed: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
        violations.add(key, format!("one of {} is wanted", allowed.join(", ")));
    }
}
