//! Every key that there is, once: what it is called, what holds without it, and its bounds.

/// A key of the file, which is also a variable: `data_dir` and `LANTOA_DATA_DIR`.
pub(super) struct Setting {
    /// Its name in the file.
    pub(super) key: &'static str,
    /// What holds without it; empty where that depends on other keys.
    pub(super) default: &'static str,
    /// The least and the most of a number.
    pub(super) bounds: Option<(u64, u64)>,
}

const fn text(key: &'static str, default: &'static str) -> Setting {
    Setting { key, default, bounds: None }
}

const fn number(key: &'static str, default: &'static str, least: u64, most: u64) -> Setting {
    Setting { key, default, bounds: Some((least, most)) }
}

/// All keys, as the documentation lists them.
pub(super) const SETTINGS: &[Setting] = &[
    text("listen", "127.0.0.1:8080"),
    text("metrics_listen", ""),
    text("base_url", ""),
    text("portal_url", ""),
    text("authority", ""),
    text("office", ""),
    text("data_dir", "./data"),
    text("database_url", ""),
    text("live_database_url", ""),
    number("readers", "4", 1, 64),
    text("audit_head_file", ""),
    text("jwt_secret", ""),
    text("signing_key", ""),
    text("trusted_keys", ""),
    text("sealing_secret", ""),
    text("outbound_allow", ""),
    text("hub", "own"),
    number("session_days", "30", 1, 365),
    number("login_window_seconds", "900", 1, 86_400),
    number("login_per_email", "10", 1, 1_000),
    number("login_per_address", "40", 1, 100_000),
    number("rate_per_account", "30000", 0, 1_000_000),
    number("rate_per_address", "12000", 0, 1_000_000),
    text("rate_exempt", ""),
    text("trusted_proxies", ""),
    number("workers", "", 1, 256),
    number("max_connections", "4096", 1, 1_000_000),
    number("max_connections_per_address", "2048", 0, 1_000_000),
    number("max_requests", "512", 1, 100_000),
    number("body_bytes", "1048576", 1_024, 67_108_864),
    number("body_seconds", "30", 1, 600),
    number("answer_seconds", "30", 1, 600),
    number("cache_bytes", "33554432", 0, 68_719_476_736),
    number("drain_seconds", "0", 0, 300),
    number("shutdown_seconds", "30", 1, 300),
    // At most 50: an alarm has to come within a minute.
    number("sweep_seconds", "30", 1, 50),
    // At least 30: whoever reads a feed once a month still learns of it.
    number("tombstone_days", "30", 30, 3_650),
    number("import_row_bytes", "33554432", 1_024, 1_073_741_824),
    number("import_batch_rows", "200", 1, 10_000),
    number("import_batch_bytes", "4194304", 1_024, 1_073_741_824),
    number("import_acts", "1000", 1, 100_000),
    text("retracted_source", "freeze"),
    text("log", "info"),
    text("log_format", "text"),
];

/// The variable of a key.
pub(super) fn variable(key: &str) -> String {
    format!("LANTOA_{}", key.to_uppercase())
}

/// The known name that looks most like another, for who mistyped it.
pub(super) fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> &'a str {
    known.min_by_key(|name| distance(wrong, name)).unwrap_or_default()
}

/// How many characters have to be put in, taken out or changed to make one text of another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_slips() {
        let known = ["listen", "base_url", "log"];
        for (wrong, meant) in [("lisen", "listen"), ("baseurl", "base_url"), ("lgo", "log"), ("listen", "listen")] {
            assert_eq!(nearest(wrong, known.into_iter()), meant);
        }
    }
}
