//! Against the stand-in platform over HTTP: both dialects, all calls, and what goes wrong with them.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use desk_model::{
    AmountState, Clock, Dialect, GatewayApp, MallType, OrderSn, OrderStatus, Page, Resource,
    Secret, Shop, ShopId, UnixSeconds,
};
use desk_sandbox::{
    Dialect as Wire, Fault, FaultKind, Request, Sandbox, SandboxOptions, Size, server,
};
use desk_temu::{
    Caller, Error, ErrorKind, Grant, HttpTransport, OrdersQuery, Platform, Priority, SystemClock,
    required_scope,
};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::scripted::{VirtualClock, app, shop};

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
    async fn new((dialect, wire): (Dialect, Wire)) -> Self {
        let options = SandboxOptions {
            size: Size {
                shops: 3,
                orders: 900,
            },
            ..SandboxOptions::new(7, server::wall_clock())
        };
        let sandbox = Arc::new(Sandbox::new(options));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
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

/// Reads page after page up to the total; gives the ids, sorted.
async fn all_pages<T, Reading: Future<Output = Result<Page<T>, Error>>>(
    read: impl Fn(u64) -> Reading,
    id: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 1.. {
        let page = read(number).await.unwrap();
        assert_eq!(page.unreadable, []);
        ids.extend(page.rows.iter().map(|row| id(&row.value)));
        if page.total.div_ceil(100) <= number {
            assert_eq!(ids.len() as u64, page.total);
            break;
        }
        assert_eq!(page.len(), 100);
    }
    sorted(ids)
}

#[tokio::test]
async fn every_read_pages_through_to_the_total() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let (platform, caller) = (&platform, &access.caller());
        let orders = all_pages(
            |number| async move { platform.orders_page(caller, &everything(number)).await },
            |order| order.order_sn.to_string(),
        );
        let orders = orders.await;
        assert_eq!(orders.len(), 300);
        assert_eq!(orders, stand.truth(0, Resource::Orders), "{dialect:?}");
        assert_eq!(
            platform.orders_total(caller, &everything(1)).await.unwrap(),
            300
        );

        let mut products = Vec::new();
        for pass in platform.product_passes() {
            let read = |number| async move { platform.products_page(caller, *pass, number).await };
            products.extend(all_pages(read, |product| product.product_id.to_string()).await);
        }
        assert!(!products.is_empty());
        assert_eq!(
            sorted(products),
            stand.truth(0, Resource::Products),
            "{dialect:?}"
        );

        let mut activities = Vec::new();
        for pass in platform.activity_passes() {
            let read =
                |number| async move { platform.activities_page(caller, *pass, number).await };
            activities.extend(all_pages(read, |activity| activity.activity_id.to_string()).await);
        }
        assert!(!activities.is_empty());
        let all = stand.truth(0, Resource::Activities);
        assert!(activities.iter().all(|id| all.contains(id)));
        assert!(
            dialect.0 == Dialect::Guide || sorted(activities) == all,
            "only the guide is asked for a span of time"
        );
    }
}

#[tokio::test]
async fn documented_statuses_partition_all_orders_but_those_of_unknown_status() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(1).await);
        let mut sum = 0;
        for status in platform.order_statuses() {
            let query = OrdersQuery {
                status: Some((*status).to_owned()),
                ..everything(1)
            };
            let page = platform
                .orders_page(&access.caller(), &query)
                .await
                .unwrap();
            assert!(
                page.rows
                    .iter()
                    .all(|row| row.value.platform_status == *status)
            );
            sum += page.total;
        }
        let mut unknown = 0;
        for number in 1..=3 {
            let page = platform
                .orders_page(&access.caller(), &everything(number))
                .await
                .unwrap();
            unknown += page
                .rows
                .iter()
                .filter(|row| row.value.status == OrderStatus::Unknown)
                .count() as u64;
        }
        assert_eq!(sum + unknown, 300, "{dialect:?}");
    }
}

#[tokio::test]
async fn products_and_activities_come_with_their_details() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(2).await);
        let products = platform
            .products_page(&access.caller(), platform.product_passes()[0], 1)
            .await
            .unwrap();
        let on_sale: Vec<_> = products
            .rows
            .iter()
            .map(|row| &row.value)
            .filter(|product| product.status == desk_model::ProductStatus::Active)
            .collect();
        assert!(!on_sale.is_empty());
        for sku in on_sale.iter().flat_map(|product| &product.skus) {
            assert!(
                sku.stock.is_some() && sku.spec.is_some(),
                "{dialect:?} {sku:?}"
            );
            assert_eq!(sku.price.as_ref().unwrap().currency.as_str(), "MXN");
        }
        let mut joined = 0;
        for pass in platform.activity_passes() {
            let page = platform
                .activities_page(&access.caller(), *pass, 1)
                .await
                .unwrap();
            for activity in page
                .rows
                .iter()
                .map(|row| &row.value)
                .filter(|activity| activity.joined)
            {
                joined += 1;
                assert!(
                    activity
                        .items
                        .iter()
                        .any(|item| item.activity_price.is_some()),
                    "{dialect:?} {activity:?}"
                );
            }
        }
        assert!(joined > 0);
    }
}

#[tokio::test]
async fn one_order_is_read_anew_with_its_amount() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let page = platform
            .orders_page(&access.caller(), &everything(1))
            .await
            .unwrap();
        let mut known = 0;
        for listed in page.rows.iter().take(20).map(|row| &row.value) {
            let order = platform
                .order(&access.caller(), &listed.order_sn)
                .await
                .unwrap()
                .value;
            assert_eq!(
                (&order.order_sn, &order.items, order.created_at),
                (&listed.order_sn, &listed.items, listed.created_at)
            );
            assert_eq!(
                order.total_amount.is_some(),
                order.amount_state == AmountState::Known
            );
            known += u32::from(order.amount_state == AmountState::Known);
        }
        assert!(known > 0, "{dialect:?}");
        let error = platform
            .order(&access.caller(), &OrderSn::new("PO-211-99999999999999999"))
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn a_consent_becomes_a_working_token() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let platform = stand.platform();
        let chosen: &[usize] = if dialect.0 == Dialect::Guide {
            &[1]
        } else {
            &[1, 0, 2]
        };
        let code = stand.consent(&platform, chosen);
        let grants = stand.exchange(&platform, &code).await.unwrap();
        let shops: Vec<_> = grants
            .iter()
            .map(|grant| grant.authorization.remote_id.clone())
            .collect();
        assert_eq!(
            shops,
            chosen
                .iter()
                .map(|index| stand.remote_id(*index))
                .collect::<Vec<_>>()
        );
        for grant in &grants {
            let told = platform.token_info(&grant.access_token).await.unwrap();
            assert_eq!(
                (&told.remote_id, &told.scopes),
                (&grant.authorization.remote_id, &grant.authorization.scopes)
            );
            assert!(grant.authorization.expires_at > Some(platform.server_now()));
            assert_eq!(grant.refresh_token.is_some(), platform.supports_refresh());
        }
        assert_eq!(
            stand.exchange(&platform, &code).await.unwrap_err().kind,
            ErrorKind::CodeRejected,
            "a code works once"
        );
    }
}

#[tokio::test]
async fn a_refresh_rotates_the_pair() {
    let stand = Stand::new(DIALECTS[0]).await;
    let platform = stand.platform();
    let old = stand.credentials().shops.remove(0);
    let old_refresh = Secret::new(old.refresh_token.unwrap());
    let pair = platform.refresh(&old_refresh).await.unwrap();
    assert_eq!(pair.authorization.remote_id, old.shop_id);
    assert!(pair.authorization.refresh_expires_at > pair.authorization.expires_at);
    platform.token_info(&pair.access_token).await.unwrap();
    let dead = platform
        .token_info(&Secret::new(old.access_token))
        .await
        .unwrap_err();
    assert_eq!(dead.kind, ErrorKind::TokenExpired);
    assert_eq!(
        platform.refresh(&old_refresh).await.unwrap_err().kind,
        ErrorKind::TokenExpired
    );
    platform
        .refresh(&pair.refresh_token.unwrap())
        .await
        .unwrap();
}

#[tokio::test]
async fn connections_are_tested_with_and_without_a_token() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        platform.test_app().await.unwrap();
        platform.test_connection(&access.caller()).await.unwrap();
        let wrong = stand.connect(&stand.app(), "made-up-wrong-secret", Arc::new(SystemClock));
        assert_eq!(
            wrong.test_app().await.unwrap_err().kind,
            ErrorKind::SignatureRejected
        );
        assert_eq!(
            wrong
                .test_connection(&access.caller())
                .await
                .unwrap_err()
                .kind,
            ErrorKind::SignatureRejected
        );
    }
}

#[tokio::test]
async fn dead_tokens_are_told_apart_as_far_as_the_platform_does() {
    for (dialect, expired, revoked) in [
        (
            DIALECTS[0],
            ErrorKind::TokenExpired,
            ErrorKind::TokenExpired,
        ),
        (
            DIALECTS[1],
            ErrorKind::TokenExpired,
            ErrorKind::TokenRevoked,
        ),
    ] {
        let stand = Stand::new(dialect).await;
        let (platform, first, second) = (
            stand.platform(),
            stand.access(0).await,
            stand.access(1).await,
        );
        stand
            .sandbox
            .expire_token(stand.wire, &stand.remote_id(0), server::wall_clock())
            .unwrap();
        stand
            .sandbox
            .revoke_token(stand.wire, &stand.remote_id(1))
            .unwrap();
        assert_eq!(
            platform
                .test_connection(&first.caller())
                .await
                .unwrap_err()
                .kind,
            expired
        );
        assert_eq!(
            platform
                .test_connection(&second.caller())
                .await
                .unwrap_err()
                .kind,
            revoked
        );
    }
}

#[tokio::test]
async fn a_missing_scope_says_so() {
    for (dialect, kind) in [
        (DIALECTS[0], ErrorKind::InvalidParameter),
        (DIALECTS[1], ErrorKind::ScopeMissing),
    ] {
        let stand = Stand::new(dialect).await;
        let (platform, access) = (stand.platform(), stand.access(0).await);
        let scope = required_scope(stand.dialect, Resource::Orders);
        assert!(access.shop.allows(scope));
        stand
            .sandbox
            .drop_scope(&stand.remote_id(0), scope)
            .unwrap();
        let error = platform
            .test_connection(&access.caller())
            .await
            .unwrap_err();
        assert_eq!(error.kind, kind, "the guide has no code of its own for it");
        assert!(error.message.contains(scope) && error.request_id.is_some());
        assert!(
            !stand.access(0).await.shop.allows(scope),
            "token info tells"
        );
    }
}

/// This computer's clock, but wrong.
struct Shifted(i64);

impl Clock for Shifted {
    fn now(&self) -> UnixSeconds {
        SystemClock.now() + self.0
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn i19_a_wrong_clock_does_not_matter() {
    for dialect in DIALECTS {
        for shift in [DAY, -3_600] {
            let stand = Stand::new(dialect).await;
            let access = stand.access(0).await;
            let platform = stand.connect(
                &stand.app(),
                &stand.credentials().app_secret,
                Arc::new(Shifted(shift)),
            );
            platform.test_connection(&access.caller()).await.unwrap();
            assert!((platform.clock_offset_seconds() + shift).abs() <= 2);
            assert!((platform.server_now() - SystemClock.now()).abs() <= 2);
        }
    }
}

#[tokio::test]
async fn a_wrong_region_says_so() {
    let stand = Stand::new(DIALECTS[1]).await;
    let (secret, us) = (stand.credentials().app_secret, stand.access(0).await);
    for (prefix, kind) in [("/us", None), ("/eu", Some(ErrorKind::WrongRegion))] {
        let elsewhere = GatewayApp {
            base_url: format!("{}{prefix}", stand.base_url),
            ..stand.app()
        };
        let platform = stand.connect(&elsewhere, &secret, Arc::new(SystemClock));
        assert_eq!(
            platform
                .test_connection(&us.caller())
                .await
                .err()
                .map(|error| error.kind),
            kind
        );
    }
    let foreign = GatewayApp {
        app_key: "made-up-app-key".to_owned(),
        ..stand.app()
    };
    let platform = stand.connect(&foreign, &secret, Arc::new(SystemClock));
    assert_eq!(
        platform.test_app().await.unwrap_err().kind,
        ErrorKind::WrongRegion
    );
}

#[tokio::test]
async fn other_kinds_of_shops_say_so() {
    let stand = Stand::new(DIALECTS[1]).await;
    let (platform, local) = (stand.platform(), stand.access(0).await);
    stand
        .sandbox
        .set_mall_type(&stand.remote_id(0), desk_sandbox::MallType::Full)
        .unwrap();
    assert_eq!(
        platform.token_info(&local.token).await.unwrap_err().kind,
        ErrorKind::FullManaged
    );
    assert_eq!(
        platform
            .test_connection(&local.caller())
            .await
            .unwrap_err()
            .kind,
        ErrorKind::FullManaged
    );

    stand
        .sandbox
        .set_mall_type(&stand.remote_id(0), desk_sandbox::MallType::Semi)
        .unwrap();
    let semi = stand.access(0).await;
    assert_eq!(semi.shop.mall_type, MallType::SemiManaged);
    platform.test_connection(&semi.caller()).await.unwrap();
    let products = platform
        .products_page(&semi.caller(), platform.product_passes()[0], 1)
        .await;
    assert_eq!(products.unwrap_err().kind, ErrorKind::ShopTypeUnsupported);
}

#[tokio::test]
async fn faults_on_the_way_are_waited_out() {
    for dialect in DIALECTS {
        let stand = Stand::new(dialect).await;
        let access = stand.access(0).await;
        let busy = if dialect.0 == Dialect::Guide {
            5001
        } else {
            4_000_004
        };
        let kinds = [
            FaultKind::Malformed,
            FaultKind::Empty,
            FaultKind::AnswerLost,
            FaultKind::Status {
                status: 503,
                retry_after: None,
            },
            FaultKind::Status {
                status: 429,
                retry_after: Some("11".to_owned()),
            },
            FaultKind::BusinessError { code: busy },
        ];
        for kind in kinds {
            let clock = Arc::new(VirtualClock::new());
            let platform = stand.connect(
                &stand.app(),
                &stand.credentials().app_secret,
                Arc::clone(&clock) as _,
            );
            platform.test_connection(&access.caller()).await.unwrap();
            stand.sandbox.set_faults(vec![Fault {
                kind: kind.clone(),
                times: 2,
                call: None,
            }]);
            platform.test_connection(&access.caller()).await.unwrap();
            assert_eq!(clock.long_waits().len(), 2, "{kind:?}");
        }
        stand.sandbox.set_faults(vec![Fault {
            kind: FaultKind::IpNotAllowed,
            times: 1,
            call: None,
        }]);
        let error = stand
            .platform()
            .test_connection(&access.caller())
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::IpNotAllowed);
    }
}
