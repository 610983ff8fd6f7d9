//! Pages of orders as the store gets them: from the stand-in, read by desk-temu.

use desk_model::{Fetched, Order, Page, Secret, Shop};
use desk_sandbox::Credentials;
use desk_temu::{Caller, OrdersQuery, PAGE_SIZE, Platform, Priority};

use crate::{desk::Desk, error::Error};

/// Longer than the stand-in's history.
const ALL_SECONDS: i64 = 410 * 86_400;

/// The pages of one shop, one after the other.
pub(crate) struct ShopPages<'a> {
    platform: Platform,
    shop: &'a Shop,
    token: Secret,
    query: OrdersQuery,
}

impl<'a> ShopPages<'a> {
    /// All orders of the shop that has this place in the list.
    pub(crate) fn open(
        desk: &'a Desk,
        credentials: &Credentials,
        place: usize,
    ) -> Result<Self, Error> {
        let platform = desk.platform()?;
        let end = platform.server_now();
        Ok(Self {
            platform,
            shop: &desk.shops[place],
            token: Secret::new(credentials.guide.shops[place].access_token.clone()),
            query: OrdersQuery {
                start: end - ALL_SECONDS,
                end,
                page: 1,
                status: None,
            },
        })
    }

    /// The next page, as long as it is full: every page of a benchmark has the same length.
    pub(crate) async fn next(&mut self) -> Result<Option<Page<Order>>, Error> {
        let caller = Caller {
            shop: self.shop,
            access_token: &self.token,
            priority: Priority::Foreground,
        };
        let page = self.platform.orders_page(&caller, &self.query).await?;
        self.query.page += 1;
        Ok(Some(page).filter(|page| page.rows.len() as u64 == PAGE_SIZE))
    }
}

/// The same orders a second later, each in another status.
pub(crate) fn changed(page: &Page<Order>) -> Page<Order> {
    Page {
        rows: page.rows.iter().map(changed_order).collect(),
        unreadable: Vec::new(),
        total: page.total,
        server_time: page.server_time + 1,
    }
}

fn changed_order(fetched: &Fetched<Order>) -> Fetched<Order> {
    let mut order = fetched.value.clone();
    let before = (order.updated_at, order.platform_status.clone());
    order.updated_at = order.updated_at.map(|time| time + 1);
    "SHIPPED_AGAIN".clone_into(&mut order.platform_status);
    let text = |time: Option<desk_model::UnixSeconds>| time.unwrap_or_default().0.to_string();
    let raw = fetched
        .raw
        .replace(&text(before.0), &text(order.updated_at))
        .replace(&before.1, &order.platform_status);
    Fetched { value: order, raw }
}
