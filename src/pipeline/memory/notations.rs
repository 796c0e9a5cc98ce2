//! Patterns of the ways in which a translator may have written a fact's value: `5.000 $`, `14 208`, `22.54 h`,
//! `5/7/2024`, `desde las 10:54 hasta las 11:30`, `al mediodía`. The program writes one of them; in a text that
//! somebody else wrote, all of them mean the fact.
//!
//! A pattern has the value in it, so that nothing is read but what the source says. What says more than the source (a
//! half of the day, a weekday) is no such way.

mod moments;
mod words;

use regex::{Regex, RegexBuilder, escape};

use self::words::Words;
use polypost_core::document::fact::{DurationPart, Fact, Money, Number, RatePeriod, Scale, Unit, Value};
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;

/// Bytes of a compiled pattern: a span of two dates takes some hundred thousand.
const PATTERN_BYTES: usize = 4 * 1024 * 1024;

/// What people write in one locale.
pub(super) struct Notations<'run> {
    notation: &'run Notation<'run>,
    /// Without them, figures and symbols alone are read.
    words: Option<&'static Words>,
    /// Whether the month comes first where a date is all figures.
    month_first: bool,
}

impl<'run> Notations<'run> {
    pub(super) fn of(locale: &Locale, notation: &'run Notation<'run>) -> Self {
        // CLDR's short dates in the Spanish of Panama and Puerto Rico: `MM/dd/yy`.
        let month_first = matches!(locale.as_str(), "es-PA" | "es-PR");
        Self { notation, words: Words::of(locale.language()), month_first }
    }

    /// The ways to write a fact, in a text whose blanks, hyphens and apostrophes are the plain ones; `None` where there
    /// is no other than the source's and the program's own.
    pub(super) fn pattern(&self, fact: &Fact) -> Option<Regex> {
        let pattern = match &fact.value {
            Value::Number(number) => amount(number),
            Value::Percentage(number) => {
                let word = self.words.map_or("%", |words| words.percent);
                format!("{} ?(?:%|{word})", amount(number))
            }
            Value::Quantity { amount, unit } => self.measured(amount, *unit, &fact.source),
            Value::Duration(parts) => self.duration(parts),
            Value::Money(money) => self.money(money),
            Value::Ordinal(number) => format!(r"{number}{}", self.words?.ordinal),
            Value::Moment(moment) => self.words?.moment(moment, self.month_first)?,
            Value::Span(span) => self.words?.span(span, self.month_first)?,
            Value::Month(month) => self.words?.month(month)?,
            _ => return None,
        };
        RegexBuilder::new(&pattern).size_limit(PATTERN_BYTES).build().ok()
    }

    /// Whether what stands round a moment makes it another one, or one that the source does not name: `10:54` in
    /// `10:54 de la noche`, `5 de julio` in `viernes, 5 de julio`, `alle 13:52` in `fino alle 13:52`.
    pub(super) fn says_more(&self, fact: &Fact, before: &str, behind: &str) -> bool {
        let is_tied = match &fact.value {
            Value::Moment(moment) => moment.preposition.is_some(),
            Value::Span(span) => span.preposition.is_some(),
            _ => return false,
        };
        self.words.is_some_and(|words| words.goes_on(before, behind, is_tied))
    }

    /// `22,54 h`, `22.54h`, `22,54 horas`
    fn measured(&self, number: &Number, unit: Unit, source: &str) -> String {
        if let Unit::Per(period) = unit {
            return format!("{}{}", amount(number), self.per(number, period));
        }
        let name = self.unit_name(number, unit, source);
        let symbols = match unit {
            Unit::Millisecond => r"|ms",
            Unit::Second => r"|s|segs?\.?|sec\.?",
            Unit::Minute => r"|mins?\.?",
            Unit::Hour => r"|hs?|hrs?\.?",
            Unit::Day => "|d",
            // Rates, percentiles and multiples are read as the program writes them.
            Unit::Week
            | Unit::Month
            | Unit::Year
            | Unit::Symbol(_)
            | Unit::Per(_)
            | Unit::ScaledPer(..)
            | Unit::ThingsPer(..)
            | Unit::Percentile
            | Unit::Fold => "",
        };
        format!("{} ?(?:{name}{symbols})", amount(number))
    }

    /// `/mes`, `al mes`, `por hora`
    fn per(&self, number: &Number, period: RatePeriod) -> String {
        let name = self.unit_name(number, Unit::Per(period), "").replace('/', "");
        format!(r"(?: ?/ ?| (?:al|a la|por|cada|ao|à|alla|all['’]|per|a) ?){name}\p{{L}}*")
    }

    /// What the program writes behind the figure.
    fn unit_name(&self, number: &Number, unit: Unit, source: &str) -> String {
        if let Unit::Symbol(symbol) = unit {
            return escape(symbol);
        }
        let fact = Fact { source: source.to_owned(), value: Value::Quantity { amount: number.clone(), unit } };
        let written = self.notation.fact(&fact);
        let name = written.trim_start_matches(|character: char| !character.is_alphabetic() && character != '/');
        format!("(?i:{})", escape(name))
    }

    fn duration(&self, parts: &[DurationPart]) -> String {
        let and = self.words.map_or("&", |words| words.and);
        let parts: Vec<String> = parts.iter().map(|part| self.measured(&part.amount, part.unit, "")).collect();
        parts.join(&format!("(?:,? {and} |,? )"))
    }

    /// `5.000 $`, `$ 5.000`, `5000 USD`, `1,2 M €`
    fn money(&self, money: &Money) -> String {
        let currency = escape(&money.currency);
        let scale = match (money.scale, self.words) {
            (None, _) => String::new(),
            (Some(Scale::Million), Some(words)) => format!(" ?(?:{})(?: de| di)?", words.million),
            (Some(Scale::Billion), Some(words)) => format!(" ?(?:{})(?: de| di)?", words.billion),
            (Some(Scale::Letters(letters)), _) => format!(" ?{}", escape(letters)),
            // No figure is followed by this.
            (Some(_), None) => r"\b\B".to_owned(),
        };
        let figure = format!("{}{scale}", amount(&money.amount));
        let per = money.per.map(|period| self.per(&money.amount, period)).unwrap_or_default();
        format!("(?:{figure} ?{currency}|{currency} ?{figure}){per}")
    }
}

/// A figure with its thousands in groups or not, and either mark for its fraction: `14.208`, `14 208`, `14208`; one
/// mark is never both.
fn amount(number: &Number) -> String {
    let (sign, digits) =
        number.decimal.strip_prefix('-').map_or(("", number.decimal.as_str()), |digits| ("[-−]", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let fraction = |marks: &str| fraction.map(|digits| format!("{marks}{digits}")).unwrap_or_default();
    let first = whole.len() % 3;
    let groups: Vec<&str> = [whole.get(..first).unwrap_or_default()]
        .into_iter()
        .chain((first..whole.len()).step_by(3).map(|at| whole.get(at..at + 3).unwrap_or_default()))
        .filter(|group| !group.is_empty())
        .collect();
    let mut ways: Vec<String> = Vec::new();
    if groups.len() > 1 && !whole.starts_with('0') {
        for (joint, marks) in [(r"\.", ","), (",", r"\."), (" ", "[.,]"), ("'", "[.,]")] {
            ways.push(groups.join(joint) + &fraction(marks));
        }
    }
    ways.push(whole.to_owned() + &fraction("[.,]"));
    format!("{sign}(?:{})", ways.join("|"))
}
