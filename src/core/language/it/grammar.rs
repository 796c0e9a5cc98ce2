//! Italian grammar that the notation needs: articles and prepositions, words that agree, noun phrases.

use super::super::{Agreement, Articles, Inflection, NounPhrases, WordSet};
use super::articles;
use crate::document::fact::Article::{Definite, Indefinite};

pub(super) static ARTICLES: Articles = Articles {
    write: articles::article,
    forms: &[
        ("il", Definite),
        ("lo", Definite),
        ("l'", Definite),
        ("la", Definite),
        ("i", Definite),
        ("gli", Definite),
        ("le", Definite),
        ("un", Indefinite),
        ("uno", Indefinite),
        ("un'", Indefinite),
        ("una", Indefinite),
    ],
    ambiguous: &[],
    prepositions: &["di", "a", "da", "in", "su"],
    contractions: &[
        ("di", "il", "del"),
        ("di", "lo", "dello"),
        ("di", "l'", "dell'"),
        ("di", "la", "della"),
        ("di", "i", "dei"),
        ("di", "gli", "degli"),
        ("di", "le", "delle"),
        ("a", "il", "al"),
        ("a", "lo", "allo"),
        ("a", "l'", "all'"),
        ("a", "la", "alla"),
        ("a", "i", "ai"),
        ("a", "gli", "agli"),
        ("a", "le", "alle"),
        ("da", "il", "dal"),
        ("da", "lo", "dallo"),
        ("da", "l'", "dall'"),
        ("da", "la", "dalla"),
        ("da", "i", "dai"),
        ("da", "gli", "dagli"),
        ("da", "le", "dalle"),
        ("in", "il", "nel"),
        ("in", "lo", "nello"),
        ("in", "l'", "nell'"),
        ("in", "la", "nella"),
        ("in", "i", "nei"),
        ("in", "gli", "negli"),
        ("in", "le", "nelle"),
        ("su", "il", "sul"),
        ("su", "lo", "sullo"),
        ("su", "l'", "sull'"),
        ("su", "la", "sulla"),
        ("su", "i", "sui"),
        ("su", "gli", "sugli"),
        ("su", "le", "sulle"),
    ],
    belonging: "di",
    without: &["senza"],
};

pub(super) static AGREEMENT: Agreement = Agreement {
    inflection: Inflection::WithVowel,
    determiners: &[
        ["questo", "questa", "questi", "queste"],
        ["nostro", "nostra", "nostri", "nostre"],
        ["alcun", "alcuna", "alcuni", "alcune"],
        ["nessun", "nessuna", "nessuni", "nessune"],
        ["altro", "altra", "altri", "altre"],
        ["tutto", "tutta", "tutti", "tutte"],
    ],
    pronouns: &[],
    before_pronouns: &[],
    leading: WordSet::of(
        "breve completo grande grave lieve lungo nuovo parziale piccolo pieno possibile precedente primo prossimo \
         recente secondo stesso successivo totale ulteriore ultimo unico",
    ),
    short: &[],
    copulas: WordSet::of(
        "è sono era erano fu furono sarà saranno stato stata stati state viene venne vengono non già anche",
    ),
    been: &["stato", "stata", "stati", "state"],
    been_unchanged: "",
    perfect: WordSet::of("ha hanno aveva avevano"),
    verbs: &[
        ("è", "sono"),
        ("era", "erano"),
        ("fu", "furono"),
        ("sarà", "saranno"),
        ("ha", "hanno"),
        ("aveva", "avevano"),
        ("avrà", "avranno"),
        ("viene", "vengono"),
        ("venne", "vennero"),
        ("resta", "restano"),
        ("può", "possono"),
        ("poteva", "potevano"),
        ("deve", "devono"),
        ("funziona", "funzionano"),
    ],
    prepositions: WordSet::of(
        "a al allo alla all ai agli alle di del dello della dell dei degli delle da dal dallo dalla dall dai \
         dagli dalle in nel nello nella nell nei negli nelle su sul sullo sulla sull sui sugli sulle con per tra \
         fra contro dopo durante senza verso entro d col coi presso oltre sotto sopra lungo tramite mediante \
         eccetto salvo",
    ),
    irregular: WordSet::of(
        "risolto aperto chiuso messo fatto visto ridotto rimosso esteso completo breve lungo lento alto basso \
         automatico critico nuovo corto vuoto noto",
    ),
    endings: &["ato", "ito", "uto", "ati", "iti", "uti"],
    invariable: WordSet::of("risultato grado subito minuto minuti formato contenuto certificato comunicato mercato"),
    fixed_before: &["che"],
    fixed: &[],
};

pub(super) static NOUN_PHRASES: NounPhrases = NounPhrases {
    quantifiers: WordSet::of(
        "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta cento mille varie vari molte \
         molti poche pochi più meno ogni qualche sua suo sue suoi mia mio mie miei loro quest quell quel quella \
         quelle quelli quei quegli quello tale tali diverse diversi numerose numerosi tante tanti certe certi \
         gran parecchie parecchi nessuno alcuno",
    ),
    before_articles: WordSet::of("tutto tutta tutti tutte entrambi entrambe ambedue solo soltanto persino tutt"),
    clause_openers: WordSet::of(
        "che perché poiché benché sebbene ma però quando mentre se dove quindi oggi ieri ora adesso allora poi \
         inoltre così anche infine attualmente fortunatamente",
    ),
    comparisons: WordSet::of("più meno peggio meglio"),
    than: "che",
    according: &["secondo"],
    and_or: &["e", "ed", "o"],
};
