//! Lists of products and of activities by chance, held against plain SQL: every filter, every column, both directions.

use desk_model::{
    AmountRange, CountRange, Currency, DateRange, ListQuery, Resource, ShopId, SortColumn,
    UnixSeconds,
};
use desk_store::Rows;

use crate::builders::{Desk, NOW, Random};

const PRODUCTS: &str = "
    INSERT INTO products (id, shop_id, product_id, name, folded_name, ext_code, status, platform_status, category, price_minor,
        price_currency, stock, created_at, updated_at, content_hash, first_seen_at, fetched_at, fetch_seq, search_text, gone_at)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
    SELECT n, 'us:' || (n % 4), n * 7919 % 6007, 'Mug ' || (n % 90), 'mug ' || (n % 90), iif(n % 7, iif(n % 2, 'Code', 'code') || (n % 50), NULL),
        CASE n % 5 WHEN 0 THEN 'active' WHEN 1 THEN 'draft' WHEN 2 THEN 'inactive' WHEN 3 THEN 'deleted' ELSE 'unknown' END, '1',
        iif(n % 6, iif(n % 3, 'Home', 'garden') || (n % 8), NULL), iif(n % 9, n % 300, NULL), iif(n % 9, iif(n % 4, 'USD', 'EUR'), NULL),
        iif(n % 8, n % 200, NULL), 1750000000 - n * 61 % 5003, 1750000000 - n % 999, x'00', 1750000000 - n, 0, 1,
        'mug ' || (n % 90) || char(10) || (n * 7919 % 6007), iif(n % 50, NULL, 1) FROM n;
    INSERT INTO skus (product_row, position, sku_id)
    WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n < 5)
    SELECT id, n, id * 10 + n FROM products JOIN place ON n < id % 6;
    INSERT INTO sqlite_sequence (name, seq) SELECT 'products', max(id) FROM products;";

const ACTIVITIES: &str = "
    INSERT INTO activities (id, shop_id, activity_id, name, folded_name, activity_type, status, platform_status, start_time, end_time,
        enroll_deadline, joined, updated_at, content_hash, first_seen_at, fetched_at, fetch_seq, search_text, gone_at)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
    SELECT n, 'us:' || (n % 4), n * 7919 % 6007, 'Sale ' || (n % 90), 'sale ' || (n % 90), 'type ' || (n % 5),
        CASE n % 4 WHEN 0 THEN 'running' WHEN 1 THEN 'ended' WHEN 2 THEN 'upcoming' ELSE 'unknown' END, '1',
        iif(n % 11, 1750000000 + n * 37 % 7001, NULL), iif(n % 13, 1750000000 + n * 41 % 9001, NULL), iif(n % 6, 1750000000 - n * 43 % 8009, NULL),
        n % 3 = 0, 1750000000 - n % 999, x'00', 1750000000 - n, 0, 1, 'sale ' || (n % 90), iif(n % 50, NULL, 1) FROM n;
    INSERT INTO activity_items (activity_row, position, product_id, remaining)
    WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n < 5)
    SELECT id, n, n, iif(id % 4, id % 17 + n, NULL) FROM activities JOIN place ON n < id % 6;
    INSERT INTO sqlite_sequence (name, seq) SELECT 'activities', max(id) FROM activities;";

/// What narrows a list, and the same in SQL.
type Narrowing = (fn(&mut ListQuery), &'static str);

const OF_BOTH: [Narrowing; 4] = [
    (
        |query| query.shops = vec![ShopId::new("us:1"), ShopId::new("us:2")],
        "shop_id IN ('us:1', 'us:2')",
    ),
    (
        |query| query.updated = since(NOW - 500),
        "updated_at >= 1749999500",
    ),
    (
        |query| query.seen_since = Some(NOW - 1000),
        "first_seen_at >= 1749999000",
    ),
    (
        |query| query.search = "8".to_owned(),
        "instr(search_text, '8')",
    ),
];

const OF_PRODUCTS: [Narrowing; 7] = [
    (
        |query| query.dates = since(NOW - 3000),
        "created_at >= 1749997000",
    ),
    (
        |query| {
            query.price = Some(AmountRange {
                currency: Currency::new("USD").unwrap(),
                from_minor: Some(20),
                to_minor: Some(250),
            });
        },
        "price_currency = 'USD' AND price_minor BETWEEN 20 AND 250",
    ),
    (|query| query.stock = up_to(120), "stock <= 120"),
    (
        |query| query.sku_count = up_to(3),
        "(SELECT count(*) FROM skus WHERE product_row = products.id) <= 3",
    ),
    (
        |query| query.categories = vec!["Home1".to_owned(), "garden3".to_owned()],
        "category IN ('Home1', 'garden3')",
    ),
    (
        |query| query.statuses = vec!["active".to_owned(), "draft".to_owned()],
        "status IN ('active', 'draft')",
    ),
    (
        |query| query.statuses = vec!["inactive".to_owned()],
        "status = 'inactive'",
    ),
];

const OF_ACTIVITIES: [Narrowing; 8] = [
    (
        |query| query.dates = since(NOW + 3000),
        "(end_time IS NULL OR end_time >= 1750003000)",
    ),
    (
        |query| query.starts = since(NOW + 1000),
        "start_time >= 1750001000",
    ),
    (
        |query| query.ends = since(NOW + 2000),
        "end_time >= 1750002000",
    ),
    (
        |query| query.enroll_until = since(NOW - 4000),
        "enroll_deadline >= 1749996000",
    ),
    (
        |query| query.activity_types = vec!["type 1".to_owned(), "type 4".to_owned()],
        "activity_type IN ('type 1', 'type 4')",
    ),
    (|query| query.joined = Some(true), "joined"),
    (
        |query| query.item_count = up_to(3),
        "(SELECT count(*) FROM activity_items WHERE activity_row = activities.id) <= 3",
    ),
    (
        |query| query.remaining = up_to(30),
        "(SELECT sum(remaining) FROM activity_items WHERE activity_row = activities.id) <= 30",
    ),
];

/// The columns of a list and their order in SQL; `~` stands for the direction.
const PRODUCT_ORDERS: [(SortColumn, &str); 11] = [
    (SortColumn::Id, "product_id ~"),
    (SortColumn::Shop, "shop_id ~"),
    (SortColumn::Name, "folded_name ~"),
    (
        SortColumn::Status,
        "CASE status WHEN 'active' THEN 1 WHEN 'inactive' THEN 2 WHEN 'draft' THEN 3 WHEN 'deleted' THEN 4 ELSE 5 END ~",
    ),
    (
        SortColumn::Amount,
        "price_currency ~ NULLS LAST, price_minor ~",
    ),
    (SortColumn::CreatedAt, "created_at ~"),
    (SortColumn::UpdatedAt, "updated_at ~"),
    (SortColumn::ExtCode, "lower(ext_code) ~ NULLS LAST"),
    (SortColumn::Stock, "stock ~ NULLS LAST"),
    (SortColumn::Category, "lower(category) ~ NULLS LAST"),
    (
        SortColumn::SkuCount,
        "(SELECT count(*) FROM skus WHERE product_row = products.id) ~",
    ),
];

const ACTIVITY_ORDERS: [(SortColumn, &str); 12] = [
    (SortColumn::Id, "activity_id ~"),
    (SortColumn::Shop, "shop_id ~"),
    (SortColumn::Name, "folded_name ~"),
    (
        SortColumn::Status,
        "CASE status WHEN 'upcoming' THEN 1 WHEN 'running' THEN 2 WHEN 'ended' THEN 3 ELSE 4 END ~",
    ),
    (SortColumn::UpdatedAt, "updated_at ~"),
    (SortColumn::ActivityType, "activity_type ~"),
    (SortColumn::StartTime, "start_time ~ NULLS LAST"),
    (SortColumn::EndTime, "end_time ~ NULLS LAST"),
    (SortColumn::EnrollDeadline, "enroll_deadline ~ NULLS LAST"),
    (SortColumn::Joined, "joined ~"),
    (
        SortColumn::ItemCount,
        "(SELECT count(*) FROM activity_items WHERE activity_row = activities.id) ~",
    ),
    (
        SortColumn::Remaining,
        "(SELECT sum(remaining) FROM activity_items WHERE activity_row = activities.id) ~ NULLS LAST",
    ),
];

fn since(from: UnixSeconds) -> DateRange {
    DateRange {
        from: Some(from),
        to: None,
    }
}

fn up_to(most: i64) -> CountRange {
    CountRange {
        from: None,
        to: Some(most),
    }
}

#[tokio::test]
async fn lists_of_products_are_what_plain_sql_makes_of_them() {
    let desk = Desk::new().await;
    desk.sqlite().execute_batch(PRODUCTS).unwrap();
    check(
        &desk,
        Resource::Products,
        "product_id",
        &OF_PRODUCTS,
        &PRODUCT_ORDERS,
    )
    .await;
}

#[tokio::test]
async fn lists_of_activities_are_what_plain_sql_makes_of_them() {
    let desk = Desk::new().await;
    desk.sqlite().execute_batch(ACTIVITIES).unwrap();
    check(
        &desk,
        Resource::Activities,
        "activity_id",
        &OF_ACTIVITIES,
        &ACTIVITY_ORDERS,
    )
    .await;
}

async fn check(
    desk: &Desk,
    resource: Resource,
    id: &str,
    narrowings: &[Narrowing],
    orders: &[(SortColumn, &str)],
) {
    let sqlite = desk.sqlite();
    let mut random = Random(1);
    let mut longest = 0;
    for (sort, order) in orders {
        for descending in [false, true] {
            for _ in 0..6 {
                let mut query = ListQuery {
                    sort: *sort,
                    descending,
                    ..ListQuery::all(resource)
                };
                let mut rows = vec!["gone_at IS NULL"];
                for (narrow, sql) in OF_BOTH.iter().chain(narrowings) {
                    // Two of them would set the same field.
                    let by_status = sql.starts_with("status");
                    if random.below(5) == 0 && (!by_status || query.statuses.is_empty()) {
                        narrow(&mut query);
                        rows.push(sql);
                    }
                }
                let direction = if descending { "DESC" } else { "ASC" };
                let sql = format!(
                    "SELECT {id} FROM {} WHERE {} ORDER BY {}, id {direction}",
                    resource.as_str(),
                    rows.join(" AND "),
                    order.replace('~', direction),
                );
                let mut statement = sqlite.prepare(&sql).unwrap();
                let expected = statement.query_map([], |row| row.get(0)).unwrap();
                let expected: Vec<String> = expected.collect::<Result<_, _>>().unwrap();
                let listed = listed(desk, &query).await;
                assert_eq!(listed, expected, "{sql}: {query:?}");
                longest = longest.max(listed.len());
            }
        }
    }
    assert!(longest > 2000, "{longest}");
}

/// The remote ids of what is listed, which are unique here.
async fn listed(desk: &Desk, query: &ListQuery) -> Vec<String> {
    match desk.store.list(query, NOW, None).await.unwrap() {
        Rows::Products(rows) => rows.iter().map(|row| row.product_id.to_string()).collect(),
        Rows::Activities(rows) => rows.iter().map(|row| row.activity_id.to_string()).collect(),
        Rows::Orders(_) => panic!("orders"),
    }
}
