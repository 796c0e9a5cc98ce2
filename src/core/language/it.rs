//! What is known of Italian.

mod articles;
mod grammar;
mod opposites;

use super::amounts::{FIRST_APART, GLUED, LAST, pattern};
use super::{
    Denial, Language, LengthRatio, NativeShape, Numerals, OppositeWords, OrderWords, Quantifiers, TenseForms, Trait,
    Turned, WordSet,
};
use grammar::{AGREEMENT, ARTICLES, NOUN_PHRASES};

pub(super) static ITALIAN: Language = Language {
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
    doers: &["da", "dal", "dalla", "dall", "dai"],
    native: Some(&NATIVE),
    sister_words: Some(&SISTERS),
    letters: Some("àèéìíîòóùúªº"),
    abbreviations: Some(&ABBREVIATIONS),
    joints: &["e", "ed", "ma", "che", "perché", "quindi"],
    length: LengthRatio::Longer,
    doubled_words: &["bene", "ben", "così", "man", "mano", "molto", "piano", "poco", "presto", "subito", "via"],
    one_letter_words: &["A", "E", "È", "I", "O"],
    amounts: &[pattern("it", LAST, GLUED), pattern("it-CH", FIRST_APART, GLUED)],
    articles: Some(&ARTICLES),
    agreement: Some(&AGREEMENT),
    noun_phrases: Some(&NOUN_PHRASES),
    figure_prepositions: &[
        ("del", "di"),
        ("dello", "di"),
        ("della", "di"),
        ("dell'", "di "),
        ("nel", "in"),
        ("nello", "in"),
        ("nella", "in"),
        ("al", "a"),
        ("allo", "a"),
        ("alla", "a"),
        ("dal", "da"),
        ("dallo", "da"),
        ("dalla", "da"),
        ("sul", "su"),
    ],
    ..Language::new(&["it"])
};

/// It ends words so that it cuts short: `quel`, `nessun`, `poter`.
static NATIVE: NativeShape = NativeShape { doubled: None, last: "lnr", endings: &[] };

static OPPOSITES: OppositeWords = OppositeWords::of(opposites::WORDS, &NUMERALS);

static TENSE: TenseForms = TenseForms {
    future: &[
        "erà", "irà", "arà", "drà", "rrà", "eranno", "iranno", "aranno", "dranno", "rranno", "eremo", "iremo", "aremo",
        "drò", "erò",
    ],
    not_future: &[],
    about_to: (&["sta", "stanno", "stiamo"], Some("per")),
    past: (&["stato", "stata", "stati", "state", "abbiamo", "appena"], &[]),
    done: (
        &["è", "sono", "ha", "hanno", "ho", "era", "erano", "siamo", "già"],
        &["ava", "avano", "eva", "evano", "iva", "ivano"],
    ),
};

static NUMERALS: Numerals = Numerals {
    units: "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette \
     diciotto diciannove",
    tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    one: &["uno", "un"],
    and: &["e", "ed"],
    fused: &[2, 3, 4, 5, 6, 7, 8, 9],
    accented: &[("tré", "tre")],
    ambiguous: &["sei"],
    times: &[],
    one_stems: &["un", "uno", "una", "sol", "unic", "prim", "qualcun"],
    otherwise: &[
        (2, &["amb", "pai", "doppi", "dupl", "second", "entramb", "coppia", "met"]),
        (3, &["terz", "tripl", "trim"]),
        (4, &["quart"]),
        (10, &["decin"]),
        (12, &["dozzin"]),
        (15, &["quarto", "quindicin"]),
    ],
};

static ORDER: OrderWords = OrderWords {
    prepositions: &[
        "a", "al", "alla", "all", "alle", "ai", "con", "contra", "da", "dal", "dalla", "dall", "dai", "degli", "dei",
        "del", "della", "dell", "delle", "di", "fino", "fra", "in", "nel", "nella", "nell", "nei", "per", "su", "sul",
        "sulla", "sull", "tra", "via",
    ],
    articles: &["il", "lo", "la", "l", "i", "gli", "le"],
    partitives: &["di", "dei", "degli", "del", "dell", "delle", "su", "tra", "fra"],
    takes: &["dur", "richie", "impieg", "volut", "prend", "pass"],
    during: &["circa", "durante", "entro", "ogni"],
};

static DENIAL: Denial = Denial {
    words: WordSet::of("mai manco neanche nemmeno neppure nessun* niente no non nulla né senz senza"),
    plain: WordSet::of("non"),
    hollow: &[&["non", "appena"], &["non", "solo"], &["non", "soltanto"], &["senz", "altro"]],
    courtesies: &[&["non", "esita"], &["non", "esitare"], &["non", "esitate"], &["non", "preoccuparti"]],
    lack: WordSet::of(
        "altrimenti anomal* assen* cess* contrari* errat* esclu* evita* falli* fuori guast* illes* immun* imped* \
         impossib* inaccess* inattiv* incapac* incert* incompat* incomplet* inconness* indenn* indisponib* \
         inesist* instabil* insufficien* intatt* inutil* invalid* invariat* invisib* manc* nega* priv* \
         rifiut* rott* saltat* salvo scadut* sconosciut* scorrett* smess* smett* superflu* tranne vieta* zero",
    ),
    affirmed: WordSet::of(
        "accessibil* capac* disponibil* interessat* possono poteva* potut* può raggiungibil* riuscit* risolt* \
         san*",
    ),
    trouble: Some(WordSet::of(
        "blocc* cadut* esaur* fall* guast* inconsuet* insolit* interrott* lent* pers* rar* rott* scad* sospes* strani \
         strano strana sovraccaric*",
    )),
    turned: Turned {
        still: WordSet::of("ancora continu* tuttora"),
        at_last: WordSet::of("finalmente infine sola solo soltanto"),
        at_last_phrases: &[],
        rest: WordSet::of("invariat* resto stesso"),
        only: WordSet::of("esclusivamente sola solamente sole soli solo soltanto unicamente"),
        possible: WordSet::of("eventual* forse* possi* possí* potrebbe* può*"),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("tutt tutta tutte tutti tutto"),
    some: WordSet::of("alcune alcuni diverse diversi parecchi parecchie qualche sottoinsieme"),
    full: WordSet::of(
        "appieno completa completamente complete completi completo integralmente intera interamente intere interi \
         intero pien* total*",
    ),
    partial: WordSet::of("parzial*"),
    most: WordSet::of("maggior* massim* più"),
    only: WordSet::of("appena che esclusiv* sola solamente sole soli solo soltanto unic*"),
    each: WordSet::of("ciascun* complet* esaurit* ogni ognun* qualsiasi sempre"),
    vague: WordSet::of("alcun* certe certi determinat* gruppo parte parti po poch* qualcun* sottogruppo vari varie"),
    articles: WordSet::of("degli dei del dell della delle un una uno"),
};

static SISTERS: WordSet = WordSet::of(
    "amb aos aquest aquesta até com dels desde després els em está están foi foram fue fueron han hasta \
         já las los mais mientras muy més não para pelas pelo pero por sem seu sin são también també um uma y às",
);

static ABBREVIATIONS: WordSet = WordSet::of("art ca cap dr ecc es fig max min no nr num pag pp sec sig tel vol");
