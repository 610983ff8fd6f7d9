//! Made-up rows, and exports of them.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use desk_export::{
    Columns, Error, Export, ExportFormat, IfTaken, Rows, Stop, Table, Target, Wording,
};
use desk_model::{
    Activity, ActivityId, ActivityItem, ActivityStatus, AmountState, Currency, Money, Order,
    OrderItem, OrderSn, OrderStatus, Product, ProductId, ProductStatus, Resource, ShopId, Sku,
    SkuId, UnixSeconds,
};

/// 2026-11-22 00:00:00 UTC.
pub(crate) const NOW: UnixSeconds = UnixSeconds(1_795_305_600);

pub(crate) fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, Currency::new(code).unwrap())
}

pub(crate) fn line(name: &str, quantity: i64) -> OrderItem {
    OrderItem {
        line_sn: Some("L-1".to_owned()),
        sku_id: Some(SkuId::new("17592186044416001")),
        product_id: Some(ProductId::new("601000000000000002")),
        ext_code: Some("MUG-BLUE".to_owned()),
        name: name.to_owned(),
        spec: Some("Blue".to_owned()),
        image_url: None,
        quantity,
        unit_price: Some(money(1299, "USD")),
    }
}

pub(crate) fn order(sn: &str) -> Order {
    Order {
        order_sn: OrderSn::new(sn),
        shop_id: ShopId::new("us:1"),
        status: OrderStatus::Unshipped,
        platform_status: "2".to_owned(),
        currency: Some(Currency::new("USD").unwrap()),
        total_amount: Some(money(2598, "USD")),
        amount_state: AmountState::Known,
        created_at: NOW,
        ship_by: Some(NOW + 86_400),
        shipped_at: None,
        delivered_at: None,
        updated_at: Some(NOW),
        items: vec![line("陶瓷杯", 2)],
        labels: vec![],
    }
}

pub(crate) fn product(name: &str) -> Product {
    Product {
        product_id: ProductId::new("601000000000000002"),
        shop_id: ShopId::new("us:1"),
        name: name.to_owned(),
        ext_code: None,
        status: ProductStatus::Active,
        platform_status: "ON".to_owned(),
        category: None,
        image_url: None,
        price: Some(money(1200, "JPY")),
        stock: Some(7),
        created_at: Some(NOW),
        updated_at: None,
        skus: vec![Sku {
            sku_id: SkuId::new("17592186044416001"),
            ext_code: None,
            spec: None,
            price: None,
            stock: None,
        }],
    }
}

pub(crate) fn activity(name: &str) -> Activity {
    Activity {
        activity_id: ActivityId::new("9000000000000000003"),
        shop_id: ShopId::new("us:1"),
        name: name.to_owned(),
        activity_type: "big_sale".to_owned(),
        status: ActivityStatus::Running,
        platform_status: "2".to_owned(),
        start_time: Some(NOW),
        end_time: Some(NOW + 86_400),
        enroll_deadline: None,
        joined: true,
        updated_at: None,
        items: vec![ActivityItem {
            product_id: ProductId::new("601000000000000002"),
            sku_id: None,
            activity_price: None,
            quantity: None,
            remaining: None,
        }],
    }
}

/// A few words of a catalogue.
fn words(key: &str) -> Option<&'static str> {
    Some(match key {
        "resource.orders" => "订单",
        "export.column.ordered" => "下单时间",
        "export.column.amount" => "金额",
        "order_status.unshipped" => "待发货",
        "order_status.unknown" => "未知",
        "activity_type.big_sale" => "大促",
        "file.in_zone" => "{{column}}（{{zone}}）",
        "file.on_first_line" => "{{column}}（仅首行）",
        "file.amount.pending" => "待获取",
        "file.amount.not_authorized" => "未授权",
        "file.not_told" => "平台未提供",
        "file.yes" => "是",
        _ => return None,
    })
}

/// What an export shows: all columns named, in that order.
pub(crate) struct Shown {
    pub(crate) resource: Resource,
    pub(crate) columns: &'static [&'static str],
    pub(crate) zone: &'static str,
    pub(crate) by_line: bool,
}

pub(crate) const ORDERS: Shown = Shown {
    resource: Resource::Orders,
    columns: &[],
    zone: "UTC",
    by_line: false,
};

impl Shown {
    pub(crate) fn table(&self) -> Result<Table, Error> {
        let columns: Vec<String> = self.columns.iter().map(|&word| word.to_owned()).collect();
        let shops = HashMap::from([(ShopId::new("us:1"), "My shop".to_owned())]);
        Ok(Table {
            columns: Columns::parse(self.resource, &columns)?,
            wording: Wording::new(words, self.zone, shops)?,
            by_line: self.by_line,
        })
    }

    /// Exports the rows into a new file of that name.
    pub(crate) fn export(&self, path: &Path, rows: Rows<'_>) -> Result<PathBuf, Error> {
        let mut export = self.begin(path, IfTaken::Refuse, Stop::default())?;
        export.write(rows)?;
        Ok(export.finish()?.unwrap())
    }

    pub(crate) fn begin(
        &self,
        path: &Path,
        if_taken: IfTaken,
        stop: Stop,
    ) -> Result<Export, Error> {
        let ending = path.extension().unwrap().to_str().unwrap();
        let target = Target {
            path: path.to_owned(),
            if_taken,
        };
        let format = ExportFormat::parse(ending).unwrap();
        Export::to_file(target, format, self.table()?, stop, NOW)
    }

    /// The fields of every line of a CSV file of the rows.
    pub(crate) fn csv(&self, rows: Rows<'_>) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = self.export(&folder.path().join("a.csv"), rows).unwrap();
        read_csv(&path)
    }
}

pub(crate) fn read_csv(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The names of all files in a folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
