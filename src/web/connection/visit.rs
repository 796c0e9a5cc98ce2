//! Requests of one connection: a request comes in, its answer goes out, from memory without delay where it is kept. An
//! answer that is given before the whole body was read says that the connection ends with it.

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
use super::{Peer, body, head};
use crate::web::front::{Answering, Front};

/// Whoever is at the other end.
pub(super) struct Visitor {
    front: Front,
    peer: Peer,
    activity: Arc<Activity>,
}

impl Visitor {
    pub(super) fn new(front: Front, peer: Peer, activity: Arc<Activity>) -> Self {
        Self { front, peer, activity }
    }
}

impl hyper::service::Service<Request<Incoming>> for Visitor {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Visit;

    fn call(&self, request: Request<Incoming>) -> Visit {
        self.activity.arrived();
        let fault = head::fault(&request);
        let is_http_1 = request.version() < Version::HTTP_2;
        let (mut request, rest) = body::handed_on(request);
        // A kept answer is of no use to a request whose body comes after it.
        if fault.is_none()
            && rest.is_none()
            && let Some(response) = self.front.recall(&request)
        {
            return Visit::Recalled(Some(response));
        }
        request.extensions_mut().insert(ConnectInfo(self.peer));
        request.extensions_mut().insert(Arc::clone(&self.activity));
        let closes = fault.is_some();
        if let Some(fault) = fault {
            request.extensions_mut().insert(fault);
        }
        let answering = self.front.ask(request);
        let (activity, work) = (Arc::clone(&self.activity), self.activity.work());
        Visit::Asked(Box::pin(async move {
            let mut answer = answering.await?;
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

/// An answer that is there already, or on its way.
pub(super) enum Visit {
    Recalled(Option<Response<Body>>),
    Asked(Answering),
}

impl Future for Visit {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Recalled(response) => response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response))),
            Self::Asked(answering) => answering.as_mut().poll(context),
        }
    }
}
