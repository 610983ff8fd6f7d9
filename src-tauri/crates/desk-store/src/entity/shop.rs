//! A shop; hidden while `is_removed`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shops")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) shop_id: String,
    pub(crate) app_id: i64,
    pub(crate) name: String,
    pub(crate) region: Option<String>,
    pub(crate) mall_type: String,
    pub(crate) scopes: String,
    pub(crate) expires_at: Option<i64>,
    pub(crate) refresh_expires_at: Option<i64>,
    pub(crate) token_state: String,
    pub(crate) credentials_version: i64,
    pub(crate) authorized_at: i64,
    pub(crate) is_removed: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
