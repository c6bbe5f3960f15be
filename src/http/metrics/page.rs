//! The page that is scraped: what this process counted, and how the office stands.

use super::{
    Told, process,
    text::{Kind, Page, seconds},
    traffic::histogram,
};
use crate::{
    kernel::Spanned,
    service::{
        App,
        integrity::What,
        meters::{Job, Last},
        standing::{self, Standing},
    },
};

use Kind::{Counter, Gauge, Histogram};

pub(super) async fn render(app: &App, told: &Told) -> String {
    let Told { metrics, work, answers } = told;
    let mut page = Page::default();
    let database = if app.db.is_embedded() { "sqlite" } else { "postgresql" };
    page.family("lantoa_build_info", Gauge, "Which program this is; always 1.")
        .sample(&[("version", env!("CARGO_PKG_VERSION")), ("database", database)], 1);
    process::write(&mut page, metrics.began);
    metrics.traffic.write(&mut page);
    let (kept, made) = answers.counted();
    let mut public = page.family("lantoa_public_answers_total", Counter, "Public answers, by how they came to be.");
    for (how, times) in [("ready", metrics.traffic.ready()), ("kept", kept), ("made", made)] {
        public.sample(&[("how", how)], times);
    }
    let free = u64::try_from(work.free()).unwrap_or(u64::MAX);
    page.one("lantoa_work_free", Gauge, "Requests more that would be worked on at once.", free);
    database_of(&mut page, app);
    jobs(&mut page, &app.meters.jobs());
    integrity(&mut page, app);
    // Without the database the rest is told all the same: that is when it is needed most.
    let standing = standing::read(app).await;
    page.one("lantoa_database_up", Gauge, "Whether the database answers.", u8::from(standing.is_ok()));
    match standing {
        Ok(standing) => office(&mut page, app, &standing),
        Err(error) => tracing::warn!(%error, "metrics are told without what only the database knows"),
    }
    page.into_text()
}

fn database_of(page: &mut Page, app: &App) {
    let pools = app.db.pools();
    let mut connections = page.family("lantoa_database_connections", Gauge, "Connections by handle and state.");
    for pool in pools {
        connections.sample(&[("pool", pool.name), ("state", "used")], pool.open - pool.idle);
        connections.sample(&[("pool", pool.name), ("state", "idle")], pool.idle);
    }
    let mut most = page.family("lantoa_database_connections_max", Gauge, "Most connections that a handle opens.");
    for pool in pools {
        most.sample(&[("pool", pool.name)], pool.most);
    }
    let mut waited =
        page.family("lantoa_database_write_wait_seconds", Histogram, "How long writers waited for their turn.");
    histogram(&mut waited, &[], &app.db.waited().read(Spanned::default()));
}

fn jobs(page: &mut Page, all: &[std::sync::Arc<Job>]) {
    let mut runs = page.family("lantoa_job_runs_total", Counter, "Times that a job was done, well or not.");
    for job in all {
        runs.sample(&[("job", job.name)], job.runs.read());
    }
    let mut failures = page.family("lantoa_job_failures_total", Counter, "Times that a job failed.");
    for job in all {
        failures.sample(&[("job", job.name)], job.failures.read());
    }
    let mut last = page.family("lantoa_job_last_success_seconds", Gauge, "When a job was done well last.");
    for (job, (at, _)) in all.iter().filter_map(|job| Some((job, job.done.read()?))) {
        last.sample(&[("job", job.name)], seconds(at));
    }
}

fn integrity(page: &mut Page, app: &App) {
    let meters = &app.meters;
    let mut last = |name, took, last: &Last, of: &str| {
        if let Some((at, span)) = last.read() {
            page.one(name, Gauge, &format!("When {of} last."), seconds(at));
            let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
            page.one(took, Gauge, &format!("How long that took, when {of} last."), seconds(micros));
        }
    };
    last(
        "lantoa_integrity_sweep_time_seconds",
        "lantoa_integrity_sweep_duration_seconds",
        &meters.sweep,
        "everything was compared with what was approved",
    );
    last(
        "lantoa_audit_verified_time_seconds",
        "lantoa_audit_verified_duration_seconds",
        &meters.chain,
        "the audit chain was verified",
    );
    page.one("lantoa_integrity_rows_total", Counter, "Rows that were compared.", meters.rows.read());
    let found = app.public.found();
    let mut findings = page.family("lantoa_integrity_findings", Gauge, "What the last look found, by kind.");
    for what in What::ALL {
        let many = found.editions.iter().filter(|one| one.what == *what).count();
        findings.sample(&[("kind", what.slug())], many);
    }
    findings.sample(&[("kind", "rights")], found.accounts.len());
    let withheld = app.public.withheld().len();
    page.one("lantoa_integrity_withheld", Gauge, "Editions that are withheld from every output.", withheld);
    page.one(
        "lantoa_audit_entries_verified",
        Gauge,
        "Good entries of the chain, when it was read last.",
        meters.entries.read(),
    );
    page.one("lantoa_audit_broken", Gauge, "Whether the chain was broken when it was read last.", meters.broken.read());
}

fn office(page: &mut Page, app: &App, standing: &Standing) {
    if let Some((at, unclean)) = standing.feeds {
        let micros = u64::try_from(at.micros()).unwrap_or(0);
        page.one(
            "lantoa_feeds_read_time_seconds",
            Gauge,
            "When independent readers read all feeds last.",
            seconds(micros),
        );
        page.one("lantoa_feeds_unclean", Gauge, "Feeds that they did not read as they were written.", unclean);
    }
    page.one("lantoa_audit_entries", Gauge, "Entries that the audit chain should have.", standing.entries);
    let mut schedules = page.family(
        "lantoa_schedules",
        Gauge,
        "Orders by outcome: all that wait; of the others those whose moment was within the last 24 hours.",
    );
    for (outcome, many) in &standing.schedules {
        schedules.sample(&[("outcome", outcome.as_str())], many);
    }
    let late = standing.due_since.map_or(0, |since| app.clock.now().micros().saturating_sub(since.micros()));
    page.one(
        "lantoa_schedule_delay_seconds",
        Gauge,
        "How long the order that should have been carried out first has been due.",
        seconds(u64::try_from(late).unwrap_or(0)),
    );
    let mut overdue = page.family("lantoa_cases_overdue", Gauge, "What is past its deadline, by what it waits for.");
    for (kind, many) in &standing.overdue {
        overdue.sample(&[("waits_for", kind.as_str())], many);
    }
    let mut alarms = page.family("lantoa_alarms_unread", Gauge, "Alarms that somebody was told and has not read.");
    for (kind, many) in &standing.alarms {
        alarms.sample(&[("kind", kind.as_str())], many);
    }
    let mut messages = page.family(
        "lantoa_webhook_messages",
        Gauge,
        "Messages to webhooks: all that wait, and those that were given up within the last thirty days.",
    );
    for (state, many) in &standing.messages {
        messages.sample(&[("state", state.as_str())], many);
    }
    page.one("lantoa_hub_subscriptions", Gauge, "Subscriptions to feeds.", standing.subscriptions);
}
