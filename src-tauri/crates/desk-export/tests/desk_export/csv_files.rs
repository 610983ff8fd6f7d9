//! CSV as spreadsheets and programs read it.

use std::fs;

use desk_export::{Export, Rows, Stop};
use desk_model::{Order, OrderItem};

use crate::builders::{ORDERS, Shown, line, money, order};

#[test]
fn a_file_begins_with_the_mark_and_its_lines_end_with_cr_lf() {
    let folder = tempfile::tempdir().unwrap();
    let shown = Shown {
        columns: &["order", "product"],
        ..ORDERS
    };
    let rows = [order("A"), order("B")];
    let path = folder.path().join("a.csv");
    shown.export(&path, Rows::Orders(&rows)).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{feff}order,product\r\nA,陶瓷杯\r\nB,陶瓷杯\r\n"
    );
}

#[test]
fn what_a_spreadsheet_would_compute_is_text_and_our_numbers_are_not_touched() {
    let shown = Shown {
        columns: &["product", "amount", "quantity"],
        ..ORDERS
    };
    for name in [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
    ] {
        let row = Order {
            items: vec![OrderItem {
                quantity: -3,
                ..line(name, 1)
            }],
            total_amount: Some(money(-250, "USD")),
            ..order("A")
        };
        let fields = &shown.csv(Rows::Orders(&[row]))[1];
        assert_eq!(fields[0], format!("'{name}"));
        assert_eq!(fields[1..], ["-2.50", "-3"]);
    }
}

#[test]
fn hostile_text_stays_one_field() {
    let shown = Shown {
        columns: &["order", "product", "quantity"],
        ..ORDERS
    };
    let name = "a,\"b\";\r\nc\u{202e}<img>\0\u{ffff}";
    let row = Order {
        items: vec![line(name, 1)],
        ..order("A")
    };
    let fields = &shown.csv(Rows::Orders(&[row]))[1];
    assert_eq!(
        fields,
        &["A", "a,\"b\";\r\nc\u{202e}<img>\u{fffd}\u{fffd}", "1"]
    );
}

#[test]
fn a_stream_gets_the_same_bytes_as_a_file() {
    #[derive(Clone, Default)]
    struct Sink(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let rows = [order("A")];
    let path = folder.path().join("a.csv");
    ORDERS.export(&path, Rows::Orders(&rows)).unwrap();
    let sink = Sink::default();
    let mut export =
        Export::to_stream(sink.clone(), ORDERS.table().unwrap(), Stop::default()).unwrap();
    export.write(Rows::Orders(&rows)).unwrap();
    assert_eq!(export.rows(), 1);
    assert_eq!(export.finish().unwrap(), None);
    assert_eq!(*sink.0.lock().unwrap(), fs::read(path).unwrap());
}
