//! Segments of a text, and what differs between two texts.

use super::{
    App, Caller, Error,
    edition::{self, Edition, find, guest_numbers, reference_of, visible_number},
};
use crate::{
    domain::{
        access::Actor,
        body::{Block, blocks},
        freshness::Freshness,
        revision::Revision,
        segment::{
            Segment,
            compare::{Difference, compare},
            first_keys, next_keys, with_blocks,
        },
    },
    kernel::{ArticleId, EditionId, LocaleTag},
    store::{ReadTx, Tx, WriteTx, article::Article, edition as editions, revision as revisions, segment},
};

/// A text as its segments.
#[derive(Clone, Debug)]
pub struct Segmented {
    /// The article.
    pub article: ArticleId,
    /// The edition's language.
    pub locale: LocaleTag,
    /// The text.
    pub revision: Revision,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// What changed in the source since it was made, if it is the newest text of a translation that is out of date.
    pub behind: Option<Difference>,
}

/// What differs between two texts of an edition.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The number of the newer text, as it was asked for.
    pub number: u32,
    /// The number of the text that it is compared with; 0 where there is none.
    pub against: u32,
    /// What differs.
    pub difference: Difference,
}

/// The keys of a text's blocks.
pub(super) async fn keys(tx: &impl Tx, edition: EditionId, text: &Revision) -> Result<Vec<String>, Error> {
    keys_of(tx, edition, text, &blocks(&text.text.body)).await
}

async fn keys_of(tx: &impl Tx, edition: EditionId, text: &Revision, body: &[Block]) -> Result<Vec<String>, Error> {
    let kept = segment::kept(tx, edition, text.number).await?;
    let from = match kept {
        Some((number, keys)) if number == text.number && keys.len() == body.len() => return Ok(keys),
        Some((number, keys)) if number < text.number => Some((number, keys)),
        _ => None,
    };
    if text.number == 1 {
        return Ok(first_keys(body));
    }
    // What is not kept is worked out from what is, or from the first text on.
    let history = segment::between(tx, edition, from.as_ref().map_or(1, |(number, _)| *number), text.number).await?;
    let mut history = history.into_iter().map(|one| (one.number, blocks(&one.text.body)));
    let Some((_, mut before)) = history.next() else { return Err(Error::not_found()) };
    let mut keys = from.map(|(_, keys)| keys).filter(|keys| keys.len() == before.len());
    let mut known = keys.take().unwrap_or_else(|| first_keys(&before));
    for (number, body) in history {
        known = next_keys(&before, &known, &body, number);
        before = body;
    }
    Ok(known)
}

/// The segments of a text.
pub(super) async fn of(tx: &impl Tx, edition: EditionId, text: &Revision) -> Result<Vec<Segment>, Error> {
    let body = blocks(&text.text.body);
    let keys = keys_of(tx, edition, text, &body).await?;
    Ok(with_blocks(&text.text, &keys, body))
}

/// Works out the keys of a text that follows another, and keeps them.
pub(super) async fn keep(tx: &WriteTx, edition: EditionId, before: &Revision, next: &Revision) -> Result<(), Error> {
    let body = blocks(&before.text.body);
    let known = keys_of(tx, edition, before, &body).await?;
    let made = next_keys(&body, &known, &blocks(&next.text.body), next.number);
    Ok(segment::keep(tx, edition, (next.id, next.number), &made).await?)
}

/// The segments of a text that the caller may read: of the one that is shown, or of the revision of a number.
pub async fn show(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    number: Option<u32>,
) -> Result<Segmented, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let shown = visible_number(&tx, &actor, &article, &edition).await?;
    let number = number.unwrap_or(shown);
    let text = readable(&tx, &actor, (&article, &edition), number).await?;
    let segments = of(&tx, edition.id, &text).await?;
    let behind = if number == edition.latest { behind(app, &tx, &actor, &article, &edition).await? } else { None };
    Ok(Segmented { article: article.id, locale: edition.locale, revision: text, segments, behind })
}

/// A revision, if the actor may read it.
pub(super) async fn readable(
    tx: &impl Tx,
    actor: &Actor,
    (article, edition): (&Article, &Edition),
    number: u32,
) -> Result<Revision, Error> {
    if guest_numbers(tx, actor, article, edition).await?.is_some_and(|all| !all.contains(&number)) {
        return Err(Error::not_found());
    }
    revisions::find(tx, edition.id, number).await?.ok_or_else(Error::not_found)
}

/// What differs between a text and another of the edition, the one before it where none is named.
pub async fn difference(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    number: u32,
    against: Option<u32>,
) -> Result<Compared, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let whole = (&article, &edition);
    let text = readable(&tx, &actor, whole, number).await?;
    let against = match against {
        Some(against) => against,
        None => number - 1,
    };
    if against == 0 {
        let nothing = Revision { text: emptied(&text), ..text.clone() };
        let made = of(&tx, edition.id, &text).await?;
        let difference = compare((&nothing.text, &nothing.shared, &[]), (&text.text, &text.shared, &made));
        return Ok(Compared { number, against, difference });
    }
    let other = readable(&tx, &actor, whole, against).await?;
    let difference = between(&tx, edition.id, &other, &text).await?;
    Ok(Compared { number, against, difference })
}

fn emptied(text: &Revision) -> crate::domain::revision::Text {
    crate::domain::revision::Text {
        title: String::new(),
        summary: String::new(),
        body: String::new(),
        ..text.text.clone()
    }
}

/// What differs between two texts of an edition.
pub(super) async fn between(
    tx: &impl Tx,
    edition: EditionId,
    old: &Revision,
    new: &Revision,
) -> Result<Difference, Error> {
    let (before, after) = (of(tx, edition, old).await?, of(tx, edition, new).await?);
    Ok(compare((&old.text, &old.shared, &before), (&new.text, &new.shared, &after)))
}

/// What changed in the source since a translation's newest text was made, if it is out of date and the actor may read
/// both texts of the source.
pub(super) async fn behind(
    app: &App,
    tx: &ReadTx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
) -> Result<Option<Difference>, Error> {
    let standings = edition::standings(app, tx, std::slice::from_ref(article), std::slice::from_ref(edition)).await?;
    let stale = standings.get(&edition.id).and_then(|one| one.freshness).is_some_and(Freshness::is_stale);
    if stale { since(tx, actor, article, edition).await } else { Ok(None) }
}

/// What changed in the source since the text that a translation's newest text follows.
pub(super) async fn since(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
) -> Result<Option<Difference>, Error> {
    let Some(source) = editions::find(tx, article.id, &article.source_locale).await? else { return Ok(None) };
    let (Some(made_from), reference) = (edition.source, reference_of(&source)) else { return Ok(None) };
    let whole = (article, &source);
    // A guest is shown no text of the source that never left its desk, and what was brought in follows none.
    let text = async |number| match readable(tx, actor, whole, number).await {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.code() == super::Code::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let (Some(old), Some(new)) = (text(made_from).await?, text(reference).await?) else { return Ok(None) };
    let mut found = between(tx, source.id, &old, &new).await?;
    found.fields.retain(|field| field.name != "slug");
    Ok(Some(found))
}
