//! What services are like, as far as the exercises of the engines' contract differ by it.

/// Which exercises an engine is fit for.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Capabilities {
    /// It asks a service, and the line to it may be bad.
    pub network: bool,
    /// A call holds a list of texts, which may be too short or too long.
    pub lists: bool,
    /// There is a longest text.
    pub longest: bool,
    /// It knows which locales it serves, and does not serve all.
    pub languages: bool,
    /// How it sees that an answer is another text's.
    pub apart: Apart,
    /// What it bills is known to the unit before it is asked; how many tokens a text has, a model alone can tell.
    pub tells_units: bool,
    /// It takes every sign, and leaves it; a model may have no `<`.
    pub signs: bool,
}

/// How an answer is told from that to another text of the same call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Each has its text's name: it is put where it belongs.
    ByNames,
    /// Its elements have numbers of their own: it is refused.
    ByElements,
    /// There is one text in a call, or nothing to tell them by.
    Untold,
}

/// What a service says that will not translate.
#[derive(Clone, Debug, Default)]
pub struct Refusals {
    /// Of the pair of languages, or of the call as such.
    pub call: Vec<u8>,
    /// Of a call because of one of its texts, where the service says so.
    pub text: Option<Vec<u8>>,
}

/// What most vendors have alike.
pub const USUAL: Capabilities = Capabilities {
    network: true,
    lists: true,
    longest: true,
    languages: true,
    apart: Apart::ByElements,
    tells_units: true,
    signs: true,
};

/// What engines in the program have alike.
pub const OWN: Capabilities = Capabilities {
    network: false,
    lists: false,
    longest: false,
    languages: false,
    apart: Apart::Untold,
    tells_units: true,
    signs: true,
};
