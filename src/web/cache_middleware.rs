//! The cache in front of the routes: an answer that is kept is sent without passing any layer, route or the store.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use tower::{Service, ServiceExt as _};

use super::cache::Cache;

/// A response that the routes are making.
pub(super) type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// The routes with the cache in front of them.
#[derive(Clone, Debug)]
pub(super) struct CacheMiddleware {
    cache: Arc<Cache>,
    routes: Router,
}

impl CacheMiddleware {
    pub(super) fn new(cache: Arc<Cache>, routes: Router) -> Self {
        Self { cache, routes }
    }

    /// The answer, where it is kept: without waiting for anything.
    pub(super) fn cached<B>(&self, request: &Request<B>) -> Option<Response<Body>> {
        self.cache.find(request)
    }

    /// What the routes answer.
    pub(super) fn forward(&self, request: Request<Body>) -> ResponseFuture {
        let shortcut = self.cache.shortcut_key(&request);
        let (routes, cache) = (self.routes.clone(), Arc::clone(&self.cache));
        Box::pin(async move {
            let mut response = routes.oneshot(request).await?;
            cache.remember(shortcut, &mut response);
            Ok(response)
        })
    }
}

impl Service<Request<Body>> for CacheMiddleware {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        match self.cached(&request) {
            Some(response) => Box::pin(std::future::ready(Ok(response))),
            None => self.forward(request),
        }
    }
}
