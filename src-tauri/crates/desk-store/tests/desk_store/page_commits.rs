//! A page goes in whole or not at all, and tells what it changed.

use desk_model::{AmountState, ListQuery, OrderStatus, Resource, ShopId, SyncTask, Unreadable};
use desk_store::{Checkpoint, Error, PageCommit};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, counts, empty_page, fetched, give_up_after, item, order,
    product,
};

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
        desk.store.commit_products(&page).await.unwrap().counts,
        counts(1, 0, 0)
    );
    let list = desk
        .store
        .list(&ListQuery::all(Resource::Products), NOW, None)
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
        desk.store.commit_activities(&page).await.unwrap().counts,
        counts(1, 0, 0)
    );
    let list = desk
        .store
        .list(&ListQuery::all(Resource::Activities), NOW, None)
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
        desk.commit(&[order("PO-1"), order("PO-2")], 0).await,
        counts(2, 0, 0)
    );
    let mut shipped = order("PO-2");
    (shipped.status, shipped.updated_at) = (OrderStatus::Shipped, Some(NOW));
    assert_eq!(
        desk.commit(&[order("PO-1"), shipped], 60).await,
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
        desk.commit(&[newer.clone(), older.clone()], 0).await,
        counts(1, 0, 1)
    );
    assert_eq!(desk.list_orders(&all_orders()).await, [newer]);
}

#[tokio::test]
async fn lines_that_are_gone_are_gone_and_the_order_of_lines_is_kept() {
    let desk = Desk::new().await;
    let mut changed = order("PO-1");
    changed.items = vec![item("one"), item("two"), item("three")];
    desk.commit(&[changed.clone()], 0).await;
    changed.items = vec![item("three"), item("one")];
    assert_eq!(desk.commit(&[changed.clone()], 1).await, counts(0, 1, 0));
    assert_eq!(desk.list_orders(&all_orders()).await, [changed]);
    assert_eq!(desk.count("order_items"), 2);
}

#[tokio::test]
async fn i4_a_page_that_fails_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let before = Checkpoint {
        reached: Some(NOW - 1000),
        ..Checkpoint::new(SyncTask::Changes, "made-up")
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
        reached: Some(NOW),
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
            .checkpoint(&SHOP, Resource::Orders, SyncTask::Changes)
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
        desk.store.commit_orders(&page).await.unwrap().counts.new,
        1,
        "the same page goes in once the cause is gone"
    );
}

#[tokio::test]
async fn i4_a_page_that_is_given_up_at_any_step_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..20)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    let rows = fetched(&orders);
    let mut given_up = 0;
    // A busy computer may finish a page before it can be given up: it is tried until some were.
    for number in 0..500 {
        // A shop per try, so that each try has the whole page to write.
        let shop = ShopId::new(format!("us:{number}"));
        let page = PageCommit {
            rows: &rows,
            ..empty_page(&shop, NOW)
        };
        let has_ended = give_up_after(number % 3, desk.store.commit_orders(&page)).await;
        let of_shop = ListQuery {
            shops: vec![shop.clone()],
            ..all_orders()
        };
        let stored = desk.list_orders(&of_shop).await.len();
        if has_ended {
            assert_eq!(stored, 20);
            continue;
        }
        assert!(
            stored == 0 || stored == 20,
            "{stored} of 20 orders in try {number}"
        );
        given_up += 1;
        if given_up == 5 {
            return;
        }
    }
    panic!("only {given_up} tries were given up");
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
    assert_eq!(desk.commit(&orders, 0).await, counts(6, 0, 0));
    assert_eq!(
        desk.commit(&orders, 1).await,
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
    assert_eq!(desk.commit(&orders, 0).await, counts(3000, 0, 0));
    assert_eq!(desk.commit(&orders, 1).await, counts(0, 0, 3000));
    assert_eq!(desk.list_orders(&all_orders()).await.len(), 3000);
}

#[tokio::test]
async fn a_page_tells_the_earliest_time_of_change_that_it_moved() {
    let desk = Desk::new().await;
    let changed = |sn: &str, updated_at: i64| {
        let mut order = order(sn);
        order.updated_at = Some(NOW + updated_at);
        order
    };
    let first = [changed("PO-1", -100), changed("PO-2", -50)];
    assert_eq!(desk.oldest_move(&first, 0).await, Some(NOW - 100), "new");
    assert_eq!(desk.oldest_move(&first, 1).await, None, "all the same");
    let moved = [changed("PO-1", -100), changed("PO-2", 5)];
    assert_eq!(desk.oldest_move(&moved, 10).await, Some(NOW + 5), "moved");
    let mut silent = changed("PO-1", -100);
    silent.status = OrderStatus::Shipped;
    assert_eq!(
        desk.oldest_move(&[silent], 20).await,
        None,
        "a change that does not move it"
    );
}
