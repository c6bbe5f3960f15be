//! Lists so long that what narrows them is not looked up but met on the way.

use std::collections::BTreeSet;

use super::office::{Old, edition, news};

/// More than the store looks up.
const MANY: usize = 1_004;

#[actix_web::test]
async fn a_long_list_is_narrowed_as_a_short_one_is() {
    let old = Old::new().await;
    let mut all: Vec<_> = (0..MANY).map(|n| news(&n.to_string(), &format!("Bản tin số {n}"))).collect();
    for one in &mut all[..MANY - 2] {
        one.editions.push(edition("en", "Bulletin"));
    }
    all[3].editions.push(edition("fr", "Bulletin"));
    all[4].topics = vec!["bien".to_owned()];
    old.bring(None, &all).await;

    let every = old.admin.articles("").await;
    assert_eq!(every.len(), MANY);
    let english = old.admin.articles("locale=en").await;
    assert_eq!(english.len(), MANY - 2);
    assert_eq!(old.admin.articles("missing_locale=en").await, &every - &english);
    for (filter, found) in [
        ("state=draft", MANY),
        ("state=draft&locale=en", MANY - 2),
        ("state=draft&locale=fr", 1),
        ("locale=fr", 1),
        ("locale=en&missing_locale=fr", MANY - 3),
        ("missing_locale=fr", MANY - 1),
        ("topic=dau-tu", MANY - 1),
        ("topic=bien", 1),
        ("mine=true", MANY),
        ("stale=false", MANY),
        ("state=published", 0),
        ("stale=true", 0),
    ] {
        let narrowed = old.admin.articles(filter).await;
        assert_eq!(narrowed.len(), found, "{filter}");
        assert!(narrowed.is_subset(&every), "{filter}");
    }
    let other = old.app.account("admin").sign_in().await;
    assert_eq!(other.articles("mine=true").await, BTreeSet::new());
}
