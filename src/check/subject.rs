//! What a check looks at: a segment and its translation come in, their free texts (what is neither fact nor code) go
//! out. Nothing here judges.

use crate::locale::Locale;
use crate::segment::{Segment, Span, TargetSpan};

/// Stands in a free text where a fact or a code was: OBJECT REPLACEMENT CHARACTER.
pub(super) const HOLE: char = '\u{FFFC}';

/// Stands where an engine wrote [`HOLE`] itself, so that it cannot pass for one.
const FORGED: char = '\u{FFFD}';

/// A segment and a candidate for its translation.
#[derive(Debug)]
pub(super) struct Subject<'run> {
    pub(super) segment: &'run Segment,
    pub(super) target: &'run [TargetSpan],
    /// The source's text spans, [`HOLE`] for every fact and code between them; formatting marks leave no trace.
    pub(super) source_text: String,
    /// The same of the target.
    pub(super) target_text: String,
    pub(super) source_locale: &'run Locale,
    pub(super) target_locale: &'run Locale,
}

impl<'run> Subject<'run> {
    pub(super) fn new(
        segment: &'run Segment,
        target: &'run [TargetSpan],
        source_locale: &'run Locale,
        target_locale: &'run Locale,
    ) -> Self {
        let mut source_text = String::new();
        for span in &segment.spans {
            push_source(&mut source_text, span);
        }
        let mut target_text = String::new();
        for piece in target {
            match piece {
                TargetSpan::Text(text) => push_free(&mut target_text, text),
                TargetSpan::Source(index) => {
                    if let Some(span) = segment.spans.get(*index) {
                        push_source(&mut target_text, span);
                    }
                }
            }
        }
        Self { segment, target, source_text, target_text, source_locale, target_locale }
    }

    /// Whether both sides are the same language (`en` and `en-GB`), so that like text is no fault.
    pub(super) fn same_language(&self) -> bool {
        language(self.source_locale) == language(self.target_locale)
    }
}

/// The language subtag.
pub(super) fn language(locale: &Locale) -> &str {
    locale.as_str().split('-').next().unwrap_or_default()
}

fn push_source(free: &mut String, span: &Span) {
    match span {
        Span::Text(text) => push_free(free, text),
        Span::Fact(_) | Span::Code { .. } => free.push(HOLE),
        Span::Open { .. } | Span::Close { .. } => {}
    }
}

fn push_free(free: &mut String, text: &str) {
    free.extend(text.chars().map(|character| if character == HOLE { FORGED } else { character }));
}

/// The words of a free text: runs of letters and the marks that belong to them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_word(character)).filter(|word| !word.is_empty())
}

/// Whether a character is part of a word: a letter or a combining mark.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '\u{300}'..='\u{36F}')
}

/// How many letters a text has.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphabetic()).count()
}

/// How often the target has a pattern beyond the source's count of it.
pub(super) fn added(subject: &Subject<'_>, count: impl Fn(&str) -> usize) -> usize {
    count(&subject.target_text).saturating_sub(count(&subject.source_text))
}
