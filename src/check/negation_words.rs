//! The words that deny, by language. Nothing here judges; [`negation`](super::negation) does.

use std::sync::LazyLock;

use super::lexicon::Lexicon;

/// How a language denies.
#[derive(Debug)]
pub(super) struct Denial {
    /// Every word that renders an English denial.
    pub(super) words: Lexicon,
    /// Those that make a statement its opposite wherever they stand.
    pub(super) plain: Lexicon,
    /// Phrases with one such word that deny nothing (`sin embargo`).
    pub(super) hollow: &'static [&'static [&'static str]],
    /// Phrases with a plain word where English asks or affirms (`no dude en`: `please`).
    pub(super) courtesies: &'static [&'static [&'static str]],
    /// Words whose meaning denies, as [`LACK`] in English: `falló` renders `did not work`.
    pub(super) lack: Lexicon,
}

/// The words of English that deny by grammar.
pub(super) static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("cannot neither never no nobody none nor not nothing nowhere without"));

/// Those that are no word of the languages below.
pub(super) static UNMISTAKABLE: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("cannot neither never nobody nor not nothing nowhere without"));

/// Verbs with `not` contracted to `t`.
pub(super) static CONTRACTED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of("ain aren can couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren won wouldn")
});

/// Phrases of English whose denial other languages leave out (`no more than`: `como máximo`).
pub(super) const IDIOMS: &[&[&str]] = &[
    &["little", "or", "no"],
    &["no", "doubt"],
    &["no", "earlier", "than"],
    &["no", "fewer", "than"],
    &["no", "later", "than"],
    &["no", "less", "than"],
    &["no", "matter"],
    &["no", "more", "than"],
    &["no", "sooner", "than"],
    &["not", "hesitate"],
    &["not", "just"],
    &["not", "least"],
    &["not", "less", "than"],
    &["not", "more", "than"],
    &["not", "only"],
    &["not", "to", "mention"],
    &["not", "until"],
    &["nothing", "but"],
    &["or", "not"],
    &["t", "hesitate"],
    &["why", "not"],
];

/// Words of English whose meaning denies: a Romance language may say them with a plain `no` (`unable`: `no puede`).
pub(super) static LACK: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "abort* absen* avoid* bar barred broke* ceas* crash* declin* denial* denied denies deny* depriv* disab* disallow* \
         disappear* disconnect* discontinu* disrupt* down downtime* dropped dropping dysfunction* exclud* expir* fail* \
         faulty forbid* free gone hang* hung idle ignor* impair* impossib* improper* inability inaccess* inaccura* \
         inactiv* inadequa* inadvert* incapab* incomp* inconsist* incorrect* ineffect* ineligib* inoper* insufficien* \
         interrupt* invalid* irresponsi* kill* lack* lose loses losing loss* lost malfunction* misbehav* misconfig* \
         mismatch* miss missed misses missing non nonexist* nonfunction* obsolete offline outage* outdated overdue \
         pending prevent* prohibit* refus* reject* stale stop* stuck unab* unack* unaff* unallo* unanswer* unauth* \
         unavail* uncertain* unchang* uncl* uncommon* uncon* undeliver* undes* undet* undocument* unexp* unfinish* \
         unfortunate* unh* unimpact* uninten* unkn* unnec* unnotic* unpl* unprocess* unpublish* unre* unsaf* unsav* \
         unsche* unse* unstab* unsuccess* unsupport* unus* unwant* worthless wrong*",
    )
});

/// What else may bring a plain denial into a translation: `only` (`no más que`), `until` (`hasta que no`), `still`.
pub(super) static ADDITION: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "any anybody anymore anyone anything anywhere bad* barely before beyond but else ever except* few fewer hardly if \
         instead just less little merely only otherwise poor* rarely rather scarce* seldom short slow* still than though \
         till too unless until whether yet zero",
    )
});

/// How the language denies; `None` where nobody has written it down.
pub(super) fn denial(language: &str) -> Option<&'static Denial> {
    match language {
        "es" => Some(&*SPANISH),
        "it" => Some(&*ITALIAN),
        "pt" => Some(&*PORTUGUESE),
        "ca" => Some(&*CATALAN),
        "fr" => Some(&*FRENCH),
        "de" => Some(&*GERMAN),
        _ => None,
    }
}

static SPANISH: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("jamás nada nadie ni ningun* ningún no nunca sin tampoco"),
    plain: Lexicon::of("no"),
    hollow: &[&["no", "obstante"], &["no", "solamente"], &["no", "solo"], &["no", "sólo"], &["sin", "embargo"]],
    courtesies: &[&["no", "dude"], &["no", "duden"], &["no", "se", "preocupe"]],
    lack: Lexicon::of(
        "ajen* apenas ausen* carec* carenc* cero ces* dej* deneg* descon* evit* excep* fall* falt* ileg* ileso* \
         imped* impid* imposib* inacces* inact* inafect* incapa* incomplet* indemne* indispon* inexist* insuficien* \
         intact* inutiliz* invisib* libre* negar* negó nul* pendiente* prohib* rechaz* salvo",
    ),
});

static ITALIAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("mai manco neanche nemmeno neppure nessun* niente no non nulla né senz senza"),
    plain: Lexicon::of("non"),
    hollow: &[&["non", "appena"], &["non", "solo"], &["non", "soltanto"], &["senz", "altro"]],
    courtesies: &[&["non", "esita"], &["non", "esitare"], &["non", "esitate"], &["non", "preoccuparti"]],
    lack: Lexicon::of(
        "assen* cess* contrari* esclu* evita* fallisc* fallit* illes* immun* imped* impossib* inaccess* inattiv* \
         incapac* incomplet* indenn* indisponib* inesist* insufficien* intatt* inutilizz* invisib* liber* manc* nega* \
         priv* rifiut* salvo smess* smett* tranne vieta* zero",
    ),
});

static PORTUGUESE: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("jamais nada nem nenhum* ninguém nunca não sem tampouco"),
    plain: Lexicon::of("não"),
    hollow: &[&["não", "apenas"], &["não", "obstante"], &["não", "somente"], &["não", "só"]],
    courtesies: &[&["não", "hesite"], &["não", "hesitem"], &["não", "se", "preocupe"]],
    lack: Lexicon::of(
        "ausent* ausên* carec* carên* cess* deix* descon* evit* exce* falh* falt* ileg* ileso* imped* imposs* \
         inacess* inalter* inativ* incap* incomplet* indispon* inexist* insuficien* intact* inutiliz* invisív* isent* \
         livre* negad* negar* negou nul* parou pendente* proib* recus* rejeit* zero",
    ),
});

static CATALAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("cap gens mai ningú no res sense tampoc"),
    plain: Lexicon::of("no"),
    hollow: &[&["no", "només"], &["no", "obstant"], &["no", "sols"]],
    courtesies: &[&["no", "dubteu"], &["no", "dubti"]],
    lack: Lexicon::of(
        "absent* absèn* cess* deix* descon* evit* excep* fall* falt* imped* impos* inacc* inact* incap* incomplet* \
         indispon* inexist* insuficien* intact* lliure* manc* neg* nul* pendent* prohib* rebutj* zero",
    ),
});

static FRENCH: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("aucun* guère jamais n ne ni non nul* pas rien sans"),
    plain: Lexicon::of("pas"),
    hollow: &[&["pas", "seulement"]],
    courtesies: &[&["hésitez", "pas"], &["inquiétez", "pas"]],
    lack: Lexicon::of(
        "absen* cess* dépourv* empêch* exclu* exempt* hormis impossib* inacc* inact* incap* incomplet* incomplèt* \
         indemne* indisponib* inexist* insuffisa* intact* interdi* inutilis* manq* refus* sauf zéro échec* échou* \
         éviter",
    ),
});

static GERMAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("kein* nein nicht* nie niemals niemand* nirgend* ohne weder"),
    plain: Lexicon::of("kein* nicht"),
    hollow: &[&["nicht", "nur"]],
    courtesies: &[&["nicht", "zögern"], &["sie", "nicht", "zu"]],
    lack: Lexicon::of(
        "abgelehnt* aufgehört* ausfall* ausgefallen* ausgeschlossen* fehl* frei* gescheitert* inakt* mang* null \
         scheiter* unbe* unem* unerr* unfähig* ungü* unmögl* unver* unvoll* unzu* verbot* verhinder* vermeid* \
         vermied* verweiger*",
    ),
});

#[cfg(test)]
mod tests {
    use super::super::lexicon::superfluous;
    use super::*;

    const LANGUAGES: [&str; 6] = ["es", "it", "pt", "ca", "fr", "de"];

    #[test]
    fn no_entry_is_superfluous() {
        let mut tables = vec![&*ENGLISH, &*UNMISTAKABLE, &*CONTRACTED, &*LACK, &*ADDITION];
        for denial in LANGUAGES.map(|language| denial(language).unwrap()) {
            tables.extend([&denial.words, &denial.plain, &denial.lack]);
        }
        let found: Vec<&str> = tables.into_iter().filter_map(superfluous).collect();
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_phrase_holds_what_it_excuses() {
        for idiom in IDIOMS {
            assert!(ENGLISH.any(idiom) || idiom.contains(&"t"), "{idiom:?}");
        }
        for denial in LANGUAGES.map(|language| denial(language).unwrap()) {
            for phrase in denial.hollow {
                assert_eq!(denial.words.count(phrase), 1, "{phrase:?}");
            }
            for phrase in denial.courtesies {
                assert_eq!(denial.plain.count(phrase), 1, "{phrase:?}");
            }
        }
    }
}
