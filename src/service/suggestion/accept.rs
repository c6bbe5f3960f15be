//! Taking a suggestion: a new revision with that one difference, and a case in the place of the one that was open, at
//! the stage at which the suggestion was made where it changes nothing that a minor change may not.

use serde_json::json;

use super::{Suggested, applied, coded_of, made_by, own, people, refused};
use crate::{
    domain::{
        notice::NoticeKind,
        revision::{ChangeClass, Provenance, Revision},
        suggestion::{self as rule, State, leads},
        workflow::{Case, CaseState, Format, Mended, Restart, SHARED_FIELDS, Sensitivity},
    },
    kernel::{ArticleId, Digest, LocaleTag, SuggestionId},
    service::{
        App, Caller, Check, Code as Problem, Done, Error, Once,
        article::{Article, event},
        audit,
        edition::{self, Edition, Next, find, is_minor, may_write},
        notification::{About, tell},
        review::{self, Under},
        segment,
    },
    store::{
        Change, Tx, account, case, edition as editions, revision as revisions, suggestion, suggestion::Suggestion,
    },
};

/// What came of taking a suggestion.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The suggestion.
    pub suggested: Suggested,
    /// The new revision.
    pub revision: Revision,
    /// The case that follows the one that was open; nothing if none was.
    pub case: Option<Case>,
    /// Why stages that had agreed are asked again; nothing if none is.
    pub restart: Option<Restart>,
    /// The edition's version now.
    pub version: i64,
}

/// Takes a suggestion into the text: a new revision by who takes it, and a case like the one that was open.
pub async fn accept(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (suggestion_id, seen): (SuggestionId, Digest),
    once: Once<Taken>,
) -> Result<Done<Taken>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale)?;
    let mut found = own(&tx, &actor, &article, &edition, suggestion_id).await?;
    let before = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    if before.hash != seen {
        return Err(Error::new(Problem::HashMismatch));
    }
    let keys = segment::keys(&tx, edition.id, &before).await?;
    let now_says = coded_of(&before.text, &keys, &found.segment);
    rule::accept(found.state, &found.before, Some(&now_says)).map_err(refused)?;
    let mut check = Check::new();
    let text = applied(&mut check, &before.text, &keys, &found.segment, &found.after);
    check.finish()?;
    let (text, _) = text.ok_or_else(|| Error::new(Problem::SuggestionOutdated))?;
    let open = review::current_case(&tx, &edition).await?.filter(|case| case.state == CaseState::Open);
    let minor = is_minor((&before.text, &text), before.shared.place.as_deref(), locale);
    let next = Next {
        text,
        shared: before.shared.clone(),
        source: edition.source,
        change: if minor { ChangeClass::Minor } else { ChangeClass::Major },
        note: found.comment.clone(),
        provenance: Provenance::Human,
        by: actor.id,
    };
    let made = edition::follow(app, &tx, &article, &mut edition, &before, next).await?;
    let now = app.clock.now();
    let saved = edition::told_saved(&made);
    let mut change = Change::by(Some(actor.id), now).entry("edition.saved", "edition", edition.id, saved);
    let (mut case, mut restart) = (None, None);
    if let Some(open) = open {
        let taken = Mended {
            suggestion: found.id,
            number: made.number,
            segment: found.segment.clone(),
            before: found.before.clone(),
            after: found.after.clone(),
            by: found.by,
            behalf: found.behalf,
            taken_by: Some(actor.id),
        };
        let minor = minor && leads(&before, &made, &found.segment, &found.before, &found.after);
        let made_at = made_at(&tx, &found, &open).await?;
        let (chosen, why) = under(&tx, (&article, &edition), &open, made_at, (minor, taken)).await?;
        restart = why;
        let by = (open.opened_by, open.comment.clone());
        let opened = review::open(app, &tx, (&article, &mut edition), &made, chosen, by).await?;
        change = opened.tell(change);
        case = Some(opened.case);
    }
    editions::update(&tx, &edition).await?;
    found.state = State::Accepted;
    found.answered = Some((actor.id, now));
    found.made = Some(made.number);
    suggestion::answer(&tx, &found).await?;
    let to = made_by(&found).filter(|who| *who != actor.id);
    tell(&tx, to, NoticeKind::SuggestionTaken, About::subject(&article, locale, found.id.0), now).await?;
    let data = json!({
        "suggestion": found.id.to_string(),
        "revision": made.id.to_string(),
        "content_hash": made.hash.to_string(),
    });
    let names = account::names(&tx, people(&found)).await?;
    let suggested = Suggested { suggestion: found, outdated: false, names };
    let taken = Taken { suggested, revision: made, case, restart, version: edition.version };
    once.keep(app, &tx, actor.id, &taken).await?;
    let change = change.entry(audit::SUGGESTION_TAKEN, "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(taken))
}

/// The stage of the open case at which a suggestion was made, if it was at one of the same workflow.
async fn made_at(tx: &impl Tx, one: &Suggestion, open: &Case) -> Result<Option<usize>, Error> {
    let Some((id, stage)) = one.made_at else { return Ok(None) };
    if id == open.id {
        return Ok(Some(stage));
    }
    let earlier = case::find(tx, id).await?;
    Ok(earlier.filter(|case| case.workflow == open.workflow).map(|_| stage))
}

/// Under which workflow the case over the new text is opened, with what it takes over, or why that begins anew.
async fn under<'a>(
    tx: &impl Tx,
    (article, edition): (&Article, &Edition),
    open: &'a Case,
    made_at: Option<usize>,
    (minor, taken): (bool, Mended),
) -> Result<(Under<'a>, Option<Restart>), Error> {
    let anew = Under::Rule { urgent: open.urgent };
    // More care is due with what became sensitive than the workflow takes that was chosen before.
    if article.sensitivity == Sensitivity::Sensitive && open.sensitivity == Sensitivity::Normal {
        return Ok((anew, open.counted().next().map(|_| Restart::Sensitive)));
    }
    // A case over shared fields alone covers no other word, and a workflow of before there were versions has none.
    if open.workflow.code == SHARED_FIELDS || open.format == Format::V1 {
        return Ok((anew, open.counted().next().map(|_| Restart::Elsewhere)));
    }
    let authors = review::authors(tx, edition, edition.latest).await?;
    Ok(match open.goes_on(made_at, minor, &authors, taken) {
        Ok(carry) => (Under::After(open, carry), None),
        Err(why) => (Under::After(open, None), Some(why)),
    })
}
