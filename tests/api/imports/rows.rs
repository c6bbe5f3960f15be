//! Good rows are kept, bad ones named; a row is brought in once.

use lantoa::{
    domain::details::Details,
    service::import::{MAX_KEY, OldArticle, OldEdition, Outcome},
};

use super::office::{Old, REASON, brought, edition, news, refusal};

fn with(change: impl FnOnce(&mut OldArticle)) -> OldArticle {
    let mut one = news("x", "Tàu về bến");
    change(&mut one);
    one
}

fn source(change: impl FnOnce(&mut OldEdition)) -> OldArticle {
    with(|one| change(&mut one.editions[0]))
}

#[actix_web::test]
async fn each_fault_of_a_row_is_named_by_its_place_and_nothing_of_the_row_is_kept() {
    let old = Old::new().await;
    let english = |change: fn(&mut OldEdition)| {
        with(|one| {
            one.editions.push(edition("en", "The boats are back"));
            change(&mut one.editions[1]);
        })
    };
    let table: Vec<(OldArticle, &str, &str)> = vec![
        (with(|one| one.key = " ".into()), "/key", "required"),
        (with(|one| one.key = "k".repeat(MAX_KEY + 1)), "/key", "too-long"),
        (with(|one| one.agency = "khong-co".into()), "/agency", "unknown"),
        (with(|one| one.topics = vec!["bien".into(), "khong-co".into()]), "/topics/1", "unknown"),
        (with(|one| one.source_locale = "en".into()), "/editions", "required"),
        (with(|one| one.details = Details::from_iter([("venue".into(), "x".into())])), "/details/venue", "not-of-kind"),
        (source(|it| it.locale = "xx".into()), "/editions/0/locale", "unknown"),
        (source(|it| it.text.title = String::new()), "/editions/0/title", "required"),
        (source(|it| it.text.title = "Tàu \u{1}".into()), "/editions/0/title", "bad-character"),
        (source(|it| it.text.body = "<script>x</script>".into()), "/editions/0/body", "empty-body"),
        (source(|it| it.text.slug = Some("Tàu".into())), "/editions/0/slug", "bad-slug"),
        (source(|it| it.text.title = "船".into()), "/editions/0/slug", "slug-needed"),
        (source(|it| it.published_at = Some("2014".into())), "/editions/0/published_at", "bad-time"),
        (source(|it| it.published_at = Some("2026-11-22T02:00:01Z".into())), "/editions/0/published_at", "in-future"),
        (source(|it| it.place = Some("Bến".into())), "/editions/0/place", "not-of-source"),
        (source(|it| it.stale = true), "/editions/0/stale", "not-of-source"),
        (english(|it| it.locale = "vi".into()), "/editions/1/locale", "duplicate"),
        (
            with(|one| {
                one.editions[0].published_at = None;
                one.editions.push(edition("en", "The boats are back"));
            }),
            "/editions/1/published_at",
            "source-not-public",
        ),
        (source(|it| it.addresses = vec!["https://x.example/1".into()]), "/editions/0/addresses/0", "bad-address"),
        (source(|it| it.addresses = vec!["//x.example/1".into()]), "/editions/0/addresses/0", "bad-address"),
        (source(|it| it.addresses = vec!["/a".into(), "/a".into()]), "/editions/0/addresses/1", "duplicate"),
        (source(|it| it.addresses = vec!["/feeds".into()]), "/editions/0/addresses/0", "own-address"),
        (source(|it| it.addresses = vec!["/en/a/tau".into()]), "/editions/0/addresses/0", "own-address"),
    ];
    for (number, (row, pointer, code)) in table.into_iter().enumerate() {
        let before = old.app.query("SELECT * FROM article").await.len();
        let outcomes = old.bring(Some(REASON), &[row, news(&number.to_string(), "Chợ sớm")]).await;

        let named = refusal(&outcomes[0]);
        assert!(named.contains(&(pointer.to_owned(), code)), "{pointer} {code}: {named:?}");
        assert_eq!(brought(&outcomes[1]), (0, 1), "the good one beside it is kept");
        assert_eq!(old.app.query("SELECT * FROM article").await.len(), before + 1);
    }
    old.is_sound().await;
}

#[actix_web::test]
async fn a_row_is_brought_in_once_and_a_changed_one_is_refused() {
    let old = Old::new().await;
    let first = [news("1", "Tàu về bến"), news("1", "Tàu về bến")];
    let outcomes = old.bring(Some(REASON), &first).await;
    assert_eq!(brought(&outcomes[0]), (0, 1));
    assert_eq!(refusal(&outcomes[1]), [("/key".to_owned(), "duplicate")]);
    let audit = old.app.query("SELECT * FROM audit_entry").await.len();

    let again = old.bring(Some(REASON), &first).await;

    assert!(again.iter().all(|one| matches!(one, Outcome::Before)), "{again:?}");
    assert_eq!(old.app.query("SELECT * FROM audit_entry").await.len(), audit, "the same decision, and nothing done");
    let changed = old.bring(Some(REASON), &[news("1", "Tàu chưa về")]).await;
    assert_eq!(refusal(&changed[0]), [("/key".to_owned(), "row-changed")]);
    assert_eq!(old.app.list("vi").await.len(), 1);
}

#[actix_web::test]
async fn a_slug_that_is_asked_for_is_given_or_refused_and_one_from_a_title_steps_aside() {
    let old = Old::new().await;
    let author = old.app.account("author").sign_in().await;
    author.article().with("slug", "vinh").begin().await;
    let asked = |key: &str, slug: &str| {
        let mut one = news(key, "Vịnh");
        one.editions[0].text.slug = Some(slug.to_owned());
        one
    };

    let outcomes = old
        .bring(
            Some(REASON),
            &[asked("1", "vinh"), asked("2", "bien"), asked("3", "bien"), news("4", "Vịnh"), news("5", "Vịnh")],
        )
        .await;

    for taken in [0, 2] {
        assert_eq!(refusal(&outcomes[taken]), [("/editions/0/slug".to_owned(), "slug-taken")]);
    }
    let mut slugs: Vec<String> = old.app.list("vi").await.iter().map(|item| item.slug.to_string()).collect();
    slugs.sort();
    assert_eq!(slugs, ["bien", "vinh-2", "vinh-3"]);
    old.is_sound().await;
}

#[actix_web::test]
async fn what_is_stripped_from_a_body_is_reported() {
    let old = Old::new().await;
    let outcomes = old.bring(None, &[source(|it| it.text.body = "<p>Tàu <script>x</script>về.</p>".into())]).await;
    let Outcome::Done(brought) = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!((brought.stripped[0].0.as_str(), brought.stripped[0].1.len()), ("/editions/0/body", 1));
}

#[actix_web::test]
async fn however_many_articles_have_one_title_each_gets_a_slug() {
    let old = Old::new().await;
    let all: Vec<OldArticle> = (0..105).map(|key| news(&key.to_string(), "Vịnh")).collect();

    let outcomes = old.bring(None, &all).await;

    assert!(outcomes.iter().all(|one| matches!(one, Outcome::Done(_))), "{:?}", outcomes.last());
    old.is_sound().await;
}
