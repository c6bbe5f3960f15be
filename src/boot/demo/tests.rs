//! The demonstration is made whole through the services, once, and nothing of it is stripped.

use std::path::Path;

use super::{
    files::{End, front_matter},
    *,
};
use crate::{
    domain::{body, edition::State, freshness::Freshness},
    kernel::{LocaleTag, PageRequest},
    service::{App, article, audit, integrity},
};

const WORD: &str = "cửa sông xanh 41 thuyền";

#[test]
fn a_text_is_toml_between_two_lines_and_then_markdown() {
    let text =
        front_matter("+++\ntitle = \"A\"\nsummary = \"B\"\n[details]\nvenue = \"C\"\n+++\nBody\n\n+++\n").unwrap();
    assert_eq!((text.head.title.as_str(), text.head.slug.as_deref()), ("A", None));
    assert_eq!(text.head.details["venue"], "C");
    assert_eq!(text.body, "Body\n\n+++\n");
    for bad in ["", "title = 1", "+++\ntitle = \"A\"\n", "+++\ntitle = \"A\"\n+++\nx", "+++\ntitel = \"A\"\n+++\nx"] {
        assert!(front_matter(bad).is_err(), "{bad}");
    }
}

#[test]
fn every_text_is_taken_without_anything_stripped() {
    let demo = Demo::embedded().unwrap();
    let texts: Vec<_> = demo.articles.iter().flat_map(|article| &article.texts).collect();
    assert!(texts.len() > 30);
    for (name, text) in texts {
        let taken = body::accept_markdown(&text.body).unwrap();
        assert_eq!(taken.stripped, [], "{name}: {}", text.head.title);
    }
}

#[test]
fn a_made_password_is_one_that_the_accounts_can_have() {
    let demo = Demo::embedded().unwrap();
    for _ in 0..100 {
        let password = random_password();
        assert_eq!(password.expose().len(), 24);
        for person in &demo.people {
            assert_eq!(check_password(password.expose(), &person.email, &person.name), Ok(()));
        }
    }
}

fn config(folder: &Path) -> Config {
    let environment = vec![("LANTOA_DATA_DIR".into(), folder.into())];
    let config = Config::load(&Sources { file: None, environment }).unwrap();
    settled(config, &Demo::embedded().unwrap()).unwrap()
}

async fn opened(folder: &Path) -> App {
    let i18n = I18n::embedded(&"vi".parse().unwrap()).unwrap();
    start::unlocked(&config(folder), i18n, "http://127.0.0.1:8080".to_owned(), Purpose::Serve).await.unwrap()
}

async fn is_sound(app: &App) {
    assert_eq!(integrity::sweep(app).await.unwrap(), []);
    let report = audit::verify(app).await.unwrap();
    assert!(report.broken.is_none() && report.entries > 100, "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_province_is_made_once_as_its_files_say_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::embedded().unwrap();
    assert!(folder::begin(folder.path()).unwrap());
    let app = opened(folder.path()).await;
    build::province(&app, &demo, &WORD.into(), |_, _| {}).await.unwrap();
    folder::finish(folder.path()).unwrap();

    is_sound(&app).await;
    let auditor = staff::sign_in(&app, "bich.thao@lamhai.example", &WORD.into()).await.unwrap();
    let page = article::list(&app, auditor, article::ListQuery::default(), PageRequest { limit: 100, after: None });
    let articles = page.await.unwrap().items;
    assert_eq!(articles.len(), demo.articles.len());
    let mut stale = 0;
    for overview in &articles {
        let facts = |article: &&files::Article| {
            let vi: LocaleTag = "vi".parse().unwrap();
            overview.editions.iter().any(|line| line.locale == vi && line.title == article.first(&vi).head.title)
        };
        let article = demo.articles.iter().find(facts).unwrap();
        assert_eq!(overview.editions.len(), article.locales().len());
        for line in &overview.editions {
            let state = match article.fate(&line.locale).state {
                End::Draft => State::Draft,
                End::InReview => State::InReview,
                End::ChangesRequested => State::ChangesRequested,
                End::Published => State::Published,
                End::Withdrawn => State::Withdrawn,
            };
            assert_eq!((line.state, line.live.is_some()), (state, state == State::Published), "{}", line.title);
            stale += usize::from(line.live.is_some() && line.freshness.is_some_and(Freshness::is_stale));
        }
    }
    assert_eq!(stale, outdated(&demo));
    app.db.clone().close().await.unwrap();

    assert!(!folder::begin(folder.path()).unwrap());
    let again = opened(folder.path()).await;
    is_sound(&again).await;
    staff::sign_in(&again, "tri.vien@lamhai.example", &WORD.into()).await.unwrap();
}

/// Translations that are public and were made before the source's last text.
fn outdated(demo: &Demo) -> usize {
    let vi: LocaleTag = "vi".parse().unwrap();
    let moved_on = demo.articles.iter().filter(|article| !article.fate(&vi).later.is_empty());
    let public = moved_on.flat_map(|article| {
        let locales = article.locales().into_iter().filter(|locale| *locale != vi);
        locales.filter(|locale| article.fate(locale).state == End::Published).collect::<Vec<_>>()
    });
    public.count()
}

#[test]
fn every_ending_is_shown_and_every_language_is_published() {
    let demo = Demo::embedded().unwrap();
    let fates: Vec<_> = demo
        .articles
        .iter()
        .flat_map(|article| article.locales().into_iter().map(|locale| (article.fate(&locale), locale)))
        .collect();
    let count = |end| fates.iter().filter(|(fate, _)| fate.state == end).count();
    assert!(count(End::Draft) >= 2 && count(End::InReview) >= 1);
    for (fate, _) in &fates {
        assert_eq!(fate.state == End::ChangesRequested, !fate.comment.is_empty());
        assert_eq!(fate.state == End::Withdrawn, fate.note.is_some() && fate.reason.is_some());
    }
    assert!(count(End::ChangesRequested) >= 1 && count(End::Withdrawn) >= 1);
    assert!(fates.iter().any(|(fate, _)| fate.later.iter().any(|later| later.correct)));
    for locale in demo.names.keys() {
        assert!(fates.iter().any(|(fate, tag)| fate.state == End::Published && tag.as_str() == locale), "{locale}");
    }
}

#[test]
fn the_demonstration_refuses_to_answer_others_and_to_use_another_database() {
    let demo = Demo::embedded().unwrap();
    for (name, value) in [("LANTOA_LISTEN", "0.0.0.0:8080"), ("LANTOA_DATABASE_URL", "sqlite:/srv/lantoa.db")] {
        let sources = Sources { file: None, environment: vec![(name.into(), value.into())] };
        let refused = settled(Config::load(&sources).unwrap(), &demo).unwrap_err();
        assert!(matches!(refused, Failure::Bad(bad) if bad.name == name));
    }
}
