//! I2, I3, I4 and I14 for a shop whose orders change, also silently and back, vanish and come again, while pages are cut off and answers
//! of before arrive once more.

use std::collections::BTreeMap;

use desk_model::{ListQuery, Order, Resource};
use desk_store::PageCommit;
use proptest::{prelude::*, sample::Index};

use crate::builders::{Desk, NOW, SHOP, all_orders, empty_page, fetched, give_up_after, order};

const ORDERS: usize = 3;

/// What happens in one second.
#[derive(Clone, Debug)]
struct Second {
    event: Event,
    /// How many steps of the commit are done before the process is cut off, and the page is read again.
    cut_off_after: Option<usize>,
    /// Pages of before that arrive once more.
    replays: Vec<Index>,
}

#[derive(Clone, Debug)]
enum Event {
    /// A page with some orders: their time of change, and their content.
    Page([Option<(i64, i64)>; ORDERS]),
    /// A census did not find this order.
    Missing(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let version = prop::option::weighted(0.7, (0..3_i64, 0..2_i64));
    prop_oneof![
        4 => prop::array::uniform3(version).prop_map(Event::Page),
        1 => (0..ORDERS).prop_map(Event::Missing),
    ]
}

fn seconds() -> impl Strategy<Value = Vec<Second>> {
    let second = (
        event(),
        prop::option::weighted(0.3, 0..60_usize),
        prop::collection::vec(any::<Index>(), 0..3),
    );
    let second = second.prop_map(|(event, cut_off_after, replays)| Second {
        event,
        cut_off_after,
        replays,
    });
    prop::collection::vec(second, 1..10)
}

/// What is stored of an order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Version {
    updated_at: i64,
    content: i64,
    is_gone: bool,
}

type Mirror = BTreeMap<usize, Version>;

/// What must be stored after this second.
fn after(event: &Event, before: &Mirror) -> Mirror {
    let mut mirror = before.clone();
    match event {
        Event::Missing(number) => {
            if let Some(version) = mirror.get_mut(number) {
                version.is_gone = true;
            }
        }
        Event::Page(rows) => {
            for (number, row) in rows.iter().enumerate() {
                let Some((updated_at, content)) = *row else {
                    continue;
                };
                let seen = Version {
                    updated_at,
                    content,
                    is_gone: false,
                };
                let version = mirror.entry(number).or_insert(seen);
                version.is_gone = false;
                if updated_at >= version.updated_at {
                    *version = seen;
                }
            }
        }
    }
    mirror
}

fn rows_of(page: &[Option<(i64, i64)>; ORDERS]) -> Vec<Order> {
    let rows = page.iter().enumerate().filter_map(|(number, row)| {
        let (updated_at, content) = (*row)?;
        let mut seen = order(&format!("PO-{number}"));
        seen.updated_at = Some(NOW + updated_at);
        seen.items[0].quantity = content;
        Some(seen)
    });
    rows.collect()
}

async fn stored(desk: &Desk) -> Mirror {
    let with_gone = ListQuery {
        include_gone: true,
        ..all_orders()
    };
    // A page that was given up may still be on its way between the two looks.
    let (listed, orders) = loop {
        let listed = desk.order_sns(&all_orders()).await;
        let orders = desk.list_orders(&with_gone).await;
        if desk.order_sns(&all_orders()).await == listed {
            break (listed, orders);
        }
    };
    let versions = orders.into_iter().map(|order| {
        let sn = order.order_sn.as_str();
        let version = Version {
            updated_at: order.updated_at.unwrap() - NOW,
            content: order.items[0].quantity,
            is_gone: !listed.contains(&sn.to_owned()),
        };
        (sn.trim_start_matches("PO-").parse().unwrap(), version)
    });
    versions.collect()
}

async fn happens(desk: &Desk, second: &Second, now: i64, before: &Mirror) -> Mirror {
    let expected = after(&second.event, before);
    match &second.event {
        Event::Missing(number) => {
            let ids = [format!("PO-{number}")];
            let marked = desk
                .store
                .mark_gone(&SHOP, Resource::Orders, &ids, NOW + now);
            marked.await.unwrap();
        }
        Event::Page(page) => {
            let rows = fetched(&rows_of(page));
            let commit = PageCommit {
                rows: &rows,
                ..empty_page(&SHOP, NOW + now)
            };
            if let Some(steps) = second.cut_off_after {
                give_up_after(steps, desk.store.commit_orders(&commit)).await;
                let found = stored(desk).await;
                assert!(
                    found == *before || found == expected,
                    "I4: half a page: {found:?}"
                );
            }
            desk.store.commit_orders(&commit).await.unwrap();
        }
    }
    expected
}

async fn every_second_ends_as_it_must(seconds: Vec<Second>) {
    let desk = Desk::new().await;
    let mut expected = Mirror::new();
    let mut pages = Vec::new();
    for (now, second) in (0..).zip(&seconds) {
        expected = happens(&desk, second, now, &expected).await;
        assert_eq!(stored(&desk).await, expected, "second {now}");
        if let Event::Page(page) = &second.event {
            pages.push((now, rows_of(page)));
        }
        for replay in second.replays.iter().filter(|_| !pages.is_empty()) {
            let (fetched_at, rows) = replay.get(&pages);
            let counts = desk.commit(rows, *fetched_at).await;
            assert_eq!(
                (counts.new, counts.changed),
                (0, 0),
                "I2: a replay is no news"
            );
        }
        assert_eq!(
            stored(&desk).await,
            expected,
            "I3: after the replays of second {now}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn i2_i3_i4_i14_a_mirror_ends_every_second_as_its_newest_answers_say(seconds in seconds()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(every_second_ends_as_it_must(seconds));
    }
}
