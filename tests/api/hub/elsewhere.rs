//! Another hub in the place of our own, or none.

use super::{Desk, FORMATS, Given, Hub, Networks, Receiver, Target, TestApp, ask, feed};

async fn office(hub: Hub) -> Desk {
    let outbound = Networks::parse("127.0.0.1/32").unwrap();
    Desk::of(&TestApp::given(Given { outbound, hub, ..Given::default() }).await).await
}

#[actix_web::test]
async fn another_hub_is_named_and_told_of_the_feeds_that_changed() {
    let elsewhere = Receiver::new().await;
    let target = Target::parse(&elsewhere.url("/hub"), &Networks::parse("127.0.0.1/32").unwrap()).unwrap();
    let desk = office(Hub::Elsewhere(target)).await;
    let asked = [("hub.mode", "subscribe"), ("hub.callback", "https://a.example/"), ("hub.topic", &feed("vi/all.rss"))];
    ask(&desk.app, &asked).await.is_problem(404, "not-found");
    desk.app.run_hub().await;
    elsewhere.take();
    elsewhere.says(503);
    desk.story(desk.draft().with("topics", ["dau-tu"])).await;
    desk.app.run_hub().await;
    assert!(!elsewhere.take().is_empty());

    elsewhere.says(204);
    desk.app.pass(30);
    desk.app.run_hub().await;

    let mut told = Vec::new();
    for one in elsewhere.take() {
        let form: Vec<_> = url::form_urlencoded::parse(&one.body).into_owned().collect();
        assert!(form.contains(&("hub.mode".into(), "publish".into())));
        told.extend(form.into_iter().filter(|(name, _)| name == "hub.url").map(|(_, url)| url));
    }
    for format in FORMATS {
        for path in ["all", "topics/dau-tu", "topics/kinh-te", "kinds/news", "agencies/bao"] {
            assert!(told.contains(&feed(&format!("vi/{path}.{format}"))), "{path}.{format} in {told:?}");
        }
    }
    assert!(told.iter().all(|url| url.starts_with(&feed("vi/")) && !url.contains("bien")), "{told:?}");
    let link = format!("<{}>; rel=\"hub\"", elsewhere.url("/hub"));
    assert!(desk.app.get("/feeds/vi/all.rss").await.all("link").contains(&link.as_str()));
    desk.app.run_hub().await;
    assert!(elsewhere.take().is_empty(), "told once");
}

#[actix_web::test]
async fn where_there_is_no_hub_none_is_named() {
    let desk = office(Hub::Nobody).await;
    desk.story(desk.draft()).await;
    for format in FORMATS {
        let answer = desk.app.get(&format!("/feeds/vi/all.{format}")).await.is(200);
        assert!(!answer.all("link").iter().any(|link| link.contains("rel=\"hub\"")));
        assert!(!answer.text().contains("/hub\""));
    }
    ask(&desk.app, &[("hub.mode", "subscribe")]).await.is_problem(422, "invalid");
}
