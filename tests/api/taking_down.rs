//! After publication: retract, restore, take all down at once, and what reaches every output.

use lantoa::{
    domain::{
        event::LiveEventType::{Published, Restored, Retracted, Withdrawn},
        publication::{Follow, TakeDown},
    },
    service::public::Found,
};
use serde_json::{Value, json};

use crate::support::{Client, Desk, Edition, FORMATS, TestApp, english, text};

/// A desk with a public source and its public translations.
async fn family(follow: Follow) -> (Desk, Edition, Vec<Edition>) {
    let app = TestApp::with(|policy| policy.retracted_source = follow).await;
    let desk = Desk::of(&app).await;
    let draft = desk.draft().with("title", "Chim hoàng yến").with("body", "<p>Chim hoàng yến.</p>");
    let source = desk.story(draft).await;
    let mut translations = Vec::new();
    for locale in ["en", "fr"] {
        translations.push(desk.translation(&source, locale, text(&format!("Canary {locale}"), "Canary.")).await);
    }
    (desk, source, translations)
}

async fn retract(edition: &Edition, by: &Client, note: &str) -> Value {
    let order = json!({"reason": "factual_error", "note": note});
    by.post(&edition.path("retract"), &order).await.is(200).json()
}

async fn restore(edition: &Edition, by: &Client) -> crate::support::Answer {
    by.post(&edition.path("restore"), &json!({})).await
}

/// Demonstration (e).
#[actix_web::test]
async fn retracting_the_source_leaves_tombstones_in_every_locale() {
    for (follow, kind, english_note) in [
        (
            Follow::Freeze,
            TakeDown::Withdraw,
            "This article has been taken down while its original version is being re-examined.",
        ),
        (Follow::Retract, TakeDown::Retract, "This article has been taken down because it contained a factual error."),
    ] {
        let (desk, source, translations) = family(follow).await;

        let done = retract(&source, &desk.publisher, "Tin này không đúng.").await;

        assert_eq!((&done["kind"], &done["locale"]), (&json!("retract"), &json!("vi")));
        let followed: Vec<_> = done["followed_by"].as_array().unwrap().iter().map(|one| &one["locale"]).collect();
        assert_eq!(followed, ["en", "fr"]);
        let stone = source.gone().await;
        assert_eq!((stone.kind, stone.note.as_str()), (TakeDown::Retract, "Tin này không đúng."));
        let stone = translations[0].gone().await;
        assert_eq!((stone.kind, stone.note.as_str()), (kind, english_note));
        for edition in [&source, &translations[0], &translations[1]] {
            let note = edition.gone().await.note;
            edition.public().await.is_problem(410, "gone");
            for format in FORMATS {
                let feed = desk.app.get(&format!("/feeds/{}/all.{format}", edition.locale)).await.is(200);
                assert!(feed.text().contains(&note), "{format}: {}", feed.text());
                assert!(!feed.text().contains("Canary") && !feed.text().contains("hoàng yến"));
            }
            let state = edition.state(&desk.publisher).await;
            let expected = if edition.gone().await.kind == TakeDown::Retract { "retracted" } else { "withdrawn" };
            assert_eq!(state, expected);
        }
        assert!(!desk.app.all_public(&[&source, &translations[0]]).await.contains("hoàng yến"));
        let acts = desk.app.query("SELECT reason FROM publication WHERE kind <> 'publish' ORDER BY id").await;
        let reason = if follow == Follow::Freeze { "source_retracted" } else { "factual_error" };
        assert_eq!(acts[1]["reason"], reason);
        assert_eq!(desk.app.sweep().await, []);
    }
}

#[actix_web::test]
async fn what_was_frozen_comes_back_after_its_source_and_one_by_one() {
    let (desk, source, translations) = family(Follow::Freeze).await;
    retract(&source, &desk.publisher, "").await;
    let before = desk.app.digest().await;
    restore(&translations[0], &desk.publisher).await.is_problem(409, "source-not-published");
    assert_eq!(desk.app.digest().await, before);

    restore(&source, &desk.publisher).await.is(200);
    assert!(
        matches!(translations[0].found().await, Some(Found::Gone(_))),
        "looked at again by somebody, not by itself"
    );
    restore(&translations[0], &desk.publisher).await.is(200);

    assert_eq!(translations[0].item().await.title, "Canary en");
    assert!(matches!(translations[1].found().await, Some(Found::Gone(_))));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_is_restored_is_the_same_version_of_the_same_text() {
    let (desk, source, _) = family(Follow::Freeze).await;
    let before = source.item().await;
    let bytes = source.version(1).await;
    desk.app.pass(60);
    source.withdraw(&desk.publisher, "").await.is(200);
    restore(&source, &desk.author).await.is_problem(403, "forbidden");
    desk.app.pass(60);

    let order = json!({"note": "Đăng lại sau khi kiểm tra.", "content_hash": before.content_hash.to_string()});
    let done = desk.publisher.post(&source.path("restore"), &order).await.is(200).json();

    assert_eq!((&done["kind"], &done["version"], &done["sequence"]), (&json!("restore"), &json!(1), &json!(3)));
    let item = source.item().await;
    assert_eq!((&item.guid, item.version, &item.slug), (&before.guid, 1, &before.slug));
    assert_eq!((item.content_hash, item.published_at), (before.content_hash, before.published_at));
    assert!(item.updated_at > before.updated_at);
    assert_eq!(source.version(1).await.map(|(content, _)| content), bytes.map(|(content, _)| content));
    let told: Vec<_> =
        desk.app.changes().await.into_iter().filter(|(_, event)| event.locale.as_str() == "vi").collect();
    let kinds: Vec<_> = told.iter().map(|(_, event)| event.kind).collect();
    assert_eq!(kinds, [Published, Withdrawn, Restored]);
    assert_eq!(told[2].1.note, "Đăng lại sau khi kiểm tra.");
    let before = desk.app.digest().await;
    restore(&source, &desk.publisher).await.is_problem(409, "not-taken-down");
    let draft = desk.draft().begin().await;
    restore(&draft, &desk.publisher).await.is_problem(409, "not-published");
    assert_ne!(desk.app.digest().await, before, "a draft was begun");
    assert_eq!(desk.app.sweep().await, []);
    // And it can be taken down and edited like any other.
    desk.update(&source, text("Bản hai", "Hai.")).await;
    assert_eq!(source.item().await.version, 2);
}

#[actix_web::test]
async fn an_approval_that_does_not_hold_any_more_restores_nothing_until_others_approve_anew() {
    let (desk, source, _) = family(Follow::Freeze).await;
    let admin = desk.app.account("admin").sign_in().await;
    source.withdraw(&desk.publisher, "").await.is(200);
    let path = format!("/api/v1/accounts/{}/grants", desk.reviewer.id);
    admin.put(&path, "\"v1\"", &json!({"grants": []})).await.is(200);
    let before = desk.app.digest().await;
    restore(&source, &desk.publisher).await.is_problem(409, "approval-lapsed");
    assert_eq!(desk.app.digest().await, before);

    source.submit(&desk.author).await.is(201);
    let reviewer = desk.app.account("reviewer").sign_in().await;
    source.approve_open(&reviewer, &desk.approver).await;

    source.publish(&desk.publisher).await.is_problem(409, "taken-down");
    restore(&source, &desk.publisher).await.is(200);
    assert_eq!(source.item().await.version, 1);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_was_taken_back_is_not_restored_and_an_edit_that_came_later_does_not_matter() {
    let (desk, source, translations) = family(Follow::Freeze).await;
    translations[0].withdraw(&desk.publisher, "").await.is(200);
    translations[0].save(&desk.translator, english()).await.is(200);
    restore(&translations[0], &desk.publisher).await.is(200);
    assert_eq!(translations[0].item().await.title, "Canary en", "what was approved, not what was written since");

    source.withdraw(&desk.publisher, "").await.is(200);
    source.take_back(&desk.author).await.is(200);
    restore(&source, &desk.publisher).await.is_problem(409, "approval-lapsed");
    desk.app.sql("UPDATE revision SET title = 'Chim sẻ' WHERE title LIKE '%hoàng yến'").await;
    restore(&source, &desk.publisher).await.is_problem(409, "hash-mismatch");
}

#[actix_web::test]
async fn what_was_set_aside_may_turn_out_to_be_wrong() {
    let (desk, source, _) = family(Follow::Freeze).await;
    source.withdraw(&desk.publisher, "Đang kiểm tra.").await.is(200);

    let done = retract(&source, &desk.publisher, "").await;

    assert_eq!(done["sequence"], 3);
    let stone = source.gone().await;
    assert_eq!(stone.kind, TakeDown::Retract);
    assert_eq!(stone.note, "Bài viết này đã được gỡ vì có thông tin không chính xác.");
    let order = json!({"reason": "other"});
    desk.publisher.post(&source.path("retract"), &order).await.is_problem(409, "taken-down");
    desk.publisher.post(&source.path("withdraw"), &order).await.is_problem(409, "taken-down");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_was_withdrawn_and_retracted_is_restored_with_its_versions() {
    let (desk, source, _) = family(Follow::Freeze).await;
    let bytes = source.version(1).await;
    source.withdraw(&desk.publisher, "").await.is(200);
    retract(&source, &desk.publisher, "").await;
    assert!(source.version(1).await.is_none());

    restore(&source, &desk.publisher).await.is(200);

    assert_eq!(source.version(1).await.map(|(content, _)| content), bytes.map(|(content, _)| content));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_retracted_text_comes_back_as_a_numbered_correction_and_its_old_bytes_do_not() {
    let (desk, source, _) = family(Follow::Freeze).await;
    retract(&source, &desk.publisher, "").await;
    source.save(&desk.author, text("Bản đúng", "Đúng.")).await.is(200);
    desk.approve(&source).await;

    source.correct(&desk.publisher, "Số đúng là 12.").await.is(200);

    let item = source.item().await;
    assert_eq!((item.version, item.corrections.len()), (2, 1));
    let path = format!("/api/v1/content/articles/{}/vi/versions", source.article);
    desk.app.get(&format!("{path}/1")).await.is_problem(410, "gone");
    desk.app.get(&format!("{path}/2")).await.is(200);
    let all = desk.app.all_public(&[&source]).await;
    assert!(!all.contains("hoàng yến"), "{all}");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn one_call_takes_every_language_down_and_all_or_none() {
    let (desk, source, translations) = family(Follow::Freeze).await;
    let path = format!("/api/v1/articles/{}/withdraw", source.article);
    let of_french = desk.app.account("publisher").locale("fr").sign_in().await;
    let draft = source.in_locale("ja");
    draft
        .translate(
            &desk.translator,
            text("Kanaria", "Kanaria.")
                .as_object()
                .map(|text| {
                    let mut text = text.clone();
                    text.insert("slug".to_owned(), "kanaria".into());
                    Value::Object(text)
                })
                .unwrap(),
        )
        .await
        .is(201);
    let before = desk.app.digest().await;
    let ask = async |by: &Client, order: Value| by.post(&path, &order).await;
    ask(&of_french, json!({"reason": "legal"})).await.is_problem(403, "forbidden");
    ask(&desk.publisher, json!({"reason": "legal", "locales": []})).await.is(422).names("/locales", "required");
    ask(&desk.publisher, json!({"reason": "legal", "locales": ["de"]})).await.is(422).names("/locales/0", "unknown");
    let twice = json!({"reason": "legal", "locales": ["en", "en"]});
    ask(&desk.publisher, twice).await.is(422).names("/locales/1", "duplicate");
    let noted = json!({"reason": "legal", "locales": ["en", "fr"], "note": "Đã gỡ."});
    ask(&desk.publisher, noted).await.is(422).names("/notes", "required");
    let half = json!({"reason": "legal", "locales": ["en", "ja"]});
    let refused = ask(&desk.publisher, half).await.is_problem(409, "not-published");
    assert_eq!(refused.json()["locale"], "ja");
    assert_eq!(desk.app.digest().await, before, "all or none, byte for byte");

    let order = json!({"reason": "legal", "note": "Đã gỡ theo yêu cầu.", "notes": {"fr": "Retiré sur demande."}});
    let done = ask(&desk.publisher, order).await.is(200).json();

    let taken: Vec<_> = done["items"].as_array().unwrap().iter().map(|one| (&one["locale"], &one["note"])).collect();
    let english_note = json!("This article has been taken down for legal reasons.");
    let (vi, fr) = (json!("Đã gỡ theo yêu cầu."), json!("Retiré sur demande."));
    assert_eq!(taken, [(&json!("en"), &english_note), (&json!("fr"), &fr), (&json!("vi"), &vi)]);
    for edition in [&source, &translations[0], &translations[1]] {
        edition.public().await.is_problem(410, "gone");
    }
    ask(&desk.publisher, json!({"reason": "legal"})).await.is_problem(409, "not-published");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn one_call_takes_some_languages_down() {
    let (desk, source, translations) = family(Follow::Freeze).await;
    let path = format!("/api/v1/articles/{}/withdraw", source.article);
    let of_french = desk.app.account("publisher").locale("fr").sign_in().await;

    let order = json!({"reason": "legal", "locales": ["fr"], "note": "Retiré sur demande."});
    of_french.post(&path, &order).await.is(200);

    assert_eq!(translations[1].gone().await.note, "Retiré sur demande.");
    assert!(matches!(source.found().await, Some(Found::Item(_))));
    assert!(matches!(translations[0].found().await, Some(Found::Item(_))));
}

#[actix_web::test]
async fn notes_and_numbers_reach_every_output() {
    let (desk, source, _) = family(Follow::Freeze).await;
    desk.app.pass(60);
    desk.correct(&source, text("Bản hai", "Hai."), "Số đúng là mười hai.").await;
    let slug = source.item().await.slug.to_string();

    let item = source.public().await.is(200).json();
    assert_eq!(item["corrections"][0]["note"], "Số đúng là mười hai.");
    assert_eq!((&item["version"], &item["corrections"][0]["number"]), (&json!(2), &json!(1)));
    let path = format!("/api/v1/content/articles/{}/vi/versions/2/publication", source.article);
    let envelope = desk.app.get(&path).await.is(200).json();
    assert_eq!((&envelope["note"], &envelope["corrections"]), (&json!("Số đúng là mười hai."), &json!(1)));
    let page = format!("/vi/a/{slug}");
    for path in ["/api/v1/content/changes?since=0", "/feeds/vi/all.json", "/feeds/vi/all.rss", &page] {
        let answer = desk.app.get(path).await.is(200);
        assert!(answer.text().contains("Số đúng là mười hai."), "{path}: {}", answer.text());
    }
    source.withdraw(&desk.publisher, "Gỡ để kiểm tra lại.").await.is(200);
    for path in ["/api/v1/content/changes?since=0", "/feeds/vi/all.json", "/feeds/vi/all.rss"] {
        assert!(desk.app.get(path).await.is(200).text().contains("Gỡ để kiểm tra lại."), "{path}");
    }
    assert!(desk.app.get(&page).await.is(410).text().contains("Gỡ để kiểm tra lại."));
    source.public().await.is_problem(410, "gone");

    desk.publisher.post(&source.path("restore"), &json!({"note": "Đăng lại."})).await.is(200);
    let item = source.public().await.is(200).json();
    assert_eq!(item["corrections"][0]["note"], "Số đúng là mười hai.", "the numbers go on");
    assert!(desk.app.get("/api/v1/content/changes?since=0").await.text().contains("Đăng lại."));
    assert!(!desk.app.get("/feeds/vi/all.json").await.text().contains("Gỡ để kiểm tra lại."), "no tombstone any more");
}

#[actix_web::test]
async fn every_slug_that_ever_was_leads_to_the_newest_for_ever() {
    let (desk, source, _) = family(Follow::Freeze).await;
    for (slug, title) in [("dia-chi-hai", "Hai"), ("dia-chi-ba", "Ba")] {
        let mut next = text(title, title);
        next["slug"] = slug.into();
        desk.update(&source, next).await;
    }
    source.withdraw(&desk.publisher, "").await.is(200);
    for slug in ["chim-hoang-yen", "dia-chi-hai", "dia-chi-ba"] {
        assert!(matches!(desk.app.at_slug("vi", slug).await, Some(Found::Gone(_))), "{slug}");
    }
    restore(&source, &desk.publisher).await.is(200);

    desk.app.pass(400 * 86_400);
    for slug in ["chim-hoang-yen", "dia-chi-hai"] {
        let moved = desk.app.get(&format!("/api/v1/content/vi/articles/{slug}")).await.is(301);
        assert!(moved.header("location").unwrap().ends_with("dia-chi-ba"));
    }
}

#[actix_web::test]
async fn a_retraction_is_told_as_one() {
    let (desk, source, _) = family(Follow::Retract).await;
    retract(&source, &desk.publisher, "").await;

    let kinds: Vec<_> = desk.app.changes().await.into_iter().map(|(_, event)| event.kind).collect();

    assert_eq!(kinds[3..], [Retracted, Retracted, Retracted]);
}
