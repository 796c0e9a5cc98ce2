//! How publishers are let in over HTTP: by tokens that are configured, or by those of the store. Where there is
//! neither, `serve` makes one, so that a service that was just started can be used and is open to nobody.
//!
//! The token stands in a file that its owner alone may read; the store has its hash. The file is there before the hash
//! is: a process that is killed in between finds the file at its next start and goes on with it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use rand::TryRng as _;
use rand::rngs::SysRng;

use super::terminal::Terminal;
use crate::config::Config;
use polypost_core::document::hex;
use polypost_store::{Scope, Store, TOKEN_PREFIX, Token, token_hash};

/// The name of the token that `serve` makes.
const NAME: &str = "serve";
const FILE: &str = "polypost.token";
/// Random bytes of a token: as many as its hash has, so that guessing one is as hard as the other.
const SECRET_BYTES: usize = 32;
/// More than a token is not read of a file.
const LONGEST_FILE: u64 = 1024;

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// `publish.token_hashes` names tokens.
    Configured,
    /// The file has one of the store's tokens.
    InFile,
    /// The store has tokens, of which the file has none.
    Elsewhere,
    /// Every token of the store is expired or revoked.
    Ended,
    /// No token was ever made.
    None,
}

/// A new token: 256 bits of the operating system's generator.
///
/// # Errors
/// Where the system gives none.
pub(super) fn new_token() -> anyhow::Result<String> {
    let mut secret = [0; SECRET_BYTES];
    SysRng.try_fill_bytes(&mut secret).context("the operating system gives no random bytes")?;
    Ok(format!("{TOKEN_PREFIX}{}", hex(&secret)))
}

/// Where the token is written: as configured, else beside an SQLite file, else in the working directory.
#[must_use]
pub(super) fn file(config: &Config) -> PathBuf {
    if !config.server.token_file.as_os_str().is_empty() {
        return config.server.token_file.clone();
    }
    polypost_store::file_of(config.store.url.expose())
        .map_or_else(|| PathBuf::from(FILE), |store| store.with_file_name(FILE))
}

/// Whether the file is there, and others than its owner may read it.
#[must_use]
pub(super) fn is_exposed(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| !is_private(&metadata, &metadata))
}

/// How things stand; nothing is changed.
///
/// # Errors
/// Where the store does not answer.
pub(super) async fn look(config: &Config, store: &dyn Store, now: Timestamp) -> polypost_store::Result<Access> {
    if !config.publish.token_hashes.is_empty() {
        return Ok(Access::Configured);
    }
    let tokens = store.tokens().await?;
    let valid: Vec<&Token> = tokens.iter().filter(|token| token.is_valid(now)).collect();
    let written = read(&file(config), None).ok().flatten().map(|token| token_hash(&token));
    Ok(match () {
        () if tokens.is_empty() => Access::None,
        () if valid.is_empty() => Access::Ended,
        () if valid.iter().any(|token| Some(&token.hash) == written.as_ref()) => Access::InFile,
        () => Access::Elsewhere,
    })
}

/// Makes the first token where there is none at all, and tells where it is. What goes wrong with it keeps nobody from
/// reading: it is told, and until it is mended nobody publishes over HTTP by token.
pub(super) async fn provide(config: &Config, store: &dyn Store, now: Timestamp, terminal: Terminal) {
    let file = file(config);
    let provided = match look(config, store, now).await {
        Ok(Access::None) => make(config, &file, store, now).await,
        looked => looked.map_err(anyhow::Error::from),
    };
    match provided {
        Ok(access) => tell(access, &file, terminal),
        Err(error) => {
            terminal.warn(format_args!("nobody can publish over HTTP by token: none could be made: {error:#}"));
            terminal.hint(
                "mend that and restart, name another file in `server.token_file`, or configure \
                           `publish.token_hashes`",
            );
        }
    }
}

fn tell(access: Access, file: &Path, terminal: Terminal) {
    let file = file.display();
    match access {
        Access::Configured => {}
        Access::InFile => {
            terminal
                .note(format_args!("the token for publishing over HTTP is in `{file}`: `Authorization: Bearer TOKEN`"));
        }
        Access::Elsewhere => {
            terminal.note(format_args!("publishing over HTTP needs a token of the store; `{file}` has none of them"));
            terminal.hint(ANOTHER);
        }
        Access::Ended | Access::None => {
            terminal.warn("nobody can publish over HTTP by token: every token is expired or revoked");
            terminal.hint(ANOTHER);
        }
    }
}

/// What to do where no token is at hand.
pub(super) const ANOTHER: &str = "`polypost token new --name NAME --scope operate` makes and prints another token";

/// One of those who start together on a store makes the token; the others find its hash.
async fn make(config: &Config, file: &Path, store: &dyn Store, now: Timestamp) -> anyhow::Result<Access> {
    let (token, is_new) = write(file)?;
    let row = Token {
        name: NAME.to_owned(),
        hash: token_hash(&token),
        scope: Scope::Operate,
        created_at: now,
        expires_at: None,
        revoked_at: None,
    };
    if store.add_token(&row).await? {
        tracing::info!(file = %file.display(), "made a token for publishing");
        return Ok(Access::InFile);
    }
    let access = look(config, store, now).await?;
    if is_new && access != Access::InFile {
        // Somebody else was first: what we wrote opens nothing.
        fs::remove_file(file).with_context(|| format!("`{}` cannot be removed", file.display()))?;
    }
    Ok(access)
}

/// Writes a new token, or takes the one that is in the file already, which may be of an interrupted start; and whether
/// it is new. Nobody ever sees the file without its token or with other rights, and a link is not followed.
fn write(file: &Path) -> anyhow::Result<(String, bool)> {
    let token = new_token()?;
    let draft = file.with_file_name(format!(".{FILE}-{:016x}", rand::random::<u64>()));
    let written = draft_of(&draft, &token).with_context(|| format!("`{}` cannot be written", draft.display()));
    let linked = written.and_then(|ours| match fs::hard_link(&draft, file) {
        Ok(()) => Ok((token, true)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let found = read(file, Some(&ours))?;
            Ok((found.with_context(|| format!("`{}` came and went", file.display()))?, false))
        }
        Err(error) => Err(error).with_context(|| format!("`{}` cannot be written", file.display())),
    });
    // Where it could not be made there is none.
    let _ = fs::remove_file(&draft);
    linked
}

fn draft_of(draft: &Path, token: &str) -> io::Result<Metadata> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    writeln!(file, "{token}")?;
    file.sync_all()?;
    file.metadata()
}

/// The token in the file; `None` where there is no file. One that is to be trusted must be its owner's alone, and of
/// the same owner as `ours`.
fn read(file: &Path, ours: Option<&Metadata>) -> anyhow::Result<Option<String>> {
    let shown = file.display();
    let named = match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        named => named.with_context(|| format!("`{shown}` cannot be read"))?,
    };
    if !named.is_file() {
        bail!("`{shown}` is there, but is no file of its own (a link, a directory or a device)");
    }
    let opened = File::open(file).with_context(|| format!("`{shown}` cannot be read"))?;
    let metadata = opened.metadata().with_context(|| format!("`{shown}` cannot be read"))?;
    if !is_same(&named, &metadata) || ours.is_some_and(|ours| !is_private(&metadata, ours)) {
        bail!("`{shown}` is there already, and others than its owner may read it, or it is somebody else's: remove it");
    }
    let mut text = String::new();
    opened.take(LONGEST_FILE).read_to_string(&mut text).with_context(|| format!("`{shown}` cannot be read"))?;
    let token = text.trim();
    let secret = token.strip_prefix(TOKEN_PREFIX).unwrap_or_default();
    if secret.len() != 2 * SECRET_BYTES || !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("`{shown}` is there already, and has no token of Polypost's: remove it");
    }
    Ok(Some(token.to_owned()))
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(unix)]
fn is_private(metadata: &Metadata, ours: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let for_others = metadata.mode() & 0o077;
    for_others == 0 && metadata.uid() == ours.uid()
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(not(unix))]
fn is_private(_: &Metadata, _: &Metadata) -> bool {
    true
}
