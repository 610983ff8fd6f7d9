//! The consent pages: a form without script, and the redirect that follows it.
//!
//! A `GET` shows the page. Its form is a plain POST to the same path, which a test can send without a browser: the
//! query's own fields, `shop_id` (repeatable on the open platform) and `decision` (`authorize` or `cancel`), all
//! `application/x-www-form-urlencoded`. The answer is a 303 to the redirect URI.

mod page;

use url::{Host, Url};

use crate::Dialect;
use crate::http::{Request, Response, form_values};
use crate::state::State;
use crate::tokens::Code;
use crate::world::Region;

/// What an authorization request asks for, once it is found valid.
struct Ask {
    dialect: Dialect,
    redirect_uri: Url,
    /// Exactly as it came, for comparison at the exchange.
    redirect_text: String,
    state: Option<String>,
    challenge: Option<String>,
    /// Positions of the shops to choose from.
    shops: Vec<usize>,
}

/// The guide's `/oauth/authorize`: one shop, PKCE.
pub(crate) fn guide(state: &mut State, request: &Request, now: i64) -> Response {
    respond(state, request, now, |state, fields| {
        if fields.one("response_type")? != "code" {
            return Err("response_type must be code".into());
        }
        if fields.one("app_key")? != state.app_key(Dialect::Guide) {
            return Err("app_key is unknown".into());
        }
        let (redirect_uri, redirect_text) = fields.redirect_uri(guide_allows)?;
        let challenge = fields.one("code_challenge")?;
        if fields.one("code_challenge_method")? != "S256" || challenge.len() != 43 {
            return Err("code_challenge must be an S256 challenge".into());
        }
        Ok(Ask {
            dialect: Dialect::Guide,
            redirect_uri,
            redirect_text,
            state: Some(fields.one("state")?),
            challenge: Some(challenge),
            shops: (0..state.shops.len()).collect(),
        })
    })
}

/// The open platform's page in the seller center (§3.2): one or several shops; a region's route shows its shops only.
pub(crate) fn open_platform(
    state: &mut State,
    request: &Request,
    region: Option<Region>,
    now: i64,
) -> Response {
    respond(state, request, now, |state, fields| {
        if fields.one("appKey")? != state.app_key(Dialect::OpenPlatform) {
            return Err("appKey is unknown".into());
        }
        let (redirect_uri, redirect_text) = fields.redirect_uri(open_platform_allows)?;
        let shown = |shop: &usize| region.is_none_or(|region| state.shops[*shop].region == region);
        Ok(Ask {
            dialect: Dialect::OpenPlatform,
            redirect_uri,
            redirect_text,
            state: fields.optional("state"),
            challenge: None,
            shops: (0..state.shops.len()).filter(shown).collect(),
        })
    })
}

/// The fields of the query or of the posted form.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn optional(&self, name: &str) -> Option<String> {
        form_values(self.0, name).into_iter().next()
    }

    /// Exactly one, not empty.
    fn one(&self, name: &str) -> Result<String, String> {
        match form_values(self.0, name).as_slice() {
            [value] if !value.is_empty() => Ok(value.clone()),
            [] | [_] => Err(format!("{name} is missing")),
            _ => Err(format!("{name} is given twice")),
        }
    }

    fn redirect_uri(&self, allows: fn(&Url) -> bool) -> Result<(Url, String), String> {
        let text = self.one("redirect_uri")?;
        match Url::parse(&text) {
            Ok(uri) if allows(&uri) => Ok((uri, text)),
            _ => Err("redirect_uri is not allowed".into()),
        }
    }
}

fn guide_allows(uri: &Url) -> bool {
    let plain = uri.query().is_none() && uri.fragment().is_none() && uri.username().is_empty();
    let loopback = uri.scheme() == "http"
        && uri.port().is_some()
        && uri.host() == Some(Host::Ipv4(std::net::Ipv4Addr::LOCALHOST))
        && uri.path() == "/oauth/callback";
    plain && (uri.as_str() == "sellerdesk://oauth/callback" || loopback)
}

/// What an app may have registered: a scheme of its own, loopback, or https.
fn open_platform_allows(uri: &Url) -> bool {
    match uri.scheme() {
        "https" | "sellerdesk" => true,
        "http" => match uri.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        },
        _ => false,
    }
}

fn respond(
    state: &mut State,
    request: &Request,
    now: i64,
    read: impl Fn(&State, &Fields<'_>) -> Result<Ask, String>,
) -> Response {
    let posted = request.method == "POST";
    let source = if posted {
        &request.body
    } else {
        request.query.as_bytes()
    };
    if !posted && request.method != "GET" {
        return Response::text(405, "method not allowed").with_header("allow", "GET, POST");
    }
    let fields = Fields(source);
    let ask = match read(state, &fields) {
        Ok(ask) => ask,
        Err(problem) => return page::problem(&problem),
    };
    if !posted {
        return page::consent(state, &ask, source);
    }
    match fields.optional("decision").as_deref() {
        Some("authorize") => approve(state, &ask, &form_values(source, "shop_id"), now),
        Some("cancel") => redirect(&ask, &[("error", "access_denied")]),
        _ => page::problem("decision must be authorize or cancel"),
    }
}

fn approve(state: &mut State, ask: &Ask, shop_ids: &[String], now: i64) -> Response {
    let chosen: Option<Vec<usize>> = shop_ids
        .iter()
        .map(|id| state.find_shop(id).filter(|shop| ask.shops.contains(shop)))
        .collect();
    let shops = match chosen {
        Some(shops) if !shops.is_empty() => shops,
        _ => return page::problem("choose a shop of the list"),
    };
    if ask.dialect == Dialect::Guide && shops.len() > 1 {
        return page::problem("choose one shop");
    }
    let challenge = ask.challenge.clone();
    let code = Code {
        dialect: ask.dialect,
        shops,
        redirect_uri: ask.redirect_text.clone(),
        challenge,
    };
    let code = state.tokens.issue_code(code, now);
    match ask.dialect {
        Dialect::Guide => redirect(ask, &[("code", &code)]),
        Dialect::OpenPlatform => {
            let base_url = state.options.base_url.clone();
            let host = base_url
                .split_once("://")
                .map_or(base_url.as_str(), |(_, host)| host);
            let app_key = state.app_key(Dialect::OpenPlatform);
            redirect(
                ask,
                &[
                    ("app_key", &app_key),
                    ("callback_host", host),
                    ("code", &code),
                ],
            )
        }
    }
}

/// 303 to the redirect URI with those fields and the state.
fn redirect(ask: &Ask, fields: &[(&str, &str)]) -> Response {
    let mut target = ask.redirect_uri.clone();
    target
        .query_pairs_mut()
        .extend_pairs(fields)
        .extend_pairs(ask.state.iter().map(|state| ("state", state)));
    Response::text(303, "")
        .with_header("location", target.to_string())
        .with_header("cache-control", "no-store")
}
