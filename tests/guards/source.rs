//! The program's own source, read: the modules of each crate, the paths that each names, and the public types.
//!
//! Tests are left out: they may reach further. Bodies of macros are not looked into.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// A module by its names from the crate's root, which has none: `["document", "fact"]`.
pub(crate) type ModulePath = Vec<String>;

/// A crate below `src`.
pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) modules: BTreeMap<ModulePath, Module>,
}

#[derive(Default)]
pub(crate) struct Module {
    pub(crate) file: PathBuf,
    /// As written, one for each leaf of a `use`: `["super", "Span"]`.
    paths: BTreeSet<Vec<String>>,
    /// What a name stands for in this module, by its `use`.
    imported: BTreeMap<String, Vec<String>>,
    /// Types and traits that are `pub`.
    pub(crate) public_types: Vec<String>,
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates that the program is made of; those for tests are not among them.
pub(crate) fn crates() -> Vec<Crate> {
    [
        ("polypost", "src"),
        ("core", "src/core"),
        ("settings", "src/settings"),
        ("engines", "src/engines"),
        ("store", "src/store"),
    ]
    .map(|(name, folder)| {
        let folder = root().join(folder);
        let mut modules = BTreeMap::new();
        read(&folder.join("lib.rs"), &folder, Vec::new(), &mut modules);
        Crate { name, modules }
    })
    .into()
}

/// Reads a file and the files of its modules, which are in `folder`.
fn read(file: &Path, folder: &Path, path: ModulePath, modules: &mut BTreeMap<ModulePath, Module>) {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    add(&parsed.items, file, folder, path, modules);
}

fn add(items: &[syn::Item], file: &Path, folder: &Path, path: ModulePath, modules: &mut BTreeMap<ModulePath, Module>) {
    let mut found = Found(Module { file: file.to_owned(), ..Module::default() });
    for item in items {
        match item {
            syn::Item::Mod(inner) if is_test(&inner.attrs) => {}
            syn::Item::Mod(inner) => {
                let name = inner.ident.to_string();
                let below = folder.join(&name);
                let inner_path = [path.clone(), vec![name.clone()]].concat();
                match &inner.content {
                    Some((_, items)) => add(items, file, &below, inner_path, modules),
                    None if below.join("mod.rs").is_file() => read(&below.join("mod.rs"), &below, inner_path, modules),
                    None => read(&folder.join(format!("{name}.rs")), &below, inner_path, modules),
                }
            }
            other => found.visit_item(other),
        }
    }
    modules.insert(path, found.0);
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

struct Found(Module);

impl Found {
    fn add_type(&mut self, visibility: &syn::Visibility, name: &syn::Ident) {
        if matches!(visibility, syn::Visibility::Public(_)) {
            self.0.public_types.push(name.to_string());
        }
    }

    fn add_use(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_use(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use(before, item)),
            syn::UseTree::Glob(_) => drop(self.0.paths.insert(before.to_vec())),
            syn::UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = before.last() {
                    self.0.imported.insert(last.clone(), before.to_vec());
                }
                self.0.paths.insert(before.to_vec());
            }
            syn::UseTree::Name(name) => {
                self.0.imported.insert(name.ident.to_string(), with(&name.ident));
                self.0.paths.insert(with(&name.ident));
            }
            syn::UseTree::Rename(rename) => {
                self.0.imported.insert(rename.rename.to_string(), with(&rename.ident));
                self.0.paths.insert(with(&rename.ident));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, named) = match item {
            syn::Item::Struct(item) => (&item.attrs, Some((&item.vis, &item.ident))),
            syn::Item::Enum(item) => (&item.attrs, Some((&item.vis, &item.ident))),
            syn::Item::Trait(item) => (&item.attrs, Some((&item.vis, &item.ident))),
            syn::Item::Type(item) => (&item.attrs, Some((&item.vis, &item.ident))),
            syn::Item::Fn(item) => (&item.attrs, None),
            syn::Item::Impl(item) => (&item.attrs, None),
            syn::Item::Use(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if is_test(attributes) {
            return;
        }
        if let Some((visibility, name)) = named {
            self.add_type(visibility, name);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.0.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }
}

impl Module {
    /// Whether a path of this module begins so.
    pub(crate) fn names(&self, beginning: &[&str]) -> bool {
        self.paths
            .iter()
            .any(|path| path.len() >= beginning.len() && path.iter().zip(beginning).all(|(one, other)| one == other))
    }
}

impl Crate {
    /// Which other modules of its crate a module uses what is defined in, re-exports followed.
    pub(crate) fn used_by(&self, module: &ModulePath) -> BTreeSet<ModulePath> {
        let Some(paths) = self.modules.get(module).map(|found| &found.paths) else { return BTreeSet::new() };
        let mut used: BTreeSet<ModulePath> = paths.iter().filter_map(|path| self.defining(module, path, 8)).collect();
        used.remove(module);
        used
    }

    /// The module in which stands what a path means, where that is of this crate. `depth` bounds the re-exports
    /// followed.
    fn defining(&self, from: &ModulePath, path: &[String], depth: u8) -> Option<ModulePath> {
        let mut rest = path;
        let mut at = from.clone();
        let mut is_anchored = false;
        while let Some(first) = rest.first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()),
                _ => break,
            }
            is_anchored = true;
            rest = &rest[1..];
        }
        while let Some(first) = rest.first() {
            let below = [at.clone(), vec![first.clone()]].concat();
            if !self.modules.contains_key(&below) {
                break;
            }
            at = below;
            is_anchored = true;
            rest = &rest[1..];
        }
        if !is_anchored {
            return None;
        }
        let imported = rest.first().and_then(|name| self.modules.get(&at)?.imported.get(name)).filter(|_| at != *from);
        match imported {
            Some(path) if depth > 0 => self.defining(&at, path, depth - 1),
            _ => Some(at),
        }
    }
}
