//! `[engines]`: the route and the engines' own settings.

mod apertium;
mod azure;
mod contract;
mod deepl;
mod google;
mod neural;

use serde::Deserialize;

use super::problem::{Faults, nearest};

pub use apertium::Apertium;
pub use azure::Azure;
pub use contract::Contract;
pub use deepl::DeepL;
pub use google::Google;
pub use neural::Neural;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engines {
    pub route: Vec<String>,
    /// A proxy's address; empty: what the environment says.
    pub proxy: String,
    pub neural: Neural,
    pub apertium: Apertium,
    pub deepl: DeepL,
    pub google: Google,
    pub azure: Azure,
}

/// The engines that a route may name.
const KNOWN: [&str; 6] = ["neural", "apertium", "deepl", "google", "azure", "pseudo"];

impl Engines {
    pub(super) fn check(&self, faults: &mut Faults) {
        if self.route.is_empty() {
            faults.add("engines.route", "at least one engine is wanted");
        }
        for (index, name) in self.route.iter().enumerate() {
            if !KNOWN.contains(&name.as_str()) {
                let known = KNOWN.map(|name| format!("`{name}`")).join(", ");
                let message = match nearest(name, KNOWN.into_iter()) {
                    Some(near) => format!("unknown engine; did you mean `{near}`? (known: {known})"),
                    None => format!("unknown engine (known: {known})"),
                };
                faults.add_element("engines.route", index, message);
            } else if self.route.iter().take(index).any(|earlier| earlier == name) {
                faults.add_element("engines.route", index, format!("`{name}` stands in the route already"));
            }
        }
        if !self.proxy.is_empty() {
            faults.web_address("engines.proxy", &self.proxy);
        }
        self.neural.check(faults);
        self.apertium.check(faults);
        self.deepl.check(faults);
        self.google.check(faults);
        self.azure.check(faults);
    }
}

/// What the services of vendors have in common: an address, where one is named, and the contract.
fn service(engine: &str, url: &str, contract: &Contract, faults: &mut Faults) {
    if !url.is_empty() {
        faults.web_address(&format!("engines.{engine}.url"), url);
    }
    contract.check(engine, faults);
}

fn one_of(key: &str, value: &str, allowed: &[&str], faults: &mut Faults) {
    if !allowed.contains(&value) {
        let allowed: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
        faults.add(key, format!("one of {} is wanted", allowed.join(", ")));
    }
}
