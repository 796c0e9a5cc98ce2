//! What is known of French.

use super::amounts::{APART, GLUED, LAST, pattern};
use super::{Denial, Language, LengthRatio, Quantifiers, Trait, Turned, WordSet};

pub(super) static FRENCH: Language = Language {
    traits: &[
        Trait::OrdersLikeEnglish,
        Trait::SentencesLikeEnglish,
        Trait::SharesEnglishParticles,
        Trait::NoPossessiveS,
    ],
    denial: Some(&DENIAL),
    quantifiers: Some(&QUANTIFIERS),
    letters: Some("àâæçéèêëîïôœùûüÿªº"),
    joints: &["et", "mais", "que"],
    length: LengthRatio::Longer,
    doubled_words: &["nous", "vous", "très"],
    bound_marks_except: Some(&["fr-CA"]),
    amounts: &[pattern("fr", LAST, APART), pattern("fr-CH", LAST, GLUED)],
    ..Language::new(&["fr"])
};

static DENIAL: Denial = Denial {
    words: WordSet::of("aucun* guère jamais n ne ni non nul* pas rien sans"),
    plain: WordSet::of("pas"),
    hollow: &[&["pas", "seulement"]],
    courtesies: &[&["hésitez", "pas"], &["inquiétez", "pas"]],
    lack: WordSet::of(
        "absen* anormal* cess* dépourv* empêch* exclu* exempt* hormis hors impossib* inacc* inact* incap* incert* \
         inchang* incompat* incomplet* incomplèt* inconnu* incorrect* indemne* indisponib* inexist* instab* \
         insuffisa* intact* interdi* inutile* inutilis* invalid* manq* panne refus* sauf sinon zéro échec* échou* \
         éviter",
    ),
    affirmed: WordSet::of("accessib* affecté* capable* disponib* joignab* peu* pouvai* pu résolu* touché*"),
    trouble: None,
    turned: Turned {
        still: WordSet::of("continu*"),
        at_last: WordSet::of(""),
        at_last_phrases: &[],
        rest: WordSet::of(""),
        only: WordSet::of(""),
        possible: WordSet::of("possi*"),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("tous tout toute toutes"),
    some: WordSet::of("certaines certains plusieurs quelques"),
    full: WordSet::of(
        "complet complets complète complètement complètes entier entiers entière entièrement entières intégral* plein \
         pleine pleinement total* totaux",
    ),
    partial: WordSet::of("partiel*"),
    most: WordSet::of("majeure majorit* maximum plupart plus"),
    only: WordSet::of("exclusiv* ne qu que seul* uniqu*"),
    each: WordSet::of("chacun* chaque ensemble intégralité toujours"),
    vague: WordSet::of("certain divers ensemble groupe part partie peu quelqu*"),
    articles: WordSet::of("de des du un une"),
};
