//! What came and what changed since a view was opened.

use desk_model::{AmountState, ListQuery, Order, OrderStatus, Resource, ShopId};
use desk_store::{Error, PageCommit, ViewNews};

use crate::builders::{
    Desk, NOW, SHOP, all_orders, empty_page, fetched, give_up_after, order, product, shop_id,
};

async fn news(desk: &Desk, handle: u32) -> (u64, u64) {
    let ViewNews { changed, new } = desk.store.view_news(handle).await.unwrap();
    (changed, new)
}

fn changed(sn: &str) -> Order {
    Order {
        status: OrderStatus::Shipped,
        updated_at: Some(NOW),
        ..order(sn)
    }
}

#[tokio::test]
async fn a_view_knows_what_came_and_what_changed_each_row_once() {
    let desk = Desk::new().await;
    desk.put(&[order("A"), order("B"), order("C")]).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(news(&desk, view.handle).await, (0, 0));

    desk.put(&[order("A"), changed("B"), order("D")]).await;
    assert_eq!(news(&desk, view.handle).await, (1, 1), "A is the same");
    let again = Order {
        status: OrderStatus::Delivered,
        ..changed("B")
    };
    desk.commit(&[again, changed("D")], 1).await;
    assert_eq!(
        news(&desk, view.handle).await,
        (1, 1),
        "B counts once, and D is new whatever becomes of it"
    );
    desk.store
        .mark_gone(&SHOP, Resource::Orders, &["C".to_owned()], NOW + 2)
        .await
        .unwrap();
    assert_eq!(news(&desk, view.handle).await, (2, 1), "C is gone");

    let later = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(news(&desk, later.handle).await, (0, 0));
    desk.store.close_view(view.handle).await;
    assert!(matches!(
        desk.store.view_news(view.handle).await,
        Err(Error::ViewGone)
    ));
}

#[tokio::test]
async fn an_amount_of_which_something_else_is_said_is_a_change() {
    let desk = Desk::new().await;
    let unknown = Order {
        total_amount: None,
        amount_state: AmountState::Pending,
        ..order("A")
    };
    desk.put(&[unknown, order("B")]).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    desk.store.set_amounts_not_authorized(&SHOP).await.unwrap();
    assert_eq!(news(&desk, view.handle).await, (1, 0));
}

#[tokio::test]
async fn only_the_view_s_shops_and_resource_are_news() {
    let desk = Desk::new().await;
    desk.put(&[order("A")]).await;
    let other = ListQuery {
        shops: vec![ShopId::new("eu:1")],
        ..all_orders()
    };
    let own = ListQuery {
        shops: vec![shop_id()],
        ..all_orders()
    };
    let other = desk.store.open_view(&other, NOW).await.unwrap().handle;
    let own = desk.store.open_view(&own, NOW).await.unwrap().handle;
    let products = ListQuery::all(Resource::Products);
    let products = desk.store.open_view(&products, NOW).await.unwrap().handle;
    desk.put(&[changed("A"), order("B")]).await;
    assert_eq!(news(&desk, other).await, (0, 0));
    assert_eq!(news(&desk, own).await, (1, 1));
    assert_eq!(news(&desk, products).await, (0, 0));
    let rows = fetched(&[product("601", "Mug")]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_products(&page).await.unwrap();
    assert_eq!(news(&desk, products).await, (0, 1));
}

#[tokio::test]
async fn a_page_that_nobody_waits_for_any_more_is_news_all_the_same() {
    let desk = Desk::new().await;
    desk.put(&[order("A"), order("B")]).await;
    let handle = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    let rows = fetched(&[changed("A"), changed("B"), order("C")]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW + 1)
    };
    // The page's turn has come when its caller goes.
    let has_ended = give_up_after(0, desk.store.commit_orders(&page)).await;
    assert!(!has_ended);
    // Another write begins when the page is written.
    desk.store.set_setting("after", "it").await.unwrap();
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 3);
    assert_eq!(news(&desk, handle.handle).await, (2, 1));
}
