//! What publishers send, right and wrong.

mod api;
mod files;
mod front_matter;

use std::path::Path;

use proptest::prelude::*;

use super::file::{self, Overrides};
use super::{Defaults, json};
use crate::document::{Format, Report};
use crate::field_error::FieldError;
use crate::locale::Locale;

/// What ids made from titles end with.
const ENDING: &str = "qwerty";

fn english() -> Locale {
    "en".parse().expect("a locale")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/intake").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, text: &str) -> Result<Report, Vec<FieldError>> {
    from_file(name, text.as_bytes(), &Overrides::default())
}

fn from_file(name: &str, bytes: &[u8], overrides: &Overrides) -> Result<Report, Vec<FieldError>> {
    let defaults = Defaults { source_locale: &english(), ending: ENDING };
    file::report(name, bytes, overrides, defaults).map(|received| received.report)
}

fn post(text: &str) -> Result<Report, Vec<FieldError>> {
    from_json(text.as_bytes())
}

fn from_json(bytes: &[u8]) -> Result<Report, Vec<FieldError>> {
    json::report(bytes, Defaults { source_locale: &english(), ending: ENDING }).map(|received| received.report)
}

#[track_caller]
fn fields(result: Result<Report, Vec<FieldError>>) -> Vec<String> {
    result.expect_err("problems").into_iter().map(|problem| problem.field).collect()
}

#[track_caller]
fn message(result: Result<Report, Vec<FieldError>>, field: &str) -> String {
    let problems = result.expect_err("problems");
    let problem = problems.iter().find(|problem| problem.field == field);
    problem.unwrap_or_else(|| panic!("no `{field}` among {problems:?}")).message.clone()
}

proptest! {
    #[test]
    fn no_bytes_make_intake_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.md", "a.html", "a.json", "a.txt", "-", "", "/", ".."] {
            let _ = from_file(name, &bytes, &Overrides::default());
        }
        let _ = from_json(&bytes);
    }

    #[test]
    fn no_text_makes_intake_panic(text in "(---\n)?[a-z:\\[\\]{}&*!|>'\"#<>/ \n\t-]{0,120}(\n---\n)?.{0,40}") {
        for name in ["a.md", "a.html", "a.json", "-"] {
            let _ = from_file(name, text.as_bytes(), &Overrides::default());
        }
    }

    #[test]
    fn what_is_accepted_keeps_its_body(body in "[^\0]*[a-z][^\0]*") {
        let report = post(&serde_json::json!({"title": "x", "body": body}).to_string()).expect("right");
        prop_assert_eq!(report.body, body);
    }
}
