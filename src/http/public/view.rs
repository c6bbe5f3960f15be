//! An item as programs read it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    domain::{
        article::Kind,
        item::{Alternate, Correction, Item, Named, Source, Topic},
    },
    syndication::json_ld,
};

/// The kind of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ContentKind)]
pub enum KindView {
    /// A report of something that happened.
    News,
    /// A longer piece.
    Feature,
    /// A release to the press.
    PressRelease,
    /// An answer to a claim.
    Statement,
    /// Something with a time and a venue.
    Event,
    /// An opportunity for investors.
    Investment,
    /// A place to travel to.
    Destination,
}

macro_rules! mirrored {
    ($ours:ident = $theirs:ident { $($variant:ident)+ }) => {
        impl From<$theirs> for $ours {
            fn from(it: $theirs) -> Self {
                match it { $($theirs::$variant => Self::$variant,)+ }
            }
        }

        impl From<$ours> for $theirs {
            fn from(it: $ours) -> Self {
                match it { $($ours::$variant => Self::$variant,)+ }
            }
        }
    };
}
pub(super) use mirrored;

mirrored! { KindView = Kind { News Feature PressRelease Statement Event Investment Destination } }

/// An entry of a vocabulary with its name in the item's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentNamed)]
pub struct NamedView {
    /// The code, which never changes.
    #[schema(example = "van-hoa")]
    pub code: String,
    /// The name for people.
    pub name: String,
}

impl From<Named> for NamedView {
    fn from(named: Named) -> Self {
        Self { code: named.code, name: named.name }
    }
}

/// Of which Media Topic it is tells the list of topics.
impl From<Topic> for NamedView {
    fn from(topic: Topic) -> Self {
        Self { code: topic.code, name: topic.name }
    }
}

/// The same article in another language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentAlternate)]
pub struct AlternateView {
    /// The other language.
    #[schema(example = "en")]
    pub locale: String,
    /// Its slug there.
    pub slug: String,
    /// Its public address.
    #[schema(format = "uri")]
    pub url: String,
}

impl From<Alternate> for AlternateView {
    fn from(it: Alternate) -> Self {
        Self { locale: it.locale.to_string(), slug: it.slug.to_string(), url: it.url }
    }
}

/// A correction and its public note.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentCorrection)]
pub struct CorrectionView {
    /// 1 for the first.
    pub number: u32,
    /// When it was published.
    #[schema(format = DateTime)]
    pub at: String,
    /// What was wrong and what is right.
    pub note: String,
}

impl From<Correction> for CorrectionView {
    fn from(it: Correction) -> Self {
        Self { number: it.number, at: it.at.to_string(), note: it.note }
    }
}

/// What a translation was made from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentSource)]
pub struct SourceView {
    /// The language the article was written in.
    pub locale: String,
    /// The published version of it that was translated, where that text was ever public.
    pub version: Option<u32>,
}

impl From<Source> for SourceView {
    fn from(it: Source) -> Self {
        Self { locale: it.locale.to_string(), version: it.version }
    }
}

/// One file of a picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentRendition)]
pub struct RenditionView {
    /// Its address, whose bytes never change.
    #[schema(format = "uri")]
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A picture with its texts in the item's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentImage)]
pub struct ImageView {
    /// The picture.
    #[schema(format = Uuid)]
    pub id: String,
    /// What it shows, for who does not see it.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
    /// Whose it is.
    pub credit: String,
    /// The original's width in pixels.
    pub width: u32,
    /// The original's height in pixels.
    pub height: u32,
    /// What is shown until it is there.
    pub placeholder: Option<String>,
    /// Its files.
    pub renditions: Vec<RenditionView>,
}

/// A published edition: one article in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContentItem)]
pub struct ItemView {
    /// The article.
    #[schema(format = Uuid)]
    pub id: String,
    /// The edition's `tag:` URI, minted once.
    pub guid: String,
    /// Its language.
    #[schema(example = "vi")]
    pub locale: String,
    /// The readable part of its address.
    pub slug: String,
    /// Its public address.
    #[schema(format = "uri")]
    pub url: String,
    /// What kind of article it is.
    pub kind: KindView,
    /// Plain text.
    pub title: String,
    /// Plain text; may be empty.
    pub summary: String,
    /// Sanitised HTML, whose addresses are all absolute.
    pub body_html: String,
    /// What it is about.
    pub topics: Vec<NamedView>,
    /// Who answers for it.
    pub agency: NamedView,
    /// Where it happens.
    pub place: Option<String>,
    /// What articles of its kind have beside, as the kind rules.
    #[schema(value_type = Option<Object>)]
    pub details: Option<Value>,
    /// The picture that stands for it.
    pub cover: Option<ImageView>,
    /// The pictures in its text.
    pub images: Vec<ImageView>,
    /// First publication.
    #[schema(format = DateTime)]
    pub published_at: String,
    /// Publication of this version.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// 1 for the first version.
    pub version: u32,
    /// Its corrections, oldest first.
    pub corrections: Vec<CorrectionView>,
    /// The same article in other languages.
    pub alternates: Vec<AlternateView>,
    /// What it was translated from, if it was.
    pub source: Option<SourceView>,
    /// Whether the source's public text has moved on in substance.
    pub stale: bool,
    /// SHA-256 of the canonical content.
    pub content_hash: String,
    /// A detached JWS over the canonical publication envelope.
    pub signature: String,
    /// What schema.org says of it (JSON-LD), where one item is asked for: a page that shows it embeds this.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub json_ld: Option<Value>,
}

impl ItemView {
    /// The item with what schema.org says of it; the publisher is the office by its name in the item's language.
    pub fn alone(item: Item, publisher: &str) -> Self {
        let json_ld = Some(json_ld::document(&item, publisher));
        Self { json_ld, ..Self::from(item) }
    }
}

impl From<Item> for ItemView {
    fn from(item: Item) -> Self {
        Self {
            id: item.id.to_string(),
            guid: item.guid,
            locale: item.locale.to_string(),
            slug: item.slug.to_string(),
            url: item.url,
            kind: item.kind.into(),
            title: item.title,
            summary: item.summary,
            body_html: item.body_html,
            topics: item.topics.into_iter().map(NamedView::from).collect(),
            agency: item.agency.into(),
            place: item.place,
            details: item.details,
            cover: None,
            images: Vec::new(),
            published_at: item.published_at.to_string(),
            updated_at: item.updated_at.to_string(),
            version: item.version,
            corrections: item.corrections.into_iter().map(CorrectionView::from).collect(),
            alternates: item.alternates.into_iter().map(AlternateView::from).collect(),
            source: item.source.map(SourceView::from),
            stale: item.stale,
            content_hash: item.content_hash.to_string(),
            signature: item.signature,
            json_ld: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_written_as_the_domain_names_it() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(KindView::from(*kind)).unwrap(), kind.as_str());
        }
    }
}
