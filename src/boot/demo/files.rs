//! The demonstration's data, carried in the program: who works there, what about, and the texts.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    domain::{access::Role, article::Kind, details::Details, publication::Reason},
    kernel::{LocaleTag, Timestamp},
};

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// Why the data cannot be used; it names the file.
#[derive(Debug, thiserror::Error)]
#[error("demo/{file}: {fault}")]
pub(super) struct BadFile {
    file: String,
    fault: String,
}

/// A province as it is to be made.
#[derive(Debug)]
pub(super) struct Demo {
    pub(super) authority: String,
    pub(super) names: BTreeMap<String, String>,
    pub(super) agencies: Vec<Agency>,
    pub(super) topics: Vec<Topic>,
    pub(super) people: Vec<Person>,
    /// In the order in which they were written.
    pub(super) articles: Vec<Article>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvinceFile {
    province: Province,
    agencies: Vec<Agency>,
    topics: Vec<Topic>,
    people: Vec<Person>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    authority: String,
    names: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agency {
    pub(super) code: String,
    pub(super) names: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the name that the IPTC gives it")]
pub(super) struct Topic {
    pub(super) code: String,
    pub(super) parent: Option<String>,
    pub(super) media_topic: Option<String>,
    pub(super) names: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) locale: String,
    pub(super) grants: Vec<PersonGrant>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonGrant {
    #[serde(deserialize_with = "word")]
    pub(super) role: Role,
    pub(super) agency: Option<String>,
    pub(super) locale: Option<String>,
}

/// An article with the texts of its editions, the source among them.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) facts: Facts,
    pub(super) texts: BTreeMap<String, Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    #[serde(deserialize_with = "word")]
    pub(super) kind: Kind,
    pub(super) agency: String,
    pub(super) topics: Vec<String>,
    /// The account that writes it.
    pub(super) author: String,
    pub(super) place: Option<String>,
    /// When the texts speak; it only orders the articles, as publishing happens now.
    #[serde(deserialize_with = "word")]
    published_at: Timestamp,
    #[serde(default)]
    pub(super) details: Details,
    #[serde(default)]
    fate: BTreeMap<String, Fate>,
}

/// What becomes of an edition; without a word of its own it is published.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fate {
    #[serde(default)]
    pub(super) state: End,
    /// The first text, where it is not the one named like the locale.
    text: Option<String>,
    /// What the reviewer writes who asks for changes.
    #[serde(default)]
    pub(super) comment: String,
    /// Why it is taken down.
    #[serde(default, deserialize_with = "maybe_word")]
    pub(super) reason: Option<Reason>,
    /// What readers are told when it is taken down.
    pub(super) note: Option<String>,
    /// Texts that follow the first one, published too.
    #[serde(default)]
    pub(super) later: Vec<Later>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum End {
    Draft,
    InReview,
    ChangesRequested,
    #[default]
    Published,
    Withdrawn,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Later {
    pub(super) text: String,
    #[serde(default)]
    pub(super) change_note: String,
    /// Whether something in the public text was wrong.
    #[serde(default)]
    pub(super) correct: bool,
    /// What readers are told.
    #[serde(default)]
    pub(super) note: String,
}

/// A text as it stands in its file: TOML between two lines of `+++`, then Markdown.
#[derive(Clone, Debug)]
pub(in crate::boot) struct Text {
    pub(in crate::boot) head: Head,
    pub(in crate::boot) body: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::boot) struct Head {
    pub(in crate::boot) title: String,
    pub(in crate::boot) summary: String,
    pub(in crate::boot) slug: Option<String>,
    /// Where it happens, in a translation's words; the source's is the article's.
    pub(in crate::boot) place: Option<String>,
    #[serde(default)]
    pub(in crate::boot) details: Details,
}

impl Demo {
    /// The province that the program carries.
    pub(super) fn embedded() -> Result<Self, BadFile> {
        let file: ProvinceFile = toml_file("province.toml")?;
        let mut folders: Vec<String> =
            Files::iter().filter_map(|path| path.strip_suffix("/article.toml").map(str::to_owned)).collect();
        folders.sort();
        let mut articles = folders.iter().map(|folder| Article::read(folder)).collect::<Result<Vec<_>, _>>()?;
        articles.sort_by_key(|article| article.facts.published_at);
        let Province { authority, names } = file.province;
        Ok(Self { authority, names, agencies: file.agencies, topics: file.topics, people: file.people, articles })
    }
}

impl Article {
    fn read(folder: &str) -> Result<Self, BadFile> {
        let facts = toml_file(&format!("{folder}/article.toml"))?;
        let mut texts = BTreeMap::new();
        for path in Files::iter() {
            let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            if let Some(name) = name.filter(|name| name.strip_suffix(".md").is_some()) {
                let text = front_matter(&source(&path)?).map_err(|fault| bad(&path, &fault))?;
                texts.insert(name.to_owned(), text);
            }
        }
        let article = Self { facts, texts };
        let named = article
            .facts
            .fate
            .values()
            .flat_map(|fate| fate.text.iter().chain(fate.later.iter().map(|later| &later.text)));
        match named.into_iter().find(|name| !article.texts.contains_key(*name)) {
            Some(missing) => Err(bad(&format!("{folder}/{missing}"), &"not there")),
            None => Ok(article),
        }
    }

    /// The languages that it has a text in.
    pub(super) fn locales(&self) -> Vec<LocaleTag> {
        self.texts.keys().filter_map(|name| name.strip_suffix(".md")?.parse().ok()).collect()
    }

    /// What becomes of an edition.
    pub(super) fn fate(&self, locale: &LocaleTag) -> Fate {
        self.facts.fate.get(locale.as_str()).cloned().unwrap_or_default()
    }

    /// An edition's first text.
    pub(super) fn first(&self, locale: &LocaleTag) -> &Text {
        let named = self.facts.fate.get(locale.as_str()).and_then(|fate| fate.text.clone());
        &self.texts[&named.unwrap_or_else(|| format!("{locale}.md"))]
    }
}

/// Parts a text's head from its body.
pub(in crate::boot) fn front_matter(source: &str) -> Result<Text, String> {
    let rest = source.strip_prefix("+++\n").ok_or("does not begin with +++")?;
    let (head, body) = rest.split_once("\n+++\n").ok_or("has no second +++")?;
    let head = toml::from_str(head).map_err(|error| error.to_string())?;
    Ok(Text { head, body: body.to_owned() })
}

fn toml_file<T: DeserializeOwned>(path: &str) -> Result<T, BadFile> {
    toml::from_str(&source(path)?).map_err(|error| bad(path, &error))
}

fn source(path: &str) -> Result<String, BadFile> {
    let file = Files::get(path).ok_or_else(|| bad(path, &"not there"))?;
    String::from_utf8(file.data.into_owned()).map_err(|error| bad(path, &error))
}

fn bad(file: &str, fault: &impl ToString) -> BadFile {
    BadFile { file: file.to_owned(), fault: fault.to_string() }
}

fn word<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

fn maybe_word<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    word(from).map(Some)
}
