//! Finds SQL in running text: `DELETE FROM jobs WHERE locked_at < now()`. Keywords count in capitals alone, and only
//! where what follows them is no sentence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What may stand in a statement between its operands (PostgreSQL's grammar).
const KEYWORDS: &[&str] = &[
    "ADD",
    "ALL",
    "ALTER",
    "ANALYZE",
    "AND",
    "ANY",
    "AS",
    "ASC",
    "BEGIN",
    "BETWEEN",
    "BY",
    "CASCADE",
    "CASE",
    "COLUMN",
    "COMMIT",
    "CONCURRENTLY",
    "CONFLICT",
    "COUNT",
    "CREATE",
    "CROSS",
    "DATABASE",
    "DEFAULT",
    "DELETE",
    "DESC",
    "DISTINCT",
    "DO",
    "DROP",
    "ELSE",
    "END",
    "EXISTS",
    "EXPLAIN",
    "FOR",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "IF",
    "IN",
    "INDEX",
    "INNER",
    "INSERT",
    "INTERVAL",
    "INTO",
    "IS",
    "JOIN",
    "KEY",
    "LEFT",
    "LIKE",
    "LIMIT",
    "LOCK",
    "LOCKED",
    "MAX",
    "MIN",
    "NOT",
    "NOTHING",
    "NOW",
    "NULL",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OUTER",
    "PRIMARY",
    "RETURNING",
    "RIGHT",
    "ROLLBACK",
    "SELECT",
    "SET",
    "SKIP",
    "SUM",
    "TABLE",
    "THEN",
    "TRUNCATE",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VACUUM",
    "VALUES",
    "VIEW",
    "WHEN",
    "WHERE",
    "WITH",
];

/// What columns are of, behind their names.
const TYPES: &[&str] = &[
    "bigint",
    "boolean",
    "date",
    "int",
    "integer",
    "json",
    "jsonb",
    "numeric",
    "serial",
    "text",
    "timestamp",
    "timestamptz",
    "uuid",
    "varchar",
];

/// How statements and conditions begin.
static BEGINNING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:SELECT\s+(?:\*|DISTINCT\b|\d|[\w.]+\s*(?:,|\(|\s(?:AS|FROM)\b))",
        r"|DELETE\s+FROM\s+\w|INSERT\s+INTO\s+\w|UPDATE\s+[\w.]+\s+SET\s",
        r"|(?:ALTER|DROP|TRUNCATE)\s+(?:TABLE|INDEX|DATABASE|VIEW)\s+\w",
        r"|CREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|DATABASE|VIEW)\s+\w",
        r"|WHERE\s+(?:NOT\s+)?[\w.]+\s*(?:=|<|>|!=|IN\b|IS\b|LIKE\b|BETWEEN\b))"
    ))
    .ok()
});

static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\A\s*(?:(?P<text>'[^'\n]{0,200}'|"[^"\n]{0,200}")|(?P<word>[A-Za-z_$:@][\w$]*(?:\.[\w*$]+)*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign><=|>=|<>|!=|::|\|\||->>?|[=<>+*/%-])|(?P<comma>,)|(?P<open>\()|(?P<close>\))|(?P<end>;))"#).ok()
});

/// The statements in a text, ascending.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in BEGINNING.iter().flat_map(|pattern| pattern.find_iter(text)).map(|begun| begun.start()) {
        if found.last().is_none_or(|before| before.end <= start) {
            let end = end(text, start);
            if end > start {
                found.push(start..end);
            }
        }
    }
    found
}

/// Whether a whole line is a statement, or begins one.
pub(super) fn is_line(line: &str) -> bool {
    find(line).first().is_some_and(|found| found.start == 0 && found.end == line.len())
}

/// Whether a line is a clause that goes on with the statement of the line before.
pub(super) fn is_clause(line: &str) -> bool {
    static CLAUSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:FROM|WHERE|AND|OR|ORDER BY|GROUP BY|HAVING|LIMIT|OFFSET|(?:LEFT |RIGHT |INNER |FULL |CROSS )?JOIN|ON|SET|VALUES|RETURNING|UNION)\b").ok()
    });
    CLAUSE.as_ref().is_some_and(|pattern| pattern.is_match(line)) && end(line, 0) == line.len()
}

/// Where the statement that begins here ends: before the first word that nothing binds to what stands before it.
fn end(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut end = start;
    let mut depth = 0_usize;
    let defines = text.get(start..).is_some_and(|rest| rest.starts_with("ALTER") || rest.starts_with("CREATE"));
    // Whether an operand has just ended, so that a word behind it would be a sentence's.
    let mut is_complete = false;
    while let Some(token) = TOKEN.as_ref().and_then(|pattern| pattern.captures(text.get(at..).unwrap_or_default())) {
        let length = token.get(0).map_or(0, |whole| whole.end());
        let word = token.name("word").map(|word| word.as_str());
        let is_keyword = word.is_some_and(|word| KEYWORDS.binary_search(&word).is_ok());
        if token.name("number").is_some() || (word.is_some() && !is_keyword) {
            let is_type = defines && word.is_some_and(|word| TYPES.contains(&word));
            if is_complete && !is_type {
                break;
            }
            is_complete = true;
        } else if token.name("text").is_some() {
            is_complete = true;
        } else if token.name("open").is_some() {
            // In prose a bracket stands apart from what it explains; in statements, names have columns.
            let begun = text.get(start..at).unwrap_or_default();
            let has_columns = defines || begun.contains("INTO ") || begun.ends_with(" VALUES");
            let is_apart = text.get(at..).is_some_and(|rest| rest.starts_with(' '));
            if is_complete && is_apart && depth == 0 && !has_columns {
                break;
            }
            depth += 1;
            is_complete = false;
        } else if token.name("close").is_some() {
            let Some(outer) = depth.checked_sub(1) else { break };
            depth = outer;
            is_complete = true;
        } else if token.name("end").is_some() {
            return if depth == 0 { at + length } else { end };
        } else {
            is_complete =
                matches!(word, Some("NULL" | "DESC" | "ASC" | "LOCKED" | "NOTHING" | "CASCADE" | "DEFAULT" | "END"))
                    || (token.name("sign").is_some_and(|sign| sign.as_str() == "*") && !is_complete);
        }
        at += length;
        if is_complete && depth == 0 {
            end = at;
        }
    }
    end
}
