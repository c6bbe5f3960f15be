//! Which articles a list shows: what a person may see, narrowed to what was asked for.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, Query, SelectStatement},
};

use super::super::entity::{
    article::{Column, Entity},
    article_topic, edition, publication, review_case, revision, schedule,
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

pub(super) fn narrow(filter: &Filter) -> Vec<Condition> {
    let mut all = Vec::new();
    let mut add = |expr: Expr| all.push(Condition::all().add(expr));
    let editions = || edition::Entity::find().select_only().column(edition::Column::ArticleId);
    let in_locale = |query: sea_orm::Select<edition::Entity>| match &filter.locale {
        Some(locale) => query.filter(edition::Column::Locale.eq(locale.as_str())),
        None => query,
    };
    if filter.locale.is_some() {
        add(Column::Id.in_subquery(in_locale(editions()).into_query()));
    }
    if let Some(locale) = &filter.missing_locale {
        add(Column::Id.not_in_subquery(editions().filter(edition::Column::Locale.eq(locale.as_str())).into_query()));
    }
    if let Some(kind) = filter.kind {
        add(Column::Kind.eq(kind.as_str()));
    }
    if let Some(topics) = &filter.topics {
        let about = article_topic::Entity::find()
            .select_only()
            .column(article_topic::Column::ArticleId)
            .filter(article_topic::Column::TopicCode.is_in(topics.iter().map(ToString::to_string)));
        add(Column::Id.in_subquery(about.into_query()));
    }
    if let Some(agency) = &filter.agency {
        add(Column::AgencyCode.eq(agency.as_str()));
    }
    if let Some(me) = filter.mine {
        let saved = revision::Entity::find()
            .select_only()
            .column(revision::Column::EditionId)
            .filter(revision::Column::CreatedBy.eq(me.0));
        let mine = editions().filter(edition::Column::Id.in_subquery(saved.into_query()));
        add(Column::CreatedBy.eq(me.0).or(Column::Id.in_subquery(mine.into_query())));
    }
    if let Some(state) = filter.state {
        let query = editions().filter(in_state(state));
        add(Column::Id.in_subquery(in_locale(query).into_query()));
    }
    if let Some(stale) = filter.stale {
        let query = stale_articles(filter.locale.as_ref());
        add(if stale { Column::Id.in_subquery(query) } else { Column::Id.not_in_subquery(query) });
    }
    all
}

/// The rule of [`crate::domain::edition::state`] in the database's words.
fn in_state(state: State) -> Condition {
    let own = |column: edition::Column| Expr::col((edition::Entity, column));
    let published = own(edition::Column::LiveNumber).equals((edition::Entity, edition::Column::LatestNumber));
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

/// Articles with a translation whose source has a revision of substance after the one it was made
/// from, up to the source's reference revision: the rule of freshness, in the database's words.
fn stale_articles(locale: Option<&LocaleTag>) -> SelectStatement {
    let (mine, source, between) = ("e", "s", "r");
    let of = |table: &'static str, column: edition::Column| Expr::col((table, column));
    let reference = Func::coalesce([
        of(source, edition::Column::LiveNumber),
        of(source, edition::Column::ApprovedNumber),
        of(source, edition::Column::LatestNumber),
    ]);
    let moved = Query::select()
        .column((between, revision::Column::Id))
        .from_as(revision::Entity, between)
        .and_where(Expr::col((between, revision::Column::EditionId)).equals((source, edition::Column::Id)))
        .and_where(Expr::col((between, revision::Column::ChangeClass)).eq("major"))
        .and_where(Expr::col((between, revision::Column::Number)).gt(of(mine, edition::Column::SourceNumber)))
        .and_where(Expr::col((between, revision::Column::Number)).lte(reference))
        .to_owned();
    let mut query = Query::select()
        .column((mine, edition::Column::ArticleId))
        .from_as(edition::Entity, mine)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            edition::Entity,
            source,
            Expr::col((source, edition::Column::ArticleId)).equals((mine, edition::Column::ArticleId)),
        )
        .and_where(of(source, edition::Column::SourceNumber).is_null())
        .and_where(of(mine, edition::Column::SourceNumber).is_not_null())
        .and_where(Expr::exists(moved))
        .to_owned();
    if let Some(locale) = locale {
        query.and_where(of(mine, edition::Column::Locale).eq(locale.as_str()));
    }
    query
}
