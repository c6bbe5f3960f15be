//! Which editions a page of a topic's list is cut from.

use chrono::DateTime;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, SelectStatement},
};

use crate::{
    kernel::{Code, LocaleTag, PageRequest},
    store::{
        change::PUBLIC,
        entity::live_topic::{Column, Entity},
    },
};

/// The year 0, before every publication.
const EVER: i64 = -62_167_219_200;

/// The editions about a topic, as far as the page reaches: without that bound every text of the topic is read to
/// find the newest few. `is_alone` says that nothing else narrows the list, so that the page has what the topic has.
pub(super) fn editions(locale: &LocaleTag, topic: &Code, wanted: PageRequest, is_alone: bool) -> SelectStatement {
    let all = || {
        Entity::find()
            .select_only()
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::Locale.eq(locale.as_str()))
            .filter(Column::TopicCode.eq(topic.as_str()))
    };
    let mut about = all().column(Column::EditionId);
    if is_alone {
        let after = wanted.after.map(|cursor| cursor.at);
        if let Some(at) = after {
            about = about.filter(Column::PublishedAt.lte(at.utc()));
        }
        // So many are published before the cursor's moment that the page is full, whoever shares a moment.
        let before = after.map_or_else(all, |at| all().filter(Column::PublishedAt.lt(at.utc())));
        let since = Func::coalesce([last(before, wanted.limit), Expr::val(DateTime::from_timestamp(EVER, 0))]);
        about = about.filter(Expr::col((Entity, Column::PublishedAt)).gte(since));
    }
    about.into_query()
}

/// The moment of the one that shows that there is another page; none where there is no other.
fn last(before: Select<Entity>, limit: u64) -> Expr {
    let last = before.column(Column::PublishedAt).order_by_desc(Column::PublishedAt).offset(limit).limit(1);
    Expr::SubQuery(None, Box::new(last.into_query().into()))
}
