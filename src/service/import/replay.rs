//! Doing here again, by the recorded decision, what was done with an article in public where it comes from: each act
//! in its order, under everything that it demands of who does it here.

use super::{
    Import,
    make::NewEdition,
    past::Acted,
    publish::{case, holds, tell},
};
use crate::{
    domain::{
        access::Actor,
        event::{Event, EventType},
        publication::{Act, Envelope, Standing, mint_guid, publishing, restoring},
        revision::Revision,
        workflow::Case,
    },
    kernel::Timestamp,
    service::{
        App, Error,
        article::Article,
        edition::Edition,
        publication::{Down, Publication, changed, claim_slug, go_live, next_envelope, put_down, sign},
        setup,
    },
    store::{Change, WriteTx, case as cases},
};

/// An edition of which nothing is public yet, and what is to be done with it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) edition: Edition,
    /// Its texts in their order: one for each version, and the draft.
    pub(super) texts: Vec<Revision>,
    pub(super) acts: Vec<Acted>,
}

impl From<NewEdition> for Waiting {
    fn from(new: NewEdition) -> Self {
        let NewEdition { edition, first, later, acts, .. } = new;
        Self { edition, texts: std::iter::once(first).chain(later).collect(), acts }
    }
}

/// An edition on its way.
struct Way {
    edition: Edition,
    texts: Vec<Revision>,
    first: Timestamp,
    guid: String,
    chain: Vec<Publication>,
    standing: Option<Standing>,
    case: Option<Case>,
}

/// Does it all, in the order in which it was done, and tells it.
pub(super) async fn replay(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    import: &Import,
    article: &Article,
    waiting: Vec<Waiting>,
    mut change: Change,
) -> Result<Change, Error> {
    if waiting.is_empty() {
        return Ok(change);
    }
    let now = app.clock.now();
    let authority = setup::authority(app, tx).await?;
    let (mut ways, mut steps) = (Vec::with_capacity(waiting.len()), Vec::new());
    let is_source = |one: &Waiting| one.edition.locale == article.source_locale;
    let source = waiting.iter().find(|one| is_source(one)).and_then(|one| one.acts.first()).map(|act| act.at);
    for (place, one) in waiting.into_iter().enumerate() {
        let Some(first) = one.acts.first().map(|act| act.at) else { continue };
        let rank = !is_source(&one);
        // At no moment is a translation there before its source was, whatever their dates say.
        steps.extend(one.acts.into_iter().map(|act| (source.map_or(act.at, |at| at.max(act.at)), rank, place, act)));
        let guid = mint_guid(&authority, now, article.id, &one.edition.locale);
        let Waiting { edition, texts, .. } = one;
        ways.push(Way { edition, texts, first, guid, chain: Vec::new(), standing: None, case: None });
    }
    steps.sort_by_key(|(at, rank, place, _)| (*at, *rank, *place));
    for (_, _, place, act) in steps {
        change = ways[place].step(app, tx, (import, actor), article, act, change).await?;
    }
    Ok(change)
}

impl Way {
    async fn step(
        &mut self,
        app: &App,
        tx: &WriteTx,
        by: (&Import, &Actor),
        article: &Article,
        acted: Acted,
        change: Change,
    ) -> Result<Change, Error> {
        match (acted.act.take_down(), acted.reason) {
            (Some(how), Some(reason)) => {
                let down = Down { how, reason, note: acted.note };
                let standing = (self.chain.as_slice(), self.standing.as_ref());
                let edition = (article, &mut self.edition);
                let (signed, event) = put_down(app, tx, by.1.id, edition, standing, &down, Some(acted.at)).await?;
                let change = changed(change, article, &self.edition.locale, &signed).announce([event]);
                self.keep(signed)?;
                Ok(change)
            }
            (Some(_), None) => Err(Error::internal("taken down for no reason")),
            (None, _) => self.go_up(app, tx, by, article, acted, change).await,
        }
    }

    /// A text becomes public: a new one under a case of its own, or the one that was taken down under the one it had.
    async fn go_up(
        &mut self,
        app: &App,
        tx: &WriteTx,
        by: (&Import, &Actor),
        article: &Article,
        Acted { act, at, is_dated, note, .. }: Acted,
        change: Change,
    ) -> Result<Change, Error> {
        let impossible = || Error::internal(format!("{act} cannot be done with edition {}", self.edition.id));
        let versions = self.standing.as_ref().map_or(0, |standing| standing.version);
        let number = if act.makes_version() { versions + 1 } else { versions };
        let text = self.texts.iter().find(|text| text.number == number).ok_or_else(impossible)?.clone();
        let can = match act {
            Act::Restore => restoring(self.standing.as_ref()).is_ok_and(|before| before.content_hash == text.hash),
            _ => publishing(self.standing.as_ref(), text.hash, act == Act::Correct) == Ok(act),
        };
        if !can {
            return Err(impossible());
        }
        let case = if let Some(case) = self.case.take().filter(|_| act == Act::Restore) {
            case
        } else {
            let case = case(by, article, &self.edition, &text, app.clock.now())?;
            cases::insert_whole(tx, &[&case]).await?;
            case
        };
        holds(by, &case, article, &self.edition, &text)?;
        self.edition.case = Some(case.id);
        // A text at the desk that is newer leaves this approval behind.
        self.edition.approved = Some(text.number).filter(|number| *number == self.edition.latest);
        claim_slug(app, tx, &self.edition, &text).await?;
        let approval = (Some(case.approval_hash()), self.first);
        let mut envelope = next_envelope(app, act, self.standing.as_ref(), &self.guid, &text, approval, note);
        envelope.acted_at = Some(at).filter(|_| is_dated);
        let signed = sign(app, by.1.id, &self.edition, &text, Some(&case), envelope, None);
        let (chain, guid) = (self.chain.clone(), self.guid.clone());
        let events = go_live(app, tx, article, &mut self.edition, &text, chain, (&signed, None), guid).await?;
        let change = if act.makes_version() {
            tell(change, by.0, &case, &signed).emit(Event {
                kind: EventType::Live,
                article: Some(article.id),
                locale: Some(self.edition.locale.clone()),
            })
        } else {
            changed(change, article, &self.edition.locale, &signed)
        };
        self.case = Some(case);
        self.keep(signed)?;
        Ok(change.announce(events))
    }

    fn keep(&mut self, signed: Publication) -> Result<(), Error> {
        let envelope = Envelope::parse(&signed.envelope).ok_or_else(|| Error::internal("an envelope of nobody's"))?;
        self.standing = Some(Standing::after(&envelope));
        self.chain.push(signed);
        Ok(())
    }
}
