//! Facts in running text: what must never pass through an engine, with its value.
//!
//! Recognition is English (the source locale of reports). Whatever contains a digit is a fact of some kind, so that
//! no figure ever reaches an engine. What is recognised but cannot be read with certainty is [`Value::Verbatim`]:
//! written back exactly as it stood.

mod address;
mod calendar;
mod clock;
mod clock_words;
mod coded;
mod connector;
mod date;
mod date_part;
mod duration;
mod effort;
mod evidence;
mod figure;
mod half;
mod identifier;
mod joined;
mod kept;
mod keys;
mod label;
mod labelled;
mod language;
mod lexicon;
mod line;
mod moment;
mod money;
mod name;
mod network;
mod number;
mod ordering;
mod owner;
mod pair;
mod person;
mod possessive;
mod preposition;
mod range;
mod rate;
mod reading;
mod search;
mod slash;
mod span;
mod symbol;
mod template;
mod term;
mod tied;
mod token;
mod usage;
mod weekday;
mod whole_month;
mod word;
mod years;
mod zone;
mod zone_label;
mod zone_note;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::finding::Finding;

pub use calendar::{
    Date, DateOrder, Days, Elsewhere, Kept, Moment, Month, MonthPart, Name, NameJoint, Names, Preposition, Time,
    TimeSpan, ZoneNote,
};
pub use coded::lists_codes;
pub use evidence::{bare_decimal, says_amount};
pub use language::timestamp_line_in;
pub use lexicon::{Case, Entry, Lexicon, Meaning, Rendered, TermUsage};
pub use line::timestamp_line;
pub use ordering::Numbered;
pub use owner::is_owner;
pub use person::{is_person, names_people};
pub use possessive::owned;
pub use rate::RatePeriod;
pub use search::{find, find_at};
pub use term::{Article, Gender, GrammaticalNumber, Term};
pub use usage::{describes, ends_noun_phrase};
pub use word::is_day_or_month;
pub use years::mark_slips;

/// A fact and where it stands in the text that was searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Bytes of the searched text.
    pub range: Range<usize>,
    pub fact: Fact,
    /// What the fact itself gives cause to remark: `impossible-date`, `weekday-disagrees`.
    pub finding: Option<Finding>,
}

/// One fact: as written in the source, and as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub source: String,
    pub value: Value,
}

/// What a fact means, as far as rendering it in another notation needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A date, a clock time, or both.
    Moment(Moment),
    /// `from … to …`, `between … and …`, `10:54–13:36 UTC`.
    Span(TimeSpan),
    /// `July 5, 6 and 7, 2024`
    Days(Days),
    /// `in July 2024`, `early July`, `Sept.`
    Month(Month),
    /// `on Wed.`, `Mon-Fri`, `Thursday the 5th`, `Jan-Mar`
    Names(Names),
    /// `All times are in UTC`
    ZoneNote(ZoneNote),
    Number(Number),
    Percentage(Number),
    /// An amount of something counted in known units: `30 minutes`, `1.5 GB`.
    Quantity {
        amount: Number,
        unit: Unit,
    },
    /// `2 hours and 15 minutes`, `2h 15m`: two or more parts, each in a smaller unit than the one before.
    Duration(Vec<DurationPart>),
    Money(Money),
    Ordinal(u32),
    /// `No. 4711`
    Numbered(Numbered),
    /// A term of the glossary, which has one rendering.
    Term(Arc<Term>),
    /// Written back exactly as it stood.
    Verbatim(Verbatim),
}

impl Value {
    /// The kind's name: what one fact has in common with another that may stand in its place.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Moment(_) => "moment",
            Self::Span(_) => "span",
            Self::Days(_) => "days",
            Self::Month(_) => "month",
            Self::Names(_) => "names",
            Self::ZoneNote(_) => "zone note",
            Self::Number(_) => "number",
            Self::Percentage(_) => "percentage",
            Self::Quantity { .. } => "quantity",
            Self::Duration(_) => "duration",
            Self::Money(_) => "money",
            Self::Ordinal(_) => "ordinal",
            Self::Numbered(_) => "numbered",
            Self::Term(_) => "term",
            Self::Verbatim(verbatim) => verbatim.kind(),
        }
    }

    /// What stands for the fact where texts are compared: its kind, for a term with the term and its rendering, so that
    /// a text is another one as soon as a term in it is.
    #[must_use]
    pub fn key(&self) -> Cow<'static, str> {
        match self {
            Self::Term(term) => Cow::Owned(format!("term {}={}", term.name, term.rendering)),
            value => Cow::Borrowed(value.kind()),
        }
    }
}

/// Facts that are the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verbatim {
    Url,
    Email,
    /// Inline code and other inline content that is kept byte for byte.
    Code,
    /// Ticket, error and region codes, hostnames, paths, hashes, IP addresses, environment variables.
    Identifier,
    Version,
    /// A name from the glossary file.
    Name,
    /// Characters that no engine handles: emoji, `#`, `<`, placeholder look-alikes, control characters.
    Symbol,
    /// A date, time or number that is not certain enough to be rewritten.
    Uncertain,
}

impl Verbatim {
    fn kind(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Email => "email",
            Self::Code => "code",
            Self::Identifier => "identifier",
            Self::Version => "version",
            Self::Name => "name",
            Self::Symbol => "symbol",
            Self::Uncertain => "uncertain",
        }
    }
}

/// A decimal figure: digits, perhaps with a point, no grouping; and how it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// `-?[0-9]+(\.[0-9]+)?`
    pub decimal: String,
    /// Whether the source grouped its thousands (`1,204`); then the target does too.
    pub grouped: bool,
}

/// One part of a duration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DurationPart {
    /// What stands between the part before and this one.
    pub joint: Joint,
    pub amount: Number,
    pub unit: Unit,
}

/// What joins two parts of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Joint {
    Space,
    Comma,
    And,
    /// Written with letters only, `2h 15m`: so is the rendering, with the symbols of ISO 80000-3.
    Symbols,
}

/// An amount of money. The currency is never converted, and its sign or code never changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// `$`, `US$`, `€`, `USD`
    pub currency: String,
    pub amount: Number,
    pub scale: Option<Scale>,
    /// `$5/month`
    pub per: Option<RatePeriod>,
}

/// A word that multiplies an amount; in English a billion is a thousand millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    Million,
    Billion,
    /// Glued to the amount, and kept so: `$1.2M`, `£5.9k`.
    Letters(&'static str),
}

/// Units that the bundles have words for, and symbols that need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// A symbol that is the same in every language: `GB`, `ms`, `Mbps`.
    Symbol(&'static str),
    /// So many in each of these: `5,000/day`.
    Per(RatePeriod),
    /// The same with a letter that multiplies the figure: `1.2M/day`.
    ScaledPer(&'static str, RatePeriod),
    /// So many of what the key in the bundles names: `2.5 errors/s`.
    ThingsPer(&'static str, RatePeriod),
    /// `99.9th percentile`
    Percentile,
    /// `3-fold`
    Fold,
}

/// A line that is nothing but moments: `July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT`.
#[derive(Clone, Debug, PartialEq)]
pub struct TimestampLine {
    /// The line as written, without the space around it.
    pub source: String,
    /// One or more sides, in the order written.
    pub sides: Vec<Moment>,
    /// What stands between them, with its spaces; one less than there are sides.
    pub separators: Vec<String>,
    /// Set where the sides are not the same instant, a date does not exist or falls on another weekday than written, or
    /// its year is a slip ([`mark_slips`]): the line is then kept as written.
    pub finding: Option<Finding>,
}
