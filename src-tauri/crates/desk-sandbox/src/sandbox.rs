//! The stand-in itself: options, the one entry for requests, and which part answers which path.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::credentials::{AppCredentials, Credentials, ShopCredentials};
use crate::http::{Request, Response};
use crate::state::State;
use crate::world::{Region, Size};
use crate::{admin, consent, guide, open_platform, picture};

/// Which wire a call, a token or an id belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// The integration guide's contract.
    Guide,
    /// The live platform's router.
    OpenPlatform,
}

/// How to make a stand-in.
#[derive(Clone, Debug)]
pub struct SandboxOptions {
    /// Everything is derived from it.
    pub seed: u64,
    /// How big the world is.
    pub size: Size,
    /// When the world's history ends, unix seconds.
    pub started_at: i64,
    /// Origin for picture links and `callback_host`, without a trailing slash.
    pub base_url: String,
    /// Whether `/admin/…` is served.
    pub admin: bool,
}

impl SandboxOptions {
    /// A small world without admin routes.
    pub fn new(seed: u64, started_at: i64) -> Self {
        Self {
            seed,
            size: Size::SMALL,
            started_at,
            base_url: "http://127.0.0.1".into(),
            admin: false,
        }
    }
}

/// A stand-in for both platforms. Share it in an `Arc`.
pub struct Sandbox {
    state: Mutex<State>,
}

impl Sandbox {
    /// A new world; one live token per shop and dialect.
    pub fn new(options: SandboxOptions) -> Self {
        Self {
            state: Mutex::new(State::new(options)),
        }
    }

    /// Answers a request at `now` (unix seconds), shifted by [`Self::set_clock_offset`].
    pub fn handle(&self, request: &Request, now: i64) -> Response {
        if request.path.starts_with("/admin/") && self.state().options.admin {
            let response = admin::handle(self, request, now);
            return response.dated(self.state().server_time(now));
        }
        let mut state = self.state();
        let now = state.server_time(now);
        route(&mut state, request, now).dated(now)
    }

    /// Address and keys, with the newest token of every shop.
    pub fn credentials(&self, base_url: &str) -> Credentials {
        let state = self.state();
        let app = |dialect: Dialect| AppCredentials {
            app_key: state.app_key(dialect),
            app_secret: state.app_secret(dialect),
            shops: (0..state.shops.len())
                .filter_map(|shop| shop_credentials(&state, dialect, shop))
                .collect(),
        };
        Credentials {
            base_url: base_url.to_owned(),
            guide: app(Dialect::Guide),
            open_platform: app(Dialect::OpenPlatform),
        }
    }

    /// Tells the stand-in its own origin, once the port is known.
    pub fn set_base_url(&self, base_url: &str) {
        self.state().options.base_url = base_url.to_owned();
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shop_credentials(state: &State, dialect: Dialect, shop: usize) -> Option<ShopCredentials> {
    let grant = state.tokens.newest(dialect, shop)?;
    Some(ShopCredentials {
        shop_id: state.shop_id(dialect, shop),
        access_token: grant.access_token.clone(),
        refresh_token: grant.refresh_token.clone(),
    })
}

fn route(state: &mut State, request: &Request, now: i64) -> Response {
    let (region, path) = split_region(&request.path);
    match (request.method.as_str(), path) {
        (_, "/oauth/authorize") => consent::guide(state, request, now),
        (_, "/open-platform/client-manage/authorization") => {
            consent::open_platform(state, request, region, now)
        }
        ("POST", "/openapi/router") => open_platform::handle(state, request, region, now),
        ("GET", _) if path.starts_with("/images/") => picture::serve(path),
        ("POST", _) if guide::is_endpoint(path) => guide::handle(state, path, request, now),
        (_, "/openapi/router") => {
            Response::text(405, "method not allowed").with_header("allow", "POST")
        }
        (_, _) if guide::is_endpoint(path) => {
            Response::text(405, "method not allowed").with_header("allow", "POST")
        }
        _ => Response::text(404, "not found"),
    }
}

/// `/us/openapi/router` → US and `/openapi/router`.
fn split_region(path: &str) -> (Option<Region>, &str) {
    let split = path.strip_prefix('/').and_then(|rest| {
        let end = rest.find('/')?;
        Some((Region::from_prefix(&rest[..end])?, &rest[end..]))
    });
    match split {
        Some((region, rest)) => (Some(region), rest),
        None => (None, path),
    }
}
