//! Which version of a row is kept, and in which statuses an order was seen.

use desk_model::OrderStatus;
use desk_store::PageCommit;

use crate::builders::{Desk, NOW, SHOP, all_orders, counts, empty_page, fetched, order, product};

#[tokio::test]
async fn an_older_version_never_wins() {
    let desk = Desk::new().await;
    let mut newer = order("PO-1");
    (newer.status, newer.updated_at) = (OrderStatus::Shipped, Some(NOW));
    desk.commit(&[newer.clone()], 0).await;
    assert_eq!(
        desk.commit(&[order("PO-1")], 60).await,
        counts(0, 0, 1),
        "older change, later fetch"
    );
    let mut tie = newer.clone();
    tie.status = OrderStatus::Delivered;
    assert_eq!(
        desk.commit(&[tie.clone()], -60).await,
        counts(0, 0, 1),
        "same change, earlier fetch"
    );
    assert_eq!(
        desk.commit(&[tie.clone()], 60).await,
        counts(0, 1, 0),
        "same change, later fetch"
    );
    assert_eq!(desk.list_orders(&all_orders()).await, [tie]);
}

#[tokio::test]
async fn a_detail_without_time_of_change_updates_but_lowers_nothing() {
    let desk = Desk::new().await;
    desk.commit(&[order("PO-1")], 0).await;
    let mut detail = order("PO-1");
    (detail.status, detail.updated_at) = (OrderStatus::Shipped, None);
    assert_eq!(
        desk.commit(&[detail.clone()], -1).await,
        counts(0, 0, 1),
        "it was fetched earlier"
    );
    assert_eq!(desk.commit(&[detail.clone()], 1).await, counts(0, 1, 0));
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.status, stored.updated_at),
        (OrderStatus::Shipped, order("PO-1").updated_at)
    );

    detail.order_sn = desk_model::OrderSn::new("PO-2");
    desk.commit(&[detail], 1).await;
    assert_eq!(
        desk.commit(&[order("PO-2")], 0).await,
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
    desk.commit(&[delivered.clone()], 0).await;

    let mut detail = delivered.clone();
    (detail.updated_at, detail.delivered_at) = (None, None);
    assert_eq!(
        desk.commit(&[detail.clone()], 1).await,
        counts(0, 0, 1),
        "it says nothing new"
    );
    detail.labels.push("made up".to_owned());
    assert_eq!(desk.commit(&[detail.clone()], 2).await, counts(0, 1, 0));
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.delivered_at, stored.labels),
        (Some(NOW), detail.labels.clone())
    );

    detail.status = OrderStatus::Shipped;
    desk.commit(&[detail], 3).await;
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(stored.delivered_at, None, "it is no longer delivered");

    desk.commit(&[delivered.clone()], 4).await;
    (delivered.updated_at, delivered.delivered_at) = (Some(NOW + 5), None);
    desk.commit(&[delivered], 5).await;
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        stored.delivered_at, None,
        "an answer with a time of change is taken at its word"
    );
}

#[tokio::test]
async fn an_arrival_that_is_told_by_the_last_change_stays_when_the_order_changes_again() {
    let desk = Desk::new().await;
    let mut delivered = order("PO-1");
    delivered.status = OrderStatus::Delivered;
    for (hours, label) in [(0, "first"), (5, "second")] {
        let at = Some(NOW + hours * 3_600);
        (delivered.updated_at, delivered.delivered_at) = (at, at);
        delivered.labels = vec![label.to_owned()];
        desk.commit(&[delivered.clone()], hours * 3_600).await;
    }
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.delivered_at, stored.labels),
        (Some(NOW), vec!["second".to_owned()])
    );

    // A platform that names the time is taken at its word.
    delivered.delivered_at = Some(NOW - 60);
    delivered.updated_at = Some(NOW + 6 * 3_600);
    desk.commit(&[delivered], 6 * 3_600).await;
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(stored.delivered_at, Some(NOW - 60));
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
        seen.push(desk.store.commit_products(&page).await.unwrap().counts);
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
        desk.commit(&[step.clone()], after).await;
        desk.commit(&[step], after + 5).await;
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
async fn i2_a_silent_change_and_back_ends_as_it_was() {
    let desk = Desk::new().await;
    let was = order("PO-1");
    let mut silent = was.clone();
    silent.items[0].name = "changed without a new time of change".to_owned();
    for (seen, after) in [(&was, 0), (&silent, 10), (&was, 20)] {
        desk.commit(std::slice::from_ref(seen), after).await;
        assert_eq!(&desk.list_orders(&all_orders()).await[0], seen);
    }
    assert_eq!(
        desk.commit(&[silent], 10).await,
        counts(0, 0, 1),
        "the same answer once more is an earlier fetch"
    );
    assert_eq!(desk.list_orders(&all_orders()).await[0], was);

    let mut within = was.clone();
    within.items[0].name = "and back within the second".to_owned();
    let seen = std::slice::from_ref(&within);
    assert_eq!(desk.commit(seen, 20).await, counts(0, 1, 0));
    desk.commit(std::slice::from_ref(&was), 20).await;
    assert_eq!(desk.list_orders(&all_orders()).await, [was]);
}

#[tokio::test]
async fn statuses_of_one_second_stay_in_the_order_in_which_they_were_seen() {
    let desk = Desk::new().await;
    let codes = ["4", "2", "5", "1"];
    for code in codes {
        let mut step = order("PO-1");
        step.platform_status = code.to_owned();
        desk.commit(&[step], 0).await;
    }
    let record = desk.store.order(&SHOP, &order("PO-1").order_sn).await;
    let history = record.unwrap().unwrap().status_history;
    let seen = history.iter().map(|seen| seen.platform_status.as_str());
    assert_eq!(seen.collect::<Vec<_>>(), codes);
}
