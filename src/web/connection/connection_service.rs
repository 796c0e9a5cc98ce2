//! The requests of one connection. An answer that the cache holds is sent without a task or a timer; an answer that is
//! given before the whole body was read says that the connection ends with it.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONNECTION, HeaderValue};
use axum::http::{Request, Response, Version};
use hyper::body::Incoming;

use super::activity::Activity;
use super::{Peer, request_body};
use crate::web::cache_middleware::{self, CacheMiddleware};
use crate::web::request_head;

/// Answers one connection's requests.
pub(super) struct ConnectionService {
    routes: CacheMiddleware,
    peer: Peer,
    activity: Arc<Activity>,
}

impl ConnectionService {
    pub(super) fn new(routes: CacheMiddleware, peer: Peer, activity: Arc<Activity>) -> Self {
        Self { routes, peer, activity }
    }
}

impl hyper::service::Service<Request<Incoming>> for ConnectionService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn call(&self, request: Request<Incoming>) -> ResponseFuture {
        self.activity.arrived();
        let fault = request_head::fault(&request);
        let is_http_1 = request.version() < Version::HTTP_2;
        let (mut request, rest) = request_body::handed_on(request);
        // A kept answer is of no use to a request whose body comes after it.
        if fault.is_none()
            && rest.is_none()
            && let Some(response) = self.routes.cached(&request)
        {
            return ResponseFuture::Cached(Some(response));
        }
        request.extensions_mut().insert(ConnectInfo(self.peer));
        request.extensions_mut().insert(Arc::clone(&self.activity));
        let closes = fault.is_some();
        if let Some(fault) = fault {
            request.extensions_mut().insert(fault);
        }
        let forwarded = self.routes.forward(request);
        let (activity, work) = (Arc::clone(&self.activity), self.activity.work());
        ResponseFuture::Forwarded(Box::pin(async move {
            let mut answer = forwarded.await?;
            let is_read = match rest {
                Some(rest) if is_http_1 => {
                    let _awaited = activity.await_body();
                    rest.was_read().await
                }
                // HTTP/2 ends a request by itself, and the connection goes on.
                _ => true,
            };
            if !is_read {
                activity.leave_unread();
            }
            if is_http_1 && (closes || !is_read) {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            drop(work);
            Ok(answer)
        }))
    }
}

/// An answer from the cache, or one that the routes are making.
pub(super) enum ResponseFuture {
    Cached(Option<Response<Body>>),
    Forwarded(cache_middleware::ResponseFuture),
}

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Cached(response) => response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response))),
            Self::Forwarded(response) => response.as_mut().poll(context),
        }
    }
}
