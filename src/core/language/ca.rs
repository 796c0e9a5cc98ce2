//! What is known of Catalan.

use super::amounts::{APART, LAST, pattern};
use super::{Denial, Language, LengthRatio, Quantifiers, Trait, Turned, WordSet};

pub(super) static CATALAN: Language = Language {
    traits: &[
        Trait::OrdersLikeEnglish,
        Trait::SentencesLikeEnglish,
        Trait::SharesFewEnglishWords,
        Trait::MiddleDot,
        Trait::TightMarks,
    ],
    denial: Some(&DENIAL),
    quantifiers: Some(&QUANTIFIERS),
    letters: Some("àçèéíïòóúüªº"),
    joints: &["i", "que"],
    length: LengthRatio::Longer,
    doubled_words: &["a", "bé", "poc", "ben"],
    amounts: &[pattern("ca", LAST, APART)],
    ..Language::new(&["ca"])
};

static DENIAL: Denial = Denial {
    words: WordSet::of("cap gens mai ningú no res sense tampoc"),
    plain: WordSet::of("no"),
    hollow: &[&["no", "només"], &["no", "obstant"], &["no", "sols"]],
    courtesies: &[&["no", "dubteu"], &["no", "dubti"]],
    lack: WordSet::of(
        "absent* absèn* cess* contrari* deixado deixaram deixat deixou desaparei* descon* evit* excep* falla* falle* falli* fallo* falló falt* fora fracass* imped* \
         impos* inacc* inact* incap* incert* incompat* incomplet* incorrect* indispon* inestab* inexist* \
         innecess* insuficien* intact* invàlid* manc* neg* nul* pendent* prohib* rebutj* zero",
    ),
    affirmed: WordSet::of("accessib* afecta* capaç* disponib* poden podi* pogut pot resol*"),
    trouble: None,
    turned: Turned {
        still: WordSet::of("continu*"),
        at_last: WordSet::of("sola"),
        at_last_phrases: &[],
        rest: WordSet::of("igual inalterad*"),
        only: WordSet::of("sola"),
        possible: WordSet::of("eventual* pode* possi*"),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("tot tota totes tothom tots"),
    some: WordSet::of("algunes alguns diverses diversos subconjunt"),
    full: WordSet::of("complet completa completament completes complets plenament sencer* total totalment totals"),
    partial: WordSet::of("parcial*"),
    most: WordSet::of("gairebé major* màxim* més"),
    only: WordSet::of("exclusiv* més només sola solament soles sols únic*"),
    each: WordSet::of("cada ple plena qualsevol sempre"),
    vague: WordSet::of("algun* certes certs determinad* determinat* diversa grup grups part poc* unes uns"),
    articles: WordSet::of("un una"),
};
