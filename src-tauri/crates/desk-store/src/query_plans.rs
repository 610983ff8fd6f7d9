//! What SQLite makes of the statements that lists of orders are made from: which index each condition and each order has.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use desk_model::{AmountRange, Currency, DateRange, ListQuery, Resource, ShopId, UnixSeconds};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    Access, FILE_NAME, Store, ordering,
    search::{GOODS_FOUND, NUMBERS_FOUND, NUMBERS_NOT_ASCII, ORDERS_BEGINNING, ORDERS_OF_GOODS},
    selection::{Condition, conditions, status},
    totals::ORDERS_OF_DAYS,
};

/// Orders of 40 shops, most of them delivered.
const FILL: &str = "
    INSERT INTO orders (shop_id, order_sn, status, platform_status, amount_state, total_currency, total_minor, created_at, ship_by,
        updated_at, delivered_at, labels, content_hash, first_seen_at, fetched_at, fetch_seq)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
    SELECT 'us:' || n % 40, 'PO-' || n, iif(n % 50, 'delivered', 'unshipped'), '4', 'known', 'USD', n % 700, n * 60, n * 60 + 9000,
        n * 61, n * 62, '[]', x'00', 0, 0, 1 FROM n";

/// An empty database of which nothing is known, and a full one of which it is known how its values are distributed.
async fn databases() -> [(tempfile::TempDir, Connection); 2] {
    let (empty, full) = (database(false).await, database(true).await);
    let known = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'orders'";
    let known: u32 = full.1.query_row(known, [], |row| row.get(0)).unwrap();
    assert!(known > 5, "{known} indexes of orders are known");
    [empty, full]
}

async fn database(is_full: bool) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
    if is_full {
        store
            .write(|connection| Ok(connection.execute_batch(FILL)?))
            .await
            .unwrap();
        store.optimize().await.unwrap();
    }
    store.close().await;
    let connection = Connection::open(folder.path().join(FILE_NAME)).unwrap();
    (folder, connection)
}

fn plan(connection: &Connection, sql: &str, values: &[Value]) -> String {
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let steps = statement
        .query_map(params_from_iter(values), |row| {
            row.get::<_, String>("detail")
        })
        .unwrap();
    steps.collect::<Result<Vec<_>, _>>().unwrap().join("; ")
}

fn plan_of(connection: &Connection, condition: &Condition) -> String {
    let sql = format!("SELECT t.id FROM orders AS t WHERE {}", condition.sql);
    plan(connection, &sql, &condition.values)
}

#[tokio::test]
async fn each_condition_on_orders_is_answered_by_its_index_alone() {
    for (_folder, connection) in databases().await {
        check_conditions(&connection);
    }
}

fn check_conditions(connection: &Connection) {
    let span = DateRange {
        from: Some(UnixSeconds(1)),
        to: Some(UnixSeconds(2)),
    };
    let any = || ListQuery::all(Resource::Orders);
    let amount = AmountRange {
        currency: Currency::new("USD").unwrap(),
        from_minor: Some(1),
        to_minor: None,
    };
    for (query, index) in [
        (
            ListQuery {
                shops: vec![ShopId::new("us:1"), ShopId::new("us:2")],
                ..any()
            },
            "orders_by_update (shop_id=?)",
        ),
        (
            ListQuery {
                dates: span,
                ..any()
            },
            "orders_by_creation (created_at>? AND created_at<?)",
        ),
        (
            ListQuery {
                ship_by: span,
                ..any()
            },
            "orders_by_deadline (ship_by>? AND ship_by<?)",
        ),
        (
            ListQuery {
                updated: span,
                ..any()
            },
            "orders_by_change (updated_at>? AND updated_at<?)",
        ),
        (
            ListQuery {
                delivered: span,
                ..any()
            },
            "orders_by_delivery (delivered_at>? AND delivered_at<?)",
        ),
        (
            ListQuery {
                amount: Some(amount),
                ..any()
            },
            "orders_by_amount (total_currency=? AND total_minor>?)",
        ),
        (
            ListQuery {
                amount_known: Some(false),
                ..any()
            },
            "orders_by_amount (total_currency=?)",
        ),
    ] {
        let condition = conditions(&query).pop().unwrap();
        let expected = format!("SEARCH t USING COVERING INDEX {index}");
        assert_eq!(plan_of(connection, &condition), expected);
    }
    for query in [
        ListQuery {
            shipped: span,
            ..any()
        },
        ListQuery {
            quantity: desk_model::CountRange {
                from: Some(2),
                to: None,
            },
            ..any()
        },
    ] {
        let condition = conditions(&query).pop().unwrap();
        let expected = "SCAN t USING COVERING INDEX orders_by_delivery";
        assert_eq!(plan_of(connection, &condition), expected);
    }
    let newcomers = ListQuery {
        seen_since: Some(UnixSeconds(1)),
        ..any()
    };
    let plan = plan_of(connection, &conditions(&newcomers).pop().unwrap());
    assert!(
        plan.starts_with("SEARCH t USING INTEGER PRIMARY KEY (rowid>?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    for word in ["shipped", "due_soon", "overdue"] {
        let plan = plan_of(connection, &status(word, UnixSeconds(1)));
        assert!(
            plan.starts_with("SEARCH t USING COVERING INDEX orders_by_status (status=?"),
            "{word}: {plan}"
        );
    }
}

#[tokio::test]
async fn each_order_of_orders_is_read_off_its_index_without_sorting() {
    for (_folder, connection) in databases().await {
        check_orders(&connection);
    }
}

fn check_orders(connection: &Connection) {
    for (columns, index) in [
        (&["t.created_at"][..], "orders_by_creation"),
        (&["t.ship_by"], "orders_by_deadline"),
        (&["t.updated_at"], "orders_by_change"),
        (&["t.total_currency", "t.total_minor"], "orders_by_amount"),
        (&["t.order_sn", "t.shop_id"], "sqlite_autoindex_orders_1"),
    ] {
        for descending in [false, true] {
            let sql = ordering::walk("orders AS t", columns, descending);
            let plan = plan(connection, &sql, &[]);
            assert_eq!(
                plan,
                format!("SCAN t USING COVERING INDEX {index}"),
                "{sql}"
            );
        }
    }
    for column in [
        "t.delivered_at",
        "t.shipped_at",
        "t.pieces",
        "t.first_goods",
    ] {
        let sql = ordering::numbers("orders AS t", column);
        assert_eq!(
            plan(connection, &sql, &[]),
            "SCAN t USING COVERING INDEX orders_by_delivery",
            "{sql}"
        );
    }
}

#[tokio::test]
async fn a_search_reads_no_order_but_indexes_and_goods() {
    for (_folder, connection) in databases().await {
        check_search(&connection);
    }
}

fn check_search(connection: &Connection) {
    let not_ascii = format!("SELECT n.order_id FROM {NUMBERS_NOT_ASCII} instr(n.text, ?1)");
    for (sql, expected) in [
        (
            ORDERS_OF_GOODS,
            "SEARCH order_items USING COVERING INDEX order_items_by_goods (goods_id=?)",
        ),
        (
            GOODS_FOUND,
            "SCAN s VIRTUAL TABLE INDEX 0:M1; SEARCH g USING INTEGER PRIMARY KEY (rowid=?)",
        ),
        (
            ORDERS_BEGINNING,
            "SEARCH orders USING COVERING INDEX sqlite_autoindex_orders_1 (order_sn>? AND order_sn<?)",
        ),
        (
            NUMBERS_FOUND,
            "SCAN order_numbers_search VIRTUAL TABLE INDEX 0:M1",
        ),
        (&not_ascii, "SCAN n USING INDEX order_numbers_not_ascii"),
    ] {
        let values = vec![Value::Null; if sql.contains("?2") { 2 } else { 1 }];
        assert_eq!(plan(connection, sql, &values), expected, "{sql}");
    }
}

#[tokio::test]
async fn totals_read_no_order_but_its_index() {
    for (_folder, connection) in databases().await {
        check_totals(&connection);
    }
}

fn check_totals(connection: &Connection) {
    let values = [Value::from("us:1".to_owned()), 1.into(), 2.into()];
    let plan = plan(connection, ORDERS_OF_DAYS, &values);
    assert!(
        plan.starts_with("SEARCH orders USING COVERING INDEX orders_by_shop (shop_id=? AND created_at>? AND created_at<?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{plan}");
}
