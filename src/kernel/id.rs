//! Typed ids: an article's id is never taken for an edition's.

use std::{fmt, str::FromStr};

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by time (`UUIDv7`).
            #[expect(clippy::new_without_default, reason = "two new ids are never equal")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(raw: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(raw).map(Self)
            }
        }
    )+};
}

ids! {
    /// An account's id.
    AccountId,
    /// The id of one sign-in, which its refresh tokens share.
    SessionId,
    /// A grant's id.
    GrantId,
    /// An article's id.
    ArticleId,
    /// An edition's id: one article in one locale.
    EditionId,
    /// A revision's id.
    RevisionId,
    /// A review case's id.
    CaseId,
    /// A decision's id.
    DecisionId,
    /// A publication's id.
    PublicationId,
    /// A delegation's id.
    DelegationId,
    /// The id of something that waits for somebody.
    TurnId,
    /// A notification's id.
    NotificationId,
    /// The id of one decision to bring articles in.
    ImportId,
    /// A comment's id.
    CommentId,
    /// A suggestion's id.
    SuggestionId,
    /// An attestation's id.
    AttestationId,
    /// The id of an order for a later moment.
    ScheduleId,
    /// A release's id: several editions that become public together.
    ReleaseId,
    /// The id of a link to a text that is not published.
    PreviewId,
    /// A webhook's id: somebody who is told of every public event.
    WebhookId,
    /// The id of one message to a webhook.
    DeliveryId,
    /// The id of a subscription at our hub, or of what was asked of it.
    SubscriptionId,
}
