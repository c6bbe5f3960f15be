//! Which floors may say the names of which libraries.

use crate::{
    demand,
    source::{Source, What},
};

/// Libraries, and the only floors that may name them.
const ONLY: &[(&[&str], &[&str])] = &[
    (&["sea_orm", "sea_query", "sqlx", "lantoa_migrations"], &["store"]),
    (&["sea_orm_migration"], &["store"]),
    (
        &["actix_web", "actix_http", "actix_cors", "actix_rt", "actix_service", "utoipa", "utoipa_actix_web"],
        &["http", "boot"],
    ),
    (&["utoipa_swagger_ui", "governor"], &["http", "boot", "tokens"]),
    (&["jsonwebtoken", "argon2"], &["tokens"]),
    (&["clap", "config", "tracing_subscriber"], &["boot"]),
];

fn strays(source: &Source) -> Vec<String> {
    let floor = source.path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs");
    let stray = |word: &str| ONLY.iter().any(|(words, floors)| words.contains(&word) && !floors.contains(&floor));
    let word = |at: &usize| match &source.tokens[*at].what {
        // A field or a function may have a library's name; a path begins with it.
        What::Ident(word) if stray(word) && (source.says(at + 1, &[":", ":"]) || source.says(at + 1, &["as"])) => {
            Some(source.finding(source.tokens[*at].line, &format!("{floor} must not name `{word}`")))
        }
        _ => None,
    };
    (0..source.tokens.len()).filter_map(|at| word(&at)).collect()
}

#[test]
fn a_library_is_named_on_its_floors_alone() {
    demand(&Source::without_tests("src"), strays);
}

#[test]
fn a_stray_library_is_seen() {
    for (path, text) in [
        ("src/service/a.rs", "use sea_orm::EntityTrait;"),
        ("src/http/a.rs", "use sea_orm::DbErr;"),
        ("src/domain/a.rs", "fn a(_: sqlx::Error) {}"),
        ("src/service/a.rs", "#[derive(utoipa::ToSchema)] struct A;"),
        ("src/main.rs", "use actix_web::main;"),
    ] {
        assert_eq!(strays(&Source::parse(path, text)).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("src/store/entity/a.rs", "use sea_orm::DbErr;"),
        ("src/boot/a.rs", "use actix_web::App;"),
        ("src/service/a.rs", "fn a(config: u8) -> u8 { config }"),
    ] {
        assert!(strays(&Source::parse(path, text)).is_empty(), "{path}: {text}");
    }
}
