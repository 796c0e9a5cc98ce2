//! The shape of what a region spells otherwise than the rest of its language.

/// Words that a region spells in its own way. Read by the mending of answers; source: the region's orthography. Only
/// words are replaced that have the same meaning, gender and number.
#[derive(Debug)]
pub struct RegionalSpelling {
    /// The locales that are written so, as tags.
    pub locales: &'static [&'static str],
    /// Words of other regions and what is written for them, each form by itself.
    pub words: &'static [(&'static str, &'static str)],
    /// Beginnings of whole families.
    pub stems: &'static [(&'static str, &'static str)],
    /// Letters in the middle of a word before one of `endings` that the region writes otherwise.
    pub sound: (&'static str, &'static str),
    pub endings: &'static [&'static str],
    /// What stands before that sound in words that keep it.
    pub kept: &'static [&'static str],
}
