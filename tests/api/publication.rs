//! From text through review to the public.

use serde_json::json;

use crate::support::{TestApp, english};

#[actix_web::test]
async fn an_article_and_its_translation_go_from_text_to_the_public() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let translator = app.account("translator").locale("en").sign_in().await;

    let source = author.article().begin().await;
    source.go_public(&author).await;
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    translation.go_public(&translator).await;

    for edition in [&source, &translation] {
        let item = edition.public().await.is(200).json();
        assert_eq!(item["locale"], edition.locale);
        assert_eq!(item["version"], 1);
        assert_eq!(item["alternates"].as_array().unwrap().len(), 1);
        assert_eq!(item["stale"], false);
    }
    assert_eq!(translation.public().await.json()["source"], json!({"locale": "vi", "version": 1}));
}
