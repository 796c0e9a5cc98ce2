//! Cells of tables: a decimal that stands alone (`1.5`) may be a version as well as an amount, `us` a region, `Kim
//! Brown` a person, and nothing in its cell tells. The first cell of its row and the head of its column do.

use super::{Segment, Span, Treatment};
use crate::document::fact::{self, Fact, Value, Verbatim};
use crate::document::{BlockKind, Part};

/// Reads the bare decimals of a part's tables as amounts, and words as codes or names, where their row or column says
/// so. `segments` are the part's, one for each block.
pub(super) fn settle(part: &Part, segments: &mut [Segment]) {
    for table in tables(part) {
        for row in &table {
            for (column, &cell) in row.iter().enumerate() {
                let says_amount = |index: Option<&usize>| {
                    let label = index.filter(|index| **index != cell).and_then(|index| segments.get(*index));
                    label.map(|label| fact::says_amount(&label.source_text()))
                };
                let row_says = says_amount(row.first());
                let head_says = says_amount(table.first().and_then(|head| head.get(column)));
                let amounts = [row_says, head_says];
                let is_amount = amounts.contains(&Some(Some(true))) && !amounts.contains(&Some(Some(false)));
                let label = |index: Option<&usize>| {
                    let label = index.filter(|index| **index != cell).and_then(|index| segments.get(*index))?;
                    Some(label.source_text())
                };
                let labels = [label(row.first()), label(table.first().and_then(|head| head.get(column)))];
                let Some(segment) = segments.get_mut(cell) else { continue };
                if is_amount {
                    read_as_amount(segment);
                }
                if let Some(kind) = labels.iter().flatten().find_map(|label| kept(label, &segment.source_text())) {
                    keep(segment, kind);
                }
            }
        }
    }
}

fn read_as_amount(segment: &mut Segment) {
    if let [Span::Fact(fact)] = segment.spans.as_mut_slice()
        && let Some(number) = fact::bare_decimal(fact)
    {
        fact.value = Value::Number(number);
    }
}

/// What a cell holds that is kept as written, by its label.
fn kept(label: &str, cell: &str) -> Option<Verbatim> {
    /// Bytes of a long label, and of a long list.
    const LONGEST: usize = 400;
    if label.len().max(cell.len()) > LONGEST {
        return None;
    }
    if fact::lists_codes(label, cell) {
        return Some(Verbatim::Identifier);
    }
    fact::names_people(label, cell).then_some(Verbatim::Name)
}

/// Makes one fact of a segment that is nothing but text.
pub(super) fn keep(segment: &mut Segment, kind: Verbatim) {
    if let [Span::Text(text)] = segment.spans.as_slice() {
        let fact = Fact { source: text.clone(), value: Value::Verbatim(kind) };
        segment.spans = vec![Span::Fact(fact)];
        segment.treatment = Treatment::Invariant;
    }
}

/// The tables of a part: rows of the indices of their cells.
fn tables(part: &Part) -> Vec<Vec<Vec<usize>>> {
    let mut tables: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (index, block) in part.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Cell) {
        let gap = last.filter(|(before, _)| before + 1 == index);
        let gap = gap.and_then(|(_, end)| part.source.get(end..block.range.start));
        match (gap, tables.last_mut()) {
            (Some(gap), Some(table)) if !gap.contains("\n\n") && !gap.contains("<table") => match table.last_mut() {
                Some(row) if !gap.contains('\n') && !gap.contains("<tr") => row.push(index),
                _ => table.push(vec![index]),
            },
            _ => tables.push(vec![vec![index]]),
        }
        last = Some((index, block.range.end));
    }
    tables
}
