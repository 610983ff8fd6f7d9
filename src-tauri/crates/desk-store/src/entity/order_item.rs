//! A line of an order.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_items")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) order_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i64,
    pub(crate) line_sn: Option<String>,
    pub(crate) sku_id: Option<String>,
    pub(crate) product_id: Option<String>,
    pub(crate) ext_code: Option<String>,
    pub(crate) name: String,
    pub(crate) spec: Option<String>,
    pub(crate) image_url: Option<String>,
    pub(crate) quantity: i64,
    pub(crate) unit_price_minor: Option<i64>,
    pub(crate) unit_price_currency: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
