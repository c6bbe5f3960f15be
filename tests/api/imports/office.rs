//! An office with an administrator, and articles as another system had them.

use lantoa::{
    domain::{article::Kind, details::Details},
    kernel::Digest,
    service::{
        Error,
        edition::{BodyFormat, NewText},
        import::{self, Halt, Import, Line, OldArticle, OldEdition, OldShared, Outcome, Plan, Record, digest_of},
        integrity,
    },
};

use crate::support::{Client, TestApp};

pub const REASON: &str = "Chuyển từ cổng thông tin cũ.";

pub struct Old {
    pub app: TestApp,
    pub admin: Client,
}

/// An edition that was public since 2014.
pub fn edition(locale: &str, title: &str) -> OldEdition {
    OldEdition {
        locale: locale.to_owned(),
        text: NewText {
            title: title.to_owned(),
            summary: String::new(),
            body: format!("<p>{title}: sáng nay.</p>"),
            format: BodyFormat::Html,
            slug: None,
        },
        place: None,
        details: Details::new(),
        shared: OldShared::default(),
        published_at: Some("2014-05-01T07:00:00+07:00".to_owned()),
        updated_at: None,
        stale: false,
        source_version: None,
        addresses: vec![],
        history: vec![],
        draft: None,
    }
}

/// News of the newspaper in Vietnamese.
pub fn news(key: &str, title: &str) -> OldArticle {
    OldArticle {
        key: key.to_owned(),
        kind: Kind::News,
        agency: "bao".to_owned(),
        source_locale: "vi".to_owned(),
        topics: vec!["dau-tu".to_owned()],
        place: None,
        details: Details::new(),
        sensitivity: None,
        draft: OldShared::default(),
        editions: vec![edition("vi", title)],
    }
}

impl Old {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let admin = app.account("admin").sign_in().await;
        Self { app, admin }
    }

    pub fn email(who: &Client) -> String {
        format!("{}@lamhai.example", who.id)
    }

    fn lines(articles: &[OldArticle]) -> Vec<Line> {
        let line = |one: &OldArticle| Line {
            hash: Digest::of(format!("{one:?}")),
            read: Ok(Record::Article(Box::new(one.clone()))),
        };
        articles.iter().map(line).collect()
    }

    /// The decision about one batch of articles.
    pub async fn begin(&self, by: &Client, reason: Option<&str>, articles: &[OldArticle]) -> Result<Import, Error> {
        let rows = digest_of(Self::lines(articles).iter().map(|line| line.hash));
        let plan = Plan { source: rows, rows: u32::try_from(articles.len()).unwrap(), batches: vec![rows] };
        import::begin(&self.app.app, &Self::email(by), reason, plan).await
    }

    /// Brings articles in under a decision.
    pub async fn carry(&self, import: &Import, articles: &[OldArticle]) -> Result<Vec<Outcome>, Halt> {
        let rows = import::prepare(&self.app.app, import, Self::lines(articles)).await.unwrap();
        import::carry(&self.app.app, import, 0, rows).await
    }

    /// Decides and brings in.
    pub async fn bring(&self, reason: Option<&str>, articles: &[OldArticle]) -> Vec<Outcome> {
        let import = self.begin(&self.admin, reason, articles).await.unwrap();
        self.carry(&import, articles).await.unwrap()
    }

    /// The article of a title, as an auditor's list has it.
    pub async fn article(&self, title: &str) -> String {
        let all = self.admin.all("/api/v1/articles").await;
        let named = |one: &&serde_json::Value| {
            one["editions"].as_array().unwrap().iter().any(|edition| edition["title"] == title)
        };
        all.iter().find(named).unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Says that the chain verifies and that a sweep finds nothing.
    #[track_caller]
    pub fn is_sound(&self) -> impl Future<Output = ()> {
        let app = self.app.app.clone();
        async move {
            assert!(lantoa::service::audit::verify(&app).await.unwrap().broken.is_none());
            assert_eq!(integrity::sweep(&app).await.unwrap(), []);
        }
    }
}

/// The places and codes that a refusal names.
#[track_caller]
pub fn refusal(outcome: &Outcome) -> Vec<(String, &'static str)> {
    let Outcome::Refused(error) = outcome else { panic!("{outcome:?} is no refusal") };
    error.errors().iter().map(|fault| (fault.pointer.clone(), fault.code.slug())).collect()
}

/// Drafts and public editions of what was brought in.
#[track_caller]
pub fn brought(outcome: &Outcome) -> (usize, usize) {
    let Outcome::Done(brought) = outcome else { panic!("{outcome:?}") };
    (brought.drafts, brought.published)
}
