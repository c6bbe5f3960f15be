//! Short words for columns, keys and indexes, so that a migration reads like a table.

use sea_orm_migration::{
    prelude::{
        Alias, ColumnDef, DbErr, ForeignKey, ForeignKeyCreateStatement, Index, IndexCreateStatement, SchemaManager,
        Table,
    },
    sea_query::{IntoIden, TableCreateStatement},
};

/// A table by its name.
pub(crate) fn table(name: &str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).to_owned()
}

pub(crate) fn uuid(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().to_owned()
}

pub(crate) fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().to_owned()
}

pub(crate) fn short(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).string_len(255).not_null().to_owned()
}

pub(crate) fn number(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().to_owned()
}

pub(crate) fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().to_owned()
}

pub(crate) fn moment(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().not_null().to_owned()
}

/// The same column, which may be empty.
pub(crate) fn maybe(mut column: ColumnDef) -> ColumnDef {
    column.null().to_owned()
}

/// The same column as the table's key.
pub(crate) fn key(mut column: ColumnDef) -> ColumnDef {
    column.primary_key().to_owned()
}

/// A primary key of several columns.
pub(crate) fn keys(columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    for column in columns {
        index.col(Alias::new(*column));
    }
    index.primary().to_owned()
}

/// A reference to another table's column; a row that is pointed at cannot go.
pub(crate) fn points(name: &str, from: (&str, &str), to: (&str, &str)) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(Alias::new(from.0), Alias::new(from.1).into_iden())
        .to(Alias::new(to.0), Alias::new(to.1).into_iden())
        .to_owned()
}

/// Creates an index with its own name.
pub(crate) async fn index(
    manager: &SchemaManager<'_>,
    name: &str,
    on: &str,
    columns: &[&str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create().name(name).table(Alias::new(on)).to_owned();
    for column in columns {
        index.col(Alias::new(*column));
    }
    if unique {
        index.unique();
    }
    manager.create_index(index).await
}

/// Creates tables one after the other.
pub(crate) async fn create(manager: &SchemaManager<'_>, tables: Vec<TableCreateStatement>) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}
