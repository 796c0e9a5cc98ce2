//! Reads an operator's directory of Fluent files, which are laid over the built-in texts. What is in them is for
//! [`polypost_core::l10n`] to judge: it takes names and texts, and never touches a file itself.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use polypost_core::l10n::{BundleError, BundleFile, Bundles};
use polypost_core::locale::Locale;

/// The built-in bundles, with those of `directory` (`<locale>/*.ftl`) laid over them, message by message. An empty path
/// stands for none.
///
/// # Errors
/// As [`Bundles::load`], and every file and folder that cannot be read or is not named after a locale.
pub fn load(directory: Option<&Path>) -> Result<Bundles, BundleError> {
    match directory {
        Some(path) if !path.as_os_str().is_empty() => Bundles::load(files(path)?),
        _ => Bundles::built_in(),
    }
}

/// The files of a directory, by name, each read or not.
fn files(directory: &Path) -> Result<Vec<Result<BundleFile, BundleError>>, BundleError> {
    let mut files = Vec::new();
    for folder in entries(directory)?.into_iter().filter(|entry| entry.is_dir()) {
        let name = folder.file_name().and_then(|name| name.to_str());
        let Some(locale) = name.and_then(|name| name.parse::<Locale>().ok()) else {
            files.push(Err(BundleError::Directory { path: folder.display().to_string() }));
            continue;
        };
        match entries(&folder) {
            Ok(entries) => {
                let is_fluent = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "ftl");
                files.extend(entries.into_iter().filter(is_fluent).map(|path| file(&path, locale.clone())));
            }
            Err(problem) => files.push(Err(problem)),
        }
    }
    Ok(files)
}

fn file(path: &Path, locale: Locale) -> Result<BundleFile, BundleError> {
    let text = fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
    Ok(BundleFile { path: path.display().to_string(), locale, text })
}

/// The entries of a directory by name, without hidden ones: a mounted Kubernetes volume has some.
fn entries(path: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                paths.push(entry.path());
            }
        }
        paths.sort();
        Ok(paths)
    };
    read().map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: io::Error) -> BundleError {
    BundleError::Read { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of overrides: `(path, text)`.
    fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        directory
    }

    fn locale(tag: &str) -> Locale {
        tag.parse().unwrap()
    }

    #[test]
    fn a_directory_overrides_message_by_message() {
        let directory = directory(&[
            ("es/ours.ftl", "\u{feff}status-resolved = Solucionado\r\n"),
            ("es-MX/ours.ftl", "heading-timeline = Línea de tiempo\n"),
            ("fr/theirs.ftl", "status-resolved = Résolu\n"),
            ("es/README.md", "not Fluent"),
            ("..data/es/x.ftl", "not looked at"),
            ("README", "not looked at"),
        ]);
        let bundles = load(Some(directory.path())).unwrap();
        assert_eq!(bundles.message(&locale("es"), "status-resolved", &[]), "Solucionado");
        assert_eq!(bundles.message(&locale("es-MX"), "status-resolved", &[]), "Solucionado");
        assert_eq!(bundles.message(&locale("es-MX"), "heading-timeline", &[]), "Línea de tiempo");
        assert_eq!(bundles.message(&locale("es"), "heading-timeline", &[]), "Cronología");
        assert_eq!(bundles.message(&locale("fr-CA"), "status-resolved", &[]), "Résolu");
        assert_eq!(bundles.message(&locale("fr"), "heading-timeline", &[]), "Timeline");
        assert!(bundles.missing(&locale("fr")).contains(&"heading-timeline".to_owned()));
        assert!(bundles.missing(&locale("es-MX")).is_empty());
        assert!(bundles.locales().contains(&locale("fr")));
    }

    #[test]
    fn every_problem_of_a_directory_is_named_by_file_and_line() {
        let directory = directory(&[
            ("es/bad.ftl", "status-resolved = Solucionado\n\nstatus-update = {\n"),
            ("it/wrong.ftl", "# ours\nstatus-resolvd = Risolto\ntranslated-by = di { $motor }\n"),
            ("deutsch-und-mehr/x.ftl", "status-resolved = Behoben\n"),
        ]);
        let problems = load(Some(directory.path())).unwrap_err().to_string();
        for expected in [
            "deutsch-und-mehr` is not named after a locale",
            "bad.ftl`, line ",
            "wrong.ftl`, line 2: `status-resolvd` is not one of the built-in messages",
            "wrong.ftl`, line 3: `$motor` is not a variable of the message `translated-by`: it has `$engine`",
        ] {
            assert!(problems.contains(expected), "{expected}\nnot in\n{problems}");
        }
    }

    #[test]
    fn a_directory_that_is_not_there_is_named() {
        let missing = Path::new("/nonexistent/locales");
        let problem = load(Some(missing)).unwrap_err();
        assert!(matches!(&problem, BundleError::Read { path, .. } if path == "/nonexistent/locales"), "{problem}");
        assert!(load(Some(Path::new(""))).is_ok(), "an empty path stands for none");
    }
}
