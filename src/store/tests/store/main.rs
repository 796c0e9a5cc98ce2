//! The stores' contract, and what is particular to a file and to a server.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says where")]

mod cancelled_callers;
mod contract;
mod file;
mod history;
mod memory;
mod once;
mod order;
mod readings;
mod requests;
mod shared;
mod tokens;
mod usage;

use polypost_store::Migrations;

/// Runs one exercise on each kind of store, empty.
macro_rules! keeps_the_contract {
    ($($name:ident: $($exercise:ident)::+),* $(,)?) => {$(
        #[tokio::test]
        async fn $name() {
            let memory = polypost_store::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
            $($exercise)::+(&*memory).await;
            memory.check().await.expect("is in order");
            let directory = tempfile::tempdir().expect("a directory");
            let file = polypost_store::open(&file::url(directory.path()), Migrations::Apply).await.expect("opens");
            $($exercise)::+(&*file).await;
            file.check().await.expect("is in order");
            let Some(server) = polypost_test_support::Server::new() else { return };
            let shared = polypost_store::open(&server.url, Migrations::Apply).await.expect("opens");
            $($exercise)::+(&*shared).await;
            shared.check().await.expect("is in order");
            shared.close().await;
        }
    )*};
}

keeps_the_contract! {
    publishing_numbers_revisions_and_refuses_older_ones: contract::exercise_publishing,
    locales_are_added_and_never_lost: contract::exercise_locales,
    withdrawn_incidents_rest_until_published_again: contract::exercise_withdrawing,
    every_state_is_reached_as_the_contract_says: contract::exercise_states,
    an_older_version_served_again_is_held: contract::exercise_rolling_back,
    a_lost_lease_writes_nothing: contract::exercise_leases,
    an_operators_request_reaches_the_worker_once: contract::exercise_retranslating,
    a_request_is_meant_once_and_for_the_text_of_its_time: requests::exercise_requests,
    equal_requests_are_one: requests::exercise_equal_requests,
    what_is_stored_is_told_although_who_asked_has_gone: cancelled_callers::exercise_leaving,
    the_newest_incident_is_worked_on_first: order::exercise_order,
    who_has_an_incident_now_waits_for_no_backlog: order::exercise_priority,
    pages_of_incidents_follow_each_other: order::exercise_listing,
    an_incident_is_read_in_one_call: readings::exercise_reading,
    pages_of_a_history_follow_each_other: readings::exercise_history,
    the_memory_keeps_the_first_text: memory::exercise_memory,
    a_text_of_another_context_stands_beside_the_first: memory::exercise_contexts,
    pages_of_the_memory_follow_each_other: memory::exercise_listing_memory,
    a_late_retry_changes_nothing: once::exercise_retries,
    a_key_is_used_once_however_many_come: once::exercise_crowds,
    what_is_published_once_has_its_answer_although_who_asked_has_gone: once::exercise_leaving,
    answers_are_kept_for_four_days: once::exercise_keeping,
    a_claimed_key_stays_with_its_request: once::exercise_claims,
    a_token_is_known_by_its_hash_until_it_is_revoked: tokens::exercise_tokens,
    of_many_first_tokens_one_is_kept: tokens::exercise_first_token,
    what_is_billed_is_added_up_and_corrected: usage::exercise_booking,
    an_allowance_is_never_passed_however_many_book: usage::exercise_allowances,
}
