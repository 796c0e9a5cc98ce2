//! Where a currency and the sign of per cent stand in each locale: what ICU4X has no stable formatter for yet.
//! Source: CLDR as Babel 2.19 has it, `numbers/currencyFormats/standard` and `numbers/percentFormats`; a space there is a no-break one.

use crate::locale::Locale;

/// How a locale sets amounts of money and percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patterns {
    money: &'static str,
    percent: &'static str,
}

/// Currency first, as in English.
const FIRST: &str = "¤#";
const FIRST_APART: &str = "¤\u{A0}#";
const LAST: &str = "#\u{A0}¤";
const GLUED: &str = "#%";
const APART: &str = "#\u{A0}%";

const PATTERNS: &[(&str, &str, &str)] = &[
    ("ar", LAST, GLUED),
    ("bg", LAST, GLUED),
    ("ca", LAST, APART),
    ("cs", LAST, APART),
    ("da", LAST, APART),
    ("de", LAST, APART),
    ("de-AT", FIRST_APART, APART),
    ("de-CH", FIRST_APART, GLUED),
    ("de-LI", FIRST_APART, GLUED),
    ("el", LAST, GLUED),
    ("en", FIRST, GLUED),
    ("es", LAST, APART),
    ("es-419", FIRST, GLUED),
    ("es-PE", FIRST_APART, GLUED),
    ("es-PY", FIRST_APART, GLUED),
    ("es-UY", FIRST_APART, GLUED),
    ("et", LAST, GLUED),
    ("eu", LAST, "%\u{A0}#"),
    ("fa", FIRST_APART, GLUED),
    ("fi", LAST, APART),
    ("fr", LAST, APART),
    ("fr-CH", LAST, GLUED),
    ("gl", LAST, APART),
    ("he", LAST, GLUED),
    ("hr", LAST, APART),
    ("hu", LAST, GLUED),
    ("it", LAST, GLUED),
    ("it-CH", FIRST_APART, GLUED),
    ("lt", LAST, APART),
    ("lv", LAST, GLUED),
    ("nb", LAST, APART),
    ("nl", FIRST_APART, GLUED),
    ("no", LAST, APART),
    ("pl", LAST, GLUED),
    ("pt", FIRST_APART, GLUED),
    ("pt-PT", LAST, GLUED),
    ("ro", LAST, APART),
    ("ru", LAST, APART),
    ("sk", LAST, APART),
    ("sl", LAST, APART),
    ("sr", LAST, GLUED),
    ("sv", LAST, APART),
    ("tr", FIRST, "%#"),
    ("uk", LAST, GLUED),
    ("vi", LAST, GLUED),
];

impl Patterns {
    /// Those of the locale or its nearest parent; English ones where CLDR's are not in the table.
    pub(super) fn of(locale: &Locale) -> Self {
        let known = locale.chain().into_iter().find_map(|locale| {
            PATTERNS.iter().find(|(tag, ..)| *tag == locale.as_str()).map(|(_, money, percent)| (*money, *percent))
        });
        let (money, percent) = known.unwrap_or((FIRST, GLUED));
        Self { money, percent }
    }

    /// `1200,50 €`, `$1,200.50`. A currency's letters never touch the figure (CLDR's `currencySpacing`).
    pub(super) fn money(self, amount: &str, currency: &str) -> String {
        let is_code = currency.chars().all(char::is_alphabetic);
        let pattern = if self.money == FIRST && is_code { FIRST_APART } else { self.money };
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
