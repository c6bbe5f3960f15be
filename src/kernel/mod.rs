//! The ground floor: small value types that every other floor speaks in.

pub mod canonical;
pub mod code;
pub mod cursor;
pub mod digest;
pub mod id;
pub mod locale;
pub mod message;
pub mod meter;
pub mod networks;
pub mod slug;
pub mod time;

pub use canonical::canonical_json;
pub use code::Code;
pub use cursor::{Cursor, Page, PageRequest};
pub use digest::{Digest, Hasher};
pub use id::{
    AccountId, ArticleId, AttestationId, CaseId, CommentId, DecisionId, DelegationId, DeliveryId, EditionId, GrantId,
    ImportId, NotificationId, PreviewId, PublicationId, ReleaseId, RevisionId, ScheduleId, SessionId, SubscriptionId,
    SuggestionId, TurnId, WebhookId,
};
pub use locale::LocaleTag;
pub use message::{Arg, Args};
pub use meter::{Counter, Spanned, Spans};
pub use networks::Networks;
pub use slug::Slug;
pub use time::{Clock, Timestamp};
