//! Headers that list alternatives with weights: `Accept`, `Accept-Encoding`, `Accept-Language` (RFC 9110 section
//! 12.4.2). The one place where a weight is read.

/// The weight of an element that names none, in thousandths.
pub const FULL_WEIGHT: u16 = 1000;

/// One element of such a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighted<'header> {
    /// What stands before the first `;`, without spaces around it.
    pub value: &'header str,
    /// In thousandths, from 0 (not acceptable) to [`FULL_WEIGHT`]; `None` where it is malformed.
    pub weight: Option<u16>,
    /// Whether there are parameters beside the weight, which only media types may have.
    pub has_parameters: bool,
}

/// The elements of a header's value, in the order sent, empty ones included. Commas separate them, in quotes too.
pub fn weighted(header: &str) -> impl Iterator<Item = Weighted<'_>> {
    header.split(',').map(element)
}

fn element(text: &str) -> Weighted<'_> {
    let mut parts = text.split(';').map(str::trim);
    let mut element =
        Weighted { value: parts.next().unwrap_or_default(), weight: Some(FULL_WEIGHT), has_parameters: false };
    for parameter in parts.filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=') {
            Some((name, weight)) if name.trim().eq_ignore_ascii_case("q") => {
                element.weight = thousandths(weight.trim()).filter(|_| element.weight.is_some());
            }
            _ => element.has_parameters = true,
        }
    }
    element
}

/// `0` or `1`, and at most three decimals, which are zeros behind a `1`.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let decimals = decimals.bytes().chain(std::iter::repeat(b'0')).take(3);
    let fraction = decimals.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    match (whole, fraction) {
        ("0", fraction) => Some(fraction),
        ("1", 0) => Some(FULL_WEIGHT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_the_standard_spells_them() {
        for (spelled, weight) in [
            ("1", Some(1000)),
            ("1.", Some(1000)),
            ("1.000", Some(1000)),
            ("0", Some(0)),
            ("0.5", Some(500)),
            ("0.25", Some(250)),
            ("0.001", Some(1)),
        ] {
            assert_eq!(element(&format!("a; Q = {spelled} ")).weight, weight, "{spelled}");
        }
        for malformed in
            ["", "z", "0.z", "0.1z", "1.5", "1.001", "2", "-1", ".5", "00.5", "0.1234", "1.0000", "0.+5", "1e0"]
        {
            assert_eq!(element(&format!("a;q={malformed}")).weight, None, "{malformed}");
        }
        assert_eq!(element("a;q=z;q=1").weight, None, "one that is malformed spoils the element");
    }

    #[test]
    fn elements_stand_as_they_were_sent() {
        let plain = |value| Weighted { value, weight: Some(FULL_WEIGHT), has_parameters: false };
        let found: Vec<_> = weighted("text/html;level=1;q=0.4, , */*;,x").collect();
        let html = Weighted { value: "text/html", weight: Some(400), has_parameters: true };
        assert_eq!(found, [html, plain(""), plain("*/*"), plain("x")]);
        assert!(weighted("a;b").all(|element| element.has_parameters));
    }
}
