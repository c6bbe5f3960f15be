//! What all pages have around them.

use std::sync::LazyLock;

use super::STYLE;
use crate::{
    kernel::{Digest, LocaleTag},
    service::App,
};

/// The style sheet's address, which changes when the sheet does.
static STYLE_URL: LazyLock<String> =
    LazyLock::new(|| format!("/assets/page.css?{}", &Digest::of(STYLE).to_string()[..12]));

/// The frame of a page: its language, its head, and the ways out of it.
pub(super) struct Frame {
    pub(super) locale: String,
    pub(super) dir: &'static str,
    pub(super) title: String,
    pub(super) office: String,
    pub(super) style: &'static str,
    pub(super) home: String,
    pub(super) home_label: String,
    pub(super) feeds_label: String,
    pub(super) feeds_detail: String,
    /// The feed of everything in this language, with which a feed reader finds it.
    pub(super) feed_title: String,
}

impl Frame {
    /// The frame of a page in a language.
    pub(super) fn new(app: &App, locale: &LocaleTag, title: &str) -> Self {
        let office = app.office.name(locale).to_owned();
        let args = [("office", office.as_str().into())];
        let whole = if title.is_empty() { office.clone() } else { format!("{title} · {office}") };
        Self {
            locale: locale.to_string(),
            dir: direction(app, locale),
            title: whole,
            style: &STYLE_URL,
            home: format!("/{locale}"),
            home_label: app.i18n.text(locale, "page-home", &[]),
            feeds_label: app.i18n.text(locale, "page-feeds", &[]),
            feeds_detail: app.i18n.text(locale, "page-feeds.detail", &args),
            feed_title: app.i18n.text(locale, "feed-all", &args),
            office,
        }
    }
}

/// A page in another language.
pub(super) struct Way {
    pub(super) locale: String,
    pub(super) dir: &'static str,
    /// The language's name in itself.
    pub(super) name: String,
    pub(super) url: String,
}

impl Way {
    /// The way to an address in a language.
    pub(super) fn new(app: &App, locale: &LocaleTag, url: String) -> Self {
        Self {
            locale: locale.to_string(),
            dir: direction(app, locale),
            name: app.public.words().name("locale", locale.as_str(), locale),
            url,
        }
    }
}

fn direction(app: &App, locale: &LocaleTag) -> &'static str {
    let words = app.public.words();
    if words.find("locale", locale.as_str()).is_some_and(|word| word.rtl) { "rtl" } else { "ltr" }
}
