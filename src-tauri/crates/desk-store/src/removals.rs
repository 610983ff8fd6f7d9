//! Shops on their way out: hidden at once, deleted when it can no longer be undone. What is left to delete outlives a crash.

use desk_model::ShopId;
use rusqlite::OptionalExtension;
use sea_orm::DatabaseTransaction;

use crate::{Error, Store, pending_authorizations, pictures, write::execute};

/// What is left to do about a shop that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The shop.
    pub shop_id: ShopId,
    /// The version of its credentials, which are still in the vault.
    pub credentials_version: i64,
}

impl Store {
    /// Hides a shop with all its data and notes what is to be deleted: the token, and the data unless it is kept. Authorizations
    /// begun for the shop go at once: answers which.
    pub async fn remove_shop(&self, id: &ShopId, keep_data: bool) -> Result<Vec<String>, Error> {
        let transaction = self.begin().await?;
        let begun = pending_authorizations::remove_of_shop(&transaction, id).await?;
        execute(
            &transaction,
            "INSERT INTO shop_removals (shop_id, credentials_version, keep_data)
             SELECT shop_id, credentials_version, ?2 FROM shops WHERE shop_id = ?1 AND NOT is_removed
             ON CONFLICT (shop_id) DO UPDATE SET
                credentials_version = excluded.credentials_version, keep_data = excluded.keep_data",
            [id.as_str().into(), keep_data.into()],
        )
        .await?;
        execute(
            &transaction,
            "UPDATE shops SET is_removed = 1 WHERE shop_id = ?",
            [id.as_str().into()],
        )
        .await?;
        transaction.commit().await?;
        Ok(begun)
    }

    /// Shows a shop again, as it was; `false` where there is nothing left to undo.
    pub async fn undo_removal(&self, id: &ShopId) -> Result<bool, Error> {
        let transaction = self.begin().await?;
        let shown = execute(
            &transaction,
            "UPDATE shops SET is_removed = 0
             WHERE shop_id = ?1 AND is_removed AND shop_id IN (SELECT shop_id FROM shop_removals)",
            [id.as_str().into()],
        )
        .await?;
        forget(&transaction, id).await?;
        transaction.commit().await?;
        Ok(shown > 0)
    }

    /// Removals that have not come to their end.
    pub async fn removals(&self) -> Result<Vec<Removal>, Error> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT shop_id, credentials_version FROM shop_removals")?;
            let removals = statement.query_map([], |row| {
                Ok(Removal {
                    shop_id: ShopId::new(row.get::<_, String>(0)?),
                    credentials_version: row.get(1)?,
                })
            })?;
            Ok(removals.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Deletes the data of a removed shop for good, unless it is kept. Its token is noted until `end_removal`.
    pub async fn delete_removed_data(&self, id: &ShopId) -> Result<(), Error> {
        let shop = id.as_str().to_owned();
        let keeps_data: Option<bool> = self
            .read(move |connection| {
                let sql = "SELECT keep_data FROM shop_removals WHERE shop_id = ?1";
                Ok(connection
                    .prepare_cached(sql)?
                    .query_row([shop], |row| row.get(0))
                    .optional()?)
            })
            .await?;
        if keeps_data != Some(false) {
            return Ok(());
        }
        let transaction = self.begin().await?;
        delete_with_data(&transaction, id).await?;
        transaction.commit().await
    }

    /// Forgets a removal whose token is deleted.
    pub async fn end_removal(&self, id: &ShopId) -> Result<(), Error> {
        let transaction = self.begin().await?;
        forget(&transaction, id).await?;
        transaction.commit().await
    }
}

async fn forget(transaction: &DatabaseTransaction, id: &ShopId) -> Result<(), Error> {
    let sql = "DELETE FROM shop_removals WHERE shop_id = ?";
    execute(transaction, sql, [id.as_str().into()])
        .await
        .map(drop)
}

/// Tables that hold parts of rows of another table: part, its column, whole.
pub(crate) const PARTS: [(&str, &str, &str); 5] = [
    ("order_items", "order_id", "orders"),
    ("order_numbers", "order_id", "orders"),
    ("order_status_seen", "order_id", "orders"),
    ("skus", "product_row", "products"),
    ("activity_items", "activity_row", "activities"),
];

async fn delete_with_data(transaction: &DatabaseTransaction, id: &ShopId) -> Result<(), Error> {
    for (part, column, whole) in PARTS {
        let sql = format!(
            "DELETE FROM {part} WHERE {column} IN (SELECT id FROM {whole} WHERE shop_id = ?)"
        );
        execute(transaction, &sql, [id.as_str().into()]).await?;
    }
    for kind in ["orders", "products", "activities"] {
        let sql = format!(
            "DELETE FROM raw_payloads WHERE kind = ? AND row_id IN (SELECT id FROM {kind} WHERE shop_id = ?)"
        );
        execute(transaction, &sql, [kind.into(), id.as_str().into()]).await?;
    }
    for table in [
        "orders",
        "goods",
        "products",
        "activities",
        "quarantine",
        "sync_checkpoints",
        "sync_runs",
        "shops",
    ] {
        execute(
            transaction,
            &format!("DELETE FROM {table} WHERE shop_id = ?"),
            [id.as_str().into()],
        )
        .await?;
    }
    pictures::forget_unnamed(transaction).await
}
