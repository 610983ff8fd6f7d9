//! A canary: after everything that a shop goes through, no file and no output holds a secret in the clear.

use std::fs;

use desk_sandbox::Dialect;
use serde_json::json;

use crate::harness::{BOTH, Desk, PASSPHRASE, Platform, US, credentials, files_below};

#[test]
fn no_secret_is_left_in_the_clear() {
    let platform = Platform::start();
    let mut desk = Desk::new(&platform);
    let mut secrets = platform.secrets();
    let app = platform.app(Dialect::Guide);
    fs::create_dir_all(desk.profile()).unwrap();
    let env = format!(
        "TEMU_APP_KEY={}\nTEMU_APP_SECRET={}\n",
        app.app_key, app.app_secret
    );
    fs::write(desk.profile().join(".env"), env).unwrap();

    for dialect in BOTH {
        desk.add(&platform, dialect, US).one();
        let mut wrong = credentials(&platform, dialect, US);
        wrong["app_secret"] = json!("made-up-secret");
        desk.add_with(&platform, dialect, &wrong, &[])
            .refused(3, "signature_rejected");
    }
    assert_eq!(desk.sync(&[]).exit, 0);
    let guide = platform.shop(Dialect::Guide, US).shop_id;
    platform
        .sandbox
        .expire_token(Dialect::Guide, &guide, platform.now())
        .unwrap();
    assert_eq!(desk.sync(&[]).exit, 0);
    secrets.extend(platform.secrets());
    desk.keep_secret(&platform);
    platform
        .sandbox
        .revoke_token(Dialect::OpenPlatform, &guide)
        .unwrap();
    assert_eq!(desk.sync(&[]).exit, 3);
    let order = desk.list("orders")[0]["order_sn"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.run(&["orders", "show", &order, "--shop", &guide, "--refresh"])
        .one();
    desk.run(&["shops", "list"]).done();
    desk.run(&["doctor"]);
    desk.run(&["shops", "test", &guide]).one();

    secrets.extend(["made-up-secret", PASSPHRASE].map(str::to_owned));
    let files = files_below(&desk.profile());
    let names: Vec<String> = files
        .iter()
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    for expected in ["seller-desk.sqlite3", "secrets.vault", ".env"] {
        assert!(
            names.iter().any(|name| name == expected),
            "{expected} is not among {names:?}"
        );
    }
    assert!(
        names.iter().any(|name| name.ends_with(".log")),
        "no log among {names:?}"
    );
    for file in &files {
        let bytes = fs::read(file).unwrap();
        for secret in &secrets {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds a secret in the clear", file.display());
        }
    }
}
