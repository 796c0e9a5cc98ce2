//! The engines by name: configuration comes in, engines in the order of the route go out. Nothing is asked of any of
//! them here.

use std::sync::Arc;

use super::apertium::Apertium;
use super::neural::Neural;
use super::pseudo::Pseudo;
use super::{Engine, EngineError, Means, amazon, azure, deepl, google, libretranslate, modernmt, openai};
use crate::config;

pub use crate::config::ENGINES as NAMES;

/// Why there is no route.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("there is no engine `{0}`: `{list}` are the ones there are", list = NAMES.join("`, `"))]
    Unknown(String),
    #[error("the engine `{0}` stands twice in the route")]
    Twice(String),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// The engines of the route, the preferred one first.
///
/// # Errors
/// A name that no engine has, one that stands twice, or settings that an engine cannot be made of.
pub fn engines(settings: &config::Engines, means: &Means) -> Result<Vec<Arc<dyn Engine>>, RouteError> {
    let mut names: Vec<&str> = Vec::new();
    for name in &settings.route {
        if names.contains(&name.as_str()) {
            return Err(RouteError::Twice(name.clone()));
        }
        names.push(name);
    }
    names.into_iter().map(|name| engine(settings, name, means)).collect()
}

/// The engine of this name, whether or not it is in the route.
///
/// # Errors
/// As [`engines`].
pub fn engine(settings: &config::Engines, name: &str, means: &Means) -> Result<Arc<dyn Engine>, RouteError> {
    match name {
        "neural" => Ok(Arc::new(Neural::new(&settings.neural, means)?)),
        "apertium" => Ok(Arc::new(Apertium::new(&settings.apertium, means)?)),
        "amazon" => Ok(Arc::new(amazon::engine(&settings.amazon, means)?)),
        "azure" => Ok(Arc::new(azure::engine(&settings.azure, means)?)),
        "deepl" => Ok(Arc::new(deepl::engine(&settings.deepl, means)?)),
        "libretranslate" => Ok(Arc::new(libretranslate::engine(&settings.libretranslate, means)?)),
        "modernmt" => Ok(Arc::new(modernmt::engine(&settings.modernmt, means)?)),
        "openai" => Ok(Arc::new(openai::engine(&settings.openai, means)?)),
        "google" => Ok(Arc::new(google::engine(&settings.google, means)?)),
        "pseudo" => Ok(Arc::new(Pseudo)),
        other => Err(RouteError::Unknown(other.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(route: &[&str]) -> config::Engines {
        let file: toml::Table = config::DEFAULT.parse().unwrap();
        let mut settings: config::Engines = file["engines"].clone().try_into().unwrap();
        settings.route = route.iter().map(|name| (*name).to_owned()).collect();
        settings
    }

    #[test]
    fn engines_come_in_the_order_of_the_route() {
        let engines = engines(&settings(&["pseudo", "apertium", "neural"]), &Means::default()).unwrap();
        let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
        assert_eq!(names, ["pseudo", "apertium", "neural"]);
    }

    #[test]
    fn every_engine_is_made_under_its_own_name() {
        for name in NAMES {
            assert_eq!(engine(&settings(&[]), name, &Means::default()).unwrap().name(), name);
        }
    }

    #[test]
    fn a_name_that_no_engine_has_is_an_error_that_lists_them() {
        let error = engines(&settings(&["neural", "parrot"]), &Means::default()).err().unwrap().to_string();
        assert!(error.contains("`parrot`") && error.contains(&format!("`{}`", NAMES.join("`, `"))), "{error}");
        let error = engines(&settings(&["pseudo", "pseudo"]), &Means::default()).err().unwrap().to_string();
        assert!(error.contains("twice"), "{error}");
    }
}
