//! Taking an article's shared fields into its editions: the same text with the new snapshot, in a short case of its
//! own where the text is the one that is public.

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, Known, event, readable},
    caller::allow,
    edition::{self, Edition, Next, may_write},
    review,
};
use crate::{
    domain::{
        access::{Scope, WriteArticle},
        revision::{ChangeClass, Provenance, Revision, Shared, seal},
        workflow::{Case, SHARED_FIELDS},
    },
    kernel::{ArticleId, LocaleTag},
    store::{Change, Tx, edition as editions, publication, revision as revisions},
};

/// What became of one edition.
#[derive(Clone, Debug)]
pub struct Refreshed {
    /// Its language.
    pub locale: LocaleTag,
    /// The row's version now.
    pub version: i64,
    /// The new revision; nothing where the edition had the shared fields as they are.
    pub revision: Option<Revision>,
    /// The short case over it; nothing where the text itself was not public, and goes the usual way.
    pub case: Option<Case>,
    /// Whether the place is in the edition's own words and was left as it is.
    pub own_place: bool,
}

/// Takes the shared fields into the editions of some languages.
pub async fn refresh(
    app: &App,
    caller: Caller,
    id: ArticleId,
    locales: &[String],
    once: Once<Vec<Refreshed>>,
) -> Result<Done<Vec<Refreshed>>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let article = readable(&tx, &actor, id).await?;
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&article.source_locale) };
    let whole = allow::<WriteArticle>(&actor, scope).is_ok();
    let known = Known::read(&tx).await?;
    let mut check = Check::new();
    let mut wanted: Vec<Edition> = Vec::new();
    if locales.is_empty() {
        check.fault(FieldError::new("/locales", FieldCode::Required));
    }
    for (place, raw) in locales.iter().enumerate() {
        let pointer = format!("/locales/{place}");
        let Some(locale) = known.locale(&mut check, &pointer, raw) else { continue };
        if !whole {
            may_write(&actor, &article, &locale)?;
        }
        match editions::find(&tx, id, &locale).await? {
            Some(one) if wanted.iter().any(|other| other.id == one.id) => {
                check.fault(FieldError::new(pointer, FieldCode::Duplicate).with("name", raw.as_str()));
            }
            Some(one) => wanted.push(one),
            None => check.fault(FieldError::new(pointer, FieldCode::Unknown).with("name", raw.as_str())),
        }
    }
    if !whole && locales.is_empty() {
        return Err(Error::new(Problem::Forbidden));
    }
    check.finish()?;
    let mut change = Change::by(Some(actor.id), app.clock.now());
    let mut done = Vec::with_capacity(wanted.len());
    for mut edition in wanted {
        let before = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
        let (shared, own_place) = snapshot(&article, &edition, &before);
        if shared == before.shared {
            done.push(Refreshed {
                locale: edition.locale.clone(),
                version: edition.version,
                revision: None,
                case: None,
                own_place,
            });
            continue;
        }
        let was_public = edition.live == Some(edition.latest);
        let next = Next {
            text: before.text.clone(),
            shared,
            source: edition.source,
            change: ChangeClass::Shared,
            note: String::new(),
            provenance: Provenance::Human,
            by: actor.id,
        };
        let made = edition::follow(app, &tx, &article, &mut edition, &before, next).await?;
        change = change.entry("edition.saved", "edition", edition.id, edition::told_saved(&made));
        let mut case = None;
        if was_public {
            let under = review::Under::Named(SHARED_FIELDS);
            let by = (actor.id, String::new());
            let opened = review::open(app, &tx, (&article, &mut edition), &made, under, by).await?;
            change = opened.tell(change);
            case = Some(opened.case);
        }
        editions::update(&tx, &edition).await?;
        change = change.emit(event(&article, Some(&edition.locale)));
        done.push(Refreshed {
            locale: edition.locale.clone(),
            version: edition.version,
            revision: Some(made),
            case,
            own_place,
        });
    }
    if change.is_empty() {
        return Ok(Done::Now(done));
    }
    once.keep(app, &tx, actor.id, &done).await?;
    let locales: Vec<_> = done.iter().filter(|one| one.revision.is_some()).map(|one| one.locale.as_str()).collect();
    let data = json!({"version": article.version, "locales": locales});
    tx.commit(change.entry("article.refreshed", "article", id, data)).await?;
    Ok(Done::Now(done))
}

/// The shared fields that an edition would have now, and whether its place is its own.
fn snapshot(article: &Article, edition: &Edition, before: &Revision) -> (Shared, bool) {
    let mut shared = article.shared.clone();
    // The words for a place are each language's own; only the source has the article's.
    let own_place = edition.locale != article.source_locale;
    if own_place {
        shared.place.clone_from(&before.shared.place);
    }
    let own_place = own_place && shared.place.is_some();
    (shared, own_place)
}

/// Whether a text may be published by a case: one over shared fields alone covers no word that is not public already.
/// Looked at in the transaction of the publication, on the rows as they lie there.
pub(super) async fn covers(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    case: &Case,
    text: &Revision,
) -> Result<bool, Error> {
    if case.workflow.code != SHARED_FIELDS {
        return Ok(true);
    }
    let Some(live) = edition.live else { return Ok(false) };
    let Some(public) = revisions::find(tx, edition.id, live).await? else { return Ok(false) };
    let last = publication::find_many(tx, edition.publication).await?.pop();
    let (_, hash) = seal(article.id, &edition.locale, &public.text, &public.shared);
    let is_public = last.is_some_and(|act| act.number == live && act.content_hash == hash);
    let own_place = edition.locale == article.source_locale || public.shared.place == text.shared.place;
    Ok(is_public && public.text == text.text && own_place)
}
