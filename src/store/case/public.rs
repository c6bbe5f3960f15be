//! Since when the texts of cases are public in which somebody still has to read them again.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    domain::{
        publication::Act,
        workflow::{Case, CaseState},
    },
    store::{Fault, Tx, entity::publication},
};

type Moment = chrono::DateTime<chrono::Utc>;

/// Says of the cases in which stages wait that come after the approval since when their texts are public.
pub(super) async fn since(tx: &impl Tx, cases: &mut [Case]) -> Result<(), Fault> {
    let waits = |case: &&mut Case| case.state == CaseState::Approved && !case.current_stages().is_empty();
    let ids: Vec<uuid::Uuid> = cases.iter_mut().filter(waits).map(|case| case.id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let up = Act::ALL.iter().filter(|act| act.take_down().is_none()).map(|act| act.as_str());
    let acts: Vec<(Option<uuid::Uuid>, Moment)> = publication::Entity::find()
        .select_only()
        .columns([publication::Column::CaseId, publication::Column::CreatedAt])
        .filter(publication::Column::CaseId.is_in(ids))
        .filter(publication::Column::Kind.is_in(up))
        .into_tuple()
        .all(tx.conn())
        .await?;
    for (id, at) in acts {
        for case in cases.iter_mut().filter(|case| Some(case.id.0) == id) {
            case.public_since = case.public_since.max(Some(at.into()));
        }
    }
    Ok(())
}
