//! IPv6 addresses, with their zone, prefix or port. Clock times and the `::` of programs are none.

// `core::net` has addresses and no sockets: nothing here can do I/O.
use core::net::Ipv6Addr;

use super::token::{Kind, Tokens};

/// Most bytes of an IPv6 address in text, with an IPv4 address in its last 32 bits (RFC 4291 section 2.2).
const ADDRESS: usize = 45;

/// `2001:db8::1`, `::1/128`, `fe80::1%eth0`, `[2001:db8::1]:443`
pub(super) fn ip6(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_mark(at, '[') {
        return bare(tokens, at);
    }
    let close = bare(tokens, at + 1).filter(|close| tokens.is_mark(*close, ']'))?;
    let has_port = tokens.is_mark(close + 1, ':') && tokens.digits(close + 2, 1, 5).is_some();
    Some(if has_port { close + 3 } else { close + 1 })
}

fn bare(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let rest = tokens.ahead(at, ADDRESS + 1).as_bytes();
    let fits = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let length = rest.iter().take(ADDRESS + 1).take_while(|byte| fits(byte)).count();
    let text = std::str::from_utf8(rest.get(..length)?).ok()?.trim_end_matches('.');
    let text = if text.ends_with("::") { text } else { text.trim_end_matches(':') };
    // A lone "::" is anything.
    if text.len() < 3 || text.bytes().filter(|byte| *byte == b':').count() < 2 || text.parse::<Ipv6Addr>().is_err() {
        return None;
    }
    let stop = tokens.start(at) + text.len();
    let mut end = at + 1;
    while tokens.start(end) < stop {
        end += 1;
    }
    if tokens.start(end) != stop || tokens.is_word(end) {
        return None;
    }
    if tokens.is_mark(end, '%') && tokens.is_word(end + 1) {
        end += 2;
        while tokens.is_word(end) {
            end += 1;
        }
    }
    if tokens.is_mark(end, '/') && tokens.kind(end + 1) == Some(Kind::Digits) && !tokens.is_word(end + 2) {
        end += 2;
    }
    Some(end)
}
