//! What has happened and what will: `was deployed` is not `se implementará`. Only forms that are one or the other beyond
//! doubt count, and only where the text has none of the other.

/// What speaks of the future in English.
const WILL: [&str; 5] = ["will", "shall", "ll", "going", "gonna"];
/// What speaks of what has happened.
const DONE: [&str; 7] = ["was", "were", "has", "have", "had", "did", "been"];
/// What makes it open whether anything has happened, or names a time to come.
const OPEN: [&str; 34] = [
    "would",
    "may",
    "might",
    "can",
    "could",
    "should",
    "must",
    "tomorrow",
    "next",
    "upcoming",
    "soon",
    "shortly",
    "scheduled",
    "planned",
    "if",
    "once",
    "when",
    "until",
    "till",
    "unless",
    "after",
    "before",
    "to",
    "expect",
    "expected",
    "later",
    "plan",
    "plans",
    "hope",
    "as",
    "while",
    "whether",
    "yet",
    "about",
];
/// Verbs of the past that do not end in `ed`.
const IRREGULAR: [&str; 26] = [
    "went", "took", "came", "began", "fell", "broke", "made", "found", "saw", "got", "led", "lost", "ran", "kept",
    "told", "gave", "left", "sent", "rose", "knew", "meant", "built", "wrote", "brought", "grew", "became",
];

/// What is wrong with the tense of a text, if anything is.
pub(super) fn verdict(source: &[&str], target: &[&str], language: &str, may_is_rendered: bool) -> Option<String> {
    let has = |words: &[&str]| source.iter().any(|word| words.contains(word));
    let future = target.iter().find(|word| is_future(language, word));
    let is_ahead = future.is_some() || is_about_to(language, target);
    let past = target.iter().find(|word| is_past(language, word));
    if has(&WILL) && !has(&DONE) && !tells(source) {
        let past = past.filter(|_| !is_ahead)?;
        return Some(format!("the source says what will be, the translation what was: `{past}`"));
    }
    let is_open = has(&["may", "might"]) && !has(&WILL);
    if is_open && !may_is_rendered && is_ahead && past.is_none() {
        return Some("the source says what may be, the translation what will be".to_owned());
    }
    if (has(&DONE) || tells(source)) && !has(&WILL) && !has(&OPEN) {
        let future = future.filter(|_| past.is_none() && !target.iter().any(|word| is_done(language, word)))?;
        return Some(format!("the source says what was, the translation what will be: `{future}`"));
    }
    None
}

/// Whether a text tells of the past with a verb of its own: `what happened`; `be deployed` is none.
fn tells(source: &[&str]) -> bool {
    let mut before = "";
    source.iter().any(|word| {
        let is_passive = matches!(before, "be" | "been" | "being" | "get" | "fully" | "not" | "all");
        before = word;
        IRREGULAR.contains(word) || word.ends_with("ed") && !is_passive && word.len() > 4
    })
}

/// A verb in the future beyond doubt.
fn is_future(language: &str, word: &str) -> bool {
    let ends = |endings: &[&str]| word.chars().count() > 3 && endings.iter().any(|ending| word.ends_with(ending));
    match language {
        "es" => {
            ends(&["ará", "erá", "irá", "drá", "arán", "erán", "irán", "drán", "aremos", "eremos", "iremos", "dremos"])
        }
        "it" => ends(&[
            "erà", "irà", "arà", "drà", "rrà", "eranno", "iranno", "aranno", "dranno", "rranno", "eremo", "iremo",
            "aremo", "drò", "erò",
        ]),
        "pt" => ends(&["ará", "erá", "irá", "arão", "erão", "irão", "aremos", "eremos", "iremos"]) && word != "verão",
        _ => false,
    }
}

/// `va a implementarse`, `vai perder`.
fn is_about_to(language: &str, target: &[&str]) -> bool {
    match language {
        "es" => target.windows(2).any(|pair| matches!(pair, ["va" | "van" | "vamos" | "voy", "a"])),
        "it" => target.windows(2).any(|pair| matches!(pair, ["sta" | "stanno" | "stiamo", "per"])),
        _ => target.iter().any(|word| matches!(*word, "vai" | "vão" | "vamos" | "vou")),
    }
}

/// What says beyond doubt that something has happened.
fn is_past(language: &str, word: &str) -> bool {
    let ends = |endings: &[&str]| word.chars().count() > 4 && endings.iter().any(|ending| word.ends_with(ending));
    match language {
        "es" => {
            matches!(word, "fue" | "fueron" | "hemos" | "acabamos" | "acaba" | "acaban")
                || ends(&["ieron", "aron", "ó"])
        }
        "it" => matches!(word, "stato" | "stata" | "stati" | "state" | "abbiamo" | "appena"),
        "pt" => matches!(word, "foi" | "foram" | "acabamos" | "acabou") || ends(&["aram", "eram", "iram", "ou"]),
        _ => false,
    }
}

/// What may say that something has happened.
fn is_done(language: &str, word: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match language {
        "es" => {
            matches!(word, "ha" | "han" | "he" | "era" | "eran" | "ya" | "hay" | "hubo" | "hizo" | "tuvo" | "dio")
                || ends(&["ó", "aba", "aban", "ía", "ían", "é", "amos", "imos", "ió"])
        }
        "it" => {
            matches!(word, "è" | "sono" | "ha" | "hanno" | "ho" | "era" | "erano" | "siamo" | "già")
                || ends(&["ava", "avano", "eva", "evano", "iva", "ivano"])
        }
        _ => {
            matches!(word, "era" | "eram" | "tinha" | "tem" | "têm" | "há" | "já" | "houve" | "teve" | "fez")
                || ends(&["ou", "eu", "iu", "ava", "avam", "ia", "iam", "amos", "emos", "imos"])
        }
    }
}
