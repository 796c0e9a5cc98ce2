//! An engine that lets an open incident wait is hedged by the next of the route; a text that has time is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use polypost::pipeline::Hedging;
use polypost_core::check::Origin;
use polypost_core::locale::Locale;
use polypost_engines::{Engine, EngineError, EngineRequest, EngineResponse, ErrorKind};
use polypost_store::Version;

use polypost_test_service::program::TestProgram;
use polypost_test_service::told::disguised;

/// What an engine does once it has taken its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Translate,
    /// All but the first of its texts.
    Decline,
    Fail,
}

struct Slow {
    name: &'static str,
    takes: Duration,
    does: Does,
    calls: Arc<AtomicUsize>,
}

#[async_trait]
impl Engine for Slow {
    fn name(&self) -> &str {
        self.name
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(self.takes).await;
        let candidate = |(index, text): (usize, &String)| match self.does {
            Does::Decline if index > 0 => Err("not this one".to_owned()),
            _ => Ok(disguised(text).into()),
        };
        match self.does {
            Does::Fail => {
                Err(EngineError::new(self.name, ErrorKind::Transient { after: None }, "it is down for a while"))
            }
            _ => Ok(EngineResponse {
                candidates: request.texts.iter().enumerate().map(candidate).collect(),
                model: None,
            }),
        }
    }
}

/// Longer than any test waits.
const FOREVER: Duration = Duration::from_hours(1);
const SOON: Duration = Duration::from_millis(20);
const LATER: Duration = Duration::from_millis(300);

struct Scene {
    program: TestProgram,
    second: Arc<AtomicUsize>,
}

impl Scene {
    async fn new(first: (Duration, Does), second: (Duration, Does), after: Duration) -> Self {
        let calls = Arc::new(AtomicUsize::new(0));
        let engine = |name, (takes, does), calls: &Arc<AtomicUsize>| -> Arc<dyn Engine> {
            Arc::new(Slow { name, takes, does, calls: Arc::clone(calls) })
        };
        let route = vec![engine("first", first, &Arc::default()), engine("second", second, &calls)];
        let mut program = TestProgram::new(route, &["es"]).await;
        Arc::get_mut(&mut program.worker.pipeline).expect("nobody else has it").hedging = Hedging::new(after);
        Self { program, second: calls }
    }

    /// Publishes a report whose words the memory does not know, and has it translated.
    async fn translated(&self, name: &str, status: &str) -> Version {
        let text = format!(
            "---\ntitle: Orders of {name} fail\nstatus: {status}\n---\n\nNobody can order {name} things.\n\nWe look at {name} orders.\n"
        );
        self.program.publish(TestProgram::report(&format!("{name}.md"), text.as_bytes())).await.expect("published");
        self.program.work().await;
        self.program.served(name, "es").await.expect("a version")
    }
}

/// Of each segment.
fn engines(version: &Version) -> Vec<String> {
    let engine = |origin: &'_ Origin| match origin {
        Origin::Machine { engine, .. } => Some(engine.clone()),
        _ => None,
    };
    version.rendition.segments.iter().filter_map(|segment| engine(&segment.origin)).collect()
}

#[tokio::test]
async fn who_has_an_incident_now_does_not_wait_for_a_slow_engine() {
    let scene = Scene::new((FOREVER, Does::Translate), (SOON, Does::Translate), SOON).await;
    assert_eq!(engines(&scene.translated("now", "investigating").await), ["second"; 3]);
}

#[tokio::test]
async fn what_has_time_and_what_is_fast_is_paid_for_once() {
    for (after, status) in [(SOON, "resolved"), (FOREVER, "investigating"), (Duration::ZERO, "investigating")] {
        let scene = Scene::new((LATER, Does::Translate), (SOON, Does::Translate), after).await;
        assert_eq!(engines(&scene.translated("once", status).await), ["first"; 3]);
        assert_eq!(scene.second.load(Ordering::SeqCst), 0, "{after:?} {status}");
    }
}

#[tokio::test]
async fn the_second_engine_is_rarely_asked_beside_the_first() {
    let scene = Scene::new((LATER, Does::Translate), (SOON, Does::Translate), SOON).await;
    assert_eq!(engines(&scene.translated("first", "investigating").await), ["second"; 3]);
    let asked = scene.second.load(Ordering::SeqCst);
    assert_eq!(engines(&scene.translated("next", "investigating").await), ["first"; 3]);
    assert_eq!(scene.second.load(Ordering::SeqCst), asked);
}

#[tokio::test]
async fn what_one_engine_lacks_the_other_fills_in() {
    let scene = Scene::new((LATER, Does::Decline), (LATER, Does::Translate), SOON).await;
    assert_eq!(engines(&scene.translated("holes", "investigating").await), ["first", "second", "second"]);
    for (first, second, expected) in [
        ((LATER, Does::Fail), (LATER * 2, Does::Translate), "second"),
        ((LATER * 2, Does::Translate), (LATER, Does::Fail), "first"),
    ] {
        let scene = Scene::new(first, second, SOON).await;
        assert_eq!(engines(&scene.translated("down", "investigating").await), [expected; 3]);
    }
}
