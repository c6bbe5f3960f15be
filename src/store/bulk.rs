//! Many rows in few statements.

use sea_orm::{ActiveModelTrait, EntityTrait, Iterable};

use super::{Fault, Tx, WriteTx};

/// Values that one statement binds at most, well under what each of the databases takes.
const VALUES: usize = 24_000;
/// Rows of one statement at most. That it is the same for all makes it the same statement, prepared once.
const ROWS: usize = 100;

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
