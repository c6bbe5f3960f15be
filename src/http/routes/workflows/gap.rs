//! Where the people are not enough for a workflow.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{domain::workflow::Gap, http::wire::Role, service::workflow::Shortage};

/// A stage for which there are not enough people.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct GapView {
    /// The stage's name.
    stage: String,
    /// Who decides there.
    role: Role,
    /// How many have to agree.
    needed: u32,
    /// How many hold the role.
    there: u32,
    /// How many are left for it when no one decides at two stages.
    free: u32,
}

impl From<&Gap> for GapView {
    fn from(gap: &Gap) -> Self {
        let Gap { stage, role, needed, there, free } = gap;
        Self { stage: stage.clone(), role: (*role).into(), needed: *needed, there: *there, free: *free }
    }
}

/// Where the people are not enough for a workflow.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShortageView {
    agency: String,
    locale: String,
    stages: Vec<GapView>,
}

impl From<&Shortage> for ShortageView {
    fn from(short: &Shortage) -> Self {
        Self {
            agency: short.agency.to_string(),
            locale: short.locale.to_string(),
            stages: short.gaps.iter().map(GapView::from).collect(),
        }
    }
}
