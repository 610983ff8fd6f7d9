//! An order as the list shows it (§4.1). Written straight to text: lists of a million orders are measured against.

use serde::Serialize;

use super::{fulfillment_type, labels};
use crate::view::View;
use crate::world::{Line, MallType, Order, status};

#[derive(Serialize)]
pub(super) struct OrdersPage<'a> {
    #[serde(rename = "totalItemNum")]
    pub(super) total: i64,
    /// Null instead of an empty list (§1.3).
    #[serde(rename = "pageItems")]
    pub(super) rows: Option<Vec<Row<'a>>>,
}

/// One entry of `pageItems`. Names, order and types are the wire's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row<'a> {
    parent_order_map: Parent,
    order_list: Vec<Child<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Parent {
    parent_order_sn: String,
    parent_order_status: i64,
    parent_order_time: i64,
    parent_order_pending_finish_time: Option<i64>,
    expect_ship_latest_time: Option<i64>,
    latest_delivery_time: Option<i64>,
    parent_shipping_time: Option<i64>,
    parent_confirm_time: Option<i64>,
    update_time: i64,
    site_id: i64,
    region_id: i64,
    parent_order_label: [Label; 6],
    fulfillment_warning: [(); 0],
    /// The name is inverted: true means that the buyer paid nothing (§4.1).
    has_shipping_fee: Option<bool>,
    order_payment_type: &'static str,
    batch_order_number_list: Vec<String>,
    shipping_method: i64,
    is_shipment_consolidated_by_main_mall: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Child<'a> {
    order_sn: String,
    quantity: i64,
    original_order_quantity: i64,
    canceled_quantity_before_shipment: i64,
    goods_id: i64,
    /// Local shops only.
    sku_id: Option<i64>,
    goods_name: &'a str,
    original_goods_name: &'a str,
    spec: &'a str,
    original_spec_name: &'a str,
    thumb_url: String,
    order_status: i64,
    product_list: [Piece<'a>; 1],
    order_label: [Label; 9],
    fulfillment_warning: [(); 0],
    package_abnormal_type_list: [(); 0],
    fulfillment_type: &'static str,
    inventory_deduction_warehouse_id: (),
    inventory_deduction_warehouse_name: (),
    order_payment_type: &'static str,
    is_cancelled_during_pending: bool,
    earliest_time_buy_shipping_label: (),
    earliest_time_get_shipping_document: (),
    order_shipping_time: Option<i64>,
    order_create_time: i64,
    is_shipment_consolidated_by_main_mall: bool,
    qualification_upload_end_time: (),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    product_id: i64,
    product_sku_id: i64,
    sold_factor: i64,
    ext_code: &'a str,
}

#[derive(Serialize)]
struct Label {
    name: &'static str,
    value: i64,
}

impl<'a> Row<'a> {
    pub(crate) fn new(view: &'a View<'_>, order: &Order) -> Self {
        Self {
            parent_order_map: parent(view, order),
            order_list: order
                .lines
                .iter()
                .map(|line| child(view, order, line))
                .collect(),
        }
    }
}

fn parent(view: &View<'_>, order: &Order) -> Parent {
    let market = &view.shop.markets[order.market];
    let local = view.shop.mall_type == MallType::Local;
    let partial = order.status == status::PARTIALLY_SHIPPED;
    let batch = order.cooperative.then(|| format!("BATCH{}", order.serial));
    Parent {
        parent_order_sn: order.number(view.shop),
        parent_order_status: order.status,
        parent_order_time: order.created_at,
        parent_order_pending_finish_time: order.confirmed_at,
        expect_ship_latest_time: order.ship_by,
        latest_delivery_time: order.ship_by.map(|due| due + 7 * 86_400),
        parent_shipping_time: order.shipped_at.filter(|_| !partial),
        parent_confirm_time: order.confirmed_at,
        update_time: order.updated_at,
        site_id: market.site_id,
        region_id: market.region_id,
        parent_order_label: labels(order, view.now).map(label),
        fulfillment_warning: [],
        has_shipping_fee: local.then_some(order.shipping_fee == 0),
        order_payment_type: payment_type(order),
        batch_order_number_list: batch.into_iter().collect(),
        shipping_method: 1,
        is_shipment_consolidated_by_main_mall: false,
    }
}

fn child<'a>(view: &'a View<'_>, order: &Order, line: &Line) -> Child<'a> {
    let product = &view.records.products[line.product];
    let sku = &product.skus[line.sku];
    let shipped = line.status != status::UNSHIPPED;
    Child {
        order_sn: order.line_number(view.shop, line),
        quantity: line.quantity(),
        original_order_quantity: line.ordered,
        canceled_quantity_before_shipment: line.canceled,
        goods_id: product.id,
        sku_id: (view.shop.mall_type == MallType::Local).then_some(sku.id),
        goods_name: &product.name,
        original_goods_name: &product.name,
        spec: &sku.spec,
        original_spec_name: &sku.spec,
        thumb_url: view.picture(product.id),
        order_status: line.status,
        product_list: [Piece {
            product_id: product.id - 598_000_000_000_000,
            product_sku_id: sku.id - 13_590_000_000_000,
            sold_factor: 1,
            ext_code: &sku.ext_code,
        }],
        order_label: line_labels(order).map(label),
        fulfillment_warning: [],
        package_abnormal_type_list: [],
        fulfillment_type: fulfillment_type(order),
        inventory_deduction_warehouse_id: (),
        inventory_deduction_warehouse_name: (),
        order_payment_type: payment_type(order),
        is_cancelled_during_pending: order.status == status::CANCELED
            && order.confirmed_at.is_none(),
        earliest_time_buy_shipping_label: (),
        earliest_time_get_shipping_document: (),
        order_shipping_time: order.shipped_at.filter(|_| shipped),
        order_create_time: order.created_at,
        is_shipment_consolidated_by_main_mall: false,
        qualification_upload_end_time: (),
    }
}

fn line_labels(order: &Order) -> [(&'static str, bool); 9] {
    [
        ("customized_products", false),
        ("US_to_CA", false),
        ("is_US_to_CA_BBC", false),
        ("Y2_advance_sale", false),
        ("pre_sale_order", order.presale),
        ("made_to_order", false),
        ("vacation_order", false),
        ("second_hand_collectible_order", false),
        ("second_hand_luxury_order", false),
    ]
}

fn label((name, set): (&'static str, bool)) -> Label {
    Label {
        name,
        value: i64::from(set),
    }
}

fn payment_type(order: &Order) -> &'static str {
    if order.cash_on_delivery { "COD" } else { "PPD" }
}
