//! The lists that are measured: what each may take, and plain SQL that finds the same rows.

use desk_model::{DateRange, ListQuery, Order, Resource, ShipRisk, SortColumn};

const DAY: i64 = 86_400;

/// A list.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) query: ListQuery,
    /// What the 95th percentile may take: 50 up to 100,000 rows on an index, 150 for more, 300 for any column; 60 for a search, 250 for
    /// one of two characters.
    pub(super) milliseconds: f64,
    pub(super) bare: String,
}

/// Cases around the newest orders, the newest first.
pub(super) fn all(newest: &[Order]) -> Vec<Case> {
    let Some(order) = newest.first() else {
        return Vec::new();
    };
    [sorted(), filtered(order), searched(order, newest)]
        .into_iter()
        .flatten()
        .collect()
}

fn any() -> ListQuery {
    ListQuery::all(Resource::Orders)
}

fn by(sort: SortColumn) -> ListQuery {
    ListQuery { sort, ..any() }
}

fn case(name: &'static str, milliseconds: f64, query: ListQuery, bare: impl Into<String>) -> Case {
    Case {
        name,
        query,
        milliseconds,
        bare: bare.into(),
    }
}

/// All orders, in each kind of order.
fn sorted() -> Vec<Case> {
    let rows = "SELECT o.id FROM orders AS o";
    let goods = "LEFT JOIN goods AS g ON g.id = o.first_goods";
    let ascending = |sort| ListQuery {
        descending: false,
        ..by(sort)
    };
    vec![
        case(
            "all, newest first",
            150.0,
            any(),
            format!("{rows} ORDER BY created_at DESC, id DESC"),
        ),
        case(
            "all, by deadline",
            150.0,
            ascending(SortColumn::ShipBy),
            format!("{rows} ORDER BY ship_by NULLS LAST, id"),
        ),
        case(
            "all, by number",
            300.0,
            by(SortColumn::Id),
            format!("{rows} ORDER BY order_sn DESC, shop_id DESC"),
        ),
        case(
            "all, by amount",
            300.0,
            by(SortColumn::Amount),
            format!("{rows} ORDER BY total_currency DESC NULLS LAST, total_minor DESC, id DESC"),
        ),
        case(
            "all, by product",
            300.0,
            by(SortColumn::Name),
            format!("{rows} {goods} ORDER BY g.folded_name DESC NULLS LAST, o.id DESC"),
        ),
        case(
            "all, by SKU",
            300.0,
            by(SortColumn::Sku),
            format!("{rows} {goods} ORDER BY g.sku_id DESC NULLS LAST, o.id DESC"),
        ),
        case(
            "all, by status",
            300.0,
            by(SortColumn::Status),
            format!("{rows} ORDER BY status DESC, id DESC"),
        ),
        case(
            "all, by shop",
            300.0,
            by(SortColumn::Shop),
            format!("{rows} JOIN shops AS s USING (shop_id) ORDER BY s.name DESC, o.id DESC"),
        ),
        case(
            "all, by pieces",
            300.0,
            by(SortColumn::Quantity),
            format!("{rows} ORDER BY pieces DESC, id DESC"),
        ),
        case(
            "all, by arrival",
            300.0,
            by(SortColumn::DeliveredAt),
            format!("{rows} ORDER BY delivered_at DESC NULLS LAST, id DESC"),
        ),
    ]
}

/// Filters around an order that has just come.
fn filtered(order: &Order) -> Vec<Case> {
    let now = order.created_at;
    let rows = |condition: String| {
        format!("SELECT id FROM orders WHERE {condition} ORDER BY created_at DESC, id DESC")
    };
    let last_days = |days: i64| DateRange {
        from: Some(now - days * DAY),
        to: Some(now),
    };
    let created = |days: i64| format!("created_at BETWEEN {} AND {}", (now - days * DAY).0, now.0);
    let status = |word: &str| ListQuery {
        statuses: vec![word.to_owned()],
        ..any()
    };
    let to_ship = "status IN ('unshipped', 'partially_shipped')";
    vec![
        case(
            "one shop",
            50.0,
            ListQuery {
                shops: vec![order.shop_id.clone()],
                ..any()
            },
            rows(format!("shop_id = '{}'", order.shop_id)),
        ),
        case(
            "to ship",
            50.0,
            status("unshipped"),
            rows("status = 'unshipped'".to_owned()),
        ),
        case(
            "most: delivered",
            150.0,
            status("delivered"),
            rows("status = 'delivered'".to_owned()),
        ),
        case(
            "overdue",
            50.0,
            ListQuery {
                risk: vec![ShipRisk::Overdue],
                ..any()
            },
            rows(format!("{to_ship} AND ship_by < {}", now.0)),
        ),
        case(
            "the last 30 days",
            150.0,
            ListQuery {
                dates: last_days(30),
                ..any()
            },
            rows(created(30)),
        ),
        case(
            "delivered, of the last 180 days, by amount",
            300.0,
            ListQuery {
                dates: last_days(180),
                sort: SortColumn::Amount,
                ..status("delivered")
            },
            format!(
                "SELECT id FROM orders WHERE status = 'delivered' AND {}
                 ORDER BY total_currency DESC NULLS LAST, total_minor DESC, id DESC",
                created(180)
            ),
        ),
    ]
}

/// Searches for what an order says, and for what many say.
fn searched(order: &Order, newest: &[Order]) -> Vec<Case> {
    let sn = order.order_sn.as_str();
    let search = |name, milliseconds, term: &str| {
        let query = ListQuery {
            search: term.to_owned(),
            ..any()
        };
        case(name, milliseconds, query, containing(term))
    };
    let numbers: Vec<String> = newest
        .iter()
        .map(|order| order.order_sn.to_string())
        .collect();
    vec![
        search("search: a number", 60.0, sn),
        search(
            "search: the last six of a number",
            60.0,
            &sn[sn.len().saturating_sub(6)..],
        ),
        search("search: a word", 60.0, "ceramic"),
        search("search: three Chinese characters", 60.0, "保温杯"),
        search("search: two Chinese characters", 250.0, "陶瓷"),
        search("search: two digits", 250.0, "42"),
        case(
            "100 numbers at once",
            60.0,
            ListQuery {
                order_sns: numbers.clone(),
                ..any()
            },
            format!(
                "SELECT id FROM orders WHERE order_sn IN ('{}')",
                numbers.join("','")
            ),
        ),
    ]
}

/// Plain `contains` in the same texts.
fn containing(term: &str) -> String {
    let term = term.to_lowercase();
    format!(
        "SELECT id FROM orders WHERE id IN (
            SELECT order_id FROM order_numbers WHERE instr(text, '{term}')
            UNION SELECT order_id FROM order_items WHERE goods_id IN (SELECT id FROM goods WHERE instr(search_text, '{term}'))
         ) ORDER BY created_at DESC, id DESC"
    )
}
