//! Which rows a query selects, whatever their order.
//!
//! Each condition is answered by itself, by the index that it has, as a set of row ids; what all sets have in common is selected. So any
//! combination of conditions takes no longer than its parts, and no index is needed for a combination.

use desk_model::{
    AmountRange, CountRange, DateRange, ListQuery, OrderStatus, Resource, ShipRisk, UnixSeconds,
};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{Error, query::status_words, row_set::RowSet, search, write::json_list};

/// Up to so many rows are looked at one by one; more are told apart by an index that is read as a whole.
const FEW: usize = 2000;

/// How long before its latest time to ship an order is due soon.
const DUE_SOON_SECONDS: i64 = 24 * 60 * 60;

/// A condition in SQL on a row `t`, with the values of its parameters.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    pub(crate) fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            sql: sql.into(),
            values: values.into_iter().collect(),
        }
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
pub(crate) struct Selection {
    resource: Resource,
    /// None = all.
    only: Option<RowSet>,
    except: RowSet,
}

impl Selection {
    /// What all of the query's conditions select but those on status and risk.
    pub(crate) fn of(connection: &Connection, query: &ListQuery) -> Result<Self, Error> {
        let mut selection = Self {
            resource: query.resource,
            only: None,
            except: RowSet::default(),
        };
        for hidden in hidden(query) {
            let mut except = std::mem::take(&mut selection.except);
            selection.each(connection, &hidden, |id| except.insert(id))?;
            selection.except = except;
        }
        for condition in conditions(query) {
            selection.narrow_to_any(connection, &[condition])?;
        }
        if query.resource == Resource::Orders {
            for term in search::terms(&query.search) {
                selection.narrow(search::orders_with(connection, &term)?);
            }
            if !query.order_sns.is_empty() {
                selection.narrow(search::orders_numbered(connection, &query.order_sns)?);
            }
        }
        Ok(selection)
    }

    /// Those rows of the selection that have one of the query's statuses and one of its risks.
    pub(crate) fn with_statuses(
        mut self,
        connection: &Connection,
        query: &ListQuery,
        now: UnixSeconds,
    ) -> Result<Self, Error> {
        let statuses = query.statuses.iter().map(|word| status(word, now));
        let risks = query.risk.iter().map(|risk| status(risk.as_str(), now));
        for any in [statuses.collect::<Vec<_>>(), risks.collect()] {
            if !any.is_empty() {
                self.narrow_to_any(connection, &any)?;
            }
        }
        Ok(self)
    }

    pub(crate) fn contains(&self, id: i64) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(id)) && !self.except.contains(id)
    }

    /// The rows, where they are few: by default a hundredth of what was ever stored or less.
    pub(crate) fn few(&self, last_id: i64) -> Option<Vec<i64>> {
        self.at_most(FEW.max(usize::try_from(last_id / 100).unwrap_or(FEW)))
    }

    /// How many rows of the selection a condition holds for.
    pub(crate) fn count(
        &self,
        connection: &Connection,
        condition: &Condition,
    ) -> Result<u64, Error> {
        if self.only.is_none() && self.except.is_empty() {
            let sql = format!(
                "SELECT count(*) FROM {} AS t WHERE {}",
                self.resource.as_str(),
                condition.sql
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let values = params_from_iter(&condition.values);
            return Ok(statement.query_row(values, |row| row.get(0))?);
        }
        let mut count = 0;
        self.each(connection, condition, |_| count += 1)?;
        Ok(count)
    }

    /// Hands over the rows of the selection for which a condition holds.
    pub(crate) fn each(
        &self,
        connection: &Connection,
        condition: &Condition,
        mut take: impl FnMut(i64),
    ) -> Result<(), Error> {
        let table = self.resource.as_str();
        let (source, few) = match self.at_most(FEW) {
            Some(few) => (
                format!("json_each(?) AS few CROSS JOIN {table} AS t ON t.id = few.value"),
                Some(Value::Text(json_list(&few)?)),
            ),
            None => (format!("{table} AS t"), None),
        };
        let sql = format!("SELECT t.id FROM {source} WHERE {}", condition.sql);
        let mut statement = connection.prepare_cached(&sql)?;
        let values = few.iter().chain(&condition.values);
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if self.contains(id) {
                take(id);
            }
        }
        Ok(())
    }

    fn at_most(&self, limit: usize) -> Option<Vec<i64>> {
        let only = self.only.as_ref().filter(|only| only.len() <= limit)?;
        Some(
            only.iter()
                .filter(|id| !self.except.contains(*id))
                .collect(),
        )
    }

    fn narrow(&mut self, to: RowSet) {
        match &mut self.only {
            Some(only) => only.intersect(&to),
            none => *none = Some(to),
        }
    }

    fn narrow_to_any(&mut self, connection: &Connection, any: &[Condition]) -> Result<(), Error> {
        let mut rows = RowSet::default();
        for condition in any {
            self.each(connection, condition, |id| rows.insert(id))?;
        }
        self.only = Some(rows);
        Ok(())
    }
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
    Condition::new(
        match risk {
            ShipRisk::DueSoon => {
                format!("t.status IN ('{to_ship}') AND t.ship_by >= {now} AND t.ship_by < {soon}")
            }
            ShipRisk::Overdue => format!("t.status IN ('{to_ship}') AND t.ship_by < {now}"),
        },
        [],
    )
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
    let mut hidden = vec![Condition::new(of_removed, [])];
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
        ("delivered_at", query.delivered),
        ("updated_at", query.updated),
        ("start_time", query.starts),
        ("end_time", query.ends),
        ("enroll_deadline", query.enroll_until),
    ] {
        all.extend(within(column, range));
    }
    all.extend(query.amount.as_ref().map(|range| amount("total", range)));
    all.extend(query.price.as_ref().map(|range| amount("price", range)));
    all.extend(between("stock", query.stock));
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
        column,
        CountRange {
            from: range.from.map(|time| time.0),
            to: range.to.map(|time| time.0),
        },
    )
}

fn between(column: &str, range: CountRange) -> Option<Condition> {
    let ends = [(">=", range.from), ("<=", range.to)];
    let given = ends
        .into_iter()
        .filter_map(|(sign, end)| Some((sign, end?)));
    let (sql, values): (Vec<String>, Vec<Value>) = given
        .map(|(sign, end)| (format!("t.{column} {sign} ?"), end.into()))
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
