//! What an operator's Prometheus reads: from this machine alone, numbers alone, and the right ones.

use std::collections::{BTreeMap, HashSet};

use actix_web::test::TestRequest;
use lantoa::{
    domain::hub::Mode,
    http::{Settings, kit::Limits, listen_for_metrics},
    jobs::{Jobs, Stop},
    kernel::Networks,
    service::{
        escalation,
        hub::{self, Asked},
        integrity, outbox,
    },
};
use serde_json::json;

use crate::support::{BASE_URL, Desk, Given, Receiver, SocketServer, TestApp, statuses};

/// The samples of a page by name and labels, every line held to the format.
fn samples(page: &str) -> BTreeMap<String, f64> {
    let (mut samples, mut families) = (BTreeMap::new(), HashSet::new());
    let mut family = String::new();
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').expect("a name and a text");
            assert!(families.insert(name.to_owned()), "{name} begins twice");
            assert!(help.ends_with('.'), "{line}");
            family = name.to_owned();
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a name and a kind");
            assert!(name == family && ["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
        } else {
            let (name, value) = line.rsplit_once(' ').expect("a name and a number");
            assert!(name.starts_with(&family), "{line} stands under {family}");
            assert!(samples.insert(name.to_owned(), value.parse().expect(line)).is_none(), "{line} stands twice");
        }
    }
    samples
}

async fn scrape(server: &SocketServer) -> BTreeMap<String, f64> {
    let answer = server.ask("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert_eq!(statuses(&answer), ["200"], "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"), "{head}");
    samples(body)
}

#[actix_web::test]
async fn only_this_machine_reads_metrics_and_no_proxy_for_somebody_else() {
    let app = TestApp::new().await;
    let ask = async |peer: &str, header: Option<(&str, &str)>| {
        let mut request = TestRequest::get().uri("/metrics");
        if let Some(header) = header {
            request = request.insert_header(header);
        }
        app.send_from(peer, request).await
    };

    for here in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
        assert_eq!(ask(here, None).await.status, 200, "{here}");
    }
    for elsewhere in ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1"] {
        assert_eq!(ask(elsewhere, None).await.status, 404, "{elsewhere}");
        assert_eq!(ask(elsewhere, Some(("x-forwarded-for", "127.0.0.1"))).await.status, 404, "{elsewhere}");
    }
    for header in [
        ("x-forwarded-for", "192.0.2.7"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=192.0.2.7"),
        ("x-real-ip", "192.0.2.7"),
        ("via", "1.1 proxy"),
        ("x-forwarded-host", "tin.lamhai.example"),
    ] {
        assert_eq!(ask("127.0.0.1", Some(header)).await.status, 404, "{header:?}");
    }
    let head = TestRequest::default().method(actix_web::http::Method::HEAD).uri("/metrics");
    assert_eq!(app.send_from("127.0.0.1", head).await.status, 200);
    assert_eq!(app.send_from("127.0.0.1", TestRequest::post().uri("/metrics")).await.status, 405);
}

#[actix_web::test]
async fn requests_are_counted_by_route_and_kind_and_what_is_ready_is_told_apart() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft().with("slug", "cong-khai")).await;
    let server = SocketServer::of(&desk.app).await;
    let get =
        async |path: &str| server.ask(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await;

    for _ in 0..3 {
        get(&format!("/api/v1/content/vi/articles/id/{}", live.article)).await;
    }
    get("/api/v1/content/vi/articles/khong-co").await;
    for nobody in ["/a/b/c", "/wp-login.php/x", "/ai-do@lamhai.example/x"] {
        get(nobody).await;
    }
    get("/api/v1/articles").await;
    let found = scrape(&server).await;

    let requests = |labels: &str| found.get(&format!("lantoa_http_requests_total{{{labels}}}")).copied();
    let item = r#"route="/api/v1/content/{locale}/articles/id/{id}""#;
    assert_eq!(requests(&format!(r#"{item},method="GET",status="2xx""#)), Some(3.0), "{found:#?}");
    assert_eq!(found[&format!("lantoa_http_request_duration_seconds_count{{{item}}}")], 3.0);
    assert!(found[&format!("lantoa_http_request_duration_seconds_sum{{{item}}}")] > 0.0);
    assert_eq!(found[&format!(r#"lantoa_http_request_duration_seconds_bucket{{{item},le="+Inf"}}"#)], 3.0);
    let slug = r#"route="/api/v1/content/{locale}/articles/{slug}",method="GET",status="4xx""#;
    assert_eq!(requests(slug), Some(1.0));
    assert_eq!(requests(r#"route="/api/v1/articles",method="GET",status="4xx""#), Some(1.0));
    assert_eq!(requests(r#"route="other",method="GET",status="4xx""#), Some(3.0), "{found:#?}");
    assert_eq!(found[r#"lantoa_public_answers_total{how="ready"}"#], 2.0);
    // The item once; what is not there is not kept under an address of a stranger's.
    assert!(found[r#"lantoa_public_answers_total{how="made"}"#] >= 1.0);
    for told in found.keys() {
        assert!(!told.contains('@') && !told.contains(&live.article) && !told.contains("cong-khai"), "{told}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn the_page_says_how_the_office_stands() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft()).await;
    desk.story(desk.draft()).await;
    let ordered = desk.draft().begin().await;
    desk.approve(&ordered).await;
    ordered.publish_at(&desk.publisher, "2026-11-22T04:00:00Z").await.is(202);
    let waiting = desk.draft().begin().await;
    waiting.submit(&desk.author).await.is(201);
    let server = SocketServer::of(&desk.app).await;
    let before = scrape(&server).await;

    desk.app.pass(30 * 3_600);
    escalation::run(&desk.app.app).await.unwrap();
    desk.app.sql("UPDATE live_item SET corrections = '[1]'").await;
    integrity::look(&desk.app.app).await.unwrap();
    let found = scrape(&server).await;

    assert_eq!((before[r#"lantoa_schedules{outcome="waiting"}"#], before["lantoa_schedule_delay_seconds"]), (1.0, 0.0));
    assert_eq!(before[r#"lantoa_cases_overdue{waits_for="decide"}"#], 0.0);
    assert_eq!(found[r#"lantoa_schedules{outcome="waiting"}"#], 1.0);
    assert_eq!(found["lantoa_schedule_delay_seconds"], 28.0 * 3_600.0, "nobody carries it out here");
    assert_eq!(found[r#"lantoa_cases_overdue{waits_for="decide"}"#], 1.0);
    assert!(found[r#"lantoa_alarms_unread{kind="overdue"}"#] >= 1.0, "{found:#?}");
    let of_kinds = found.iter().filter(|(name, _)| name.starts_with("lantoa_integrity_findings{"));
    assert_eq!(of_kinds.map(|(_, many)| many).sum::<f64>(), 2.0, "{found:#?}");
    assert_eq!(found["lantoa_integrity_withheld"], 2.0);
    assert!(found["lantoa_integrity_rows_total"] > before["lantoa_integrity_rows_total"] + 10.0);
    assert_eq!(found["lantoa_audit_broken"], 0.0);
    assert!(found["lantoa_audit_entries"] > 10.0);
    assert_eq!(found["lantoa_database_up"], 1.0);
    assert_eq!(found[r#"lantoa_database_connections_max{pool="write"}"#], 1.0);
    assert!(
        found["lantoa_database_write_wait_seconds_count"]
            > before["lantoa_database_connections{pool=\"write\",state=\"idle\"}"]
    );
    assert!(found["process_resident_memory_bytes"] > 1e6 && found["process_cpu_seconds_total"] > 0.0);
    assert!(found.keys().any(|name| name.starts_with("lantoa_build_info{version=\"")));
    assert_eq!(desk.app.get("/metrics").await.status, 404, "not for the public");
    drop(live);
    server.stop().await;
}

#[actix_web::test]
async fn what_waits_for_webhooks_what_was_given_up_and_who_subscribes_is_counted() {
    let outbound = Networks::parse("127.0.0.1/32").unwrap();
    let desk = Desk::of(&TestApp::given(Given { outbound, ..Given::default() }).await).await;
    let (admin, reader) = (desk.app.account("admin").sign_in().await, Receiver::new().await);
    admin.post("/api/v1/webhooks", &json!({"url": reader.url("/hook")})).await.is(201);
    let topic = format!("{BASE_URL}/feeds/vi/all.rss");
    let asked = Asked { mode: Mode::Subscribe, callback: reader.url("/"), topic, lease: None, secret: None };
    hub::ask(&desk.app.app, asked).await.unwrap();
    hub::confirm(&desk.app.app).await.unwrap();
    for _ in 0..3 {
        desk.story(desk.draft()).await;
    }
    while outbox::follow(&desk.app.app).await.unwrap() {}
    desk.app.sql("UPDATE delivery SET state = 'given_up' WHERE seq = 1").await;
    let server = SocketServer::of(&desk.app).await;

    let found = scrape(&server).await;

    let messages = |state: &str| found.get(&format!("lantoa_webhook_messages{{state=\"{state}\"}}")).copied();
    assert_eq!(["waiting", "given_up", "delivered"].map(messages), [Some(2.0), Some(1.0), None]);
    assert_eq!(found["lantoa_hub_subscriptions"], 1.0);
    server.stop().await;
}

#[actix_web::test]
async fn jobs_tell_that_they_were_done_and_the_chain_that_it_was_read() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    let server = SocketServer::of(&desk.app).await;
    let (ask, stop) = Stop::pair();
    let jobs = Jobs::start(&desk.app.app, std::time::Duration::from_millis(20), &stop);
    let wanted = [
        "watch",
        "integrity",
        "audit",
        "deadlines",
        "schedules",
        "housekeeping",
        "outbox",
        "webhooks",
        "hub_asking",
        "hub_sending",
    ];

    let found = loop {
        let found = scrape(&server).await;
        let done = |job: &&str| found.contains_key(&format!("lantoa_job_last_success_seconds{{job=\"{job}\"}}"));
        if wanted.iter().all(done) && found["lantoa_audit_entries_verified"] > 0.0 {
            break found;
        }
    };

    for job in wanted {
        assert!(found[&format!("lantoa_job_runs_total{{job=\"{job}\"}}")] >= 1.0);
        assert_eq!(found[&format!("lantoa_job_failures_total{{job=\"{job}\"}}")], 0.0);
    }
    assert_eq!(found["lantoa_audit_entries_verified"], found["lantoa_audit_entries"]);
    let now = desk.app.clock.now().micros() as f64 / 1e6;
    assert_eq!(found["lantoa_audit_verified_time_seconds"], now);
    assert_eq!(found["lantoa_integrity_sweep_time_seconds"], now);
    ask.send(true).unwrap();
    jobs.ended().await;
    server.stop().await;
}

#[actix_web::test]
async fn without_the_database_the_rest_is_told() {
    let app = TestApp::new().await;
    let server = SocketServer::of(&app).await;

    app.app.db.clone().close().await.unwrap();
    let found = scrape(&server).await;

    assert_eq!(found["lantoa_database_up"], 0.0);
    assert!(!found.contains_key("lantoa_audit_entries") && found.contains_key("lantoa_work_free"));
    server.stop().await;
}

#[actix_web::test]
async fn with_a_listener_of_its_own_it_is_nowhere_else() {
    let app = TestApp::new().await;
    let mut settings = Settings::new(Limits::default(), 1 << 20);
    settings.metrics.here = false;
    let main = actix_web::test::init_service(lantoa::http::app(app.app.clone(), &settings)).await;
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let server = listen_for_metrics(&app.app, &settings, listener).unwrap();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let request = TestRequest::get().uri("/metrics").peer_addr("127.0.0.1:1".parse().unwrap()).to_request();
    assert_eq!(actix_web::test::call_service(&main, request).await.status(), 404);
    let get = async |path: &str| reqwest::get(format!("http://{address}{path}")).await.unwrap();
    let told = get("/metrics").await;
    assert_eq!(told.status(), 200);
    assert!(samples(&told.text().await.unwrap()).contains_key("lantoa_audit_entries"));
    for other in ["/", "/api/v1/articles", "/healthz", "/openapi.json"] {
        assert_eq!(get(other).await.status(), 404, "{other}");
    }
    handle.stop(false).await;
}
