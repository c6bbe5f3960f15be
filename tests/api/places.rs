//! Where it happens, in the words of each language.

use serde_json::{Value, json};

use crate::support::{Desk, text};

#[actix_web::test]
async fn a_place_is_said_in_the_language_of_the_item_or_not_at_all() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft().with("place", "Xã Sơn Hạ")).await;
    let silent = desk.translation(&source, "fr", text("Premier thon", "Douze tonnes.")).await;
    let mut words = text("First tuna", "Twelve tonnes.");
    words["place"] = " Son Ha Commune ".into();
    let telling = desk.translation(&source, "en", words.clone()).await;

    for (edition, place) in [(&source, json!("Xã Sơn Hạ")), (&silent, Value::Null), (&telling, json!("Son Ha Commune"))]
    {
        let item = edition.public().await.is(200).json();
        assert_eq!(item["place"], place, "{}", edition.locale);
        let path = format!("/api/v1/content/articles/{}/{}/versions/1", edition.article, edition.locale);
        assert_eq!(desk.app.get(&path).await.is(200).json()["place"], place, "{}", edition.locale);
        let path = format!("/{}/a/{}", edition.locale, item["slug"].as_str().unwrap());
        assert_eq!(desk.app.get(&path).await.is(200).text().contains("Xã Sơn Hạ"), edition.locale == "vi");
    }
    assert_eq!(telling.show(&desk.translator).await["place"], "Son Ha Commune");
    let before = telling.hash(&desk.translator).await;
    // A name is no trifle, and what is not said again is not there any more.
    let mut minor = words.clone();
    minor["change_class"] = "minor".into();
    minor["place"] = "Son Tra Commune".into();
    let refused = telling.save(&desk.translator, minor).await.is_problem(422, "invalid");
    refused.names("/change_class", "not-minor");
    words["place"] = Value::Null;
    let saved = telling.save(&desk.translator, words).await.is(200).json();
    assert_eq!((&saved["place"], saved["content_hash"] == before), (&Value::Null, false));
}
