//! Finds, in a server's list of pairs, the chains by which one locale is reached from another, of at most two pairs.

use std::collections::BTreeSet;
use std::fmt;

use super::codes;
use polypost_core::locale::Locale;

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
    /// The direct pair alone, else one chain per pivot that has both legs, in the order of the pivots. Empty where
    /// there is no way.
    pub(super) fn chains(&self, source: &Locale, target: &Locale, pivots: &[Locale]) -> Vec<Vec<Leg>> {
        let (sources, targets) = (codes::candidates(source), codes::candidates(target));
        if let Some(leg) = self.leg(&sources, &targets) {
            return vec![vec![leg]];
        }
        let mut chains: Vec<Vec<Leg>> = Vec::new();
        for pivot in pivots {
            let chain = self.leg(&sources, &codes::candidates(pivot)).and_then(|first| {
                let second = self.leg(std::slice::from_ref(&first.target), &targets)?;
                Some(vec![first, second])
            });
            // Two pivots may come to the same pairs, such as a language and its variety.
            chains.extend(chain.filter(|chain| !chains.contains(chain)));
        }
        chains
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

    fn chains(pairs: &Pairs, target: &str, pivots: &[&str]) -> Vec<String> {
        let pivots: Vec<Locale> = pivots.iter().map(|pivot| pivot.parse().unwrap()).collect();
        let chains = pairs.chains(&"en".parse().unwrap(), &target.parse().unwrap(), &pivots);
        chains.iter().map(|legs| legs.iter().map(Leg::to_string).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_direct_pair_makes_chains_needless_and_pivots_keep_their_order() {
        let pairs =
            pairs(&[("eng", "spa"), ("eng", "cat"), ("cat", "ita"), ("spa", "ita"), ("spa", "por_BR"), ("spa", "por")]);
        assert_eq!(chains(&pairs, "es-MX", &["ca"]), ["eng|spa"]);
        assert_eq!(chains(&pairs, "it", &["ca", "es", "ca"]), ["eng|cat cat|ita", "eng|spa spa|ita"]);
        assert_eq!(chains(&pairs, "it", &["es", "fr"]), ["eng|spa spa|ita"]);
        assert_eq!(chains(&pairs, "pt-BR", &["ca", "es"]), ["eng|spa spa|por_BR"]);
        assert_eq!(chains(&pairs, "pt-PT", &["ca", "es"]), ["eng|spa spa|por"]);
        assert!(chains(&pairs, "it", &[]).is_empty());
        assert!(chains(&pairs, "ja", &["ca", "es"]).is_empty());
    }

    #[test]
    fn a_list_with_two_letter_codes_will_do() {
        assert_eq!(chains(&pairs(&[("en", "es")]), "es", &[]), ["en|es"]);
    }

    #[test]
    fn messages_name_what_there_is() {
        let pairs = pairs(&[("eng", "spa"), ("eng", "cat"), ("spa", "ita")]);
        assert_eq!(pairs.targets(&"en".parse().unwrap()), "cat, spa");
        assert_eq!(pairs.targets(&"ja".parse().unwrap()), "nothing");
    }
}
