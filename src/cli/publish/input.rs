//! What `polypost publish` reads: files and standard input, bounded as requests are.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

use super::STDIN;
use crate::cli::Context;
use crate::cli::terminal::plain;
use polypost_core::intake::file;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum InputFormat {
    Markdown,
    Text,
    Html,
    Json,
}

/// The file's name for intake, which tells the format, and its bytes, bounded as requests are.
pub(super) fn read(path: &Path, format: Option<InputFormat>, context: &Context) -> anyhow::Result<(String, Vec<u8>)> {
    let limit = context.config.server.body_limit_bytes;
    let bounded = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let is_stdin = path.as_os_str() == STDIN;
    if is_stdin {
        std::io::stdin().lock().take(bounded).read_to_end(&mut bytes).context("standard input cannot be read")?;
    } else {
        let file = std::fs::File::open(path).context("cannot be read")?;
        file.take(bounded).read_to_end(&mut bytes).context("cannot be read")?;
    }
    if bytes.len() > limit {
        anyhow::bail!("larger than {limit} bytes (`server.body_limit_bytes`)");
    }
    let name = if is_stdin { stdin_name(format).to_owned() } else { path.display().to_string() };
    Ok((name, bytes))
}

/// A name with the extension of the format given; `-` is looked at by intake.
fn stdin_name(format: Option<InputFormat>) -> &'static str {
    match format {
        None => STDIN,
        Some(InputFormat::Markdown) => "-.md",
        Some(InputFormat::Text) => "-.txt",
        Some(InputFormat::Html) => "-.html",
        Some(InputFormat::Json) => "-.json",
    }
}

/// Warns of keys of the front matter that mean nothing here.
pub(super) fn warn_of_ignored_keys(name: &str, bytes: &[u8], context: &Context) {
    let ignored: Vec<String> = file::ignored_keys(name, bytes).iter().map(|key| format!("`{}`", plain(key))).collect();
    if !ignored.is_empty() {
        let keys = ignored.join(", ");
        context.terminal.warn(format_args!("{name}: front matter: not known, and ignored: {keys}"));
    }
}
