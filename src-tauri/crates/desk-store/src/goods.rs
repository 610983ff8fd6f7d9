//! Goods: what a line of an order names. A shop's description of them is stored once, however many lines name it; a description that
//! changes is another row.

use desk_model::{OrderItem, ProductId, ShopId, SkuId};
use rusqlite::{CachedStatement, Connection, OptionalExtension};

use crate::{
    Error,
    search::{fold, search_text},
};

/// Finds goods, and adds those that are not there.
pub(crate) struct GoodsWriter<'a> {
    find: CachedStatement<'a>,
    add: CachedStatement<'a>,
}

impl<'a> GoodsWriter<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Result<Self, Error> {
        let find = "SELECT id FROM goods WHERE shop_id = ?1 AND sku_id IS ?2 AND name = ?3 AND product_id IS ?4
            AND ext_code IS ?5 AND spec IS ?6 AND image_url IS ?7";
        let add = "INSERT INTO goods (shop_id, sku_id, name, product_id, ext_code, spec, image_url, folded_name, search_text)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";
        Ok(Self {
            find: connection.prepare_cached(find)?,
            add: connection.prepare_cached(add)?,
        })
    }

    /// The row id of a line's goods.
    pub(crate) fn id_of(&mut self, shop_id: &ShopId, item: &OrderItem) -> Result<i64, Error> {
        let sku_id = item.sku_id.as_ref().map(SkuId::as_str);
        let product_id = item.product_id.as_ref().map(ProductId::as_str);
        let (shop_id, name) = (shop_id.as_str(), &item.name);
        let (ext_code, spec, image_url) = (&item.ext_code, &item.spec, &item.image_url);
        let found = self
            .find
            .query_row(
                (shop_id, sku_id, name, product_id, ext_code, spec, image_url),
                |row| row.get(0),
            )
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        let folded_name = fold(name);
        let texts = [
            Some(name.as_str()),
            spec.as_deref(),
            ext_code.as_deref(),
            sku_id,
            product_id,
        ];
        let search_text = search_text(texts.into_iter().flatten());
        let values = (
            shop_id,
            sku_id,
            name,
            product_id,
            ext_code,
            spec,
            image_url,
            folded_name,
            search_text,
        );
        Ok(self.add.query_row(values, |row| row.get(0))?)
    }
}
