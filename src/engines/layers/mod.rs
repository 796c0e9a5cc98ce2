//! What is done for engines around their calls.

use std::sync::Arc;

use crate::Engine;
use crate::contract::Contract;
use crate::gathering::RequestBatcher;
use crate::sharing::Sharing;

/// An engine that reads nothing but texts, as many at once as a call takes: requests that would wait share calls.
pub(crate) fn gathered(engine: impl Engine + 'static, contract: &Contract) -> Arc<dyn Engine> {
    let a_second = usize::try_from(contract.requests_per_second).unwrap_or(usize::MAX);
    let most = if a_second == 0 { contract.concurrency } else { contract.concurrency.min(a_second) };
    shared(RequestBatcher::new(Arc::new(engine), most))
}

/// An engine that is paid for its texts: each is bought once for all the locales that it has one code for.
pub(crate) fn shared(engine: impl Engine + 'static) -> Arc<dyn Engine> {
    Arc::new(Sharing::new(Arc::new(engine)))
}
