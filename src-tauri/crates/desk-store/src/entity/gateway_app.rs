//! An app registered at a gateway.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateway_apps")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) gateway: String,
    pub(crate) dialect: String,
    pub(crate) base_url: String,
    pub(crate) app_key: String,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) proxy: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
