//! What translators write round figures in Spanish, Italian and Portuguese, as parts of patterns. Where a word takes an
//! article, the article is part of it; blanks are single, apostrophes straight.

use std::sync::LazyLock;

use regex::Regex;

use polypost_core::document::fact::Preposition;

/// The words of one language.
pub(super) struct Words {
    /// `por ciento`
    pub(super) percent: &'static str,
    pub(super) and: &'static str,
    pub(super) million: &'static str,
    pub(super) billion: &'static str,
    /// Behind the figure, in the gender that the program writes.
    pub(super) ordinal: &'static str,
    /// January first.
    pub(super) months: [&'static str; 12],
    /// Monday first.
    pub(super) weekdays: [&'static str; 7],
    /// The first day of a month.
    pub(super) first: &'static str,
    /// Between day and month, month and year.
    pub(super) of_month: &'static str,
    pub(super) of_year: &'static str,
    /// Behind a clock time's figures.
    pub(super) hours: &'static str,
    /// The halves of the day.
    pub(super) morning: &'static str,
    pub(super) afternoon: &'static str,
    pub(super) noon: &'static str,
    pub(super) midnight: &'static str,
    /// Words that make another word of what ties a moment: `fino alle 13:52`, `até às 13:52`.
    pub(super) leads: &'static str,
    /// Articles before a clock time or a date.
    pub(super) the: &'static str,
    pub(super) at: &'static str,
    pub(super) on: &'static str,
    pub(super) since: &'static str,
    pub(super) until: &'static str,
    pub(super) by: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) around: &'static str,
    /// Before a month.
    pub(super) within: &'static str,
    /// From a clock time or a date, to another.
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) between: &'static str,
    /// Between a clock time and its date.
    pub(super) of_date: &'static str,
}

impl Words {
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        match language {
            "es" => Some(&SPANISH),
            "it" => Some(&ITALIAN),
            "pt" => Some(&PORTUGUESE),
            _ => None,
        }
    }

    /// What ties a clock time (or a date) into its sentence; `None` for words that are not known here.
    pub(super) fn tie(&self, preposition: Option<Preposition>, is_date: bool) -> Option<&'static str> {
        Some(match preposition {
            None => "",
            Some(Preposition::At | Preposition::On) if is_date => self.on,
            Some(Preposition::At | Preposition::On) => self.at,
            Some(Preposition::The | Preposition::Between) => self.the,
            // From then on: nothing says when it ended.
            Some(Preposition::Since | Preposition::From) => self.since,
            Some(Preposition::Until) => self.until,
            Some(Preposition::By) => self.by,
            Some(Preposition::Before) => self.before,
            Some(Preposition::After) => self.after,
            Some(Preposition::Around) => self.around,
            Some(_) => return None,
        })
    }

    /// Whether a weekday stands before a moment, or a half of the day behind it; or before one that is `tied` a word
    /// that ties it otherwise.
    pub(super) fn goes_on(&self, before: &str, behind: &str, tied: bool) -> bool {
        let name = before.trim_end_matches([' ', ',']).rsplit(|letter: char| !letter.is_alphabetic()).next();
        let name = name.unwrap_or_default().to_lowercase();
        let is_one_of = |names: &str| !name.is_empty() && names.split('|').any(|known| known == name);
        self.weekdays.iter().any(|names| is_one_of(names))
            || (tied && is_one_of(self.leads))
            || HALF.as_ref().is_some_and(|half| half.is_match(behind))
    }
}

/// What makes a clock time that of one half of the day, in any of the languages.
static HALF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let halves = |words: &Words| {
        let Words { morning, afternoon, noon, midnight, .. } = words;
        format!("{morning}|{afternoon}|(?:de la |de |del |di |da |do )?(?:{noon}|{midnight})")
    };
    let halves = [&SPANISH, &ITALIAN, &PORTUGUESE].map(halves);
    Regex::new(&format!(r"(?i)^ ?(?:{})(?:\W|$)", halves.join("|"))).ok()
});

static SPANISH: Words = Words {
    percent: "(?i:por ciento)",
    and: "(?i:y|e)",
    million: "(?i:millones|millón|M|mill\\.)",
    billion: "(?i:mil millones|millardos?)",
    ordinal: r"(?:\.?º|°)",
    months: [
        r"enero|ene\.?",
        r"febrero|feb\.?",
        r"marzo|mar\.?",
        r"abril|abr\.?",
        r"mayo|may\.?",
        r"junio|jun\.?",
        r"julio|jul\.?",
        r"agosto|ago\.?",
        r"septiembre|setiembre|sept?\.?",
        r"octubre|oct\.?",
        r"noviembre|nov\.?",
        r"diciembre|dic\.?",
    ],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    first: r"1\.?º|1\.er|0?1",
    of_month: " (?:de )?",
    of_year: ",? (?:de |del )?",
    hours: r"(?: ?(?:hrs?|hs?|horas?)\.?)",
    morning: r"a\. ?m\.?|am|de la mañana|de la madrugada",
    afternoon: r"p\. ?m\.?|pm|de la tarde|de la noche",
    noon: "mediod[ií]a|medio día",
    midnight: "medianoche|media noche",
    leads: "hasta|anterior|anteriores|posterior|posteriores|previo|previa|previos|previas|torno|frente|próximo|próxima",
    the: "(?:las? |el |los )",
    at: "(?:a las? |al |a la hora de las |a )",
    on: "(?:el (?:día )?)",
    since: "(?:(?:desde|a partir de)(?: las?| el(?: día)?|l(?: día)?)? )",
    until: "(?:hasta(?: las?| el(?: día)?)? )",
    by: "(?:(?:a más tardar|como muy tarde|como máximo) (?:a las? |al |el |en )?|para (?:las? |el ))",
    before: "(?:antes de(?: las?|l(?: día)?| el)? )",
    after: "(?:(?:después de|pasad[ao]s?|tras)(?: las?|l(?: día)?| el)? )",
    around: "(?:(?:alrededor de|cerca de|en torno a|hacia|sobre|a eso de|aproximadamente a|aproximadamente)\
             (?: las?| el|l)? )",
    within: "(?:en |en el mes de )",
    from: "(?:(?:de|desde)(?: las?| el|l)? )",
    to: "(?:(?:a|hasta)(?: las?| el|l)? )",
    between: "(?:entre (?:las? |el )?)",
    of_date: "(?:,? (?:del? |el )?(?:día )?)",
};

static ITALIAN: Words = Words {
    percent: "(?i:per ?cento)",
    and: "(?i:e|ed)",
    million: "(?i:milioni|milione|mln\\.?|M)",
    billion: "(?i:miliardi|miliardo|mld\\.?)",
    ordinal: "(?:º|°)",
    months: [
        r"gennaio|genn?\.?",
        r"febbraio|febb?\.?",
        r"marzo|mar\.?",
        r"aprile|apr\.?",
        r"maggio|magg?\.?",
        r"giugno|giu\.?",
        r"luglio|lug\.?",
        r"agosto|ago\.?",
        r"settembre|sett?\.?",
        r"ottobre|ott\.?",
        r"novembre|nov\.?",
        r"dicembre|dic\.?",
    ],
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    first: "1[º°]|0?1",
    of_month: " ",
    of_year: ",? (?:del )?",
    hours: r"(?: ?(?:h|ore)\.?)",
    morning: r"a\. ?m\.?|am|del mattino|di mattina|di notte",
    afternoon: r"p\. ?m\.?|pm|del pomeriggio|di sera|della sera",
    noon: "mezzogiorno|mezzodì",
    midnight: "mezzanotte",
    leads: "fino|sino|intorno|attorno|circa|partire|oltre|vicino|anteriore|anteriori|precedente|precedenti|successivo|\
            successiva|successivi|successive|prima|dopo|entro",
    the: "(?:le (?:ore )?|l'|il |lo )",
    at: "(?:alle (?:ore )?|all'|al |a |ore )",
    on: "(?:il (?:giorno )?|l'|lo |nel giorno |in data )",
    since: "(?:(?:a partire )?da(?:lle(?: ore)? |ll'|l | ))",
    until: "(?:fino a(?:lle(?: ore)? |ll'|l | ))",
    by: "(?:entro (?:le (?:ore )?|l'|il )|al più tardi (?:alle (?:ore )?|all'|il |l'))",
    before: "(?:prima (?:delle (?:ore )?|dell'|del |di ))",
    after: "(?:dopo (?:le (?:ore )?|l'|il |la )?)",
    around: "(?:(?:verso (?:le (?:ore )?|l'|il |la )?)|(?:intorno|attorno|circa) a(?:lle(?: ore)? |ll'|l | )\
             |a(?:lle|ll') ?circa )",
    within: "(?:a |nel |in |nel mese di )",
    from: "(?:da(?:lle(?: ore)? |ll'|l |lla | ))",
    to: "(?:(?:fino )?a(?:lle(?: ore)? |ll'|l |lla | ))",
    between: "(?:(?:tra|fra) (?:le (?:ore )?|l'|il )?)",
    of_date: "(?:,? (?:del (?:giorno )?|dell'|di |il |l')?)",
};

static PORTUGUESE: Words = Words {
    percent: "(?i:por cento)",
    and: "(?i:e)",
    million: "(?i:milhões|milhão|mi|M)",
    billion: "(?i:bilhões|bilhão|mil milhões|bi)",
    ordinal: r"(?:\.?º|°)",
    months: [
        r"janeiro|jan\.?",
        r"fevereiro|fev\.?",
        r"março|mar\.?",
        r"abril|abr\.?",
        r"maio|mai\.?",
        r"junho|jun\.?",
        r"julho|jul\.?",
        r"agosto|ago\.?",
        r"setembro|set\.?",
        r"outubro|out\.?",
        r"novembro|nov\.?",
        r"dezembro|dez\.?",
    ],
    weekdays: [
        "segunda-feira|segunda|feira",
        "terça-feira|terça",
        "quarta-feira|quarta",
        "quinta-feira|quinta",
        "sexta-feira|sexta",
        "sábado",
        "domingo",
    ],
    first: r"1\.?º|1°|0?1",
    of_month: " (?:de )?",
    of_year: ",? (?:de )?",
    hours: r"(?: ?(?:hs?|horas?)\.?)",
    morning: r"a\. ?m\.?|am|da manhã|da madrugada",
    afternoon: r"p\. ?m\.?|pm|da tarde|da noite",
    noon: "meio-dia|meio dia",
    midnight: "meia-noite|meia noite",
    leads: "até|anterior|anteriores|posterior|posteriores|prévio|prévia|próximo|próxima|junto|partir|antes|depois|desde|após",
    the: "(?:as? |os? )",
    at: "(?:às? |ao |a )",
    on: "(?:em |no dia |no |na )",
    since: "(?:desde (?:as? |os? )?(?:dia )?|a partir d(?:as? |os? |e )(?:dia )?)",
    until: "(?:até (?:[aà]s? |ao? |o )?(?:dia )?)",
    by: "(?:(?:até|no máximo até) (?:[aà]s? |ao? |o )?(?:dia )?|o mais tardar (?:às? |ao |em ))",
    before: "(?:antes d(?:as? |os? |e )(?:dia )?)",
    after: "(?:após (?:as? |os? )?(?:dia )?|depois d(?:as? |os? |e )(?:dia )?)",
    around: "(?:(?:por volta|cerca) d(?:as? |os? |e ))",
    within: "(?:em |no mês de )",
    from: "(?:d(?:as? |os? |e )(?:dia )?|desde (?:as? |os? )?(?:dia )?)",
    to: "(?:(?:às? |aos? |a |até (?:[aà]s? |ao? |o )?)(?:dia )?)",
    between: "(?:entre (?:as? |os? )?(?:dia )?)",
    of_date: "(?:,? (?:d[eo] |em |no )?(?:dia )?)",
};
