//! Waits until each of the translations that a command queued is done or has failed, working on them in this process.
//! Another process may do the work as well: the store says what is done.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use super::failure::{self, has_failed};
use super::stop;
use super::terminal::state_word;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;
use polypost_store::{ClaimFilter, State, Store, Translation};

/// Between looks at the store, for rows that other processes move.
const LOOK: Duration = Duration::from_millis(500);

/// How long a worker may take to end, beside what its jobs may.
const LONGEST_END: Duration = Duration::from_secs(5);

/// Rows that somebody waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted(BTreeSet<(IncidentId, Locale)>);

/// How the waiting ended.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The rows as they stand now, in order.
    pub(super) rows: Vec<Translation>,
    /// Whether the user stopped waiting before all was done.
    pub(super) interrupted: bool,
}

impl Wanted {
    pub(super) fn add(&mut self, incident: &IncidentId, locales: impl IntoIterator<Item = Locale>) {
        self.0.extend(locales.into_iter().map(|locale| (incident.clone(), locale)));
    }

    fn incidents(&self) -> Vec<IncidentId> {
        let incidents: BTreeSet<&IncidentId> = self.0.iter().map(|(incident, _)| incident).collect();
        incidents.into_iter().cloned().collect()
    }

    async fn rows(&self, store: &dyn Store, context: &Context) -> anyhow::Result<Vec<Translation>> {
        let mut rows = Vec::with_capacity(self.0.len());
        for incident in self.incidents() {
            let translations = store.translations(&incident, context.now()).await?;
            let is_wanted = |row: &Translation| self.0.contains(&(row.incident.clone(), row.locale.clone()));
            rows.extend(translations.into_iter().filter(is_wanted));
        }
        Ok(rows)
    }
}

impl Outcome {
    /// Whether a row has failed or is not done.
    pub(super) fn is_success(&self) -> bool {
        !self.interrupted && !self.rows.iter().any(has_failed)
    }

    /// Says what has failed, why by engine, and when it is tried again; and what an interruption leaves behind.
    pub(super) fn report(&self, context: &Context) {
        for row in self.rows.iter().filter(|row| has_failed(row)) {
            failure::report(context.terminal, row, context.now());
        }
        for row in self.rows.iter().filter(|row| row.state == State::Held && !has_failed(row)) {
            context.terminal.warn(format_args!(
                "incident `{}`, locale `{}`: held: run `polypost retranslate {}`",
                row.incident, row.locale, row.incident
            ));
        }
        if self.interrupted {
            let open = self.rows.iter().filter(|row| !is_settled(row, context)).count();
            context.terminal.error(format_args!("interrupted: {open} of {} locales are not done", self.rows.len()));
            context.terminal.hint("they stay queued: `polypost worker` or `polypost serve` goes on with them");
        }
    }
}

/// Works on the rows and waits until each is current, partial, failed or held, or until the user interrupts.
pub(super) async fn until_settled(
    context: &Context,
    store: &Arc<dyn Store>,
    wanted: &Wanted,
) -> anyhow::Result<Outcome> {
    let worker = context.worker(store)?;
    // From before the first look, so that no move is missed.
    let mut changes = store.changes();
    let interrupt = stop::token(context.terminal);
    let stop = interrupt.child_token();
    let filter = ClaimFilter { incidents: wanted.incidents(), ..ClaimFilter::default() };
    let working = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(filter, stop).await }
    });
    let mut progress = Progress::new(context, wanted.0.len());
    let result = loop {
        let rows = match wanted.rows(store.as_ref(), context).await {
            Ok(rows) => rows,
            Err(error) => break Err(error),
        };
        // A file that was removed can still be read, and nothing more will come of it.
        if let Err(error) = store.waits_beyond(0).await {
            break Err(error.into());
        }
        progress.show(&rows);
        if interrupt.is_cancelled() || rows.iter().all(|row| is_settled(row, context)) || working.is_finished() {
            break Ok(());
        }
        tokio::select! {
            _ = changes.recv() => {}
            () = interrupt.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    };
    progress.finish();
    stop.cancel();
    // A worker whose store is gone has nobody to give its work back to.
    let longest = Duration::from_secs(context.config.worker.drain_seconds) + LONGEST_END;
    if let Ok(ended) = tokio::time::timeout(longest, working).await {
        ended?;
    }
    result?;
    let rows = wanted.rows(store.as_ref(), context).await?;
    let interrupted = interrupt.is_cancelled() && !rows.iter().all(|row| is_settled(row, context));
    Ok(Outcome { rows, interrupted })
}

/// Whether waiting for the row makes no sense any more.
fn is_settled(row: &Translation, context: &Context) -> bool {
    match row.state {
        State::Held => true,
        // A further version of the newest revision is under way, unless its first attempt has failed.
        State::Current | State::Partial => row.next_attempt_at.is_none() || has_failed(row),
        // What is due is about to be tried.
        _ => has_failed(row) && row.next_attempt_at.is_none_or(|at| at > context.now()),
    }
}

/// A bar on a terminal, a line per finished row elsewhere.
struct Progress {
    bar: ProgressBar,
    finished: BTreeSet<(IncidentId, Locale)>,
    context: Context,
}

impl Progress {
    fn new(context: &Context, rows: usize) -> Self {
        let is_hidden = context.terminal.quiet || context.terminal.as_json;
        let target = if is_hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(rows), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} translating {bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, finished: BTreeSet::new(), context: context.clone() }
    }

    fn show(&mut self, rows: &[Translation]) {
        for row in rows.iter().filter(|row| is_settled(row, &self.context)) {
            if !self.finished.insert((row.incident.clone(), row.locale.clone())) {
                continue;
            }
            let word = if has_failed(row) { "failed" } else { state_word(row.state) };
            let line = format!("{} {}: {word}", row.incident, row.locale);
            self.bar.inc(1);
            if self.bar.is_hidden() {
                self.context.terminal.note(line);
            } else {
                self.bar.println(line);
            }
        }
        let open = rows.iter().filter(|row| !is_settled(row, &self.context));
        let names: Vec<String> = open.map(|row| format!("{} {}", row.incident, row.locale)).take(3).collect();
        self.bar.set_message(names.join(", "));
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
