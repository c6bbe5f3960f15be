//! Who did what when with an article's editions, read out of the rows that it left.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    Fault, Tx,
    entity::{decision, publication, review_case, revision},
    fault::{count, json, parse},
    paging::newest_first,
};
use crate::{
    domain::{
        publication::{Act, Reason},
        revision::{ChangeClass, Provenance},
        workflow::{Carry, CaseState, Stage, Verdict},
    },
    kernel::{AccountId, Cursor, EditionId, Page, PageRequest, Timestamp},
};

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Event {
    /// The id of the row that it left.
    pub id: Uuid,
    /// The edition.
    pub edition: EditionId,
    /// The number of the revision that it is about.
    pub number: u32,
    /// Who did it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happened,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum Happened {
    /// A text was saved.
    Saved {
        /// How much it changes.
        change: ChangeClass,
        /// What it changes, in its author's words.
        note: String,
        /// Where the text comes from.
        provenance: Provenance,
        /// The source's revision that it was made from.
        source: Option<u32>,
    },
    /// A case was opened over it.
    Submitted {
        /// The workflow.
        workflow: String,
        /// What was said to the reviewers.
        comment: String,
        /// How the case stands.
        state: CaseState,
        /// When it was closed.
        closed_at: Option<Timestamp>,
        /// What it took over from an earlier case, with the stages of both.
        carried: Option<Box<(Carry, Vec<Stage>)>>,
    },
    /// Somebody decided on it.
    Decided {
        /// The stage's name.
        stage: String,
        /// What.
        verdict: Verdict,
        /// Why.
        comment: String,
    },
    /// It was made public, or taken down.
    Published {
        /// The act's place in the edition's chain.
        sequence: u32,
        /// The version.
        version: u32,
        /// The act.
        act: Act,
        /// Why, for taking down.
        reason: Option<Reason>,
        /// The public note.
        note: String,
    },
}

/// An edition, and the revisions of it whose story is told; all where nothing is said.
pub type Told = (EditionId, Option<BTreeSet<u32>>);

/// A row's id and moment.
type Place = (Uuid, chrono::DateTime<chrono::Utc>);

/// A page of what was done with some editions, newest first: a few statements, whatever the history's length.
pub async fn page(tx: &impl Tx, told: &[Told], wanted: PageRequest) -> Result<Page<Event>, Fault> {
    use {decision::Column as D, publication::Column as P, review_case::Column as C, revision::Column as R};
    let conn = tx.conn();
    let mut places: Vec<Place> = Vec::new();
    let revisions = revision::Entity::find().select_only().columns([R::Id, R::CreatedAt]);
    let revisions = revisions.filter(of(told, R::EditionId, R::Number));
    places.extend(newest_first(revisions, R::CreatedAt, R::Id, wanted).into_tuple::<Place>().all(conn).await?);
    let cases = review_case::Entity::find().select_only().columns([C::Id, C::OpenedAt]);
    let cases = cases.filter(of(told, C::EditionId, C::RevisionNumber));
    places.extend(newest_first(cases, C::OpenedAt, C::Id, wanted).into_tuple::<Place>().all(conn).await?);
    let decisions = decision::Entity::find().select_only().columns([D::Id, D::DecidedAt]).join(
        sea_orm::JoinType::InnerJoin,
        decision::Entity::belongs_to(review_case::Entity).from(D::CaseId).to(C::Id).into(),
    );
    let decisions = decisions.filter(of(told, C::EditionId, C::RevisionNumber));
    places.extend(newest_first(decisions, D::DecidedAt, D::Id, wanted).into_tuple::<Place>().all(conn).await?);
    let acts = publication::Entity::find().select_only().columns([P::Id, P::CreatedAt]);
    let acts = acts.filter(of(told, P::EditionId, P::RevisionNumber));
    places.extend(newest_first(acts, P::CreatedAt, P::Id, wanted).into_tuple::<Place>().all(conn).await?);

    places.sort_by_key(|(id, at)| std::cmp::Reverse((*at, *id)));
    places.truncate(usize::try_from(wanted.limit + 1).unwrap_or(usize::MAX));
    let mut found = events(tx, places.iter().map(|(id, _)| *id).collect()).await?;
    let all: Vec<Event> = places.iter().filter_map(|(id, _)| found.remove(id)).collect();
    Ok(Page::cut(all, wanted.limit, |event| Cursor { at: event.at, id: event.id }))
}

fn of(told: &[Told], edition: impl ColumnTrait, number: impl ColumnTrait) -> Condition {
    let whole = told.iter().filter(|(_, numbers)| numbers.is_none()).map(|(id, _)| id.0);
    let mut any = Condition::any().add(edition.is_in(whole));
    for (id, numbers) in told {
        if let Some(numbers) = numbers {
            any = any.add(Condition::all().add(edition.eq(id.0)).add(number.is_in(numbers.iter().copied())));
        }
    }
    any
}

/// What the rows of some ids tell, whichever table they are in.
async fn events(tx: &impl Tx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Event>, Fault> {
    let conn = tx.conn();
    let mut found = HashMap::new();
    let mut add = |id, edition, number, by, at: chrono::DateTime<chrono::Utc>, what| {
        let number = count("history", number)?;
        let event = Event { id, edition: EditionId(edition), number, by: AccountId(by), at: at.into(), what };
        found.insert(id, event);
        Ok::<(), Fault>(())
    };
    for row in saved(tx, &ids).await? {
        let (id, edition, number, source, change, note, provenance, by, at) = row;
        let what = Happened::Saved {
            change: parse("revision", &change)?,
            note,
            provenance: parse("revision", &provenance)?,
            source: source.map(|number| count("revision", number)).transpose()?,
        };
        add(id, edition, number, by, at, what)?;
    }
    let cases = review_case::Entity::find().filter(review_case::Column::Id.is_in(ids.clone())).all(conn).await?;
    let mut carried = super::case::carried_by(tx, &cases).await?;
    for row in cases {
        let carried = carried
            .remove(&row.id)
            .map(|carry| Ok::<_, Fault>((carry, super::case::stages("review_case", &row.stages)?)));
        let what = Happened::Submitted {
            workflow: row.workflow,
            comment: row.comment,
            state: parse("review_case", &row.state)?,
            closed_at: row.closed_at.map(Into::into),
            carried: carried.transpose()?.map(Box::new),
        };
        add(row.id, row.edition_id, row.revision_number, row.opened_by, row.opened_at, what)?;
    }
    let decisions = decision::Entity::find().filter(decision::Column::Id.is_in(ids.clone())).all(conn).await?;
    let cases: HashMap<Uuid, review_case::Model> = review_case::Entity::find()
        .filter(review_case::Column::Id.is_in(decisions.iter().map(|one| one.case_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    for row in decisions {
        let case = cases.get(&row.case_id).ok_or_else(|| Fault::corrupt("decision", "case_id"))?;
        let what = Happened::Decided {
            stage: stage(&case.stages, row.stage)?,
            verdict: parse("decision", &row.verdict)?,
            comment: row.comment,
        };
        add(row.id, case.edition_id, case.revision_number, row.account_id, row.decided_at, what)?;
    }
    for row in publication::Entity::find().filter(publication::Column::Id.is_in(ids)).all(conn).await? {
        let what = Happened::Published {
            sequence: count("publication", row.sequence)?,
            version: count("publication", row.version)?,
            act: parse("publication", &row.kind)?,
            reason: row.reason.map(|raw| parse("publication", &raw)).transpose()?,
            note: row.note,
        };
        add(row.id, row.edition_id, row.revision_number, row.created_by, row.created_at, what)?;
    }
    Ok(found)
}

type Saved = (Uuid, Uuid, i64, Option<i64>, String, String, String, Uuid, chrono::DateTime<chrono::Utc>);

/// Revisions without their texts.
async fn saved(tx: &impl Tx, ids: &[Uuid]) -> Result<Vec<Saved>, Fault> {
    use revision::Column as R;
    let columns = [
        R::Id,
        R::EditionId,
        R::Number,
        R::SourceNumber,
        R::ChangeClass,
        R::ChangeNote,
        R::Provenance,
        R::CreatedBy,
        R::CreatedAt,
    ];
    let query = revision::Entity::find().select_only().columns(columns).filter(R::Id.is_in(ids.iter().copied()));
    Ok(query.into_tuple().all(tx.conn()).await?)
}

fn stage(stages: &str, place: i64) -> Result<String, Fault> {
    let stages: Vec<serde_json::Value> = json("review_case", stages)?;
    let stage = usize::try_from(place).ok().and_then(|place| stages.get(place));
    Ok(stage.and_then(|stage| stage["name"].as_str()).unwrap_or_default().to_owned())
}
