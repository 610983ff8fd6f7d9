//! Orders whose amount is still to be asked for.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
ALTER TABLE orders ADD COLUMN amount_due INTEGER NOT NULL DEFAULT 0;

UPDATE orders SET amount_due = 1 WHERE amount_state <> 'known';

CREATE INDEX orders_amount_due ON orders (shop_id, created_at) WHERE amount_due = 1;
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
