//! Names of what happens at the desk: what waits, what is told, why a case begins anew.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{notice, workflow};

mirror! {
    /// What is waited for.
    Turn = workflow::TurnKind {
        /// A decision at a stage.
        Decide = "decide",
        /// Somebody to read again what was approved in a hurry.
        AfterReview = "after_review",
        /// Another text, as changes were asked for.
        Revise = "revise",
        /// Making public what is approved.
        Publish = "publish",
    }
}

mirror! {
    /// Why a case over a text with an accepted suggestion begins at the first stage, although stages had agreed.
    Restart = workflow::Restart {
        /// The suggestion changes more than a minor change may.
        Major = "major",
        /// It was not made at a stage of this workflow by somebody who could decide there.
        Elsewhere = "elsewhere",
        /// The article was marked as sensitive since.
        Sensitive = "sensitive",
        /// Somebody who had decided is an author of the text by now.
        Author = "author",
        /// Too many suggestions lie between the text that was decided on and this one.
        TooMany = "too_many",
    }
}

mirror! {
    /// What a notification is about.
    Notice = notice::NoticeKind {
        /// A stage that the reader may decide has its turn.
        Turn = "turn",
        /// A stage was given to the reader by name.
        Assigned = "assigned",
        /// A text that the reader wrote or submitted was approved.
        Approved = "approved",
        /// Changes were asked for in a text that the reader wrote or submitted.
        ChangesRequested = "changes_requested",
        /// A text that the reader may publish is approved.
        ReadyToPublish = "ready_to_publish",
        /// Who read an urgent text again objects to it.
        Objected = "objected",
        /// Somebody commented on a text that the reader wrote.
        Commented = "commented",
        /// Somebody answered in a thread that the reader takes part in, or about a text that the reader wrote.
        Replied = "replied",
        /// Somebody suggested another wording of a text that the reader wrote.
        Suggested = "suggested",
        /// What the reader suggested was taken into the text.
        SuggestionTaken = "suggestion_taken",
        /// What the reader suggested was turned down.
        SuggestionRejected = "suggestion_rejected",
        /// What the reader ordered for a later moment was not done.
        OrderNotDone = "order_not_done",
        /// A release that the reader ordered was not done.
        ReleaseNotDone = "release_not_done",
        /// Somebody lent the reader a right.
        Delegated = "delegated",
        /// A stage that the reader could decide is late.
        Overdue = "overdue",
        /// A stage is late still, or there is nobody to decide it.
        Escalated = "escalated",
        /// What was approved in a hurry was not read again in time.
        AfterReviewMissed = "after_review_missed",
        /// Something public is not what was approved, and is withheld.
        Withheld = "withheld",
        /// A text, a case or a decision at the desk is not what somebody wrote or decided.
        Altered = "altered",
        /// An account’s rights are not those that it was given.
        RightsAltered = "rights_altered",
        /// The audit chain is broken.
        ChainBroken = "chain_broken",
        /// A webhook takes nothing and is told nothing any more.
        WebhookDisabled = "webhook_disabled",
    }
}
