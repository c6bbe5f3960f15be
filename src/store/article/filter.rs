//! Which articles a list shows: what a person may see, narrowed to what was asked for.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};

use super::{
    super::{
        Fault, Tx,
        entity::{
            article::{Column, Entity},
            edition, publication, review_case, schedule,
        },
    },
    members::Members,
};
use crate::{
    domain::{
        article::Kind,
        edition::State,
        publication::Act,
        schedule::{Deed, Outcome},
        workflow::CaseState,
    },
    kernel::{AccountId, Code, LocaleTag},
};

/// What of the articles a person may see: everything of some agencies, and beyond them the
/// articles whose source has left its authors' desk, for those who translate.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// Everything of every agency.
    pub all: bool,
    /// Everything of these agencies.
    pub agencies: Vec<Code>,
    /// What is under review, approved or public, of every agency.
    pub submitted: bool,
    /// The same, of these agencies.
    pub submitted_of: Vec<Code>,
}

/// What a list of articles is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// With an edition in this locale.
    pub locale: Option<LocaleTag>,
    /// Without one in this locale.
    pub missing_locale: Option<LocaleTag>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// About one of these topics.
    pub topics: Option<Vec<Code>>,
    /// Of this agency.
    pub agency: Option<Code>,
    /// Begun by, or with a text by, this person.
    pub mine: Option<AccountId>,
    /// With an edition that is stale (or with none).
    pub stale: Option<bool>,
    /// With an edition in this state.
    pub state: Option<State>,
}

pub(super) fn visible_condition(visible: &Visible) -> Condition {
    if visible.all {
        return Condition::all();
    }
    let codes = |codes: &[Code]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut any = Condition::any().add(Column::AgencyCode.is_in(codes(&visible.agencies)));
    if visible.submitted || !visible.submitted_of.is_empty() {
        let mut submitted = Condition::all().add(Column::Id.in_subquery(submitted_articles()));
        if !visible.submitted {
            submitted = submitted.add(Column::AgencyCode.is_in(codes(&visible.submitted_of)));
        }
        any = any.add(submitted);
    }
    any
}

/// Articles whose source edition is public, approved, or under review.
fn submitted_articles() -> SelectStatement {
    let open = review_case::Entity::find()
        .select_only()
        .column(review_case::Column::EditionId)
        .filter(review_case::Column::State.eq("open"));
    let out = Condition::any()
        .add(Expr::col((edition::Entity, edition::Column::LiveNumber)).is_not_null())
        .add(Expr::col((edition::Entity, edition::Column::ApprovedNumber)).is_not_null())
        .add(Expr::col((edition::Entity, edition::Column::Id)).in_subquery(open.into_query()));
    Query::select()
        .column((edition::Entity, edition::Column::ArticleId))
        .from(edition::Entity)
        .inner_join(Entity, Expr::col((Entity, Column::Id)).equals((edition::Entity, edition::Column::ArticleId)))
        .and_where(Expr::col((edition::Entity, edition::Column::Locale)).equals((Entity, Column::SourceLocale)))
        .cond_where(out)
        .to_owned()
}

/// The conditions under which an article is in the list.
pub(super) async fn narrow(tx: &impl Tx, filter: &Filter) -> Result<Vec<Condition>, Fault> {
    let mut all = Vec::new();
    if let Some(kind) = filter.kind {
        all.push(Condition::all().add(Column::Kind.eq(kind.as_str())));
    }
    if let Some(agency) = &filter.agency {
        all.push(Condition::all().add(Column::AgencyCode.eq(agency.as_str())));
    }
    if let Some(locale) = &filter.missing_locale {
        all.push(Condition::all().add(Members::editions(Some(locale)).have_it().not()));
    }
    if filter.locale.is_some() && filter.state.is_none() {
        all.push(Members::editions(filter.locale.as_ref()).condition(tx).await?);
    }
    if let Some(topics) = &filter.topics {
        all.push(Members::about(topics).condition(tx).await?);
    }
    if let Some(me) = filter.mine {
        let texts = Members::written_by(me).condition(tx).await?;
        all.push(Condition::any().add(Column::CreatedBy.eq(me.0)).add(texts));
    }
    if let Some(state) = filter.state {
        let mut editions = Members::editions(filter.locale.as_ref());
        editions.rows.cond_where(in_state(state));
        all.push(editions.condition(tx).await?);
    }
    if let Some(stale) = filter.stale {
        let editions = Members::stale(filter.locale.as_ref());
        all.push(if stale { editions.condition(tx).await? } else { Condition::all().add(editions.have_it().not()) });
    }
    Ok(all)
}

/// The rule of [`crate::domain::edition::state`] in the database's words.
fn in_state(state: State) -> Condition {
    let own = |column: edition::Column| Expr::col((edition::Entity, column));
    let published = own(edition::Column::LiveNumber).equals((edition::Entity, edition::Column::LatestNumber));
    // In these very words the index of work in hand knows it.
    let unpublished = Condition::any()
        .add(own(edition::Column::LiveNumber).is_null())
        .add(own(edition::Column::LiveNumber).ne(own(edition::Column::LatestNumber)));
    let case = |state: CaseState| {
        let query = Query::select()
            .column((review_case::Entity, review_case::Column::Id))
            .from(review_case::Entity)
            .and_where(
                Expr::col((review_case::Entity, review_case::Column::Id))
                    .equals((edition::Entity, edition::Column::CaseId)),
            )
            .and_where(
                Expr::col((review_case::Entity, review_case::Column::RevisionNumber))
                    .equals((edition::Entity, edition::Column::LatestNumber)),
            )
            .and_where(Expr::col((review_case::Entity, review_case::Column::State)).eq(state.as_str()))
            .to_owned();
        Expr::exists(query)
    };
    let last_act = |act: &[Act]| {
        let query = Query::select()
            .column((publication::Entity, publication::Column::Id))
            .from(publication::Entity)
            .and_where(
                Expr::col((publication::Entity, publication::Column::Id))
                    .equals((edition::Entity, edition::Column::PublicationId)),
            )
            .and_where(
                Expr::col((publication::Entity, publication::Column::RevisionNumber))
                    .equals((edition::Entity, edition::Column::LatestNumber)),
            )
            .and_where(
                Expr::col((publication::Entity, publication::Column::Kind)).is_in(act.iter().map(|act| act.as_str())),
            )
            .to_owned();
        Expr::exists(query)
    };
    let ordered = || {
        let query = Query::select()
            .column((schedule::Entity, schedule::Column::Id))
            .from(schedule::Entity)
            .and_where(
                Expr::col((schedule::Entity, schedule::Column::EditionId))
                    .equals((edition::Entity, edition::Column::Id)),
            )
            .and_where(
                Expr::col((schedule::Entity, schedule::Column::RevisionNumber))
                    .equals((edition::Entity, edition::Column::LatestNumber)),
            )
            .and_where(Expr::col((schedule::Entity, schedule::Column::Deed)).eq(Deed::Publish.as_str()))
            .and_where(Expr::col((schedule::Entity, schedule::Column::Outcome)).eq(Outcome::Waiting.as_str()))
            .to_owned();
        Expr::exists(query)
    };
    let down = &[Act::Withdraw, Act::Retract];
    let waiting = || Condition::all().add(unpublished.clone());
    match state {
        State::Published => Condition::all().add(published),
        State::InReview => waiting().add(case(CaseState::Open)),
        State::ChangesRequested => waiting().add(case(CaseState::ChangesRequested)),
        State::Approved => waiting().add(case(CaseState::Approved)).add(last_act(down).not()).add(ordered().not()),
        State::Scheduled => waiting().add(case(CaseState::Approved)).add(last_act(down).not()).add(ordered()),
        State::Withdrawn => waiting()
            .add(case(CaseState::Open).not())
            .add(case(CaseState::ChangesRequested).not())
            .add(last_act(&[Act::Withdraw])),
        State::Retracted => waiting()
            .add(case(CaseState::Open).not())
            .add(case(CaseState::ChangesRequested).not())
            .add(last_act(&[Act::Retract])),
        State::Draft => waiting()
            .add(case(CaseState::Open).not())
            .add(case(CaseState::ChangesRequested).not())
            .add(case(CaseState::Approved).not())
            .add(last_act(down).not()),
    }
}
