use std::collections::BTreeSet;

use tokio::sync::Semaphore;

use super::*;
use crate::{Partial, TranslatedText};

/// Answers each text with itself in brackets, once it is let.
struct Held {
    /// The texts of each call.
    calls: Mutex<Vec<Vec<String>>>,
    let_through: Semaphore,
}

#[async_trait]
impl Engine for Held {
    fn name(&self) -> &'static str {
        "held"
    }

    async fn prepare(&self, _: &Locale, _: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Outcome {
        self.calls.lock().unwrap().push(request.texts.to_vec());
        assert!(request.texts.iter().all(|text| text != "panic"), "as it was told");
        if !request.is_urgent {
            self.let_through.acquire().await.unwrap().forget();
        }
        let candidates: Vec<_> =
            request.texts.iter().map(|text| Ok(TranslatedText::from(format!("[{text}]")))).collect();
        if request.texts.iter().any(|text| text == "fail") {
            let mut candidates: Vec<_> = candidates.into_iter().map(Some).collect();
            candidates[0] = None;
            let error = EngineError::new("held", ErrorKind::Quota, "used up").hint("pay");
            return Err(EngineError { partial: Some(Box::new(Partial { candidates, model: None })), ..error });
        }
        Ok(EngineResponse { candidates, model: Some("7".to_owned()) })
    }
}

struct Scene {
    engine: Arc<Held>,
    gathering: Arc<RequestBatcher>,
}

type Asking = tokio::task::JoinHandle<Outcome>;

impl Scene {
    fn new(most: usize) -> Self {
        let engine = Arc::new(Held { calls: Mutex::default(), let_through: Semaphore::new(0) });
        let gathering = Arc::new(RequestBatcher::new(Arc::clone(&engine) as Arc<dyn Engine>, most));
        Self { engine, gathering }
    }

    /// Asks, and goes on when the request has come as far as it gets.
    async fn ask(&self, target: &str, texts: &[&str], is_urgent: bool) -> Asking {
        let gathering = Arc::clone(&self.gathering);
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let (source, target): (Locale, Locale) = ("en".parse().unwrap(), target.parse().unwrap());
        let asking = tokio::spawn(async move {
            let context = Some("a title that nobody reads");
            let request = EngineRequest { context, is_urgent, ..EngineRequest::new(&source, &target, &texts) };
            gathering.translate(request).await
        });
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        asking
    }

    fn calls(&self) -> Vec<Vec<String>> {
        self.engine.calls.lock().unwrap().clone()
    }
}

async fn texts(asking: Asking) -> Vec<String> {
    let answer = asking.await.unwrap().unwrap();
    assert_eq!(answer.model.as_deref(), Some("7"));
    answer.candidates.into_iter().map(|candidate| candidate.unwrap().text).collect()
}

#[tokio::test]
async fn what_waits_goes_together_and_each_text_once() {
    let scene = Scene::new(1);
    let first = scene.ask("es", &["a", "b"], false).await;
    let second = scene.ask("es", &["resolved", "c"], false).await;
    let third = scene.ask("es", &["d", "resolved"], false).await;
    let italian = scene.ask("it", &["resolved"], false).await;
    assert_eq!(scene.calls(), [vec!["a", "b"], vec!["resolved"]], "another pair waits for nobody");
    scene.engine.let_through.add_permits(3);
    assert_eq!(texts(first).await, ["[a]", "[b]"]);
    assert_eq!(texts(second).await, ["[resolved]", "[c]"]);
    assert_eq!(texts(third).await, ["[d]", "[resolved]"]);
    assert_eq!(texts(italian).await, ["[resolved]"]);
    assert_eq!(scene.calls()[2], ["resolved", "c", "d"]);
    assert!(scene.gathering.queue.pairs().is_empty(), "nothing is kept");
}

#[tokio::test]
async fn nobody_waits_while_there_is_room_and_what_is_urgent_never_does() {
    let scene = Scene::new(2);
    let first = scene.ask("es", &["a"], false).await;
    let second = scene.ask("es", &["b"], false).await;
    assert_eq!(scene.calls().len(), 2);
    let third = scene.ask("es", &["c"], false).await;
    let urgent = scene.ask("es", &["now"], true).await;
    assert_eq!(texts(urgent).await, ["[now]"]);
    assert_eq!(scene.calls().len(), 3);
    scene.engine.let_through.add_permits(3);
    let all: BTreeSet<String> =
        [texts(first).await, texts(second).await, texts(third).await].into_iter().flatten().collect();
    assert_eq!(all, ["[a]", "[b]", "[c]"].map(str::to_owned).into());
}

#[tokio::test]
async fn a_failure_is_everybodys_and_what_was_translated_his_own() {
    let scene = Scene::new(1);
    let first = scene.ask("es", &["a"], false).await;
    let second = scene.ask("es", &["lost", "b"], false).await;
    let third = scene.ask("es", &["b", "fail"], false).await;
    scene.engine.let_through.add_permits(2);
    texts(first).await;
    for (asking, expected) in [(second, [None, Some("[b]")]), (third, [Some("[b]"), Some("[fail]")])] {
        let error = asking.await.unwrap().unwrap_err();
        assert_eq!((error.kind, error.hint.as_deref()), (ErrorKind::Quota, Some("pay")));
        let partial = error.partial.unwrap();
        let told: Vec<Option<String>> =
            partial.candidates.into_iter().map(|candidate| candidate.map(|text| text.unwrap().text)).collect();
        assert_eq!(told, expected.map(|text| text.map(str::to_owned)));
    }
}

#[tokio::test]
async fn who_gives_up_takes_nobody_along_and_is_not_paid_for() {
    let scene = Scene::new(1);
    let first = scene.ask("es", &["a"], false).await;
    let second = scene.ask("es", &["abandoned"], false).await;
    let third = scene.ask("es", &["c"], false).await;
    first.abort();
    second.abort();
    let _ = (first.await, second.await);
    scene.engine.let_through.add_permits(2);
    assert_eq!(texts(third).await, ["[c]"]);
    assert_eq!(scene.calls(), [["a"], ["c"]]);
}

#[tokio::test]
async fn an_engine_that_panics_fails_its_call_and_nothing_else() {
    let scene = Scene::new(1);
    let first = scene.ask("es", &["panic"], false).await;
    assert_eq!(first.await.unwrap().unwrap_err().kind, ErrorKind::Broken);
    scene.engine.let_through.add_permits(1);
    assert_eq!(texts(scene.ask("es", &["a"], false).await).await, ["[a]"]);
}
