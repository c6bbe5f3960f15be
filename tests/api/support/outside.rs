//! What the outside is given: the public reads, asked as the routes ask them, and the sweep that guards them.

use lantoa::{
    domain::{
        event::LiveEvent,
        item::{Item, Tombstone},
    },
    kernel::{ArticleId, EditionId, LocaleTag, PageRequest, Slug},
    service::{
        integrity::{Finding, sweep},
        public::{self, FeedScope, Found, Selection, VersionBytes},
        schedule,
    },
    store,
};

use super::{Edition, TestApp};

impl TestApp {
    /// The public list of a locale.
    pub async fn list(&self, locale: &str) -> Vec<Item> {
        self.list_of(locale, Selection::default()).await
    }

    /// The same, narrowed.
    pub async fn list_of(&self, locale: &str, selection: Selection) -> Vec<Item> {
        let wanted = PageRequest { after: None, limit: 100 };
        public::list(&self.app, &tag(locale), &selection, wanted).await.unwrap().items
    }

    /// What a slug leads to.
    pub async fn at_slug(&self, locale: &str, slug: &str) -> Option<Found> {
        public::by_slug(&self.app, &tag(locale), &slug.parse::<Slug>().unwrap()).await.ok()
    }

    /// Every public event.
    pub async fn changes(&self) -> Vec<(i64, LiveEvent)> {
        public::changes(&self.app, 0, 10_000).await.unwrap().0
    }

    /// What the guard finds.
    pub async fn sweep(&self) -> Vec<Finding> {
        sweep(&self.app).await.unwrap()
    }

    /// Carries out what is due, as the job of a process does, and gives the number of orders that came to something.
    pub async fn run_due(&self) -> u32 {
        schedule::run_due(&self.app).await.unwrap()
    }

    /// Everything that the outside can read of some editions and the lists around them, as one text to look for words in.
    pub async fn all_public(&self, editions: &[&Edition]) -> String {
        let mut all = String::new();
        let mut add = |part: String| all.push_str(&part);
        for locale in ["vi", "en"] {
            add(format!("{:?}\n", self.list(locale).await));
            for scope in [FeedScope::All, FeedScope::Topic("kinh-te".parse().unwrap())] {
                add(format!("{:?}\n", public::feed(&self.app, &tag(locale), &scope, "json").await.unwrap().entries));
            }
        }
        for edition in editions {
            add(format!("{:?}\n", edition.found().await));
            add(format!("{:?}\n", public::editions_of(&self.app, edition.article_id()).await.ok()));
            for number in 1..4 {
                add(format!("{:?}\n", edition.version(number).await));
            }
        }
        add(format!("{:?}\n", public::manifest(&self.app, None, 1_000).await.unwrap()));
        add(format!("{:?}\n", self.changes().await));
        all
    }
}

impl Edition {
    pub fn article_id(&self) -> ArticleId {
        self.article.parse().unwrap()
    }

    /// The edition's own id, which no API shows.
    pub async fn id(&self) -> EditionId {
        let tx = self.app.app.db.read().await.unwrap();
        store::edition::find(&tx, self.article_id(), &tag(&self.locale)).await.unwrap().unwrap().id
    }

    /// What the outside finds at the article's id.
    pub async fn found(&self) -> Option<Found> {
        public::by_id(&self.app.app, self.article_id(), &tag(&self.locale)).await.ok()
    }

    /// The public item.
    #[track_caller]
    pub fn item(&self) -> impl Future<Output = Item> {
        let edition = self.clone();
        async move {
            match edition.found().await {
                Some(Found::Item(item)) => *item,
                other => panic!("no item but {other:?}"),
            }
        }
    }

    /// What is left of it.
    pub async fn gone(&self) -> Tombstone {
        match self.found().await {
            Some(Found::Gone(tombstone)) => *tombstone,
            other => panic!("no tombstone but {other:?}"),
        }
    }

    /// The canonical bytes of a published version: its content and its envelope.
    pub async fn version(&self, number: u32) -> Option<(String, String)> {
        match public::version(&self.app.app, self.article_id(), &tag(&self.locale), number).await {
            Ok(VersionBytes::Bytes { content, envelope }) => Some((content, envelope)),
            Ok(VersionBytes::Gone(_)) | Err(_) => None,
        }
    }
}

fn tag(raw: &str) -> LocaleTag {
    raw.parse().unwrap()
}
