//! What is wrong with one field of a report, for whoever sent it.

/// One thing wrong with a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct FieldError {
    /// The field's path, as in the JSON that publishers send: `title`, `body`, `updates[2].body`.
    pub field: String,
    /// What is wrong with its value and what is expected, in lower case, values in backticks.
    pub message: String,
}
