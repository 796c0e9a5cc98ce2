//! `polypost glossary`: the names that are never translated, the terms that have one rendering, and what incidents make
//! of them.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::failure::{Advised, no_incident};
use super::terminal::{lines, plain, table};
use polypost_core::document::fact::{Case, Gender, Value, Verbatim};
use polypost_core::document::{self, Report};
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;
use polypost_core::segment::{self, Definition, Glossary, GlossaryError, PartOfSpeech, Rendering, Span};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List names and terms, their senses, and how each locale renders them
    List,
    /// Read the glossary; with an incident, hold its translations against it
    Check {
        /// The incident
        id: Option<IncidentId>,
    },
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    match (args.action, context.glossary()) {
        (Action::List, glossary) => list(&*glossary?, args.json, &context),
        (Action::Check { id: None }, Ok(glossary)) => {
            praise(&glossary, args.json, &context)?;
            Ok(ExitCode::SUCCESS)
        }
        (Action::Check { id: None }, Err(error)) => blame(&error, args.json, &context).ok_or(error),
        (Action::Check { id: Some(id) }, glossary) => check(&id, &*glossary?, args.json, &context).await,
    }
}

/// A definition as operators read it.
#[derive(Serialize)]
struct Shown<'row> {
    term: &'row str,
    keep: bool,
    part_of_speech: &'static str,
    case: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    context: &'row [String],
    forms: Vec<&'row str>,
    renderings: BTreeMap<&'row Locale, ShownRendering<'row>>,
    from: &'static str,
    line: usize,
}

#[derive(Serialize)]
struct ShownRendering<'row> {
    singular: &'row str,
    #[serde(skip_serializing_if = "Option::is_none")]
    plural: Option<&'row str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<&'static str>,
}

impl<'row> Shown<'row> {
    fn of(definition: &'row Definition) -> Self {
        let rendering = |rendering: &'row Rendering| ShownRendering {
            singular: &rendering.singular,
            plural: rendering.plural.as_deref(),
            gender: rendering.gender.map(|gender| match gender {
                Gender::Masculine => "m",
                Gender::Feminine => "f",
            }),
        };
        Self {
            term: &definition.term,
            keep: definition.keep,
            part_of_speech: if definition.keep { PartOfSpeech::Name } else { definition.part_of_speech }.as_str(),
            case: match definition.case {
                Case::Exact => "exact",
                Case::Any => "any",
            },
            context: &definition.contexts,
            forms: definition.singular.iter().chain(&definition.plural).map(String::as_str).collect(),
            renderings: definition.renderings.iter().map(|(locale, one)| (locale, rendering(one))).collect(),
            from: definition.provenance.as_str(),
            line: definition.line,
        }
    }

    fn sense(&self) -> String {
        match self.context {
            [] => self.part_of_speech.to_owned(),
            words => format!("{} beside {}", self.part_of_speech, words.join(", ")),
        }
    }
}

impl ShownRendering<'_> {
    fn cell(&self) -> String {
        match self.plural {
            Some(plural) if plural != self.singular => format!("{} | {plural}", self.singular),
            _ => self.singular.to_owned(),
        }
    }
}

fn list(glossary: &Glossary, json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let shown: Vec<Shown<'_>> = glossary.definitions().iter().map(Shown::of).collect();
    if json {
        context.terminal.json(&serde_json::json!({ "terms": shown }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if shown.is_empty() {
        context.terminal.note("the glossary is empty (`glossary.file`, `glossary.builtin`)");
        return Ok(ExitCode::SUCCESS);
    }
    let locales: Vec<&Locale> = glossary.locales().collect();
    let headings: Vec<&str> =
        ["term", "sense", "from"].into_iter().chain(locales.iter().map(|tag| tag.as_str())).collect();
    let mut table = table(&headings);
    for row in &shown {
        let mut cells = vec![plain(row.term), plain(&row.sense()), row.from.to_owned()];
        cells.extend(locales.iter().map(|locale| match row.renderings.get(*locale) {
            Some(rendering) => plain(&rendering.cell()),
            None if row.keep => plain(row.term),
            None => "-".to_owned(),
        }));
        table.add_row(cells);
    }
    context.terminal.data(lines(&table))?;
    Ok(ExitCode::SUCCESS)
}

/// Says that the glossary is good, and what of it is of no use here.
fn praise(glossary: &Glossary, json: bool, context: &Context) -> anyhow::Result<()> {
    let (names, terms): (Vec<_>, Vec<_>) = glossary.definitions().iter().partition(|definition| definition.keep);
    if json {
        let document = serde_json::json!({ "good": true, "names": names.len(), "terms": terms.len(), "problems": [] });
        context.terminal.json(&document)?;
    }
    context.terminal.note(format_args!("the glossary is good: {} names, {} terms", names.len(), terms.len()));
    let targets = &context.config.locales.targets;
    for locale in targets {
        let chain = locale.chain();
        let without = terms.iter().filter(|definition| definition.rendering(&chain).is_none()).count();
        if without > 0 {
            context
                .terminal
                .note(format_args!("{without} terms have no rendering in `{locale}`: engines translate them"));
        }
    }
    let is_served = |locale: &&Locale| targets.iter().any(|target| target.chain().contains(*locale));
    let unused: Vec<String> = glossary.locales().filter(|one| !is_served(one)).map(|one| format!("`{one}`")).collect();
    if !unused.is_empty() {
        context.terminal.note(format_args!("there are renderings in {}, not in `locales.targets`", unused.join(", ")));
    }
    Ok(())
}

/// Says everything that is wrong with the file, a line each; `None` where it could not even be read.
fn blame(error: &anyhow::Error, json: bool, context: &Context) -> Option<ExitCode> {
    let GlossaryError(problems) = error.downcast_ref::<GlossaryError>()?;
    let file = context.config.glossary.file.display();
    for problem in problems {
        context.terminal.error(format_args!("{file}: {}", plain(problem)));
    }
    if json {
        context.terminal.json(&serde_json::json!({ "good": false, "problems": problems })).ok()?;
    }
    Some(ExitCode::FAILURE)
}

/// What a version makes of one name or term of its source.
#[derive(Serialize)]
struct Held {
    locale: Locale,
    term: String,
    rendering: String,
    /// How often the source holds it, and how many of these the translation renders.
    source: usize,
    translation: usize,
}

/// Counts each name and term in the source and its rendering in what readers get; fewer is a failure.
async fn check(id: &IncidentId, glossary: &Glossary, json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let Some(incident) = store.incident(id).await? else { return Err(no_incident(id).into()) };
    let mut rows = Vec::new();
    for row in store.translations(id, context.now()).await? {
        let Some(version) = store.served(id, &row.locale).await? else { continue };
        // An older version is compared with the text that it does not translate.
        if version.revision != incident.revision {
            context.terminal.note(format_args!("`{}` is of revision {}: passed over", row.locale, version.revision));
            continue;
        }
        rows.extend(held(&incident.report, &version.rendition, glossary, &row.locale)?);
    }
    if json {
        context.terminal.json(&serde_json::json!({ "incident": id, "terms": rows }))?;
    } else if !rows.is_empty() {
        let mut table = table(&["term", "locale", "rendering", "source", "translation"]);
        for Held { locale, term, rendering, source, translation } in &rows {
            let counts = [source.to_string(), translation.to_string()];
            table.add_row([plain(term), locale.to_string(), plain(rendering)].into_iter().chain(counts));
        }
        context.terminal.data(lines(&table))?;
    }
    let lost: Vec<String> = rows
        .iter()
        .filter(|row| row.translation < row.source)
        .map(|row| format!("`{}` in `{}`", row.term, row.locale))
        .collect();
    if lost.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let hint = format!("`polypost retranslate {id}` translates with the glossary as it is now");
    Err(Advised::new(format!("incident `{id}`: renderings are missing: {}", lost.join(", ")), hint).into())
}

/// The names and terms of the report's segments, and how often their renderings stand in the segments' translations.
fn held(report: &Report, rendition: &Rendition, glossary: &Glossary, locale: &Locale) -> anyhow::Result<Vec<Held>> {
    let document = document::read(report).map_err(|errors| {
        let problems: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("incident `{}` cannot be read: {}", report.id, problems.join("; "))
    })?;
    let mut found: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let targets: BTreeMap<&str, &str> =
        rendition.segments.iter().map(|record| (record.id.as_str(), record.target.as_str())).collect();
    for segment in segment::segments(&document, glossary.for_locale(locale)) {
        let mut wanted: BTreeMap<(String, String), usize> = BTreeMap::new();
        for span in &segment.spans {
            let Span::Fact(fact) = span else { continue };
            let pair = match &fact.value {
                Value::Term(term) => (term.name.clone(), term.rendering.clone()),
                Value::Verbatim(Verbatim::Name) => (fact.source.clone(), fact.source.clone()),
                _ => continue,
            };
            *wanted.entry(pair).or_default() += 1;
        }
        // A sentence's first letter and shouted words are in capitals.
        let target = targets.get(segment.id.as_str()).map(|target| target.to_lowercase()).unwrap_or_default();
        for (pair, count) in wanted {
            let there = target.matches(&pair.1.to_lowercase()).count().min(count);
            let counts = found.entry(pair).or_default();
            *counts = (counts.0 + count, counts.1 + there);
        }
    }
    let held = found.into_iter().map(|((term, rendering), (source, translation))| Held {
        locale: locale.clone(),
        term,
        rendering,
        source,
        translation,
    });
    Ok(held.collect())
}
