//! What Prometheus reads.

use jiff::tz::TimeZone;
use polypost_core::clock::Clock as _;
use polypost_settings::Secret;
use polypost_store::{Allowance, UsageCharge};

use crate::test_server::{TestServer, report, request, spanish};

async fn metrics(server: &TestServer) -> String {
    let answer = server.get_as_operator("/metrics").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4");
    answer.text().to_owned()
}

#[tokio::test]
async fn work_and_money_are_told_as_they_stand_in_the_store() {
    let server = TestServer::with(|config| {
        config.engines.deepl.contract.characters_per_month = 1000;
        config.engines.deepl.contract.price_per_million = 25.0;
    })
    .await;
    server.publish(&report("calls")).await;
    server.translate("calls", "es", spanish()).await;
    let day = server.clock.now().to_zoned(TimeZone::UTC).date();
    let locale = "es".parse().expect("a locale");
    let charge = UsageCharge { engine: "deepl".to_owned(), locale, day, units: 900 };
    let allowance = Allowance { day: None, month: Some(1000) };
    server.store.book_usage(&charge, allowance).await.expect("booked");
    let told = metrics(&server).await;
    for line in [
        "# TYPE polypost_translations gauge",
        "polypost_translations{state=\"current\"} 1",
        "polypost_translations{state=\"waiting\"} 1",
        "polypost_translations{state=\"failed\"} 0",
        "polypost_usage_characters{engine=\"deepl\",locale=\"es\"} 900",
        "polypost_usage_cost{engine=\"deepl\",locale=\"es\"} 0.0225",
        "polypost_budget_characters{engine=\"deepl\",period=\"month\"} 1000",
        "polypost_budget_spent_characters{engine=\"deepl\",period=\"month\"} 900",
        "polypost_budget_state{engine=\"deepl\",period=\"month\",state=\"warning\"} 1",
        "polypost_budget_state{engine=\"deepl\",period=\"month\",state=\"exhausted\"} 0",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    // What no longer fits is not asked for, and that is a state.
    server.store.book_usage(&UsageCharge { units: 200, ..charge }, allowance).await.expect("refused");
    let exhausted = "polypost_budget_state{engine=\"deepl\",period=\"month\",state=\"exhausted\"} 1";
    let told = metrics(&server).await;
    assert!(told.lines().any(|told| told == exhausted), "{told}");
}

#[tokio::test]
async fn what_is_spent_is_no_strangers_business() {
    for secrets in [vec![], vec![Secret::from("whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0".to_owned())]] {
        let server = TestServer::with(|config| config.publish.webhook_secrets = secrets).await;
        for peer in [None, Some("192.0.2.1:1000"), Some("127.0.0.1:9"), Some("[::1]:9")] {
            for headers in [&[][..], &[("host", "127.0.0.1:8080")], &[("authorization", "Bearer wrong")]] {
                let answer = server.send(request("GET", "/metrics", headers, "", peer)).await;
                assert_eq!(answer.problem().0, 401, "{peer:?} {headers:?}");
            }
        }
    }
}
