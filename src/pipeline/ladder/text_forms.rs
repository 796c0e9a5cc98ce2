//! The form in which an engine gets a segment: its protected text, by one way to bring facts and marks across. Many of
//! them make a batch of distinct texts.

use std::collections::HashMap;
use std::ops::Range;

use super::contractions;
use polypost_core::finding::Finding;
use polypost_core::l10n;
use polypost_core::locale::Locale;
use polypost_core::segment::{self, Protected, Segment, Spelling, TargetSpan};
use polypost_engines::{Marks, TranslatedText};

/// A text as an engine gets it, and the segment it belongs to.
pub(super) struct TextForm {
    pub(super) segment: usize,
    pub(super) part: Segment,
    /// The part in sentence case, where it is in capitals: what is sent.
    pub(super) lowered: Option<Segment>,
    pub(super) protected: Protected,
    /// Whether the part goes on with a sentence that began before it.
    goes_on: bool,
}

impl TextForm {
    pub(super) fn new(segment: usize, part: Segment, marks: Marks, spelling: Spelling) -> Self {
        let lowered = segment::lowered(&part);
        let sent = lowered.as_ref().unwrap_or(&part);
        let unmarked = segment::protect_unmarked(sent, spelling);
        let protected = match marks {
            Marks::Placeholders if !unmarked.pairs.is_empty() => segment::protect(sent, spelling),
            Marks::Placeholders | Marks::Aligned => unmarked,
        };
        Self { segment, part, lowered, protected, goes_on: false }
    }

    /// A slice of a segment, which has no marks to be brought across in another way; `goes_on` as [`segment::goes_on`]
    /// says of it.
    pub(super) fn slice(segment: usize, part: Segment, spelling: Spelling, goes_on: bool) -> Self {
        let lowered = segment::lowered(&part);
        let protected = segment::protect(lowered.as_ref().unwrap_or(&part), spelling);
        Self { segment, part, lowered, protected, goes_on }
    }

    /// With the contractions and turns that engines know, in the language that has them.
    pub(super) fn spelled(mut self, source: &Locale, target: &Locale) -> Self {
        if source.language() == "en" {
            contractions::spell_out(&mut self.protected);
        }
        if source.language() == "en" && target.language() != "en" {
            segment::rephrase(self.lowered.as_ref().unwrap_or(&self.part), &mut self.protected);
        }
        self
    }

    /// An answer's spans in target order, mended, in capitals where the segment is, and what was noticed on the way.
    ///
    /// # Errors
    /// As [`segment::project`].
    pub(super) fn place(
        &self,
        translation: &TranslatedText,
        target: &Locale,
    ) -> Result<(Vec<TargetSpan>, Vec<Finding>), Vec<Finding>> {
        let TranslatedText { text, alignment, .. } = translation;
        let sent = self.lowered.as_ref().unwrap_or(&self.part);
        let (spans, findings) = segment::project(sent, &self.protected, text, alignment)?;
        let mut spans = segment::mend(sent, spans, target);
        if self.lowered.is_some() {
            raise(&mut spans, target);
        } else if self.goes_on {
            segment::lower_start(sent, &mut spans, target);
        } else {
            segment::lower_value(sent, &mut spans, target);
        }
        Ok((spans, findings))
    }

    /// How the rung is named in attempts.
    pub(super) fn name(&self) -> String {
        let example = self.protected.spelling.example();
        if self.protected.pairs.is_empty() { example.to_owned() } else { format!("aligned {example}") }
    }
}

/// Puts the prose of a translation into capitals, by the rules of its locale.
fn raise(target: &mut [TargetSpan], locale: &Locale) {
    for span in target {
        if let TargetSpan::Text(text) = span {
            *text = l10n::shout(text, locale);
        }
    }
}

/// The distinct texts of several forms.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) texts: Vec<String>,
    pub(super) spans: Vec<Vec<Range<usize>>>,
    /// For each form, the text that it shares with its like.
    pub(super) positions: Vec<usize>,
}

impl Batch {
    pub(super) fn of(forms: &[TextForm]) -> Self {
        let mut batch = Self::default();
        let mut position: HashMap<(&str, Vec<Range<usize>>), usize> = HashMap::new();
        for form in forms {
            let text = form.protected.text.as_str();
            let wanted: Vec<Range<usize>> = form.protected.pairs.iter().map(|pair| pair.range.clone()).collect();
            batch.positions.push(*position.entry((text, wanted)).or_insert_with_key(|(_, wanted)| {
                batch.texts.push(text.to_owned());
                batch.spans.push(wanted.clone());
                batch.texts.len() - 1
            }));
        }
        batch
    }
}
