//! In which order a query lists what it selects. What is not known comes last either way; among equals the row id decides.

use std::collections::HashMap;

use desk_model::{ListQuery, Resource, SortColumn};
use rusqlite::{Connection, types::Value};

use crate::{
    Error,
    mirror::last_row_id,
    query::status_words,
    selection::{Condition, Selection},
    write::json_list,
};

/// How rows are put in order.
enum Order {
    /// SQLite does it, by an index where there are many rows.
    Columns(&'static [&'static str]),
    /// By a number of each row.
    Number(&'static str),
    /// By the place of the row's first goods among all goods, sorted by this column.
    Goods(&'static str),
    /// Groups of rows with one value in the column, in the order of the values.
    Groups(&'static str, Vec<Value>),
}

/// The selected rows in the query's order.
pub(crate) fn in_order(
    connection: &Connection,
    query: &ListQuery,
    selection: &Selection,
) -> Result<Vec<u32>, Error> {
    let sorter = Sorter {
        connection,
        table: query.resource.as_str(),
        descending: query.descending,
        selection,
        few: selection.few(last_row_id(connection, query.resource)?),
    };
    match order(connection, query)? {
        Order::Columns(columns) => sorter.by_columns(columns),
        Order::Number(column) => sorter.by_number(column, None),
        Order::Goods(column) => {
            let places = places_of_goods(connection, column)?;
            sorter.by_number("first_goods", Some(&places))
        }
        Order::Groups(column, values) => sorter.by_groups(column, values),
    }
}

fn order(connection: &Connection, query: &ListQuery) -> Result<Order, Error> {
    use SortColumn as Sort;
    let is_order = query.resource == Resource::Orders;
    Ok(match query.sort {
        Sort::Id => Order::Columns(match query.resource {
            // As the unique index has them; two shops seldom have the same number.
            Resource::Orders => &["t.order_sn", "t.shop_id"],
            Resource::Products => &["t.product_id"],
            Resource::Activities => &["t.activity_id"],
        }),
        Sort::Shop => Order::Groups("shop_id", shops_by_name(connection, query)?),
        Sort::Status => {
            let words = status_words(query.resource).into_iter();
            let words = words.map(|word| word.to_owned().into());
            Order::Groups("status", in_direction(words.collect(), query.descending))
        }
        Sort::Name if is_order => Order::Goods("folded_name"),
        Sort::ExtCode if is_order => Order::Goods("ext_code"),
        Sort::Sku => Order::Goods("sku_id"),
        Sort::Name => Order::Columns(&["t.folded_name"]),
        Sort::ExtCode => Order::Columns(&["t.ext_code COLLATE NOCASE"]),
        Sort::Category => Order::Columns(&["t.category COLLATE NOCASE"]),
        // Amounts of different currencies cannot be compared. A currency is there where an amount is.
        Sort::Amount if is_order => Order::Columns(&["t.total_currency", "t.total_minor"]),
        Sort::Amount => Order::Columns(&["t.price_currency", "t.price_minor"]),
        Sort::CreatedAt => Order::Columns(&["t.created_at"]),
        Sort::ShipBy => Order::Columns(&["t.ship_by"]),
        Sort::UpdatedAt => Order::Columns(&["t.updated_at"]),
        Sort::DeliveredAt => Order::Number("delivered_at"),
        Sort::ShippedAt => Order::Number("shipped_at"),
        Sort::Quantity => Order::Number("pieces"),
        Sort::Stock => Order::Columns(&["t.stock"]),
        Sort::SkuCount => Order::Columns(&["(SELECT count(*) FROM skus WHERE product_row = t.id)"]),
        Sort::ActivityType => Order::Columns(&["t.activity_type"]),
        Sort::StartTime => Order::Columns(&["t.start_time"]),
        Sort::EndTime => Order::Columns(&["t.end_time"]),
        Sort::EnrollDeadline => Order::Columns(&["t.enroll_deadline"]),
        Sort::Joined => Order::Columns(&["t.joined"]),
        Sort::ItemCount => {
            Order::Columns(&["(SELECT count(*) FROM activity_items WHERE activity_row = t.id)"])
        }
        Sort::Remaining => Order::Columns(&[
            "(SELECT sum(remaining) FROM activity_items WHERE activity_row = t.id)",
        ]),
    })
}

/// The statement that walks all rows in an order.
pub(crate) fn walk(table: &str, columns: &[&str], descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    let terms: String = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            // Only the first may be unknown; SQLite walks no index where others might come last too.
            let unknown = if place == 0 { " NULLS LAST" } else { "" };
            format!("{column} {direction}{unknown}, ")
        })
        .collect();
    format!("SELECT t.id FROM {table} AS t ORDER BY {terms}t.id {direction}")
}

/// The statement that reads a number of each row.
pub(crate) fn numbers(table: &str, column: &str) -> String {
    format!("SELECT t.id, t.{column} FROM {table} AS t")
}

struct Sorter<'a> {
    connection: &'a Connection,
    table: &'static str,
    descending: bool,
    selection: &'a Selection,
    /// The rows, where they are few: then they are looked up instead of walking all.
    few: Option<Vec<i64>>,
}

impl Sorter<'_> {
    fn by_columns(&self, columns: &[&str]) -> Result<Vec<u32>, Error> {
        let sql = walk(self.table, columns, self.descending);
        let (sql, few) = match &self.few {
            Some(few) => (among_few(&sql, self.table), Some(json_list(few)?)),
            None => (sql, None),
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(few))?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if self.selection.contains(id) {
                ids.push(compact(id)?);
            }
        }
        Ok(ids)
    }

    /// By a number, or by the number's place.
    fn by_number(
        &self,
        column: &str,
        places: Option<&HashMap<i64, i64>>,
    ) -> Result<Vec<u32>, Error> {
        let sql = numbers(self.table, column);
        let (sql, few) = match &self.few {
            Some(few) => (among_few(&sql, self.table), Some(json_list(few)?)),
            None => (sql, None),
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(few))?;
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if !self.selection.contains(id) {
                continue;
            }
            let number: Option<i64> = row.get(1)?;
            let number = match places {
                Some(places) => number.and_then(|number| places.get(&number).copied()),
                None => number,
            };
            match number {
                Some(number) => known.push((number, compact(id)?)),
                None => unknown.push(compact(id)?),
            }
        }
        known.sort_unstable();
        unknown.sort_unstable();
        let known = in_direction(known, self.descending).into_iter();
        let unknown = in_direction(unknown, self.descending);
        Ok(known.map(|(_, id)| id).chain(unknown).collect())
    }

    fn by_groups(&self, column: &str, values: Vec<Value>) -> Result<Vec<u32>, Error> {
        let mut ids = Vec::new();
        for value in values {
            let condition = Condition::new(format!("t.{column} = ?"), [value]);
            let mut group = Vec::new();
            self.selection
                .each(self.connection, &condition, |id| group.push(id))?;
            group.sort_unstable();
            for id in in_direction(group, self.descending) {
                ids.push(compact(id)?);
            }
        }
        Ok(ids)
    }
}

/// The same statement on few rows only.
fn among_few(sql: &str, table: &str) -> String {
    sql.replacen(
        &format!("FROM {table} AS t"),
        &format!("FROM json_each(?1) AS few CROSS JOIN {table} AS t ON t.id = few.value"),
        1,
    )
}

/// Four bytes are enough for as many rows as were ever stored.
fn compact(id: i64) -> Result<u32, Error> {
    u32::try_from(id).map_err(Error::database)
}

fn in_direction<T>(mut ascending: Vec<T>, descending: bool) -> Vec<T> {
    if descending {
        ascending.reverse();
    }
    ascending
}

/// The place of each goods; equals share theirs.
fn places_of_goods(connection: &Connection, column: &str) -> Result<HashMap<i64, i64>, Error> {
    let sql = format!(
        "SELECT id, dense_rank() OVER (ORDER BY {column} COLLATE NOCASE) FROM goods WHERE {column} IS NOT NULL"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let places = statement.query_map([], |row| row.try_into())?;
    Ok(places.collect::<Result<_, _>>()?)
}

/// The shops that have rows, by name; those without a name, of which only rows are left, come last.
fn shops_by_name(connection: &Connection, query: &ListQuery) -> Result<Vec<Value>, Error> {
    let direction = if query.descending { "DESC" } else { "ASC" };
    let sql = format!(
        "WITH RECURSIVE found (shop_id) AS (
            SELECT min(shop_id) FROM {table}
            UNION ALL SELECT (SELECT min(shop_id) FROM {table} WHERE shop_id > found.shop_id) FROM found
            WHERE found.shop_id IS NOT NULL
         )
         SELECT found.shop_id FROM found LEFT JOIN shops ON shops.shop_id = found.shop_id WHERE found.shop_id IS NOT NULL
         ORDER BY shops.name COLLATE NOCASE {direction} NULLS LAST, found.shop_id {direction}",
        table = query.resource.as_str(),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let shops = statement.query_map([], |row| row.get::<_, String>(0).map(Value::Text))?;
    Ok(shops.collect::<Result<_, _>>()?)
}
