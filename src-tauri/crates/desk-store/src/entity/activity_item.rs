//! A product of the shop in an activity.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_items")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) activity_row: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i64,
    pub(crate) product_id: String,
    pub(crate) sku_id: Option<String>,
    pub(crate) price_minor: Option<i64>,
    pub(crate) price_currency: Option<String>,
    pub(crate) quantity: Option<i64>,
    pub(crate) remaining: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
