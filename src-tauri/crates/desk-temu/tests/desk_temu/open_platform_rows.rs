//! The open platform's rows as rows of ours.

use desk_model::{
    ActivityStatus, AmountState, Currency, Dialect, MallType, Money, Order, OrderStatus, Page,
    Product, ProductStatus, Resource, UnixSeconds,
};
use desk_temu::{ErrorKind, HttpResponse, OrdersQuery, Priority};
use serde_json::{Value, json};

use crate::{
    answers::{open_platform, open_platform_error},
    scripted::{START, Scripted},
};

fn money(minor: i64, currency: &str) -> Money {
    Money::new(minor, Currency::new(currency).unwrap())
}

pub(crate) fn order_sample() -> Value {
    json!({"parentOrderMap": {"parentOrderSn": "PO-211-00000000000000001", "parentOrderStatus": 5, "parentOrderTime": 1750000000,
            "expectShipLatestTime": 1750180000, "latestDeliveryTime": 1750780000, "parentShippingTime": 1750100000,
            "updateTime": 1750500000, "siteId": 100, "regionId": 211,
            "parentOrderLabel": [{"name": "soon_to_be_overdue", "value": 0}, {"name": "past_due", "value": 1}]},
        "orderList": [{"orderSn": "211-00000000000000002", "orderStatus": 5, "goodsId": 601000000000001_i64,
            "skuId": "17590000000001", "goodsName": "Demo mug", "spec": "Blue / 1pc", "quantity": 1, "originalOrderQuantity": 2,
            "thumbUrl": "https://img.example/1.jpg", "productList": [{"productId": 3000000001_i64, "extCode": "MUG-BLUE"}]}]})
}

pub(crate) fn product_sample() -> Value {
    json!({"goodsId": 601000000000001_i64, "goodsName": "Demo mug", "outGoodsSn": "MUG", "thumbUrl": "https://img.example/1.jpg",
        "status4VO": 1, "goodsShowSubStatus": 2001, "currency": "USD", "price": "12.99",
        "retailPrice": {"amount": "12.99", "currency": "USD"}, "quantity": 35, "catId": 10001, "skuIdList": [17590000000001_i64],
        "skuInfoList": [{"skuId": 17590000000001_i64, "skuSn": "MUG-BLUE", "specList": [{"specId": 11}]}], "crtTime": 1749000000,
        "goodsStatusChangeTime": "1749500000000"})
}

pub(crate) fn activity_sample() -> Value {
    json!({"activityId": 9000000000123_i64, "activityName": "Summer lightning", "activityType": 2, "activityStatus": 2,
        "activityStartTime": 1750000000, "activityEndTime": 1750604800, "isJoinedActivity": true})
}

async fn orders(rows: Value) -> Page<Order> {
    let scripted = Scripted::new(
        Dialect::OpenPlatform,
        [Ok(open_platform(
            json!({"totalItemNum": rows.as_array().map_or(0, Vec::len), "pageItems": rows}),
        ))],
    );
    let query = OrdersQuery {
        start: START - 60,
        end: START,
        page: 1,
        status: None,
    };
    scripted
        .platform
        .orders_page(&scripted.caller(Priority::Foreground), &query)
        .await
        .unwrap()
}

async fn one_order(row: Value) -> Order {
    orders(json!([row]))
        .await
        .rows
        .into_iter()
        .next()
        .expect("the row can be read")
        .value
}

/// Reads one order anew, with or without the right to read amounts.
async fn detail(amounts_allowed: bool, answers: Vec<HttpResponse>) -> (Order, Vec<Value>) {
    let mut scripted = Scripted::new(Dialect::OpenPlatform, answers.into_iter().map(Ok));
    if amounts_allowed {
        scripted
            .shop
            .scopes
            .push("bg.order.amount.query".to_owned());
    }
    let number = desk_model::OrderSn::new("PO-211-00000000000000001");
    let order = scripted
        .platform
        .order(&scripted.caller(Priority::Foreground), &number)
        .await
        .unwrap();
    (order.value, scripted.requests())
}

async fn products(pass: usize, answers: Vec<HttpResponse>) -> (Page<Product>, Vec<Value>) {
    let scripted = Scripted::new(Dialect::OpenPlatform, answers.into_iter().map(Ok));
    let pass = scripted.platform.product_passes()[pass];
    let page = scripted
        .platform
        .products_page(&scripted.caller(Priority::Background), pass, 1)
        .await
        .unwrap();
    (page, scripted.requests())
}

fn goods(rows: Value) -> HttpResponse {
    open_platform(json!({"pageNo": 1, "total": 1, "goodsList": rows}))
}

fn skus(rows: Value) -> HttpResponse {
    let total = rows.as_array().map_or(0, Vec::len);
    open_platform(json!({"pageNo": 1, "total": total, "skuList": rows}))
}

#[tokio::test]
async fn an_order_is_read_whole() {
    let order = one_order(order_sample()).await;
    assert_eq!(order.order_sn.as_str(), "PO-211-00000000000000001");
    assert_eq!(
        (order.status, order.platform_status.as_str()),
        (OrderStatus::Delivered, "5")
    );
    assert_eq!(
        (order.created_at, order.updated_at),
        (UnixSeconds(1750000000), Some(UnixSeconds(1750500000)))
    );
    assert_eq!(
        (order.ship_by, order.shipped_at),
        (Some(UnixSeconds(1750180000)), Some(UnixSeconds(1750100000)))
    );
    assert_eq!(order.delivered_at, order.updated_at, "not the deadline");
    assert_eq!(
        (order.total_amount.clone(), order.amount_state),
        (None, AmountState::NotAuthorized)
    );
    assert_eq!(order.currency, Some(Currency::new("USD").unwrap()));
    assert_eq!(order.labels, ["past_due"]);
    let item = &order.items[0];
    assert_eq!(item.line_sn.as_deref(), Some("211-00000000000000002"));
    assert_eq!(
        item.product_id.as_ref().unwrap().as_str(),
        "601000000000001"
    );
    assert_eq!(item.sku_id.as_ref().unwrap().as_str(), "17590000000001");
    assert_eq!(
        (item.ext_code.as_deref(), item.quantity),
        (Some("MUG-BLUE"), 1)
    );
}

#[tokio::test]
async fn every_status_has_its_number() {
    for (number, status) in [
        (1, OrderStatus::Pending),
        (2, OrderStatus::Unshipped),
        (3, OrderStatus::Canceled),
        (4, OrderStatus::Shipped),
        (5, OrderStatus::Delivered),
        (41, OrderStatus::PartiallyShipped),
        (51, OrderStatus::PartiallyDelivered),
        (6, OrderStatus::Unknown),
    ] {
        let mut row = order_sample();
        row["parentOrderMap"]["parentOrderStatus"] = json!(number);
        let order = one_order(row).await;
        assert_eq!(
            (order.status, order.platform_status),
            (status, number.to_string())
        );
        assert_eq!(
            order.delivered_at.is_some(),
            status == OrderStatus::Delivered
        );
    }
}

#[tokio::test]
async fn currencies_follow_the_region_where_that_is_certain() {
    for (region, site, currency) in [
        (json!(211), json!(100), Some("USD")),
        (json!("76"), json!(105), Some("EUR")),
        (json!(100), json!(130), Some("JPY")),
        (json!(128), json!(null), Some("MXN")),
        (json!(185), json!(null), Some("KRW")),
        (json!(210), json!(null), Some("GBP")),
        (json!(null), json!(105), Some("EUR")),
        (json!(2), json!(7), None),
        (json!(null), json!(null), None),
    ] {
        let mut row = order_sample();
        row["parentOrderMap"]["regionId"] = region;
        row["parentOrderMap"]["siteId"] = site;
        assert_eq!(
            one_order(row)
                .await
                .currency
                .map(|code| code.as_str().to_owned())
                .as_deref(),
            currency
        );
    }
}

#[tokio::test]
async fn i13_lists_may_be_null_and_rows_bare() {
    assert!(orders(json!(null)).await.is_empty());
    let bare = one_order(json!({"parentOrderMap": {"parentOrderSn": "PO-1", "parentOrderTime": 1}, "orderList": null})).await;
    assert_eq!(
        (bare.status, bare.items.len(), bare.updated_at),
        (OrderStatus::Unknown, 0, None)
    );
    let page =
        orders(json!([{"orderList": []}, {"parentOrderMap": {"parentOrderTime": 1}}, null])).await;
    assert_eq!((page.rows.len(), page.unreadable.len()), (0, 3));
}

#[tokio::test]
async fn a_detail_asks_for_amounts_only_where_it_may() {
    let mut row = order_sample();
    row["parentOrderMap"]
        .as_object_mut()
        .unwrap()
        .remove("updateTime");
    let (order, requests) = detail(false, vec![open_platform(row.clone())]).await;
    assert_eq!(
        (order.amount_state, order.updated_at, order.delivered_at),
        (AmountState::NotAuthorized, None, None)
    );
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["parentOrderSn"], "PO-211-00000000000000001");
    assert_eq!(
        requests[0]["fulfillmentTypeList"].as_array().unwrap().len(),
        2
    );

    let paid = json!({"parentOrderMap": {"customerPaid": {"amount": 2598, "currency": "USD"}, "retailPriceTotal": {"amount": 1, "currency": "USD"}}});
    let (order, requests) =
        detail(true, vec![open_platform(row.clone()), open_platform(paid)]).await;
    assert_eq!(
        (order.total_amount, order.amount_state),
        (Some(money(2598, "USD")), AmountState::Known)
    );
    assert_eq!(requests[1]["type"], "bg.order.amount.query");

    let retail = json!({"parentOrderMap": {"customerPaid": null, "retailPriceTotal": {"amount": "99000", "currency": "KRW"}}});
    let (order, _) = detail(
        true,
        vec![open_platform(row.clone()), open_platform(retail)],
    )
    .await;
    assert_eq!(
        (order.total_amount, order.currency.unwrap().as_str()),
        (Some(money(99000, "KRW")), "KRW")
    );
}

#[tokio::test]
async fn amounts_that_are_not_there_are_not_zero() {
    for (answer, state) in [
        (
            open_platform_error(140020008, "still calculating"),
            AmountState::Pending,
        ),
        (
            open_platform_error(3000032, "no permission"),
            AmountState::NotAuthorized,
        ),
        (
            open_platform(json!({"parentOrderMap": {"customerPaid": null}})),
            AmountState::Pending,
        ),
    ] {
        let (order, _) = detail(true, vec![open_platform(order_sample()), answer]).await;
        assert_eq!((order.total_amount, order.amount_state), (None, state));
    }
}

#[tokio::test]
async fn a_product_gets_price_and_stock_of_its_skus() {
    let sku = json!({"skuId": "17590000000001", "skuSn": null, "specName": "Blue / 1pc", "stock": 35, "price": "12.99",
        "retailPrice": {"amount": "0", "currency": "USD"}, "currency": "USD"});
    let answers = vec![
        goods(json!([product_sample()])),
        skus(json!([sku])),
        skus(json!(null)),
    ];
    let (page, requests) = products(0, answers).await;
    let product = &page.rows[0].value;
    assert_eq!(
        (product.status, product.platform_status.as_str()),
        (ProductStatus::Active, "2001")
    );
    assert_eq!(
        (product.price.clone(), product.stock),
        (Some(money(1299, "USD")), Some(35))
    );
    assert_eq!(
        (product.created_at, product.updated_at),
        (Some(UnixSeconds(1749000000)), Some(UnixSeconds(1749500000)))
    );
    assert_eq!(product.category.as_deref(), Some("10001"));
    let sku = &product.skus[0];
    assert_eq!(
        (sku.ext_code.as_deref(), sku.spec.as_deref()),
        (Some("MUG-BLUE"), Some("Blue / 1pc"))
    );
    assert_eq!(
        (sku.price.clone(), sku.stock),
        (Some(money(1299, "USD")), Some(35)),
        "a retail price of 0 is none"
    );
    assert_eq!(requests[0]["goodsSearchType"], 1);
    let searched: Vec<_> = requests[1..]
        .iter()
        .map(|request| request["skuSearchType"].as_i64().unwrap())
        .collect();
    assert_eq!(searched, [2, 3]);
    assert_eq!(requests[1]["skuIdList"], json!([17590000000001_i64]));
}

#[tokio::test]
async fn skus_are_asked_for_in_portions_of_a_page() {
    let ids: Vec<i64> = (1..=250).collect();
    let mut row = product_sample();
    row["skuIdList"] = json!(ids);
    row["skuInfoList"] = json!(null);
    let mut answers = vec![goods(json!([row]))];
    answers.extend((0..6).map(|_| skus(json!(null))));
    let (page, requests) = products(0, answers).await;
    assert_eq!(page.rows[0].value.skus.len(), 250);
    let portions: Vec<_> = requests[1..]
        .iter()
        .map(|request| request["skuIdList"].as_array().unwrap().len())
        .collect();
    assert_eq!(portions, [100, 100, 100, 100, 50, 50]);
}

#[tokio::test]
async fn sub_statuses_and_buckets_tell_where_a_product_stands() {
    for (pass, sub_status, status) in [
        (0, json!(3003), ProductStatus::Inactive),
        (0, json!(2101), ProductStatus::Active),
        (0, json!(null), ProductStatus::Unknown),
        (0, json!(9001), ProductStatus::Unknown),
        (1, json!(4004), ProductStatus::Incomplete),
        (1, json!(null), ProductStatus::Incomplete),
        (2, json!(5001), ProductStatus::Draft),
        (3, json!(null), ProductStatus::Deleted),
    ] {
        let mut row = product_sample();
        row["goodsShowSubStatus"] = sub_status;
        row["skuIdList"] = json!(null);
        row["skuInfoList"] = json!(null);
        let (page, requests) = products(pass, vec![goods(json!([row]))]).await;
        assert_eq!(page.rows[0].value.status, status);
        assert_eq!(requests[0]["goodsSearchType"], [1, 4, 5, 6][pass]);
    }
}

#[tokio::test]
async fn a_joined_activity_brings_all_pages_of_its_goods() {
    let one_sku = json!({"goodsId": 1, "activityQuantity": 50, "remainingActivityQuantity": 12,
        "skuList": [{"skuId": 11, "activitySupplierPrice": 999}]});
    let two_skus = json!({"goodsId": 2, "activityQuantity": 20, "remainingActivityQuantity": 20,
        "skuList": [{"skuId": 21, "activitySupplierPrice": 500}, {"skuId": 22, "activitySupplierPrice": 600}]});
    let mut other = activity_sample();
    other["isJoinedActivity"] = json!(false);
    other["activityStatus"] = json!(9);
    other["activityType"] = json!(77);
    let page = |goods: Value| {
        Ok(open_platform(
            json!({"activityInfo": {}, "total": 101, "goodsList": goods}),
        ))
    };
    let scripted = Scripted::new(
        Dialect::OpenPlatform,
        [
            Ok(open_platform(
                json!({"total": 2, "activityList": [activity_sample(), other]}),
            )),
            page(json!([one_sku])),
            page(json!([two_skus])),
        ],
    );
    let pass = scripted.platform.activity_passes()[0];
    let page = scripted
        .platform
        .activities_page(&scripted.caller(Priority::Background), pass, 1)
        .await
        .unwrap();
    let [joined, other] = [&page.rows[0].value, &page.rows[1].value];
    assert_eq!(
        (joined.status, joined.activity_type.as_str()),
        (ActivityStatus::Running, "lightning_deal")
    );
    let items: Vec<_> = joined
        .items
        .iter()
        .map(|item| {
            let price = item.activity_price.as_ref().map(|price| price.minor);
            (
                item.product_id.as_str(),
                item.sku_id.as_ref().map(|id| id.as_str()),
                price,
                item.quantity,
                item.remaining,
            )
        })
        .collect();
    let expected = [
        ("1", Some("11"), Some(999), Some(50), Some(12)),
        ("2", None, None, Some(20), Some(20)),
        ("2", Some("21"), Some(500), None, None),
        ("2", Some("22"), Some(600), None, None),
    ];
    assert_eq!(items, expected);
    assert_eq!(
        (
            other.status,
            other.activity_type.as_str(),
            other.items.len()
        ),
        (ActivityStatus::Unknown, "77", 0)
    );
    let requests = scripted.requests();
    assert_eq!(
        (&requests[0]["activityType"], &requests[2]["pageNumber"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(requests[1]["activityId"], 9000000000123_i64);
}

#[tokio::test]
async fn an_ended_activity_may_have_no_goods_to_tell() {
    let list = open_platform(json!({"total": 1, "activityList": [activity_sample()]}));
    let scripted = Scripted::new(
        Dialect::OpenPlatform,
        [Ok(list), Ok(open_platform_error(220010004, "ended"))],
    );
    let pass = scripted.platform.activity_passes()[0];
    let page = scripted
        .platform
        .activities_page(&scripted.caller(Priority::Background), pass, 1)
        .await
        .unwrap();
    assert_eq!(page.rows[0].value.items, []);
}

#[tokio::test]
async fn shops_of_another_kind_are_told_so_without_a_call() {
    for (mall_type, kind) in [
        (MallType::SemiManaged, ErrorKind::ShopTypeUnsupported),
        (MallType::FullManaged, ErrorKind::FullManaged),
    ] {
        let mut scripted = Scripted::new(Dialect::OpenPlatform, []);
        scripted.shop.mall_type = mall_type;
        let caller = scripted.caller(Priority::Foreground);
        let products = scripted
            .platform
            .products_page(&caller, scripted.platform.product_passes()[0], 1)
            .await;
        assert_eq!(products.unwrap_err().kind, kind);
        let activities = scripted
            .platform
            .activities_page(&caller, scripted.platform.activity_passes()[0], 1)
            .await;
        assert_eq!(activities.unwrap_err().kind, kind);
    }
}

#[tokio::test]
async fn i7_streams_differ_where_their_rows_do() {
    let open_platform = Scripted::new(Dialect::OpenPlatform, []);
    let guide = Scripted::new(Dialect::Guide, []);
    let mut identities: Vec<String> = Resource::ALL
        .into_iter()
        .flat_map(|resource| {
            [&open_platform, &guide].map(|scripted| scripted.platform.stream_identity(resource))
        })
        .collect();
    assert!(
        identities
            .iter()
            .all(|identity| identity.starts_with("https://relay.example/prefix "))
    );
    identities.sort();
    identities.dedup();
    assert_eq!(identities.len(), 6);
}
