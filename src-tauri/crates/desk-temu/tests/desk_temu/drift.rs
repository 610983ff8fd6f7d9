//! Schema drift: whatever becomes of a field, no page is lost, no row that need not be, and no id or amount becomes another one.

mod changes;
mod expectations;
mod samples;

use std::sync::LazyLock;

use desk_model::Dialect;
use desk_temu::Error;
use proptest::prelude::*;
use serde_json::Value;
use tokio::runtime::Runtime;

use self::{
    changes::{Change, every_change, places, text},
    expectations::check,
    samples::{Ask, Samples, Told},
};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
});

/// A question, and which call's answer to it drifts.
struct Case {
    samples: Samples,
    ask: Ask,
    call: &'static str,
    /// Where the answer's rows are, as a JSON pointer; none where it is one thing.
    rows: Option<&'static str>,
}

/// What a change did.
enum Outcome {
    Told(Told),
    Refused(Error),
}

impl Case {
    fn new(dialect: Dialect, ask: Ask, call: &'static str, rows: Option<&'static str>) -> Self {
        let samples = RUNTIME.block_on(Samples::record(dialect));
        Self {
            samples,
            ask,
            call,
            rows,
        }
    }

    fn sample(&self) -> &Value {
        &self.samples.answers[self.call]
    }

    fn told(&self, changes: &[(&str, &Change)]) -> Outcome {
        let body = text(self.sample(), changes);
        match RUNTIME.block_on(self.samples.ask(self.ask, self.call, body)) {
            Ok(told) => Outcome::Told(told),
            Err(error) => Outcome::Refused(error),
        }
    }

    fn undisturbed(&self) -> Told {
        match self.told(&[]) {
            Outcome::Told(told) => told,
            Outcome::Refused(error) => panic!("{}: {error:?}", self.call),
        }
    }
}

#[test]
fn i13_guide_orders() {
    check(
        &Case::new(
            Dialect::Guide,
            Ask::Orders,
            "order/list",
            Some("/data/orders"),
        ),
        "error_code data data.total data.orders data.orders[].order_sn data.orders[].created_at \
            data.orders[].items[].quantity",
        "data.orders[] data.orders[].items data.orders[].items[]",
    );
}

#[test]
fn i13_guide_orders_total() {
    check(
        &Case::new(Dialect::Guide, Ask::OrdersTotal, "order/list", None),
        "error_code data data.total data.orders",
        "",
    );
}

#[test]
fn i13_guide_order_detail() {
    check(
        &Case::new(Dialect::Guide, Ask::Order, "order/detail", None),
        "error_code data data.order_sn data.created_at data.items[].quantity",
        "data.items data.items[]",
    );
}

#[test]
fn i13_guide_products() {
    check(
        &Case::new(
            Dialect::Guide,
            Ask::Products,
            "product/list",
            Some("/data/products"),
        ),
        "error_code data data.total data.products data.products[].product_id data.products[].skus[].sku_id",
        "data.products[] data.products[].skus data.products[].skus[]",
    );
}

#[test]
fn i13_guide_activities() {
    check(
        &Case::new(
            Dialect::Guide,
            Ask::Activities(0),
            "activity/list",
            Some("/data/activities"),
        ),
        "error_code data data.total data.activities data.activities[].activity_id \
            data.activities[].items[].product_id",
        "data.activities[] data.activities[].items data.activities[].items[]",
    );
}

#[test]
fn i13_guide_token_info() {
    check(
        &Case::new(Dialect::Guide, Ask::TokenInfo, "shop/info", None),
        "error_code data data.shop_id",
        "data.scopes",
    );
}

#[test]
fn i13_guide_code_exchange() {
    check(
        &Case::new(
            Dialect::Guide,
            Ask::Exchange,
            "oauth/token authorization_code",
            None,
        ),
        "error_code data data.access_token data.shop_id",
        "",
    );
}

#[test]
fn i13_guide_refresh() {
    check(
        &Case::new(
            Dialect::Guide,
            Ask::Refresh,
            "oauth/token refresh_token",
            None,
        ),
        "error_code data data.access_token",
        "",
    );
}

#[test]
fn i13_open_platform_orders() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Orders,
            "bg.order.list.v2.get",
            Some("/result/pageItems"),
        ),
        "success result result.totalItemNum result.pageItems result.pageItems[].parentOrderMap \
            result.pageItems[].parentOrderMap.parentOrderSn result.pageItems[].parentOrderMap.parentOrderTime \
            result.pageItems[].orderList[].quantity",
        "result.pageItems[] result.pageItems[].orderList result.pageItems[].orderList[]",
    );
}

#[test]
fn i13_open_platform_orders_total() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::OrdersTotal,
            "bg.order.list.v2.get",
            None,
        ),
        "success result result.totalItemNum result.pageItems",
        "",
    );
}

#[test]
fn i13_open_platform_order_detail() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Order,
            "bg.order.detail.v2.get",
            None,
        ),
        "success result result.parentOrderMap result.parentOrderMap.parentOrderSn \
            result.parentOrderMap.parentOrderTime result.orderList[].quantity",
        "result.orderList result.orderList[]",
    );
}

#[test]
fn i13_open_platform_amounts() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Order,
            "bg.order.amount.query",
            None,
        ),
        "success result result.parentOrderMap",
        "",
    );
}

#[test]
fn i13_open_platform_products() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Products,
            "bg.local.goods.list.query",
            Some("/result/goodsList"),
        ),
        "success result result.total result.goodsList result.goodsList[].goodsId \
            result.goodsList[].skuInfoList[].skuId",
        "result.goodsList[] result.goodsList[].skuInfoList result.goodsList[].skuInfoList[]",
    );
}

#[test]
fn i13_open_platform_skus() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Products,
            "bg.local.goods.sku.list.query",
            None,
        ),
        "success result result.total result.skuList",
        "",
    );
}

#[test]
fn i13_open_platform_activities() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Activities(1),
            "bg.promotion.activity.query",
            Some("/result/activityList"),
        ),
        "success result result.total result.activityList result.activityList[].activityId",
        "result.activityList[]",
    );
}

#[test]
fn i13_open_platform_goods_of_activities() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Activities(1),
            "bg.promotion.activity.goods.query",
            None,
        ),
        "success result result.total result.goodsList result.goodsList[].goodsId",
        "result.goodsList[] result.goodsList[].skuList result.goodsList[].skuList[]",
    );
}

#[test]
fn i13_open_platform_token_info() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::TokenInfo,
            "bg.open.accesstoken.info.get",
            None,
        ),
        "success result result.mallId result.mallType",
        "result.apiScopeList",
    );
}

#[test]
fn i13_open_platform_code_exchange() {
    check(
        &Case::new(
            Dialect::OpenPlatform,
            Ask::Exchange,
            "bg.open.accesstoken.create",
            None,
        ),
        "success result result.accessToken result.mallId result.mallType",
        "",
    );
}

static PAGES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let (guide, open_platform) = (Dialect::Guide, Dialect::OpenPlatform);
    vec![
        Case::new(guide, Ask::Orders, "order/list", Some("/data/orders")),
        Case::new(guide, Ask::Products, "product/list", Some("/data/products")),
        Case::new(
            guide,
            Ask::Activities(0),
            "activity/list",
            Some("/data/activities"),
        ),
        Case::new(
            open_platform,
            Ask::Orders,
            "bg.order.list.v2.get",
            Some("/result/pageItems"),
        ),
        Case::new(
            open_platform,
            Ask::Products,
            "bg.local.goods.list.query",
            Some("/result/goodsList"),
        ),
        Case::new(
            open_platform,
            Ask::Activities(1),
            "bg.promotion.activity.query",
            Some("/result/activityList"),
        ),
    ]
});

proptest! {
    #[test]
    fn i13_any_mix_of_changes_costs_only_its_row(
        page in 0..PAGES.len(),
        chosen in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 2..8),
    ) {
        let case = &PAGES[page];
        let row = format!("{}/0/", case.rows.unwrap());
        let places: Vec<String> = places(case.sample()).into_iter().filter(|place| place.starts_with(&row)).collect();
        let all = every_change();
        let changes: Vec<_> = chosen.iter().map(|(place, change)| (place.get(&places).as_str(), change.get(&all))).collect();
        let undisturbed = case.undisturbed();
        match case.told(&changes) {
            Outcome::Refused(error) => prop_assert!(false, "{:?}", error),
            Outcome::Told(told) => {
                prop_assert_eq!(told.rows.len() + told.unreadable.len(), undisturbed.rows.len());
                prop_assert_eq!(told.rows.last(), undisturbed.rows.last());
            }
        }
    }
}
