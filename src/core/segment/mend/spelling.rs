//! Spelling of a region: models that learnt from all regions of a language write the forms of another now and then.
//! Only the words of the language pack are replaced, which have the same meaning, gender and number.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::language::RegionalSpelling;

/// The text with the region's forms; words that the source has as well are names and stay.
pub(super) fn spelled(text: &str, source: &str, spelling: &RegionalSpelling) -> String {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\p{L}+(?:-\p{L}+)*\b").ok());
    let Some(pattern) = WORD.as_ref() else { return text.to_owned() };
    let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
        let word = &found[0];
        match form(word, spelling) {
            Some(form) if !source.contains(word) => form,
            _ => word.to_owned(),
        }
    });
    replaced.into_owned()
}

/// The region's form of a word, with its capital; `None` where it has none of its own.
fn form(word: &str, spelling: &RegionalSpelling) -> Option<String> {
    let lower = word.to_lowercase();
    let form = spelling
        .words
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, form)| (*form).to_owned())
        .or_else(|| spelling.stems.iter().find_map(|(stem, form)| Some(format!("{form}{}", lower.strip_prefix(stem)?))))
        .or_else(|| {
            let (sound, written) = spelling.sound;
            let (stem, ending) = lower.rsplit_once(sound).filter(|(_, ending)| spelling.endings.contains(ending))?;
            (!spelling.kept.contains(&stem)).then(|| format!("{stem}{written}{ending}"))
        })?;
    let mut letters = word.chars();
    let is_upper = letters.next().is_some_and(char::is_uppercase);
    Some(match (is_upper, letters.next().is_some_and(char::is_uppercase)) {
        (true, true) => form.to_uppercase(),
        (true, false) => {
            let mut letters = form.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        }
        _ => form,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_forms_become_brazilian_ones_and_nothing_else_changes() {
        let brazil = crate::language::Language::named("pt").spelling.unwrap();
        for (text, expected) in [
            ("A equipa fez as correcções.", "A equipe fez as correções."),
            ("Os utilizadores da secção", "Os usuários da seção"),
            ("Fracção ACTIVA, actualização", "Fração ATIVA, atualização"),
            ("A detecção, a ficção, o aspecto e o impacto", "A detecção, a ficção, o aspecto e o impacto"),
        ] {
            assert_eq!(spelled(text, "", brazil), expected);
        }
        assert_eq!(spelled("o projecto Facto", "the Facto project", brazil), "o projeto Facto");
    }
}
