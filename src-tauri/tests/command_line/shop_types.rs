//! Semi- and full-managed shops: what they have is read, what they lack is no failure, and what is not served says so.

use desk_sandbox::{Dialect, MallType};

use crate::harness::{Desk, Platform, US, explained};

const DIALECT: Dialect = Dialect::OpenPlatform;

#[test]
fn a_semi_managed_shop_has_orders_only() {
    let platform = Platform::start();
    let shop_id = platform.shop(DIALECT, US).shop_id;
    platform
        .sandbox
        .set_mall_type(&shop_id, MallType::Semi)
        .unwrap();
    let desk = Desk::with_shop(&platform, DIALECT, US);
    assert_eq!(desk.shops()[0]["mall_type"], "semi_managed");
    let summary = desk.sync(&[]);
    let resources = summary.complete()["resources"].as_object().unwrap();
    assert_eq!(resources.keys().collect::<Vec<_>>(), ["orders"]);
    assert!(!desk.list("orders").is_empty());
    assert!(desk.list("products").is_empty());
    assert_eq!(platform.calls("bg.local.goods.list.query"), 0);
    assert_eq!(platform.calls("bg.promotion.activity.query"), 0);
}

#[test]
fn a_full_managed_shop_is_refused() {
    let platform = Platform::start();
    let shop_id = platform.shop(DIALECT, US).shop_id;
    platform
        .sandbox
        .set_mall_type(&shop_id, MallType::Full)
        .unwrap();
    let desk = Desk::new(&platform);
    desk.add(&platform, DIALECT, US)
        .refused(3, "full_managed_shop");
    assert!(desk.shops().is_empty());
}

#[test]
fn a_shop_that_becomes_full_managed_keeps_its_data() {
    let platform = Platform::start();
    let shop_id = platform.shop(DIALECT, US).shop_id;
    let desk = Desk::with_shop(&platform, DIALECT, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    platform
        .sandbox
        .set_mall_type(&shop_id, MallType::Full)
        .unwrap();
    let summary = desk.sync(&[]);
    explained(&summary.ended(3, "failed")["error"], "full_managed_shop");
    desk.rows().assert_same_as(&before);
}

#[test]
fn a_shop_that_becomes_semi_managed_keeps_what_it_had_and_goes_on_with_orders() {
    let platform = Platform::start();
    let shop_id = platform.shop(DIALECT, US).shop_id;
    let desk = Desk::with_shop(&platform, DIALECT, US);
    desk.sync(&[]).complete();
    let before = desk.list("products");
    platform
        .sandbox
        .set_mall_type(&shop_id, MallType::Semi)
        .unwrap();
    explained(
        &desk.sync(&[]).ended(5, "partial")["error"],
        "semi_managed_shop",
    );
    assert_eq!(desk.list("products"), before);
    assert_eq!(desk.shops()[0]["mall_type"], "semi_managed");
    desk.sync(&[]).complete();
}
