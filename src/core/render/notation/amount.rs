//! How quantities, durations, percentages, money and ordinals are spelled in the reader's language. Nothing is
//! converted: the value, unit and currency are the source's.

use super::FactFormatter;
use crate::document::fact::{DurationPart, Joint, Money, Number, Numbered, RatePeriod, Scale, Unit};
use crate::l10n::Argument;

impl FactFormatter<'_> {
    pub(super) fn quantity(&self, amount: &Number, unit: Unit, source: &str) -> String {
        let figure = self.figures.number(amount);
        let key = match unit {
            Unit::Millisecond => "millisecond",
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Percentile => "percentile",
            Unit::Fold => "fold",
            Unit::Symbol(symbol) => {
                let before = source.strip_suffix(symbol).unwrap_or_default();
                let glued = before.ends_with(|character: char| character.is_ascii_digit());
                return if glued { format!("{figure}{symbol}") } else { format!("{figure} {symbol}") };
            }
            Unit::Per(period) => return format!("{figure}/{}", self.period(period)),
            Unit::ScaledPer(scale, period) => return format!("{figure}{scale}/{}", self.period(period)),
            Unit::ThingsPer(thing, period) => {
                let arguments = [("thing", Argument::Text(thing)), ("count", count(amount))];
                return format!("{figure} {}/{}", self.word("fact-things", &arguments), self.period(period));
            }
        };
        let arguments = [("amount", Argument::Text(&figure)), ("count", count(amount))];
        self.word(&format!("fact-unit-{key}"), &arguments)
    }

    /// What stands behind the slash: the symbol of ISO 80000-3, or the language's word where there is none.
    fn period(&self, period: RatePeriod) -> String {
        let key = match period {
            RatePeriod::Second => return "s".to_owned(),
            RatePeriod::Minute => return "min".to_owned(),
            RatePeriod::Hour => return "h".to_owned(),
            RatePeriod::Day => "day",
            RatePeriod::Week => "week",
            RatePeriod::Month => "month",
            RatePeriod::Year => "year",
        };
        let arguments = [("amount", Argument::Text("")), ("count", Argument::Number(1.0))];
        self.word(&format!("fact-unit-{key}"), &arguments).trim().to_owned()
    }

    /// `2 horas y 15 minutos`, `2 h 15 min`
    pub(super) fn duration(&self, parts: &[DurationPart]) -> String {
        let mut text = String::new();
        for part in parts {
            let written = match part.joint {
                Joint::Symbols => format!("{}\u{A0}{}", self.figures.number(&part.amount), symbol(part.unit)),
                Joint::Space | Joint::Comma | Joint::And => self.quantity(&part.amount, part.unit, ""),
            };
            text = match part.joint {
                _ if text.is_empty() => written,
                Joint::Space | Joint::Symbols => format!("{text} {written}"),
                Joint::Comma => format!("{text}, {written}"),
                Joint::And => {
                    self.word("fact-and", &[("start", Argument::Text(&text)), ("end", Argument::Text(&written))])
                }
            };
        }
        text
    }

    pub(super) fn percentage(&self, number: &Number) -> String {
        self.figures.patterns.percent(&self.figures.number(number))
    }

    /// `1200,50 €`, `1,2 millones de USD`, `1,2M $`, `5 $/mes`
    pub(super) fn money(&self, money: &Money) -> String {
        let amount = self.plain_money(money);
        money.per.map_or(amount.clone(), |period| format!("{amount}/{}", self.period(period)))
    }

    fn plain_money(&self, money: &Money) -> String {
        let figure = self.figures.number(&money.amount);
        let scaled = match money.scale {
            Some(Scale::Letters(letters)) => Some(format!("{figure}{letters}")),
            _ => None,
        };
        let amount_text = scaled.as_deref().unwrap_or(&figure);
        let arguments = [("amount", Argument::Text(amount_text)), ("currency", Argument::Text(&money.currency))];
        let [amount, currency] = arguments;
        match money.scale {
            None | Some(Scale::Letters(_)) => self.figures.patterns.money(amount_text, &money.currency),
            Some(Scale::Million) => {
                self.word("fact-money-million", &[amount, currency, ("count", count(&money.amount))])
            }
            Some(Scale::Billion) => {
                self.word("fact-money-billion", &[amount, currency, ("count", count(&money.amount))])
            }
        }
    }

    /// `n.º 4711`
    pub(super) fn numbered(&self, numbered: &Numbered) -> String {
        let key = if numbered.plural { "fact-number-signs" } else { "fact-number-sign" };
        let number = if numbered.colon { format!("\u{1}{}", numbered.number) } else { numbered.number.clone() };
        // The colon stands behind the sign, whatever parts sign and number.
        let text = self.word(key, &[("number", Argument::Text(&number))]);
        text.replace(" \u{1}", ": ").replace('\u{1}', "")
    }

    pub(super) fn ordinal(&self, number: u32) -> String {
        let ending = match (number % 10, number % 100) {
            (_, 11..=13) => 0,
            (last @ 1..=3, _) => last,
            _ => 0,
        };
        let figure = number.to_string();
        let arguments = [("number", Argument::Text(&figure)), ("ending", Argument::Number(f64::from(ending)))];
        self.word("fact-ordinal", &arguments)
    }
}

/// What selects the plural. The sign does not change the noun; what is no number selects the general form.
fn count(amount: &Number) -> Argument<'static> {
    Argument::Number(amount.decimal.trim_start_matches('-').parse().unwrap_or(f64::MAX))
}

/// The symbols of ISO 80000-3, which are the same in every language.
fn symbol(unit: Unit) -> &'static str {
    match unit {
        Unit::Millisecond => "ms",
        Unit::Second => "s",
        Unit::Minute => "min",
        Unit::Hour => "h",
        Unit::Day => "d",
        // There are no symbols for these, and no duration has them in symbols.
        Unit::Week => "wk",
        Unit::Month => "mo",
        Unit::Year => "a",
        Unit::Symbol(symbol) => symbol,
        Unit::Per(_) | Unit::ScaledPer(..) | Unit::ThingsPer(..) | Unit::Percentile | Unit::Fold => "",
    }
}
