//! `Accept-Language` (RFC 9110 section 12.5.4). Whatever is sent, reading it never fails and its work is bounded:
//! malformed members are skipped.

use super::Locale;
use super::weighted::{Weighted, weighted};

/// Browsers send well under 200 bytes.
const LONGEST_HEADER: usize = 1024;
const MOST_MEMBERS: usize = 32;

/// The locales that an `Accept-Language` header asks for: by falling weight, equals in the order sent.
///
/// `q=0` excludes a member, `*` asks for nothing in particular and is ignored, and so is everything that is not a
/// language range with at most a weight. Repeated locales stand once. Only the header's first 1024 bytes and 32
/// members are read.
#[must_use]
pub fn accept_language(header: &str) -> Vec<Locale> {
    let mut ranges: Vec<(u16, Locale)> =
        weighted(bounded(header)).take(MOST_MEMBERS).filter_map(wanted).filter(|(weight, _)| *weight > 0).collect();
    // A stable sort: equal weights stay in the order sent.
    ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut locales: Vec<Locale> = Vec::with_capacity(ranges.len());
    for (_, locale) in ranges {
        if !locales.contains(&locale) {
            locales.push(locale);
        }
    }
    locales
}

/// The members that lie completely within the first [`LONGEST_HEADER`] bytes.
fn bounded(header: &str) -> &str {
    if header.len() <= LONGEST_HEADER {
        return header;
    }
    let head = &header[..header.floor_char_boundary(LONGEST_HEADER)];
    head.rsplit_once(',').map_or("", |(whole, _)| whole)
}

/// The locale of an element, with its weight in thousandths.
fn wanted(element: Weighted<'_>) -> Option<(u16, Locale)> {
    let weight = element.weight.filter(|_| !element.has_parameters && element.value != "*")?;
    Some((weight, element.value.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn expect(header: &str, wanted: &str) {
        let found: Vec<String> = accept_language(header).iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), wanted, "{header}");
    }

    #[test]
    fn quality_orders_and_equals_keep_their_order() {
        expect("da, en-GB;q=0.8, en;q=0.7", "da en-GB en");
        expect("en;q=0.5, it, es", "it es en");
        expect("en;q=0.5,it;q=0.55,es;q=0.555", "es it en");
        expect("es-MX,es;q=0.9,en-US;q=0.8,en;q=0.7", "es-MX es en-US en");
        expect("fr ; Q=0.1 , de\t;\tq = 1.000", "de fr");
    }

    #[test]
    fn nothing_is_asked_for_by_zero_and_star() {
        expect("es;q=0, it", "it");
        expect("es;q=0.000, it;q=0.001", "it");
        expect("*, it;q=0.5", "it");
        expect("*", "");
        expect("", "");
    }

    #[test]
    fn malformed_members_are_skipped() {
        expect("it;q=2, es;q=1.001, fr;q=.5, de;q=0.1234, en;q=x, nl;p=1, pl;q=-1, ro;q, sv;q=0.5;a=b, es", "es");
        expect("i-klingon, zh-cmn-hans-cn, ../../x, es", "es");
        expect(",,;;==,\u{0}, ñ, es-MX", "es-MX");
        expect("iw, en_us, EN-us", "he en-US");
    }

    #[test]
    fn work_is_bounded() {
        let many = (0..5_000).map(|number| format!("en-{:03}", number % 1000)).collect::<Vec<_>>().join(",");
        assert_eq!(accept_language(&many).len(), MOST_MEMBERS);
        assert_eq!(accept_language(&"e".repeat(100_000)), []);
        assert_eq!(accept_language(&format!("es,{}", "é".repeat(10_000))), ["es".parse().unwrap()]);
    }

    proptest! {
        #[test]
        fn no_header_panics(header in "\\PC{0,200}") {
            prop_assert!(accept_language(&header).len() <= MOST_MEMBERS);
        }

        #[test]
        fn no_plausible_header_panics(header in "([a-zA-Z*]{0,9}[-_;,.=q0-9 ]{0,4}){0,60}") {
            let locales = accept_language(&header);
            prop_assert!(locales.len() <= MOST_MEMBERS);
            if locales.iter().all(|locale| locale.language() != "und") {
                prop_assert_eq!(super::super::negotiate(&locales, &locales), locales.first().cloned());
            }
        }
    }
}
