//! Opening a case: a text, the workflow that fits it or one by its name, and whose turn it is first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    super::{App, Code as Problem, Error, article::Article, audit::SUBMITTED, edition::Edition, workflow as workflows},
    tell, turns,
};
use crate::{
    domain::{
        revision::Revision,
        workflow::{Asked, Carry, Case, CaseState, Definition, Format, Gap, choose, unsatisfied},
    },
    kernel::{AccountId, CaseId},
    store::{Change, Tx, WriteTx, account, case, workflow},
};

/// By which workflow.
#[derive(Clone, Debug)]
pub(in crate::service) enum Under<'a> {
    /// The one whose rule fits best.
    Rule {
        /// Whether it is urgent.
        urgent: bool,
    },
    /// The one of this name.
    Named(&'a str),
    /// The very one of a case that was open over the text before, with what is taken over from that.
    After(&'a Case, Option<Carry>),
}

/// A case that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The case.
    pub case: Case,
    /// The stages for which there are not enough people who did not write the text.
    pub unsatisfied: Vec<Gap>,
    told: Value,
}

impl Opened {
    /// What the audit chain is told of it; an approval is believed only for a case that it knows.
    pub(in crate::service) fn tell(&self, change: Change) -> Change {
        change.entry(SUBMITTED, "edition", self.case.edition, self.told.clone())
    }
}

/// Opens a case over a revision and lets the edition point at it; the caller writes the edition, and tells the
/// audit chain by [`Opened::tell`].
pub(in crate::service) async fn open(
    app: &App,
    tx: &WriteTx,
    (article, edition): (&Article, &mut Edition),
    revision: &Revision,
    under: Under<'_>,
    (by, comment): (AccountId, String),
) -> Result<Opened, Error> {
    let (definition, urgent) = definition(tx, article, edition, &under).await?;
    let now = app.clock.now();
    let authors = super::authors(tx, edition, revision.number).await?;
    let (assigned, sensitivity, carry): (BTreeMap<_, _>, _, _) = match under {
        // Who a stage was given to by name keeps it, unless they wrote since.
        Under::After(before, carry) => {
            let asked = |place: &usize| carry.as_ref().is_none_or(|carry| *place >= carry.stage);
            let kept = before.assigned.iter().filter(|(place, to)| asked(place) && !authors.contains(to));
            (kept.map(|(place, to)| (*place, *to)).collect(), before.sensitivity, carry)
        }
        Under::Rule { .. } | Under::Named(_) => ([].into(), article.sensitivity, None),
    };
    let named = assigned.values().copied().chain(carry.iter().flat_map(Carry::people));
    let opener = account::names(tx, named.chain([by]).collect::<BTreeSet<_>>()).await?;
    let opened = Case {
        id: CaseId::new(),
        edition: edition.id,
        revision: revision.id,
        number: revision.number,
        hash: revision.hash,
        workflow: definition.workflow.clone(),
        format: if carry.is_some() { Format::V3 } else { Format::V2 },
        sensitivity,
        urgent,
        state: CaseState::Open,
        comment,
        opened_by: by,
        opened_at: now,
        closed_at: None,
        assigned,
        decisions: Vec::new(),
        carry,
        public_since: None,
        names: opener.into_iter().collect(),
    };
    case::insert(tx, &opened).await?;
    edition.case = Some(opened.id);
    edition.approved = None;
    turns::settle(tx, article, edition, &opened).await?;
    let told = told(&opened, &definition);
    let people: Vec<_> = workflows::people(tx).await?.into_iter().filter(|one| !authors.contains(&one.id)).collect();
    let unsatisfied = unsatisfied(&opened.workflow.stages, &people, &article.shared.agency, &edition.locale);
    tell::opened(tx, people, (article, edition), &opened, &authors).await?;
    Ok(Opened { case: opened, unsatisfied, told })
}

async fn definition(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    under: &Under<'_>,
) -> Result<(Definition, bool), Error> {
    let (found, urgent) = match under {
        Under::After(case, _) => {
            let known = workflows::known(tx, &case.workflow).await?;
            (known.filter(|one| one.workflow == case.workflow), case.urgent)
        }
        Under::Named(code) => {
            let all = workflow::current(tx).await?;
            (all.into_iter().find(|one| one.active && one.workflow.code == *code), false)
        }
        Under::Rule { urgent } => {
            let asked = Asked {
                kind: article.shared.kind,
                locale: &edition.locale,
                agency: &article.shared.agency,
                sensitivity: article.sensitivity,
                is_source: edition.locale == article.source_locale,
                urgent: *urgent,
            };
            (choose(&workflow::current(tx).await?, &asked).cloned(), *urgent)
        }
    };
    Ok((found.ok_or_else(|| Error::new(Problem::NoWorkflow))?, urgent))
}

/// The members by which the audit chain knows a case again.
fn told(case: &Case, definition: &Definition) -> Value {
    let mut data = json!({
        "case": case.id.to_string(),
        "at": case.opened_at.exact(),
        "opened_by": case.opened_by.to_string(),
        "revision": case.revision.to_string(),
        "content_hash": case.hash.to_string(),
        "workflow": case.workflow.code,
        "workflow_version": case.workflow.version,
        "workflow_digest": definition.digest().to_string(),
        "sensitivity": case.sensitivity.as_str(),
        "urgent": case.urgent,
    });
    if let Some(carry) = &case.carry {
        data["carried"] = carry.to_json();
    }
    data
}
