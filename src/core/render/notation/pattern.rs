//! Where a currency and the sign of per cent stand in each locale.

use crate::language::{AmountPattern, CURRENCY_BEFORE, CURRENCY_BEFORE_APART, Language};
use crate::locale::Locale;

/// Percentages in English.
const PERCENT: &str = "#%";

/// How a locale sets amounts of money and percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patterns {
    money: &'static str,
    percent: &'static str,
}

impl Patterns {
    /// Those of the locale or its nearest parent; English ones where its language's pack has none.
    pub(super) fn of(locale: &Locale) -> Self {
        let known = locale
            .chain()
            .into_iter()
            .find_map(|locale| Language::of(&locale).amounts.iter().find(|pattern| pattern.tag == locale.as_str()));
        let english = Self { money: CURRENCY_BEFORE, percent: PERCENT };
        known.map_or(english, |AmountPattern { money, percent, .. }| Self { money, percent })
    }

    /// `1200,50 €`, `$1,200.50`. A currency's letters never touch the figure (CLDR's `currencySpacing`).
    pub(super) fn money(self, amount: &str, currency: &str) -> String {
        let is_code = currency.chars().all(char::is_alphabetic);
        let pattern = if self.money == CURRENCY_BEFORE && is_code { CURRENCY_BEFORE_APART } else { self.money };
        pattern.replace('#', amount).replace('¤', currency)
    }

    /// `4,5 %`
    pub(super) fn percent(self, amount: &str) -> String {
        self.percent.replace('#', amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_without_a_line_has_its_parents_patterns() {
        let patterns = |tag: &str| Patterns::of(&tag.parse().unwrap());
        assert_eq!(patterns("es-MX"), patterns("es-419"));
        assert_eq!(patterns("es-ES"), patterns("es"));
        assert_eq!(patterns("pt-AO"), patterns("pt-PT"));
        assert_eq!(patterns("ja"), patterns("en"));
        assert_eq!(patterns("es-US").money("1,200.50", "$"), "$1,200.50");
        assert_eq!(patterns("es-US").money("5", "USD"), "USD\u{A0}5");
        assert_eq!(patterns("pt-BR").money("5", "R$"), "R$\u{A0}5");
        assert_eq!(patterns("tr").percent("5"), "%5");
    }
}
