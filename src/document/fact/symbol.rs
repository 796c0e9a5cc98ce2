//! Symbols: marks that no engine carries: those outside prose, and control characters.

/// Whether engines drop, invent or stumble over the mark (ENGINES 9b). Quotes, dashes, the ellipsis and no-break
/// space are not among them: every adapter writes them in its own way.
pub(super) fn is_symbol(mark: char) -> bool {
    match mark {
        '#' | '<' | '>' | '@' | '\\' | '^' | '{' | '}' | '~' | '`' => true,
        '‘' | '’' | '‚' | '“' | '”' | '„' | '…' | '‐' | '‑' | '–' | '—' => false,
        _ => !mark.is_ascii() || mark.is_ascii_control(),
    }
}
