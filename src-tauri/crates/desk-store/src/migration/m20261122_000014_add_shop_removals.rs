//! Shops that are removed but for their token in the vault, and their data.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE shop_removals (
    shop_id TEXT PRIMARY KEY NOT NULL,
    credentials_version INTEGER NOT NULL,
    keep_data INTEGER NOT NULL
) STRICT;
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
