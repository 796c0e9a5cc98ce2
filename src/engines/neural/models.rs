//! Finds a pair's model on disk. A file that does not match what was noted when it was fetched is never loaded: the
//! engine takes a garbage vocabulary without complaint.
//!
//! The layout is `fxtranslate`'s: `<directory>/<source>-<target>/{model.*, vocab.* | srcvocab.* + trgvocab.*, lex.*}`,
//! with our `manifest.json` beside them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use polypost_core::document::hex;

/// The name of the manifest in a pair's directory.
pub(super) const MANIFEST: &str = "manifest.json";

/// What a model is made of, by the name that its file begins with.
const KINDS: [&str; 5] = ["model", "vocab", "srcvocab", "trgvocab", "lex"];

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The model's version as its publisher counts.
    pub version: String,
    /// SHA-256 in lower-case hex by file name.
    pub files: BTreeMap<String, String>,
}

/// A model that is there.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// `en-pt`
    pub pair: String,
    pub model: PathBuf,
    pub source_vocabulary: PathBuf,
    pub target_vocabulary: PathBuf,
    pub shortlist: Option<PathBuf>,
    /// `enpt 3.0 sha256:abcd1234`
    pub name: String,
}

/// Why a model that is there cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Damage {
    #[error("`{}` is not the file that was fetched: its SHA-256 is {found}, not {expected}", .path.display())]
    Hash { path: PathBuf, found: String, expected: String },
    #[error("`{}` cannot be read: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("`{}` is not a manifest: {source}", .path.display())]
    Manifest { path: PathBuf, source: serde_json::Error },
    #[error("`{}` has no {missing}", .directory.display())]
    Incomplete { directory: PathBuf, missing: &'static str },
}

/// Where models are kept if the configuration does not say: `XDG_CACHE_HOME` or `~/.cache` (XDG Base Directory
/// Specification), else the working directory.
pub(super) fn default_directory() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = of("XDG_CACHE_HOME").or_else(|| of("HOME").map(|home| home.join(".cache")));
    cache.unwrap_or_else(|| PathBuf::from(".cache")).join("polypost").join("models")
}

/// The pair's model, every file of it hashed; `None` where there is none. Reads megabytes: not for asynchronous
/// threads.
pub(super) fn find(directory: &Path, pair: &str) -> Result<Option<Files>, Damage> {
    let home = directory.join(pair);
    if !home.is_dir() {
        return Ok(None);
    }
    let manifest = manifest(&home)?;
    let names: Vec<String> = match &manifest {
        Some(manifest) => manifest.files.keys().cloned().collect(),
        None => names(&home)?,
    };
    let mut found: BTreeMap<&str, (PathBuf, String)> = BTreeMap::new();
    for name in &names {
        let Some(kind) = kind(name) else { continue };
        let path = home.join(name);
        let hash = hash(&path)?;
        if let Some(expected) = manifest.as_ref().and_then(|manifest| manifest.files.get(name))
            && *expected != hash
        {
            return Err(Damage::Hash { path, found: hash, expected: expected.clone() });
        }
        found.insert(kind, (path, hash));
    }
    if found.is_empty() {
        return Ok(None);
    }
    assemble(&home, pair, manifest.as_ref(), &found).map(Some)
}

fn assemble(
    home: &Path,
    pair: &str,
    manifest: Option<&Manifest>,
    found: &BTreeMap<&str, (PathBuf, String)>,
) -> Result<Files, Damage> {
    let path = |kind: &str| found.get(kind).map(|(path, _)| path.clone());
    let incomplete = |missing| Damage::Incomplete { directory: home.to_owned(), missing };
    let (model, hash) = found.get("model").ok_or_else(|| incomplete("model"))?;
    let source_vocabulary =
        path("vocab").or_else(|| path("srcvocab")).ok_or_else(|| incomplete("source vocabulary"))?;
    let target_vocabulary =
        path("vocab").or_else(|| path("trgvocab")).ok_or_else(|| incomplete("target vocabulary"))?;
    let version = manifest.map(|manifest| format!(" {}", manifest.version)).unwrap_or_default();
    let short: String = hash.chars().take(8).collect();
    Ok(Files {
        pair: pair.to_owned(),
        model: model.clone(),
        source_vocabulary,
        target_vocabulary,
        shortlist: path("lex"),
        name: format!("{}{version} sha256:{short}", pair.replacen('-', "", 1)),
    })
}

/// What the file is in a model, by its name; `None` also for a name that is more than a file's.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    let (first, rest) = name.split_once('.')?;
    let is_plain = !rest.is_empty() && !name.contains(['/', '\\', '\0']);
    KINDS.into_iter().find(|kind| *kind == first && is_plain)
}

/// The manifest of a pair's directory; `None` where somebody else put the files there.
pub(super) fn manifest(home: &Path) -> Result<Option<Manifest>, Damage> {
    let path = home.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|source| Damage::Manifest { path, source }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Damage::Read { path, source }),
    }
}

fn names(home: &Path) -> Result<Vec<String>, Damage> {
    let damage = |source| Damage::Read { path: home.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(home).map_err(damage)? {
        names.extend(entry.map_err(damage)?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

fn hash(path: &Path) -> Result<String, Damage> {
    let bytes = fs::read(path).map_err(|source| Damage::Read { path: path.to_owned(), source })?;
    Ok(sha256(&bytes))
}

/// SHA-256 in lower-case hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("en-pt")).unwrap();
        for (name, text) in files {
            fs::write(directory.path().join("en-pt").join(name), text).unwrap();
        }
        directory
    }

    fn noted(directory: &Path, version: &str, names: &[&str]) {
        let home = directory.join("en-pt");
        let files = names.iter().map(|name| ((*name).to_owned(), hash(&home.join(name)).unwrap())).collect();
        let manifest = Manifest { version: version.to_owned(), files };
        fs::write(home.join(MANIFEST), serde_json::to_vec(&manifest).unwrap()).unwrap();
    }

    const SHARED: [(&str, &str); 3] = [("model.enpt.bin", "m"), ("vocab.enpt.spm", "v"), ("lex.enpt.bin", "l")];

    #[test]
    fn a_model_is_found_by_its_files_names() {
        let directory = directory(&SHARED);
        let files = find(directory.path(), "en-pt").unwrap().unwrap();
        assert_eq!(files.source_vocabulary, files.target_vocabulary);
        assert!(files.shortlist.is_some());
        assert_eq!(files.name, "enpt sha256:62c66a7a");
        assert!(find(directory.path(), "en-es").unwrap().is_none());
    }

    #[test]
    fn a_changed_file_is_damage() {
        let directory = directory(&SHARED);
        noted(directory.path(), "3.0", &["model.enpt.bin", "vocab.enpt.spm"]);
        assert_eq!(find(directory.path(), "en-pt").unwrap().unwrap().name, "enpt 3.0 sha256:62c66a7a");
        fs::write(directory.path().join("en-pt/vocab.enpt.spm"), "<html>").unwrap();
        let damage = find(directory.path(), "en-pt").unwrap_err();
        assert!(matches!(&damage, Damage::Hash { .. }) && damage.to_string().contains("vocab.enpt.spm"), "{damage}");
    }

    #[test]
    fn a_missing_half_is_damage_that_names_it() {
        let missing = |files: &[(&str, &str)]| find(directory(files).path(), "en-pt").unwrap_err().to_string();
        assert!(missing(&[("vocab.enpt.spm", "v")]).contains("no model"));
        assert!(missing(&[("model.enpt.bin", "m")]).contains("no source vocabulary"));
        assert!(missing(&[("model.enpt.bin", "m"), ("srcvocab.enpt.spm", "v")]).contains("no target vocabulary"));
    }

    #[test]
    fn names_that_leave_the_directory_are_no_model_files() {
        for name in ["model./../../etc/passwd", "../model.bin", "model.", "model", ".model.x", "readme.md"] {
            assert_eq!(kind(name), None, "{name}");
        }
        assert_eq!(kind("srcvocab.enja.spm"), Some("srcvocab"));
    }
}
