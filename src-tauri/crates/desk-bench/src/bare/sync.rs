//! Fetch, parse, insert, and nothing else: the whole history page after page, typed rows straight into the tables.

use std::{borrow::Cow, sync::Arc};

use desk_sandbox::{AppCredentials, Dialect, ShopCredentials, server::wall_clock, sign};
use desk_temu::{HttpRequest, Transport};
use rusqlite::types::Value;
use serde::Deserialize;
use serde_json::{json, value::RawValue};
use url::Url;

use super::{BareRow, BareWriter, layout::Table};
use crate::error::Error;

/// A month at a time, so that the stand-in counts no long lists.
const SLICE_SECONDS: i64 = 30 * 86_400;
const SLICES: i64 = 14;
const PAGE_SIZE: usize = 100;

/// A loop that reads all orders of a shop.
pub(crate) struct BareSync<'a> {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) base_url: &'a str,
    pub(crate) app: &'a AppCredentials,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    data: List<'a>,
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    orders: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireOrder<'a> {
    #[serde(borrow)]
    order_sn: Cow<'a, str>,
    #[serde(borrow)]
    status: Cow<'a, str>,
    #[serde(borrow)]
    currency: Cow<'a, str>,
    total_amount: Option<i64>,
    created_at: i64,
    ship_by: Option<i64>,
    shipped_at: Option<i64>,
    delivered_at: Option<i64>,
    updated_at: i64,
    #[serde(borrow)]
    items: Vec<WireItem<'a>>,
}

#[derive(Deserialize)]
struct WireItem<'a> {
    #[serde(borrow)]
    sku_id: Cow<'a, str>,
    #[serde(borrow)]
    image_url: Cow<'a, str>,
    quantity: i64,
    unit_price: i64,
}

impl BareSync<'_> {
    /// Reads all orders of a shop into the database; answers how many.
    pub(crate) async fn read(
        &self,
        shop: &ShopCredentials,
        writer: &mut BareWriter,
    ) -> Result<u64, Error> {
        let layout = writer.layout()?;
        let now = wall_clock();
        let mut count = 0;
        for slice in 0..SLICES {
            let end = now - slice * SLICE_SECONDS;
            for page in 1.. {
                let body = self.page(shop, end - SLICE_SECONDS + 1, end, page).await?;
                let envelope: Envelope<'_> = serde_json::from_slice(&body)?;
                let orders = envelope.data.orders;
                let mut rows = Vec::with_capacity(orders.len());
                for raw in &orders {
                    let order: WireOrder<'_> = serde_json::from_str(raw.get())?;
                    rows.push(BareRow {
                        goods: Vec::new(),
                        numbers: None,
                        order: values(&layout.orders, |name| {
                            order.column(name, &shop.shop_id, now)
                        }),
                        items: order.item_rows(&layout.items),
                        status: values(&layout.statuses, |name| {
                            order.column(name, &shop.shop_id, now)
                        })
                        .split_off(1),
                        payload: raw.get().to_owned(),
                        pictures: order
                            .items
                            .iter()
                            .map(|item| item.image_url.to_string())
                            .collect(),
                    });
                }
                writer.write(&rows, None)?;
                count += orders.len() as u64;
                if orders.len() < PAGE_SIZE {
                    break;
                }
            }
        }
        Ok(count)
    }

    async fn page(
        &self,
        shop: &ShopCredentials,
        start: i64,
        end: i64,
        page: i64,
    ) -> Result<Vec<u8>, Error> {
        let mut fields = json!({
            "app_key": self.app.app_key,
            "access_token": shop.access_token,
            "timestamp": wall_clock(),
            "start_time": start,
            "end_time": end,
            "page": page,
            "page_size": PAGE_SIZE,
        });
        let signature = sign(
            Dialect::Guide,
            fields.to_string().as_bytes(),
            &self.app.app_secret,
        );
        fields["sign"] = json!(signature);
        let url = Url::parse(&format!("{}/order/list", self.base_url))
            .map_err(|error| Error::Wrong(error.to_string()))?;
        let request = HttpRequest {
            url,
            body: fields.to_string().into_bytes(),
        };
        let answer = self.transport.post(&request).await;
        Ok(answer
            .map_err(|error| Error::Wrong(error.to_string()))?
            .body)
    }
}

/// A row of the table by the names of its columns.
fn values(table: &Table, column: impl Fn(&str) -> Value) -> Vec<Value> {
    table.columns.iter().map(|name| column(name)).collect()
}

impl WireOrder<'_> {
    fn column(&self, name: &str, shop_id: &str, now: i64) -> Value {
        match name {
            "shop_id" => text(shop_id),
            "order_sn" => text(&self.order_sn),
            "status" => self.status.to_lowercase().into(),
            "platform_status" => text(&self.status),
            "currency" | "total_currency" => text(&self.currency),
            "total_minor" => self.total_amount.into(),
            "amount_state" => text("known"),
            "created_at" => self.created_at.into(),
            "ship_by" => self.ship_by.into(),
            "shipped_at" => self.shipped_at.into(),
            "delivered_at" => self.delivered_at.into(),
            "updated_at" => self.updated_at.into(),
            "labels" => text("[]"),
            // As long as the real one, which is hashed from the whole row.
            "content_hash" => self.order_sn.as_bytes()[..16].to_vec().into(),
            "first_seen_at" | "fetched_at" => now.into(),
            "fetch_seq" => 1.into(),
            "amount_due" => 0.into(),
            "pieces" => self
                .items
                .iter()
                .map(|item| item.quantity)
                .sum::<i64>()
                .into(),
            _ => Value::Null,
        }
    }

    /// The lines without the order's row id.
    fn item_rows(&self, table: &Table) -> Vec<Vec<Value>> {
        let items = self.items.iter().enumerate();
        items
            .map(|(position, item)| {
                let column = |name: &str| item.column(name, position, &self.currency);
                values(table, column).split_off(1)
            })
            .collect()
    }
}

impl WireItem<'_> {
    fn column(&self, name: &str, position: usize, currency: &str) -> Value {
        match name {
            "position" => (position as i64).into(),
            // The bare loop keeps lines only: their goods are told by a number that is there already.
            "goods_id" => self.sku_id.parse::<i64>().unwrap_or_default().into(),
            "quantity" => self.quantity.into(),
            "unit_price_minor" => self.unit_price.into(),
            "unit_price_currency" => text(currency),
            _ => Value::Null,
        }
    }
}

fn text(text: &str) -> Value {
    Value::from(text.to_owned())
}
