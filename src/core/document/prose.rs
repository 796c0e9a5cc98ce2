//! Finds what is kept byte for byte in running text though no markup says so: code, tags and entities that a text
//! shows, and line ends that a program wrote as `\n`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::code;

/// What a span of running text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It stands in its sentence as it is.
    Literal,
    /// It ends a line: `\n` in a text that went through one program too many.
    LineEnd,
}

/// The spans of a decoded text that are kept, ascending and apart.
pub(super) fn kept(text: &str) -> Vec<(Range<usize>, Kept)> {
    let mut found: Vec<(Range<usize>, Kept)> =
        code::find(text).into_iter().map(|range| (range, Kept::Literal)).collect();
    if text.contains(['<', '&']) {
        found.extend(shown_markup(text).map(|range| (range, Kept::Literal)));
    }
    if text.contains('`') {
        found.extend(shown_code(text).map(|range| (range, Kept::Literal)));
    }
    found.extend(symbols(text).map(|range| (range, Kept::Literal)));
    if text.contains("mailto:") || text.contains("tel:") {
        found.extend(addresses(text).map(|range| (range, Kept::Literal)));
    }
    if text.contains('\\') {
        found.extend(line_ends(text).map(|range| (range, Kept::LineEnd)));
        found.extend(tex_commands(text).map(|range| (range, Kept::Literal)));
    }
    code::apart(found, |(range, _)| range.clone())
}

/// Tags and entities in decoded text: the text speaks of them.
fn shown_markup(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"</?[A-Za-z][A-Za-z0-9:_-]{0,40}(?:\s[^<>\n]{0,120})?/?>|&lt;/?[A-Za-z][A-Za-z0-9:_-]{0,40}(?:\s[^<>&\n]{0,120})?/?&gt;|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});",
        )
        .ok()
    });
    SHOWN.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range())
}

/// Names that systems give to what went wrong (errno of POSIX, its signals, answers of DNS, reasons of Kubernetes) and
/// numbered documents: `ECONNREFUSED`, `SIGKILL`, `NXDOMAIN`, `OOMKilled`, `RFC 2616`, `PR #12`.
fn symbols(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SYMBOL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let errors = "ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|AI_AGAIN|ALREADY|BADF|BUSY|CANCELED|CONNABORTED|CONNREFUSED|\
            CONNRESET|DEADLK|DQUOT|EXIST|FAULT|FBIG|HOSTDOWN|HOSTUNREACH|INTR|INVAL|IO|ISDIR|LOOP|MFILE|MSGSIZE|\
            NAMETOOLONG|NETDOWN|NETRESET|NETUNREACH|NFILE|NOBUFS|NODEV|NOENT|NOEXEC|NOLCK|NOMEM|NOSPC|NOSYS|NOTCONN|\
            NOTDIR|NOTEMPTY|NOTFOUND|NOTSOCK|NXIO|OVERFLOW|PERM|PIPE|PROTO|RANGE|ROFS|SRCH|STALE|TIMEDOUT|WOULDBLOCK|XDEV";
        let signals = "ABRT|ALRM|BUS|CHLD|CONT|FPE|HUP|ILL|INT|IO|KILL|PIPE|PROF|QUIT|SEGV|STOP|SYS|TERM|TRAP|TSTP|\
            TTIN|TTOU|URG|USR1|USR2|WINCH|XCPU|XFSZ";
        let reasons = "CrashLoopBackOff|CreateContainerConfigError|DeadlineExceeded|ErrImagePull|FailedMount|\
            FailedScheduling|ImagePullBackOff|NodeNotReady|OOMKilled|OOMKiller|OutOfMemoryError";
        Regex::new(&format!(
            r"\b(?:E(?:{errors})|SIG(?:{signals})|NXDOMAIN|SERVFAIL|{reasons}|RFC ?\d{{3,5}}|(?:PR|MR) [#!]\d+)\b"
        ))
        .ok()
    });
    SYMBOL.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range())
}

/// Addresses with the scheme that a link has, where they stand as text: `mailto:a@b.co`
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"\b(?:mailto:[^\s<>|()"@]+@[A-Za-z0-9.-]*[A-Za-z0-9](?:\?[^\s<>|()"]+)?|tel:\+?[0-9][0-9.-]*[0-9])"#,
        )
        .ok()
    });
    ADDRESS.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range())
}

/// What stands between backticks where they are no markup.
fn shown_code(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`[^`\s](?:[^`\n]{0,100}[^`\s])?`").ok());
    SHOWN.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).filter(|range| {
        // `it`s` is an apostrophe.
        !text.get(..range.start).is_some_and(|before| before.ends_with(char::is_alphanumeric))
    })
}

/// `\newpage`, `\textbf`, `\name`: a backslash with a word behind it, where no line end is meant.
fn tex_commands(text: &str) -> impl Iterator<Item = Range<usize>> {
    static COMMAND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|[\s({\[])(\\[A-Za-z]{2,30})\b").ok());
    let found = COMMAND.iter().flat_map(|pattern| pattern.captures_iter(text)).filter_map(|found| found.get(1));
    found
        .map(|found| found.range())
        .filter(|range| text.get(range.clone()).is_some_and(|command| !command.starts_with("\\n") || is_tex(command)))
}

/// Commands of TeX that would begin with a line end (LaTeX 2e), and a word that stands for whatever it names.
fn is_tex(command: &str) -> bool {
    matches!(
        command,
        "\\nabla"
            | "\\name"
            | "\\ne"
            | "\\neg"
            | "\\neq"
            | "\\newcommand"
            | "\\newline"
            | "\\newpage"
            | "\\nocite"
            | "\\noindent"
            | "\\nolinebreak"
            | "\\nonumber"
            | "\\nopagebreak"
            | "\\normalsize"
            | "\\not"
            | "\\notin"
            | "\\nu"
    )
}

/// `\n`, `\r\n`, `\t` where they stand for line ends: not in a path.
fn line_ends(text: &str) -> impl Iterator<Item = Range<usize>> {
    static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:\\r)?(?:\\n)(?:\s*(?:\\r)?\\n|\\t)*").ok());
    ENDS.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).filter(move |range| {
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let word_start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = before.get(word_start..).unwrap_or_default();
        // `C:\new`, `\\server\name`, `src\lib\new`
        let mut letters = word.chars();
        let has_drive =
            letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':');
        let is_path = word.starts_with("\\\\") || (has_drive && word.contains(":\\")) || (has_drive && word.len() == 2);
        let last = before.chars().next_back();
        let next = after.chars().next();
        let is_apart = last.is_none_or(|last| !last.is_alphanumeric() && !matches!(last, '\\' | '/' | '_'))
            || next.is_none_or(|next| next.is_uppercase() || !next.is_alphanumeric())
            || text.get(range.clone()).is_some_and(|ends| ends.len() > 2);
        let command = text.get(range.start..).unwrap_or_default();
        let length = command.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count();
        let is_command = command.get(..=length).is_some_and(is_tex) && word.is_empty();
        !is_path && is_apart && !is_command
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        kept(text).into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn escaped_line_ends_are_found_and_paths_are_not() {
        assert_eq!(found(r"Dear users,\n\nwe restart it.\nPlease save."), [r"\n\n", r"\n"]);
        assert_eq!(found(r"one line\nTwo lines\r\nand three"), [r"\n", r"\r\n"]);
        for text in [r"C:\new\notes", r"D:\notes", r"\\server\new", r"src\new", "a\\b"] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn addresses_and_names_of_faults_are_kept() {
        assert_eq!(
            found("Write to mailto:a@b.co?subject=x or tel:+49-30-1, it got ECONNREFUSED, OOMKilled; RFC 2616, PR #12"),
            ["mailto:a@b.co?subject=x", "tel:+49-30-1", "ECONNREFUSED", "OOMKilled", "RFC 2616", "PR #12"]
        );
        assert_eq!(found("SIGNAL, EXIT, ERANGED and PR department; tel: none"), Vec::<&str>::new());
    }

    #[test]
    fn commands_of_tex_are_kept_and_end_no_lines() {
        assert_eq!(
            found(r"\newpage and \name, {\textbf bold}, then\nNext"),
            [r"\newpage", r"\name", r"\textbf", r"\n"]
        );
    }

    #[test]
    fn markup_that_a_text_shows_is_kept() {
        assert_eq!(
            found("The log shows <script>alert</script>, <br/> and &nbsp; or &#39; where"),
            ["<script>", "</script>", "<br/>", "&nbsp;", "&#39;"]
        );
        assert_eq!(found("5 < 7 and 9 > 8, R&D; AT&T, <3"), Vec::<&str>::new());
    }
}
