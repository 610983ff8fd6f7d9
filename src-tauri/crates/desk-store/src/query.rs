//! A list's query: whether it can be answered, what is in the list, in which order, and how many of each status.

use std::sync::Arc;

use desk_model::{
    ActivityStatus, CountRange, DateRange, ListQuery, OrderStatus, ProductStatus, Resource, ShopId,
    UnixSeconds,
};

use crate::{
    Error,
    list_reader::ListReader,
    ordering, search,
    selection::{Condition, Selection, counted_words, status},
};

/// A search of more terms than this is a mistake.
const MAX_TERMS: usize = 100;

/// More numbers than this are not pasted by hand.
const MAX_NUMBERS: usize = 1000;

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// Refuses a query that cannot be answered.
pub(crate) fn check(query: &ListQuery) -> Result<(), Error> {
    if !query.sort.belongs_to(query.resource) {
        return Err(Error::UnknownColumn);
    }
    check_belonging(query)?;
    check_statuses(query)?;
    for range in [
        query.dates,
        query.ship_by,
        query.shipped,
        query.delivered,
        query.updated,
        query.starts,
        query.ends,
        query.enroll_until,
    ] {
        check_dates(range)?;
    }
    check_dates(DateRange {
        from: query.seen_since,
        to: None,
    })?;
    for range in [
        query.quantity,
        query.stock,
        query.sku_count,
        query.item_count,
        query.remaining,
    ] {
        check_counts(range)?;
    }
    for amounts in [&query.amount, &query.price].into_iter().flatten() {
        check_counts(CountRange {
            from: amounts.from_minor,
            to: amounts.to_minor,
        })?;
    }
    if search::terms(&query.search).len() > MAX_TERMS {
        return refuse(format!("a search has at most {MAX_TERMS} terms"));
    }
    if query.order_sns.len() > MAX_NUMBERS {
        return refuse(format!(
            "at most {MAX_NUMBERS} order numbers are looked for at once"
        ));
    }
    Ok(())
}

/// Refuses a condition on what the resource does not have.
fn check_belonging(query: &ListQuery) -> Result<(), Error> {
    let (any_date, any_count) = (DateRange::default(), CountRange::default());
    let of_orders = query.risk.is_empty()
        && query.order_sns.is_empty()
        && [query.ship_by, query.shipped, query.delivered] == [any_date; 3]
        && query.quantity == any_count
        && query.amount.is_none()
        && query.amount_known.is_none();
    let of_products = query.price.is_none()
        && [query.stock, query.sku_count] == [any_count; 2]
        && query.categories.is_empty();
    let of_activities = query.activity_types.is_empty()
        && query.joined.is_none()
        && [query.starts, query.ends, query.enroll_until] == [any_date; 3]
        && [query.item_count, query.remaining] == [any_count; 2];
    let is_free_of_others = match query.resource {
        Resource::Orders => of_products && of_activities,
        Resource::Products => of_orders && of_activities,
        Resource::Activities => of_orders && of_products,
    };
    if is_free_of_others {
        Ok(())
    } else {
        Err(Error::UnknownColumn)
    }
}

fn check_statuses(query: &ListQuery) -> Result<(), Error> {
    let known = counted_words(query.resource);
    let unknown = query
        .statuses
        .iter()
        .find(|word| !known.contains(&word.as_str()));
    match unknown {
        Some(word) => refuse(format!(
            "no status of {} is called `{word}`",
            query.resource.as_str()
        )),
        None => Ok(()),
    }
}

fn check_dates(range: DateRange) -> Result<(), Error> {
    let mut ends = [range.from, range.to].into_iter().flatten();
    if ends.any(|end| !(0..=LAST_SECOND).contains(&end.0)) {
        return refuse("a time is before 1970 or after 9999");
    }
    check_counts(CountRange {
        from: range.from.map(|time| time.0),
        to: range.to.map(|time| time.0),
    })
}

fn check_counts(range: CountRange) -> Result<(), Error> {
    match range.from.zip(range.to) {
        Some((from, to)) if to < from => refuse("a span ends before it begins"),
        _ => Ok(()),
    }
}

fn refuse<T>(why: impl Into<String>) -> Result<T, Error> {
    Err(Error::InvalidQuery(why.into()))
}

/// A query's answer.
pub(crate) struct Listed {
    /// Row ids in the list's order.
    pub(crate) ids: Arc<Vec<u32>>,
    /// Rows by status word under the query without its statuses and risks, in the order of a row's life.
    pub(crate) status_counts: Vec<(String, u64)>,
}

/// Answers a query with its counts.
pub(crate) fn list_and_count(
    lists: &ListReader,
    query: &ListQuery,
    now: UnixSeconds,
) -> Result<Listed, Error> {
    let selection = Selection::of(lists, query)?;
    let words = counted_words(query.resource);
    let conditions: Vec<Condition> = words.iter().map(|word| status(word, now)).collect();
    let words = words.into_iter().map(str::to_owned);
    let status_counts = words.zip(selection.counts(&conditions)?).collect();
    let selection = selection.with_statuses(query, now)?;
    Ok(Listed {
        ids: ordering::in_order(lists, query, &selection)?,
        status_counts,
    })
}

/// The row ids of the list, in its order.
pub(crate) fn row_ids(
    lists: &ListReader,
    query: &ListQuery,
    now: UnixSeconds,
) -> Result<Arc<Vec<u32>>, Error> {
    let selection = Selection::of(lists, query)?.with_statuses(query, now)?;
    ordering::in_order(lists, query, &selection)
}

/// Rows of the shops, or of all, that came after a row id.
pub(crate) fn newer_rows(
    lists: &ListReader,
    resource: Resource,
    shops: &[ShopId],
    last_id: i64,
) -> Result<u64, Error> {
    let query = ListQuery {
        shops: shops.to_vec(),
        ..ListQuery::all(resource)
    };
    let newer = Condition::new("t.id > ?", [last_id.into()]);
    let counts = Selection::of(lists, &query)?.counts(&[newer])?;
    Ok(counts.into_iter().sum())
}

/// Every status of a resource by its word, in the order of a row's life.
pub(crate) fn status_words(resource: Resource) -> Vec<&'static str> {
    match resource {
        Resource::Orders => OrderStatus::ALL.map(OrderStatus::as_str).to_vec(),
        Resource::Products => ProductStatus::ALL.map(ProductStatus::as_str).to_vec(),
        Resource::Activities => ActivityStatus::ALL.map(ActivityStatus::as_str).to_vec(),
    }
}
