//! Rows that the platform no longer has: when they were found missing.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
ALTER TABLE orders ADD COLUMN gone_at INTEGER;

ALTER TABLE products ADD COLUMN gone_at INTEGER;

ALTER TABLE activities ADD COLUMN gone_at INTEGER;

CREATE INDEX orders_gone ON orders (shop_id) WHERE gone_at IS NOT NULL;

CREATE INDEX products_gone ON products (shop_id) WHERE gone_at IS NOT NULL;

CREATE INDEX activities_gone ON activities (shop_id) WHERE gone_at IS NOT NULL;

CREATE INDEX orders_by_update ON orders (shop_id, updated_at);
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
