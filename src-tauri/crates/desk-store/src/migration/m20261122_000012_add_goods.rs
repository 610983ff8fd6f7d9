//! What orders' lines name, each description once; order numbers by themselves; what both are searched by; and an index for each column
//! that a list of orders is filtered or sorted by.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::prelude::*;

use crate::search::{fold, search_text};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const GOODS: &str = "
CREATE TABLE goods (
    id INTEGER PRIMARY KEY,
    shop_id TEXT NOT NULL,
    sku_id TEXT,
    product_id TEXT,
    ext_code TEXT,
    name TEXT NOT NULL,
    spec TEXT,
    image_url TEXT,
    folded_name TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;

CREATE INDEX goods_of_shop ON goods (shop_id, sku_id, name);

INSERT INTO goods (shop_id, sku_id, product_id, ext_code, name, spec, image_url, folded_name, search_text)
SELECT DISTINCT o.shop_id, i.sku_id, i.product_id, i.ext_code, i.name, i.spec, i.image_url, '', ''
FROM order_items AS i JOIN orders AS o ON o.id = i.order_id;

CREATE TABLE items_of_goods (
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line_sn TEXT,
    goods_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price_minor INTEGER,
    unit_price_currency TEXT,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO items_of_goods
SELECT i.order_id, i.position, i.line_sn, g.id, i.quantity, i.unit_price_minor, i.unit_price_currency
FROM order_items AS i JOIN orders AS o ON o.id = i.order_id
JOIN goods AS g ON g.shop_id = o.shop_id AND g.sku_id IS i.sku_id AND g.name = i.name AND g.product_id IS i.product_id
    AND g.ext_code IS i.ext_code AND g.spec IS i.spec AND g.image_url IS i.image_url;

DROP TABLE order_items;

ALTER TABLE items_of_goods RENAME TO order_items;

CREATE INDEX order_items_by_goods ON order_items (goods_id);

CREATE TABLE order_numbers (
    order_id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
";

/// The search through goods and numbers follows their tables, whoever writes them.
const SEARCH: &str = "
CREATE INDEX order_numbers_not_ascii ON order_numbers (order_id) WHERE text GLOB '*[^\n -~]*';

CREATE VIRTUAL TABLE goods_search USING fts5(text, content='', detail='none', columnsize=0, tokenize='trigram');

CREATE VIRTUAL TABLE order_numbers_search USING fts5(text, content='', detail='none', columnsize=0, tokenize='trigram');

INSERT INTO goods_search (rowid, text) SELECT id, search_text FROM goods;

INSERT INTO order_numbers_search (rowid, text) SELECT order_id, text FROM order_numbers;

CREATE TRIGGER goods_added AFTER INSERT ON goods BEGIN
    INSERT INTO goods_search (rowid, text) VALUES (new.id, new.search_text);
END;

CREATE TRIGGER goods_deleted AFTER DELETE ON goods BEGIN
    INSERT INTO goods_search (goods_search, rowid, text) VALUES ('delete', old.id, old.search_text);
END;

CREATE TRIGGER order_numbers_added AFTER INSERT ON order_numbers BEGIN
    INSERT INTO order_numbers_search (rowid, text) VALUES (new.order_id, new.text);
END;

CREATE TRIGGER order_numbers_deleted AFTER DELETE ON order_numbers BEGIN
    INSERT INTO order_numbers_search (order_numbers_search, rowid, text) VALUES ('delete', old.order_id, old.text);
END;

CREATE TRIGGER order_numbers_changed AFTER UPDATE OF text ON order_numbers WHEN old.text IS NOT new.text BEGIN
    INSERT INTO order_numbers_search (order_numbers_search, rowid, text) VALUES ('delete', old.order_id, old.text);
    INSERT INTO order_numbers_search (rowid, text) VALUES (new.order_id, new.text);
END;
";

const ORDERS: &str = "
ALTER TABLE orders DROP COLUMN search_text;

ALTER TABLE orders ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;

ALTER TABLE orders ADD COLUMN first_goods INTEGER;

UPDATE orders SET
    pieces = (SELECT coalesce(sum(quantity), 0) FROM order_items WHERE order_id = orders.id),
    first_goods = (SELECT goods_id FROM order_items WHERE order_id = orders.id ORDER BY position LIMIT 1);

DROP INDEX orders_by_shop;

CREATE INDEX orders_by_shop ON orders (shop_id, created_at, status, currency, total_currency, total_minor);

CREATE INDEX orders_by_deadline ON orders (ship_by);

CREATE INDEX orders_by_change ON orders (updated_at);

CREATE INDEX orders_by_amount ON orders (total_currency, total_minor);

CREATE INDEX orders_by_delivery ON orders (delivered_at, shipped_at, pieces, first_goods);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared(GOODS).await?;
        fold_goods(connection).await?;
        fill_order_numbers(connection).await?;
        connection.execute_unprepared(SEARCH).await?;
        connection.execute_unprepared(ORDERS).await?;
        Ok(())
    }
}

/// There are far fewer goods than lines.
async fn fold_goods(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let all = "SELECT id, name, spec, ext_code, sku_id, product_id FROM goods";
    let all = Statement::from_string(DbBackend::Sqlite, all);
    for row in connection.query_all_raw(all).await? {
        let name: String = row.try_get("", "name")?;
        let mut texts = vec![Some(name.clone())];
        for column in ["spec", "ext_code", "sku_id", "product_id"] {
            texts.push(row.try_get("", column)?);
        }
        let texts = texts.iter().flatten().map(String::as_str);
        let values = [
            fold(&name).into(),
            search_text(texts).into(),
            row.try_get::<i64>("", "id")?.into(),
        ];
        let update = "UPDATE goods SET folded_name = ?, search_text = ? WHERE id = ?";
        let update = Statement::from_sql_and_values(DbBackend::Sqlite, update, values);
        connection.execute_raw(update).await?;
    }
    Ok(())
}

/// Numbers are ASCII, which SQLite folds by itself; the others, if there are any, are folded one by one.
async fn fill_order_numbers(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let fill = "INSERT INTO order_numbers
        SELECT id, lower(order_sn || coalesce(char(10) || (
            SELECT group_concat(line_sn, char(10)) FROM order_items WHERE order_id = orders.id AND line_sn <> ''
        ), '')) FROM orders";
    connection.execute_unprepared(fill).await?;
    let odd = "SELECT order_id, text FROM order_numbers WHERE text GLOB '*[^\n -~]*' OR instr(text, char(0))";
    let odd = Statement::from_string(DbBackend::Sqlite, odd);
    for row in connection.query_all_raw(odd).await? {
        let text: String = row.try_get("", "text")?;
        let values = [
            fold(&text).into(),
            row.try_get::<i64>("", "order_id")?.into(),
        ];
        let update = "UPDATE order_numbers SET text = ? WHERE order_id = ?";
        let update = Statement::from_sql_and_values(DbBackend::Sqlite, update, values);
        connection.execute_raw(update).await?;
    }
    Ok(())
}
