//! Spanish grammar that the notation needs: articles, words that agree, noun phrases.

use crate::document::fact::{Article, Gender, GrammaticalNumber};

use Article::{Definite, Indefinite, Negative};
use Gender::{Feminine, Masculine};
use GrammaticalNumber::{Plural, Singular};

use super::super::{Agreement, Articles, Inflection, NounPhrases, WordSet};

pub(super) static ARTICLES: Articles = Articles {
    write: article,
    forms: &[
        ("el", Definite),
        ("la", Definite),
        ("los", Definite),
        ("las", Definite),
        ("un", Indefinite),
        ("una", Indefinite),
        // What engines write before what they take for no noun.
        ("uno", Indefinite),
    ],
    ambiguous: &[],
    prepositions: &["de", "a"],
    contractions: &[("de", "el", "del"), ("a", "el", "al")],
    belonging: "de",
    without: &["sin"],
};

/// Spanish feminines that begin with a stressed `a` without an accent (RAE, Nueva gramática 14.2).
const STRESSED: [&str; 8] = ["agua", "aula", "alma", "arma", "ala", "arte", "hacha", "habla"];

/// The article before a word, with its space.
fn article(article: Article, gender: Gender, number: GrammaticalNumber, word: &str) -> Option<&'static str> {
    let first = word.split(' ').next().unwrap_or_default().to_lowercase();
    let stressed = first.starts_with('á') || first.starts_with("há") || STRESSED.contains(&first.as_str());
    let gender = if number == Singular && stressed { Masculine } else { gender };
    Some(match (article, gender, number) {
        (Definite, Masculine, Singular) => "el ",
        (Definite, Feminine, Singular) => "la ",
        (Definite, Masculine, Plural) => "los ",
        (Definite, Feminine, Plural) => "las ",
        (Indefinite, Masculine, Singular) => "un ",
        (Indefinite, Feminine, Singular) => "una ",
        (Negative, Masculine, Singular) => "ningún ",
        (Negative, Feminine, Singular) => "ninguna ",
        (Indefinite | Negative, _, Plural) => return None,
    })
}

pub(super) static AGREEMENT: Agreement = Agreement {
    inflection: Inflection::WithS,
    determiners: &[
        ["este", "esta", "estos", "estas"],
        ["ese", "esa", "esos", "esas"],
        ["aquel", "aquella", "aquellos", "aquellas"],
        ["nuestro", "nuestra", "nuestros", "nuestras"],
        ["algún", "alguna", "algunos", "algunas"],
        ["ningún", "ninguna", "ningunos", "ningunas"],
        ["otro", "otra", "otros", "otras"],
        ["todo", "toda", "todos", "todas"],
        ["cuyo", "cuya", "cuyos", "cuyas"],
        ["un", "una", "unos", "unas"],
    ],
    pronouns: &[],
    before_pronouns: &[],
    leading: WordSet::of(
        "anterior breve completo corto global grave importante largo leve ligero mayor mismo nuevo pequeño \
         posible primer próximo reciente segundo siguiente tercer parcial lleno total único último",
    ),
    short: &[("primero", "primer"), ("tercero", "tercer")],
    copulas: WordSet::of(
        "es son era eran fue fueron será serán sido ha han había habían habrá está están estaba estaban estuvo \
         estuvieron queda quedó no ya también",
    ),
    been: &[],
    been_unchanged: "sido",
    perfect: WordSet::of("ha han había habían habrá habrán"),
    verbs: &[
        ("es", "son"),
        ("era", "eran"),
        ("fue", "fueron"),
        ("será", "serán"),
        ("ha", "han"),
        ("había", "habían"),
        ("habrá", "habrán"),
        ("está", "están"),
        ("estaba", "estaban"),
        ("estuvo", "estuvieron"),
        ("queda", "quedan"),
        ("quedó", "quedaron"),
        ("tiene", "tienen"),
        ("tuvo", "tuvieron"),
        ("puede", "pueden"),
        ("podía", "podían"),
        ("debe", "deben"),
        ("afecta", "afectan"),
        ("afectó", "afectaron"),
        ("causa", "causan"),
        ("causó", "causaron"),
        ("terminó", "terminaron"),
        ("comenzó", "comenzaron"),
        ("empezó", "empezaron"),
        ("falló", "fallaron"),
        ("creció", "crecieron"),
        ("subió", "subieron"),
        ("bajó", "bajaron"),
        ("aumentó", "aumentaron"),
        ("cayó", "cayeron"),
        ("ocurrió", "ocurrieron"),
        ("funciona", "funcionan"),
        ("sigue", "siguen"),
        ("siguió", "siguieron"),
    ],
    prepositions: WordSet::of(
        "a al de del con contra desde durante en entre hacia hasta para por según sin sobre tras mediante ante \
         bajo excepto salvo vía",
    ),
    irregular: WordSet::of(
        "resuelto abierto hecho roto puesto visto completo corto largo lento alto bajo automático crítico nuevo \
         vacío",
    ),
    endings: &["ado", "ido", "ído", "ados", "idos", "ídos"],
    invariable: WordSet::of(
        "estado resultado mercado pedido sentido demasiado debido cuidado grado sonido contenido ruido teclado \
         significado partido incluido minuto formato",
    ),
    fixed_before: &["que"],
    fixed: &["bajo"],
};

pub(super) static NOUN_PHRASES: NounPhrases = NounPhrases {
    quantifiers: WordSet::of(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil varios varias muchos \
         muchas pocos pocas más menos cada su sus mi mis tal tales demás cualquier diversas diversos distintas \
         distintos numerosas numerosos tantas tantos ciertas ciertos media medio buena buen mala mal gran grandes \
         dicha dicho dichas dichos",
    ),
    before_articles: WordSet::of("todo toda todos todas ambos ambas solo sólo incluso"),
    clause_openers: WordSet::of(
        "que porque pues aunque pero cuando mientras si donde sino hoy ayer ahora entonces luego después además \
         así también finalmente actualmente afortunadamente",
    ),
    comparisons: WordSet::of("más menos mayor menor mejor peor"),
    than: "que",
    according: &["segundo"],
    and_or: &["y", "e", "o"],
};
