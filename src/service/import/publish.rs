//! Making public, by the recorded decision, what another system had public: under everything that publishing demands,
//! but that the approval is the decision's.

use serde_json::json;

use super::{
    Brought, Import, Outcome,
    make::New,
    read,
    replay::{Waiting, replay},
};
use crate::{
    domain::{
        access::Actor,
        body,
        event::{Event, EventType, LiveEvent},
        publication::{Act, mint_guid},
        revision::{Provenance, Revision, seal},
        workflow::{Case, CaseState, Decision, Format, Proposal, Verdict, Workflow},
    },
    kernel::{CaseId, DecisionId, Digest, LocaleTag, Timestamp},
    service::{
        App, Code as Problem, Error, FieldCode, FieldError,
        article::{Article, Known},
        audit,
        edition::{Edition, told_saved},
        integrity::PUBLISHED,
        publication::{Publication, live_event, next_envelope, sign, told, vouched},
        setup,
        vocabulary::with_ancestors,
    },
    store::{
        Change, WriteTx, article, case, edition as editions,
        import::{self, DoneRow},
        live::{LiveItem, LiveSource, NewAddress, put_addresses, put_first},
        publication, revision,
    },
};

/// An edition that becomes public, with everything that shows why.
#[derive(Debug)]
pub(super) struct Public {
    case: Case,
    signed: Publication,
    item: LiveItem,
    event: LiveEvent,
    addresses: Vec<NewAddress>,
}

/// The case of an edition under a decision, approved by who took it: nothing of it is made by hand that the rules of
/// a case could make.
pub(super) fn case(
    (import, actor): (&Import, &Actor),
    article: &Article,
    edition: &Edition,
    text: &Revision,
    now: Timestamp,
) -> Result<Case, Error> {
    let mut case = Case {
        id: CaseId::new(),
        edition: edition.id,
        revision: text.id,
        number: text.number,
        hash: text.hash,
        workflow: Workflow::import(),
        format: Format::V2,
        sensitivity: article.sensitivity,
        urgent: false,
        state: CaseState::Open,
        comment: String::new(),
        opened_by: import.run.by,
        opened_at: now,
        closed_at: None,
        assigned: [].into(),
        decisions: Vec::new(),
        carry: None,
        public_since: None,
        names: [].into(),
    };
    let proposal = Proposal {
        id: DecisionId::new(),
        stage: 0,
        by: actor.id,
        behalf: None,
        verdict: Verdict::Approve,
        hash: text.hash,
        comment: String::new(),
        waivers: Vec::new(),
        at: now,
    };
    let none = std::collections::HashSet::new();
    let (decision, state) = case.decide(&none, proposal).map_err(|_| Error::new(Problem::NotApproved))?;
    case.decisions.push(decision);
    case.state = state;
    Ok(case)
}

/// Whether everything that the approval rests on holds: promise one, as for every publication.
pub(super) fn holds(
    (import, actor): (&Import, &Actor),
    case: &Case,
    article: &Article,
    edition: &Edition,
    text: &Revision,
) -> Result<(), Error> {
    let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
    if !import.run.publish || hash != text.hash {
        return Err(Error::new(Problem::NotApproved));
    }
    let holds = |decision: &Decision, role| {
        decision.people().all(|who| who == actor.id) && actor.holds(&[role], crate::domain::access::Scope::default())
    };
    match case.lapse(hash, &[text.by].into(), holds) {
        None => Ok(()),
        Some(_) => Err(Error::new(Problem::ApprovalLapsed)),
    }
}

/// Makes the editions of new articles public that are to be, and says how; nothing is written yet.
pub(super) async fn allowed(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    import: &Import,
    known: &Known,
    new: &mut [New],
) -> Result<Vec<Public>, Error> {
    let authority = setup::authority(app, tx).await?;
    let now = app.clock.now();
    let mut all = Vec::new();
    for one in new {
        // The source first: a translation says from which public version it was made.
        one.editions.sort_by_key(|edition| edition.edition.locale != one.article.source_locale);
        let topics = with_ancestors(&known.tree, &one.article.shared.topics);
        for made in &mut one.editions {
            let Some(since) = made.since else { continue };
            let (edition, text) = (&mut made.edition, &made.first);
            let by = (import, actor);
            let case = case(by, &one.article, edition, text, now)?;
            holds(by, &case, &one.article, edition, text)?;
            let guid = mint_guid(&authority, now, one.article.id, &edition.locale);
            let approval = (Some(case.approval_hash()), since);
            let envelope = next_envelope(app, Act::Publish, None, &guid, text, approval, String::new());
            let (slug, updated_at) = (envelope.slug.clone(), envelope.done_at());
            let signed = sign(app, actor.id, edition, text, Some(&case), envelope, None);
            edition.guid = Some(guid.clone());
            edition.approved = Some(text.number);
            edition.live = Some(text.number);
            edition.case = Some(case.id);
            edition.publication = Some(signed.id);
            let source = text.source_number.map(|number| LiveSource {
                locale: one.article.source_locale.clone(),
                number,
                version: (number > 0).then_some(1),
                major: 1,
            });
            let (content, _) = seal(one.article.id, &edition.locale, &text.text, &text.shared);
            let item = LiveItem {
                edition: edition.id,
                article: one.article.id,
                locale: edition.locale.clone(),
                slug,
                kind: text.shared.kind,
                agency: text.shared.agency.clone(),
                topics: topics.clone(),
                content,
                envelope: signed.envelope.clone(),
                signature: signed.signature.clone(),
                corrections: Vec::new(),
                number: text.number,
                major: 1,
                source,
                published_at: since,
                updated_at,
            };
            let addresses = vouched(app, &guid, made.addresses.iter().map(|address| (edition.id, address.clone())));
            all.push(Public { event: live_event(&item, &signed), case, signed, item, addresses });
        }
    }
    Ok(all)
}

/// Writes what became public, and tells it.
pub(super) async fn write(
    tx: &WriteTx,
    import: &Import,
    public: &[Public],
    mut change: Change,
) -> Result<Change, Error> {
    case::insert_whole(tx, &public.iter().map(|one| &one.case).collect::<Vec<_>>()).await?;
    publication::insert_many(tx, &public.iter().map(|one| &one.signed).collect::<Vec<_>>()).await?;
    let items: Vec<_> = public.iter().map(|one| (&one.item, &one.signed)).collect();
    put_first(tx, &items).await?;
    put_addresses(tx, &public.iter().flat_map(|one| one.addresses.clone()).collect::<Vec<_>>()).await?;
    for one in public {
        change = tell(change, import, &one.case, &one.signed)
            .emit(Event {
                kind: EventType::Live,
                article: Some(one.item.article),
                locale: Some(one.item.locale.clone()),
            })
            .announce([one.event.clone()]);
    }
    Ok(change)
}

/// What the audit chain is told: the decision on this very text, and the act.
pub(super) fn tell(mut change: Change, import: &Import, case: &Case, signed: &Publication) -> Change {
    for (decision, stage) in case.decisions.iter().zip(&case.workflow.stages) {
        let data = json!({
            "case": case.id.to_string(),
            "decision": decision.id.to_string(),
            "stage": decision.stage,
            "stage_name": stage.name,
            "verdict": decision.verdict.as_str(),
            "content_hash": decision.hash.to_string(),
            "import": import.run.id.to_string(),
        });
        change = change.entry(audit::DECIDED, "edition", case.edition, data);
    }
    change.entry(PUBLISHED, "edition", signed.edition, told(signed))
}

/// Whether the audit chain knows that a row became just these texts: the decision is about the row, not about what
/// lies in the database by now.
async fn came_so(tx: &WriteTx, row: &DoneRow, texts: &[(&LocaleTag, Digest)]) -> Result<bool, Error> {
    let known = audit::brought(tx, row.article).await?;
    Ok(known.iter().any(|data| {
        data["row_hash"] == row.hash.to_string()
            && texts.iter().all(|(locale, hash)| data["editions"][locale.as_str()] == hash.to_string())
    }))
}

/// Whether the audit chain knows that the texts after an edition's first were brought in as they lie there.
async fn followed_so(tx: &WriteTx, edition: &Edition, texts: &[Revision]) -> Result<bool, Error> {
    let told = audit::saved(tx, edition.id).await?;
    Ok(texts.iter().skip(1).all(|text| told.contains(&told_saved(text))))
}

/// A row that was brought in as drafts before: what nobody has touched since becomes public now.
pub(super) async fn again(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    by: &Import,
    before: &DoneRow,
    row: &read::Article,
    change: Change,
) -> Result<(Outcome, Change), Error> {
    let id = before.article;
    let article = article::find(tx, id).await?.ok_or_else(Error::not_found)?;
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut faults = Vec::new();
    let mut done = Brought::default();
    let source = editions::find(tx, id, &article.source_locale).await?.ok_or_else(Error::not_found)?;
    // A source that never was public becomes so with this row, or the row is refused for it.
    let source_is_down = source.publication.is_some() && source.live.is_none();
    for (place, one) in row.editions.iter().enumerate() {
        let acts = one.acts();
        let Ok(locale) = one.locale.parse() else { continue };
        if acts.is_empty() {
            continue;
        }
        let edition = editions::find(tx, id, &locale).await?.ok_or_else(Error::not_found)?;
        if edition.publication.is_some() {
            continue;
        }
        let mut texts = revision::before(tx, edition.id, None, one.texts() as u64 + 1).await?;
        texts.reverse();
        let as_brought = texts.len() == one.texts() && texts.iter().all(|one| one.provenance == Provenance::Import);
        let touched = edition.latest as usize != texts.len() || edition.case.is_some() || !as_brought;
        if touched || article.version != 1 {
            faults.push(FieldError::new(format!("/editions/{place}"), FieldCode::RowEdited));
        } else if source_is_down {
            let pointer = if one.published_at.is_some() { "published_at" } else { "history" };
            faults.push(FieldError::new(format!("/editions/{place}/{pointer}"), FieldCode::SourceNotPublic));
        } else {
            done.published += usize::from(one.is_public());
            waiting.push(Waiting { edition, texts, acts });
        }
    }
    if !faults.is_empty() {
        return Ok((Outcome::Refused(Error::invalid(faults)), change));
    }
    if waiting.is_empty() {
        return Ok((Outcome::Before, change));
    }
    let texts: Vec<_> = waiting.iter().map(|one| (&one.edition.locale, one.texts[0].hash)).collect();
    let mut is_known = came_so(tx, before, &texts).await?;
    for one in &waiting {
        is_known = is_known && followed_so(tx, &one.edition, &one.texts).await?;
        // It has lain in the database meanwhile: it is read as if it came from outside.
        if one.texts.iter().any(|text| body::deliver(&text.text.body).is_none()) {
            return Err(Error::new(Problem::HashMismatch));
        }
    }
    if !is_known {
        tracing::error!(article = %id, "drafts are not what the audit chain knows of their row");
        return Err(Error::new(Problem::ApprovalLapsed));
    }
    let change = replay(app, tx, actor, by, &article, waiting, change).await?;
    import::done_under(tx, &row.key, by.run.id).await?;
    Ok((Outcome::Done(done), change))
}
