//! Schema.org's `NewsArticle` as JSON-LD, for search engines and for whoever copies a page with what it says of itself.

use serde_json::{Map, Value, json};

use crate::domain::item::Item;

/// The media type that a page embeds it as.
pub const MEDIA_TYPE: &str = "application/ld+json";

/// What schema.org says of an item; the publisher is the office by its name in the item's language.
pub fn news_article(item: &Item, publisher: &str) -> Value {
    let mut it = Map::new();
    let mut say = |name: &str, value: Value| {
        it.insert(name.to_owned(), value);
    };
    say("@context", "https://schema.org".into());
    say("@type", "NewsArticle".into());
    // The guid and not the address: an address may change, and each language is a work of its own.
    say("@id", item.guid.as_str().into());
    say("url", item.url.as_str().into());
    say("mainEntityOfPage", item.url.as_str().into());
    say("headline", item.title.as_str().into());
    if !item.summary.is_empty() {
        say("description", item.summary.as_str().into());
    }
    say("inLanguage", item.locale.as_str().into());
    say("datePublished", item.published_at.to_string().into());
    say("dateModified", item.updated_at.to_string().into());
    say("version", item.version.into());
    say("isAccessibleForFree", true.into());
    say("author", json!({"@type": "GovernmentOrganization", "name": item.agency.name}));
    say("publisher", json!({"@type": "GovernmentOrganization", "name": publisher}));
    if !item.topics.is_empty() {
        say("articleSection", item.topics.iter().map(|topic| topic.name.as_str()).collect());
    }
    if let Some(place) = &item.place {
        say("contentLocation", json!({"@type": "Place", "name": place}));
    }
    if !item.corrections.is_empty() {
        let one = |it: &crate::domain::item::Correction| json!({"@type": "CorrectionComment", "datePublished": it.at.to_string(), "text": it.note});
        say("correction", item.corrections.iter().map(one).collect());
    }
    let other = |it: &crate::domain::item::Alternate| json!({"@type": "NewsArticle", "@id": it.guid, "url": it.url, "inLanguage": it.locale.as_str()});
    let source = item.source.as_ref().map(|source| &source.locale);
    if let Some(original) = item.alternates.iter().find(|it| Some(&it.locale) == source) {
        say("translationOfWork", other(original));
    } else if item.source.is_none() && !item.alternates.is_empty() {
        say("workTranslation", item.alternates.iter().map(other).collect());
    }
    Value::Object(it)
}

/// The same as text that may stand in an HTML `script` element: no `<` in it can end the element.
pub fn embedded(item: &Item, publisher: &str) -> String {
    news_article(item, publisher).to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syndication::samples::{any_text, item, rich};

    #[test]
    fn an_article_says_what_it_is_and_whose() {
        let said = news_article(&item(1), "Tỉnh Lam Hải");

        assert_eq!(
            said,
            json!({
                "@context": "https://schema.org", "@type": "NewsArticle",
                "@id": "tag:tinh.example,2026:01010101-0101-0101-0101-010101010101:vi",
                "url": "https://tinh.example/vi/bai-1", "mainEntityOfPage": "https://tinh.example/vi/bai-1",
                "headline": "Bài số 1", "description": "Tóm tắt", "inLanguage": "vi",
                "datePublished": "2026-11-22T03:00:00Z", "dateModified": "2026-11-22T03:00:00Z", "version": 1,
                "isAccessibleForFree": true,
                "author": {"@type": "GovernmentOrganization", "name": "Báo tỉnh"},
                "publisher": {"@type": "GovernmentOrganization", "name": "Tỉnh Lam Hải"},
                "articleSection": ["Biển, đảo"],
            })
        );
    }

    #[test]
    fn a_correction_a_place_and_the_original_are_named() {
        let said = news_article(&rich(7), "x");

        assert_eq!(said["correction"][1]["text"], "Tên đúng: Đặng.");
        assert_eq!(said["contentLocation"]["name"], "Hòn Đất");
        assert_eq!(said["translationOfWork"]["inLanguage"], "en");
        assert_eq!(said.get("workTranslation"), None, "only the original knows its translations");
        let source = Item { source: None, ..rich(7) };
        let said = news_article(&source, "x");
        assert_eq!(said["workTranslation"].as_array().unwrap().len(), 2);
        assert_eq!(said.get("translationOfWork"), None);
    }

    proptest! {
        #[test]
        fn no_text_gets_out_of_its_element(text in any_text()) {
            let item = Item { title: text.clone(), ..item(1) };
            let embedded = embedded(&item, "</script>");
            prop_assert!(!embedded.contains('<'));
            let back: Value = serde_json::from_str(&embedded).unwrap();
            prop_assert_eq!(&back["headline"], &text);
        }
    }
}
