//! What public translations follow: their source's newest text of substance, and the one that they were made from or
//! that they were attested to hold against.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    kernel::{ArticleId, EditionId, LocaleTag},
    store::{
        Fault, Tx, WriteTx,
        change::PUBLIC,
        entity::live_item::{Column, Entity},
    },
};

/// Tells an article's public translations which revision of their source they have to follow from now on.
pub async fn follow(tx: &WriteTx, article: ArticleId, source: &LocaleTag, major: u32) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::SourceMajor, i64::from(major).into())
        .filter(Column::Audience.eq(PUBLIC))
        .filter(Column::ArticleId.eq(article.0))
        .filter(Column::SourceLocale.eq(source.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Tells a public translation which revision of its source it holds against.
pub async fn holds_against(tx: &WriteTx, edition: EditionId, number: u32) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::SourceNumber, i64::from(number).into())
        .filter(Column::Audience.eq(PUBLIC))
        .filter(Column::EditionId.eq(edition.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
