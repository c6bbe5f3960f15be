//! What a public translation has to follow, kept beside it: the newest revision of substance that its source ever
//! had public. It outlives the source's own row, which goes when the source is taken down.

use sea_orm_migration::{
    prelude::{
        Alias, DbErr, DeriveMigrationName, Expr, ExprTrait, MigrationTrait, Query, SchemaManager, Table, async_trait,
    },
    sea_query::{IntoColumnRef, SelectStatement},
};

use crate::columns::{maybe, number};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = maybe(number("source_major"));
        manager.alter_table(Table::alter().table(Alias::new("live_item")).add_column(column).to_owned()).await?;
        let fill = Query::update()
            .table(Alias::new("live_item"))
            .value(Alias::new("source_major"), Expr::SubQuery(None, Box::new(newest_of_substance().into())))
            .and_where(col("live_item", "source_locale").is_not_null())
            .to_owned();
        manager.execute(fill).await
    }
}

/// Of the source's revisions up to the one of its newest act.
fn newest_of_substance() -> SelectStatement {
    let substance = col("revision", "change_class").eq("major");
    Query::select()
        .expr(Expr::expr(col("revision", "number").max()).if_null(1))
        .from(Alias::new("edition"))
        .inner_join(Alias::new("publication"), col("publication", "id").equals(name("edition", "publication_id")))
        .inner_join(
            Alias::new("revision"),
            col("revision", "edition_id")
                .equals(name("edition", "id"))
                .and(col("revision", "number").lte(col("publication", "revision_number"))),
        )
        .and_where(col("edition", "article_id").equals(name("live_item", "article_id")))
        .and_where(col("edition", "locale").equals(name("live_item", "source_locale")))
        .and_where(substance)
        .to_owned()
}

fn name(table: &'static str, column: &'static str) -> (Alias, Alias) {
    (Alias::new(table), Alias::new(column))
}

fn col(table: &'static str, column: &'static str) -> Expr {
    Expr::col(name(table, column).into_column_ref())
}
