//! Each condition of a query, together with others, and what is refused.

use desk_model::{
    ActivityItem, AmountRange, CountRange, Currency, DateRange, ListQuery, Order, OrderItem,
    OrderStatus, Product, ProductId, Resource, ShipRisk, Sku, SkuId, SortColumn, UnixSeconds,
};
use desk_store::{Error, PageCommit, Rows};

use crate::builders::{
    Desk, NOW, SHOP, activity, all_orders, empty_page, fetched, item, order, product, usd,
};

fn span(from: i64, to: i64) -> DateRange {
    DateRange {
        from: Some(NOW + from),
        to: Some(NOW + to),
    }
}

fn amounts(currency: &str, from_minor: Option<i64>, to_minor: Option<i64>) -> Option<AmountRange> {
    Some(AmountRange {
        currency: Currency::new(currency).unwrap(),
        from_minor,
        to_minor,
    })
}

async fn sorted_sns(desk: &Desk, query: &ListQuery) -> Vec<String> {
    let mut sns = desk.order_sns(query).await;
    sns.sort();
    sns
}

#[tokio::test]
async fn orders_are_filtered_by_each_column_and_by_all_at_once() {
    let desk = Desk::new().await;
    let with = |sn: &str, after: i64, minor: i64| Order {
        ship_by: Some(NOW + after),
        shipped_at: Some(NOW + after + 50),
        items: vec![OrderItem {
            quantity: after,
            ..item("Demo mug")
        }],
        delivered_at: Some(NOW + after + 100),
        updated_at: Some(NOW - 1000 + after),
        total_amount: Some(usd(minor)),
        ..order(sn)
    };
    let unknown = Order {
        ship_by: None,
        delivered_at: None,
        total_amount: None,
        ..order("D")
    };
    desk.put(&[
        with("A", 10, 100),
        with("B", 20, 200),
        with("C", 30, 300),
        unknown,
    ])
    .await;
    let any = all_orders;
    for (query, expected) in [
        (
            ListQuery {
                ship_by: span(10, 20),
                ..any()
            },
            vec!["A", "B"],
        ),
        (
            ListQuery {
                amount_known: Some(true),
                ..any()
            },
            vec!["A", "B", "C"],
        ),
        (
            ListQuery {
                amount_known: Some(false),
                ..any()
            },
            vec!["D"],
        ),
        (
            ListQuery {
                shipped: span(60, 70),
                ..any()
            },
            vec!["A", "B"],
        ),
        (
            ListQuery {
                quantity: CountRange {
                    from: Some(3),
                    to: Some(20),
                },
                ..any()
            },
            vec!["A", "B"],
        ),
        (
            ListQuery {
                delivered: span(121, 130),
                ..any()
            },
            vec!["C"],
        ),
        (
            ListQuery {
                updated: span(-980, -970),
                ..any()
            },
            vec!["B", "C"],
        ),
        (
            ListQuery {
                amount: amounts("USD", Some(200), None),
                ..any()
            },
            vec!["B", "C"],
        ),
        (
            ListQuery {
                amount: amounts("USD", None, Some(200)),
                ..any()
            },
            vec!["A", "B"],
        ),
        (
            ListQuery {
                amount: amounts("EUR", None, None),
                ..any()
            },
            vec![],
        ),
        (
            ListQuery {
                ship_by: span(10, 20),
                updated: span(-980, 0),
                amount: amounts("USD", Some(1), Some(1000)),
                statuses: vec!["unshipped".to_owned(), "shipped".to_owned()],
                risk: vec![ShipRisk::DueSoon],
                search: "mug".to_owned(),
                order_sns: vec!["B".to_owned(), "D".to_owned()],
                shops: vec![SHOP.clone()],
                ..any()
            },
            vec!["B"],
        ),
    ] {
        assert_eq!(sorted_sns(&desk, &query).await, expected, "{query:?}");
    }
}

#[tokio::test]
async fn status_and_risk_must_both_hold_and_neither_changes_the_counts() {
    let desk = Desk::new().await;
    let with = |sn: &str, status, after: i64| Order {
        status,
        ship_by: Some(NOW + after),
        ..order(sn)
    };
    desk.put(&[
        with("late", OrderStatus::Unshipped, -1),
        with("late part", OrderStatus::PartiallyShipped, -1),
        with("due", OrderStatus::Unshipped, 1),
        with("sent", OrderStatus::Shipped, -1),
    ])
    .await;
    let query = |statuses: &[&str], risk: &[ShipRisk]| ListQuery {
        statuses: statuses.iter().map(ToString::to_string).collect(),
        risk: risk.to_vec(),
        ..all_orders()
    };
    for (query, expected) in [
        (query(&["unshipped"], &[ShipRisk::Overdue]), vec!["late"]),
        (query(&[], &ShipRisk::ALL), vec!["due", "late", "late part"]),
        (query(&["shipped"], &ShipRisk::ALL), vec![]),
        (
            query(&["shipped", "overdue"], &[]),
            vec!["late", "late part", "sent"],
        ),
    ] {
        assert_eq!(sorted_sns(&desk, &query).await, expected, "{query:?}");
        let view = desk.store.open_view(&query, NOW).await.unwrap();
        let count = |word: &str| {
            view.status_counts
                .iter()
                .find(|(known, _)| known == word)
                .unwrap()
                .1
        };
        assert_eq!(
            [
                "unshipped",
                "partially_shipped",
                "shipped",
                "due_soon",
                "overdue"
            ]
            .map(count),
            [2, 1, 1, 1, 2]
        );
    }
}

#[tokio::test]
async fn many_numbers_are_found_whole_by_their_beginning_and_by_their_end() {
    let desk = Desk::new().await;
    let sns = [
        "PO-211-0001234567",
        "PO-211-0007654321",
        "PO-299-0001234567",
        "po-3-é\"%",
    ];
    desk.put(&sns.map(order)).await;
    for (pasted, expected) in [
        (vec!["PO-211-0001234567"], vec![sns[0]]),
        (vec![" po-211-0001234567\n"], vec![sns[0]]),
        (vec!["PO-211"], vec![sns[0], sns[1]]),
        (vec!["1234567"], vec![sns[0], sns[2]]),
        (vec!["654321", "po-299"], vec![sns[1], sns[2]]),
        (vec!["É\"%"], vec![sns[3]]),
        (vec!["21"], vec![sns[1]]),
        (vec!["11-000"], vec![]),
        (vec!["nothing", "", "  "], vec![]),
    ] {
        let query = ListQuery {
            order_sns: pasted.iter().map(ToString::to_string).collect(),
            ..all_orders()
        };
        assert_eq!(sorted_sns(&desk, &query).await, expected, "{pasted:?}");
    }
}

#[tokio::test]
async fn products_and_activities_have_filters_of_their_own() {
    let desk = Desk::new().await;
    let with = |id: &str, category: &str, minor, stock| Product {
        category: Some(category.to_owned()),
        price: Some(usd(minor)),
        stock: Some(stock),
        ..product(id, id)
    };
    let several = with("3", "Toys", 300, 9);
    let more = Sku {
        sku_id: SkuId::new("17590000000002"),
        ..several.skus[0].clone()
    };
    let several = Product {
        skus: vec![several.skus[0].clone(), more],
        ..several
    };
    let rows = fetched(&[
        with("1", "Kitchen", 100, 0),
        with("2", "Toys", 200, 5),
        several,
    ]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_products(&page).await.unwrap();
    let mut over = activity("8", "over");
    (over.joined, over.activity_type) = (false, "big_sale".to_owned());
    (over.end_time, over.enroll_deadline) = (Some(NOW - 1), Some(NOW - 50));
    let another = ActivityItem {
        product_id: ProductId::new("601000000000002"),
        ..over.items[0].clone()
    };
    over.items.push(another);
    let rows = fetched(&[activity("7", "runs"), over]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_activities(&page).await.unwrap();

    let products = || ListQuery::all(Resource::Products);
    let activities = || ListQuery::all(Resource::Activities);
    let count = |from, to| CountRange { from, to };
    for (query, expected) in [
        (
            ListQuery {
                categories: vec!["Toys".to_owned()],
                ..products()
            },
            vec!["2", "3"],
        ),
        (
            ListQuery {
                price: amounts("USD", Some(200), Some(200)),
                ..products()
            },
            vec!["2"],
        ),
        (
            ListQuery {
                stock: count(None, Some(0)),
                ..products()
            },
            vec!["1"],
        ),
        (
            ListQuery {
                stock: count(Some(1), Some(5)),
                ..products()
            },
            vec!["2"],
        ),
        (
            ListQuery {
                sku_count: count(Some(2), None),
                ..products()
            },
            vec!["3"],
        ),
        (
            ListQuery {
                item_count: count(None, Some(1)),
                ..activities()
            },
            vec!["7"],
        ),
        (
            ListQuery {
                remaining: count(Some(5), Some(8)),
                ..activities()
            },
            vec!["8"],
        ),
        (
            ListQuery {
                joined: Some(true),
                ..activities()
            },
            vec!["7"],
        ),
        (
            ListQuery {
                activity_types: vec!["big_sale".to_owned()],
                ..activities()
            },
            vec!["8"],
        ),
        (
            ListQuery {
                ends: span(0, 1000),
                ..activities()
            },
            vec!["7"],
        ),
        (
            ListQuery {
                starts: span(-100, -100),
                ..activities()
            },
            vec!["7", "8"],
        ),
        (
            ListQuery {
                enroll_until: span(-60, 0),
                ..activities()
            },
            vec!["8"],
        ),
    ] {
        let mut found: Vec<String> = match desk.store.list(&query, NOW, None).await.unwrap() {
            Rows::Products(rows) => rows.iter().map(|row| row.product_id.to_string()).collect(),
            Rows::Activities(rows) => rows.iter().map(|row| row.activity_id.to_string()).collect(),
            Rows::Orders(rows) => panic!("{rows:?}"),
        };
        found.sort();
        assert_eq!(found, expected, "{query:?}");
    }
}

#[tokio::test]
async fn orders_sort_by_what_their_lines_name() {
    let desk = Desk::new().await;
    let with = |sn: &str, name: &str, quantity, code: Option<&str>| {
        let mut order = order(sn);
        order.items = vec![item(name), item("another")];
        (order.items[0].quantity, order.items[0].ext_code) = (quantity, code.map(str::to_owned));
        order
    };
    let bare = Order {
        items: Vec::new(),
        ..order("E")
    };
    desk.put(&[
        with("A", "beta", 3, None),
        with("B", "Alpha", 9, Some("y")),
        with("C", "BETA", 1, Some("X")),
        with("D", "alpha", 5, Some("x")),
        bare,
    ])
    .await;
    for (sort, descending, expected) in [
        (SortColumn::Name, false, ["B", "D", "A", "C", "E"]),
        (SortColumn::Name, true, ["C", "A", "D", "B", "E"]),
        (SortColumn::Quantity, false, ["E", "C", "A", "D", "B"]),
        (SortColumn::ExtCode, false, ["C", "D", "B", "A", "E"]),
        (SortColumn::ExtCode, true, ["B", "D", "C", "E", "A"]),
    ] {
        let query = ListQuery {
            sort,
            descending,
            ..all_orders()
        };
        assert_eq!(
            desk.order_sns(&query).await,
            expected,
            "{sort:?} {descending}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_refused() {
    let desk = Desk::new().await;
    let far = Some(UnixSeconds(253_402_300_800));
    let day = |from, to| DateRange { from, to };
    let invalid = [
        ListQuery {
            dates: span(1, 0),
            ..all_orders()
        },
        ListQuery {
            updated: day(None, far),
            ..all_orders()
        },
        ListQuery {
            ship_by: day(Some(UnixSeconds(-1)), None),
            ..all_orders()
        },
        ListQuery {
            amount: amounts("USD", Some(2), Some(1)),
            ..all_orders()
        },
        ListQuery {
            order_sns: vec!["1".to_owned(); 1001],
            ..all_orders()
        },
        ListQuery {
            stock: CountRange {
                from: Some(1),
                to: Some(0),
            },
            ..ListQuery::all(Resource::Products)
        },
    ];
    for query in invalid {
        let refused = desk.store.open_view(&query, NOW).await;
        assert!(matches!(refused, Err(Error::InvalidQuery(_))), "{query:?}");
    }
    let of_others = [
        ListQuery {
            joined: Some(true),
            ..all_orders()
        },
        ListQuery {
            stock: CountRange {
                from: Some(1),
                to: None,
            },
            ..all_orders()
        },
        ListQuery {
            risk: vec![ShipRisk::Overdue],
            ..ListQuery::all(Resource::Products)
        },
        ListQuery {
            order_sns: vec!["1".to_owned()],
            ..ListQuery::all(Resource::Activities)
        },
        ListQuery {
            sort: SortColumn::Joined,
            ..all_orders()
        },
    ];
    for query in of_others {
        let refused = desk.store.open_view(&query, NOW).await;
        assert!(matches!(refused, Err(Error::UnknownColumn)), "{query:?}");
    }
}

#[test]
fn a_query_of_an_older_version_reads_as_before() {
    let old = r#"{"resource":"orders","sort":"created_at","descending":true}"#;
    assert_eq!(
        serde_json::from_str::<ListQuery>(old).unwrap(),
        all_orders()
    );
}
