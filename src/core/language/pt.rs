//! What is known of Portuguese.

mod brazil;
mod grammar;
mod opposites;

use super::amounts::{FIRST_APART, GLUED, LAST, pattern};
use super::{
    Denial, Language, LengthRatio, NativeShape, Numerals, OppositeWords, OrderWords, Quantifiers, TenseForms, Trait,
    Turned, WordSet,
};
use brazil::BRAZIL;
use grammar::{AGREEMENT, ARTICLES, NOUN_PHRASES};

pub(super) static PORTUGUESE: Language = Language {
    traits: &[
        Trait::OrdersLikeEnglish,
        Trait::SentencesLikeEnglish,
        Trait::SharesFewEnglishWords,
        Trait::NoPossessiveS,
        Trait::TightMarks,
        Trait::RefusesSpaceBeforeMarks,
        Trait::BarePercentages,
    ],
    denial: Some(&DENIAL),
    quantifiers: Some(&QUANTIFIERS),
    opposites: Some(&OPPOSITES),
    numerals: Some(&NUMERALS),
    tense: Some(&TENSE),
    order: Some(&ORDER),
    doers: &["por", "pelo", "pela", "pelos", "pelas"],
    native: Some(&NATIVE),
    sister_words: Some(&SISTERS),
    letters: Some("áâãàçéêíóôõúüòªº"),
    abbreviations: Some(&ABBREVIATIONS),
    joints: &["e", "mas", "que", "porque"],
    length: LengthRatio::Longer,
    doubled_words: &["já", "logo", "muito", "quase"],
    one_letter_words: &["A", "À", "E", "O", "Ó"],
    amounts: &[pattern("pt", FIRST_APART, GLUED), pattern("pt-PT", LAST, GLUED)],
    spelling: Some(&BRAZIL),
    articles: Some(&ARTICLES),
    agreement: Some(&AGREEMENT),
    noun_phrases: Some(&NOUN_PHRASES),
    figure_prepositions: &[
        ("do", "de"),
        ("da", "de"),
        ("no", "em"),
        ("na", "em"),
        ("ao", "a"),
        ("à", "a"),
        ("pelo", "por"),
        ("pela", "por"),
    ],
    ..Language::new(&["pt"])
};

static NATIVE: NativeShape = NativeShape { doubled: Some("rs"), last: "srlmznx", endings: &["ns"] };

static OPPOSITES: OppositeWords = OppositeWords::of(opposites::WORDS, &NUMERALS);

static TENSE: TenseForms = TenseForms {
    future: &["ará", "erá", "irá", "arão", "erão", "irão", "aremos", "eremos", "iremos"],
    not_future: &["verão"],
    about_to: (&["vai", "vão", "vamos", "vou"], None),
    past: (&["foi", "foram", "acabamos", "acabou"], &["aram", "eram", "iram", "ou"]),
    done: (
        &["era", "eram", "tinha", "tem", "têm", "há", "já", "houve", "teve", "fez"],
        &["ou", "eu", "iu", "ava", "avam", "ia", "iam", "amos", "emos", "imos"],
    ),
};

static NUMERALS: Numerals = Numerals {
    units: "dois/duas três quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze dezesseis/dezasseis \
     dezessete/dezassete dezoito dezenove/dezanove",
    tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    one: &["um", "uma"],
    and: &["e"],
    fused: &[],
    accented: &[],
    ambiguous: &[],
    times: &[],
    one_stems: &["um", "uma", "únic", "prim"],
    otherwise: &[
        (2, &["amb", "par", "dobr", "dupl", "segund", "met"]),
        (3, &["terc", "tripl", "trim"]),
        (4, &["quart"]),
        (10, &["dezen"]),
        (12, &["dúzia"]),
        (15, &["quarto", "quinzen"]),
    ],
};

static ORDER: OrderWords = OrderWords {
    prepositions: &[
        "a", "ao", "aos", "as", "às", "até", "com", "contra", "da", "das", "de", "desde", "do", "dos", "em", "entre",
        "na", "nas", "no", "nos", "num", "numa", "para", "pela", "pelo", "por", "sob", "sobre", "via",
    ],
    articles: &["o", "a", "os", "as"],
    partitives: &["de", "do", "da", "dos", "das", "entre", "sobre", "dentre os", "dentre as"],
    takes: &["dur", "levou", "leva", "demor", "tom"],
    during: &["durante", "cada"],
};

static DENIAL: Denial = Denial {
    words: WordSet::of("jamais nada nem nenhum* ninguém nunca não sem tampouco"),
    plain: WordSet::of("não"),
    hollow: &[&["nada", "mais"], &["não", "apenas"], &["não", "obstante"], &["não", "somente"], &["não", "só"]],
    courtesies: &[&["não", "hesite"], &["não", "hesitem"], &["não", "se", "preocupe"]],
    lack: WordSet::of(
        "anormal* ausent* ausên* carec* carên* cess* contrári* deixado deixaram deixat deixou descon* desnecess* evit* exce* expir* falh* falt* \
         fora fracass* ileg* ileso* imped* imposs* inacess* inalter* inativ* incap* incert* incompat* incomplet* \
         incorret* indispon* inexist* inseguro* instáv* insuficien* intact* inutiliz* invisív* invál* inútil* \
         isent* negad* negar* negou nul* parou pendente* proib* quebrad* recus* rejeit* vencid* zero",
    ),
    affirmed: WordSet::of(
        "acessív* afetad* alcançáv* capa* conseg* consigo disponív* pode* podia* puder* resolvid* \
         sucesso",
    ),
    trouble: Some(WordSet::of(
        "bloque* cai caiu caí* esgot* estranh* expir* falh* incomu* interromp* inusitad* lent* parad* paus* perd* quebr* \
         rar* sobrecarreg* suspens* trav*",
    )),
    turned: Turned {
        still: WordSet::of("ainda continu*"),
        at_last: WordSet::of("apenas finalmente somente só"),
        at_last_phrases: &[&["por", "fim"]],
        rest: WordSet::of("demais igual inalterad* mesmo resto"),
        only: WordSet::of("apenas exclusivamente somente só unicamente"),
        possible: WordSet::of("cabe* eventual* pode* possi* possí* talvez*"),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("toda todas todo todos tudo"),
    some: WordSet::of("algum alguma algumas alguns diversas diversos subconjunto várias vários"),
    full: WordSet::of(
        "completa completamente completas completo completos integral* inteir* plena plenamente pleno totais total \
         totalmente íntegra",
    ),
    partial: WordSet::of("parcia*"),
    most: WordSet::of("maior* mais quase"),
    only: WordSet::of("apenas exclusiv* mera meramente mero somente só únic*"),
    each: WordSet::of("cada chei* complet* quaisquer qualquer sempre"),
    vague: WordSet::of("algo certas certos determinad* grupo grupos parcel* parte partes pouc* subgrupo umas uns"),
    articles: WordSet::of("um uma"),
};

static SISTERS: WordSet = WordSet::of(
    "agli alla alle anche che con dalla dalle degli dei del della delle el están fue fueron gli han hanno hasta \
         il las los mientras muy nella nelle perché pero più siamo sin sono stata stati stato también una unos y",
);

static ABBREVIATIONS: WordSet = WordSet::of(
    "aprox art av cap depto dr dra ed etc exmo fig jr máx mín no núm pp pq prof pág ref seg sr sra tel vol",
);
