//! A product.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) shop_id: String,
    pub(crate) product_id: String,
    pub(crate) name: String,
    pub(crate) folded_name: String,
    pub(crate) ext_code: Option<String>,
    pub(crate) status: String,
    pub(crate) platform_status: String,
    pub(crate) category: Option<String>,
    pub(crate) image_url: Option<String>,
    pub(crate) price_minor: Option<i64>,
    pub(crate) price_currency: Option<String>,
    pub(crate) stock: Option<i64>,
    pub(crate) created_at: Option<i64>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) first_seen_at: i64,
    pub(crate) fetched_at: i64,
    pub(crate) fetch_seq: i64,
    pub(crate) search_text: String,
    pub(crate) gone_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
