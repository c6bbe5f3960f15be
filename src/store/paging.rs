//! Pages of what was made when, the newest first.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::kernel::PageRequest;

/// The wanted page, and one row more, by which it is known whether another follows. Rows of one moment follow by id.
pub(super) fn newest_first<E: EntityTrait>(
    query: Select<E>,
    at: impl ColumnTrait,
    id: impl ColumnTrait,
    wanted: PageRequest,
) -> Select<E> {
    let query = query.order_by_desc(at).order_by_desc(id).limit(wanted.limit + 1);
    let Some(after) = wanted.after else { return query };
    let same = Condition::all().add(at.eq(after.at.utc())).add(id.lt(after.id));
    query.filter(Condition::any().add(at.lt(after.at.utc())).add(same))
}
