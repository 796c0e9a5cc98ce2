//! Words that tie a time in inline code to its sentence: ``ended at `13:36` UTC``. The code stays as it is; its
//! preposition is the moment's all the same, for no engine knows what stands in a placeholder.

use std::ops::Range;

use super::Element;
use crate::document::fact::{Fact, Found, Kept, Moment, Preposition, Value};

/// The fact that stands right in front of an element of code.
#[derive(Clone, Debug)]
pub(in crate::segment) struct Tie {
    /// Where it begins in the prose; it ends where the element begins.
    pub(super) start: usize,
    pub(super) fact: Fact,
}

/// The tie of an element, where the moment that was read over it begins with its preposition.
pub(super) fn of(text: &str, found: &Found, element: &Element) -> Option<Tie> {
    use Preposition::{After, Around, At, Before, By, From, On, Since, Until};
    let Value::Moment(moment) = &found.fact.value else { return None };
    let Range { start, .. } = found.range;
    let words = text.get(start..element.range.start)?;
    let preposition = moment.preposition?;
    // The phrases of these end with their moment in every language.
    let leads = matches!(preposition, On | At | Since | Until | By | Before | After | Around | From);
    let is_whole = leads && !words.is_empty() && !words.bytes().any(|byte| byte.is_ascii_digit());
    let kept = Kept {
        text: text.get(element.range.clone())?.to_owned(),
        is_time: moment.date.is_none() && moment.kept.as_ref().is_none_or(|kept| kept.is_time),
        is_apart: true,
    };
    let value =
        Moment { preposition: Some(preposition), kept: Some(kept), capital: moment.capital, ..Moment::default() };
    is_whole.then(|| Tie { start, fact: Fact { source: words.to_owned(), value: Value::Moment(value) } })
}
