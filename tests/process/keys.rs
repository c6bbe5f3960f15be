//! Keys and secrets: the owner's alone, never made anew silently, and shared where nodes are several.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use lantoa::tokens::Keyring;

use crate::support::{Installation, PostgresDatabase, newspaper};

const CONFIGURATION: i32 = 78;
const SECRET: &str = "mP4sWq8Zt1Xv7Kc2Rb9Ny6Hd3Gf5Lj0Aq";

/// A signing key in PEM.
pub fn configured_keys() -> String {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    Keyring::open_or_create(&keys, [""; 0]).unwrap();
    fs::read_to_string(signing_key(&keys)).unwrap()
}

/// With what PostgreSQL needs.
pub fn configured(installation: Installation, key: &str) -> Installation {
    installation.with("LANTOA_JWT_SECRET", SECRET).with("LANTOA_SIGNING_KEY", key)
}

fn signing_key(keys: &Path) -> PathBuf {
    let mut files = fs::read_dir(keys).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|extension| extension == "pem")).expect("a signing key")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Everything below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let deeper: Vec<PathBuf> = entries.iter().filter(|path| path.is_dir()).flat_map(|path| below(path)).collect();
    [entries, deeper].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_secrets_and_the_database_are_the_owner_s_alone() {
    let installation = Installation::new();
    let server = installation.serve().await;
    newspaper(&installation, &server).await;

    let data = installation.data();
    let private = |path: &&PathBuf| {
        let name = path.strip_prefix(&data).unwrap().to_str().unwrap().to_owned();
        ["keys", "secrets", "lantoa."].iter().any(|start| name.starts_with(start))
    };
    let found = below(&data);
    let found: Vec<_> = found.iter().filter(private).collect();
    assert!(found.len() >= 8, "{found:?}");
    assert_eq!(mode(&data), 0o700);
    for path in found {
        assert_eq!(mode(path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_something_is_published_a_key_is_never_made_silently() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    server.stop().await;
    let keys = installation.data().join("keys");
    let (trusted, aside) = (keys.join("trusted"), installation.home().join("aside"));

    fs::rename(&trusted, &aside).unwrap();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_SIGNING_KEY", "trusted"]);
    fs::rename(&aside, &trusted).unwrap();

    fs::rename(&keys, &aside).unwrap();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_SIGNING_KEY", "never made silently"]);
    assert!(!keys.exists(), "a second key was made");
    let stranger = configured_keys();
    let data = installation.data().display().to_string();
    let configured = Installation::new().with("LANTOA_SIGNING_KEY", &stranger).with("LANTOA_DATA_DIR", &data);
    configured.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_TRUSTED_KEYS", "not among the trusted"]);
    fs::rename(&aside, &keys).unwrap();

    let key = signing_key(&keys);
    for exposed in [&key, &keys, &installation.data().join("secrets").join("jwt")] {
        let before = mode(exposed);
        fs::set_permissions(exposed, Permissions::from_mode(before | 0o040)).unwrap();
        let refused = installation.run(&["serve"]).await;
        assert!(refused.code.is_some_and(|code| code != 0) && refused.err.lines().count() == 1, "{refused:?}");
        assert!(refused.err.contains(&exposed.display().to_string()), "{refused:?}");
        fs::set_permissions(exposed, Permissions::from_mode(before)).unwrap();
    }
    installation.serve().await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authority_is_frozen_by_the_first_server() {
    let mut installation = Installation::new();
    installation.set("LANTOA_AUTHORITY", "sau.lamhai.example");
    installation.run(&["migrate"]).await.fine();
    for changed in ["nham.lamhai.example", "lamhai.example"] {
        installation.set("LANTOA_AUTHORITY", changed);
        let server = installation.serve().await;
        assert!(!server.stop().await.fine().contains("lantoa.invalid"));
    }
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let article = staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    let item = crate::support::anybody(&server.url).get(&format!("/api/v1/content/vi/articles/id/{article}")).await;
    assert!(item.text_of("guid").starts_with("tag:lamhai.example,"), "{}", item.text);
    server.stop().await;

    installation.set("LANTOA_AUTHORITY", "khac.lamhai.example");
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_AUTHORITY", "lamhai.example"]);
    installation.unset("LANTOA_AUTHORITY");
    installation.serve().await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_guids_would_be_nobodys_hears_it_and_can_mend_it() {
    let mut installation = Installation::new();
    installation.unset("LANTOA_AUTHORITY");
    let mut server = installation.serve().await;
    let said = server.says("Guids ").await;
    assert!(said.contains("lantoa.invalid") && said.contains("LANTOA_AUTHORITY"), "{said}");
    server.stop().await;

    installation.set("LANTOA_BASE_URL", "https://tin.lamhai.example");
    assert!(!installation.serve().await.stop().await.fine().contains("Guids"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_file_that_others_can_read_is_refused_by_its_key() {
    let key = configured_keys();
    let mut installation = Installation::new();
    let file = installation.home().join("key.pem");
    fs::write(&file, &key).unwrap();
    installation.set("LANTOA_SIGNING_KEY", &file.display().to_string());
    for exposed in [0o644, 0o640, 0o604] {
        fs::set_permissions(&file, Permissions::from_mode(exposed)).unwrap();
        installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_SIGNING_KEY", "key.pem"]);
    }
    assert!(!installation.data().exists());
    for private in [0o600, 0o400] {
        fs::set_permissions(&file, Permissions::from_mode(private)).unwrap();
        installation.serve().await.stop().await;
    }

    let public = installation.home().join("earlier.pem");
    fs::write(&public, trusted_key()).unwrap();
    installation.set("LANTOA_TRUSTED_KEYS", &public.display().to_string());
    fs::set_permissions(&public, Permissions::from_mode(0o664)).unwrap();
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_TRUSTED_KEYS", "earlier.pem"]);
    fs::set_permissions(&public, Permissions::from_mode(0o644)).unwrap();
    installation.serve().await.stop().await;
}

/// A public key in PEM.
fn trusted_key() -> String {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    Keyring::open_or_create(&keys, [""; 0]).unwrap();
    let trusted = below(&keys.join("trusted"));
    fs::read_to_string(trusted.first().expect("a public key")).unwrap()
}

#[tokio::test]
async fn with_postgresql_keys_have_to_be_configured() {
    let mut installation = Installation::new().with("LANTOA_DATABASE_URL", "postgres://lantoa@127.0.0.1:1/lantoa");
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_JWT_SECRET", "PostgreSQL"]);
    installation.set("LANTOA_JWT_SECRET", SECRET);
    installation.run(&["serve"]).await.refused(CONFIGURATION, &["LANTOA_SIGNING_KEY", "PostgreSQL"]);
    assert!(!installation.data().exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_postgresql_a_node_has_no_keys_of_its_own() {
    let Some(database) = PostgresDatabase::create("start").await else {
        eprintln!("skipped: LANTOA_TEST_DATABASE_URL names no server");
        return;
    };
    let key = configured_keys();
    let one = configured(Installation::new(), &key).with("LANTOA_DATABASE_URL", &database.url);
    let first = one.serve().await;
    let staff = newspaper(&one, &first).await;
    let article = staff.publish(&first.url, "Lô cá ngừ đầu tiên").await;

    let other = configured(Installation::new(), &key).with("LANTOA_DATABASE_URL", &database.url);
    let second = other.serve().await;

    let path = format!("/api/v1/content/vi/articles/id/{article}");
    let items = [&first, &second].map(|node| crate::support::anybody(&node.url));
    assert_eq!(items[1].get(&path).await.is(200).body["signature"], items[0].get(&path).await.body["signature"]);
    crate::support::Client::of(&second.url, &staff.author).get("/api/v1/me").await.is(200);
    assert!(!one.data().join("keys").exists() && !other.data().join("secrets").exists());
    first.stop().await;
    second.stop().await;
}
