//! Brazilian spelling: models that learnt from both countries write European forms now and then (`equipa`, `correcções`).
//! Only words are replaced that have the same meaning, gender and number (Acordo Ortográfico de 1990, and the VOLP of the
//! Academia Brasileira de Letras for what it leaves to each country).

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// European words and what Brazil says, each form by itself.
const WORDS: &[(&str, &str)] = &[
    ("utilizadores", "usuários"),
    ("utilizadoras", "usuárias"),
    ("utilizador", "usuário"),
    ("utilizadora", "usuária"),
    ("equipa", "equipe"),
    ("equipas", "equipes"),
    ("ficheiro", "arquivo"),
    ("ficheiros", "arquivos"),
    ("registo", "registro"),
    ("registos", "registros"),
    ("palavra-passe", "senha"),
    ("palavras-passe", "senhas"),
    ("planeada", "planejada"),
    ("planeadas", "planejadas"),
    ("planeado", "planejado"),
    ("planeados", "planejados"),
    ("contacto", "contato"),
    ("contactos", "contatos"),
    ("facto", "fato"),
    ("factos", "fatos"),
    ("acto", "ato"),
    ("actos", "atos"),
    ("óptimo", "ótimo"),
    ("óptima", "ótima"),
    ("excepto", "exceto"),
    ("exacto", "exato"),
    ("exacta", "exata"),
    ("exactamente", "exatamente"),
    ("directo", "direto"),
    ("directa", "direta"),
    ("directamente", "diretamente"),
    ("correcto", "correto"),
    ("correcta", "correta"),
    ("correctamente", "corretamente"),
    ("incorrecto", "incorreto"),
    ("incorrecta", "incorreta"),
    ("projecto", "projeto"),
    ("projectos", "projetos"),
    ("objectivo", "objetivo"),
    ("objectivos", "objetivos"),
    ("objecto", "objeto"),
    ("objectos", "objetos"),
];

/// Beginnings of whole families, and the endings in `-cção`, which Brazil writes with one sound.
const STEMS: &[(&str, &str)] = &[("activ", "ativ"), ("actual", "atual"), ("afect", "afet"), ("efectu", "efetu")];

/// What stands before `-cção` in words that Brazil writes so, too.
const KEPT: [&str; 8] = ["co", "convi", "dete", "di", "fi", "fri", "infe", "su"];

/// The text with Brazilian forms; words that the source has as well are names and stay.
pub(super) fn spelled(text: &str, source: &str) -> String {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\p{L}+(?:-\p{L}+)*\b").ok());
    let Some(pattern) = WORD.as_ref() else { return text.to_owned() };
    let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
        let word = &found[0];
        match form(word) {
            Some(form) if !source.contains(word) => form,
            _ => word.to_owned(),
        }
    });
    replaced.into_owned()
}

/// The Brazilian form of a word, with its capital; `None` where it has none of its own.
fn form(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let form = WORDS
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, form)| (*form).to_owned())
        .or_else(|| STEMS.iter().find_map(|(stem, form)| Some(format!("{form}{}", lower.strip_prefix(stem)?))))
        .or_else(|| {
            let (stem, ending) = lower.rsplit_once("cç").filter(|(_, ending)| matches!(*ending, "ão" | "ões"))?;
            (!KEPT.contains(&stem)).then(|| format!("{stem}ç{ending}"))
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
        for (text, expected) in [
            ("A equipa fez as correcções.", "A equipe fez as correções."),
            ("Os utilizadores da secção", "Os usuários da seção"),
            ("Fracção ACTIVA, actualização", "Fração ATIVA, atualização"),
            ("A detecção, a ficção, o aspecto e o impacto", "A detecção, a ficção, o aspecto e o impacto"),
        ] {
            assert_eq!(spelled(text, ""), expected);
        }
        assert_eq!(spelled("o projecto Facto", "the Facto project"), "o projeto Facto");
    }
}
