//! The command line, as an operator types it.

use crate::support::{Client, Installation, PASSWORD, Rows, anybody, newspaper, sign_in};

const ADMIN: [&str; 9] = [
    "account",
    "create",
    "--email",
    "quan.tri@lamhai.example",
    "--name",
    "Quản trị",
    "--role",
    "admin",
    "--password-stdin",
];

#[tokio::test]
async fn migrating_twice_changes_nothing_the_second_time() {
    let installation = Installation::new();

    let first = installation.run(&["migrate"]).await.fine();
    let second = installation.run(&["migrate"]).await.fine();

    assert!(first.contains("applied"), "{first}");
    assert!(second.contains("nothing needed"), "{second}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_server_says_how_to_make_an_administrator_who_can_then_sign_in() {
    let installation = Installation::new();
    let mut server = installation.serve().await;
    let advice = server.says("There is no administrator account yet.").await;
    assert!(advice.contains("lantoa account create") && advice.contains("--role admin"), "{advice}");

    installation.run_with(&ADMIN, &format!("{PASSWORD}\n")).await.fine();

    let person = sign_in(&server.url, "quan.tri@lamhai.example", PASSWORD).await;
    let me = Client::of(&server.url, &person).get("/api/v1/me").await.is(200);
    assert_eq!(me.body["grants"][0]["role"], "admin");
    server.stop().await;
    let mut again = installation.serve().await;
    again.says("Listening on").await;
    assert!(!again.stop().await.fine().contains("administrator"));
}

#[tokio::test]
async fn an_account_is_refused_with_one_line_that_says_why() {
    let installation = Installation::new();
    installation.run(&["migrate"]).await.fine();
    installation.run_with(&ADMIN, "ngắn\n").await.refused(1, &["password"]);
    for empty in ["", "\n", "\r\n"] {
        installation.run_with(&ADMIN, empty).await.refused(1, &["password", "empty"]);
    }
    installation.run_with(&ADMIN, PASSWORD).await.fine();
    installation.run_with(&ADMIN, PASSWORD).await.refused(1, &["already in use"]);
    let mut stranger = ADMIN;
    stranger[3] = "khac@lamhai.example";
    stranger[7] = "author";
    let words = [&stranger[..], &["--agency", "no-such"]].concat();
    installation.run_with(&words, PASSWORD).await.refused(1, &["agency"]);
}

#[tokio::test]
async fn the_audit_chain_is_verified_and_the_entry_that_was_altered_is_named() {
    let installation = Installation::new();
    installation.run(&["audit", "verify"]).await.refused(1, &["no database"]);
    installation.run(&["migrate"]).await.fine();
    installation.run_with(&ADMIN, PASSWORD).await.fine();
    let whole = installation.run(&["audit", "verify"]).await.fine();
    assert!(whole.contains("intact: 17 entries"), "{whole}");

    let rows = Rows::of(&installation.database()).await;
    assert_eq!(rows.alter("UPDATE audit_entry SET subject_id = 'fr' WHERE seq = 7").await, 1);
    let altered = installation.run(&["audit", "verify"]).await;
    assert_eq!(altered.code, Some(1), "{altered:?}");
    assert!(altered.out.contains("broken at entry 7"), "{altered:?}");

    rows.alter("DELETE FROM audit_entry WHERE seq >= 7").await;
    rows.close().await;
    let cut = installation.run(&["audit", "verify"]).await;
    assert_eq!(cut.code, Some(1), "{cut:?}");
    assert!(cut.out.contains("broken at entry 7") && cut.out.contains("cut off"), "{cut:?}");
}

#[tokio::test]
async fn a_command_makes_no_folder_where_there_is_no_database() {
    let nowhere = Installation::new();
    let elsewhere = Installation::new();
    let database = format!("sqlite:{}", elsewhere.home().join("tin.db").display());
    let elsewhere = elsewhere.with("LANTOA_DATABASE_URL", &database);
    for installation in [&nowhere, &elsewhere] {
        let named =
            if installation.database() == database { "tin.db".into() } else { nowhere.data().display().to_string() };

        installation.run_with(&ADMIN, PASSWORD).await.refused(1, &["no database", &named]);
        installation.run(&["audit", "verify"]).await.refused(1, &["no database", &named]);

        assert_eq!(std::fs::read_dir(installation.home()).unwrap().count(), 0, "looking makes nothing");
    }
    std::fs::create_dir(nowhere.data()).unwrap();
    nowhere.run_with(&ADMIN, PASSWORD).await.refused(1, &["no database"]);
    assert_eq!(std::fs::read_dir(nowhere.data()).unwrap().count(), 0);

    for installation in [nowhere, elsewhere] {
        installation.run(&["migrate"]).await.fine();
        installation.run_with(&ADMIN, PASSWORD).await.fine();
        installation.run(&["audit", "verify"]).await.fine();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_says_where_it_listens_and_how_others_know_it() {
    let installation = Installation::new().with("LANTOA_BASE_URL", "https://tin.lamhai.example/");
    let mut server = installation.serve().await;
    assert!(server.url.starts_with("http://127.0.0.1:"), "{}", server.url);
    assert_eq!(server.says("Public address: ").await, "https://tin.lamhai.example");
    server.stop().await;

    let server = Installation::new().serve().await;
    assert!(!server.stop().await.fine().contains("Public address"), "said where it differs alone");
}

#[tokio::test]
async fn the_openapi_document_needs_no_database_and_no_configuration() {
    let installation = Installation::new().with("LANTOA_LISTEN", "nowhere");
    let said = installation.run(&["openapi"]).await.fine();
    assert!(said == include_str!("../../openapi/openapi.json"), "not the committed document, byte for byte");
    assert!(!installation.data().exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_has_its_data_folder_and_its_address_to_itself() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let folder = installation.data().display().to_string();
    installation.run(&["serve"]).await.refused(1, &["Another server", &folder]);

    let address = server.url.trim_start_matches("http://").to_owned();
    let neighbour = Installation::new().with("LANTOA_LISTEN", &address);
    neighbour.run(&["serve"]).await.refused(1, &[&address]);
    assert!(!neighbour.data().exists(), "what cannot listen makes nothing");

    anybody(&server.url).get("/readyz").await.is(200);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_keeps_those_who_are_signed_in() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    server.stop().await;

    let server = installation.serve().await;
    Client::of(&server.url, &staff.author).get("/api/v1/me").await.is(200);
    server.stop().await;
}
