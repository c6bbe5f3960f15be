//! Each value that is no good is refused by its name, and the documentation lists every key as it is.

use std::{ffi::OsString, fs, path::PathBuf};

use super::{
    setting::{SETTINGS, variable},
    *,
};

fn environment(variables: &[(&str, &str)]) -> Sources {
    let environment = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect();
    Sources { file: None, environment }
}

fn bad(variables: &[(&str, &str)]) -> Bad {
    Config::load(&environment(variables)).expect_err("a bad value")
}

/// The configuration of a file and some variables.
fn with_file(text: &str, variables: &[(&str, &str)]) -> Result<Config, Bad> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lantoa.toml");
    fs::write(&file, text).unwrap();
    Config::load(&Sources { file: Some(file), ..environment(variables) })
}

#[test]
fn nothing_at_all_is_a_good_configuration() {
    let config = Config::load(&environment(&[("HOME", "/root"), ("LANTOA_PORTAL_URL", "")])).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.addresses.base_url(config.listen), "http://127.0.0.1:8080");
    assert_eq!(config.addresses.fallback_authority(), "lantoa.invalid");
    assert!(config.database.folder.ends_with("data") && config.database.folder.is_absolute());
    assert_eq!(config.limits.body.body, 1 << 20);
}

#[test]
fn each_bad_value_names_its_variable() {
    let strong = "k7Qz0pV3xW9rT2mN5bC8jF1hL4gD6sAy";
    let cases: &[(&str, &str)] = &[
        ("LANTOA_LISTEN", "localhost"),
        ("LANTOA_METRICS_LISTEN", "9464"),
        ("LANTOA_BASE_URL", "tin.lamhai.example"),
        ("LANTOA_BASE_URL", "https://tin.lamhai.example/tin"),
        ("LANTOA_PORTAL_URL", "https://lamhai.example/{locale}"),
        ("LANTOA_PORTAL_URL", "https://lamhai.example/{lang}/{locale}/{slug}"),
        ("LANTOA_AUTHORITY", "http://lamhai.example"),
        ("LANTOA_DATABASE_URL", "mysql://x"),
        ("LANTOA_DATABASE_URL", "sqlite::memory:"),
        ("LANTOA_LIVE_DATABASE_URL", "postgres://reader@db/lantoa"),
        ("LANTOA_READERS", "0"),
        ("LANTOA_READERS", "four"),
        ("LANTOA_BODY_BYTES", "-1"),
        ("LANTOA_SWEEP_SECONDS", "3600"),
        ("LANTOA_TRUSTED_PROXIES", "localhost"),
        ("LANTOA_RATE_EXEMPT", "10.0.0.0/64"),
        ("LANTOA_JWT_SECRET", "short"),
        ("LANTOA_JWT_SECRET", "change-me-change-me-change-me-change-me"),
        ("LANTOA_SIGNING_KEY", "/no/such/key.pem"),
        ("LANTOA_SIGNING_KEY", "-----BEGIN PRIVATE KEY-----"),
        ("LANTOA_TRUSTED_KEYS", "/no/such/keys.pem"),
        ("LANTOA_LOG", "lantoa=loud"),
        ("LANTOA_LOG_FORMAT", "xml"),
        ("LANTOA_MEDIA_URL", "s3://bucket"),
    ];
    for (name, value) in cases {
        assert_eq!(bad(&[(name, value)]).name, *name, "{value}");
    }
    let postgres = ("LANTOA_DATABASE_URL", "postgres://lantoa@db/lantoa");
    assert_eq!(bad(&[postgres]).name, "LANTOA_JWT_SECRET");
    assert_eq!(bad(&[postgres, ("LANTOA_JWT_SECRET", strong)]).name, "LANTOA_SIGNING_KEY");
    for setting in SETTINGS.iter().filter(|setting| setting.bounds.is_some()) {
        let name = variable(setting.key);
        assert_eq!(bad(&[(&name, "1 000")]).name, name);
    }
}

#[test]
fn a_name_that_means_nothing_is_refused_with_the_one_that_was_meant() {
    assert_eq!(bad(&[("LANTOA_LISTN", "x")]), Bad::new("LANTOA_LISTN", Reason::Unknown("LANTOA_LISTEN".into())));
    for (text, name, meant) in [
        ("datadir = \"x\"", "datadir", "data_dir"),
        ("[office]\nnam = \"x\"", "office.nam", "office.name"),
        ("[limits]\nreaders = 4", "limits", "listen"),
    ] {
        let refused = with_file(text, &[]).unwrap_err();
        assert!(refused.name.ends_with(&format!("lantoa.toml: {name}")), "{refused:?}");
        assert_eq!(refused.reason, Reason::Unknown(meant.into()));
    }
}

#[test]
fn a_bad_value_of_the_file_names_the_file_and_the_key() {
    for (text, name) in [
        ("readers = 0", "readers"),
        ("readers = [4]", "readers"),
        ("listen = 8080", "listen"),
        ("[office.names]\nVI = \"x\"", "office.names.VI"),
        ("[office.names]\nvi = \"\"", "office.names.vi"),
    ] {
        let refused = with_file(text, &[]).unwrap_err();
        assert!(refused.name.ends_with(&format!("lantoa.toml: {name}")), "{refused:?}");
    }
    let missing = Sources { file: Some(PathBuf::from("/no/such/lantoa.toml")), environment: Vec::new() };
    assert!(matches!(Config::load(&missing).unwrap_err().reason, Reason::Unreadable(_)));
}

#[test]
fn what_is_said_of_a_file_that_is_no_toml_quotes_nothing_of_it() {
    let refused = with_file("jwt_secret = \"k7Qz0pV3xW9rT2\nlisten = 1", &[]).unwrap_err();
    assert!(matches!(refused.reason, Reason::Toml(_)));
    assert!(!format!("{refused:?}").contains("k7Qz0pV3"), "{refused:?}");
}

#[test]
fn the_environment_goes_over_the_file() {
    let text = "readers = 2\nlog = \"warn\"\n[office]\nname = \"Lam Hải\"\n[office.names]\nen = \"Lam Hai\"\n";
    let config = with_file(text, &[("LANTOA_READERS", "8")]).unwrap();
    assert_eq!((config.database.readers, config.log.filter.as_str()), (8, "warn"));
    assert_eq!((config.office["vi"].as_str(), config.office["en"].as_str()), ("Lam Hải", "Lam Hai"));
}

#[test]
fn debug_output_shows_no_secret() {
    let secret = "k7Qz0pV3xW9rT2mN5bC8jF1hL4gD6sAy";
    let config = Config::load(&environment(&[("LANTOA_JWT_SECRET", secret)])).unwrap();
    assert!(config.secrets.jwt_bytes().is_some());
    assert!(!format!("{config:?}").contains(secret));
}

#[test]
fn the_documentation_lists_every_key_as_it_is() {
    let page = include_str!("../../../docs/CONFIGURATION.md");
    let rows = page.lines().filter(|line| line.contains("| `LANTOA_"));
    let rows: Vec<Vec<&str>> = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect();
    let keys: Vec<String> = rows.iter().map(|row| row[0].trim_matches('`').to_owned()).collect();
    assert_eq!(keys, SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>());
    for (row, setting) in rows.iter().zip(SETTINGS) {
        assert_eq!(row[1], format!("`{}`", variable(setting.key)));
        if !setting.default.is_empty() {
            assert_eq!(row[2], format!("`{}`", setting.default), "{}", setting.key);
        }
        if let Some((least, most)) = setting.bounds {
            assert!(row[3].starts_with(&format!("{least}–{most} ")), "{}: {}", setting.key, row[3]);
        }
    }
}
