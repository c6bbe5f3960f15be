//! The office: what it is called, in general and in some languages, and what it has settled.

use std::collections::BTreeMap;

use super::{Bad, Given, Reason};
use crate::{
    domain::publication::Follow,
    kernel::{LocaleTag, Networks},
    outbound::Target,
    service::Hub,
};

/// Longest name.
const LONGEST: usize = 200;

/// Names by locale. The plain name stands for the languages that everything falls back to.
pub(super) fn read(given: &Given) -> Result<BTreeMap<String, String>, Bad> {
    let mut names = BTreeMap::new();
    if let Some(name) = given.maybe("office") {
        let name = checked(name.expose()).ok_or_else(|| given.bad("office", Reason::Length(LONGEST)))?;
        names.extend(["en", "vi"].map(|tag| (tag.to_owned(), name.clone())));
    }
    for (tag, (name, came_by)) in &given.office_names {
        if tag.parse::<LocaleTag>().is_err() {
            return Err(Bad::new(came_by, Reason::Locale));
        }
        let name = checked(name).ok_or_else(|| Bad::new(came_by, Reason::Length(LONGEST)))?;
        names.insert(tag.clone(), name);
    }
    Ok(names)
}

/// What becomes of the editions that were made from a source when it is retracted.
pub(super) fn follow(given: &Given) -> Result<Follow, Bad> {
    let bad = || given.bad("retracted_source", Reason::OneOf("freeze, retract"));
    given.text("retracted_source").parse().map_err(|_| bad())
}

/// Who tells readers of feeds that these have changed: we, another hub, or nobody.
pub(super) fn hub(given: &Given) -> Result<Hub, Bad> {
    match given.text("hub") {
        "own" => Ok(Hub::Own),
        "off" => Ok(Hub::Nobody),
        // Whoever runs the server names it: where it is judged is when it is called, by what may be called then.
        raw => Target::parse(raw, &Networks::everything())
            .map(Hub::Elsewhere)
            .map_err(|_| given.bad("hub", Reason::OneOf("own, off, https://…"))),
    }
}

fn checked(name: &str) -> Option<String> {
    let name = crate::domain::text::clean_line(name.trim()).ok()?;
    (1..=LONGEST).contains(&name.chars().count()).then_some(name)
}
