//! What cells say: of every column, in the language and the zone that were asked for.

use desk_export::{Columns, Error, Rows};
use desk_model::{AmountState, Order, OrderItem, OrderStatus, Product, Resource, UnixSeconds};

use crate::builders::{NOW, ORDERS, Shown, activity, line, money, order, product};

fn one(shown: &Shown, order: Order) -> Vec<String> {
    shown.csv(Rows::Orders(&[order])).remove(1)
}

#[test]
fn an_unknown_amount_says_why_and_is_never_zero_or_blank() {
    let shown = Shown {
        columns: &["amount", "currency"],
        ..ORDERS
    };
    let without = |amount_state| Order {
        total_amount: None,
        amount_state,
        ..order("A")
    };
    assert_eq!(one(&shown, order("A")), ["25.98", "USD"]);
    assert_eq!(
        one(&shown, without(AmountState::Pending)),
        ["待获取", "USD"]
    );
    assert_eq!(
        one(&shown, without(AmountState::NotAuthorized)),
        ["未授权", "USD"]
    );
    let shown = Shown {
        resource: Resource::Products,
        columns: &["price", "currency", "stock"],
        ..ORDERS
    };
    let unknown = Product {
        price: None,
        stock: None,
        ..product("P")
    };
    let lines = shown.csv(Rows::Products(&[product("P"), unknown]));
    assert_eq!(lines[1], ["1200", "JPY", "7"]);
    assert_eq!(lines[2], ["平台未提供", "", "平台未提供"]);
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    let shown = Shown {
        columns: &["amount"],
        ..ORDERS
    };
    for (amount, expected) in [
        (money(-5, "USD"), "-0.05"),
        (money(1200, "JPY"), "1200"),
        (money(1234, "KWD"), "1.234"),
    ] {
        let row = Order {
            total_amount: Some(amount),
            ..order("A")
        };
        assert_eq!(one(&shown, row), [expected]);
    }
}

#[test]
fn times_are_in_the_zone_that_the_header_names_also_across_daylight_saving() {
    let shown = Shown {
        columns: &["ordered"],
        zone: "America/New_York",
        ..ORDERS
    };
    let at = |seconds| Order {
        created_at: UnixSeconds(seconds),
        ..order("A")
    };
    // 2026-03-08, before and after clocks went forward.
    let lines = shown.csv(Rows::Orders(&[at(1_772_953_199), at(1_772_953_200)]));
    assert_eq!(
        lines,
        [
            ["下单时间（America/New_York）"],
            ["2026-03-08 01:59:59"],
            ["2026-03-08 03:00:00"]
        ]
    );
    let wrong = Shown {
        zone: "Europe/Atlantis",
        ..ORDERS
    };
    assert!(matches!(wrong.table(), Err(Error::UnknownZone(_))));
}

#[test]
fn an_order_is_one_row_with_its_lines_together() {
    let shown = Shown {
        columns: &[
            "order",
            "product",
            "sku_id",
            "spec",
            "quantity",
            "unit_price",
        ],
        ..ORDERS
    };
    let plain = OrderItem {
        spec: None,
        unit_price: Some(money(500, "USD")),
        ..line("Lamp", 1)
    };
    let row = Order {
        items: vec![line("Mug", 2), plain],
        ..order("A")
    };
    let lines = shown.csv(Rows::Orders(&[row, order("B")]));
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        [
            "A",
            "Mug × 2; Lamp × 1",
            "17592186044416001; 17592186044416001",
            "Blue; —",
            "3",
            "12.99; 5.00"
        ]
    );
    assert_eq!(
        lines[2][1..],
        ["陶瓷杯", "17592186044416001", "Blue", "2", "12.99"]
    );
}

#[test]
fn by_line_each_has_a_row_and_the_amount_adds_up() {
    let shown = Shown {
        columns: &["order", "product", "quantity", "amount"],
        by_line: true,
        ..ORDERS
    };
    let two = Order {
        items: vec![line("Mug", 2), line("Lamp", 1)],
        ..order("A")
    };
    let none = Order {
        items: vec![],
        ..order("B")
    };
    let lines = shown.csv(Rows::Orders(&[two, none]));
    assert_eq!(lines[0][3], "金额（仅首行）");
    assert_eq!(
        lines[1..],
        [
            ["A", "Mug", "2", "25.98"],
            ["A", "Lamp", "1", ""],
            ["B", "", "", "25.98"]
        ]
    );
}

#[test]
fn states_are_words_and_an_unknown_one_keeps_the_platforms_code() {
    let shown = Shown {
        columns: &["status", "shop", "shop_id"],
        ..ORDERS
    };
    assert_eq!(one(&shown, order("A")), ["待发货", "My shop", "us:1"]);
    let strange = Order {
        status: OrderStatus::Unknown,
        platform_status: "77".to_owned(),
        shop_id: desk_model::ShopId::new("us:gone"),
        ..order("A")
    };
    assert_eq!(one(&shown, strange), ["未知 (77)", "us:gone", "us:gone"]);
    let shown = Shown {
        resource: Resource::Activities,
        columns: &["type", "joined", "items", "activity_id"],
        ..ORDERS
    };
    let lines = shown.csv(Rows::Activities(&[activity("Sale")]));
    assert_eq!(lines[1], ["大促", "是", "1", "9000000000000000003"]);
}

#[test]
fn every_column_of_every_resource_can_be_exported_and_no_other() {
    for resource in Resource::ALL {
        let words = Columns::words(resource);
        let all: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let columns = Columns::parse(resource, &all).unwrap();
        let shown = Shown { resource, ..ORDERS };
        let mut table = shown.table().unwrap();
        table.columns = columns;
        let folder = tempfile::tempdir().unwrap();
        let target = desk_export::Target {
            path: folder.path().join("all.csv"),
            if_taken: desk_export::IfTaken::Refuse,
        };
        let mut export = desk_export::Export::to_file(
            target,
            desk_export::ExportFormat::Csv,
            table,
            desk_export::Stop::default(),
            NOW,
        )
        .unwrap();
        let written = match resource {
            Resource::Orders => export.write(Rows::Orders(&[order("A")])),
            Resource::Products => export.write(Rows::Products(&[product("P")])),
            Resource::Activities => export.write(Rows::Activities(&[activity("S")])),
        };
        written.unwrap();
        let lines = crate::builders::read_csv(&export.finish().unwrap().unwrap());
        assert_eq!(lines[1].len(), words.len());
        let refused = Columns::parse(resource, &["tracking".to_owned()]).unwrap_err();
        assert!(
            matches!(&refused, Error::UnknownColumn { word, .. } if word == "tracking"),
            "{refused}"
        );
    }
    let other = Columns::parse(Resource::Products, &["ship_by".to_owned()]);
    assert!(other.is_err(), "orders alone have it");
    let twice = ["order".to_owned(), "order".to_owned()];
    let once = Columns::parse(Resource::Orders, &twice[..1]).unwrap();
    assert_eq!(Columns::parse(Resource::Orders, &twice).unwrap(), once);
}
