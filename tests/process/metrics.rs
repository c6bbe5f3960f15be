//! What a running server tells of itself, at its own address or at one of its own.

use std::net::TcpListener;

use crate::support::{Installation, until};

async fn read(url: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{url}/metrics")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_server_tells_its_machine_how_it_is() {
    let server = Installation::new().serve().await;

    let told = until("the jobs have been done", async || {
        let (status, told) = read(&server.url).await;
        assert_eq!(status, 200);
        let all = ["integrity", "audit", "schedules", "deadlines", "watch", "housekeeping"];
        all.iter()
            .all(|job| told.contains(&format!("lantoa_job_last_success_seconds{{job=\"{job}\"}}")))
            .then_some(told)
    })
    .await;

    for line in ["lantoa_database_up 1", "lantoa_audit_broken 0", "lantoa_integrity_withheld 0"] {
        assert!(told.lines().any(|one| one == line), "{line} is not in\n{told}");
    }
    server.stop().await;
}

#[tokio::test]
async fn with_an_address_of_its_own_it_is_told_there_alone() {
    // A port that was free a moment ago: the program says where it listens for others, not for this.
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let own = format!("127.0.0.1:{port}");
    let installation = Installation::new().with("LANTOA_METRICS_LISTEN", &own);

    let server = installation.serve().await;

    assert_eq!(read(&server.url).await.0, 404);
    let (status, told) = read(&format!("http://{own}")).await;
    assert!(status == 200 && told.contains("lantoa_build_info{version="), "{told}");
    let taken = installation.run(&["serve"]).await;
    assert!(taken.code == Some(1) && taken.err.contains(&own), "{taken:?}");
    server.stop().await;
}
