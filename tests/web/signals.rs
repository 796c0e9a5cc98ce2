//! Signals: none of them ends the server in the middle of something, and load balancers hear of SIGTERM in time.

use tokio::io::AsyncReadExt as _;

use crate::process::Process;

#[tokio::test]
async fn after_sigterm_it_is_not_ready_and_still_answers_for_a_while() {
    let mut process = Process::after("export POLYPOST_SERVER__SHUTDOWN_GRACE_SECONDS=600");
    assert_eq!(process.status_of("/health/ready").await, "HTTP/1.1 200 OK");
    process.signal("-TERM");
    process.says("shutting down");
    assert_eq!(process.status_of("/health/ready").await, "HTTP/1.1 503 Service Unavailable");
    assert!(process.answers().await, "it goes on meanwhile");
    process.signal("-TERM");
    assert_eq!(process.ended(), Some(1), "asked twice, it does not wait");
}

#[tokio::test]
async fn the_listener_closes_after_the_grace() {
    let mut process = Process::after("export POLYPOST_SERVER__SHUTDOWN_GRACE_SECONDS=1");
    let mut resting = process.connect().await;
    assert!(process.answers().await);
    process.signal("-TERM");
    assert_eq!(resting.read(&mut [0; 1]).await.expect("closed"), 0);
    assert_eq!(process.ended(), Some(0));
}

#[tokio::test]
async fn every_request_to_stop_is_followed_in_order() {
    for signal in ["-INT", "-QUIT", "-HUP"] {
        let mut process = Process::after("export POLYPOST_SERVER__SHUTDOWN_GRACE_SECONDS=600");
        assert!(process.answers().await);
        process.signal(signal);
        assert_eq!(process.ended(), Some(0), "{signal}");
    }
}

#[tokio::test]
async fn whoever_has_hanging_up_ignored_is_not_asked_to_stop_by_it() {
    let mut process = Process::after("trap '' HUP");
    process.signal("-HUP");
    assert!(process.answers().await);
    process.signal("-INT");
    assert_eq!(process.ended(), Some(0));
}
