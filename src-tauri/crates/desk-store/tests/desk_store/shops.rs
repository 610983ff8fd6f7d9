//! Apps, shops, settings and pictures.

use desk_model::{
    GatewayAppId, ListQuery, Resource, Shop, ShopId, SyncTask, TokenState, Unreadable,
};
use desk_store::{Checkpoint, CredentialsUpdate, NewRun, PageCommit};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, app, empty_page, fetched, order, product, shop, shop_id,
};

#[tokio::test]
async fn an_app_is_known_by_what_it_is() {
    let desk = Desk::new().await;
    let first = desk.store.save_gateway_app(&app()).await.unwrap();
    let mut changed = app();
    changed.proxy = Some("socks5://127.0.0.1:1080".to_owned());
    let again = desk.store.save_gateway_app(&changed).await.unwrap();
    assert_eq!(again.id, first.id);
    let mut other = app();
    other.app_key = "another-made-up-key".to_owned();
    let other = desk.store.save_gateway_app(&other).await.unwrap();
    assert_ne!(other.id, first.id);
    assert_eq!(
        desk.store.gateway_apps().await.unwrap(),
        [again.clone(), other]
    );
    assert_eq!(desk.store.gateway_app(first.id).await.unwrap(), Some(again));
    assert_eq!(
        desk.store.gateway_app(GatewayAppId(99)).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_shop_is_saved_renamed_and_its_token_judged() {
    let desk = Desk::new().await;
    let mut expected = shop(&SHOP);
    desk.store.save_shop(&expected).await.unwrap();
    assert_eq!(
        desk.store.shop(&SHOP).await.unwrap(),
        Some(expected.clone())
    );
    assert!(desk.store.rename_shop(&SHOP, "我的店 🏪").await.unwrap());
    desk.store
        .set_token_state(&SHOP, TokenState::Revoked)
        .await
        .unwrap();
    (expected.name, expected.token_state) = ("我的店 🏪".to_owned(), TokenState::Revoked);
    assert_eq!(desk.store.shops().await.unwrap(), [expected.clone()]);
    expected = Shop {
        credentials_version: 2,
        token_state: TokenState::Valid,
        region: None,
        ..expected
    };
    desk.store.save_shop(&expected).await.unwrap();
    assert_eq!(desk.store.shops().await.unwrap(), [expected]);
    assert!(
        !desk
            .store
            .rename_shop(&ShopId::new("us:unknown"), "x")
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn renewed_credentials_touch_nothing_else_and_the_first_renewal_wins() {
    let desk = Desk::new().await;
    let other = shop(&ShopId::new("eu:1"));
    desk.store.save_shop(&other).await.unwrap();
    let before = Shop {
        token_state: TokenState::Expired,
        ..shop(&SHOP)
    };
    desk.store.save_shop(&before).await.unwrap();
    desk.store.rename_shop(&SHOP, "renamed").await.unwrap();
    let version = before.credentials_version;
    let update = CredentialsUpdate {
        version: version + 1,
        expires_at: Some(NOW + 7200),
        refresh_expires_at: None,
        scopes: vec!["orders".to_owned(), "made up".to_owned()],
    };
    let renewed = Shop {
        name: "renamed".to_owned(),
        token_state: TokenState::Valid,
        credentials_version: update.version,
        expires_at: update.expires_at,
        refresh_expires_at: update.refresh_expires_at,
        scopes: update.scopes.clone(),
        ..before
    };
    let late = CredentialsUpdate {
        version: version + 2,
        expires_at: None,
        ..update.clone()
    };
    for (update, has_won) in [(&update, true), (&late, false)] {
        let updated = desk.store.update_credentials(&SHOP, version, update).await;
        assert_eq!(updated.unwrap(), has_won);
        assert_eq!(
            desk.store.shop(&SHOP).await.unwrap().as_ref(),
            Some(&renewed)
        );
    }
    assert_eq!(desk.store.shop(&other.shop_id).await.unwrap(), Some(other));
}

#[tokio::test]
async fn scopes_are_updated_alone() {
    let desk = Desk::new().await;
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    let expected = Shop {
        scopes: vec!["订单".to_owned()],
        ..shop(&SHOP)
    };
    desk.store
        .update_permissions(&SHOP, expected.mall_type, &expected.scopes)
        .await
        .unwrap();
    assert_eq!(desk.store.shop(&SHOP).await.unwrap(), Some(expected));
}

#[tokio::test]
async fn a_removed_shop_gets_neither_credentials_nor_scopes() {
    let desk = Desk::new().await;
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    desk.store.remove_shop(&SHOP, true).await.unwrap();
    let row = || -> (i64, String) {
        let sql = "SELECT credentials_version, scopes FROM shops";
        let row = desk.sqlite().query_row(sql, [], |row| row.try_into());
        row.unwrap()
    };
    let before = row();
    let version = shop(&SHOP).credentials_version;
    let update = CredentialsUpdate {
        version: version + 1,
        expires_at: None,
        refresh_expires_at: None,
        scopes: Vec::new(),
    };
    let updated = desk.store.update_credentials(&SHOP, version, &update).await;
    assert!(!updated.unwrap());
    desk.store
        .update_permissions(&SHOP, desk_model::MallType::Local, &[])
        .await
        .unwrap();
    assert_eq!(row(), before);
}

/// A shop with something in every table.
async fn fill(desk: &Desk, id: &ShopId) {
    desk.store.save_shop(&shop(id)).await.unwrap();
    let run = NewRun {
        shop_id: id.clone(),
        resource: Resource::Orders,
        task: SyncTask::Changes,
        trigger: desk_model::SyncTrigger::Manual,
        started_at: NOW,
        window_start: None,
        window_end: None,
    };
    let run_id = desk.store.start_run(&run).await.unwrap();
    let checkpoint = Checkpoint::new(SyncTask::Changes, "made-up");
    let mut pictured = order("PO-1");
    pictured.items[0].image_url = Some(format!("https://img.example/{id}.jpg"));
    let rows = fetched(&[pictured]);
    let unreadable = [Unreadable {
        raw: "{}".to_owned(),
        reason: "made up".to_owned(),
    }];
    let page = PageCommit {
        run_id: Some(run_id),
        rows: &rows,
        unreadable: &unreadable,
        checkpoint: Some(&checkpoint),
        ..empty_page(id, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    let rows = fetched(&[product("601", "Mug")]);
    desk.store
        .commit_products(&PageCommit {
            rows: &rows,
            ..empty_page(id, NOW)
        })
        .await
        .unwrap();
    let rows = fetched(&[activity("9000", "Summer")]);
    desk.store
        .commit_activities(&PageCommit {
            rows: &rows,
            ..empty_page(id, NOW)
        })
        .await
        .unwrap();
}

async fn listed(desk: &Desk) -> [u64; 3] {
    let mut counts = [0; 3];
    for (count, resource) in counts.iter_mut().zip(Resource::ALL) {
        let view = desk
            .store
            .open_view(&ListQuery::all(resource), NOW)
            .await
            .unwrap();
        let by_status: u64 = view
            .status_counts
            .iter()
            .filter(|(word, _)| word != "due_soon" && word != "overdue")
            .map(|(_, n)| n)
            .sum();
        assert_eq!(view.count, by_status);
        *count = view.count;
    }
    counts
}

#[tokio::test]
async fn a_removed_shop_is_hidden_with_its_data_until_it_is_saved_again() {
    let desk = Desk::new().await;
    let other = ShopId::new("eu:1");
    fill(&desk, &SHOP).await;
    fill(&desk, &other).await;
    desk.store.remove_shop(&SHOP, true).await.unwrap();
    assert_eq!(desk.store.shops().await.unwrap(), [shop(&other)]);
    assert_eq!(desk.store.shop(&SHOP).await.unwrap(), None);
    assert_eq!(listed(&desk).await, [1, 1, 1]);
    let sn = order("PO-1").order_sn;
    assert_eq!(
        desk.store.shops_with_order(&sn).await.unwrap(),
        std::slice::from_ref(&other)
    );
    assert_eq!(desk.store.order(&SHOP, &sn).await.unwrap(), None);
    assert_eq!(desk.store.sync_runs(None, 10).await.unwrap().len(), 1);
    let asked_for = ListQuery {
        shops: vec![shop_id()],
        ..all_orders()
    };
    assert_eq!(
        desk.order_sns(&asked_for).await,
        [""; 0],
        "not even by name"
    );

    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    assert_eq!(listed(&desk).await, [2, 2, 2]);
    assert!(
        desk.store
            .checkpoint(&SHOP, Resource::Orders, SyncTask::Changes)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_removal_that_is_undone_leaves_the_shop_as_it_was() {
    let desk = Desk::new().await;
    fill(&desk, &SHOP).await;
    for keep_data in [true, false] {
        desk.store.remove_shop(&SHOP, keep_data).await.unwrap();
        assert_eq!(listed(&desk).await, [0, 0, 0]);
        let [removal] = &desk.store.removals().await.unwrap()[..] else {
            panic!("one removal");
        };
        assert_eq!(removal.credentials_version, shop(&SHOP).credentials_version);
        assert!(desk.store.undo_removal(&SHOP).await.unwrap());
        assert_eq!(desk.store.shops().await.unwrap(), [shop(&SHOP)]);
        assert_eq!(listed(&desk).await, [1, 1, 1]);
        assert_eq!(desk.store.removals().await.unwrap(), []);
        desk.store.delete_removed_data(&SHOP).await.unwrap();
        assert_eq!(listed(&desk).await, [1, 1, 1], "it is not removed");
    }
    assert!(!desk.store.undo_removal(&SHOP).await.unwrap());
}

#[tokio::test]
async fn a_removal_that_keeps_the_data_deletes_none() {
    let desk = Desk::new().await;
    fill(&desk, &SHOP).await;
    desk.store.remove_shop(&SHOP, true).await.unwrap();
    desk.store.delete_removed_data(&SHOP).await.unwrap();
    desk.store.end_removal(&SHOP).await.unwrap();
    assert!(!desk.store.undo_removal(&SHOP).await.unwrap(), "too late");
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    assert_eq!(listed(&desk).await, [1, 1, 1]);
}

#[tokio::test]
async fn a_shop_removed_with_its_data_leaves_no_row() {
    let desk = Desk::new().await;
    let other = ShopId::new("eu:1");
    fill(&desk, &other).await;
    // The log of changes has row ids alone.
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'
        AND name <> 'order_changes' ORDER BY name";
    let sqlite = desk.sqlite();
    let tables: Vec<String> = sqlite
        .prepare(tables)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let sizes = |desk: &Desk| {
        tables
            .iter()
            .map(|table| (table.clone(), desk.count(table)))
            .collect::<Vec<_>>()
    };
    let before = sizes(&desk);

    fill(&desk, &SHOP).await;
    assert!(
        desk.store
            .has_picture(&format!("https://img.example/{}.jpg", shop_id()))
            .await
            .unwrap()
    );
    desk.store.remove_shop(&SHOP, false).await.unwrap();
    desk.store.delete_removed_data(&SHOP).await.unwrap();
    desk.store.end_removal(&SHOP).await.unwrap();
    assert_eq!(sizes(&desk), before);
    assert!(
        !desk
            .store
            .has_picture(&format!("https://img.example/{}.jpg", shop_id()))
            .await
            .unwrap()
    );
    assert!(
        desk.store
            .has_picture(&format!("https://img.example/{other}.jpg"))
            .await
            .unwrap()
    );
    assert!(
        desk.store
            .has_picture("https://img.example/product.jpg")
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_row_id_is_never_given_twice() {
    let desk = Desk::new().await;
    fill(&desk, &SHOP).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    desk.store.remove_shop(&SHOP, false).await.unwrap();
    desk.store.delete_removed_data(&SHOP).await.unwrap();
    fill(&desk, &ShopId::new("eu:1")).await;
    assert!(
        matches!(
            desk.store.view_rows(view.handle, 0, 10).await,
            Err(desk_store::Error::ViewGone)
        ),
        "an old view never shows another shop's row"
    );
}

#[tokio::test]
async fn a_view_of_rows_that_were_deleted_is_gone_before_one_takes_anothers_place() {
    let desk = Desk::new().await;
    let other = ShopId::new("eu:1");
    fill(&desk, &SHOP).await;
    fill(&desk, &other).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    desk.store.remove_shop(&other, false).await.unwrap();
    let rows = desk.store.view_rows(view.handle, 0, 10).await;
    assert!(rows.is_ok(), "hidden ones are still there");
    desk.store.delete_removed_data(&other).await.unwrap();
    for _ in 0..2 {
        let rows = desk.store.view_rows(view.handle, 0, 10).await;
        assert!(matches!(rows, Err(desk_store::Error::ViewGone)), "{rows:?}");
    }
    let anew = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    let rows = desk.store.view_rows(anew.handle, 0, 10).await;
    assert!(rows.is_ok(), "{rows:?}");
}

#[tokio::test]
async fn a_setting_is_what_was_set_last() {
    let desk = Desk::new().await;
    assert_eq!(desk.store.setting("language").await.unwrap(), None);
    for value in ["\"en\"", "\"zh-CN\""] {
        desk.store.set_setting("language", value).await.unwrap();
        assert_eq!(
            desk.store.setting("language").await.unwrap().as_deref(),
            Some(value)
        );
    }
}
