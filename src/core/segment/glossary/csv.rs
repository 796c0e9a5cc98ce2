//! Reads CSV glossaries (RFC 4180) as rows of named cells with their lines.

use csv::{ReaderBuilder, StringRecord};

use super::columns::{self, Cell, Row};
use super::problems::Problems;

/// The column that nothing is read from.
const NOTE: &str = "note";

/// The rows of a file whose first line names the columns, or of one that is nothing but names, one a line. Lines that
/// begin with `#` are passed over.
pub(super) fn rows(text: &str, problems: &mut Problems) -> Vec<Row> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let mut from = 0;
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let to = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let (passed_over, raw) = content(text.get(from..to).unwrap_or_default());
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_add(passed_over);
        from = to;
        if raw.matches('"').count() % 2 == 1 {
            problems.add(line, "a quotation mark is not closed");
            continue;
        }
        match &header {
            None => {
                let names = first_line(&record, line, problems);
                let is_list = names.is_none();
                header = Some(names.unwrap_or_else(|| vec!["term".to_owned()]));
                if is_list && record.len() == 1 {
                    rows.extend(row(&["term".to_owned()], &record, line));
                }
            }
            Some(columns) if columns.is_empty() => {}
            Some(columns) if columns.len() != record.len() => {
                let message = format!("the line has {} cells where the header has {}", record.len(), columns.len());
                problems.add(line, message);
            }
            Some(columns) => rows.extend(row(columns, &record, line)),
        }
    }
    rows
}

/// How many empty lines and comments the bytes of a record begin with, and what stands behind them.
fn content(raw: &str) -> (usize, &str) {
    let is_passed_over = |line: &&str| line.trim_end_matches(['\r', '\n']).is_empty() || line.starts_with('#');
    let lines = raw.split_inclusive('\n').take_while(is_passed_over);
    let (count, length) = lines.fold((0, 0), |(count, length), line| (count + 1, length + line.len()));
    (count, raw.get(length..).unwrap_or_default())
}

/// The header's names; `None` where the line is the first of a list of names; empty where it is neither.
fn first_line(record: &StringRecord, line: usize, problems: &mut Problems) -> Option<Vec<String>> {
    let first = record.get(0).unwrap_or_default().trim();
    let lower = first.to_lowercase();
    if ["term", "name"].contains(&lower.as_str()) {
        return Some(header(record, line, problems));
    }
    let other_marks = ["term;", "term\t", "name;", "name\t"].iter().any(|start| lower.starts_with(start));
    if record.len() > 1 || other_marks {
        problems.add(line, "the first line must name the columns, `term` first, set apart by commas");
        return Some(Vec::new());
    }
    None
}

/// The columns, those that are none or stand twice made notes once they have been named.
fn header(record: &StringRecord, line: usize, problems: &mut Problems) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in record.iter().map(|name| name.trim().to_lowercase()) {
        let twice = (name != NOTE && names.contains(&name)).then(|| format!("the column `{name}` stands twice"));
        let fault = columns::fault(&name).or(twice);
        names.push(if fault.is_some() { NOTE.to_owned() } else { name });
        if let Some(fault) = fault {
            problems.add(line, fault);
        }
    }
    names
}

/// The cells of a line; a file with one column holds names that are kept.
fn row(columns: &[String], record: &StringRecord, line: usize) -> Option<Row> {
    if record.iter().all(|cell| cell.trim().is_empty()) && record.len() > 1 {
        return None;
    }
    let cell = |(column, text): (&String, &str)| Cell { column: column.clone(), text: text.to_owned(), line };
    let mut cells: Vec<Cell> = columns.iter().zip(record).map(cell).collect();
    if columns.len() == 1 {
        cells.push(Cell { column: "keep".to_owned(), text: "yes".to_owned(), line });
    }
    Some(Row { line, cells })
}
