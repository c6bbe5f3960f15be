//! Reading what was done with an edition in public, and the text at the desk that is newer than that.

use super::{OldAct, OldEdition, OldShared, OldText, read::moment};
use crate::{
    domain::{
        article::Kind,
        details::{self, Details, Part},
        publication::{Act, Reason},
        revision::{ChangeClass, MAX_NOTE, MAX_PLACE},
        text::is_blank,
    },
    kernel::{Slug, Timestamp},
    service::{
        Check, FieldCode, FieldError,
        edition::{Draft, read_text},
    },
};

/// All texts of an edition in their order, and the acts by which they were public.
#[derive(Debug)]
pub(super) struct Past {
    pub(super) acts: Vec<Acted>,
    /// One for each version, then the draft, if there is one.
    pub(super) texts: Vec<PastText>,
}

/// An act as it was done elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Acted {
    pub(super) act: Act,
    /// When it was done there.
    pub(super) at: Timestamp,
    /// Whether it is signed when that was: what only was published says so by its first publication.
    pub(super) is_dated: bool,
    pub(super) note: String,
    pub(super) reason: Option<Reason>,
}

impl Acted {
    /// The act by which a text became public that nothing else is known of.
    pub(super) fn publish(at: Timestamp) -> Self {
        Self { act: Act::Publish, at, is_dated: false, note: String::new(), reason: None }
    }
}

/// A text that was read; what it names is still to be looked up.
#[derive(Debug)]
pub(super) struct PastText {
    /// Where it stands in its edition.
    pub(super) pointer: String,
    pub(super) draft: Draft,
    /// Its slug, where that is not the edition's.
    pub(super) slug: Option<Slug>,
    pub(super) shared: OldShared,
    pub(super) source_version: Option<u32>,
    pub(super) change: ChangeClass,
}

impl Past {
    /// How many versions there were.
    pub(super) fn versions(&self) -> usize {
        self.acts.iter().filter(|one| one.act.makes_version()).count()
    }
}

/// The past of an edition, if there is more of it than a text.
pub(super) fn past(
    old: &OldEdition,
    (kind, own): (Kind, &Details),
    (now, most): (Timestamp, usize),
    check: &mut Check,
) -> Option<Past> {
    if old.history.is_empty() && old.draft.is_none() {
        return None;
    }
    if old.history.len() > most {
        check.fault(FieldError::new("/history", FieldCode::TooMany).with("max", most));
        return None;
    }
    let mut past = Past { acts: Vec::with_capacity(old.history.len()), texts: Vec::new() };
    let last = old.history.iter().rposition(|one| one.act.parse().is_ok_and(Act::makes_version));
    let mut before = None;
    for (place, one) in old.history.iter().enumerate() {
        let mut part = Check::new();
        let read = acted(&mut part, one, past.acts.last(), before, now);
        before = one.act.parse().ok().or(before);
        if before.is_some_and(Act::makes_version) {
            let pointer = format!("/history/{place}/text");
            // What was public last is the edition's own text.
            let words = OldText { change: None, source_version: None, ..one.text.clone() };
            if last == Some(place) && !words.is_empty() {
                part.fault(FieldError::new("/text", FieldCode::UnknownField).with("name", "text"));
            }
            let mut within = Check::new();
            let text = text(&mut within, &one.text, old, (kind, own), pointer);
            if past.texts.is_empty() && text.change != ChangeClass::Major {
                within.fault(
                    FieldError::new("/change", FieldCode::NotOneOf).with("expected", ChangeClass::Major.as_str()),
                );
            }
            past.texts.push(text);
            part.under("/text", within);
        } else if !one.text.is_empty() {
            part.fault(FieldError::new("/text", FieldCode::UnknownField).with("name", "text"));
        }
        past.acts.extend(read);
        check.under(&format!("/history/{place}"), part);
    }
    match (past.acts.first(), old.published_at.as_deref()) {
        (Some(first), Some(raw)) if raw.parse().is_ok_and(|at: Timestamp| at != first.at) => {
            let fault = FieldError::new("/published_at", FieldCode::NotOneOf).with("expected", first.at.to_string());
            check.fault(fault);
        }
        (None, Some(raw)) if old.history.is_empty() => {
            past.acts.extend(raw.parse().ok().map(Acted::publish));
            past.texts.push(text(&mut Check::new(), &OldText::default(), old, (kind, own), String::new()));
        }
        // A text that is newer than nothing is the edition's own.
        (None, None) => check.fault(FieldError::new("/published_at", FieldCode::Required)),
        _ => {}
    }
    if let Some(draft) = &old.draft {
        let mut part = Check::new();
        past.texts.push(text(&mut part, draft, old, (kind, own), "/draft".to_owned()));
        check.under("/draft", part);
    }
    Some(past)
}

fn acted(check: &mut Check, one: &OldAct, last: Option<&Acted>, before: Option<Act>, now: Timestamp) -> Option<Acted> {
    let act = one.act.parse().ok().filter(|act: &Act| act.can_follow(before));
    if act.is_none() {
        let can = Act::ALL.iter().filter(|act| act.can_follow(before)).map(|act| act.as_str());
        let expected = can.collect::<Vec<_>>().join(", ");
        check.fault(FieldError::new("/act", FieldCode::NotOneOf).with("expected", expected));
    }
    let at = moment(check, "/at", Some(&one.at), now);
    if at.zip(last).is_some_and(|(at, last)| at < last.at) {
        check.fault(FieldError::new("/at", FieldCode::OutOfOrder));
    }
    let note = check.text("/note", &one.note, MAX_NOTE);
    if act == Some(Act::Correct) && is_blank(&note) && check.is_good("/note") {
        check.fault(FieldError::new("/note", FieldCode::Required));
    }
    let reason = match (one.reason.as_deref(), act.and_then(Act::take_down)) {
        (Some(raw), Some(_)) => {
            let reason = raw.parse::<Reason>().ok();
            if reason.is_none() {
                let all = Reason::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
                check.fault(FieldError::new("/reason", FieldCode::NotOneOf).with("expected", all));
            }
            reason
        }
        (None, Some(_)) => {
            check.fault(FieldError::new("/reason", FieldCode::Required));
            None
        }
        (Some(_), None) if act.is_some() => {
            check.fault(FieldError::new("/reason", FieldCode::UnknownField).with("name", "reason"));
            None
        }
        (_, None) => None,
    };
    Some(Acted { act: act?, at: at?, is_dated: true, note, reason })
}

fn text(
    check: &mut Check,
    one: &OldText,
    edition: &OldEdition,
    (kind, own): (Kind, &Details),
    pointer: String,
) -> PastText {
    let own = match &one.details {
        None => own.clone(),
        Some(given) => match details::read(kind, Part::Own, given) {
            Ok(split) => split.own,
            Err(faults) => {
                check.details("/details", kind.as_str(), faults);
                Details::new()
            }
        },
    };
    let draft = read_text(check, &one.over(&edition.text), own);
    let mut read = shared(check, "/shared", &one.shared, kind);
    read.place = one.shared.place.as_ref().map(|raw| place(check, "/place", raw.as_deref()));
    let change = match one.change.as_deref() {
        None => ChangeClass::Major,
        Some(raw) => raw.parse().unwrap_or_else(|_| {
            let all = ChangeClass::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
            check.fault(FieldError::new("/change", FieldCode::NotOneOf).with("expected", all));
            ChangeClass::Major
        }),
    };
    PastText {
        slug: draft.slug.clone().filter(|_| one.slug.is_some()),
        shared: read,
        source_version: one.source_version,
        change,
        pointer,
        draft,
    }
}

fn place(check: &mut Check, pointer: &str, raw: Option<&str>) -> Option<String> {
    raw.and_then(|raw| check.place(pointer, raw, MAX_PLACE))
}

/// What all editions share, as far as it is said; codes are looked up later.
pub(super) fn shared(check: &mut Check, pointer: &str, old: &OldShared, kind: Kind) -> OldShared {
    let details = old.details.as_ref().map(|given| match details::read(kind, Part::Shared, given) {
        Ok(split) => split.shared,
        Err(faults) => {
            check.details(&format!("{pointer}/details"), kind.as_str(), faults);
            Details::new()
        }
    });
    let place = old.place.as_ref().map(|raw| place(check, &format!("{pointer}/place"), raw.as_deref()));
    OldShared { agency: old.agency.clone(), topics: old.topics.clone(), place, details }
}
