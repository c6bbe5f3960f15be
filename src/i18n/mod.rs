//! What the software itself says, in the people's languages: Fluent bundles and their negotiation.
//!
//! A language is a folder of `locales/`, named by its tag; adding the folder adds the language.

mod datetime;
mod negotiate;
mod number;
mod texts;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, sync::Arc};

use fluent::{FluentArgs, FluentError, FluentValue};

use crate::kernel::{Arg, LocaleTag};

use negotiate::Spoken;
pub use texts::BadTexts;
use texts::Bundle;

/// The language that lends its text where another has none.
const FALLBACK: &str = "en";

/// All texts in all languages, cheap to clone.
#[derive(Clone)]
pub struct I18n(Arc<Inner>);

struct Inner {
    locales: Vec<LocaleTag>,
    spoken: Vec<Spoken>,
    bundles: BTreeMap<String, Bundle>,
    default: LocaleTag,
}

impl I18n {
    /// The texts that the program carries; `default` is the language of a reader who asks for none that it speaks.
    ///
    /// # Errors
    /// When a text is malformed or stands twice, or when the default or the fallback language is not there.
    pub fn embedded(default: &LocaleTag) -> Result<Self, BadTexts> {
        Self::new(texts::embedded()?, default)
    }

    fn new(bundles: BTreeMap<String, (LocaleTag, Bundle)>, default: &LocaleTag) -> Result<Self, BadTexts> {
        for needed in [default.as_str(), FALLBACK] {
            if !bundles.contains_key(needed) {
                return Err(BadTexts::NoLanguage(needed.to_owned()));
            }
        }
        let locales: Vec<LocaleTag> = bundles.values().map(|(tag, _)| tag.clone()).collect();
        let spoken = locales.iter().filter_map(Spoken::new).collect();
        let bundles = bundles.into_iter().map(|(tag, (_, bundle))| (tag, bundle)).collect();
        Ok(Self(Arc::new(Inner { locales, spoken, bundles, default: default.clone() })))
    }

    /// The languages in which there are texts, sorted by tag.
    pub fn locales(&self) -> &[LocaleTag] {
        &self.0.locales
    }

    /// The language of a reader who asks for none that is spoken.
    pub fn default_locale(&self) -> &LocaleTag {
        &self.0.default
    }

    /// The language to answer in: what the `Accept-Language` header of this very request asks for, then the
    /// language of the reader's account, then the default; always one of [`Self::locales`].
    pub fn negotiate(&self, accept_language: Option<&str>, preferred: Option<&LocaleTag>) -> LocaleTag {
        let all: Vec<&Spoken> = self.0.spoken.iter().collect();
        let own = preferred.and_then(|own| negotiate::closest(&all, own.as_str())).unwrap_or(&self.0.default);
        accept_language.and_then(|header| negotiate::accepted(&all, own, header)).unwrap_or(own).clone()
    }

    /// A message, or an attribute of one (`id.attribute`), in a language; without a text there in English, and
    /// without any the key itself. The values are put in as they are: escaping is the output format's business.
    pub fn text(&self, locale: &LocaleTag, key: &str, args: &[(&'static str, Arg)]) -> String {
        let Some((text, faults)) = [locale.as_str(), locale.language(), FALLBACK]
            .into_iter()
            .filter_map(|tag| self.0.bundles.get(tag))
            .find_map(|bundle| write(bundle, key, args))
        else {
            tracing::warn!(%locale, key, "no text");
            return key.to_owned();
        };
        if !faults.is_empty() {
            tracing::warn!(%locale, key, ?faults, "text with gaps");
        }
        text
    }
}

impl fmt::Debug for I18n {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("I18n").field("locales", &self.0.locales).field("default", &self.0.default).finish()
    }
}

/// The text with what was missing for it, if the bundle has the key.
fn write(bundle: &Bundle, key: &str, args: &[(&'static str, Arg)]) -> Option<(String, Vec<FluentError>)> {
    let pattern = match key.split_once('.') {
        Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
        None => bundle.get_message(key)?.value()?,
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        let value = match arg {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Moment(at) => datetime::Moment::value(*at),
        };
        values.set(*name, value);
    }
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned();
    Some((text, faults))
}
