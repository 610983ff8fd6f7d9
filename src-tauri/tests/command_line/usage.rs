//! What is typed wrong: refused before anything is asked or changed.

use std::fs;

use desk_sandbox::Dialect;
use serde_json::json;

use crate::harness::{Desk, Platform, US, credentials, start_with};

#[test]
fn an_unknown_shop_is_named() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let commands: [&[&str]; 7] = [
        &["shops", "test", "custom:nowhere"],
        &["shops", "remove", "custom:nowhere"],
        &["sync", "--shop", "nowhere"],
        &["orders", "list", "--shop", "nowhere"],
        &["products", "list", "--shop", "nowhere"],
        &["orders", "show", "PO-1", "--shop", "nowhere"],
        &["orders", "show", "PO-1", "--shop", "nowhere", "--refresh"],
    ];
    for command in commands {
        let error = desk.run(command).refused(2, "unknown_shop");
        assert!(
            error["details"].as_str().unwrap().contains("nowhere"),
            "{error}"
        );
    }
    Desk::alone()
        .run(&["orders", "list", "--shop", "nowhere"])
        .refused(2, "unknown_shop");
}

#[test]
fn an_unknown_order_number_is_named() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    desk.run(&["orders", "show", "PO-211-1"])
        .refused(1, "order_not_found");
    assert_eq!(
        platform.calls("order/detail"),
        0,
        "a plain show asks no platform"
    );
    desk.run(&["orders", "show", "PO-211-1", "--refresh"])
        .refused(1, "order_not_found");
    assert_eq!(
        platform.calls("order/detail"),
        1,
        "an unknown number is not retried"
    );
    desk.rows().assert_same_as(&before);
}

#[test]
fn a_number_that_two_shops_have_asks_which() {
    let platform = Platform::start();
    let dialect = Dialect::OpenPlatform;
    let desk = Desk::with_shop(&platform, dialect, US);
    let input = credentials(&platform, dialect, US);
    let home = format!("{}/us", platform.base_url);
    desk.add_with(
        &platform,
        dialect,
        &input,
        &["--gateway", "us", "--base-url", &home],
    )
    .one();
    let remote_id = platform.shop(dialect, US).shop_id;
    desk.run(&["sync", "--shop", &remote_id])
        .refused(2, "ambiguous_shop");
    desk.run(&["orders", "list", "--shop", &remote_id])
        .refused(2, "ambiguous_shop");
    let named = desk.sync(&["--shop", &format!("us:{remote_id}")]);
    assert_eq!(named.complete()["shop_id"], format!("us:{remote_id}"));
}

#[test]
fn addresses_that_must_not_be_used_are_refused() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let input = credentials(&platform, Dialect::Guide, US);
    let add = |base_url: &str| {
        desk.add_with(&platform, Dialect::Guide, &input, &["--base-url", base_url])
    };
    add("http://shops.example.com").refused(2, "insecure_base_url");
    for malformed in [
        "shops.example.com",
        "ftp://shops.example.com",
        "https://",
        "https://a.example/?b=c",
    ] {
        add(malformed).refused(2, "invalid_base_url");
    }
    assert!(desk.shops().is_empty());
    assert_eq!(platform.all_calls(), 0);
}

#[test]
fn a_custom_gateway_needs_a_dialect_and_an_address() {
    let desk = Desk::alone();
    let input =
        json!({"app_secret": "made-up-secret", "access_token": "made-up-token"}).to_string();
    let base = [
        "shops",
        "add",
        "--vault",
        "passphrase",
        "--gateway",
        "custom",
        "--app-key",
        "made-up-key",
    ];
    let further: [&[&str]; 3] = [
        &["--base-url", "http://127.0.0.1:9"],
        &["--dialect", "guide"],
        &["--dialect", "guide", "--base-url", " "],
    ];
    for further in further {
        desk.run_with(&input, &[&base, further].concat())
            .refused(2, "invalid_input");
    }
    let foreign = [
        "shops",
        "add",
        "--vault",
        "passphrase",
        "--gateway",
        "us",
        "--app-key",
        "k",
        "--dialect",
        "guide",
    ];
    desk.run_with(&input, &foreign).refused(2, "invalid_input");
    assert!(desk.shops().is_empty());
}

#[test]
fn standard_input_that_is_no_object_of_credentials_is_refused_and_never_repeated() {
    let desk = Desk::alone();
    let canary = "made-up-canary";
    let inputs = [
        String::new(),
        canary.to_owned(),
        format!("{{\"access_token\": \"{canary}\""),
        format!("{{\"access_token\": {{\"{canary}\": 1}}}}"),
        format!("{{\"app_secret\": \"{canary}\"}}"),
        format!("{{\"app_secret\": \"{canary}\", \"access_token\": \" \"}}"),
        format!("{{\"access_token\": \"x\", \"expires_at\": \"{canary}\"}}"),
        format!("[\"{canary}\"]"),
        format!("{{\"access_token\": \"{}\"}}", canary.repeat(10_000)),
    ];
    for input in inputs {
        let arguments = [
            "shops",
            "add",
            "--vault",
            "passphrase",
            "--gateway",
            "us",
            "--app-key",
            "made-up-key",
        ];
        for json in [true, false] {
            let mut command = desk.command(&arguments);
            if json {
                command.arg("--json");
            }
            let outcome = desk.finish(start_with(&input, &mut command));
            assert!(
                !outcome.stdout.contains(canary) && !outcome.stderr.contains(canary),
                "{outcome:?}"
            );
            assert_eq!(outcome.exit, 2, "{outcome:?}");
            if json {
                outcome.refused(2, "invalid_input");
            }
        }
    }
    assert!(desk.shops().is_empty());
    assert!(
        !desk.profile().join("secrets.vault").exists(),
        "no vault was made for nothing"
    );
}

#[test]
fn a_setting_that_makes_no_sense_is_named_and_no_secret_beside_it() {
    let desk = Desk::alone();
    fs::create_dir_all(desk.profile()).unwrap();
    let canary = "made-up-canary";
    let lines = [
        ("AUTO_SYNC_ENABLED=perhaps", "AUTO_SYNC_ENABLED"),
        ("SYNC_INTERVAL_MINUTES=0", "SYNC_INTERVAL_MINUTES"),
        ("TEMU_APP_SECRET='made-up-canary", ".env"),
    ];
    for (line, named) in lines {
        let text = format!("TEMU_APP_KEY=made-up-key\nTEMU_APP_SECRET={canary}\n{line}\n");
        fs::write(desk.profile().join(".env"), text).unwrap();
        let outcome = desk.run(&["sync"]);
        let error = outcome.refused(2, "invalid_input");
        assert!(
            error["details"].as_str().unwrap().contains(named),
            "{error}"
        );
        assert!(!outcome.stdout.contains(canary), "{error}");
    }
}

#[test]
fn an_unknown_status_is_refused_by_its_word() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    for kind in ["orders", "products", "activities"] {
        let error = desk
            .run(&[kind, "list", "--status", "lost"])
            .refused(2, "invalid_input");
        assert!(
            error["details"].as_str().unwrap().contains("lost"),
            "{error}"
        );
    }
}

#[test]
fn a_word_that_is_no_command_and_no_link_opens_no_window() {
    let desk = Desk::alone();
    for word in [
        "synchronize",
        "https://shops.example.com/oauth/callback?code=made-up",
    ] {
        desk.run(&[word]).refused(2, "invalid_input");
    }
    assert!(!desk.profile().exists(), "nothing was opened");
}

#[test]
fn arguments_that_no_command_has_end_with_the_usage() {
    let desk = Desk::alone();
    let commands: [&[&str]; 5] = [
        &["orders", "list", "--limit", "many"],
        &["sync", "--since", "0"],
        &["shops", "add", "--gateway", "mars"],
        &["shops", "list", "--vault", "drawer"],
        &["orders", "burn"],
    ];
    for command in commands {
        let outcome = desk.run(command);
        assert_eq!(outcome.exit, 2, "{outcome:?}");
        assert!(outcome.stderr.contains("--help"), "{outcome:?}");
    }
    let help = desk.run(&["--help"]);
    assert_eq!(help.exit, 0);
    assert!(
        help.stdout.contains("sync") && help.stdout.contains("orders"),
        "{help:?}"
    );
}

#[test]
fn an_error_for_people_says_what_why_and_what_to_do() {
    for (language, word) in [
        ("en_US.UTF-8", "shop"),
        ("zh_CN.UTF-8", "店铺"),
        ("C", "shop"),
    ] {
        let desk = Desk::alone();
        let mut command = desk.command(&["orders", "list", "--shop", "nowhere"]);
        let outcome = desk.finish(start_with("", command.env("LANG", language)));
        assert_eq!(outcome.exit, 2, "{outcome:?}");
        assert_eq!(outcome.stdout, "");
        let lines: Vec<&str> = outcome.stderr.lines().collect();
        assert_eq!(lines.len(), 4, "{outcome:?}");
        assert!(lines[0].contains(word), "{language}: {outcome:?}");
        assert!(lines[3].starts_with("[unknown_shop]"), "{outcome:?}");
    }
}
