//! Glossaries of Cloud Translation Advanced in small, and the bucket in Cloud Storage that their files are in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::accounts::Accounts;
use super::{BAD, CODES, LOCATIONS, VendorError, fields, refused};
use crate::stub::{StubRequest, answer, ok};
use crate::vendors::stored_glossaries::{self, Item, StoredGlossaries};

pub const BUCKET: &str = "polypost-glossaries";
/// The only location that has glossaries here.
pub const LOCATION: &str = "us-central1";

#[derive(Default)]
pub struct Depot {
    pub glossaries: Arc<StoredGlossaries>,
    pub files: StoredGlossaries,
    /// Looks at an operation until it is done.
    pub looks: AtomicUsize,
    /// Whether operations end in an error.
    pub fails: AtomicBool,
}

const NOT_FOUND: &str = "404 Not Found";

impl Depot {
    fn is_ready(&self) -> bool {
        self.looks.load(Ordering::SeqCst) == 0
    }

    /// The entries for a call, where it names a glossary.
    pub fn entries(&self, body: &Value) -> Vec<(String, String)> {
        let name = body["glossaryConfig"]["glossary"].as_str().and_then(|name| name.rsplit('/').next());
        name.and_then(|name| self.glossaries.find(name)).map(|item| item.entries).unwrap_or_default()
    }

    /// Whether a call may use the glossary that it names.
    pub fn allows(&self, body: &Value, location: &str) -> Result<(), VendorError> {
        let Some(config) = body["glossaryConfig"].as_object() else { return Ok(()) };
        let path = config["glossary"].as_str().unwrap_or_default();
        let Some(name) = path.strip_prefix(&format!("{LOCATIONS}{location}/glossaries/")) else {
            return refused(
                BAD,
                "INVALID_ARGUMENT",
                "Invalid resource name for the glossary; its location must match.",
            );
        };
        match self.glossaries.find(name).filter(|_| self.is_ready()) {
            None => refused(NOT_FOUND, "NOT_FOUND", format!("Glossary not found; resource name: {path}.")),
            Some(item) if body["targetLanguageCode"] != item.target.as_str() => {
                refused(BAD, "INVALID_ARGUMENT", "The language pair is not supported by the glossary.")
            }
            Some(_) => Ok(()),
        }
    }

    /// `rest` is what stands behind the location.
    pub fn converse(&self, method: &str, location: &str, rest: &str, body: &StubRequest) -> Result<Value, VendorError> {
        if location != LOCATION {
            return refused(BAD, "INVALID_ARGUMENT", "Glossaries are not supported in this location.");
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if path.starts_with("/operations/") && method == "GET" {
            return Ok(self.operation(path.rsplit('/').next().unwrap_or_default()));
        }
        match (method, path.strip_prefix("/glossaries/")) {
            ("GET", None) => Ok(page(&self.glossaries.listed(), query, "glossaries", |item| self.shown(item))),
            ("POST", None) => self.create(body),
            ("DELETE", Some(name)) if self.glossaries.remove(name) => {
                Ok(json!({ "name": format!("{LOCATIONS}{LOCATION}/operations/delete-{name}") }))
            }
            ("DELETE", Some(_)) => refused(NOT_FOUND, "NOT_FOUND", "Glossary not found."),
            _ => refused(NOT_FOUND, "NOT_FOUND", "Not Found"),
        }
    }

    fn create(&self, request: &StubRequest) -> Result<Value, VendorError> {
        let body = fields(request, &["name", "languagePair", "inputConfig", "displayName"])?;
        if self.glossaries.refuses.load(Ordering::SeqCst) {
            return refused("403 Forbidden", "PERMISSION_DENIED", "'cloudtranslate.glossaries.create' denied");
        }
        let name =
            body["name"].as_str().and_then(|name| name.strip_prefix(&format!("{LOCATIONS}{LOCATION}/glossaries/")));
        let is_named = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-' | '_');
        let Some(name) =
            name.filter(|name| name.chars().all(is_named) && name.starts_with(|c: char| c.is_alphabetic()))
        else {
            return refused(BAD, "INVALID_ARGUMENT", "Invalid glossary name");
        };
        let pair = &body["languagePair"];
        let target = pair["targetLanguageCode"].as_str().unwrap_or_default();
        if pair["sourceLanguageCode"] != "en" || !CODES.contains(&target) {
            return refused(BAD, "INVALID_ARGUMENT", "Invalid language pair");
        }
        if self.glossaries.find(name).is_some() {
            return refused("409 Conflict", "ALREADY_EXISTS", "Glossary already exists.");
        }
        let file = body["inputConfig"]["gcsSource"]["inputUri"].as_str().unwrap_or_default();
        let file = file.strip_prefix(&format!("gs://{BUCKET}/")).and_then(|name| self.files.find(name));
        let csv = file.and_then(|file| Some(file.entries.first()?.0.clone()));
        match csv.ok_or("no such object".to_owned()).and_then(|csv| stored_glossaries::entries(&csv, 1024)) {
            Ok(entries) => self.glossaries.put(|_| name.to_owned(), name, target, &entries),
            Err(what) => {
                return refused(BAD, "INVALID_ARGUMENT", format!("The glossary input file is invalid: {what}"));
            }
        }
        Ok(self.operation(name))
    }

    /// The operation that makes a glossary.
    fn operation(&self, name: &str) -> Value {
        let path = format!("{LOCATIONS}{LOCATION}/operations/{name}");
        if self.fails.load(Ordering::SeqCst) {
            self.glossaries.remove(name);
            let error = json!({ "code": 7, "message": "storage.objects.get denied" });
            return json!({ "name": path, "done": true, "error": error });
        }
        let left = self.looks.try_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(_) => json!({ "name": path, "metadata": { "state": "RUNNING" } }),
            Err(_) => json!({ "name": path, "done": true, "response": { "name": name } }),
        }
    }

    /// With the project's number.
    fn shown(&self, item: &Item) -> Value {
        let mut shown = json!({ "name": format!("projects/471147114711/locations/{LOCATION}/glossaries/{}", item.name),
            "languagePair": { "sourceLanguageCode": "en", "targetLanguageCode": item.target },
            "entryCount": item.entries.len(), "submitTime": item.created.to_string() });
        if self.is_ready() {
            shown["endTime"] = json!(item.created.to_string());
        }
        shown
    }

    /// Cloud Storage, whatever is behind its two paths.
    pub fn storage(&self, request: &StubRequest, accounts: &Accounts) -> Result<Vec<u8>, VendorError> {
        accounts.allows_storage(request)?;
        let method = request.head.split(' ').next().unwrap_or_default();
        let (path, query) = request.path().split_once('?').unwrap_or((request.path(), ""));
        let objects = format!("/storage/v1/b/{BUCKET}/o");
        if method == "POST" && path == format!("/upload{objects}") {
            let name = field(query, "name").unwrap_or_default();
            if field(query, "uploadType") != Some("media") || name.is_empty() {
                return refused(BAD, "INVALID_ARGUMENT", "Required parameter: name");
            }
            self.files.remove(name);
            self.files.put(|_| name.to_owned(), name, "", &[(request.body.clone(), String::new())]);
            return Ok(ok(json!({ "kind": "storage#object", "name": name, "bucket": BUCKET }).to_string()));
        }
        match (method, path.strip_prefix(&objects)) {
            ("GET", Some("")) => {
                let prefix = field(query, "prefix").unwrap_or_default();
                let listed = self.files.listed().into_iter().filter(|item| item.name.starts_with(prefix));
                let shown = |item: &Item| json!({ "name": item.name, "timeCreated": item.created.to_string() });
                Ok(ok(page(&listed.collect::<Vec<_>>(), query, "items", shown).to_string()))
            }
            ("DELETE", Some(name)) if self.files.remove(name.trim_start_matches('/')) => {
                Ok(answer("204 No Content", "", ""))
            }
            _ => refused(NOT_FOUND, "notFound", "No such object or bucket"),
        }
    }
}

fn field<'query>(query: &'query str, name: &str) -> Option<&'query str> {
    query.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

/// A list in pages of two, whatever was asked for; without its field where it is empty.
fn page(all: &[Item], query: &str, of: &str, shown: impl Fn(&Item) -> Value) -> Value {
    let from: usize = field(query, "pageToken").and_then(|token| token.parse().ok()).unwrap_or(0);
    let mut page = json!({});
    let items: Vec<Value> = all.iter().skip(from).take(2).map(shown).collect();
    if !items.is_empty() {
        page[of] = json!(items);
    }
    if from + 2 < all.len() {
        page["nextPageToken"] = json!((from + 2).to_string());
    }
    page
}
