//! Where secrets are kept: a keychain that is not there, a passphrase file, memory, and `.env` on the way.

use std::fs;

use desk_sandbox::Dialect;
use serde_json::json;

use crate::harness::{BOTH, Desk, Platform, US, credentials, files_below, start_with};

const EU: usize = 1;

#[test]
fn without_a_keychain_nothing_is_stored_elsewhere() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let input = credentials(&platform, Dialect::Guide, US);
    let refused = desk.add_with(&platform, Dialect::Guide, &input, &["--vault", "keychain"]);
    refused.refused(1, "keychain_absent");
    assert!(desk.shops().is_empty());
    let findings = desk.run(&["doctor"]);
    assert_eq!(findings.exit, 1);
    let findings = findings.objects();
    let vault = findings
        .iter()
        .find(|finding| finding["check"] == "vault")
        .unwrap();
    assert_eq!(
        (&vault["ok"], &vault["code"]),
        (&json!(false), &json!("keychain_absent"))
    );

    desk.add(&platform, Dialect::Guide, US).one();
}

#[test]
fn a_passphrase_file_opens_with_its_passphrase_only() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = (
        desk.rows(),
        platform.all_calls(),
        fs::read(desk.profile().join("secrets.vault")).unwrap(),
    );
    let sync = |passphrase: Option<&str>| {
        let mut command = desk.command(&["sync", "--json"]);
        match passphrase {
            Some(passphrase) => command.env("SELLER_DESK_PASSPHRASE", passphrase),
            None => command.env_remove("SELLER_DESK_PASSPHRASE"),
        };
        desk.finish(start_with("", &mut command))
    };
    sync(Some("another passphrase")).refused(1, "passphrase_wrong");
    sync(Some("")).refused(1, "passphrase_wrong");
    sync(None).refused(1, "passphrase_needed");
    desk.rows().assert_same_as(&before.0);
    assert_eq!(platform.all_calls(), before.1);
    assert_eq!(
        fs::read(desk.profile().join("secrets.vault")).unwrap(),
        before.2
    );
    desk.sync(&[]).complete();
}

#[test]
fn a_new_passphrase_must_not_be_short() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let app_key = platform.app(Dialect::Guide).app_key;
    let mut command = desk.command(&[
        "shops",
        "add",
        "--json",
        "--vault",
        "passphrase",
        "--gateway",
        "custom",
    ]);
    command.args([
        "--base-url",
        &platform.base_url,
        "--dialect",
        "guide",
        "--app-key",
        &app_key,
    ]);
    command.env("SELLER_DESK_PASSPHRASE", "short");
    let input = credentials(&platform, Dialect::Guide, US).to_string();
    desk.finish(start_with(&input, &mut command))
        .refused(2, "invalid_input");
    assert!(!desk.profile().join("secrets.vault").exists());
    assert!(desk.shops().is_empty());
}

#[test]
fn a_profile_keeps_its_kind_of_vault() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let before = desk.shops();
    for kind in ["keychain", "memory"] {
        desk.run(&["sync", "--vault", kind])
            .refused(2, "vault_mismatch");
        desk.run(&["orders", "list", "--vault", kind])
            .refused(2, "vault_mismatch");
        let input = credentials(&platform, Dialect::Guide, EU);
        desk.add_with(&platform, Dialect::Guide, &input, &["--vault", kind])
            .refused(2, "vault_mismatch");
    }
    assert_eq!(desk.shops(), before);
    desk.sync(&["--vault", "passphrase"]).complete();
}

#[test]
fn memory_takes_the_credentials_with_each_command_and_stores_none() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::new(&platform);
        let input = credentials(&platform, dialect, US);
        desk.add_with(&platform, dialect, &input, &["--vault", "memory"])
            .one();
        let shop_id = platform.shop(dialect, US).shop_id;
        let synced = desk.run_with(&input.to_string(), &["sync", "--shop", &shop_id]);
        synced.summary().complete();
        let order = desk.list("orders")[0]["order_sn"]
            .as_str()
            .unwrap()
            .to_owned();
        desk.run_with(&input.to_string(), &["orders", "show", &order, "--refresh"])
            .one();
        desk.run_with(&input.to_string(), &["shops", "test", &shop_id])
            .one();

        desk.run(&["sync", "--shop", &shop_id])
            .refused(2, "invalid_input");
        let wrong = json!({"app_secret": "made-up-secret", "access_token": input["access_token"]});
        let refused = desk.run_with(&wrong.to_string(), &["sync", "--shop", &shop_id]);
        refused.refused(3, "signature_rejected");

        assert!(!desk.profile().join("secrets.vault").exists());
        for file in files_below(&desk.profile()) {
            let bytes = fs::read(&file).unwrap();
            for secret in platform.secrets() {
                assert!(
                    !contains(&bytes, &secret),
                    "{} holds a secret",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn the_secret_of_env_moves_to_the_vault() {
    let platform = Platform::start();
    let app = platform.app(Dialect::Guide);
    let desk = Desk::new(&platform);
    fs::create_dir_all(desk.profile()).unwrap();
    let env = desk.profile().join(".env");
    let text = format!(
        "# mine\nAUTO_SYNC_ENABLED=false\nTEMU_APP_KEY={}\nTEMU_APP_SECRET={}\n",
        app.app_key, app.app_secret
    );
    fs::write(&env, text).unwrap();
    let add = |shop: usize| {
        let input = json!({"access_token": app.shops[shop].access_token}).to_string();
        let arguments = [
            "shops",
            "add",
            "--vault",
            "passphrase",
            "--gateway",
            "custom",
            "--dialect",
            "guide",
        ];
        desk.run_with(
            &input,
            &[&arguments[..], &["--base-url", &platform.base_url]].concat(),
        )
    };
    assert_eq!(add(US).one()["app_key"], app.app_key.as_str());
    let left = fs::read_to_string(&env).unwrap();
    assert_eq!(
        left,
        format!(
            "# mine\nAUTO_SYNC_ENABLED=false\nTEMU_APP_KEY={}\n",
            app.app_key
        )
    );
    add(EU).one();
    assert_eq!(desk.sync(&[]).exit, 0, "the vault has the secret");
}

#[test]
fn the_secret_of_env_stays_where_no_vault_has_taken_it() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    fs::create_dir_all(desk.profile()).unwrap();
    let env = desk.profile().join(".env");
    let text = "TEMU_APP_KEY=another-key\nTEMU_APP_SECRET=made-up-secret\n";
    fs::write(&env, text).unwrap();
    desk.add(&platform, Dialect::Guide, US).one();
    assert_eq!(
        fs::read_to_string(&env).unwrap(),
        text,
        "another app was added"
    );

    let forgetful = Desk::new(&platform);
    let app = platform.app(Dialect::Guide);
    fs::create_dir_all(forgetful.profile()).unwrap();
    let env = forgetful.profile().join(".env");
    let text = format!(
        "TEMU_APP_KEY={}\nTEMU_APP_SECRET={}\n",
        app.app_key, app.app_secret
    );
    fs::write(&env, &text).unwrap();
    let input = json!({"access_token": app.shops[US].access_token});
    forgetful
        .add_with(&platform, Dialect::Guide, &input, &["--vault", "memory"])
        .one();
    assert_eq!(
        fs::read_to_string(&env).unwrap(),
        text,
        "memory forgets it with the process"
    );
}

#[test]
fn an_app_without_a_secret_says_so() {
    let platform = Platform::start();
    let desk = Desk::new(&platform);
    let input = json!({"access_token": platform.shop(Dialect::Guide, US).access_token});
    desk.add_with(&platform, Dialect::Guide, &input, &[])
        .refused(3, "app_secret_missing");
    assert_eq!(platform.all_calls(), 0);
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn memory_takes_the_shops_own_token_only() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::new(&platform);
        let own = credentials(&platform, dialect, US);
        desk.add_with(&platform, dialect, &own, &["--vault", "memory"])
            .one();
        let shop_id = platform.shop(dialect, US).shop_id;
        let foreign = credentials(&platform, dialect, EU).to_string();
        desk.run_with(&foreign, &["sync", "--shop", &shop_id])
            .refused(3, "shop_mismatch");
        assert!(
            desk.list("orders").is_empty(),
            "another shop's orders were stored"
        );
    }
}
