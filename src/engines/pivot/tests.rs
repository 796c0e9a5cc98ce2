use std::sync::Mutex;

use super::*;

type Answering = fn(&[String]) -> Result<Vec<Candidate>, ErrorKind>;

/// The pair of locales, texts and context of a request.
type CallRecord = (String, Vec<String>, Option<String>);

/// A leg that answers what its function says, and tells what it was asked.
struct Scripted {
    name: &'static str,
    answer: Mutex<Answering>,
    asked: Mutex<Vec<CallRecord>>,
    prepared: Mutex<Vec<String>>,
}

impl Scripted {
    fn new(name: &'static str, answer: Answering) -> Arc<Self> {
        let (asked, prepared) = (Mutex::default(), Mutex::default());
        Arc::new(Self { name, answer: Mutex::new(answer), asked, prepared })
    }

    fn asked(&self) -> Vec<Vec<String>> {
        self.asked.lock().unwrap().iter().map(|(_, texts, _)| texts.clone()).collect()
    }
}

#[async_trait]
impl Engine for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.prepared.lock().unwrap().push(format!("{source}-{target}"));
        match (*self.answer.lock().unwrap())(&[]) {
            Err(kind) => Err(EngineError::new(self.name, kind, "not today").hint("wait")),
            Ok(_) => Ok(()),
        }
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let pair = format!("{}-{}", request.source, request.target);
        self.asked.lock().unwrap().push((pair, request.texts.to_vec(), request.context.map(str::to_owned)));
        let answered = (*self.answer.lock().unwrap())(request.texts);
        let candidates = answered.map_err(|kind| EngineError::new(self.name, kind, "not today").hint("wait"))?;
        Ok(EngineResponse { candidates, model: Some(format!("{} 1", self.name)) })
    }

    async fn capabilities(&self, _source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        Ok(Capabilities {
            code: Some(target.to_string().to_uppercase()),
            markup: true,
            formality: true,
            glossary: false,
        })
    }
}

fn pivot(first: &Arc<Scripted>, second: &Arc<Scripted>) -> Pivot {
    let name: EngineName = "neural>pt>apertium".parse().unwrap();
    Pivot::new(&name, Arc::clone(first) as _, &"pt".parse().unwrap(), Arc::clone(second) as _)
}

async fn translate(pivot: &Pivot, texts: &[&str]) -> Result<EngineResponse, EngineError> {
    let (source, target) = ("en".parse().unwrap(), "es".parse().unwrap());
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let request = EngineRequest { context: Some("A title"), ..EngineRequest::new(&source, &target, &texts) };
    pivot.translate(request).await
}

#[expect(clippy::unnecessary_wraps, reason = "what a leg is told to do")]
fn marked(mark: &str, texts: &[String]) -> Result<Vec<Candidate>, ErrorKind> {
    Ok(texts.iter().map(|text| Ok(format!("{mark} {text}").into())).collect())
}

#[tokio::test]
async fn a_text_goes_through_both_legs_and_is_told_as_theirs() {
    let (first, second) =
        (Scripted::new("a", |texts| marked("pt", texts)), Scripted::new("b", |texts| marked("es", texts)));
    let pivot = pivot(&first, &second);
    let answer = translate(&pivot, &["It failed.", "At [PH1]."]).await.unwrap();
    let texts: Vec<String> = answer.candidates.into_iter().map(|candidate| candidate.unwrap().text).collect();
    assert_eq!(texts, ["es pt It failed.", "es pt At [PH1]."]);
    assert_eq!(answer.model.as_deref(), Some("a 1 > b 1"));
    let told = |leg: &Scripted| {
        let asked = leg.asked.lock().unwrap();
        (asked[0].0.clone(), asked[0].2.clone())
    };
    assert_eq!(told(&first), ("en-pt".to_owned(), Some("A title".to_owned())));
    assert_eq!(told(&second), ("pt-es".to_owned(), None), "the title is English");
    assert_eq!(pivot.name(), "neural>pt>apertium");
    let offers = pivot.capabilities(&"en".parse().unwrap(), &"es".parse().unwrap()).await.unwrap();
    assert_eq!((offers.code.as_deref(), offers.markup, offers.glossary), (Some("PT>ES"), true, false));
}

#[tokio::test]
async fn a_text_that_the_first_leg_damaged_goes_no_further() {
    let first = Scripted::new("a", |texts| {
        Ok(texts
            .iter()
            .map(|text| match text.split_once(' ').unwrap().0 {
                "Lose" => Ok(text.replace("[PH2]", "").into()),
                "Double" => Ok(format!("{text} [PH1]").into()),
                "Invent" => Ok(format!("{text} [PH7]").into()),
                "Decline" => Err("too odd".to_owned()),
                "Empty" => Ok(" ".to_owned().into()),
                _ => Ok(text.replace("[PH1] then [PH2]", "[PH2] then [PH1]").into()),
            })
            .collect())
    });
    let second = Scripted::new("b", |texts| marked("es", texts));
    let verbs = ["Lose", "Double", "Invent", "Decline", "Empty", "Keep"];
    let texts = verbs.map(|verb| format!("{verb} [PH1] then [PH2]."));
    let answer = translate(&pivot(&first, &second), &texts.each_ref().map(String::as_str)).await.unwrap();
    let told = ["`[PH2]` is missing", "`[PH1]` stands there 2 times", "`[PH7]` was never sent", "too odd", "empty"];
    for (candidate, part) in answer.candidates.iter().zip(told) {
        let reason = candidate.as_ref().unwrap_err();
        assert!(reason.contains(part) && reason.starts_with("the first leg, `a` into `pt`"), "{reason}");
    }
    assert_eq!(answer.candidates[5].as_ref().unwrap().text, "es Keep [PH2] then [PH1].");
    assert_eq!(second.asked(), [["Keep [PH2] then [PH1]."]]);
}

#[tokio::test]
async fn the_second_leg_is_not_asked_for_nothing() {
    let first = Scripted::new("a", |texts| Ok(texts.iter().map(|_| Err("no".to_owned())).collect()));
    let second = Scripted::new("b", |texts| marked("es", texts));
    let answer = translate(&pivot(&first, &second), &["It failed."]).await.unwrap();
    assert!(answer.candidates[0].is_err() && second.asked().is_empty());
}

#[tokio::test]
async fn what_the_first_leg_did_is_not_asked_for_again_when_the_second_fails() {
    let first = Scripted::new("a", |texts| marked("pt", texts));
    let second = Scripted::new("b", |_| Err(ErrorKind::Transient { after: Some(std::time::Duration::from_secs(7)) }));
    let pivot = pivot(&first, &second);
    let error = translate(&pivot, &["One.", "Two."]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Transient { after: Some(std::time::Duration::from_secs(7)) });
    assert_eq!(error.to_string(), "engine `neural>pt>apertium`: the second leg, `b` into `es`: not today (hint: wait)");
    // The first one fails as well, and what is there already waits on.
    *first.answer.lock().unwrap() = |_| Err(ErrorKind::Quota);
    let error = translate(&pivot, &["Two.", "Three."]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Quota);
    assert!(error.message.starts_with("the first leg, `a` into `pt`: not today"), "{error}");
    *first.answer.lock().unwrap() = |texts| marked("PT", texts);
    *second.answer.lock().unwrap() = |texts| marked("es", texts);
    let answer = translate(&pivot, &["Zero.", "One.", "Two.", "Three."]).await.unwrap();
    let texts: Vec<String> = answer.candidates.into_iter().map(|candidate| candidate.unwrap().text).collect();
    assert_eq!(texts, ["es PT Zero.", "es pt One.", "es pt Two.", "es PT Three."]);
    // What was used is gone: whoever asks again wants it anew.
    translate(&pivot, &["One."]).await.unwrap();
    let asked = first.asked();
    assert_eq!(asked[0], ["One.", "Two."]);
    assert_eq!(asked[1..], [vec!["Three."], vec!["Zero.", "Three."], vec!["One."]]);
}

#[tokio::test]
async fn an_answer_with_a_text_too_few_is_the_legs_failure() {
    let (good, short): (Answering, Answering) = (|texts| marked("x", texts), |texts| marked("x", &texts[1..]));
    for (first, second, leg) in [(short, good, "first"), (good, short, "second")] {
        let error = translate(&pivot(&Scripted::new("a", first), &Scripted::new("b", second)), &["One.", "Two."]).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Transient { after: None });
        assert!(error.message.contains(leg) && error.message.contains("answered 1 texts of 2"), "{error}");
    }
}

#[tokio::test]
async fn nothing_is_made_ready_for_a_second_leg_that_cannot_go_on() {
    let first = Scripted::new("a", |texts| marked("pt", texts));
    let second = Scripted::new("b", |_| Err(ErrorKind::Rejected));
    let (source, target): (Locale, Locale) = ("en".parse().unwrap(), "es".parse().unwrap());
    let broken = pivot(&first, &second);
    let error = broken.prepare(&source, &target).await.unwrap_err();
    assert_eq!((error.engine.as_str(), error.kind), ("neural>pt>apertium", ErrorKind::Rejected));
    assert!(first.prepared.lock().unwrap().is_empty());
    *second.answer.lock().unwrap() = |texts| marked("es", texts);
    broken.prepare(&source, &target).await.unwrap();
    assert_eq!((*first.prepared.lock().unwrap()).as_slice(), ["en-pt"]);
    assert_eq!((*second.prepared.lock().unwrap()).as_slice(), ["pt-es", "pt-es"]);
    assert!(broken.check(&source, &target).await.is_ok());
    assert_eq!(broken.limits(), "a: none; b: none");
}

#[tokio::test]
async fn each_leg_bills_its_own() {
    let (first, second) =
        (Scripted::new("a", |texts| marked("pt", texts)), Scripted::new("b", |texts| marked("es", texts)));
    let pivot = pivot(&first, &second);
    let (source, target) = ("en".parse().unwrap(), "es".parse().unwrap());
    let texts = ["12345".to_owned()];
    let request = EngineRequest::new(&source, &target, &texts);
    let charge = |engine: &str| BillableUnits { engine: engine.to_owned(), units: 5 };
    assert_eq!(pivot.billable_units(request.clone()).await.unwrap(), [charge("a"), charge("b")]);
    assert_eq!(pivot.estimate(request).await.unwrap(), 10);
    assert!(first.asked().is_empty() && second.asked().is_empty());
}

#[test]
fn what_both_take_is_taken() {
    assert_eq!(common(&[1, 2, 3], &[1, 2], &[9]), [1, 2]);
    assert_eq!(common(&[1], &[1, 2], &[9]), [1]);
    assert_eq!(common(&[1], &[2], &[9]), [9]);
    assert_eq!(common(&[1, 2], &[2, 3], &[9]), [9]);
}
