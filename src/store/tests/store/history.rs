//! Any order of what publishers, workers and operators do leaves a history without gap, double or step back.

use std::collections::HashMap;

use polypost_core::id::{IncidentId, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::{
    self, ClaimFilter, Completion, FailedAttempt, Job, Migrations, RetranslateFilter, RetranslateOptions, State, Store,
};
use proptest::prelude::*;

use crate::shared::open;
use polypost_test_support::Server;
use polypost_test_support::fixtures::{LEASE, at, id, partial, publication, rendition};

const NAMES: [&str; 2] = ["a", "b"];

/// One step; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Publish(usize, u8, Option<i64>),
    Withdraw(usize),
    Claim,
    Finish(usize, bool),
    Fail(usize),
    Renew(usize),
    Release(usize),
    Retranslate,
    Serve(usize, u32),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..2_usize, 0..4_u8, prop::option::of(0..5_i64)).prop_map(|(name, text, revised)| Step::Publish(name, text, revised)),
        1 => (0..2_usize).prop_map(Step::Withdraw),
        5 => Just(Step::Claim),
        5 => (any::<usize>(), any::<bool>()).prop_map(|(job, whole)| Step::Finish(job, whole)),
        2 => any::<usize>().prop_map(Step::Fail),
        1 => any::<usize>().prop_map(Step::Renew),
        1 => any::<usize>().prop_map(Step::Release),
        1 => Just(Step::Retranslate),
        1 => (0..2_usize, 1..4_u32).prop_map(|(name, number)| Step::Serve(name, number)),
        3 => (1..20_i64).prop_map(Step::Wait),
    ]
}

type RowKey = (IncidentId, Locale);

/// The checker: what must have happened, as far as the answers said.
struct History<'run> {
    store: &'run dyn Store,
    second: i64,
    /// Every job ever claimed, stale ones included.
    jobs: Vec<Job>,
    /// Who may finish a row, and until when nobody else may take it.
    holders: HashMap<RowKey, (Job, i64)>,
    versions: HashMap<RowKey, u32>,
}

impl History<'_> {
    async fn take(&mut self, step: &Step) {
        let (store, now) = (self.store, at(self.second));
        match step {
            Step::Publish(name, text, revised) => {
                let mut publication = publication(NAMES[*name], &format!("text {text}"), &["es", "it"]);
                publication.report.revised_at = revised.map(at);
                store.publish(&publication, now).await.expect("publishes");
            }
            Step::Withdraw(name) => {
                store.withdraw(&id(NAMES[*name]), now).await.expect("withdraws");
            }
            Step::Claim => self.claim().await,
            Step::Finish(number, whole) => self.finish(*number, *whole).await,
            Step::Fail(number) => {
                let Some(job) = self.choose(*number) else { return };
                let held = self.gives_up(&job);
                assert_eq!(
                    store.fail(&job, &FailedAttempt::new("no", at(self.second + 5)), now).await.expect("fails"),
                    held
                );
            }
            Step::Renew(number) => {
                let Some(job) = self.choose(*number) else { return };
                let held = self.holds(&job);
                assert_eq!(store.renew(&job, LEASE, now).await.expect("renews"), held);
                if held {
                    self.holders.insert(key(&job), (job, self.second + LEASE.as_secs()));
                }
            }
            Step::Release(number) => {
                let Some(job) = self.choose(*number) else { return };
                let held = self.gives_up(&job);
                assert_eq!(store.release(&job, now).await.expect("releases"), held);
            }
            Step::Retranslate => {
                let (filter, options) = (RetranslateFilter::default(), RetranslateOptions::default());
                store.retranslate(&filter, &options, now).await.expect("asks");
            }
            Step::Serve(name, number) => {
                let key = (id(NAMES[*name]), "es".parse().expect("a locale"));
                let there = self.versions.get(&key).copied().unwrap_or(0) >= *number;
                let served = store.serve_version(&key.0, &key.1, VersionNumber(*number), now).await;
                assert_eq!(served.expect("serves"), there);
            }
            Step::Wait(seconds) => self.second += seconds,
        }
        self.verify().await;
    }

    async fn claim(&mut self) {
        let claimed = self.store.claim(&ClaimFilter::default(), LEASE, at(self.second)).await.expect("claims");
        let Some(job) = claimed else { return };
        if let Some((_, until)) = self.holders.get(&key(&job)) {
            assert!(*until <= self.second, "{job:?} was taken while another held it");
        }
        self.holders.insert(key(&job), (job.clone(), self.second + LEASE.as_secs()));
        self.jobs.push(job);
    }

    async fn finish(&mut self, number: usize, whole: bool) {
        let Some(job) = self.choose(number) else { return };
        let held = self.gives_up(&job);
        let text = if whole { rendition(&job.report.body) } else { partial(&job.report.body) };
        let before = self.store.served(&job.incident, &job.locale).await.expect("reads");
        match self.store.finish(&job, &text, at(self.second)).await.expect("ends") {
            Completion::Fenced => assert!(!held, "the holder was fenced: {job:?}"),
            Completion::Stored(number) | Completion::Superseded(number) => {
                assert!(held, "a zombie wrote: {job:?}");
                let last = self.versions.entry(key(&job)).or_default();
                *last += 1;
                assert_eq!(number.0, *last, "without gap or double");
                let served = self.store.served(&job.incident, &job.locale).await.expect("reads").expect("a version");
                assert!(before.is_none_or(|before| before.revision <= served.revision), "no step back");
                assert!(served.revision > job.revision || served.number == number);
            }
        }
    }

    fn choose(&self, number: usize) -> Option<Job> {
        let key = number.checked_rem(self.jobs.len())?;
        self.jobs.get(key).cloned()
    }

    fn holds(&self, job: &Job) -> bool {
        self.holders.get(&key(job)).is_some_and(|(holder, _)| holder.lease == job.lease)
    }

    fn gives_up(&mut self, job: &Job) -> bool {
        let held = self.holds(job);
        if held {
            self.holders.remove(&key(job));
        }
        held
    }

    async fn verify(&self) {
        for name in NAMES.map(id) {
            let Some(incident) = self.store.incident(&name).await.expect("reads") else { continue };
            for row in self.store.translations(&name, at(self.second)).await.expect("reads") {
                assert_eq!(row.wanted_revision, incident.revision);
                let history = self.store.history(&name, &row.locale).await.expect("reads");
                let key = (name.clone(), row.locale.clone());
                let count = self.versions.get(&key).copied().unwrap_or(0);
                assert!(history.iter().map(|version| version.number.0).eq((1..=count).rev()));
                let served = self.store.served(&name, &row.locale).await.expect("reads");
                assert_eq!(served.map(|version| (version.number, version.revision)), row.served);
            }
        }
    }

    /// After the last fault everything that is wanted gets done.
    async fn settle(&mut self) {
        self.second += 1000;
        while let Some(job) = self.store.claim(&ClaimFilter::default(), LEASE, at(self.second)).await.expect("claims") {
            let finished = self.store.finish(&job, &rendition("end"), at(self.second)).await.expect("ends");
            assert!(matches!(finished, Completion::Stored(_)), "{finished:?}");
        }
        let rest = self.store.matching(&RetranslateFilter::default(), at(self.second)).await.expect("reads");
        for row in rest {
            assert!(matches!(row.state, State::Current | State::Partial | State::Held), "{row:?}");
            assert_eq!(row.next_attempt_at, None);
        }
    }
}

fn key(job: &Job) -> RowKey {
    (job.incident.clone(), job.locale.clone())
}

async fn keep_whole(store: &dyn Store, steps: &[Step]) {
    let mut history = History { store, second: 0, jobs: Vec::new(), holders: HashMap::new(), versions: HashMap::new() };
    for step in steps {
        history.take(step).await;
    }
    history.settle().await;
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_steps_keeps_the_history_whole(steps in prop::collection::vec(step(), 1..60)) {
        runtime().block_on(async {
            let store = polypost_store::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
            keep_whole(&*store, &steps).await;
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_steps_keeps_a_servers_history_whole(steps in prop::collection::vec(step(), 1..60)) {
        runtime().block_on(async {
            let Some(server) = Server::new() else { return };
            let store = open(&server).await;
            keep_whole(&*store, &steps).await;
            store.close().await;
        });
    }
}
