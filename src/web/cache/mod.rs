//! Finished answers in memory: a reader's request comes in, and where its answer is kept and nothing has moved since,
//! that goes out: without asking the store, compressing, hashing or copying the text. What is not kept is made once,
//! however many ask. While the store fails, the last good answers stay; a withdrawn report's never do.
//!
//! Bounded by bytes. Addresses and headers as they were sent are only shortcuts to answers, which are kept by what they
//! are: no spelling of a request makes a second copy. Answers that strangers can ask for without end (any locale, any
//! place in a list) have a part of the memory of their own.

mod refusal;
mod resource;
mod shelf;
mod tidings;

pub(super) use resource::Resource;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response};

use super::App;
use super::answer::{Answer, Freshness};
use super::finished::Finished;
use super::layers;
use crate::reader::Opened;
use polypost_core::id::IncidentId;
use polypost_core::locale::{self, Locale};
use refusal::Refusal;
use shelf::{Given, Present, Shelf};
use tidings::{Tidings, Topic};

pub(super) use tidings::Stamp;

/// Longer addresses and wishes are never a shortcut.
const LONGEST_SHORTCUT: usize = 1024;

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");
/// What an answer says that was kept and may no longer be the newest, since the store does not tell: RFC 9211.
const PERHAPS_OBSOLETE: HeaderValue = HeaderValue::from_static("polypost; hit; ttl=-1");

type Answers = Arc<Shelf<Arc<Resource>, Arc<Finished>>>;

/// From an address and a wish, as they were sent, to an answer.
#[derive(Clone, Debug)]
struct Shortcut {
    resource: Arc<Resource>,
    topic: Topic,
    /// A wish leads elsewhere when something moves.
    stamp: Stamp,
}

/// Laid on a response that came from the cache, so that the next request may find it at once, and that it is sent as it
/// is.
#[derive(Clone, Debug)]
pub(super) struct Found(Option<Shortcut>);

/// The locales of an incident.
#[derive(Debug)]
pub(super) struct Locales {
    /// Those that have a text, the source locale first.
    pub(super) readable: Vec<Locale>,
    /// Those that it is to be read in beside the source's.
    pub(super) wanted: Vec<Locale>,
}

/// What there is to choose from of an incident.
pub(super) struct Outline {
    pub(super) locales: Arc<Locales>,
    /// What this was made from, where that was read for it.
    opened: Option<Box<Opened>>,
    /// `None` where nothing is kept.
    made: Option<MadeAt>,
}

struct MadeAt {
    present: Arc<Present>,
    topic: Topic,
    stamp: Stamp,
}

impl Outline {
    /// The best locale that has a text for a reader; `None` where there is no text at all.
    pub(super) fn best(&self, wanted: &[Locale]) -> Option<Locale> {
        let readable = &self.locales.readable;
        locale::negotiate(readable, wanted).or_else(|| readable.first().cloned())
    }

    /// When the choice was made.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.made.as_ref().map(|made| made.stamp)
    }

    /// What was read for it, or what `open` reads where that was another's or the incident has changed since: to be asked
    /// while an answer is made of it.
    pub(super) async fn opened_or<E>(
        self,
        open: impl Future<Output = Result<Box<Opened>, E>>,
    ) -> Result<Box<Opened>, E> {
        let holds = self.made.is_none_or(|made| made.present.tidings.is_current(made.topic, made.stamp));
        match self.opened.filter(|_| holds) {
            Some(opened) => Ok(opened),
            None => open.await,
        }
    }
}

struct Shelves {
    expected: Answers,
    /// Answers of which there is no end.
    strange: Answers,
    outlines: Arc<Shelf<IncidentId, Arc<Locales>>>,
    shortcuts: moka::sync::Cache<Vec<u8>, Shortcut>,
    present: Arc<Present>,
}

/// The answers that are kept.
pub(super) struct Cache {
    /// `None` where nothing is to be kept.
    shelves: Option<Shelves>,
    published: Vec<Locale>,
}

impl Cache {
    pub(super) fn new(app: &App) -> Self {
        let bytes = app.server.cache_bytes;
        let shelves = (bytes > 0).then(|| {
            let part = |sixteenths: u64| (bytes / 16).saturating_mul(sixteenths);
            let answers = |bytes| {
                Arc::new(Shelf::new(bytes, |key: &Arc<Resource>, it: &Arc<Finished>| key.weight() + it.weight()))
            };
            let shortcut = |key: &Vec<u8>, _: &Shortcut| u32::try_from(key.len() + 192).unwrap_or(u32::MAX);
            Shelves {
                expected: answers(part(10)),
                strange: answers(part(4)),
                outlines: Arc::new(Shelf::new(part(1), |id: &IncidentId, locales: &Arc<Locales>| {
                    id.as_str().len() + 160 + (locales.readable.len() + locales.wanted.len()) * 40
                })),
                shortcuts: moka::sync::Cache::builder().max_capacity(part(1)).weigher(shortcut).build(),
                present: Arc::new(Present::new(Tidings::new(app.store.changes()), Arc::clone(&app.clock))),
            }
        });
        Self { shelves, published: app.reader.published() }
    }

    /// Keeps nothing.
    pub(super) fn none() -> Self {
        Self { shelves: None, published: Vec::new() }
    }

    /// The answer to exactly this address and wish, if it is kept: for requests that did not pass the layers.
    pub(super) fn recall<B>(&self, request: &Request<B>) -> Option<Response<Body>> {
        let shelves = self.shelves.as_ref()?;
        let shortcut = shelves.shortcuts.get(&shortcut_key(request)?)?;
        let given = shelves.of(&shortcut.resource, &self.published).find(&shortcut.resource, &shelves.present)?;
        if !shelves.present.tidings.is_current(shortcut.topic, shortcut.stamp) {
            return None;
        }
        let mut response = given.value.respond(request.headers());
        if request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        let id = layers::own_id(request.headers()).cloned().unwrap_or_else(layers::random_id);
        tracing::debug!(path = ?request.uri().path(), status = response.status().as_u16(), ?id, "answered from memory");
        response.headers_mut().insert(layers::REQUEST_ID, id);
        Some(response)
    }

    /// Where a request's answer may be found next time; to be asked before the request is answered.
    pub(super) fn notice<B>(&self, request: &Request<B>) -> Option<Vec<u8>> {
        self.shelves.as_ref().and_then(|_| shortcut_key(request))
    }

    /// Remembers the way to a response that came from here.
    pub(super) fn remember(&self, noticed: Option<Vec<u8>>, response: &mut Response<Body>) {
        let found = response.extensions_mut().remove::<Found>();
        if let (Some(shelves), Some(key), Some(Found(Some(shortcut)))) = (&self.shelves, noticed, found) {
            shelves.shortcuts.insert(key, shortcut);
        }
    }

    /// The answer: kept, or made by `make` or by whoever is at it already.
    pub(super) async fn answer(
        &self,
        resource: Resource,
        request: &HeaderMap,
        make: impl Future<Output = Result<Answer, Response<Body>>> + Send + 'static,
    ) -> Response<Body> {
        self.give(resource, None, request, make).await
    }

    /// As [`Cache::answer`], where the resource was chosen by an outline made at this moment: the shortcut to it holds as
    /// long as that does.
    pub(super) async fn answer_among(
        &self,
        resource: Resource,
        chosen: Option<Stamp>,
        request: &HeaderMap,
        make: impl Future<Output = Result<Answer, Response<Body>>> + Send + 'static,
    ) -> Response<Body> {
        self.give(resource, chosen, request, make).await
    }

    async fn give(
        &self,
        resource: Resource,
        chosen: Option<Stamp>,
        request: &HeaderMap,
        make: impl Future<Output = Result<Answer, Response<Body>>> + Send + 'static,
    ) -> Response<Body> {
        let Some(shelves) = &self.shelves else {
            return make.await.map_or_else(|refusal| refusal, |answer| answer.respond(request));
        };
        let make = async move {
            match make.await {
                Ok(answer) => {
                    let finished = answer.finish().packed().await;
                    let lifetime = finished.freshness().lifetime();
                    Ok((Arc::new(finished), lifetime))
                }
                Err(response) => Err(Refusal::of(response).await),
            }
        };
        let topic = resource.topic();
        let resource = Arc::new(resource);
        let answers = shelves.of(&resource, &self.published);
        match answers.get(Arc::clone(&resource), topic, &shelves.present, make).await {
            Ok(Given { value, stamp, is_stale }) => {
                let mut response = if is_stale {
                    let mut response = value.with_cache_control(Freshness::Awaiting).respond(request);
                    response.headers_mut().insert(CACHE_STATUS, PERHAPS_OBSOLETE);
                    response
                } else {
                    value.respond(request)
                };
                let stamp = chosen.unwrap_or(stamp);
                let shortcut = (resource.is_public() && !is_stale).then_some(Shortcut { resource, topic, stamp });
                response.extensions_mut().insert(Found(shortcut));
                response
            }
            Err(refusal) => {
                self.heed(resource.incident(), &refusal);
                refusal.respond()
            }
        }
    }

    /// The locales that an incident can be read in: kept, or of what `open` reads.
    ///
    /// # Errors
    /// The response that there is instead.
    pub(super) async fn outline(
        &self,
        id: &IncidentId,
        open: impl Future<Output = Result<Box<Opened>, Response<Body>>> + Send + 'static,
    ) -> Result<Outline, Response<Body>> {
        let locales_of = |opened: &Opened| Arc::new(Locales { readable: opened.locales(), wanted: opened.wanted() });
        let Some(shelves) = &self.shelves else {
            return open.await.map(|opened| Outline { locales: locales_of(&opened), opened: Some(opened), made: None });
        };
        // It is handed on to the answer, which then need not read it again.
        let opened = Arc::new(Mutex::new(None));
        let handed_on = Arc::clone(&opened);
        let make = async move {
            match open.await {
                Ok(opened) => {
                    let locales = locales_of(&opened);
                    *handed_on.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
                    Ok((locales, Freshness::Settled.lifetime()))
                }
                Err(response) => Err(Refusal::of(response).await),
            }
        };
        let (topic, present) = (Topic::of(id), Arc::clone(&shelves.present));
        match shelves.outlines.get(id.clone(), topic, &present, make).await {
            Ok(Given { value: locales, stamp, .. }) => {
                let opened = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
                Ok(Outline { locales, opened, made: Some(MadeAt { present, topic, stamp }) })
            }
            Err(refusal) => {
                self.heed(Some(id), &refusal);
                Err(refusal.respond())
            }
        }
    }

    /// The incident was withdrawn: what is kept about it is not shown again, whatever happens.
    pub(super) fn forget(&self, id: &IncidentId) {
        if let Some(shelves) = &self.shelves {
            shelves.present.tidings.forget(id);
        }
    }

    /// Another process may have withdrawn it.
    fn heed(&self, id: Option<&IncidentId>, refusal: &Refusal) {
        if let Some(id) = id.filter(|_| refusal.is_withdrawal()) {
            self.forget(id);
        }
    }
}

impl Shelves {
    fn of(&self, resource: &Resource, published: &[Locale]) -> &Answers {
        if resource.is_expected(published) { &self.expected } else { &self.strange }
    }
}

/// What may decide about the answer to a request, as it was sent. Only the API looks at the wished languages.
fn shortcut_key<B>(request: &Request<B>) -> Option<Vec<u8>> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let mut wishes = request.headers().get_all(ACCEPT_LANGUAGE).iter();
    let wish = match (wishes.next(), wishes.next()) {
        (_, Some(_)) => return None,
        (Some(wish), None) if address.starts_with("/v1/") => wish.as_bytes(),
        _ => &[],
    };
    if address.len() + wish.len() > LONGEST_SHORTCUT {
        return None;
    }
    // No address holds a line break.
    Some([address.as_bytes(), b"\n", wish].concat())
}

impl fmt::Debug for Cache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cache").field("published", &self.published).finish_non_exhaustive()
    }
}
