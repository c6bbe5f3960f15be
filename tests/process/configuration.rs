//! A configuration that is not good stops the start with one line that names it.

use std::fs;

use crate::support::Installation;

/// What sysexits.h calls a configuration error.
const CONFIGURATION: i32 = 78;

async fn refused(name: &str, value: &str, words: &[&str]) {
    let installation = Installation::new().with(name, value);
    let words = [&[name], words].concat();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &words);
    assert!(!installation.data().exists(), "{name}={value} left something");
}

#[tokio::test]
async fn a_bad_value_is_named_before_anything_is_made() {
    for (name, value, word) in [
        ("LANTOA_LISTEN", "localhost:8080", "IP address"),
        ("LANTOA_LISTEN", "127.0.0.1:99999", "IP address"),
        ("LANTOA_BASE_URL", "tin.lamhai.example", "http"),
        ("LANTOA_PORTAL_URL", "https://lamhai.example/{locale}", "{slug}"),
        ("LANTOA_AUTHORITY", "127.0.0.1", "domain name"),
        ("LANTOA_DATABASE_URL", "mysql://lamhai.example/lantoa", "postgres://"),
        ("LANTOA_READERS", "0", "from 1 to 64"),
        ("LANTOA_SWEEP_SECONDS", "3600", "from 1 to 50"),
        ("LANTOA_BODY_BYTES", "1 MB", "from 1024"),
        ("LANTOA_LOG", "lantoa=loud", "log filter"),
        ("LANTOA_LOG_FORMAT", "xml", "text, json"),
        ("LANTOA_SIGNING_KEY", "no-such-key.pem", "cannot be read"),
    ] {
        refused(name, value, &[word]).await;
    }
}

#[tokio::test]
async fn a_secret_that_others_would_guess_is_refused_and_not_repeated() {
    for weak in ["k7Qz0pV3", "change-me-change-me-change-me-change-me", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        let finished = Installation::new().with("LANTOA_JWT_SECRET", weak).run(&["serve"]).await;
        assert!(!finished.err.contains(weak), "{}", finished.err);
        finished.refused(CONFIGURATION, &["LANTOA_JWT_SECRET", "not safe"]);
    }
}

#[tokio::test]
async fn a_name_that_means_nothing_is_refused_in_the_environment_and_in_the_file() {
    refused("LANTOA_LISTN", "127.0.0.1:0", &["LANTOA_LISTEN"]).await;

    let installation = Installation::new();
    fs::write(installation.home().join("lantoa.toml"), "log = \"warn\"\ndatadir = \"data\"\n").unwrap();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["lantoa.toml: datadir", "data_dir"]);
    fs::write(installation.home().join("lantoa.toml"), "jwt_secret = \"k7Qz0pV3xW9rT2\nlog = 1").unwrap();
    let broken = installation.run(&["serve"]).await;
    assert!(!broken.err.contains("k7Qz0pV3"), "{}", broken.err);
    broken.refused(CONFIGURATION, &["lantoa.toml", "TOML"]);
    installation.run(&["--config", "other.toml", "serve"]).await.refused(CONFIGURATION, &["other.toml"]);
}

#[tokio::test]
async fn the_file_holds_and_the_environment_goes_over_it() {
    let mut installation = Installation::new();
    installation.unset("LANTOA_LISTEN");
    let file = "listen = \"127.0.0.1:0\"\nsweep_seconds = 20\n[office]\nname = \"Tỉnh Lam Hải\"\n";
    fs::write(installation.home().join("lantoa.toml"), file).unwrap();
    let server = installation.serve().await;
    let opml = crate::support::anybody(&server.url).get("/feeds.opml").await.is(200);
    assert!(opml.text.contains("Tỉnh Lam Hải"), "{}", opml.text);
    server.stop().await;

    installation.set("LANTOA_SWEEP_SECONDS", "0");
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_SWEEP_SECONDS"]);
}

#[tokio::test]
async fn the_operator_hears_it_in_the_language_of_the_terminal() {
    let installation = Installation::new().with("LANG", "vi_VN.UTF-8").with("LANTOA_READERS", "0");
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_READERS", "phải"]);
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_one_line_too() {
    let installation = Installation::new();
    fs::create_dir(installation.data()).unwrap();
    fs::write(installation.data().join("lantoa.db"), "not a database at all, but long enough to be taken for one")
        .unwrap();
    installation.run(&["serve"]).await.refused(1, &["database"]);
    fs::remove_dir_all(installation.data()).unwrap();
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_made_is_named() {
    let installation = Installation::new();
    fs::write(installation.data(), "a file where the folder should be").unwrap();
    let file = installation.data().display().to_string();
    for bad in [&*file, &format!("{file}/data"), "/etc/passwd", "/proc/x"] {
        let installation = Installation::new().with("LANTOA_DATA_DIR", bad);
        for command in ["serve", "demo", "migrate"] {
            installation.run(&[command]).await.refused(CONFIGURATION, &["LANTOA_DATA_DIR", bad]);
        }
    }
    let mut installation = Installation::new();
    installation.unset("LANTOA_DATA_DIR");
    fs::write(installation.home().join("lantoa.toml"), format!("data_dir = \"{file}\"\n")).unwrap();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["lantoa.toml: data_dir", &file]);
}

#[tokio::test]
async fn a_server_of_a_database_that_does_not_answer_is_named_without_its_password() {
    let bad = "postgres://lantoa:caong38thung@127.0.0.1:1/lantoa";
    let key = crate::keys::configured_keys();
    let installation = crate::keys::configured(Installation::new(), &key).with("LANTOA_DATABASE_URL", bad);

    let finished = installation.run(&["serve"]).await;

    assert!(!finished.err.contains("caong38thung"), "{}", finished.err);
    finished.refused(1, &["LANTOA_DATABASE_URL", "127.0.0.1:1"]);
}
