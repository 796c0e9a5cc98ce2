use super::*;

fn workers(threads: usize) -> Workers {
    Workers { queue: Arc::new(Queue::default()), permits: Arc::new(Permits::new(threads)), batch: 12 }
}

fn job(text: &str, is_urgent: bool) -> (Job, oneshot::Receiver<Vec<Output>>) {
    let (reply, answer) = oneshot::channel();
    (Job { texts: vec![text.into()], is_aligned: false, is_urgent, reply }, answer)
}

#[test]
fn batches_are_small_enough_for_every_thread_to_have_one() {
    for (threads, count, expected) in [(2, 1, 1), (2, 2, 1), (2, 20, 10), (2, 60, 10), (1, 60, 12), (4, 13, 4)] {
        assert_eq!(workers(threads).batch_of(count), expected, "{count} on {threads}");
    }
}

#[tokio::test]
async fn a_batch_that_the_model_fails_on_takes_no_other_with_it() {
    let mut workers = workers(1);
    workers.batch = 2;
    let queue = Arc::clone(&workers.queue);
    let model = thread::spawn(move || {
        while let Some(Job { texts, reply, .. }) = queue.next() {
            if !texts.iter().any(|text| text == "worse") {
                let _ = reply.send(texts.into_iter().map(Output::Plain).collect());
            }
        }
    });
    let sentence = |text: &str| Sentence { text: text.to_owned(), is_aligned: false };
    let sentences = ["a", "worse", "longest of all", "longer"].map(sentence);
    let outputs = workers.translate(sentences.to_vec(), false).await;
    let texts: Vec<Option<String>> = outputs
        .into_iter()
        .map(|output| match output {
            Output::Plain(text) => Some(text),
            Output::Aligned(_) | Output::Failed => None,
        })
        .collect();
    assert_eq!(texts, [None, None, Some("longest of all".to_owned()), Some("longer".to_owned())]);
    drop(workers);
    model.join().unwrap();
}

#[tokio::test]
async fn a_job_that_nobody_waits_for_is_not_begun() {
    let queue = Queue::default();
    let (abandoned, _) = oneshot::channel();
    queue.push(Job { reply: abandoned, ..job("abandoned", false).0 });
    let (wanted, _answer) = job("wanted", false);
    queue.push(wanted);
    assert_eq!(queue.next().unwrap().texts, ["wanted"]);
}

#[test]
fn what_is_urgent_goes_before_what_is_not_and_behind_its_like() {
    let queue = Queue::default();
    let jobs = [("a", false), ("b", true), ("c", false), ("d", true)].map(|(text, is_urgent)| job(text, is_urgent));
    let _answers = jobs.map(|(job, answer)| {
        queue.push(job);
        answer
    });
    let order: Vec<String> = (0..4).flat_map(|_| queue.next().unwrap().texts).collect();
    assert_eq!(order, ["b", "d", "a", "c"]);
}

#[test]
fn dropping_the_workers_ends_their_threads() {
    let workers = workers(2);
    let queue = Arc::clone(&workers.queue);
    let thread = thread::spawn(move || queue.next().is_none());
    drop(workers);
    assert!(thread.join().unwrap());
}
