//! Numbers, durations and money.

use super::*;

#[test]
fn durations_are_one_fact() {
    finds("2 hours and 15 minutes", &["duration(2) 2 hours and 15 minutes"]);
    finds("1 day, 2 hours and 5 min.", &["duration(3) 1 day, 2 hours and 5 min"]);
    finds("2h 15m, 2h15m, 1h 5m 30s", &["duration(2) 2h 15m", "duration(2) 2h15m", "duration(3) 1h 5m 30s"]);
    finds("1 hour and 2 hours", &["1(Hour) 1 hour", "2(Hour) 2 hours"]);
    finds("2h, 15m; 15m 2h", &["Identifier 2h", "Identifier 15m", "Identifier 15m", "Identifier 2h"]);
    finds("2 hours and 15 users", &["2(Hour) 2 hours", "number(15) 15"]);
}

#[test]
fn money_is_read_where_english_alone_explains_it() {
    finds(
        "$1,200.50, €300 and US$5 or R$ 1,500.00",
        &[
            "money($ 1200.50 None) $1,200.50",
            "money(€ 300 None) €300",
            "money(US$ 5 None) US$5",
            "money(R$ 1500.00 None) R$ 1,500.00",
        ],
    );
    finds(
        "USD 1.2 million, 300 EUR, 2 billion €",
        &[
            "money(USD 1.2 Some(Million)) USD 1.2 million",
            "money(EUR 300 None) 300 EUR",
            "money(€ 2 Some(Billion)) 2 billion €",
        ],
    );
    finds("USD1 and $HOME and 5 ALL", &["Identifier USD1", "Identifier $HOME", "number(5) 5"]);
}

#[test]
fn what_can_be_read_in_two_ways_is_kept() {
    finds("07/05/2024", &["Uncertain 07/05/2024 !"]);
    finds("around 12:00am (noon) UTC", &["kept around 12:00am", "Identifier UTC"]);
    finds("July 5 and 7 users", &["Uncertain July 5", "number(7) 7"]);
    finds("On July 5 to 7 users", &["Uncertain July 5", "number(7) 7"]);
    finds("1:30 minutes", &["Identifier 1:30"]);
    finds("13:30 PM", &["Uncertain 13:30 PM"]);
    finds("1.234,56 and 1,204,55 and .5", &["Uncertain 1.234,56", "Uncertain 1,204,55", "Uncertain .5"]);
    finds("errors 500,502", &["Uncertain 500,502"]);
    finds("after 1h30", &["Identifier 1h30"]);
    finds("ports 80,443", &["Uncertain 80,443"]);
    finds(
        "€1.200 $300–$500 $300 thousand",
        &["Uncertain €1.200", "Uncertain $300", "Uncertain $500", "Uncertain $300 thousand"],
    );
}

#[test]
fn numbers_are_read_with_what_they_count() {
    finds("1,204 of 12", &["number(1204) 1,204", "number(12) 12"]);
    finds(
        "99.95% and 4.5 % and 4.5 percent and 3 per cent",
        &["percent(99.95) 99.95%", "percent(4.5) 4.5 %", "percent(4.5) 4.5 percent", "percent(3) 3 per cent"],
    );
    finds(
        "30 minutes; 45 sec. later, a 30-minute window",
        &["30(Minute) 30 minutes", "45(Second) 45 sec.", "30(Minute) 30-minute"],
    );
    finds("It ended at 1 p.m. We apologise.", &["moment at 1 p.m"]);
    finds("It took 5 min.", &["5(Minute) 5 min"]);
    finds(
        "1.5GB at 2.5 MB/s in 250 ms",
        &["1.5(Symbol(\"GB\")) 1.5GB", "2.5(Symbol(\"MB/s\")) 2.5 MB/s", "250(Symbol(\"ms\")) 250 ms"],
    );
    finds("4.5 million, 1.5 times", &["number(4.5) 4.5", "number(1.5) 1.5"]);
    finds(
        "50+ ~300 1-2 min",
        &["number(50) 50", "Symbol +", "Symbol ~", "number(300) 300", "number(1) 1", "Symbol -", "2(Minute) 2 min"],
    );
    finds("1st 22nd 11th 12st", &["ordinal(1) 1st", "ordinal(22) 22nd", "ordinal(11) 11th", "Identifier 12st"]);
    finds("8,9,12 and -5", &["number(8) 8", "number(9) 9", "number(12) 12", "number(-5) -5"]);
    finds("In May 30 minutes passed", &["30(Minute) 30 minutes"]);
}
