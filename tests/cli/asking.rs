//! What is asked for again: of an engine that can do it, taken back where it is not wanted after all, and counted where it
//! fails again and again.

use super::house::{House, REPORT};

/// Nothing listens on port 9 of this machine.
fn with_silent_engine(house: House) -> House {
    house.with("POLYPOST_ENGINES__ROUTE", "apertium").with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9")
}

fn work(house: &House) -> serde_json::Value {
    house.run(&["status", "--json"]).json()["work"].clone()
}

#[test]
fn an_engine_that_can_never_serve_is_refused_at_once() {
    let house = House::published();
    for call in [&["--engine", "deepl"][..], &["--engine", "deepl", "--dry-run"], &["--engine", "openai", "--wait"]] {
        let refused = house.run(&[&["retranslate", "outage", "--yes"], call].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{call:?}: {}", refused.stderr);
        let part = format!("error: engine `{}` cannot serve `es`: ", call[1]);
        assert!(refused.stderr.contains(&part) && refused.stderr.contains("\nhint: "), "{call:?}: {}", refused.stderr);
    }
    assert_eq!(work(&house)["waiting"], 0, "nothing was asked for");
}

#[test]
fn what_fails_beside_a_current_version_is_counted_and_can_be_taken_back() {
    let house = with_silent_engine(House::published());
    let failed = house.run(&["retranslate", "outage", "--locale", "es", "--force", "--wait"]);
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    let status = house.run(&["status"]);
    assert_eq!(status.code, 1);
    assert!(status.stdout.contains("further versions that fail  1"), "{}", status.stdout);
    assert!(status.stderr.contains("incident `outage`, locale `es`: ") && status.stderr.contains("--cancel"));
    let counted = work(&house);
    assert_eq!((&counted["failing"], &counted["failed"], &counted["current"]), (&1.into(), &0.into(), &2.into()));

    let cancelled = house.run(&["retranslate", "outage", "--cancel"]).succeeded();
    assert_eq!(cancelled.stdout, "requests for new versions taken back: 1\n");
    let counted = work(&house);
    assert_eq!((&counted["failing"], &counted["waiting"], &counted["current"]), (&0.into(), &0.into(), &2.into()));
    house.run(&["status"]).succeeded();
    assert!(house.run(&["retranslate", "--all", "--cancel"]).succeeded().stderr.contains("nothing was taken back"));
    assert_eq!(house.run(&["retranslate", "--all", "--cancel", "--wait"]).code, 2);

    // A new revision is no wish of an operator's, and stays asked for.
    house.write("outage.md", &REPORT.replace("No orders were lost.", "Nothing was lost."));
    house.run(&["publish", "outage.md"]).succeeded();
    house.run(&["retranslate", "outage", "--cancel"]).succeeded();
    assert_eq!(work(&house)["waiting"], 2);
    assert!(
        house.run(&["retranslate", "--partial", "--dry-run"]).succeeded().stderr.contains("nothing would be asked")
    );
}
