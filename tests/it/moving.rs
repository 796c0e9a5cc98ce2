//! What the program has made itself moves to another store, whatever publishers sent: the safeguards against hostile
//! exports refuse none of it.

use std::sync::Arc;

use polypost::transfer::{StoreImport, export, import};
use polypost_engines::pseudo::Pseudo;
use polypost_store::Migrations;

use crate::corpus::corpus;
use polypost_test_service::program::TestProgram;

const UPDATES: &[u8] = br#"{"title":"Orders fail","status":"resolved","format":"markdown","body":"","updates":[
    {"id":"u2","at":"2024-07-05T13:52:00Z","status":"resolved","body":"Fixed, see https://a.example/x.\n\n- one\n- two"},
    {"id":"u1","at":"2024-07-05T12:52:00Z","status":"investigating","body":"> [!NOTE]\n> We **look** into `db-7`."}]}"#;

const HTML: &[u8] =
    b"<h1>Orders fail</h1><h1>Again</h1><p>See <a href='/x#top'>this</a> &amp; <b>that</b><table><tr><td>1</table>";

#[tokio::test]
async fn what_the_program_made_is_taken_by_another_store() {
    let program = TestProgram::new(vec![Arc::new(Pseudo)], &["es", "ar"]).await;
    let files = corpus().unwrap_or_default();
    let files = files.iter().step_by(8).map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in files.chain([("updates.json", UPDATES), ("page.html", HTML)]) {
        program.publish(TestProgram::report(name, bytes)).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    program.work_within(std::time::Duration::from_mins(5)).await;
    let now = program.store.clock().now();
    let (_, file) =
        export(program.store.as_ref(), Vec::new(), now, |damage| panic!("{damage}")).await.expect("exports");
    let other = polypost_store::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
    let (mut imported, mut problems) = (StoreImport::default(), Vec::new());
    import(other.as_ref(), file.as_slice(), &mut imported, |problem| problems.push(problem)).await.expect("imports");
    assert_eq!(problems, []);
    assert!(imported.incidents.added >= 2 && imported.incidents.refused == 0, "{imported:?}");
}
