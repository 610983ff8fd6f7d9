//! Which picture addresses stored rows name: only these may be fetched. A table of their own, because many rows share few pictures.

use rusqlite::Connection;
use sea_orm::DatabaseTransaction;

use crate::{
    Error, Store,
    write::{OnConflict, RowWriter, execute},
};

impl Store {
    /// Whether a stored row names (or, since its shop is stored, has named) this picture address.
    pub async fn has_picture(&self, url: &str) -> Result<bool, Error> {
        let url = url.to_owned();
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT 1 FROM pictures WHERE url = ?1")?;
            Ok(statement.exists([url])?)
        })
        .await
    }
}

/// Remembers the addresses that a page's rows name.
pub(crate) fn write(connection: &Connection, mut urls: Vec<&str>) -> Result<(), Error> {
    urls.sort_unstable();
    urls.dedup();
    let mut pictures = RowWriter::new(connection, "pictures", OnConflict::Keep);
    for url in urls {
        pictures.write(&[("url", &url)])?;
    }
    Ok(())
}

/// Forgets addresses that no row names any more.
pub(crate) async fn forget_unnamed(transaction: &DatabaseTransaction) -> Result<(), Error> {
    let sql = "DELETE FROM pictures WHERE url NOT IN (
        SELECT image_url FROM goods WHERE image_url IS NOT NULL
        UNION SELECT image_url FROM products WHERE image_url IS NOT NULL)";
    execute(transaction, sql, []).await?;
    Ok(())
}
