//! The glossary: names that are never translated.

/// Names that stay as they are in every language, longest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    names: Vec<String>,
}

impl Glossary {
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}
