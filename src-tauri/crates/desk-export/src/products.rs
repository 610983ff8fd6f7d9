//! Products as rows.

use desk_model::Product;

use crate::{cell::Cell, column::columns, wording::Wording};

columns! {
    /// A column of exported products.
    ProductColumn of Products,
    usual: [Product, ProductId, OwnCode, Shop, Status, Category, Price, Currency, Stock, SkuCount, Created],
    /// The title.
    Product = "product": Name;
    /// The product's id.
    ProductId = "product_id": Id;
    /// The seller's own code.
    OwnCode = "own_code": Id;
    /// The seller's name for the shop.
    Shop = "shop": Text;
    /// The shop's id.
    ShopId = "shop_id": Id;
    /// Where it stands, in words.
    Status = "status": Text;
    /// The platform's code for it.
    PlatformStatus = "platform_status": Text;
    /// The category.
    Category = "category": Text;
    /// The price.
    Price = "price": Money;
    /// The currency of the price.
    Currency = "currency": Text;
    /// Pieces in stock.
    Stock = "stock": Number;
    /// How many SKUs.
    SkuCount = "sku_count": Number;
    /// Their ids.
    SkuId = "sku_id": Id;
    /// Address of the picture.
    Image = "image": Text;
    /// When it was created.
    Created = "created": Time;
    /// The platform's time of the last change.
    Updated = "updated": Time;
}

pub(crate) fn cell<'a>(
    product: &'a Product,
    column: ProductColumn,
    wording: &'a Wording,
) -> Cell<'a> {
    match column {
        ProductColumn::Product => Cell::text(&product.name),
        ProductColumn::ProductId => Cell::text(product.product_id.as_str()),
        ProductColumn::OwnCode => Cell::maybe_text(product.ext_code.as_deref()),
        ProductColumn::Shop => wording.shop(&product.shop_id),
        ProductColumn::ShopId => Cell::text(product.shop_id.as_str()),
        ProductColumn::Status => wording.state(
            "product_status",
            product.status.as_str(),
            &product.platform_status,
        ),
        ProductColumn::PlatformStatus => Cell::text(&product.platform_status),
        ProductColumn::Category => Cell::maybe_text(product.category.as_deref()),
        ProductColumn::Price => wording.money(product.price.as_ref()),
        ProductColumn::Currency => {
            let price = product.price.as_ref();
            Cell::maybe_text(price.map(|price| price.currency.as_str()))
        }
        ProductColumn::Stock => wording.number(product.stock),
        ProductColumn::SkuCount => Cell::count(product.skus.len()),
        ProductColumn::SkuId => Cell::ids(product.skus.iter().map(|sku| sku.sku_id.as_str())),
        ProductColumn::Image => Cell::maybe_text(product.image_url.as_deref()),
        ProductColumn::Created => wording.time(product.created_at),
        ProductColumn::Updated => wording.time(product.updated_at),
    }
}
