//! Makes a province of many articles, each published in Vietnamese and in English through the same
//! services as real work: what benchmarks and rehearsals run on.
//!
//! `cargo run --release --example province -- DATA_DIR [ARTICLES]`

use std::{error::Error, path::PathBuf, time::Instant};

use lantoa::{
    boot::{
        config::{Config, Sources},
        start::{self, Purpose},
    },
    domain::{
        access::{Grant, Role},
        article::Kind,
        details::Details,
        event::{Event, EventType},
        revision::ChangeClass,
        workflow::Verdict,
    },
    i18n::I18n,
    kernel::{AccountId, ArticleId, LocaleTag, SessionId},
    service::{
        App, Caller, Done, Once,
        article::{self, NewArticle},
        audit,
        edition::{self, BodyFormat, Condition, NewText, Save, Saved},
        publication::{self, Order},
        review::{self, Decide},
        vocabulary::{self, Entry, Names},
    },
    store::{Change, account, session},
};
use serde_json::json;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Articles, if no number is given.
const ARTICLES: usize = 2_000;
/// No password has this hash: these people never sign in.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Who does the work.
struct Staff {
    author: Caller,
    translator: Caller,
    reviewer: Caller,
    approver: Caller,
    publisher: Caller,
}

#[tokio::main]
async fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a data folder is needed")?);
    let articles = arguments.next().map_or(Ok(ARTICLES), |text| text.parse())?;
    let environment =
        vec![("LANTOA_DATA_DIR".into(), folder.into_os_string()), ("LANTOA_AUTHORITY".into(), "lamhai.example".into())];
    let config = Config::load(&Sources { file: None, environment }).map_err(|bad| format!("{bad:?}"))?;
    let i18n = I18n::embedded(&"vi".parse()?)?;
    let opened = start::open(&config, i18n, "http://127.0.0.1:8080".to_owned(), Purpose::Serve).await;
    let opened = opened.map_err(|failure| format!("{failure:?}"))?;
    let app = &opened.app;
    let staff = staff(app).await?;
    let begun = Instant::now();
    for number in 0..articles {
        carry(app, &staff, number).await?;
        if (number + 1) % 500 == 0 {
            say(&format!("{} articles, {:.0} s", number + 1, begun.elapsed().as_secs_f64()));
        }
    }
    audit::witness(app).await?;
    let report = audit::verify(app).await?;
    say(&format!("{articles} articles, {} audit entries, whole: {}", report.entries, report.broken.is_none()));
    app.db.clone().close().await?;
    Ok(())
}

/// The people and the vocabularies.
async fn staff(app: &App) -> Outcome<Staff> {
    let admin = person(app, Role::Admin).await?;
    let names = |vi: &str, en: &str| Names::from([("vi", vi), ("en", en)].map(|(k, v)| (k.to_owned(), v.to_owned())));
    let agency = Entry::Agency { code: "bao".to_owned(), names: names("Báo Lam Hải", "Lam Hai Newspaper") };
    let topic = Entry::Topic { code: "bien".to_owned(), parent: None, names: names("Biển", "Sea") };
    for entry in [agency, topic] {
        vocabulary::create(app, admin, entry, Once::never()).await?;
    }
    Ok(Staff {
        author: person(app, Role::Author).await?,
        translator: person(app, Role::Translator).await?,
        reviewer: person(app, Role::Reviewer).await?,
        approver: person(app, Role::Approver).await?,
        publisher: person(app, Role::Publisher).await?,
    })
}

/// Somebody of a role, signed in without a password.
async fn person(app: &App, role: Role) -> Outcome<Caller> {
    let (id, now) = (AccountId::new(), app.clock.now());
    let account = account::Account {
        id,
        email: format!("{id}@lamhai.example"),
        name: "Người làm thử".to_owned(),
        locale: "vi".parse()?,
        password_hash: NO_PASSWORD.to_owned(),
        disabled: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let session = session::Session {
        id: SessionId::new(),
        account: id,
        expires_at: now.plus(app.policy.session),
        revoked: false,
    };
    let tx = app.db.write().await?;
    account::insert(&tx, &account).await?;
    account::set_grants(&tx, id, &[Grant { role, agency: None, locale: None }], now).await?;
    session::insert(&tx, session, now).await?;
    let event = Event { kind: EventType::Account, article: None, locale: None };
    tx.commit(Change::by(None, now).entry("account.created", "account", id, json!({})).emit(event)).await?;
    Ok(Caller { account: id, session: session.id })
}

/// One article, from the first text to the public in both languages.
async fn carry(app: &App, staff: &Staff, number: usize) -> Outcome {
    let (vi, en): (LocaleTag, LocaleTag) = ("vi".parse()?, "en".parse()?);
    let new = NewArticle {
        kind: Kind::News,
        agency: "bao".to_owned(),
        source_locale: vi.to_string(),
        topics: vec!["bien".to_owned()],
        place: Some("Cảng Vân Sa".to_owned()),
        details: Details::default(),
        text: text("Bản tin cảng Vân Sa số", "Đoàn tàu cá rời cảng lúc bình minh, mang theo 12,5 tấn đá lạnh.", number),
    };
    let (overview, saved) = done(article::create(app, staff.author, new, Once::never()).await?)?;
    let id = overview.article.id;
    publish(app, staff, staff.author, (id, &vi), &saved).await?;
    let save = Save {
        text: text("Van Sa port bulletin no.", "The fishing fleet left at dawn, carrying 12.5 tonnes of ice.", number),
        details: Details::default(),
        place: Some("Van Sa port".to_owned()),
        source_revision: None,
        change: ChangeClass::Major,
        change_note: String::new(),
    };
    let saved = done(edition::save(app, staff.translator, (id, &en), Condition::New, save, Once::never()).await?)?;
    publish(app, staff, staff.translator, (id, &en), &saved).await
}

async fn publish(app: &App, staff: &Staff, by: Caller, at: (ArticleId, &LocaleTag), saved: &Saved) -> Outcome {
    let hash = saved.revision.hash;
    review::submit(app, by, at, saved.edition.version, "", Once::never()).await?;
    for decider in [staff.reviewer, staff.approver] {
        let order = Decide { verdict: Verdict::Approve, hash, comment: String::new() };
        review::decide(app, decider, at, order, Once::never()).await?;
    }
    let order = Order { hash, correct: false, note: String::new() };
    publication::publish(app, staff.publisher, at, order, Once::never()).await?;
    Ok(())
}

/// About three thousand characters, as news has.
fn text(title: &str, sentence: &str, number: usize) -> NewText {
    let paragraph = |place: usize| format!("<p>{} {sentence} ({number}.{place})</p>", [sentence; 3].join(" "));
    NewText {
        title: format!("{title} {number}"),
        summary: sentence.to_owned(),
        body: (1..=12).map(paragraph).collect(),
        format: BodyFormat::Html,
        slug: Some(format!("so-{number}")),
    }
}

fn done<T>(done: Done<T>) -> Outcome<T> {
    done.now().ok_or_else(|| "a request without a key was answered before".into())
}

#[expect(clippy::print_stdout, reason = "a program at a terminal says how far it is")]
fn say(line: &str) {
    println!("{line}");
}
