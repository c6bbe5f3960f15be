//! Addresses: readable, one edition's for ever.

use serde_json::json;

use crate::support::{Client, Edition, TestApp, english, text};

async fn desk() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let author = app.account("author").and("translator").sign_in().await;
    (app, author)
}

async fn slug(edition: &Edition, by: &Client) -> String {
    edition.show(by).await["slug"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_vietnamese_title_becomes_a_readable_address() {
    let (_, author) = desk().await;
    for (title, expected) in [
        ("Đất Mũi đón đoàn khách đầu tiên", "dat-mui-don-doan-khach-dau-tien"),
        ("Khánh thành cảng Vân Sa: 1.000 tỷ đồng", "khanh-thanh-cang-van-sa-1000-ty-dong"),
    ] {
        let edition = author.article().with("title", title).begin().await;
        assert_eq!(slug(&edition, &author).await, expected);
    }
}

#[actix_web::test]
async fn an_address_made_from_a_title_steps_aside_where_it_is_taken() {
    let (_, author) = desk().await;
    let mut found = Vec::new();
    for _ in 0..3 {
        let edition = author.article().with("title", "Lễ hội đua thuyền").begin().await;
        found.push(slug(&edition, &author).await);
    }
    assert_eq!(found, ["le-hoi-dua-thuyen", "le-hoi-dua-thuyen-2", "le-hoi-dua-thuyen-3"]);
}

#[actix_web::test]
async fn an_address_that_was_asked_for_is_given_or_refused() {
    let (app, author) = desk().await;
    let first = author.article().with("slug", "vinh").begin().await;
    let second = author.article().begin().await;

    let mut asked = text("Hai", "Hai.");
    asked["slug"] = "vinh".into();
    let before = app.digest().await;
    second.save(&author, asked.clone()).await.is_problem(409, "slug-taken");
    assert_eq!(app.digest().await, before);
    author.article().with("slug", "vinh").send().await.is_problem(409, "slug-taken");
    first.save(&author, asked).await.is(200);

    for bad in ["Vịnh", "a--b", "-a", "a b", "a/b", "", "a\u{200b}b"] {
        author.article().with("slug", bad).send().await.is_problem(422, "invalid").names("/slug", "bad-slug");
    }
}

#[actix_web::test]
async fn languages_do_not_take_each_others_addresses() {
    let (_, author) = desk().await;
    let source = author.article().with("slug", "vinh").begin().await;
    let translation = source.in_locale("en");
    let mut body = english();
    body["slug"] = "vinh".into();

    translation.translate(&author, body).await.is(201);

    assert_eq!(slug(&translation, &author).await, "vinh");
}

#[actix_web::test]
async fn a_published_address_is_its_editions_for_ever() {
    let (app, author) = desk().await;
    let publisher = app.account("publisher").sign_in().await;
    let edition = author.article().with("slug", "vinh").begin().await;
    edition.go_public(&author).await;
    let mut renamed = text("Hai", "Hai.");
    renamed["slug"] = "vinh-moi".into();
    edition.update(&author, renamed).await;
    let other = author.article().begin().await;
    let taken = async |by: &str| {
        for slug in ["vinh", "vinh-moi"] {
            let mut asked = text("Ba", "Ba.");
            asked["slug"] = slug.into();
            assert_eq!(other.save(&author, asked).await.json()["code"], "slug-taken", "{by}: {slug}");
        }
    };

    taken("after a new address").await;
    edition.withdraw(&publisher, "").await.is(200);
    taken("after it was taken down").await;
    let mut back = text("Bốn", "Bốn.");
    back["slug"] = "vinh".into();
    edition.save(&author, back).await.is(200);
    assert_eq!(slug(&edition, &author).await, "vinh", "its own old one it may have again");
}

#[actix_web::test]
async fn an_address_nobody_published_is_free_again() {
    let (_, author) = desk().await;
    let first = author.article().with("slug", "vinh").begin().await;
    let mut renamed = text("Hai", "Hai.");
    renamed["slug"] = "khac".into();
    first.save(&author, renamed).await.is(200);

    author.article().with("slug", "vinh").begin().await;
}

#[actix_web::test]
async fn where_no_readable_address_can_be_made_one_is_asked_for() {
    let (_, author) = desk().await;
    let chinese = author.article().begin().await.in_locale("zh-Hans");
    let mut body = json!({"title": "下龙湾的秋天", "body": "<p>下龙湾。</p>"});
    chinese.translate(&author, body.clone()).await.is_problem(422, "invalid").names("/slug", "slug-needed");

    body["slug"] = "xia-long-wan".into();
    chinese.translate(&author, body.clone()).await.is(201);

    body.as_object_mut().unwrap().remove("slug");
    body["title"] = "下龙湾的春天".into();
    chinese.save(&author, body).await.is(200);
    assert_eq!(slug(&chinese, &author).await, "xia-long-wan", "what it has stays");
}

#[actix_web::test]
async fn a_new_title_leaves_the_address_as_it_is() {
    let (_, author) = desk().await;
    let edition = author.article().with("title", "Lễ hội đua thuyền").begin().await;

    edition.save(&author, text("Lễ hội đua thuyền hoãn một ngày", "Hoãn.")).await.is(200);

    assert_eq!(slug(&edition, &author).await, "le-hoi-dua-thuyen");
}
