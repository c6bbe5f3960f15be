//! Query parameters that are unknown, twice, or have a value that fits no list.

use serde_json::Value;

use crate::support::{Answer, Ground, Operation, operations, resolved, sample, type_of};

fn of_the_api() -> Vec<Operation> {
    operations().into_iter().filter(Operation::is_api).collect()
}

async fn ask(ground: &Ground, operation: Operation, query: &str) -> Answer {
    let path = format!("{}?{query}", ground.path(operation.template, None));
    let body = operation.body().map(|schema| sample("", schema, false).to_string()).unwrap_or_default();
    ground.send(operation, &path, body).await
}

#[actix_web::test]
async fn an_unknown_parameter_is_named_by_every_operation() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for operation in of_the_api() {
        for (query, name) in [
            ("khong_co=1", "khong_co"),
            ("_method=DELETE", "_method"),
            ("sort=password_hash", "sort"),
            ("author.password_hash=$argon2", "author.password_hash"),
            ("fields=password_hash", "fields"),
            ("include=account.sessions", "include"),
            ("LIMIT=1", "LIMIT"),
            ("limit%00=1", "limit\0"),
            ("%F0%9F%98%80", "😀"),
            ("filter[password_hash]=x", "filter[password_hash]"),
            ("utm_source=x", "utm_source"),
        ] {
            let answer = ask(&ground, operation, query).await;
            assert_eq!(answer.status, 400, "{} {query}: {}", operation.id(), answer.text());
            answer.is_problem(400, "unknown-parameter").names(name, "unknown-field");
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

/// Values that a parameter cannot have.
fn unfit(name: &str, schema: &'static Value) -> Vec<String> {
    let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    match (type_of(schema), name) {
        ("integer", _) => {
            let limit = schema["maximum"].as_u64().map(|most| (most + 1).to_string());
            let least = schema["minimum"].as_i64().map(|least| (least - 1).to_string());
            let odd = texts(&[
                "abc",
                "-1",
                "1.5",
                "",
                "1e1",
                "007",
                "%2B5",
                "%205",
                "9223372036854775808",
                "999999999999999999999999999999999999999999",
                "1;SELECT%201",
                "null",
                "%D9%A1",
            ]);
            odd.into_iter().chain(limit).chain(least).collect()
        }
        ("boolean", _) => texts(&["1", "0", "True", "yes", "", "null", "truefalse"]),
        _ if resolved(schema).get("enum").is_some() => texts(&["", "x", "NEWS", "news,event", "news%00", "null"]),
        (_, "locale" | "missing_locale") => texts(&["", "VI", "vi_VN", "zh-hans", "..%2F", "und", "vi%00", "*"]),
        (_, "since" | "until") => {
            texts(&["", "x", "2026", "2026-11-22", "2026-11-22T02:00:00", "-1", "%00", "2026-13-01T00:00:00Z"])
        }
        (_, "kind") => texts(&["", "x", "NEWS", "news,event", "news%00"]),
        (_, "topic" | "agency") => {
            texts(&["", "Kinh-te", "kinh%20te", "%C4%91%E1%BA%A7u", "-", "a%00", "%27%20OR%201=1--", "*"])
        }
        (_, "cursor") => texts(&[
            "",
            "x",
            "AAAA",
            "-1",
            "1.5",
            "%00",
            "%C4%91",
            "null",
            "undefined",
            "99999999999999999999",
            "%27",
            "......",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "_____________________________________________________________",
        ]),
        _ => Vec::new(),
    }
}

#[actix_web::test]
async fn a_value_that_a_parameter_cannot_have_is_named() {
    let ground = Ground::new().await;
    let mut tried = 0;

    for operation in of_the_api() {
        for parameter in operation.parameters("query") {
            let name = parameter["name"].as_str().unwrap();
            let code = if name == "cursor" { "bad-cursor" } else { "bad-parameter" };
            let long = "x ".repeat(2500).replace(' ', "%20");
            let odd = ["%FF", "%", "%zz", "%C0%AF"].map(str::to_owned);
            for value in unfit(name, &parameter["schema"]).into_iter().chain([long.clone()]) {
                if name == "q" {
                    continue;
                }
                let answer = ask(&ground, operation, &format!("{name}={value}")).await;
                let what = format!("{} {name}={value}: {}", operation.id(), answer.text());
                assert_eq!((answer.status, answer.json()["code"].as_str()), (400, Some(code)), "{what}");
                assert!(!answer.text().contains("SELECT"), "{what}");
                assert!(code == "bad-cursor" || answer.json()["errors"][0]["pointer"] == name, "{what}");
                tried += 1;
            }
            for value in odd {
                let answer = ask(&ground, operation, &format!("{name}={value}")).await;
                answer.is_problem(400, "bad-parameter").names(name, "wrong-type");
            }
            let twice = format!("{name}=1&{name}=1");
            ask(&ground, operation, &twice).await.is_problem(400, "bad-parameter").names(name, "duplicate-key");
        }
    }

    assert!(tried > 80, "only {tried}");
}

#[actix_web::test]
async fn a_cursor_of_another_list_or_of_no_list_is_never_a_fault_of_ours() {
    let ground = Ground::new().await;
    let lists: Vec<_> =
        of_the_api().into_iter().filter(|one| one.parameters("query").iter().any(|p| p["name"] == "cursor")).collect();
    assert!(lists.len() >= 4);

    for operation in lists {
        for cursor in
            ["0", "1", "4294967295", "18446744073709551615", &"A".repeat(32), &"f".repeat(32), &"_".repeat(32)]
        {
            let answer = ask(&ground, operation, &format!("cursor={cursor}")).await;
            assert!([200, 400].contains(&answer.status), "{} {cursor}: {}", operation.id(), answer.text());
        }
    }
}

#[actix_web::test]
async fn a_search_that_is_not_built_says_so_whatever_is_sought() {
    let ground = Ground::new().await;

    for sought in ["", "x", &"%22".repeat(999), &"(".repeat(500), "NEAR(", &"*".repeat(2000), "%00", "a%20OR%20b"] {
        let answer = ground.all.get(&format!("/api/v1/articles?q={sought}")).await;
        answer.is_problem(400, "search-unavailable");
    }
}
