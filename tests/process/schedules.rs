//! Orders for a later moment, carried out by real servers: in time, once, and wholly, whoever is killed.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};

use crate::{
    keys::{configured, configured_keys},
    support::{Client, Installation, PostgresDatabase, Process, Rows, Staff, anybody, newspaper, until},
};

/// Orders of the test with two servers, unless `LANTOA_TEST_SCHEDULES` says otherwise.
const ORDERS: usize = 60;
/// How often the server is killed, unless `LANTOA_TEST_KILLS` says otherwise.
const KILLS: u64 = 6;

fn number(name: &str, or: usize) -> usize {
    std::env::var(name).ok().map_or(or, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// The moment so many milliseconds from now.
fn soon(millis: u64) -> String {
    (chrono::Utc::now() + Duration::from_millis(millis)).to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

fn path(article: &str) -> String {
    format!("/api/v1/articles/{article}/editions/vi")
}

async fn order(server: &Process, staff: &Staff, (article, hash): &(String, String), at: &str) {
    let order = json!({"content_hash": hash, "publish_at": at});
    Client::of(&server.url, &staff.publisher).post(&format!("{}/publish", path(article)), &order).await.is(202);
}

async fn plan(server: &Process, staff: &Staff, article: &str) -> Value {
    Client::of(&server.url, &staff.publisher).get(&format!("{}/schedule", path(article))).await.is(200).body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_carried_out_in_its_time_by_a_server_that_nobody_asks() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let approved = staff.approve(&server.url, "Lô cá ngừ đầu tiên").await;
    let item = format!("/api/v1/content/vi/articles/id/{}", approved.0);
    let at = soon(2_000);
    order(&server, &staff, &approved, &at).await;
    anybody(&server.url).get(&item).await.is(404);

    let found =
        until("it is public", async || anybody(&server.url).try_get(&item).await.filter(|answer| answer.status == 200))
            .await;

    let moment = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap();
    let late = moment(found.body["published_at"].as_str().unwrap()) - moment(&at);
    eprintln!("public {} ms after its moment", late.num_milliseconds());
    // Within a second; machines are slow at times.
    assert!((0..3_000).contains(&late.num_milliseconds()), "{late}");
    assert_eq!(plan(&server, &staff, &approved.0).await["publish"]["outcome"], "done");
    server.stop().await;
}

/// Says that a text is public wholly or not at all, and gives which.
async fn is_whole(rows: &Rows, server: &Process, article: &str) -> bool {
    let edition = format!("(SELECT id FROM edition WHERE article_id = {})", id_of(rows, article));
    let count = async |table: &str, column: &str| {
        rows.number(&format!("SELECT count(*) FROM {table} WHERE {column} IN {edition}")).await
    };
    let acts = count("publication", "edition_id").await;
    let said = "SELECT count(*) FROM audit_entry WHERE action = 'edition.publication' AND subject_id = ";
    let edition_id = if rows.is_sqlite() {
        format!(
            "(SELECT lower(substr(hex(id),1,8)||'-'||substr(hex(id),9,4)||'-'||substr(hex(id),13,4)||'-'||substr(hex(id),17,4)||'-'||substr(hex(id),21)) FROM edition WHERE article_id = {})",
            id_of(rows, article)
        )
    } else {
        format!("(SELECT id::text FROM edition WHERE article_id = '{article}')")
    };
    let told = rows.number(&format!("{said}{edition_id}")).await;
    let found = [
        acts,
        count("live_item", "edition_id").await,
        count("live_version", "edition_id").await,
        count("live_event", "edition_id").await,
        count("slug_claim", "edition_id").await,
        told,
    ];
    assert!(found.iter().all(|one| *one == found[0]) && acts <= 1, "half done: {found:?}");
    let status = anybody(&server.url).get(&format!("/api/v1/content/vi/articles/id/{article}")).await.status;
    assert_eq!(status, if acts == 1 { 200 } else { 404 });
    acts == 1
}

/// An id as the database has it.
fn id_of(rows: &Rows, id: &str) -> String {
    if rows.is_sqlite() { format!("X'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

/// Demonstration (h).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_decision_and_publication_it_has_published_wholly_or_not_at_all() {
    let installation = Installation::new();
    let mut server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let rounds = number("LANTOA_TEST_KILLS", usize::try_from(KILLS).unwrap()) as u64;
    let (mut before, mut after) = (0, 0);
    for round in 0..rounds {
        let by_hand = staff.approve(&server.url, &format!("Lô số {round}")).await;
        let ordered = staff.approve(&server.url, &format!("Lô hẹn giờ số {round}")).await;
        order(&server, &staff, &ordered, &soon(400)).await;
        tokio::time::sleep(Duration::from_millis(380)).await;
        let (client, body) = (Client::of(&server.url, &staff.publisher), json!({"content_hash": by_hand.1}));
        let publishing = tokio::spawn({
            let path = format!("{}/publish", path(&by_hand.0));
            async move { client.send(reqwest::Method::POST, &path, &[], &body).await }
        });
        // At another moment in each round: before, within and after what it is doing.
        tokio::time::sleep(Duration::from_millis(round * 97 % 60)).await;
        server.kill();
        let acknowledged = publishing.await.unwrap().is_some_and(|answer| answer.status == 200);

        server = installation.serve().await;

        let rows = Rows::of(&installation.database()).await;
        let done = is_whole(&rows, &server, &by_hand.0).await;
        assert!(done || !acknowledged, "what was acknowledged is there");
        if done {
            after += 1
        } else {
            before += 1
        }
        if !done {
            let order = json!({"content_hash": by_hand.1});
            let path = format!("{}/publish", path(&by_hand.0));
            Client::of(&server.url, &staff.publisher).post(&path, &order).await.is(200);
        }
        until("the order is carried out", async || {
            (plan(&server, &staff, &ordered.0).await["publish"]["outcome"] == "done").then_some(())
        })
        .await;
        for article in [&by_hand.0, &ordered.0] {
            assert!(is_whole(&rows, &server, article).await);
        }
        rows.close().await;
    }
    eprintln!("killed {rounds} times: {before} times before it was published, {after} times after");
    let said = installation.run(&["audit", "verify"]).await.fine();
    assert!(said.contains("intact"), "{said}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_database_carry_out_each_order_once_though_one_is_killed() {
    let Some(database) = PostgresDatabase::create("schedules").await else {
        eprintln!("skipped: LANTOA_TEST_DATABASE_URL names no server");
        return;
    };
    let keys = configured_keys();
    let [first, second] =
        [0, 1].map(|_| configured(Installation::new(), &keys).with("LANTOA_DATABASE_URL", &database.url));
    let one = first.serve().await;
    let staff = newspaper(&first, &one).await;
    let orders = number("LANTOA_TEST_SCHEDULES", ORDERS);
    let (one_ref, staff_ref) = (&one, &staff);
    let approved: Vec<(String, String)> = stream::iter(0..orders)
        .map(|number| async move { staff_ref.approve(&one_ref.url, &format!("Lô số {number}")).await })
        .buffer_unordered(4)
        .collect()
        .await;
    let at = soon(3_000 + 40 * orders as u64);
    let at_ref = &at;
    stream::iter(&approved)
        .for_each_concurrent(4, |text| async move { order(one_ref, staff_ref, text, at_ref).await })
        .await;
    let two = second.serve().await;
    let rows = Rows::of(&database.url).await;
    assert_eq!(rows.number("SELECT count(*) FROM schedule WHERE outcome = 'waiting'").await, orders as i64);

    let some = orders as i64 / 4;
    let killed_at = until("some are done", async || {
        let done = rows.number("SELECT count(*) FROM publication").await;
        (done >= some).then_some(done)
    })
    .await;
    one.kill();
    until("all are done", async || {
        (rows.number("SELECT count(*) FROM schedule WHERE outcome = 'waiting'").await == 0).then_some(())
    })
    .await;

    eprintln!("of {orders} orders {killed_at} were done when one server was killed");
    let all = orders as i64;
    assert!(killed_at < all, "it was killed on the way");
    assert_eq!(rows.number("SELECT count(*) FROM schedule WHERE outcome = 'done'").await, all);
    assert_eq!(rows.number("SELECT count(*) FROM publication").await, all);
    assert_eq!(rows.number("SELECT count(DISTINCT edition_id) FROM publication").await, all);
    assert_eq!(rows.number("SELECT count(*) FROM live_event").await, all);
    assert_eq!(rows.number("SELECT max(seq) FROM live_event").await, all, "numbered without a gap");
    assert_eq!(rows.number("SELECT count(*) FROM audit_entry WHERE action = 'edition.schedule_done'").await, all);
    for (article, _) in &approved {
        assert!(is_whole(&rows, &two, article).await);
    }
    rows.close().await;
    let said = second.run(&["audit", "verify"]).await.fine();
    assert!(said.contains("intact"), "{said}");
    two.stop().await;
}
