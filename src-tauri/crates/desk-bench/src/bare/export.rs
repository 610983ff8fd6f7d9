//! Orders into CSV: one query, one loop, one row for each order.

use std::path::Path;

use desk_store::FILE_NAME;
use rusqlite::{Connection, OpenFlags, Row};

use crate::error::Error;

const ORDERS: &str = "SELECT o.id, o.order_sn, o.shop_id, o.status, o.created_at, o.ship_by, o.shipped_at, o.delivered_at,
        o.total_minor, o.currency, g.name, g.spec, g.ext_code, g.sku_id, i.quantity, i.unit_price_minor
    FROM orders AS o LEFT JOIN order_items AS i ON i.order_id = o.id LEFT JOIN goods AS g ON g.id = i.goods_id
    ORDER BY o.created_at DESC, o.id, i.position";

/// The first fields of a row belong to the order, the rest to its line.
const OF_ORDER: std::ops::Range<usize> = 1..10;
const OF_LINE: std::ops::Range<usize> = 10..16;

/// How many orders were written.
pub(crate) fn export_orders(folder: &Path, file: &Path) -> Result<u64, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(folder.join(FILE_NAME), flags)?;
    let mut statement = connection.prepare(ORDERS)?;
    let mut found = statement.query([])?;
    let mut writer = csv::Writer::from_path(file)?;
    let (mut last, mut fields, mut orders) = (None, Vec::<String>::new(), 0);
    while let Some(row) = found.next()? {
        let id: i64 = row.get(0)?;
        if last != Some(id) {
            if last.is_some() {
                writer.write_record(&fields)?;
            }
            fields.clear();
            for column in OF_ORDER {
                fields.push(text(row, column)?);
            }
            for column in OF_LINE {
                fields.push(text(row, column)?);
            }
            (last, orders) = (Some(id), orders + 1);
        } else {
            for column in OF_LINE {
                let field = &mut fields[column - 1];
                field.push_str("; ");
                field.push_str(&text(row, column)?);
            }
        }
    }
    if last.is_some() {
        writer.write_record(&fields)?;
    }
    writer.flush()?;
    Ok(orders)
}

fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(column)? {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        _ => String::new(),
    })
}
