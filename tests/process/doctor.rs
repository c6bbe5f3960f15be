//! What an operator asks the doctor, and the audit chain's head that left the machine.

use crate::support::{Installation, Rows, newspaper};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_names_what_somebody_wrote_past_the_application() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let article = staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    server.stop().await;
    let well = installation.run(&["doctor"]).await.fine();
    assert!(well.contains("everything is as it should be") && well.contains("intact"), "{well}");

    let rows = Rows::of(&installation.database()).await;
    rows.alter("UPDATE decision SET decided_at = '2001-01-01 00:00:00+00:00'").await;
    rows.close().await;

    let ill = installation.run(&["doctor"]).await;
    assert_eq!(ill.code, Some(1), "{ill:?}");
    assert!(ill.out.contains("WITHHELD") && ill.out.contains(&article) && ill.out.contains("đầu tiên"), "{ill:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_has_every_feed_read_and_names_each() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;

    // Beside the server that serves them.
    let said = installation.run(&["doctor", "--feeds"]).await.fine();

    for feed in ["/feeds/vi/all.json", "/feeds/vi/all.rss", "/feeds/km/all.atom", "/feeds/vi/kinds/news.ninjs.json"] {
        assert!(said.lines().any(|line| line.starts_with(&format!("{feed}: read as it was written, 20"))), "{said}");
    }
    assert!(said.contains("feeds were read by independent readers"), "{said}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_left_the_machine_finds_a_chain_that_was_cut_short_with_all_that_is_kept_beside_it() {
    let elsewhere = tempfile::tempdir().unwrap();
    let kept = elsewhere.path().join("head.json");
    let installation = Installation::new().with("LANTOA_AUDIT_HEAD_FILE", kept.to_str().unwrap());
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    server.stop().await;
    let head = installation.run(&["audit", "head"]).await.fine();
    assert!(head.contains("signature") && kept.is_file(), "{head}");
    let taken = elsewhere.path().join("taken.json");
    std::fs::write(&taken, &head).unwrap();
    let verify = ["audit", "verify", "--head", taken.to_str().unwrap()];
    installation.run(&verify).await.fine();

    // Everything on this machine goes back to an earlier day.
    let rows = Rows::of(&installation.database()).await;
    let cut = rows.number("SELECT max(seq) FROM audit_entry").await - 2;
    rows.alter(&format!("DELETE FROM audit_entry WHERE seq > {cut}")).await;
    rows.alter(&format!("UPDATE counter SET value = {cut} WHERE name = 'audit'")).await;
    rows.close().await;
    std::fs::remove_file(installation.data().join("audit-head.json")).unwrap();
    std::fs::remove_file(&kept).unwrap();

    installation.run(&["audit", "verify"]).await.fine();
    let found = installation.run(&verify).await;
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.out.contains("cut off"), "{found:?}");
    std::fs::write(&taken, "{}").unwrap();
    installation.run(&verify).await.refused(1, &["no head"]);
}
