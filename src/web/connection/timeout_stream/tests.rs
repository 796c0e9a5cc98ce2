use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::time::sleep;

use super::*;

const TIMEOUTS: Timeouts = Timeouts { head: Duration::from_secs(10), idle: Duration::from_secs(30) };

fn pair() -> (DuplexStream, TimeoutStream<DuplexStream>, Arc<Activity>) {
    let (theirs, ours) = tokio::io::duplex(64);
    let activity = Arc::new(Activity::default());
    (theirs, TimeoutStream::new(ours, Arc::clone(&activity), TIMEOUTS), activity)
}

async fn seconds_until_closed(timeout_stream: &mut TimeoutStream<DuplexStream>) -> u64 {
    let began = Instant::now();
    let mut bytes = [0; 8];
    loop {
        match timeout_stream.read(&mut bytes).await {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::TimedOut);
                return began.elapsed().as_secs();
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_connection_ends_when_the_head_is_due() {
    let (_theirs, mut timeout_stream, _) = pair();
    assert_eq!(seconds_until_closed(&mut timeout_stream).await, 10);
}

#[tokio::test(start_paused = true)]
async fn trickling_does_not_gain_time() {
    let (mut theirs, mut timeout_stream, _) = pair();
    let trickle = tokio::spawn(async move {
        while theirs.write_all(b"x").await.is_ok() {
            sleep(Duration::from_secs(3)).await;
        }
    });
    let closed = seconds_until_closed(&mut timeout_stream).await;
    assert!((10..=12).contains(&closed), "{closed}");
    trickle.abort();
}

#[tokio::test(start_paused = true)]
async fn the_next_head_has_as_much_time_from_its_first_byte() {
    let (mut theirs, mut timeout_stream, activity) = pair();
    activity.arrived();
    let trickle = tokio::spawn(async move {
        sleep(Duration::from_secs(20)).await;
        while theirs.write_all(b"x").await.is_ok() {
            sleep(Duration::from_secs(3)).await;
        }
    });
    let closed = seconds_until_closed(&mut timeout_stream).await;
    assert!((30..=32).contains(&closed), "{closed}");
    trickle.abort();
}

#[tokio::test(start_paused = true)]
async fn whoever_reads_slowly_and_says_so_is_read_to_the_end() {
    let (mut theirs, mut timeout_stream, activity) = pair();
    activity.arrived();
    let reader = tokio::spawn(async move {
        let mut bytes = [0; 16];
        for _ in 0..20 {
            sleep(Duration::from_secs(5)).await;
            theirs.write_all(b"more").await.unwrap();
            theirs.read_exact(&mut bytes).await.unwrap();
        }
        theirs
    });
    let mut word = [0; 4];
    for _ in 0..20 {
        timeout_stream.read_exact(&mut word).await.unwrap();
        timeout_stream.write_all(&[b'x'; 16]).await.unwrap();
    }
    drop(reader.await);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_rests_ends_and_one_that_moves_does_not() {
    let (mut theirs, mut timeout_stream, activity) = pair();
    let mover = tokio::spawn(async move {
        for _ in 0..5 {
            theirs.write_all(b"request!").await.unwrap();
            sleep(Duration::from_secs(20)).await;
        }
        theirs
    });
    let began = Instant::now();
    let mut request = [0; 8];
    for _ in 0..5 {
        timeout_stream.read_exact(&mut request).await.unwrap();
        activity.arrived();
    }
    assert_eq!(seconds_until_closed(&mut timeout_stream).await, 30);
    assert_eq!(began.elapsed().as_secs(), 110);
    drop(mover.await);
}

#[tokio::test(start_paused = true)]
async fn our_own_work_is_waited_for() {
    let (_theirs, mut timeout_stream, activity) = pair();
    activity.arrived();
    let work = activity.work();
    tokio::spawn(async move {
        sleep(Duration::from_secs(100)).await;
        drop(work);
    });
    let closed = seconds_until_closed(&mut timeout_stream).await;
    assert!((100..=130).contains(&closed), "{closed}");
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_does_not_read_is_not_waited_for() {
    let (_theirs, mut timeout_stream, activity) = pair();
    activity.arrived();
    let began = Instant::now();
    let error = timeout_stream.write_all(&[b'x'; 1000]).await.unwrap_err();
    assert_eq!((error.kind(), began.elapsed().as_secs()), (io::ErrorKind::TimedOut, 30));
}

/// What nobody reads is taken for two seconds and no longer, and the answer before it arrives.
#[tokio::test(start_paused = true)]
async fn who_still_sends_gets_the_answer_and_a_little_time() {
    for (pause, expected) in [(0, 0), (1, 2)] {
        let (mut theirs, mut timeout_stream, activity) = pair();
        activity.arrived();
        activity.leave_unread();
        let sender = tokio::spawn(async move {
            let mut answer = [0; 6];
            for _ in 0..8 {
                sleep(Duration::from_secs(pause)).await;
                if theirs.write_all(&[b'x'; 64]).await.is_err() {
                    break;
                }
            }
            theirs.read_exact(&mut answer).await.unwrap();
            answer
        });
        timeout_stream.write_all(b"answer").await.unwrap();
        let began = Instant::now();
        timeout_stream.shutdown().await.unwrap();
        assert_eq!(began.elapsed().as_secs(), expected);
        drop(timeout_stream);
        assert_eq!(&sender.await.unwrap(), b"answer");
    }
}

#[tokio::test(start_paused = true)]
async fn who_has_said_everything_is_not_waited_for() {
    let (_theirs, mut timeout_stream, activity) = pair();
    activity.arrived();
    timeout_stream.write_all(b"answer").await.unwrap();
    let began = Instant::now();
    timeout_stream.shutdown().await.unwrap();
    assert_eq!(began.elapsed(), Duration::ZERO);
}
