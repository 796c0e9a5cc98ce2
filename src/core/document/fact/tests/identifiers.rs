//! Addresses, identifiers, versions, names and symbols: what is kept as it stands.

use super::*;

#[test]
fn addresses_lose_the_punctuation_of_their_sentence() {
    finds("See (https://a.b/c_(d)).", &["Url https://a.b/c_(d)"]);
    finds(
        "ftp://x.y/z, www.x.com! http://a.b:80/?q=1&r=2#f.",
        &["Url ftp://x.y/z", "Url www.x.com", "Url http://a.b:80/?q=1&r=2#f"],
    );
    finds(
        "Ref. <https://github.com/o/r/issues/3535#issuecomment-1620171502.>",
        &["Symbol <", "Url https://github.com/o/r/issues/3535#issuecomment-1620171502", "Symbol >"],
    );
    finds("Write to ops.team+x@example.co.uk.", &["Email ops.team+x@example.co.uk"]);
    finds("postgres://db:5432/x \u{201C}https://a.b/é\u{201D}", &["Url postgres://db:5432/x", "Url https://a.b/é"]);
    finds("https://a.b/)))))", &["Url https://a.b/"]);
}

const IDENTIFIERS: &[&str] = &[
    "pod-7",
    "m5.xlarge",
    "us-east-1",
    "ERR-5012",
    "8u242",
    "0x80070005",
    "INFRA-2846",
    "#4711",
    "s390x",
    "SHA-1",
    "E_CONN_REFUSED",
    "5xx",
    "snake_case",
    "NoSuchMethodError",
    "camelCase",
    "@handle",
    "--flag",
    "--flag=3",
    "ci.jenkins.io",
    "ci.jenkins.io:8443",
    "10.0.0.1",
    "10.0.0.0/8",
    "10.0.0.1:8080",
    "localhost:8080",
    "/etc/x",
    "/etc/nginx/",
    "C:\\x\\y.txt",
    "a/b/c.txt",
    "./run.sh",
    "~/x",
    "$HOME",
    "CVE-2021-44228",
    "HTTP/502",
    "550e8400-e29b-41d4-a716-446655440000",
    "2bfbb53123b43317d91a280ce8b8c9ae4c8b35a2",
    "783.v58077630847d",
    "jenkins_2.349_all.deb",
    "2024-07-05T13:52:07.123Z",
    "std::fmt",
    "24/7",
    "2h",
    "CORP\\user",
    "2001:db8::1",
    "::1",
    "fe80::1%eth0",
    "[2001:db8::1]:443",
    "2001:db8::/32",
    "00:11:22:33:44:55",
    ":8443",
    "us-east",
    "eu-west-1a",
    "HTTP 503",
    "HTTP 5xx",
    "${FOO_BAR}",
    "%PATH%",
];

#[test]
fn identifiers_are_kept_whole() {
    for identifier in IDENTIFIERS {
        let text = format!("The {identifier} failed.");
        let found = find(&text, &Lexicon::default());
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert_eq!(found[0].fact.source, *identifier);
        assert!(matches!(found[0].fact.value, Value::Verbatim(_)), "{found:?}");
    }
    finds("pod-7's queue", &["Identifier pod-7"]);
}

#[test]
fn versions_are_kept() {
    finds("v2.3.1 1.25.3 2.319.1-rc1", &["Version v2.3.1", "Version 1.25.3", "Version 2.319.1-rc1"]);
    finds("Kubernetes 1.23", &["Uncertain 1.23"]);
}

#[test]
fn ordinary_words_are_no_facts() {
    for text in [
        "We may march at the sun in a second; on Monday, read/write and/or client/server well-known e.g. the team.",
        "“Quoted” – dashed — it’s … non\u{A0}breaking",
        "INVESTIGATING: the APIs and URLs were down.The rest follows.",
        "By now, from here, until then, at once, before the fix.",
    ] {
        finds(text, &[]);
    }
}

#[test]
fn symbols_and_lookalikes_never_travel() {
    finds(
        "→ 🎉🎉 # a\u{202E}b {x} ⟦3⟧ %1$s <x id=\"1\"/> [PH1] [ph 12] _PH1_ PH1 __1__",
        &[
            "Symbol →",
            "Symbol 🎉🎉",
            "Symbol #",
            "Symbol \u{202E}",
            "Symbol {x}",
            "Symbol ⟦3⟧",
            "Symbol %1$s",
            "Symbol <x id=\"1\"/>",
            "Symbol [PH1]",
            "Symbol [ph 12]",
            "Symbol _PH1_",
            "Symbol PH1",
            "Symbol __1__",
        ],
    );
    finds("the naïve 日本語 Überblick", &["Name naïve", "Name 日本語", "Name Überblick"]);
}

#[test]
fn names_are_whole_words_the_longest_first() {
    let names = ["Talk", "Zendesk Talk", "Route 53", "S3 Standard", ".NET"];
    assert_eq!(
        named("Zendesk Talk, Talk-2, talk, Talking, non-Talk, Route 53, S3 Standard, .NET", &names),
        ["Name Zendesk Talk", "Identifier Talk-2", "Name Talk", "Name Route 53", "Name S3 Standard", "Name .NET",]
    );
}
