//! Products and their SKUs.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    ext_code TEXT,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    category TEXT,
    image_url TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    stock INTEGER,
    created_at INTEGER,
    updated_at INTEGER,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (product_id, shop_id)
) STRICT;

CREATE INDEX products_by_name ON products (folded_name);

CREATE INDEX products_by_shop ON products (shop_id);

CREATE TABLE skus (
    product_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sku_id TEXT NOT NULL,
    ext_code TEXT,
    spec TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    stock INTEGER,
    PRIMARY KEY (product_row, position)
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
