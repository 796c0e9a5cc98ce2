//! Splits a run into lines where its line ends are meant. Here decoded text becomes what is read of it: without
//! invisible characters, with the code in it kept apart.

use std::ops::Range;

pub(super) use super::lines::Doubtful;
use super::lines::{self, Line};
use super::prose::{self, Kept};
use super::tiles::{Mark, MarkKind};
use super::{code, invisible, limits};

/// How a text is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading<'a> {
    /// As it came: what its shape and its characters only suggest is judged.
    Source(Doubtful),
    /// As the program wrote it: these line ends (positions of the text, ascending) bound blocks, and nothing is judged.
    Written(&'a [usize]),
}

/// The lines of a run whose ends are meant, in order, and the positions of those ends. A line of code is left out.
pub(super) struct Lines {
    pub(super) runs: Vec<Vec<Mark>>,
    pub(super) ends: Vec<usize>,
}

/// Splits a run, but nowhere between the marks of a pair that does not hold all of it.
pub(super) fn split(source: &str, marks: Vec<Mark>, reading: Reading<'_>) -> Lines {
    let is_source = matches!(reading, Reading::Source(_));
    let marks = if is_source { keep(source, fold(source, marks)) } else { marks };
    let (borders, depth) = borders(&marks);
    let is_meant = match reading {
        _ if borders.is_empty() => Vec::new(),
        Reading::Source(doubtful) => judge(source, &marks, &borders, doubtful),
        Reading::Written(ends) => borders.iter().map(|&at| is_known(ends, &marks, at)).collect(),
    };
    let is_split = is_meant.contains(&true);
    let mut lines = Lines { runs: Vec::new(), ends: Vec::new() };
    let mut line = Vec::new();
    let mut meant = borders.iter().zip(is_meant).filter_map(|(at, meant)| meant.then_some(*at)).peekable();
    let count = marks.len();
    for (at, mut mark) in marks.into_iter().enumerate() {
        if meant.next_if_eq(&at).is_some() {
            lines.ends.push(mark.range.start);
            lines.runs.push(std::mem::take(&mut line));
        } else if is_split && (at < depth || at >= count - depth) {
            // The marks round all lines are gap.
        } else {
            if matches!(mark.kind, MarkKind::LineEnd) {
                mark.kind = MarkKind::Text(" ".to_owned());
            }
            line.push(mark);
        }
    }
    lines.runs.push(line);
    if is_source {
        leave_out_code(&mut lines.runs);
    }
    lines
}

/// The marks of a source that is one line, as [`split`] reads them.
pub(super) fn join(source: &str, marks: Vec<Mark>) -> Vec<Mark> {
    let mut marks = keep(source, fold(source, marks));
    for mark in &mut marks {
        match &mut mark.kind {
            MarkKind::LineEnd => {
                mark.kind = MarkKind::Literal(source.get(mark.range.clone()).unwrap_or_default().to_owned());
            }
            MarkKind::Text(text) if text.contains(char::is_whitespace) => *text = single_spaced(text),
            _ => {}
        }
    }
    marks
}

/// Every run of white space as one space.
fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            spaced.push(character);
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced
}

fn is_known(ends: &[usize], marks: &[Mark], at: usize) -> bool {
    let Some(Mark { range, .. }) = marks.get(at) else { return false };
    let next = ends.partition_point(|end| *end < range.start);
    ends.get(next).is_some_and(|end| *end < range.end.max(range.start + 1))
}

/// Where the line ends stand that may be borders, and how many pairs hold the whole run.
fn borders(marks: &[Mark]) -> (Vec<usize>, usize) {
    if !marks.iter().any(|mark| matches!(mark.kind, MarkKind::LineEnd)) {
        return (Vec::new(), 0);
    }
    let partners = partners(marks);
    let outer = (0..marks.len() / 2)
        .take_while(|at| partners.get(*at).copied().flatten() == Some(marks.len() - 1 - at))
        .count();
    let mut depth = 0_usize;
    let mut borders = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match (&mark.kind, partners.get(at).copied().flatten()) {
            (MarkKind::Open(_), Some(_)) => depth += 1,
            (MarkKind::Close(_), Some(_)) => depth = depth.saturating_sub(1),
            (MarkKind::LineEnd, _) if depth == outer => borders.push(at),
            _ => {}
        }
    }
    (borders, outer)
}

/// For each mark that opens or closes a pair, the index of the other.
fn partners(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut partners = vec![None; marks.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Open(pair) => open.push((pair, at)),
            MarkKind::Close(pair) => {
                let Some(found) = open.iter().rposition(|(other, _)| *other == pair) else { continue };
                if let Some((_, start)) = open.get(found).copied() {
                    for (one, other) in [(start, at), (at, start)] {
                        if let Some(slot) = partners.get_mut(one) {
                            *slot = Some(other);
                        }
                    }
                }
                open.truncate(found);
            }
            _ => {}
        }
    }
    partners
}

/// Which of the line ends are meant. Those inside of marks are spaces of their line.
fn judge(source: &str, marks: &[Mark], borders: &[usize], doubtful: Doubtful) -> Vec<bool> {
    let mut lines = Vec::with_capacity(borders.len() + 1);
    let mut start = 0;
    for end in borders.iter().copied().chain([marks.len()]) {
        lines.push(line(source, marks.get(start..end).unwrap_or_default()));
        start = end + 1;
    }
    // What a program wrote as `\n` is no column's doing.
    let is_written = |at: &usize| {
        marks.get(*at).is_some_and(|mark| source.get(mark.range.clone()).is_some_and(|end| end.contains('\\')))
    };
    lines::meant(&lines, doubtful).into_iter().zip(borders).map(|(meant, at)| meant || is_written(at)).collect()
}

fn line(source: &str, marks: &[Mark]) -> Line {
    let first = marks.iter().find(|mark| !matches!(&mark.kind, MarkKind::Text(text) if text.trim().is_empty()));
    let bytes = match (marks.first(), marks.last()) {
        (Some(first), Some(last)) => source.get(first.range.start..last.range.end).unwrap_or_default().trim(),
        _ => "",
    };
    Line {
        text: visible(marks),
        width: bytes.chars().count(),
        is_tag: lines::is_tag(bytes),
        opens_mark: first.is_some_and(|mark| matches!(mark.kind, MarkKind::Open(_))),
        opens_atom: first.is_some_and(|mark| matches!(mark.kind, MarkKind::Atom(_) | MarkKind::Literal(_))),
    }
}

/// What readers see of these marks.
fn visible(marks: &[Mark]) -> String {
    let text = |mark: &Mark| match &mark.kind {
        MarkKind::Text(text) | MarkKind::Atom(text) | MarkKind::Literal(text) => text.clone(),
        MarkKind::LineEnd => " ".to_owned(),
        MarkKind::Open(_) | MarkKind::Close(_) => String::new(),
    };
    marks.iter().map(text).collect()
}

/// Empties the lines that are code as a whole, with the clauses that go on with a statement.
fn leave_out_code(runs: &mut [Vec<Mark>]) {
    let mut is_in_code = false;
    for run in runs {
        let text = visible(run);
        is_in_code = code::is_line(&text) || (is_in_code && code::goes_on(&text));
        if is_in_code {
            run.clear();
        }
    }
}

/// Text as it is read, each character that counts as another in a mark of its own.
fn fold(source: &str, marks: Vec<Mark>) -> Vec<Mark> {
    let may_fold = |mark: &Mark| matches!(&mark.kind, MarkKind::Text(text) if invisible::may_fold(text));
    if !marks.iter().any(may_fold) {
        return marks;
    }
    let mut folded = Vec::with_capacity(marks.len() + 1);
    for mark in marks {
        match &mark.kind {
            MarkKind::Text(text) if invisible::may_fold(text) && source.get(mark.range.clone()) == Some(text) => {
                let start = mark.range.start;
                folded.extend(invisible::pieces(text).map(|(range, text)| Mark {
                    range: start + range.start..start + range.end,
                    kind: MarkKind::Text(text.to_owned()),
                }));
            }
            MarkKind::Text(text) if invisible::may_fold(text) => {
                let kind = MarkKind::Text(invisible::folded(text));
                folded.push(Mark { range: mark.range, kind });
            }
            _ => folded.push(mark),
        }
    }
    folded
}

/// Sets apart what is kept in running text. A run too long to be a block is left alone.
fn keep(source: &str, marks: Vec<Mark>) -> Vec<Mark> {
    let length: usize = marks.iter().map(|mark| mark.range.len()).sum();
    if length > limits::SEGMENT_BYTES {
        return marks;
    }
    let mut all = Vec::with_capacity(marks.len());
    let mut texts = Vec::new();
    for mark in marks {
        if matches!(mark.kind, MarkKind::Text(_)) {
            texts.push(mark);
        } else {
            push_kept(source, std::mem::take(&mut texts), &mut all);
            all.push(mark);
        }
    }
    push_kept(source, texts, &mut all);
    all
}

/// Adds texts that stand side by side, with what is kept in them as marks of its own.
fn push_kept(source: &str, texts: Vec<Mark>, all: &mut Vec<Mark>) {
    let text = visible(&texts);
    let kept = prose::kept(&text);
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return };
    if kept.is_empty() {
        all.extend(texts);
        return;
    }
    let positions = SourcePositions::of(source, &texts);
    let mut done = (0, first.range.start);
    for (range, kind) in kept {
        let (Some(from), Some(to)) = (positions.start(range.start), positions.end(range.end)) else { continue };
        if from < done.1 || to <= from {
            continue;
        }
        push_text(&text, done.0..range.start, done.1..from, all);
        let kind = match kind {
            Kept::Literal => MarkKind::Literal(text.get(range.clone()).unwrap_or_default().to_owned()),
            Kept::LineEnd => MarkKind::LineEnd,
        };
        all.push(Mark { range: from..to, kind });
        done = (range.end, to);
    }
    push_text(&text, done.0..text.len(), done.1..last.range.end, all);
}

fn push_text(text: &str, words: Range<usize>, range: Range<usize>, all: &mut Vec<Mark>) {
    if !range.is_empty() {
        let words = text.get(words).unwrap_or_default().to_owned();
        all.push(Mark { range, kind: MarkKind::Text(words) });
    }
}

/// Where the bytes of a decoded text lie in the source: at the borders of its marks, and inside of those in which
/// nothing was decoded.
struct SourcePositions {
    /// For each mark: its bytes of the decoded text, its bytes of the source, whether they are the same.
    marks: Vec<(Range<usize>, Range<usize>, bool)>,
}

impl SourcePositions {
    fn of(source: &str, texts: &[Mark]) -> Self {
        let mut end = 0;
        let place = |mark: &Mark| {
            let MarkKind::Text(text) = &mark.kind else { return (end..end, mark.range.clone(), false) };
            let start = end;
            end += text.len();
            (start..end, mark.range.clone(), source.get(mark.range.clone()) == Some(text))
        };
        Self { marks: texts.iter().map(place).collect() }
    }

    fn start(&self, at: usize) -> Option<usize> {
        let next = self.marks.partition_point(|(text, ..)| text.end <= at);
        let (text, bytes, is_same) = self.marks.get(next)?;
        (text.start == at || *is_same).then(|| bytes.start + (at - text.start))
    }

    fn end(&self, at: usize) -> Option<usize> {
        let next = self.marks.partition_point(|(text, ..)| text.end < at);
        let (text, bytes, is_same) = self.marks.get(next)?;
        if text.end == at { Some(bytes.end) } else { is_same.then(|| bytes.start + (at - text.start)) }
    }
}
