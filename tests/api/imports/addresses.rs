//! Old addresses lead to what is public, for ever, and to nothing else.

use lantoa::service::import::OldArticle;

use super::office::{Old, REASON, edition, news, refusal};
use crate::support::{Edition, text};

fn at(key: &str, title: &str, addresses: &[&str]) -> OldArticle {
    let mut one = news(key, title);
    one.editions[0].addresses = addresses.iter().map(|raw| (*raw).to_owned()).collect();
    one
}

#[actix_web::test]
async fn an_old_address_redirects_to_the_item_wherever_it_moves() {
    let old = Old::new().await;
    let addresses =
        ["/tin-tuc/123-tau.html", "/cu/index.php?id=7&lang=vi", "/tin/t%E1%BA%A7u", "/vi/tin/tau", "/vi/a/tau-cu"];
    old.bring(Some(REASON), &[at("1", "Tàu về bến", &addresses)]).await;
    let goes = async |path: &str, slug: &str| {
        let answer = old.app.get(path).await;
        let to = answer.header("location").unwrap_or_default().trim_start_matches("https://lantoa.lamhai.example");
        assert_eq!((answer.status, to), (301, format!("/vi/a/{slug}").as_str()), "{path}");
    };
    for path in addresses {
        goes(path, "tau-ve-ben").await;
    }
    goes("/tin/t%e1%ba%a7u", "tau-ve-ben").await;
    goes("/tin-tuc/123-tau.html?utm_source=x", "tau-ve-ben").await;
    let api = old.app.get("/api/v1/content/vi/articles/tau-cu").await;
    assert_eq!(api.header("location"), Some("/api/v1/content/vi/articles/tau-ve-ben"));
    for none in ["/tin-tuc/123", "/cu/index.php?id=8&lang=vi", "/cu/index.php", "/en/a/tau-cu", "/TIN-TUC/123-tau.html"]
    {
        old.app.get(none).await.is_problem(404, "not-found");
    }

    let moved = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    let author = old.app.account("author").sign_in().await;
    let mut renamed = text("Tàu", "Tàu.");
    renamed["slug"] = "tau-moi".into();
    moved.save(&author, renamed).await.is(200);
    moved.go_public(&author).await;
    for path in addresses.into_iter().chain(["/vi/a/tau-ve-ben"]) {
        goes(path, "tau-moi").await;
    }

    let publisher = old.app.account("publisher").sign_in().await;
    moved.withdraw(&publisher, "Đã gỡ.").await.is(200);
    for path in addresses {
        let gone = old.app.get(path).await;
        assert!(gone.status == 410 && gone.text().contains("Đã gỡ."), "{path}: {}", gone.status);
    }
    old.is_sound().await;
}

#[actix_web::test]
async fn an_address_belongs_to_one_edition_and_nobody_takes_it() {
    let old = Old::new().await;
    let mut twice = at("3", "Ba", &["/bai/ba"]);
    twice.editions.push(edition("en", "Three"));
    twice.editions[1].addresses = vec!["/bai/ba".to_owned()];

    let outcomes = old
        .bring(
            Some(REASON),
            &[at("1", "Một", &["/bai/mot", "/vi/a/cu"]), at("2", "Hai", &["/bai/mot"]), twice, at("4", "Cu", &[])],
        )
        .await;

    assert_eq!(refusal(&outcomes[1]), [("/editions/0/addresses/0".to_owned(), "address-taken")]);
    assert_eq!(refusal(&outcomes[2]), [("/editions/1/addresses/0".to_owned(), "address-taken")]);
    let slugs: Vec<String> = old.app.list("vi").await.iter().map(|item| item.slug.to_string()).collect();
    assert!(slugs.contains(&"cu-2".to_owned()), "an old slug is not given away: {slugs:?}");
    let later = old.bring(Some(REASON), &[at("5", "Năm", &["/bai/mot"])]).await;
    assert_eq!(refusal(&later[0]), [("/editions/0/addresses/0".to_owned(), "address-taken")]);
    let author = old.app.account("author").sign_in().await;
    author.article().with("slug", "cu").send().await.is_problem(409, "slug-taken");
}

#[actix_web::test]
async fn an_address_that_somebody_leads_elsewhere_in_the_database_leads_nowhere() {
    let old = Old::new().await;
    old.bring(Some(REASON), &[at("1", "Một", &["/bai/mot", "/vi/a/cu"]), at("2", "Hai", &["/bai/hai"])]).await;
    let two = "SELECT edition_id FROM live_address WHERE path = '/bai/hai'";
    old.app.sql(&format!("UPDATE live_address SET edition_id = ({two}) WHERE path <> '/bai/hai'")).await;

    for path in ["/bai/mot", "/vi/a/cu"] {
        old.app.again().await.get(path).await.is_problem(404, "not-found");
    }
    assert_eq!(old.app.get("/bai/hai").await.status, 301);
}

#[actix_web::test]
async fn an_old_address_costs_two_statements_of_the_live_store() {
    let old = Old::new().await;
    old.bring(Some(REASON), &[at("1", "Một", &["/bai/mot", "/vi/a/cu"])]).await;
    for (path, most) in [("/bai/mot", 1), ("/khong-co", 2), ("/vi/a/cu", 2), ("/vi/a/khong-co", 2)] {
        old.app.statements.lock().unwrap().clear();
        old.app.get(path).await;
        let seen = old.app.statements.lock().unwrap().clone();
        assert!(seen.len() <= most, "{path}: {seen:#?}");
        assert!(seen.iter().all(|sql| sql.contains("live_")), "{seen:#?}");
    }
}

#[actix_web::test]
async fn an_address_that_nobody_signed_hides_no_page_under_the_same_slug() {
    let old = Old::new().await;
    old.bring(Some(REASON), &[at("1", "Một", &["/bai/mot"]), at("2", "Hai", &["/vi/a/cu"])]).await;
    for (path, leads_to) in [("/vi/a/mot", "hai"), ("/vi/a/hai", "mot")] {
        old.app
            .sql(&format!(
                "INSERT INTO live_address (audience, path, edition_id, signature) SELECT 'public', '{path}', edition_id, \
                 (SELECT signature FROM live_address WHERE path = '/bai/mot') FROM live_item WHERE slug = '{leads_to}'"
            ))
            .await;
    }
    // Where the table of slugs is the false one, the signed address still leads.
    old.app
        .sql("INSERT INTO live_slug (audience, locale, slug, edition_id) SELECT 'public', 'vi', 'cu', edition_id FROM live_item WHERE slug = 'mot'")
        .await;

    for slug in ["mot", "hai"] {
        assert_eq!(old.app.again().await.get(&format!("/vi/a/{slug}")).await.status, 200, "{slug}");
    }
    assert_eq!(old.app.get("/vi/a/cu").await.status, 301);
    let gone = Edition::of(&old.app, &old.article("Một").await, "vi");
    gone.withdraw(&old.app.account("publisher").sign_in().await, "Đã gỡ.").await.is(200);
    assert_eq!(old.app.again().await.get("/vi/a/mot").await.status, 410);
}

#[actix_web::test]
async fn an_old_address_that_is_taken_away_is_found() {
    for deed in [
        "DELETE FROM live_address WHERE path = '/bai/mot'",
        "UPDATE live_address SET edition_id = (SELECT edition_id FROM live_item WHERE slug = 'hai') WHERE path = '/bai/mot'",
        "UPDATE live_address SET signature = (SELECT signature FROM live_address WHERE path = '/bai/hai') WHERE path = '/bai/mot'",
        "INSERT INTO old_address (path, edition_id) SELECT '/bai/ba', edition_id FROM old_address WHERE path = '/bai/mot'",
    ] {
        let old = Old::new().await;
        old.bring(Some(REASON), &[at("1", "Một", &["/bai/mot"]), at("2", "Hai", &["/bai/hai"])]).await;
        assert_eq!(old.app.sweep().await, [], "nothing is wrong before somebody makes it so");
        let one = Edition::of(&old.app, &old.article("Một").await, "vi").id().await;

        old.app.sql(deed).await;

        let found: Vec<_> = old.app.sweep().await.iter().map(|finding| finding.edition).collect();
        assert_eq!(found, [one], "{deed}");
    }
}
