//! Who can publish: which tokens there are, and what a stranger gets at the public address, where a proxy may do what
//! nobody meant it to.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url};

use super::{Context, Diagnosis, Verdict};
use crate::cli::access::{self, ANOTHER, Access};
use crate::web;
use polypost_store::Store;

/// How long the public address is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The tokens that are accepted, and where the operator's own is.
pub(super) async fn tokens(context: &Context, store: Option<&Arc<dyn Store>>) -> Diagnosis {
    let file = access::file(&context.config);
    let shown = file.display();
    let diagnosis = |verdict, message: String| Diagnosis::new("publishing", verdict, message);
    let access = match store {
        None => Access::None,
        Some(store) => match access::look(&context.config, store.as_ref(), context.now()).await {
            Ok(access) => access,
            Err(error) => return diagnosis(Verdict::Wrong, format!("the tokens cannot be read: {error}")),
        },
    };
    if access::is_exposed(&file) {
        let message = format!("`{shown}` can be read by others than its owner");
        let revoke = format!("`chmod 600 {shown}`, and revoke its token if somebody may have read it");
        return diagnosis(Verdict::Warning, message).hint(revoke);
    }
    // Who has a way in by signature needs no token for publishing.
    let lacking = if context.config.publish.webhook_secrets.is_empty() { Verdict::Warning } else { Verdict::Good };
    match access {
        Access::Configured => diagnosis(Verdict::Good, "tokens of `publish.token_hashes` are accepted".to_owned()),
        Access::InFile => diagnosis(Verdict::Good, format!("the token is in `{shown}`")),
        Access::None => diagnosis(Verdict::Good, format!("`polypost serve` will write a token to `{shown}`")),
        Access::Elsewhere => {
            diagnosis(lacking, format!("the store has tokens; `{shown}` has none of them")).hint(ANOTHER)
        }
        Access::Ended => diagnosis(lacking, "every token is expired or revoked".to_owned()).hint(ANOTHER),
    }
}

/// What the public address lets a stranger do. Nothing is changed there, even if it lets him do everything.
pub(super) async fn public_address(context: &Context) -> Option<Diagnosis> {
    let address = context.config.server.public_url.expose().trim_end_matches('/');
    if address.is_empty() {
        return None;
    }
    let tried = async {
        let client = client(address)?;
        let metrics = answered(client.get(format!("{address}/metrics"))).await?;
        // A report without fields, which nobody can publish.
        let publish = client.request(Method::POST, format!("{address}/v1/incidents"));
        let publish = answered(publish.header(CONTENT_TYPE, "application/json").body("{}")).await?;
        Ok::<_, reqwest::Error>([("read metrics", metrics), ("publish", publish)])
    };
    let what = "public address";
    let tried = match tried.await {
        Ok(tried) => tried,
        Err(error) => {
            let message = format!("`{address}` cannot be reached from here: {}", root(&error.without_url()));
            return Some(Diagnosis::new(what, Verdict::Warning, message).hint("start `polypost serve` and its proxy"));
        }
    };
    let is_open = |status: StatusCode| {
        status.is_success() || matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY)
    };
    let is_refused = |status: StatusCode| matches!(status.as_u16(), 401 | 403 | 404 | 405);
    Some(if let Some((deed, status)) = tried.iter().find(|(_, status)| is_open(*status)) {
        let message = format!("`{address}` lets strangers {deed} (it answers {status} without a token)");
        Diagnosis::new(what, Verdict::Wrong, message).hint("the proxy must not add an `Authorization` of its own")
    } else if let Some((deed, status)) = tried.iter().find(|(_, status)| !is_refused(*status)) {
        let message = format!("`{address}` answers {status} to a stranger who tries to {deed}; 401 was expected");
        Diagnosis::new(what, Verdict::Warning, message)
            .hint("name the address that readers end at in `server.public_url`")
    } else {
        Diagnosis::new(what, Verdict::Good, format!("`{address}` refuses strangers who publish or read metrics"))
    })
}

fn client(address: &str) -> reqwest::Result<Client> {
    // `rustls-no-provider` has a client panic where no provider is installed; a second call is refused, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .user_agent(concat!("polypost/", env!("CARGO_PKG_VERSION")))
        .timeout(TIMEOUT)
        .redirect(Policy::none());
    let host = address.parse::<Url>().ok().and_then(|url| url.host_str().map(str::to_owned));
    let is_here = host.is_some_and(|host| web::is_loopback_name(&host));
    if is_here { builder.no_proxy() } else { builder }.build()
}

async fn answered(request: RequestBuilder) -> reqwest::Result<StatusCode> {
    Ok(request.send().await?.status())
}

/// The innermost reason, which is the one that says something.
fn root(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
