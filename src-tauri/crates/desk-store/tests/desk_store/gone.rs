//! Rows that the platform no longer has are kept, hidden, and come back.

use std::collections::HashSet;

use desk_model::{ListQuery, OrderSn, OrderStatus, Resource, ShopId, UnixSeconds};
use desk_store::{PageCommit, Rows, Unseen};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, counts, empty_page, fetched, order, product,
};

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

async fn mark(desk: &Desk, orders: &[&str], after: i64) -> u64 {
    let orders = ids(orders);
    let at = NOW + after;
    desk.store
        .mark_gone(&SHOP, Resource::Orders, &orders, at)
        .await
        .unwrap()
}

async fn gone_at(desk: &Desk, sn: &str) -> Option<UnixSeconds> {
    let record = desk.store.order(&SHOP, &OrderSn::new(sn)).await.unwrap();
    record.unwrap().gone_at
}

fn with_gone() -> ListQuery {
    ListQuery {
        include_gone: true,
        ..all_orders()
    }
}

#[tokio::test]
async fn i14_a_row_that_is_gone_is_hidden_and_kept() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1"), order("PO-2")]).await;
    let before = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(mark(&desk, &["PO-2", "PO-unknown"], 10).await, 1);
    assert_eq!(mark(&desk, &["PO-2"], 20).await, 0, "it is marked once");

    assert_eq!(desk.order_sns(&all_orders()).await, ["PO-1"]);
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(view.count, 1);
    assert!(view.status_counts.contains(&("unshipped".to_owned(), 1)));
    assert_eq!(desk.order_sns(&with_gone()).await.len(), 2);
    let view = desk.store.open_view(&with_gone(), NOW).await.unwrap();
    assert_eq!((view.count, view.status_counts), (2, before.status_counts));
    assert_eq!(gone_at(&desk, "PO-2").await, Some(NOW + 10));
    assert_eq!(gone_at(&desk, "PO-1").await, None);
    let Rows::Orders(open) = desk.store.view_rows(before.handle, 0, 10).await.unwrap() else {
        panic!("not orders")
    };
    assert_eq!(open.len(), 2, "an open view does not change");
}

#[tokio::test]
async fn i14_a_row_that_is_fetched_again_comes_back_and_counts_as_changed() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1"), order("PO-2")]).await;
    mark(&desk, &["PO-1", "PO-2"], 10).await;
    assert_eq!(
        desk.commit(&[order("PO-1")], 9).await,
        counts(0, 0, 1),
        "an answer of the time before does not bring it back"
    );
    assert!(desk.order_sns(&all_orders()).await.is_empty());

    assert_eq!(desk.commit(&[order("PO-1")], 10).await, counts(0, 1, 0));
    let mut shipped = order("PO-2");
    (shipped.status, shipped.updated_at) = (OrderStatus::Shipped, Some(NOW));
    assert_eq!(desk.commit(&[shipped], 20).await, counts(0, 1, 0));
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 2);
    assert_eq!(gone_at(&desk, "PO-1").await, None);
    assert_eq!(desk.commit(&[order("PO-1")], 30).await, counts(0, 0, 1));
}

#[tokio::test]
async fn i14_news_of_the_time_before_do_not_bring_a_row_back() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    mark(&desk, &["PO-1"], 100).await;
    let mut late = order("PO-1");
    (late.status, late.updated_at) = (OrderStatus::Shipped, Some(NOW));
    assert_eq!(desk.commit(&[late.clone()], 50).await, counts(0, 1, 0));
    assert_eq!(gone_at(&desk, "PO-1").await, Some(NOW + 100));
    assert_eq!(
        desk.list_orders(&with_gone()).await,
        [late],
        "they are kept"
    );
}

#[tokio::test]
async fn i14_a_row_that_was_fetched_after_the_census_is_not_marked() {
    let desk = Desk::new().await;
    desk.commit(&[order("PO-1")], 50).await;
    assert_eq!(mark(&desk, &["PO-1"], 49).await, 0);
    assert_eq!(mark(&desk, &["PO-1"], 50).await, 1);
}

#[tokio::test]
async fn i14_what_was_not_seen_is_told_with_how_many_there_are() {
    let desk = Desk::new().await;
    let mut orders = Vec::new();
    for (number, updated_at) in [(1, -300), (2, -200), (3, -100), (4, -200)] {
        let mut order = order(&format!("PO-{number}"));
        order.updated_at = Some(NOW + updated_at);
        orders.push(order);
    }
    let mut untold = order("PO-5");
    untold.updated_at = None;
    orders.push(untold);
    desk.put(&orders).await;
    let rows = fetched(&[order("PO-1")]);
    let other = ShopId::new("eu:2");
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&other, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    mark(&desk, &["PO-4"], 0).await;

    let seen: HashSet<String> = ids(&["PO-2", "PO-9"]).into_iter().collect();
    let unseen = async |span| {
        let unseen = desk
            .store
            .unseen(&SHOP, Resource::Orders, span, &seen)
            .await;
        let mut unseen = unseen.unwrap();
        unseen.vanished.sort();
        unseen
    };
    let expected = |vanished: &[&str], stored| Unseen {
        vanished: ids(vanished),
        stored,
    };
    assert_eq!(unseen(None).await, expected(&["PO-1", "PO-3", "PO-5"], 4));
    assert_eq!(
        unseen(Some((NOW - 300, NOW - 200))).await,
        expected(&["PO-1"], 2),
        "both ends are included"
    );
    assert_eq!(unseen(Some((NOW - 299, NOW - 101))).await, expected(&[], 1));
}

#[tokio::test]
async fn i14_products_and_activities_go_and_come_back_too() {
    let desk = Desk::new().await;
    let products = fetched(&[product("601", "Mug"), product("602", "Cup")]);
    let activities = fetched(&[activity("9000", "Summer")]);
    let put = async |after| {
        let page = PageCommit {
            rows: &products,
            ..empty_page(&SHOP, NOW + after)
        };
        let products = desk.store.commit_products(&page).await.unwrap().counts;
        let page = PageCommit {
            rows: &activities,
            ..empty_page(&SHOP, NOW + after)
        };
        let activities = desk.store.commit_activities(&page).await.unwrap().counts;
        (products, activities)
    };
    let listed = async |resource| {
        let view = desk.store.open_view(&ListQuery::all(resource), NOW).await;
        view.unwrap().count
    };
    put(0).await;
    for (resource, id) in [(Resource::Products, "601"), (Resource::Activities, "9000")] {
        let (seen, gone) = (HashSet::new(), ids(&[id]));
        let unseen = desk.store.unseen(&SHOP, resource, None, &seen).await;
        assert!(unseen.unwrap().vanished.contains(&gone[0]));
        let marked = desk.store.mark_gone(&SHOP, resource, &gone, NOW + 1).await;
        assert_eq!(marked.unwrap(), 1);
    }
    assert_eq!(
        (
            listed(Resource::Products).await,
            listed(Resource::Activities).await
        ),
        (1, 0)
    );
    assert_eq!(put(2).await, (counts(0, 1, 1), counts(0, 1, 0)));
    assert_eq!(
        (
            listed(Resource::Products).await,
            listed(Resource::Activities).await
        ),
        (2, 1)
    );
}

#[tokio::test]
async fn unfinished_orders_are_told_by_number_and_go_on_after_one() {
    let desk = Desk::new().await;
    let mut orders = Vec::new();
    for (number, status) in OrderStatus::ALL.into_iter().enumerate() {
        let mut order = order(&format!("PO-{number}"));
        order.status = status;
        orders.push(order);
    }
    desk.put(&orders).await;
    let after = async |sn: Option<&str>, limit| {
        let after = sn.map(OrderSn::new);
        let sns = desk.store.unfinished_orders(&SHOP, after.as_ref(), limit);
        let sns = sns.await.unwrap();
        sns.iter().map(OrderSn::to_string).collect::<Vec<_>>()
    };
    assert_eq!(after(None, 10).await, ["PO-0", "PO-1", "PO-2"]);
    assert_eq!(after(None, 2).await, ["PO-0", "PO-1"]);
    assert_eq!(after(Some("PO-0"), 10).await, ["PO-1", "PO-2"]);
    mark(&desk, &["PO-1"], 0).await;
    assert_eq!(after(None, 10).await, ["PO-0", "PO-2"]);
}
