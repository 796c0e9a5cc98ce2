use super::*;

const LONGEST: Duration = Duration::from_secs(30);

const FAILED: Outcome = Outcome::Failed(None);

/// Calls one after the other.
fn fail(breaker: &mut Breaker, times: u32, now: Instant) {
    for _ in 0..times {
        let token = breaker.admit(now, LONGEST).unwrap();
        breaker.record(token, FAILED, now);
    }
}

#[test]
fn failures_in_a_row_open_it_and_one_answer_closes_it() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    fail(&mut breaker, 4, now);
    assert!(breaker.admit(now, LONGEST).is_ok());
    fail(&mut breaker, 1, now);
    assert_eq!(breaker.admit(now, LONGEST), Err(FIRST_PAUSE));
    let later = now + FIRST_PAUSE;
    let probe = breaker.admit(later, LONGEST).expect("the probe");
    assert!(breaker.admit(later, LONGEST).is_err(), "one at a time");
    breaker.record(probe, Outcome::Answered, later);
    assert!(breaker.admit(later, LONGEST).is_ok());
    fail(&mut breaker, 4, later);
    assert!(breaker.admit(later, LONGEST).is_ok(), "what was before is forgotten");
}

#[test]
fn pauses_double_to_the_longest_while_probes_fail() {
    let (mut breaker, mut now) = (Breaker::default(), Instant::now());
    fail(&mut breaker, 5, now);
    let mut pauses = Vec::new();
    for _ in 0..6 {
        let pause = breaker.admit(now, LONGEST).expect_err("paused");
        pauses.push(pause.as_secs());
        now += pause;
        fail(&mut breaker, 1, now);
    }
    assert_eq!(pauses, [5, 10, 20, 40, 60, 60]);
}

#[test]
fn one_failure_in_three_does_not_open_it_and_two_do() {
    let now = Instant::now();
    let run = |failing: fn(u32) -> bool| {
        let mut breaker = Breaker::default();
        // All under way at once: also those that are answered after it opened.
        let token = breaker.admit(now, LONGEST).unwrap();
        for number in 0..60 {
            breaker.record(token, if failing(number) { FAILED } else { Outcome::Answered }, now);
        }
        breaker.admit(now, LONGEST).is_ok()
    };
    assert!(run(|number| number % 3 == 0));
    assert!(!run(|number| number % 3 != 0));
}

#[test]
fn an_engine_that_says_when_is_left_alone_until_then() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    let wait = Duration::from_mins(2);
    let token = breaker.admit(now, LONGEST).unwrap();
    breaker.record(token, Outcome::Refused(wait), now);
    assert_eq!(breaker.admit(now, LONGEST), Err(wait));
    breaker.record(token, Outcome::Refused(wait * 2), now);
    breaker.record(token, Outcome::Failed(Some(wait / 2)), now);
    assert_eq!(breaker.admit(now, LONGEST), Err(wait * 2), "the longest that it asked for");
    assert!(breaker.admit(now + wait * 2, LONGEST).is_ok());
}

#[test]
fn calls_from_before_a_pause_neither_lengthen_nor_end_it() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    let burst: Vec<CallToken> = (0..8).map(|_| breaker.admit(now, LONGEST).unwrap()).collect();
    for token in burst {
        breaker.record(token, FAILED, now);
    }
    assert_eq!(breaker.admit(now, LONGEST), Err(FIRST_PAUSE));
}

#[test]
fn the_end_of_a_call_from_before_a_pause_is_not_the_probes() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    let [early, late, last] = [(); 3].map(|()| breaker.admit(now, LONGEST).unwrap());
    fail(&mut breaker, 5, now);
    let later = now + FIRST_PAUSE;
    let probe = breaker.admit(later, LONGEST).unwrap();
    breaker.record(early, Outcome::Answered, later);
    breaker.record(late, FAILED, later);
    assert!(breaker.admit(later, LONGEST).is_err(), "the probe is still under way");
    breaker.record(probe, FAILED, later);
    assert_eq!(breaker.admit(later, LONGEST), Err(FIRST_PAUSE * 2));
    let later = later + FIRST_PAUSE * 2;
    let probe = breaker.admit(later, LONGEST).unwrap();
    breaker.record(probe, Outcome::Answered, later);
    breaker.record(last, FAILED, later);
    fail(&mut breaker, 4, later);
    assert!(breaker.admit(later, LONGEST).is_ok(), "four in a row since it is back");
}

#[test]
fn answers_that_nobody_can_use_open_it_as_failures_do_and_one_that_is_used_closes_it() {
    let (mut breaker, mut now) = (Breaker::default(), Instant::now());
    let answer = |breaker: &mut Breaker, is_usable, now| {
        let token = breaker.admit(now, LONGEST).expect("not paused");
        breaker.record(token, Outcome::Answered, now);
        breaker.judge(is_usable, now);
    };
    for _ in 0..4 {
        answer(&mut breaker, false, now);
    }
    answer(&mut breaker, true, now);
    for _ in 0..5 {
        answer(&mut breaker, false, now);
    }
    let mut pauses = Vec::new();
    for _ in 0..3 {
        let pause = breaker.wait(now, LONGEST).expect("paused");
        pauses.push(pause.as_secs());
        now += pause;
        answer(&mut breaker, false, now);
    }
    assert_eq!(pauses, [5, 10, 20], "however often the probe is answered");
    now += breaker.wait(now, LONGEST).expect("paused");
    answer(&mut breaker, true, now);
    fail(&mut breaker, 4, now);
    assert!(breaker.admit(now, LONGEST).is_ok(), "it is in order again");
}

#[test]
fn failures_and_answers_of_no_use_count_together() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    for _ in 0..2 {
        let token = breaker.admit(now, LONGEST).unwrap();
        breaker.record(token, Outcome::Answered, now);
        breaker.judge(false, now);
    }
    fail(&mut breaker, 3, now);
    assert_eq!(breaker.wait(now, LONGEST), Some(FIRST_PAUSE));
}

#[test]
fn a_wait_that_a_failing_engine_asks_for_makes_no_pause_shorter() {
    let (mut breaker, mut now) = (Breaker::default(), Instant::now());
    let mut pauses = Vec::new();
    for asked in [0, 1, 0, 30, 1] {
        let token = breaker.admit(now, LONGEST).unwrap();
        breaker.record(token, Outcome::Failed(Some(Duration::from_secs(asked))), now);
        let pause = breaker.wait(now, LONGEST).unwrap_or_default();
        pauses.push(pause.as_secs());
        now += pause;
    }
    assert_eq!(pauses, [0, 5, 10, 30, 40]);
}

#[test]
fn a_probe_that_was_given_up_is_followed_by_another() {
    let (mut breaker, now) = (Breaker::default(), Instant::now());
    fail(&mut breaker, 5, now);
    let later = now + FIRST_PAUSE;
    let probe = breaker.admit(later, LONGEST).unwrap();
    assert!(breaker.admit(later + LONGEST / 2, LONGEST).is_err());
    breaker.give_back(probe);
    let next = breaker.admit(later + LONGEST / 2, LONGEST).expect("the place was given back");
    breaker.give_back(probe);
    assert!(breaker.admit(later + LONGEST / 2, LONGEST).is_err(), "by its own holder alone");
    assert!(breaker.admit(later + LONGEST * 2, LONGEST).is_ok(), "it takes too long");
    breaker.record(next, Outcome::Answered, later + LONGEST * 2);
    assert!(breaker.admit(later + LONGEST * 2, LONGEST).is_err(), "the second probe is the one that counts");
}
