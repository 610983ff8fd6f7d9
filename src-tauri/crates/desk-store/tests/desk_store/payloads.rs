//! What must not be kept is in no byte of the file; what may be kept is there to the letter.

use std::{fs, io::Read};

use desk_model::{Fetched, Order, Unreadable};
use desk_store::PageCommit;

use crate::builders::{Desk, NOW, SHOP, empty_page, order};

const DENIED: [&str; 27] = [
    "receiptName",
    "receiptAdditionalName",
    "mobile",
    "backupMobile",
    "mail",
    "email",
    "regionName2",
    "regionName3",
    "regionName4",
    "addressLine1",
    "addressLineAll",
    "addressExtra",
    "postCode",
    "taxCode",
    "paymentInfo",
    "paymentMethod",
    "buyer_name",
    "buyerName",
    "phone",
    "phone_number",
    "receiver_name",
    "consigneeName",
    "firstName",
    "lastName",
    "zip_code",
    "contactPerson",
    "Buyer-Phone",
];

const KEPT: [&str; 9] = [
    "goodsName",
    "specName",
    "mallName",
    "regionName1",
    "buyer_country",
    "shop_name",
    "name",
    "orderPaymentType",
    "regionId",
];

/// A document with a canary under every key, at the top, in a list, and as an object.
fn document() -> String {
    let member = |key: &&str| format!(r#""{key}":"canary-{key}""#);
    let all: Vec<_> = DENIED.iter().chain(&KEPT).map(member).collect();
    let nested: Vec<_> = DENIED
        .iter()
        .map(|key| format!(r#""{key}":[{{"name":"canary-{key}"}}]"#))
        .collect();
    let (all, nested) = (all.join(","), nested.join(","));
    format!(r#"{{{all},"orderList":[{{{all}}},{{{nested}}}]}}"#)
}

fn canaries(text: &str) -> Vec<&str> {
    DENIED
        .into_iter()
        .filter(|key| text.contains(&format!("canary-{key}\"")))
        .collect()
}

#[tokio::test]
async fn personal_data_is_nowhere_in_the_database() {
    let desk = Desk::new().await;
    let rows = [Fetched {
        value: order("PO-1"),
        raw: document(),
    }];
    let unreadable = [
        Unreadable {
            raw: document(),
            reason: "made up".to_owned(),
        },
        Unreadable {
            raw: document().replacen('{', r#"{"order_sn":"PO-2","#, 1),
            reason: "made up".to_owned(),
        },
    ];
    let page = PageCommit {
        rows: &rows,
        unreadable: &unreadable,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();

    let record = desk
        .store
        .order(&SHOP, &order("PO-1").order_sn)
        .await
        .unwrap()
        .unwrap();
    let raw = record.raw.unwrap();
    assert_eq!(canaries(&raw), [""; 0]);
    for key in KEPT {
        assert_eq!(
            raw.matches(&format!(r#""{key}":"canary-{key}""#)).count(),
            2,
            "{key} is kept wherever it stands"
        );
    }

    let payloads = "SELECT payload FROM raw_payloads UNION ALL SELECT payload FROM quarantine";
    let sqlite = desk.sqlite();
    let mut statement = sqlite.prepare(payloads).unwrap();
    let payloads: Vec<Vec<u8>> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(payloads.len(), 3);
    for payload in payloads {
        let mut text = String::new();
        zstd::Decoder::new(payload.as_slice())
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(text.contains("canary-goodsName"));
        assert_eq!(canaries(&text), [""; 0]);
    }
    desk.store.close().await;
    drop(statement);
    sqlite.execute_batch("VACUUM").unwrap();
    drop(sqlite);
    let bytes = fs::read(desk.file()).unwrap();
    assert_eq!(canaries(&String::from_utf8_lossy(&bytes)), [""; 0]);
}

#[tokio::test]
async fn a_payload_that_is_no_json_is_cut_off_in_the_quarantine_and_not_kept_beside_a_row() {
    let desk = Desk::new().await;
    let html = format!("<html>{}", "登录".repeat(200_000));
    let rows = [Fetched {
        value: order("PO-1"),
        raw: html.clone(),
    }];
    let unreadable = [Unreadable {
        raw: html.clone(),
        reason: "no JSON".to_owned(),
    }];
    let page = PageCommit {
        rows: &rows,
        unreadable: &unreadable,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    let record = desk
        .store
        .order(&SHOP, &order("PO-1").order_sn)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.raw, None);
    let payload: Vec<u8> = desk
        .sqlite()
        .query_row("SELECT payload FROM quarantine", [], |row| row.get(0))
        .unwrap();
    let kept = String::from_utf8(zstd::decode_all(payload.as_slice()).unwrap()).unwrap();
    assert!(html.starts_with(&kept) && kept.len() <= 64 * 1024 && kept.len() > 60 * 1024);
}

#[tokio::test]
async fn a_payload_follows_its_row() {
    let desk = Desk::new().await;
    let mut changed = order("PO-1");
    for (number, raw) in [r#"{"id":12345678901234567890123}"#, r#"{"price":1.10}"#]
        .into_iter()
        .enumerate()
    {
        changed.items[0].quantity = number as i64;
        let rows = [Fetched::<Order> {
            value: changed.clone(),
            raw: raw.to_owned(),
        }];
        let page = PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW + number as i64)
        };
        desk.store.commit_orders(&page).await.unwrap();
        let record = desk
            .store
            .order(&SHOP, &changed.order_sn)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(record.raw.as_deref(), Some(raw));
    }
    assert_eq!(desk.count("raw_payloads"), 1);
}
