//! `lantoa import` and `lantoa export`, as an operator types them.

mod history;
mod office;
mod round_trip;

use std::fs;

use office::{BY, Office, PUBLISH, news, vocabularies};

use crate::support::{anybody, until};

#[tokio::test]
async fn good_rows_are_kept_and_bad_ones_named_on_standard_error_with_an_exit_code_of_their_own() {
    let office = Office::new().await;
    let rows = [&vocabularies(), "", &news(1), "{\"key\":", &news(2).replace("\"bao\"", "\"khong\""), &news(3)];
    office.write("old.jsonl", &rows.join("\n"));

    let finished = office.run(&["import", "old.jsonl", "--by", BY, "--rejects", "bad.jsonl"]).await;

    assert_eq!(finished.code, Some(65), "{finished:?}");
    let err: Vec<&str> = finished.err.lines().collect();
    assert_eq!(err.len(), 2, "{finished:?}");
    assert!(err[0].starts_with("old.jsonl:5 refused: The body is not JSON"), "{}", err[0]);
    assert_eq!(err[1], "old.jsonl:6 refused: /agency: “khong” does not exist.");
    assert!(finished.out.contains("4 rows (2 drafts, 0 public editions)"), "{}", finished.out);
    let bad = fs::read_to_string(office.path("bad.jsonl")).unwrap();
    assert_eq!(bad.lines().collect::<Vec<_>>(), [rows[3], rows[4]]);

    let vietnamese = office.installation.with("LC_ALL", "vi_VN.UTF-8");
    let again = vietnamese.run(&["import", "bad.jsonl", "--by", BY]).await;
    assert!(again.err.contains("bad.jsonl:2 bị từ chối: /agency: Không có “khong”."), "{again:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_a_decision_with_a_reason_old_articles_are_public_and_their_old_addresses_lead_there() {
    let office = Office::new().await;
    office.write("old.jsonl", &[vocabularies(), news(1)].join("\n"));
    let unreasoned = office.run(&["import", "old.jsonl", "--by", BY, "--publish"]).await;
    assert!(unreasoned.code == Some(2) && unreasoned.err.contains("--reason"), "{unreasoned:?}");
    office.run(&["import", "old.jsonl", "--by", "khong@lamhai.example"]).await.refused_after_a_word(&["by", "khong@"]);
    let author = "bien.tap@lamhai.example";
    office.account(author, "author").await;
    let mut words = vec!["import", "old.jsonl", "--by", author];
    for publish in [&[][..], &PUBLISH] {
        words.extend(publish);
        office.run(&words).await.refused_after_a_word(&["Not allowed"]);
    }
    assert_eq!(office.number("SELECT count(*) FROM article").await, 0);

    let said = office.run(&[&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat()).await.fine();

    let hash = lantoa::kernel::Digest::of(fs::read(office.path("old.jsonl")).unwrap()).to_string();
    assert!(said.contains(&hash), "the hash is that of the file, for who compares: {said}");
    office.run(&["audit", "verify"]).await.fine();
    let server = office.installation.serve().await;
    let item = anybody(&server.url).get("/api/v1/content/vi/articles/tin-1").await.is(200);
    assert_eq!(item.body["published_at"], "2014-05-01T00:00:00Z");
    let page = anybody(&server.url).get("/tin-tuc/1.html").await.is(200);
    assert!(page.text.contains("Tin số 1"), "{}", page.text);
    let stopped = server.stop().await;
    assert!(!stopped.err.contains("withheld"), "the sweep found everything sound: {}", stopped.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_runs_beside_an_import_shows_what_it_brings_in() {
    let office = Office::new().await;
    office.write("old.jsonl", &[vocabularies(), news(1)].join("\n"));
    let server = office.installation.serve().await;
    let list = "/api/v1/content/vi/articles";
    assert!(anybody(&server.url).all(list).await.is_empty());

    office.run(&[&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat()).await.fine();

    // Two changes that another process made: the article, and the names of its agency and topic.
    until("the server notices", async || {
        let items = anybody(&server.url).all(list).await;
        let item = items.first()?;
        let names = (&item["agency"]["name"], &item["topics"][0]["name"]);
        (names == (&"Báo Lam Hải".into(), &"Biển".into()) && items.len() == 1).then_some(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_was_killed_goes_on_and_brings_nothing_in_twice() {
    let office = Office::new().await;
    let rows: Vec<String> = std::iter::once(vocabularies()).chain((1..=1_000).map(news)).collect();
    office.write("old.jsonl", &rows.join("\n"));
    let words = [&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat();
    let process = office.installation.start(&words);
    office.until_some_article_is_there().await;
    process.kill();
    let so_far = office.number("SELECT count(*) FROM article").await;
    assert!((1..1_000).contains(&so_far), "killed in the middle: {so_far}");
    office.run(&["audit", "verify"]).await.fine();

    let said = office.run(&words).await.fine();

    assert!(said.contains(&format!("{} were there before", so_far + 2)), "{said}");
    for table in ["article", "import_row", "live_item"] {
        assert_eq!(office.number(&format!("SELECT count(*) FROM {table}")).await, 1_000, "{table}");
    }
    assert_eq!(office.number("SELECT count(*) FROM import_run").await, 1, "it is the same decision");
    assert!(office.run(&words).await.fine().contains("1,002 were there before"));
    office.run(&["audit", "verify"]).await.fine();
}

#[tokio::test]
async fn articles_come_from_folders_of_markdown_too() {
    let office = Office::new().await;
    office.write("cu/1.jsonl", &vocabularies());
    office.write(
        "cu/le-hoi/article.toml",
        "kind = \"event\"\nagency = \"bao\"\ntopics = [\"bien\"]\npublished_at = \"2015-01-01T00:00:00Z\"\n\
         [details]\nstarts_at = \"2015-02-01T01:00:00Z\"\ntime_zone = \"Asia/Ho_Chi_Minh\"\nvenue = \"Bến Vân\"\n\
         [editions.en]\nstale = true\naddresses = [\"/events/1\"]\n",
    );
    office.write("cu/le-hoi/vi.md", "+++\ntitle = \"Lễ hội\"\nsummary = \"\"\n+++\nĐua **thuyền**.\n");
    office.write(
        "cu/le-hoi/en.md",
        "+++\ntitle = \"Festival\"\nsummary = \"\"\n[details]\nvenue = \"Van quay\"\n+++\nRace.\n",
    );
    office.write("cu/hong/article.toml", "kind = \"event\"\nagency = 7\n");

    let finished = office.run(&[&["import", "cu", "--by", BY][..], &PUBLISH].concat()).await;

    assert_eq!(finished.code, Some(65), "{finished:?}");
    assert!(finished.err.starts_with("hong refused: ") && finished.err.contains("article.toml"), "{}", finished.err);
    office.run(&["export", "out.jsonl"]).await.fine();
    let out = fs::read_to_string(office.path("out.jsonl")).unwrap();
    let article: serde_json::Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!((&article["key"], &article["details"]["venue"]), (&"le-hoi".into(), &serde_json::Value::Null));
    assert_eq!(article["editions"][0]["details"]["venue"], "Van quay");
    assert_eq!(article["editions"][0]["stale"], true);
    assert_eq!(article["editions"][1]["details"]["venue"], "Bến Vân");
    assert_eq!(article["editions"][1]["body"], "<p>Đua <strong>thuyền</strong>.</p>");
}

#[tokio::test]
async fn a_folder_leads_to_no_file_outside_and_holds_no_more_than_a_row() {
    let office = Office::new().await;
    office.write("cu/1.jsonl", &vocabularies());
    let facts = "kind = \"news\"\nagency = \"bao\"\ntopics = [\"bien\"]\n";
    for name in ["a-lien-ket", "b-dai"] {
        office.write(&format!("cu/{name}/article.toml"), facts);
    }
    office.write("rieng.md", "+++\ntitle = \"Riêng\"\nsummary = \"\"\n+++\nRiêng.\n");
    std::os::unix::fs::symlink(office.path("rieng.md"), office.path("cu/a-lien-ket/vi.md")).unwrap();
    for locale in ["en", "vi"] {
        office.write(&format!("cu/b-dai/{locale}.md"), &" ".repeat(17 << 20));
    }

    let finished = office.run(&["import", "cu", "--by", BY]).await;

    assert_eq!(finished.code, Some(65), "{finished:?}");
    let err: Vec<&str> = finished.err.lines().collect();
    assert!(err[0].starts_with("a-lien-ket refused: ") && err[0].contains("vi.md: not a plain file"), "{err:?}");
    assert!(err[1].starts_with("b-dai refused: ") && err[1].contains("33"), "{err:?}");
    assert_eq!(office.number("SELECT count(*) FROM article").await, 0);
}

#[tokio::test]
async fn what_was_refused_is_written_to_a_new_file_of_the_owners_before_anything_is_decided() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::new().await;
    office.write("old.jsonl", "{\"key\":");
    office.write("there.jsonl", "mine");
    let words = |by: &'static str, rejects: &'static str| ["import", "old.jsonl", "--by", by, "--rejects", rejects];

    office.run(&words(BY, "there.jsonl")).await.refused_after_a_word(&["there.jsonl"]);
    office.run(&words(BY, "khong-co/bad.jsonl")).await.refused_after_a_word(&["khong-co/bad.jsonl"]);
    assert_eq!(office.number("SELECT count(*) FROM import_run").await, 0, "nothing was decided");
    assert_eq!(fs::read_to_string(office.path("there.jsonl")).unwrap(), "mine");

    office.run(&words("khong@lamhai.example", "bad.jsonl")).await.refused_after_a_word(&["khong@"]);
    assert_eq!(office.run(&words(BY, "bad.jsonl")).await.code, Some(65), "a refused command leaves no file");
    assert_eq!(fs::metadata(office.path("bad.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_makes_nothing_public_under_nobodys_name_and_keeps_the_servers() {
    let mut office = Office::new().await;
    office.write("old.jsonl", &[vocabularies(), news(1)].join("\n"));
    let words = [&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat();
    let settled = "SELECT count(*) FROM setting WHERE value = 'lamhai.example'";

    office.installation.unset("LANTOA_AUTHORITY");
    office.run(&words).await.refused_after_a_word(&["LANTOA_AUTHORITY", "nobody"]);
    assert_eq!(office.number("SELECT count(*) FROM import_run").await, 0, "nothing was decided");

    office.installation.set("LANTOA_AUTHORITY", "lamhai.example");
    let strangers = ["import", "old.jsonl", "--by", "khong@lamhai.example", "--publish", "--reason", "Chuyển."];
    office.run(&strangers).await.refused_after_a_word(&["khong@"]);
    assert_eq!(office.number("SELECT count(*) FROM setting").await, 0, "who may not decide settles nothing");
    office.installation.serve().await.stop().await.fine();
    assert_eq!(office.number(settled).await, 1);
    office.installation.unset("LANTOA_AUTHORITY");
    office.run(&words).await.fine();
    assert_eq!(office.number(settled).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM edition WHERE guid LIKE 'tag:lamhai.example,%'").await, 1);
}

#[tokio::test]
async fn an_export_overwrites_nothing_and_lies_open_to_nobody_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::new().await;
    office.run(&["export", "out.jsonl"]).await.fine();
    assert_eq!(fs::metadata(office.path("out.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
    office.run(&["export", "out.jsonl"]).await.refused(1, &["out.jsonl", "overwrites nothing"]);
    office.run(&["export", "ra.jsonl", "--locale", "VN"]).await.refused(1, &["locale"]);
}
