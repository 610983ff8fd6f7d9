//! A checkpoint and a run per task: what there was until now belongs to the task that reads changes.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE checkpoints_by_task (
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    task TEXT NOT NULL,
    stream TEXT NOT NULL,
    reached INTEGER,
    last_run_seconds INTEGER NOT NULL,
    observed_lag_seconds INTEGER NOT NULL,
    window_start INTEGER,
    window_end INTEGER,
    next_page INTEGER,
    total INTEGER,
    completed_at INTEGER,
    PRIMARY KEY (shop_id, resource, task)
) STRICT, WITHOUT ROWID;

INSERT INTO checkpoints_by_task
SELECT shop_id, resource, 'changes', stream, complete_through, last_run_seconds, 0, window_start, window_end, next_page, total, NULL
FROM sync_checkpoints;

DROP TABLE sync_checkpoints;

ALTER TABLE checkpoints_by_task RENAME TO sync_checkpoints;

ALTER TABLE sync_runs ADD COLUMN task TEXT NOT NULL DEFAULT 'changes';
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
