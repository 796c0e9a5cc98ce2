//! `polypost engines`: for every configured locale the engines of its route, what each makes of it, their limits, and
//! which can serve it at this moment;
//! `polypost engines pull LOCALE...` fetches the embedded engine's models.

use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::failure::Advised;
use super::terminal::{lines, plain, table};
use polypost_core::locale::Locale;
use polypost_engines::neural::Neural;
use polypost_engines::{Capabilities, Engine, EngineDependencies, EngineError};

/// The engine whose models can be fetched.
const EMBEDDED: &str = "neural";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// As without it, and exit code 1 if a configured locale can be served by no engine
    Check,
    /// Fetch the embedded engine's models for these locales
    Pull {
        /// Target locales, such as `es` and `it`
        #[arg(required = true, value_name = "LOCALE")]
        locales: Vec<Locale>,
    },
}

/// One engine, asked at this moment.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    pub(super) engine: String,
    pub(super) limits: String,
    pub(super) locales: Vec<Service>,
}

/// Whether an engine can serve one locale.
#[derive(Debug, Serialize)]
pub(super) struct Service {
    pub(super) locale: Locale,
    pub(super) serves: bool,
    /// In which way, if it does.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    offers: Option<Capabilities>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hint: Option<String>,
}

impl Health {
    /// Puts down what an engine said of a locale.
    pub(super) fn add(health: &mut Vec<Self>, engine: &dyn Engine, service: Service) {
        if let Some(known) = health.iter_mut().find(|known| known.engine == engine.name()) {
            known.locales.push(service);
        } else {
            let (engine, limits) = (engine.name().to_owned(), engine.limits());
            health.push(Self { engine, limits, locales: vec![service] });
        }
    }

    /// Whether it serves any of the locales.
    pub(super) fn serves(&self) -> bool {
        self.locales.iter().any(|service| service.serves)
    }
}

impl Service {
    pub(super) fn of(locale: &Locale, answer: Result<(), EngineError>) -> Self {
        let (serves, reason, hint) = match answer {
            Ok(()) => (true, None, None),
            Err(error) => (false, Some(plain(&error.message)), error.hint.as_deref().map(plain)),
        };
        Self { locale: locale.clone(), serves, offers: None, reason, hint }
    }

    async fn asked(engine: &dyn Engine, source: &Locale, target: &Locale) -> Self {
        let service = Self::of(target, engine.check(source, target).await);
        let offers = if service.serves { engine.capabilities(source, target).await.ok() } else { None };
        Self { offers, ..service }
    }
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    if let Some(Action::Pull { locales }) = &args.action {
        return pull(locales, args.json, &context).await;
    }
    let health = health(&context).await?;
    if args.json {
        context.terminal.json(&serde_json::json!({ "engines": health, "routes": routes(&context) }))?;
    } else {
        context.terminal.data(printed(&health, &context))?;
    }
    let unserved = unserved(&health, &context.config.locales.targets);
    for locale in &unserved {
        context.terminal.warn(format_args!("no engine can serve `{locale}` now"));
        for hint in hints(&health, locale) {
            context.terminal.hint(hint);
        }
    }
    let is_wanted_good = matches!(args.action, Some(Action::Check));
    Ok(if is_wanted_good && !unserved.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Asks, for every configured locale, every engine of its route.
pub(super) async fn health(context: &Context) -> anyhow::Result<Vec<Health>> {
    let routes = context.routes()?;
    let mut health: Vec<Health> = Vec::new();
    for target in &context.config.locales.targets {
        for engine in routes.of(target) {
            let service = Service::asked(engine.as_ref(), context.source(), target).await;
            Health::add(&mut health, engine.as_ref(), service);
        }
    }
    Ok(health)
}

/// The configured locales, each with the engines that are asked for it, in that order.
fn routes(context: &Context) -> Vec<serde_json::Value> {
    let route = |locale: &Locale| -> Vec<String> {
        context.config.engines.route_of(locale).iter().map(ToString::to_string).collect()
    };
    let targets = context.config.locales.targets.iter();
    targets.map(|locale| serde_json::json!({ "locale": locale, "engines": route(locale) })).collect()
}

/// The locales that no engine serves.
pub(super) fn unserved(health: &[Health], locales: &[Locale]) -> Vec<Locale> {
    let is_served = |locale: &Locale| {
        health.iter().any(|engine| engine.locales.iter().any(|service| service.serves && service.locale == *locale))
    };
    locales.iter().filter(|locale| !is_served(locale)).cloned().collect()
}

/// What can be done so that a locale is served, each once.
pub(super) fn hints(health: &[Health], locale: &Locale) -> Vec<String> {
    let mut hints: Vec<String> = Vec::new();
    for service in health.iter().flat_map(|engine| &engine.locales).filter(|service| service.locale == *locale) {
        hints.extend(service.hint.clone().filter(|hint| !hints.contains(hint)));
    }
    hints
}

/// A line per locale and engine, in the order in which the engines are asked.
pub(super) fn printed(health: &[Health], context: &Context) -> String {
    let mut table = table(&["engine", "locale", "code", "markup", "formality", "glossary", "limits", "now"]);
    for locale in &context.config.locales.targets {
        for name in context.config.engines.route_of(locale) {
            let name = name.to_string();
            let Some(engine) = health.iter().find(|engine| engine.engine == name) else { continue };
            let Some(service) = engine.locales.iter().find(|service| service.locale == *locale) else { continue };
            let [code, markup, formality, glossary] = told(service.offers.as_ref());
            let limits = engine.limits.clone();
            let now = match &service.reason {
                None => "ready".to_owned(),
                Some(reason) => format!("cannot serve: {reason}"),
            };
            table.add_row([name, locale.to_string(), code, markup, formality, glossary, limits, now]);
        }
    }
    lines(&table)
}

/// Code, markup, formality and glossary in words.
fn told(offers: Option<&Capabilities>) -> [String; 4] {
    let Some(offers) = offers else { return ["-"; 4].map(str::to_owned) };
    let word = |has: bool| if has { "yes" } else { "no" }.to_owned();
    let code = offers.code.clone().unwrap_or_else(|| "-".to_owned());
    [code, word(offers.markup), word(offers.formality), word(offers.glossary)]
}

async fn pull(locales: &[Locale], json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let settings = &context.config.engines;
    let engine = Neural::new(&settings.neural, &EngineDependencies::new(settings))?;
    let mut services = Vec::new();
    for locale in locales {
        context.terminal.note(format_args!("fetching the model for `{locale}` …"));
        let service = Service::of(locale, fetch(&engine, locale, context).await);
        match &service.reason {
            None if !json => context.terminal.data(format_args!("{locale}: ready"))?,
            None => {}
            Some(reason) => context.terminal.error(format_args!("engine `{EMBEDDED}`, locale `{locale}`: {reason}")),
        }
        if let Some(hint) = &service.hint {
            context.terminal.hint(hint);
        }
        services.push(service);
    }
    if json {
        context.terminal.json(&serde_json::json!({ "models": services }))?;
    }
    Ok(if services.iter().all(|service| service.serves) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asking for it is the permission, whatever is configured for the first use and whatever failed a short while ago.
/// Where no newer one can be had, the model that is here serves on.
async fn fetch(engine: &Neural, locale: &Locale, context: &Context) -> Result<(), EngineError> {
    let source = context.source();
    let Err(failure) = engine.pull(source, locale, &|_| {}).await else { return Ok(()) };
    if engine.check(source, locale).await.is_err() {
        return Err(failure);
    }
    context.terminal.warn(format_args!("the model for `{locale}` that is here stays: {}", plain(&failure.message)));
    Ok(())
}

/// Why nothing can be translated, by engine and locale, as an error.
pub(super) fn nobody_serves(health: &[Health], locales: &[Locale]) -> Advised {
    let mut reasons = Vec::new();
    let mut advice: Vec<String> = Vec::new();
    for locale in locales {
        for engine in health {
            for service in engine.locales.iter().filter(|service| service.locale == *locale) {
                let reason = service.reason.as_deref().unwrap_or("ready");
                reasons.push(format!("engine `{}`, locale `{locale}`: {reason}", engine.engine));
            }
        }
        for hint in hints(health, locale) {
            if !advice.contains(&hint) {
                advice.push(hint);
            }
        }
    }
    Advised::with_hints(format!("no engine can serve\n  {}", reasons.join("\n  ")), advice)
}
