//! Against the stand-in platform over HTTP, in both dialects.

mod complaints;
mod reads;
mod refusals;
mod roads;
mod tokens;
mod weight;
mod wire;

use std::sync::Arc;

use desk_model::{Clock, Dialect, GatewayApp, Resource, Secret, Shop, ShopId, UnixSeconds};
use desk_sandbox::{Dialect as Wire, Request, Sandbox, SandboxOptions, Size, server};
use desk_temu::{
    Caller, Error, Grant, HttpTransport, OrdersQuery, Platform, Priority, SystemClock,
};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::scripted::{app, shop};

const DIALECTS: [(Dialect, Wire); 2] = [
    (Dialect::Guide, Wire::Guide),
    (Dialect::OpenPlatform, Wire::OpenPlatform),
];
const REDIRECT: &str = "http://127.0.0.1:8123/oauth/callback";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const DAY: i64 = 86_400;

/// A running stand-in, seen through one dialect.
struct Stand {
    sandbox: Arc<Sandbox>,
    dialect: Dialect,
    wire: Wire,
    base_url: String,
}

/// A shop with its token, as after an authorization.
struct Access {
    shop: Shop,
    token: Secret,
}

impl Access {
    fn caller(&self) -> Caller<'_> {
        Caller {
            shop: &self.shop,
            access_token: &self.token,
            priority: Priority::Foreground,
        }
    }
}

impl Stand {
    async fn new(dialect: (Dialect, Wire)) -> Self {
        Self::at("127.0.0.1:0", dialect).await
    }

    /// Listens at an address of this computer.
    async fn at(address: &str, (dialect, wire): (Dialect, Wire)) -> Self {
        let options = SandboxOptions {
            size: Size {
                shops: 3,
                orders: 900,
            },
            ..SandboxOptions::new(7, server::wall_clock())
        };
        let sandbox = Arc::new(Sandbox::new(options));
        let listener = TcpListener::bind(address).await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(server::serve(
            Arc::clone(&sandbox),
            listener,
            server::wall_clock,
        ));
        Self {
            sandbox,
            dialect,
            wire,
            base_url,
        }
    }

    fn credentials(&self) -> desk_sandbox::AppCredentials {
        let credentials = self.sandbox.credentials(&self.base_url);
        match self.wire {
            Wire::Guide => credentials.guide,
            Wire::OpenPlatform => credentials.open_platform,
        }
    }

    fn app(&self) -> GatewayApp {
        GatewayApp {
            base_url: self.base_url.clone(),
            app_key: self.credentials().app_key,
            ..app(self.dialect)
        }
    }

    fn connect(&self, app: &GatewayApp, app_secret: &str, clock: Arc<dyn Clock>) -> Platform {
        let transport = Arc::new(HttpTransport::new(None).unwrap());
        Platform::new(app, Secret::new(app_secret), transport, clock, 1_000)
    }

    fn platform(&self) -> Platform {
        self.connect(
            &self.app(),
            &self.credentials().app_secret,
            Arc::new(SystemClock),
        )
    }

    fn remote_id(&self, index: usize) -> String {
        self.credentials().shops[index].shop_id.clone()
    }

    async fn access(&self, index: usize) -> Access {
        let token = Secret::new(self.credentials().shops[index].access_token.clone());
        let told = self.platform().token_info(&token).await.unwrap();
        let shop_id = ShopId::from_parts(self.app().gateway, &told.remote_id);
        let shop = Shop {
            shop_id,
            region: told.region,
            mall_type: told.mall_type,
            scopes: told.scopes,
            ..shop(self.dialect)
        };
        Access { shop, token }
    }

    /// The value of a field in every row that the platform has, sorted.
    fn truth(&self, index: usize, resource: Resource) -> Vec<String> {
        let now = server::wall_clock();
        let truth = self
            .sandbox
            .truth(self.wire, &self.remote_id(index), now)
            .unwrap();
        let (rows, pointer) = match (resource, self.dialect) {
            (Resource::Orders, Dialect::Guide) => (truth.orders, "/order_sn"),
            (Resource::Orders, Dialect::OpenPlatform) => {
                (truth.orders, "/parentOrderMap/parentOrderSn")
            }
            (Resource::Products, Dialect::Guide) => (truth.products, "/product_id"),
            (Resource::Products, Dialect::OpenPlatform) => (truth.products, "/goodsId"),
            (Resource::Activities, Dialect::Guide) => (truth.activities, "/activity_id"),
            (Resource::Activities, Dialect::OpenPlatform) => (truth.activities, "/activityId"),
        };
        let ids = rows.iter().map(|row| match row.pointer(pointer) {
            Some(Value::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => panic!("a row without {pointer}"),
        });
        sorted(ids.collect())
    }

    /// Approves on the consent page, as the seller does, and gives the code of the redirect.
    fn consent(&self, platform: &Platform, indexes: &[usize]) -> Secret {
        let challenge = platform.supports_pkce().then_some(CHALLENGE);
        let page = platform
            .authorization_url(REDIRECT, &Secret::new("made-up-state"), challenge)
            .unwrap();
        assert!(page.as_str().starts_with(&self.base_url));
        let chosen: String = indexes
            .iter()
            .map(|index| format!("&shop_id={}", self.remote_id(*index)))
            .collect();
        let form = format!("{}{chosen}&decision=authorize", page.query().unwrap());
        let answer = self
            .sandbox
            .handle(&Request::post(page.path(), form), server::wall_clock());
        let location: url::Url = answer
            .header("location")
            .expect("a redirect")
            .parse()
            .unwrap();
        let field = |name: &str| {
            location
                .query_pairs()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        assert_eq!(field("state").as_deref(), Some("made-up-state"));
        Secret::new(field("code").unwrap())
    }

    async fn exchange(&self, platform: &Platform, code: &Secret) -> Result<Vec<Grant>, Error> {
        platform
            .exchange_code(code, REDIRECT, Some(&Secret::new(VERIFIER)))
            .await
    }
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

fn everything(page: u64) -> OrdersQuery {
    OrdersQuery {
        start: UnixSeconds(1),
        end: UnixSeconds(server::wall_clock() + DAY),
        page,
        status: None,
    }
}
