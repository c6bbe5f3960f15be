//! Rounds: load, kill, start again, compare.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::json;

use super::{
    facts::stored,
    sound,
    step::Step,
    writer::{Chance, Round, Writer},
};
use crate::support::{Installation, Process, Rows, Staff, anybody, newspaper, until};

const WRITERS: u64 = 5;

/// A server, those who write to it, and what they know.
pub struct Rounds {
    chance: Chance,
    server: Option<Process>,
    staff: Staff,
    writers: Vec<Writer>,
    round: u32,
    /// Steps in doubt that were done, and that were not.
    doubts: [usize; 2],
    begun: Instant,
}

impl Rounds {
    pub async fn begin(installation: &Installation) -> Self {
        let begun = Instant::now();
        let seed = std::env::var("LANTOA_TEST_SEED").ok().map(|seed| seed.parse().expect("LANTOA_TEST_SEED"));
        let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_nanos();
        let seed = seed.unwrap_or_else(|| u64::try_from(now & u128::from(u64::MAX)).expect("masked"));
        eprintln!("LANTOA_TEST_SEED={seed}");
        let mut chance = Chance(seed);
        let server = installation.serve().await;
        let staff = newspaper(installation, &server).await;
        let writers = (0..WRITERS).map(|_| Writer::new(chance.next())).collect();
        Self { chance, server: Some(server), staff, writers, round: 0, doubts: [0, 0], begun }
    }

    /// Lets all write at the same time, and kills the server in the middle of it.
    pub async fn load_and_kill(&mut self) {
        self.round += 1;
        let server = self.server.take().expect("a server");
        self.refresh(&server).await;
        let round = Arc::new(Round::default());
        let writers = std::mem::take(&mut self.writers).into_iter();
        let tasks: Vec<_> = writers
            .map(|writer| tokio::spawn(writer.write(server.url.clone(), self.staff.clone(), Arc::clone(&round))))
            .collect();
        // After some steps, so that there is load on a slow machine too, and then at no particular moment.
        let steps = 5 + self.chance.below(60);
        until("enough is written", async || {
            (round.acknowledged.load(Ordering::SeqCst) >= steps || tasks.iter().any(|task| task.is_finished()))
                .then_some(())
        })
        .await;
        tokio::time::sleep(Duration::from_micros(self.chance.below(30_000))).await;
        round.killed.store(true, Ordering::SeqCst);
        server.kill();
        self.writers = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    }

    /// An acknowledged pair of tokens is good until the next one, whatever happens in between.
    async fn refresh(&mut self, server: &Process) {
        let order = json!({"refresh_token": self.staff.auditor.refresh});
        let tokens = anybody(&server.url).post("/api/v1/auth/refresh", &order).await.is(200);
        self.staff.auditor.refresh = tokens.text_of("refresh_token");
        self.staff.auditor.access = tokens.text_of("access_token");
    }

    pub async fn restart_and_compare(&mut self, installation: &Installation) {
        let begun = Instant::now();
        let server = installation.serve().await;
        let ready = begun.elapsed();
        let rows = Rows::of(&installation.database()).await;

        let mut found = stored(&rows).await;
        for writer in &self.writers {
            if let Some(done) = writer.compare(&mut found) {
                self.doubts[usize::from(!done)] += 1;
            }
        }
        let begin = |writer: &&Writer| writer.doubt.as_ref().is_some_and(|order| order.step == Step::Begin);
        let beginners = self.writers.iter().filter(begin).count();
        assert!(found.len() <= beginners, "nobody wrote {found:#?}");
        self.doubts[0] += found.len();
        self.doubts[1] += beginners - found.len();

        for writer in &mut self.writers {
            writer.repeat(&server.url).await;
        }
        let mut found = stored(&rows).await;
        for writer in &self.writers {
            assert_eq!(writer.compare(&mut found), None);
        }
        assert!(found.is_empty(), "a request that came twice was done twice: {found:#?}");
        sound::check(&rows, installation, &server.url).await;
        rows.close().await;
        let acknowledged: usize = self.writers.iter().map(|writer| writer.done.len()).sum();
        let (round, all) = (self.round, self.begun.elapsed().as_secs());
        eprintln!("round {round}: ready after {ready:?}, {acknowledged} steps acknowledged; {all} s so far");
        self.server = Some(server);
    }

    /// Ends with the command that everyone can run.
    pub async fn end(mut self, installation: &Installation) {
        let server = self.server.take().expect("a server");
        self.refresh(&server).await;
        let said = installation.run(&["audit", "verify"]).await.fine();
        assert!(said.contains("intact"), "{said}");
        let done: Vec<&Step> = self.writers.iter().flat_map(|writer| &writer.done).collect();
        let [yes, no] = self.doubts;
        eprintln!("{} steps acknowledged; of those in doubt {yes} were done and {no} were not", done.len());
        assert!(done.iter().any(|step| matches!(step, Step::Publish(..))), "too little was done to say anything");
        server.stop().await;
    }
}
