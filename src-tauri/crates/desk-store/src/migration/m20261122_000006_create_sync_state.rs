//! Checkpoints and the sync log.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE sync_checkpoints (
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    stream TEXT NOT NULL,
    complete_through INTEGER,
    last_run_seconds INTEGER NOT NULL,
    window_start INTEGER,
    window_end INTEGER,
    next_page INTEGER,
    total INTEGER,
    PRIMARY KEY (shop_id, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    trigger TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    window_start INTEGER,
    window_end INTEGER,
    pages INTEGER NOT NULL,
    new_rows INTEGER NOT NULL,
    changed_rows INTEGER NOT NULL,
    unchanged_rows INTEGER NOT NULL,
    quarantined_rows INTEGER NOT NULL,
    result TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    request_id TEXT
) STRICT;

CREATE INDEX sync_runs_by_shop ON sync_runs (shop_id, resource);
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
