//! Publications: the acts by which an edition becomes, stays or ceases to be public,
//! each in a signed envelope that is chained to the one before.

use serde_json::json;

use super::article::text_enum;
use crate::kernel::{ArticleId, Digest, LocaleTag, Slug, Timestamp, canonical_json};

text_enum! {
    /// How an edition was taken down.
    TakeDown {
        /// Set aside; nothing need be wrong with it.
        Withdraw = "withdraw",
        /// It was wrong.
        Retract = "retract",
    }
}

text_enum! {
    /// What a publication does.
    Act {
        /// The edition becomes public.
        Publish = "publish",
        /// A new text takes the place of the public one.
        Update = "update",
        /// A new text takes its place because something in it was wrong; numbered, with a note.
        Correct = "correct",
        /// The edition is taken down.
        Withdraw = "withdraw",
        /// The edition is taken down because it was wrong.
        Retract = "retract",
        /// What was taken down is public again.
        Restore = "restore",
    }
}

impl Act {
    /// Whether the act can come after another, or be the first. What a text says is looked at elsewhere.
    pub fn can_follow(self, before: Option<Self>) -> bool {
        match before.map(|act| (act, act.take_down())) {
            None => self == Self::Publish,
            Some((_, None)) => matches!(self, Self::Update | Self::Correct | Self::Withdraw | Self::Retract),
            Some((before, Some(_))) => match self {
                Self::Update | Self::Correct | Self::Restore => true,
                Self::Retract => before == Self::Withdraw,
                Self::Publish | Self::Withdraw => false,
            },
        }
    }

    /// Whether the act makes a new version of the text.
    pub fn makes_version(self) -> bool {
        matches!(self, Self::Publish | Self::Update | Self::Correct)
    }

    /// How it takes the edition down, if it does.
    pub fn take_down(self) -> Option<TakeDown> {
        match self {
            Self::Withdraw => Some(TakeDown::Withdraw),
            Self::Retract => Some(TakeDown::Retract),
            Self::Publish | Self::Update | Self::Correct | Self::Restore => None,
        }
    }
}

text_enum! {
    /// Why an edition is taken down; its text is public when no note is given.
    Reason {
        /// A fact is wrong.
        FactualError = "factual_error",
        /// A figure is wrong.
        WrongFigure = "wrong_figure",
        /// A name of a person or place is wrong.
        WrongName = "wrong_name",
        /// The law asks for it.
        Legal = "legal",
        /// The same text is public elsewhere.
        Duplicate = "duplicate",
        /// Overtaken by events.
        Outdated = "outdated",
        /// Somebody concerned asked for it.
        Request = "request",
        /// It was not published by us as it stood.
        Security = "security",
        /// Its time was over: it was published until then.
        Expired = "expired",
        /// The text that it was made from was retracted.
        SourceRetracted = "source_retracted",
        /// Something else, which the note tells.
        Other = "other",
    }
}

/// Who mints guids, and since when: `tag:AUTHORITY,YYYY:ARTICLE:LOCALE`, never the base address.
pub fn mint_guid(authority: &str, at: Timestamp, article: ArticleId, locale: &LocaleTag) -> String {
    format!("tag:{authority},{}:{article}:{locale}", at.year())
}

/// What an edition's publications have come to so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Acts so far.
    pub sequence: u32,
    /// Versions so far.
    pub version: u32,
    /// Corrections so far.
    pub corrections: u32,
    /// The first publication.
    pub published_at: Timestamp,
    /// The hash of the last envelope.
    pub envelope_hash: Digest,
    /// The last act.
    pub act: Act,
    /// The hash of the text that was public last.
    pub content_hash: Digest,
}

/// `publication_v1` before it is signed.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The edition's guid.
    pub guid: String,
    /// The slug it is public under.
    pub slug: Slug,
    /// The act's place in the edition's chain, from 1.
    pub sequence: u32,
    /// The version that is public by it, or was last.
    pub version: u32,
    /// How many corrections the edition has had, this one included.
    pub corrections: u32,
    /// The act.
    pub act: Act,
    /// The hash of the text.
    pub content_hash: Digest,
    /// The hash over the case and its decisions; none for taking down.
    pub approval_hash: Option<Digest>,
    /// The public note.
    pub note: String,
    /// The first publication.
    pub published_at: Timestamp,
    /// This act.
    pub at: Timestamp,
    /// When it was done in the system that it came from, if it was done again here by a decision to bring it in.
    pub acted_at: Option<Timestamp>,
    /// The key that signs.
    pub kid: String,
    /// The hash of this edition's previous envelope.
    pub prev: Option<Digest>,
}

impl Standing {
    /// What an edition's publications have come to with an act.
    pub fn after(envelope: &Envelope) -> Self {
        Self {
            sequence: envelope.sequence,
            version: envelope.version,
            corrections: envelope.corrections,
            published_at: envelope.published_at,
            envelope_hash: Digest::of(envelope.canonical()),
            act: envelope.act,
            content_hash: envelope.content_hash,
        }
    }
}

impl Envelope {
    /// The canonical bytes that are signed.
    pub fn canonical(&self) -> String {
        let mut all = json!({
            "v": 1,
            "guid": self.guid,
            "slug": self.slug.as_str(),
            "sequence": self.sequence,
            "version": self.version,
            "corrections": self.corrections,
            "kind": self.act.as_str(),
            "content_hash": self.content_hash.to_string(),
            "approval_hash": self.approval_hash.map(|hash| hash.to_string()),
            "note": self.note,
            "published_at": self.published_at.to_string(),
            "at": self.at.to_string(),
            "embargo_until": null,
            "visible_until": null,
            "kid": self.kid,
            "prev": self.prev.map(|hash| hash.to_string()),
        });
        // The one member that need not be there: what was signed before it was thought of keeps its bytes.
        if let (Some(then), Some(members)) = (self.acted_at, all.as_object_mut()) {
            members.insert("acted_at".to_owned(), then.to_string().into());
        }
        let bytes = canonical_json(&all);
        String::from_utf8(bytes).expect("canonical JSON is UTF-8")
    }

    /// When the act was done, for readers: that an edition was brought in from another system did nothing to it.
    pub fn done_at(&self) -> Timestamp {
        self.acted_at.unwrap_or(if self.sequence == 1 { self.published_at } else { self.at })
    }

    /// The envelope that canonical bytes stand for.
    pub fn parse(canonical: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(canonical).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let number = |name: &str| u32::try_from(value.get(name)?.as_u64()?).ok();
        let hash = |name: &str| match value.get(name)? {
            serde_json::Value::Null => Some(None),
            other => other.as_str()?.parse().ok().map(Some),
        };
        let envelope = Self {
            guid: text("guid")?,
            slug: text("slug")?.parse().ok()?,
            sequence: number("sequence")?,
            version: number("version")?,
            corrections: number("corrections")?,
            act: text("kind")?.parse().ok()?,
            content_hash: hash("content_hash")??,
            approval_hash: hash("approval_hash")?,
            note: text("note")?,
            published_at: text("published_at")?.parse().ok()?,
            at: text("at")?.parse().ok()?,
            acted_at: match value.get("acted_at") {
                None => None,
                Some(then) => Some(then.as_str()?.parse().ok()?),
            },
            kid: text("kid")?,
            prev: hash("prev")?,
        };
        // Whatever else the bytes say is not ours.
        (envelope.canonical() == canonical).then_some(envelope)
    }
}

/// Why an act is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This very text is public.
    AlreadyPublished,
    /// The edition is not public.
    NotPublished,
    /// The edition was taken down, and this is the text that it was taken down with.
    TakenDown,
    /// The edition was not taken down.
    NotTakenDown,
}

/// Which act publishing is, given what came before and whether a correction is meant. What was taken down comes back
/// with another text, as its next version; the same text is restored, not published.
///
/// # Errors
/// When the edition's standing allows none.
pub fn publishing(before: Option<&Standing>, hash: Digest, correct: bool) -> Result<Act, Refusal> {
    match before {
        None if correct => Err(Refusal::NotPublished),
        None => Ok(Act::Publish),
        Some(standing) if standing.content_hash == hash && standing.act.take_down().is_some() => {
            Err(Refusal::TakenDown)
        }
        Some(standing) if standing.content_hash == hash => Err(Refusal::AlreadyPublished),
        Some(_) => Ok(if correct { Act::Correct } else { Act::Update }),
    }
}

/// Whether an edition can be taken down so. What was set aside may turn out to be wrong, and never the other way.
///
/// # Errors
/// When it is not public and was not set aside either.
pub fn taking_down(before: Option<&Standing>, how: TakeDown) -> Result<&Standing, Refusal> {
    let standing = before.ok_or(Refusal::NotPublished)?;
    match (standing.act.take_down(), how) {
        (None, _) | (Some(TakeDown::Withdraw), TakeDown::Retract) => Ok(standing),
        _ => Err(Refusal::TakenDown),
    }
}

/// Whether what was taken down can be public again as it was.
///
/// # Errors
/// When it was never public, or is.
pub fn restoring(before: Option<&Standing>) -> Result<&Standing, Refusal> {
    let standing = before.ok_or(Refusal::NotPublished)?;
    if standing.act.take_down().is_some() { Ok(standing) } else { Err(Refusal::NotTakenDown) }
}

text_enum! {
    /// What becomes of the editions that were made from a source when the source is retracted.
    Follow {
        /// They are withdrawn with a neutral note, until somebody has looked at each again.
        Freeze = "freeze",
        /// They are retracted too, for the same reason.
        Retract = "retract",
    }
}

#[cfg(test)]
#[path = "publication_tests.rs"]
mod tests;
