//! An installation with an administrator, and files that lie beside it.

use std::{fs, path::PathBuf};

use crate::support::{Finished, Installation, PASSWORD, Rows, until};

pub const BY: &str = "quan.tri@lamhai.example";
pub const PUBLISH: [&str; 3] = ["--publish", "--reason", "Chuyển từ cổng cũ."];

pub struct Office {
    pub installation: Installation,
}

/// An agency and a topic.
pub fn vocabularies() -> String {
    let agency = r#"{"record":"agency","code":"bao","names":{"vi":"Báo Lam Hải","en":"Lam Hai News"}}"#;
    format!("{agency}\n{}", r#"{"record":"topic","code":"bien","names":{"vi":"Biển"}}"#)
}

/// A row of news.
pub fn news(number: u32) -> String {
    format!(
        "{{\"key\":\"{number}\",\"kind\":\"news\",\"agency\":\"bao\",\"source_locale\":\"vi\",\"topics\":[\"bien\"],\
         \"editions\":[{{\"locale\":\"vi\",\"title\":\"Tin số {number}\",\"body\":\"<p>Tin số {number}.</p>\",\
         \"slug\":\"tin-{number}\",\"published_at\":\"2014-05-01T07:00:00+07:00\",\
         \"addresses\":[\"/tin-tuc/{number}.html\"]}}]}}"
    )
}

impl Office {
    pub async fn new() -> Self {
        Self::of(Installation::new()).await
    }

    pub async fn of(installation: Installation) -> Self {
        installation.run(&["migrate"]).await.fine();
        let office = Self { installation };
        office.account(BY, "admin").await;
        office
    }

    pub async fn account(&self, email: &str, role: &str) {
        let words = ["account", "create", "--email", email, "--name", "Người thử", "--role", role, "--password-stdin"];
        self.installation.run_with(&words, &format!("{PASSWORD}\n")).await.fine();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.installation.home().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub async fn run(&self, words: &[&str]) -> Finished {
        self.installation.run(words).await
    }

    pub async fn number(&self, sql: &str) -> i64 {
        let rows = Rows::of(&self.installation.database()).await;
        let number = rows.number(sql).await;
        rows.close().await;
        number
    }

    pub async fn until_some_article_is_there(&self) {
        until("something was brought in", async || {
            (self.number("SELECT count(*) FROM article").await > 0).then_some(())
        })
        .await;
    }
}

impl Finished {
    /// Says that it refused with one line after it had said what it reads.
    #[track_caller]
    pub fn refused_after_a_word(self, words: &[&str]) {
        assert!(self.out.lines().count() == 1 && self.out.starts_with("Reading"), "{self:?}");
        Finished { out: String::new(), ..self }.refused(1, words);
    }
}
