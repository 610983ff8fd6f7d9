//! Orders as rows: one for each order with its lines put together, or one for each line.

use std::borrow::Cow;

use desk_model::{AmountState, Order, OrderItem};

use crate::{cell::Cell, column::columns, wording::Wording};

columns! {
    /// A column of exported orders.
    OrderColumn of Orders,
    usual: [
        Order, Shop, Status, Ordered, ShipBy, Product, Spec, OwnCode, SkuId, Quantity, UnitPrice, Amount, Currency, Shipped, Delivered,
    ],
    /// The order number.
    Order = "order": Id;
    /// The seller's name for the shop.
    Shop = "shop": Text;
    /// The shop's id.
    ShopId = "shop_id": Id;
    /// The status in words.
    Status = "status": Text;
    /// The platform's code for it.
    PlatformStatus = "platform_status": Text;
    /// When the buyer ordered.
    Ordered = "ordered": Time;
    /// Latest time to ship.
    ShipBy = "ship_by": Time;
    /// When it was shipped.
    Shipped = "shipped": Time;
    /// When it arrived.
    Delivered = "delivered": Time;
    /// The platform's time of the last change.
    Updated = "updated": Time;
    /// Child order number.
    Line = "line": Id;
    /// The product's name.
    Product = "product": Name;
    /// The variant.
    Spec = "spec": Text;
    /// The seller's own code.
    OwnCode = "own_code": Id;
    /// The SKU.
    SkuId = "sku_id": Id;
    /// The product.
    ProductId = "product_id": Id;
    /// Pieces.
    Quantity = "quantity": Number;
    /// Price of one piece.
    UnitPrice = "unit_price": Money;
    /// The order's total.
    Amount = "amount": Money;
    /// The currency of amounts.
    Currency = "currency": Text;
    /// Marks that are set.
    Labels = "labels": Text;
}

/// Stands between lines that are put together.
const BETWEEN: &str = "; ";

/// Stands for what one of several lines lacks, so that the others keep their places.
const LACKING: &str = "—";

/// What a row shows of an order.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    /// All of it.
    Whole,
    /// One line; its place counts from 0.
    Line(usize, &'a OrderItem),
}

impl<'a> Part<'a> {
    /// The rows of an order: one, or one per line. An order without lines has a row all the same.
    pub(crate) fn all(order: &'a Order, by_line: bool) -> Vec<Self> {
        if !by_line || order.items.is_empty() {
            return vec![Self::Whole];
        }
        order
            .items
            .iter()
            .enumerate()
            .map(|(place, item)| Self::Line(place, item))
            .collect()
    }

    fn lines(self, order: &'a Order) -> &'a [OrderItem] {
        match self {
            Self::Whole => &order.items,
            Self::Line(_, item) => std::slice::from_ref(item),
        }
    }
}

pub(crate) fn cell<'a>(
    order: &'a Order,
    part: Part<'a>,
    column: OrderColumn,
    wording: &'a Wording,
) -> Cell<'a> {
    let lines = part.lines(order);
    match column {
        OrderColumn::Order => Cell::text(order.order_sn.as_str()),
        OrderColumn::Shop => wording.shop(&order.shop_id),
        OrderColumn::ShopId => Cell::text(order.shop_id.as_str()),
        OrderColumn::Status => wording.state(
            "order_status",
            order.status.as_str(),
            &order.platform_status,
        ),
        OrderColumn::PlatformStatus => Cell::text(&order.platform_status),
        OrderColumn::Ordered => wording.time(Some(order.created_at)),
        OrderColumn::ShipBy => wording.time(order.ship_by),
        OrderColumn::Shipped => wording.time(order.shipped_at),
        OrderColumn::Delivered => wording.time(order.delivered_at),
        OrderColumn::Updated => wording.time(order.updated_at),
        OrderColumn::Line => joined(lines, |line| line.line_sn.as_deref()),
        OrderColumn::Product => products(lines),
        OrderColumn::Spec => joined(lines, |line| line.spec.as_deref()),
        OrderColumn::OwnCode => joined(lines, |line| line.ext_code.as_deref()),
        OrderColumn::SkuId => joined(lines, |line| line.sku_id.as_ref().map(|id| id.as_str())),
        OrderColumn::ProductId => {
            joined(lines, |line| line.product_id.as_ref().map(|id| id.as_str()))
        }
        OrderColumn::Quantity => pieces(lines),
        OrderColumn::UnitPrice => unit_price(lines, wording),
        OrderColumn::Amount => amount(order, part, wording),
        OrderColumn::Currency => currency(order, lines),
        OrderColumn::Labels => labels(order, wording),
    }
}

/// What the lines have, in their order.
fn joined<'a>(lines: &'a [OrderItem], of: impl Fn(&'a OrderItem) -> Option<&'a str>) -> Cell<'a> {
    let of = |line| of(line).filter(|text| !text.is_empty());
    match lines {
        [line] => Cell::maybe_text(of(line)),
        lines if lines.iter().all(|line| of(line).is_none()) => Cell::Nothing,
        lines => {
            let texts: Vec<&str> = lines
                .iter()
                .map(|line| of(line).unwrap_or(LACKING))
                .collect();
            Cell::Text(texts.join(BETWEEN).into())
        }
    }
}

/// The names; of several lines with the pieces of each.
fn products(lines: &[OrderItem]) -> Cell<'_> {
    match lines {
        [line] => Cell::text(&line.name),
        lines => {
            let names: Vec<String> = lines
                .iter()
                .map(|line| format!("{} × {}", line.name, line.quantity))
                .collect();
            match names.as_slice() {
                [] => Cell::Nothing,
                names => Cell::Text(names.join(BETWEEN).into()),
            }
        }
    }
}

fn pieces(lines: &[OrderItem]) -> Cell<'_> {
    if lines.is_empty() {
        return Cell::Nothing;
    }
    let pieces = lines
        .iter()
        .fold(0_i64, |sum, line| sum.saturating_add(line.quantity));
    Cell::Number(pieces)
}

/// A number where all lines have the same price, else each line's in turn.
fn unit_price<'a>(lines: &'a [OrderItem], wording: &Wording) -> Cell<'a> {
    let Some((first, rest)) = lines.split_first() else {
        return Cell::Nothing;
    };
    if rest.iter().all(|line| line.unit_price == first.unit_price) {
        return wording.money(first.unit_price.as_ref());
    }
    let prices: Vec<Cow<'_, str>> = lines
        .iter()
        .map(|line| match &line.unit_price {
            Some(price) => price.decimal().into(),
            None => LACKING.into(),
        })
        .collect();
    Cell::Text(prices.join(BETWEEN).into())
}

/// The total, or why it is unknown. By line it stands on the first one, so that a column adds up to what was sold.
fn amount<'a>(order: &'a Order, part: Part<'a>, wording: &Wording) -> Cell<'a> {
    match (part, &order.total_amount) {
        (Part::Line(1.., _), _) => Cell::Nothing,
        (_, Some(amount)) => Cell::Money(amount),
        (_, None) => wording.no_amount(match order.amount_state {
            AmountState::NotAuthorized => AmountState::NotAuthorized.as_str(),
            AmountState::Pending | AmountState::Known => AmountState::Pending.as_str(),
        }),
    }
}

fn currency<'a>(order: &'a Order, lines: &'a [OrderItem]) -> Cell<'a> {
    let of_lines = || {
        lines
            .iter()
            .find_map(|line| line.unit_price.as_ref().map(|price| &price.currency))
    };
    let of_amount = order.total_amount.as_ref().map(|amount| &amount.currency);
    Cell::maybe_text(
        of_amount
            .or(order.currency.as_ref())
            .or_else(of_lines)
            .map(|currency| currency.as_str()),
    )
}

fn labels<'a>(order: &'a Order, wording: &Wording) -> Cell<'a> {
    let labels: Vec<Cow<'_, str>> = order
        .labels
        .iter()
        .map(|label| wording.known("order_label", label))
        .collect();
    match labels.as_slice() {
        [] => Cell::Nothing,
        labels => Cell::Text(labels.join(BETWEEN).into()),
    }
}
