//! A million orders in the window: the last one is one key away, and it is the one that SQL names last.

use rusqlite::{Connection, params};
use serde_json::json;

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps;

const MILLION: i64 = 1_000_000;

/// The End key.
const END: &str = "\u{e010}";

/// Copies every order with its lines until there are a million, each copy a day earlier. Their numbers are not searched by: filling that
/// index takes longer than all the rest.
fn multiply_orders(connection: &mut Connection) {
    connection
        .execute_batch("PRAGMA synchronous = off; PRAGMA cache_size = -200000")
        .unwrap();
    let transaction = connection.transaction().unwrap();
    let number = |sql: &str| -> i64 { transaction.query_row(sql, [], |row| row.get(0)).unwrap() };
    let (orders, last) = (
        number("SELECT count(*) FROM orders"),
        number("SELECT max(id) FROM orders"),
    );
    let columns: String = transaction
        .query_row(
            "SELECT group_concat(name) FROM pragma_table_info('orders') WHERE name NOT IN ('id', 'order_sn', 'created_at')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let copy_order = format!(
        "INSERT INTO orders (id, order_sn, created_at, {columns})
         SELECT id + ?1 * ?2, order_sn || '-' || ?1, created_at - ?1 * 86400, {columns} FROM orders
         WHERE id <= ?2 LIMIT ?3"
    );
    let copy_lines = "
        INSERT INTO order_items (order_id, position, line_sn, goods_id, quantity, unit_price_minor, unit_price_currency)
        SELECT order_id + ?1 * ?2, position, line_sn, goods_id, quantity, unit_price_minor, unit_price_currency
        FROM order_items WHERE order_id <= ?2";
    let mut missing = MILLION - orders;
    for copy in 1.. {
        if missing <= 0 {
            break;
        }
        let copied = transaction
            .prepare_cached(&copy_order)
            .unwrap()
            .execute(params![copy, last, missing])
            .unwrap();
        missing -= i64::try_from(copied).unwrap();
        transaction
            .prepare_cached(copy_lines)
            .unwrap()
            .execute(params![copy, last])
            .unwrap();
    }
    transaction.commit().unwrap();
}

#[test]
fn the_end_key_shows_the_last_of_a_million_orders() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let synced = desktop.seller_desk(&["sync"]);
    assert_eq!(synced.code, 0, "{}", synced.text);
    let mut database = Connection::open(desktop.profile().join("seller-desk.sqlite3")).unwrap();
    multiply_orders(&mut database);

    let window = Window::open(&desktop);
    window.click("nav-orders");
    let rows = || {
        window
            .attribute("grid", "aria-rowcount")?
            .parse::<i64>()
            .ok()
    };
    until("the list of all orders", || {
        rows().filter(|rows| *rows > MILLION)
    });
    window.press_in("grid", END);
    let last_in_window = until("the last order", || {
        let script = "
            const grid = document.querySelector('[data-testid=grid]');
            const row = grid.querySelector('[data-testid=grid-row][data-active]');
            return row?.dataset.key && row.getAttribute('aria-rowindex') === grid.getAttribute('aria-rowcount')
                ? row.textContent : null";
        window
            .run(script, &[json!(null)])
            .as_str()
            .map(str::to_owned)
    });
    // The list shows the newest order first.
    let last = "SELECT order_sn FROM orders WHERE gone_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?1";
    let place = rows().unwrap() - 2;
    let last_in_sql: String = database.query_row(last, [place], |row| row.get(0)).unwrap();
    assert!(
        last_in_window.contains(&last_in_sql),
        "{last_in_sql} is last, and the window shows {last_in_window}"
    );
}
