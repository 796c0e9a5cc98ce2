//! What is wrong with a glossary file: problems are collected as they are met, and leave together, by line.

/// More problems than these are counted only.
const SHOWN: usize = 100;

/// Everything that is wrong with a glossary file, each with its line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct GlossaryError(pub Vec<String>);

/// Problems with their lines, from 1.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<(usize, String)>);

impl Problems {
    pub(super) fn add(&mut self, line: usize, message: impl Into<String>) {
        self.0.push((line, message.into()));
    }

    pub(super) fn none_or_error(self) -> Result<(), GlossaryError> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }

    pub(super) fn into_error(mut self) -> GlossaryError {
        self.0.sort();
        self.0.dedup();
        let more = self.0.len().saturating_sub(SHOWN);
        let mut messages: Vec<String> =
            self.0.iter().take(SHOWN).map(|(line, message)| format!("line {line}: {message}")).collect();
        if more > 0 {
            messages.push(format!("and {more} more problems"));
        }
        GlossaryError(messages)
    }
}
