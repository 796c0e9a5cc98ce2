//! The front door: a request comes in; where its answer is kept that goes out at once, else what the routes say.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use tower::{Service, ServiceExt as _};

use super::cache::Cache;

/// An answer on its way.
pub(super) type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// The routes, with what is kept in front of them.
#[derive(Clone, Debug)]
pub(super) struct Front {
    cache: Arc<Cache>,
    routes: Router,
}

impl Front {
    pub(super) fn new(cache: Arc<Cache>, routes: Router) -> Self {
        Self { cache, routes }
    }

    /// The answer, where it is kept: without waiting for anything.
    pub(super) fn recall<B>(&self, request: &Request<B>) -> Option<Response<Body>> {
        self.cache.recall(request)
    }

    /// What the routes say.
    pub(super) fn ask(&self, request: Request<Body>) -> Answering {
        let noticed = self.cache.notice(&request);
        let (routes, cache) = (self.routes.clone(), Arc::clone(&self.cache));
        Box::pin(async move {
            let mut response = routes.oneshot(request).await?;
            cache.remember(noticed, &mut response);
            Ok(response)
        })
    }
}

impl Service<Request<Body>> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        match self.recall(&request) {
            Some(response) => Box::pin(std::future::ready(Ok(response))),
            None => self.ask(request),
        }
    }
}
