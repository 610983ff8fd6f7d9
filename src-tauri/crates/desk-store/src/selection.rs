//! Which rows a query selects, whatever their order.
//!
//! Each condition is answered by itself, by the index that it has, as a set of row ids; what all sets have in common is selected. So any
//! combination of conditions takes no longer than its parts, and no index is needed for a combination.

use std::sync::Arc;

use desk_model::{
    AmountRange, CountRange, DateRange, ListQuery, OrderStatus, Resource, ShipRisk, UnixSeconds,
};
use rusqlite::{params_from_iter, types::Value};

use crate::{
    Error,
    list_reader::{ListReader, MadeOf},
    mirror::last_row_id,
    ordering::{ITEM_COUNT, REMAINING, SKU_COUNT},
    query::status_words,
    row_set::RowSet,
    search,
    write::json_list,
};

/// Up to so many rows, and up to this part of all, are looked at one by one; more are told apart by an index that is read as a whole.
const FEW: usize = 2000;
const FEW_OF_ALL: i64 = 20;

/// How long before its latest time to ship an order is due soon.
const DUE_SOON_SECONDS: i64 = 24 * 60 * 60;

/// A condition in SQL on a row `t`, with the values of its parameters.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    looks_at: LooksAt,
}

/// What decides whether a condition holds for a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LooksAt {
    /// The row, and what is only written together with it.
    Row,
    /// Other rows too.
    Others,
    /// The present second, so that nobody will ask for it again.
    Now,
}

impl Condition {
    pub(crate) fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            sql: sql.into(),
            values: values.into_iter().collect(),
            looks_at: LooksAt::Row,
        }
    }

    fn looks_at(self, looks_at: LooksAt) -> Self {
        Self { looks_at, ..self }
    }

    /// A column with any of the values.
    fn any_of(column: &str, words: impl IntoIterator<Item = String>) -> Self {
        let values: Vec<Value> = words.into_iter().map(Value::Text).collect();
        let places = vec!["?"; values.len()].join(",");
        Self::new(format!("t.{column} IN ({places})"), values)
    }
}

/// Rows of a resource.
#[derive(Clone)]
pub(crate) struct Selection<'a> {
    lists: &'a ListReader,
    resource: Resource,
    /// None = all.
    only: Option<Arc<RowSet>>,
    except: Arc<RowSet>,
}

impl<'a> Selection<'a> {
    /// What all of the query's conditions select but those on status and risk.
    pub(crate) fn of(lists: &'a ListReader, query: &ListQuery) -> Result<Self, Error> {
        let mut selection = Self {
            lists,
            resource: query.resource,
            only: None,
            except: Arc::default(),
        };
        for hidden in hidden(query) {
            let rows = selection.rows_with(&hidden)?;
            Arc::make_mut(&mut selection.except).unite(&rows);
        }
        for condition in conditions(query) {
            let rows = selection.rows_with(&condition)?;
            selection.narrow(rows);
        }
        if query.resource == Resource::Orders {
            for term in search::terms(&query.search) {
                let rows = selection.rows_containing(&term)?;
                selection.narrow(rows);
            }
            if !query.order_sns.is_empty() {
                selection.narrow(search::orders_numbered(lists, &query.order_sns)?.into());
            }
        }
        Ok(selection)
    }

    /// Those rows of the selection that have one of the query's statuses and one of its risks.
    pub(crate) fn with_statuses(
        mut self,
        query: &ListQuery,
        now: UnixSeconds,
    ) -> Result<Self, Error> {
        let statuses = query.statuses.iter().map(|word| status(word, now));
        let risks = query.risk.iter().map(|risk| status(risk.as_str(), now));
        for any in [statuses.collect::<Vec<_>>(), risks.collect()] {
            if any.is_empty() {
                continue;
            }
            let mut rows = RowSet::default();
            for condition in any {
                rows.unite(&*self.rows_with(&condition)?);
            }
            self.narrow(rows.into());
        }
        Ok(self)
    }

    /// Whether every row is selected.
    pub(crate) fn is_all(&self) -> bool {
        self.only.is_none() && self.except.is_empty()
    }

    pub(crate) fn contains(&self, id: i64) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(id)) && !self.except.contains(id)
    }

    /// The selected rows, where they are few.
    pub(crate) fn few(&self) -> Result<Option<Vec<i64>>, Error> {
        let Some(only) = &self.only else {
            return Ok(None);
        };
        let part = last_row_id(self.lists, self.resource)? / FEW_OF_ALL;
        let is_few = only.len() <= FEW.max(usize::try_from(part).unwrap_or(FEW));
        let rows = only.iter().filter(|id| !self.except.contains(*id));
        Ok(is_few.then(|| rows.collect()))
    }

    /// For how many rows of the selection each of the conditions holds.
    pub(crate) fn counts(&self, conditions: &[Condition]) -> Result<Vec<u64>, Error> {
        if self.is_all() {
            return conditions.iter().map(|one| self.count_all(one)).collect();
        }
        let mut counts = Vec::with_capacity(conditions.len());
        for condition in conditions {
            let Some(rows) = self.kept_rows(condition)? else {
                break;
            };
            counts.push(self.count_in(&rows));
        }
        let rest = &conditions[counts.len()..];
        match self.few()? {
            Some(few) if !rest.is_empty() => counts.extend(self.counts_among(&few, rest)?),
            _ => {
                for condition in rest {
                    counts.push(self.count_in(&*self.rows_with(condition)?));
                }
            }
        }
        Ok(counts)
    }

    /// All rows that a condition holds for, or, where the selection is small, those in it.
    fn rows_with(&self, condition: &Condition) -> Result<Arc<RowSet>, Error> {
        if let Some(kept) = self.kept_rows(condition)? {
            return Ok(kept);
        }
        let few = self.few()?;
        let rows = self.read_rows(condition, few.as_deref())?;
        Ok(if few.is_some() || condition.looks_at == LooksAt::Now {
            rows.into()
        } else {
            self.keep_rows(condition, rows)
        })
    }

    /// All orders that contain a term.
    fn rows_containing(&self, term: &str) -> Result<Arc<RowSet>, Error> {
        let words = [term.to_owned().into(), term.to_owned().into()];
        let condition = Condition::new(search::ORDER_CONTAINS, words);
        Ok(match self.kept_rows(&condition)? {
            Some(kept) => kept,
            None => self.keep_rows(&condition, search::orders_with(self.lists, term)?),
        })
    }

    /// The rows that a condition held for when it was asked for before; those that changed since are looked at.
    fn kept_rows(&self, condition: &Condition) -> Result<Option<Arc<RowSet>>, Error> {
        self.lists
            .kept_set(&self.key(condition), |before, changed| {
                let mut rows = before.clone();
                changed.iter().for_each(|id| rows.remove(*id));
                rows.unite(&self.read_rows(condition, Some(changed))?);
                Ok(rows)
            })
    }

    fn keep_rows(&self, condition: &Condition, rows: RowSet) -> Arc<RowSet> {
        let made_of = self.made_of(condition);
        self.lists.keep_set(self.key(condition), rows, made_of)
    }

    /// The rows that a condition holds for, of all or of a few.
    fn read_rows(&self, condition: &Condition, few: Option<&[i64]>) -> Result<RowSet, Error> {
        let (source, few) = source(self.resource, few)?;
        let sql = format!("SELECT t.id FROM {source} WHERE {}", condition.sql);
        let mut statement = self.lists.prepare_cached(&sql)?;
        let values = few.iter().chain(&condition.values);
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = RowSet::default();
        while let Some(row) = found.next()? {
            rows.insert(row.get(0)?);
        }
        Ok(rows)
    }

    /// How many rows there are in all that a condition holds for.
    fn count_all(&self, condition: &Condition) -> Result<u64, Error> {
        let key = self.key(condition);
        if let Some(kept) = self.lists.kept_count(&key) {
            return Ok(kept);
        }
        let is_kept_by_row = self.made_of(condition) == MadeOf::EachOrder;
        if is_kept_by_row && self.lists.is_count_outdated(&key) {
            // Counting is quicker once, but a set follows what changes.
            return Ok(self.rows_with(condition)?.len() as u64);
        }
        let (source, _) = source(self.resource, None)?;
        let sql = format!("SELECT count(*) FROM {source} WHERE {}", condition.sql);
        let mut statement = self.lists.prepare_cached(&sql)?;
        let values = params_from_iter(&condition.values);
        let count = statement.query_row(values, |row| row.get(0))?;
        if condition.looks_at != LooksAt::Now {
            self.lists.keep_count(key, count, self.made_of(condition));
        }
        Ok(count)
    }

    fn made_of(&self, condition: &Condition) -> MadeOf {
        if self.resource == Resource::Orders && condition.looks_at == LooksAt::Row {
            MadeOf::EachOrder
        } else {
            MadeOf::More
        }
    }

    /// Looks at each of the rows once for all conditions.
    fn counts_among(&self, few: &[i64], conditions: &[Condition]) -> Result<Vec<u64>, Error> {
        let (source, few_list) = source(self.resource, Some(few))?;
        let counts: Vec<String> = conditions
            .iter()
            .map(|condition| format!("count(*) FILTER (WHERE {})", condition.sql))
            .collect();
        // The values of the conditions come before the one of the source.
        let sql = format!("SELECT {} FROM {source}", counts.join(", "));
        let mut statement = self.lists.prepare_cached(&sql)?;
        let values = conditions.iter().flat_map(|condition| &condition.values);
        let values = params_from_iter(values.chain(&few_list));
        Ok(statement.query_row(values, |row| {
            (0..conditions.len()).map(|place| row.get(place)).collect()
        })?)
    }

    fn count_in(&self, rows: &RowSet) -> u64 {
        rows.count_within(self.only.as_deref(), &self.except)
    }

    fn key(&self, condition: &Condition) -> String {
        format!(
            "{} {} {:?}",
            self.resource.as_str(),
            condition.sql,
            condition.values
        )
    }

    fn narrow(&mut self, to: Arc<RowSet>) {
        match &mut self.only {
            Some(only) => Arc::make_mut(only).intersect(&to),
            none => *none = Some(to),
        }
    }
}

/// Where the rows `t` of a statement come from: all of a resource, or those of a list, which is then the value of a parameter.
pub(crate) fn source(
    resource: Resource,
    few: Option<&[i64]>,
) -> Result<(String, Option<Value>), Error> {
    let table = resource.as_str();
    Ok(match few {
        Some(few) => (
            format!("json_each(?) AS few CROSS JOIN {table} AS t ON t.id = few.value"),
            Some(Value::Text(json_list(few)?)),
        ),
        None => (format!("{table} AS t"), None),
    })
}

/// A status word as a condition: a status, or for orders a risk.
pub(crate) fn status(word: &str, now: UnixSeconds) -> Condition {
    let Some(risk) = ShipRisk::parse(word) else {
        return Condition::new("t.status = ?", [word.to_owned().into()]);
    };
    let to_ship = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.is_to_ship())
        .map(OrderStatus::as_str)
        .collect::<Vec<_>>()
        .join("','");
    let now = now.0;
    let soon = now.saturating_add(DUE_SOON_SECONDS);
    Condition {
        sql: match risk {
            ShipRisk::DueSoon => {
                format!("t.status IN ('{to_ship}') AND t.ship_by >= {now} AND t.ship_by < {soon}")
            }
            ShipRisk::Overdue => format!("t.status IN ('{to_ship}') AND t.ship_by < {now}"),
        },
        values: Vec::new(),
        looks_at: LooksAt::Now,
    }
}

/// The words that a list counts by: every status of the resource in the order of a row's life, for orders also the risks.
pub(crate) fn counted_words(resource: Resource) -> Vec<&'static str> {
    let mut words = status_words(resource);
    if resource == Resource::Orders {
        words.extend(ShipRisk::ALL.map(ShipRisk::as_str));
    }
    words
}

/// Rows that are in no list: of removed shops, and gone ones unless they are asked for.
fn hidden(query: &ListQuery) -> Vec<Condition> {
    let of_removed = "t.shop_id IN (SELECT shop_id FROM shops WHERE is_removed)";
    let mut hidden = vec![Condition::new(of_removed, []).looks_at(LooksAt::Others)];
    if !query.include_gone {
        hidden.push(Condition::new("t.gone_at IS NOT NULL", []));
    }
    hidden
}

/// The query's conditions, but for those on status and risk, and for what finds orders.
pub(crate) fn conditions(query: &ListQuery) -> Vec<Condition> {
    let mut all = Vec::new();
    if !query.shops.is_empty() {
        let shops = query.shops.iter().map(|shop| shop.as_str().to_owned());
        all.push(Condition::any_of("shop_id", shops));
    }
    if query.resource == Resource::Activities {
        all.extend(overlap(query.dates));
    } else {
        all.extend(within("created_at", query.dates));
    }
    if query.resource != Resource::Orders {
        // Products and activities are few enough to be looked at one by one. `instr` and not LIKE: it knows no wildcards.
        let terms = search::terms(&query.search).into_iter();
        all.extend(terms.map(|term| Condition::new("instr(t.search_text, ?) > 0", [term.into()])));
    }
    for (column, range) in [
        ("ship_by", query.ship_by),
        ("shipped_at", query.shipped),
        ("delivered_at", query.delivered),
        ("updated_at", query.updated),
        ("start_time", query.starts),
        ("end_time", query.ends),
        ("enroll_deadline", query.enroll_until),
    ] {
        all.extend(within(column, range));
    }
    if let Some(since) = query.seen_since {
        // Rows are numbered as they come, but for the differences between the clocks of several platforms: only the last day's and what
        // is looked for are read.
        let table = query.resource.as_str();
        let sql = format!(
            "t.first_seen_at >= ?
             AND t.id > ifnull((SELECT id FROM {table} WHERE first_seen_at < ? ORDER BY id DESC LIMIT 1), 0)"
        );
        let day_before = since - 24 * 60 * 60;
        let seen = Condition::new(sql, [since.0.into(), day_before.0.into()]);
        all.push(seen.looks_at(LooksAt::Others));
    }
    all.extend(query.amount.as_ref().map(|range| amount("total", range)));
    if let Some(is_known) = query.amount_known {
        let known = if is_known { "IS NOT NULL" } else { "IS NULL" };
        all.push(Condition::new(format!("t.total_currency {known}"), []));
    }
    all.extend(query.price.as_ref().map(|range| amount("price", range)));
    for (number, range) in [
        ("t.pieces", query.quantity),
        ("t.stock", query.stock),
        (SKU_COUNT, query.sku_count),
        (ITEM_COUNT, query.item_count),
        (REMAINING, query.remaining),
    ] {
        all.extend(between(number, range));
    }
    for (column, words) in [
        ("category", &query.categories),
        ("activity_type", &query.activity_types),
    ] {
        if !words.is_empty() {
            all.push(Condition::any_of(column, words.iter().cloned()));
        }
    }
    if let Some(joined) = query.joined {
        all.push(Condition::new("t.joined = ?", [joined.into()]));
    }
    all
}

fn within(column: &str, range: DateRange) -> Option<Condition> {
    between(
        &format!("t.{column}"),
        CountRange {
            from: range.from.map(|time| time.0),
            to: range.to.map(|time| time.0),
        },
    )
}

fn between(number: &str, range: CountRange) -> Option<Condition> {
    let ends = [(">=", range.from), ("<=", range.to)];
    let given = ends
        .into_iter()
        .filter_map(|(sign, end)| Some((sign, end?)));
    let (sql, values): (Vec<String>, Vec<Value>) = given
        .map(|(sign, end)| (format!("{number} {sign} ?"), end.into()))
        .unzip();
    (!sql.is_empty()).then(|| Condition::new(sql.join(" AND "), values))
}

/// Activities that overlap the span; an open end of theirs reaches everywhere.
fn overlap(range: DateRange) -> Vec<Condition> {
    let ends = [
        ("t.end_time IS NULL OR t.end_time >= ?", range.from),
        ("t.start_time IS NULL OR t.start_time <= ?", range.to),
    ];
    let given = ends.into_iter().filter_map(|(sql, end)| Some((sql, end?)));
    given
        .map(|(sql, end)| Condition::new(sql, [end.0.into()]))
        .collect()
}

/// Amounts of one currency: those of different ones cannot be compared.
fn amount(columns: &str, range: &AmountRange) -> Condition {
    let minor = CountRange {
        from: range.from_minor,
        to: range.to_minor,
    };
    let mut condition = Condition::new(
        format!("t.{columns}_currency = ?"),
        [range.currency.as_str().to_owned().into()],
    );
    if let Some(span) = between(&format!("{columns}_minor"), minor) {
        condition.sql.push_str(&format!(" AND {}", span.sql));
        condition.values.extend(span.values);
    }
    condition
}
