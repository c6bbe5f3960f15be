//! Schema.org's `NewsArticle` as JSON-LD, for search engines and for whoever copies a page with what it says of itself.

use serde_json::{Map, Value, json};

use super::occasion::Occasion;
use crate::domain::{
    article::Kind,
    item::{Item, MEDIA_TOPICS, Topic},
};

/// The media type that a page embeds it as.
pub const MEDIA_TYPE: &str = "application/ld+json";

/// Where the words are explained.
const CONTEXT: &str = "https://schema.org";

/// What schema.org says of an article; the publisher is the office by its name in the item's language.
fn news_article(item: &Item, publisher: &str) -> Value {
    let mut it = Map::new();
    let mut say = |name: &str, value: Value| {
        it.insert(name.to_owned(), value);
    };
    say("@context", CONTEXT.into());
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
    let named = |topic: &Topic| {
        let uri = topic.media_topic.as_deref()?;
        Some(json!({"@type": "DefinedTerm", "@id": uri, "name": topic.name, "inDefinedTermSet": MEDIA_TOPICS}))
    };
    let about: Vec<Value> = item.topics.iter().filter_map(named).collect();
    if !about.is_empty() {
        say("about", about.into());
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

/// All that schema.org says of an item: the article, and beside it the event that it tells of or the claim that it
/// answers.
pub fn document(item: &Item, publisher: &str) -> Value {
    let article = news_article(item, publisher);
    let Some(beside) = event(item).or_else(|| claim_review(item)) else { return article };
    let bare = |mut one: Value| {
        one.as_object_mut().and_then(|members| members.remove("@context"));
        one
    };
    json!({"@context": CONTEXT, "@graph": [bare(article), beside]})
}

/// The event that an item tells of.
fn event(item: &Item) -> Option<Value> {
    let occasion = Occasion::of(item)?;
    let detail = |name: &str| item.details.as_ref()?[name].as_str();
    let mut it = json!({
        "@type": "Event",
        "@id": format!("{}#event", item.guid),
        "url": item.url,
        "name": item.title,
        "inLanguage": item.locale.as_str(),
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": occasion.start(),
        "organizer": {"@type": "GovernmentOrganization", "name": item.agency.name},
    });
    if let Some(end) = occasion.end() {
        it["endDate"] = end.into();
    }
    if !item.summary.is_empty() {
        it["description"] = item.summary.as_str().into();
    }
    let place = item.place.as_deref();
    if let Some(name) = detail("venue").or(place) {
        it["location"] = json!({"@type": "Place", "name": name});
        if let Some(address) = place.filter(|address| *address != name) {
            it["location"]["address"] = address.into();
        }
    }
    Some(it)
}

/// The claim that a statement answers. The verdict is the statement's own headline: nobody approved a figure for it.
fn claim_review(item: &Item) -> Option<Value> {
    let details = item.details.as_ref().filter(|_| item.kind == Kind::Statement)?;
    let claim = details["claim"].as_str()?;
    let mut it = json!({
        "@type": "ClaimReview",
        "@id": format!("{}#claim", item.guid),
        "url": item.url,
        "inLanguage": item.locale.as_str(),
        "datePublished": item.published_at.to_string(),
        "claimReviewed": claim,
        "author": {"@type": "GovernmentOrganization", "name": item.agency.name},
        "reviewRating": {"@type": "Rating", "alternateName": item.title},
        "itemReviewed": {"@type": "Claim", "name": claim},
    });
    if let Some(place) = details["claimed_at_place"].as_str() {
        it["itemReviewed"]["appearance"] = json!({"@type": "CreativeWork", "name": place});
    }
    Some(it)
}

/// The same as text that may stand in an HTML `script` element: no `<` in it can end the element.
pub fn embedded(item: &Item, publisher: &str) -> String {
    document(item, publisher).to_string().replace('<', "\\u003c")
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

    #[test]
    fn an_event_says_when_and_where_and_a_statement_what_it_answers() {
        let details = json!({"starts_at": "2026-12-05T01:00:00Z", "ends_at": "2026-12-05T04:30:00Z",
            "time_zone": "Asia/Ho_Chi_Minh", "venue": "Quảng trường"});
        let said = document(&Item { details: Some(details), ..rich(7) }, "x");
        assert_eq!(
            (&said["@graph"][0]["@type"], &said["@graph"][0]["@context"]),
            (&json!("NewsArticle"), &Value::Null)
        );
        let event = &said["@graph"][1];
        assert_eq!(
            (&event["startDate"], &event["endDate"]),
            (&json!("2026-12-05T08:00:00+07:00"), &json!("2026-12-05T11:30:00+07:00"))
        );
        assert_eq!(event["location"], json!({"@type": "Place", "name": "Quảng trường", "address": "Hòn Đất"}));

        let details = json!({"claim": "Cảng đã đóng cửa", "claimed_at_place": "Một trang mạng"});
        let said = document(&Item { kind: Kind::Statement, details: Some(details), ..item(1) }, "x");
        let review = &said["@graph"][1];
        assert_eq!(
            (&review["claimReviewed"], &review["reviewRating"]["alternateName"]),
            (&json!("Cảng đã đóng cửa"), &json!("Bài số 1"))
        );
        assert_eq!(review["itemReviewed"]["appearance"]["name"], "Một trang mạng");
        assert_eq!(document(&item(1), "x"), news_article(&item(1), "x"), "nothing stands beside a plain article");
    }

    #[test]
    fn a_topic_is_called_what_it_is_called_abroad() {
        let about = json!([{"@type": "DefinedTerm", "@id": "http://cv.iptc.org/newscodes/mediatopic/04000000",
            "name": "Biển, đảo", "inDefinedTermSet": "http://cv.iptc.org/newscodes/mediatopic/"}]);
        assert_eq!(news_article(&rich(7), "x")["about"], about);
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
