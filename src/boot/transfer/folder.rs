//! An article as a folder: `article.toml` with what all editions share, and a text for each language, TOML between
//! two lines of `+++` and then Markdown. The demonstration's articles are written so.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead as _, BufReader},
    path::Path,
};

use serde::Deserialize;

use super::row::{kind, unreadable};
use crate::{
    boot::demo::front_matter,
    domain::details::{Details, fields},
    kernel::{Digest, Hasher},
    service::{
        Error,
        edition::{BodyFormat, NewText},
        import::{OldArticle, OldEdition, OldShared, Record},
    },
};

const FACTS: &str = "article.toml";

/// The files of an article, by their names.
#[derive(Debug)]
pub(super) struct Files {
    name: String,
    texts: BTreeMap<String, Vec<u8>>,
    /// Their hashes and names.
    list: String,
    size: u64,
    /// What has the name of a text and is no plain file: a link, a pipe. It is not read.
    odd: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The other system's name of it; the folder's, if it is not told.
    key: Option<String>,
    kind: String,
    agency: String,
    #[serde(default = "vietnamese")]
    source_locale: String,
    #[serde(default)]
    topics: Vec<String>,
    place: Option<String>,
    #[serde(default)]
    details: Details,
    sensitivity: Option<String>,
    /// Since when its editions are public, where an edition says nothing else.
    published_at: Option<String>,
    #[serde(default)]
    editions: BTreeMap<String, EditionFacts>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionFacts {
    published_at: Option<String>,
    updated_at: Option<String>,
    #[serde(default)]
    stale: bool,
    #[serde(default)]
    addresses: Vec<String>,
}

fn vietnamese() -> String {
    "vi".to_owned()
}

/// Whether a folder holds an article.
pub(super) fn is_article(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(FACTS)).is_ok()
}

/// The files of an article's folder.
pub(super) fn files(folder: &Path, most: usize) -> io::Result<Files> {
    let mut paths = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == FACTS || path.extension().is_some_and(|extension| extension == "md") {
            paths.insert(name, path);
        }
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut all = Files { name, texts: BTreeMap::new(), list: String::new(), size: 0, odd: None };
    for (name, path) in paths {
        if fs::symlink_metadata(&path)?.is_file() {
            all.take(name, &path, most)?;
        } else {
            all.odd = Some(name);
        }
    }
    Ok(all)
}

impl Files {
    /// Reads a file; what is longer than any row may be is hashed, but not kept.
    fn take(&mut self, name: String, path: &Path, most: usize) -> io::Result<()> {
        let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
        let (mut kept, mut hash) = (Vec::new(), Hasher::default());
        loop {
            let bytes = reader.fill_buf()?;
            let read = bytes.len();
            if read == 0 {
                break;
            }
            hash.update(bytes);
            self.size += read as u64;
            if !self.is_too_long(most) {
                kept.extend_from_slice(bytes);
            }
            reader.consume(read);
        }
        self.list.extend([hash.finish().to_string().as_str(), "  ", &name, "\n"]);
        self.texts.insert(name, kept);
        Ok(())
    }

    /// The hash over the names and hashes of the files.
    pub(super) fn hash(&self) -> Digest {
        Digest::of(&self.list)
    }

    /// How many bytes there are.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether there is more than a row may hold.
    pub(super) fn is_too_long(&self, most: usize) -> bool {
        self.size > most as u64
    }

    fn text(&self, name: &str) -> Result<&str, Error> {
        let bytes = self.texts.get(name).map_or(&[][..], Vec::as_slice);
        std::str::from_utf8(bytes).map_err(|error| unreadable(&format!("{name}: {error}")))
    }
}

/// What a folder says.
pub(super) fn read(files: &Files) -> Result<Record, Error> {
    let bad = |name: &str, cause: &dyn ToString| unreadable(&format!("{name}: {}", cause.to_string()));
    if let Some(name) = &files.odd {
        return Err(bad(name, &"not a plain file"));
    }
    let mut facts: Facts = toml::from_str(files.text(FACTS)?).map_err(|error| bad(FACTS, &error.message()))?;
    let kind = kind(&facts.kind)?;
    let is_shared = |name: &str| fields(kind).iter().all(|field| field.name != name || field.shared());
    let (details, own): (Details, Details) = facts.details.into_iter().partition(|(name, _)| is_shared(name));
    let mut editions = Vec::new();
    for locale in files.texts.keys().filter_map(|name| name.strip_suffix(".md")) {
        let name = format!("{locale}.md");
        let text = front_matter(files.text(&name)?).map_err(|fault| bad(&name, &fault))?;
        let told = facts.editions.remove(locale).unwrap_or_default();
        let mut words = if locale == facts.source_locale { own.clone() } else { Details::new() };
        words.extend(text.head.details);
        editions.push(OldEdition {
            locale: locale.to_owned(),
            text: NewText {
                title: text.head.title,
                summary: text.head.summary,
                body: text.body,
                format: BodyFormat::Markdown,
                slug: text.head.slug,
            },
            place: text.head.place,
            details: words,
            shared: OldShared::default(),
            published_at: told.published_at.or_else(|| facts.published_at.clone()),
            updated_at: told.updated_at,
            stale: told.stale,
            source_version: None,
            addresses: told.addresses,
            history: Vec::new(),
            draft: None,
        });
    }
    if let Some(missing) = facts.editions.keys().next() {
        return Err(bad(FACTS, &format!("editions.{missing}: no {missing}.md")));
    }
    Ok(Record::Article(Box::new(OldArticle {
        key: facts.key.unwrap_or_else(|| files.name.clone()),
        kind,
        agency: facts.agency,
        source_locale: facts.source_locale,
        topics: facts.topics,
        place: facts.place,
        details,
        sensitivity: facts.sensitivity,
        draft: OldShared::default(),
        editions,
    })))
}
