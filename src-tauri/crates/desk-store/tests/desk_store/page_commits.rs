//! A page goes in whole or not at all, and tells what it changed.

use std::{future::poll_fn, pin::pin, task::Poll};

use desk_model::{
    AmountState, ListQuery, Order, OrderStatus, PageCounts, Resource, ShopId, Unreadable,
};
use desk_store::{Checkpoint, Error, PageCommit};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, empty_page, fetched, item, order, product, usd,
};

async fn commit(desk: &Desk, orders: &[Order], after: i64) -> PageCounts {
    let rows = fetched(orders);
    desk.store
        .commit_orders(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW + after)
        })
        .await
        .unwrap()
}

fn counts(new: u64, changed: u64, unchanged: u64) -> PageCounts {
    PageCounts {
        new,
        changed,
        unchanged,
        quarantined: 0,
    }
}

#[tokio::test]
async fn rows_come_back_as_they_were_stored() {
    let desk = Desk::new().await;
    let mut bare = order("PO-2");
    bare.items = vec![item("a"), item("b"), item("a")];
    (bare.ship_by, bare.currency, bare.total_amount) = (None, None, None);
    bare.amount_state = AmountState::NotAuthorized;
    bare.labels.clear();
    desk.put(&[order("PO-1"), bare.clone()]).await;
    let mut stored = desk.list_orders(&all_orders()).await;
    stored.sort_by_key(|order| order.order_sn.clone());
    assert_eq!(stored, [order("PO-1"), bare]);

    let products = fetched(&[product("601", "Mug")]);
    let page = PageCommit {
        rows: &products,
        ..empty_page(&SHOP, NOW)
    };
    assert_eq!(
        desk.store.commit_products(&page).await.unwrap(),
        counts(1, 0, 0)
    );
    let list = desk
        .store
        .list(&ListQuery::all(Resource::Products), None)
        .await
        .unwrap();
    assert_eq!(
        list,
        desk_store::Rows::Products(vec![product("601", "Mug")])
    );

    let activities = fetched(&[activity("9000", "Summer")]);
    let page = PageCommit {
        rows: &activities,
        ..empty_page(&SHOP, NOW)
    };
    assert_eq!(
        desk.store.commit_activities(&page).await.unwrap(),
        counts(1, 0, 0)
    );
    let list = desk
        .store
        .list(&ListQuery::all(Resource::Activities), None)
        .await
        .unwrap();
    assert_eq!(
        list,
        desk_store::Rows::Activities(vec![activity("9000", "Summer")])
    );
}

#[tokio::test]
async fn a_row_that_is_the_same_is_not_written_again() {
    let desk = Desk::new().await;
    assert_eq!(
        commit(&desk, &[order("PO-1"), order("PO-2")], 0).await,
        counts(2, 0, 0)
    );
    let mut shipped = order("PO-2");
    (shipped.status, shipped.updated_at) = (OrderStatus::Shipped, Some(NOW));
    assert_eq!(
        commit(&desk, &[order("PO-1"), shipped], 60).await,
        counts(0, 1, 1)
    );
    let seqs =
        "SELECT group_concat(fetch_seq || '@' || (fetched_at - ?1) ORDER BY order_sn) FROM orders";
    let seqs: String = desk
        .sqlite()
        .query_row(seqs, [NOW.0], |row| row.get(0))
        .unwrap();
    assert_eq!(seqs, "1@0,2@60");
}

#[tokio::test]
async fn of_a_row_twice_on_a_page_the_newer_counts() {
    let desk = Desk::new().await;
    let (mut newer, older) = (order("PO-1"), order("PO-1"));
    (newer.status, newer.updated_at) = (OrderStatus::Shipped, Some(NOW));
    assert_eq!(
        commit(&desk, &[newer.clone(), older.clone()], 0).await,
        counts(1, 0, 1)
    );
    assert_eq!(desk.list_orders(&all_orders()).await, [newer]);
}

#[tokio::test]
async fn lines_that_are_gone_are_gone_and_the_order_of_lines_is_kept() {
    let desk = Desk::new().await;
    let mut changed = order("PO-1");
    changed.items = vec![item("one"), item("two"), item("three")];
    commit(&desk, &[changed.clone()], 0).await;
    changed.items = vec![item("three"), item("one")];
    assert_eq!(commit(&desk, &[changed.clone()], 1).await, counts(0, 1, 0));
    assert_eq!(desk.list_orders(&all_orders()).await, [changed]);
    assert_eq!(desk.count("order_items"), 2);
}

#[tokio::test]
async fn an_older_version_never_wins() {
    let desk = Desk::new().await;
    let mut newer = order("PO-1");
    (newer.status, newer.updated_at) = (OrderStatus::Shipped, Some(NOW));
    commit(&desk, &[newer.clone()], 0).await;
    assert_eq!(
        commit(&desk, &[order("PO-1")], 60).await,
        counts(0, 0, 1),
        "older change, later fetch"
    );
    let mut tie = newer.clone();
    tie.status = OrderStatus::Delivered;
    assert_eq!(
        commit(&desk, &[tie.clone()], -60).await,
        counts(0, 0, 1),
        "same change, earlier fetch"
    );
    assert_eq!(
        commit(&desk, &[tie.clone()], 60).await,
        counts(0, 1, 0),
        "same change, later fetch"
    );
    assert_eq!(desk.list_orders(&all_orders()).await, [tie]);
}

#[tokio::test]
async fn a_detail_without_time_of_change_updates_but_lowers_nothing() {
    let desk = Desk::new().await;
    commit(&desk, &[order("PO-1")], 0).await;
    let mut detail = order("PO-1");
    (detail.status, detail.updated_at) = (OrderStatus::Shipped, None);
    assert_eq!(
        commit(&desk, &[detail.clone()], -1).await,
        counts(0, 0, 1),
        "it was fetched earlier"
    );
    assert_eq!(commit(&desk, &[detail.clone()], 1).await, counts(0, 1, 0));
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.status, stored.updated_at),
        (OrderStatus::Shipped, order("PO-1").updated_at)
    );

    detail.order_sn = desk_model::OrderSn::new("PO-2");
    commit(&desk, &[detail], 1).await;
    assert_eq!(
        commit(&desk, &[order("PO-2")], 0).await,
        counts(0, 1, 0),
        "a row without one yields to any with one"
    );
}

#[tokio::test]
async fn a_known_delivery_is_not_lost_to_a_detail_without_time_of_change() {
    let desk = Desk::new().await;
    let mut delivered = order("PO-1");
    delivered.status = OrderStatus::Delivered;
    (delivered.updated_at, delivered.delivered_at) = (Some(NOW), Some(NOW));
    commit(&desk, &[delivered.clone()], 0).await;

    let mut detail = delivered.clone();
    (detail.updated_at, detail.delivered_at) = (None, None);
    assert_eq!(
        commit(&desk, &[detail.clone()], 1).await,
        counts(0, 0, 1),
        "it says nothing new"
    );
    detail.labels.push("made up".to_owned());
    assert_eq!(commit(&desk, &[detail.clone()], 2).await, counts(0, 1, 0));
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.delivered_at, stored.labels),
        (Some(NOW), detail.labels.clone())
    );

    detail.status = OrderStatus::Shipped;
    commit(&desk, &[detail], 3).await;
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(stored.delivered_at, None, "it is no longer delivered");

    commit(&desk, &[delivered.clone()], 4).await;
    (delivered.updated_at, delivered.delivered_at) = (Some(NOW + 5), None);
    commit(&desk, &[delivered], 5).await;
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        stored.delivered_at, None,
        "an answer with a time of change is taken at its word"
    );
}

#[tokio::test]
async fn a_known_amount_is_not_lost_where_the_answer_does_not_tell_it() {
    let desk = Desk::new().await;
    commit(&desk, &[order("PO-1")], 0).await;
    for (after, state) in [(1, AmountState::Pending), (2, AmountState::NotAuthorized)] {
        let mut silent = order("PO-1");
        (silent.total_amount, silent.amount_state, silent.currency) = (None, state, None);
        assert_eq!(
            commit(&desk, &[silent.clone()], after).await,
            counts(0, 0, 1)
        );
        silent.updated_at = Some(NOW + after);
        assert_eq!(commit(&desk, &[silent], after).await, counts(0, 1, 0));
    }
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.total_amount, stored.amount_state),
        (Some(usd(1299)), AmountState::Known)
    );
    assert_eq!(stored.currency, order("PO-1").currency);

    let mut told = order("PO-1");
    (told.total_amount, told.updated_at) = (Some(usd(999)), Some(NOW + 3));
    commit(&desk, &[told.clone()], 3).await;
    assert_eq!(desk.list_orders(&all_orders()).await, [told]);
}

#[tokio::test]
async fn of_products_without_time_of_change_the_later_fetch_wins() {
    let desk = Desk::new().await;
    let mut seen = Vec::new();
    for (name, after) in [("first", 0), ("third", 20), ("second", 10)] {
        let rows = fetched(&[product("601", name)]);
        let page = PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW + after)
        };
        seen.push(desk.store.commit_products(&page).await.unwrap());
    }
    assert_eq!(seen, [counts(1, 0, 0), counts(0, 1, 0), counts(0, 0, 1)]);
    let name: String = desk
        .sqlite()
        .query_row("SELECT name FROM products", [], |row| row.get(0))
        .unwrap();
    assert_eq!(name, "third");
}

#[tokio::test]
async fn each_status_is_remembered_with_when_it_was_first_seen() {
    let desk = Desk::new().await;
    let steps = [
        ("2", OrderStatus::Unshipped, 0),
        ("4", OrderStatus::Shipped, 60),
        ("5", OrderStatus::Delivered, 120),
    ];
    for (code, status, after) in steps {
        let mut step = order("PO-1");
        (step.status, step.updated_at) = (status, Some(NOW + after));
        step.platform_status = code.to_owned();
        commit(&desk, &[step.clone()], after).await;
        commit(&desk, &[step], after + 5).await;
    }
    let record = desk
        .store
        .order(&SHOP, &order("PO-1").order_sn)
        .await
        .unwrap()
        .unwrap();
    let history = record.status_history.iter().map(|seen| {
        (
            seen.platform_status.as_str(),
            seen.status,
            seen.first_seen_at - NOW,
        )
    });
    assert_eq!(history.collect::<Vec<_>>(), steps);
    assert_eq!(record.fetched_at, NOW + 120);
}

#[tokio::test]
async fn i4_a_page_that_fails_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let before = Checkpoint {
        stream: "made-up".to_owned(),
        complete_through: Some(NOW - 1000),
        last_run_seconds: 1,
        window: None,
    };
    let rows = fetched(&[order("PO-1")]);
    let first = PageCommit {
        rows: &rows,
        checkpoint: Some(&before),
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_orders(&first).await.unwrap();

    // The checkpoint is written after everything else: when it fails, all the rest has to go too.
    desk.sqlite()
        .execute_batch("CREATE TRIGGER stop BEFORE UPDATE ON sync_checkpoints BEGIN SELECT RAISE(ABORT, 'stop'); END")
        .unwrap();
    let mut changed = order("PO-1");
    (changed.status, changed.updated_at) = (OrderStatus::Shipped, Some(NOW));
    let rows = fetched(&[changed, order("PO-2")]);
    let unreadable = [Unreadable {
        raw: "{}".to_owned(),
        reason: "made up".to_owned(),
    }];
    let after = Checkpoint {
        complete_through: Some(NOW),
        ..before.clone()
    };
    let page = PageCommit {
        rows: &rows,
        unreadable: &unreadable,
        checkpoint: Some(&after),
        ..empty_page(&SHOP, NOW + 1)
    };
    assert!(matches!(
        desk.store.commit_orders(&page).await,
        Err(Error::Database(_))
    ));

    assert_eq!(desk.list_orders(&all_orders()).await, [order("PO-1")]);
    assert_eq!(
        desk.store
            .checkpoint(&SHOP, Resource::Orders)
            .await
            .unwrap(),
        Some(before)
    );
    assert_eq!(desk.store.quarantine_count(&SHOP).await.unwrap(), 0);
    assert_eq!(
        (desk.count("raw_payloads"), desk.count("order_status_seen")),
        (1, 1)
    );

    desk.sqlite().execute_batch("DROP TRIGGER stop").unwrap();
    assert_eq!(
        desk.store.commit_orders(&page).await.unwrap().new,
        1,
        "the same page goes in once the cause is gone"
    );
}

/// Drives a future through its first `steps` waits and then drops it; `true` if it ended before.
async fn give_up_after(steps: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    let mut waits = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if waits == steps => Poll::Ready(false),
        Poll::Pending => {
            waits += 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn i4_a_page_that_is_given_up_at_any_step_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..20)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    let rows = fetched(&orders);
    let mut steps = 0;
    loop {
        // A shop per try, so that each try has the whole page to write.
        let shop = ShopId::new(format!("us:{steps}"));
        let page = PageCommit {
            rows: &rows,
            ..empty_page(&shop, NOW)
        };
        let has_ended = give_up_after(steps, desk.store.commit_orders(&page)).await;
        let of_shop = ListQuery {
            shops: vec![shop.clone()],
            ..all_orders()
        };
        let stored = desk.list_orders(&of_shop).await.len();
        if has_ended {
            assert_eq!(stored, 20);
            break;
        }
        assert!(
            stored == 0 || stored == 20,
            "{stored} of 20 orders after step {steps}"
        );
        steps += 1;
    }
    assert!(steps > 0, "no try was given up");
}

#[tokio::test]
async fn a_broken_row_is_put_aside_once_and_let_go_when_it_can_be_read() {
    let desk = Desk::new().await;
    let broken = |raw: &str| Unreadable {
        raw: raw.to_owned(),
        reason: "made up".to_owned(),
    };
    let rows = [
        broken(r#"{"order_sn":"PO-1","x":1}"#),
        broken(r#"{"parentOrderMap":{"parentOrderSn":"PO-2"}}"#),
        broken("<"),
    ];
    let page = PageCommit::<Order> {
        unreadable: &rows,
        ..empty_page(&SHOP, NOW)
    };
    for _ in 0..2 {
        assert_eq!(
            desk.store.commit_orders(&page).await.unwrap().quarantined,
            3
        );
        assert_eq!(desk.store.quarantine_count(&SHOP).await.unwrap(), 3);
    }
    commit(&desk, &[order("PO-1"), order("PO-2"), order("PO-3")], 1).await;
    assert_eq!(
        desk.store.quarantine_count(&SHOP).await.unwrap(),
        1,
        "what cannot be told stays"
    );
}

#[tokio::test]
async fn hostile_texts_are_kept_to_the_letter() {
    let desk = Desk::new().await;
    let long = "长".repeat(350_000);
    let texts = [
        "a\0b",
        "\u{202e}lru",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE orders; --",
        "=cmd|' /C'!A0",
        &long,
    ];
    let mut orders = Vec::new();
    for (number, text) in texts.into_iter().enumerate() {
        let mut hostile = order(&format!(
            "PO-{number}-{}",
            &text[..text.floor_char_boundary(40)]
        ));
        hostile.items = vec![item(text)];
        hostile.platform_status = text.to_owned();
        hostile.labels = vec![text.to_owned()];
        orders.push(hostile);
    }
    assert_eq!(commit(&desk, &orders, 0).await, counts(6, 0, 0));
    assert_eq!(
        commit(&desk, &orders, 1).await,
        counts(0, 0, 6),
        "even an id with a NUL is found again"
    );
    for hostile in orders {
        let record = desk
            .store
            .order(&SHOP, &hostile.order_sn)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(record.order, hostile);
        assert_eq!(
            record.status_history[0].platform_status,
            hostile.platform_status
        );
    }
}

#[tokio::test]
async fn a_page_of_any_length_goes_in() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..3000)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    assert_eq!(commit(&desk, &orders, 0).await, counts(3000, 0, 0));
    assert_eq!(commit(&desk, &orders, 1).await, counts(0, 0, 3000));
    assert_eq!(desk.list_orders(&all_orders()).await.len(), 3000);
}
