//! Views and lists: filters, order, counts, and that they hold still.

use desk_model::{
    DateRange, ListQuery, Order, OrderSn, OrderStatus, Product, Resource, ShopId, SortColumn,
};
use desk_store::{Error, PageCommit, Rows};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, empty_page, fetched, order, product, shop, sns, usd,
};

fn sorted(resource: Resource, sort: SortColumn, descending: bool) -> ListQuery {
    ListQuery {
        sort,
        descending,
        ..ListQuery::all(resource)
    }
}

#[tokio::test]
async fn what_is_unknown_comes_last_either_way_and_row_ids_break_ties() {
    let desk = Desk::new().await;
    let with = |sn: &str, ship_by: Option<i64>| Order {
        ship_by: ship_by.map(|after| NOW + after),
        ..order(sn)
    };
    desk.put(&[
        with("A", None),
        with("B", Some(2)),
        with("C", Some(1)),
        with("D", Some(2)),
        with("E", None),
    ])
    .await;
    let ascending = desk
        .order_sns(&sorted(Resource::Orders, SortColumn::ShipBy, false))
        .await;
    assert_eq!(ascending, ["C", "B", "D", "A", "E"]);
    let descending = desk
        .order_sns(&sorted(Resource::Orders, SortColumn::ShipBy, true))
        .await;
    assert_eq!(descending, ["D", "B", "C", "E", "A"]);
}

#[tokio::test]
async fn every_column_of_a_list_sorts_and_no_other() {
    let desk = Desk::new().await;
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    let (a, b) = (
        order("A"),
        Order {
            total_amount: Some(usd(5)),
            status: OrderStatus::Pending,
            ..order("B")
        },
    );
    desk.put(&[a, b]).await;
    for resource in Resource::ALL {
        for sort in SortColumn::ALL {
            for descending in [false, true] {
                let answer = desk
                    .store
                    .list(&sorted(resource, sort, descending), NOW, None)
                    .await;
                if sort.belongs_to(resource) {
                    assert!(answer.is_ok(), "{resource:?} {sort:?}: {answer:?}");
                } else {
                    assert!(
                        matches!(answer, Err(Error::UnknownColumn)),
                        "{resource:?} {sort:?}"
                    );
                }
            }
        }
    }
    assert_eq!(
        desk.order_sns(&sorted(Resource::Orders, SortColumn::Amount, false))
            .await,
        ["B", "A"]
    );
    assert_eq!(
        desk.order_sns(&sorted(Resource::Orders, SortColumn::Status, false))
            .await,
        ["B", "A"]
    );
    assert_eq!(
        desk.order_sns(&sorted(Resource::Orders, SortColumn::Id, true))
            .await,
        ["B", "A"]
    );
}

#[tokio::test]
async fn statuses_filter_and_are_counted_without_their_filter() {
    let desk = Desk::new().await;
    let with = |sn: &str, status, after: i64| Order {
        status,
        ship_by: Some(NOW + after),
        ..order(sn)
    };
    desk.put(&[
        with("due now", OrderStatus::Unshipped, 0),
        with("due", OrderStatus::PartiallyShipped, 86_399),
        with("later", OrderStatus::Unshipped, 86_400),
        with("late", OrderStatus::Unshipped, -1),
        with("gone", OrderStatus::Shipped, -1),
        Order {
            ship_by: None,
            ..order("no time")
        },
    ])
    .await;
    for (statuses, expected) in [
        (vec!["due_soon"], vec!["due", "due now"]),
        (vec!["overdue"], vec!["late"]),
        (vec!["shipped", "overdue"], vec!["gone", "late"]),
        (vec!["partially_shipped"], vec!["due"]),
        (vec!["delivered"], vec![]),
    ] {
        let statuses: Vec<String> = statuses.into_iter().map(str::to_owned).collect();
        let query = ListQuery {
            statuses,
            ..all_orders()
        };
        let view = desk.store.open_view(&query, NOW).await.unwrap();
        let mut found = sns(desk.store.view_rows(view.handle, 0, 10).await.unwrap());
        found.sort();
        assert_eq!(
            (found, view.count),
            (
                expected.iter().map(ToString::to_string).collect(),
                expected.len() as u64
            )
        );
        let counted: Vec<_> = view
            .status_counts
            .iter()
            .map(|(word, count)| (word.as_str(), *count))
            .collect();
        assert_eq!(
            counted,
            [
                ("pending", 0),
                ("unshipped", 4),
                ("partially_shipped", 1),
                ("shipped", 1),
                ("partially_delivered", 0),
                ("delivered", 0),
                ("canceled", 0),
                ("unknown", 0),
                ("due_soon", 2),
                ("overdue", 1),
            ]
        );
    }
}

#[tokio::test]
async fn a_word_that_is_no_status_is_refused() {
    let desk = Desk::new().await;
    for (resource, word) in [
        (Resource::Orders, "nonsense"),
        (Resource::Orders, "' OR 1=1 --"),
        (Resource::Products, "overdue"),
        (Resource::Activities, "shipped"),
    ] {
        let query = ListQuery {
            statuses: vec![word.to_owned()],
            ..ListQuery::all(resource)
        };
        assert!(
            matches!(
                desk.store.open_view(&query, NOW).await,
                Err(Error::InvalidQuery(_))
            ),
            "{word}"
        );
    }
}

#[tokio::test]
async fn dates_include_both_ends_and_activities_overlap_them() {
    let desk = Desk::new().await;
    let created = |sn: &str, after: i64| Order {
        created_at: NOW + after,
        ..order(sn)
    };
    desk.put(&[created("A", 0), created("B", 10), created("C", 20)])
        .await;
    let between = |from, to| DateRange { from, to };
    let query = ListQuery {
        dates: between(Some(NOW), Some(NOW + 10)),
        ..all_orders()
    };
    assert_eq!(desk.order_sns(&query).await, ["B", "A"]);

    let rows = fetched(&[activity("1", "from -100 to 100"), {
        let mut open = activity("2", "no times");
        (open.start_time, open.end_time) = (None, None);
        open
    }]);
    desk.store
        .commit_activities(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW)
        })
        .await
        .unwrap();
    for (from, to, count) in [
        (100, 200, 2),
        (101, 200, 1),
        (-200, -100, 2),
        (-200, -101, 1),
        (-10, 10, 2),
    ] {
        let query = ListQuery {
            dates: between(Some(NOW + from), Some(NOW + to)),
            ..ListQuery::all(Resource::Activities)
        };
        assert_eq!(
            desk.store.open_view(&query, NOW).await.unwrap().count,
            count,
            "{from}..{to}"
        );
    }
}

#[tokio::test]
async fn shops_filter_and_a_list_has_a_limit() {
    let desk = Desk::new().await;
    let other = ShopId::new("eu:1");
    desk.put(&[order("A"), order("B")]).await;
    let rows = fetched(&[order("A")]);
    desk.store
        .commit_orders(&PageCommit {
            rows: &rows,
            ..empty_page(&other, NOW)
        })
        .await
        .unwrap();
    let of_other = ListQuery {
        shops: vec![other.clone()],
        ..all_orders()
    };
    let listed = desk.list_orders(&of_other).await;
    assert_eq!(
        listed,
        [Order {
            shop_id: other,
            ..order("A")
        }]
    );
    assert_eq!(
        sns(desk.store.list(&all_orders(), NOW, Some(2)).await.unwrap()).len(),
        2
    );
    assert_eq!(
        sns(desk.store.list(&all_orders(), NOW, Some(0)).await.unwrap()).len(),
        0
    );
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 3);
}

#[tokio::test]
async fn products_sort_by_name_without_case() {
    let desk = Desk::new().await;
    let rows = fetched(&[
        product("1", "beta"),
        product("2", "Alpha"),
        product("3", "alpha 2"),
        product("4", "BETA"),
    ]);
    desk.store
        .commit_products(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW)
        })
        .await
        .unwrap();
    let Rows::Products(products) = desk
        .store
        .list(&ListQuery::all(Resource::Products), NOW, None)
        .await
        .unwrap()
    else {
        panic!("not products")
    };
    let names: Vec<_> = products
        .iter()
        .map(|product: &Product| product.name.as_str())
        .collect();
    assert_eq!(names, ["Alpha", "alpha 2", "beta", "BETA"]);
}

#[tokio::test]
async fn a_view_holds_still_while_a_sync_writes() {
    let desk = Desk::new().await;
    let orders: Vec<Order> = (0..50)
        .map(|number| Order {
            order_sn: OrderSn::new(format!("PO-{number:02}")),
            created_at: NOW - number,
            ..order("")
        })
        .collect();
    desk.put(&orders).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    let mut changed = orders[10].clone();
    (changed.created_at, changed.updated_at) = (NOW + 1000, Some(NOW));
    changed.status = OrderStatus::Canceled;
    desk.put(&[
        Order {
            created_at: NOW + 2000,
            ..order("new")
        },
        changed,
    ])
    .await;

    let Rows::Orders(rows) = desk.store.view_rows(view.handle, 5, 10).await.unwrap() else {
        panic!("not orders")
    };
    let expected: Vec<_> = (5..15).map(|number| format!("PO-{number:02}")).collect();
    assert_eq!(
        rows.iter()
            .map(|order| order.order_sn.to_string())
            .collect::<Vec<_>>(),
        expected
    );
    assert_eq!(
        rows[5].status,
        OrderStatus::Canceled,
        "places hold still, contents are of now"
    );
    assert_eq!(
        sns(desk.store.view_rows(view.handle, 48, 10).await.unwrap()),
        ["PO-48", "PO-49"]
    );
    assert_eq!(
        sns(desk
            .store
            .view_rows(view.handle, u64::MAX, u32::MAX)
            .await
            .unwrap()),
        [""; 0]
    );
}

#[tokio::test]
async fn a_closed_view_is_gone_and_opening_many_closes_the_oldest() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    let first = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    desk.store.close_view(first.handle).await;
    assert!(matches!(
        desk.store.view_rows(first.handle, 0, 1).await,
        Err(Error::ViewGone)
    ));

    let mut handles = Vec::new();
    for _ in 0..17 {
        handles.push(
            desk.store
                .open_view(&all_orders(), NOW)
                .await
                .unwrap()
                .handle,
        );
    }
    assert!(matches!(
        desk.store.view_rows(handles[0], 0, 1).await,
        Err(Error::ViewGone)
    ));
    for handle in &handles[1..] {
        assert_eq!(
            sns(desk.store.view_rows(*handle, 0, 1).await.unwrap()),
            ["PO-1"]
        );
    }
}
