//! Accounts and grants: who looks after them, what they are made of, and that somebody always can.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, TestApp};

const ACCOUNTS: &str = "/api/v1/accounts";

fn person(email: &str) -> Value {
    json!({
        "email": email, "name": "Trần Minh Châu", "locale": "vi", "password": PASSWORD,
        "grants": [{"role": "translator", "agency": "bao", "locale": "en"}],
    })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

async fn office() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    (app, admin)
}

fn path_of(who: &Client) -> String {
    format!("{ACCOUNTS}/{}", who.id)
}

#[actix_web::test]
async fn an_account_is_made_shown_and_able_to_sign_in() {
    let (app, admin) = office().await;

    let made = admin.post(ACCOUNTS, &person(" Chau.Tran@LamHai.example ")).await.is(201);

    let body = made.json();
    assert_eq!(body["email"], "chau.tran@lamhai.example");
    assert_eq!(body["grants"], json!([{"role": "translator", "agency": "bao", "locale": "en"}]));
    assert_eq!(body["disabled"], false);
    let path = made.header("location").unwrap().to_owned();
    assert_eq!(path, format!("{ACCOUNTS}/{}", body["id"].as_str().unwrap()));
    let shown = admin.get(&path).await.is(200);
    assert_eq!((shown.json(), shown.etag()), (body.clone(), made.etag()));
    for said in [&made, &shown, &admin.get(ACCOUNTS).await.is(200)] {
        assert!(!said.text().contains("password") && !said.text().contains("argon2"), "{}", said.text());
    }
    let login = json!({"email": "chau.tran@lamhai.example", "password": PASSWORD});
    app.stranger().post("/api/v1/auth/login", &login).await.is(200);
}

#[actix_web::test]
async fn every_fault_of_a_new_account_is_named_with_its_place() {
    let (app, admin) = office().await;
    let before = app.digest().await;
    let good = person("chau@lamhai.example");
    let long = "x".repeat(121);

    for (name, value, pointer, code) in [
        ("email", json!("chau"), "/email", "bad-email"),
        ("email", json!("chau@localhost"), "/email", "bad-email"),
        ("email", json!("châu@lamhai.example"), "/email", "bad-email"),
        ("email", json!("a@b@lamhai.example\r\nBcc: x"), "/email", "bad-email"),
        ("email", json!(format!("{}@lamhai.example", "x".repeat(250))), "/email", "bad-email"),
        ("name", json!(""), "/name", "required"),
        ("name", json!(" \u{3000} "), "/name", "required"),
        ("name", json!(long), "/name", "too-long"),
        ("name", json!(7), "/name", "wrong-type"),
        ("locale", json!("tiếng Việt"), "/locale", "bad-locale"),
        ("locale", json!("VI"), "/locale", "bad-locale"),
        ("grants", json!([{"role": "emperor"}]), "/grants/0/role", "not-one-of"),
        ("grants", json!([{"role": "author", "agency": "khong-co"}]), "/grants/0/agency", "unknown"),
        ("grants", json!([{"role": "author"}, {"role": "author", "locale": "de"}]), "/grants/1/locale", "unknown"),
        ("grants", json!([{"role": "author", "agency": "BAO"}]), "/grants/0/agency", "unknown"),
        ("grants", json!([{"role": "admin", "agency": "bao"}]), "/grants/0", "bad-scope"),
        ("grants", json!([{"role": "auditor", "locale": "vi"}]), "/grants/0", "bad-scope"),
        ("grants", json!({}), "/grants", "wrong-type"),
        ("grants", json!(vec![json!({"role": "author"}); 201]), "/grants", "too-many"),
    ] {
        let answer = admin.post(ACCOUNTS, &with(good.clone(), name, value.clone())).await;
        assert_eq!(answer.status, 422, "{name} {value}: {}", answer.text());
        answer.is_problem(422, "invalid").names(pointer, code);
    }
    admin.post(ACCOUNTS, &with(good.clone(), "disabled", json!(false))).await.is_problem(400, "unknown-field");
    let grant = json!([{"role": "author", "until": "2027-01-01"}]);
    admin.post(ACCOUNTS, &with(good, "grants", grant)).await.is_problem(400, "unknown-field");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn two_faults_of_a_grant_are_told_together() {
    let (_, admin) = office().await;

    let grants = json!([{"role": "author", "agency": "x-x", "locale": "de"}]);
    let answer = admin.post(ACCOUNTS, &with(person("chau@lamhai.example"), "grants", grants)).await;

    answer.is_problem(422, "invalid").names("/grants/0/agency", "unknown").names("/grants/0/locale", "unknown");
}

#[actix_web::test]
async fn a_weak_password_is_refused_wherever_one_is_set() {
    let (app, admin) = office().await;
    let someone = app.account("author").with_password().sign_in().await;
    let etag = admin.get(&path_of(&someone)).await.etag();
    let before = app.digest().await;

    for (weak, code) in [
        ("ngắn quá", "too-short"),
        ("Password@2026", "weak-password"),
        ("123456789012", "weak-password"),
        ("aaaaaaaaaaaaaaaa", "weak-password"),
    ] {
        let new = with(person("chau@lamhai.example"), "password", json!(weak));
        admin.post(ACCOUNTS, &new).await.is_problem(422, "invalid").names("/password", code);
        let reset = json!({"password": weak});
        admin.patch(&path_of(&someone), &etag, &reset).await.is_problem(422, "invalid").names("/password", code);
        let own = json!({"current": PASSWORD, "new": weak});
        someone.post("/api/v1/me/password", &own).await.is_problem(422, "invalid").names("/new", code);
    }
    let long = with(person("chau@lamhai.example"), "password", json!("rất dài ".repeat(40)));
    admin.post(ACCOUNTS, &long).await.is_problem(422, "invalid").names("/password", "too-long");
    let personal = with(person("minhchau@lamhai.example"), "password", json!("tranminhchau 77"));
    admin.post(ACCOUNTS, &personal).await.is_problem(422, "invalid").names("/password", "weak-password");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_name_hides_nothing_and_imitates_nobody() {
    let (app, admin) = office().await;
    let someone = app.account("author").sign_in().await;
    let own = someone.get("/api/v1/me").await.etag();
    let etag = admin.get(&path_of(&someone)).await.etag();
    let before = app.digest().await;

    for bad in [
        "Quản trị\u{202E}",
        "Trần\u{2066}Châu",
        "Trần\u{200B}Châu",
        "Trần\u{200D}Châu",
        "\u{FEFF}Trần Châu",
        "Trần\u{AD}Châu",
        "Trần Châu\u{0}",
        "Trần\nChâu",
        "P\u{430}ul",
    ] {
        let new = with(person("chau@lamhai.example"), "name", json!(bad));
        admin.post(ACCOUNTS, &new).await.is_problem(422, "invalid").names("/name", "bad-character");
        let name = json!({"name": bad});
        admin.patch(&path_of(&someone), &etag, &name).await.is_problem(422, "invalid").names("/name", "bad-character");
        someone.patch("/api/v1/me", &own, &name).await.is_problem(422, "invalid").names("/name", "bad-character");
    }
    assert_eq!(app.digest().await, before);
    for good in ["Мария Иванова", "王秀英", "សុខា", "Nguyễn Thị Hạ"] {
        let etag = someone.get("/api/v1/me").await.etag();
        let body = someone.patch("/api/v1/me", &etag, &json!({"name": good})).await.is(200).json();
        assert_eq!(body["name"], good);
    }
}

#[actix_web::test]
async fn an_address_is_one_account_s_however_it_is_written() {
    let (app, admin) = office().await;
    admin.post(ACCOUNTS, &person("chau@lamhai.example")).await.is(201);
    let before = app.digest().await;

    for same in ["chau@lamhai.example", "CHAU@LamHai.Example", "  chau@lamhai.example\t"] {
        admin.post(ACCOUNTS, &person(same)).await.is_problem(409, "email-taken");
    }

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_repeated_request_makes_one_account() {
    let (_, admin) = office().await;
    let key = [("idempotency-key", "a3f1-lan-dau")];
    let create = async |email: &str| admin.write(Method::POST, ACCOUNTS, &key, &person(email)).await;

    let first = create("chau@lamhai.example").await.is(201);
    let again = create("chau@lamhai.example").await.is(201);

    assert_eq!((first.body.clone(), first.header("location")), (again.body.clone(), again.header("location")));
    create("other@lamhai.example").await.is_problem(422, "idempotency-reuse");
}

#[actix_web::test]
async fn a_change_names_the_version_that_was_seen() {
    let (app, admin) = office().await;
    let someone = app.account("author").sign_in().await;
    let path = path_of(&someone);
    let old = admin.get(&path).await.etag();
    let new = admin.patch(&path, &old, &json!({"name": "Tên thứ hai"})).await.is(200).etag();
    assert_ne!(old, new);
    let before = app.digest().await;

    let grants = json!({"grants": []});
    let name = json!({"name": "Tên thứ ba"});
    for (who, method, path, body) in [
        (&admin, Method::PATCH, path.clone(), &name),
        (&admin, Method::PUT, format!("{path}/grants"), &grants),
        (&someone, Method::PATCH, "/api/v1/me".to_owned(), &name),
    ] {
        let send = async |headers: &[(&str, &str)]| who.write(method.clone(), &path, headers, body).await;
        send(&[]).await.is_problem(428, "precondition-required");
        send(&[("if-match", "*")]).await.is_problem(428, "precondition-required");
        send(&[("if-match", &old)]).await.is_problem(412, "precondition-failed");
        send(&[("if-match", &format!("W/{new}"))]).await.is_problem(412, "precondition-failed");
        send(&[("if-match", "v2")]).await.is_problem(400, "bad-header");
    }
    assert_eq!(app.digest().await, before);
    admin.put(&format!("{path}/grants"), &new, &grants).await.is(200);
}

#[actix_web::test]
async fn what_a_change_does_not_name_stays() {
    let (app, admin) = office().await;
    let someone = app.account("author").agency("bao").sign_in().await;
    let path = path_of(&someone);
    let before = admin.get(&path).await.json();
    let etag = admin.get(&path).await.etag();

    let after = admin.patch(&path, &etag, &json!({"locale": "en"})).await.is(200).json();

    assert_eq!(after["locale"], "en");
    for name in ["id", "email", "name", "disabled", "grants", "created_at"] {
        assert_eq!(after[name], before[name], "{name}");
    }
}

#[actix_web::test]
async fn nobody_raises_themselves() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let etag = author.get("/api/v1/me").await.etag();
    let before = app.digest().await;

    for (name, value) in [
        ("role", json!("admin")),
        ("grants", json!([{"role": "admin"}])),
        ("disabled", json!(false)),
        ("email", json!("x@lamhai.example")),
        ("id", json!(author.id.to_string())),
        ("password", json!(PASSWORD)),
        ("password_hash", json!("x")),
        ("version", json!(9)),
    ] {
        let answer = author.patch("/api/v1/me", &etag, &json!({"name": "Tên", name: value})).await;
        answer.is_problem(400, "unknown-field").names(&format!("/{name}"), "unknown-field");
    }
    let grants = json!({"grants": [{"role": "admin"}]});
    author.put(&format!("{}/grants", path_of(&author)), &etag, &grants).await.is_problem(403, "forbidden");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn grants_take_the_place_of_those_before_and_repeat_nothing() {
    let (app, admin) = office().await;
    let someone = app.account("author").and("reviewer").sign_in().await;
    let path = format!("{}/grants", path_of(&someone));
    let etag = admin.get(&path_of(&someone)).await.etag();

    let grant = json!({"role": "translator", "agency": null, "locale": "en"});
    let answer =
        admin.put(&path, &etag, &json!({"grants": [grant, grant, {"role": "translator", "locale": "en"}]})).await;

    assert_eq!(answer.is(200).json()["grants"], json!([grant]));
    assert_eq!(someone.get("/api/v1/me").await.json()["grants"], json!([grant]));
}

#[actix_web::test]
async fn grants_name_only_what_there_is() {
    let (app, admin) = office().await;
    let someone = app.account("author").sign_in().await;
    let path = format!("{}/grants", path_of(&someone));
    let etag = admin.get(&path_of(&someone)).await.etag();
    let before = app.digest().await;

    for (grants, pointer) in [
        (json!([{"role": "author", "agency": "x-x"}]), "/grants/0/agency"),
        (json!([{"role": "author"}, {"role": "translator", "locale": "de"}]), "/grants/1/locale"),
    ] {
        let answer = admin.put(&path, &etag, &json!({"grants": grants})).await;
        answer.is_problem(422, "invalid").names(pointer, "unknown");
    }

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn the_last_administrator_keeps_the_right() {
    let (app, last) = office().await;
    app.leave_as_only_admin(&last).await;
    let path = path_of(&last);
    let etag = last.get(&path).await.etag();
    let before = app.digest().await;

    last.patch(&path, &etag, &json!({"disabled": true})).await.is_problem(409, "last-administrator");
    let fewer = json!({"grants": [{"role": "author"}]});
    last.put(&format!("{path}/grants"), &etag, &fewer).await.is_problem(409, "last-administrator");
    last.put(&format!("{path}/grants"), &etag, &json!({"grants": []})).await.is_problem(409, "last-administrator");
    assert_eq!(app.digest().await, before);
    last.get(&path).await.is(200);

    // A disabled administrator is none; an active second one frees the first.
    let second = app.account("admin").sign_in().await;
    let second_etag = last.get(&path_of(&second)).await.etag();
    let disabled = last.patch(&path_of(&second), &second_etag, &json!({"disabled": true})).await.is(200);
    last.patch(&path, &etag, &json!({"disabled": true})).await.is_problem(409, "last-administrator");
    last.patch(&path_of(&second), &disabled.etag(), &json!({"disabled": false})).await.is(200);
    last.put(&format!("{path}/grants"), &etag, &fewer).await.is(200);
    last.get(&path).await.is_problem(403, "forbidden");
}

#[actix_web::test]
async fn of_two_administrators_who_remove_each_other_at_once_one_stays() {
    let (app, one) = office().await;
    app.leave_as_only_admin(&one).await;
    let two = app.account("admin").sign_in().await;
    let (etag_one, etag_two) = (one.get(&path_of(&one)).await.etag(), one.get(&path_of(&two)).await.etag());
    let off = json!({"disabled": true});

    let (path_one, path_two) = (path_of(&one), path_of(&two));
    let (a, b) =
        futures_util::future::join(one.patch(&path_two, &etag_two, &off), two.patch(&path_one, &etag_one, &off)).await;

    assert_eq!([a.status, b.status].iter().filter(|status| **status == 200).count(), 1, "{} {}", a.text(), b.text());
    let left = [one.get("/api/v1/me").await.status, two.get("/api/v1/me").await.status];
    assert_eq!(left.iter().filter(|status| **status == 200).count(), 1);
}

#[actix_web::test]
async fn an_unknown_account_is_not_found() {
    let (_, admin) = office().await;
    let path = format!("{ACCOUNTS}/{}", uuid::Uuid::now_v7());

    admin.get(&path).await.is_problem(404, "not-found");
    admin.patch(&path, "\"v1\"", &json!({"name": "Tên"})).await.is_problem(404, "not-found");
    admin.put(&format!("{path}/grants"), "\"v1\"", &json!({"grants": []})).await.is_problem(404, "not-found");
    admin.get(&format!("{ACCOUNTS}/7")).await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn pages_of_accounts_follow_their_links_to_the_end_while_others_are_made() {
    let (app, admin) = office().await;
    for _ in 0..6 {
        app.pass(1);
        app.account("author").sign_in().await;
    }
    let all = admin.get(&format!("{ACCOUNTS}?limit=100")).await.is(200).json();
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(all["next_cursor"], Value::Null);

    let (mut found, mut next) = (Vec::new(), Some(format!("{ACCOUNTS}?limit=3")));
    while let Some(path) = next.take() {
        let page = admin.get(&path).await.is(200);
        let body = page.json();
        assert!(ids(&body).len() <= 3);
        found.extend(ids(&body));
        // The link is the cursor, with all that was asked.
        if let Some(cursor) = body["next_cursor"].as_str() {
            let link = page.header("link").unwrap();
            let address = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
            assert_eq!(address, format!("{ACCOUNTS}?limit=3&cursor={cursor}"));
            next = Some(address.to_owned());
        } else {
            assert!(page.header("link").is_none());
        }
        app.pass(1);
        app.account("author").sign_in().await;
    }
    assert_eq!(found, ids(&all));
}

#[actix_web::test]
async fn a_page_is_asked_for_in_known_words() {
    let (_, admin) = office().await;

    for (query, code) in [
        ("limit=0", "bad-parameter"),
        ("limit=101", "bad-parameter"),
        ("limit=x", "bad-parameter"),
        ("limit=1&limit=2", "bad-parameter"),
        ("cursor=x", "bad-cursor"),
        ("cursor=", "bad-cursor"),
        ("sort=password_hash", "unknown-parameter"),
        ("filter[password_hash]=x", "unknown-parameter"),
        ("email=x", "unknown-parameter"),
    ] {
        let answer = admin.get(&format!("{ACCOUNTS}?{query}")).await;
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!(code)), "{query}: {}", answer.text());
    }
}

#[actix_web::test]
async fn refusals_speak_the_accounts_language_where_the_request_asks_for_none() {
    let app = TestApp::new().await;
    let absent = "/api/v1/articles/01a201d2-cf43-7619-a7b9-042e0cfea83c";
    let author = app.account("author").sign_in().await;
    let spoken = async |headers: &[(&str, &str)]| {
        let answer = author.get_with(absent, headers).await.is_problem(404, "not-found");
        answer.header("content-language").unwrap().to_owned()
    };
    assert_eq!(spoken(&[]).await, "vi");

    let etag = author.get("/api/v1/me").await.etag();
    author.patch("/api/v1/me", &etag, &json!({"locale": "en"})).await.is(200);

    assert_eq!(spoken(&[]).await, "en", "from the very next request on");
    assert_eq!(spoken(&[("accept-language", "tlh")]).await, "en", "nobody here speaks what is asked for");
    assert_eq!(spoken(&[("accept-language", "vi")]).await, "vi");
}
