//! Reports from elsewhere than a publisher: from another store, by way of a file that anybody may have written. They
//! are held to the rules that publishers' reports are held to, so that nothing gets in by the back door.

use super::values::{self, NAME_LONGEST, TITLE_LONGEST};
use crate::document::Report;

pub use super::values::direction;

/// What a publisher could not have sent: field and reason each.
#[must_use]
pub fn faults(report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |field: &str, text: &str, read: Result<String, String>| match read {
        // White space at the ends does no harm.
        Ok(read) if read == text.trim() => {}
        Ok(_) => faults.push(format!("`{field}` is not written as the program writes it")),
        Err(reason) => faults.push(format!("`{field}` {reason}")),
    };
    check("title", &report.title, values::line(&report.title, TITLE_LONGEST));
    if let Some(url) = &report.url {
        check("url", url, values::url(url));
    }
    for (field, word) in [("status", &report.status), ("impact", &report.impact)] {
        if let Some(word) = word {
            check(field, word, values::line(word, NAME_LONGEST));
        }
    }
    for component in &report.components {
        check("components", component, values::line(component, NAME_LONGEST));
    }
    for update in &report.updates {
        check("updates.id", &update.id, values::line(&update.id, NAME_LONGEST));
        if let Some(status) = &update.status {
            check("updates.status", status, values::line(status, NAME_LONGEST));
        }
    }
    faults
}
