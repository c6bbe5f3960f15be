//! Segments: a text piece by piece, what became of each piece, and which of them a translation has to follow.

use serde_json::{Value, json};

use crate::support::{Client, Desk, Edition, TestApp, english};

const FIRST: &str = "<p>Sáng 14-9, lô cá ngừ 12,5 tấn đầu tiên rời cảng Vân Sa.</p>";
const SECOND: &str = "<p>Đây là chuyến hàng thứ <strong>ba</strong> của tỉnh trong năm nay.</p>";
const THIRD: &str = "<p>Tại lễ xuất hàng, ông Nam cảm ơn bà con ngư dân.</p>";

fn body() -> String {
    [FIRST, SECOND, THIRD].concat()
}

fn saved(body: &str) -> Value {
    json!({"title": "Lô cá ngừ đầu tiên", "summary": "Cá ngừ rời cảng.", "body": body})
}

async fn begun(by: &Client) -> Edition {
    by.article()
        .with("title", "Lô cá ngừ đầu tiên")
        .with("summary", "Cá ngừ rời cảng.")
        .with("body", body())
        .begin()
        .await
}

async fn keys(edition: &Edition, by: &Client, number: u32) -> Vec<String> {
    let found = by.get(&edition.path(&format!("segments?revision={number}"))).await.is(200).json();
    found["segments"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap().to_owned()).collect()
}

/// What differs, as `key what`.
fn differing(difference: &Value) -> Vec<String> {
    let all = difference["segments"].as_array().unwrap();
    all.iter().map(|one| format!("{} {}", one["key"].as_str().unwrap(), one["what"].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn a_text_is_its_segments_with_its_markup_behind_placeholders() {
    let desk = Desk::new().await;
    let edition = begun(&desk.author).await;

    let found = desk.author.get(&edition.path("segments")).await.is(200).json();

    assert_eq!((&found["revision"], &found["source_changes"]), (&json!(1), &Value::Null));
    assert_eq!(keys(&edition, &desk.author, 1).await, ["title", "summary", "1.1", "1.2", "1.3"]);
    let second = &found["segments"][3];
    assert_eq!(second["coded"], "Đây là chuyến hàng thứ {1}ba{/1} của tỉnh trong năm nay.");
    assert_eq!(second["text"], "Đây là chuyến hàng thứ ba của tỉnh trong năm nay.");
    assert_eq!((&second["kind"], &second["codes"]), (&json!("p"), &json!(["<strong>"])));
    assert_eq!(found["content_hash"], edition.hash(&desk.author).await);
    desk.author.get(&edition.path("segments?revision=2")).await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn a_key_stays_with_its_paragraph_and_follows_from_the_texts_alone() {
    let desk = Desk::new().await;
    let edition = begun(&desk.author).await;
    let opening = "<h2>Một đoạn mở đầu hoàn toàn mới</h2>";
    for body in [
        [FIRST, &SECOND.replace("năm nay", "năm 2026"), THIRD].concat(),
        [opening, THIRD, FIRST].concat(),
        [opening, THIRD, SECOND, FIRST].concat(),
    ] {
        edition.save(&desk.author, saved(&body)).await.is(200);
    }
    let all = async || {
        let mut all = Vec::new();
        for number in 1..=4 {
            all.push(keys(&edition, &desk.author, number).await[2..].join(" "));
        }
        all
    };
    let wanted = ["1.1 1.2 1.3", "1.1 1.2 1.3", "3.1 1.3 1.1", "3.1 1.3 4.1 1.1"];
    assert_eq!(all().await, wanted);

    for forgotten in ["number = 2", "number > 2", "number = 3", "number > 0"] {
        desk.app.sql(&format!("DELETE FROM segment_keys WHERE {forgotten}")).await;
        assert_eq!(all().await, wanted, "worked out again without those of {forgotten}");
    }
    edition.save(&desk.author, saved(&[THIRD, FIRST].concat())).await.is(200);
    assert_eq!(keys(&edition, &desk.author, 5).await[2..], ["1.3", "1.1"]);
    desk.app.sql("UPDATE segment_keys SET keys = 'x'").await;
    assert_eq!(
        keys(&edition, &desk.author, 5).await[2..],
        ["1.3", "1.1"],
        "kept keys that do not fit are not believed"
    );
}

#[actix_web::test]
async fn any_two_texts_are_compared_by_segment_and_by_word() {
    let desk = Desk::new().await;
    let edition = begun(&desk.author).await;
    edition.save(&desk.author, saved(&[&FIRST.replace("12,5", "13"), SECOND, THIRD].concat())).await.is(200);
    let mut third = saved(&[SECOND, &FIRST.replace("12,5", "13"), "<p>Hết.</p>"].concat());
    third["title"] = "Lô cá ngừ đầu tiên của năm".into();
    third["slug"] = "lo-dau-tien".into();
    edition.save(&desk.author, third).await.is(200);
    let diff = async |path: &str| desk.author.get(&edition.path(path)).await.is(200).json();

    let one = diff("revisions/2/diff").await;
    assert_eq!((differing(&one), &one["against"]), (vec!["1.1 changed".to_owned()], &json!(1)));
    let changed = one["segments"][0]["words"].as_array().unwrap();
    let words: Vec<_> =
        changed.iter().map(|one| (one["how"].as_str().unwrap(), one["text"].as_str().unwrap())).collect();
    assert_eq!(words[1..3], [("removed", "12,5"), ("added", "13")]);
    assert_eq!(one["identical"], false);

    let two = diff("revisions/3/diff?against=1").await;
    assert_eq!(
        differing(&two).iter().filter(|one| !one.ends_with(" moved")).cloned().collect::<Vec<_>>(),
        ["title changed", "1.1 changed", "3.1 added", "1.3 removed"]
    );
    assert_eq!(two["fields"][0]["field"], "slug");
    let back = diff("revisions/1/diff?against=3").await;
    assert!(differing(&back).contains(&"1.3 added".to_owned()), "{:?}", differing(&back));
    assert_eq!(diff("revisions/2/diff?against=2").await["identical"], true);
    let first = diff("revisions/1/diff").await;
    assert_eq!((first["against"].clone(), differing(&first).len()), (Value::Null, 5));
    for path in ["revisions/4/diff", "revisions/3/diff?against=4"] {
        desk.author.get(&edition.path(path)).await.is_problem(404, "not-found");
    }
}

#[actix_web::test]
async fn one_figure_corrected_in_the_source_flags_its_segment_alone_in_eight_editions_and_is_not_minor() {
    let desk = Desk::new().await;
    let source = begun(&desk.author).await;
    desk.publish(&source).await;
    let mut editions = Vec::new();
    for locale in ["en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo"] {
        let mut text = english();
        text["slug"] = format!("tuna-{}", locale.to_lowercase()).into();
        editions.push(desk.translation(&source, locale, text).await);
    }
    let corrected = [&FIRST.replace("12,5", "13"), SECOND, THIRD].concat();

    // It is a figure, whatever its author calls it.
    let mut minor = saved(&corrected);
    minor["change_class"] = "minor".into();
    let before = desk.app.digest().await;
    let refused = source.save(&desk.author, minor).await.is_problem(422, "invalid").names("/change_class", "not-minor");
    let told = &refused.json()["not_minor"];
    assert_eq!((&told["segment"], &told["what"]), (&json!("1.1"), &json!("number")));
    assert_eq!((&told["touched_before"], &told["touched_after"]), (&json!("12,5"), &json!("13")));
    assert!(told["before"].as_str().unwrap().contains("12,5 tấn đầu tiên"), "{told}");
    assert!(told["after"].as_str().unwrap().contains("13 tấn đầu tiên"), "{told}");
    assert_eq!(desk.app.digest().await, before);

    source.save(&desk.author, saved(&corrected)).await.is(200);
    desk.approve(&source).await;
    for edition in &editions {
        assert_eq!(edition.show(&desk.translator).await["stale"], false, "what is public is what they follow");
    }
    source.correct(&desk.publisher, "Số đúng là 13 tấn.").await.is(200);

    for edition in &editions {
        let shown = edition.show(&desk.translator).await;
        assert_eq!(shown["staleness"], json!({"made_from": 1, "reference": 2}), "{}", edition.locale);
        let changes = &shown["source_changes"];
        assert_eq!(differing(changes), ["1.1 changed"], "{}", edition.locale);
        let only = &changes["segments"][0];
        assert!(only["before"]["text"].as_str().unwrap().contains("12,5"), "{only}");
        assert!(only["after"]["text"].as_str().unwrap().contains("13 tấn"), "{only}");
        let words: Vec<_> = only["words"].as_array().unwrap().iter().filter(|one| one["how"] != "same").collect();
        assert_eq!(words, [&json!({"how": "removed", "text": "12,5"}), &json!({"how": "added", "text": "13"})]);
        assert_eq!((&changes["fields"], &changes["rearranged"]), (&json!([]), &json!(false)));
        let segments = desk.translator.get(&edition.path("segments")).await.is(200).json();
        assert_eq!(segments["source_changes"], *changes);
        assert_eq!(edition.public().await.is(200).json()["stale"], true);
    }
    // Punctuation after it flags nothing more.
    let mut mended = saved(&corrected.replace("năm nay.", "năm nay!"));
    mended["change_class"] = "minor".into();
    desk.update(&source, mended).await;
    let shown = editions[0].show(&desk.translator).await;
    assert_eq!(differing(&shown["source_changes"]), ["1.1 changed", "1.2 changed"], "all that lies between is shown");
}

#[actix_web::test]
async fn a_guest_is_told_of_no_text_that_stayed_on_the_desk() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    // Revision 1 stayed on the desk, 2 is public, 3 is the newer draft.
    let source = author.article().with("body", "<p>CANARY đầu tiên.</p>").begin().await;
    source.save(&author, saved("<p>Đã duyệt và đăng.</p>")).await.is(200);
    source.go_public(&author).await;
    source.save(&author, saved("<p>CANARY bản nháp.</p>")).await.is(200);

    let shown = guest.get(&source.path("segments")).await.is(200).json();
    assert_eq!(shown["revision"], 2);
    for path in [
        "segments?revision=1",
        "segments?revision=3",
        "revisions/2/diff",
        "revisions/2/diff?against=3",
        "revisions/3/diff",
        "revisions/1/diff",
    ] {
        guest.get(&source.path(path)).await.is_problem(404, "not-found");
        author.get(&source.path(path)).await.is(200);
    }
    guest.get(&source.path("revisions/2/diff?against=2")).await.is(200);

    // A translation that was made from what the guest may not read any more tells nothing of it.
    let own = source.in_locale("en");
    let mut text = english();
    text["source_revision"] = 1.into();
    own.translate(&guest, text).await.is(201);
    let stale = own.show(&guest).await;
    assert_eq!((&stale["stale"], &stale["source_changes"]), (&json!(true), &Value::Null));
    assert_ne!(own.show(&author).await["source_changes"], Value::Null);
    let segments = guest.get(&own.path("segments")).await.is(200);
    assert!(!segments.text().contains("CANARY"), "{}", segments.text());
}

#[actix_web::test]
async fn a_long_body_is_compared_in_good_time() {
    let desk = Desk::new().await;
    let paragraph =
        |n: usize| format!("<p>Đoạn thứ {n} kể rằng chuyến tàu số {} đã rời cảng đúng giờ.</p>", n * 31 % 997);
    let long: Vec<String> = (0..1000).map(paragraph).collect();
    let edition = desk.draft().with("body", long.concat()).begin().await;
    let mut other = long.clone();
    other.swap(3, 900);
    other[500] = other[500].replace("đúng giờ", "trễ mười phút");
    assert!(long.concat().len() > 80_000);

    let begun = std::time::Instant::now();
    edition.save(&desk.author, saved(&other.concat())).await.is(200);
    let diff = desk.author.get(&edition.path("revisions/2/diff")).await.is(200).json();

    assert!(differing(&diff).contains(&"1.501 changed".to_owned()), "{:?}", differing(&diff));
    // Without optimisation and beside other tests; a release takes milliseconds.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
