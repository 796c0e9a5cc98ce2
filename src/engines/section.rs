//! What the registry asks of an engine's section of the configuration, `[engines.NAME]`, and the checks of values that
//! several sections share. The sections themselves stand beside their engines.

use std::sync::Arc;

use crate::contract::Contract;
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

/// An engine's settings. All that the rest of the program wants to know of an engine before it runs comes from here.
pub(crate) trait EngineSection {
    /// Says what is wrong with the values.
    fn check(&self, violations: &mut Violations);

    /// The engine that these settings describe.
    ///
    /// # Errors
    /// Settings that no engine can be built of.
    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError>;

    /// What may be asked of the service; `None` where the engine is in this process.
    fn contract(&self) -> Option<&Contract> {
        None
    }

    /// The full key of the setting without which the engine cannot serve anything, where it is empty.
    fn missing(&self) -> Option<&'static str> {
        None
    }

    /// Keys and tokens, as they are sent.
    fn keys(&self) -> Vec<&Secret> {
        Vec::new()
    }

    /// Addresses, which may hold users, passwords and keys.
    fn addresses(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The most characters of a glossary's name in the settings; locale and hash are added to it.
const GLOSSARY_NAME_LONGEST: usize = 40;

/// What the services of vendors have in common: an address, where one is named, and the contract.
pub(crate) fn service(engine: &str, url: &str, contract: &Contract, violations: &mut Violations) {
    if !url.is_empty() {
        violations.web_address(&format!("engines.{engine}.url"), url);
    }
    contract.check(engine, violations);
}

/// A name that every vendor takes as the beginning of one, and that nothing else can be mistaken for.
pub(crate) fn glossary_name(key: &str, name: &str, violations: &mut Violations) {
    let is_letter = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_letter);
    if !name.is_empty() && (!is_name || name.len() > GLOSSARY_NAME_LONGEST) {
        let message = "lower-case letters, digits and hyphens are wanted, at most 40, a letter first, such as \
                       `polypost-production`";
        violations.add(key, message);
    }
}

pub(crate) fn one_of(key: &str, value: &str, allowed: &[&str], violations: &mut Violations) {
    if !allowed.contains(&value) {
        let allowed: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
        violations.add(key, format!("one of {} is wanted", allowed.join(", ")));
    }
}
