//! How English denies. Read by the check `negation`; source: English grammar and the pairs of the tests.

use super::super::WordSet;

/// The words of English that deny by grammar, and those that are written without their apostrophe.
pub static DENIAL: WordSet = WordSet::of(
    "cannot neither never no nobody none nor not nothing nowhere without arent couldnt didnt doesnt dont hadnt \
         hasnt havent isnt shouldnt wasnt werent wont wouldnt",
);

/// Those that are no word of the languages that have a pack.
pub static UNMISTAKABLE: WordSet = WordSet::of("cannot neither never nobody nor not nothing nowhere without");

/// Verbs with `not` contracted to `t`.
pub static CONTRACTED: WordSet =
    WordSet::of("ain aren can couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren won wouldn");

/// Phrases whose denial other languages leave out (`no more than`: `como máximo`).
pub const IDIOMS: &[&[&str]] = &[
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

/// Words whose meaning denies: a Romance language may say them with a plain `no` (`unable`: `no puede`).
pub static LACK: WordSet = WordSet::of(
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
);

/// Words that deny one affirmative word, which every language denies in its own way.
pub static CONTRARY: WordSet =
    WordSet::of("inaccessib* unable unaffected unavailab* unimpacted unreachab* unresolved unsuccessful*");

/// What else may bring a plain denial into a translation: `only` (`no más que`), `until` (`hasta que no`), `still`.
pub static ADDITION: WordSet = WordSet::of(
    "any anybody anymore anyone anything anywhere bad* barely before beyond but else ever few fewer hardly if \
         instead just less little merely only otherwise poor* rarely rather scarce* seldom slow* still than though \
         till too unless until whether yet zero",
);

/// Words whose denial says that all is well: `no longer fails` is `vuelve a funcionar`.
pub static TROUBLE: WordSet = WordSet::of(
    "abnormal* block* broken crash* fail* hang* hung impossib* incorrect* inaccurate invalid jam* offline \
         overload* paus* slow stuck suspend* unable unavailab* uncommon* unlikely unreachab* unrespons* unstable \
         unusual* wrong*",
);

/// What is numbered: `node no 7`.
pub static NUMBERED: WordSet = WordSet::of(
    "account batch build case customer gate host incident invoice invoices issue item items job line model node nodes \
         order orders our page part port rack release report room row rule serial server step table tenant ticket \
         tickets version",
);

/// Verbs that are written with `nt` behind them and no apostrophe: `doesnt`. Read by the ladder, which spells them out
/// for engines.
pub const DENIED_VERBS: &[&str] =
    &["are", "could", "did", "does", "do", "had", "has", "have", "is", "should", "was", "were", "wo", "would"];
