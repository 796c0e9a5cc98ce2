//! What goes wrong on the line and at the service: each fault has its kind, and what an engine could not do stands in
//! the row's reason.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polypost_core::check::Origin;
use polypost_engines::pseudo::Pseudo;
use polypost_engines::{CallOutcome, Engine, EngineDependencies, ErrorKind};
use polypost_store::State;

use super::{TEXT, ask, each};
use polypost_test_service::chaos::{self, Fault};
use polypost_test_service::program::{TestProgram, locale};
use polypost_test_service::stub;
use polypost_test_service::vendors::all::all;

#[tokio::test]
async fn every_fault_has_its_kind_and_tells_no_secret() {
    each(
        |can| can.network,
        |service| async move {
            for fault in chaos::FAULTS {
                if !service.can.lists && matches!(fault, Fault::LacksATextAtTheEnd | Fault::HasATextMore) {
                    continue;
                }
                let line = chaos::line(&service.url, move || Some(fault)).await;
                let engine = service.engine_with(&line.url, &EngineDependencies::default(), |contract| {
                    contract.first_byte_timeout_seconds = 1;
                    contract.request_timeout_seconds = 2;
                });
                let texts = [TEXT.to_owned(), "It works again.".to_owned()];
                let texts = if service.can.lists { &texts } else { &texts[..1] };
                let error = ask(&service, engine.as_ref(), texts).await;
                let error = error.expect_err(&format!("{}: {fault:?}", service.name));
                let after = match error.kind {
                    ErrorKind::Transient { after } => after,
                    kind => panic!("{}: {fault:?}: {kind:?}: {error}", service.name),
                };
                let asked_for = (fault == Fault::WantsAPause).then_some(Duration::from_secs(1));
                assert!(
                    after == asked_for || error.call == CallOutcome::Paused,
                    "{}: {fault:?}: {after:?}: {error}",
                    service.name
                );
                assert!((1..=3).contains(&line.calls()), "{}: {fault:?}: {} calls", service.name, line.calls());
                let told = format!("{error} {error:?}");
                for secret in service.secrets.iter().map(String::as_str).chain(["Customers", "Call recordings"]) {
                    assert!(!told.contains(secret), "{}: {fault:?}: {told}", service.name);
                }
            }
        },
    )
    .await;
}

#[tokio::test]
async fn an_answer_that_unpacks_without_end_is_given_up() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..512 {
        bomb.write_all(&vec![b' '; 1 << 20]).expect("in memory");
    }
    let packed = Arc::new(bomb.finish().expect("in memory"));
    assert!(packed.len() < 1 << 20);
    for service in all().await.into_iter().filter(|service| service.can.network) {
        let packed = Arc::clone(&packed);
        let headers = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
        let url = stub::serve(move |_| Some(stub::answer("200 OK", headers, packed.as_slice()))).await;
        let engine = service.engine_at(&url, &EngineDependencies::default());
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err(service.name);
        assert!(error.to_string().contains("larger than"), "{}: {error}", service.name);
    }
}

#[tokio::test]
async fn what_an_engine_cannot_do_stands_in_the_rows_reason() {
    each(
        |can| can.network,
        |service| async move {
            let line = chaos::line(&service.url, || Some(Fault::IsDown)).await;
            let program =
                TestProgram::with(&["es"], |dependencies| vec![service.engine_at(&line.url, dependencies)]).await;
            let report = TestProgram::report("down.md", b"---\ntitle: Sign-in fails\n---\n\nNobody can sign in.\n");
            program.publish(report).await.expect("published");
            program.work().await;
            let row = program.translation("down", "es").await;
            assert_eq!(row.state, State::Failed, "{row:?}");
            let reason = row.failure.expect("a failure").to_string();
            let engine = service.engine_name();
            assert!(reason.contains(&format!("engine `{engine}`")) && reason.contains("503"), "{reason}");
            assert!(program.served("down", "es").await.is_none());
        },
    )
    .await;
}

/// What was paid for is used: the next engine gets the rest.
#[tokio::test]
async fn what_was_translated_before_a_failure_stays() {
    let mut services = all().await;
    services.retain(|service| service.name == "amazon");
    let service = services.pop().expect("it is one of them");
    let mut calls = 0;
    let line = chaos::line(&service.url, move || {
        calls += 1;
        (calls > 3).then_some(Fault::IsDown)
    })
    .await;
    let pseudo: Arc<dyn Engine> = Arc::new(Pseudo);
    let program =
        TestProgram::with(&["es"], |dependencies| vec![service.engine_at(&line.url, dependencies), pseudo]).await;
    let paragraphs =
        "A fix was deployed.\n\nMessages are delivered again.\n\nSome calls failed.\n\nWe apologise.\n\nSign-in works.";
    let report = TestProgram::report("long.md", format!("---\ntitle: Sign-in fails\n---\n\n{paragraphs}\n").as_bytes());
    program.publish(report).await.expect("published");
    program.work().await;
    program.assert_state("long", "es", State::Current).await;
    let rendition = program.served("long", "es").await.expect("a version").rendition;
    let by = |name: &str| {
        let is_by = |origin: &Origin| matches!(origin, Origin::Machine { engine, .. } if engine == name);
        rendition.segments.iter().filter(|segment| is_by(&segment.origin)).count()
    };
    assert_eq!((by("amazon"), by("pseudo")), (3, 3));
}

/// A key that follows a redirection is given away.
#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    for service in all().await.into_iter().filter(|service| service.can.network) {
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        let elsewhere = stub::serve(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Some(stub::ok("[]"))
        })
        .await;
        for status in
            ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
        {
            let location = format!("location: {elsewhere}/\r\n");
            let url = stub::serve(move |_| Some(stub::answer(status, &location, ""))).await;
            let engine = service.engine_at(&url, &EngineDependencies::default());
            let error = engine.check(&locale("en"), &locale("es")).await.expect_err(service.name);
            assert!(error.to_string().contains(&status[..3]), "{}: {error}", service.name);
        }
        assert_eq!(reached.load(Ordering::Relaxed), 0, "{}", service.name);
    }
}
