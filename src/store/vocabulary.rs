//! Agencies, topics and locales, their names, and whether something points at them.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx, account,
    entity::{
        agency, article, article_topic, edition, live_item, live_topic, live_vocabulary, locale, topic, vocabulary_name,
    },
    fault::{json, parse},
    revision,
};
use crate::{
    domain::article::text_enum,
    kernel::{Code, LocaleTag},
};

text_enum! {
    /// Which vocabulary.
    Vocabulary {
        /// Who answers for articles.
        Agency = "agency",
        /// What articles are about.
        Topic = "topic",
        /// Which languages there are.
        Locale = "locale",
    }
}

/// Names by locale tag.
pub type Names = BTreeMap<String, String>;

/// An agency.
#[derive(Clone, Debug)]
pub struct Agency {
    /// Its code.
    pub code: Code,
    /// Its names.
    pub names: Names,
    /// The row's version.
    pub version: i64,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its code.
    pub code: Code,
    /// The topic that it is part of.
    pub parent: Option<Code>,
    /// The code of the IPTC Media Topic that means the same.
    pub media_topic: Option<String>,
    /// Its names.
    pub names: Names,
    /// The row's version.
    pub version: i64,
}

/// A language that editions can be in.
#[derive(Clone, Debug)]
pub struct Locale {
    /// Its tag.
    pub tag: LocaleTag,
    /// Its script, ISO 15924.
    pub script: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// Languages whose names are shown where this one has none.
    pub fallback: Vec<String>,
    /// Its place in lists.
    pub position: i64,
    /// Its names, in itself and in others.
    pub names: Names,
    /// The row's version.
    pub version: i64,
}

async fn names(tx: &impl Tx, vocabulary: Vocabulary) -> Result<BTreeMap<String, Names>, Fault> {
    let rows = vocabulary_name::Entity::find()
        .filter(vocabulary_name::Column::Vocabulary.eq(vocabulary.as_str()))
        .all(tx.conn())
        .await?;
    let mut all = BTreeMap::<String, Names>::new();
    for row in rows {
        all.entry(row.code).or_default().insert(row.locale, row.name);
    }
    Ok(all)
}

async fn set_names(tx: &WriteTx, vocabulary: Vocabulary, code: &str, names: &Names) -> Result<(), Fault> {
    remove_names(tx, vocabulary, code).await?;
    let rows: Vec<_> = names
        .iter()
        .map(|(locale, name)| vocabulary_name::ActiveModel {
            vocabulary: Set(vocabulary.to_string()),
            code: Set(code.to_owned()),
            locale: Set(locale.clone()),
            name: Set(name.clone()),
        })
        .collect();
    if !rows.is_empty() {
        vocabulary_name::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

async fn remove_names(tx: &WriteTx, vocabulary: Vocabulary, code: &str) -> Result<(), Fault> {
    vocabulary_name::Entity::delete_many()
        .filter(vocabulary_name::Column::Vocabulary.eq(vocabulary.as_str()))
        .filter(vocabulary_name::Column::Code.eq(code))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// All agencies, by code.
pub async fn agencies(tx: &impl Tx) -> Result<Vec<Agency>, Fault> {
    let mut names = names(tx, Vocabulary::Agency).await?;
    let rows = agency::Entity::find().order_by_asc(agency::Column::Code).all(tx.conn()).await?;
    rows.into_iter()
        .map(|row| {
            let names = names.remove(&row.code).unwrap_or_default();
            Ok(Agency { code: parse("agency", &row.code)?, names, version: row.version })
        })
        .collect()
}

/// Each topic with the one that it is part of.
pub type Tree = BTreeMap<Code, Option<Code>>;

/// How the topics hang together, without their names.
pub async fn tree(tx: &impl Tx) -> Result<Tree, Fault> {
    let query = topic::Entity::find().select_only().columns([topic::Column::Code, topic::Column::ParentCode]);
    let rows: Vec<(String, Option<String>)> = query.into_tuple().all(tx.conn()).await?;
    let pair = |(code, parent): (String, Option<String>)| {
        Ok((parse("topic", &code)?, parent.map(|code| parse("topic", &code)).transpose()?))
    };
    rows.into_iter().map(pair).collect()
}

/// The codes of all agencies.
pub async fn agency_codes(tx: &impl Tx) -> Result<Vec<Code>, Fault> {
    let query = agency::Entity::find().select_only().column(agency::Column::Code);
    let rows: Vec<String> = query.into_tuple().all(tx.conn()).await?;
    rows.iter().map(|code| parse("agency", code)).collect()
}

/// The tags of all locales.
pub async fn locale_tags(tx: &impl Tx) -> Result<Vec<LocaleTag>, Fault> {
    let query = locale::Entity::find().select_only().column(locale::Column::Tag);
    let rows: Vec<String> = query.into_tuple().all(tx.conn()).await?;
    rows.iter().map(|tag| parse("locale", tag)).collect()
}

/// All topics, by code.
pub async fn topics(tx: &impl Tx) -> Result<Vec<Topic>, Fault> {
    let mut names = names(tx, Vocabulary::Topic).await?;
    let rows = topic::Entity::find().order_by_asc(topic::Column::Code).all(tx.conn()).await?;
    rows.into_iter()
        .map(|row| {
            let names = names.remove(&row.code).unwrap_or_default();
            let parent = row.parent_code.map(|code| parse("topic", &code)).transpose()?;
            let code = parse("topic", &row.code)?;
            Ok(Topic { code, parent, media_topic: row.media_topic, names, version: row.version })
        })
        .collect()
}

/// All locales, in their places.
pub async fn locales(tx: &impl Tx) -> Result<Vec<Locale>, Fault> {
    let mut names = names(tx, Vocabulary::Locale).await?;
    let rows = locale::Entity::find()
        .order_by_asc(locale::Column::Position)
        .order_by_asc(locale::Column::Tag)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Locale {
                tag: parse("locale", &row.tag)?,
                script: row.script,
                rtl: row.rtl,
                fallback: json("locale", &row.fallback)?,
                position: row.position,
                names: names.remove(&row.tag).unwrap_or_default(),
                version: row.version,
            })
        })
        .collect()
}

/// Writes an agency, new or anew.
pub async fn put_agency(tx: &WriteTx, new: bool, one: &Agency) -> Result<(), Fault> {
    let row = agency::ActiveModel { code: Set(one.code.to_string()), version: Set(one.version) };
    if new {
        agency::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    } else {
        agency::Entity::update(row).exec(tx.conn()).await?;
    }
    set_names(tx, Vocabulary::Agency, one.code.as_str(), &one.names).await?;
    show(tx, Vocabulary::Agency, one.code.as_str(), Shown::named(None, &one.names)).await
}

/// Writes a topic, new or anew.
pub async fn put_topic(tx: &WriteTx, new: bool, one: &Topic) -> Result<(), Fault> {
    let parent = one.parent.as_ref().map(ToString::to_string);
    let row = topic::ActiveModel {
        code: Set(one.code.to_string()),
        parent_code: Set(parent.clone()),
        media_topic: Set(one.media_topic.clone()),
        version: Set(one.version),
    };
    if new {
        topic::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    } else {
        topic::Entity::update(row).exec(tx.conn()).await?;
    }
    set_names(tx, Vocabulary::Topic, one.code.as_str(), &one.names).await?;
    let shown = Shown { media_topic: one.media_topic.clone(), ..Shown::named(parent, &one.names) };
    show(tx, Vocabulary::Topic, one.code.as_str(), shown).await
}

/// Writes a locale, new or anew.
pub async fn put_locale(tx: &WriteTx, new: bool, one: &Locale) -> Result<(), Fault> {
    let fallback = serde_json::to_string(&one.fallback).map_err(|error| Fault::corrupt("locale", error))?;
    let row = locale::ActiveModel {
        tag: Set(one.tag.to_string()),
        script: Set(one.script.clone()),
        rtl: Set(one.rtl),
        fallback: Set(fallback.clone()),
        position: Set(one.position),
        version: Set(one.version),
    };
    if new {
        locale::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    } else {
        locale::Entity::update(row).exec(tx.conn()).await?;
    }
    set_names(tx, Vocabulary::Locale, one.tag.as_str(), &one.names).await?;
    let script = Some(one.script.clone());
    let shown = Shown { script, rtl: one.rtl, fallback, position: one.position, ..Shown::named(None, &one.names) };
    show(tx, Vocabulary::Locale, one.tag.as_str(), shown).await
}

/// Removes an entry that nothing points at.
pub async fn remove(tx: &WriteTx, vocabulary: Vocabulary, code: &str) -> Result<(), Fault> {
    let conn = tx.conn();
    match vocabulary {
        Vocabulary::Agency => agency::Entity::delete_by_id(code.to_owned()).exec(conn).await?,
        Vocabulary::Topic => topic::Entity::delete_by_id(code.to_owned()).exec(conn).await?,
        Vocabulary::Locale => locale::Entity::delete_by_id(code.to_owned()).exec(conn).await?,
    };
    live_vocabulary::Entity::delete_by_id((vocabulary.to_string(), code.to_owned())).exec(conn).await?;
    remove_names(tx, vocabulary, code).await
}

/// Whether an article, an edition, a revision's snapshot, a grant, a child, another language's fallback or something
/// public points at an entry.
pub async fn in_use(tx: &impl Tx, vocabulary: Vocabulary, code: &str) -> Result<bool, Fault> {
    let conn = tx.conn();
    Ok(match vocabulary {
        Vocabulary::Agency => {
            let articles = article::Entity::find().filter(article::Column::AgencyCode.eq(code)).one(conn).await?;
            let live = live_item::Entity::find().filter(live_item::Column::AgencyCode.eq(code)).one(conn).await?;
            articles.is_some()
                || live.is_some()
                || account::grants_name(tx, Some(code), None).await?
                || revision::snapshot_names(tx, |shared| shared.agency.as_str() == code, code).await?
        }
        Vocabulary::Topic => {
            let articles =
                article_topic::Entity::find().filter(article_topic::Column::TopicCode.eq(code)).one(conn).await?;
            let children = topic::Entity::find().filter(topic::Column::ParentCode.eq(code)).one(conn).await?;
            let live = live_topic::Entity::find().filter(live_topic::Column::TopicCode.eq(code)).one(conn).await?;
            articles.is_some()
                || children.is_some()
                || live.is_some()
                || revision::snapshot_names(tx, |shared| shared.topics.iter().any(|t| t.as_str() == code), code).await?
        }
        Vocabulary::Locale => {
            let editions = edition::Entity::find().filter(edition::Column::Locale.eq(code)).one(conn).await?;
            let articles = article::Entity::find().filter(article::Column::SourceLocale.eq(code)).one(conn).await?;
            editions.is_some()
                || articles.is_some()
                || locales(tx).await?.iter().any(|one| one.fallback.iter().any(|tag| tag == code))
                || account::grants_name(tx, None, Some(code)).await?
        }
    })
}

struct Shown<'a> {
    parent: Option<String>,
    media_topic: Option<String>,
    names: &'a Names,
    script: Option<String>,
    rtl: bool,
    fallback: String,
    position: i64,
}

impl<'a> Shown<'a> {
    fn named(parent: Option<String>, names: &'a Names) -> Self {
        Self { parent, media_topic: None, names, script: None, rtl: false, fallback: "[]".to_owned(), position: 0 }
    }
}

/// The same entry in the live store, where public reads find it.
async fn show(tx: &WriteTx, vocabulary: Vocabulary, code: &str, shown: Shown<'_>) -> Result<(), Fault> {
    let names = serde_json::to_string(shown.names).map_err(|error| Fault::corrupt("live_vocabulary", error))?;
    live_vocabulary::Entity::delete_by_id((vocabulary.to_string(), code.to_owned())).exec(tx.conn()).await?;
    let row = live_vocabulary::ActiveModel {
        vocabulary: Set(vocabulary.to_string()),
        code: Set(code.to_owned()),
        parent_code: Set(shown.parent),
        media_topic: Set(shown.media_topic),
        names: Set(names),
        script: Set(shown.script),
        rtl: Set(shown.rtl),
        fallback: Set(shown.fallback),
        position: Set(shown.position),
    };
    live_vocabulary::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}
