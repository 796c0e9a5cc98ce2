//! What a command says: data to stdout, words to stderr. Colours only on terminals; nothing panics when the reader of
//! a pipe goes away; and no text that came from outside moves the cursor. Where the log is JSON the words are, too, a
//! document a line as the log's, so that whatever collects stderr can read all of it.

use std::fmt::Display;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table, presets};
use owo_colors::OwoColorize as _;
use serde::Serialize;

use polypost_core::clock::{Clock as _, System};
use polypost_store::State;

/// The fewest columns into which a table is squeezed.
const NARROWEST: u16 = 60;

/// Whose words they are, as the log names modules.
const TARGET: &str = "polypost::cli";

/// Where a command speaks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Terminal {
    /// Only errors and data.
    pub(super) quiet: bool,
    /// Words as JSON (`log.format`).
    pub(super) as_json: bool,
}

/// What words are.
#[derive(Clone, Copy)]
enum Kind {
    Note,
    Warning,
    Error,
    Hint,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Hint => "hint",
        }
    }

    /// As the log has it.
    fn level(self) -> &'static str {
        match self {
            Self::Note | Self::Hint => "INFO",
            Self::Warning => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// A line of words in the log's form.
#[derive(Serialize)]
struct Line<'text> {
    timestamp: String,
    level: &'static str,
    target: &'static str,
    kind: &'static str,
    message: &'text str,
}

#[expect(clippy::unused_self, reason = "one voice, whether or not what it says depends on the options")]
impl Terminal {
    /// A line of data.
    ///
    /// # Errors
    /// Where stdout cannot be written; a reader that has gone away is `BrokenPipe`, which ends the command quietly.
    pub(super) fn data(self, text: impl Display) -> io::Result<()> {
        let mut stdout = anstream::stdout().lock();
        writeln!(stdout, "{text}")?;
        stdout.flush()
    }

    /// The one JSON document of a `--json` command.
    ///
    /// # Errors
    /// As [`Terminal::data`].
    pub(super) fn json<T: Serialize>(self, value: &T) -> anyhow::Result<()> {
        Ok(self.data(serde_json::to_string_pretty(value)?)?)
    }

    /// Words; nobody minds if they are not heard.
    pub(super) fn note(self, text: impl Display) {
        if !self.quiet {
            self.say(Kind::Note, &text);
        }
    }

    pub(super) fn warn(self, text: impl Display) {
        self.say(Kind::Warning, &text);
    }

    pub(super) fn error(self, text: impl Display) {
        self.say(Kind::Error, &text);
    }

    pub(super) fn hint(self, text: impl Display) {
        self.say(Kind::Hint, &text);
    }

    fn say(self, kind: Kind, text: &dyn Display) {
        if self.as_json {
            let timestamp = format!("{:.6}", System.now());
            let (level, kind, message) = (kind.level(), kind.word(), text.to_string());
            let line = Line { timestamp, level, target: TARGET, kind, message: message.trim() };
            if let Ok(line) = serde_json::to_string(&line) {
                let _ = writeln!(io::stderr().lock(), "{line}");
            }
            return;
        }
        let mut stderr = anstream::stderr().lock();
        let _ = match kind {
            Kind::Note => writeln!(stderr, "{text}"),
            Kind::Warning => writeln!(stderr, "{}: {text}", kind.word().yellow().bold()),
            Kind::Error => writeln!(stderr, "{}: {text}", kind.word().red().bold()),
            Kind::Hint => writeln!(stderr, "{}: {text}", kind.word().cyan().bold()),
        };
    }

    /// Whether somebody can answer a question, and sees a bar that moves.
    #[must_use]
    pub(super) fn is_interactive(self) -> bool {
        !self.as_json && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks a yes-or-no question; anything but `y` and `yes` is no.
    ///
    /// # Errors
    /// Where the answer cannot be read.
    pub(super) fn confirm(self, question: &str) -> io::Result<bool> {
        let mut stderr = anstream::stderr().lock();
        write!(stderr, "{question} [y/N] ")?;
        stderr.flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

/// An empty table with these headings: aligned by spaces, readable without colour, as wide as the terminal at most.
#[must_use]
pub(super) fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never {
        table.force_no_tty();
    }
    // Some terminals say that they have no width at all.
    if table.width().is_some_and(|width| width >= NARROWEST) {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table.set_header(headings.iter().map(|heading| Cell::new(heading.to_uppercase()).add_attribute(Attribute::Bold)));
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// A table's lines without blanks at their ends.
#[must_use]
pub(super) fn lines(table: &Table) -> String {
    table.trim_fmt()
}

/// A state's cell, in the state's colour.
#[must_use]
pub(super) fn state_cell(state: State) -> Cell {
    let color = match state {
        State::Current => Color::Green,
        State::Partial | State::Stale | State::Held => Color::Yellow,
        State::Failed => Color::Red,
        State::Pending | State::Translating => Color::Cyan,
    };
    Cell::new(state_word(state)).fg(color)
}

/// A state as INTERFACE section 1 writes it.
#[must_use]
pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Pending => "pending",
        State::Translating => "translating",
        State::Current => "current",
        State::Stale => "stale",
        State::Partial => "partial",
        State::Failed => "failed",
        State::Held => "held",
    }
}

/// The text on one line without control characters.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// The text as it may be shown to people: line breaks stay, other control characters go where stdout is a terminal.
#[must_use]
pub(super) fn shown(text: &str) -> String {
    if !io::stdout().is_terminal() {
        return text.to_owned();
    }
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_word_of_the_contract() {
        let states = [
            State::Pending,
            State::Translating,
            State::Current,
            State::Stale,
            State::Partial,
            State::Failed,
            State::Held,
        ];
        for state in states {
            assert_eq!(serde_json::to_value(state).expect("serialises"), state_word(state));
        }
    }

    #[test]
    fn foreign_text_cannot_move_the_cursor() {
        assert_eq!(plain("a\u{1b}[2Jb\nc"), "a [2Jb c");
    }

    #[test]
    fn tables_align_by_display_width() {
        let mut table = table(&["id", "title"]);
        table.add_row(["a", "日本語"]).add_row(["longer", "x"]);
        let lines: Vec<String> = lines(&table).lines().map(str::to_owned).collect();
        assert_eq!(lines, ["ID      TITLE", "a       日本語", "longer  x"]);
    }
}
