//! Names of people where something says that they are: a label that asks for somebody (`Incident Lead: Kim Brown`),
//! the address behind them, the line in front of a quotation (`Jane Brown wrote:`). They are kept: an engine makes a
//! colour of Brown. Words written as names that an organisation has among its own (`Platform Team`) are none.

use super::labelled;
use super::token::{Kind, Tokens};

/// Labels that ask for somebody, by their last words.
const PEOPLE: &[&str] = &[
    "approved by",
    "approver",
    "approvers",
    "assigned to",
    "assignee",
    "assignees",
    "attendees",
    "author",
    "authors",
    "commander",
    "ic",
    "contact",
    "contacts",
    "contributors",
    "coordinator",
    "created by",
    "driver",
    "engineer",
    "engineers",
    "facilitator",
    "handled by",
    "incident manager",
    "investigator",
    "investigators",
    "lead",
    "leads",
    "led by",
    "on call",
    "on-call",
    "oncall",
    "opened by",
    "owner",
    "owners",
    "participants",
    "point of contact",
    "prepared by",
    "presenter",
    "published by",
    "reporter",
    "reported by",
    "resolved by",
    "responder",
    "responders",
    "reviewed by",
    "reviewer",
    "reviewers",
    "scribe",
    "sent by",
    "signed by",
    "submitted by",
    "written by",
];

/// The same of a mail's head, which are words of other labels, too: `Moved to: New Region`.
const MAIL: &[&str] = &["from", "to", "cc", "bcc"];

/// Of these, the ones that ask for a person and hardly for a team: there one name is enough.
const ONE_PERSON: &[&str] =
    &["author", "authors", "commander", "prepared by", "written by", "scribe", "facilitator", "on-call", "on call"];

/// Words of teams, of titles and of what stands where nobody is named.
const NO_PERSON: &str = " \
    access account accounts acme admin admins administration agency alert alerting alerts all analytics anonymous api app \
    application applications apps architecture assigned automation backend be billing board bot business call care center \
    centre change chief cloud cluster commander committee communication communications community company compliance computing \
    contact control core corp corporation customer customers data database databases department deployment desk determined \
    dev developer developers development devops director division edge email engineer engineering engineers enterprise \
    escalation everyone experience external facilities field finance front frontend group hardware head help helpdesk hosting \
    hr identity inc incident incidents information infra infrastructure integration integrations internal it lead legal \
    limited logistics llc ltd mail maintenance management manager managers marketing media messaging mobile monitoring network \
    networking networks nobody noc none not observability office officer on online operation operations operator ops \
    our owner partner partners payment payments pending people performance platform platforms portal president privacy \
    problem product production products program project provider public quality queue regional release releases reliability \
    report response revenue risk sales search security senior server service services shift site software solutions sre staff \
    status storage store supplier support sysadmin system systems tbd team teams tech technical technology telecom test \
    testing the to tools traffic transport trust unassigned unit unknown user users vendor vendors vice virtual web website \
    www you your ";

/// Small words within names.
const PARTICLES: &str = " al bin da de del den der di dos du la le ten van von y ";

/// Most words of a name.
const PARTS: usize = 4;

/// The position behind the name of a person that begins at `at`.
pub(super) fn name(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !is_part(tokens, at) {
        return None;
    }
    let (end, parts) = written(tokens, at)?;
    let is_told = parts > 1 && (writes(tokens, end) || has_address(tokens, end));
    (is_told || is_asked(tokens, at, parts)).then_some(end)
}

/// Whether a text is the name of a person and nothing else: what stands under `Kind regards`.
#[must_use]
pub fn is_person(text: &str) -> bool {
    let tokens = Tokens::cut(text.trim());
    written(&tokens, 0).is_some_and(|(end, _)| end == tokens.len())
}

/// Whether a cell holds names of people alone, and its label asks for them.
#[must_use]
pub fn names_people(label: &str, cell: &str) -> bool {
    let label = labelled::normal(label);
    let mut names = cell.split([',', ';', '\n']).flat_map(|part| part.split(" and ")).map(str::trim).peekable();
    let is_name = |name: &str| {
        let tokens = Tokens::cut(name);
        written(&tokens, 0)
            .is_some_and(|(end, parts)| end == tokens.len() && (parts > 1 || labelled::ends_with(&label, ONE_PERSON)))
    };
    labelled::ends_with(&label, PEOPLE) && names.peek().is_some() && !cell.contains(" and ") && names.all(is_name)
}

/// The words that are written as a name, as a whole: the position behind them, and how many they are.
fn written(tokens: &Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    let mut end = behind_part(tokens, at)?;
    let mut parts = 1;
    let mut full = usize::from(tokens.text(at).len() > 1);
    while parts < PARTS {
        let Some(mut next) = tokens.behind_space(end) else { break };
        while tokens.letters(next).is_some_and(|word| listed(PARTICLES, word)) {
            let Some(behind) = tokens.behind_space(next + 1) else { break };
            next = behind;
        }
        let Some(behind) = behind_part(tokens, next) else { break };
        full += usize::from(tokens.text(next).len() > 1);
        (end, parts) = (behind, parts + 1);
    }
    let is_person = (at..end).all(|part| {
        tokens
            .letters(part)
            .is_none_or(|word| !listed(NO_PERSON, &word.to_lowercase()) || tokens.is_mark(part + 1, '.'))
    });
    // A longer row of such words is a title.
    let goes_on = tokens.behind_space(end).is_some_and(|next| is_part(tokens, next));
    (full > 0 && is_person && !goes_on && !tokens.is_word(end)).then_some((end, parts))
}

/// Whether a word is written as a part of a name: `Kim`, `McDonald`, `J.`
fn is_part(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(word) = tokens.letters(at) else { return false };
    let mut letters = word.chars();
    let upper = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.as_str();
    upper
        && (rest.contains(char::is_lowercase) && !rest.contains('_')
            || rest.is_empty() && tokens.is_mark(at + 1, '.')
            || rest.is_empty() && matches!(tokens.mark(at + 1), Some('\'' | '’')))
}

/// The position behind `Kim`, `Anne-Marie`, `O'Brien`, `J.`
fn behind_part(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !is_part(tokens, at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 6 && matches!(tokens.mark(end), Some('-' | '\'' | '’')) && is_part(tokens, end + 1) {
        end += 2;
    }
    let initial = tokens.text(at).chars().nth(1).is_none();
    Some(end + usize::from(initial && tokens.is_mark(end, '.')))
}

/// `Jane Brown wrote:`
fn writes(tokens: &Tokens<'_>, end: usize) -> bool {
    let verb = tokens.behind_space(end).filter(|verb| tokens.text(*verb) == "wrote");
    verb.is_some_and(|verb| tokens.is_mark(verb + 1, ':'))
}

/// `Jane Brown <jane@example.com>`: what follows is an address, which the search has taken out.
fn has_address(tokens: &Tokens<'_>, end: usize) -> bool {
    let bracket = tokens.behind_space(end).filter(|mark| matches!(tokens.mark(*mark), Some('<' | '(')));
    bracket.is_some_and(|mark| mark + 1 == tokens.len())
}

/// Whether the label in front asks for people.
fn is_asked(tokens: &Tokens<'_>, at: usize, parts: usize) -> bool {
    let goes_on = |tokens: &Tokens<'_>, before: usize| match tokens.kind(before) {
        Some(Kind::Letters) => {
            is_part(tokens, before) || matches!(tokens.text(before), "and" | "or") || is_shouted(tokens.text(before))
        }
        _ => matches!(tokens.mark(before), Some(',' | ';' | '&' | '/' | '(' | ')' | '.' | '-' | '\'' | '’' | '@')),
    };
    labelled::label(tokens, at, goes_on).is_some_and(|(label, _)| {
        let asks = labelled::ends_with(&label, PEOPLE) || MAIL.contains(&label.as_str());
        asks && (parts > 1 || labelled::ends_with(&label, ONE_PERSON))
    })
}

fn is_shouted(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// Whether the word is one of a list's, which has a space on both sides of each.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}
