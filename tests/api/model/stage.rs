//! Two processes over one database, those who look on, and whether anything was committed.

use futures_util::future::join;
use lantoa::{domain::publication::Follow, service::schedule::run_due};

use super::act::Run;
use crate::support::{Client, Given, Mark, TestApp, Watch};

/// What did not go as the model said.
pub type Checked<T = ()> = Result<T, String>;

/// An application, another process beside it, and those of both who outlive a sequence.
#[derive(Clone)]
pub struct Stage {
    pub app: TestApp,
    other: TestApp,
    pub admin: Client,
    pub auditor: Client,
    pub retracts_all: bool,
    watch: Watch,
}

impl Stage {
    pub async fn new(retracts_all: bool) -> Self {
        let app = TestApp::given(given(retracts_all)).await;
        let other = app.again_given(given(retracts_all)).await;
        let admin = app.account("admin").sign_in().await;
        let auditor = app.account("auditor").sign_in().await;
        let watch = Watch::over(&app).await;
        Self { app, other, admin, auditor, retracts_all, watch }
    }

    /// What the database holds now.
    pub async fn mark(&self) -> Mark {
        self.watch.mark(&self.app).await
    }

    /// The first process ends, and another begins over what it left; nothing else is left of it.
    pub async fn restart(&mut self) {
        self.app = self.app.again_given(given(self.retracts_all)).await;
        self.admin.app = self.app.clone();
        self.auditor.app = self.app.clone();
    }

    /// Carries out what is due, and gives how many orders came to something.
    pub async fn run(&self, how: Run) -> Checked<u32> {
        let (one, other) = (&self.app.app, &self.other.app);
        let done = match how {
            Run::Once => run_due(one).await.map(|count| (count, 0)),
            Run::Twice => pair(run_due(one).await, run_due(one).await),
            Run::Elsewhere => run_due(other).await.map(|count| (count, 0)),
            Run::Together => {
                let (first, second) = join(run_due(one), run_due(other)).await;
                pair(first, second)
            }
        };
        let (first, second) = done.map_err(|error| error.to_string())?;
        // As its own watch would notice.
        one.db.poll().await.map_err(|error| error.to_string())?;
        if how == Run::Twice && second > 0 {
            return Err(format!("{second} orders came to something twice"));
        }
        Ok(first + second)
    }
}

fn pair<T, E>(one: Result<T, E>, other: Result<T, E>) -> Result<(T, T), E> {
    Ok((one?, other?))
}

fn given(retracts_all: bool) -> Given {
    let mut given = Given::default();
    given.policy.retracted_source = if retracts_all { Follow::Retract } else { Follow::Freeze };
    given
}
