//! What lies in the live store, row by row. Nothing of it is believed before it is verified.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    domain::article::Kind,
    kernel::{ArticleId, Code, EditionId, LocaleTag, Slug, Timestamp},
    store::{
        Fault,
        entity::{live_address, live_item, live_tombstone, live_version},
        fault::{count, parse},
    },
};

/// What a list or a feed is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Under this topic or one that is part of it.
    pub topic: Option<Code>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of this agency.
    pub agency: Option<Code>,
    /// Published then or later.
    pub since: Option<Timestamp>,
    /// Published before.
    pub until: Option<Timestamp>,
}

/// A public item as it lies in the store; nothing of it is believed before it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The edition.
    pub edition: EditionId,
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The slug.
    pub slug: Slug,
    /// The kind.
    pub kind: Kind,
    /// The agency.
    pub agency: Code,
    /// The canonical content.
    pub content: String,
    /// The canonical envelope.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
    /// Envelope and signature of each correction, as JSON.
    pub corrections: String,
    /// What it was translated from, for a translation.
    pub made_from: Option<MadeFrom>,
    /// First publication.
    pub published_at: Timestamp,
    /// Newest act.
    pub updated_at: Timestamp,
}

/// What a translation was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFrom {
    /// The source's language.
    pub locale: LocaleTag,
    /// The source's revision.
    pub number: u32,
    /// The source's version with that text.
    pub version: Option<u32>,
    /// The newest revision of substance that the source ever had public.
    pub major: u32,
}

/// An address of another time as it lies in the store: nothing of it is believed before it is verified.
#[derive(Clone, Debug)]
pub struct Old {
    /// The path.
    pub path: String,
    /// The signature that says which edition it leads to.
    pub signature: String,
}

impl From<live_address::Model> for Old {
    fn from(row: live_address::Model) -> Self {
        Self { path: row.path, signature: row.signature }
    }
}

/// Another language of an article, without its text.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// The edition.
    pub edition: EditionId,
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The slug.
    pub slug: Slug,
    /// The canonical envelope.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
}

/// What is left of an edition that was taken down, as it lies in the store.
#[derive(Clone, Debug)]
pub struct Buried {
    /// The edition.
    pub edition: EditionId,
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The slug it had.
    pub slug: Slug,
    /// The canonical envelope of the act.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
    /// First publication.
    pub published_at: Timestamp,
    /// When it was taken down.
    pub at: Timestamp,
}

/// One act of publication of an edition: its bytes for anyone to check.
#[derive(Clone, Debug)]
pub struct Version {
    /// The edition.
    pub edition: EditionId,
    /// The version.
    pub version: u32,
    /// The canonical content, where the act made a version.
    pub content: Option<String>,
    /// The canonical envelope.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
}

/// An entry of a vocabulary as the outside sees it.
#[derive(Clone, Debug)]
pub struct Word {
    /// `agency`, `topic` or `locale`.
    pub vocabulary: String,
    /// Its code or tag.
    pub code: String,
    /// What it is part of.
    pub parent: Option<String>,
    /// The code of the IPTC Media Topic that means the same, of a topic.
    pub media_topic: Option<String>,
    /// Names by locale.
    pub names: BTreeMap<String, String>,
    /// The script, of a locale.
    pub script: Option<String>,
    /// Whether written from right to left, of a locale.
    pub rtl: bool,
    /// Fallback languages, of a locale.
    pub fallback: Vec<String>,
    /// Its place.
    pub position: i64,
}

pub(super) fn version(row: live_version::Model) -> Result<Version, Fault> {
    Ok(Version {
        edition: EditionId(row.edition_id),
        version: count("live_version", row.version)?,
        content: row.content,
        envelope: row.envelope,
        signature: row.signature,
    })
}

fn made_from(row: &live_item::Model) -> Result<Option<MadeFrom>, Fault> {
    let (Some(locale), Some(number)) = (&row.source_locale, row.source_number) else { return Ok(None) };
    Ok(Some(MadeFrom {
        locale: parse("live_item", locale)?,
        number: count("live_item", number)?,
        version: row.source_version.map(|version| count("live_item", version)).transpose()?,
        major: row.source_major.map_or(Ok(0), |major| count("live_item", major))?,
    }))
}

pub(super) fn stored(row: live_item::Model) -> Result<Stored, Fault> {
    Ok(Stored {
        edition: EditionId(row.edition_id),
        article: ArticleId(row.article_id),
        locale: parse("live_item", &row.locale)?,
        slug: parse("live_item", &row.slug)?,
        kind: parse("live_item", &row.kind)?,
        agency: parse("live_item", &row.agency_code)?,
        made_from: made_from(&row)?,
        content: row.content,
        envelope: row.envelope,
        signature: row.signature,
        corrections: row.corrections,
        published_at: row.published_at.into(),
        updated_at: row.updated_at.into(),
    })
}

pub(super) fn buried(row: live_tombstone::Model) -> Result<Buried, Fault> {
    Ok(Buried {
        edition: EditionId(row.edition_id),
        article: ArticleId(row.article_id),
        locale: parse("live_tombstone", &row.locale)?,
        slug: parse("live_tombstone", &row.slug)?,
        envelope: row.envelope,
        signature: row.signature,
        published_at: row.published_at.into(),
        at: row.at.into(),
    })
}

/// A row that cannot be read is told to `damaged` and left out: it must not take its neighbours with it.
pub(super) fn readable<R, T>(
    rows: Vec<R>,
    id: impl Fn(&R) -> Uuid,
    read: impl Fn(R) -> Result<T, Fault>,
    damaged: &mut Vec<EditionId>,
) -> Vec<T> {
    let mut good = Vec::with_capacity(rows.len());
    for row in rows {
        let edition = EditionId(id(&row));
        match read(row) {
            Ok(one) => good.push(one),
            Err(_) => damaged.push(edition),
        }
    }
    good
}

/// The item of a row, or the edition whose row cannot be read.
pub(super) fn one(row: live_item::Model) -> Result<Stored, EditionId> {
    let edition = EditionId(row.edition_id);
    stored(row).map_err(|_| edition)
}
