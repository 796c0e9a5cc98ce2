//! No symbol is added: a pictograph, an arrow or a mathematical sign says something that the source does not, and emoji
//! are how orders to a translator show that they were followed.

use std::collections::HashMap;

use icu::properties::props::{ExtendedPictographic, GeneralCategory};
use icu::properties::{CodePointMapData, CodePointMapDataBorrowed, CodePointSetData, CodePointSetDataBorrowed};

use crate::finding::{Finding, Severity};
use crate::language::Trait;

use super::subject::HOLE;
use super::{Check, Subject};

const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();
const PICTOGRAPHS: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<ExtendedPictographic>();

/// Symbols that a language writes for words or other signs, with what the source has to have for them in lower case.
const WRITTEN_FOR: [(char, &[&str]); 14] = [
    ('№', &["no.", "number", "nr.", "#"]),
    ('→', &["->", "=>", ">"]),
    ('←', &["<-"]),
    ('⇒', &["=>"]),
    ('≤', &["<=", "at most", "up to"]),
    ('≥', &[">=", "at least"]),
    ('≠', &["!=", "<>"]),
    ('±', &["+/-", "+-"]),
    ('×', &[" x ", "x", "*"]),
    ('©', &["(c)"]),
    ('®', &["(r)"]),
    ('™', &["(tm)"]),
    ('+', &["more than", "over", "plus", "and"]),
    ('=', &["equal"]),
];

pub(super) struct Symbols;

impl Check for Symbols {
    fn name(&self) -> &'static str {
        "symbols"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let target = &subject.target.free;
        // People may have their reasons.
        if !subject.by_engine || !target.contains(is_symbol) {
            return Vec::new();
        }
        let mut left: HashMap<char, usize> = HashMap::new();
        for symbol in subject.source.free.chars().filter(|character| is_symbol(*character)) {
            *left.entry(symbol).or_default() += 1;
        }
        *left.entry('→').or_default() += subject.labels();
        let mut is_added = |symbol: &char| match left.get_mut(symbol) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => !is_written_for(*symbol, subject),
        };
        match target.chars().filter(|character| is_symbol(*character)).find(|symbol| is_added(symbol)) {
            Some(symbol) => {
                let message = format!("the translation adds the symbol `{symbol}` (U+{:04X})", u32::from(symbol));
                self.finding(Severity::Block, message)
            }
            None => Vec::new(),
        }
    }
}

/// Whether a character is a symbol or a pictograph. Signs of amounts are the matter of the figures, accents that stand
/// alone are one of spelling.
fn is_symbol(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, '+' | '<' | '=' | '>' | '|' | '~');
    }
    character != HOLE
        && character != '°'
        && (matches!(CATEGORY.get(character), GeneralCategory::OtherSymbol | GeneralCategory::MathSymbol)
            || PICTOGRAPHS.contains(character)
            || matches!(character, '\u{1F3FB}'..='\u{1F3FF}'))
}

/// Whether the source has what the target's language writes the symbol for.
fn is_written_for(symbol: char, subject: &Subject<'_>) -> bool {
    // Chinese, Japanese and Korean write spans with a full-width tilde.
    if symbol == '\u{FF5E}' {
        return subject.language().is(Trait::WideTilde);
    }
    let written = WRITTEN_FOR.iter().find(|(written, _)| *written == symbol);
    written.is_some_and(|(_, for_what)| for_what.iter().any(|what| subject.source.lower.contains(what)))
}
