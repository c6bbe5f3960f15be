//! Articles: rows, and lists of what a person may see.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, Query, SelectStatement},
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{
        article::{ActiveModel, Column, Entity, Model},
        article_topic, edition, publication, review_case, revision,
    },
    fault::{json, parse},
};
use crate::{
    domain::{
        article::Kind,
        details::Details,
        edition::State,
        publication::Act,
        revision::Shared,
        workflow::{CaseState, Sensitivity},
    },
    kernel::{AccountId, ArticleId, Code, Cursor, LocaleTag, Page, PageRequest, Timestamp},
};

/// An article: what is the same in every language.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The language that it is written in first.
    pub source_locale: LocaleTag,
    /// What all editions share, as it is now.
    pub shared: Shared,
    /// Whether more care is due with it than with others.
    pub sensitivity: Sensitivity,
    /// The row's version.
    pub version: i64,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Timestamp,
    /// When a shared field changed last.
    pub updated_at: Timestamp,
}

fn article(row: Model, topics: &[&str]) -> Result<Article, Fault> {
    let details = row.details.map_or(Ok(Details::new()), |raw| json("article", &raw))?;
    Ok(Article {
        id: ArticleId(row.id),
        source_locale: parse("article", &row.source_locale)?,
        shared: Shared {
            kind: parse("article", &row.kind)?,
            agency: parse("article", &row.agency_code)?,
            topics: topics.iter().map(|code| parse("article_topic", code)).collect::<Result<_, _>>()?,
            place: row.place,
            details,
        },
        sensitivity: row.sensitivity.map_or(Ok(Sensitivity::Normal), |raw| parse("article", &raw))?,
        version: row.version,
        created_by: AccountId(row.created_by),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    })
}

fn row(article: &Article) -> ActiveModel {
    let details = (!article.shared.details.is_empty())
        .then(|| serde_json::Value::Object(article.shared.details.clone()).to_string());
    ActiveModel {
        id: Set(article.id.0),
        agency_code: Set(article.shared.agency.to_string()),
        kind: Set(article.shared.kind.to_string()),
        source_locale: Set(article.source_locale.to_string()),
        place: Set(article.shared.place.clone()),
        details: Set(details),
        version: Set(article.version),
        created_by: Set(article.created_by.0),
        created_at: Set(article.created_at.utc()),
        updated_at: Set(article.updated_at.utc()),
        sensitivity: Set(Some(article.sensitivity.to_string())),
    }
}

/// The article of an id.
pub async fn find(tx: &impl Tx, id: ArticleId) -> Result<Option<Article>, Fault> {
    let Some(row) = Entity::find_by_id(id.0).one(tx.conn()).await? else { return Ok(None) };
    Ok(with_topics(tx, vec![row]).await?.pop())
}

/// The articles of some ids.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = ArticleId>) -> Result<Vec<Article>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.into_iter().map(|id| id.0))).all(tx.conn()).await?;
    with_topics(tx, rows).await
}

/// Up to `limit` articles after an id, in the order of their ids.
pub async fn after(tx: &impl Tx, after: Option<ArticleId>, limit: u64) -> Result<Vec<Article>, Fault> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    with_topics(tx, query.all(tx.conn()).await?).await
}

async fn with_topics(tx: &impl Tx, rows: Vec<Model>) -> Result<Vec<Article>, Fault> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let topics = article_topic::Entity::find()
        .filter(article_topic::Column::ArticleId.is_in(ids))
        .order_by_asc(article_topic::Column::TopicCode)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            let mine: Vec<&str> = topics
                .iter()
                .filter(|topic| topic.article_id == row.id)
                .map(|topic| topic.topic_code.as_str())
                .collect();
            article(row, &mine)
        })
        .collect()
}

/// Adds an article.
pub async fn insert(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    Entity::insert(row(article)).exec_without_returning(tx.conn()).await?;
    set_topics(tx, article).await
}

/// Adds articles.
pub async fn insert_many(tx: &WriteTx, articles: &[&Article]) -> Result<(), Fault> {
    insert_all(tx, articles.iter().map(|one| row(one))).await?;
    insert_all(tx, articles.iter().flat_map(|one| topic_rows(one))).await
}

/// Writes an article anew.
pub async fn update(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    Entity::update(row(article)).exec(tx.conn()).await?;
    article_topic::Entity::delete_many()
        .filter(article_topic::Column::ArticleId.eq(article.id.0))
        .exec(tx.conn())
        .await?;
    set_topics(tx, article).await
}

async fn set_topics(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    insert_all(tx, topic_rows(article)).await
}

fn topic_rows(article: &Article) -> impl Iterator<Item = article_topic::ActiveModel> {
    let topic =
        |code: &Code| article_topic::ActiveModel { article_id: Set(article.id.0), topic_code: Set(code.to_string()) };
    article.shared.topics.iter().map(topic)
}

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

/// A page of articles, newest first.
pub async fn page(
    tx: &impl Tx,
    visible: &Visible,
    filter: &Filter,
    wanted: PageRequest,
) -> Result<Page<Article>, Fault> {
    let mut query = Entity::find()
        .filter(visible_condition(visible))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(wanted.limit + 1);
    for condition in narrow(filter) {
        query = query.filter(condition);
    }
    if let Some(after) = wanted.after {
        let same = Condition::all().add(Column::CreatedAt.eq(after.at.utc())).add(Column::Id.lt(after.id));
        query = query.filter(Condition::any().add(Column::CreatedAt.lt(after.at.utc())).add(same));
    }
    let rows = with_topics(tx, query.all(tx.conn()).await?).await?;
    Ok(Page::cut(rows, wanted.limit, |article| Cursor { at: article.created_at, id: article.id.0 }))
}

fn visible_condition(visible: &Visible) -> Condition {
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

fn narrow(filter: &Filter) -> Vec<Condition> {
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
    let down = &[Act::Withdraw, Act::Retract];
    let waiting = || Condition::all().add(unpublished.clone());
    match state {
        State::Published => Condition::all().add(published),
        State::InReview => waiting().add(case(CaseState::Open)),
        State::ChangesRequested => waiting().add(case(CaseState::ChangesRequested)),
        State::Approved => waiting().add(case(CaseState::Approved)).add(last_act(down).not()),
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
