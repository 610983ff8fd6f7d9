//! In which order a query lists what it selects. What is not known comes last either way; among equals the row id decides.

use std::{collections::HashMap, slice, sync::Arc};

use desk_model::{ListQuery, Resource, SortColumn};
use rusqlite::{
    Connection, Rows, params_from_iter,
    types::{FromSqlResult, ValueRef},
};

use crate::{
    Error,
    list_reader::{ListReader, MadeOf},
    placing::place_anew,
    query::status_words,
    selection::{Selection, source},
};

/// Numbers of a row `t` that are counted each time.
pub(crate) const SKU_COUNT: &str = "(SELECT count(*) FROM skus WHERE product_row = t.id)";
pub(crate) const ITEM_COUNT: &str =
    "(SELECT count(*) FROM activity_items WHERE activity_row = t.id)";
pub(crate) const REMAINING: &str =
    "(SELECT sum(remaining) FROM activity_items WHERE activity_row = t.id)";

/// How rows are put in order.
enum Order {
    /// SQLite does it, by an index where there are many rows.
    Columns(&'static [&'static str]),
    /// By a number of each row.
    Number(&'static str),
    /// By the place of the row's first goods among all goods.
    Goods(&'static str),
    /// By the shop's name.
    Shop,
    /// By the place of the status in a row's life.
    Status,
}

impl Order {
    /// The columns of the row that alone tell its place.
    fn own_columns(&self) -> Option<&[&'static str]> {
        match self {
            Self::Columns(columns) => Some(columns),
            Self::Number(column) => Some(slice::from_ref(column)),
            Self::Goods(_) | Self::Shop | Self::Status => None,
        }
    }
}

/// The selected rows in the query's order.
pub(crate) fn in_order(
    lists: &ListReader,
    query: &ListQuery,
    selection: &Selection<'_>,
) -> Result<Arc<Vec<u32>>, Error> {
    let name = format!("{:?} {:?} {}", query.resource, query.sort, query.descending);
    let order = order(query);
    let of_each_order = order
        .own_columns()
        .filter(|_| query.resource == Resource::Orders);
    let kept = lists.kept_order(&name, |before, changed| {
        let in_order = read(lists, query, Some(changed))?;
        let columns = of_each_order.unwrap_or_default();
        place_anew(lists, columns, query.descending, before, changed, &in_order)
    })?;
    let all = match (kept, selection.few()?) {
        (Some(all), _) => all,
        (None, Some(few)) => return Ok(read(lists, query, Some(&few))?.into()),
        (None, None) => {
            let made_of = match of_each_order {
                Some(_) => MadeOf::EachOrder,
                None => MadeOf::More,
            };
            lists.keep_order(name, read(lists, query, None)?, made_of)
        }
    };
    if selection.is_all() {
        return Ok(all);
    }
    let selected = all.iter().filter(|id| selection.contains(i64::from(**id)));
    Ok(Arc::new(selected.copied().collect()))
}

fn order(query: &ListQuery) -> Order {
    use SortColumn as Sort;
    let is_order = query.resource == Resource::Orders;
    match query.sort {
        Sort::Id => Order::Columns(match query.resource {
            // As the unique index has them; two shops seldom have the same number.
            Resource::Orders => &["t.order_sn", "t.shop_id"],
            Resource::Products => &["t.product_id"],
            Resource::Activities => &["t.activity_id"],
        }),
        Sort::Shop => Order::Shop,
        Sort::Status => Order::Status,
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
        Sort::DeliveredAt => Order::Number("t.delivered_at"),
        Sort::ShippedAt => Order::Number("t.shipped_at"),
        Sort::Quantity => Order::Number("t.pieces"),
        Sort::Stock => Order::Columns(&["t.stock"]),
        Sort::SkuCount => Order::Columns(&[SKU_COUNT]),
        Sort::ActivityType => Order::Columns(&["t.activity_type"]),
        Sort::StartTime => Order::Columns(&["t.start_time"]),
        Sort::EndTime => Order::Columns(&["t.end_time"]),
        Sort::EnrollDeadline => Order::Columns(&["t.enroll_deadline"]),
        Sort::Joined => Order::Columns(&["t.joined"]),
        Sort::ItemCount => Order::Columns(&[ITEM_COUNT]),
        Sort::Remaining => Order::Columns(&[REMAINING]),
    }
}

/// The statement that walks the rows of a source in an order.
pub(crate) fn walk(source: &str, columns: &[&str], descending: bool) -> String {
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
    format!("SELECT t.id FROM {source} ORDER BY {terms}t.id {direction}")
}

/// The statement that reads a number of each row of a source.
pub(crate) fn numbers(source: &str, column: &str) -> String {
    format!("SELECT t.id, {column} FROM {source}")
}

/// All rows of the resource in the query's order, or a few.
fn read(
    connection: &Connection,
    query: &ListQuery,
    few: Option<&[i64]>,
) -> Result<Vec<u32>, Error> {
    let (source, few) = source(query.resource, few)?;
    let order = order(query);
    let sql = match &order {
        Order::Columns(columns) => walk(&source, columns, query.descending),
        Order::Number(column) => numbers(&source, column),
        Order::Goods(_) => numbers(&source, "t.first_goods"),
        Order::Shop => numbers(&source, "t.shop_id"),
        Order::Status => numbers(&source, "t.status"),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query(params_from_iter(few))?;
    match &order {
        Order::Columns(_) => as_they_come(rows),
        Order::Number(_) => by_place(rows, query.descending, |number| number.as_i64_or_null()),
        Order::Goods(column) => {
            let places = places_of_goods(connection, column)?;
            by_place(rows, query.descending, |goods| {
                Ok(goods
                    .as_i64_or_null()?
                    .and_then(|goods| places.get(&goods).copied()))
            })
        }
        Order::Shop => by_word(rows, query, &places_of_shops(connection, query)?),
        Order::Status => {
            let words = status_words(query.resource).into_iter().map(str::to_owned);
            by_word(rows, query, &words.zip(0..).collect())
        }
    }
}

fn as_they_come(mut rows: Rows<'_>) -> Result<Vec<u32>, Error> {
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        ids.push(compact(row.get(0)?)?);
    }
    Ok(ids)
}

/// Rows in the order of their places, which are told by what stands beside their ids; those that have none come last.
fn by_place(
    mut rows: Rows<'_>,
    descending: bool,
    place: impl Fn(ValueRef<'_>) -> FromSqlResult<Option<i64>>,
) -> Result<Vec<u32>, Error> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let id = compact(row.get(0)?)?;
        match place(row.get_ref(1)?).map_err(Error::database)? {
            Some(place) => known.push((place, id)),
            None => unknown.push(id),
        }
    }
    known.sort_unstable();
    unknown.sort_unstable();
    let known = in_direction(known, descending).into_iter();
    let unknown = in_direction(unknown, descending);
    Ok(known.map(|(_, id)| id).chain(unknown).collect())
}

fn by_word(
    rows: Rows<'_>,
    query: &ListQuery,
    places: &HashMap<String, i64>,
) -> Result<Vec<u32>, Error> {
    by_place(rows, query.descending, |word| {
        Ok(places.get(word.as_str()?).copied())
    })
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

/// The place of each shop that has rows, by its name; those without one, of which only rows are left, come last either way.
fn places_of_shops(
    connection: &Connection,
    query: &ListQuery,
) -> Result<HashMap<String, i64>, Error> {
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
    let shops = statement.query_map([], |row| row.get(0))?;
    let places = shops.zip(0..).map(|(shop, place)| {
        // What comes first when descending has the highest place.
        Ok((shop?, if query.descending { -place } else { place }))
    });
    places.collect()
}
