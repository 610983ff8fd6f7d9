//! The diagnostics bundle tells how the desk is, and nothing about the seller.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Read,
    path::Path,
};

use desk_sandbox::{Dialect, OrderChange};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::harness::{BOTH, Desk, Platform, US};

/// Shorter texts would be found by chance.
const SHORTEST: usize = 4;

/// Every file of the bundle that `doctor` writes.
fn bundle(desk: &Desk) -> BTreeMap<String, String> {
    let file = desk.profile().join("bundle.zip");
    desk.run(&["doctor", "--bundle", file.to_str().unwrap()]);
    unpacked(&file)
}

fn unpacked(file: &Path) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(File::open(file).unwrap()).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let mut read = |name: &String| {
        let mut text = String::new();
        let mut file = archive.by_name(name).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    names
        .iter()
        .map(|name| (name.clone(), read(name)))
        .collect()
}

/// Texts that are the seller's own: ids, names and numbers of what is stored, at any depth.
fn own_texts(rows: &[Value], texts: &mut BTreeSet<String>) {
    const OWN: [&str; 12] = [
        "shop_id",
        "name",
        "order_sn",
        "line_id",
        "product_id",
        "sku_id",
        "goods_id",
        "ext_code",
        "image_url",
        "activity_id",
        "app_key",
        "base_url",
    ];
    for row in rows {
        match row {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value.as_str() {
                        Some(text) if OWN.contains(&key.as_str()) => {
                            texts.insert(text.to_owned());
                        }
                        _ => own_texts(std::slice::from_ref(value), texts),
                    }
                }
            }
            Value::Array(rows) => own_texts(rows, texts),
            _ => {}
        }
    }
}

#[test]
fn i15_the_bundle_holds_no_secret_and_nothing_of_the_sellers_own() {
    let platform = Platform::start();
    let mut desk = Desk::new(&platform);
    for dialect in BOTH {
        desk.add(&platform, dialect, US).one();
    }
    assert_eq!(desk.sync(&[]).exit, 0);
    let shop = platform.shop(Dialect::Guide, US).shop_id;
    let order = desk.list("orders")[0]["order_sn"]
        .as_str()
        .unwrap()
        .to_owned();
    let unreadable = OrderChange {
        quantity: Some(-3),
        ..OrderChange::default()
    };
    platform
        .sandbox
        .change_order(&shop, &order, &unreadable, platform.now())
        .unwrap();
    platform
        .sandbox
        .revoke_token(Dialect::OpenPlatform, &shop)
        .unwrap();
    assert_ne!(desk.sync(&[]).exit, 0);
    desk.keep_secret(&platform);

    let mut own = BTreeSet::from([order.clone(), shop.clone()]);
    for rows in ["orders", "products", "activities"].map(|kind| desk.list(kind)) {
        own_texts(&rows, &mut own);
    }
    own_texts(&desk.shops(), &mut own);
    own.extend(platform.secrets());
    own.extend(own.clone().iter().filter_map(|text| {
        let (_, remote_id) = text.split_once(':')?;
        Some(remote_id.to_owned())
    }));
    own.insert(desk.profile().display().to_string());
    own.retain(|text| text.len() >= SHORTEST);
    assert!(own.len() > 200, "too few to show anything: {}", own.len());

    // What no line of ours says, but one might some day, or a crate's.
    let log = desk.profile().join("logs/seller-desk.2999-12-31.log");
    let lines = [
        format!(
            "2999-12-31T00:00:00.1Z  WARN desk_engine::sync: not read error=of {order} code=Network"
        ),
        format!("2999-12-31T00:00:00.2Z ERROR hyper::client: refused {shop}"),
        order.clone(),
    ];
    fs::write(log, lines.join("\n")).unwrap();

    let files = bundle(&desk);
    for (name, text) in &files {
        for own in &own {
            assert!(!text.contains(own.as_str()), "{own} in {name}:\n{text}");
        }
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["app.json", "log.txt", "shops.json", "sync-log.json"]
    );
    assert!(
        files["log.txt"].contains(
            "2999-12-31T00:00:00.1Z WARN desk_engine::sync: not read code=Network\n\
             2999-12-31T00:00:00.2Z ERROR hyper::client\n"
        ),
        "{}",
        files["log.txt"]
    );
}

#[test]
fn the_bundle_tells_how_the_desk_is() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let orders = desk.list("orders").len();
    let files = bundle(&desk);
    let read = |name: &str| serde_json::from_str::<Value>(&files[name]).unwrap();

    let app = read("app.json");
    assert_eq!(app["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(app["failure"], Value::Null);
    assert_eq!(app["vault"], "passphrase");
    assert_eq!(app["settings"]["orders_interval_minutes"], 30);
    assert!(app["database_bytes"].as_u64().unwrap() > 4096);

    let shops = read("shops.json");
    assert_eq!(shops[0]["shop"], 1);
    assert_eq!(shops[0]["gateway"], "custom");
    assert_eq!(shops[0]["data"][0]["resource"], "orders");
    assert_eq!(shops[0]["data"][0]["rows"], json!(orders));

    let runs = read("sync-log.json");
    let runs = runs.as_array().unwrap();
    assert!(runs.len() >= 3, "{runs:?}");
    assert!(
        runs.iter()
            .all(|run| run["shop"] == 1 && run["result"] == "complete"),
        "{runs:?}"
    );
}

#[test]
fn a_desk_that_does_not_open_can_be_told_of_too() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    fs::write(desk.profile().join("seller-desk.sqlite3"), "no database").unwrap();
    let files = bundle(&desk);
    let app: Value = serde_json::from_str(&files["app.json"]).unwrap();
    assert_eq!(app["failure"], "database_corrupt");
    assert!(!files.contains_key("shops.json"));
}
