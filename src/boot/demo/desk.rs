//! The desk: carries an article from the first text to where each of its editions is to end.

use super::{
    files::{Article, End, Fate, Later, Text},
    staff::{Member, Staff},
};
use crate::{
    domain::{
        access::Role,
        details::Details,
        publication::Reason,
        revision::ChangeClass,
        workflow::{CaseState, Sensitivity, Verdict},
    },
    kernel::{AccountId, ArticleId, Code, Digest, LocaleTag},
    service::{
        App, Done, Error, Once,
        article::{self, NewArticle},
        edition::{self, BodyFormat, Condition, NewText, Save, Saved},
        publication::{self, Order},
        review::{self, Decide, Submit},
    },
};

/// The language that the province writes in.
const SOURCE: &str = "vi";

/// Those who work, and what they work with.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) staff: &'a Staff,
}

/// An edition at work.
struct Work<'a> {
    article: ArticleId,
    agency: &'a Code,
    locale: &'a LocaleTag,
    writer: &'a Member,
    turn: usize,
}

impl Desk<'_> {
    /// Carries an article; `turn` shares the work out.
    pub(super) async fn carry(&self, article: &Article, turn: usize) -> Result<(), Error> {
        let source: LocaleTag = SOURCE.parse().map_err(Error::internal)?;
        let agency: Code = article.facts.agency.parse().map_err(Error::internal)?;
        let author = self.staff.by_email(&article.facts.author)?;
        let (id, saved) = self.begin(article, author, &source).await?;
        let mut works = vec![Work { article: id, agency: &agency, locale: &source, writer: author, turn }];
        self.settle(&works[0], saved, &article.fate(&source)).await?;

        let locales: Vec<LocaleTag> = article.locales().into_iter().filter(|locale| *locale != source).collect();
        for locale in &locales {
            let writer = self.staff.with(Role::Translator, (&agency, locale), &[], turn)?;
            let work = Work { article: id, agency: &agency, locale, writer, turn };
            let save = save(article.first(locale), String::new());
            let saved =
                done(edition::save(self.app, writer.caller, (id, locale), Condition::New, save, Once::never()).await?)?;
            self.settle(&work, saved, &article.fate(locale)).await?;
            works.push(work);
        }
        for work in &works {
            let fate = article.fate(work.locale);
            for later in &fate.later {
                Box::pin(self.follow(work, &article.texts[&later.text], later)).await?;
            }
            if fate.state == End::Withdrawn {
                self.withdraw(work, &fate).await?;
            }
        }
        Ok(())
    }

    async fn begin(&self, article: &Article, author: &Member, source: &LocaleTag) -> Result<(ArticleId, Saved), Error> {
        let text = article.first(source);
        let mut details: Details = article.facts.details.clone();
        details.extend(text.head.details.clone());
        let new = NewArticle {
            kind: article.facts.kind,
            agency: article.facts.agency.clone(),
            source_locale: source.to_string(),
            topics: article.facts.topics.clone(),
            place: article.facts.place.clone(),
            details,
            sensitivity: Sensitivity::Normal,
            text: new_text(text),
        };
        let (overview, saved) = done(article::create(self.app, author.caller, new, Once::never()).await?)?;
        Ok((overview.article.id, saved))
    }

    /// From a first text to where it is to stand.
    async fn settle(&self, work: &Work<'_>, saved: Saved, fate: &Fate) -> Result<(), Error> {
        let hash = whole(&saved)?;
        match fate.state {
            End::Draft => Ok(()),
            End::InReview => self.submit(work, saved.edition.version).await,
            End::ChangesRequested => {
                self.submit(work, saved.edition.version).await?;
                self.decide(work, hash, Verdict::RequestChanges, &fate.comment).await
            }
            End::Published | End::Withdrawn => {
                self.sign_off(work, saved.edition.version, hash).await?;
                self.publish(work, Order::now(hash, false, String::new())).await
            }
        }
    }

    /// A later text of a public edition, public too in the end.
    async fn follow(&self, work: &Work<'_>, text: &Text, later: &Later) -> Result<(), Error> {
        let (app, at) = (self.app, (work.article, work.locale));
        let before = edition::show(app, work.writer.caller, work.article, work.locale).await?;
        let mut order = save(text, later.change_note.clone());
        if order.details.is_empty() {
            order.details = before.revision.text.details;
        }
        if work.locale.as_str() != SOURCE && order.place.is_none() {
            order.place = before.revision.shared.place;
        }
        let condition = Condition::Version(before.edition.version);
        let saved = done(edition::save(app, work.writer.caller, at, condition, order, Once::never()).await?)?;
        let hash = whole(&saved)?;
        self.sign_off(work, saved.edition.version, hash).await?;
        self.publish(work, Order::now(hash, later.correct, later.note.clone())).await
    }

    async fn submit(&self, work: &Work<'_>, version: i64) -> Result<(), Error> {
        let at = (work.article, work.locale);
        review::submit(self.app, work.writer.caller, at, version, Submit::default(), Once::never()).await.map(drop)
    }

    /// Submits, and lets one person after the other agree.
    async fn sign_off(&self, work: &Work<'_>, version: i64, hash: Digest) -> Result<(), Error> {
        self.submit(work, version).await?;
        self.decide(work, hash, Verdict::Approve, "").await
    }

    /// Decides at each stage in turn, or at the first where changes are asked for; nobody decides
    /// on a text of their own or twice.
    async fn decide(&self, work: &Work<'_>, hash: Digest, verdict: Verdict, comment: &str) -> Result<(), Error> {
        let mut busy: Vec<AccountId> = vec![work.writer.caller.account];
        for role in [Role::Reviewer, Role::Approver] {
            let member = self.staff.with(role, (work.agency, work.locale), &busy, work.turn)?;
            busy.push(member.caller.account);
            let order = Decide::plain(verdict, hash, comment);
            let at = (work.article, work.locale);
            let case = done(review::decide(self.app, member.caller, at, order, Once::never()).await?)?;
            if case.state != CaseState::Open {
                break;
            }
        }
        Ok(())
    }

    async fn publish(&self, work: &Work<'_>, order: Order) -> Result<(), Error> {
        let publisher = self.staff.with(Role::Publisher, (work.agency, work.locale), &[], work.turn)?;
        let at = (work.article, work.locale);
        publication::publish(self.app, publisher.caller, at, order, Once::never()).await.map(drop)
    }

    async fn withdraw(&self, work: &Work<'_>, fate: &Fate) -> Result<(), Error> {
        let publisher = self.staff.with(Role::Publisher, (work.agency, work.locale), &[], work.turn)?;
        let (at, reason) = ((work.article, work.locale), fate.reason.unwrap_or(Reason::Other));
        publication::withdraw(self.app, publisher.caller, at, reason, fate.note.as_deref(), Once::never())
            .await
            .map(drop)
    }
}

fn new_text(text: &Text) -> NewText {
    NewText {
        title: text.head.title.clone(),
        summary: text.head.summary.clone(),
        body: text.body.clone(),
        format: BodyFormat::Markdown,
        slug: text.head.slug.clone(),
    }
}

fn save(text: &Text, change_note: String) -> Save {
    Save {
        text: new_text(text),
        details: text.head.details.clone(),
        place: text.head.place.clone(),
        source_revision: None,
        change: ChangeClass::Major,
        change_note,
    }
}

/// The hash of a text from which nothing was stripped: the demonstration's texts are all of the profile.
fn whole(saved: &Saved) -> Result<Digest, Error> {
    if saved.stripped.is_empty() {
        return Ok(saved.revision.hash);
    }
    Err(Error::internal(format!("stripped from “{}”: {:?}", saved.revision.text.title, saved.stripped)))
}

fn done<T>(done: Done<T>) -> Result<T, Error> {
    done.now().ok_or_else(|| Error::internal("a request without a key was answered before"))
}
