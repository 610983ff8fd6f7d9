//! Shows what a test compares a client with: the world as it is, and the calls that came.
//!
//! A `shop_id` may be of either dialect.

use serde::Serialize;
use serde_json::Value;

use crate::alter::find;
use crate::error::Error;
use crate::log::ApiCall;
use crate::sandbox::{Dialect, Sandbox};
use crate::world::Order;
use crate::{guide, open_platform};

/// An order in brief, the same in both dialects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderDigest {
    /// The order number.
    pub order_sn: String,
    /// Last update.
    pub updated_at: i64,
    /// The open platform's code.
    pub status: i64,
}

/// All records of a shop as a dialect serves them, orders oldest update first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// As in an order list.
    pub orders: Vec<Value>,
    /// As in a product list; all shelves.
    pub products: Vec<Value>,
    /// As in an activity list; all types.
    pub activities: Vec<Value>,
}

impl Sandbox {
    /// API calls so far: endpoint of the guide or type of the open platform, and how often.
    pub fn calls(&self) -> Vec<(String, u64)> {
        self.state()
            .log
            .counts
            .iter()
            .map(|(name, count)| (name.clone(), *count))
            .collect()
    }

    /// The latest API calls, oldest first: at most 10,000.
    pub fn api_calls(&self) -> Vec<ApiCall> {
        self.state().log.latest.iter().cloned().collect()
    }

    /// The shop's orders in brief, oldest update first.
    pub fn order_digests(&self, shop_id: &str) -> Result<Vec<OrderDigest>, Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, 0);
        let digest = |order: &Order| OrderDigest {
            order_sn: order.number(view.shop),
            updated_at: order.updated_at,
            status: order.status,
        };
        let mut digests: Vec<OrderDigest> = view
            .records
            .updated_in(i64::MIN, i64::MAX)
            .map(digest)
            .collect();
        digests.reverse();
        Ok(digests)
    }

    /// Everything about the shop as the dialect would serve it at `now`, whatever tokens and scopes allow.
    pub fn truth(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<Truth, Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        let mut truth = match dialect {
            Dialect::Guide => guide::truth(&view),
            Dialect::OpenPlatform => open_platform::truth(&view),
        };
        truth.orders.reverse();
        Ok(truth)
    }
}
