//! Telling another hub that feeds have changed, where an operator named one.

use super::CLAIM;
use crate::{
    domain::hub::deliver_again,
    outbound::Request as Call,
    service::{App, Error, Hub},
    store::{
        Housekeeping,
        hub::{self, Ping},
    },
    tokens::signing::spread,
};

/// Feeds of one ping.
const TOGETHER: u64 = 20;

/// Tells the other hub of some feeds; how many they were.
pub async fn ping(app: &App) -> Result<usize, Error> {
    let Hub::Elsewhere(target) = &app.office.hub else { return Ok(0) };
    let now = app.clock.now();
    if hub::due_pings(&app.db.read().await?, now, 1).await?.is_empty() {
        return Ok(0);
    }
    let tx = app.db.write().await?;
    let due = hub::due_pings(&tx, now, TOGETHER).await?;
    hub::put_off_pings(&tx, &due, now.plus(CLAIM), false).await?;
    tx.commit_housekeeping(Housekeeping::Subscriptions).await?;
    let headers = vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    let sent = app.outbound.send(target, &Call { body: Some(form(&due).into()), headers }).await;
    let (tx, now) = (app.db.write().await?, app.clock.now());
    if sent.is_ok_and(|answer| answer.is_success()) {
        hub::pinged(&tx, &due, now).await?;
    } else {
        let failures = due.iter().map(|one| one.failures).max().unwrap_or(0) + 1;
        hub::put_off_pings(&tx, &due, deliver_again(failures, now, spread()), true).await?;
    }
    tx.commit_housekeeping(Housekeeping::Subscriptions).await?;
    Ok(due.len())
}

fn form(pings: &[Ping]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("hub.mode", "publish");
    // By both names: hubs of today read the one, older ones the other.
    for one in pings {
        form.append_pair("hub.url", &one.topic).append_pair("hub.topic", &one.topic);
    }
    form.finish()
}
