//! Editions: write a text, read one, see how it stands.

mod draft;
mod read;
mod save;

use super::{
    article::{Article, LiveLine},
    schedule::Plan,
};
use crate::{
    domain::{
        article::text_enum,
        body::Stripped,
        details::Details,
        edition::State,
        freshness::Freshness,
        revision::{ChangeClass, Revision},
        segment::compare::Difference,
        workflow::Case,
    },
    store::edition,
};

pub(super) use draft::is_minor;
pub(super) use draft::{Draft, read_text};
pub use edition::Edition;
pub(super) use read::{
    find, guest_numbers, has_left_the_desk, is_guest_at, may_write, reference_of, standings, visible_number,
    visible_numbers,
};
pub use read::{revision, revisions, show};
pub use save::save;
pub(super) use save::{Next, begin, follow, told_saved};

text_enum! {
    /// How a body is written when it comes in.
    BodyFormat {
        /// HTML, of which the body profile is kept.
        Html = "html",
        /// Markdown, which becomes HTML.
        Markdown = "markdown",
    }
}

/// A text as it was typed.
#[derive(Clone, Debug)]
pub struct NewText {
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// The body.
    pub body: String,
    /// How the body is written.
    pub format: BodyFormat,
    /// The slug, where none is to be made from the title.
    pub slug: Option<String>,
}

/// A text to be saved as the edition's next revision.
#[derive(Clone, Debug)]
pub struct Save {
    /// The text.
    pub text: NewText,
    /// The details in the edition's own words.
    pub details: Details,
    /// Where it happens, in the edition's language; the source's own is the article's.
    pub place: Option<String>,
    /// The source's revision that it was made from.
    pub source_revision: Option<u32>,
    /// How much it changes.
    pub change: ChangeClass,
    /// What it changes.
    pub change_note: String,
}

/// Whether an edition is begun or saved again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    New,
    /// Its row has this version.
    Version(i64),
}

/// What saving made.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The edition.
    pub edition: Edition,
    /// The new revision.
    pub revision: Revision,
    /// What was stripped from the body.
    pub stripped: Vec<Stripped>,
}

/// An edition with its newest text and how it stands.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The article.
    pub article: Article,
    /// The edition.
    pub edition: Edition,
    /// The text that the caller may see: the newest, or for who is a guest at the source, the reference.
    pub revision: Revision,
    /// The newest case, if it is about that text.
    pub case: Option<Case>,
    /// How it stands.
    pub standing: Standing,
    /// What changed in the source since it was made, if it is out of date.
    pub behind: Option<Difference>,
    /// What is ordered for a later moment.
    pub plan: Plan,
}

/// How an edition stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// What is public of it.
    pub live: Option<LiveLine>,
    /// How it stands to its source; none for the source itself.
    pub freshness: Option<Freshness>,
    /// Its newest case.
    pub case: Option<Case>,
}
