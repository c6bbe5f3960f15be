//! Sitemaps (sitemaps.org 0.9): an index, files whose every entry names all languages of its article, and the newest
//! items as Google News reads them.

use std::sync::Arc;

use super::xml::Document;
use crate::{
    domain::item::{Item, fallback_of},
    kernel::{LocaleTag, Timestamp},
};

/// The media type of all of them.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

const SITEMAP: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A file of the index.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its address.
    pub url: String,
    /// The newest change of what it lists.
    pub changed_at: Timestamp,
}

/// A page, and the same article in all languages, itself among them.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// When its text was published.
    pub changed_at: Timestamp,
    /// Each language's address.
    pub family: Arc<[(LocaleTag, String)]>,
}

/// The index of the files.
pub fn index(parts: &[Part]) -> Vec<u8> {
    let mut document = Document::new();
    document.element("sitemapindex", &[SITEMAP], |root| {
        for part in parts {
            root.element("sitemap", &[], |place| {
                place.text("loc", &[], &part.url);
                place.text("lastmod", &[], &part.changed_at.to_string());
            });
        }
    });
    document.into_bytes()
}

/// A file of pages.
pub fn pages(pages: &[Page]) -> Vec<u8> {
    let mut document = Document::new();
    document.element("urlset", &[SITEMAP, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")], |root| {
        for page in pages {
            root.element("url", &[], |place| {
                place.text("loc", &[], &page.url);
                place.text("lastmod", &[], &page.changed_at.to_string());
                let fallback = fallback_of(&page.family, |(locale, _)| locale);
                let default = fallback.map(|(_, url)| ("x-default", url.as_str()));
                let languages = page.family.iter().map(|(locale, url)| (locale.as_str(), url.as_str()));
                for (hreflang, href) in languages.chain(default) {
                    place.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", hreflang), ("href", href)]);
                }
            });
        }
    });
    document.into_bytes()
}

/// The newest items with the name of who publishes each, in its language.
pub fn news(items: &[(Item, String)]) -> Vec<u8> {
    let mut document = Document::new();
    let namespaces = [SITEMAP, ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")];
    document.element("urlset", &namespaces, |root| {
        for (item, publisher) in items {
            root.element("url", &[], |place| {
                place.text("loc", &[], &item.url);
                place.element("news:news", &[], |news| {
                    news.element("news:publication", &[], |of| {
                        of.text("news:name", &[], publisher);
                        of.text("news:language", &[], news_language(&item.locale));
                    });
                    news.text("news:publication_date", &[], &item.published_at.to_string());
                    news.text("news:title", &[], &item.title);
                });
            });
        }
    });
    document.into_bytes()
}

/// A language as Google News takes it: bare, but for the two kinds of Chinese.
fn news_language(locale: &LocaleTag) -> &str {
    match locale.as_str() {
        "zh-Hans" | "zh-CN" | "zh-SG" => "zh-cn",
        "zh-Hant" | "zh-TW" | "zh-HK" | "zh-MO" => "zh-tw",
        _ if locale.language() == "zh" => "zh-cn",
        _ => locale.language(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syndication::samples::{hour, item};

    fn tag(raw: &str) -> LocaleTag {
        raw.parse().unwrap()
    }

    #[test]
    fn every_page_names_all_languages_itself_and_the_one_for_everybody_else() {
        let family: Arc<[(LocaleTag, String)]> =
            ["en", "vi", "zh-Hans"].map(|locale| (tag(locale), format!("https://x.example/{locale}/a?b&c"))).into();
        let all =
            family.iter().map(|(_, url)| Page { url: url.clone(), changed_at: hour(1), family: Arc::clone(&family) });

        let xml = String::from_utf8(pages(&all.collect::<Vec<_>>())).unwrap();

        for (hreflang, locale) in [("en", "en"), ("vi", "vi"), ("zh-Hans", "zh-Hans"), ("x-default", "en")] {
            let link = format!("hreflang=\"{hreflang}\" href=\"https://x.example/{locale}/a?b&amp;c\"");
            assert_eq!(xml.matches(&link).count(), 3, "{xml}");
        }
        assert_eq!(xml.matches("<loc>https://x.example/vi/a?b&amp;c</loc>").count(), 1);
        assert_eq!(xml.matches("<lastmod>2026-11-22T03:00:00Z</lastmod>").count(), 3);
    }

    #[test]
    fn news_have_a_bare_language_and_their_first_date() {
        for (locale, bare) in [("vi", "vi"), ("zh-Hans", "zh-cn"), ("zh-Hant", "zh-tw"), ("pt-BR", "pt")] {
            let item = Item { locale: tag(locale), updated_at: hour(9), title: "R&D".to_owned(), ..item(1) };
            let xml = String::from_utf8(news(&[(item, "Tỉnh".to_owned())])).unwrap();
            assert!(xml.contains(&format!("<news:language>{bare}</news:language>")), "{xml}");
            assert!(xml.contains("<news:publication_date>2026-11-22T03:00:00Z</news:publication_date>"), "{xml}");
            assert!(xml.contains("<news:title>R&amp;D</news:title>") && xml.contains("<news:name>Tỉnh</news:name>"));
        }
    }

    #[test]
    fn the_index_names_each_file_and_its_newest_change() {
        let part = Part { url: "https://x.example/sitemaps/2026-11-1.xml".to_owned(), changed_at: hour(2) };
        let xml = String::from_utf8(index(&[part])).unwrap();
        assert!(xml.contains("<loc>https://x.example/sitemaps/2026-11-1.xml</loc>"), "{xml}");
        assert!(xml.contains("<lastmod>2026-11-22T04:00:00Z</lastmod>"), "{xml}");
    }
}
