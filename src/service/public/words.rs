//! Names of agencies, topics and locales for the outside, with their fallbacks.

use std::collections::HashMap;

use crate::{
    domain::item::{Named, Topic, media_topic_uri},
    kernel::LocaleTag,
};

pub use crate::store::live::read::Word;

/// The vocabularies as the outside sees them.
#[derive(Clone, Debug, Default)]
pub struct Words {
    all: Vec<Word>,
    places: HashMap<(String, String), usize>,
}

impl Words {
    /// Of all entries, in their order.
    pub fn new(all: Vec<Word>) -> Self {
        let places =
            all.iter().enumerate().map(|(place, word)| ((word.vocabulary.clone(), word.code.clone()), place)).collect();
        Self { all, places }
    }

    /// The entries of a vocabulary, in their order.
    pub fn of<'a>(&'a self, vocabulary: &'a str) -> impl Iterator<Item = &'a Word> {
        self.all.iter().filter(move |word| word.vocabulary == vocabulary)
    }

    /// One entry.
    pub fn find(&self, vocabulary: &str, code: &str) -> Option<&Word> {
        self.places.get(&(vocabulary.to_owned(), code.to_owned())).map(|place| &self.all[*place])
    }

    /// An entry's name in a language, or in one that stands in for it, or its code.
    pub fn name(&self, vocabulary: &str, code: &str, locale: &LocaleTag) -> String {
        let Some(word) = self.find(vocabulary, code) else { return code.to_owned() };
        let fallback = self.find("locale", locale.as_str()).map_or(&[][..], |locale| &locale.fallback);
        let tags = std::iter::once(locale.as_str()).chain(fallback.iter().map(String::as_str)).chain(["en", "vi"]);
        tags.into_iter()
            .find_map(|tag| word.names.get(tag))
            .or_else(|| word.names.values().next())
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }

    /// An entry with its name.
    pub fn named(&self, vocabulary: &str, code: &str, locale: &LocaleTag) -> Named {
        Named { code: code.to_owned(), name: self.name(vocabulary, code, locale) }
    }

    /// A topic with its name and with what it is called abroad.
    pub fn topic(&self, code: &str, locale: &LocaleTag) -> Topic {
        let media_topic = self.find("topic", code).and_then(|word| word.media_topic.as_deref());
        Topic {
            code: code.to_owned(),
            name: self.name("topic", code, locale),
            media_topic: media_topic.map(media_topic_uri),
        }
    }

    /// Whether a topic is another or part of it.
    pub fn is_under(&self, topic: &str, above: &str) -> bool {
        let mut at = Some(topic);
        // The tree is as deep as there are topics, even if somebody bent it into a ring.
        for _ in 0..=self.all.len() {
            match at {
                Some(code) if code == above => return true,
                Some(code) => at = self.find("topic", code).and_then(|word| word.parent.as_deref()),
                None => return false,
            }
        }
        false
    }
}
