//! A line of the sync log.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_runs")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) shop_id: String,
    pub(crate) resource: String,
    pub(crate) task: String,
    pub(crate) trigger: String,
    pub(crate) started_at: i64,
    pub(crate) finished_at: Option<i64>,
    pub(crate) window_start: Option<i64>,
    pub(crate) window_end: Option<i64>,
    pub(crate) pages: i64,
    pub(crate) new_rows: i64,
    pub(crate) changed_rows: i64,
    pub(crate) unchanged_rows: i64,
    pub(crate) quarantined_rows: i64,
    pub(crate) result: String,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) clock_ahead_seconds: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
