//! What has happened and what will: `was deployed` is not `se implementará`. Only forms that are one or the other
//! beyond doubt count, and only where the text has none of the other.

use crate::language::TenseForms;
use crate::language::en::tense::{DONE, IRREGULAR, NOT_YET, WILL};

/// What is wrong with the tense of a text, if anything is.
pub(super) fn verdict(source: &[&str], target: &[&str], forms: &TenseForms, may_is_rendered: bool) -> Option<String> {
    let has = |words: &[&str]| source.iter().any(|word| words.contains(word));
    let future = target.iter().find(|word| forms.is_future(word));
    let is_ahead = future.is_some() || forms.is_about_to(target);
    let past = target.iter().find(|word| forms.is_past(word));
    if has(WILL) && !has(DONE) && !tells(source) {
        let past = past.filter(|_| !is_ahead)?;
        return Some(format!("the source says what will be, the translation what was: `{past}`"));
    }
    let is_open = has(&["may", "might"]) && !has(WILL);
    if is_open && !may_is_rendered && is_ahead && past.is_none() {
        return Some("the source says what may be, the translation what will be".to_owned());
    }
    if (has(DONE) || tells(source)) && !has(WILL) && !has(NOT_YET) {
        let future = future.filter(|_| past.is_none() && !target.iter().any(|word| forms.is_done(word)))?;
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
