//! Notices: what somebody has to be told.

use super::article::text_enum;

text_enum! {
    /// What a notice is about.
    NoticeKind {
        /// A stage was given to the reader by name.
        Assigned = "assigned",
        /// A text that the reader submitted was approved.
        Approved = "approved",
        /// Changes were asked for in a text that the reader submitted.
        ChangesRequested = "changes_requested",
        /// Who read an urgent text again objects to it.
        Objected = "objected",
        /// Somebody lent the reader a right.
        Delegated = "delegated",
        /// A stage that the reader could decide is late.
        Overdue = "overdue",
        /// A stage is late still, or there is nobody to decide it.
        Escalated = "escalated",
        /// What was approved in a hurry was not read again in time.
        AfterReviewMissed = "after_review_missed",
    }
}
