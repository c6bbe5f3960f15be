//! Our documents as readers of others' making find them: every entry that was written, in its order, and no other.

use std::fmt;

use icalendar::parser::{Component, read_calendar, unfold};

use super::{
    Entry, Feed, Format,
    calendar::{self, Calendar},
};

/// What a reader said of a document that it should have read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclean {
    /// The reader.
    pub reader: &'static str,
    /// Its words; none if it read other entries than were written.
    pub said: Option<String>,
}

impl fmt::Display for Unclean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reader, self.said.as_deref().unwrap_or("other entries than were written"))
    }
}

type Read = Result<Vec<String>, Unclean>;

/// Writes a feed in a format and has it read.
pub fn feed(feed: &Feed, format: Format) -> Result<(), Unclean> {
    let guids: Vec<&str> = feed.entries.iter().map(Entry::guid).collect();
    document(format, &format.write(feed), &guids)
}

/// Writes a calendar and has it read.
pub fn events(said: &Calendar) -> Result<(), Unclean> {
    const READER: &str = "icalendar";
    let document = String::from_utf8(calendar::write(said)).map_err(|error| unread(READER, &error))?;
    let unfolded = unfold(&document);
    let found = read_calendar(&unfolded).map_err(|error| unread(READER, &error))?;
    let is_event = |one: &&Component<'_>| one.name == "VEVENT";
    let uids = found.components.iter().filter(is_event).map(|event| {
        event.find_prop("UID").map(|uid| uid.val.to_string()).ok_or(Unclean { reader: READER, said: None })
    });
    let uids = uids.collect::<Result<Vec<_>, _>>()?;
    let is_ours = |uid: &String| said.events.iter().any(|event| event.guid() == uid);
    if uids.iter().all(is_ours) { Ok(()) } else { Err(Unclean { reader: READER, said: None }) }
}

fn document(format: Format, document: &[u8], guids: &[&str]) -> Result<(), Unclean> {
    let readers: &[(&'static str, fn(&[u8]) -> Read)] = match format {
        Format::JsonFeed => &[("feed_rs", any)],
        Format::Rss => &[("rss", rss), ("feed_rs", any)],
        Format::Atom => &[("atom_syndication", atom), ("feed_rs", any)],
        Format::Ninjs => &[("serde_json", ninjs)],
    };
    for (reader, read) in readers {
        if read(document)? != guids {
            return Err(Unclean { reader, said: None });
        }
    }
    Ok(())
}

fn any(document: &[u8]) -> Read {
    let read = feed_rs::parser::parse(document).map_err(|error| unread("feed_rs", &error))?;
    Ok(read.entries.into_iter().map(|entry| entry.id).collect())
}

fn rss(document: &[u8]) -> Read {
    let channel = rss::Channel::read_from(document).map_err(|error| unread("rss", &error))?;
    let guid = |item: rss::Item| item.guid.map(|guid| guid.value).unwrap_or_default();
    Ok(channel.items.into_iter().map(guid).collect())
}

fn atom(document: &[u8]) -> Read {
    let feed = atom_syndication::Feed::read_from(document).map_err(|error| unread("atom_syndication", &error))?;
    Ok(feed.entries.into_iter().map(|entry| entry.id).collect())
}

/// No crate reads ninjs: it is read as JSON, and has to have what a reader goes by.
fn ninjs(document: &[u8]) -> Read {
    #[derive(serde::Deserialize)]
    struct Package {
        #[serde(default)]
        associations: Vec<Item>,
    }
    #[derive(serde::Deserialize)]
    struct Item {
        uri: String,
        #[serde(rename = "versionCreated")]
        _changed: chrono::DateTime<chrono::FixedOffset>,
        #[serde(rename = "pubStatus")]
        _status: String,
    }
    let package: Package = serde_json::from_slice(document).map_err(|error| unread("serde_json", &error))?;
    Ok(package.associations.into_iter().map(|item| item.uri).collect())
}

fn unread(reader: &'static str, error: &impl ToString) -> Unclean {
    Unclean { reader, said: Some(error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syndication::samples::{feed as sample, rich};

    fn two() -> Feed {
        sample(vec![rich(2).into(), rich(1).into()])
    }

    #[test]
    fn what_we_write_is_read_as_it_was_written() {
        for format in Format::ALL {
            assert_eq!(feed(&two(), *format), Ok(()), "{format}");
            assert_eq!(feed(&sample(Vec::new()), *format), Ok(()), "{format}");
        }
    }

    #[test]
    fn a_document_that_ends_too_soon_or_tells_of_others_is_not_clean() {
        let (whole, guids) = (two(), [rich(2).guid, rich(1).guid]);
        let guids = [guids[0].as_str(), guids[1].as_str()];
        for format in Format::ALL {
            let bytes = format.write(&whole);
            let cut = document(*format, &bytes[..bytes.len() * 2 / 3], &guids).unwrap_err();
            assert!(cut.said.is_some() || *format == Format::Atom || *format == Format::Rss, "{format}: {cut:?}");
            for others in [&guids[..1], &[guids[1], guids[0]]] {
                assert_eq!(document(*format, &bytes, others).unwrap_err().said, None, "{format}");
            }
        }
    }
}
