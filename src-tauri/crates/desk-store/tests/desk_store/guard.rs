//! I2 and I3 for every order in which pages may arrive.

use desk_model::{Order, OrderStatus, UnixSeconds};
use desk_store::PageCommit;
use proptest::prelude::*;

use crate::builders::{Desk, NOW, SHOP, all_orders, empty_page, fetched, order};

/// A version of one of three orders: when it changed, when it was fetched.
#[derive(Clone, Debug)]
struct Fetch {
    order: usize,
    updated_at: i64,
    fetched_at: i64,
}

impl Fetch {
    /// The order as this fetch saw it. The fetch is told by the content, so that no two fetches look the same.
    fn seen(&self) -> Order {
        let mut seen = order(&format!("PO-{}", self.order));
        seen.updated_at = Some(NOW + self.updated_at);
        seen.status = OrderStatus::ALL[self.updated_at.unsigned_abs() as usize % 8];
        seen.items[0].quantity = self.fetched_at;
        seen
    }

    fn fetched_at(&self) -> UnixSeconds {
        NOW + self.fetched_at
    }
}

prop_compose! {
    /// Fetches at different times; changes often fall into the same second. Then the pages as they arrive: in any order, repeated.
    fn arrivals()(
        versions in prop::collection::vec((0..3_usize, 0..5_i64), 1..12),
    )(
        order in prop::collection::vec(0..versions.len(), 0..12),
        all in Just((0..versions.len()).collect::<Vec<_>>()).prop_shuffle(),
        versions in Just(versions),
    ) -> Vec<Fetch> {
        let fetch = |number: usize| Fetch {
            order: versions[number].0,
            updated_at: versions[number].1,
            fetched_at: number as i64,
        };
        all.into_iter().chain(order).map(fetch).collect()
    }
}

async fn arrive(desk: &Desk, fetch: &Fetch) {
    let rows = fetched(&[fetch.seen()]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, fetch.fetched_at())
    };
    desk.store.commit_orders(&page).await.unwrap();
}

async fn versions(desk: &Desk) -> Vec<(String, UnixSeconds, i64)> {
    let mut stored: Vec<_> = desk
        .list_orders(&all_orders())
        .await
        .into_iter()
        .map(|order| {
            (
                order.order_sn.to_string(),
                order.updated_at.unwrap(),
                order.items[0].quantity,
            )
        })
        .collect();
    stored.sort();
    stored
}

async fn newest_wins_whatever_the_order(arrivals: Vec<Fetch>) {
    let desk = Desk::new().await;
    let mut before: Vec<(String, UnixSeconds, i64)> = Vec::new();
    for fetch in &arrivals {
        arrive(&desk, fetch).await;
        let after = versions(&desk).await;
        for (sn, updated_at, fetched_at) in &before {
            let now = after.iter().find(|row| row.0 == *sn).unwrap();
            assert!(
                (now.1, now.2) >= (*updated_at, *fetched_at),
                "I3: {sn} went back"
            );
        }
        before = after;
    }
    for number in 0..3 {
        let newest = arrivals
            .iter()
            .filter(|fetch| fetch.order == number)
            .max_by_key(|fetch| (fetch.updated_at, fetch.fetched_at));
        let stored = desk.list_orders(&all_orders()).await;
        let stored = stored
            .into_iter()
            .find(|order| order.order_sn.as_str() == format!("PO-{number}"));
        assert_eq!(
            stored,
            newest.map(Fetch::seen),
            "I2: the newest version is what stays"
        );
    }
    let tables = ["orders", "order_items", "raw_payloads", "order_status_seen"];
    let sizes = tables.map(|table| desk.count(table));
    for fetch in &arrivals {
        arrive(&desk, fetch).await;
    }
    assert_eq!(
        versions(&desk).await,
        before,
        "I2: a replay changes nothing"
    );
    assert_eq!(
        tables.map(|table| desk.count(table)),
        sizes,
        "I2: a replay adds nothing"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn i2_i3_rows_end_in_their_newest_version_and_never_go_back(arrivals in arrivals()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(newest_wins_whatever_the_order(arrivals));
    }
}
