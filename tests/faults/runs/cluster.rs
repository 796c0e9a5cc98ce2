//! The cluster under the fault runs does itself what they ask of it.

use std::time::Duration;

use crate::backend::Backend;
use polypost_test_support::postgres::{Cluster, Settings};

const COUNT: &str = "select count(*) from kept";

#[test]
fn a_cluster_keeps_what_it_committed_through_kills_stops_and_pauses() {
    let Some(mut cluster) = Cluster::start(Settings { durable: true, ..Settings::default() }) else { return };
    cluster.create_database("first", None);
    cluster.ask("first", "create table kept (number bigint not null primary key)").expect("a table");
    cluster.ask("first", "insert into kept values (1)").expect("a row");
    assert!(cluster.ask("first", "insert into kept values (1)").expect_err("twice").contains("duplicate key"));

    cluster.kill();
    assert!(!cluster.is_running());
    assert!(cluster.ask("first", COUNT).is_err());
    cluster.restart();
    assert_eq!(cluster.ask("first", COUNT).as_deref(), Ok("1"));

    cluster.ask("first", "insert into kept values (2)").expect("a row");
    cluster.stop_immediately();
    cluster.restart();
    assert_eq!(cluster.ask("first", COUNT).as_deref(), Ok("2"));

    cluster.create_database("second", Some("first"));
    assert_eq!(cluster.ask("second", COUNT).as_deref(), Ok("2"));

    cluster.pause();
    let asked = std::thread::scope(|scope| {
        let asking = scope.spawn(|| cluster.ask("first", COUNT));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!asking.is_finished(), "nothing answers while it is paused");
        cluster.resume();
        asking.join().expect("no panic")
    });
    assert_eq!(asked.as_deref(), Ok("2"));

    std::thread::scope(|scope| {
        let sleeping = scope.spawn(|| cluster.ask("first", "select pg_sleep(60)"));
        while cluster.terminate_backends() == 0 {
            std::thread::yield_now();
        }
        assert!(sleeping.join().expect("no panic").expect_err("it was cut off").contains("terminat"));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_are_held_for_a_while_and_readers_are_not() {
    let Some(cluster) = Cluster::start(Settings::default()) else { return };
    let backend = Backend::of(cluster);
    backend.ask("create table incidents (id text not null primary key)").expect("a table");
    let lock = backend.hold_writers(Duration::from_secs(2)).await;
    let refused = backend.ask("set lock_timeout = 200; insert into incidents values ('a')").expect_err("it is locked");
    assert!(refused.contains("lock timeout"), "{refused}");
    assert_eq!(backend.ask("select count(*) from incidents").as_deref(), Ok("0"));
    lock.await.expect("the lock was held");
    backend.ask("insert into incidents values ('a')").expect("it is let go");
}
