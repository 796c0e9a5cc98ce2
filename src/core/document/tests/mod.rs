//! What tiles look like, what writing back keeps, what is refused.

mod hostile;
mod properties;
mod shapes;
mod structure;

use super::*;

/// The body's part of a report that must be accepted; a part without blocks where the body is blank.
fn body(format: Format, source: &str) -> Part {
    let document = read(&Report::example(format, source)).unwrap_or_else(|errors| panic!("{errors:?} for {source:?}"));
    document.parts.into_iter().find(|part| part.position == PartPosition::Body).unwrap_or(Part {
        position: PartPosition::Body,
        format,
        source: source.to_owned(),
        blocks: Vec::new(),
        line_ends: Vec::new(),
    })
}

/// A part as it is tiled where nothing but its line ends is told from its shape: as its translations are read again.
fn bare(part: &Part) -> Part {
    read::read_written(part.format, &part.source, &part.line_ends).expect("a part that was read before")
}

/// A translation read again, with what its source tells of it.
fn again(part: &Part, targets: &[Option<Vec<Piece>>]) -> Part {
    let layout = part.lay_out(targets);
    read::read_written(part.format, &layout.text, &layout.line_ends).expect("what was written can be read")
}

/// A block as a line: its kind, then its inlines, with source bytes for marks and atoms.
fn shape(part: &Part) -> Vec<String> {
    let inline = |inline: &Inline| {
        let bytes = &part.source[inline.range.clone()];
        match &inline.kind {
            InlineKind::Text(text) => text.clone(),
            InlineKind::Open { pair } => format!("⟦{pair}:{bytes}⟧"),
            InlineKind::Close { pair } => format!("⟦/{pair}:{bytes}⟧"),
            InlineKind::Atom { text } | InlineKind::Literal { text } => format!("⟦{bytes}={text}⟧"),
        }
    };
    let line = |block: &Block| format!("{:?} {}", block.kind, block.inlines.iter().map(inline).collect::<String>());
    part.blocks.iter().map(line).collect()
}

/// Blocks ascend, inlines tile them, pairs nest; a block overlaps another only as an attribute inside of one mark.
fn assert_tiled(part: &Part) {
    let mut outer: Option<&Block> = None;
    let mut end = 0;
    for block in &part.blocks {
        assert!(block.range.start >= end && block.range.end <= part.source.len(), "{part:?}");
        assert_inlines(part, block);
        end = block.range.start;
        if let Some(outer) = outer.filter(|outer| block.range.start < outer.range.end) {
            assert_eq!(block.kind, BlockKind::Attribute, "{part:?}");
            let mark = outer.inlines.iter().find(|inline| inline.range.end > block.range.start).unwrap();
            assert!(!matches!(mark.kind, InlineKind::Text(_)) && block.range.end <= mark.range.end, "{part:?}");
            end = block.range.end;
        } else {
            outer = Some(block);
        }
    }
}

fn assert_inlines(part: &Part, block: &Block) {
    let mut at = block.range.start;
    let mut open = Vec::new();
    let mut pairs = 0;
    for inline in &block.inlines {
        assert_eq!(inline.range.start, at, "{part:?}");
        at = inline.range.end;
        assert!(part.source.get(inline.range.clone()).is_some(), "{part:?}");
        match inline.kind {
            InlineKind::Open { pair } => {
                assert_eq!(pair, pairs, "{part:?}");
                pairs += 1;
                open.push(pair);
            }
            InlineKind::Close { pair } => assert_eq!(open.pop(), Some(pair), "{part:?}"),
            InlineKind::Text(_) | InlineKind::Atom { .. } | InlineKind::Literal { .. } => {}
        }
    }
    assert_eq!(at, block.range.end, "{part:?}");
    assert!(open.is_empty(), "{part:?}");
    assert!(block.inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Text(_))), "{part:?}");
}

/// The targets that replace every text by another and keep all other inlines where they are.
fn retold(part: &Part, tell: impl Fn(&str) -> String) -> Vec<Option<Vec<Piece>>> {
    let piece = |(index, inline): (usize, &Inline)| match &inline.kind {
        InlineKind::Text(text) => Piece::Text(tell(text)),
        _ => Piece::Inline(index),
    };
    part.blocks.iter().map(|block| Some(block.inlines.iter().enumerate().map(piece).collect())).collect()
}

/// A folder of real reports beside the repository; says so where it is absent.
fn corpus(folder: &str) -> Vec<(String, String)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus").join(folder);
    let alternative = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus").join(folder);
    let Ok(entries) = std::fs::read_dir(&path).or_else(|_| std::fs::read_dir(&alternative)) else {
        println!("skipped: no corpus at {}", path.display());
        return Vec::new();
    };
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    files.filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(path).ok()?))).collect()
}
