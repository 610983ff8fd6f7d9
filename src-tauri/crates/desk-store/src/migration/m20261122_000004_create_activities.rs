//! Activities and the products in them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    activity_type TEXT NOT NULL,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    start_time INTEGER,
    end_time INTEGER,
    enroll_deadline INTEGER,
    joined INTEGER NOT NULL,
    updated_at INTEGER,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (activity_id, shop_id)
) STRICT;

CREATE INDEX activities_by_shop ON activities (shop_id);

CREATE TABLE activity_items (
    activity_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    product_id TEXT NOT NULL,
    sku_id TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    quantity INTEGER,
    remaining INTEGER,
    PRIMARY KEY (activity_row, position)
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
