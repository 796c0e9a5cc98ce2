//! Markdown (CommonMark with tables, strikethrough, footnotes and task lists): one block per run of inline content,
//! one per alternative text and title. The HTML in it is read as HTML. Code blocks, rules, tables' lines, front
//! matter and what [`dialect`]s add stay as they are.

pub mod dialect;
mod reader;
mod title;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BrokenLink, CowStr, Options, Parser, RefDefs};
use regex::Regex;

use super::split::Reading;
use super::{Block, Blocks, TextError, code, html, limits};
use reader::{Content, Reader};

/// The extensions that are read, and rendered.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS);

/// The blocks of a Markdown text.
///
/// # Errors
/// [`TextError::Nesting`] where containers or inline elements nest deeper than [`limits::NESTING`],
/// [`TextError::TooMuchMarkup`] where there are more than [`limits::MARKS`].
pub(super) fn blocks(source: &str, reading: Reading<'_>) -> Result<Blocks, TextError> {
    blocks_with(source, &RefDefs::default(), reading)
}

/// [`blocks`] of a text whose link definitions stand elsewhere.
pub(super) fn blocks_with(source: &str, definitions: &RefDefs<'_>, reading: Reading<'_>) -> Result<Blocks, TextError> {
    limits::check_containers(source)?;
    let start = front_matter(source);
    let dialect = dialect::read(source, start);
    let text = dialect.text.get(start..).unwrap_or_default();
    let elsewhere = |link: BrokenLink<'_>| {
        definitions.get(&link.reference).map(|found| (found.dest.clone().into_static(), CowStr::from("")))
    };
    let mut kept = match reading {
        Reading::Source(_) => kept(source),
        Reading::Written(_) => shortcodes(source),
    };
    kept.extend(references(source));
    kept.extend(dialect.kept);
    kept.sort_by_key(|range| range.start);
    kept.dedup_by(|next, before| next.start < before.end);
    let mut reader = Reader::new(source, &kept, reading);
    let mut events = Parser::new_with_broken_link_callback(text, OPTIONS, Some(elsewhere)).into_offset_iter();
    for (marks, (event, range)) in events.by_ref().enumerate() {
        if marks >= limits::MARKS {
            return Err(TextError::TooMuchMarkup);
        }
        reader.event(event, range.start + start..range.end + start)?;
    }
    let Content { mut blocks, mut line_ends, labels, html } = reader.finish();
    let html = html::read(&html, &shortcodes(&html.text), reading)?;
    let used: BTreeMap<usize, _> = labels
        .iter()
        .filter_map(|label| events.reference_definitions().get(label))
        .map(|definition| (definition.span.start, definition))
        .collect();
    blocks.extend(used.into_values().filter_map(|definition| {
        let range = definition.span.start + start..definition.span.end + start;
        title::of_definition(source, &range, definition.title.as_deref()?)
    }));
    // What begins with something kept goes on behind it.
    let goes_on = |block: &Block| {
        let at = kept.binary_search_by_key(&block.range.start, |range| range.start);
        at.ok().and_then(|at| kept.get(at)).is_some_and(|range| range.end < block.range.end)
    };
    blocks.retain(|block| {
        !is_within(&html.kept, block.range.start) && (!is_within(&kept, block.range.start) || goes_on(block))
    });
    blocks.extend(html.blocks);
    blocks.sort_by_key(|block| block.range.start);
    line_ends.extend(html.line_ends);
    line_ends.sort_unstable();
    Ok(Blocks { blocks, line_ends })
}

/// Whether a place lies within one of these ranges, which ascend.
fn is_within(ranges: &[Range<usize>], place: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= place);
    after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|range| range.contains(&place))
}

/// The link definitions of a text.
pub(super) fn with_definitions<T>(source: &str, then: impl FnOnce(&RefDefs<'_>) -> T) -> T {
    // Without a colon behind a bracket there is no definition, and nothing to parse.
    if !source.contains("]:") || limits::check_containers(source).is_err() {
        return then(&RefDefs::default());
    }
    let start = front_matter(source);
    let dialect = dialect::read(source, start);
    let text = dialect.text.get(start..).unwrap_or_default();
    then(Parser::new_ext(text, OPTIONS).reference_definitions())
}

/// Bytes of front matter at the beginning: a line `---`, then `key: …`, up to the next line `---`.
#[must_use]
pub fn front_matter(source: &str) -> usize {
    static FRONT_MATTER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A---[ \t]*\r?\n[A-Za-z_][\w.-]*[ \t]*:(?s:.*?)\n---[ \t]*(?:\r?\n|\z)").ok());
    FRONT_MATTER.as_ref().and_then(|pattern| pattern.find(source)).map_or(0, |found| found.end())
}

/// What is kept in a source whatever the parser makes of it: shortcodes, wiki markup's code, and formulas by
/// themselves.
fn kept(source: &str) -> Vec<Range<usize>> {
    let mut kept = shortcodes(source);
    kept.extend(code::wiki(source));
    kept.extend(formulas(source));
    code::apart(kept, Range::clone)
}

/// Where a formula is a paragraph of its own, between `$$` and `$$`.
fn formulas(source: &str) -> Vec<Range<usize>> {
    static FORMULA: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?:\A|\n[ \t>]*\r?\n)[ \t>]*(\$\$(?:[^$\r\n]+|\r?\n[ \t>]*[^\s$>]){1,400}\s*\$\$)[ \t]*(?:\z|\r?\n)",
        )
        .ok()
    });
    if !source.contains("$$") {
        return Vec::new();
    }
    let found = FORMULA.iter().flat_map(|pattern| pattern.captures_iter(source)).filter_map(|capture| capture.get(1));
    found
        .map(|formula| formula.range())
        .filter(|range| {
            // No text goes on behind it.
            let behind = source.get(range.end..).unwrap_or_default();
            let next = behind.split_inclusive('\n').nth(1).unwrap_or_default();
            next.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty()
        })
        .collect()
}

/// Where wikis' links stand, `[[Runbook]]`, `[[Runbook|words]]`, and where Markdown Extra names what a line explains:
/// `*[SLA]:`.
fn references(source: &str) -> Vec<Range<usize>> {
    static REFERENCE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)!?\[\[[^\[\]\n]+\]\]|^[ ]{0,3}(?P<explained>\*\[[^\[\]\n]+\]:)").ok());
    let pattern = REFERENCE.as_ref().filter(|_| source.contains("[[") || source.contains("*["));
    let found = pattern.into_iter().flat_map(|pattern| pattern.captures_iter(source));
    let ranges = found.filter_map(|found| found.name("explained").or(found.get(0))).map(|part| part.range());
    // `[[1]](url)`, `[[1]][label]` are links of Markdown.
    ranges.filter(|range| !source.get(range.end..).is_some_and(|behind| behind.starts_with(['(', '[']))).collect()
}

/// Where Hugo's shortcodes stand: `{{< track >}}`, `{{% notice %}}`.
fn shortcodes(source: &str) -> Vec<Range<usize>> {
    static SHORTCODE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\{\{<[^<>{}]{0,1024}>\}\}|\{\{%[^%{}]{0,1024}%\}\}").ok());
    if !source.contains("{{") {
        return Vec::new();
    }
    SHORTCODE.as_ref().map(|pattern| pattern.find_iter(source).map(|found| found.range()).collect()).unwrap_or_default()
}
