//! What a row says of an article, as another system had it.

use crate::{
    domain::{article::Kind, details::Details},
    service::edition::{BodyFormat, NewText},
};

/// An article as another system had it.
#[derive(Clone, Debug)]
pub struct OldArticle {
    /// That system's own name of it.
    pub key: String,
    /// What kind it is.
    pub kind: Kind,
    /// Who answers for it.
    pub agency: String,
    /// The language that it was written in.
    pub source_locale: String,
    /// What it is about.
    pub topics: Vec<String>,
    /// Where it happens.
    pub place: Option<String>,
    /// The details that all editions share.
    pub details: Details,
    /// Whether more care is due with it, if it is said.
    pub sensitivity: Option<String>,
    /// What all editions share, where it was changed at the desk since; its place too.
    pub draft: OldShared,
    /// Its editions.
    pub editions: Vec<OldEdition>,
}

/// An edition as another system had it.
#[derive(Clone, Debug)]
pub struct OldEdition {
    /// Its language.
    pub locale: String,
    /// Its text; of one that was public, the text that was so last.
    pub text: NewText,
    /// Where it happens, in the words of a translation.
    pub place: Option<String>,
    /// The details in its language.
    pub details: Details,
    /// What all editions share, as far as it has something else.
    pub shared: OldShared,
    /// Since when it is public, if it ever was.
    pub published_at: Option<String>,
    /// When its public text was changed last.
    pub updated_at: Option<String>,
    /// Whether the source has changed in substance since it was translated.
    pub stale: bool,
    /// The source's version that it was made from, if it is not what `stale` says.
    pub source_version: Option<u32>,
    /// The addresses that it had.
    pub addresses: Vec<String>,
    /// What was done with it in public, oldest first, if it was more than publishing it.
    pub history: Vec<OldAct>,
    /// The text at the desk, if it is newer than what is or was public.
    pub draft: Option<OldText>,
}

/// What was done with an edition in public.
#[derive(Clone, Debug)]
pub struct OldAct {
    /// What.
    pub act: String,
    /// When.
    pub at: String,
    /// The public note.
    pub note: String,
    /// Why it was taken down, if it was.
    pub reason: Option<String>,
    /// What its text said that the edition's own does not.
    pub text: OldText,
}

/// A text by what of it is not as in the edition's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OldText {
    /// The title.
    pub title: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The body, and how it is written.
    pub body: Option<(String, BodyFormat)>,
    /// The slug.
    pub slug: Option<String>,
    /// The details in its language.
    pub details: Option<Details>,
    /// What all editions share, and the place in its own words.
    pub shared: OldShared,
    /// The source's version that it was made from.
    pub source_version: Option<u32>,
    /// How much it changes the text before it, if it is not substance.
    pub change: Option<String>,
}

/// What all editions of an article share, by what of it is something else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OldShared {
    /// Who answers for it.
    pub agency: Option<String>,
    /// What it is about.
    pub topics: Option<Vec<String>>,
    /// Where it happens; none where it is said that there is none.
    pub place: Option<Option<String>>,
    /// The details that all editions share.
    pub details: Option<Details>,
}

impl OldText {
    /// The whole text, with what it does not say itself as in the edition's own.
    pub(super) fn over(&self, own: &NewText) -> NewText {
        let (body, format) = self.body.clone().unwrap_or_else(|| (own.body.clone(), own.format));
        NewText {
            title: self.title.as_ref().unwrap_or(&own.title).clone(),
            summary: self.summary.as_ref().unwrap_or(&own.summary).clone(),
            body,
            format,
            slug: self.slug.clone().or_else(|| own.slug.clone()),
        }
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl OldShared {
    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
