//! Where a stream stands.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_checkpoints")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) shop_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) resource: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) task: String,
    pub(crate) stream: String,
    pub(crate) reached: Option<i64>,
    pub(crate) last_run_seconds: i64,
    pub(crate) observed_lag_seconds: i64,
    pub(crate) window_start: Option<i64>,
    pub(crate) window_end: Option<i64>,
    pub(crate) next_page: Option<i64>,
    pub(crate) total: Option<i64>,
    pub(crate) completed_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
