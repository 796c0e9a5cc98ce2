//! The keys of the memory. A segment's key is a hash of its words with the kind of each fact in the fact's place: what
//! cannot change the meaning of a text (how its blanks, apostrophes and accents are encoded) does not change the key;
//! what an engine would see otherwise does.

use std::borrow::Cow;

use icu::normalizer::ComposingNormalizerBorrowed;
use sha2::{Digest, Sha256};

use polypost_core::document::{BlockKind, PartPosition, hex};
use polypost_core::locale::Locale;
use polypost_core::segment::{self, Protected, Segment, Span, Spelling};
use polypost_engines::Engine;

/// Changes when a text from the memory must no longer be trusted because protection or checks have changed.
const SCHEME: &str = "2";

/// Stands before and behind a kind; no report has it (XML 1.0 section 2.2).
const FENCE: char = '\u{1}';

/// Who made a text, if not a human.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker<'run> {
    pub engine: &'run str,
    /// Its settings, as far as they decide its wording in the text's locale.
    pub variant: String,
}

impl<'run> Maker<'run> {
    #[must_use]
    pub fn of(engine: &'run dyn Engine, target: &Locale) -> Self {
        Self { engine: engine.name(), variant: engine.variant(target) }
    }
}

/// A segment as the memory knows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    /// In the bracketed spelling, which is the memory's.
    pub(super) protected: Protected,
    /// What stands behind each placeholder.
    pub(super) kinds: Vec<String>,
    /// Two segments with the same one may have each other's translation.
    pub(super) source: String,
}

impl Typed {
    pub(super) fn of(segment: &Segment) -> Self {
        Self::with(segment, |_| None)
    }

    /// With another kind for the spans that `told` has one for.
    pub(super) fn with(segment: &Segment, told: impl Fn(&Span) -> Option<String>) -> Self {
        let protected = segment::protect(segment, Spelling::Remembered);
        let kind = |span: &Span| told(span).unwrap_or_else(|| kind(span));
        let kinds: Vec<String> = protected
            .slots
            .iter()
            .map(|slot| {
                let spans = segment.spans.get(slot.spans.clone()).unwrap_or_default();
                spans.iter().map(kind).collect::<Vec<_>>().join("+")
            })
            .collect();
        let source = source(&protected.text, &kinds);
        Self { protected, kinds, source }
    }

    /// Where the memory has what this engine, or a human, made of it.
    pub(super) fn key(&self, source: &Locale, target: &Locale, maker: Option<&Maker<'_>>) -> String {
        let engine = maker.map_or(Cow::Borrowed(""), |maker| match maker.variant.as_str() {
            "" => Cow::Borrowed(maker.engine),
            variant => Cow::Owned(format!("{}{FENCE}{variant}", maker.engine)),
        });
        digest([SCHEME, source.as_str(), target.as_str(), &engine, &self.source])
    }
}

/// What a span has in common with others that may stand in its place. This is all that the memory knows of the
/// glossary: its names and terms are facts of their own kinds, and a term's kind says its rendering, so that another
/// glossary changes the keys of the segments that its terms stand in, and of no others.
fn kind(span: &Span) -> String {
    match span {
        Span::Text(_) => Cow::Borrowed("text"),
        Span::Fact(fact) => fact.value.key(),
        Span::Code { text, .. } if text.is_empty() => Cow::Borrowed("void"),
        Span::Code { .. } => Cow::Borrowed("code"),
        Span::Open { .. } => Cow::Borrowed(OPEN),
        Span::Close { .. } => Cow::Borrowed(CLOSE),
    }
    .into_owned()
}

/// The kinds of formatting marks.
pub(super) const OPEN: &str = "open";
pub(super) const CLOSE: &str = "close";

fn source(text: &str, kinds: &[String]) -> String {
    let mut typed = String::with_capacity(text.len());
    let mut rest = text;
    for (number, kind) in kinds.iter().enumerate() {
        // They stand there in this order, and nothing else looks like them: look-alikes are facts.
        let Some((before, after)) = rest.split_once(&segment::placeholder(Spelling::Remembered, number + 1)) else {
            break;
        };
        typed.push_str(before);
        typed.extend([FENCE]);
        typed.push_str(kind);
        typed.extend([FENCE]);
        rest = after;
    }
    typed.push_str(rest);
    normalise(&typed)
}

/// Runs of blanks as one space, none at the ends; one code point where Unicode has two spellings of the same letter;
/// one kind of apostrophe.
fn normalise(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut normal = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal
            .extend(word.chars().map(|character| if matches!(character, '’' | '‘' | 'ʼ') { '\'' } else { character }));
    }
    normal
}

/// What stands before and behind each segment, and what it is itself: a heading, a cell, a paragraph.
pub(super) fn contexts(segments: &[Segment], typed: &[Typed]) -> Vec<String> {
    let neighbour = |index: Option<usize>| index.and_then(|index| typed.get(index)).map_or("", |typed| &typed.source);
    let context = segments.iter().enumerate().map(|(index, segment)| {
        digest([SCHEME, role(segment), neighbour(index.checked_sub(1)), neighbour(index.checked_add(1))])
    });
    context.collect()
}

fn role(segment: &Segment) -> &'static str {
    match (segment.place, segment.kind) {
        (PartPosition::Title, _) => "title",
        (_, BlockKind::Heading) => "heading",
        (_, BlockKind::Paragraph) => "paragraph",
        (_, BlockKind::Item) => "item",
        (_, BlockKind::Cell) => "cell",
        (_, BlockKind::Attribute) => "attribute",
    }
}

fn digest<const COUNT: usize>(fields: [&str; COUNT]) -> String {
    let mut digest = Sha256::new();
    for field in fields {
        digest.update(field.as_bytes());
        digest.update([0]);
    }
    hex(&digest.finalize())
}
