//! Locales that an engine has one code for are one purchase: whether their jobs run together or one after the other.

use std::collections::BTreeMap;

use polypost_core::check::Origin;
use polypost_engines::route;
use polypost_store::State;
use serde_json::Value;

use polypost_test_service::program::{TestProgram, settings};
use polypost_test_service::vendors::libretranslate;

const REPORT: &str = "---\ntitle: Orders are late\nstatus: investigating\n---\n\nOrders of some customers are late since \
    13:52 UTC.\n\nWe are looking for the cause.\n";

/// How often each text was asked for, by the code that it was asked for in.
fn bought(asked: &[Value]) -> BTreeMap<(String, String), usize> {
    let mut bought = BTreeMap::new();
    for body in asked {
        for text in body["q"].as_array().into_iter().flatten() {
            let key = (body["target"].to_string(), text.to_string());
            *bought.entry(key).or_default() += 1;
        }
    }
    bought
}

#[tokio::test]
async fn three_regions_of_a_language_are_one_purchase() {
    let locales = ["es", "es-MX", "es-419", "it"];
    for concurrency in [8, 1] {
        let server = libretranslate::serve().await;
        let mut program = TestProgram::with(&locales, |dependencies| {
            let mut settings = settings().engines;
            settings.libretranslate.url.clone_from(&server.url);
            vec![route::engine(&settings, "libretranslate", dependencies).expect("usable settings")]
        })
        .await;
        program.worker.settings.concurrency = concurrency;
        for (name, report) in [("orders.md", REPORT.to_owned()), ("later.md", REPORT.replace("Orders", "Invoices"))] {
            program.publish(TestProgram::report(name, report.as_bytes())).await.expect("published");
            program.work().await;
        }
        let bought = bought(&server.asked.lock().expect("no panic"));
        assert!(bought.values().all(|times| *times == 1), "with {concurrency}: {bought:#?}");
        let mut codes: Vec<&str> = bought.keys().map(|(code, _)| code.as_str()).collect();
        codes.dedup();
        assert_eq!(codes, ["\"es\"", "\"it\""], "with {concurrency}");
        for locale in locales {
            program.assert_state("orders", locale, State::Current).await;
            let version = program.served("orders", locale).await.expect("published");
            let made: Vec<&Origin> = version.rendition.segments.iter().map(|segment| &segment.origin).collect();
            let of_engine = |origin: &&&Origin| match origin {
                Origin::Machine { engine, .. } | Origin::Memory { engine: Some(engine), .. } => {
                    engine == "libretranslate"
                }
                _ => false,
            };
            assert_eq!(made.iter().filter(of_engine).count(), 3, "{locale}: {made:?}");
        }
    }
}
