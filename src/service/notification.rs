//! Notifications: telling people, and what they read.

use super::{App, Caller, Error, article::Article, edition::Edition};
use crate::{
    domain::{notice::NoticeKind, workflow::Case},
    kernel::{AccountId, NotificationId, Page, PageRequest, Timestamp},
    store::{Housekeeping, Tx, WriteTx, notification},
};

pub use notification::Notification;

/// Most that is counted: more is not worth a number.
pub const MAX_COUNT: u64 = 100;

/// What a notice is about.
pub(super) struct About<'a> {
    pub(super) article: &'a Article,
    pub(super) edition: &'a Edition,
    pub(super) case: &'a Case,
    /// The stage's place.
    pub(super) stage: Option<usize>,
}

/// Tells people about a case, each once.
pub(super) async fn tell(
    tx: &WriteTx,
    to: impl IntoIterator<Item = AccountId>,
    kind: NoticeKind,
    about: About<'_>,
    at: Timestamp,
) -> Result<usize, Error> {
    let mut people: Vec<AccountId> = to.into_iter().collect();
    people.sort();
    people.dedup();
    let stage = about.stage.and_then(|place| about.case.workflow.stages.get(place));
    let one = |to: AccountId| Notification {
        id: NotificationId::new(),
        to,
        kind,
        article: Some(about.article.id),
        locale: Some(about.edition.locale.clone()),
        case: Some(about.case.id),
        stage: stage.map(|stage| stage.name.clone()),
        about: None,
        at,
        read_at: None,
    };
    let all: Vec<Notification> = people.into_iter().map(one).collect();
    notification::insert(tx, &all).await?;
    Ok(all.len())
}

/// What the caller was told, newest first, and how much of it is unread.
pub async fn list(
    app: &App,
    caller: Caller,
    unread: bool,
    wanted: PageRequest,
) -> Result<(Page<Notification>, u64), Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let page = notification::page(&tx, actor.id, unread, wanted).await?;
    Ok((page, count_unread(&tx, actor.id).await?))
}

/// How much somebody has not read, as far as it is counted.
pub(super) async fn count_unread(tx: &impl Tx, who: AccountId) -> Result<u64, Error> {
    Ok(notification::unread(tx, who, MAX_COUNT).await?)
}

/// Marks what the caller was told as read: these, or all. Others' are left alone, whatever is named.
pub async fn read(app: &App, caller: Caller, ids: Option<Vec<NotificationId>>) -> Result<u64, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    notification::read(&tx, actor.id, ids.as_deref(), app.clock.now()).await?;
    let left = count_unread(&tx, actor.id).await?;
    tx.commit_housekeeping(Housekeeping::Notices).await?;
    Ok(left)
}
