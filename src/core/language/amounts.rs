//! The shape of how amounts of money and percentages are set: what ICU4X has no stable formatter for yet.
//!
//! Source: CLDR as Babel 2.19 has it, `numbers/currencyFormats/standard` and `numbers/percentFormats`; a space there is
//! a no-break one.

/// How one locale sets amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountPattern {
    /// The tag of a language or of one of its regions; regions below it are set alike.
    pub tag: &'static str,
    /// `¤` stands for the currency, `#` for the figure.
    pub money: &'static str,
    /// `#` stands for the figure.
    pub percent: &'static str,
}

/// Currency first, as in English.
pub const CURRENCY_BEFORE: &str = "¤#";
/// The same, with a space.
pub const CURRENCY_BEFORE_APART: &str = "¤\u{A0}#";

pub(super) const FIRST: &str = CURRENCY_BEFORE;
pub(super) const FIRST_APART: &str = CURRENCY_BEFORE_APART;
pub(super) const LAST: &str = "#\u{A0}¤";
pub(super) const GLUED: &str = "#%";
pub(super) const APART: &str = "#\u{A0}%";

pub(super) const fn pattern(tag: &'static str, money: &'static str, percent: &'static str) -> AmountPattern {
    AmountPattern { tag, money, percent }
}
