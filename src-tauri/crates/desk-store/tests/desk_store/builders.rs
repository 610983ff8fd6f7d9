//! Test data, and a store in a folder of its own.

use std::{future::poll_fn, path::PathBuf, pin::pin, sync::LazyLock, task::Poll};

use desk_model::{
    Activity, ActivityId, ActivityItem, ActivityStatus, AmountState, Currency, Dialect, Fetched,
    Gateway, GatewayApp, GatewayAppId, ListQuery, MallType, Money, Order, OrderItem, OrderSn,
    OrderStatus, PageCounts, Product, ProductId, ProductStatus, Resource, Shop, ShopId, Sku, SkuId,
    TokenState, UnixSeconds,
};
use desk_store::{Access, CommittedPage, PageCommit, Rows, Store};
use tempfile::TempDir;

pub(crate) const NOW: UnixSeconds = UnixSeconds(1_750_000_000);

/// A store that is deleted with its folder at the end of the test.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        Self { store, folder }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("seller-desk.sqlite3")
    }

    /// A connection beside the store's own, to look at the tables themselves.
    pub(crate) fn sqlite(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file()).unwrap()
    }

    pub(crate) fn count(&self, table: &str) -> i64 {
        self.sqlite()
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap()
    }

    /// Commits orders of one shop as one page fetched at `NOW`.
    pub(crate) async fn put(&self, orders: &[Order]) {
        self.commit(orders, 0).await;
    }

    /// Commits orders of one shop as one page fetched so long after `NOW`.
    pub(crate) async fn commit(&self, orders: &[Order], after: i64) -> PageCounts {
        self.commit_orders(orders, after).await.counts
    }

    /// The same; answers the earliest time of change that moved.
    pub(crate) async fn oldest_move(&self, orders: &[Order], after: i64) -> Option<UnixSeconds> {
        self.commit_orders(orders, after).await.oldest_move
    }

    async fn commit_orders(&self, orders: &[Order], after: i64) -> CommittedPage {
        let rows = fetched(orders);
        let page = PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW + after)
        };
        self.store.commit_orders(&page).await.unwrap()
    }

    pub(crate) async fn list_orders(&self, query: &ListQuery) -> Vec<Order> {
        match self.store.list(query, NOW, None).await.unwrap() {
            Rows::Orders(orders) => orders,
            other => panic!("not orders: {other:?}"),
        }
    }

    /// Order numbers in the list, in its order.
    pub(crate) async fn order_sns(&self, query: &ListQuery) -> Vec<String> {
        self.list_orders(query)
            .await
            .iter()
            .map(|order| order.order_sn.to_string())
            .collect()
    }
}

pub(crate) fn all_orders() -> ListQuery {
    ListQuery::all(Resource::Orders)
}

pub(crate) fn empty_page<T>(shop_id: &ShopId, fetched_at: UnixSeconds) -> PageCommit<'_, T> {
    PageCommit {
        shop_id,
        run_id: None,
        rows: &[],
        unreadable: &[],
        fetched_at,
        checkpoint: None,
    }
}

pub(crate) fn counts(new: u64, changed: u64, unchanged: u64) -> PageCounts {
    PageCounts {
        new,
        changed,
        unchanged,
        quarantined: 0,
    }
}

pub(crate) fn fetched<T: Clone>(rows: &[T]) -> Vec<Fetched<T>> {
    rows.iter()
        .map(|row| Fetched {
            value: row.clone(),
            raw: r#"{"made":"up"}"#.to_owned(),
        })
        .collect()
}

/// The shop of all test data that names none.
pub(crate) static SHOP: LazyLock<ShopId> = LazyLock::new(|| ShopId::new("us:635500000000001"));

pub(crate) fn shop_id() -> ShopId {
    SHOP.clone()
}

pub(crate) fn shop(id: &ShopId) -> Shop {
    Shop {
        shop_id: id.clone(),
        app: GatewayAppId(1),
        name: format!("Shop {id}"),
        region: Some("US".to_owned()),
        mall_type: MallType::Local,
        scopes: vec!["bg.order.list.v2.get".to_owned()],
        expires_at: Some(NOW + 3600),
        refresh_expires_at: None,
        token_state: TokenState::Valid,
        credentials_version: 1,
        authorized_at: NOW,
    }
}

pub(crate) fn app() -> GatewayApp {
    GatewayApp {
        id: GatewayAppId(0),
        gateway: Gateway::Custom,
        dialect: Dialect::Guide,
        base_url: "http://127.0.0.1:8080".to_owned(),
        app_key: "made-up-key".to_owned(),
        redirect_uri: None,
        proxy: None,
    }
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::new("USD").unwrap())
}

pub(crate) fn order(sn: &str) -> Order {
    Order {
        order_sn: OrderSn::new(sn),
        shop_id: shop_id(),
        status: OrderStatus::Unshipped,
        platform_status: "2".to_owned(),
        currency: Some(Currency::new("USD").unwrap()),
        total_amount: Some(usd(1299)),
        amount_state: AmountState::Known,
        created_at: NOW - 86_400,
        ship_by: Some(NOW + 86_400 * 3),
        shipped_at: None,
        delivered_at: None,
        updated_at: Some(NOW - 600),
        items: vec![item("Demo mug")],
        labels: vec!["soon_to_be_overdue".to_owned()],
    }
}

pub(crate) fn item(name: &str) -> OrderItem {
    OrderItem {
        line_sn: Some("211-00000000000000002".to_owned()),
        sku_id: Some(SkuId::new("17590000000001")),
        product_id: Some(ProductId::new("601000000000001")),
        ext_code: Some("MUG-BLUE".to_owned()),
        name: name.to_owned(),
        spec: Some("Blue / 1pc".to_owned()),
        image_url: Some("https://img.example/1.jpg".to_owned()),
        quantity: 2,
        unit_price: Some(usd(649)),
    }
}

pub(crate) fn product(id: &str, name: &str) -> Product {
    Product {
        product_id: ProductId::new(id),
        shop_id: shop_id(),
        name: name.to_owned(),
        ext_code: Some("MUG".to_owned()),
        status: ProductStatus::Active,
        platform_status: "1".to_owned(),
        category: Some("Kitchen".to_owned()),
        image_url: Some("https://img.example/product.jpg".to_owned()),
        price: Some(usd(899)),
        stock: Some(12),
        created_at: Some(NOW - 1000),
        updated_at: None,
        skus: vec![Sku {
            sku_id: SkuId::new("17590000000001"),
            ext_code: Some("MUG-BLUE".to_owned()),
            spec: Some("Blue".to_owned()),
            price: Some(usd(899)),
            stock: Some(12),
        }],
    }
}

pub(crate) fn activity(id: &str, name: &str) -> Activity {
    Activity {
        activity_id: ActivityId::new(id),
        shop_id: shop_id(),
        name: name.to_owned(),
        activity_type: "lightning_deal".to_owned(),
        status: ActivityStatus::Running,
        platform_status: "3".to_owned(),
        start_time: Some(NOW - 100),
        end_time: Some(NOW + 100),
        enroll_deadline: None,
        joined: true,
        updated_at: None,
        items: vec![ActivityItem {
            product_id: ProductId::new("601000000000001"),
            sku_id: None,
            activity_price: Some(usd(500)),
            quantity: Some(10),
            remaining: Some(4),
        }],
    }
}

/// Drives a future through its first `steps` waits and then drops it; `true` if it ended before.
pub(crate) async fn give_up_after(steps: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    let mut waits = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if waits == steps => Poll::Ready(false),
        Poll::Pending => {
            waits += 1;
            Poll::Pending
        }
    })
    .await
}

/// The numbers of orders, in their order.
pub(crate) fn sns(rows: Rows) -> Vec<String> {
    match rows {
        Rows::Orders(orders) => orders
            .iter()
            .map(|order| order.order_sn.to_string())
            .collect(),
        other => panic!("not orders: {other:?}"),
    }
}

/// Numbers by chance, the same in each run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
