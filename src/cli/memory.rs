//! `polypost memory`: the translation memory as a TMX file, out and in.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::Context;
use super::failure::Advised;
use super::file::{self, Unfinished, check_output, is_dash, name_of_input};
use super::terminal::plain;
use crate::pipeline::memory::{
    self, Maker, MemoryExport, MemoryImport, MemoryImportError, MemoryImportProblem, UnitContext,
};
use polypost_core::exchange::tmx::{TmxError, TmxReader, TmxRecord, Variant};
use polypost_core::locale::Locale;
use polypost_engines::{EngineDependencies, Routes};

/// Problems told one by one; of the others there is a count.
const TOLD: usize = 20;

/// Bytes of a problem's line on the terminal.
const EXCERPT: usize = 300;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write the memory to a TMX file
    Export {
        /// The file; `-` is stdout
        #[arg(value_name = "FILE.tmx")]
        file: PathBuf,
        /// Only this locale; may be given several times
        #[arg(long = "locale", value_name = "LOCALE")]
        locales: Vec<Locale>,
        /// Print one JSON document with counts
        #[arg(long)]
        json: bool,
    },
    /// Take a TMX file's translations into the memory, as human ones unless the file says that a machine made them
    Import {
        /// The file; `-` is stdin
        #[arg(value_name = "FILE.tmx")]
        file: PathBuf,
        /// Let the file's text go before another one that the memory has for the same source
        #[arg(long)]
        replace: bool,
        /// Print one JSON document with counts
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Export { file, locales, json } => export(&file, &locales, json, &context).await,
        Action::Import { file, replace, json } => import(&file, replace, json, &context).await,
    }
}

async fn export(file: &Path, locales: &[Locale], json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    check_output(file, json)?;
    let store = context.store_to_read().await?;
    if is_dash(file) {
        let to = BufWriter::new(io::stdout().lock());
        let (exported, _) = memory::export(store.as_ref(), locales, context.source(), to).await?;
        report_export(&exported, context);
        return Ok(ExitCode::SUCCESS);
    }
    let cannot = || format!("`{}` cannot be written", file.display());
    let (unfinished, to) = Unfinished::create(file).with_context(cannot)?;
    let (exported, to) = memory::export(store.as_ref(), locales, context.source(), to).await.with_context(cannot)?;
    unfinished.finish(to).with_context(cannot)?;
    report_export(&exported, context);
    if json {
        context.terminal.json(&exported)?;
    } else {
        context.terminal.data(format_args!("exported {} entries to {}", exported.entries, file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn report_export(exported: &MemoryExport, context: &Context) {
    for (locale, entries) in &exported.locales {
        context.terminal.note(format_args!("{locale}: {entries} entries"));
    }
    if exported.entries == 0 {
        context.terminal.note("the memory has nothing of what was asked for");
    }
    if exported.unwritable > 0 {
        let count = exported.unwritable;
        context.terminal.warn(format_args!("{count} entries have control characters, which no XML file can have"));
    }
}

async fn import(file: &Path, replace: bool, json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let name = name_of_input(file);
    let refused = |error: &dyn std::fmt::Display| format!("`{name}`: {error}");
    let mut bytes = open(file).with_context(|| format!("`{name}` cannot be read"))?;
    // All of it first: a file that breaks off in its midst changes nothing.
    if let Err(error) = memory::verify(&bytes) {
        return Err(Advised::new(refused(&error), "nothing was imported: repair the file and import it again").into());
    }
    let again = || format!("`{name}` cannot be read twice");
    bytes.rewind().with_context(again)?;
    let lacking = Lacking::of(&bytes, context.source()).with_context(again)?;
    bytes.rewind().with_context(again)?;
    let store = context.store().await?;
    let (glossary, bundles) = (context.glossary()?, context.bundles()?);
    let settings = &context.config.engines;
    let routes = Routes::configured(settings, &context.with_terms(EngineDependencies::new(settings))?)?;
    let engines: Vec<_> = routes.names().into_iter().filter_map(|name| routes.engine(name)).collect();
    let of_all = |target: &Locale| -> Vec<(Locale, Maker<'_>)> {
        engines.iter().map(|engine| (target.clone(), Maker::of(engine.as_ref(), target))).collect()
    };
    let makers: Vec<(Locale, Maker<'_>)> = context.config.locales.targets.iter().flat_map(of_all).collect();
    let unit_context = UnitContext {
        source: context.source(),
        targets: &context.config.locales.targets,
        glossary: &glossary,
        bundles: &bundles,
        makers: &makers,
    };
    let mut imported = MemoryImport::default();
    let mut problems: Vec<MemoryImportProblem> = Vec::new();
    let tell = |problem: MemoryImportProblem| {
        if problems.len() < TOLD {
            problems.push(problem);
        }
    };
    let how = (replace, context.now());
    let outcome = memory::import(store.as_ref(), &bytes, unit_context, how, &mut imported, tell).await;
    report_import(&name, &imported, &problems, &lacking, context);
    if let Err(error) = outcome {
        let stored = imported.added + imported.replaced;
        let hint = match error {
            MemoryImportError::Store(_) => "import it again: what is there is passed over",
            MemoryImportError::File(_) => "it changed while it was read: import it again",
        };
        return Err(Advised::new(format!("{} ({stored} entries were stored before)", refused(&error)), hint).into());
    }
    if json {
        context.terminal.json(&serde_json::json!({ "imported": imported, "problems": problems }))?;
    } else {
        let MemoryImport { added, known, kept, replaced, skipped, units, .. } = &imported;
        context.terminal.data(format_args!(
            "{units} units: {added} entries added, {known} known, {kept} kept, {replaced} replaced, {skipped} skipped"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The file, or what comes from a pipe in a file of its own: it is read twice.
fn open(file: &Path) -> io::Result<File> {
    if is_dash(file) {
        return spool(io::stdin().lock());
    }
    let opened = file::open(file)?;
    if opened.metadata()?.is_file() { Ok(opened) } else { spool(opened) }
}

/// A file without a name, gone when it is closed.
fn spool(mut from: impl io::Read) -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("polypost-import-{:016x}.tmx", rand::random::<u64>()));
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    // Where an open file cannot be removed, it stays for the system to tidy up.
    let _ = std::fs::remove_file(&path);
    io::copy(&mut from, &mut file)?;
    file.flush()?;
    file.rewind()?;
    Ok(file)
}

/// Units that nothing can be taken of, whatever the locales.
#[derive(Debug, Default)]
struct Lacking {
    /// Those without a text in the source language.
    sourceless: u64,
    /// Their texts, by language.
    languages: BTreeMap<String, u64>,
    /// Those with a text in the source language alone.
    untranslated: u64,
}

impl Lacking {
    fn of(file: impl io::Read, source: &Locale) -> Result<Self, TmxError> {
        let is_source = |variant: &Variant| {
            let locale: Option<Locale> = variant.language.parse().ok();
            locale.is_some_and(|locale| locale.chain().contains(source) || source.chain().contains(&locale))
        };
        let mut lacking = Self::default();
        let mut reader = TmxReader::new(file)?;
        while let Some(read) = reader.read()? {
            let TmxRecord::Unit(unit) = read else { continue };
            if !unit.variants.iter().any(is_source) {
                lacking.sourceless += 1;
                for variant in unit.variants {
                    *lacking.languages.entry(variant.language).or_default() += 1;
                }
            } else if unit.variants.len() == 1 {
                lacking.untranslated += 1;
            }
        }
        Ok(lacking)
    }

    fn report(&self, name: &str, context: &Context) {
        let source = context.source();
        if self.sourceless > 0 {
            let units = self.sourceless;
            context
                .terminal
                .warn(format_args!("{name}: {units} units have no text in `{source}` and were passed over"));
        }
        if self.untranslated > 0 {
            let units = self.untranslated;
            context.terminal.warn(format_args!("{name}: {units} units have a text in `{source}` alone"));
        }
    }
}

fn report_import(
    name: &str,
    imported: &MemoryImport,
    problems: &[MemoryImportProblem],
    lacking: &Lacking,
    context: &Context,
) {
    let name = plain(name);
    for MemoryImportProblem { line, unit, message } in problems {
        let message: String = plain(message).chars().take(EXCERPT).collect();
        context.terminal.warn(format_args!("{name}:{line}: unit {unit}: {message}"));
    }
    let untold = (imported.skipped + imported.kept).saturating_sub(problems.len() as u64);
    if untold > 0 {
        context.terminal.warn(format_args!("{name}: {untold} more were skipped or kept out"));
    }
    for (language, mapped) in &imported.mapped {
        let language = plain(language);
        context.terminal.note(format_args!("`{language}` was taken for `{}`: {} texts", mapped.locale, mapped.texts));
    }
    lacking.report(&name, context);
    let is_target = |language: &str| {
        let locale: Option<Locale> = language.parse().ok();
        locale.is_some_and(|locale| context.config.locales.targets.contains(&locale))
    };
    for (language, texts) in &imported.foreign {
        let texts = texts.saturating_sub(lacking.languages.get(language).copied().unwrap_or_default());
        let why = if is_target(language) { "stands in a unit more than once" } else { "is no configured locale" };
        let language = plain(language);
        if texts > 0 {
            context.terminal.note(format_args!("`{language}` {why}: {texts} texts passed over"));
        }
    }
    if imported.kept > 0 {
        let kept = imported.kept;
        context
            .terminal
            .note(format_args!("{kept} sources have another text, which stays (`--replace` takes the file's)"));
    }
}
