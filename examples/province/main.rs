//! Makes a province of many articles, each public in Vietnamese, English and French, by the way on which another system's
//! articles are brought in: what benchmarks and rehearsals run on.
//!
//! `cargo run --release --example province -- DATA_DIR [ARTICLES [PASSWORD]]`
//!
//! With a password there are people who sign in with it, and a tenth of the articles waits at their desk. Interrupted,
//! it goes on where it was.

mod desk;

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
    },
    i18n::I18n,
    kernel::{AccountId, Digest, Timestamp},
    service::{
        App,
        account::grants_told,
        audit,
        edition::{BodyFormat, NewText},
        import::{self, Line, OldArticle, OldEdition, OldShared, Outcome, Plan, Record, digest_of},
        vocabulary::{Entry, Names},
    },
    store::{Change, account},
};

type Outcomes<T = ()> = Result<T, Box<dyn Error>>;

/// Articles, if no number is given.
const ARTICLES: u32 = 2_000;
/// Rows of one transaction.
const BATCH: u32 = 200;
/// The administrator, who never signs in: no password has this hash.
const EMAIL: &str = "quan.tri@lamhai.example";
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// The first article's day, and seconds from one article to the next.
const SINCE: i64 = 1_388_534_400;
const APART: i64 = 400;
const TOPICS: [(&str, [&str; 3]); 4] = [
    ("bien", ["Biển", "Sea", "Mer"]),
    ("dau-tu", ["Đầu tư", "Investment", "Investissement"]),
    ("du-lich", ["Du lịch", "Tourism", "Tourisme"]),
    ("van-hoa", ["Văn hóa", "Culture", "Culture"]),
];
/// Each language with a title, a sentence and the place's name.
const TEXTS: [(&str, [&str; 3]); 3] = [
    (
        "vi",
        ["Bản tin cảng Vân Sa số", "Đoàn tàu cá rời cảng lúc bình minh, mang theo 12,5 tấn đá lạnh.", "Cảng Vân Sa"],
    ),
    ("en", ["Van Sa port bulletin no.", "The fishing fleet left at dawn, carrying 12.5 tonnes of ice.", "Van Sa port"]),
    (
        "fr",
        [
            "Bulletin du port de Van Sa nº",
            "La flottille a quitté le port à l’aube avec 12,5 tonnes de glace.",
            "Port de Van Sa",
        ],
    ),
];

#[tokio::main]
async fn main() -> Outcomes {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a data folder is needed")?);
    let articles = arguments.next().map_or(Ok(ARTICLES), |text| text.parse())?;
    let environment =
        vec![("LANTOA_DATA_DIR".into(), folder.into_os_string()), ("LANTOA_AUTHORITY".into(), "lamhai.example".into())];
    let config = Config::load(&Sources { file: None, environment }).map_err(|bad| format!("{bad:?}"))?;
    let i18n = I18n::embedded(&"vi".parse()?)?;
    let opened = start::open(&config, i18n, "http://127.0.0.1:8080".to_owned(), Purpose::Serve).await;
    let app = opened.map_err(|failure| format!("{failure:?}"))?.app;
    administrator(&app).await?;
    let begun = Instant::now();
    make(&app, articles).await?;
    if let Some(password) = arguments.next() {
        let waiting = Box::pin(desk::fill(&app, (0..articles).map(key), &password)).await?;
        say(&format!("{waiting} articles wait at the desk, {:.1} s", begun.elapsed().as_secs_f64()));
    }
    let made = begun.elapsed().as_secs_f64();
    audit::witness(&app).await?;
    let report = audit::verify(&app).await?;
    let verified = begun.elapsed().as_secs_f64() - made;
    say(&format!(
        "{articles} articles, {} editions in {made:.1} s; {} audit entries, whole: {}, verified in {verified:.1} s",
        articles * 3,
        report.entries,
        report.broken.is_none()
    ));
    app.db.clone().close().await?;
    Ok(())
}

/// The one who decides that all of it is brought in.
async fn administrator(app: &App) -> Outcomes {
    let now = app.clock.now();
    let tx = app.db.write().await?;
    if account::find_by_email(&tx, EMAIL).await?.is_some() {
        return Ok(());
    }
    let admin = account::Account {
        id: AccountId::new(),
        email: EMAIL.to_owned(),
        name: "Quản trị".to_owned(),
        locale: "vi".parse()?,
        password_hash: NO_PASSWORD.to_owned(),
        disabled: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    account::insert(&tx, &admin).await?;
    let grants = [Grant { role: Role::Admin, agency: None, locale: None }];
    account::set_grants(&tx, admin.id, &grants, now).await?;
    let event = Event { kind: EventType::Account, article: None, locale: None };
    let told = grants_told(&grants);
    tx.commit(Change::by(None, now).entry("account.created", "account", admin.id, told).emit(event)).await?;
    Ok(())
}

/// The rows of a batch; the vocabularies are the first.
fn lines(batch: u32, articles: u32) -> Vec<Line> {
    if batch == 0 {
        return words();
    }
    let first = (batch - 1) * BATCH;
    (first..articles.min(first + BATCH))
        .map(|number| Line { hash: hash(number), read: Ok(Record::Article(Box::new(article(number)))) })
        .collect()
}

fn words() -> Vec<Line> {
    let names = |words: [&str; 3]| {
        TEXTS.iter().zip(words).map(|((locale, _), word)| ((*locale).to_owned(), word.to_owned())).collect::<Names>()
    };
    let agency = names(["Báo Lam Hải", "Lam Hai Newspaper", "Journal de Lam Hai"]);
    let mut entries = vec![Entry::Agency { code: "bao".to_owned(), names: agency }];
    entries.extend(TOPICS.iter().map(|(code, words)| Entry::Topic {
        code: (*code).to_owned(),
        parent: None,
        media_topic: None,
        names: names(*words),
    }));
    let line = |entry: Entry| Line { hash: Digest::of(format!("{entry:?}")), read: Ok(Record::Entry(entry)) };
    entries.into_iter().map(line).collect()
}

fn hash(number: u32) -> Digest {
    Digest::of(format!("article {number}"))
}

/// Brings all of it in; one batch is read while the one before is written.
async fn make(app: &App, articles: u32) -> Outcomes {
    let batches = 1 + articles.div_ceil(BATCH);
    let mut digests = vec![digest_of(words().iter().map(|line| line.hash))];
    for batch in 1..batches {
        let first = (batch - 1) * BATCH;
        digests.push(digest_of((first..articles.min(first + BATCH)).map(hash)));
    }
    let plan = Plan { source: digest_of(digests.iter().copied()), rows: articles, batches: digests };
    let import = import::begin(app, EMAIL, Some("Tỉnh dùng để đo."), plan).await?;
    let begun = Instant::now();
    let mut ready = import::prepare(app, &import, lines(0, articles)).await?;
    for batch in 0..batches {
        let next = if batch + 1 < batches { lines(batch + 1, articles) } else { Vec::new() };
        let place = usize::try_from(batch)?;
        let (outcomes, after) =
            tokio::join!(import::carry(app, &import, place, ready), import::prepare(app, &import, next));
        for outcome in outcomes? {
            if let Outcome::Refused(error) = outcome {
                return Err(error.into());
            }
        }
        ready = after?;
        let done = articles.min(batch * BATCH);
        if done.is_multiple_of(10_000) || batch + 1 == batches {
            say(&format!("{done} articles, {:.1} s", begun.elapsed().as_secs_f64()));
        }
    }
    Ok(())
}

fn key(number: u32) -> String {
    format!("cong-cu-{number}")
}

/// One article, public since a moment of its own.
fn article(number: u32) -> OldArticle {
    let at = Timestamp::from_micros((SINCE + i64::from(number) * APART) * 1_000_000);
    let topic = TOPICS[(number % 4) as usize].0;
    let since = at.map(|at| at.to_string());
    OldArticle {
        key: key(number),
        kind: Kind::News,
        agency: "bao".to_owned(),
        source_locale: "vi".to_owned(),
        topics: vec![topic.to_owned()],
        place: Some(TEXTS[0].1[2].to_owned()),
        details: Details::default(),
        sensitivity: None,
        draft: OldShared::default(),
        editions: TEXTS
            .iter()
            .map(|(locale, [title, sentence, place])| {
                edition(locale, text(title, sentence, number), place, since.clone(), number)
            })
            .collect(),
    }
}

fn edition(locale: &str, text: NewText, place: &str, since: Option<String>, number: u32) -> OldEdition {
    OldEdition {
        locale: locale.to_owned(),
        text,
        // The source's place is the article's own.
        place: (locale != "vi").then(|| place.to_owned()),
        details: Details::default(),
        shared: OldShared::default(),
        published_at: since,
        updated_at: None,
        stale: false,
        source_version: None,
        addresses: vec![format!("/{locale}/tin-tuc/{number}.html")],
        history: Vec::new(),
        draft: None,
    }
}

/// About three thousand characters, as news has.
fn text(title: &str, sentence: &str, number: u32) -> NewText {
    let paragraph = |place: usize| format!("<p>{} {sentence} ({number}.{place})</p>", [sentence; 3].join(" "));
    NewText {
        title: format!("{title} {number}"),
        summary: sentence.to_owned(),
        body: (1..=12).map(paragraph).collect(),
        format: BodyFormat::Html,
        slug: Some(format!("so-{number}")),
    }
}

#[expect(clippy::print_stdout, reason = "a program at a terminal says how far it is")]
fn say(line: &str) {
    println!("{line}");
}
