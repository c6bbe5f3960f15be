//! What was brought in from another system: the decisions to do so, and the rows that are done.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{import_row, import_run, old_address},
    fault::{count, json, parse},
};
use crate::{
    domain::address::Address,
    kernel::{AccountId, ArticleId, Digest, EditionId, ImportId, Timestamp},
};

/// A decision to bring articles in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: ImportId,
    /// Who decided.
    pub by: AccountId,
    /// Whether what was public elsewhere becomes public here.
    pub publish: bool,
    /// Why.
    pub reason: String,
    /// The hash of the file.
    pub source: Digest,
    /// The hash over the hashes of its rows, batch by batch.
    pub rows: Digest,
    /// How many rows there are.
    pub count: u32,
    /// When.
    pub at: Timestamp,
}

/// A row that is done.
#[derive(Clone, Debug)]
pub struct DoneRow {
    /// The other system's own name of the article.
    pub key: String,
    /// The hash of the row.
    pub hash: Digest,
    /// What it became.
    pub article: ArticleId,
    /// By which decision.
    pub import: ImportId,
    /// Moments that nothing else keeps: by locale, when a text was changed last before it came here.
    pub dates: BTreeMap<String, Timestamp>,
}

fn run(row: import_run::Model) -> Result<Run, Fault> {
    Ok(Run {
        id: ImportId(row.id),
        by: AccountId(row.account_id),
        publish: row.publish,
        reason: row.reason,
        source: parse("import_run", &row.source_hash)?,
        rows: parse("import_run", &row.rows_hash)?,
        count: count("import_run", row.row_count)?,
        at: row.decided_at.into(),
    })
}

/// The decision of an id.
pub async fn find(tx: &impl Tx, id: ImportId) -> Result<Option<Run>, Fault> {
    import_run::Entity::find_by_id(id.0).one(tx.conn()).await?.map(run).transpose()
}

/// The decisions about a file, oldest first.
pub async fn about(tx: &impl Tx, source: Digest) -> Result<Vec<Run>, Fault> {
    let query = import_run::Entity::find()
        .filter(import_run::Column::SourceHash.eq(source.to_string()))
        .order_by_asc(import_run::Column::Id);
    query.all(tx.conn()).await?.into_iter().map(run).collect()
}

/// Adds a decision.
pub async fn insert(tx: &WriteTx, run: &Run) -> Result<(), Fault> {
    let row = import_run::ActiveModel {
        id: Set(run.id.0),
        account_id: Set(run.by.0),
        publish: Set(run.publish),
        reason: Set(run.reason.clone()),
        source_hash: Set(run.source.to_string()),
        rows_hash: Set(run.rows.to_string()),
        row_count: Set(run.count.into()),
        decided_at: Set(run.at.utc()),
    };
    insert_all(tx, [row]).await
}

fn done(row: import_row::Model) -> Result<DoneRow, Fault> {
    let dates: BTreeMap<String, String> = json("import_row", &row.dates)?;
    Ok(DoneRow {
        key: row.external_key,
        hash: parse("import_row", &row.row_hash)?,
        article: ArticleId(row.article_id),
        import: ImportId(row.import_id),
        dates: dates
            .into_iter()
            .map(|(locale, at)| Ok((locale, parse("import_row", &at)?)))
            .collect::<Result<_, Fault>>()?,
    })
}

/// Which rows of some keys are done.
pub async fn done_by_key(tx: &impl Tx, keys: &[&str]) -> Result<Vec<DoneRow>, Fault> {
    let mut found = Vec::new();
    for some in keys.chunks(500) {
        let query = import_row::Entity::find().filter(import_row::Column::ExternalKey.is_in(some.iter().copied()));
        for row in query.all(tx.conn()).await? {
            found.push(done(row)?);
        }
    }
    Ok(found)
}

/// The rows that some articles came from.
pub async fn done_by_article(tx: &impl Tx, articles: &[ArticleId]) -> Result<Vec<DoneRow>, Fault> {
    let query = import_row::Entity::find().filter(import_row::Column::ArticleId.is_in(articles.iter().map(|id| id.0)));
    query.all(tx.conn()).await?.into_iter().map(done).collect()
}

/// Writes down that rows are done.
pub async fn insert_done(tx: &WriteTx, rows: &[DoneRow]) -> Result<(), Fault> {
    let row = |one: &DoneRow| {
        let dates: BTreeMap<&str, String> =
            one.dates.iter().map(|(locale, at)| (locale.as_str(), at.to_string())).collect();
        import_row::ActiveModel {
            external_key: Set(one.key.clone()),
            row_hash: Set(one.hash.to_string()),
            article_id: Set(one.article.0),
            import_id: Set(one.import.0),
            dates: Set(serde_json::json!(dates).to_string()),
        }
    };
    insert_all(tx, rows.iter().map(row)).await
}

/// Writes down addresses that editions had; no two have the same.
pub async fn insert_addresses(tx: &WriteTx, all: &[(&Address, EditionId)]) -> Result<(), Fault> {
    let row = |(address, edition): &(&Address, EditionId)| old_address::ActiveModel {
        path: Set(address.to_string()),
        edition_id: Set(edition.0),
    };
    insert_all(tx, all.iter().map(row)).await
}

/// Which of some addresses are an edition's.
pub async fn taken_addresses(tx: &impl Tx, addresses: &[&Address]) -> Result<Vec<Address>, Fault> {
    let mut found = Vec::new();
    for some in addresses.chunks(500) {
        let paths = some.iter().map(|one| one.as_str());
        let query = old_address::Entity::find().filter(old_address::Column::Path.is_in(paths));
        for row in query.all(tx.conn()).await? {
            found.push(parse("old_address", &row.path)?);
        }
    }
    Ok(found)
}

/// The addresses that some editions had.
pub async fn addresses_of(tx: &impl Tx, editions: &[EditionId]) -> Result<Vec<(EditionId, Address)>, Fault> {
    let query = old_address::Entity::find()
        .filter(old_address::Column::EditionId.is_in(editions.iter().map(|id| id.0)))
        .order_by_asc(old_address::Column::Path);
    let rows = query.all(tx.conn()).await?;
    rows.into_iter().map(|row| Ok((EditionId(row.edition_id), parse("old_address", &row.path)?))).collect()
}

/// Writes down that what a row became was settled by a later decision.
pub async fn done_under(tx: &WriteTx, key: &str, import: ImportId) -> Result<(), Fault> {
    import_row::Entity::update_many()
        .col_expr(import_row::Column::ImportId, Expr::value(import.0))
        .filter(import_row::Column::ExternalKey.eq(key))
        .exec(tx.conn())
        .await?;
    Ok(())
}
