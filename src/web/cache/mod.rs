//! Answers in memory, ready to be sent: while nothing has changed, a reader's request does not ask the store, and
//! nothing is compressed, hashed or copied for it. What is not kept is made once, however many ask. While the store
//! fails, the last good answers are served; those of a withdrawn incident never are.
//!
//! Bounded by bytes. Answers are kept by what they are ([`Resource`]); requests as they were sent are only shortcuts to
//! them. Answers that clients can ask for without end (any locale, any place in a list) have a part of the memory of
//! their own, so that they do not push out the others.

mod error_response;
mod invalidations;
mod outline;
mod resource;
mod shortcut;
mod single_flight;
mod validity;

pub(super) use invalidations::Generation;
pub(super) use outline::{Locales, Outline};
pub(super) use resource::Resource;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response};

use super::App;
use super::answer::Answer;
use super::encoding::CodingChosen;
use super::freshness::Freshness;
use super::prepared_response::PreparedResponse;
use super::request_id::{REQUEST_ID, own_id, random_id};
use crate::reader::LoadedIncident;
use error_response::ErrorResponse;
use invalidations::{Invalidations, Topic};
use outline::LoadedAt;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;
use shortcut::{FromCache, Shortcut, shortcut_key, shortcuts};
use single_flight::{Cached, SingleFlightCache};
use validity::ValidityContext;

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");
/// On an answer that may be outdated, since the store does not answer: RFC 9211.
const STALE: HeaderValue = HeaderValue::from_static("polypost; hit; ttl=-1");

type Answers = Arc<SingleFlightCache<Arc<Resource>, Arc<PreparedResponse>>>;

/// The parts of the memory.
struct Partitions {
    /// Answers of which there are only so many.
    bounded_keys: Answers,
    /// Answers that clients can ask for without end.
    unbounded_keys: Answers,
    outlines: Arc<SingleFlightCache<IncidentId, Arc<Locales>>>,
    shortcuts: moka::sync::Cache<Vec<u8>, Shortcut>,
    context: Arc<ValidityContext>,
}

/// The answers that are kept.
pub(super) struct Cache {
    /// `None` where nothing is to be kept.
    partitions: Option<Partitions>,
    published: Vec<Locale>,
}

impl Cache {
    pub(super) fn new(app: &App) -> Self {
        let bytes = app.server.cache_bytes;
        let partitions = (bytes > 0).then(|| {
            let part = |sixteenths: u64| (bytes / 16).saturating_mul(sixteenths);
            let weigh = |key: &Arc<Resource>, answer: &Arc<PreparedResponse>| key.weight() + answer.weight();
            let answers = |bytes| Arc::new(SingleFlightCache::new(bytes, weigh));
            let invalidations = Invalidations::new(app.store.changes());
            Partitions {
                bounded_keys: answers(part(10)),
                unbounded_keys: answers(part(4)),
                outlines: Arc::new(SingleFlightCache::new(part(1), |id: &IncidentId, locales: &Arc<Locales>| {
                    id.as_str().len() + 160 + (locales.readable.len() + locales.wanted.len()) * 40
                })),
                shortcuts: shortcuts(part(1)),
                context: Arc::new(ValidityContext::new(invalidations, Arc::clone(&app.clock))),
            }
        });
        Self { partitions, published: app.reader.published() }
    }

    /// Keeps nothing.
    pub(super) fn none() -> Self {
        Self { partitions: None, published: Vec::new() }
    }

    /// The answer to a request exactly as it was sent, where it is kept: for requests that have not passed the layers.
    pub(super) fn find<B>(&self, request: &Request<B>) -> Option<Response<Body>> {
        let partitions = self.partitions.as_ref()?;
        let shortcut = partitions.shortcuts.get(&shortcut_key(request)?)?;
        let answers = partitions.answers(&shortcut.resource, &self.published);
        let cached = answers.find(&shortcut.resource, &partitions.context)?;
        if !partitions.context.invalidations.is_current(shortcut.topic, shortcut.generation) {
            return None;
        }
        let mut response = cached.value.respond(request.headers());
        if request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        let id = own_id(request.headers()).cloned().unwrap_or_else(random_id);
        tracing::debug!(path = ?request.uri().path(), status = response.status().as_u16(), ?id, "answered from memory");
        response.headers_mut().insert(REQUEST_ID, id);
        Some(response)
    }

    /// The key of the shortcut to a request's answer; to be asked before the request is answered.
    pub(super) fn shortcut_key<B>(&self, request: &Request<B>) -> Option<Vec<u8>> {
        self.partitions.as_ref().and_then(|_| shortcut_key(request))
    }

    /// Keeps the shortcut to a response that came from here.
    pub(super) fn remember(&self, key: Option<Vec<u8>>, response: &mut Response<Body>) {
        let found = response.extensions_mut().remove::<FromCache>();
        if let (Some(partitions), Some(key), Some(FromCache(shortcut))) = (&self.partitions, key, found) {
            partitions.shortcuts.insert(key, shortcut);
        }
    }

    /// The answer: kept, or made by `make`, or by another request that makes it already.
    pub(super) async fn answer(
        &self,
        resource: Resource,
        request: &HeaderMap,
        make: impl Future<Output = Result<Answer, Response<Body>>> + Send + 'static,
    ) -> Response<Body> {
        self.answer_chosen_at(None, resource, request, make).await
    }

    /// As [`Cache::answer`], where the resource was chosen by an outline of this generation: the shortcut to it is
    /// valid as long as that is.
    pub(super) async fn answer_chosen_at(
        &self,
        chosen: Option<Generation>,
        resource: Resource,
        request: &HeaderMap,
        make: impl Future<Output = Result<Answer, Response<Body>>> + Send + 'static,
    ) -> Response<Body> {
        let Some(partitions) = &self.partitions else {
            return make.await.map_or_else(|response| response, |answer| answer.respond(request));
        };
        let load = async move {
            match make.await {
                Ok(answer) => {
                    let prepared = answer.prepare().compressed().await;
                    let lifetime = prepared.freshness().lifetime();
                    Ok((Arc::new(prepared), lifetime))
                }
                Err(response) => Err(ErrorResponse::of(response).await),
            }
        };
        let topic = resource.topic();
        let resource = Arc::new(resource);
        let answers = partitions.answers(&resource, &self.published);
        match answers.get(Arc::clone(&resource), topic, &partitions.context, load).await {
            Ok(Cached { value, generation, is_stale }) => {
                let mut response = if is_stale { stale(&value, request) } else { value.respond(request) };
                let generation = chosen.unwrap_or(generation);
                response.extensions_mut().insert(CodingChosen);
                if resource.is_public() && !is_stale {
                    response.extensions_mut().insert(FromCache(Shortcut { resource, topic, generation }));
                }
                response
            }
            Err(response) => {
                self.apply_gone(resource.incident(), &response);
                response.respond()
            }
        }
    }

    /// The locales that an incident can be read in: kept, or of what `load` reads.
    ///
    /// # Errors
    /// The response to send instead.
    pub(super) async fn outline(
        &self,
        id: &IncidentId,
        load: impl Future<Output = Result<Box<LoadedIncident>, Response<Body>>> + Send + 'static,
    ) -> Result<Outline, Response<Body>> {
        let Some(partitions) = &self.partitions else {
            return load.await.map(|incident| Outline::new(Locales::of(&incident), Some(incident), None));
        };
        // Handed on to the answer, which then need not read it again.
        let incident = Arc::new(Mutex::new(None));
        let handed_on = Arc::clone(&incident);
        let load = async move {
            match load.await {
                Ok(incident) => {
                    let locales = Locales::of(&incident);
                    *handed_on.lock().unwrap_or_else(PoisonError::into_inner) = Some(incident);
                    Ok((locales, Freshness::Settled.lifetime()))
                }
                Err(response) => Err(ErrorResponse::of(response).await),
            }
        };
        let (topic, context) = (Topic::of(id), Arc::clone(&partitions.context));
        match partitions.outlines.get(id.clone(), topic, &context, load).await {
            Ok(Cached { value: locales, generation, .. }) => {
                let incident = incident.lock().unwrap_or_else(PoisonError::into_inner).take();
                Ok(Outline::new(locales, incident, Some(LoadedAt { context, topic, generation })))
            }
            Err(response) => {
                self.apply_gone(Some(id), &response);
                Err(response.respond())
            }
        }
    }

    /// The incident was withdrawn: what is kept of it is not served again, even where the store fails.
    pub(super) fn forget(&self, id: &IncidentId) {
        if let Some(partitions) = &self.partitions {
            partitions.context.invalidations.forget(id);
        }
    }

    /// Forgets an incident that another process has withdrawn.
    fn apply_gone(&self, id: Option<&IncidentId>, response: &ErrorResponse) {
        if let Some(id) = id.filter(|_| response.is_gone()) {
            self.forget(id);
        }
    }
}

impl Partitions {
    fn answers(&self, resource: &Resource, published: &[Locale]) -> &Answers {
        if resource.is_bounded(published) { &self.bounded_keys } else { &self.unbounded_keys }
    }
}

/// An answer that may be outdated, which caches are to ask for again soon.
fn stale(answer: &PreparedResponse, request: &HeaderMap) -> Response<Body> {
    let mut response = answer.with_cache_control(Freshness::Awaiting).respond(request);
    response.headers_mut().insert(CACHE_STATUS, STALE);
    response
}

impl fmt::Debug for Cache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cache").field("published", &self.published).finish_non_exhaustive()
    }
}
