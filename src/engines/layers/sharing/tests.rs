use tokio::sync::Semaphore;

use super::*;
use crate::TranslatedText;

/// Answers each text with itself in brackets, once it is let. It has one code for a language.
struct Held {
    /// The locale and the texts of each call.
    calls: Mutex<Vec<(String, Vec<String>)>>,
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

    async fn capabilities(&self, _: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        Ok(Capabilities { code: Some(target.language().to_owned()), ..Capabilities::default() })
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        self.calls.lock().unwrap().push((request.target.to_string(), request.texts.to_vec()));
        self.let_through.acquire().await.unwrap().forget();
        if request.texts.iter().any(|text| text == "fail") {
            let candidates =
                request.texts.iter().map(|text| (text != "fail").then(|| Ok(text.clone().into()))).collect();
            let partial = Some(Box::new(Partial { candidates, model: None }));
            return Err(EngineError { partial, ..EngineError::new("held", ErrorKind::Quota, "used up").hint("pay") });
        }
        let candidates = request.texts.iter().map(|text| Ok(TranslatedText::from(format!("[{text}]")))).collect();
        Ok(EngineResponse { candidates, model: Some("7".to_owned()) })
    }
}

struct Scene {
    engine: Arc<Held>,
    sharing: Arc<Sharing>,
}

type Asking = tokio::task::JoinHandle<Result<EngineResponse, EngineError>>;

impl Scene {
    fn new() -> Self {
        let engine = Arc::new(Held { calls: Mutex::default(), let_through: Semaphore::new(0) });
        let sharing = Arc::new(Sharing::new(Arc::clone(&engine) as Arc<dyn Engine>));
        Self { engine, sharing }
    }

    /// Asks, and goes on when the request has come as far as it gets.
    async fn ask(&self, target: &str, texts: &[&str], is_urgent: bool) -> Asking {
        let sharing = Arc::clone(&self.sharing);
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let (source, target): (Locale, Locale) = ("en".parse().unwrap(), target.parse().unwrap());
        let asking = tokio::spawn(async move {
            sharing.translate(EngineRequest { is_urgent, ..EngineRequest::new(&source, &target, &texts) }).await
        });
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        asking
    }

    fn calls(&self) -> Vec<(String, Vec<String>)> {
        self.engine.calls.lock().unwrap().clone()
    }

    fn let_through(&self) {
        self.engine.let_through.add_permits(100);
    }
}

async fn texts(asking: Asking) -> Vec<String> {
    let answer = asking.await.unwrap().unwrap();
    assert_eq!(answer.model.as_deref(), Some("7"));
    answer.candidates.into_iter().map(|candidate| candidate.unwrap().text).collect()
}

fn call(target: &str, texts: &[&str]) -> (String, Vec<String>) {
    (target.to_owned(), texts.iter().map(|&text| text.to_owned()).collect())
}

#[tokio::test]
async fn locales_of_one_code_share_a_call_and_only_what_is_new_is_bought() {
    let scene = Scene::new();
    let spain = scene.ask("es", &["a", "b"], true).await;
    let mexico = scene.ask("es-MX", &["b", "c", "a"], true).await;
    let america = scene.ask("es-419", &["c"], true).await;
    let italy = scene.ask("it", &["a"], true).await;
    scene.let_through();
    assert_eq!(texts(spain).await, ["[a]", "[b]"]);
    assert_eq!(texts(mexico).await, ["[b]", "[c]", "[a]"]);
    assert_eq!(texts(america).await, ["[c]"]);
    assert_eq!(texts(italy).await, ["[a]"]);
    assert_eq!(scene.calls(), [call("es", &["a", "b"]), call("es-MX", &["c"]), call("it", &["a"])]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_stays_for_a_while_and_each_locale_takes_it_once() {
    let scene = Scene::new();
    scene.let_through();
    assert_eq!(texts(scene.ask("es", &["a"], false).await).await, ["[a]"]);
    assert_eq!(texts(scene.ask("es-MX", &["a"], true).await).await, ["[a]"]);
    assert_eq!(scene.calls().len(), 1);
    // Whoever asks again wants another answer, and so do the others then.
    texts(scene.ask("es", &["a"], false).await).await;
    texts(scene.ask("es-MX", &["a"], false).await).await;
    assert_eq!(scene.calls().len(), 2);
    tokio::time::advance(KEPT).await;
    texts(scene.ask("es-419", &["a"], false).await).await;
    assert_eq!(scene.calls().len(), 3);
}

#[tokio::test]
async fn an_urgent_text_waits_for_no_other() {
    let scene = Scene::new();
    let patient = scene.ask("es", &["a"], false).await;
    let urgent = scene.ask("es-MX", &["a"], true).await;
    let other = scene.ask("es-419", &["a"], false).await;
    assert_eq!(scene.calls().len(), 2);
    scene.let_through();
    for asking in [patient, urgent, other] {
        assert_eq!(texts(asking).await, ["[a]"]);
    }
}

#[tokio::test]
async fn a_failure_is_told_to_all_and_what_was_bought_is_kept() {
    let scene = Scene::new();
    let spain = scene.ask("es", &["fail", "a"], true).await;
    let mexico = scene.ask("es-MX", &["a", "fail"], true).await;
    scene.let_through();
    for (asking, wanted) in [(spain, [None, Some("a")]), (mexico, [Some("a"), None])] {
        let error = asking.await.unwrap().unwrap_err();
        assert_eq!((error.kind, error.hint.as_deref()), (ErrorKind::Quota, Some("pay")));
        let bought: Vec<Option<String>> = error
            .partial
            .unwrap()
            .candidates
            .into_iter()
            .map(|candidate| candidate.map(|candidate| candidate.unwrap().text))
            .collect();
        assert_eq!(bought, wanted.map(|text| text.map(str::to_owned)));
    }
    assert_eq!(scene.calls().len(), 1);
    let again = scene.ask("es-MX", &["fail"], true).await;
    assert!(again.await.unwrap().is_err());
    assert_eq!(scene.calls().len(), 2, "a failure is not kept");
}

#[tokio::test]
async fn who_waited_for_somebody_that_has_gone_asks_alone() {
    let scene = Scene::new();
    let spain = scene.ask("es", &["a"], true).await;
    let mexico = scene.ask("es-MX", &["a"], true).await;
    spain.abort();
    assert!(spain.await.is_err());
    scene.let_through();
    assert_eq!(texts(mexico).await, ["[a]"]);
    assert_eq!(scene.calls(), [call("es", &["a"]), call("es-MX", &["a"])]);
}
