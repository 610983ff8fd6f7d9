//! A list's query as SQL: what is in it, in which order, and how many of each status.

use desk_model::{
    ActivityStatus, ListQuery, OrderStatus, ProductStatus, Resource, ShopId, SortColumn,
    UnixSeconds,
};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{Error, mirror::remote_id_column, search};

/// To-ship orders that must leave within a day.
const DUE_SOON: &str = "due_soon";

/// To-ship orders that should have left.
const OVERDUE: &str = "overdue";

/// How long before its latest time to ship an order is due soon.
const DUE_SOON_SECONDS: i64 = 24 * 60 * 60;

/// A search of more terms than this is a mistake.
const MAX_TERMS: usize = 100;

/// Refuses a query that cannot be answered. Without a time, orders that are due cannot be told.
pub(crate) fn check(query: &ListQuery, now: Option<UnixSeconds>) -> Result<(), Error> {
    if !query.sort.belongs_to(query.resource) {
        return Err(Error::UnknownColumn);
    }
    let known = status_words(query.resource);
    for word in &query.statuses {
        let is_due =
            query.resource == Resource::Orders && [DUE_SOON, OVERDUE].contains(&word.as_str());
        if is_due && now.is_none() {
            return Err(Error::InvalidQuery(format!(
                "this list cannot be filtered by `{word}`"
            )));
        }
        if !is_due && !known.contains(&word.as_str()) {
            return Err(Error::InvalidQuery(format!(
                "no status of {} is called `{word}`",
                query.resource.as_str()
            )));
        }
    }
    if search::terms(&query.search).len() > MAX_TERMS {
        return Err(Error::InvalidQuery(format!(
            "a search has at most {MAX_TERMS} terms"
        )));
    }
    Ok(())
}

/// The row ids of the list, in its order.
pub(crate) fn row_ids(
    connection: &Connection,
    query: &ListQuery,
    now: Option<UnixSeconds>,
    limit: Option<u64>,
) -> Result<Vec<u32>, Error> {
    let mut conditions = Conditions::of(connection, query)?;
    conditions.statuses(query, now);
    let sql = format!(
        "SELECT t.id FROM {table} AS t {joined} {conditions} ORDER BY {order} LIMIT {limit}",
        table = query.resource.as_str(),
        joined = if query.sort == SortColumn::Shop {
            "LEFT JOIN shops ON shops.shop_id = t.shop_id"
        } else {
            ""
        },
        conditions = conditions.sql(),
        order = order_by(query),
        limit = limit
            .and_then(|limit| i64::try_from(limit).ok())
            .unwrap_or(-1),
    );
    let mut statement = connection.prepare(&sql)?;
    let ids = statement.query_map(params_from_iter(conditions.values), |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Rows by status word under the query without its status filter, in the order of a row's life; for orders also those that are due.
pub(crate) fn status_counts(
    connection: &Connection,
    query: &ListQuery,
    now: UnixSeconds,
) -> Result<Vec<(String, u64)>, Error> {
    let conditions = Conditions::of(connection, query)?;
    let due = match query.resource {
        Resource::Orders => format!("sum({}), sum({})", due_soon(now), overdue(now)),
        Resource::Products | Resource::Activities => "0, 0".to_owned(),
    };
    let sql = format!(
        "SELECT t.status, count(*), {due} FROM {table} AS t {conditions} GROUP BY t.status",
        table = query.resource.as_str(),
        conditions = conditions.sql(),
    );
    let mut counts: Vec<(String, u64)> = status_words(query.resource)
        .into_iter()
        .map(|word| (word.to_owned(), 0))
        .collect();
    let (mut due_soon, mut overdue) = (0, 0);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(conditions.values))?;
    while let Some(row) = rows.next()? {
        let word = row.get_ref(0)?.as_str().map_err(Error::database)?;
        if let Some(counted) = counts.iter_mut().find(|(known, _)| known == word) {
            counted.1 = row.get(1)?;
        }
        due_soon += row.get::<_, Option<u64>>(2)?.unwrap_or_default();
        overdue += row.get::<_, Option<u64>>(3)?.unwrap_or_default();
    }
    if query.resource == Resource::Orders {
        counts.extend([
            (DUE_SOON.to_owned(), due_soon),
            (OVERDUE.to_owned(), overdue),
        ]);
    }
    Ok(counts)
}

/// Rows of the shops, or of all, that came after a row id.
pub(crate) fn newer_rows(
    connection: &Connection,
    resource: Resource,
    shops: &[ShopId],
    last_id: i64,
) -> Result<u64, Error> {
    let query = ListQuery {
        shops: shops.to_vec(),
        ..ListQuery::all(resource)
    };
    let mut conditions = Conditions::of(connection, &query)?;
    conditions.add("t.id > ?", [last_id.into()]);
    let sql = format!(
        "SELECT count(*) FROM {table} AS t NOT INDEXED {conditions}",
        table = resource.as_str(),
        conditions = conditions.sql(),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(conditions.values), |row| row.get(0))?)
}

/// Conditions that must all hold, with the values of their parameters.
struct Conditions {
    all: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// All of the query's conditions but the one on status.
    fn of(connection: &Connection, query: &ListQuery) -> Result<Self, Error> {
        let mut conditions = Self {
            all: Vec::new(),
            values: Vec::new(),
        };
        conditions.shops(connection, query)?;
        conditions.gone(connection, query)?;
        conditions.dates(query);
        for term in search::terms(&query.search) {
            // `instr` and not LIKE: no wildcards to escape, no limit of length, and it sees past a NUL.
            conditions.add("instr(t.search_text, ?) > 0", [term.into()]);
        }
        Ok(conditions)
    }

    fn add(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.all.push(condition.into());
        self.values.extend(values);
    }

    fn sql(&self) -> String {
        if self.all.is_empty() {
            String::new()
        } else {
            format!("WHERE ({})", self.all.join(") AND ("))
        }
    }

    fn shops(&mut self, connection: &Connection, query: &ListQuery) -> Result<(), Error> {
        if !query.shops.is_empty() {
            let shops = query
                .shops
                .iter()
                .map(|shop| Value::Text(shop.as_str().to_owned()));
            self.add(
                format!("t.shop_id IN ({})", places(query.shops.len())),
                shops,
            );
        }
        // Only where a shop is hidden: the condition costs a look-up per row.
        let removed = "SELECT shop_id FROM shops WHERE is_removed";
        if connection.prepare_cached(removed)?.exists([])? {
            self.add(format!("t.shop_id NOT IN ({removed})"), []);
        }
        Ok(())
    }

    fn gone(&mut self, connection: &Connection, query: &ListQuery) -> Result<(), Error> {
        let table = query.resource.as_str();
        // Only where a row is gone, and by their ids: reading the column would cost a look-up per row.
        let gone = format!("SELECT id FROM {table} WHERE gone_at IS NOT NULL");
        if !query.include_gone && connection.prepare_cached(&gone)?.exists([])? {
            self.add(format!("t.id NOT IN ({gone})"), []);
        }
        Ok(())
    }

    fn dates(&mut self, query: &ListQuery) {
        let (not_before, not_after) = match query.resource {
            Resource::Orders | Resource::Products => ("t.created_at >= ?", "t.created_at <= ?"),
            Resource::Activities => (
                "t.end_time IS NULL OR t.end_time >= ?",
                "t.start_time IS NULL OR t.start_time <= ?",
            ),
        };
        if let Some(from) = query.dates.from {
            self.add(not_before, [from.0.into()]);
        }
        if let Some(to) = query.dates.to {
            self.add(not_after, [to.0.into()]);
        }
    }

    /// Any of the query's statuses.
    fn statuses(&mut self, query: &ListQuery, now: Option<UnixSeconds>) {
        if query.statuses.is_empty() {
            return;
        }
        let now = now.unwrap_or_default();
        let any = query.statuses.iter().map(|word| match word.as_str() {
            DUE_SOON => due_soon(now),
            OVERDUE => overdue(now),
            word => format!("t.status = '{word}'"),
        });
        self.add(any.collect::<Vec<_>>().join(" OR "), []);
    }
}

fn due_soon(now: UnixSeconds) -> String {
    format!(
        "{} AND t.ship_by >= {} AND t.ship_by < {}",
        to_ship(),
        now.0,
        (now + DUE_SOON_SECONDS).0
    )
}

fn overdue(now: UnixSeconds) -> String {
    format!("{} AND t.ship_by < {}", to_ship(), now.0)
}

fn to_ship() -> String {
    let words = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.is_to_ship())
        .map(OrderStatus::as_str);
    format!("t.status IN ('{}')", words.collect::<Vec<_>>().join("','"))
}

/// The order of the list. What is not known comes last either way; among equals the row id decides.
fn order_by(query: &ListQuery) -> String {
    let columns: &[&str] = match query.sort {
        SortColumn::Id => &[remote_id_column(query.resource)],
        SortColumn::Shop => &["shops.name COLLATE NOCASE", "t.shop_id"],
        SortColumn::Name => &["t.folded_name"],
        SortColumn::Status => &[],
        // Amounts of different currencies cannot be compared.
        SortColumn::Amount if query.resource == Resource::Orders => {
            &["t.total_currency", "t.total_minor"]
        }
        SortColumn::Amount => &["t.price_currency", "t.price_minor"],
        SortColumn::CreatedAt => &["t.created_at"],
        SortColumn::ShipBy => &["t.ship_by"],
        SortColumn::DeliveredAt => &["t.delivered_at"],
        SortColumn::UpdatedAt => &["t.updated_at"],
        SortColumn::Stock => &["t.stock"],
        SortColumn::ActivityType => &["t.activity_type"],
        SortColumn::StartTime => &["t.start_time"],
        SortColumn::EndTime => &["t.end_time"],
        SortColumn::EnrollDeadline => &["t.enroll_deadline"],
        _ => &[],
    };
    let mut terms: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    if query.sort == SortColumn::Status {
        terms.push(place_in_life(query.resource));
    }
    let direction = if query.descending { "DESC" } else { "ASC" };
    let mut sql: String = terms
        .iter()
        .map(|term| format!("{term} {direction} NULLS LAST, "))
        .collect();
    sql.push_str(&format!("t.id {direction}"));
    sql
}

/// Statuses sort by their place in a row's life, not by their letters.
fn place_in_life(resource: Resource) -> String {
    let places = status_words(resource).into_iter().enumerate();
    let cases: String = places
        .map(|(place, word)| format!(" WHEN '{word}' THEN {place}"))
        .collect();
    format!("CASE t.status{cases} END")
}

fn status_words(resource: Resource) -> Vec<&'static str> {
    match resource {
        Resource::Orders => OrderStatus::ALL
            .into_iter()
            .map(OrderStatus::as_str)
            .collect(),
        Resource::Products => ProductStatus::ALL
            .into_iter()
            .map(ProductStatus::as_str)
            .collect(),
        Resource::Activities => ActivityStatus::ALL
            .into_iter()
            .map(ActivityStatus::as_str)
            .collect(),
    }
}

fn places(count: usize) -> String {
    vec!["?"; count].join(",")
}
