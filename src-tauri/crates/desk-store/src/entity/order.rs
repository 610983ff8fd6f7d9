//! An order.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) shop_id: String,
    pub(crate) order_sn: String,
    pub(crate) status: String,
    pub(crate) platform_status: String,
    pub(crate) currency: Option<String>,
    pub(crate) total_minor: Option<i64>,
    pub(crate) total_currency: Option<String>,
    pub(crate) amount_state: String,
    pub(crate) created_at: i64,
    pub(crate) ship_by: Option<i64>,
    pub(crate) shipped_at: Option<i64>,
    pub(crate) delivered_at: Option<i64>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) labels: String,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) first_seen_at: i64,
    pub(crate) fetched_at: i64,
    pub(crate) fetch_seq: i64,
    pub(crate) search_text: String,
    pub(crate) gone_at: Option<i64>,
    pub(crate) amount_due: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
