//! Work that goes on beside the requests. Each job logs what fails, goes on, and ends when the process stops.

mod deadlines;
mod housekeeping;
mod integrity;
mod outbound;
mod schedules;
mod validity;
mod watch;

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch as signal, task::JoinSet, time::MissedTickBehavior};

use crate::{
    kernel::Clock,
    service::{App, Error, Hub, meters::Job},
};

/// Tells whether the process is stopping.
#[derive(Clone, Debug)]
pub struct Stop(signal::Receiver<bool>);

impl Stop {
    /// The half that asks to stop, and the half that is told.
    pub fn pair() -> (signal::Sender<bool>, Self) {
        let (ask, told) = signal::channel(false);
        (ask, Self(told))
    }

    /// Whether it was asked to stop.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is asked; who could ask being gone counts as asking.
    pub async fn asked(&mut self) {
        self.0.wait_for(|asked| *asked).await.ok();
    }
}

/// Jobs under way.
#[derive(Debug)]
pub struct Jobs {
    under_way: JoinSet<()>,
    chain: integrity::Chain,
}

impl Jobs {
    /// Starts all jobs; everything public is compared with what was approved each `sweep`, and first at once.
    pub fn start(app: &App, sweep: Duration, stop: &Stop) -> Self {
        let mut jobs = JoinSet::new();
        jobs.spawn(watch::run(app.clone(), stop.clone()));
        jobs.spawn(integrity::sweep(app.clone(), sweep, stop.clone()));
        let chain = integrity::Chain::of(app);
        jobs.spawn(chain.clone().watch(stop.clone()));
        jobs.spawn(deadlines::run(app.clone(), stop.clone()));
        jobs.spawn(schedules::run(app.clone(), stop.clone()));
        jobs.spawn(outbound::follow(app.clone(), stop.clone()));
        jobs.spawn(outbound::webhooks(app.clone(), stop.clone()));
        match app.office.hub {
            Hub::Own => {
                jobs.spawn(outbound::ask(app.clone(), stop.clone()));
                jobs.spawn(outbound::deliver(app.clone(), stop.clone()));
            }
            Hub::Elsewhere(_) => drop(jobs.spawn(outbound::ping(app.clone(), stop.clone()))),
            Hub::Nobody => {}
        }
        jobs.spawn(housekeeping::run(app.clone(), stop.clone()));
        jobs.spawn(validity::run(app.clone(), stop.clone()));
        Self { under_way: jobs, chain }
    }

    /// Waits until all have ended, which they do when they are asked to stop, and keeps the audit chain's head of
    /// then: nothing must be writing any more.
    pub async fn ended(mut self) {
        while self.under_way.join_next().await.is_some() {}
        if let Err(error) = self.chain.keep().await {
            tracing::error!(%error, "the audit chain's head of this stop was not kept");
        }
    }
}

/// Does something at once and then again and again, until it is asked to stop.
async fn every<F>(period: Duration, mut stop: Stop, job: Arc<Job>, mut act: impl FnMut() -> F)
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let mut ticks = tokio::time::interval(period);
    // After a pause of the machine once, not once for each tick that was missed.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.asked() => return,
            _ = ticks.tick() => {}
        }
        // In a task of its own: a panic ends this one act and not the job.
        let began = Instant::now();
        let mut under_way = tokio::spawn(act());
        let done = tokio::select! {
            biased;
            done = &mut under_way => done,
            () = stop.asked() => {
                // A sweep of everything public takes its time; left off, it leaves no trace, as a
                // transaction that was not committed does.
                under_way.abort();
                under_way.await.ok();
                return;
            }
        };
        job.runs.one();
        let failed = match done {
            Ok(Ok(())) => {
                job.done.set(Clock::system().now(), began.elapsed());
                continue;
            }
            Ok(Err(error)) => error.to_string(),
            Err(panic) => panic.to_string(),
        };
        job.failures.one();
        tracing::error!(job = job.name, failed, "a job failed; it goes on");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_job_that_fails_or_panics_goes_on_until_it_is_asked_to_stop() {
        let times = Arc::new(AtomicUsize::new(0));
        let (ask, stop) = Stop::pair();
        let (seen, meter) = (Arc::clone(&times), Arc::<Job>::default());
        let job = tokio::spawn(every(Duration::from_millis(1), stop, Arc::clone(&meter), move || {
            let seen = Arc::clone(&seen);
            async move {
                match seen.fetch_add(1, Ordering::SeqCst) {
                    0 => Err(Error::not_found()),
                    1 => panic!("on purpose"),
                    _ => Ok(()),
                }
            }
        }));
        while times.load(Ordering::SeqCst) < 4 {
            tokio::task::yield_now().await;
        }
        ask.send(true).unwrap();
        job.await.unwrap();
        assert_eq!(meter.failures.read(), 2);
        assert!(meter.runs.read() > 2 && meter.done.read().is_some());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_act_under_way_does_not_hold_the_end_up() {
        let (ask, stop) = Stop::pair();
        let begun = Arc::new(tokio::sync::Notify::new());
        let seen = Arc::clone(&begun);
        let job = tokio::spawn(every(Duration::from_millis(1), stop, Arc::default(), move || {
            seen.notify_one();
            std::future::pending()
        }));
        begun.notified().await;
        ask.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(30), job).await.expect("it ends").unwrap();
    }
}
