//! Reading a text as it was typed, and settling the slug that it is found under.

use serde_json::json;

use super::{BodyFormat, NewText};
use crate::{
    domain::{
        body::{self, BadBody, Block, Stripped, blocks, minor},
        details::Details,
        revision::{MAX_BODY, MAX_SUMMARY, MAX_TITLE, Text},
        segment::{
            compare::{Change, changes},
            next_keys, segments,
        },
        slugging::slug_from_title,
    },
    kernel::{EditionId, LocaleTag, Slug},
    service::{Check, Code as Problem, Error, FieldCode, FieldError, check::bad_character},
    store::{WriteTx, edition, publication},
};

/// A text that was read and found good.
#[derive(Debug)]
pub(in crate::service) struct Draft {
    pub(in crate::service) title: String,
    pub(in crate::service) summary: String,
    pub(in crate::service) body: String,
    pub(in crate::service) slug: Option<Slug>,
    /// Whether the slug was asked for, not made from the title.
    pub(in crate::service) slug_asked: bool,
    pub(in crate::service) details: Details,
    pub(in crate::service) stripped: Vec<Stripped>,
}

/// Reads a text; faults go to the check.
pub(in crate::service) fn read_text(check: &mut Check, text: &NewText, own: Details) -> Draft {
    let title = check.line("/title", &text.title, MAX_TITLE);
    let summary = check.text("/summary", &text.summary, MAX_SUMMARY);
    let mut accepted = None;
    if text.body.len() > MAX_BODY {
        check.fault(FieldError::new("/body", FieldCode::TooLarge).with("max", MAX_BODY));
    } else {
        let read = match text.format {
            BodyFormat::Html => body::accept_html(&text.body),
            BodyFormat::Markdown => body::accept_markdown(&text.body),
        };
        match read {
            Ok(read) if body::is_blank(&read.html) => check.fault(FieldError::new("/body", FieldCode::EmptyBody)),
            Ok(read) if read.html.len() > MAX_BODY => {
                check.fault(FieldError::new("/body", FieldCode::TooLarge).with("max", MAX_BODY));
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
        Some(raw) => check.slug("/slug", raw),
    };
    let (body, stripped) = accepted.map_or((String::new(), Vec::new()), |read| (read.html, read.stripped));
    if let Some(image) = body::images(&body).into_iter().next() {
        check.fault(FieldError::new("/body", FieldCode::Unknown).with("name", image));
    }
    Draft { title, summary, body, slug, slug_asked: text.slug.is_some(), details: own, stripped }
}

/// A text with the place that is said beside it.
pub(super) type Said<'a> = (&'a Text, Option<&'a str>);

pub(super) fn touched(before: Said<'_>, after: Said<'_>, locale: &LocaleTag) -> Option<minor::Touched> {
    let all = |(text, place): Said<'_>| {
        let details: Vec<_> = text.details.values().filter_map(|value| value.as_str()).collect();
        let (body, details) = (body::plain_text(&text.body), details.join("\n"));
        [&text.title, &text.summary, &body, place.unwrap_or_default(), &details].join("\n")
    };
    let links = |(text, _): Said<'_>| body::links(&text.body);
    minor::minor_touches(&all(before), &all(after), &links(before), &links(after), minor::is_cased(locale))
}

/// Whether a text changes another in nothing that a translation would have to follow.
pub(in crate::service) fn is_minor((before, after): (&Text, &Text), place: Option<&str>, locale: &LocaleTag) -> bool {
    touched((before, place), (after, place), locale).is_none()
}

pub(super) fn not_minor(touched: &minor::Touched) -> FieldError {
    let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    FieldError::new("/change_class", FieldCode::NotMinor)
        .with("before", text(&touched.before))
        .with("after", text(&touched.after))
}

/// The first segment that changes in a way that no minor change may, with what it said and what it is to say.
pub(super) fn touched_segment(
    (before, keys): (&Text, &[String]),
    after: &Text,
    number: u32,
    locale: &LocaleTag,
) -> Option<(Change, minor::Touched)> {
    let next = next_keys(&blocks(&before.body), keys, &blocks(&after.body), number);
    let cased = minor::is_cased(locale);
    changes(&segments(before, keys), &segments(after, &next)).into_iter().find_map(|change| {
        let text = |block: &Option<Block>| block.as_ref().map_or(String::new(), |block| block.text.clone());
        let links = |block: &Option<Block>| block.as_ref().map_or(Vec::new(), Block::links);
        let (old, new) = (&change.before, &change.after);
        let touched = minor::minor_touches(&text(old), &text(new), &links(old), &links(new), cased)?;
        Some((change, touched))
    })
}

/// The refusal with the segment in it, for programs to show.
pub(super) fn told_where(check: Check, all: &minor::Touched, found: Option<(Change, minor::Touched)>) -> Error {
    let Err(refusal) = check.finish() else { return Error::internal("a refusal without a fault") };
    let (change, touched) = found.map_or((None, all.clone()), |(change, touched)| (Some(change), touched));
    let text = |block: Option<&Block>| block.map(|block| block.text.clone());
    refusal.extra(
        "not_minor",
        json!({
            "segment": change.as_ref().map(|change| change.key.clone()),
            "before": text(change.as_ref().and_then(|change| change.before.as_ref())),
            "after": text(change.as_ref().and_then(|change| change.after.as_ref())),
            "what": touched.what.as_str(),
            "touched_before": touched.before,
            "touched_after": touched.after,
        }),
    )
}

/// A slug that is free in the locale. One made from a title steps aside; one that was asked for does not.
pub(super) async fn settle_slug(
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
