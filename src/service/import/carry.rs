//! Carrying a batch of rows in: one transaction, in which the good rows are written and the bad ones named.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::{
    Brought, Halt, Import, Outcome, digest_of, ground,
    make::{New, NewEdition, make},
    publish::{self, Public, again},
    read::{self, Prepared, Row},
    replay::{Waiting, replay},
    settle::Taken,
};
use crate::{
    domain::{
        address::Place,
        event::{Event, EventType},
    },
    kernel::{Code, EditionId, LocaleTag, Slug, Timestamp},
    service::{App, Error, FieldCode, FieldError, article::Known, audit, edition::told_saved, segment, vocabulary},
    store::{
        Change, WriteTx, article, edition,
        import::{self, DoneRow},
        publication, revision,
    },
};

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
    for New { article, editions, .. } in new {
        let waiting = editions.into_iter().filter(|one| !one.acts.is_empty()).map(Waiting::from).collect();
        change = replay(app, &tx, &actor, import, &article, waiting, change).await?;
    }
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
    let texts = editions.iter().flat_map(|one| one.texts().map(|text| (one.edition.id, text)));
    revision::insert_many(tx, &texts.collect::<Vec<_>>()).await?;
    for one in &editions {
        for (before, next) in one.texts().zip(&one.later) {
            segment::keep(tx, one.edition.id, before, next).await?;
        }
    }
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
    claims.extend(editions.iter().flat_map(|one| {
        let live = one.since.map(|_| &one.first.text.slug);
        one.slugs.iter().chain(live).map(|slug| (&one.edition.locale, slug, one.edition.id))
    }));
    publication::claim_many(tx, &claims, now).await?;
    import::insert_done(tx, &new.iter().map(|one| one.done.clone()).collect::<Vec<_>>()).await?;
    for one in new {
        let codes = |code: &Code| code.as_str().to_owned();
        let data = json!({
            "import": import.run.id.to_string(),
            "row_hash": one.done.hash.to_string(),
            "agency": codes(&one.article.shared.agency),
            "editions": one.editions.iter().map(|it| (it.edition.locale.to_string(), it.first.hash.to_string()))
                .collect::<BTreeMap<_, _>>(),
            "sources": one.editions.iter().map(|it| (it.edition.locale.to_string(), it.first.source_number))
                .collect::<BTreeMap<_, _>>(),
        });
        change = change.entry(audit::BROUGHT, "article", one.article.id, data).emit(Event {
            kind: EventType::Draft,
            article: Some(one.article.id),
            locale: None,
        });
        for (id, text) in one.editions.iter().flat_map(|it| it.later.iter().map(|text| (it.edition.id, text))) {
            change = change.entry("edition.saved", "edition", id, told_saved(text));
        }
    }
    publish::write(tx, import, public, change).await
}
