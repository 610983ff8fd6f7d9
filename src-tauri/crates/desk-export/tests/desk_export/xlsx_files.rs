//! XLSX as read back by another library.

use std::{fs::File, io::Read, path::Path};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use desk_export::Rows;
use desk_model::{Order, OrderItem};

use crate::builders::{ORDERS, Shown, line, money, order};

fn sheet(path: &Path) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    assert_eq!(workbook.sheet_names(), ["订单"]);
    workbook.worksheet_range("订单").unwrap()
}

fn exported(shown: &Shown, rows: &[Order]) -> Range<Data> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    shown.export(&path, Rows::Orders(rows)).unwrap();
    sheet(&path)
}

#[test]
fn ids_are_text_amounts_are_numbers_and_times_are_times() {
    let shown = Shown {
        columns: &["product_id", "amount", "currency", "quantity", "ordered"],
        zone: "Asia/Shanghai",
        ..ORDERS
    };
    let range = exported(&shown, &[order("A")]);
    assert_eq!(range.height(), 2);
    let row: Vec<&Data> = range.rows().nth(1).unwrap().iter().collect();
    assert_eq!(row[0], &Data::String("601000000000000002".to_owned()));
    assert_eq!(row[1], &Data::Float(25.98));
    assert_eq!(row[2], &Data::String("USD".to_owned()));
    assert_eq!(row[3], &Data::Float(2.0));
    let Data::DateTime(time) = row[4] else {
        panic!("no time: {:?}", row[4]);
    };
    // 2026-11-22 08:00 as sheets count it.
    assert!(
        (time.as_f64() - (46_348.0 + 8.0 / 24.0)).abs() < 1e-9,
        "{time:?}"
    );
    let header = &range.rows().next().unwrap()[4];
    assert_eq!(
        header,
        &Data::String("下单时间（Asia/Shanghai）".to_owned())
    );
}

#[test]
fn nothing_is_a_formula_and_hostile_text_is_kept() {
    let shown = Shown {
        columns: &["product", "spec"],
        ..ORDERS
    };
    let row = Order {
        items: vec![OrderItem {
            spec: Some("<b>&\0_x0041_".to_owned()),
            ..line("=1+1", 1)
        }],
        ..order("A")
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    shown.export(&path, Rows::Orders(&[row])).unwrap();
    let range = sheet(&path);
    let cells = range.rows().nth(1).unwrap();
    assert_eq!(cells[0], Data::String("=1+1".to_owned()));
    assert_eq!(cells[1], Data::String("<b>&\u{fffd}_x0041_".to_owned()));
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    let formulas = workbook.worksheet_formula("订单").unwrap();
    assert!(formulas.rows().flatten().all(String::is_empty));
}

#[test]
fn an_amount_that_a_number_would_round_is_text_and_long_text_is_cut() {
    let shown = Shown {
        columns: &["amount", "product"],
        ..ORDERS
    };
    let row = Order {
        total_amount: Some(money(9_007_199_254_740_993, "USD")),
        items: vec![line(&"漢".repeat(40_000), 1)],
        ..order("A")
    };
    let range = exported(&shown, &[row]);
    let cells = range.rows().nth(1).unwrap();
    assert_eq!(cells[0], Data::String("90071992547409.93".to_owned() + ""));
    let Data::String(name) = &cells[1] else {
        panic!("no text");
    };
    assert_eq!(name.encode_utf16().count(), 32_767);
    assert!(name.ends_with("漢…"));
}

#[test]
fn the_header_stays_in_sight_and_filters() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    let rows = [order("A"), order("B")];
    ORDERS.export(&path, Rows::Orders(&rows)).unwrap();
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    part.read_to_string(&mut text).unwrap();
    assert!(
        text.contains(r#"<pane ySplit="1" topLeftCell="A2""#),
        "{text}"
    );
    assert!(text.contains(r#"<autoFilter ref="A1:O3"/>"#), "{text}");
    assert!(text.contains("<cols><col "), "{text}");
    assert!(!text.contains("<f>"), "{text}");
}
