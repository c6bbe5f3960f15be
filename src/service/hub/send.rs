//! Sending feeds to those who subscribe, whole, when they are other than what was taken last.

use std::{collections::HashMap, sync::Arc};

use futures_util::{StreamExt as _, stream};

use super::{AT_ONCE, CLAIM, CLAIMED, Content, ask::deny, content, owner};
use crate::{
    domain::hub::deliver_again,
    outbound::{Answer, Request as Call, Target, Undelivered},
    service::{App, Code, Error},
    store::{
        Housekeeping,
        hub::{self, Subscription},
    },
    tokens::signing::{hub_signature, spread},
};

/// The status by which a subscriber says that it is gone.
const GONE: u16 = 410;

/// Sends to those whose feed may have changed; how many were looked at.
pub async fn send(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    if hub::due(&app.db.read().await?, now, 1).await?.is_empty() {
        return Ok(0);
    }
    let tx = app.db.write().await?;
    let due = hub::due(&tx, now, CLAIMED).await?;
    let ids: Vec<_> = due.iter().map(|one| one.id).collect();
    hub::put_off(&tx, &ids, now.plus(CLAIM)).await?;
    tx.commit_housekeeping(Housekeeping::Subscriptions).await?;
    let many = due.len();
    // After the claim, and so after every event by which it was due: what is made now is not older than those.
    let mut made: HashMap<String, Option<Arc<Content>>> = HashMap::new();
    let mut work = Vec::new();
    for one in due {
        if !made.contains_key(&one.topic) {
            let found = match content(app, &one.topic).await {
                Err(error) if error.code() == Code::NotFound => None,
                found => Some(Arc::new(found?)),
            };
            made.insert(one.topic.clone(), found);
        }
        let content = made.get(&one.topic).cloned().flatten();
        work.push((one, content));
    }
    let work = stream::iter(work).map(|(one, content)| one_of_them(app, one, content));
    let mut sent = std::pin::pin!(work.buffer_unordered(AT_ONCE));
    while let Some(done) = sent.next().await {
        done?;
    }
    Ok(many)
}

/// What came of looking at a subscription.
enum Fate {
    /// They have the content.
    Has,
    /// They did not take it.
    Refused,
    /// It ends.
    Ends,
}

async fn one_of_them(app: &App, one: Subscription, content: Option<Arc<Content>>) -> Result<(), Error> {
    let fate = fate(app, &one, content.as_deref()).await;
    let (tx, now) = (app.db.write().await?, app.clock.now());
    match (fate, content) {
        (Fate::Has, Some(content)) => hub::sent(&tx, one.id, one.due_seq, &content.digest, now).await?,
        (Fate::Ends, _) | (Fate::Has, None) => hub::remove(&tx, &one.callback, &one.topic).await?,
        (Fate::Refused, _) => {
            let failures = one.failures + 1;
            hub::failed(&tx, one.id, failures, deliver_again(failures, now, spread())).await?;
        }
    }
    Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
}

async fn fate(app: &App, one: &Subscription, content: Option<&Content>) -> Fate {
    // Read again: what an operator allows may be another now.
    let Ok(target) = Target::parse(&one.callback, app.outbound.allowed()) else { return Fate::Ends };
    let Some(content) = content else {
        deny(app, &target, &one.topic).await;
        return Fate::Ends;
    };
    if content.digest == one.digest {
        return Fate::Has;
    }
    match deliver(app, &target, one, content).await {
        Ok(answer) if answer.is_success() => Fate::Has,
        Ok(answer) if answer.status == GONE => Fate::Ends,
        Ok(_) | Err(_) => Fate::Refused,
    }
}

async fn deliver(app: &App, target: &Target, to: &Subscription, content: &Content) -> Result<Answer, Undelivered> {
    let hub = app.office.hub_url().unwrap_or_default();
    let mut headers = vec![
        ("content-type".to_owned(), content.media_type.to_owned()),
        ("link".to_owned(), format!("<{hub}>; rel=\"hub\"")),
        ("link".to_owned(), format!("<{}>; rel=\"self\"", to.topic)),
    ];
    if let Some(sealed) = &to.secret {
        // Unsigned it would be refused, or worse, believed.
        let Ok(secret) = app.vault.open(&owner(&to.callback, &to.topic), sealed) else {
            tracing::error!(subscription = %to.id, "the secret of a subscription cannot be opened");
            return Err(Undelivered::Broken("no secret".to_owned()));
        };
        headers.push(("x-hub-signature".to_owned(), hub_signature(&secret, &content.body)));
    }
    app.outbound.send(target, &Call { body: Some(content.body.clone()), headers }).await
}
