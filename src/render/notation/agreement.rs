//! Agreement: an engine that sees a placeholder takes it for a masculine noun. The words right beside a feminine term
//! that are known to agree with it come in and go out in its gender; every other word stays as it is.

use crate::document::fact::{Gender, GrammaticalNumber};

/// Determiners other than articles: masculine and feminine, singular and plural.
fn determiners(language: &str) -> &'static [[&'static str; 4]] {
    match language {
        "es" => &[
            ["este", "esta", "estos", "estas"],
            ["ese", "esa", "esos", "esas"],
            ["aquel", "aquella", "aquellos", "aquellas"],
            ["nuestro", "nuestra", "nuestros", "nuestras"],
            ["algún", "alguna", "algunos", "algunas"],
            ["ningún", "ninguna", "ningunos", "ningunas"],
            ["otro", "otra", "otros", "otras"],
            ["todo", "toda", "todos", "todas"],
            ["cuyo", "cuya", "cuyos", "cuyas"],
        ],
        "it" => &[
            ["questo", "questa", "questi", "queste"],
            ["nostro", "nostra", "nostri", "nostre"],
            ["alcun", "alcuna", "alcuni", "alcune"],
            ["nessun", "nessuna", "nessuni", "nessune"],
            ["altro", "altra", "altri", "altre"],
            ["tutto", "tutta", "tutti", "tutte"],
        ],
        "pt" => &[
            ["este", "esta", "estes", "estas"],
            ["esse", "essa", "esses", "essas"],
            ["aquele", "aquela", "aqueles", "aquelas"],
            ["deste", "desta", "destes", "destas"],
            ["desse", "dessa", "desses", "dessas"],
            ["neste", "nesta", "nestes", "nestas"],
            ["nesse", "nessa", "nesses", "nessas"],
            ["nosso", "nossa", "nossos", "nossas"],
            ["seu", "sua", "seus", "suas"],
            ["algum", "alguma", "alguns", "algumas"],
            ["nenhum", "nenhuma", "nenhuns", "nenhumas"],
            ["outro", "outra", "outros", "outras"],
            ["todo", "toda", "todos", "todas"],
            ["cujo", "cuja", "cujos", "cujas"],
        ],
        _ => &[],
    }
}

/// Adjectives that stand between article and noun, in the masculine singular.
fn leading_adjectives(language: &str) -> &'static [&'static str] {
    match language {
        "es" => &[
            "anterior",
            "breve",
            "completo",
            "corto",
            "global",
            "grave",
            "importante",
            "largo",
            "leve",
            "ligero",
            "mayor",
            "mismo",
            "nuevo",
            "pequeño",
            "posible",
            "primer",
            "próximo",
            "reciente",
            "segundo",
            "siguiente",
            "tercer",
            "parcial",
            "lleno",
            "total",
            "único",
            "último",
        ],
        "it" => &[
            "breve",
            "completo",
            "grande",
            "grave",
            "lieve",
            "lungo",
            "nuovo",
            "parziale",
            "piccolo",
            "pieno",
            "possibile",
            "precedente",
            "primo",
            "prossimo",
            "recente",
            "secondo",
            "stesso",
            "successivo",
            "totale",
            "ulteriore",
            "ultimo",
            "unico",
        ],
        "pt" => &[
            "anterior",
            "breve",
            "completo",
            "curto",
            "global",
            "grande",
            "grave",
            "leve",
            "longo",
            "mesmo",
            "novo",
            "parcial",
            "pequeno",
            "possível",
            "primeiro",
            "próximo",
            "recente",
            "segundo",
            "terceiro",
            "total",
            "último",
            "único",
        ],
        _ => &[],
    }
}

/// Verbs between a subject and a participle that agrees with it.
fn copulas(language: &str) -> &'static [&'static str] {
    match language {
        "es" => &[
            "es",
            "son",
            "era",
            "eran",
            "fue",
            "fueron",
            "será",
            "serán",
            "sido",
            "ha",
            "han",
            "había",
            "habían",
            "habrá",
            "está",
            "están",
            "estaba",
            "estaban",
            "estuvo",
            "estuvieron",
            "queda",
            "quedó",
            "no",
            "ya",
            "también",
        ],
        "it" => &[
            "è", "sono", "era", "erano", "fu", "furono", "sarà", "saranno", "stato", "stati", "viene", "venne",
            "vengono", "non", "già", "anche",
        ],
        "pt" => &[
            "é", "são", "era", "eram", "foi", "foram", "será", "serão", "sido", "tem", "têm", "tinha", "havia", "está",
            "estão", "estava", "estavam", "esteve", "ficou", "não", "já", "também",
        ],
        _ => &[],
    }
}

/// Forms that make a perfect tense by themselves, whose participle agrees with nothing: `ha causado`.
const PERFECT: [&str; 9] = ["ha", "han", "había", "habían", "habrá", "tem", "têm", "tinha", "havia"];

/// Words that agree and do not look it, and words that look it and are nouns.
fn irregular(language: &str) -> &'static [&'static str] {
    match language {
        "es" => &[
            "resuelto",
            "abierto",
            "hecho",
            "roto",
            "puesto",
            "visto",
            "completo",
            "corto",
            "largo",
            "lento",
            "alto",
            "bajo",
            "automático",
            "crítico",
            "nuevo",
        ],
        "it" => &[
            "risolto",
            "aperto",
            "chiuso",
            "messo",
            "fatto",
            "visto",
            "ridotto",
            "rimosso",
            "esteso",
            "completo",
            "breve",
            "lungo",
            "lento",
            "alto",
            "basso",
            "automatico",
            "critico",
            "nuovo",
        ],
        "pt" => &[
            "aberto",
            "feito",
            "visto",
            "posto",
            "completo",
            "curto",
            "longo",
            "lento",
            "alto",
            "baixo",
            "automático",
            "crítico",
            "novo",
        ],
        _ => &[],
    }
}

const NOUNS: [&str; 6] = ["estado", "resultado", "mercado", "pedido", "sentido", "risultato"];

/// Pronouns that an engine writes where it sees no noun, and the determiners that stand before one.
const PRONOUNS: [(&str, &str); 6] = [
    ("isso", "esse"),
    ("isto", "este"),
    ("nisso", "nesse"),
    ("nisto", "neste"),
    ("disso", "desse"),
    ("disto", "deste"),
];

/// The determiner in the term's gender and number; `None` where the word is none. Lower case.
pub(super) fn determiner(
    language: &str,
    word: &str,
    gender: Gender,
    number: GrammaticalNumber,
) -> Option<&'static str> {
    let pronoun = PRONOUNS.iter().find(|(pronoun, _)| language == "pt" && *pronoun == word);
    let word = pronoun.map_or(word, |(_, determiner)| determiner);
    let forms = determiners(language).iter().find(|forms| forms.contains(&word))?;
    let index = match (gender, number) {
        (Gender::Masculine, GrammaticalNumber::Singular) => 0,
        (Gender::Feminine, GrammaticalNumber::Singular) => 1,
        (Gender::Masculine, GrammaticalNumber::Plural) => 2,
        (Gender::Feminine, GrammaticalNumber::Plural) => 3,
    };
    forms.get(index).copied()
}

/// An adjective known to stand before nouns, in the feminine if that is wanted; `None` where the word is none.
pub(super) fn leading_adjective(language: &str, word: &str, gender: Gender) -> Option<String> {
    let known = leading_adjectives(language);
    let stem = word.strip_suffix('s').filter(|stem| known.contains(stem)).map_or(word, |stem| stem);
    // Italian plurals: "nuovi" of "nuovo".
    let plural = language == "it" && word.strip_suffix('i').is_some_and(|stem| known.contains(&&*format!("{stem}o")));
    (known.contains(&stem) || plural).then(|| match gender {
        Gender::Masculine => word.to_owned(),
        Gender::Feminine if matches!(word, "primer" | "tercer") => format!("{word}a"),
        Gender::Feminine => feminine(word),
    })
}

/// Puts the words behind a feminine term that agree with it into its gender: one that follows at once, or through a
/// copula (`[PH1] fue causado por` becomes `fue causada por`).
pub(super) fn follow(language: &str, gender: Gender, text: &mut String) {
    if gender == Gender::Masculine || !text.starts_with(' ') {
        return;
    }
    let mut at = 0;
    let mut perfect = false;
    // "no ha sido todavía" and the like are longer than what is certain.
    for _ in 0..4 {
        let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(' ')) else { return };
        let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        let (from, to) = (at + 1, at + 1 + length);
        let Some(word) = text.get(from..to).filter(|word| !word.is_empty()).map(str::to_lowercase) else { return };
        if copulas(language).contains(&word.as_str()) {
            perfect = PERFECT.contains(&word.as_str()) || (perfect && word != "sido");
            if language == "it" && word.starts_with("stat") {
                let agreed = feminine(&text[from..to]);
                text.replace_range(from..to, &agreed);
            }
        } else {
            if !perfect && agrees(language, &word) {
                let agreed = feminine(&text[from..to]);
                text.replace_range(from..to, &agreed);
            }
            return;
        }
        at = to;
    }
}

/// Whether a word in the masculine is a participle or an adjective that agrees with its subject.
fn agrees(language: &str, word: &str) -> bool {
    let endings: &[&str] = match language {
        "es" | "pt" => &["ado", "ido", "ados", "idos"],
        "it" => &["ato", "ito", "uto", "ati", "iti", "uti"],
        _ => &[],
    };
    let regular = word.chars().count() > 4 && endings.iter().any(|ending| word.ends_with(ending));
    (regular && !NOUNS.contains(&word)) || irregular(language).contains(&word)
}

/// `-o` and `-os` become `-a` and `-as`, the `-i` of Italian plurals `-e`.
fn feminine(word: &str) -> String {
    for (masculine, feminine) in [("o", "a"), ("os", "as"), ("i", "e")] {
        if let Some(stem) = word.strip_suffix(masculine) {
            return format!("{stem}{feminine}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn determiners_and_leading_adjectives_agree() {
        use GrammaticalNumber::{Plural, Singular};
        assert_eq!(determiner("es", "este", Gender::Feminine, Singular), Some("esta"));
        assert_eq!(determiner("it", "questo", Gender::Feminine, Plural), Some("queste"));
        assert_eq!(determiner("pt", "nesse", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner("pt", "nossa", Gender::Masculine, Singular), Some("nosso"));
        assert_eq!(determiner("pt", "nisso", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner("es", "cada", Gender::Feminine, Singular), None);
        assert_eq!(leading_adjective("es", "primer", Gender::Feminine).as_deref(), Some("primera"));
        assert_eq!(leading_adjective("es", "breve", Gender::Feminine).as_deref(), Some("breve"));
        assert_eq!(leading_adjective("it", "nuovi", Gender::Feminine).as_deref(), Some("nuove"));
        assert_eq!(leading_adjective("pt", "novos", Gender::Feminine).as_deref(), Some("novas"));
        assert_eq!(leading_adjective("pt", "servidor", Gender::Feminine), None);
    }

    #[test]
    fn participles_behind_a_feminine_agree() {
        for (language, text, expected) in [
            ("es", " fue causado por un error", " fue causada por un error"),
            ("es", " ha sido resuelto.", " ha sido resuelta."),
            ("es", " planificado para hoy", " planificada para hoy"),
            ("es", " no fueron causados por", " no fueron causadas por"),
            ("es", " ha causado errores", " ha causado errores"),
            ("es", " ha afectado a todos", " ha afectado a todos"),
            ("es", " estado", " estado"),
            ("es", " afectó al panel", " afectó al panel"),
            ("es", ", causado por", ", causado por"),
            ("it", " è stato causato da", " è stata causata da"),
            ("it", " ha causato errori", " ha causato errori"),
            ("it", " sono stati risolti", " sono state risolti"),
            ("pt", " foi causado por", " foi causada por"),
            ("pt", " tem sido causado por", " tem sido causada por"),
            ("pt", " começou", " começou"),
            ("de", " wurde verursacht", " wurde verursacht"),
            ("es", "", ""),
        ] {
            let mut given = text.to_owned();
            follow(language, Gender::Feminine, &mut given);
            assert_eq!(given, expected);
            let mut masculine = text.to_owned();
            follow(language, Gender::Masculine, &mut masculine);
            assert_eq!(masculine, text);
        }
    }
}
