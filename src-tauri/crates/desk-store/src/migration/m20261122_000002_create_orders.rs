//! Orders, their lines, and the statuses they were seen in.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    order_sn TEXT NOT NULL,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    currency TEXT,
    total_minor INTEGER,
    total_currency TEXT,
    amount_state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ship_by INTEGER,
    shipped_at INTEGER,
    delivered_at INTEGER,
    updated_at INTEGER,
    labels TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (order_sn, shop_id)
) STRICT;

CREATE INDEX orders_by_creation ON orders (created_at);

CREATE INDEX orders_by_shop ON orders (shop_id, created_at);

CREATE INDEX orders_by_status ON orders (status, ship_by, shop_id);

CREATE TABLE order_items (
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line_sn TEXT,
    sku_id TEXT,
    product_id TEXT,
    ext_code TEXT,
    name TEXT NOT NULL,
    spec TEXT,
    image_url TEXT,
    quantity INTEGER NOT NULL,
    unit_price_minor INTEGER,
    unit_price_currency TEXT,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_status_seen (
    order_id INTEGER NOT NULL,
    platform_status TEXT NOT NULL,
    status TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, platform_status)
) STRICT, WITHOUT ROWID;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(TABLES).await?;
        Ok(())
    }
}
