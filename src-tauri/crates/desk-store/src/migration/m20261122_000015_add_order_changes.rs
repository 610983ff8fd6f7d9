//! A log of the orders that changed or went, whoever wrote them. Row ids of new ones are higher than all before and need no log.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const LOG: &str = "
CREATE TABLE order_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER order_changed AFTER UPDATE ON orders
BEGIN
    INSERT INTO order_changes (order_id) VALUES (NEW.id);
END;

CREATE TRIGGER order_deleted AFTER DELETE ON orders
BEGIN
    INSERT INTO order_changes (order_id) VALUES (OLD.id);
END;

CREATE TRIGGER order_changes_kept_short AFTER INSERT ON order_changes WHEN NEW.number % 1000 = 0
BEGIN
    DELETE FROM order_changes WHERE number <= NEW.number - 5000;
END;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(LOG).await?;
        Ok(())
    }
}
