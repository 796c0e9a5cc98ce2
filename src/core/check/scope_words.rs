//! The words that say how much is meant, by language. Nothing here judges; [`scope`](super::scope) does.

use std::sync::LazyLock;

use super::lexicon::Lexicon;

/// A kind of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    All,
    Some,
    Full,
    Partial,
    Most,
    Only,
}

impl Class {
    pub(super) const EVERY: [Self; 6] = [Self::All, Self::Some, Self::Full, Self::Partial, Self::Most, Self::Only];

    /// The class that makes another fact of it; `only` has none that a word would show.
    pub(super) fn opposite(self) -> Option<Self> {
        match self {
            Self::All => Some(Self::Some),
            Self::Some | Self::Most => Some(Self::All),
            Self::Full => Some(Self::Partial),
            Self::Partial => Some(Self::Full),
            Self::Only => None,
        }
    }
}

/// A language's words of each class. Those of `all`, `some`, `full` and `partial` say it beyond doubt.
#[derive(Debug)]
pub(super) struct Quantifiers {
    all: Lexicon,
    some: Lexicon,
    full: Lexicon,
    partial: Lexicon,
    most: Lexicon,
    only: Lexicon,
    /// Whatever else may render a word of `all` (`cada`).
    each: Lexicon,
    /// Whatever else may render a word of `some` or `partial` (`ciertos`, `en parte`).
    vague: Lexicon,
    /// What may be all that renders `some`, and stands everywhere (`unos`, `dei`).
    articles: Lexicon,
}

impl Quantifiers {
    pub(super) fn of(&self, class: Class) -> &Lexicon {
        match class {
            Class::All => &self.all,
            Class::Some => &self.some,
            Class::Full => &self.full,
            Class::Partial => &self.partial,
            Class::Most => &self.most,
            Class::Only => &self.only,
        }
    }

    /// Whether a text has a word that may render one of the class.
    pub(super) fn renders(&self, class: Class, words: &[&str]) -> bool {
        let also = match class {
            Class::All => vec![&self.full, &self.each],
            Class::Full => vec![&self.all, &self.each],
            Class::Some | Class::Partial => vec![&self.vague],
            Class::Most | Class::Only => Vec::new(),
        };
        self.of(class).any(words) || also.into_iter().any(|lexicon| lexicon.any(words))
    }

    /// Whether a text has an article that may stand for `some`.
    pub(super) fn has_article(&self, words: &[&str]) -> bool {
        self.articles.any(words)
    }
}

/// The words of English. `Full` and `complete` are also verbs and states of disks, which is why its counterparts below
/// are many.
pub(super) static ENGLISH: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("all each entire entirety every everybody everyone everything whole"),
    some: Lexicon::of("several some subset"),
    full: Lexicon::of("completely entirely full fully totally wholly"),
    partial: Lexicon::of("partial* partly"),
    most: Lexicon::of("majority most mostly"),
    only: Lexicon::of("exclusively only solely"),
    each: Lexicon::of(""),
    vague: Lexicon::of(""),
    articles: Lexicon::of(""),
});

/// Words of the source that leave open how much is meant, or say it in another way.
pub(super) static OPEN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "always any anybody anyone anything anywhere both complete* daily everywhere hourly intermittent* monthly \
         multiple sometimes throughout total* various weekly whatever worldwide",
    )
});

/// Phrases in which a word of scope says nothing about scope.
pub(super) const UNCOUNTED: &[&[&str]] = &[
    &["above", "all"],
    &["after", "all"],
    &["all", "clear"],
    &["all", "over"],
    &["all", "right"],
    &["all", "set"],
    &["all", "the", "time"],
    &["all", "together"],
    &["at", "all"],
    &["at", "most"],
    &["each", "other"],
    &["first", "of", "all"],
    &["full", "stop"],
    &["if", "only"],
    &["in", "full"],
    &["most", "recent"],
    &["most", "recently"],
    &["not", "all"],
    &["not", "completely"],
    &["not", "entirely"],
    &["not", "every"],
    &["not", "everybody"],
    &["not", "everyone"],
    &["not", "everything"],
    &["not", "fully"],
    &["not", "only"],
    &["read", "only"],
    &["some", "time"],
    &["the", "most"],
];

/// The language's words; `None` where nobody has written them down.
pub(super) fn quantifiers(language: &str) -> Option<&'static Quantifiers> {
    match language {
        "es" => Some(&*SPANISH),
        "it" => Some(&*ITALIAN),
        "pt" => Some(&*PORTUGUESE),
        "ca" => Some(&*CATALAN),
        "fr" => Some(&*FRENCH),
        "de" => Some(&*GERMAN),
        _ => None,
    }
}

static SPANISH: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("toda todas todo todos"),
    some: Lexicon::of("algunas algunos algún subconjunto varias varios"),
    full: Lexicon::of(
        "completa completamente completas completo completos entera enteramente enteras entero enteros plena \
         plenamente pleno plenos total totales totalmente íntegr*",
    ),
    partial: Lexicon::of("parcial*"),
    most: Lexicon::of("casi mayor* más"),
    only: Lexicon::of(
        "apenas exclusiv* hasta mera meramente mero más sino sola solamente solas solo solos sólo tan únic*",
    ),
    each: Lexicon::of("cada complet* cualquier* entera llen* siempre"),
    vague: Lexicon::of("algo algun* ciert* determinad* divers* grupo grupos parte partes poc* unas unos"),
    articles: Lexicon::of("un una uno"),
});

static ITALIAN: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("tutt tutta tutte tutti tutto"),
    some: Lexicon::of("alcune alcuni diverse diversi parecchi parecchie qualche sottoinsieme"),
    full: Lexicon::of(
        "appieno completa completamente complete completi completo integralmente intera interamente intere interi \
         intero pien* total*",
    ),
    partial: Lexicon::of("parzial*"),
    most: Lexicon::of("maggior* massim* più"),
    only: Lexicon::of("appena che esclusiv* sola solamente sole soli solo soltanto unic*"),
    each: Lexicon::of("ciascun* complet* esaurit* ogni ognun* qualsiasi sempre"),
    vague: Lexicon::of("alcun* certe certi determinat* gruppo parte parti po poch* qualcun* sottogruppo vari varie"),
    articles: Lexicon::of("degli dei del dell della delle un una uno"),
});

static PORTUGUESE: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("toda todas todo todos tudo"),
    some: Lexicon::of("algum alguma algumas alguns diversas diversos subconjunto várias vários"),
    full: Lexicon::of(
        "completa completamente completas completo completos integral* inteir* plena plenamente pleno totais total \
         totalmente íntegra",
    ),
    partial: Lexicon::of("parcia*"),
    most: Lexicon::of("maior* mais quase"),
    only: Lexicon::of("apenas exclusiv* mera meramente mero somente só únic*"),
    each: Lexicon::of("cada chei* complet* quaisquer qualquer sempre"),
    vague: Lexicon::of("algo certas certos determinad* grupo grupos parcel* parte partes pouc* subgrupo umas uns"),
    articles: Lexicon::of("um uma"),
});

static CATALAN: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("tot tota totes tothom tots"),
    some: Lexicon::of("algunes alguns diverses diversos subconjunt"),
    full: Lexicon::of("complet completa completament completes complets plenament sencer* total totalment totals"),
    partial: Lexicon::of("parcial*"),
    most: Lexicon::of("gairebé major* màxim* més"),
    only: Lexicon::of("exclusiv* més només sola solament soles sols únic*"),
    each: Lexicon::of("cada ple plena qualsevol sempre"),
    vague: Lexicon::of("algun* certes certs determinad* determinat* diversa grup grups part poc* unes uns"),
    articles: Lexicon::of("un una"),
});

static FRENCH: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("tous tout toute toutes"),
    some: Lexicon::of("certaines certains plusieurs quelques"),
    full: Lexicon::of(
        "complet complets complète complètement complètes entier entiers entière entièrement entières intégral* plein \
         pleine pleinement total* totaux",
    ),
    partial: Lexicon::of("partiel*"),
    most: Lexicon::of("majeure majorit* maximum plupart plus"),
    only: Lexicon::of("exclusiv* ne qu que seul* uniqu*"),
    each: Lexicon::of("chacun* chaque ensemble intégralité toujours"),
    vague: Lexicon::of("certain divers ensemble groupe part partie peu quelqu*"),
    articles: Lexicon::of("de des du un une"),
});

static GERMAN: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers {
    all: Lexicon::of("alle allem allen aller alles sämtlich*"),
    some: Lexicon::of("einige einigen einiger einiges manche manchen mehrere mehreren teilmenge"),
    full: Lexicon::of(
        "ganz ganze ganzen gänzlich komplett* total uneingeschränkt* vollständig* vollumfänglich* völlig*",
    ),
    partial: Lexicon::of("partiell* teilausfall* teils teilw*"),
    most: Lexicon::of("am großteil höchst* mehrheit meist* überwiegend*"),
    only: Lexicon::of("allein* ausschließlich* bloß einzig* erst lediglich nur"),
    each: Lexicon::of("gesamt* jede jedem jeden jeder jedes voll volle vollen"),
    vague: Lexicon::of("bestimmt* etwas gewiss* manch* paar teil teile teilen verschieden* wenig*"),
    articles: Lexicon::of("ein eine einem einen einer eines"),
});

#[cfg(test)]
mod tests {
    use super::super::lexicon::superfluous;
    use super::*;

    #[test]
    fn no_entry_is_superfluous() {
        let mut found: Vec<&str> = superfluous(&OPEN).into_iter().collect();
        let languages = ["es", "it", "pt", "ca", "fr", "de"].map(|language| quantifiers(language).unwrap());
        for table in languages.into_iter().chain([&*ENGLISH]) {
            found.extend(Class::EVERY.iter().filter_map(|class| superfluous(table.of(*class))));
            found.extend([&table.each, &table.vague, &table.articles].into_iter().filter_map(superfluous));
        }
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_phrase_that_does_not_count_has_a_word_that_does() {
        for idiom in UNCOUNTED {
            assert_eq!(Class::EVERY.iter().map(|class| ENGLISH.of(*class).count(idiom)).sum::<usize>(), 1, "{idiom:?}");
        }
    }
}
