//! The table of engines. Names in routes, the sections of `[engines]`, what is checked in them, contracts, secrets, and
//! the engines themselves all come from it; what differs from engine to engine stands in the engine's own module, behind
//! [`EngineSection`]. A new engine has its module (`mod` in `lib.rs`), one line here, and its defaults in
//! `default.toml`.

mod name;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::redactor::Redactor;
use crate::section::EngineSection;
use crate::{Engine, EngineDependencies, EngineError, ErrorKind};
use polypost_core::locale::Locale;
use polypost_settings::Violations;
use polypost_settings::redaction::decoded;

pub use name::{EngineName, UnknownEngine};

/// Makes of the table the names, the structure of `[engines]`, and the way from a name to its section.
macro_rules! engines {
    ($($(#[$attribute:meta])* $engine:ident: $section:ident,)+) => {
        $(pub use crate::$engine::$section;)+

        /// The engines that a route may name, in the order of the table.
        pub const ENGINES: [&str; [$(stringify!($engine)),+].len()] = [$(stringify!($engine)),+];

        /// `[engines]`: the route and the engines' own settings.
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
            $($(#[$attribute])* pub $engine: $section,)+
        }

        impl EngineSettings {
            /// Each engine's name and settings, in the order of the table.
            fn sections(&self) -> [(&'static str, &dyn EngineSection); ENGINES.len()] {
                [$((stringify!($engine), &self.$engine)),+]
            }
        }
    };
}

// In the order in which messages and `polypost engines` list them.
engines! {
    neural: NeuralSettings,
    apertium: ApertiumSettings,
    deepl: DeepLSettings,
    google: GoogleSettings,
    azure: AzureSettings,
    amazon: AmazonSettings,
    libretranslate: LibreTranslateSettings,
    modernmt: ModernMtSettings,
    openai: OpenAiSettings,
    // It has no settings: the file has no such section.
    #[serde(skip)]
    pseudo: Pseudo,
}

impl EngineSettings {
    /// The engines over the network, with what may be asked of them.
    #[must_use]
    pub fn contracts(&self) -> Vec<(&'static str, &Contract)> {
        let sections = self.sections().into_iter();
        sections.filter_map(|(name, section)| Some((name, section.contract()?))).collect()
    }

    #[must_use]
    pub fn contract(&self, engine: &str) -> Option<&Contract> {
        self.section(engine)?.contract()
    }

    /// All that is secret in these settings, as it is sent: keys and tokens, and what addresses hold of users,
    /// passwords and parameters.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        let mut secrets = in_address(&self.proxy);
        for (_, section) in self.sections() {
            secrets.extend(section.keys().into_iter().map(|key| key.expose().to_owned()));
            secrets.extend(section.addresses().into_iter().flat_map(in_address));
        }
        secrets.retain(|secret| !secret.is_empty());
        secrets
    }

    /// The setting without which this engine cannot serve anything, where it is empty.
    #[must_use]
    pub fn lacks(&self, engine: &EngineName) -> Option<&'static str> {
        engine.engines().into_iter().find_map(|name| self.section(name)?.missing())
    }

    /// The names of a locale's route.
    #[must_use]
    pub fn route_of(&self, locale: &Locale) -> &[EngineName] {
        nearest_route(&self.routes, locale).unwrap_or(&self.route)
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
        for (_, section) in self.sections() {
            section.check(violations);
        }
    }

    /// The engine of this name, which is no pivot.
    pub(crate) fn build(&self, name: &str, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        let unknown = || EngineError::new(name, ErrorKind::Broken, "unknown engine");
        self.section(name).ok_or_else(unknown)?.build(dependencies)
    }

    fn section(&self, engine: &str) -> Option<&dyn EngineSection> {
        self.sections().into_iter().find(|(name, _)| *name == engine).map(|(_, section)| section)
    }
}

impl EngineDependencies {
    /// For engines that are only looked at: what they bill is booked nowhere.
    #[must_use]
    pub fn new(settings: &EngineSettings) -> Self {
        let redactor = Redactor::default();
        redactor.learn(settings.secrets());
        Self { proxy: settings.proxy.clone(), redactor: Arc::new(redactor), ..Self::default() }
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
