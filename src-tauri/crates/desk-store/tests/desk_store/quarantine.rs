//! Rows that cannot be read are put aside, listed, and let go.

use desk_model::{Order, Quarantined, Resource, ShopId, Unreadable};
use desk_store::PageCommit;

use crate::builders::{Desk, NOW, SHOP, empty_page, order, shop, shop_id};

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
            desk.store
                .commit_orders(&page)
                .await
                .unwrap()
                .counts
                .quarantined,
            3
        );
        assert_eq!(desk.store.quarantine_count(&SHOP).await.unwrap(), 3);
    }
    desk.commit(&[order("PO-1"), order("PO-2"), order("PO-3")], 1)
        .await;
    assert_eq!(
        desk.store.quarantine_count(&SHOP).await.unwrap(),
        1,
        "what cannot be told stays"
    );
}

#[tokio::test]
async fn i13_what_was_put_aside_is_listed_with_its_cleaned_payload() {
    let desk = Desk::new().await;
    let other = ShopId::new("eu:2");
    for id in [&*SHOP, &other] {
        desk.store.save_shop(&shop(id)).await.unwrap();
    }
    let rows = [Unreadable {
        raw: r#"{"order_sn":"PO-1","mobile":"made up","x":1}"#.to_owned(),
        reason: "no status".to_owned(),
    }];
    for (id, after) in [(&*SHOP, 0), (&*SHOP, 60), (&other, 30)] {
        let page = PageCommit::<Order> {
            unreadable: &rows,
            ..empty_page(id, NOW + after)
        };
        desk.store.commit_orders(&page).await.unwrap();
    }
    let of_shop = Quarantined {
        shop_id: shop_id(),
        resource: Resource::Orders,
        identity: "PO-1".to_owned(),
        reason: "no status".to_owned(),
        payload: r#"{"order_sn":"PO-1","x":1}"#.to_owned(),
        first_seen_at: NOW,
        last_seen_at: NOW + 60,
    };
    let of_other = Quarantined {
        shop_id: other.clone(),
        first_seen_at: NOW + 30,
        last_seen_at: NOW + 30,
        ..of_shop.clone()
    };
    let list = |shop: Option<ShopId>| {
        let store = &desk.store;
        async move { store.quarantined(shop.as_ref()).await.unwrap() }
    };
    assert_eq!(list(None).await, [of_shop.clone(), of_other.clone()]);
    assert_eq!(list(Some(other.clone())).await, [of_other]);
    desk.store.remove_shop(&other, true).await.unwrap();
    assert_eq!(list(None).await, [of_shop], "a removed shop's are hidden");
}

/// A value that no type holds, or no text is, does not hide the row's id.
#[tokio::test]
async fn i13_odd_values_do_not_hide_whose_row_it_is() {
    let desk = Desk::new().await;
    let odd = [
        r#"{"order_sn":"PO-1","created_at":1e999}"#,
        r#"{"parentOrderMap":{"parentOrderSn":"PO-2"},"lone":"\ud800","\ud800":1}"#,
        r#"{"order_sn":1000000000000000000000000000003}"#,
    ];
    let rows = odd.map(|raw| Unreadable {
        raw: raw.to_owned(),
        reason: "made up".to_owned(),
    });
    let page = PageCommit::<Order> {
        unreadable: &rows,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    let ids = ["PO-1", "PO-2", "1000000000000000000000000000003"];
    desk.commit(&ids.map(order), 1).await;
    assert_eq!(desk.store.quarantine_count(&SHOP).await.unwrap(), 0);
}
