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

use super::problem::Faults;
use crate::locale::Locale;

pub use amazon::Amazon;
pub use apertium::Apertium;
pub use azure::Azure;
pub use contract::Contract;
pub use deepl::DeepL;
pub use google::Google;
pub use libretranslate::LibreTranslate;
pub use modernmt::ModernMt;
pub use name::{ENGINES, EngineName, UnknownEngine};
pub use neural::Neural;
pub use openai::OpenAi;

/// Locale and hash come behind it.
const GLOSSARY_NAME_LONGEST: usize = 40;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engines {
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
    pub neural: Neural,
    pub apertium: Apertium,
    pub deepl: DeepL,
    pub google: Google,
    pub azure: Azure,
    pub amazon: Amazon,
    pub libretranslate: LibreTranslate,
    pub modernmt: ModernMt,
    pub openai: OpenAi,
}

impl Engines {
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

    /// The names of a locale's route.
    #[must_use]
    pub fn route_of(&self, locale: &Locale) -> &[EngineName] {
        nearest_route(&self.routes, locale).unwrap_or(&self.route)
    }

    #[must_use]
    pub fn contract(&self, engine: &str) -> Option<&Contract> {
        self.contracts().into_iter().find(|(name, _)| *name == engine).map(|(_, contract)| contract)
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        check_route("engines.route", &self.route, faults);
        for (locale, route) in &self.routes {
            check_route(&format!("engines.routes.{locale}"), route, faults);
        }
        faults.range("engines.hedge_after_milliseconds", self.hedge_after_milliseconds, 0, 600_000);
        if !self.proxy.is_empty() {
            faults.web_address("engines.proxy", &self.proxy);
        }
        faults.range("engines.budget_warning_percent", self.budget_warning_percent, 1, 100);
        self.neural.check(faults);
        self.apertium.check(faults);
        self.deepl.check(faults);
        self.google.check(faults);
        self.azure.check(faults);
        self.amazon.check(faults);
        self.libretranslate.check(faults);
        self.modernmt.check(faults);
        self.openai.check(faults);
    }
}

/// What there is for a locale: its own, else that of its parents by CLDR, else that of its language.
#[must_use]
pub fn nearest_route<'these, T>(routes: &'these BTreeMap<Locale, Vec<T>>, locale: &Locale) -> Option<&'these Vec<T>> {
    let nearest = locale.chain().into_iter().find_map(|parent| routes.get(&parent));
    nearest.or_else(|| routes.get(locale.language()))
}

fn check_route(key: &str, route: &[EngineName], faults: &mut Faults) {
    if route.is_empty() {
        faults.add(key, "at least one engine is wanted");
    }
    for (index, name) in route.iter().enumerate() {
        if route.iter().take(index).any(|earlier| earlier == name) {
            faults.add_element(key, index, format!("`{name}` stands in the route already"));
        }
    }
}

/// What the services of vendors have in common: an address, where one is named, and the contract.
fn service(engine: &str, url: &str, contract: &Contract, faults: &mut Faults) {
    if !url.is_empty() {
        faults.web_address(&format!("engines.{engine}.url"), url);
    }
    contract.check(engine, faults);
}

/// A name that every vendor takes as the beginning of one, and that nothing else can be mistaken for.
fn glossary_name(key: &str, name: &str, faults: &mut Faults) {
    let is_letter = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_letter);
    if !name.is_empty() && (!is_name || name.len() > GLOSSARY_NAME_LONGEST) {
        let message = "lower-case letters, digits and hyphens are wanted, at most 40, a letter first, such as \
                       `polypost-production`";
        faults.add(key, message);
    }
}

fn one_of(key: &str, value: &str, allowed: &[&str], faults: &mut Faults) {
    if !allowed.contains(&value) {
        let allowed: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
        faults.add(key, format!("one of {} is wanted", allowed.join(", ")));
    }
}
