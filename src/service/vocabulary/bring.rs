//! Entries that are brought in with another system's articles.

use super::{AskedLocale, AskedTopic, Entry, Locale, Put, Topic, put_agency, put_locale, put_topic};
use crate::{
    kernel::Code,
    service::Error,
    store::{WriteTx, edition, vocabulary},
};

/// Makes an entry that is brought in, unless it is there as it says. A language of an office that has not begun to
/// write may say something else than it did.
pub(in crate::service) async fn bring(tx: &WriteTx, entry: Entry) -> Result<Option<Put>, Error> {
    match entry {
        Entry::Agency { code, names } => {
            let old = vocabulary::agencies(tx).await?.into_iter().find(|one| one.code.as_str() == code);
            if old.is_some_and(|old| old.names == names) {
                return Ok(None);
            }
            put_agency(tx, code, names, None).await.map(|one| Some(Put::Agency(one)))
        }
        Entry::Topic { code, parent, media_topic, names } => {
            let old = vocabulary::topics(tx).await?.into_iter().find(|one| one.code.as_str() == code);
            let same = |old: &Topic| {
                (&old.names, old.parent.as_ref().map(Code::as_str), &old.media_topic)
                    == (&names, parent.as_deref(), &media_topic)
            };
            if old.as_ref().is_some_and(same) {
                return Ok(None);
            }
            put_topic(tx, AskedTopic { code, parent, media_topic, names }, None).await.map(|one| Some(Put::Topic(one)))
        }
        Entry::Locale { tag, script, rtl, fallback, position, names } => {
            let old = vocabulary::locales(tx).await?.into_iter().find(|one| one.tag.as_str() == tag);
            let same = |old: &Locale| {
                (&old.script, old.rtl, &old.fallback, old.position, &old.names)
                    == (&script, rtl, &fallback, position, &names)
            };
            if old.as_ref().is_some_and(same) {
                return Ok(None);
            }
            let version = if edition::is_any(tx).await? { None } else { old.map(|old| old.version) };
            let asked = AskedLocale { tag, script, rtl, fallback, position, names };
            put_locale(tx, asked, version).await.map(|one| Some(Put::Locale(one)))
        }
    }
}
