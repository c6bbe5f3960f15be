//! Carrying a batch of rows in: one transaction, in which the good rows are written and the bad ones named.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::{
    Brought, Halt, Import, Outcome, digest_of, ground,
    publish::{self, Public, again},
    read::{self, Prepared, Row},
    settle::Taken,
};
use crate::{
    domain::{
        access::Actor,
        address::{Address, Place},
        event::{Event, EventType},
        revision::{ChangeClass, Provenance, Revision, Shared, Text, seal},
        workflow::Sensitivity,
    },
    kernel::{ArticleId, Code, EditionId, LocaleTag, RevisionId, Slug, Timestamp},
    service::{
        App, Error, FieldCode, FieldError,
        article::{Article, Known},
        audit,
        edition::Edition,
        vocabulary,
    },
    store::{
        Change, WriteTx, article, edition,
        import::{self, DoneRow},
        publication, revision,
    },
};

/// A new article with its editions, ready to be written.
#[derive(Debug)]
pub(super) struct New {
    pub(super) article: Article,
    pub(super) editions: Vec<NewEdition>,
    done: DoneRow,
}

#[derive(Debug)]
pub(super) struct NewEdition {
    pub(super) edition: Edition,
    pub(super) revision: Revision,
    pub(super) addresses: Vec<Address>,
    /// Since when it is public, if by the decision it is.
    pub(super) since: Option<Timestamp>,
}

/// Brings a batch of rows in; `place` says which batch of the plan it is. What became of each row comes back in
/// their order.
pub async fn carry(app: &App, import: &Import, place: usize, rows: Vec<Prepared>) -> Result<Vec<Outcome>, Halt> {
    let seen = digest_of(rows.iter().map(|row| row.hash));
    if import.batches.get(place) != Some(&seen) {
        return Err(Halt::OtherRows);
    }
    let tx = app.db.write().await?;
    let actor = ground(&tx, import).await?;
    let now = app.clock.now();
    let mut change = Change::by(Some(actor.id), now);
    let mut outcomes: Vec<Option<Outcome>> = Vec::with_capacity(rows.len());
    let mut articles: Vec<(usize, crate::kernel::Digest, read::Article)> = Vec::new();
    let mut words = false;
    for (turn, row) in rows.into_iter().enumerate() {
        outcomes.push(match row.row {
            Row::Refused(error) => Some(Outcome::Refused(error)),
            Row::Before => Some(Outcome::Before),
            Row::Entry(entry) => Some(match vocabulary::bring(&tx, entry).await {
                Ok(None) => Outcome::Before,
                Ok(Some(put)) => {
                    words = true;
                    change = put.told(change);
                    Outcome::Done(Brought::default())
                }
                Err(error) if error.code().status() >= 500 => return Err(error.into()),
                Err(error) => Outcome::Refused(error),
            }),
            Row::Article(article) => {
                articles.push((turn, row.hash, *article));
                None
            }
        });
    }
    let known = Known::read(&tx).await?;
    let keys: Vec<&str> = articles.iter().map(|(_, _, one)| one.key.as_str()).collect();
    let done: HashMap<String, DoneRow> =
        import::done_by_key(&tx, &keys).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
    let mut taken = Taken::of(&tx, &articles.iter().map(|(_, _, one)| one).collect::<Vec<_>>()).await?;
    let (mut new, mut turns, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (turn, hash, one) in articles {
        let refused = |code| Some(Outcome::Refused(Error::invalid_at("/key", code)));
        outcomes[turn] = match done.get(&one.key) {
            Some(before) if before.hash != hash => refused(FieldCode::RowChanged),
            Some(before) if import.run.publish => {
                let (outcome, changed) = again(app, &tx, &actor, import, before, &one, change).await?;
                change = changed;
                Some(outcome)
            }
            Some(_) => Some(Outcome::Before),
            None if !seen.insert(one.key.clone()) && !one.key.is_empty() => {
                let fault = FieldError::new("/key", FieldCode::Duplicate).with("name", one.key.as_str());
                Some(Outcome::Refused(Error::invalid(vec![fault])))
            }
            None => match make(&tx, &known, &mut taken, &actor, import, (one, hash), now).await? {
                Ok((made, brought)) => {
                    new.push(made);
                    turns.push((turn, brought));
                    None
                }
                Err(error) => Some(Outcome::Refused(error)),
            },
        };
    }
    for (turn, brought) in turns {
        outcomes[turn] = Some(Outcome::Done(brought));
    }
    let written = !new.is_empty();
    let public = publish::allowed(app, &tx, &actor, import, &known, &mut new).await?;
    change = write(&tx, import, &new, &public, now, change).await?;
    let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    // A batch in which nothing was done leaves no trace.
    if written || words || !change.is_empty() {
        let mark =
            Event { kind: if words { EventType::Vocabulary } else { EventType::Draft }, article: None, locale: None };
        tx.commit(change.emit(mark)).await?;
    }
    if words {
        app.public.reload(app).await?;
    }
    Ok(outcomes)
}

/// The article of a row, or why there is none.
async fn make(
    tx: &WriteTx,
    known: &Known,
    taken: &mut Taken,
    actor: &Actor,
    import: &Import,
    (mut one, hash): (read::Article, crate::kernel::Digest),
    now: Timestamp,
) -> Result<Result<(New, Brought), Error>, Error> {
    let check = &mut one.check;
    let agency = known.agency(check, "/agency", &one.agency);
    let source_locale = known.locale(check, "/source_locale", &one.source_locale);
    let topics = known.topics(check, &one.topics);
    let mut settled: Vec<(LocaleTag, Slug, Vec<Address>)> = Vec::with_capacity(one.editions.len());
    for (place, edition) in one.editions.iter().enumerate() {
        let pointer = format!("/editions/{place}");
        let Some(locale) = known.locale(check, &format!("{pointer}/locale"), &edition.locale) else { continue };
        let slug = taken.slug(tx, check, &pointer, &locale, (edition, hash)).await?;
        let mine: Vec<Address> = settled.iter().flat_map(|(_, _, all)| all.clone()).collect();
        let addresses = taken.addresses(check, &pointer, &locale, (slug.as_ref(), &mine), edition);
        if let Some(slug) = slug {
            settled.push((locale, slug, addresses));
        }
    }
    if let Err(error) = std::mem::take(check).finish() {
        return Ok(Err(error));
    }
    let (Some(agency), Some(source_locale)) = (agency, source_locale) else { return Ok(Err(Error::not_found())) };
    taken.give(settled.iter().map(|(locale, slug, addresses)| (locale, slug, addresses.as_slice())));
    let shared = Shared { kind: one.kind, agency, topics, place: one.place, details: one.details };
    let article = Article {
        id: ArticleId::new(),
        source_locale,
        shared,
        sensitivity: Sensitivity::Normal,
        version: 1,
        created_by: actor.id,
        created_at: now,
        updated_at: now,
    };
    let mut brought = Brought::default();
    let mut dates = BTreeMap::new();
    let mut editions = Vec::with_capacity(settled.len());
    for (place, (edition, (locale, slug, addresses))) in one.editions.into_iter().zip(settled).enumerate() {
        let since = edition.published_at.filter(|_| import.run.publish);
        *(if since.is_some() { &mut brought.published } else { &mut brought.drafts }) += 1;
        if !edition.draft.stripped.is_empty() {
            brought.stripped.push((format!("/editions/{place}/body"), edition.draft.stripped.clone()));
        }
        if let Some(at) = edition.updated_at {
            dates.insert(locale.to_string(), at);
        }
        editions.push(begin(&article, (locale, slug), edition, addresses, since, now, actor));
    }
    let done = DoneRow { key: one.key, hash, article: article.id, import: import.run.id, dates };
    Ok(Ok((New { article, editions, done }, brought)))
}

/// An edition's first revision, as another system had it.
fn begin(
    article: &Article,
    (locale, slug): (LocaleTag, Slug),
    one: read::Edition,
    addresses: Vec<Address>,
    since: Option<Timestamp>,
    now: Timestamp,
    actor: &Actor,
) -> NewEdition {
    let is_source = locale == article.source_locale;
    // Of what a translation was made that its source has left behind, there is no revision here: it is number none.
    let source = (!is_source).then(|| u32::from(!one.stale));
    let place = if is_source { article.shared.place.clone() } else { one.place };
    let shared = Shared { place, ..article.shared.clone() };
    let draft = one.draft;
    let text = Text { title: draft.title, summary: draft.summary, body: draft.body, slug, details: draft.details };
    let (_, hash) = seal(article.id, &locale, &text, &shared);
    let revision = Revision {
        id: RevisionId::new(),
        number: 1,
        text,
        shared,
        hash,
        source_number: source,
        change: ChangeClass::Major,
        change_note: String::new(),
        provenance: Provenance::Import,
        by: actor.id,
        at: now,
    };
    let edition = Edition {
        id: EditionId::new(),
        article: article.id,
        locale,
        guid: None,
        latest: 1,
        source,
        approved: None,
        live: None,
        case: None,
        publication: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    NewEdition { edition, revision, addresses, since }
}

/// Writes all of it, and tells it.
async fn write(
    tx: &WriteTx,
    import: &Import,
    new: &[New],
    public: &[Public],
    now: Timestamp,
    mut change: Change,
) -> Result<Change, Error> {
    article::insert_many(tx, &new.iter().map(|one| &one.article).collect::<Vec<_>>()).await?;
    let editions: Vec<&NewEdition> = new.iter().flat_map(|one| &one.editions).collect();
    edition::insert_many(tx, &editions.iter().map(|one| &one.edition).collect::<Vec<_>>()).await?;
    let revisions: Vec<_> = editions.iter().map(|one| (one.edition.id, &one.revision)).collect();
    revision::insert_many(tx, &revisions).await?;
    let old: Vec<_> =
        editions.iter().flat_map(|one| one.addresses.iter().map(|address| (address, one.edition.id))).collect();
    import::insert_addresses(tx, &old).await?;
    // A slug that was public elsewhere is its edition's for ever, whether the edition is public here or not yet.
    let slugs: Vec<(LocaleTag, Slug, EditionId)> = old
        .iter()
        .filter_map(|(address, id)| match address.place() {
            Place::Slug(locale, slug) => Some((locale, slug, *id)),
            Place::Free | Place::Ours => None,
        })
        .collect();
    let mut claims: Vec<_> = slugs.iter().map(|(locale, slug, id)| (locale, slug, *id)).collect();
    let live = editions.iter().filter(|one| one.since.is_some());
    claims.extend(live.map(|one| (&one.edition.locale, &one.revision.text.slug, one.edition.id)));
    publication::claim_many(tx, &claims, now).await?;
    import::insert_done(tx, &new.iter().map(|one| one.done.clone()).collect::<Vec<_>>()).await?;
    for one in new {
        let codes = |code: &Code| code.as_str().to_owned();
        let data = json!({
            "import": import.run.id.to_string(),
            "row_hash": one.done.hash.to_string(),
            "agency": codes(&one.article.shared.agency),
            "editions": one.editions.iter().map(|it| (it.edition.locale.to_string(), it.revision.hash.to_string()))
                .collect::<BTreeMap<_, _>>(),
        });
        change = change.entry(audit::BROUGHT, "article", one.article.id, data).emit(Event {
            kind: EventType::Draft,
            article: Some(one.article.id),
            locale: None,
        });
    }
    publish::write(tx, import, public, change).await
}
