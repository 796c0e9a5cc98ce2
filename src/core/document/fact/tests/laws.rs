//! What holds of every text, hostile ones among them.

use std::path::Path;

use proptest::prelude::*;

use super::*;

#[test]
fn the_reports_of_the_corpus_hold_the_laws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/cstate");
    let Ok(reports) = std::fs::read_dir(&root) else {
        println!("skipped: {} is not there", root.display());
        return;
    };
    let mut read = 0;
    for path in reports.map(|report| report.unwrap().path()) {
        let text = std::fs::read_to_string(path).unwrap();
        holds_the_laws(&text, &["Jenkins".to_owned(), "Azure".to_owned()]);
        text.lines().for_each(|line| holds_the_laws(line, &[]));
        read += 1;
    }
    assert!(read >= 190, "{read} reports");
}

/// What a hostile text may repeat without end.
const REPEATED: &[&str] = &[
    "1 ",
    "a1",
    "(",
    ".",
    "July ",
    "a.",
    "a-",
    "1:",
    "1,",
    "from 1 to ",
    "at 1:52 ",
    "@",
    "://",
    "{",
    "<a ",
    "a://",
    "1-",
    "{1",
    "https://a))",
    ",111",
    ".1",
    "1h ",
    "1 hour ",
    "July 1, 2, ",
    "::",
    "a:",
    "$1,",
    "USD ",
    "noon ",
    "from about 1:52 to ",
    "1/",
    "1 PM/",
    "1 PM (",
    "1, ",
    "Mon, ",
    "Mon-",
    "all times in ",
    "US/",
    "no later than ",
    "12,34,",
    "1 000 ",
    "{a: ",
    "$x=",
    ":a",
    "A&",
    "A & ",
    "U.",
    "No. 1,000",
    "curl -a ",
    "Ctrl+",
    "X-a-",
    "Plan A ",
    "1.5 ",
    "$1.5-",
    "?a=&",
];

#[test]
fn work_grows_with_the_text_alone() {
    /// Long enough that whatever is looked at within bounds is looked at in full.
    const LENGTH: usize = 1 << 11;
    for piece in REPEATED {
        let looked_at = |length: usize| {
            // The last letter makes a long figure none.
            let text = piece.repeat(length / piece.len()) + "x";
            effort::of(|| holds_the_laws(&text, &["July Fair".to_owned()]))
        };
        // Of eight times the text eight times as many bytes are looked at; a square would be sixty-four times.
        let (few, many) = (looked_at(LENGTH), looked_at(8 * LENGTH));
        assert!(few >= LENGTH, "{piece:?}: only {few} bytes were looked at");
        assert!(many <= few * 9, "{piece:?}: {few} bytes of {LENGTH} are looked at, {many} of eight times as many");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_text_holds_the_laws(text in any::<String>()) {
        holds_the_laws(&text, &[]);
        let _ = timestamp_line(&text);
    }

    #[test]
    fn what_looks_like_reports_holds_the_laws(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        holds_the_laws(&text, &["Zendesk Talk".to_owned(), "5".to_owned(), "July 5".to_owned()]);
        let _ = timestamp_line(&text);
    }
}

const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "July",
    "5",
    "05",
    "2024",
    "13",
    "52",
    ":",
    ":",
    ",",
    ".",
    "-",
    "–",
    "/",
    "|",
    "(",
    ")",
    "[",
    "]",
    "at",
    "on",
    "from",
    "to",
    "between",
    "and",
    "the",
    "of",
    "UTC",
    "PT",
    "Z",
    "T",
    "AM",
    "p.m.",
    "h",
    "th",
    "Friday",
    "%",
    "minutes",
    "GB",
    "+",
    "$",
    "€",
    "https://a.b/",
    "x@y.zz",
    "www.",
    "PH1",
    "[PH1]",
    "{0}",
    "<b>",
    "_",
    "é",
    "🎉",
    "\n",
    "\u{A0}",
    "Zendesk",
    "Talk",
    "~",
    "#",
    "\\",
    "noon",
    "midnight",
    "USD",
    "million",
    "hours",
    "::",
    "HTTP",
    "Sat",
    "Jan",
    "early",
    "starting",
    "PM",
    "All",
    "times",
    "in",
    "half",
    "past",
    "Europe/Berlin",
    "29",
    "February",
    "2024-07-05",
    "13:52",
    "1,204",
    "4.5",
    "{",
    "}",
    "\"a\": ",
    "$",
    "=",
    "&",
    "A",
    "U.S.",
    "No. ",
    "kubectl ",
    "Ctrl",
    "X-",
    "000",
    "k",
    "₹",
    " lakh",
    ":fire:",
    "3rd",
    "party",
    "-fold",
    "/day",
];
