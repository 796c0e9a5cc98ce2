//! What is known of German.

use super::amounts::{APART, FIRST_APART, GLUED, LAST, pattern};
use super::{Denial, Language, Quantifiers, Trait, Turned, WordSet};

pub(super) static GERMAN: Language = Language {
    traits: &[Trait::SharesEnglishParticles, Trait::CapitalisesWords],
    denial: Some(&DENIAL),
    quantifiers: Some(&QUANTIFIERS),
    letters: Some("äöüßéàªº"),
    abbreviations: Some(&ABBREVIATIONS),
    doubled_words: &["das", "der", "die", "sie", "ihr", "sehr"],
    amounts: &[
        pattern("de", LAST, APART),
        pattern("de-AT", FIRST_APART, APART),
        pattern("de-CH", FIRST_APART, GLUED),
        pattern("de-LI", FIRST_APART, GLUED),
    ],
    ..Language::new(&["de"])
};

static DENIAL: Denial = Denial {
    words: WordSet::of("kein* nein nicht* nie niemals niemand* nirgend* ohne weder"),
    plain: WordSet::of("kein* nicht"),
    hollow: &[&["nicht", "nur"]],
    courtesies: &[&["nicht", "zögern"], &["sie", "nicht", "zu"]],
    lack: WordSet::of(
        "abgelehnt* andernfalls aufgehört* ausfall* ausgefallen* ausgeschlossen* außer defekt* falsch* fehl* \
         gescheitert* gestört* inakt* instabil* mang* null scheiter* sonst unbe* unem* unerr* unfähig* \
         ungeklärt* ungü* unmögl* unnötig* unsicher* unstabil* unver* unvoll* unzu* verbot* verhinder* vermeid* \
         vermied* verweiger*",
    ),
    affirmed: WordSet::of("betroffen* erfolgreich* erreichbar* gelöst* kann konnte* können verfügbar* zugänglich*"),
    trouble: None,
    turned: Turned {
        still: WordSet::of(""),
        at_last: WordSet::of(""),
        at_last_phrases: &[],
        rest: WordSet::of(""),
        only: WordSet::of(""),
        possible: WordSet::of(""),
    },
};

static QUANTIFIERS: Quantifiers = Quantifiers {
    all: WordSet::of("alle allem allen aller alles sämtlich*"),
    some: WordSet::of("einige einigen einiger einiges manche manchen mehrere mehreren teilmenge"),
    full: WordSet::of(
        "ganz ganze ganzen gänzlich komplett* total uneingeschränkt* vollständig* vollumfänglich* völlig*",
    ),
    partial: WordSet::of("partiell* teilausfall* teils teilw*"),
    most: WordSet::of("am großteil höchst* mehrheit meist* überwiegend*"),
    only: WordSet::of("allein* ausschließlich* bloß einzig* erst lediglich nur"),
    each: WordSet::of("gesamt* jede jedem jeden jeder jedes voll volle vollen"),
    vague: WordSet::of("bestimmt* etwas gewiss* manch* paar teil teile teilen verschieden* wenig*"),
    articles: WordSet::of("ein eine einem einen einer eines"),
};

static ABBREVIATIONS: WordSet = WordSet::of("bspw bzgl bzw ca etc ggf inkl max min nr");
