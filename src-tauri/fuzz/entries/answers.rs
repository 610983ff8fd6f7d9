//! What a platform answers, as bytes that anybody may have written: read by every call of both dialects.

use std::{
    future::{Future, ready},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use desk_model::{
    Clock, Dialect, Gateway, GatewayApp, GatewayAppId, MallType, Money, OrderSn, Page, Secret,
    Shop, ShopId, TokenState, UnixSeconds,
};
use desk_temu::{
    Caller, Error, HttpRequest, HttpResponse, OrdersQuery, Platform, Priority, Transport,
    TransportError,
};

const NOW: UnixSeconds = UnixSeconds(1_750_000_000);
/// Answers to one question: a list that never ends must not stop the fuzzing.
const MOST_ANSWERS: u64 = 12;
/// Longest that a call may wait for the platform (15 minutes), and so often.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 15 * 60);

/// The first byte says what is asked and which status comes; a line is the `Date`, the next `Retry-After`, the rest is the body.
pub(crate) fn read_answer(input: &[u8]) {
    let Some((choice, rest)) = input.split_first() else {
        return;
    };
    let (date, rest) = line(rest);
    let (retry_after, body) = line(rest);
    let status = [200, 200, 429, 503][usize::from(choice >> 6)];
    ask(
        choice & 0x3f,
        HttpResponse {
            status,
            date,
            retry_after,
            body: body.to_vec(),
        },
    );
}

/// A line is the `Date`, the rest is `Retry-After`.
pub(crate) fn read_headers(input: &[u8]) {
    let (date, rest) = line(input);
    let (retry_after, _) = line(rest);
    for status in [429, 503] {
        let body = b"{}".to_vec();
        ask(
            0,
            HttpResponse {
                status,
                date: date.clone(),
                retry_after: retry_after.clone(),
                body,
            },
        );
    }
}

/// A header holds visible ASCII only: others do not get here.
fn line(bytes: &[u8]) -> (Option<String>, &[u8]) {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len());
    let text = String::from_utf8(bytes[..end].to_vec())
        .ok()
        .filter(|text| !text.is_empty());
    (text, bytes.get(end + 1..).unwrap_or_default())
}

fn ask(choice: u8, answer: HttpResponse) {
    let dialect = if choice & 1 == 0 {
        Dialect::Guide
    } else {
        Dialect::OpenPlatform
    };
    let clock = Arc::new(JumpingClock::default());
    let transport = Arc::new(Always {
        answer,
        asked: AtomicU64::new(0),
    });
    let platform = Platform::new(
        &app(dialect),
        Secret::new("made-up-secret"),
        transport,
        Arc::clone(&clock) as _,
        1_000,
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let outcome = runtime.block_on(question(&platform, &shop(dialect), choice >> 1));
    if let Err(error) = outcome {
        assert!(error.message.chars().count() <= 500);
        assert!(!error.message.contains("made-up-token"), "{error:?}");
    }
    assert!(clock.monotonic() <= LONGEST_WAIT, "{:?}", clock.monotonic());
}

async fn question(platform: &Platform, shop: &Shop, choice: u8) -> Result<(), Error> {
    let token = Secret::new("made-up-token");
    let caller = Caller {
        shop,
        access_token: &token,
        priority: Priority::Background,
    };
    let query = OrdersQuery {
        start: NOW - 86_400,
        end: NOW,
        page: 1,
        status: None,
    };
    match choice % 8 {
        0 => check_orders(&platform.orders_page(&caller, &query).await?),
        1 => platform.orders_total(&caller, &query).await.map(drop)?,
        2 => platform
            .order(&caller, &OrderSn::new("PO-1"))
            .await
            .map(drop)?,
        3 => {
            let page = platform
                .products_page(&caller, platform.product_passes()[0], 1)
                .await?;
            let products = page.rows.iter().map(|row| &row.value);
            for product in products {
                assert!(!product.product_id.as_str().is_empty());
                assert!(product.stock.is_none_or(|stock| stock >= 0));
                check_amounts(
                    product
                        .skus
                        .iter()
                        .map(|sku| &sku.price)
                        .chain([&product.price]),
                );
            }
        }
        4 => {
            let page = platform
                .activities_page(&caller, platform.activity_passes()[0], 1)
                .await?;
            for activity in page.rows.iter().map(|row| &row.value) {
                assert!(!activity.activity_id.as_str().is_empty());
                check_amounts(activity.items.iter().map(|item| &item.activity_price));
            }
        }
        5 => platform.token_info(&token).await.map(drop)?,
        6 => platform
            .exchange_code(&token, "sellerdesk://oauth/callback", Some(&token))
            .await
            .map(drop)?,
        _ => platform.refresh(&token).await.map(drop)?,
    }
    Ok(())
}

fn check_orders(page: &Page<desk_model::Order>) {
    for row in &page.rows {
        let order = &row.value;
        assert!(!order.order_sn.as_str().is_empty() && order.created_at.0 > 0);
        assert!(order.items.iter().all(|item| item.quantity >= 0));
        check_amounts(
            order
                .items
                .iter()
                .map(|item| &item.unit_price)
                .chain([&order.total_amount]),
        );
        let again = desk_temu::read_order(Dialect::Guide, &shop(Dialect::Guide), &row.raw);
        let other = desk_temu::read_order(
            Dialect::OpenPlatform,
            &shop(Dialect::OpenPlatform),
            &row.raw,
        );
        assert!(
            again.is_ok() || other.is_ok(),
            "what is kept of a row can be read like the row"
        );
    }
    assert!(page.unreadable.iter().all(|row| !row.reason.is_empty()));
}

/// No amount is beyond what the window's numbers hold.
fn check_amounts<'a>(amounts: impl Iterator<Item = &'a Option<Money>>) {
    for amount in amounts.flatten() {
        assert!(amount.minor.unsigned_abs() < 1 << 53, "{amount:?}");
    }
}

/// Gives the same answer to everything.
struct Always {
    answer: HttpResponse,
    asked: AtomicU64,
}

#[async_trait]
impl Transport for Always {
    async fn post(&self, _request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        if self.asked.fetch_add(1, Ordering::Relaxed) < MOST_ANSWERS {
            Ok(self.answer.clone())
        } else {
            Err(TransportError::Timeout)
        }
    }
}

/// Jumps ahead instead of waiting.
#[derive(Default)]
struct JumpingClock(AtomicU64);

impl Clock for JumpingClock {
    fn now(&self) -> UnixSeconds {
        NOW + i64::try_from(self.monotonic().as_secs()).unwrap_or(i64::MAX)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.0.fetch_add(milliseconds + 1, Ordering::Relaxed);
        Box::pin(ready(()))
    }
}

fn app(dialect: Dialect) -> GatewayApp {
    GatewayApp {
        id: GatewayAppId(1),
        gateway: Gateway::Custom,
        dialect,
        base_url: "https://relay.example".to_owned(),
        app_key: "key".to_owned(),
        redirect_uri: None,
        proxy: None,
    }
}

/// A shop that may read everything.
fn shop(dialect: Dialect) -> Shop {
    let scopes: &[&str] = match dialect {
        Dialect::Guide => &[
            "order/list",
            "order/detail",
            "product/list",
            "activity/list",
        ],
        Dialect::OpenPlatform => &[
            "bg.order.list.v2.get",
            "bg.order.detail.v2.get",
            "bg.order.amount.query",
            "bg.local.goods.list.query",
            "bg.local.goods.sku.list.query",
            "bg.promotion.activity.query",
            "bg.promotion.activity.goods.query",
        ],
    };
    Shop {
        shop_id: ShopId::from_parts(Gateway::Custom, "1"),
        app: GatewayAppId(1),
        name: "Lakeside".to_owned(),
        region: Some("211".to_owned()),
        mall_type: MallType::Local,
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        expires_at: None,
        refresh_expires_at: None,
        token_state: TokenState::Valid,
        credentials_version: 1,
        authorized_at: NOW,
    }
}
