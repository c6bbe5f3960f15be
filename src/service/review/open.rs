//! Opening a case: a text, the workflow that fits it or one by its name, and whose turn it is first.

use serde_json::{Value, json};

use super::{
    super::{App, Code as Problem, Error, article::Article, audit::SUBMITTED, edition::Edition, workflow as workflows},
    turns,
};
use crate::{
    domain::{
        revision::Revision,
        workflow::{Asked, Case, CaseState, Definition, Format, Gap, choose, unsatisfied},
    },
    kernel::{AccountId, CaseId},
    store::{Change, Tx, WriteTx, account, case, workflow},
};

/// By which workflow.
#[derive(Clone, Copy, Debug)]
pub(in crate::service) enum Under<'a> {
    /// The one whose rule fits best.
    Rule {
        /// Whether it is urgent.
        urgent: bool,
    },
    /// The one of this name.
    Named(&'a str),
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
    let (definition, urgent) = definition(tx, article, edition, under).await?;
    let now = app.clock.now();
    let opener = account::names(tx, [by]).await?;
    let opened = Case {
        id: CaseId::new(),
        edition: edition.id,
        revision: revision.id,
        number: revision.number,
        hash: revision.hash,
        workflow: definition.workflow.clone(),
        format: Format::V2,
        sensitivity: article.sensitivity,
        urgent,
        state: CaseState::Open,
        comment,
        opened_by: by,
        opened_at: now,
        closed_at: None,
        assigned: [].into(),
        decisions: Vec::new(),
        names: opener.into_iter().collect(),
    };
    case::insert(tx, &opened).await?;
    edition.case = Some(opened.id);
    edition.approved = None;
    turns::settle(tx, article, edition, &opened).await?;
    let told = told(&opened, &definition);
    let authors = super::authors(tx, edition, opened.number).await?;
    let people: Vec<_> = workflows::people(tx).await?.into_iter().filter(|one| !authors.contains(&one.id)).collect();
    let unsatisfied = unsatisfied(&opened.workflow.stages, &people, &article.shared.agency, &edition.locale);
    Ok(Opened { case: opened, unsatisfied, told })
}

async fn definition(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    under: Under<'_>,
) -> Result<(Definition, bool), Error> {
    let all = workflow::current(tx).await?;
    let (found, urgent) = match under {
        Under::Named(code) => (all.iter().find(|one| one.active && one.workflow.code == code), false),
        Under::Rule { urgent } => {
            let asked = Asked {
                kind: article.shared.kind,
                locale: &edition.locale,
                agency: &article.shared.agency,
                sensitivity: article.sensitivity,
                is_source: edition.locale == article.source_locale,
                urgent,
            };
            (choose(&all, &asked), urgent)
        }
    };
    Ok((found.cloned().ok_or_else(|| Error::new(Problem::NoWorkflow))?, urgent))
}

/// The members by which the audit chain knows a case again.
fn told(case: &Case, definition: &Definition) -> Value {
    json!({
        "case": case.id.to_string(),
        "revision": case.revision.to_string(),
        "content_hash": case.hash.to_string(),
        "workflow": case.workflow.code,
        "workflow_version": case.workflow.version,
        "workflow_digest": definition.digest().to_string(),
        "sensitivity": case.sensitivity.as_str(),
        "urgent": case.urgent,
    })
}
