//! Sending messages to webhooks: claimed, sent, and written down how they fared. A process that ends in between leaves
//! a claim behind that runs out, so that the message is sent again: at least once, and never lost.

use std::{collections::BTreeSet, time::Duration};

use futures_util::{StreamExt as _, stream};
use serde_json::json;

use super::{event, owner, told};
use crate::{
    domain::{
        access::{Administer, Permission as _, Scope},
        delivery::{DeliveryState, Disabled, Met, Next, Standing, judge, next},
        notice::NoticeKind,
    },
    kernel::{NotificationId, Timestamp, WebhookId},
    outbound::{Answer, Request, Target, Undelivered},
    service::{App, Error},
    store::{
        Change, Housekeeping, WriteTx, account,
        delivery::{self, Delivery},
        notification::{self, Notification},
        webhook::{self, Webhook},
    },
    tokens::signing::{spread, webhook_signature},
};

/// Messages of one webhook that are claimed together.
const CLAIMED: u64 = 16;
/// Messages that are sent to one webhook at the same time, each about another article.
const AT_ONCE: usize = 4;
/// How long a claim holds: longer than all that is claimed can take.
const CLAIM: Duration = Duration::from_mins(3);
/// How long a message is kept that was taken or given up.
pub(crate) const KEPT: Duration = Duration::from_hours(30 * 24);

/// The webhooks that have a message whose moment has come.
pub async fn due(app: &App) -> Result<Vec<WebhookId>, Error> {
    Ok(delivery::due_webhooks(&app.db.read().await?, app.clock.now()).await?)
}

/// Sends a webhook some of what is due; false if there was nothing.
pub async fn send(app: &App, id: WebhookId) -> Result<bool, Error> {
    let Some((to, claimed)) = claim(app, id).await? else { return Ok(false) };
    let attempts = stream::iter(claimed).map(|one| async {
        let met = attempt(app, &to, &one).await;
        (one, met)
    });
    // Whatever comes of one is written down at once: who answers slowly holds up no other's.
    let mut attempts = std::pin::pin!(attempts.buffer_unordered(AT_ONCE));
    while let Some((one, met)) = attempts.next().await {
        settle(app, &to, one, met).await?;
    }
    Ok(true)
}

/// Removes messages that were settled long ago.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    delivery::sweep(&tx, app.clock.now().minus(KEPT)).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Deliveries).await?)
}

async fn claim(app: &App, id: WebhookId) -> Result<Option<(Webhook, Vec<Delivery>)>, Error> {
    let now = app.clock.now();
    // Looked at without the lock first: mostly what waits comes after something that is not due yet.
    if delivery::due(&app.db.read().await?, id, now, 1).await?.is_empty() {
        return Ok(None);
    }
    let tx = app.db.write().await?;
    let Some(to) = webhook::find(&tx, id).await?.filter(|one| one.standing.disabled.is_none()) else { return Ok(None) };
    let mut claimed = delivery::due(&tx, id, now, CLAIMED).await?;
    if claimed.is_empty() {
        return Ok(None);
    }
    for one in &mut claimed {
        (one.next_at, one.attempts) = (Some(now.plus(CLAIM)), one.attempts + 1);
        delivery::update(&tx, one).await?;
    }
    tx.commit_housekeeping(Housekeeping::Deliveries).await?;
    Ok(Some((to, claimed)))
}

/// What an attempt came to: the status of an answer, or why there is none.
struct Outcome {
    status: Option<u16>,
    problem: Option<&'static str>,
}

impl Outcome {
    fn met(&self) -> Met {
        match self.status {
            Some(200..300) => Met::Taken,
            Some(410) => Met::Gone,
            _ => Met::Refused,
        }
    }
}

impl From<Result<Answer, Undelivered>> for Outcome {
    fn from(sent: Result<Answer, Undelivered>) -> Self {
        match sent {
            Ok(answer) => Self { status: Some(answer.status), problem: None },
            Err(why) => Self { status: None, problem: Some(why.slug()) },
        }
    }
}

async fn attempt(app: &App, to: &Webhook, one: &Delivery) -> Outcome {
    let problem = |problem| Outcome { status: None, problem: Some(problem) };
    // Read again: what an operator allows may be another now.
    let Ok(target) = Target::parse(&to.url, app.outbound.allowed()) else { return problem("inside") };
    let now = app.clock.now();
    let Some(signature) = signature(app, to, one, now) else {
        tracing::error!(webhook = %to.id, "the secret of a webhook cannot be opened; it needs another");
        return problem("no_secret");
    };
    let request = Request {
        body: Some(one.body.clone().into()),
        headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("webhook-id".to_owned(), one.message_id()),
            ("webhook-timestamp".to_owned(), now.seconds().to_string()),
            ("webhook-signature".to_owned(), signature),
        ],
    };
    app.outbound.send_encrypted(&target, &request).await.into()
}

/// The signature of the secret, and of the one before for as long as that holds.
fn signature(app: &App, to: &Webhook, one: &Delivery, now: Timestamp) -> Option<String> {
    let sign = |sealed: &str| {
        let secret = app.vault.open(&owner(to.id), sealed).ok()?;
        webhook_signature(&secret, &one.message_id(), now.seconds(), one.body.as_bytes())
    };
    let new = sign(&to.secret)?;
    let old = to.old_secret.as_ref().filter(|(_, until)| now < *until).and_then(|(sealed, _)| sign(sealed));
    Some(old.map_or_else(|| new.clone(), |old| format!("{new} {old}")))
}

/// Writes down what came of an attempt, and how the webhook stands after it.
async fn settle(app: &App, to: &Webhook, claimed: Delivery, outcome: Outcome) -> Result<(), Error> {
    let (tx, now, met) = (app.db.write().await?, app.clock.now(), outcome.met());
    // Sent anew by somebody meanwhile, it is theirs: nothing of this attempt is written over it.
    let there = delivery::find(&tx, to.id, claimed.id).await?;
    if let Some(mut one) = there.filter(|one| one.next_at == claimed.next_at && one.attempts == claimed.attempts) {
        (one.tried_at, one.status, one.problem) = (Some(now), outcome.status, outcome.problem.map(str::to_owned));
        match next(met, one.attempts, now, spread()) {
            Next::Done => (one.state, one.next_at, one.settled_at) = (DeliveryState::Delivered, None, Some(now)),
            Next::At(then) => one.next_at = Some(then),
            Next::Never => (one.state, one.next_at, one.settled_at) = (DeliveryState::GivenUp, None, Some(now)),
        }
        delivery::update(&tx, &one).await?;
    }
    let Some(mut hook) = webhook::find(&tx, to.id).await? else {
        return Ok(tx.commit_housekeeping(Housekeeping::Deliveries).await?);
    };
    // Of an address that is not the webhook's any more, its failure says nothing.
    let standing = if hook.url == to.url { judge(hook.standing, met, now) } else { hook.standing };
    if let (None, Some(why)) = (hook.standing.disabled, standing.disabled) {
        return disable(app, tx, &mut hook, standing, why).await;
    }
    if standing != hook.standing {
        webhook::fails_since(&tx, hook.id, standing.failing_since).await?;
    }
    Ok(tx.commit_housekeeping(Housekeeping::Deliveries).await?)
}

/// Switches a webhook off, and tells those who administer.
async fn disable(app: &App, tx: WriteTx, hook: &mut Webhook, standing: Standing, why: Disabled) -> Result<(), Error> {
    let now = app.clock.now();
    (hook.standing, hook.disabled_at, hook.version) = (standing, Some(now), hook.version + 1);
    webhook::update(&tx, hook).await?;
    let grants = account::grants_of(&tx, Administer::ROLES).await?;
    let to: BTreeSet<_> =
        grants.iter().filter(|(_, grant)| grant.covers(Scope::default())).map(|(id, _)| *id).collect();
    let notice = |to| Notification {
        id: NotificationId::new(),
        to,
        kind: NoticeKind::WebhookDisabled,
        article: None,
        locale: None,
        case: None,
        stage: None,
        about: Some(hook.id.0),
        at: now,
        read_at: None,
    };
    notification::insert(&tx, &to.iter().copied().map(notice).collect::<Vec<_>>()).await?;
    let mut data = told(hook);
    data["told"] = json!(to.len());
    tracing::warn!(webhook = %hook.id, %why, "a webhook is told nothing any more");
    let change = Change::by(None, now).entry("webhook.disabled", "webhook", hook.id, data).emit(event());
    Ok(tx.commit(change).await?)
}
