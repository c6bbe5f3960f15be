//! What SQLite is told of its indexes, in the table in which `ANALYZE` would write what it found.

use sea_orm_migration::{
    prelude::{Alias, DbErr, Expr, ExprTrait as _, Query, SchemaManager},
    sea_orm::{ConnectionTrait, DbBackend},
};

/// A table, its index, and the index's shape: the rows of a large province, then how many of them share the first
/// column, the first two, and so on.
pub(crate) type Shape = (&'static str, &'static str, &'static [u32]);

/// The database's own table of shapes.
const SHAPES: &str = "sqlite_stat1";
/// Makes the table where there is none, and lets the connection read it; it looks at no rows.
const READ: &str = "ANALYZE sqlite_schema";

/// Tells SQLite the shapes of these indexes, in place of what it thought of them; what it knows of others stays.
pub(crate) async fn tell(manager: &SchemaManager<'_>, shapes: &[Shape]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if db.get_database_backend() != DbBackend::Sqlite {
        // PostgreSQL looks for itself, day and night.
        return Ok(());
    }
    db.execute_unprepared(READ).await?;
    let [table, index, stat] = ["tbl", "idx", "stat"].map(Alias::new);
    for (of, name, _) in shapes {
        let forget = Query::delete()
            .from_table(Alias::new(SHAPES))
            .and_where(Expr::col(table.clone()).eq(*of))
            .and_where(Expr::col(index.clone()).eq(*name))
            .to_owned();
        db.execute(&forget).await?;
    }
    for (of, name, shape) in shapes {
        let words: Vec<String> = shape.iter().map(ToString::to_string).collect();
        let values = [(*of).into(), (*name).into(), words.join(" ").into()];
        let row = Query::insert()
            .into_table(Alias::new(SHAPES))
            .columns([table.clone(), index.clone(), stat.clone()])
            .values_panic(values)
            .to_owned();
        db.execute(&row).await?;
    }
    db.execute_unprepared(READ).await?;
    Ok(())
}
