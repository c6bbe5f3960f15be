//! Characters: composed, kept, flagged or refused with their place.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::support::{Client, TestApp};

const VIETNAMESE: &str = "Lễ hội Cầu ngư ở Lý Sơn, Quảng Ngãi: ăn ở, đường đi, “giá vé” – 120.000₫";

#[actix_web::test]
async fn texts_are_kept_composed_however_they_were_typed() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let typed: String = VIETNAMESE.nfd().collect();
    assert_ne!(typed, VIETNAMESE);

    let draft = author.article().with("title", typed.as_str()).with("summary", typed.as_str());
    let answer =
        draft.with("place", typed.as_str()).with("body", format!("<p>{typed}</p>")).send().await.is(201).json();

    let edition = &answer["edition"];
    assert_eq!(edition["title"], VIETNAMESE);
    assert_eq!(edition["summary"], VIETNAMESE);
    assert_eq!(answer["place"], VIETNAMESE);
    assert_eq!(edition["body"], format!("<p>{VIETNAMESE}</p>"));
    let slug = edition["slug"].as_str().unwrap();
    assert!(slug.starts_with("le-hoi-cau-ngu-o-ly-son-quang-ngai"), "{slug}");
}

#[actix_web::test]
async fn one_text_in_two_spellings_has_one_hash() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let edition = author.article().with("title", VIETNAMESE).begin().await;
    let first = edition.show(&author).await;
    let decomposed: String = VIETNAMESE.nfd().collect();
    let body = json!({"title": decomposed, "summary": first["summary"], "body": first["body"]});

    let second = edition.save(&author, body).await.is(200).json();

    assert_eq!(second["content_hash"], first["content_hash"]);
}

async fn checks(author: &Client, member: &str, text: &str, slug: &str) -> (Value, Vec<(String, String, u64)>) {
    let answer = author.article().with("slug", slug).with(member, text).send().await.is(201).json();
    let edition = answer["edition"].clone();
    let of = |one: &Value| {
        let text = |name: &str| one[name].as_str().unwrap().to_owned();
        (text("pointer"), text("code"), one["position"].as_u64().unwrap())
    };
    let checks = edition["checks"].as_array().unwrap().iter().map(of).collect();
    (edition, checks)
}

#[actix_web::test]
async fn what_deceives_the_eye_is_kept_and_shown_to_who_decides() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for (number, (text, code, position)) in [
        // Places count from 1, as those of refusals do.
        ("Giá \u{202E}000.1\u{202C} đồng", "bidi-control", 5),
        ("Tin\u{2066}x\u{2069} mới", "bidi-control", 4),
        ("xổ\u{200B}số", "zero-width", 3),
        ("ngân\u{2060}hàng", "zero-width", 5),
        ("cá\u{FEFF}cược", "zero-width", 3),
        ("Ngân hàng Viеtcombank", "mixed-script", 13),
    ]
    .into_iter()
    .enumerate()
    {
        for (member, pointer) in [("title", "/title"), ("summary", "/summary")] {
            let (edition, found) = checks(&author, member, text, &format!("x-{number}-{member}")).await;
            assert_eq!(edition[member], text);
            assert!(found.contains(&(pointer.to_owned(), code.to_owned(), position)), "{text:?}: {found:?}");
        }
        let (edition, found) = checks(&author, "body", &format!("<p>{text}</p>"), &format!("x-{number}-body")).await;
        assert_eq!(edition["body"], format!("<p>{text}</p>"));
        assert!(found.iter().any(|one| one.0 == "/body" && one.1 == code), "{text:?}: {found:?}");
    }
}

#[actix_web::test]
async fn scripts_that_need_unseen_characters_are_kept_without_a_word() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for (number, text) in
        ["ភាសា\u{200B}ខ្មែរ", "ພາສາ\u{200B}ລາວ", "می\u{200C}خواهم", "👩\u{200D}🚀 bay", "Туристы едут в Ha Long"]
            .into_iter()
            .enumerate()
    {
        let (edition, found) = checks(&author, "title", text, &format!("y-{number}")).await;
        assert_eq!(edition["title"], text);
        assert_eq!(found, [], "{text}");
    }
}

#[actix_web::test]
async fn what_xml_cannot_carry_is_refused_with_its_place() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let before = app.rows().await;

    for character in
        ['\0', '\u{1}', '\u{8}', '\u{B}', '\u{C}', '\u{E}', '\u{1B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}', '\u{1FFFE}']
    {
        let text = format!("Tiếng{character}Việt");
        let told = format!("U+{:04X}", u32::from(character));
        for (member, text) in
            [("title", &text), ("summary", &text), ("place", &text), ("body", &format!("<p>{text}</p>"))]
        {
            let answer = author.article().with(member, text.as_str()).send().await;
            let pointer = format!("/{member}");
            let answer = answer.is_problem(422, "invalid").names(&pointer, "bad-character");
            let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
            let place = if member == "body" { "9" } else { "6" };
            assert!(message.contains(&told) && message.contains(place), "{member} {told}: {message}");
        }
    }
    for format in ["html", "markdown"] {
        for reference in ["&#8;", "&#xFFFF;", "&#x0;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;"] {
            let draft = author.article().with("body", format!("<p>a{reference}b</p>\n\nc{reference}"));
            let answer = draft.with("body_format", format).send().await;
            let answer = answer.is_problem(422, "invalid").names("/body", "bad-character");
            let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
            assert!(message.contains(" 5 "), "{format} {reference}: {message}");
        }
    }
    // A title is one line; a summary may have several.
    for line_break in ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\t"] {
        let answer = author.article().with("title", format!("Một{line_break}hai")).send().await;
        answer.is_problem(422, "invalid").names("/title", "bad-character");
    }

    assert_eq!(app.rows().await, before);
}

#[actix_web::test]
async fn what_nobody_can_see_is_as_good_as_nothing() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let admin = app.account("admin").sign_in().await;
    let before = app.rows().await;

    for unseen in ["\u{200B}", "\u{AD}\u{AD}", "\u{3164}", "\u{2800} \u{2800}", "\u{202E}\u{202C}", "\u{2066}\u{FE0F}"]
    {
        for draft in [author.article(), author.article().with("slug", "khong-thay")] {
            let answer = draft.with("title", unseen).send().await;
            answer.is_problem(422, "invalid").names("/title", "required");
        }
        let agency = json!({"code": "khong-thay", "names": {"vi": unseen}});
        admin.post("/api/v1/agencies", &agency).await.is_problem(422, "invalid").names("/names/vi", "required");
    }

    assert_eq!(app.rows().await, before);
    let nowhere = author.article().with("place", "\u{200B}").send().await.is(201).json();
    assert_eq!(nowhere["place"], Value::Null);
}

#[actix_web::test]
async fn a_name_of_a_person_shows_all_that_it_is() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let make = |name: String| {
        let email = format!("{}@lamhai.example", uuid::Uuid::now_v7().simple());
        json!({"email": email, "name": name, "password": "một mật khẩu thật dài 2026"})
    };

    for name in [
        "Trần\u{202E}Châu",
        "Trần\u{200B}Châu",
        "Tr\u{FEFF}ần",
        "Nguyеn Van A",
        "Trần\nChâu",
        "\u{2066}Trần",
        "Trần\u{FE0F}",
    ] {
        let answer = admin.post("/api/v1/accounts", &make(name.to_owned())).await;
        answer.is_problem(422, "invalid").names("/name", "bad-character");
        let me = admin.get("/api/v1/me").await.is(200);
        let answer = admin.patch("/api/v1/me", &me.etag(), &json!({"name": name})).await;
        answer.is_problem(422, "invalid").names("/name", "bad-character");
    }
    for name in ["Trần Minh Châu", "H'Hen Niê", "Нгуен Ван", "阮文安", "Y Moan Ênuôl-Đăk"] {
        let answer = admin.post("/api/v1/accounts", &make(name.nfd().collect())).await.is(201);
        assert_eq!(answer.json()["name"], name);
    }
}

#[actix_web::test]
async fn a_slug_stays_until_another_is_asked_for() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let taken = author.article().with("title", "Tin cũ").send().await.is(201).json();
    assert_eq!(taken["edition"]["slug"], "tin-cu");
    let edition = author.article().with("title", "Tin mới").begin().await;
    let text = |title: &str| json!({"title": title, "body": "<p>a</p>"});

    for title in ["Tin khác", "Tin cũ", "北京消息"] {
        assert_eq!(edition.save(&author, text(title)).await.is(200).json()["slug"], "tin-moi", "{title}");
    }
    let mut asking = text("Tin mới");
    asking["slug"] = "tin-cu".into();
    edition.save(&author, asking.clone()).await.is_problem(409, "slug-taken");
    asking["slug"] = "tin-rieng".into();
    assert_eq!(edition.save(&author, asking).await.is(200).json()["slug"], "tin-rieng");
}

#[actix_web::test]
async fn a_slug_made_from_a_title_steps_aside_and_one_asked_for_does_not() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let draft = || author.article().with("title", "Tin biển");

    for slug in ["tin-bien", "tin-bien-2", "tin-bien-3"] {
        assert_eq!(draft().send().await.is(201).json()["edition"]["slug"], slug);
    }
    draft().with("slug", "tin-bien").send().await.is_problem(409, "slug-taken");
    author.article().with("title", "北京消息").send().await.is_problem(422, "invalid").names("/slug", "slug-needed");
}

#[actix_web::test]
async fn a_slug_is_plain_to_see() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for slug in [
        "",
        "Tin",
        "tin tuc",
        "tin\u{200B}tuc",
        "tin\u{202E}tuc",
        "tіn-tuc",
        "đầu-tư",
        "-a",
        "a--b",
        "../x",
        "a%2fb",
        "a\0",
    ] {
        let answer = author.article().with("slug", slug).send().await;
        answer.is_problem(422, "invalid").names("/slug", "bad-slug");
    }
    let long = author.article().with("slug", "a".repeat(121)).send().await.is_problem(422, "invalid");
    assert!(long.names("/slug", "too-long").json()["errors"][0]["message"].as_str().unwrap().contains("120"));
    author.article().with("slug", "a".repeat(120)).send().await.is(201);
}
