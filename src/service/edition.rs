//! Editions: write a text, read one, see how it stands.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, LiveLine, event, live_line, readable},
    caller::allow,
    check::bad_character,
};
use crate::{
    domain::{
        access::{Actor, Scope, Translate, WriteSource},
        article::text_enum,
        body::{self, BadBody, Stripped, minor},
        details::{self, Details, Part},
        edition::{Facts, State, state},
        freshness::{Freshness, freshness, last_major, reference},
        publication::Envelope,
        revision::{ChangeClass, MAX_BODY, MAX_NOTE, MAX_SUMMARY, MAX_TITLE, Provenance, Revision, Text, seal},
        slugging::slug_from_title,
        workflow::{Case, CaseState},
    },
    kernel::{AccountId, ArticleId, EditionId, LocaleTag, RevisionId, Slug},
    store::{Change, Tx, WriteTx, case, edition, publication, revision, vocabulary},
};

pub use edition::Edition;

text_enum! {
    /// How a body is written when it comes in.
    BodyFormat {
        /// HTML, of which the body profile is kept.
        Html = "html",
        /// Markdown, which becomes HTML.
        Markdown = "markdown",
    }
}

/// A text as it was typed.
#[derive(Clone, Debug)]
pub struct NewText {
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// The body.
    pub body: String,
    /// How the body is written.
    pub format: BodyFormat,
    /// The slug, where none is to be made from the title.
    pub slug: Option<String>,
}

/// A text to be saved as the edition's next revision.
#[derive(Clone, Debug)]
pub struct Save {
    /// The text.
    pub text: NewText,
    /// The details in the edition's own words.
    pub details: Details,
    /// The source's revision that it was made from.
    pub source_revision: Option<u32>,
    /// How much it changes.
    pub change: ChangeClass,
    /// What it changes.
    pub change_note: String,
}

/// Whether an edition is begun or saved again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    New,
    /// Its row has this version.
    Version(i64),
}

/// What saving made.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The edition.
    pub edition: Edition,
    /// The new revision.
    pub revision: Revision,
    /// What was stripped from the body.
    pub stripped: Vec<Stripped>,
}

/// An edition with its newest text and how it stands.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The article.
    pub article: Article,
    /// The edition.
    pub edition: Edition,
    /// The text that the caller may see: the newest, or for who is a guest at the source, the reference.
    pub revision: Revision,
    /// The newest case, if it is about that text.
    pub case: Option<Case>,
    /// How it stands.
    pub standing: Standing,
}

/// How an edition stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// What is public of it.
    pub live: Option<LiveLine>,
    /// How it stands to its source; none for the source itself.
    pub freshness: Option<Freshness>,
}

/// A text that was read and found good.
pub(super) struct Draft {
    title: String,
    summary: String,
    body: String,
    slug: Option<Slug>,
    /// Whether the slug was asked for, not made from the title.
    slug_asked: bool,
    details: Details,
    stripped: Vec<Stripped>,
}

/// Reads a text; faults go to the check.
pub(super) fn read_text(check: &mut Check, text: &NewText, own: Details) -> Draft {
    let title = check.line("/title", &text.title, MAX_TITLE);
    let summary = check.text("/summary", &text.summary, MAX_SUMMARY);
    let mut accepted = None;
    if text.body.len() > MAX_BODY {
        check.fault(FieldError::new("/body", FieldCode::TooLong).with("max", MAX_BODY));
    } else {
        let read = match text.format {
            BodyFormat::Html => body::accept_html(&text.body),
            BodyFormat::Markdown => body::accept_markdown(&text.body),
        };
        match read {
            Ok(read) if body::is_blank(&read.html) => check.fault(FieldError::new("/body", FieldCode::EmptyBody)),
            Ok(read) if read.html.len() > MAX_BODY => {
                check.fault(FieldError::new("/body", FieldCode::TooLong).with("max", MAX_BODY));
            }
            Ok(read) => accepted = Some(read),
            Err(BadBody::Text(bad)) => check.fault(bad_character("/body", &bad)),
            Err(BadBody::TooDeep | BadBody::TooTangled | BadBody::Ambiguous) => {
                check.fault(FieldError::new("/body", FieldCode::TooDeep).with("max", body::MAX_DEPTH));
            }
        }
    }
    let slug = match text.slug.as_deref() {
        None => slug_from_title(&title),
        Some(raw) => raw.parse().map_err(|_| check.fault(FieldError::new("/slug", FieldCode::BadSlug))).ok(),
    };
    let (body, stripped) = accepted.map_or((String::new(), Vec::new()), |read| (read.html, read.stripped));
    if let Some(image) = body::images(&body).into_iter().next() {
        check.fault(FieldError::new("/body", FieldCode::Unknown).with("name", image));
    }
    Draft { title, summary, body, slug, slug_asked: text.slug.is_some(), details: own, stripped }
}

/// Begins an edition with its first revision.
pub(super) async fn begin(
    app: &App,
    tx: &WriteTx,
    by: AccountId,
    article: &Article,
    locale: &LocaleTag,
    draft: Draft,
    source_number: Option<u32>,
) -> Result<Saved, Error> {
    let now = app.clock.now();
    let id = EditionId::new();
    let slug = settle_slug(tx, id, locale, draft.slug, !draft.slug_asked).await?;
    let text = Text { title: draft.title, summary: draft.summary, body: draft.body, slug, details: draft.details };
    let (_, hash) = seal(article.id, locale, &text, &article.shared);
    let first = Revision {
        id: RevisionId::new(),
        number: 1,
        text,
        shared: article.shared.clone(),
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
    let source =
        source_number(&tx, &actor, &article, locale, existing.as_ref(), order.source_revision, &mut check).await?;
    let saved = match (existing, condition) {
        (None, Condition::New) => {
            check.finish()?;
            begin(app, &tx, actor.id, &article, locale, draft, source).await?
        }
        (Some(edition), Condition::Version(version)) if edition.version == version => {
            let made = Made { by: actor.id, change: order.change, note, source };
            append(app, &tx, &article, edition, draft, made, check).await?
        }
        (None, Condition::Version(_)) => return Err(Error::not_found()),
        (Some(_), _) => return Err(Error::new(Problem::PreconditionFailed)),
    };
    once.keep(app, &tx, actor.id, &saved).await?;
    let data = json!({
        "revision": saved.revision.id.to_string(),
        "number": saved.revision.number,
        "content_hash": saved.revision.hash.to_string(),
        "change": saved.revision.change.as_str(),
    });
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
    if made.change == ChangeClass::Minor
        && let Some(touched) = touched(&before.text, &text, &edition.locale)
    {
        check.fault(not_minor(&touched));
    }
    check.finish()?;
    let slug = match asked {
        Some(slug) => settle_slug(tx, edition.id, &edition.locale, Some(slug), false).await?,
        None => text.slug.clone(),
    };
    let text = Text { slug, ..text };
    let (_, hash) = seal(article.id, &edition.locale, &text, &before.shared);
    let now = app.clock.now();
    let next = Revision {
        id: RevisionId::new(),
        number: before.number + 1,
        text,
        // The snapshot it had: shared fields come in by a refresh, not behind a translator's back.
        shared: before.shared,
        hash,
        source_number: made.source,
        change: made.change,
        change_note: made.note,
        provenance: Provenance::Human,
        by: made.by,
        at: now,
    };
    revision::insert(tx, edition.id, &next).await?;
    supersede(app, tx, &mut edition).await?;
    edition.latest = next.number;
    edition.source = made.source;
    edition.version += 1;
    edition.updated_at = now;
    edition::update(tx, &edition).await?;
    Ok(Saved { edition, revision: next, stripped: draft.stripped })
}

/// Closes the case of an edition whose text moves on: its approval covered another text.
async fn supersede(app: &App, tx: &WriteTx, edition: &mut Edition) -> Result<(), Error> {
    if let Some(id) = edition.case
        && let Some(found) = case::find(tx, id).await?
        && matches!(found.state, CaseState::Open | CaseState::Approved)
    {
        case::close(tx, id, CaseState::Superseded, app.clock.now()).await?;
    }
    edition.approved = None;
    Ok(())
}

fn touched(before: &Text, after: &Text, locale: &LocaleTag) -> Option<minor::Touched> {
    let all = |text: &Text| {
        let details: Vec<_> = text.details.values().filter_map(|value| value.as_str()).collect();
        [&text.title, &text.summary, &body::plain_text(&text.body), &details.join("\n")].map(String::as_str).join("\n")
    };
    let links = |text: &Text| body::links(&text.body);
    minor::minor_touches(&all(before), &all(after), &links(before), &links(after), minor::is_cased(locale))
}

fn not_minor(touched: &minor::Touched) -> FieldError {
    let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    FieldError::new("/change_class", FieldCode::NotMinor)
        .with("before", text(&touched.before))
        .with("after", text(&touched.after))
}

/// A slug that is free in the locale. One made from a title steps aside; one that was asked for does not.
async fn settle_slug(
    tx: &WriteTx,
    edition: EditionId,
    locale: &LocaleTag,
    wanted: Option<Slug>,
    aside: bool,
) -> Result<Slug, Error> {
    let Some(wanted) = wanted else { return Err(Error::invalid_at("/slug", FieldCode::SlugNeeded)) };
    if is_free(tx, edition, locale, &wanted).await? {
        return Ok(wanted);
    }
    if aside {
        for number in 2..100 {
            let Ok(next) = format!("{wanted}-{number}").parse::<Slug>() else { break };
            if is_free(tx, edition, locale, &next).await? {
                return Ok(next);
            }
        }
    }
    Err(Error::new(Problem::SlugTaken).with("slug", wanted.as_str()))
}

async fn is_free(tx: &WriteTx, edition: EditionId, locale: &LocaleTag, slug: &Slug) -> Result<bool, Error> {
    let claimed = publication::claimant(tx, locale, slug).await?;
    Ok(claimed.is_none_or(|owner| owner == edition) && !edition::slug_in_use(tx, locale, slug, edition).await?)
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
            check.fault(
                FieldError::new("/source_revision", FieldCode::NotOfKind).with("kind", article.shared.kind.as_str()),
            );
        }
        return Ok(None);
    }
    let source = edition::find(tx, article.id, &article.source_locale).await?.ok_or_else(Error::not_found)?;
    let visible = if actor.reads_drafts_of(&article.shared.agency) { source.latest } else { reference_of(&source) };
    match told.or_else(|| existing.and_then(|edition| edition.source)) {
        Some(number) if number == 0 || number > visible.max(existing.and_then(|e| e.source).unwrap_or(0)) => {
            check.fault(FieldError::new("/source_revision", FieldCode::Unknown).with("name", number.to_string()));
            Ok(None)
        }
        Some(number) => Ok(Some(number)),
        None => Ok(Some(reference_of(&source))),
    }
}

/// The refusal of who may read an edition but not write it.
pub(super) fn may_write(actor: &Actor, article: &Article, locale: &LocaleTag) -> Result<(), Error> {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    if *locale == article.source_locale {
        allow::<WriteSource>(actor, scope).map(drop)
    } else {
        allow::<Translate>(actor, scope).map(drop)
    }
}

/// The source's reference revision.
pub(super) fn reference_of(source: &Edition) -> u32 {
    reference(source.live, source.approved, source.latest)
}

/// Whether an article's source is under review, approved or public: then translators may read that text.
pub(super) async fn has_left_the_desk(tx: &impl Tx, article: &Article) -> Result<bool, Error> {
    let Some(source) = edition::find(tx, article.id, &article.source_locale).await? else { return Ok(false) };
    if source.live.is_some() || source.approved.is_some() {
        return Ok(true);
    }
    let Some(id) = source.case else { return Ok(false) };
    Ok(case::find(tx, id).await?.is_some_and(|case| case.state == CaseState::Open))
}

/// The edition of an article in a locale with what the actor may see of it.
pub(super) async fn find(
    tx: &impl Tx,
    actor: &Actor,
    id: ArticleId,
    locale: &LocaleTag,
) -> Result<(Article, Edition), Error> {
    let article = readable(tx, actor, id).await?;
    let found = edition::find(tx, id, locale).await?.ok_or_else(Error::not_found)?;
    if may_read(actor, &article, locale) { Ok((article, found)) } else { Err(Error::not_found()) }
}

/// Whether who may read the article may read its edition in a locale: a guest sees the source
/// and the languages of their own, no other translator's drafts.
fn may_read(actor: &Actor, article: &Article, locale: &LocaleTag) -> bool {
    *locale == article.source_locale
        || actor.reads_drafts_of(&article.shared.agency)
        || may_write(actor, article, locale).is_ok()
}

/// An edition that the caller may see.
pub async fn show(app: &App, caller: Caller, id: ArticleId, locale: &LocaleTag) -> Result<Shown, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let number = visible_number(&tx, &actor, &article, &edition).await?;
    let revision = revision::find(&tx, edition.id, number).await?.ok_or_else(Error::not_found)?;
    let mut standings = standings(app, &tx, std::slice::from_ref(&article), std::slice::from_ref(&edition)).await?;
    let standing = standings.remove(&edition.id).ok_or_else(Error::not_found)?;
    let case = match edition.case {
        Some(id) => case::find(&tx, id).await?.filter(|case| case.number == number),
        None => None,
    };
    Ok(Shown { article, edition, revision, case, standing })
}

async fn visible_number(tx: &impl Tx, actor: &Actor, article: &Article, edition: &Edition) -> Result<u32, Error> {
    let all = visible_numbers(tx, actor, std::slice::from_ref(article), std::slice::from_ref(edition)).await?;
    all.get(&edition.id).copied().ok_or_else(Error::not_found)
}

/// The number of the revision that the actor reads of each edition; of those that stay hidden, none.
pub(super) async fn visible_numbers(
    tx: &impl Tx,
    actor: &Actor,
    articles: &[Article],
    editions: &[Edition],
) -> Result<HashMap<EditionId, u32>, Error> {
    let cases = case::find_many(tx, editions.iter().filter_map(|edition| edition.case)).await?;
    let number = |edition: &Edition| {
        let article = articles.iter().find(|article| article.id == edition.article)?;
        if !may_read(actor, article, &edition.locale) {
            return None;
        }
        if !is_guest_at(actor, article, edition) {
            return Some(edition.latest);
        }
        let case = cases.iter().find(|case| Some(case.id) == edition.case && case.state == CaseState::Open);
        edition.live.or(edition.approved).or(case.map(|case| case.number))
    };
    Ok(editions.iter().filter_map(|edition| Some((edition.id, number(edition)?))).collect())
}

/// Whether the edition is the source of an agency that the actor only translates for.
fn is_guest_at(actor: &Actor, article: &Article, edition: &Edition) -> bool {
    edition.locale == article.source_locale && !actor.reads_drafts_of(&article.shared.agency)
}

/// The numbers of the revisions that a guest reads: the one that is shown and those that were
/// public once. Nothing for who reads all of them up to the newest.
async fn guest_numbers(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
) -> Result<Option<BTreeSet<u32>>, Error> {
    let newest = visible_number(tx, actor, article, edition).await?;
    if !is_guest_at(actor, article, edition) {
        return Ok(None);
    }
    let public = publication::chain(tx, edition.id).await?;
    Ok(Some(public.iter().map(|one| one.number).filter(|number| *number < newest).chain([newest]).collect()))
}

/// Revisions of an edition before a number, newest first.
pub async fn revisions(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    before: Option<u32>,
    limit: u64,
) -> Result<Vec<Revision>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let Some(numbers) = guest_numbers(&tx, &actor, &article, &edition).await? else {
        return Ok(revision::before(&tx, edition.id, before, limit).await?);
    };
    let wanted = numbers.into_iter().rev().filter(|number| before.is_none_or(|before| *number < before));
    let mut found = Vec::new();
    for number in wanted.take(usize::try_from(limit).unwrap_or(usize::MAX)) {
        found.extend(revision::find(&tx, edition.id, number).await?);
    }
    Ok(found)
}

/// One revision of an edition.
pub async fn revision(app: &App, caller: Caller, at: (ArticleId, &LocaleTag), number: u32) -> Result<Revision, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let hidden = guest_numbers(&tx, &actor, &article, &edition).await?.is_some_and(|all| !all.contains(&number));
    if hidden {
        return Err(Error::not_found());
    }
    revision::find(&tx, edition.id, number).await?.ok_or_else(Error::not_found)
}

/// How some editions stand, in a fixed number of statements.
pub(super) async fn standings(
    app: &App,
    tx: &impl Tx,
    articles: &[Article],
    editions: &[Edition],
) -> Result<HashMap<EditionId, Standing>, Error> {
    let sources: Vec<Edition> = edition::find_by_articles(tx, articles.iter().map(|article| article.id))
        .await?
        .into_iter()
        .filter(|one| articles.iter().any(|article| article.id == one.article && article.source_locale == one.locale))
        .collect();
    let classes = revision::classes(tx, sources.iter().map(|source| source.id)).await?;
    let cases = case::find_many(tx, editions.iter().filter_map(|edition| edition.case)).await?;
    let publications = publication::find_many(tx, editions.iter().filter_map(|edition| edition.publication)).await?;
    let mut all = HashMap::new();
    for one in editions {
        let case = cases.iter().find(|case| Some(case.id) == one.case);
        let last = publications.iter().find(|publication| Some(publication.id) == one.publication);
        let last_act = last.map(|publication| (publication.act, publication.number));
        let state = state(Facts { latest: one.latest, case, live: one.live, last_act });
        let live = one.live.and_then(|number| {
            let last = last?;
            let envelope = Envelope::parse(&last.envelope)?;
            Some(live_line(app, &one.locale, number, last.version, envelope.guid, &envelope.slug))
        });
        let source = sources.iter().find(|source| source.article == one.article && source.id != one.id);
        let freshness = source.zip(one.source).map(|(source, made_from)| {
            let history: Vec<_> =
                classes.iter().filter(|class| class.0 == source.id).map(|class| (class.1, class.2)).collect();
            let reference = reference_of(source);
            freshness(made_from, reference, last_major(&history, reference))
        });
        all.insert(one.id, Standing { state, live, freshness });
    }
    Ok(all)
}
