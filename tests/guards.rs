//! What keeps the house in order: who may import whom, and where SQL, prints and clocks may stand.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const VOCABULARY: &[&str] = &["locale", "id", "clock", "finding", "config"];
const STAGES: &[&str] = &["document", "segment", "check", "render"];

/// What each module may import beside itself.
fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    let edge: Vec<&str> = [VOCABULARY, STAGES].concat();
    let composition: Vec<&str> = [edge.clone(), vec!["l10n", "store", "translate", "aside"]].concat();
    BTreeMap::from([
        ("locale", vec![]),
        ("id", vec![]),
        ("clock", vec![]),
        ("aside", vec![]),
        ("finding", vec![]),
        ("config", vec!["locale"]),
        ("l10n", vec!["locale"]),
        ("document", vec!["locale", "id", "clock", "finding"]),
        ("segment", vec!["locale", "finding", "document"]),
        ("check", vec!["locale", "finding", "document", "segment"]),
        ("render", vec!["locale", "finding", "document", "segment", "check", "l10n"]),
        ("intake", [edge.clone(), vec!["publish"]].concat()),
        ("exchange", edge.clone()),
        ("translate", edge.clone()),
        ("store", edge),
        ("publish", [composition.clone()].concat()),
        ("pipeline", [composition.clone(), vec!["exchange"]].concat()),
        ("reader", [composition.clone(), vec!["pipeline"]].concat()),
        ("transfer", [composition.clone(), vec!["exchange", "intake"]].concat()),
        ("usage", composition.clone()),
        ("worker", [composition.clone(), vec!["pipeline"]].concat()),
        ("web", [VOCABULARY, STAGES, &["intake", "store", "l10n", "publish", "reader", "usage"]].concat()),
        ("telemetry", vec!["config"]),
    ])
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn source_files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
            let module = below.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).expect("a readable file");
            (module, path, text)
        })
        .collect()
}

/// The modules of the house that a source names, by `crate::module`.
fn imports(text: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            modules.extend(group.split(',').map(|name| first_word(name.trim())));
        } else {
            modules.insert(first_word(rest));
        }
    }
    modules.remove("");
    modules
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_ascii_lowercase() || *character == '_' || character.is_ascii_digit())
        .collect()
}

/// `tests.rs` and everything below a folder `tests`.
fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "tests") || path.components().any(|part| part.as_os_str() == "tests")
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let table = table();
    let mut broken = Vec::new();
    for (module, path, text) in source_files() {
        if ["cli", "main", "lib"].contains(&module.as_str()) {
            continue;
        }
        // Tests may reach further.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        if is_test(&path) {
            continue;
        }
        let allowed = table.get(module.as_str()).unwrap_or_else(|| panic!("`{module}` has no line in the table"));
        for import in imports(text).into_iter().filter(|import| *import != module) {
            if !allowed.contains(&import.as_str()) {
                broken.push(format!("{}: `{module}` imports `{import}`", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_pure_stages_do_no_input_or_output() {
    for (module, path, text) in source_files() {
        if is_test(&path) {
            continue;
        }
        if STAGES.contains(&module.as_str()) {
            for forbidden in ["tokio", "reqwest", "sqlx", "std::fs", "std::net"] {
                assert!(!text.contains(&format!("{forbidden}::")), "{} uses `{forbidden}`", path.display());
            }
        }
    }
}

#[test]
fn migrations_of_all_databases_are_named_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut names: Vec<Vec<String>> = Vec::new();
    for database in std::fs::read_dir(root).expect("a migrations folder") {
        let folder = database.expect("a readable entry").path();
        let mut of_this: Vec<String> = std::fs::read_dir(folder)
            .expect("a readable folder")
            .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
            .collect();
        of_this.sort();
        names.push(of_this);
    }
    assert!(!names.is_empty() && names.iter().all(|of_one| of_one == &names[0] && !of_one.is_empty()), "{names:?}");
}
