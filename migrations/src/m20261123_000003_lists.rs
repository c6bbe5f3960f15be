//! Narrowed lists of articles read the work in hand, not the archive.

use sea_orm_migration::prelude::{
    Alias, Condition, ConditionalStatement as _, DbErr, DeriveMigrationName, Expr, ExprTrait as _, Index,
    MigrationTrait, SchemaManager, async_trait,
};

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = |name: &'static str| Expr::col(Alias::new(name));
        // Editions whose newest text is not the public one.
        let unfinished = Index::create()
            .name("edition_unfinished_idx")
            .table(Alias::new("edition"))
            .col(Alias::new("article_id"))
            .cond_where(
                Condition::any()
                    .add(column("live_number").is_null())
                    .add(column("live_number").ne(column("latest_number"))),
            )
            .to_owned();
        manager.create_index(unfinished).await?;
        // Texts that changed in substance after the first, by which translations grow stale.
        index(manager, "revision_changed_idx", "revision", &["change_class", "number", "edition_id"], false).await?;
        index(manager, "revision_author_idx", "revision", &["created_by", "edition_id"], false).await
    }
}
