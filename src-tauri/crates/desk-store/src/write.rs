//! How rows are written: many per statement.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    IntoActiveModel, Iterable, Statement, Value, sea_query::OnConflict,
};

use crate::{Error, mirror::Accepted};

/// SQLite takes at most 32,766 parameters per statement.
const MAX_PARAMETERS: usize = 32_000;

/// Inserts all models with as few statements as possible.
pub(crate) async fn insert_all<A, M>(
    transaction: &DatabaseTransaction,
    models: Vec<M>,
    on_conflict: Option<OnConflict>,
) -> Result<(), Error>
where
    A: ActiveModelTrait + Send,
    M: IntoActiveModel<A>,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    let mut models = models
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while models.peek().is_some() {
        let batch: Vec<A> = models.by_ref().take(MAX_PARAMETERS / columns).collect();
        let mut insert = A::Entity::insert_many(batch);
        if let Some(on_conflict) = &on_conflict {
            insert = insert.on_conflict(on_conflict.clone());
        }
        insert.exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Runs one statement and tells how many rows it changed.
pub(crate) async fn execute(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, Error> {
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    Ok(transaction.execute_raw(statement).await?.rows_affected())
}

/// Many values as one parameter, for `IN (SELECT value FROM json_each(?))`.
pub(crate) fn json_list<T: serde::Serialize>(values: &[T]) -> Result<String, Error> {
    serde_json::to_string(values).map_err(Error::database)
}

/// On a row that is there: replace every column but the key and the one that is kept.
pub(crate) fn replace_row<C: ColumnTrait + Iterable + Copy>(key: C, kept: C) -> OnConflict {
    let is_kept = |column: &C| {
        [key, kept]
            .iter()
            .any(|other| other.as_str() == column.as_str())
    };
    OnConflict::column(key)
        .update_columns(C::iter().filter(|column| !is_kept(column)))
        .to_owned()
}

/// Deletes the parts (lines, SKUs, …) of rows that are to be replaced.
pub(crate) async fn delete_parts<T>(
    transaction: &DatabaseTransaction,
    table: &str,
    parent: &str,
    page: &[Accepted<'_, T>],
) -> Result<(), Error> {
    let replaced: Vec<i64> = page
        .iter()
        .filter(|accepted| !accepted.is_new)
        .map(|accepted| accepted.id)
        .collect();
    if !replaced.is_empty() {
        let sql = format!("DELETE FROM {table} WHERE {parent} IN (SELECT value FROM json_each(?))");
        execute(transaction, &sql, [json_list(&replaced)?.into()]).await?;
    }
    Ok(())
}
