//! What a server can translate: its list of pairs and two locales come in, the legs to walk go out. A chain is never
//! longer than two legs.

use std::collections::BTreeSet;
use std::fmt;

use super::codes;
use crate::locale::Locale;

/// One pair that the server has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Leg {
    pub source: String,
    pub target: String,
}

impl fmt::Display for Leg {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}|{}", self.source, self.target)
    }
}

/// The pairs that a server listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(pub BTreeSet<Leg>);

impl Pairs {
    /// The direct pair, else the legs by way of the first pivot that has both.
    pub(super) fn legs(&self, source: &Locale, target: &Locale, pivots: &[Locale]) -> Option<Vec<Leg>> {
        let (sources, targets) = (codes::candidates(source), codes::candidates(target));
        if let Some(leg) = self.leg(&sources, &targets) {
            return Some(vec![leg]);
        }
        pivots.iter().find_map(|pivot| {
            let pivots = codes::candidates(pivot);
            let first = self.leg(&sources, &pivots)?;
            let second = self.leg(std::slice::from_ref(&first.target), &targets)?;
            Some(vec![first, second])
        })
    }

    /// The closest target code counts before the closest source code.
    fn leg(&self, sources: &[String], targets: &[String]) -> Option<Leg> {
        targets
            .iter()
            .flat_map(|target| sources.iter().map(|source| Leg { source: source.clone(), target: target.clone() }))
            .find(|leg| self.0.contains(leg))
    }

    /// The codes that the server translates to from this locale, for messages.
    pub(super) fn targets(&self, source: &Locale) -> String {
        let sources = codes::candidates(source);
        let targets: BTreeSet<&str> =
            self.0.iter().filter(|leg| sources.contains(&leg.source)).map(|leg| leg.target.as_str()).collect();
        if targets.is_empty() { "nothing".to_owned() } else { targets.into_iter().collect::<Vec<_>>().join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        Pairs(list.iter().map(|(source, target)| Leg { source: (*source).into(), target: (*target).into() }).collect())
    }

    fn legs(pairs: &Pairs, target: &str, pivots: &[&str]) -> Option<String> {
        let pivots: Vec<Locale> = pivots.iter().map(|pivot| pivot.parse().unwrap()).collect();
        let legs = pairs.legs(&"en".parse().unwrap(), &target.parse().unwrap(), &pivots)?;
        Some(legs.iter().map(Leg::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_direct_pair_comes_before_a_chain_and_pivots_in_their_order() {
        let pairs =
            pairs(&[("eng", "spa"), ("eng", "cat"), ("cat", "ita"), ("spa", "ita"), ("spa", "por_BR"), ("spa", "por")]);
        assert_eq!(legs(&pairs, "es-MX", &["ca"]).as_deref(), Some("eng|spa"));
        assert_eq!(legs(&pairs, "it", &["ca", "es"]).as_deref(), Some("eng|cat cat|ita"));
        assert_eq!(legs(&pairs, "it", &["es", "ca"]).as_deref(), Some("eng|spa spa|ita"));
        assert_eq!(legs(&pairs, "pt-BR", &["ca", "es"]).as_deref(), Some("eng|spa spa|por_BR"));
        assert_eq!(legs(&pairs, "pt-PT", &["ca", "es"]).as_deref(), Some("eng|spa spa|por"));
        assert_eq!(legs(&pairs, "it", &[]), None);
        assert_eq!(legs(&pairs, "ja", &["ca", "es"]), None);
    }

    #[test]
    fn a_list_with_two_letter_codes_will_do() {
        assert_eq!(legs(&pairs(&[("en", "es")]), "es", &[]).as_deref(), Some("en|es"));
    }

    #[test]
    fn messages_name_what_there_is() {
        let pairs = pairs(&[("eng", "spa"), ("eng", "cat"), ("spa", "ita")]);
        assert_eq!(pairs.targets(&"en".parse().unwrap()), "cat, spa");
        assert_eq!(pairs.targets(&"ja".parse().unwrap()), "nothing");
    }
}
