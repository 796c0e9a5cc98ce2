//! Finds code that nobody marked as such, which is kept as it is: commands, statements, patterns, log lines, stack
//! frames. What could be a sentence is one: `Restart nginx to apply.` is no command.

mod command;
mod pattern;
mod statement;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Whether a whole line is code: what a program printed, or a statement that goes on over several lines.
pub(super) fn is_line(line: &str) -> bool {
    static PRINTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let level = "(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRIT|CRITICAL|ALERT|EMERG|FATAL|PANIC|SEVERE)";
        let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
        let stamp = r"\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|\s?[+-]\d\d:?\d\d)?\]?";
        let kinds = [
            format!(r"{stamp}[ :|-]+(?:\[[^\]\s]{{1,40}}\] )?[\[<(]?{level}\b"),
            format!(r"[\[<]?{level}[\]>]?[ :]+{stamp}"),
            format!(r"\[{level}\] \S"),
            // Syslog (RFC 3164): moment, host, program.
            format!(r"(?:<\d{{1,3}}>)?{month} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: "),
            // A level that programs shout, and what does not begin as sentences do.
            r"(?:ERROR|FATAL|DEBUG|TRACE|PANIC|SEVERE): +(?:[a-z]|\d)[^.!?]*$".to_owned(),
            r"Traceback \(most recent call last\)".to_owned(),
            r#"File "[^"]+", line \d+"#.to_owned(),
            r"at (?:[\w$]+\.)+[\w$<>]+\([^)]*\)".to_owned(),
            r"at (?:async )?(?:[\w$.<>\[\] ]+ )?\(?(?:file://|node:|/|[A-Za-z]:\\)?[\w@$./\\-]+:\d+:\d+\)?$".to_owned(),
            r"\.\.\. \d+ (?:more|common frames omitted)$".to_owned(),
            // An exception with its message: two capitals at least make the name of a class.
            r"(?:Caused by: |Exception in thread \S+ )?(?:[a-z]\w*\.)*[A-Z]\w+(?:Error|Exception)(?:$|: )".to_owned(),
            r"(?:panic|fatal error): [a-z]".to_owned(),
            r"goroutine \d+ \[".to_owned(),
            r"kernel: \S|Kernel panic - not syncing|Segmentation fault \(core dumped\)".to_owned(),
            r"HTTP/\d(?:\.\d)? \d{3}(?: [A-Z][A-Za-z-]*)*(?:;.*)?$".to_owned(),
            r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /\S* HTTP/\d(?:\.\d)?".to_owned(),
        ];
        Regex::new(&format!("^(?:{})", kinds.join("|"))).ok()
    });
    let line = line.trim();
    PRINTED.as_ref().is_some_and(|pattern| pattern.is_match(line)) || statement::is_line(line)
}

/// Whether a line goes on with what the code line before it began: the clauses of a statement.
pub(super) fn goes_on(line: &str) -> bool {
    statement::is_clause(line.trim())
}

/// Spans of running text that are code, ascending and apart.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = statement::find(text);
    found.extend(command::find(text));
    found.extend(pattern::find(text));
    apart(found, Range::clone)
}

/// What was found, ascending and without what begins in another find; of two that begin together, the longer one.
pub(super) fn apart<T>(mut found: Vec<T>, range: impl Fn(&T) -> Range<usize>) -> Vec<T> {
    found.sort_by_key(|found| (range(found).start, std::cmp::Reverse(range(found).end)));
    let mut end = 0;
    found.retain(|found| {
        let Range { start, end: last } = range(found);
        let is_apart = start >= end;
        end = end.max(last);
        is_apart
    });
    found
}

/// Where wiki markup (Jira, Confluence) keeps what stands between `{code}` or `{noformat}` and the next such mark.
pub(super) fn wiki(source: &str) -> Vec<Range<usize>> {
    static MARK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\{(code|noformat)(?::[^{}\n]{0,200})?\}").ok());
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for capture in MARK.iter().flat_map(|pattern| pattern.captures_iter(source)) {
        let (Some(mark), Some(name)) = (capture.get(0), capture.get(1)) else { continue };
        match open.take() {
            Some((start, opened)) if opened == name.as_str() => found.push(start..mark.end()),
            Some(other) => open = Some(other),
            None => open = Some((mark.start(), name.as_str().to_owned())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_and_sentences_are_not() {
        let fixture = include_str!("../../../tests/fixtures/code.txt");
        let mut wrong = Vec::new();
        for case in fixture.lines() {
            if let Some(line) = case.strip_prefix("line ") {
                if !is_line(line) {
                    wrong.push(format!("no code: {line}"));
                }
            } else if let Some(marked) = case.strip_prefix("text ") {
                let text = marked.replace(['⟦', '⟧'], "");
                let mut found = text.clone();
                for range in find(&text).into_iter().rev() {
                    found.insert(range.end, '⟧');
                    found.insert(range.start, '⟦');
                }
                if found != marked || (!marked.contains('⟦') && is_line(&text)) {
                    wrong.push(format!("{marked}\n  found {found}, as a line {}", is_line(&text)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn wiki_code_is_kept_up_to_its_end() {
        let source = "a {code:java}\nx\n{noformat}\n\n{code} b {noformat}c{noformat} {code}";
        let found: Vec<&str> = wiki(source).into_iter().filter_map(|range| source.get(range)).collect();
        assert_eq!(found, ["{code:java}\nx\n{noformat}\n\n{code}", "{noformat}c{noformat}"]);
    }
}
