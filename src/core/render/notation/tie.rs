//! How a moment is tied into its sentence. The simple ones have messages of their own for dates,
//! times and months, since articles melt into them (`fact-since-date`). All others are a phrase of the bundle round a
//! simple form, which the bundle names (`fact-starting`, whose attribute `form` is `genitive` in Spanish).

use super::FactFormatter;
use crate::document::fact::Preposition;
use crate::l10n::Argument;

impl FactFormatter<'_> {
    /// What `phrase` makes of the form that the preposition asks for, with the preposition's own words round it.
    pub(super) fn with(&self, preposition: Preposition, phrase: impl Fn(&str) -> String) -> String {
        match words_of(preposition) {
            Words::Simple(form) => phrase(form),
            Words::Composed(id) => {
                let form = self.word(&format!("{id}.form"), &[]);
                self.word(id, &[("moment", Argument::Text(&phrase(&form)))])
            }
        }
    }
}

/// What a preposition is written with.
enum Words {
    /// The middle of the message ids: `fact-…-date`.
    Simple(&'static str),
    /// The message round a simple form.
    Composed(&'static str),
}

fn words_of(preposition: Preposition) -> Words {
    use Words::{Composed, Simple};
    match preposition {
        Preposition::On => Simple("on"),
        Preposition::At => Simple("at"),
        Preposition::Since => Simple("since"),
        Preposition::Until => Simple("until"),
        Preposition::By => Simple("by"),
        Preposition::Before => Simple("before"),
        Preposition::After => Simple("after"),
        Preposition::Around => Simple("around"),
        Preposition::From => Simple("from"),
        Preposition::In => Simple("in"),
        Preposition::Of => Simple("genitive"),
        // "between" without its second half says no more than its article.
        Preposition::Between | Preposition::The => Simple("the"),
        Preposition::To => Composed("fact-moved-to"),
        Preposition::Starting => Composed("fact-starting"),
        Preposition::AsOf => Composed("fact-as-of"),
        Preposition::Effective => Composed("fact-effective"),
        Preposition::NoLaterThan => Composed("fact-no-later-than"),
        Preposition::NoEarlierThan => Composed("fact-no-earlier-than"),
        Preposition::PriorTo => Composed("fact-prior-to"),
        Preposition::Following => Composed("fact-following"),
        Preposition::During => Composed("fact-during"),
        Preposition::Throughout => Composed("fact-throughout"),
        Preposition::ShortlyBefore => Composed("fact-shortly-before"),
        Preposition::ShortlyAfter => Composed("fact-shortly-after"),
        Preposition::JustBefore => Composed("fact-just-before"),
        Preposition::JustAfter => Composed("fact-just-after"),
        Preposition::Past => Composed("fact-past"),
        Preposition::Onwards => Composed("fact-onwards"),
        Preposition::OnOrAround => Composed("fact-on-or-around"),
        Preposition::Exactly => Composed("fact-exactly"),
        Preposition::Through => Composed("fact-through"),
        Preposition::Into => Composed("fact-into"),
    }
}
