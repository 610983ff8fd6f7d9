//! What rows were read from, what could not be read, and which pictures are named.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE raw_payloads (
    kind TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    identity TEXT NOT NULL,
    payload_hash BLOB NOT NULL,
    payload BLOB NOT NULL,
    reason TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, resource, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures (
    url TEXT PRIMARY KEY NOT NULL
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
