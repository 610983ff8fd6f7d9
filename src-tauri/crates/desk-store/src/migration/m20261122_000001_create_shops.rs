//! Gateway apps, shops and authorizations under way.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: &str = "
CREATE TABLE gateway_apps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    dialect TEXT NOT NULL,
    base_url TEXT NOT NULL,
    app_key TEXT NOT NULL,
    redirect_uri TEXT,
    proxy TEXT,
    UNIQUE (gateway, dialect, base_url, app_key)
) STRICT;

CREATE TABLE shops (
    shop_id TEXT PRIMARY KEY NOT NULL,
    app_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    mall_type TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires_at INTEGER,
    refresh_expires_at INTEGER,
    token_state TEXT NOT NULL,
    credentials_version INTEGER NOT NULL,
    authorized_at INTEGER NOT NULL,
    is_removed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pending_authorizations (
    authorization_id TEXT PRIMARY KEY NOT NULL,
    state_hash TEXT NOT NULL,
    app_id INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    shop_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pending_authorizations_by_state ON pending_authorizations (state_hash);
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
