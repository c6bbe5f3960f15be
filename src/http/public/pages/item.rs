//! The page of an article, and what stands there when it was taken down.

use askama::Template;

use super::{
    filled,
    frame::{Frame, Way},
    prepared,
};
use crate::{
    domain::{
        item::{Item, Tombstone, fallback_of},
        publication::TakeDown,
    },
    http::kit::Prepared,
    service::{App, Error, public::moment},
    syndication::json_ld,
};

#[derive(Template)]
#[template(path = "article.html")]
struct Article<'a> {
    frame: Frame,
    item: &'a Item,
    kind: String,
    published: Said,
    updated: Option<Said>,
    version: String,
    agency_label: String,
    topics_label: String,
    corrections_label: String,
    corrections: Vec<Correction<'a>>,
    stale: Option<String>,
    others_label: String,
    others: Vec<Way>,
    /// The language for who reads none of these.
    default_url: &'a str,
    verify_label: String,
    verify_detail: String,
    hash_label: String,
    hash: String,
    signature_label: String,
    json_ld_type: &'static str,
    json_ld: String,
}

/// A moment for people and for programs.
struct Said {
    words: String,
    at: String,
}

struct Correction<'a> {
    heading: String,
    at: String,
    note: &'a str,
}

/// The page of an item.
pub(super) fn page(app: &App, item: &Item) -> Result<Prepared, Error> {
    let locale = &item.locale;
    let text = |key: &str| app.i18n.text(locale, key, &[]);
    let when = |at| moment(app, locale, at);
    let correction = |it: &'_ crate::domain::item::Correction| {
        let args = [("number", it.number.into()), ("moment", when(it.at).into())];
        (app.i18n.text(locale, "page-correction", &args), it.at.to_string())
    };
    let published = app.i18n.text(locale, "page-published-at", &[("moment", when(item.published_at).into())]);
    let updated = (item.updated_at != item.published_at).then(|| Said {
        words: app.i18n.text(locale, "page-updated-at", &[("moment", when(item.updated_at).into())]),
        at: item.updated_at.to_string(),
    });
    let corrections = item.corrections.iter().map(|it| {
        let (heading, at) = correction(it);
        Correction { heading, at, note: &it.note }
    });
    let page = Article {
        frame: Frame::new(app, locale, &item.title),
        kind: app.i18n.text(locale, &format!("kind-{}", item.kind), &[]),
        published: Said { words: published, at: item.published_at.to_string() },
        updated,
        version: app.i18n.text(locale, "page-version", &[("version", item.version.into())]),
        agency_label: text("page-agency"),
        topics_label: text("page-topics"),
        corrections_label: text("page-corrections"),
        corrections: corrections.collect(),
        stale: item.stale.then(|| text("page-stale")),
        others_label: text("page-other-languages"),
        default_url: default_url(item),
        others: item.alternates.iter().map(|it| Way::new(app, &it.locale, it.url.clone())).collect(),
        verify_label: text("page-verify"),
        verify_detail: text("page-verify.detail"),
        hash_label: text("page-content-hash"),
        hash: item.content_hash.to_string(),
        signature_label: text("page-signature"),
        json_ld_type: json_ld::MEDIA_TYPE,
        json_ld: json_ld::embedded(item, app.office.name(locale)),
        item,
    };
    prepared(&page, locale)
}

/// The same as in the sitemaps.
fn default_url(item: &Item) -> &str {
    let own = std::iter::once((&item.locale, item.url.as_str()));
    let mut family: Vec<_> = own.chain(item.alternates.iter().map(|it| (&it.locale, it.url.as_str()))).collect();
    family.sort_by_key(|(locale, _)| locale.as_str());
    fallback_of(&family, |(locale, _)| locale).map_or(&item.url, |(_, url)| url)
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    frame: Frame,
    heading: String,
    at: String,
    taken_down: String,
    note: &'a str,
}

/// What stands in an article's place after it was taken down.
pub(super) fn notice(app: &App, tombstone: &Tombstone) -> Result<String, Error> {
    let locale = &tombstone.locale;
    let heading = match tombstone.kind {
        TakeDown::Withdraw => app.i18n.text(locale, "page-notice-withdraw", &[]),
        TakeDown::Retract => app.i18n.text(locale, "page-notice-retract", &[]),
    };
    let args = [("moment", moment(app, locale, tombstone.at).into())];
    filled(&Notice {
        frame: Frame::new(app, locale, &heading),
        heading,
        at: tombstone.at.to_string(),
        taken_down: app.i18n.text(locale, "page-taken-down-at", &args),
        note: &tombstone.note,
    })
}
