//! A row that could not be read.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantine")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) shop_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) resource: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) identity: String,
    pub(crate) payload_hash: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) reason: String,
    pub(crate) first_seen_at: i64,
    pub(crate) last_seen_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
