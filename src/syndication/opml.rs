//! OPML 2.0: the list of our feeds, which a reader subscribes to in one go.

use super::xml::Document;
use crate::kernel::LocaleTag;

/// One feed of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The feed's name for people.
    pub title: String,
    /// The feed's address.
    pub xml_url: String,
    /// The page for people that it belongs to.
    pub html_url: String,
    /// The feed's language.
    pub locale: LocaleTag,
    /// Its format, as OPML names it.
    pub version: &'static str,
}

/// Feeds of one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The format's name for people.
    pub name: &'static str,
    /// Its feeds.
    pub outlines: Vec<Outline>,
}

/// The OPML document of some feeds, in the order given.
pub fn write(groups: &[Group], title: &str) -> Vec<u8> {
    let mut document = Document::new();
    document.element("opml", &[("version", "2.0")], |opml| {
        opml.element("head", &[], |head| head.text("title", &[], title));
        opml.element("body", &[], |body| {
            for group in groups {
                let name = [("text", group.name), ("title", group.name)];
                body.element("outline", &name, |place| group.outlines.iter().for_each(|one| write_one(place, one)));
            }
        });
    });
    document.into_bytes()
}

fn write_one(place: &mut Document, outline: &Outline) {
    place.empty(
        "outline",
        &[
            // Whatever the format, this is what readers look for.
            ("type", "rss"),
            ("version", outline.version),
            ("text", &outline.title),
            ("title", &outline.title),
            ("xmlUrl", &outline.xml_url),
            ("htmlUrl", &outline.html_url),
            ("language", outline.locale.as_str()),
        ],
    );
}

#[cfg(test)]
mod tests {
    use quick_xml::{Reader, XmlVersion, events::Event};

    use super::*;

    /// The attributes of each outline, as a parser reads them back.
    fn outlines(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).unwrap());
        reader.config_mut().check_end_names = true;
        let mut found = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Empty(element) if element.name().as_ref() == "outline" => found.push(
                    element
                        .attributes()
                        .map(Result::unwrap)
                        .map(|a| {
                            let value = a.normalized_value(XmlVersion::Implicit1_0).unwrap();
                            (a.key.as_ref().to_owned(), value.into_owned())
                        })
                        .collect(),
                ),
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn every_feed_comes_back_with_its_address_and_language() {
        let feed = |title: &str, locale: &str| Outline {
            title: title.to_owned(),
            xml_url: format!("https://tinh.example/feeds/{locale}/all.rss?a=1&b=2"),
            html_url: format!("https://tinh.example/{locale}"),
            locale: locale.parse().unwrap(),
            version: "RSS2",
        };
        let list = [feed("Tất cả \"tin\" & <sự kiện>", "vi"), feed("全部新闻\u{B}", "zh-Hans")];

        let bytes = write(&[Group { name: "RSS 2.0", outlines: list.to_vec() }], "Lan Tỏa & bạn");

        let back = outlines(&bytes);
        assert_eq!(back.len(), 2);
        for (attributes, (feed, title)) in
            back.iter().zip([(&list[0], list[0].title.as_str()), (&list[1], "全部新闻\u{FFFD}")])
        {
            let want = [
                ("type", "rss"),
                ("version", "RSS2"),
                ("text", title),
                ("title", title),
                ("xmlUrl", &feed.xml_url),
                ("htmlUrl", &feed.html_url),
                ("language", feed.locale.as_str()),
            ];
            assert_eq!(attributes.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), want);
        }
        assert!(String::from_utf8(bytes).unwrap().contains("<title>Lan Tỏa &amp; bạn</title>"));
    }

    #[test]
    fn a_list_without_feeds_is_still_a_document() {
        let bytes = write(&[], "Lan Tỏa");
        assert!(outlines(&bytes).is_empty());
        assert!(String::from_utf8(bytes).unwrap().contains("<body>"));
    }
}
