//! Portuguese grammar that the notation needs: articles and prepositions, words that agree, noun phrases.

use crate::document::fact::{Article, Gender, GrammaticalNumber};

use Article::{Definite, Indefinite, Negative};
use Gender::{Feminine, Masculine};
use GrammaticalNumber::{Plural, Singular};

use super::super::{Agreement, Articles, Inflection, NounPhrases, WordSet};

pub(super) static ARTICLES: Articles = Articles {
    write: article,
    forms: &[
        ("o", Definite),
        ("a", Definite),
        ("os", Definite),
        ("as", Definite),
        ("um", Indefinite),
        ("uma", Indefinite),
    ],
    ambiguous: &["a", "as"],
    prepositions: &["de", "em", "a", "por"],
    contractions: &[
        ("de", "o", "do"),
        ("de", "a", "da"),
        ("de", "os", "dos"),
        ("de", "as", "das"),
        ("em", "o", "no"),
        ("em", "a", "na"),
        ("em", "os", "nos"),
        ("em", "as", "nas"),
        ("por", "o", "pelo"),
        ("por", "a", "pela"),
        ("por", "os", "pelos"),
        ("por", "as", "pelas"),
        ("em", "um", "num"),
        ("em", "uma", "numa"),
        ("a", "o", "ao"),
        ("a", "os", "aos"),
        ("a", "a", "à"),
        ("a", "as", "às"),
    ],
    belonging: "de",
    without: &["sem"],
};

/// The article before a word, with its space.
fn article(article: Article, gender: Gender, number: GrammaticalNumber, _word: &str) -> Option<&'static str> {
    Some(match (article, gender, number) {
        (Definite, Masculine, Singular) => "o ",
        (Definite, Feminine, Singular) => "a ",
        (Definite, Masculine, Plural) => "os ",
        (Definite, Feminine, Plural) => "as ",
        (Indefinite, Masculine, Singular) => "um ",
        (Indefinite, Feminine, Singular) => "uma ",
        (Negative, Masculine, Singular) => "nenhum ",
        (Negative, Feminine, Singular) => "nenhuma ",
        (Indefinite | Negative, _, Plural) => return None,
    })
}

pub(super) static AGREEMENT: Agreement = Agreement {
    inflection: Inflection::WithS,
    determiners: &[
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
        ["um", "uma", "uns", "umas"],
    ],
    pronouns: &[
        ("isso", "esse"),
        ("isto", "este"),
        ("nisso", "nesse"),
        ("nisto", "neste"),
        ("disso", "desse"),
        ("disto", "deste"),
    ],
    before_pronouns: &["por", "com", "além", "depois", "antes", "apesar"],
    leading: WordSet::of(
        "anterior breve completo curto global grande grave leve longo mesmo novo parcial pequeno possível \
         primeiro próximo recente segundo terceiro total último único",
    ),
    short: &[],
    copulas: WordSet::of(
        "é são era eram foi foram será serão sido tem têm tinha havia está estão estava estavam esteve ficou não \
         já também",
    ),
    been: &[],
    been_unchanged: "sido",
    perfect: WordSet::of("tem têm tinha tinham havia haviam"),
    verbs: &[
        ("é", "são"),
        ("era", "eram"),
        ("foi", "foram"),
        ("será", "serão"),
        ("tem", "têm"),
        ("tinha", "tinham"),
        ("havia", "haviam"),
        ("está", "estão"),
        ("estava", "estavam"),
        ("esteve", "estiveram"),
        ("fica", "ficam"),
        ("ficou", "ficaram"),
        ("pode", "podem"),
        ("podia", "podiam"),
        ("deve", "devem"),
        ("afeta", "afetam"),
        ("afetou", "afetaram"),
        ("causa", "causam"),
        ("causou", "causaram"),
        ("terminou", "terminaram"),
        ("começou", "começaram"),
        ("falhou", "falharam"),
        ("cresceu", "cresceram"),
        ("subiu", "subiram"),
        ("caiu", "caíram"),
        ("aumentou", "aumentaram"),
        ("ocorreu", "ocorreram"),
        ("funciona", "funcionam"),
        ("continua", "continuam"),
    ],
    prepositions: WordSet::of(
        "ao aos à às de do da dos das em no na nos nas num numa por pelo pela pelos pelas com contra desde \
         durante entre para sem sob sobre após até perante mediante conforme exceto salvo via dum duma deste \
         desta destes destas desse dessa desses dessas neste nesta nestes nestas nesse nessa nesses nessas \
         daquele daquela daqueles daquelas naquele naquela naqueles naquelas àquele àquela àqueles àquelas doutro \
         doutra doutros doutras noutro noutra noutros noutras",
    ),
    irregular: WordSet::of(
        "aberto feito visto posto completo curto longo lento alto baixo automático crítico novo vazio",
    ),
    endings: &["ado", "ido", "ído", "ados", "idos", "ídos"],
    invariable: WordSet::of(
        "estado resultado mercado pedido sentido devido cuidado conteúdo ruído teclado significado partido minuto \
         formato",
    ),
    fixed_before: &["que"],
    fixed: &[],
};

pub(super) static NOUN_PHRASES: NounPhrases = NounPhrases {
    quantifiers: WordSet::of(
        "dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta cem mil vários várias muitos \
         muitas poucos poucas mais menos cada tal tais demais qualquer diversas diversos numerosas numerosos \
         tantas tantos certas certos meia meio boa bom má mau meu minha meus minhas",
    ),
    before_articles: WordSet::of("todo toda todos todas ambos ambas só somente inclusive até"),
    clause_openers: WordSet::of(
        "que porque pois embora mas quando enquanto se onde portanto porém hoje ontem agora então logo depois \
         assim também finalmente atualmente felizmente",
    ),
    comparisons: WordSet::of("mais menos maior menor melhor"),
    than: "que",
    according: &["segundo"],
    and_or: &["e", "o"],
};
