//! Computing within asynchronous tasks: what keeps a processor busy for milliseconds must not keep the other tasks of
//! its thread waiting.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Does the work, here and now. The other tasks of the thread, readers' answers among them, and the watch over sockets
/// and timers are handed to another thread first, where the runtime has several.
pub(crate) fn run_blocking<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_on_every_kind_of_thread() {
        assert_eq!(run_blocking(|| 1), 1);
        let single = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(single.block_on(async { run_blocking(|| 2) }), 2);
        let multiple = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        assert_eq!(multiple.block_on(async { run_blocking(|| 3) }), 3);
        assert_eq!(multiple.block_on(async { tokio::spawn(async { run_blocking(|| 4) }).await.unwrap() }), 4);
    }

    /// One thread, which works until somebody else on it has spoken.
    #[test]
    fn others_go_on_meanwhile() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        runtime.block_on(async {
            let (say, said) = std::sync::mpsc::channel();
            let working =
                tokio::spawn(async move { run_blocking(|| said.recv_timeout(std::time::Duration::from_mins(1))) });
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                say.send(()).unwrap();
            });
            working.await.unwrap().expect("the other task ran");
        });
    }
}
