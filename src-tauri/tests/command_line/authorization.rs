//! Secrets, tokens, scopes and regions: each refusal has its own code, and the data stays as it was.

use desk_sandbox::Dialect;
use serde_json::{Value, json};

use crate::harness::{BOTH, Desk, Platform, US, credentials, explained};

const EU: usize = 1;

#[test]
fn a_wrong_secret_is_refused_and_changes_nothing() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::new(&platform);
        let mut wrong = credentials(&platform, dialect, US);
        wrong["app_secret"] = json!("made-up-secret");
        let refused = desk.add_with(&platform, dialect, &wrong, &[]);
        let error = refused.refused(3, "signature_rejected");
        assert!(error["platform_code"].is_number(), "{error}");
        assert!(error["request_id"].is_string(), "{error}");
        assert_eq!(
            platform.all_calls(),
            1,
            "a rejected signature is never retried"
        );
        assert!(desk.shops().is_empty());

        desk.add(&platform, dialect, US).one();
        desk.sync(&[]).complete();
        let before = (desk.shops(), desk.rows());
        desk.add_with(&platform, dialect, &wrong, &[])
            .refused(3, "signature_rejected");
        assert_eq!(desk.shops(), before.0);
        desk.rows().assert_same_as(&before.1);
        let shop_id = platform.shop(dialect, US).shop_id;
        desk.run(&["shops", "test", &shop_id]).one();
    }
}

#[test]
fn an_expired_token_is_refreshed_once_and_silently() {
    let platform = Platform::start();
    let mut desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let old = platform.shop(Dialect::Guide, US);
    platform
        .sandbox
        .expire_token(Dialect::Guide, &old.shop_id, platform.now())
        .unwrap();

    desk.sync(&[]).complete();
    let new = platform.shop(Dialect::Guide, US);
    desk.keep_secret(&platform);
    assert_ne!(new.access_token, old.access_token);
    assert_ne!(new.refresh_token, old.refresh_token);
    assert_eq!(platform.calls("oauth/token"), 1);
    assert_eq!(desk.shops()[0]["token_state"], "valid");

    desk.sync(&[]).complete();
    assert_eq!(
        platform.calls("oauth/token"),
        1,
        "the new token is in the vault"
    );
}

#[test]
fn an_expired_token_without_a_way_to_refresh_asks_for_a_new_authorization() {
    let platform = Platform::start();
    let shop = platform.shop(Dialect::Guide, US);
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    before.assert_present();

    platform
        .sandbox
        .revoke_token(Dialect::Guide, &shop.shop_id)
        .unwrap();
    let summary = desk.sync(&[]);
    explained(&summary.ended(3, "failed")["error"], "token_expired");
    assert_eq!(desk.shops()[0]["token_state"], "expired");
    desk.rows().assert_same_as(&before);
    assert_eq!(
        platform.calls("oauth/token"),
        1,
        "a refused refresh is not retried"
    );
    desk.run(&["shops", "test", &shop.shop_id])
        .refused(3, "token_expired");

    platform
        .sandbox
        .renew_token(Dialect::Guide, &shop.shop_id, platform.now())
        .unwrap();
    desk.add(&platform, Dialect::Guide, US).one();
    desk.sync(&[]).complete();
    assert_eq!(desk.shops()[0]["token_state"], "valid");
}

#[test]
fn expired_and_revoked_tokens_of_the_open_platform_are_told_apart() {
    for (state, code) in [("expired", "token_expired"), ("revoked", "token_revoked")] {
        let platform = Platform::start();
        let dialect = Dialect::OpenPlatform;
        let shop_id = platform.shop(dialect, US).shop_id;
        let desk = Desk::with_shop(&platform, dialect, US);
        desk.sync(&[]).complete();
        let before = desk.rows();
        if state == "expired" {
            platform
                .sandbox
                .expire_token(dialect, &shop_id, platform.now())
                .unwrap();
        } else {
            platform.sandbox.revoke_token(dialect, &shop_id).unwrap();
        }
        let calls = platform.all_calls();
        let summary = desk.sync(&[]);
        explained(&summary.ended(3, "failed")["error"], code);
        assert_eq!(platform.all_calls() - calls, 1, "one attempt");
        assert_eq!(desk.shops()[0]["token_state"], state);
        desk.rows().assert_same_as(&before);

        platform
            .sandbox
            .renew_token(dialect, &shop_id, platform.now())
            .unwrap();
        desk.add(&platform, dialect, US).one();
        desk.run(&["shops", "test", &shop_id]).one();
        assert_eq!(desk.shops()[0]["token_state"], "valid");
    }
}

#[test]
fn a_shop_without_a_valid_token_does_not_stop_the_others() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.add(&platform, Dialect::Guide, EU).one();
    let revoked = platform.shop(Dialect::Guide, US).shop_id;
    platform
        .sandbox
        .revoke_token(Dialect::Guide, &revoked)
        .unwrap();
    let summary = desk.sync(&[]);
    assert_eq!(summary.exit, 3);
    let result = |shop: usize| {
        let shop_id = format!("custom:{}", platform.shop(Dialect::Guide, shop).shop_id);
        let line = summary
            .shops
            .iter()
            .find(|line| line["shop_id"] == shop_id.as_str());
        line.unwrap()["result"].clone()
    };
    assert_eq!(result(US), "failed");
    assert_eq!(result(EU), "complete");
    assert!(!desk.list("orders").is_empty());
}

#[test]
fn a_scope_taken_away_costs_its_resource_only() {
    let scopes = [
        (Dialect::Guide, "product/list"),
        (Dialect::OpenPlatform, "bg.local.goods.list.query"),
    ];
    for (dialect, scope) in scopes {
        let platform = Platform::start();
        let shop_id = platform.shop(dialect, US).shop_id;
        let desk = Desk::with_shop(&platform, dialect, US);
        desk.sync(&[]).complete();
        let before = desk.rows();
        platform.sandbox.drop_scope(&shop_id, scope).unwrap();
        let summary = desk.sync(&[]);
        let shop = summary.ended(5, "partial");
        explained(&shop["error"], "scope_missing");
        desk.rows().assert_same_as(&before);
        let state = |resource: &str| -> Value {
            let shops = desk.shops();
            let data = shops[0]["data"].as_array().unwrap().clone();
            data.into_iter()
                .find(|state| state["resource"] == resource)
                .unwrap()
        };
        assert_eq!(state("orders")["last_result"], "complete");
        assert_eq!(state("products")["last_result"], "failed");
        assert_eq!(
            state("activities")["last_result"],
            "complete",
            "{dialect:?}: the rest is still read"
        );

        platform.sandbox.grant_scope(&shop_id, scope).unwrap();
        desk.add(&platform, dialect, US).one();
        desk.sync(&[]).complete();
    }
}

#[test]
fn a_token_without_a_scope_from_the_start_is_never_used_for_it() {
    let platform = Platform::start();
    let dialect = Dialect::Guide;
    let shop_id = platform.shop(dialect, US).shop_id;
    platform
        .sandbox
        .drop_scope(&shop_id, "activity/list")
        .unwrap();
    let desk = Desk::with_shop(&platform, dialect, US);
    let summary = desk.sync(&[]);
    explained(&summary.ended(5, "partial")["error"], "scope_missing");
    assert_eq!(platform.calls("activity/list"), 0);
    assert!(!desk.list("products").is_empty());
    assert!(desk.list("activities").is_empty());
}

#[test]
fn a_token_of_another_region_is_refused() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let dialect = Dialect::OpenPlatform;
    let europe = format!("{}/eu", platform.base_url);
    let input = credentials(&platform, dialect, US);
    let refused = desk.add_with(&platform, dialect, &input, &["--base-url", &europe]);
    refused.refused(3, "wrong_region");
    assert!(desk.shops().is_empty());

    let home = format!("{}/us", platform.base_url);
    desk.add_with(&platform, dialect, &input, &["--base-url", &home])
        .one();
    desk.sync(&[]).complete();
}

#[test]
fn an_expired_token_that_came_without_a_refresh_token_is_called_expired() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let mut input = credentials(&platform, Dialect::Guide, US);
    input["refresh_token"] = Value::Null;
    desk.add_with(&platform, Dialect::Guide, &input, &[]).one();
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    platform
        .sandbox
        .expire_token(Dialect::Guide, &shop_id, platform.now())
        .unwrap();
    explained(&desk.sync(&[]).ended(3, "failed")["error"], "token_expired");
    assert_eq!(desk.shops()[0]["token_state"], "expired");
}
