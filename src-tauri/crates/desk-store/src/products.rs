//! Products with their SKUs: into their tables and back.

use desk_model::{Product, ProductId, ProductStatus, Resource, ShopId, Sku, SkuId, UnixSeconds};
use rusqlite::{Connection, Row};

use crate::{
    Error,
    columns::{minor_and_currency, money, seconds},
    mirror::{Accepted, MirrorRow, Stored},
    search::{fold, search_text},
    write::{OnConflict, REPLACE_ROW, RowWriter, json_list},
};

impl MirrorRow for Product {
    const RESOURCE: Resource = Resource::Products;

    fn remote_id(&self) -> &str {
        self.product_id.as_str()
    }

    fn updated_at(&self) -> Option<UnixSeconds> {
        self.updated_at
    }

    fn complete_from(&mut self, stored: &Stored) {
        self.updated_at = self.updated_at.or(stored.version.updated_at);
    }

    fn set_shop(&mut self, shop_id: ShopId) {
        self.shop_id = shop_id;
    }

    fn pictures(&self) -> Vec<&str> {
        self.image_url.as_deref().into_iter().collect()
    }

    fn write(connection: &Connection, page: &[Accepted<'_, Self>]) -> Result<(), Error> {
        let mut products = RowWriter::new(connection, "products", REPLACE_ROW);
        let mut skus = RowWriter::new(connection, "skus", OnConflict::Fail);
        let mut delete_skus =
            connection.prepare_cached("DELETE FROM skus WHERE product_row = ?1")?;
        for accepted in page {
            write_product(&mut products, accepted)?;
            if !accepted.is_new {
                delete_skus.execute([accepted.id])?;
            }
            for (position, sku) in accepted.row.skus.iter().enumerate() {
                write_sku(&mut skus, accepted.id, position, sku)?;
            }
        }
        Ok(())
    }
}

fn write_product(
    products: &mut RowWriter<'_>,
    accepted: &Accepted<'_, Product>,
) -> Result<(), Error> {
    let row = &accepted.row;
    let (price_minor, price_currency) = minor_and_currency(row.price.as_ref());
    products.write(&[
        ("id", &accepted.id),
        ("shop_id", &accepted.shop_id.as_str()),
        ("product_id", &row.product_id.as_str()),
        ("name", &row.name),
        ("folded_name", &fold(&row.name)),
        ("ext_code", &row.ext_code),
        ("status", &row.status.as_str()),
        ("platform_status", &row.platform_status),
        ("category", &row.category),
        ("image_url", &row.image_url),
        ("price_minor", &price_minor),
        ("price_currency", &price_currency),
        ("stock", &row.stock),
        ("created_at", &row.created_at.map(|time| time.0)),
        ("updated_at", &row.updated_at.map(|time| time.0)),
        ("content_hash", &accepted.content_hash),
        ("first_seen_at", &accepted.first_seen_at.0),
        ("fetched_at", &accepted.fetched_at.0),
        ("fetch_seq", &accepted.fetch_seq),
        ("search_text", &product_search_text(row)),
        ("gone_at", &accepted.gone_at.map(|time| time.0)),
    ])
}

fn product_search_text(product: &Product) -> String {
    let of_product = [
        Some(product.name.as_str()),
        Some(product.product_id.as_str()),
        product.ext_code.as_deref(),
    ];
    let of_skus = product
        .skus
        .iter()
        .flat_map(|sku| [Some(sku.sku_id.as_str()), sku.ext_code.as_deref()]);
    search_text(of_product.into_iter().chain(of_skus).flatten())
}

fn write_sku(
    skus: &mut RowWriter<'_>,
    product_row: i64,
    position: usize,
    sku: &Sku,
) -> Result<(), Error> {
    let (price_minor, price_currency) = minor_and_currency(sku.price.as_ref());
    skus.write(&[
        ("product_row", &product_row),
        ("position", &position),
        ("sku_id", &sku.sku_id.as_str()),
        ("ext_code", &sku.ext_code),
        ("spec", &sku.spec),
        ("price_minor", &price_minor),
        ("price_currency", &price_currency),
        ("stock", &sku.stock),
    ])
}

/// The products with these row ids, in their order; ids that are gone are left out.
pub(crate) fn by_row_ids(connection: &Connection, ids: &[i64]) -> Result<Vec<Product>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT p.id, product_id, shop_id, name, ext_code, status, platform_status, category, image_url, price_minor,
            price_currency, stock, created_at, updated_at
         FROM json_each(?1) AS wanted JOIN products AS p ON p.id = wanted.value ORDER BY wanted.key",
    )?;
    let rows = statement.query_map([json_list(ids)?], |row| {
        Ok((row.get(0)?, read_product(row)?))
    })?;
    let mut products = rows.collect::<Result<Vec<(i64, Product)>, _>>()?;

    let mut statement = connection.prepare_cached(
        "SELECT wanted.key, sku_id, ext_code, spec, price_minor, price_currency, stock
         FROM json_each(?1) AS wanted JOIN skus AS s ON s.product_row = wanted.value
         ORDER BY wanted.key, s.position",
    )?;
    let found = json_list(&products.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    let mut rows = statement.query([found])?;
    while let Some(row) = rows.next()? {
        products[row.get::<_, usize>(0)?]
            .1
            .skus
            .push(read_sku(row)?);
    }
    Ok(products.into_iter().map(|(_, product)| product).collect())
}

fn read_product(row: &Row<'_>) -> rusqlite::Result<Product> {
    Ok(Product {
        product_id: ProductId::new(row.get::<_, String>("product_id")?),
        shop_id: ShopId::new(row.get::<_, String>("shop_id")?),
        name: row.get("name")?,
        ext_code: row.get("ext_code")?,
        status: ProductStatus::parse(row.get_ref("status")?.as_str()?),
        platform_status: row.get("platform_status")?,
        category: row.get("category")?,
        image_url: row.get("image_url")?,
        price: money(row, "price_minor", "price_currency")?,
        stock: row.get("stock")?,
        created_at: seconds(row, "created_at")?,
        updated_at: seconds(row, "updated_at")?,
        skus: Vec::new(),
    })
}

fn read_sku(row: &Row<'_>) -> rusqlite::Result<Sku> {
    Ok(Sku {
        sku_id: SkuId::new(row.get::<_, String>("sku_id")?),
        ext_code: row.get("ext_code")?,
        spec: row.get("spec")?,
        price: money(row, "price_minor", "price_currency")?,
        stock: row.get("stock")?,
    })
}
