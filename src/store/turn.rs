//! Turns: what of open cases waits for whom, by role, agency and language, soonest due first.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{
        carried_decision,
        case_turn::{ActiveModel, Column, Entity, Model},
        decision, revision,
    },
    fault::{count, parse},
};
use crate::{
    domain::{
        access::Grant,
        workflow::{TurnKind, Waiting},
    },
    kernel::{AccountId, ArticleId, CaseId, Code, Cursor, EditionId, LocaleTag, Timestamp, TurnId},
};

/// Something that waits, with all that says for whom.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Its id.
    pub id: TurnId,
    /// The case.
    pub case: CaseId,
    /// The edition.
    pub edition: EditionId,
    /// The article.
    pub article: ArticleId,
    /// The agency that answers for it.
    pub agency: Code,
    /// The edition's language.
    pub locale: LocaleTag,
    /// What waits, since when, for whom.
    pub waiting: Waiting,
    /// Authors of the text are all who saved a revision after this one,
    pub authors_after: u32,
    /// up to this one.
    pub number: u32,
    /// When somebody has to be told that it is late; nothing when all have been.
    pub alarm_at: Option<Timestamp>,
    /// How often somebody was told.
    pub alarms: u32,
}

/// The place of what is never due: the last moment that both databases have.
const NEVER: i64 = 253_402_300_799_000_000;

impl Turn {
    /// Its place in a list: when it is due.
    pub fn place(&self) -> Timestamp {
        let never = Timestamp::from_micros(NEVER);
        self.waiting.due_at.or(never).unwrap_or(self.waiting.since)
    }

    /// Its place as a cursor.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.place(), id: self.id.0 }
    }
}

impl TryFrom<Model> for Turn {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: TurnId(row.id),
            case: CaseId(row.case_id),
            edition: EditionId(row.edition_id),
            article: ArticleId(row.article_id),
            agency: parse("case_turn", &row.agency_code)?,
            locale: parse("case_turn", &row.locale)?,
            waiting: Waiting {
                kind: parse("case_turn", &row.kind)?,
                stage: usize::try_from(row.stage).map_err(|error| Fault::corrupt("case_turn", error))?,
                role: parse("case_turn", &row.role)?,
                person: row.account_id.map(AccountId),
                since: row.since.into(),
                due_at: row.due_at.map(Into::into),
            },
            authors_after: count("case_turn", row.authors_after)?,
            number: count("case_turn", row.revision_number)?,
            alarm_at: row.alarm_at.map(Into::into),
            alarms: count("case_turn", row.alarms)?,
        })
    }
}

fn row(turn: &Turn) -> Result<ActiveModel, Fault> {
    Ok(ActiveModel {
        id: Set(turn.id.0),
        case_id: Set(turn.case.0),
        edition_id: Set(turn.edition.0),
        article_id: Set(turn.article.0),
        kind: Set(turn.waiting.kind.to_string()),
        stage: Set(i64::try_from(turn.waiting.stage).map_err(|error| Fault::corrupt("case_turn", error))?),
        role: Set(turn.waiting.role.to_string()),
        agency_code: Set(turn.agency.to_string()),
        locale: Set(turn.locale.to_string()),
        account_id: Set(turn.waiting.person.map(|id| id.0)),
        authors_after: Set(turn.authors_after.into()),
        revision_number: Set(turn.number.into()),
        since: Set(turn.waiting.since.utc()),
        due_at: Set(turn.waiting.due_at.map(Timestamp::utc)),
        place: Set(turn.place().utc()),
        alarm_at: Set(turn.alarm_at.map(Timestamp::utc)),
        alarms: Set(turn.alarms.into()),
    })
}

/// What waits in a case.
pub async fn of_case(tx: &impl Tx, case: CaseId) -> Result<Vec<Turn>, Fault> {
    let query = Entity::find().filter(Column::CaseId.eq(case.0)).order_by_asc(Column::Stage);
    query.all(tx.conn()).await?.into_iter().map(Turn::try_from).collect()
}

/// Adds one.
pub async fn insert(tx: &WriteTx, turn: &Turn) -> Result<(), Fault> {
    insert_all(tx, [row(turn)?]).await
}

/// Writes one anew.
pub async fn update(tx: &WriteTx, turn: &Turn) -> Result<(), Fault> {
    Entity::update(row(turn)?).exec(tx.conn()).await?;
    Ok(())
}

/// Removes one that is over.
pub async fn remove(tx: &WriteTx, id: TurnId) -> Result<(), Fault> {
    Entity::delete_by_id(id.0).exec(tx.conn()).await?;
    Ok(())
}

/// Removes what waits of an edition and is of these kinds.
pub async fn remove_of(tx: &WriteTx, edition: EditionId, kinds: &[TurnKind]) -> Result<(), Fault> {
    let kinds = kinds.iter().map(|kind| kind.as_str());
    let query = Entity::delete_many().filter(Column::EditionId.eq(edition.0)).filter(Column::Kind.is_in(kinds));
    query.exec(tx.conn()).await?;
    Ok(())
}

/// Removes what waits to be published of an edition, and what was to be read again of other cases than one.
pub async fn remove_overtaken(tx: &WriteTx, edition: EditionId, but: Option<CaseId>) -> Result<(), Fault> {
    let again = Condition::all().add(Column::Kind.eq(TurnKind::AfterReview.as_str()));
    let again = again.add_option(but.map(|case| Column::CaseId.ne(case.0)));
    let over = Condition::any().add(Column::Kind.eq(TurnKind::Publish.as_str())).add(again);
    Entity::delete_many().filter(Column::EditionId.eq(edition.0)).filter(over).exec(tx.conn()).await?;
    Ok(())
}

/// Lets all that waits of an article wait in another agency.
pub async fn move_article(tx: &WriteTx, article: ArticleId, agency: &Code) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::AgencyCode, Expr::value(agency.as_str()))
        .filter(Column::ArticleId.eq(article.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// What is late and was not told enough of yet, the longest waiting first.
pub async fn alarming(tx: &impl Tx, at: Timestamp, limit: u64) -> Result<Vec<Turn>, Fault> {
    let query = Entity::find().filter(Column::AlarmAt.lte(at.utc())).order_by_asc(Column::AlarmAt).limit(limit);
    query.all(tx.conn()).await?.into_iter().map(Turn::try_from).collect()
}

/// How much is late, by what it waits for.
pub async fn overdue(tx: &impl Tx, at: Timestamp) -> Result<Vec<(TurnKind, u64)>, Fault> {
    let query = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::Id.count(), "many")
        .filter(Column::DueAt.lte(at.utc()))
        .group_by(Column::Kind);
    let found: Vec<(String, i64)> = query.into_tuple().all(tx.conn()).await?;
    let of = |kind: &TurnKind| found.iter().find(|(name, _)| name == kind.as_str()).map_or(0, |(_, many)| *many);
    Ok(TurnKind::ALL.iter().map(|kind| (*kind, u64::try_from(of(kind)).unwrap_or(0))).collect())
}

/// For whom turns are looked for.
#[derive(Clone, Debug)]
pub enum Lane {
    /// What waits for this very person.
    Person(AccountId),
    /// What waits for anybody who holds this.
    Grant(Grant),
    /// What waits for this very person by this right.
    Named(AccountId, Grant),
}

impl Lane {
    fn condition(&self) -> Condition {
        match self {
            Self::Person(who) => Condition::all().add(Column::AccountId.eq(who.0)),
            Self::Named(who, grant) => of_grant(grant).add(Column::AccountId.eq(who.0)),
            Self::Grant(grant) => of_grant(grant).add(Column::AccountId.is_null()),
        }
    }
}

fn of_grant(grant: &Grant) -> Condition {
    let mut all = Condition::all().add(Column::Role.eq(grant.role.as_str()));
    if let Some(agency) = &grant.agency {
        all = all.add(Column::AgencyCode.eq(agency.as_str()));
    }
    if let Some(locale) = &grant.locale {
        all = all.add(Column::Locale.eq(locale.as_str()));
    }
    all
}

/// Up to so many turns of a lane after a place that these people may take, soonest due first: not of a text that
/// one of them wrote, and not in a case in which one of them decided.
pub async fn in_lane(
    tx: &impl Tx,
    lane: &Lane,
    people: &[AccountId],
    (after, due_before): (Option<Cursor>, Option<Timestamp>),
    limit: u64,
) -> Result<Vec<Turn>, Fault> {
    let mut query = Entity::find()
        .filter(lane.condition())
        .filter(may_take(people))
        .order_by_asc(Column::Place)
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        let same = Condition::all().add(Column::Place.eq(after.at.utc())).add(Column::Id.gt(after.id));
        query = query.filter(Condition::any().add(Column::Place.gt(after.at.utc())).add(same));
    }
    if let Some(before) = due_before {
        query = query.filter(Column::Place.lte(before.utc()));
    }
    query.all(tx.conn()).await?.into_iter().map(Turn::try_from).collect()
}

/// What is not decided is anybody's of the role; what is decided, not an author's and nobody's twice.
fn may_take(people: &[AccountId]) -> Condition {
    let ids = || people.iter().map(|id| id.0);
    let by_one = || {
        Condition::any()
            .add(Expr::col((decision::Entity, decision::Column::AccountId)).is_in(ids()))
            .add(Expr::col((decision::Entity, decision::Column::OnBehalfOf)).is_in(ids()))
    };
    let decided = Query::select()
        .column((decision::Entity, decision::Column::Id))
        .from(decision::Entity)
        .and_where(Expr::col((decision::Entity, decision::Column::CaseId)).equals((Entity, Column::CaseId)))
        .cond_where(by_one())
        .to_owned();
    // What a case took over from an earlier one was decided in it too.
    let link = |column| Expr::col((carried_decision::Entity, column));
    let carried = Query::select()
        .column((decision::Entity, decision::Column::Id))
        .from(carried_decision::Entity)
        .inner_join(
            decision::Entity,
            link(carried_decision::Column::DecisionId).equals((decision::Entity, decision::Column::Id)),
        )
        .and_where(link(carried_decision::Column::CaseId).equals((Entity, Column::CaseId)))
        .cond_where(by_one())
        .to_owned();
    let number = || Expr::col((revision::Entity, revision::Column::Number));
    let wrote = Query::select()
        .column((revision::Entity, revision::Column::Id))
        .from(revision::Entity)
        .and_where(Expr::col((revision::Entity, revision::Column::EditionId)).equals((Entity, Column::EditionId)))
        .and_where(number().gt(Expr::col((Entity, Column::AuthorsAfter))))
        .and_where(number().lte(Expr::col((Entity, Column::RevisionNumber))))
        .and_where(Expr::col((revision::Entity, revision::Column::CreatedBy)).is_in(ids()))
        .to_owned();
    let free =
        [decided, carried, wrote].into_iter().fold(Condition::all(), |all, some| all.add(Expr::exists(some).not()));
    let others = [TurnKind::Revise, TurnKind::Publish].map(TurnKind::as_str);
    Condition::any().add(Column::Kind.is_in(others)).add(free)
}
