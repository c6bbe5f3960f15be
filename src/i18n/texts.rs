//! From the files of `locales/<tag>/*.ftl` to one bundle for each language.

use std::{borrow::Cow, collections::BTreeMap, path::Path};

use fluent::{FluentError, FluentResource, concurrent::FluentBundle};
use rust_embed::RustEmbed;

use super::{datetime, number};
use crate::kernel::LocaleTag;

pub(super) type Bundle = FluentBundle<FluentResource>;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

/// Why the texts cannot be used; it names the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTexts {
    /// A file of texts lies somewhere else than in the folder of a language.
    #[error("locales/{0}: not in a folder named by a locale tag")]
    Misplaced(String),
    /// A file's bytes are no text.
    #[error("locales/{0}: not UTF-8")]
    NotUtf8(String),
    /// A file is not Fluent.
    #[error("locales/{path}, line {line}: {fault}")]
    Malformed {
        /// The file, seen from `locales/`.
        path: String,
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        fault: String,
    },
    /// A message stands twice in one language.
    #[error("locales/{path}: {id} stands twice")]
    Duplicate {
        /// The file with the second one, seen from `locales/`.
        path: String,
        /// The message.
        id: String,
    },
    /// A language that is needed has no folder.
    #[error("locales/{0}: no texts")]
    NoLanguage(String),
}

pub(super) fn embedded() -> Result<BTreeMap<String, (LocaleTag, Bundle)>, BadTexts> {
    bundles(Files::iter().filter_map(|path| Some((path.to_string(), Files::get(&path)?.data))))
}

/// One bundle for each language, out of files given by path and bytes; what is not `.ftl` is passed over.
pub(super) fn bundles<'a>(
    files: impl IntoIterator<Item = (String, Cow<'a, [u8]>)>,
) -> Result<BTreeMap<String, (LocaleTag, Bundle)>, BadTexts> {
    let mut bundles = BTreeMap::new();
    for (path, bytes) in files {
        if Path::new(&path).extension() != Some("ftl".as_ref()) {
            continue;
        }
        let tag = language(&path).ok_or_else(|| BadTexts::Misplaced(path.clone()))?;
        let source = String::from_utf8(bytes.into_owned()).map_err(|_| BadTexts::NotUtf8(path.clone()))?;
        let resource = parse(&path, source)?;
        let (_, bundle) = bundles.entry(tag.to_string()).or_insert_with(|| (tag.clone(), empty(&tag)));
        bundle.add_resource(resource).map_err(|faults| duplicate(path, &faults))?;
    }
    Ok(bundles)
}

fn language(path: &str) -> Option<LocaleTag> {
    let (folder, name) = path.split_once('/')?;
    if name.contains('/') { None } else { folder.parse().ok() }
}

fn parse(path: &str, source: String) -> Result<FluentResource, BadTexts> {
    FluentResource::try_new(source).map_err(|(resource, faults)| {
        let at = faults.first().map_or(0, |fault| fault.pos.start);
        let line = resource.source().bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let fault = faults.first().map(ToString::to_string).unwrap_or_default();
        BadTexts::Malformed { path: path.to_owned(), line, fault }
    })
}

fn empty(tag: &LocaleTag) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.as_str().parse().into_iter().collect());
    // The texts go into JSON, feeds and terminals, where the invisible isolation marks would come out as litter.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number::written));
    bundle.add_builtins().expect("a new bundle has no function yet");
    bundle.add_function("DATETIME", datetime::function).expect("Fluent brings NUMBER alone");
    bundle
}

fn duplicate(path: String, faults: &[FluentError]) -> BadTexts {
    let id = faults.iter().find_map(|fault| match fault {
        FluentError::Overriding { id, .. } => Some(id.clone()),
        _ => None,
    });
    BadTexts::Duplicate { path, id: id.unwrap_or_default() }
}
