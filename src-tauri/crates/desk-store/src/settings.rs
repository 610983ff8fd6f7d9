//! Settings: JSON text by key. What a setting means is known elsewhere.

use rusqlite::OptionalExtension;
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};

use crate::{
    Error, Store,
    entity::setting::{Column, Entity, Model},
};

impl Store {
    /// A setting's value, if it was ever set.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        let key = key.to_owned();
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
            Ok(statement.query_row([key], |row| row.get(0)).optional()?)
        })
        .await
    }

    /// Sets a setting.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), Error> {
        let transaction = self.begin().await?;
        let setting = Model {
            key: key.to_owned(),
            value: value.to_owned(),
        };
        Entity::insert(setting.into_active_model())
            .on_conflict(
                OnConflict::column(Column::Key)
                    .update_column(Column::Value)
                    .to_owned(),
            )
            .exec_without_returning(&*transaction)
            .await?;
        transaction.commit().await
    }
}
