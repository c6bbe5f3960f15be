//! Many rows in few statements.

use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, Iterable, sea_query::OnConflict};

use super::{Fault, Tx, WriteTx};

/// Values that one statement binds at most, well under what each of the databases takes.
const VALUES: usize = 24_000;
/// Rows of one statement at most. That it is the same for all makes it the same statement, prepared once.
const ROWS: usize = 100;

/// The ids, if there are any: a question about none is a way to the database and back all the same.
pub(super) fn some<T>(ids: impl IntoIterator<Item = T>) -> Option<Vec<T>> {
    let ids: Vec<T> = ids.into_iter().collect();
    (!ids.is_empty()).then_some(ids)
}

/// Inserts the rows of which there is none with the same values in some columns, which are a key.
pub(super) async fn insert_new<A>(
    tx: &WriteTx,
    rows: impl IntoIterator<Item = A>,
    key: &[<A::Entity as EntityTrait>::Column],
) -> Result<(), Fault>
where
    A: ActiveModelTrait + Send,
{
    let rows: Vec<A> = rows.into_iter().collect();
    for some in rows.chunks(ROWS) {
        let known = OnConflict::columns(key.iter().copied()).do_nothing().to_owned();
        let insert = A::Entity::insert_many(some.to_vec()).on_conflict(known);
        match insert.exec_without_returning(tx.conn()).await {
            Ok(_) | Err(DbErr::RecordNotInserted) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Inserts rows.
pub(super) async fn insert_all<A>(tx: &WriteTx, rows: impl IntoIterator<Item = A>) -> Result<(), Fault>
where
    A: ActiveModelTrait + Send,
{
    let columns = <<A::Entity as EntityTrait>::Column as Iterable>::iter().count();
    let most = (VALUES / columns).clamp(1, ROWS);
    let mut rows = rows.into_iter();
    loop {
        let some: Vec<A> = rows.by_ref().take(most).collect();
        if some.is_empty() {
            return Ok(());
        }
        A::Entity::insert_many(some).exec_without_returning(tx.conn()).await?;
    }
}
