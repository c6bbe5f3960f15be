//! What the watch can find.

use crate::kernel::EditionId;

/// What does not fit, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The edition.
    pub edition: EditionId,
    /// What does not fit.
    pub what: What,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// An envelope's signature does not verify, or its row says something else.
    Signature,
    /// The envelopes are not one chain.
    Chain,
    /// The audit chain knows another last act.
    Audit,
    /// The published text is not what was signed.
    Text,
    /// The live store holds something else, or nothing.
    Live,
    /// Public without ever having been published.
    Stranger,
    /// The case that the public text rests on, or a decision in it, is not what the audit chain knows.
    Approval,
    /// A text that is not public is not what was saved, or is gone.
    Revision,
    /// A case is not what was submitted and decided, or is gone.
    Case,
    /// A decision is not what somebody decided, or is gone.
    Decision,
}

impl What {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Signature,
        Self::Chain,
        Self::Audit,
        Self::Text,
        Self::Live,
        Self::Stranger,
        Self::Approval,
        Self::Revision,
        Self::Case,
        Self::Decision,
    ];

    /// Its name for programs.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Chain => "chain",
            Self::Audit => "audit",
            Self::Text => "text",
            Self::Live => "live",
            Self::Stranger => "stranger",
            Self::Approval => "approval",
            Self::Revision => "revision",
            Self::Case => "case",
            Self::Decision => "decision",
        }
    }

    /// Whether it is about what is public, and that is withheld.
    pub fn withholds(self) -> bool {
        !matches!(self, Self::Revision | Self::Case | Self::Decision)
    }
}
