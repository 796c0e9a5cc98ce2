//! The files that the configuration names (texts of locales, glossary): read once for all who ask, and what is wrong
//! with them told as a problem of the key that names them.

use std::path::Path;
use std::sync::Arc;

use super::Context;
use crate::bundles;
use crate::cli::environment;
use crate::config::{self, ConfigError, ConfigErrors};
use polypost_core::l10n::{BundleError, Bundles};
use polypost_core::locale::Locale;
use polypost_core::segment::{FileFormat, Glossary};

/// What to do about a locale that has not every text.
pub(in crate::cli) const TEXTS_ARE_WRITTEN: &str =
    "`polypost locales --json` lists them; they are written into `<locale>/*.ftl` in `locales.directory`";

impl Context {
    /// The built-in texts with the configured ones laid over them: the same for all who ask.
    ///
    /// # Errors
    /// Where a configured text cannot be read: a [`ConfigErrors`].
    pub(in crate::cli) fn bundles(&self) -> anyhow::Result<Arc<Bundles>> {
        if let Some(known) = self.bundles.get() {
            return Ok(Arc::clone(known));
        }
        let directory = &self.config.locales.directory;
        let read = bundles::load(configured(directory)).map_err(|error| {
            let problems = match error {
                BundleError::Several(errors) => errors.iter().map(ToString::to_string).collect(),
                error => vec![error.to_string()],
            };
            self.wrong("locales.directory", directory, problems)
        })?;
        Ok(Arc::clone(self.bundles.get_or_init(|| Arc::new(read))))
    }

    /// Whether every configured locale may be translated into: what readers of one without texts got would be English
    /// all round. Commands that only read do not ask.
    ///
    /// # Errors
    /// A [`ConfigErrors`] with what each lacks.
    pub(in crate::cli) fn check_targets(&self) -> anyhow::Result<()> {
        const KEY: &str = "locales.targets";
        let bundles = self.bundles()?;
        let origin = config::origin(self.file.as_deref(), environment(), KEY);
        let refused = |(index, target): (usize, &Locale)| {
            let incomplete = bundles.check_target(self.source(), target).err()?;
            let (origin, key, value) = (origin.clone(), format!("{KEY}[{index}]"), Some(target.to_string()));
            Some(ConfigError { origin, key, value, message: format!("{incomplete}; {TEXTS_ARE_WRITTEN}") })
        };
        let errors: Vec<ConfigError> = self.config.locales.targets.iter().enumerate().filter_map(refused).collect();
        if errors.is_empty() { Ok(()) } else { Err(ConfigErrors { errors }.into()) }
    }

    /// What is wrong with the files that the configuration names, and with what it wants of them.
    ///
    /// # Errors
    /// All of it.
    pub(in crate::cli) fn check_files(&self) -> Result<(), ConfigErrors> {
        let texts = self.bundles().and_then(|_| self.check_targets());
        let found = [texts.err(), self.glossary().err()];
        let wrong = found.into_iter().flatten().filter_map(|error| error.downcast::<ConfigErrors>().ok());
        let errors: Vec<ConfigError> = wrong.flat_map(|wrong| wrong.errors).collect();
        if errors.is_empty() { Ok(()) } else { Err(ConfigErrors { errors }) }
    }

    /// A key whose value names a file that cannot be used.
    fn wrong(&self, key: &str, value: &Path, messages: Vec<String>) -> ConfigErrors {
        let origin = config::origin(self.file.as_deref(), environment(), key);
        let problem = |message| ConfigError {
            origin: origin.clone(),
            key: key.to_owned(),
            value: Some(value.display().to_string()),
            message,
        };
        ConfigErrors { errors: messages.into_iter().map(problem).collect() }
    }

    /// The built-in glossary, where it is wanted, with the configured file laid over it: the same for all who ask.
    ///
    /// # Errors
    /// Where the file cannot be read or holds a mistake: a [`ConfigErrors`], of a mistake with the glossary's own
    /// error.
    pub(in crate::cli) fn glossary(&self) -> anyhow::Result<Arc<Glossary>> {
        if let Some(known) = self.glossary.get() {
            return Ok(Arc::clone(known));
        }
        let order = self.config.publish.date_order;
        let read = Arc::new(self.read_glossary()?.with_date_order(order));
        Ok(Arc::clone(self.glossary.get_or_init(|| read)))
    }

    fn read_glossary(&self) -> anyhow::Result<Glossary> {
        let settings = &self.config.glossary;
        let glossary = if settings.builtin { Glossary::default() } else { Glossary::empty() };
        let Some(file) = configured(&settings.file) else { return Ok(glossary) };
        let bytes = std::fs::read(file).map_err(|error| {
            let message = format!("it cannot be read ({error}); a TOML or CSV file is wanted");
            self.wrong("glossary.file", file, vec![message])
        })?;
        let is_csv = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let format = if is_csv { FileFormat::Csv } else { FileFormat::Toml };
        glossary.with_file(&bytes, format).map_err(|error| {
            let wrong = self.wrong("glossary.file", file, error.0.clone());
            anyhow::Error::from(error).context(wrong)
        })
    }
}

/// A configured path; an empty one is none.
fn configured(path: &Path) -> Option<&Path> {
    (!path.as_os_str().is_empty()).then_some(path)
}
