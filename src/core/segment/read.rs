//! Makes segments of a document's blocks: finds their facts and decides how each is treated.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::prose::{self, Element, Half, Prose, Role, Run};
use super::{Segment, Span, Treatment, cells, signature, vocabulary};
use crate::document::fact::{self, Lexicon, TimestampLine};
use crate::document::{self, Block, Document, Inline, InlineKind, PartPosition};
use crate::finding::Finding;
use crate::locale::Locale;

/// Hex digits of a segment's id: 48 bits tell the at most 2,000 segments of a report apart.
const ID_DIGITS: usize = 12;

/// Reads a document's blocks into segments, in document order. The lexicon is that of the glossary for the target
/// locale, or the glossary itself where no target is known: then names alone are found. The report's own names are
/// names in it.
#[must_use]
pub fn segments(document: &Document, lexicon: &impl AsRef<Lexicon>) -> Vec<Segment> {
    let lexicon = &lexicon.as_ref().with_names(document.names.iter().map(String::as_str));
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut segments = Vec::new();
    for part in &document.parts {
        let first = segments.len();
        for (index, block) in part.blocks.iter().enumerate() {
            let mut segment =
                Segment { place: part.position, block: index, ..bare(block, &part.source, &document.locale, lexicon) };
            segment.id = id(&segment, &mut seen);
            segments.push(segment);
        }
        cells::settle(part, segments.get_mut(first..).unwrap_or_default());
        signature::settle(segments.get_mut(first..).unwrap_or_default());
    }
    mark_slips(&mut segments);
    for segment in &mut segments {
        for finding in &mut segment.findings {
            finding.segment = Some(segment.id.clone());
        }
    }
    segments
}

/// What only the report's timestamp lines together show.
fn mark_slips(segments: &mut [Segment]) {
    fact::mark_slips(segments.iter_mut().filter_map(|segment| match &mut segment.treatment {
        Treatment::Timestamp(line) => Some(line),
        _ => None,
    }));
    for segment in segments {
        if let Treatment::Timestamp(line) = &segment.treatment {
            segment.findings = line.finding.iter().cloned().collect();
        }
    }
}

/// Reads a block that stands by itself, in no document: one of a translation memory's texts. Its marks have no bytes
/// that would tell what they are, and count as essential.
#[must_use]
pub fn segment(block: &Block, locale: &Locale, lexicon: &Lexicon) -> Segment {
    bare(block, "", locale, lexicon)
}

/// A block's segment, before it has a place in a document. `source` is what the block's ranges are bytes of.
fn bare(block: &Block, source: &str, locale: &Locale, lexicon: &Lexicon) -> Segment {
    let (spans, mut findings) = spans(block, source, lexicon);
    let treatment = treatment(&spans, locale, &mut findings);
    Segment { id: String::new(), place: PartPosition::Body, block: 0, kind: block.kind, spans, treatment, findings }
}

/// The id depends on the text alone, so that it survives edits elsewhere; repeated texts are numbered.
fn id(segment: &Segment, seen: &mut HashMap<String, usize>) -> String {
    let digest = document::hex(&Sha256::digest(segment.source_text()));
    let id = digest.get(..ID_DIGITS).unwrap_or(&digest).to_owned();
    let count = seen.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { id } else { format!("{id}-{count}") }
}

fn spans(block: &Block, source: &str, lexicon: &Lexicon) -> (Vec<Span>, Vec<Finding>) {
    let mut spans = Vec::new();
    let mut run = Run { lexicon, findings: Vec::new() };
    let mut prose = Prose::default();
    let mut roles: HashMap<usize, Role> = HashMap::new();
    for (inline, content) in block.inlines.iter().enumerate() {
        let bytes = source.get(content.range.clone()).unwrap_or_default();
        let at = prose.text.len();
        match &content.kind {
            InlineKind::Text(text) => {
                prose.texts.push(at);
                prose.text.push_str(text);
            }
            InlineKind::Open { pair } => {
                let role = Role::of(bytes, inside(block, inline));
                roles.insert(*pair, role);
                prose.halves.push(Half { at, inline, pair: *pair, opens: Some(role.mark()), role });
            }
            InlineKind::Close { pair } => {
                let role = roles.get(pair).copied().unwrap_or(Role::Border);
                prose.halves.push(Half { at, inline, pair: *pair, opens: None, role });
            }
            InlineKind::Atom { text } | InlineKind::Literal { text } => {
                if let Some(time) = prose::time(bytes, text) {
                    prose.text.push_str(&time);
                    prose.elements.push(Element {
                        range: at..prose.text.len(),
                        inline,
                        is_code: prose::is_code(bytes),
                        tie: None,
                    });
                } else {
                    prose.read(&mut spans, &mut run);
                    spans.push(Span::Code { inline, text: text.clone() });
                }
            }
        }
    }
    prose.read(&mut spans, &mut run);
    (spans, run.findings)
}

/// The text right behind an opening mark, where it is all that the mark holds.
fn inside(block: &Block, open: usize) -> &str {
    match (block.inlines.get(open + 1), block.inlines.get(open + 2)) {
        (Some(Inline { kind: InlineKind::Text(text), .. }), Some(Inline { kind: InlineKind::Close { .. }, .. })) => {
            text
        }
        _ => "",
    }
}

fn treatment(spans: &[Span], locale: &Locale, findings: &mut Vec<Finding>) -> Treatment {
    let has_codes = spans.iter().any(|span| matches!(span, Span::Code { .. }));
    let plain = !has_codes && !spans.iter().any(|span| matches!(span, Span::Open { .. } | Span::Close { .. }));
    let text: String = spans.iter().map(Span::text).collect();
    // With a weekday that is not its date's, the line is no timestamp but facts, each written as the source has it.
    let disagrees =
        |line: &TimestampLine| line.finding.as_ref().is_some_and(|finding| finding.check == "weekday-disagrees");
    if plain && let Some(line) = fact::timestamp_line_in(locale, text.trim()).filter(|line| !disagrees(line)) {
        findings.clear();
        return Treatment::Timestamp(line);
    }
    let texts = spans.iter().filter(|span| matches!(span, Span::Text(_))).count();
    let facts = spans.iter().filter(|span| matches!(span, Span::Fact(_))).count();
    if !has_codes
        && texts == 1
        && facts == 0
        && let Some(word) = vocabulary::any(&text)
    {
        return Treatment::Vocabulary(word);
    }
    if !has_codes
        && facts == 0
        && let Some(labelled) = labelled(spans)
    {
        return Treatment::Labelled(labelled);
    }
    if !has_codes && let Some(word) = with_note(spans) {
        return Treatment::Vocabulary(word);
    }
    // A letter alone is a label (`x`, `B`), not a word.
    let letters = || {
        let texts = spans.iter().filter_map(|span| match span {
            Span::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.flat_map(str::chars).filter(|letter| letter.is_alphabetic())
    };
    let has_words = letters().nth(1).is_some() || letters().any(|letter| !letter.is_ascii());
    if has_words { Treatment::Translate } else { Treatment::Invariant }
}

/// The label and value of a segment, where no mark stands within either: `**Severity:** high`.
fn labelled(spans: &[Span]) -> Option<vocabulary::Labelled> {
    let texts: Vec<&str> = spans.iter().filter(|span| matches!(span, Span::Text(_))).map(Span::text).collect();
    let found = vocabulary::labelled(&texts.concat())?;
    let is_whole = texts.first().is_some_and(|first| first.contains(&found.label.source))
        && texts.last().is_some_and(|last| last.contains(&found.value.source))
        && texts.len() <= 2;
    is_whole.then_some(found)
}

/// The word of a heading with a note that is a fact: `Timeline (all times in UTC)`.
fn with_note(spans: &[Span]) -> Option<vocabulary::Word> {
    let content: Vec<&Span> =
        spans.iter().filter(|span| !matches!(span, Span::Open { .. } | Span::Close { .. })).collect();
    match content.as_slice() {
        [Span::Text(word), Span::Fact(_)] => vocabulary::before_a_note(word),
        [Span::Text(word), Span::Fact(_), Span::Text(close)] if matches!(close.as_str(), ")" | "]") => {
            vocabulary::before_a_note(word)
        }
        _ => None,
    }
}
