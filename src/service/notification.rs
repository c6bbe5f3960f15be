//! Notifications: telling people, and what they read.

use std::{collections::BTreeSet, time::Duration};

use uuid::Uuid;

use super::{App, Caller, Error, article::Article, edition::Edition};
use crate::{
    domain::{notice::NoticeKind, workflow::Case},
    kernel::{AccountId, LocaleTag, NotificationId, Page, PageRequest, Timestamp},
    store::{Housekeeping, Tx, WriteTx, notification},
};

pub use notification::Notification;

/// Most that is counted: more is not worth a number.
pub const MAX_COUNT: u64 = 100;
/// Notifications of a person that are kept at most, the newest.
pub const MAX_KEPT: u64 = 1_000;
/// How long one is kept, read or not.
pub const KEPT: Duration = Duration::from_hours(90 * 24);

/// What a notice is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    article: &'a Article,
    locale: &'a LocaleTag,
    case: Option<&'a Case>,
    stage: Option<usize>,
    subject: Option<Uuid>,
}

impl<'a> About<'a> {
    /// About a case, at a stage of it or as a whole.
    pub(super) fn case(article: &'a Article, edition: &'a Edition, case: &'a Case, stage: Option<usize>) -> Self {
        Self { article, locale: &edition.locale, case: Some(case), stage, subject: None }
    }

    /// About something beside an edition: a comment, a suggestion, an order.
    pub(super) fn subject(article: &'a Article, locale: &'a LocaleTag, subject: Uuid) -> Self {
        Self { article, locale, case: None, stage: None, subject: Some(subject) }
    }
}

/// What a transaction tells people, written at its end in one statement.
pub(super) struct Notices {
    at: Timestamp,
    all: Vec<Notification>,
}

impl Notices {
    /// Nothing yet, at a moment.
    pub(super) fn at(at: Timestamp) -> Self {
        Self { at, all: Vec::new() }
    }

    /// Tells people, each once. Whoever was told of it before, by whichever process, is not told again.
    pub(super) fn add(&mut self, to: impl IntoIterator<Item = AccountId>, kind: NoticeKind, about: &About<'_>) {
        let place = about.stage.and_then(|place| about.case?.workflow.stages.get(place));
        for to in to.into_iter().collect::<BTreeSet<_>>() {
            self.all.push(Notification {
                id: NotificationId::new(),
                to,
                kind,
                article: Some(about.article.id),
                locale: Some(about.locale.clone()),
                case: about.case.map(|case| case.id),
                stage: place.map(|stage| stage.name.clone()),
                about: about.subject,
                at: self.at,
                read_at: None,
            });
        }
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Writes them.
    pub(super) async fn send(self, tx: &WriteTx) -> Result<(), Error> {
        Ok(notification::insert(tx, &self.all).await?)
    }
}

/// Tells people one thing.
pub(super) async fn tell(
    tx: &WriteTx,
    to: impl IntoIterator<Item = AccountId>,
    kind: NoticeKind,
    about: About<'_>,
    at: Timestamp,
) -> Result<usize, Error> {
    let mut notices = Notices::at(at);
    notices.add(to, kind, &about);
    let many = notices.len();
    notices.send(tx).await?;
    Ok(many)
}

/// Removes what was told long ago, and of what somebody was told beyond a number the oldest.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    let before = app.clock.now().minus(KEPT);
    notification::sweep(&tx, before, MAX_KEPT).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Notices).await?)
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
