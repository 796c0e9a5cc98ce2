use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::*;

const SECRET: &str = "sk-proj-aB3/x+Zq9~Ülk8-Wd5tR7";

fn redacted(text: &str) -> String {
    let redactor = Redactor::default();
    redactor.add(SECRET);
    redactor.add("hunter2");
    redactor.add("5");
    redactor.redact(text).into_owned()
}

#[test]
fn a_secret_is_found_in_every_encoding() {
    let percent = |upper: bool| -> String {
        let hex = |byte: &u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
        SECRET.as_bytes().iter().map(hex).collect()
    };
    let unicode: String = SECRET.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect::<Vec<_>>().concat();
    let html: String = SECRET.chars().map(|letter| format!("&#x{:x};", u32::from(letter))).collect::<Vec<_>>().concat();
    let hexadecimal: String = SECRET.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
    let forms = [
        SECRET.to_owned(),
        SECRET.to_uppercase(),
        SECRET.replace('/', "%2f").replace('+', "%2B").replace('~', "%7E").replace('Ü', "%c3%9c"),
        percent(true),
        percent(false),
        percent(true).replace('%', "%25"),
        SECRET.replace('/', "\\/"),
        unicode.clone(),
        unicode.to_lowercase(),
        html,
        hexadecimal.clone(),
        hexadecimal.to_lowercase(),
        STANDARD.encode(SECRET),
        URL_SAFE_NO_PAD.encode(SECRET),
    ];
    for form in forms {
        let said = redacted(&format!("Invalid key: {form}, sorry"));
        assert!(said.starts_with("Invalid key: ") && said.ends_with(", sorry"), "{said}");
        assert!(said.contains(REDACTED), "{form}: {said}");
        let left = said.replace(REDACTED, "");
        assert!(left.chars().count() <= "Invalid key: , sorry".len() + 4, "{form}: {said}");
    }
}

#[test]
fn base64_hides_nothing_whatever_stands_before_and_behind() {
    for user in ["", "a", "ab", "abc", "user"] {
        let said = redacted(&STANDARD.encode(format!("{user}:{SECRET}!")));
        assert!(said.contains(REDACTED) && said.replace(REDACTED, "").len() < 14, "{user}: {said}");
        let short = redacted(&STANDARD.encode(format!("{user}:hunter2!")));
        assert!(short.contains(REDACTED), "{user}: {short}");
    }
}

#[test]
fn beginnings_and_ends_that_services_show_go_too() {
    for (said, left) in [
        ("Incorrect API key: sk-p…tR7.", "Incorrect API key: [redacted]…[redacted]."),
        ("Incorrect API key: sk-proj-***-Wd5tR7", "Incorrect API key: [redacted]***[redacted]"),
        ("the key ending in 5tR7", "the key ending in [redacted]"),
        ("sk-proj-aB3/x+ was cut", "[redacted] was cut"),
        ("a proj of last week", "a proj of last week"),
    ] {
        assert_eq!(redacted(said), left);
    }
}

#[test]
fn short_secrets_are_found_and_words_that_have_them_stay() {
    assert_eq!(redacted("wrong password `hunter2`, HUNTER2"), "wrong password `[redacted]`, [redacted]");
    assert_eq!(redacted("error 5: see section 55"), "error [redacted]: see section 55");
    assert_eq!(redacted("The text is too long."), "The text is too long.");
}

#[test]
fn a_long_text_is_looked_at_no_further_than_it_is_shown() {
    let text = format!("{}{SECRET}", "x ".repeat(1 << 20));
    let said = redacted(&text);
    assert_eq!(said.chars().count(), LONGEST);
}

#[test]
fn tokens_that_were_granted_are_forgotten_when_many_others_came() {
    let redactor = Redactor::default();
    let token = |number: usize| format!("ya29.token-{number:04}-of-an-hour");
    for number in 0..=GRANTED {
        redactor.add_granted(&token(number));
    }
    assert_eq!(redactor.granted.read().unwrap().len(), GRANTED);
    assert_eq!(redactor.redact(&token(GRANTED)), REDACTED);
}
