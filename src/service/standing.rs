//! How the office stands, in numbers alone: what its operator should be called for.

use std::time::Duration;

use super::{App, Error};
use crate::{
    domain::{
        delivery::DeliveryState,
        notice::{ALARMS, NoticeKind},
        schedule::Outcome,
        workflow::TurnKind,
    },
    kernel::Timestamp,
    store::{audit, delivery, feed_check, hub, notification, schedule, turn},
};

/// How far back outcomes are counted.
pub const RECENT: Duration = Duration::from_hours(24);

/// How the office stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What is late, by what it waits for.
    pub overdue: Vec<(TurnKind, u64)>,
    /// Alarms that were told and not read, by what they are about.
    pub alarms: Vec<(NoticeKind, u64)>,
    /// Orders by what became of them: all that wait, and of the others those whose moment was within [`RECENT`].
    pub schedules: Vec<(Outcome, u64)>,
    /// The moment of the order that should have been carried out first, if one is due.
    pub due_since: Option<Timestamp>,
    /// Messages to webhooks that wait, and those that were given up and are kept.
    pub messages: [(DeliveryState, u64); 2],
    /// Subscriptions at the hub.
    pub subscriptions: u64,
    /// Entries of the audit chain that were ever numbered.
    pub entries: u64,
    /// When all feeds were read last, and how many of them could not be read as they were written.
    pub feeds: Option<(Timestamp, u64)>,
}

/// Reads how the office stands now. It costs what is open, not what ever was.
pub async fn read(app: &App) -> Result<Standing, Error> {
    let (tx, now) = (app.db.read().await?, app.clock.now());
    let late = turn::overdue(&tx, now).await?;
    let unread = notification::unread_of(&tx, ALARMS).await?;
    let since = now.minus(RECENT);
    let mut schedules = Vec::new();
    for outcome in Outcome::ALL {
        let from = (*outcome != Outcome::Waiting).then_some(since);
        schedules.push((*outcome, schedule::how_many(&tx, *outcome, from).await?));
    }
    Ok(Standing {
        overdue: late,
        alarms: ALARMS.iter().map(|kind| (*kind, unread.get(kind).copied().unwrap_or(0))).collect(),
        schedules,
        due_since: schedule::due_since(&tx, now).await?,
        messages: delivery::open(&tx).await?,
        subscriptions: hub::how_many(&tx).await?,
        entries: audit::numbered(&tx).await?,
        feeds: feed_check::standing(&tx).await?,
    })
}
