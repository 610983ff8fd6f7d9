//! Answers of the stand-in to every call, recorded, cut down to two rows, and played back changed.

use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use desk_model::{
    Authorization, Dialect, Fetched, GatewayApp, OrderSn, Page, Secret, Shop, ShopId,
};
use desk_sandbox::{Dialect as Wire, Request, Sandbox, SandboxOptions};
use desk_temu::{
    Caller, Error, Grant, HttpRequest, HttpResponse, OrdersQuery, Platform, Priority, Transport,
    TransportError,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    answers::http,
    scripted::{APP_SECRET, START, VirtualClock, app, shop},
};

const BASE_URL: &str = "https://relay.example";
const REDIRECT: &str = "http://127.0.0.1:8123/oauth/callback";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What is asked of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Orders,
    OrdersTotal,
    Order,
    Products,
    /// By the place of their pass.
    Activities(usize),
    TokenInfo,
    Exchange,
    Refresh,
}

/// What came of it, as JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) rows: Vec<Value>,
    pub(crate) raws: Vec<String>,
    pub(crate) unreadable: Vec<String>,
}

/// One answer of each call, by the call's name, and the shop that asks.
pub(crate) struct Samples {
    pub(crate) answers: HashMap<String, Value>,
    texts: Arc<HashMap<String, String>>,
    app: GatewayApp,
    shop: Shop,
}

/// Passes calls on to the stand-in and keeps the last answer to each.
struct Recorder {
    sandbox: Sandbox,
    answers: Mutex<HashMap<String, Value>>,
}

#[async_trait]
impl Transport for Recorder {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let path = request.url.path();
        let answer = self
            .sandbox
            .handle(&Request::post(path, request.body.clone()), START.0);
        let body = serde_json::from_slice(&answer.body).unwrap();
        self.answers
            .lock()
            .unwrap()
            .entry(call_name(request))
            .and_modify(|known| keep_richer(known, &body))
            .or_insert(body);
        Ok(http(answer.status, answer.body))
    }
}

fn keep_richer(known: &mut Value, new: &Value) {
    if richness(new) > richness(known) {
        *known = new.clone();
    }
}

/// How much it tells: a long text is not more than a short one.
fn richness(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(richness).sum(),
        Value::Array(items) => items.iter().map(richness).sum(),
        Value::Null => 0,
        _ => 1,
    }
}

/// Plays answers back, one of them changed.
struct Replay {
    recorded: Arc<HashMap<String, String>>,
    changed: String,
    body: String,
}

#[async_trait]
impl Transport for Replay {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let name = call_name(request);
        let body = if name == self.changed {
            &self.body
        } else {
            &self.recorded[&name]
        };
        Ok(http(200, body.clone()))
    }
}

fn call_name(request: &HttpRequest) -> String {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let path = request.url.path().trim_start_matches('/');
    match (&body["type"], &body["grant_type"]) {
        (Value::String(name), _) => name.clone(),
        (_, Value::String(grant_type)) => format!("{path} {grant_type}"),
        _ => path.to_owned(),
    }
}

impl Samples {
    /// Makes every call once against the stand-in.
    pub(crate) async fn record(dialect: Dialect) -> Self {
        let sandbox = Sandbox::new(SandboxOptions::new(7, START.0));
        let credentials = sandbox.credentials(BASE_URL);
        let (wire, credentials) = match dialect {
            Dialect::Guide => (Wire::Guide, credentials.guide),
            Dialect::OpenPlatform => (Wire::OpenPlatform, credentials.open_platform),
        };
        let recorder = Arc::new(Recorder {
            sandbox,
            answers: Mutex::default(),
        });
        let mut app = app(dialect);
        (app.base_url, app.app_key) = (BASE_URL.to_owned(), credentials.app_key);
        let platform = Platform::new(
            &app,
            Secret::new(credentials.app_secret),
            Arc::clone(&recorder) as _,
            Arc::new(VirtualClock::new()),
            1_000,
        );
        // The first shop is one that may read amounts.
        let seller = &credentials.shops[0];
        let token = Secret::new(seller.access_token.clone());
        let told = platform.token_info(&token).await.unwrap();
        let shop = Shop {
            shop_id: ShopId::from_parts(app.gateway, &told.remote_id),
            region: told.region,
            scopes: told.scopes,
            ..shop(dialect)
        };
        let mut samples = Self {
            answers: HashMap::new(),
            texts: Arc::default(),
            app,
            shop,
        };
        let mut asked = vec![Ask::Orders, Ask::Products];
        asked.extend((0..platform.activity_passes().len()).map(Ask::Activities));
        for ask in asked {
            samples.ask_with(&platform, &token, ask).await.unwrap();
        }
        let truth = recorder.sandbox.truth(wire, &seller.shop_id, START.0);
        for order in truth.unwrap().orders.iter().take(20) {
            let number = order.pointer("/parentOrderMap/parentOrderSn");
            let number = number.unwrap_or(&order["order_sn"]).as_str().unwrap();
            platform
                .order(&samples.caller(&token), &OrderSn::new(number))
                .await
                .unwrap();
        }
        let code = consent(&recorder.sandbox, &platform, &seller.shop_id);
        let verifier = Secret::new(VERIFIER);
        let grants = platform
            .exchange_code(&code, REDIRECT, Some(&verifier))
            .await
            .unwrap();
        if let Some(refresh_token) = &grants[0].refresh_token {
            platform.refresh(refresh_token).await.unwrap();
        }
        samples.answers = recorder.answers.lock().unwrap().clone();
        samples.answers.values_mut().for_each(shorten);
        let texts = samples.answers.iter();
        samples.texts = Arc::new(
            texts
                .map(|(name, answer)| (name.clone(), answer.to_string()))
                .collect(),
        );
        samples
    }

    /// Asks, where one call is answered by that body and the others as recorded.
    pub(crate) async fn ask(&self, ask: Ask, call: &str, body: String) -> Result<Told, Error> {
        let replay = Replay {
            recorded: Arc::clone(&self.texts),
            changed: call.to_owned(),
            body,
        };
        let platform = Platform::new(
            &self.app,
            Secret::new(APP_SECRET),
            Arc::new(replay),
            Arc::new(VirtualClock::new()),
            1_000,
        );
        self.ask_with(&platform, &Secret::new("made-up-token"), ask)
            .await
    }

    fn caller<'a>(&'a self, token: &'a Secret) -> Caller<'a> {
        Caller {
            shop: &self.shop,
            access_token: token,
            priority: Priority::Foreground,
        }
    }

    async fn ask_with(&self, platform: &Platform, token: &Secret, ask: Ask) -> Result<Told, Error> {
        let caller = self.caller(token);
        let query = OrdersQuery {
            start: START - 400 * 86_400,
            end: START,
            page: 1,
            status: None,
        };
        let secret = Secret::new("made-up-word");
        Ok(match ask {
            Ask::Orders => page(platform.orders_page(&caller, &query).await?),
            Ask::OrdersTotal => one(json!(platform.orders_total(&caller, &query).await?)),
            Ask::Order => fetched(platform.order(&caller, &OrderSn::new("made-up")).await?),
            Ask::Products => page(
                platform
                    .products_page(&caller, platform.product_passes()[0], 1)
                    .await?,
            ),
            Ask::Activities(place) => {
                let pass = platform.activity_passes()[place];
                page(platform.activities_page(&caller, pass, 1).await?)
            }
            Ask::TokenInfo => one(authorization(&platform.token_info(token).await?)),
            Ask::Exchange => Told {
                rows: platform
                    .exchange_code(&secret, REDIRECT, Some(&secret))
                    .await?
                    .iter()
                    .map(grant)
                    .collect(),
                ..Told::default()
            },
            Ask::Refresh => one(grant(&platform.refresh(&secret).await?)),
        })
    }
}

fn one(row: Value) -> Told {
    Told {
        rows: vec![row],
        ..Told::default()
    }
}

fn fetched<T: Serialize>(row: Fetched<T>) -> Told {
    Told {
        rows: vec![json!(row.value)],
        raws: vec![row.raw],
        unreadable: Vec::new(),
    }
}

fn page<T: Serialize>(page: Page<T>) -> Told {
    assert!(page.unreadable.iter().all(|row| !row.reason.is_empty()));
    let (rows, raws) = page
        .rows
        .into_iter()
        .map(|row| (json!(row.value), row.raw))
        .unzip();
    Told {
        rows,
        raws,
        unreadable: page.unreadable.into_iter().map(|row| row.raw).collect(),
    }
}

fn authorization(authorization: &Authorization) -> Value {
    json!(authorization)
}

fn grant(grant: &Grant) -> Value {
    json!({
        "access_token": grant.access_token.expose(),
        "refresh_token": grant.refresh_token.as_ref().map(Secret::expose),
        "authorization": authorization(&grant.authorization),
    })
}

/// Leaves two rows of a list, the one that tells most first, and two of each list inside.
fn shorten(answer: &mut Value) {
    match answer {
        Value::Array(items) => {
            items.sort_by_key(|item| Reverse(richness(item)));
            items.truncate(2);
            items.iter_mut().for_each(shorten);
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                match name.as_str() {
                    "total" | "totalItemNum" => *field = json!(2),
                    "scopes" | "apiScopeList" => {}
                    _ => shorten(field),
                }
            }
        }
        _ => {}
    }
}

/// Approves on the consent page, as the seller does, and gives the code of the redirect.
fn consent(sandbox: &Sandbox, platform: &Platform, shop: &str) -> Secret {
    let challenge = platform.supports_pkce().then_some(CHALLENGE);
    let page = platform
        .authorization_url(REDIRECT, &Secret::new("made-up-state"), challenge)
        .unwrap();
    let form = format!(
        "{}&shop_id={shop}&decision=authorize",
        page.query().unwrap()
    );
    let answer = sandbox.handle(&Request::post(page.path(), form), START.0);
    let location: url::Url = answer.header("location").unwrap().parse().unwrap();
    let code = location
        .query_pairs()
        .find(|(key, _)| key == "code")
        .unwrap()
        .1;
    Secret::new(code.into_owned())
}
