//! Which picture addresses stored rows name: only these may be fetched. A table of their own, because many rows share few pictures.

use sea_orm::{DatabaseTransaction, sea_query::OnConflict};

use crate::{
    Error, Store,
    entity::picture,
    write::{execute, insert_all},
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
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    mut urls: Vec<&str>,
) -> Result<(), Error> {
    urls.sort_unstable();
    urls.dedup();
    let models = urls
        .into_iter()
        .map(|url| picture::Model {
            url: url.to_owned(),
        })
        .collect();
    let keep = OnConflict::column(picture::Column::Url)
        .do_nothing()
        .to_owned();
    insert_all::<picture::ActiveModel, _>(transaction, models, Some(keep)).await
}

/// Forgets addresses that no row names any more.
pub(crate) async fn forget_unnamed(transaction: &DatabaseTransaction) -> Result<(), Error> {
    let sql = "DELETE FROM pictures WHERE url NOT IN (
        SELECT image_url FROM order_items WHERE image_url IS NOT NULL
        UNION SELECT image_url FROM products WHERE image_url IS NOT NULL)";
    execute(transaction, sql, []).await?;
    Ok(())
}
