//! The names of enumerations on the wire: each mirrors one of the domain, which derives nothing for it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        access, article, edition, publication, revision, schedule, segment::compare, suggestion, words, workflow,
    },
    service::edition::BodyFormat,
};

macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident = $domain:ty { $($(#[$vdoc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub(in crate::http) enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl From<$name> for $domain {
            fn from(wire: $name) -> Self {
                match wire { $($name::$variant => Self::$variant,)+ }
            }
        }

        impl From<$domain> for $name {
            fn from(domain: $domain) -> Self {
                match domain { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }
    };
}

mod desk;

pub(in crate::http) use desk::*;

mirror! {
    /// What kind of article it is; the kind rules which details it has.
    Kind = article::Kind {
        /// A report of something that happened.
        News = "news",
        /// A longer piece.
        Feature = "feature",
        /// A release to the press.
        PressRelease = "press_release",
        /// An answer to a claim.
        Statement = "statement",
        /// Something with a time and a venue.
        Event = "event",
        /// An opportunity for investors.
        Investment = "investment",
        /// A place to travel to.
        Destination = "destination",
    }
}

mirror! {
    /// What a person does in the office.
    Role = access::Role {
        /// Writes source texts.
        Author = "author",
        /// Makes editions in other languages.
        Translator = "translator",
        /// First to read and decide.
        Reviewer = "reviewer",
        /// Signs off.
        Approver = "approver",
        /// Makes public and takes down.
        Publisher = "publisher",
        /// Looks after journalists and embargoes.
        PressOfficer = "press_officer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Looks after accounts and vocabularies.
        Admin = "admin",
    }
}

mirror! {
    /// How an edition stands.
    State = edition::State {
        /// Being written.
        Draft = "draft",
        /// Waiting for decisions.
        InReview = "in_review",
        /// Sent back.
        ChangesRequested = "changes_requested",
        /// Signed off, not public.
        Approved = "approved",
        /// Signed off, and to be public at a moment that was ordered.
        Scheduled = "scheduled",
        /// The newest text is public.
        Published = "published",
        /// Taken down.
        Withdrawn = "withdrawn",
        /// Taken down because it was wrong.
        Retracted = "retracted",
    }
}

mirror! {
    /// How a case stands.
    CaseState = workflow::CaseState {
        /// Waiting for decisions.
        Open = "open",
        /// Every stage agreed.
        Approved = "approved",
        /// Someone asked for changes.
        ChangesRequested = "changes_requested",
        /// The text moved on, or was taken back.
        Superseded = "superseded",
    }
}

mirror! {
    /// Whether more care is due with an article than with others.
    Sensitivity = workflow::Sensitivity {
        /// As with any.
        Normal = "normal",
        /// Sovereignty, religion, ethnic affairs, persons: what a mistake would harm.
        Sensitive = "sensitive",
    }
}

mirror! {
    /// Which editions a rule is about.
    Side = workflow::Side {
        /// All.
        Any = "any",
        /// The one that was written first.
        Source = "source",
        /// Those made from it.
        Translation = "translation",
    }
}

impl Side {
    /// What a rule is about where nothing is said.
    pub(in crate::http) fn any() -> Self {
        Self::Any
    }
}

mirror! {
    /// What a person decides.
    Verdict = workflow::Verdict {
        /// As it stands.
        Approve = "approve",
        /// Not yet; a comment says why.
        RequestChanges = "request_changes",
    }
}

mirror! {
    /// Where a text comes from.
    Provenance = revision::Provenance {
        /// A person wrote it.
        Human = "human",
        /// A machine proposed it.
        Machine = "machine",
        /// A person went over a machine's proposal.
        MachineEdited = "machine-edited",
        /// It was brought in from another system.
        Import = "import",
    }
}

mirror! {
    /// How much a revision changes.
    ChangeClass = revision::ChangeClass {
        /// Nothing that a translation would have to follow.
        Minor = "minor",
        /// Substance.
        Major = "major",
        /// Only the fields that all editions share.
        Shared = "shared",
    }
}

mirror! {
    /// What became of a segment.
    SegmentChange = compare::What {
        /// It says something else, or has other markup.
        Changed = "changed",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says the same in another place.
        Moved = "moved",
    }
}

mirror! {
    /// How a suggestion stands.
    SuggestionState = suggestion::State {
        /// Waiting for an answer.
        Open = "open",
        /// Taken into the text.
        Accepted = "accepted",
        /// Turned down, or taken back.
        Rejected = "rejected",
    }
}

mirror! {
    /// Which of two texts has a piece.
    PartOf = words::How {
        /// Both.
        Same = "same",
        /// The older one.
        Removed = "removed",
        /// The newer one.
        Added = "added",
    }
}

mirror! {
    /// What a publication did.
    Act = publication::Act {
        /// The edition became public.
        Publish = "publish",
        /// A new text took the place of the public one.
        Update = "update",
        /// The same because something was wrong; numbered.
        Correct = "correct",
        /// Taken down.
        Withdraw = "withdraw",
        /// Taken down because it was wrong.
        Retract = "retract",
        /// Public again.
        Restore = "restore",
    }
}

mirror! {
    /// Why an edition is taken down.
    Reason = publication::Reason {
        /// A fact is wrong.
        FactualError = "factual_error",
        /// A figure is wrong.
        WrongFigure = "wrong_figure",
        /// A name is wrong.
        WrongName = "wrong_name",
        /// The law asks for it.
        Legal = "legal",
        /// The same text is public elsewhere.
        Duplicate = "duplicate",
        /// Overtaken by events.
        Outdated = "outdated",
        /// Somebody concerned asked for it.
        Request = "request",
        /// It was not published by the office as it stood.
        Security = "security",
        /// Its time was over: it was published until then.
        Expired = "expired",
        /// The text that it was made from was retracted.
        SourceRetracted = "source_retracted",
        /// Something else, which the note tells.
        Other = "other",
    }
}

mirror! {
    /// What became of an order for a later moment.
    Outcome = schedule::Outcome {
        /// Its moment has not come, or it is tried again.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// At its moment something did not hold any more; `why` says what.
        Refused = "refused",
        /// It was tried again and again; `why` says what stood in the way.
        Failed = "failed",
        /// Something that happened first took its place.
        Superseded = "superseded",
        /// Somebody called it off.
        Cancelled = "cancelled",
    }
}

mirror! {
    /// What an order for a later moment does.
    Deed = schedule::Deed {
        /// Makes a text public.
        Publish = "publish",
        /// Takes the edition down when its time is over.
        Withdraw = "withdraw",
    }
}

mirror! {
    /// How a body is written when it comes in.
    Format = BodyFormat {
        /// HTML, of which the body profile is kept.
        Html = "html",
        /// Markdown, which becomes HTML.
        Markdown = "markdown",
    }
}

impl Format {
    /// What a body is written in where nothing is said.
    pub(in crate::http) fn html() -> Self {
        Self::Html
    }
}
