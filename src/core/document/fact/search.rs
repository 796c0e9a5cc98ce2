//! Finds every fact of a text, and decides which reading of a position wins. One pass over the tokens, each step with
//! bounded sight, so that time grows with the text alone.

use super::reading::Doubt;
use super::token::{Kind, Tokens};
use super::zone_label::zone_label;
use super::{
    Fact, Found, Lexicon, Moment, Value, Verbatim, address, coded, duration, figure, half, identifier, keys, label,
    money, network, number, ordering, owner, person, symbol, template, tied, zone,
};
use crate::finding::{Finding, Severity};

/// The facts in `text`, in ascending order without overlap. The lexicon's entries are matched as whole words, the
/// longest first. Every ASCII digit of the text lies in some fact.
#[must_use]
pub fn find(text: &str, lexicon: &Lexicon) -> Vec<Found> {
    find_at(text, lexicon, true)
}

/// As [`find`]; `opening` says whether the text begins a sentence, or goes on with one.
#[must_use]
pub fn find_at(text: &str, lexicon: &Lexicon, opening: bool) -> Vec<Found> {
    let mut search = Search { text, lexicon, opening, found: Vec::new() };
    let mut from = 0;
    for (range, kind) in address::find(text) {
        search.prose(from..range.start);
        from = range.end;
        search.keep(range, Value::Verbatim(kind), None);
    }
    search.prose(from..text.len());
    search.found
}

struct Search<'text> {
    text: &'text str,
    lexicon: &'text Lexicon,
    opening: bool,
    found: Vec<Found>,
}

/// What stands at a position.
struct Hit {
    value: Value,
    end: usize,
    doubt: Option<Doubt>,
}

impl Hit {
    fn verbatim(kind: Verbatim, end: usize) -> Self {
        Self { value: Value::Verbatim(kind), end, doubt: None }
    }
}

impl Search<'_> {
    /// Searches a range without addresses.
    fn prose(&mut self, range: std::ops::Range<usize>) {
        let offset = range.start;
        let tokens = Tokens::cut(self.text.get(range).unwrap_or_default()).with_date_order(self.lexicon.date_order());
        let mut scan = Scan {
            tokens: &tokens,
            lexicon: self.lexicon,
            opening: self.opening && offset == 0,
            settled: 0,
            figure_end: None,
            second_amount: None,
        };
        let mut at = 0;
        while at < tokens.len() {
            let Some(hit) = scan.hit(at) else {
                at += 1;
                continue;
            };
            let end = hit.end.max(at + 1);
            let end = kept_zone(&tokens, at, end, &hit.value).unwrap_or(end);
            let (value, end) = with_half(&tokens, end, hit.value);
            let is_figure = matches!(
                value,
                Value::Number(_) | Value::Percentage(_) | Value::Quantity { .. } | Value::Verbatim(Verbatim::Uncertain)
            );
            scan.figure_end = is_figure.then_some(end);
            let dash = matches!(tokens.mark(end), Some('-' | '–' | '—'));
            scan.second_amount = (dash && matches!(value, Value::Money(_))).then_some(end + 1).or(scan.second_amount);
            self.keep(offset + tokens.start(at)..offset + tokens.start(end), value, hit.doubt);
            at = end;
        }
    }

    fn keep(&mut self, range: std::ops::Range<usize>, value: Value, doubt: Option<Doubt>) {
        let Some(source) = self.text.get(range.clone()) else { return };
        if let Some(last) = self.found.last_mut()
            && last.range.end == range.start
            && last.fact.value == Value::Verbatim(Verbatim::Symbol)
            && value == last.fact.value
        {
            last.range.end = range.end;
            last.fact.source.push_str(source);
            return;
        }
        let dated = match &value {
            Value::Moment(Moment { kept: Some(kept), .. }) => kept.text.as_str(),
            _ => source,
        };
        let finding = doubt.and_then(|doubt| remark(doubt, dated));
        self.found.push(Found { range, fact: Fact { source: source.to_owned(), value }, finding });
    }
}

/// The remark on a date or time that contradicts itself; none on one that is only unclear.
pub(super) fn remark(doubt: Doubt, source: &str) -> Option<Finding> {
    let (check, severity, what) = match doubt {
        Doubt::Impossible => {
            ("impossible-date", Severity::Warn, "does not exist in the calendar or on the clock; it is kept as written")
        }
        Doubt::Weekday => {
            ("weekday-disagrees", Severity::Warn, "names a weekday on which its date does not fall; both are kept")
        }
        Doubt::Ambiguous => (
            "ambiguous-date",
            Severity::Info,
            "may begin with its month or its day; it is kept as written (hint: set `publish.date_order`)",
        ),
        Doubt::Unclear => return None,
    };
    Some(Finding::new(check, severity, format!("`{source}` {what}")))
}

/// One pass over the tokens of a range.
struct Scan<'scan, 'text> {
    tokens: &'scan Tokens<'text>,
    lexicon: &'scan Lexicon,
    /// Whether the range begins a sentence.
    opening: bool,
    /// Up to here it is known that no joined range is an identifier.
    settled: usize,
    /// Where a figure ended that a sign may follow.
    figure_end: Option<usize>,
    /// Where the second of two amounts of money may begin.
    second_amount: Option<usize>,
}

impl Scan<'_, '_> {
    fn hit(&mut self, at: usize) -> Option<Hit> {
        match self.tokens.kind(at)? {
            Kind::Space => None,
            Kind::Letters | Kind::Digits => self.word(at),
            Kind::Mark => self.mark(at),
        }
    }

    /// What the glossary has here.
    fn known(&self, at: usize) -> Option<Hit> {
        let known = self.lexicon.at(self.tokens, at, self.opening)?;
        Some(Hit { value: known.value, end: known.end, doubt: None })
    }

    fn word(&mut self, at: usize) -> Option<Hit> {
        let tokens = self.tokens;
        let begins = at == 0 || !tokens.is_word(at - 1);
        let known = if begins { self.known(at) } else { None };
        let longer = |end: usize| known.filter(|known| known.end > end);
        if begins && let Some(end) = person::name(tokens, at) {
            return longer(end).or(Some(Hit::verbatim(Verbatim::Name, end)));
        }
        if begins && let Some(end) = coded::code(tokens, at) {
            return longer(end).or(Some(Hit::verbatim(Verbatim::Identifier, end)));
        }
        if begins && let Some(owner) = owner::owner(tokens, at, |noun| self.known(noun).is_some()) {
            return Some(Hit { value: owner.value, end: owner.end, doubt: None });
        }
        if begins && let Some(tied) = tied::tied(tokens, at) {
            return longer(tied.end).or(Some(Hit { value: tied.value, end: tied.end, doubt: tied.doubt }));
        }
        if let Some(end) = network::ip6(tokens, at).filter(|_| begins) {
            return longer(end).or(Some(Hit::verbatim(Verbatim::Identifier, end)));
        }
        if let Some((value, end)) = ordering::numbered(tokens, at).filter(|_| begins) {
            return longer(end).or(Some(Hit { value, end, doubt: None }));
        }
        if begins && let Some(hit) = self.named(at) {
            return longer(hit.end).or(Some(hit));
        }
        if let Some(counted) = self.counted(at, begins) {
            return longer(counted.end).or(Some(Hit { value: counted.value, end: counted.end, doubt: None }));
        }
        if let Some(end) = identifier::http_status(tokens, at).or_else(|| period(tokens, at)).filter(|_| begins) {
            return longer(end).or(Some(Hit::verbatim(Verbatim::Identifier, end)));
        }
        if at >= self.settled {
            let end = identifier::joined_end(tokens, at);
            if let Some(kept) = identifier::classify(tokens, at, end) {
                let end = identifier::with_slash(tokens, at, kept.end);
                return longer(end).or(Some(Hit::verbatim(kept.kind, end)));
            }
            self.settled = end;
        }
        let alone = || half::alone(tokens, at).or_else(|| zone::alone(tokens, at)).or_else(|| deadline(tokens, at));
        if let Some(end) = begins.then(alone).flatten() {
            return longer(end).or(Some(Hit::verbatim(Verbatim::Identifier, end)));
        }
        if let Some(known) = longer(at) {
            return Some(known);
        }
        if tokens.kind(at) == Some(Kind::Digits) {
            return Some(Hit::verbatim(Verbatim::Uncertain, at + 1));
        }
        identifier::keeps_spelling(tokens.text(at)).map(|kind| Hit::verbatim(kind, at + 1))
    }

    /// What programs and people have a name for, though it looks like words.
    fn named(&self, at: usize) -> Option<Hit> {
        let tokens = self.tokens;
        // "x1,000": the figure has its own notation.
        if matches!(tokens.text(at), "x" | "X")
            && figure::joined(tokens, at + 1).is_some_and(|figure| figure.has_notation())
        {
            return Some(Hit::verbatim(Verbatim::Symbol, at + 1));
        }
        let label = || label::label(tokens, at, self.opening).map(|end| Hit::verbatim(Verbatim::Name, end));
        keys::name(tokens, at).map(|end| Hit::verbatim(Verbatim::Identifier, end)).or_else(label)
    }

    /// What is counted at a word: an amount of money, a duration, or a figure of another kind.
    fn counted(&self, at: usize, begins: bool) -> Option<number::Counted> {
        let tokens = self.tokens;
        if tokens.kind(at) != Some(Kind::Digits) {
            return money::leading(tokens, at, self.second_amount == Some(at)).filter(|_| begins);
        }
        let joined = if begins { money::trailing(tokens, at).or_else(|| duration::duration(tokens, at)) } else { None };
        joined.or_else(|| number::number(tokens, at))
    }

    fn mark(&mut self, at: usize) -> Option<Hit> {
        let tokens = self.tokens;
        if let Some(known) = self.known(at) {
            return Some(known);
        }
        if let Some(end) = template::template(tokens, at) {
            return Some(Hit::verbatim(Verbatim::Symbol, end));
        }
        if let Some(end) = network::ip6(tokens, at).filter(|_| tokens.starts_word(at)) {
            return Some(Hit::verbatim(Verbatim::Identifier, end));
        }
        if let Some(money) = money::leading(tokens, at, self.second_amount == Some(at)) {
            return Some(Hit { value: money.value, end: money.end, doubt: None });
        }
        let mark = tokens.mark(at)?;
        if self.figure_end == Some(at) {
            let range = matches!(mark, '-' | '–' | '‑') && tokens.kind(at + 1) == Some(Kind::Digits);
            if mark == '+' || range {
                return Some(Hit::verbatim(Verbatim::Symbol, at + 1));
            }
        }
        if mark == '-' && tokens.kind(at + 1) == Some(Kind::Digits) && tokens.starts_word(at) {
            return number::number(tokens, at).map(|counted| Hit {
                value: counted.value,
                end: counted.end,
                doubt: None,
            });
        }
        if let Some(counted) = number::fraction(tokens, at) {
            return Some(Hit { value: counted.value, end: counted.end, doubt: None });
        }
        if let Some(kept) = identifier::led_by_mark(tokens, at) {
            return Some(Hit::verbatim(kept.kind, kept.end));
        }
        let is_kept = symbol::is_symbol(mark) && !symbol::is_apostrophe(tokens, at);
        is_kept.then(|| Hit::verbatim(Verbatim::Symbol, at + 1))
    }
}

/// The position behind the zone that follows a time which is kept as written: `13:52:10.123 UTC`, `17.30 CET`.
fn kept_zone(tokens: &Tokens<'_>, at: usize, end: usize, value: &Value) -> Option<usize> {
    let is_kept = matches!(value, Value::Verbatim(Verbatim::Identifier | Verbatim::Uncertain));
    let ends_in_figure = tokens.kind(end.checked_sub(1)?) == Some(Kind::Digits);
    let may_be_time = is_kept && ends_in_figure && tokens.slice(at, end).contains([':', '.']);
    if may_be_time { zone_label(tokens, end, false).map(|zone| zone.end) } else { None }
}

/// `Q3 2024`, `H1 '25`, `FY 2024`: a part of a business year, which is another one in each company.
fn period(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let named = match tokens.letters(at)? {
        "Q" | "H" => tokens.digits(at + 1, 1, 1).map(|_| at + 2),
        "FY" => Some(at + 1),
        _ => None,
    }?;
    let year = tokens.behind_space(named)?;
    let year = year + usize::from(matches!(tokens.mark(year), Some('\'' | '’')));
    tokens.digits(year, 2, 4)?;
    tokens.ends_word(year + 1).then_some(year + 1)
}

/// Business days and ends of periods by their letters, which no engine knows: `EOD`, `COB`.
fn deadline(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let known = matches!(tokens.letters(at)?, "EOD" | "COB" | "EOB" | "EOW" | "EOM" | "EOQ" | "EOY" | "ASAP");
    (known && tokens.ends_word(at + 1)).then_some(at + 1)
}

/// The fact with the `AM` or `PM` that follows a figure which is no time that can be read, kept as a whole.
fn with_half(tokens: &Tokens<'_>, end: usize, value: Value) -> (Value, usize) {
    let is_figure = matches!(
        value,
        Value::Number(_)
            | Value::Ordinal(_)
            | Value::Verbatim(Verbatim::Identifier | Verbatim::Uncertain | Verbatim::Version)
    ) || matches!(&value, Value::Moment(moment) if moment.time.is_some());
    let ends_in_figure = end.checked_sub(1).is_some_and(|last| tokens.kind(last) == Some(Kind::Digits));
    match half::half_behind(tokens, end).filter(|_| is_figure && ends_in_figure) {
        Some(behind) => {
            let behind = zone_label(tokens, behind, false).map_or(behind, |zone| zone.end);
            (Value::Verbatim(Verbatim::Uncertain), behind)
        }
        None => (value, end),
    }
}
