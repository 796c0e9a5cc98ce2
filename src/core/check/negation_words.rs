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
    /// What [`CONTRARY`] words say without their denying part: `disponible` of `unavailable`.
    pub(super) affirmed: Lexicon,
}

/// The words of English that deny by grammar, and those that are written without their apostrophe.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "cannot neither never no nobody none nor not nothing nowhere without arent couldnt didnt doesnt dont hadnt \
         hasnt havent isnt shouldnt wasnt werent wont wouldnt",
    )
});

/// Those that are no word of the languages below.
pub(super) static UNMISTAKABLE: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("cannot neither never nobody nor not nothing nowhere without"));

/// Verbs with `not` contracted to `t`.
pub(super) static CONTRACTED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of("ain aren can couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren won wouldn")
});

/// Phrases of English whose denial other languages leave out (`no more than`: `como máximo`).
pub(super) const IDIOMS: &[&[&str]] = &[
    &["cannot", "agree", "more"],
    &["cannot", "help", "but"],
    &["cannot", "thank", "you", "enough"],
    &["little", "or", "no"],
    &["never", "mind"],
    &["no", "choice", "but"],
    &["no", "code"],
    &["no", "different"],
    &["no", "doubt"],
    &["no", "earlier", "than"],
    &["no", "fewer", "than"],
    &["no", "later", "than"],
    // "No. of users"
    &["no", "of"],
    &["no", "less", "than"],
    &["no", "longer", "than"],
    &["no", "matter"],
    &["no", "more", "than"],
    &["no", "op"],
    &["no", "reply"],
    &["no", "secret"],
    &["no", "sooner"],
    &["no", "wonder"],
    &["none", "other"],
    &["not", "agree", "more"],
    &["not", "help", "but"],
    &["not", "hesitate"],
    &["not", "just"],
    &["not", "least"],
    &["not", "less", "than"],
    &["not", "more", "than"],
    &["not", "only"],
    &["not", "to", "mention"],
    &["not", "until"],
    &["nothing", "but"],
    &["nothing", "less", "than"],
    &["nothing", "short", "of"],
    &["or", "not"],
    &["t", "agree", "more"],
    &["t", "help", "but"],
    &["t", "hesitate"],
    &["t", "thank", "you", "enough"],
    &["why", "not"],
];

/// Words of English whose meaning denies: a Romance language may say them with a plain `no` (`unable`: `no puede`).
pub(super) static LACK: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "abort* absen* avoid* bar barred broke* ceas* contrar* crash* declin* denial* denied denies deny* \
         depriv* disab* disallow* disappear* disconnect* discontinu* disrupt* down downtime* dropped dropping \
         dysfunction* except* exclud* exempt* expir* fail* faulty forbid* forget* former* free gone halt* hang* hung idle \
         ignor* impair* impossib* improper* inability inaccess* inaccura* inactiv* inadequa* inadvert* incapab* \
         incomp* inconsist* incorrect* ineffect* ineligib* inoper* insufficien* interrupt* invalid* irresponsi* \
         kill* lack* lose loses losing loss* lost malfunction* misbehav* misconfig* mismatch* miss missed misses \
         missing negativ* non nonexist* nonfunction* obsolete offline outage* outdated overdue pending prevent* \
         prohibit* refus* reject* remember* skip* stale stop* stuck suspend* una* unb* unc* undec* undef* undel* \
         undes* undet* undi* undo* une* unf* ung* unh* unim* unin* unj* unk* unl* unm* unn* uno* unp* unr* uns* unt* \
         unu* unw* worthless wrong*",
    )
});

/// Words of English that deny one affirmative word, which every language below denies in its own way.
pub(super) static CONTRARY: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of("inaccessib* unable unaffected unavailab* unimpacted unreachab* unresolved unsuccessful*")
});

/// What else may bring a plain denial into a translation: `only` (`no más que`), `until` (`hasta que no`), `still`.
pub(super) static ADDITION: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "any anybody anymore anyone anything anywhere bad* barely before beyond but else ever few fewer hardly if \
         instead just less little merely only otherwise poor* rarely rather scarce* seldom slow* still than though \
         till too unless until whether yet zero",
    )
});

/// Words whose denial says that all is well: `no longer fails` is `vuelve a funcionar`.
pub(super) static TROUBLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "abnormal* block* broken crash* fail* hang* hung impossib* incorrect* inaccurate invalid jam* offline \
         overload* paus* slow stuck suspend* unable unavailab* uncommon* unlikely unreachab* unrespons* unstable \
         unusual* wrong*",
    )
});

/// The same in another language: with one of these, what was denied is said after all.
pub(super) fn trouble(language: &str) -> Option<&'static Lexicon> {
    match language {
        "es" => Some(&*SPANISH_TROUBLE),
        "it" => Some(&*ITALIAN_TROUBLE),
        "pt" => Some(&*PORTUGUESE_TROUBLE),
        _ => None,
    }
}

static SPANISH_TROUBLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "abajo agot* atasc* averi* bloque* cae* cay* caíd* colg* expir* extrañ* inhabitual* insólit* interrump* inusual* lent* \
         mal paus* perd* pierd* rar* rot* satur* suspend* tard* venc*",
    )
});

static ITALIAN_TROUBLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "blocc* cadut* esaur* fall* guast* inconsuet* insolit* interrott* lent* pers* rar* rott* scad* sospes* strani \
         strano strana sovraccaric*",
    )
});

static PORTUGUESE_TROUBLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "bloque* cai caiu caí* esgot* estranh* expir* falh* incomu* interromp* inusitad* lent* parad* paus* perd* quebr* \
         rar* sobrecarreg* suspens* trav*",
    )
});

/// What says that something goes on, which is the denial of its end: `not done yet` is `still at it`.
pub(super) static STILL: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("ainda ancora aún continu* continú* sigue siguen seguimos todavía tuttora"));

/// What says that something came late, which is `not until` turned round.
pub(super) static AT_LAST: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("apenas finalmente infine recién somente sola solo soltanto só sólo únicamente"));

/// What says that the rest is as it was: `nothing else changed`.
pub(super) static REST: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of("demais demás igual iguales inalterad* invariat* mesmo mismo resto stesso"));

/// What says `only` and nothing else.
pub(super) static ONLY: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "apenas esclusivamente exclusivamente sola solamente sole soli solo soltanto somente só sólo unicamente únicamente",
    )
});

/// What is numbered: `node no 7`.
pub(super) static NUMBERED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "account batch build case customer gate host incident invoice invoices issue item items job line model node nodes \
         order orders our page part port rack release report room row rule serial server step table tenant ticket \
         tickets version",
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

/// The signs of which one stands in every denial, where there are no spaces between words.
pub(super) fn signs(language: &str) -> Option<&'static str> {
    match language {
        // Of `ない`, `ません`, `ず` and `ぬ`, and of the words that are borrowed.
        "ja" => Some("なずぬん無不未非否"),
        "zh" | "yue" => Some("不沒没未無无非否勿别別唔冇"),
        _ => None,
    }
}

static SPANISH: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("jamás nada nadie ni ningun* ningún no nunca sin tampoco"),
    plain: Lexicon::of("no"),
    hollow: &[
        &["nada", "más"],
        &["no", "obstante"],
        &["no", "solamente"],
        &["no", "solo"],
        &["no", "sólo"],
        &["sin", "embargo"],
    ],
    courtesies: &[&["no", "dude"], &["no", "duden"], &["no", "se", "preocupe"]],
    lack: Lexicon::of(
        "ajen* anormal* anómal* apenas ausen* averiad* caduc* carec* carenc* cero ces* contrari* dejado dejaron dejó deneg* desaparec* descon* \
         erróne* estropead* evit* expir* falla* falle* falli* fallo* falló falt* fracas* fuera ileg* ileso* imped* impid* imposib* inacces* inact* \
         inafect* incapa* incert* inciert* incompat* incomplet* incorrect* indemne* indispon* inestab* inexist* \
         innecesari* insegur* insuficien* intact* inutiliz* invisib* inváli* inútil* negar* negó nul* \
         pendiente* prohib* rechaz* rota* roto* salvo vencid*",
    ),
    affirmed: Lexicon::of(
        "accesib* afectad* capaces capaz disponib* exitos* podido podrá* podía* pud* pueda* puede* resuel* \
        ",
    ),
});

static ITALIAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("mai manco neanche nemmeno neppure nessun* niente no non nulla né senz senza"),
    plain: Lexicon::of("non"),
    hollow: &[&["non", "appena"], &["non", "solo"], &["non", "soltanto"], &["senz", "altro"]],
    courtesies: &[&["non", "esita"], &["non", "esitare"], &["non", "esitate"], &["non", "preoccuparti"]],
    lack: Lexicon::of(
        "altrimenti anomal* assen* cess* contrari* errat* esclu* evita* falli* fuori guast* illes* immun* imped* \
         impossib* inaccess* inattiv* incapac* incert* incompat* incomplet* inconness* indenn* indisponib* \
         inesist* instabil* insufficien* intatt* inutil* invalid* invariat* invisib* manc* nega* priv* \
         rifiut* rott* saltat* salvo scadut* sconosciut* scorrett* smess* smett* superflu* tranne vieta* zero",
    ),
    affirmed: Lexicon::of(
        "accessibil* capac* disponibil* interessat* possono poteva* potut* può raggiungibil* riuscit* risolt* \
         san*",
    ),
});

static PORTUGUESE: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("jamais nada nem nenhum* ninguém nunca não sem tampouco"),
    plain: Lexicon::of("não"),
    hollow: &[&["nada", "mais"], &["não", "apenas"], &["não", "obstante"], &["não", "somente"], &["não", "só"]],
    courtesies: &[&["não", "hesite"], &["não", "hesitem"], &["não", "se", "preocupe"]],
    lack: Lexicon::of(
        "anormal* ausent* ausên* carec* carên* cess* contrári* deixado deixaram deixat deixou descon* desnecess* evit* exce* expir* falh* falt* \
         fora fracass* ileg* ileso* imped* imposs* inacess* inalter* inativ* incap* incert* incompat* incomplet* \
         incorret* indispon* inexist* inseguro* instáv* insuficien* intact* inutiliz* invisív* invál* inútil* \
         isent* negad* negar* negou nul* parou pendente* proib* quebrad* recus* rejeit* vencid* zero",
    ),
    affirmed: Lexicon::of(
        "acessív* afetad* alcançáv* capa* conseg* consigo disponív* pode* podia* puder* resolvid* \
         sucesso",
    ),
});

static CATALAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("cap gens mai ningú no res sense tampoc"),
    plain: Lexicon::of("no"),
    hollow: &[&["no", "només"], &["no", "obstant"], &["no", "sols"]],
    courtesies: &[&["no", "dubteu"], &["no", "dubti"]],
    lack: Lexicon::of(
        "absent* absèn* cess* contrari* deixado deixaram deixat deixou desaparei* descon* evit* excep* falla* falle* falli* fallo* falló falt* fora fracass* imped* \
         impos* inacc* inact* incap* incert* incompat* incomplet* incorrect* indispon* inestab* inexist* \
         innecess* insuficien* intact* invàlid* manc* neg* nul* pendent* prohib* rebutj* zero",
    ),
    affirmed: Lexicon::of("accessib* afecta* capaç* disponib* poden podi* pogut pot resol*"),
});

static FRENCH: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("aucun* guère jamais n ne ni non nul* pas rien sans"),
    plain: Lexicon::of("pas"),
    hollow: &[&["pas", "seulement"]],
    courtesies: &[&["hésitez", "pas"], &["inquiétez", "pas"]],
    lack: Lexicon::of(
        "absen* anormal* cess* dépourv* empêch* exclu* exempt* hormis hors impossib* inacc* inact* incap* incert* \
         inchang* incompat* incomplet* incomplèt* inconnu* incorrect* indemne* indisponib* inexist* instab* \
         insuffisa* intact* interdi* inutile* inutilis* invalid* manq* panne refus* sauf sinon zéro échec* échou* \
         éviter",
    ),
    affirmed: Lexicon::of("accessib* affecté* capable* disponib* joignab* peu* pouvai* pu résolu* touché*"),
});

static GERMAN: LazyLock<Denial> = LazyLock::new(|| Denial {
    words: Lexicon::of("kein* nein nicht* nie niemals niemand* nirgend* ohne weder"),
    plain: Lexicon::of("kein* nicht"),
    hollow: &[&["nicht", "nur"]],
    courtesies: &[&["nicht", "zögern"], &["sie", "nicht", "zu"]],
    lack: Lexicon::of(
        "abgelehnt* andernfalls aufgehört* ausfall* ausgefallen* ausgeschlossen* außer defekt* falsch* fehl* \
         gescheitert* gestört* inakt* instabil* mang* null scheiter* sonst unbe* unem* unerr* unfähig* \
         ungeklärt* ungü* unmögl* unnötig* unsicher* unstabil* unver* unvoll* unzu* verbot* verhinder* vermeid* \
         vermied* verweiger*",
    ),
    affirmed: Lexicon::of("betroffen* erfolgreich* erreichbar* gelöst* kann konnte* können verfügbar* zugänglich*"),
});

#[cfg(test)]
mod tests {
    use super::super::lexicon::superfluous;
    use super::*;

    const LANGUAGES: [&str; 6] = ["es", "it", "pt", "ca", "fr", "de"];

    #[test]
    fn no_entry_is_superfluous() {
        let mut tables = vec![&*ENGLISH, &*UNMISTAKABLE, &*CONTRACTED, &*LACK, &*CONTRARY, &*ADDITION];
        for denial in LANGUAGES.map(|language| denial(language).unwrap()) {
            tables.extend([&denial.words, &denial.plain, &denial.lack, &denial.affirmed]);
        }
        let found: Vec<&str> = tables.into_iter().filter_map(superfluous).collect();
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn what_affirms_denies_in_no_table() {
        let words = ["disponible", "disponibile", "disponível", "verfügbar"];
        for denial in LANGUAGES.map(|language| denial(language).unwrap()) {
            assert!(denial.affirmed.any(&words) && !denial.lack.any(&words) && !denial.words.any(&words));
        }
        for word in ["unable", "unavailable", "unaffected", "inaccessible", "unreachable"] {
            assert!(CONTRARY.has(word) && LACK.has(word), "{word}");
        }
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
