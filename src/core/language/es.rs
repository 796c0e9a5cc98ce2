//! What is known of Spanish.

mod grammar;
mod opposites;

use super::amounts::{APART, FIRST, FIRST_APART, GLUED, LAST, pattern};
use super::{
    Denial, Language, LengthRatio, NativeShape, Numerals, OppositeWords, OrderWords, Quantifiers, TenseForms, Trait,
    Turned, WordSet,
};
use grammar::{AGREEMENT, ARTICLES, NOUN_PHRASES};

pub(super) static SPANISH: Language = Language {
    traits: &[
        Trait::OrdersLikeEnglish,
        Trait::SentencesLikeEnglish,
        Trait::SharesFewEnglishWords,
        Trait::NoPossessiveS,
        Trait::TightMarks,
        Trait::RefusesSpaceBeforeMarks,
    ],
    denial: Some(&DENIAL),
    quantifiers: Some(&QUANTIFIERS),
    opposites: Some(&OPPOSITES),
    numerals: Some(&NUMERALS),
    tense: Some(&TENSE),
    order: Some(&ORDER),
    doers: &["por"],
    native: Some(&NATIVE),
    sister_words: Some(&SISTERS),
    letters: Some("áéíñóúüªº"),
    abbreviations: Some(&ABBREVIATIONS),
    joints: &["y", "e", "pero", "que", "porque", "así"],
    opening_marks: &[('¿', '?'), ('¡', '!')],
    length: LengthRatio::Longer,
    doubled_words: &["casi", "muy", "tan"],
    one_letter_words: &["A", "E", "O", "U", "Y"],
    amounts: &[
        pattern("es", LAST, APART),
        pattern("es-419", FIRST, GLUED),
        pattern("es-PE", FIRST_APART, GLUED),
        pattern("es-PY", FIRST_APART, GLUED),
        pattern("es-UY", FIRST_APART, GLUED),
    ],
    articles: Some(&ARTICLES),
    agreement: Some(&AGREEMENT),
    noun_phrases: Some(&NOUN_PHRASES),
    figure_prepositions: &[("del", "de"), ("al", "a")],
    ..Language::new(&["es"])
};

static NATIVE: NativeShape = NativeShape { doubled: Some("lrcn"), last: "nsrldzyj", endings: &[] };

static OPPOSITES: OppositeWords = OppositeWords::of(opposites::WORDS, &NUMERALS);

static TENSE: TenseForms = TenseForms {
    future: &["ará", "erá", "irá", "drá", "arán", "erán", "irán", "drán", "aremos", "eremos", "iremos", "dremos"],
    not_future: &[],
    about_to: (&["va", "van", "vamos", "voy"], Some("a")),
    past: (&["fue", "fueron", "hemos", "acabamos", "acaba", "acaban"], &["ieron", "aron", "ó"]),
    done: (
        &["ha", "han", "he", "era", "eran", "ya", "hay", "hubo", "hizo", "tuvo", "dio"],
        &["ó", "aba", "aban", "ía", "ían", "é", "amos", "imos", "ió"],
    ),
};

static NUMERALS: Numerals = Numerals {
    units: "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis/dieciseis diecisiete \
     dieciocho diecinueve",
    tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    one: &["uno", "un", "una", "ún"],
    and: &["y", "e"],
    fused: &[2],
    accented: &[("trés", "tres"), ("dós", "dos"), ("séis", "seis")],
    ambiguous: &[],
    times: &[],
    one_stems: &["un", "uno", "una", "sol", "únic", "primer", "prim", "algui"],
    otherwise: &[
        (2, &["amb", "par", "dobl", "dupl", "segund", "entramb", "med"]),
        (3, &["terc", "tripl", "trim"]),
        (4, &["cuart"]),
        (10, &["decen"]),
        (12, &["docen"]),
        (15, &["cuarto", "quincen"]),
    ],
};

static ORDER: OrderWords = OrderWords {
    prepositions: &[
        "a", "al", "ante", "bajo", "con", "contra", "de", "del", "desde", "en", "entre", "hasta", "para", "por",
        "sobre", "tras", "via",
    ],
    articles: &["el", "la", "los", "las"],
    partitives: &["de", "del", "de los", "de las", "de un total de", "entre", "sobre", "los"],
    takes: &["llev", "tard", "dur", "tom", "demor", "requi", "necesit"],
    during: &["durante", "cada", "unos"],
};

static DENIAL: Denial = Denial {
    words: WordSet::of("jamás nada nadie ni ningun* ningún no nunca sin tampoco"),
    plain: WordSet::of("no"),
    hollow: &[
        &["nada", "más"],
        &["no", "obstante"],
        &["no", "solamente"],
        &["no", "solo"],
        &["no", "sólo"],
        &["sin", "embargo"],
    ],
    courtesies: &[&["no", "dude"], &["no", "duden"], &["no", "se", "preocupe"]],
    lack: WordSet::of(
        "ajen* anormal* anómal* apenas ausen* averiad* caduc* carec* carenc* cero ces* contrari* dejado dejaron dejó deneg* desaparec* descon* \
         erróne* estropead* evit* expir* falla* falle* falli* fallo* falló falt* fracas* fuera ileg* ileso* imped* impid* imposib* inacces* inact* \
         inafect* incapa* incert* inciert* incompat* incomplet* incorrect* indemne* indispon* inestab* inexist* \
         innecesari* insegur* insuficien* intact* inutiliz* invisib* inváli* inútil* negar* negó nul* \
         pendiente* prohib* rechaz* rota* roto* salvo vencid*",
    ),
    affirmed: WordSet::of(
        "accesib* afectad* capaces capaz disponib* exitos* podido podrá* podía* pud* pueda* puede* resuel* \
        ",
    ),
    trouble: Some(WordSet::of(
        "abajo agot* atasc* averi* bloque* cae* cay* caíd* colg* expir* extrañ* inhabitual* insólit* interrump* inusual* lent* \
         mal paus* perd* pierd* rar* rot* satur* suspend* tard* venc*",
    )),
    turned: Turned {
        still: WordSet::of("aún continu* continú* sigue siguen seguimos todavía"),
        at_last: WordSet::of("apenas finalmente recién sola solo sólo únicamente"),
        at_last_phrases: &[&["por", "fin"]],
        rest: WordSet::of("demás igual iguales inalterad* mismo resto"),
        only: WordSet::of("apenas exclusivamente sola solamente solo sólo únicamente"),
        possible: WordSet::of("cabe* eventual* podrí* podrá* pode* posib* puede* quizá*"),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("toda todas todo todos"),
    some: WordSet::of("algunas algunos algún subconjunto varias varios"),
    full: WordSet::of(
        "completa completamente completas completo completos entera enteramente enteras entero enteros plena \
         plenamente pleno plenos total totales totalmente íntegr*",
    ),
    partial: WordSet::of("parcial*"),
    most: WordSet::of("casi mayor* más"),
    only: WordSet::of(
        "apenas exclusiv* hasta mera meramente mero más sino sola solamente solas solo solos sólo tan únic*",
    ),
    each: WordSet::of("cada complet* cualquier* entera llen* siempre"),
    vague: WordSet::of("algo algun* ciert* determinad* divers* grupo grupos parte partes poc* unas unos"),
    articles: WordSet::of("un una uno"),
};

static SISTERS: WordSet = WordSet::of(
    "agli alla alle anche ao aos até che com dagli dalla dalle degli dei dell della delle ed em foi foram gli \
         hanno il já mais nella nelle não pelas pelo pelos perché più sem seu seus siamo sono stata stati stato são \
         também um uma è é",
);

static ABBREVIATIONS: WordSet = WordSet::of(
    "admin aprox art av cap depto dr dra ed ee ej esp etc feb fig jul jun mar máx mín nov nro núm oct pp prof \
         pág ref resp seg sept sig sigs sr sra tel uu vol ú",
);
