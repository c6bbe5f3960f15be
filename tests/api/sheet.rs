//! The approval sheet: who approved which text, and when, on a page to print.

use crate::support::{Desk, TestApp, english, text};

#[actix_web::test]
async fn a_sheet_shows_text_hash_people_decisions_and_how_to_verify() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("title", "Lô cá & ngừ <1>").with("slug", "lo-ca")).await;
    let hash = edition.hash(&desk.author).await;

    let sheet = desk.author.get(&edition.path("publications/1/sheet")).await.is(200);

    assert_eq!(sheet.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!((sheet.header("content-language"), sheet.header("cache-control")), (Some("vi"), Some("no-store")));
    let policy = sheet.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let page = sheet.text();
    assert!(!page.contains("<script") && !page.contains(" href=") && !page.contains(" src="), "{page}");
    for part in [
        "<html lang=\"vi\"",
        "Phiếu duyệt · Đăng · Phiên bản 1",
        "Lô cá &#38; ngừ &#60;1&#62;",
        "lô cá ngừ 12,5 tấn rời cảng Vân Sa",
        &hash,
        "Người thử",
        "Người hiệu đính",
        "Lãnh đạo duyệt",
        "Đồng ý",
        "khớp với nhau",
        "/versions/1/publication",
        "lantoa-keys.json",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("không khớp"));
}

#[actix_web::test]
async fn a_sheet_speaks_the_readers_language_about_the_text_in_its_own() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;

    let sheet = desk.author.get_with(&edition.path("publications/1/sheet"), &[("accept-language", "ja")]).await.is(200);

    assert_eq!((sheet.header("content-language"), sheet.header("vary")), (Some("ja"), Some("Accept-Language")));
    assert!(sheet.text().contains("承認票") && sheet.text().contains("<article lang=\"vi\""), "{}", sheet.text());
}

#[actix_web::test]
async fn every_act_has_its_sheet_and_each_shows_its_own_text() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    edition.mend(&desk.author, text("Bản đúng", "Mười ba tấn."), "Số đúng là 13.").await;
    edition.withdraw(&desk.publisher, "Tạm gỡ.").await.is(200);
    let page = async |number: u32| {
        desk.author.get(&edition.path(&format!("publications/{number}/sheet"))).await.is(200).text().to_owned()
    };

    let (first, second, third) = (page(1).await, page(2).await, page(3).await);

    assert!(first.contains("12,5 tấn") && !first.contains("Mười ba tấn"));
    assert!(second.contains("Mười ba tấn") && second.contains("Đính chính") && second.contains("Số đúng là 13."));
    assert!(third.contains("Rút bài") && third.contains("Tạm gỡ.") && third.contains("không cần duyệt"), "{third}");
    for number in [0, 4] {
        desk.author.get(&edition.path(&format!("publications/{number}/sheet"))).await.is_problem(404, "not-found");
    }
}

#[actix_web::test]
async fn a_sheet_of_an_altered_text_or_decision_says_that_it_is_not_sound() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    let sound = async || {
        let page = desk.author.get(&edition.path("publications/1/sheet")).await.is(200);
        !page.text().contains("không khớp")
    };
    assert!(sound().await);
    for (alter, restore) in [
        (
            "UPDATE revision SET summary = 'Khác'",
            "UPDATE revision SET summary = 'Sáng 14-9, lô hàng 12,5 tấn rời cảng.'",
        ),
        ("UPDATE decision SET stage = 1 - stage", "UPDATE decision SET stage = 1 - stage"),
        ("UPDATE publication SET note = 'x'", "UPDATE publication SET note = ''"),
    ] {
        desk.app.sql(alter).await;
        assert!(!sound().await, "{alter}");
        desk.app.sql(restore).await;
        assert!(sound().await, "{restore}");
    }
}

#[actix_web::test]
async fn a_guest_gets_the_sheets_of_what_was_public_to_them_alone() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let french = app.account("translator").locale("fr").sign_in().await;
    let source = author.article().begin().await;
    source.go_public(&author).await;
    source.update(&author, text("Bản hai", "Hai.")).await;
    source.save(&author, text("CANARY", "CANARY")).await.is(200);
    let other = source.in_locale("fr");
    other.translate(&french, english()).await.is(201);
    other.go_public(&french).await;

    for number in [1, 2] {
        let sheet = guest.get(&source.path(&format!("publications/{number}/sheet"))).await.is(200);
        assert!(!sheet.text().contains("CANARY"));
    }
    guest.get(&other.path("publications/1/sheet")).await.is_problem(404, "not-found");
    french.get(&other.path("publications/1/sheet")).await.is(200);
}
