//! Suggestions: a reviewer proposes another wording of a segment; who writes the text takes it, which makes a new
//! revision and a case that follows the one before, or turns it down. The reviewer stays a reviewer.

mod accept;

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, event},
    audit,
    edition::{Edition, find, guest_numbers, may_write},
    notification::{About, tell},
    review, segment,
};
use crate::{
    domain::{
        access::{Actor, Permission as _, Scope, Suggest},
        body::BadCoded,
        notice::NoticeKind,
        revision::{MAX_BODY, MAX_NOTE, MAX_SUMMARY, MAX_TITLE, Text},
        segment::{SUMMARY, TITLE, segments, with_segment},
        suggestion::{self as rule, State},
        workflow::{Behalf, Case, CaseState},
    },
    kernel::{AccountId, ArticleId, CaseId, Digest, LocaleTag, Page, PageRequest, SuggestionId},
    store::{Change, Tx, account, revision as revisions, suggestion},
};

pub use accept::{Taken, accept};
pub use suggestion::Suggestion;

/// A suggestion as somebody reads it.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Whether its segment says something else by now, so that it cannot be taken.
    pub outdated: bool,
    /// The names of who suggested, for whom, and who answered.
    pub names: HashMap<AccountId, String>,
}

/// A suggestion to be made.
#[derive(Clone, Debug)]
pub struct NewSuggestion {
    /// The key of the segment.
    pub segment: String,
    /// What it is to say, coded.
    pub coded: String,
    /// Why.
    pub comment: String,
    /// The hash of the text that was read.
    pub hash: Digest,
    /// For whom, where a delegate says so.
    pub on_behalf_of: Option<AccountId>,
}

/// A page of an edition's suggestions, newest first.
pub async fn list(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    state: Option<State>,
    wanted: PageRequest,
) -> Result<Page<Suggested>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    let page = match &numbers {
        None => suggestion::page(&tx, edition.id, state, wanted).await?,
        // What is proposed to a text under review is no guest's to read.
        Some(_) => Page { items: Vec::new(), next: None },
    };
    let says =
        if page.items.iter().any(|one| one.state == State::Open) { said(&tx, &edition).await? } else { HashMap::new() };
    let names = account::names(&tx, page.items.iter().flat_map(people).collect::<BTreeSet<_>>()).await?;
    let whole =
        |one: Suggestion| Suggested { outdated: is_outdated(&one, &says), names: names.clone(), suggestion: one };
    Ok(Page { items: page.items.into_iter().map(whole).collect(), next: page.next })
}

/// Who suggested, for whom, and who answered.
fn people(one: &Suggestion) -> impl Iterator<Item = AccountId> + use<> {
    made_by(one).chain(one.answered.map(|(by, _)| by))
}

/// Who suggested, and for whom.
fn made_by(one: &Suggestion) -> impl Iterator<Item = AccountId> + use<> {
    [Some(one.by), one.behalf.map(|behalf| behalf.of)].into_iter().flatten()
}

/// What the segments of the newest text say, coded.
async fn said(tx: &impl Tx, edition: &Edition) -> Result<HashMap<String, String>, Error> {
    let text = revisions::find(tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    let all = segment::of(tx, edition.id, &text).await?;
    Ok(all.into_iter().map(|one| (one.key, one.block.coded)).collect())
}

fn is_outdated(one: &Suggestion, says: &HashMap<String, String>) -> bool {
    one.state == State::Open && says.get(&one.segment) != Some(&one.before)
}

/// Proposes another wording of a segment of the newest text.
pub async fn suggest(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    new: NewSuggestion,
    once: Once<Suggested>,
) -> Result<Done<Suggested>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    let authors = review::authors(&tx, &edition, edition.latest).await?;
    let open = review::current_case(&tx, &edition).await?.filter(|case| case.state == CaseState::Open);
    let (behalf, made_at) = in_whose_name(&actor, open.as_ref(), new.on_behalf_of, &authors, scope)?;
    let text = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    if text.hash != new.hash {
        return Err(Error::new(Problem::HashMismatch));
    }
    let mut check = Check::new();
    let comment = check.text("/comment", &new.comment, MAX_NOTE);
    let keys = segment::keys(&tx, edition.id, &text).await?;
    let before = said(&tx, &edition).await?.remove(&new.segment);
    let mut after = String::new();
    match (&before, applied(&mut check, &text.text, &keys, &new.segment, &new.coded)) {
        (None, _) => {
            let name: String = new.segment.chars().take(100).collect();
            check.fault(FieldError::new("/segment", FieldCode::Unknown).with("name", name));
        }
        (Some(_), Some((changed, _))) if changed == text.text => {
            check.fault(FieldError::new("/text", FieldCode::Unchanged));
        }
        // Not in the spelling of the text that it makes: its placeholders are those of the text that was read.
        (Some(_), Some((_, coded))) => after = coded,
        (Some(_), None) => {}
    }
    check.finish()?;
    let now = app.clock.now();
    let made = Suggestion {
        id: SuggestionId::new(),
        edition: edition.id,
        number: text.number,
        hash: text.hash,
        segment: new.segment,
        before: before.unwrap_or_default(),
        after,
        comment,
        by: actor.id,
        behalf,
        made_at,
        at: now,
        state: State::Open,
        answer: String::new(),
        answered: None,
        made: None,
    };
    suggestion::insert(&tx, &made).await?;
    tell(&tx, authors, NoticeKind::Suggested, About::subject(&article, locale, made.id.0), now).await?;
    let data = audit::suggested(&made);
    let names = account::names(&tx, people(&made)).await?;
    let made = Suggested { suggestion: made, outdated: false, names };
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry(audit::SUGGESTED, "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

/// In whose name somebody suggests, and at which stage of the open case: where they could decide, as for deciding, in
/// their own name first; else by whatever right to suggest they hold, at no stage. Who wrote the text saves it.
fn in_whose_name(
    actor: &Actor,
    open: Option<&Case>,
    on_behalf_of: Option<AccountId>,
    authors: &HashSet<AccountId>,
    scope: Scope<'_>,
) -> Result<(Option<Behalf>, Option<(CaseId, usize)>), Error> {
    let own = actor.holds(Suggest::ROLES, scope).then_some(None).filter(|_| on_behalf_of.is_none());
    let lent = Suggest::ROLES.iter().flat_map(|role| actor.stands_in(*role, scope));
    let lent = lent.filter(|one| on_behalf_of.is_none_or(|who| who == one.of));
    let rights: Vec<Option<Behalf>> =
        own.into_iter().chain(lent.map(|one| Some(Behalf { of: one.of, by: one.by }))).collect();
    if rights.is_empty() {
        return Err(Error::new(Problem::Forbidden));
    }
    let wrote = |behalf: &Option<Behalf>| {
        authors.contains(&actor.id) || behalf.is_some_and(|behalf| authors.contains(&behalf.of))
    };
    if let Some(case) = open
        && let Some((place, behalf)) = review::seat_of(actor, case, on_behalf_of, authors, scope)
        && rights.contains(&behalf)
    {
        return Ok((behalf, Some((case.id, place))));
    }
    let behalf = rights.into_iter().find(|behalf| !wrote(behalf)).ok_or_else(|| Error::new(Problem::OwnText))?;
    Ok((behalf, None))
}

/// The text with a segment's other wording, and that wording as it was read; faults go to the check.
fn applied(check: &mut Check, text: &Text, keys: &[String], key: &str, coded: &str) -> Option<(Text, String)> {
    let clean = match key {
        TITLE => check.line("/text", coded, MAX_TITLE),
        SUMMARY => check.text("/text", coded, MAX_SUMMARY),
        _ => check.text("/text", coded, MAX_BODY),
    };
    if !check.is_good("/text") {
        return None;
    }
    match with_segment(text, keys, key, &clean)? {
        Ok(changed) if changed.body.len() > MAX_BODY => {
            check.fault(FieldError::new("/text", FieldCode::TooLarge).with("max", MAX_BODY));
            None
        }
        Ok(changed) => Some((changed, clean)),
        Err(BadCoded::Placeholder | BadCoded::NotKept) => {
            check.fault(FieldError::new("/text", FieldCode::BadPlaceholder));
            None
        }
    }
}

/// What a segment of a text says, coded; the blocks of a text in which one was written anew keep their places.
fn coded_of(text: &Text, keys: &[String], key: &str) -> String {
    segments(text, keys).into_iter().find(|one| one.key == key).map(|one| one.block.coded).unwrap_or_default()
}

/// Turns a suggestion down, or takes one's own back.
pub async fn reject(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (suggestion_id, comment): (SuggestionId, &str),
    once: Once<Suggested>,
) -> Result<Done<Suggested>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let mut found = own(&tx, &actor, &article, &edition, suggestion_id).await?;
    // One's own, or what was suggested in one's name, is taken back.
    if found.by != actor.id && found.behalf.is_none_or(|behalf| behalf.of != actor.id) {
        may_write(&actor, &article, locale)?;
    }
    let mut check = Check::new();
    let comment = check.text("/comment", comment, MAX_NOTE);
    check.finish()?;
    rule::reject(found.state).map_err(refused)?;
    let now = app.clock.now();
    found.state = State::Rejected;
    found.answer = comment;
    found.answered = Some((actor.id, now));
    suggestion::answer(&tx, &found).await?;
    let to = made_by(&found).filter(|who| *who != actor.id);
    tell(&tx, to, NoticeKind::SuggestionRejected, About::subject(&article, locale, found.id.0), now).await?;
    let data = json!({"suggestion": found.id.to_string()});
    let names = account::names(&tx, people(&found)).await?;
    let made = Suggested { suggestion: found, outdated: false, names };
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry("suggestion.rejected", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

/// A suggestion about the edition that the actor may read.
async fn own(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
    id: SuggestionId,
) -> Result<Suggestion, Error> {
    let hidden = guest_numbers(tx, actor, article, edition).await?.is_some();
    let found = suggestion::find(tx, edition.id, id).await?;
    found.filter(|_| !hidden).ok_or_else(Error::not_found)
}

fn refused(refusal: rule::Refusal) -> Error {
    Error::new(match refusal {
        rule::Refusal::Answered => Problem::SuggestionAnswered,
        rule::Refusal::Outdated => Problem::SuggestionOutdated,
    })
}
