//! Lists of so many orders that indexes are read as a whole and answers are kept, held against plain SQL.

use desk_model::{AmountRange, Currency, DateRange, ListQuery, ShipRisk, ShopId, SortColumn};

use desk_store::Rows;

use crate::builders::{Desk, NOW, Random, all_orders};

/// Orders of four shops, half of them in one, and some that are gone.
const FILL: &str = "
    INSERT INTO goods (id, shop_id, sku_id, ext_code, name, folded_name, search_text)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 40)
    SELECT n, 'us:1', iif(n % 7, 'sku' || (n % 9), NULL), iif(n % 3, 'c' || n, NULL), 'Mug', 'mug ' || (n % 5), 'mug ' || (n % 5) FROM n;

    INSERT INTO orders (id, shop_id, order_sn, status, platform_status, amount_state, total_currency, total_minor, created_at, ship_by,
        updated_at, delivered_at, labels, content_hash, first_seen_at, fetched_at, fetch_seq, gone_at, pieces, first_goods)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 6000)
    SELECT n, 'us:' || max(1, n % 7 - 2), 'PO-' || (n * 7919 % 6007),
        CASE n % 10 WHEN 0 THEN 'unshipped' WHEN 1 THEN 'shipped' WHEN 2 THEN 'partially_shipped' ELSE 'delivered' END, '4', 'known',
        iif(n % 11, iif(n % 5, 'USD', 'EUR'), NULL), iif(n % 11, n % 700, NULL), 1750000000 - n * 61 % 5003, iif(n % 13, 1749990000 + n * 7 % 30000, NULL),
        1750000000 - n % 999, iif(n % 3, n, NULL), '[]', x'00', 0, 0, 1, iif(n % 500, NULL, 1), n % 4, iif(n % 19, 1 + n % 40, NULL) FROM n;

    INSERT INTO order_items (order_id, position, goods_id, quantity) SELECT id, 0, first_goods, 1 FROM orders WHERE first_goods IS NOT NULL;

    INSERT INTO order_numbers (order_id, text) SELECT id, lower(order_sn) FROM orders;

    INSERT INTO sqlite_sequence (name, seq) SELECT 'orders', max(id) FROM orders;
";

/// What narrows a list, and the same in SQL.
type Narrowing = (fn(&mut ListQuery), &'static str);

const NARROWING: [Narrowing; 8] = [
    (
        |query| query.shops = vec![ShopId::new("us:1")],
        "shop_id = 'us:1'",
    ),
    (
        |query| query.shops = vec![ShopId::new("us:2"), ShopId::new("us:3")],
        "shop_id IN ('us:2', 'us:3')",
    ),
    (
        |query| {
            query.dates = DateRange {
                from: Some(NOW - 3000),
                to: Some(NOW - 10),
            }
        },
        "created_at BETWEEN 1749997000 AND 1749999990",
    ),
    (
        |query| {
            query.ship_by = DateRange {
                from: None,
                to: Some(NOW),
            }
        },
        "ship_by <= 1750000000",
    ),
    (
        |query| {
            let currency = Currency::new("USD").unwrap();
            query.amount = Some(AmountRange {
                currency,
                from_minor: Some(50),
                to_minor: None,
            });
        },
        "total_currency = 'USD' AND total_minor >= 50",
    ),
    (
        |query| query.search = "11".to_owned(),
        "instr(order_sn, '11')",
    ),
    (
        |query| query.search = "mug".to_owned(),
        "first_goods IS NOT NULL",
    ),
    (|query| query.include_gone = true, "TRUE"),
];

const BY_STATUS: [Narrowing; 4] = [
    (|_| (), "TRUE"),
    (
        |query| query.statuses = vec!["delivered".to_owned(), "shipped".to_owned()],
        "status IN ('delivered', 'shipped')",
    ),
    (
        |query| query.statuses = vec!["unshipped".to_owned()],
        "status = 'unshipped'",
    ),
    (|query| query.risk = vec![ShipRisk::Overdue], OVERDUE),
];

const OVERDUE: &str = "status IN ('unshipped', 'partially_shipped') AND ship_by < 1750000000";
const DUE_SOON: &str = "status IN ('unshipped', 'partially_shipped') AND ship_by >= 1750000000 AND ship_by < 1750086400";

/// A column and its order in SQL; `~` stands for the direction.
const ORDERS: [(SortColumn, &str); 11] = [
    (SortColumn::CreatedAt, "created_at ~, id ~"),
    (SortColumn::ShipBy, "ship_by ~ NULLS LAST, id ~"),
    (SortColumn::Id, "order_sn ~, shop_id ~"),
    (
        SortColumn::Amount,
        "total_currency ~ NULLS LAST, total_minor ~, id ~",
    ),
    (SortColumn::DeliveredAt, "delivered_at ~ NULLS LAST, id ~"),
    (SortColumn::Quantity, "pieces ~, id ~"),
    (
        SortColumn::Name,
        "(SELECT folded_name FROM goods WHERE goods.id = first_goods) ~ NULLS LAST, id ~",
    ),
    (
        SortColumn::Sku,
        "(SELECT sku_id FROM goods WHERE goods.id = first_goods) ~ NULLS LAST, id ~",
    ),
    (
        SortColumn::ExtCode,
        "(SELECT ext_code FROM goods WHERE goods.id = first_goods) ~ NULLS LAST, id ~",
    ),
    (SortColumn::Shop, "shop_id ~, id ~"),
    (
        SortColumn::Status,
        "CASE status WHEN 'unshipped' THEN 1 WHEN 'partially_shipped' THEN 2 WHEN 'shipped' THEN 3 WHEN 'delivered' THEN 4 ELSE 5 END ~, id ~",
    ),
];

/// Somebody else's commit, which moves orders in and out of every list and to other places; some go and some come.
const CHANGE: &str = "
    BEGIN;
    UPDATE orders SET status = iif(status = 'delivered', 'unshipped', 'delivered'), created_at = created_at - 2000, ship_by = 1749999000,
        total_minor = total_minor + 1, pieces = pieces + 1, gone_at = NULL
    WHERE id % 97 = :round;
    UPDATE orders SET total_currency = NULL, total_minor = NULL, ship_by = NULL, delivered_at = :round WHERE id % 101 = :round;
    UPDATE orders SET total_currency = 'USD', total_minor = 60, shop_id = 'us:4', order_sn = order_sn || '-11', gone_at = 1,
        first_goods = NULL WHERE id % 499 = :round;
    DELETE FROM order_items WHERE order_id % 499 = :round;
    UPDATE order_numbers SET text = text || '-11' WHERE order_id % 499 = :round;
    DELETE FROM orders WHERE id % 503 = :round;
    INSERT INTO orders (order_sn, shop_id, status, platform_status, amount_state, total_currency, total_minor, created_at, ship_by,
        updated_at, delivered_at, labels, content_hash, first_seen_at, fetched_at, fetch_seq, pieces, first_goods)
    SELECT order_sn || 'N' || :round, shop_id, status, '4', 'known', total_currency, total_minor, created_at + 7, ship_by, updated_at,
        delivered_at, '[]', x'00', 0, 0, 1, pieces, first_goods FROM orders WHERE id % 307 = :round;
    INSERT INTO order_items (order_id, position, goods_id, quantity)
    SELECT id, 0, first_goods, 1 FROM orders WHERE first_goods IS NOT NULL AND order_sn GLOB '*N:round';
    INSERT INTO order_numbers (order_id, text) SELECT id, lower(order_sn) FROM orders WHERE order_sn GLOB '*N:round';
    COMMIT";

#[tokio::test]
async fn a_list_is_what_plain_sql_makes_of_it_before_and_after_each_commit() {
    let desk = Desk::new().await;
    let sqlite = desk.sqlite();
    sqlite.execute_batch(FILL).unwrap();
    let mut random = Random(1);
    let mut longest = 0;
    for round in 0..12 {
        let change = CHANGE.replace(":round", &round.to_string());
        sqlite.execute_batch(&change).unwrap();
        // So many that some are asked for before the answers are kept, some after.
        for _ in 0..25 {
            let (query, rows, statuses, order) = any_list(&mut random);
            let expected = select(&sqlite, &format!("{rows} AND {statuses}"), &order);
            let view = desk.store.open_view(&query, NOW).await.unwrap();
            let listed = sns(&desk, view.handle).await;
            assert_eq!(listed, expected, "round {round}: {query:?}");
            longest = longest.max(listed.len());
            for (word, count) in view.status_counts {
                let of_status = match word.as_str() {
                    "overdue" => OVERDUE.to_owned(),
                    "due_soon" => DUE_SOON.to_owned(),
                    status => format!("status = '{status}'"),
                };
                let expected = select(&sqlite, &format!("{rows} AND {of_status}"), "id").len();
                assert_eq!(count, expected as u64, "round {round}: {word}, {query:?}");
            }
        }
    }
    assert!(longest > 5000, "{longest}");
}

/// A list by chance: its query, the same in SQL, and its order in SQL.
fn any_list(random: &mut Random) -> (ListQuery, String, &'static str, String) {
    let mut query = all_orders();
    let mut rows = Vec::new();
    for (narrow, sql) in NARROWING {
        if random.below(4) == 0 {
            narrow(&mut query);
            rows.push(sql);
        }
    }
    if query.shops.len() == 2 {
        // The later one of two counts.
        rows.retain(|sql| *sql != NARROWING[0].1);
    }
    if query.search == "mug" {
        rows.retain(|sql| *sql != NARROWING[5].1);
    }
    if !query.include_gone {
        rows.push("gone_at IS NULL");
    }
    let (narrow, statuses) = BY_STATUS[random.below(BY_STATUS.len())];
    narrow(&mut query);
    let (sort, order) = ORDERS[random.below(ORDERS.len())];
    query.sort = sort;
    query.descending = random.below(2) == 0;
    let direction = if query.descending { "DESC" } else { "ASC" };
    rows.push("TRUE");
    (
        query,
        rows.join(" AND "),
        statuses,
        order.replace('~', direction),
    )
}

/// The shops and numbers of the orders that SQL selects.
fn select(sqlite: &rusqlite::Connection, condition: &str, order: &str) -> Vec<(String, String)> {
    let sql = format!("SELECT shop_id, order_sn FROM orders WHERE {condition} ORDER BY {order}");
    let mut statement = sqlite.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| row.try_into()).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// The shops and numbers of a view's orders.
async fn sns(desk: &Desk, handle: u32) -> Vec<(String, String)> {
    match desk.store.view_rows(handle, 0, u32::MAX).await.unwrap() {
        Rows::Orders(orders) => orders
            .into_iter()
            .map(|order| (order.shop_id.to_string(), order.order_sn.to_string()))
            .collect(),
        other => panic!("not orders: {other:?}"),
    }
}
