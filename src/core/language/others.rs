//! Languages of which a thing or two is known, a line or two each, and the list of all packs. Whoever writes down more
//! of one moves it into a file of its own.

use super::amounts::{APART, FIRST, FIRST_APART, GLUED, LAST, pattern};
use super::ca::CATALAN;
use super::de::GERMAN;
use super::en::ENGLISH;
use super::es::SPANISH;
use super::fr::FRENCH;
use super::it::ITALIAN;
use super::pt::PORTUGUESE;
use super::{Language, LengthRatio, Trait};

/// Every pack, those of the built-in locales first.
pub(super) static PACKS: [&Language; 70] = [
    &ENGLISH,
    &SPANISH,
    &ITALIAN,
    &PORTUGUESE,
    &CATALAN,
    &FRENCH,
    &GERMAN,
    &AR,
    &AS,
    &BG,
    &BN,
    &CKB,
    &CS,
    &DA,
    &DV,
    &EL,
    &ET,
    &EU,
    &FA,
    &FI,
    &FIL,
    &GL,
    &GU,
    &HAW,
    &HE,
    &HI,
    &HR,
    &HU,
    &HY,
    &ID,
    &JA,
    &KM,
    &KN,
    &KO,
    &KU,
    &LB,
    &LO,
    &LT,
    &LV,
    &ML,
    &MR,
    &MS,
    &MY,
    &NB,
    &NE,
    &NL,
    &PA,
    &PL,
    &PS,
    &RO,
    &RU,
    &SD,
    &SI,
    &SK,
    &SL,
    &SR,
    &SV,
    &SW,
    &TA,
    &TE,
    &TH,
    &TL,
    &TR,
    &UG,
    &UK,
    &UR,
    &VI,
    &YI,
    &YUE,
    &ZH,
];

static AR: Language = Language {
    traits: &[Trait::NeedsJoiners, Trait::RightToLeft],
    amounts: &[pattern("ar", LAST, GLUED)],
    ..Language::new(&["ar"])
};

static AS: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["as"]) };

static BG: Language = Language { amounts: &[pattern("bg", LAST, GLUED)], ..Language::new(&["bg"]) };

static BN: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["bn"]) };

static CKB: Language = Language { traits: &[Trait::NeedsJoiners, Trait::RightToLeft], ..Language::new(&["ckb"]) };

static CS: Language = Language { amounts: &[pattern("cs", LAST, APART)], ..Language::new(&["cs"]) };

static DA: Language = Language {
    traits: &[Trait::OrdersLikeEnglish, Trait::SharesEnglishParticles],
    amounts: &[pattern("da", LAST, APART)],
    ..Language::new(&["da"])
};

static DV: Language = Language { traits: &[Trait::RightToLeft], ..Language::new(&["dv"]) };

static EL: Language = Language {
    question_words: &[";"],
    question_mark: Some(';'),
    amounts: &[pattern("el", LAST, GLUED)],
    ..Language::new(&["el"])
};

static ET: Language = Language { amounts: &[pattern("et", LAST, GLUED)], ..Language::new(&["et"]) };

static EU: Language = Language { amounts: &[pattern("eu", LAST, "%\u{A0}#")], ..Language::new(&["eu"]) };

static FA: Language = Language {
    traits: &[Trait::NeedsJoiners, Trait::RightToLeft],
    amounts: &[pattern("fa", FIRST_APART, GLUED)],
    ..Language::new(&["fa"])
};

static FI: Language = Language { amounts: &[pattern("fi", LAST, APART)], ..Language::new(&["fi"]) };

static FIL: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["fil"]) };

static GL: Language = Language {
    traits: &[
        Trait::OrdersLikeEnglish,
        Trait::SentencesLikeEnglish,
        Trait::SharesFewEnglishWords,
        Trait::NoPossessiveS,
        Trait::TightMarks,
    ],
    doers: &["por"],
    joints: &["e", "mais", "pero", "porque", "que"],
    length: LengthRatio::Longer,
    amounts: &[pattern("gl", LAST, APART)],
    ..Language::new(&["gl"])
};

static GU: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["gu"]) };

static HAW: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["haw"]) };

static HE: Language =
    Language { traits: &[Trait::RightToLeft], amounts: &[pattern("he", LAST, GLUED)], ..Language::new(&["he"]) };

static HI: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["hi"]) };

static HR: Language = Language { amounts: &[pattern("hr", LAST, APART)], ..Language::new(&["hr"]) };

static HU: Language = Language { amounts: &[pattern("hu", LAST, GLUED)], ..Language::new(&["hu"]) };

static HY: Language = Language { traits: &[Trait::AsksWithinWords], ..Language::new(&["hy"]) };

static ID: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["id"]) };

static JA: Language = Language {
    traits: &[Trait::WideTilde, Trait::NoPluralForms],
    // Of `ない`, `ません`, `ず` and `ぬ`, and of the words that are borrowed.
    denial_signs: Some("なずぬん無不未非否"),
    question_words: &["か。", "か？"],
    length: LengthRatio::Dense,
    ..Language::new(&["ja"])
};

static KM: Language =
    Language { traits: &[Trait::NoSentenceMarks, Trait::BreaksAtZeroWidthSpace], ..Language::new(&["km"]) };

static KN: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["kn"]) };

static KO: Language = Language {
    traits: &[Trait::WideTilde, Trait::NoPluralForms],
    length: LengthRatio::Dense,
    ..Language::new(&["ko"])
};

static KU: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["ku"]) };

static LB: Language = Language { traits: &[Trait::CapitalisesWords], ..Language::new(&["lb"]) };

static LO: Language =
    Language { traits: &[Trait::NoSentenceMarks, Trait::BreaksAtZeroWidthSpace], ..Language::new(&["lo"]) };

static LT: Language = Language { amounts: &[pattern("lt", LAST, APART)], ..Language::new(&["lt"]) };

static LV: Language = Language { amounts: &[pattern("lv", LAST, GLUED)], ..Language::new(&["lv"]) };

static ML: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["ml"]) };

static MR: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["mr"]) };

static MS: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["ms"]) };

static MY: Language =
    Language { traits: &[Trait::NoSentenceMarks, Trait::BreaksAtZeroWidthSpace], ..Language::new(&["my"]) };

static NB: Language = Language {
    traits: &[Trait::OrdersLikeEnglish],
    amounts: &[pattern("nb", LAST, APART), pattern("no", LAST, APART)],
    ..Language::new(&["nb", "no"])
};

static NE: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["ne"]) };

static NL: Language = Language {
    traits: &[Trait::SharesEnglishParticles],
    doubled_words: &["die", "heel", "dat"],
    amounts: &[pattern("nl", FIRST_APART, GLUED)],
    ..Language::new(&["nl"])
};

static PA: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["pa"]) };

static PL: Language = Language { amounts: &[pattern("pl", LAST, GLUED)], ..Language::new(&["pl"]) };

static PS: Language = Language { traits: &[Trait::NeedsJoiners, Trait::RightToLeft], ..Language::new(&["ps"]) };

static RO: Language = Language {
    traits: &[Trait::OrdersLikeEnglish, Trait::SharesFewEnglishWords],
    length: LengthRatio::Longer,
    amounts: &[pattern("ro", LAST, APART)],
    ..Language::new(&["ro"])
};

static RU: Language = Language { amounts: &[pattern("ru", LAST, APART)], ..Language::new(&["ru"]) };

static SD: Language = Language { traits: &[Trait::NeedsJoiners, Trait::RightToLeft], ..Language::new(&["sd"]) };

static SI: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["si"]) };

static SK: Language = Language { amounts: &[pattern("sk", LAST, APART)], ..Language::new(&["sk"]) };

static SL: Language = Language { amounts: &[pattern("sl", LAST, APART)], ..Language::new(&["sl"]) };

static SR: Language = Language { amounts: &[pattern("sr", LAST, GLUED)], ..Language::new(&["sr"]) };

static SV: Language =
    Language { traits: &[Trait::OrdersLikeEnglish], amounts: &[pattern("sv", LAST, APART)], ..Language::new(&["sv"]) };

static SW: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["sw"]) };

static TA: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["ta"]) };

static TE: Language = Language { traits: &[Trait::NeedsJoiners], ..Language::new(&["te"]) };

static TH: Language = Language {
    traits: &[Trait::NoSentenceMarks, Trait::BreaksAtZeroWidthSpace, Trait::NoPluralForms],
    ..Language::new(&["th"])
};

static TL: Language = Language { traits: &[Trait::DoublesWords], ..Language::new(&["tl"]) };

static TR: Language = Language { amounts: &[pattern("tr", FIRST, "%#")], ..Language::new(&["tr"]) };

static UG: Language = Language { traits: &[Trait::NeedsJoiners, Trait::RightToLeft], ..Language::new(&["ug"]) };

static UK: Language = Language { amounts: &[pattern("uk", LAST, GLUED)], ..Language::new(&["uk"]) };

static UR: Language = Language { traits: &[Trait::NeedsJoiners, Trait::RightToLeft], ..Language::new(&["ur"]) };

static VI: Language = Language {
    traits: &[Trait::DoublesWords, Trait::NoPluralForms],
    amounts: &[pattern("vi", LAST, GLUED)],
    ..Language::new(&["vi"])
};

static YI: Language = Language { traits: &[Trait::RightToLeft], ..Language::new(&["yi"]) };

static YUE: Language = Language {
    denial_signs: Some("不沒没未無无非否勿别別唔冇"),
    question_words: &["吗", "嗎", "呢"],
    length: LengthRatio::Dense,
    ..Language::new(&["yue"])
};

static ZH: Language = Language {
    traits: &[Trait::WideTilde, Trait::NoPluralForms],
    denial_signs: Some("不沒没未無无非否勿别別唔冇"),
    question_words: &["吗", "嗎", "呢"],
    length: LengthRatio::Dense,
    ..Language::new(&["zh"])
};
