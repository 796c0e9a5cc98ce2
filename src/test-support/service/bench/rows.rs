//! Rows for the store's benchmark: made in the database itself, by the thousand, after the pattern of one that was
//! published.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use polypost::config::Config;
use polypost::pipeline::{Hedging, Pipeline};
use polypost::worker::Worker;
use polypost_core::clock::{Clock, System};
use polypost_core::document::{Format, Report};
use polypost_core::id::Naming;
use polypost_core::l10n::Bundles;
use polypost_core::render::{Forms, Rendition};
use polypost_core::segment::Glossary;
use polypost_engines::Routes;
use polypost_engines::pseudo::Pseudo;
use polypost_store::{ClaimFilter, Migrations, Publication, Store};
use tokio_util::sync::CancellationToken;

/// When the pattern was published: long ago, so that the others come after it.
const FIRST_MOMENT: Timestamp = Timestamp::constant(1_720_000_000, 0);

pub fn now() -> Timestamp {
    System.now()
}

pub fn publication(name: &str) -> Publication {
    let title = "Call recordings unavailable".to_owned();
    let body = "We are investigating delayed calls since 10:54 UTC. ".repeat(20);
    let report = Report {
        id: name.parse().expect("an id"),
        url: None,
        title: title.clone(),
        status: Some("investigating".to_owned()),
        impact: None,
        components: Vec::new(),
        source_locale: "en".parse().expect("a locale"),
        revised_at: None,
        published_at: None,
        started_at: None,
        resolved_at: None,
        format: Format::Text,
        body: body.clone(),
        updates: Vec::new(),
        locales: Vec::new(),
    };
    let source = Rendition {
        title,
        body: Forms { html: body.clone(), markdown: body.clone(), text: body },
        segments: Vec::new(),
        findings: Vec::new(),
    };
    Publication {
        report,
        naming: Naming::Given,
        source,
        locales: ["es", "it"].map(|tag| tag.parse().expect("a locale")).to_vec(),
    }
}

/// A version of some kilobytes.
pub fn rendition() -> Rendition {
    let text = "Estamos investigando llamadas retrasadas. ".repeat(50);
    Rendition {
        title: "Grabaciones de llamadas no disponibles".to_owned(),
        body: Forms { html: text.clone(), markdown: text.clone(), text },
        segments: Vec::new(),
        findings: Vec::new(),
    }
}

const INCIDENTS: &str = "insert into incidents (id, revision, revised_at, url, title, status, impact, components, \
    source_locale, published_at, updated_at, findings) select 'row-' || n, 1, null, null, i.title, i.status, null, \
    i.components, i.source_locale, i.published_at + n, i.updated_at + n, 0 from incidents i, numbers where i.id = 'seed'";
const REVISIONS: &str = "insert into revisions (incident, number, content_hash, created_at, report_checksum, \
    source_checksum, report, source) select 'row-' || n, 1, r.content_hash, r.created_at + n, r.report_checksum, \
    r.source_checksum, r.report, r.source from revisions r, numbers where r.incident = 'seed'";
const TRANSLATIONS: &str = "insert into translations (incident, locale, wanted_revision, published_at, priority, \
    requested, requested_at, completed, attempts, not_before, force, held, served_partial, updated_at) \
    select 'row-' || n, t.locale, 1, t.published_at + n, t.priority - n, 1, t.requested_at, 0, 0, t.not_before, false, \
    false, false, t.updated_at from translations t, numbers where t.incident = 'seed'";

/// So many rows to claim, of half as many incidents.
pub async fn fill(url: &str, rows: u32) {
    fill_from(url, 0, rows).await;
}

/// Rows from one number to another, two for each incident.
pub async fn fill_from(url: &str, from: u32, to: u32) {
    let store = polypost_store::open(url, Migrations::Apply).await.expect("opens");
    store.publish(&publication("seed"), FIRST_MOMENT).await.expect("publishes");
    store.close().await;
    let (from, to) = (from / 2, to / 2);
    for insert in [INCIDENTS, REVISIONS, TRANSLATIONS] {
        if url.starts_with("sqlite:") {
            let numbers = format!(
                "with recursive numbers(n) as (select {from} union all select n + 1 from numbers where n < {to} - 1) {insert}"
            );
            let options: sqlx::sqlite::SqliteConnectOptions = url.parse().expect("a URL");
            let pool = sqlx::SqlitePool::connect_with(options).await.expect("connects");
            sqlx::raw_sql(sqlx::AssertSqlSafe(numbers)).execute(&pool).await.expect("fills");
            // Bringing so much from the log into the file would fall to the next who writes.
            sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(&pool).await.expect("checkpoints");
            pool.close().await;
        } else {
            let numbers = format!("with numbers(n) as (select generate_series({from}, {to} - 1)) {insert}");
            let pool = sqlx::PgPool::connect(url).await.expect("connects");
            sqlx::raw_sql(sqlx::AssertSqlSafe(numbers)).execute(&pool).await.expect("fills");
            sqlx::raw_sql("analyze").execute(&pool).await.expect("analyses");
            pool.close().await;
        }
    }
}

/// The pipeline with 1, 2 and 4 workers on one store, the pseudo engine, two jobs at a time each.
pub async fn workers(urls: &[(&'static str, String)]) {
    for (database, url) in urls {
        let mut from = 0;
        for count in [1_usize, 2, 4] {
            fill_from(url, from, from + 4_000).await;
            from += 4_000;
            let stop = CancellationToken::new();
            let mut running = Vec::new();
            let watched = polypost_store::open(url, Migrations::Apply).await.expect("opens");
            let started = Instant::now();
            for _ in 0..count {
                let worker = worker(url).await;
                let stop = stop.clone();
                running.push(tokio::spawn(async move { worker.run(ClaimFilter::default(), stop).await }));
            }
            loop {
                let backlog = watched.backlog(now()).await.expect("counts");
                if backlog.waiting + backlog.running == 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            println!(
                "workers: {database}, {count} workers: {:.0} versions/s",
                4_000.0 / started.elapsed().as_secs_f64()
            );
            stop.cancel();
            for worker in running {
                worker.await.expect("ends");
            }
            watched.close().await;
        }
    }
}

async fn worker(url: &str) -> Worker {
    let store: Arc<dyn Store> = polypost_store::open(url, Migrations::Apply).await.expect("opens");
    let mut settings = Config::load(None, std::iter::empty()).expect("the defaults").worker;
    settings.concurrency = 2;
    let pipeline = Pipeline {
        store: Arc::clone(&store),
        routes: Routes::from(vec![Arc::new(Pseudo) as _]),
        bundles: Arc::new(Bundles::built_in().expect("the bundles")),
        glossary: Arc::new(Glossary::default()),
        hedging: Hedging::new(Duration::ZERO),
        targets: Vec::new(),
    };
    Worker { clock: store.clock(), store, pipeline: Arc::new(pipeline), settings }
}

/// A claim and its end, statement by statement as the store makes them, for `pgbench`.
pub const BARE_CLAIM: &str = r"
update translations set lease_token = md5(random()::text), lease_until = 4000000000000000, claimed = requested where (incident, locale) = (select t.incident, t.locale from translations t where t.requested > t.completed and (t.priority, t.incident, t.locale) > (-9223372036854775807, '', '') and not t.held and t.not_before <= 3000000000000000 and (t.lease_until is null or t.lease_until <= 3000000000000000) and (select i.withdrawn_at from incidents i where i.id = t.incident) is null order by t.priority, t.incident, t.locale limit 1 for update of t skip locked) returning incident as job_incident, locale as job_locale, lease_token as job_token, (select r.report from revisions r where r.incident = translations.incident and r.number = wanted_revision) as job_report \gset
begin;
insert into versions (incident, locale, number, revision, partial, title, created_at, checksum, rendition) select t.incident, t.locale, coalesce((select max(v.number) from versions v where v.incident = t.incident and v.locale = t.locale), 0) + 1, 1, false, 'title', 0, 'checksum', repeat('Estamos investigando llamadas retrasadas. ', 150) from translations t where t.incident = :job_incident and t.locale = :job_locale and t.lease_token = :job_token returning number as job_number \gset
update translations set completed = case when claimed > completed then claimed else completed end, served_version = :job_number, served_revision = 1, served_partial = false, lease_token = null, lease_until = null, claimed = null, attempts = 0, reason = null, updated_at = 1 where incident = :job_incident and locale = :job_locale and lease_token = :job_token;
commit;
";
