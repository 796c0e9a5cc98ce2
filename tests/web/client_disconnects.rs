//! Clients that go before the answer is there.

use std::time::Duration;

use crate::test_server::TestServer;

/// The withdrawal is done all the same, and what was kept is not shown again, even where the store fails.
#[tokio::test]
async fn a_withdrawal_whose_sender_has_gone_is_a_withdrawal() {
    let path = "/v1/incidents/calls";
    let server = TestServer::with_spanish("calls").await;
    assert_eq!(server.get(path, &[]).await.status, 200);
    let mut changes = server.store.changes();
    server.send_and_go(TestServer::deletion(path)).await;
    tokio::time::timeout(Duration::from_mins(1), changes.recv()).await.expect("it is told").expect("a change");
    server.store.close().await;
    let forgotten = async {
        while server.get(path, &[]).await.status == 200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), forgotten).await.expect("it is forgotten");
    assert_eq!(server.get(path, &[]).await.problem().0, 503);
}
