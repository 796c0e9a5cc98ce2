//! Builds the engines of each locale's route in order, by the configuration. No engine is called here.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use super::pivot::Pivot;
use super::registry::{ENGINES, EngineName, EngineSettings, UnknownEngine, nearest_route};
use super::{Engine, EngineDependencies, EngineError};
use polypost_core::locale::Locale;

/// Why there is no route.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error(transparent)]
    Unknown(#[from] UnknownEngine),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

type Route = Vec<Arc<dyn Engine>>;

/// Which engines are asked for which locale. An engine that has several places is the same in all of them, so that its
/// bounds and its health are.
#[derive(Clone)]
pub struct Routes {
    of_all: Route,
    by_locale: BTreeMap<Locale, Route>,
    /// Every engine that was made, by name.
    made: HashMap<String, Arc<dyn Engine>>,
}

impl Routes {
    /// As configured, with the engines that are in no route for operators who ask for one by name.
    ///
    /// # Errors
    /// Settings that an engine cannot be made of.
    pub fn new(settings: &EngineSettings, dependencies: &EngineDependencies) -> Result<Self, RouteError> {
        let mut routes = Self::configured(settings, dependencies)?;
        let mut builder = EngineBuilder::new(settings, dependencies, routes.made);
        for name in ENGINES {
            builder.engine(&EngineName::Single(name))?;
        }
        routes.made = builder.made;
        Ok(routes)
    }

    /// As configured; what is in no route is not there.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn configured(settings: &EngineSettings, dependencies: &EngineDependencies) -> Result<Self, RouteError> {
        let mut builder = EngineBuilder::new(settings, dependencies, HashMap::new());
        let of_all = builder.route(&settings.route)?;
        let mut by_locale = BTreeMap::new();
        for (locale, names) in &settings.routes {
            by_locale.insert(locale.clone(), builder.route(names)?);
        }
        Ok(Self { of_all, by_locale, made: builder.made })
    }

    /// The engines for a locale, the preferred one first; which route is the nearest is the configuration's to say
    /// ([`nearest_route`]).
    #[must_use]
    pub fn of(&self, locale: &Locale) -> &[Arc<dyn Engine>] {
        nearest_route(&self.by_locale, locale).unwrap_or(&self.of_all)
    }

    /// The engine of this name, in a route or not. A pivot need not be configured if its engines are there.
    #[must_use]
    pub fn engine(&self, name: &str) -> Option<Arc<dyn Engine>> {
        let made = |name: &str| self.made.get(name).cloned();
        // A name that no configuration knows is that of an engine made elsewhere.
        let Ok(name) = name.parse::<EngineName>() else { return made(name) };
        made(&name.to_string()).or_else(|| match &name {
            EngineName::Single(_) => None,
            EngineName::Pivot { first, middle, second } => {
                Some(Arc::new(Pivot::new(&name, made(first)?, middle, made(second)?)))
            }
        })
    }

    /// The names of the engines that are there, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.made.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }
}

impl fmt::Debug for Routes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Routes").field(&self.names()).finish()
    }
}

/// The same engines for every locale.
impl From<Route> for Routes {
    fn from(of_all: Route) -> Self {
        let made = of_all.iter().map(|engine| (engine.name().to_owned(), Arc::clone(engine))).collect();
        Self { of_all, by_locale: BTreeMap::new(), made }
    }
}

/// Where engines are made, each once.
struct EngineBuilder<'run> {
    settings: &'run EngineSettings,
    dependencies: &'run EngineDependencies,
    made: HashMap<String, Arc<dyn Engine>>,
}

impl<'run> EngineBuilder<'run> {
    /// No engine is made before its secrets are known, whoever's words repeat them.
    fn new(
        settings: &'run EngineSettings,
        dependencies: &'run EngineDependencies,
        made: HashMap<String, Arc<dyn Engine>>,
    ) -> Self {
        dependencies.redactor.learn(settings.secrets());
        Self { settings, dependencies, made }
    }

    fn route(&mut self, names: &[EngineName]) -> Result<Route, RouteError> {
        names.iter().map(|name| self.engine(name)).collect()
    }

    fn engine(&mut self, name: &EngineName) -> Result<Arc<dyn Engine>, RouteError> {
        let key = name.to_string();
        if let Some(engine) = self.made.get(&key) {
            return Ok(Arc::clone(engine));
        }
        let engine = match name {
            EngineName::Single(name) => self.settings.build(name, self.dependencies)?,
            EngineName::Pivot { first, middle, second } => {
                let (first, second) =
                    (self.engine(&EngineName::Single(first))?, self.engine(&EngineName::Single(second))?);
                Arc::new(Pivot::new(name, first, middle, second))
            }
        };
        self.made.insert(key, Arc::clone(&engine));
        Ok(engine)
    }
}

/// The engine of this name alone, whether or not it is in a route.
///
/// # Errors
/// A name that no engine has, or settings that an engine cannot be made of.
pub fn engine(
    settings: &EngineSettings,
    name: &str,
    dependencies: &EngineDependencies,
) -> Result<Arc<dyn Engine>, RouteError> {
    EngineBuilder::new(settings, dependencies, HashMap::new()).engine(&name.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(route: &[&str], routes: &[(&str, &[&str])]) -> EngineSettings {
        let file: toml::Table = polypost_settings::DEFAULT.parse().unwrap();
        let mut settings: EngineSettings = file["engines"].clone().try_into().unwrap();
        let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect();
        settings.route = names(route);
        settings.routes = routes.iter().map(|(locale, route)| (locale.parse().unwrap(), names(route))).collect();
        settings
    }

    fn names(routes: &Routes, locale: &str) -> Vec<String> {
        routes.of(&locale.parse().unwrap()).iter().map(|engine| engine.name().to_owned()).collect()
    }

    #[test]
    fn every_locale_has_the_nearest_route() {
        let configured = settings(
            &["pseudo", "apertium", "neural"],
            &[("es", &["deepl"]), ("es-419", &["amazon"]), ("zh", &["google"]), ("pt-PT", &["azure"])],
        );
        let routes = Routes::new(&configured, &EngineDependencies::default()).unwrap();
        for (locale, expected) in [
            ("it", vec!["pseudo", "apertium", "neural"]),
            ("es", vec!["deepl"]),
            ("es-ES", vec!["deepl"]),
            ("es-MX", vec!["amazon"]),
            ("zh-Hant-TW", vec!["google"]),
            ("pt-AO", vec!["azure"]),
            ("pt-BR", vec!["pseudo", "apertium", "neural"]),
        ] {
            assert_eq!(names(&routes, locale), expected, "{locale}");
        }
    }

    #[test]
    fn an_engine_is_one_object_in_all_of_its_places() {
        let configured = settings(
            &["neural", "apertium"],
            &[("es", &["neural>pt>apertium", "apertium"]), ("ca", &["neural>pt>apertium"])],
        );
        let routes = Routes::new(&configured, &EngineDependencies::default()).unwrap();
        let at = |locale: &str, index: usize| Arc::clone(&routes.of(&locale.parse().unwrap())[index]);
        assert!(Arc::ptr_eq(&at("es", 0), &at("ca", 0)));
        assert!(Arc::ptr_eq(&at("es", 1), &at("it", 1)));
        assert!(Arc::ptr_eq(&at("es", 0), &routes.engine("neural>PT>apertium").unwrap()));
        // By all who hold it: the map, the route of all, the pivot.
        let neural = routes.engine("neural").unwrap();
        assert_eq!(Arc::strong_count(&neural), 4);
        let other = routes.engine("deepl>es>apertium").unwrap();
        assert_eq!(other.name(), "deepl>es>apertium");
        assert!(routes.engine("parrot").is_none() && routes.engine("neural>pt").is_none());
    }

    #[test]
    fn what_is_in_no_route_is_made_only_where_it_may_be_wanted() {
        let configured = settings(&["pseudo"], &[("es", &["neural>pt>apertium"])]);
        let routes = Routes::configured(&configured, &EngineDependencies::default()).unwrap();
        assert_eq!(routes.names(), ["apertium", "neural", "neural>pt>apertium", "pseudo"]);
        assert!(routes.engine("deepl").is_none());
        assert_eq!(Routes::new(&configured, &EngineDependencies::default()).unwrap().names().len(), ENGINES.len() + 1);
    }

    #[test]
    fn every_engine_is_made_under_its_own_name() {
        for name in ENGINES.into_iter().chain(["neural>pt>apertium"]) {
            assert_eq!(engine(&settings(&[], &[]), name, &EngineDependencies::default()).unwrap().name(), name);
        }
    }

    #[test]
    fn a_name_that_no_engine_has_is_an_error_that_lists_them() {
        let error = engine(&settings(&[], &[]), "parrot", &EngineDependencies::default()).err().unwrap().to_string();
        assert!(error.contains("`parrot`") && error.contains(&format!("`{}`", ENGINES.join("`, `"))), "{error}");
    }
}
