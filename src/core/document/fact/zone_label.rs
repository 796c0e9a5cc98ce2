//! Labels of time zones behind a clock time, as written: `UTC`, `(PT)`, `+02:00`. Which names are zones is in
//! [`zone`].

use super::half::half_of_day;
use super::reading::Read;
use super::token::Tokens;
use super::zone;

/// `UTC`, `(PT)`, `UTC+2`, `Z`, `+02:00`, `Pacific Time`. `offsets` is whether a bare `-07:00` can be nothing but an
/// offset here.
pub(super) fn zone_label(tokens: &Tokens<'_>, end: usize, offsets: bool) -> Option<Read<String>> {
    if tokens.letters(end) == Some("Z") && tokens.ends_word(end + 1) {
        return Some(Read { value: "Z".to_owned(), end: end + 1 });
    }
    let at = tokens.skip_space(end);
    if tokens.is_mark(at, '+') || (offsets && at == end && tokens.is_mark(at, '-')) {
        let behind = offset(tokens, at, true)?;
        return Some(Read { value: tokens.slice(at, behind).to_owned(), end: behind });
    }
    let open = tokens.is_mark(at, '(');
    let label = at + usize::from(open);
    let mut behind = label + 1;
    let named = zone::database_name(tokens, label).or_else(|| zone::named(tokens, label));
    let letters = tokens.letters(label).filter(|letters| named.is_some() || zone::is_label(letters))?;
    if let Some(end) = named {
        behind = end;
    } else if letters.eq_ignore_ascii_case("utc") || letters.eq_ignore_ascii_case("gmt") {
        // "10:54 UTC-9 AM" is a span.
        let offset = offset(tokens, behind, false).filter(|end| half_of_day(tokens, *end).is_none());
        behind = offset.unwrap_or(behind);
    }
    if open {
        behind = tokens.is_mark(behind, ')').then_some(behind + 1)?;
    } else if tokens.is_word(behind) {
        return None;
    }
    Some(Read { value: tokens.slice(at, behind).to_owned(), end: behind })
}

/// The position behind `+2`, `-03:30`, `+0200`. Offsets reach to 14 hours in quarters (IANA tz database, `backward`).
fn offset(tokens: &Tokens<'_>, at: usize, whole: bool) -> Option<usize> {
    tokens.mark(at).filter(|mark| "+-".contains(*mark))?;
    if tokens.digits(at + 1, 4, 4).is_some() {
        return Some(at + 2);
    }
    tokens.digits(at + 1, 1, 2).filter(|digits| digits.parse::<u8>().is_ok_and(|hours| hours <= 14))?;
    if tokens.is_mark(at + 2, ':') {
        tokens.digits(at + 3, 2, 2).filter(|minutes| matches!(*minutes, "00" | "15" | "30" | "45"))?;
        // "10:54 UTC-11:00 UTC" is a span.
        let zone = tokens.letters(tokens.skip_space(at + 4)).is_some_and(zone::is_label);
        return (!zone).then_some(at + 4);
    }
    (!whole).then_some(at + 2)
}
