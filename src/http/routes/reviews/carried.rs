//! What a case takes over from the one before it, as it is shown: who decided on which text, and what differs since.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::PersonView;
use crate::{
    domain::workflow::{Carried, Carry, Mended, Stage},
    http::wire::Verdict,
    kernel::AccountId,
};

/// A decision that was given to an earlier text and counts for this one.
#[derive(Debug, Serialize, ToSchema)]
struct CarriedDecisionView {
    id: Uuid,
    /// The case in which it was taken.
    case: Uuid,
    /// The number of the revision that the person decided on.
    revision: u32,
    /// The hash of that text.
    content_hash: String,
    /// The stage's place, from 0.
    stage: usize,
    /// The stage's name.
    stage_name: String,
    /// Who decided.
    by: PersonView,
    /// For whom, where it was a delegate; null if in their own name.
    on_behalf_of: Option<PersonView>,
    verdict: Verdict,
    comment: String,
    at: String,
}

/// An accepted suggestion between the text that was decided on and the one at hand.
#[derive(Debug, Serialize, ToSchema)]
struct TakenChangeView {
    /// The id of the suggestion.
    suggestion: Uuid,
    /// The number of the revision that it became.
    revision: u32,
    /// The key of the segment, the only thing that it changed.
    segment: String,
    /// What the segment said, with placeholders for its markup.
    before: String,
    /// What it says since.
    after: String,
    /// Who suggested it.
    suggested_by: PersonView,
    /// For whom, where it was a delegate; null if in their own name.
    on_behalf_of: Option<PersonView>,
    /// Who took it into the text.
    taken_by: Option<PersonView>,
}

/// What a case takes over from the one before it: nothing but accepted suggestions lies between their texts.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct CarriedView {
    /// The case before.
    case: Uuid,
    /// The place of the first stage that is asked of this text.
    from_stage: usize,
    /// The name of that stage.
    from_stage_name: String,
    /// The decisions at the stages before it, oldest first.
    decisions: Vec<CarriedDecisionView>,
    /// What was changed since the first of them.
    changes: Vec<TakenChangeView>,
}

impl CarriedView {
    pub(in crate::http) fn new<'a>(
        carry: &Carry,
        stages: &[Stage],
        name: impl Fn(AccountId) -> Option<&'a String>,
    ) -> Self {
        let person = |id: AccountId| PersonView::new(id, name(id));
        let stage = |place: usize| stages.get(place).map(|stage| stage.name.clone()).unwrap_or_default();
        let decision = |one: &Carried| CarriedDecisionView {
            id: one.decision.id.0,
            case: one.case.0,
            revision: one.number,
            content_hash: one.decision.hash.to_string(),
            stage: one.decision.stage,
            stage_name: stage(one.decision.stage),
            by: person(one.decision.by),
            on_behalf_of: one.decision.behalf.map(|behalf| person(behalf.of)),
            verdict: one.decision.verdict.into(),
            comment: one.decision.comment.clone(),
            at: one.decision.at.to_string(),
        };
        let change = |one: &Mended| TakenChangeView {
            suggestion: one.suggestion.0,
            revision: one.number,
            segment: one.segment.clone(),
            before: one.before.clone(),
            after: one.after.clone(),
            suggested_by: person(one.by),
            on_behalf_of: one.behalf.map(|behalf| person(behalf.of)),
            taken_by: one.taken_by.map(person),
        };
        Self {
            case: carry.case.0,
            from_stage: carry.stage,
            from_stage_name: stage(carry.stage),
            decisions: carry.decisions.iter().map(decision).collect(),
            changes: carry.changes.iter().map(change).collect(),
        }
    }
}
