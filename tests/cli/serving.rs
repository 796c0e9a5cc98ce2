//! `serve` and `worker` start, say so and stop.

use crate::sandbox::{REPORT, Sandbox};

#[test]
fn a_server_that_is_asked_to_stop_ends_well() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md"]).succeeded();
    let code = sandbox.serve_and_stop(&["serve", "--listen", "127.0.0.1:0"], "listening on http://");
    assert_eq!(code, Some(0));
    let code = sandbox.serve_and_stop(&["worker"], "working, ");
    assert_eq!(code, Some(0));
}
