//! Saving a text: a new edition, or the next revision of one.

use serde_json::json;

use super::{
    Condition, Draft, Edition, Save, Saved,
    draft::{not_minor, settle_slug, told_where, touched, touched_segment},
    may_write, read_text, reference_of,
};
use crate::{
    domain::{
        access::Actor,
        details::{self, Details, Part},
        revision::{ChangeClass, MAX_NOTE, MAX_PLACE, Provenance, Revision, Shared, Text, seal},
    },
    kernel::{AccountId, ArticleId, EditionId, LocaleTag, RevisionId},
    service::{
        App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
        article::{Article, event, readable},
        attest, review, segment,
    },
    store::{Change, Tx, WriteTx, edition, revision, vocabulary},
};

/// Begins an edition with its first revision; of what all share, a translation says the place in its own words.
pub(in crate::service) async fn begin(
    app: &App,
    tx: &WriteTx,
    by: AccountId,
    (article, shared): (&Article, Shared),
    locale: &LocaleTag,
    draft: Draft,
    source_number: Option<u32>,
) -> Result<Saved, Error> {
    let now = app.clock.now();
    let id = EditionId::new();
    let slug = settle_slug(tx, id, locale, draft.slug, !draft.slug_asked).await?;
    let text = Text { title: draft.title, summary: draft.summary, body: draft.body, slug, details: draft.details };
    let (_, hash) = seal(article.id, locale, &text, &shared);
    let first = Revision {
        id: RevisionId::new(),
        number: 1,
        text,
        shared,
        hash,
        source_number,
        change: ChangeClass::Major,
        change_note: String::new(),
        provenance: Provenance::Human,
        by,
        at: now,
    };
    let begun = Edition {
        id,
        article: article.id,
        locale: locale.clone(),
        guid: None,
        latest: 1,
        source: source_number,
        approved: None,
        live: None,
        case: None,
        publication: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    edition::insert(tx, &begun).await?;
    revision::insert(tx, id, &first).await?;
    Ok(Saved { edition: begun, revision: first, stripped: draft.stripped })
}

/// Saves a text: a new edition, or the next revision of one. Whatever was under review or
/// approved is superseded; what is public stays as it is.
pub async fn save(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    condition: Condition,
    order: Save,
    once: Once<Saved>,
) -> Result<Done<Saved>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let article = readable(&tx, &actor, id).await?;
    if !vocabulary::locales(&tx).await?.iter().any(|known| known.tag == *locale) {
        return Err(Error::not_found());
    }
    may_write(&actor, &article, locale)?;
    let existing = edition::find(&tx, id, locale).await?;
    let mut check = Check::new();
    let own = match details::read(article.shared.kind, Part::Own, &order.details) {
        Ok(split) => split.own,
        Err(faults) => {
            check.details("/details", article.shared.kind.as_str(), faults);
            Details::new()
        }
    };
    let draft = read_text(&mut check, &order.text, own);
    let note = check.maybe_line("/change_note", &order.change_note, MAX_NOTE);
    let place = own_place(&article, locale, order.place.as_deref(), &mut check);
    let source =
        source_number(&tx, &actor, &article, locale, existing.as_ref(), order.source_revision, &mut check).await?;
    let saved = match (existing, condition) {
        (None, Condition::New) => {
            check.finish()?;
            let shared = Shared { place, ..article.shared.clone() };
            begin(app, &tx, actor.id, (&article, shared), locale, draft, source).await?
        }
        (Some(edition), Condition::Version(version)) if edition.version == version => {
            let made = Made { by: actor.id, change: order.change, note, place, source };
            append(app, &tx, &article, edition, draft, made, check).await?
        }
        (None, Condition::Version(_)) => return Err(Error::not_found()),
        (Some(_), _) => return Err(Error::new(Problem::PreconditionFailed)),
    };
    once.keep(app, &tx, actor.id, &saved).await?;
    let data = told_saved(&saved.revision);
    let change = Change::by(Some(actor.id), app.clock.now())
        .entry("edition.saved", "edition", saved.edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(saved))
}

struct Made {
    by: AccountId,
    change: ChangeClass,
    note: String,
    place: Option<String>,
    source: Option<u32>,
}

async fn append(
    app: &App,
    tx: &WriteTx,
    article: &Article,
    mut edition: Edition,
    draft: Draft,
    made: Made,
    mut check: Check,
) -> Result<Saved, Error> {
    let before = revision::find(tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    // An address that readers may have kept changes only when somebody asks for it.
    let asked = draft.slug.filter(|slug| draft.slug_asked && *slug != before.text.slug);
    let keep = before.text.slug.clone();
    let text =
        Text { title: draft.title, summary: draft.summary, body: draft.body, slug: keep, details: draft.details };
    // The snapshot it had: shared fields come in by a refresh, not behind a translator's back.
    let mut shared = before.shared.clone();
    if edition.locale != article.source_locale {
        shared.place = made.place;
    }
    if made.change == ChangeClass::Minor
        && let Some(touched) =
            touched((&before.text, before.shared.place.as_deref()), (&text, shared.place.as_deref()), &edition.locale)
    {
        check.fault(not_minor(&touched));
        let keys = segment::keys(tx, edition.id, &before).await?;
        let where_it_is = touched_segment((&before.text, &keys), &text, before.number + 1, &edition.locale);
        return Err(told_where(check, &touched, where_it_is));
    }
    check.finish()?;
    let slug = match asked {
        Some(slug) => settle_slug(tx, edition.id, &edition.locale, Some(slug), false).await?,
        None => text.slug.clone(),
    };
    let Made { by, change, note, source, .. } = made;
    let text = Text { slug, ..text };
    let next = Next { text, shared, source, change, note, provenance: Provenance::Human, by };
    let next = follow(app, tx, article, &mut edition, &before, next).await?;
    edition::update(tx, &edition).await?;
    Ok(Saved { edition, revision: next, stripped: draft.stripped })
}

/// A text that follows another.
pub(in crate::service) struct Next {
    pub(in crate::service) text: Text,
    pub(in crate::service) shared: Shared,
    pub(in crate::service) source: Option<u32>,
    pub(in crate::service) change: ChangeClass,
    pub(in crate::service) note: String,
    pub(in crate::service) provenance: Provenance,
    pub(in crate::service) by: AccountId,
}

/// Adds the next revision, and ends what was under way over the text before; the caller writes the edition.
pub(in crate::service) async fn follow(
    app: &App,
    tx: &WriteTx,
    article: &Article,
    edition: &mut Edition,
    before: &Revision,
    next: Next,
) -> Result<Revision, Error> {
    let (_, hash) = seal(article.id, &edition.locale, &next.text, &next.shared);
    let now = app.clock.now();
    let next = Revision {
        id: RevisionId::new(),
        number: before.number + 1,
        text: next.text,
        shared: next.shared,
        hash,
        source_number: next.source,
        change: next.change,
        change_note: next.note,
        provenance: next.provenance,
        by: next.by,
        at: now,
    };
    revision::insert(tx, edition.id, &next).await?;
    segment::keep(tx, edition.id, before, &next).await?;
    review::supersede(app, tx, (article, edition), next.by).await?;
    attest::supersede(app, tx, article, edition).await?;
    edition.latest = next.number;
    edition.source = next.source_number;
    edition.version += 1;
    edition.updated_at = now;
    Ok(next)
}

/// What the audit chain is told of a text that was saved.
pub(in crate::service) fn told_saved(saved: &Revision) -> serde_json::Value {
    json!({
        "revision": saved.id.to_string(),
        "at": saved.at.exact(),
        "number": saved.number,
        "content_hash": saved.hash.to_string(),
        "change": saved.change.as_str(),
        "source": saved.source_number,
        "provenance": saved.provenance.as_str(),
    })
}

/// Where it happens, in a translation's words: another language's place names are not its own. The source's are the
/// article's.
fn own_place(article: &Article, locale: &LocaleTag, told: Option<&str>, check: &mut Check) -> Option<String> {
    if *locale == article.source_locale {
        if told.is_some() {
            check.fault(FieldError::new("/place", FieldCode::NotOfSource));
        }
        return None;
    }
    told.and_then(|raw| check.place("/place", raw, MAX_PLACE))
}

/// The source's revision that a text is made from: as told, else as before, else the one that the writer can see.
async fn source_number(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    locale: &LocaleTag,
    existing: Option<&Edition>,
    told: Option<u32>,
    check: &mut Check,
) -> Result<Option<u32>, Error> {
    if *locale == article.source_locale {
        if told.is_some() {
            check.fault(FieldError::new("/source_revision", FieldCode::NotOfSource));
        }
        return Ok(None);
    }
    let source = edition::find(tx, article.id, &article.source_locale).await?.ok_or_else(Error::not_found)?;
    let visible = if actor.reads_drafts_of(&article.shared.agency) { source.latest } else { reference_of(&source) };
    match told.or_else(|| existing.and_then(|edition| edition.source)) {
        // What was brought in behind its source stays so until somebody says what it follows now.
        Some(0) if told.is_none() => Ok(Some(0)),
        Some(number) if number == 0 || number > visible.max(existing.and_then(|e| e.source).unwrap_or(0)) => {
            check.fault(FieldError::new("/source_revision", FieldCode::Unknown).with("name", number.to_string()));
            Ok(None)
        }
        Some(number) => Ok(Some(number)),
        None => Ok(Some(reference_of(&source))),
    }
}
